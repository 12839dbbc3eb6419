/* The words of a certificate: lines, counts, numbers in fixed point, leaves. */
#include "certify/certificate_text.h"

#include <ctype.h>
#include <math.h>
#include <sha2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- lines -------------------------------------------------------------------------------------- */

static bool make_room(sn_writer *w, size_t more)
{
    if (w->size + more + 1 <= w->room)
        return true;
    const size_t room = 2 * (w->size + more + 1) + 256;
    char *bytes = realloc(w->bytes, room);
    if (bytes == NULL)
        return false;
    w->bytes = bytes;
    w->room = room;
    return true;
}

void sn_write(sn_writer *writer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    writer->failed = writer->failed || length < 0 || !make_room(writer, (size_t)length);
    if (writer->failed)
        return;
    va_start(args, format);
    vsnprintf(writer->bytes + writer->size, (size_t)length + 1, format, args);
    va_end(args);
    writer->size += (size_t)length;
}

void sn_writer_free(sn_writer *writer)
{
    free(writer->bytes);
    *writer = (sn_writer){0};
}

void sn_reader_next(sn_reader *reader)
{
    reader->line++;
    reader->words = 0;
    char *stop = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
    if (stop == NULL)
        return;
    size_t words = 0;
    char *word = reader->at;
    for (char *c = word; c <= stop; c++) {
        if (c<stop && * c> ' ' && *c <= '~')
            continue;
        if ((*c != ' ' && c < stop) || c == word || words == SN_WORDS)
            return;
        *c = '\0';
        reader->word[words++] = word;
        word = c + 1;
    }
    reader->at = stop + 1;
    reader->words = words;
}

bool sn_reader_says(const sn_reader *reader, const char *pattern, const char *got[SN_WORDS])
{
    size_t n = 0;
    for (size_t i = 0; i < reader->words; i++) {
        const size_t length = strcspn(pattern, " ");
        if (length == 0)
            return false;
        if (length == 1 && *pattern == '?')
            got[n++] = reader->word[i];
        else if (strlen(reader->word[i]) != length
                 || strncmp(reader->word[i], pattern, length) != 0)
            return false;
        pattern += length;
        pattern += *pattern == ' ';
    }
    return reader->words > 0 && *pattern == '\0';
}

bool sn_count_read(const char *word, size_t most, size_t *count)
{
    const size_t length = strlen(word);
    if (length == 0 || length > 9 || strspn(word, "0123456789") != length
        || (length > 1 && *word == '0'))
        return false;
    *count = 0;
    for (; *word != '\0'; word++)
        *count = 10 * *count + (size_t)(*word - '0');
    return *count <= most;
}

void sn_digest(char digest[SN_DIGEST_SIZE], const char *bytes, size_t size)
{
    SHA256Data((const uint8_t *)bytes, size, digest);
}

/* --- numbers ------------------------------------------------------------------------------------ */

void sn_fixed_write(char out[SN_FIXED_SIZE], int64_t units, int decimals)
{
    const uint64_t size = units < 0 ? -(uint64_t)units : (uint64_t)units;
    char digits[SN_FIXED_SIZE];
    const int n = snprintf(digits, sizeof digits, "%0*llu", decimals + 1, (unsigned long long)size);
    const int whole = n - decimals;
    snprintf(out, SN_FIXED_SIZE, "%s%.*s%s%s", units < 0 ? "-" : "", whole, digits,
             decimals > 0 ? "." : "", digits + whole);
}

bool sn_fixed_read(const char *word, int decimals, int64_t *units)
{
    const bool minus = *word == '-';
    int64_t n = 0;
    for (const char *c = word + minus; *c != '\0'; c++) {
        if (*c == '.')
            continue;
        if (!isdigit((unsigned char)*c) || n > (INT64_MAX - 9) / 10)
            return false;
        n = 10 * n + (*c - '0');
    }
    *units = minus ? -n : n;
    char again[SN_FIXED_SIZE];
    sn_fixed_write(again, *units, decimals);
    return strcmp(again, word) == 0;
}

/* The bound in units, as an upper bound: negated if it is a lower one. */
static bool scale(arb_t out, const arb_t bound, bool is_upper, int decimals)
{
    if (!arb_is_finite(bound))
        return false;
    arb_t unit;
    arb_init(unit);
    arb_set_ui(unit, 10);
    arb_pow_ui(unit, unit, (ulong)decimals, ARF_PREC_EXACT);
    arb_mul(out, unit, bound, 256);
    arb_clear(unit);
    if (!is_upper)
        arb_neg(out, out);
    return arf_cmpabs_2exp_si(arb_midref(out), 62) < 0;
}

