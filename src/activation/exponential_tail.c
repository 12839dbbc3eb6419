/* The exponential side of a kink, f = A (e^{rate z} - 1) given that z <= 0.
 *
 * With the Mills ratio R, z = x + s t, u = x/s and the step w = rate s,
 *
 *   M_k = E[e^{k rate z} | z <= 0] = R(u + k w) / R(u),
 *   E f = A (M_1 - 1),  Var f = A^2 (M_2 - M_1^2).
 *
 * Steps that are not small take these as they stand. For u < 0, R(v) = sqrt(2 pi) e^{v^2/2} - R(-v)
 * where v < 0, and phi(u) joins e^{v^2/2} to make e^{k rate x + k^2 w^2/2}: nothing overflows.
 *
 * For small steps both differences cancel. But (log R)' = -h and (log R)'' = V, the mean excess and
 * the variance of the Gaussian tail (mills.h), both positive, so that
 *
 *   log M_1           = -w   (integral over 0 < t < 1 of h(u + w t)),
 *   log (M_2 / M_1^2) =  w^2 (integral over 0 < t < 2 of (1 - |t - 1|) V(u + w t)),
 *
 * and Var f = (A M_1)^2 expm1(log (M_2 / M_1^2)) has no cancellation left. The integrands are
 * smooth on the scale of 2 + |u|, the distance to the nearest zero of R, and a few Gauss nodes are
 * exact to rounding. For u < 0, h(v) = 1/R(v) - v splits off the lognormal part x + y/2. The rules,
 * in mpmath, from the moments m of their weights:
 *
 *   from mpmath import *; mp.dps = 80
 *   def rule(m, n=8):
 *       A = matrix(n, n); b = matrix(n, 1)
 *       for i in range(n):
 *           b[i] = -m(i + n)
 *           for j in range(n): A[i, j] = m(i + j)
 *       c = [mpf(1)] + list(lu_solve(A, b))[::-1]
 *       t = sorted(re(r) for r in polyroots(c, maxsteps=500, extraprec=300))
 *       for i in range(n):
 *           b[i] = m(i)
 *           for j in range(n): A[i, j] = t[j]**i
 *       return [nstr(r, 18) for r in t], [nstr(w, 18) for w in lu_solve(A, b)]
 *   flat = rule(lambda k: mpf(1)/(k + 1))
 *   hat = rule(lambda k: mpf(2**(k + 2) - 2)/((k + 1)*(k + 2)))
 */
#include "activation/exponential_tail.h"
#include "activation/mills.h"

#include <math.h>

#define SQRT_2PI 2.50662827463100050242

/* For a kink so many deviations above x, phi(u) adds nothing to 1. */
#define LOGNORMAL (-9.0)

/* factor e^{a+b}, the rounding of a + b made up for. By halves, so that no e^{a+b} underflows which
 * the factor would make a normal number. */
static inline double scaled_exp(double factor, double a, double b)
{
    const double sum = a + b, part = sum - a;
    const double lost = (a - (sum - part)) + (b - part), half = exp(sum / 2);
    return factor * half * half * (1 + lost);
}

static inline void set(sn_exponential_tail *out, double mean, double variance, double first,
                       double second)
{
    out->mean = mean;
    out->variance = variance;
    out->first = first;
    out->second = second;
}

/* For steps that are not small. */
static void by_ratios(const sn_exponential_view *at, double amplitude, sn_exponential_tail *out)
{
    static const double steps[SN_TAIL_LANES] = {0, 1, 2};
    double ratio[SN_TAIL_LANES], excess[SN_TAIL_LANES];
    sn_tails_along(at->u, at->step, steps, ratio, excess);
    out->ratio = ratio[0];
    out->excess = excess[0];
    if (at->u >= 0) {
        const double inverse = 1 / ratio[0], m1 = ratio[1] * inverse, m2 = ratio[2] * inverse;
        const double square = amplitude * amplitude;
        set(out, amplitude * (m1 - 1), square * (m2 - m1 * m1), amplitude * m1, square * m2);
        return;
    }
    const double scale = 1 / (1 - at->root * at->root * ratio[0]), peak = amplitude * at->root;
    double first = peak * at->root * ratio[1], second = peak * peak * ratio[2];
    if (at->u + at->step < 0)
        first = scaled_exp(amplitude, at->mean, at->variance / 2) - first;
    if (at->u + 2 * at->step < 0) {
        const double whole = scaled_exp(amplitude, at->mean, at->variance);
        second = whole * whole - second;
    }
    first *= scale;
    second *= scale;
    set(out, first - amplitude, second - first * first, first, second);
}

