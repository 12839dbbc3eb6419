/* The densities of the continuous laws, in units of their deviation:
 *
 *   truncated normal  exp(-(v t)^2 / 2) for |t| <= c / v, v^2 the variance of N(0, 1) cut at +-c:
 *                     with a_k = c^(2k) / (3 5 ... (2k + 1)), v^2 = sum_1 a_k / sum_0 a_k, which
 *                     are the integrals of u^2 exp(-u^2/2) and exp(-u^2/2) up to a common factor
 *   uniform           1 for |t| <= sqrt 3
 *   Laplace           exp(-sqrt 2 |t|)
 *   logistic          1 / cosh(pi t / (2 sqrt 3))^2
 *   Student's t       (1 + t^2 / (n - 2))^(-(n + 1) / 2), n degrees of freedom
 *   histogram         constant in each bin
 *
 * A panel must be narrow beside the distance of the density's singularities, and fall by less than
 * some e^-16: for Student's t they are at +-i sqrt(n - 2), and the wanted width grows with t.
 */
#include "theory/density.h"

#include <math.h>

static const double root_3 = 1.73205080756887729353;
static const double half_pi = 1.57079632679489661923;
static const double widest_plain = 2;

static double root_one(const sn_density *density, double t)
{
    (void)density;
    (void)t;
    return 1;
}

static double widest_of_plain(const sn_density *density, double t)
{
    (void)density;
    (void)t;
    return widest_plain;
}

/* Few panels in bins far out: thousands of small additions to a sum would show. */
static double widest_of_bin(const sn_density *density, double t)
{
    (void)density;
    return fmax(widest_plain, t);
}

static double root_normal(const sn_density *density, double t)
{
    const double u = density->scale * t;
    return exp(-0.25 * u * u);
}

static double widest_normal(const sn_density *density, double t)
{
    const double u = density->scale * t;
    return (u > 8 ? 16 / u : 2) / density->scale;
}

static double root_laplace(const sn_density *density, double t)
{
    return exp(-density->scale * t);
}

static double root_logistic(const sn_density *density, double t)
{
    const double h = exp(-density->scale * t);
    return h / (1 + h * h);
}

static double root_student(const sn_density *density, double t)
{
    const double r = t / density->scale;
    return exp(-0.25 * (density->degrees + 1) * log1p(r * r));
}

static double widest_student(const sn_density *density, double t)
{
    const double q = hypot(density->scale, t), n = density->degrees + 1;
    return fmin(2 * q / sqrt(n), 16 * q / n * (q / t));
}

/* Deviation of N(0, 1) cut at +-c. */
static double cut_deviation(double c)
{
    if (c > 6) {
        const double density = exp(-c * c / 2) / sqrt(4 * half_pi);
        return sqrt(1 - 2 * c * density / erf(c / sqrt(2)));
    }
    double sum = 0, term = 1;
    for (int k = 1; term > 1e-18 * sum; k++)
        sum += term *= c * c / (2 * k + 1);
    return sqrt(sum / (1 + sum));
}

/* Mean and variance of a histogram: about its middle edge, so that edges far from 0 lose nothing.
 */
static void histogram_spread(const sn_law *law, double *origin, double *mean, double *variance)
{
    const size_t n = law->n_bins;
    double weight = 0, sum = 0, square = 0;
    *origin = law->edges[n / 2];
    for (size_t i = 0; i < n; i++) {
        const double a = law->edges[i] - *origin, b = law->edges[i + 1] - *origin;
        weight += law->weights[i];
        sum += law->weights[i] * (a / 2 + b / 2);
    }
    *mean = sum / weight;
    for (size_t i = 0; i < n; i++) {
        const double a = law->edges[i] - *origin, b = law->edges[i + 1] - *origin;
        const double centre = a / 2 + b / 2 - *mean, width = b - a;
        square += law->weights[i] * (centre * centre + width * width / 12);
    }
    *variance = square / weight;
}