bool sn_fixed_round(const arb_t bound, bool is_upper, int decimals, int64_t *units)
{
    arb_t scaled, spare;
    arb_init(scaled);
    arb_init(spare);
    const bool fits = scale(scaled, bound, is_upper, decimals);
    if (fits) {
        arb_set_d(spare, 0.02);
        arb_add(scaled, scaled, spare, 256);
        arf_ceil(arb_midref(scaled), arb_midref(scaled));
        *units = arf_get_si(arb_midref(scaled), ARF_RND_CEIL);
        *units = is_upper ? *units : -*units;
    }
    arb_clear(scaled);
    arb_clear(spare);
    return fits;
}

bool sn_fixed_fits(const arb_t bound, bool is_upper, int decimals, int64_t units)
{
    arb_t scaled, looser;
    arb_init(scaled);
    arb_init(looser);
    bool fits = scale(scaled, bound, is_upper, decimals);
    if (fits) {
        arb_set_si(looser, is_upper ? units : -units);
        arb_sub(looser, looser, scaled, 256);
        const double by = arf_get_d(arb_midref(looser), ARF_RND_NEAR);
        fits = by >= 0.01 && by <= 1.03;
    }
    arb_clear(scaled);
    arb_clear(looser);
    return fits;
}

/* The middle in units. */
static bool middle(arb_t out, const arb_t ball, int decimals)
{
    arb_get_mid_arb(out, ball);
    return scale(out, out, true, decimals);
}

bool sn_fixed_nearest(const arb_t ball, int decimals, int64_t *units)
{
    arb_t scaled;
    arb_init(scaled);
    const bool fits = middle(scaled, ball, decimals);
    if (fits)
        *units = arf_get_si(arb_midref(scaled), ARF_RND_NEAR);
    arb_clear(scaled);
    return fits;
}

bool sn_fixed_is_near(const arb_t ball, int decimals, int64_t units)
{
    arb_t scaled;
    arb_init(scaled);
    bool near = middle(scaled, ball, decimals);
    arb_sub_si(scaled, scaled, units, 256);
    near = near && fabs(arf_get_d(arb_midref(scaled), ARF_RND_NEAR)) <= 0.51;
    arb_clear(scaled);
    return near;
}

bool sn_fixed_implies(int64_t units, int decimals, bool is_upper, const char *limit, bool closed)
{
    char number[SN_FIXED_SIZE];
    sn_fixed_write(number, units, decimals);
    arb_t a, b;
    arb_init(a);
    arb_init(b);
    bool holds = sn_ball_set_decimal(a, number, 192) && sn_ball_set_decimal(b, limit, 192);
    if (!is_upper)
        arb_swap(a, b);
    holds = holds && (closed ? arb_le(a, b) : arb_lt(a, b));
    arb_clear(a);
    arb_clear(b);
    return holds;
}

/* --- leaves ------------------------------------------------------------------------------------- */

/* The number of letters, 0 for the whole. */
static size_t steps(const char *leaf)
{
    return strcmp(leaf, "-") == 0 ? 0 : strlen(leaf);
}

static bool all_small(const char *leaf, size_t from)
{
    for (size_t i = from; i < steps(leaf); i++)
        if (!islower((unsigned char)leaf[i]))
            return false;
    return true;
}

bool sn_leaf_is_first(const char *leaf)
{
    return all_small(leaf, 0);
}

bool sn_leaf_follows(const char *leaf, const char *before)
{
    size_t n = steps(before);
    while (n > 0 && isupper((unsigned char)before[n - 1]))
        n--;
    return n > 0 && steps(leaf) >= n && strncmp(leaf, before, n - 1) == 0
           && leaf[n - 1] == toupper((unsigned char)before[n - 1]) && all_small(leaf, n);
}

bool sn_leaf_is_last(const char *leaf)
{
    for (size_t i = 0; i < steps(leaf); i++)
        if (!isupper((unsigned char)leaf[i]))
            return false;
    return true;
}

bool sn_leaf_walk(sn_dyadic *cell, const char *leaf, int first)
{
    static const char letters[] = "mnot";
    for (size_t i = 0; i < steps(leaf); i++) {
        const char *letter = strchr(letters, tolower((unsigned char)leaf[i]));
        if (letter == NULL || letter - letters < first)
            return false;
        const int side = (int)(letter - letters);
        if (cell->level[side] == SN_DYADIC_DEPTH)
            return false;
        cell->level[side]++;
        cell->index[side] = 2 * cell->index[side] + (isupper((unsigned char)leaf[i]) != 0);
    }
    return true;
}