enum { NODES = 2 * SN_TAIL_LANES };

typedef struct rule {
    double node[NODES], weight[NODES];
} rule;

/* Gauss-Legendre on [0, 1]. */
static const rule flat = {
    {0.0198550717512318842, 0.10166676129318663, 0.237233795041835507, 0.408282678752175098,
     0.591717321247824902, 0.762766204958164493, 0.89833323870681337, 0.980144928248768116},
    {0.0506142681451881296, 0.111190517226687235, 0.156853322938943644, 0.181341891689180991,
     0.181341891689180991, 0.156853322938943644, 0.111190517226687235, 0.0506142681451881296}};

/* Gauss for the weight 1 - |t - 1| on [0, 2]. */
static const rule hat = {
    {0.0835013982181765894, 0.269873889551113799, 0.535299155110361032, 0.845370919159738866,
     1.15462908084026113, 1.46470084488963897, 1.7301261104488862, 1.91649860178182341},
    {0.0115294486060358517, 0.0622725860695433571, 0.157584233713380392, 0.2686137316110404,
     0.2686137316110404, 0.157584233713380392, 0.0622725860695433571, 0.0115294486060358517}};

/* What is averaged, at four of a rule's nodes. */
typedef void kernel(const sn_exponential_view *at, const double *t, double out[SN_TAIL_LANES]);

/* The mean of the kernel over v = u + w t with the rule's weight. */
static double average(const rule *by, const sn_exponential_view *at, kernel *of)
{
    double sum = 0;
    for (int i = 0; i < NODES; i += SN_TAIL_LANES) {
        double out[SN_TAIL_LANES];
        of(at, by->node + i, out);
        for (int k = 0; k < SN_TAIL_LANES; k++)
            sum += by->weight[i + k] * out[k];
    }
    return sum;
}

static void excesses(const sn_exponential_view *at, const double *t, double out[SN_TAIL_LANES])
{
    double ratio[SN_TAIL_LANES];
    sn_tails_along(at->u, at->step, t, ratio, out);
}

static void variances_right(const sn_exponential_view *at, const double *t,
                            double out[SN_TAIL_LANES])
{
    sn_tail_variances_along(at->u, at->step, t, out);
}

/* 1/R(v) = h(v) + v and V(v) for v of either sign. */
static void hazards(const sn_exponential_view *at, const double *t, double out[SN_TAIL_LANES])
{
    double ratio[SN_TAIL_LANES], excess[SN_TAIL_LANES];
    sn_tails_along(at->u, at->step, t, ratio, excess);
    for (int k = 0; k < SN_TAIL_LANES; k++) {
        const double v = at->u + at->step * t[k];
        out[k] = 1 / (v < 0 ? SQRT_2PI * exp(v * v / 2) - ratio[k] : ratio[k]);
    }
}

static void variances(const sn_exponential_view *at, const double *t, double out[SN_TAIL_LANES])
{
    hazards(at, t, out);
    for (int k = 0; k < SN_TAIL_LANES; k++)
        out[k] = 1 - out[k] * (out[k] - (at->u + at->step * t[k]));
}

/* For small steps. */
static void by_logarithms(const sn_exponential_view *at, double amplitude, sn_exponential_tail *out)
{
    double spread = at->variance, first, less_one;
    if (at->u >= 0) {
        const double log_first = -at->step * average(&flat, at, excesses);
        spread *= average(&hat, at, variances_right);
        first = amplitude * exp(log_first);
        less_one = expm1(log_first);
    } else {
        double rest = at->variance / 2;
        if (at->u + 2 * at->step > LOGNORMAL) {
            rest -= at->step * average(&flat, at, hazards);
            spread *= average(&hat, at, variances);
        }
        first = scaled_exp(amplitude, at->mean, rest);
        less_one = expm1(at->mean + rest);
    }
    const double variance = first * first * expm1(spread);
    out->excess = sn_tail_excess(fabs(at->u));
    out->ratio = 1 / (fabs(at->u) + out->excess);
    set(out, amplitude * less_one, variance, first, first * first + variance);
}

void sn_exponential_tail_below(const sn_exponential_view *view, double amplitude,
                               sn_exponential_tail *out)
{
    if (sn_step_is_small(view->u, view->step))
        by_logarithms(view, amplitude, out);
    else
        by_ratios(view, amplitude, out);
}