void sn_law_spread(const sn_law *law, double *mean, double *variance)
{
    *mean = 0;
    *variance = 1;
    if (law->kind != SN_LAW_HISTOGRAM)
        return;
    double origin;
    histogram_spread(law, &origin, mean, variance);
    *mean += origin;
}

static sn_density histogram(const sn_law *law)
{
    sn_density out = {.root = root_one, .widest = widest_of_bin, .bins = law, .reach = INFINITY};
    double variance;
    histogram_spread(law, &out.origin, &out.mean, &variance);
    out.deviation = sqrt(variance);
    for (size_t i = 0; i < law->n_bins; i++)
        out.highest = fmax(out.highest, law->weights[i] / (law->edges[i + 1] - law->edges[i]));
    return out;
}

sn_density sn_density_of(const sn_law *law)
{
    sn_density out = {.root = root_one, .widest = widest_of_plain, .reach = root_3};
    switch (law->kind) {
    case SN_LAW_TRUNCATED_NORMAL:
        out.root = root_normal;
        out.widest = widest_normal;
        out.scale = cut_deviation(law->parameter);
        out.reach = law->parameter / out.scale;
        break;
    case SN_LAW_LAPLACE:
        out.root = root_laplace;
        out.decay = SN_DECAY_EXPONENTIAL;
        out.scale = sqrt(0.5);
        out.reach = 500;
        break;
    case SN_LAW_LOGISTIC:
        out.root = root_logistic;
        out.decay = SN_DECAY_EXPONENTIAL;
        out.scale = half_pi / root_3;
        out.reach = 390;
        break;
    case SN_LAW_STUDENT_T:
        out.root = root_student;
        out.widest = widest_student;
        out.decay = SN_DECAY_ALGEBRAIC;
        out.degrees = law->parameter;
        out.scale = sqrt(law->parameter - 2);
        break;
    case SN_LAW_HISTOGRAM:
        return histogram(law);
    default: /* uniform */
        break;
    }
    return out;
}

/* The first bin that ends beyond the mean, or at it. */
static size_t middle_bin(const sn_density *density)
{
    const sn_law *law = density->bins;
    size_t lower = 0, upper = law->n_bins - 1;
    while (lower < upper) {
        const size_t i = (lower + upper) / 2;
        if (law->edges[i + 1] - density->origin < density->mean)
            lower = i + 1;
        else
            upper = i;
    }
    return lower;
}

size_t sn_density_pieces(const sn_density *density, double side)
{
    if (density->bins == NULL)
        return 1;
    const size_t middle = middle_bin(density);
    return side > 0 ? density->bins->n_bins - middle : middle + 1;
}

sn_density_piece sn_density_piece_at(const sn_density *density, double side, size_t index)
{
    const sn_law *law = density->bins;
    if (law == NULL)
        return (sn_density_piece){INFINITY, 1};
    const size_t middle = middle_bin(density), bin = side > 0 ? middle + index : middle - index;
    const double edge = law->edges[side > 0 ? bin + 1 : bin] - density->origin - density->mean;
    return (sn_density_piece){
        .end = side * edge / density->deviation,
        .level = law->weights[bin] / (law->edges[bin + 1] - law->edges[bin]) / density->highest,
    };
}

double sn_density_reach(const sn_density *density, double extent)
{
    if (density->decay != SN_DECAY_ALGEBRAIC)
        return density->reach;
    return fmin(1e17 * fmax(extent, density->scale), 1e90);
}

double sn_law_shape(const sn_law *law, double t)
{
    if (law->kind == SN_LAW_NORMAL)
        return exp(-0.5 * t * t);
    if (law->kind == SN_LAW_BERNOULLI)
        return NAN;
    const sn_density density = sn_density_of(law);
    const double side = t < 0 ? -1 : 1, distance = fabs(t);
    const size_t pieces = sn_density_pieces(&density, side);
    size_t i = 0;
    while (i < pieces && sn_density_piece_at(&density, side, i).end < distance)
        i++;
    if (i == pieces || (density.decay == SN_DECAY_ENDS && distance > density.reach))
        return 0;
    const double root = density.root(&density, distance);
    return sn_density_piece_at(&density, side, i).level * root * root;
}
