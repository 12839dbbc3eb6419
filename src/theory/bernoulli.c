/* Expectations under the standardised sum of n signs, which is at t_k = (2k - n) / sqrt(n) with
 * probability binom(n, k) / 2^n.
 *
 * Outwards from the middle, binom(n, k + 1) = binom(n, k) (n - k) / (k + 1). The product is carried
 * in two doubles, so that thousands of factors cost no digits; the common factor divides out. Atoms
 * are kept until their weights leave the normal numbers, some 37 deviations out.
 *
 * d_k = f(z_k) - f(x) is a difference where that loses nothing that shows in the variance. Where it
 * would, the d_k are carried outwards from x, every gap between two atoms being the integral of f':
 * by 16 Gauss-Legendre nodes, halved until the halves agree with the whole and with what f rises by
 * to rounding.
 *
 * All sums are compensated (Neumaier 1974), and products are summed about the means.
 */
#include "theory/bernoulli.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { N = 16, MAX_LEVEL = 40, MAX_HALVINGS = 20000, MAX_CUTS = SN_MAX_KINKS + 1 };
#include "theory/legendre.inc"

typedef struct atom {
    double t, z, weight;
    double d, slope;
} atom;

typedef struct cloud {
    const sn_activation *f;
    double x, s, at_x;
    size_t n_cuts;
    double cuts[MAX_CUTS]; /* in z: the kinks of f, and 0 */
    size_t n, middle;      /* atoms, and the first of them at t >= 0 */
    atom *atoms;
    size_t halvings;
    double amiss; /* what halving did not settle */
} cloud;

typedef struct total {
    double sum, rest;
} total;

static void add(total *to, double term)
{
    const double sum = to->sum + term;
    to->rest += fabs(to->sum) >= fabs(term) ? (to->sum - sum) + term : (term - sum) + to->sum;
    to->sum = sum;
}

static double value(const total *of)
{
    return of->sum + of->rest;
}

/* high + low becomes itself times a / b, whole numbers. */
static void multiply(double *high, double *low, double a, double b)
{
    const double p = *high * a, p_rest = fma(*high, a, -p) + *low * a;
    const double q = p / b;
    *low = (fma(-q, b, p) + p_rest) / b;
    *high = q;
}

/* Weights and places; the atoms left of the middle mirror those right of it. */
static sn_status set_atoms(cloud *c, unsigned n, sn_error *err)
{
    const double trials = n;
    const unsigned first = (n + 1) / 2; /* the least k with t >= 0 */
    const size_t capacity = (size_t)n - first + 1;
    double *const weights = malloc(capacity * sizeof *weights);
    size_t half = 0;
    double high = 1, low = 0;
    for (size_t j = 0; weights != NULL && j < capacity && high >= DBL_MIN; j++) {
        const double k = (double)(first + j);
        weights[half++] = high + low;
        multiply(&high, &low, trials - k, k + 1);
    }
    const size_t shared = n % 2 == 0; /* t = 0 is an atom, once */
    c->n = 2 * half - shared;
    c->middle = half - shared;
    c->atoms = weights != NULL ? calloc(c->n, sizeof *c->atoms) : NULL;
    if (c->atoms == NULL) {
        free(weights);
        return sn_fail(err, SN_ENOMEM, "out of memory for the %zu atoms of a sum", capacity);
    }
    const double step = c->s / sqrt(trials);
    for (size_t j = 0; j < half; j++) {
        const double whole = 2 * (double)(first + j) - trials;
        atom *right = &c->atoms[c->middle + j], *left = &c->atoms[half - 1 - j];
        *left = (atom){.t = -whole / sqrt(trials), .z = c->x - step * whole, .weight = weights[j]};
        *right = (atom){.t = whole / sqrt(trials), .z = c->x + step * whole, .weight = weights[j]};
    }
    free(weights);
    return SN_OK;
}

static sn_status sample(cloud *c, sn_error *err)
{
    for (size_t k = 0; k < c->n; k++) {
        atom *a = &c->atoms[k];
        a->d = sn_activation_value(c->f, a->z) - c->at_x;
        a->slope = sn_activation_derivative(c->f, a->z);
        if (!isfinite(a->d) || !isfinite(a->slope))
            return sn_fail(err, SN_ENOCONV, "%s: not finite at z = %g, an atom of the law",
                           c->f->type->name, a->z);
    }
    return SN_OK;
}

typedef struct stretch {
    double a, b;           /* in t */
    double f_a, f_b;       /* f there */
    double integral, size; /* of f' and of |f'|, by one panel */
    double variation;      /* of f' */
} stretch;

static stretch over(const cloud *c, double a, double f_a, double b, double f_b)
{
    const double half = (b - a) / 2;
    stretch out = {.a = a, .b = b, .f_a = f_a, .f_b = f_b};
    double previous = 0;
    for (size_t i = 0; i < N; i++) {
        const double z = c->x + c->s * (a + half * (1 + node[i]));
        const double slope = sn_activation_derivative(c->f, z);
        const double part = c->s * half * weight[i] * slope;
        out.integral += part;
        out.size += fabs(part);
        out.variation += i > 0 ? fabs(slope - previous) : 0;
        previous = slope;
    }
    return out;
}

static double value_at(const cloud *c, double t)
{
    return sn_activation_value(c->f, c->x + c->s * t);
}

