/* Which arguments matter.
 *
 * In any format: zeros, the ends of its ranges, infinities, NaN; each kink and 0 with their
 * neighbours; a logarithmic net over all of its exponents; and a denser one from where f bends to
 * where it has settled, the least power of two beyond which f' no longer changes as a double. The
 * significands in the nets are those of a golden-ratio sequence, which repeat nowhere. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "certify/vectors_format.h"

enum {
    WIDE_NET = 80,  /* points a side over all exponents */
    DENSE_NET = 90, /* and where f bends */
    NEIGHBOURS = 4, /* on either side of a kink */
    CAPACITY = 2 * (WIDE_NET + DENSE_NET) + (SN_MAX_KINKS + 1) * (2 * NEIGHBOURS + 1) + 64,
    LEAST_BEND = -8, /* exponents of the dense net, unless f settles far below */
    FEWEST_OCTAVES = 12,
    MOST_BEND = 10 /* for those that never settle */
};

typedef struct arguments {
    sn_format format;
    double x[CAPACITY];
    size_t n;
} arguments;

static void add(arguments *a, double x)
{
    a->x[a->n++] = sn_format_round(a->format, x);
}

static void add_both(arguments *a, double x)
{
    add(a, x);
    add(a, -x);
}

static void add_neighbourhood(arguments *a, double centre)
{
    double up = sn_format_round(a->format, centre), down = -up;
    add(a, up);
    for (int i = 0; i < NEIGHBOURS; i++) {
        add(a, up = sn_format_next(a->format, up));
        down = sn_format_next(a->format, down);
        add(a, -down);
    }
}

static void add_ends(arguments *a)
{
    const double least = sn_format_least(a->format), normal = sn_format_normal(a->format);
    const double largest = sn_format_largest(a->format);
    add(a, 0.0);
    add(a, -0.0);
    add_both(a, INFINITY);
    add_both(a, largest);
    add_both(a, largest / 2);
    add_both(a, -sn_format_next(a->format, -largest));
    add_both(a, normal);
    add_both(a, normal - least);
    add_both(a, normal + least);
    add_both(a, normal / 2 + least);
    add_both(a, 7 * least);
}

/* n points of one sign with exponents from `from` to `to`. */
static void add_net(arguments *a, double sign, double from, double to, int n)
{
    for (int i = 0; i < n; i++) {
        const double exponent = floor(from + (to - from) * i / (n - 1));
        const double golden = fmod(0.618033988749894848 * (i + 1), 1);
        add(a, sign * ldexp(1 + golden, (int)exponent));
    }
}

/* The exponent from which on f' is one double. */
static int settled(const sn_activation *f, double sign)
{
    for (int k = LEAST_BEND; k < 1020; k++) {
        const double slope = sn_activation_derivative(f, sign * ldexp(1, k));
        if (slope == sn_activation_derivative(f, sign * ldexp(1, k + 1))
            && slope == sn_activation_derivative(f, sign * ldexp(1.7, k + 2)))
            return k;
    }
    return MOST_BEND;
}

static void add_side(arguments *a, const sn_activation *f, double sign)
{
    const double least = log2(sn_format_least(a->format));
    const double most = floor(log2(sn_format_largest(a->format)));
    add_net(a, sign, least, most, WIDE_NET);
    const double end = fmin(settled(f, sign) + 1, most);
    const double start = fmax(fmin(LEAST_BEND, end - FEWEST_OCTAVES), least);
    add_net(a, sign, start, end, DENSE_NET);
}

/* Ascending, -0 before 0, NaN last. */
static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    if (isnan(a) || isnan(b))
        return !!isnan(a) - !!isnan(b);
    if (a == b)
        return !!signbit(b) - !!signbit(a);
    return a < b ? -1 : 1;
}

sn_status sn_vector_arguments(const sn_activation *f, sn_format format, double **x, size_t *n,
                              sn_error *err)
{
    *x = NULL;
    *n = 0;
    if (sn_format_name(format) == NULL)
        return sn_fail(err, SN_EDOMAIN, "format is %d, allowed is 0 to %d", (int)format,
                       SN_FORMAT_COUNT - 1);
    arguments *a = calloc(1, sizeof *a);
    if (a == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    a->format = format;
    double kinks[SN_MAX_KINKS];
    const size_t n_kinks = sn_activation_kinks(f, kinks);
    add_ends(a);
    add_neighbourhood(a, 0);
    for (size_t i = 0; i < n_kinks; i++)
        add_neighbourhood(a, kinks[i]);
    add_side(a, f, 1);
    add_side(a, f, -1);
    a->x[a->n++] = NAN;
    qsort(a->x, a->n, sizeof a->x[0], compare);
    size_t kept = 0;
    for (size_t i = 0; i < a->n; i++)
        if (kept == 0 || compare(&a->x[i], &a->x[kept - 1]) != 0)
            a->x[kept++] = a->x[i];
    *x = malloc(kept * sizeof **x);
    if (*x != NULL)
        memcpy(*x, a->x, kept * sizeof **x);
    *n = kept;
    free(a);
    return *x != NULL ? SN_OK : sn_fail(err, SN_ENOMEM, "out of memory");
}
