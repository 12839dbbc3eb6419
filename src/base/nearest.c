/* Optimal string alignment distance (Damerau-Levenshtein without repeated edits of one place), by
 * dynamic programming over three rows. */
#include "base/nearest.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 63 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, const char *b)
{
    const size_t n = strnlen(a, LONGEST), m = strnlen(b, LONGEST);
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++)
        above[j] = before[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            const size_t replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = smaller(replaced, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[m];
}

const char *sn_nearest(const char *given, const char *(*word)(const void *context, size_t index),
                       const void *context)
{
    const char *best = "";
    size_t best_distance = SIZE_MAX;
    const char *known;
    for (size_t i = 0; (known = word(context, i)) != NULL; i++) {
        const size_t d = distance(given, known);
        if (d < best_distance) {
            best = known;
            best_distance = d;
        }
    }
    return best;
}