/* What f rises by over a stretch: halved until nothing changes beside `about`. */
static double rise(cloud *c, const stretch *whole, double about, int level)
{
    const double middle = whole->a + (whole->b - whole->a) / 2, f = value_at(c, middle);
    const stretch left = over(c, whole->a, whole->f_a, middle, f);
    const stretch right = over(c, middle, f, whole->b, whole->f_b);
    const double sum = left.integral + right.integral;
    const double farthest = fabs(c->x) + c->s * fmax(fabs(whole->a), fabs(whole->b));
    const double width = fabs(whole->b - whole->a) * c->s;
    const double steepness = width > 0 ? (left.size + right.size) / width : 0;
    const double rounding =
        32 * DBL_EPSILON * (fabs(whole->f_a) + fabs(whole->f_b) + steepness * farthest);
    /* The latter: what the rounding of z does. */
    const double small = 8 * DBL_EPSILON * fmax(about, left.size + right.size)
                         + 4 * DBL_EPSILON * farthest * (left.variation + right.variation);
    const double change = fmax(fabs(sum - whole->integral) - small,
                               fabs(whole->f_b - whole->f_a - sum) - rounding - small);
    if (change <= 0 || level == MAX_LEVEL || c->halvings >= MAX_HALVINGS) {
        c->amiss += fmax(change, 0);
        return sum;
    }
    c->halvings++;
    return rise(c, &left, about, level + 1) + rise(c, &right, about, level + 1);
}

/* The same from a distance to a farther one on a side, cut where f may not be smooth. */
static double rise_between(cloud *c, double side, double a, double b, double about)
{
    double sum = 0, from = a;
    for (size_t i = 0; i <= c->n_cuts; i++) {
        double to = b;
        if (i < c->n_cuts) {
            to = side * (c->cuts[side > 0 ? i : c->n_cuts - 1 - i] - c->x) / c->s;
            if (!(from < to && to < b))
                continue;
        }
        const stretch whole =
            over(c, side * from, value_at(c, side * from), side * to, value_at(c, side * to));
        sum += rise(c, &whole, fmax(about, whole.size), 0);
        from = to;
    }
    return sum;
}

static void carry(cloud *c)
{
    for (int side = 1; side >= -1; side -= 2) {
        double d = 0, t = 0;
        const size_t count = side > 0 ? c->n - c->middle : c->middle;
        for (size_t j = 0; j < count; j++) {
            atom *a = &c->atoms[side > 0 ? c->middle + j : c->middle - 1 - j];
            d += rise_between(c, side, t, fabs(a->t), fabs(d));
            t = fabs(a->t);
            a->d = d;
        }
    }
}

static void sum_up(const cloud *c, sn_expectations *out)
{
    total w = {0}, d = {0}, g = {0}, gt = {0}, gg = {0}, dd = {0}, dg = {0}, dgt = {0};
    for (size_t k = 0; k < c->n; k++) {
        const atom *a = &c->atoms[k];
        add(&w, a->weight);
        add(&d, a->weight * a->d);
        add(&g, a->weight * a->slope);
        add(&gt, a->weight * a->slope * a->t);
        add(&gg, a->weight * a->slope * a->slope);
    }
    const double all = value(&w), mean = value(&d) / all;
    for (size_t k = 0; k < c->n; k++) {
        const atom *a = &c->atoms[k];
        const double about = a->weight * (a->d - mean);
        add(&dd, about * (a->d - mean));
        add(&dg, about * a->slope);
        add(&dgt, about * a->slope * a->t);
    }
    *out = (sn_expectations){
        .shift = mean,
        .variance = value(&dd) / all,
        .slope = value(&g) / all,
        .slope_t = value(&gt) / all,
        .slope_second = value(&gg) / all,
        .covariance_slope = value(&dg) / all,
        .covariance_slope_t = value(&dgt) / all,
    };
}

/* Root mean square of what rounding does to the differences. */
static double rounding(const cloud *c)
{
    double sum = 0, all = 0;
    for (size_t k = 0; k < c->n; k++) {
        const atom *a = &c->atoms[k];
        const double e = fabs(a->d + c->at_x) + fabs(c->at_x) + fabs(a->slope * a->z);
        sum += a->weight * e * e;
        all += a->weight;
    }
    return DBL_EPSILON * sqrt(sum / all);
}

static size_t set_cuts(const sn_activation *f, double cuts[MAX_CUTS])
{
    size_t n = sn_activation_kinks(f, cuts), i = n;
    for (; i > 0 && cuts[i - 1] > 0; i--)
        cuts[i] = cuts[i - 1];
    cuts[i] = 0;
    return n + 1;
}

sn_status sn_bernoulli_sum(unsigned n, const sn_activation *f, double x, double y,
                           sn_expectations *out, sn_error *err)
{
    cloud c = {.f = f, .x = x, .s = sqrt(y), .at_x = sn_activation_value(f, x)};
    c.n_cuts = set_cuts(f, c.cuts);
    sn_status status = set_atoms(&c, n, err);
    if (status != SN_OK)
        return status;
    status = sample(&c, err);
    if (status == SN_OK) {
        sum_up(&c, out);
        const double error = rounding(&c);
        if (error > 1e-14 * sqrt(out->variance)) {
            carry(&c);
            sum_up(&c, out);
            out->error = 2 * sn_relative_error(c.amiss, sqrt(out->variance));
        }
    }
    free(c.atoms);
    return status;
}
