/* f = a tanh(b z) with a given mean m and variance nu, b > 0: (a, b) and (-a, -b) are one function.
 *
 * With M(b) and V(b) the mean and variance of tanh(b z), a is eliminated by
 *
 *   |M(b)| / sqrt(V(b)) = |m| / sqrt(nu),    |a| = sqrt(nu / V(b)),
 *
 * the sign of a being that of m M. The left side R(b) starts at |x| / sqrt(y) for b -> 0 and ends,
 * for b -> infinity, where tanh is the sign.
 *
 * Under a normal law all of R is known. For an odd g, E g(z) = E g s with s = tanh(x z / y), since
 * s is the odd part of the density over its even part; so E^2 g <= E g^2 E s^2, and R has its maximum at
 * b = |x| / y. It rises before and falls after it: for b < c let g = tanh(bz), h = tanh(cz), and dm the
 * law of |z| weighted by g s. Then
 *
 *     E h^2 / E^2 h = E_m[(h/g) (h/s)] / (E_m[h/g]^2 E g s),    E g^2 / E^2 g = E_m[g/s] / E g s
 *
 * where h/g falls, and h/s and g/s rise together if c <= |x| / y, fall together if b >= |x| / y. The
 * first is by Chebyshev's inequality for monotonic functions, used twice, below the second in the one
 * case and above it in the other. So there are at most two b, one on either side of |x| / y.
 *
 * Under other laws R need not be like that, and there may be several b.
 *
 * If t and -t are alike, tanh(b z) has a mean of the sign of x: by pairs, tanh(b x + v) + tanh(b x -
 * v) has the sign of x. So x = 0 means m = 0, and m = 0 means x = 0. In that case b is free, and is
 * fixed by E f'^2 = zeta:
 *
 *   b^2 E tanh'(b z)^2 / V(b) = zeta / nu,    |a| = sqrt(nu / V(b)),    a of either sign.
 *
 * Under a normal law y times the left side goes from 1, its limit for b -> 0 (Poincare's
 * inequality: it is above 1 for all b > 0), to infinity, so that there is a b if and only if
 * zeta y > nu.
 *
 * Where no more is known, either equation is one in log b that is looked at over ten powers of 10 of
 * b |z|, and every change of sign is bisected; where it comes near 0 between two points, that minimum
 * is looked at as well. */
#include "theory/designer.h"

#include <math.h>
#include <stdio.h>

enum { A, B };
enum { NODES = 141, BISECTIONS = 60, MINIMISING = 40 };

/* Of b hypot(x, sqrt(y)); the last where zeta is to be met, which may be large, and for the limit
 * of b -> infinity, which is approached as 1 / b is. */
static const double least = 1e-5, most = 1e5, most_of_all = 1e10;
static const double far = 25;       /* |x| / sqrt(y) from which the variance of tanh is lost */
static const double border = 1e-12; /* relative distance from a limit that is rounding */

typedef struct search {
    const sn_design_task *task;
    const sn_activation *tanh;
    bool mean_is_zero; /* then the equation is that of zeta */
    double from, to;   /* of log b */
} search;

/* What was seen of the equation's left side. */
typedef struct seen {
    double lowest, highest;
} seen;

static bool moments_at(const search *s, double log_b, sn_moments *m)
{
    const double b = exp(log_b);
    return sn_design_quick_moments(s->task, s->tanh, b * s->task->x, b * b * s->task->y, m)
           && m->variance > 0;
}

/* The difference of the equation's sides, each made moderate; NaN where it cannot be had. */
static double equation(const search *s, double log_b, seen *range)
{
    const sn_layer_point *at = &s->task->design->at;
    sn_moments m;
    if (!moments_at(s, log_b, &m))
        return NAN;
    const double b = exp(log_b);
    const double left =
        s->mean_is_zero ? b * b * (m.slope_second / m.variance) : fabs(m.mean) / sqrt(m.variance);
    if (range != NULL) {
        range->lowest = fmin(range->lowest, left);
        range->highest = fmax(range->highest, left);
    }
    if (s->mean_is_zero)
        return left / (s->task->design->zeta / at->nu) - 1;
    const double rms = hypot(at->mu, sqrt(at->nu));
    const double mean = at->mu == 0 ? m.mean : fabs(m.mean);
    return (mean * (sqrt(at->nu) / rms) - sqrt(m.variance) * (fabs(at->mu) / rms)) / sqrt(m.second);
}

/* --- the solutions ---------------------------------------------------------------------------- */

static void add_one(const search *s, double a, double b, const sn_moments *phi, sn_designs *out)
{
    const sn_design_task *task = s->task;
    const sn_design_form form = {.scale = a, .inner_scale = b, .phi = s->tanh};
    const sn_moments f = sn_design_transform(&form, phi);
    sn_design_solution found = {.values = {[A] = a, [B] = b}};
    if (!task->brief) {
        const sn_moments measured = sn_design_measure(task, &form, &f);
        found.residual = sn_design_residual(task, &measured);
        if (s->mean_is_zero)
            found.residual =
                fmax(found.residual, fabs(measured.slope_second / task->design->zeta - 1));
    }
    sn_design_describe(task, &f, &found);
    sn_design_insert(out, &found);
}

static void add(const search *s, double log_b, sn_designs *out)
{
    sn_moments phi;
    if (!moments_at(s, log_b, &phi))
        return;
    const double mu = s->task->design->at.mu, b = exp(log_b);
    const double a = sqrt(s->task->design->at.nu) / sqrt(phi.variance);
    if (mu == 0 || mu * phi.mean > 0)
        add_one(s, a, b, &phi, out);
    if (mu == 0 || mu * phi.mean < 0)
        add_one(s, -a, b, &phi, out);
}

/* --- the roots -------------------------------------------------------------------------------- */

static double bisect(const search *s, double from, double to, double at_from)
{
    for (int i = 0; i < BISECTIONS && from < to; i++) {
        const double middle = from + (to - from) / 2;
        const double value = equation(s, middle, NULL);
        if (value == 0)
            return middle;
        if ((value > 0) == (at_from > 0))
            from = middle;
        else
            to = middle;
    }
    return from + (to - from) / 2;
}

/* Of an equation whose |value| is less in between than at both ends: golden section. The least
 * point, or the first one of the other sign. */
static double nearest_to_zero(const search *s, double from, double to, double sign)
{
    const double golden = 0.6180339887498949;
    double left = to - golden * (to - from), right = from + golden * (to - from);
    double at_left = sign * equation(s, left, NULL), at_right = sign * equation(s, right, NULL);
    for (int i = 0; i < MINIMISING; i++) {
        if (at_left <= 0)
            return left;
        if (at_right <= 0)
            return right;
        if (at_left < at_right) {
            to = right;
            right = left;
            at_right = at_left;
            left = to - golden * (to - from);
            at_left = sign * equation(s, left, NULL);
        } else {
            from = left;
            left = right;
            at_left = at_right;
            right = from + golden * (to - from);
            at_right = sign * equation(s, right, NULL);
        }
    }
    return (from + to) / 2;
}

/* Two roots between neighbours, or one where the equation only touches 0. */
static void look_between(const search *s, double from, double to, const double value[3],
                         sn_designs *out)
{
    const double sign = value[1] > 0 ? 1 : -1;
    const double least_at = nearest_to_zero(s, from, to, sign);
    const double there = sign * equation(s, least_at, NULL);
    if (there < 0) {
        add(s, bisect(s, from, least_at, value[0]), out);
        add(s, bisect(s, least_at, to, -sign), out);
    } else if (there <= border) {
        add(s, least_at, out);
    }
}

static void find(const search *s, seen *range, sn_designs *out)
{
    double at[NODES], value[NODES];
    for (int i = 0; i < NODES; i++) {
        at[i] = s->from + (s->to - s->from) * i / (NODES - 1);
        value[i] = equation(s, at[i], range);
    }
    for (int i = 0; i + 1 < NODES; i++) {
        if (value[i] == 0)
            add(s, at[i], out);
        else if (value[i] * value[i + 1] < 0)
            add(s, bisect(s, at[i], at[i + 1], value[i]), out);
        if (i > 0 && value[i - 1] * value[i] > 0 && value[i] * value[i + 1] > 0
            && fabs(value[i]) < fabs(value[i - 1]) && fabs(value[i]) < fabs(value[i + 1]))
            look_between(s, at[i - 1], at[i + 1], &value[i - 1], out);
    }
}

/* --- what is impossible ----------------------------------------------------------------------- */

static bool is_impossible(const search *s, sn_designs *out)
{
    const sn_design *design = s->task->design;
    const double mu = design->at.mu, nu = design->at.nu, x = s->task->x;
    char law[SN_DESIGN_LAW_TEXT];
    sn_design_law_text(design->law, x, s->task->y, law);
    if ((x == 0) != (mu == 0) && sn_design_law_is_even(design->law)) {
        sn_design_conclude(out, SN_OUTCOME_IMPOSSIBLE,
                           "no solution: the mean of a tanh(b z), z ~ %s, is 0 if and only if that "
                           "of z is, and the target's mean is %.6g",
                           law, mu);
        return true;
    }
    if (!s->mean_is_zero || !sn_design_law_is_normal(design->law))
        return false;
    const double ratio = design->zeta * s->task->y / nu;
    if (ratio <= 1)
        sn_design_conclude(out, SN_OUTCOME_IMPOSSIBLE,
                           "no solution: E f'^2 is above nu / y = %.6g for every a tanh(b z) of "
                           "variance nu, z ~ %s (Poincare's inequality), and zeta is %.6g",
                           nu / s->task->y, law, design->zeta);
    else if (ratio - 1 <= border)
        sn_design_conclude(
            out, SN_OUTCOME_NOT_IN_DOUBLES,
            "no solution in doubles: zeta = %.6g is to rounding nu / y, the limit of "
            "b -> 0",
            design->zeta);
    return ratio - 1 <= border;
}

/* --- a normal law ------------------------------------------------------------------------------ */

/* The root between log b = from and to, where R is monotonic. Whether there is one. */
static bool find_between(const search *s, double from, double to, sn_designs *out)
{
    const double at_from = equation(s, from, NULL), at_to = equation(s, to, NULL);
    if (!(at_from * at_to < 0))
        return false;
    add(s, bisect(s, from, to, at_from), out);
    return true;
}

/* The largest log b, going down from most_of_all by powers of 10, where the equation can be had. */
static double farthest(const search *s, double from)
{
    double to = fmax(log(most_of_all / hypot(s->task->x, sqrt(s->task->y))), from);
    while (to > from && isnan(equation(s, to, NULL)))
        to -= log(10);
    return to;
}

static void conclude_between_limits(const search *s, double top, double sign_limit,
                                    unsigned missing, sn_designs *out)
{
    const sn_layer_point *at = &s->task->design->at;
    const double wanted = fabs(at->mu) / sqrt(at->nu), x = fabs(s->task->x), y = s->task->y;
    const char *const how_many[] = {"no solution", "one solution", "two solutions"};
    char law[SN_DESIGN_LAW_TEXT], range[SN_DESIGN_LAW_TEXT + 120];
    sn_design_law_text(s->task->design->law, s->task->x, y, law);
    snprintf(range, sizeof range,
             "for z ~ %s it rises from %.6g at b = 0 to %.6g and falls to %.6g", law, x / sqrt(y),
             top, sign_limit);
    if (missing > 0)
        sn_design_conclude(out, out->count > 0 ? SN_OUTCOME_FOUND : SN_OUTCOME_NOT_IN_DOUBLES,
                           "%zu in doubles: |mean| / deviation = %.6g is a limit to rounding; %s",
                           out->count, wanted, range);
    else
        sn_design_conclude(out, out->count == 0 ? SN_OUTCOME_IMPOSSIBLE : SN_OUTCOME_ALL,
                           "%s: |mean| / deviation is to be %.6g; %s", how_many[out->count], wanted,
                           range);
}

/* All solutions under a normal law, x and mu not 0. Whether the moments allowed it. */
static bool solve_normal(const search *s, sn_designs *out)
{
    const sn_layer_point *at = &s->task->design->at;
    const double x = fabs(s->task->x), y = s->task->y, unit = hypot(x, sqrt(y));
    const double wanted = fabs(at->mu) / sqrt(at->nu), start = x / sqrt(y), peak = log(x / y);
    sn_moments m;
    if (!(start < far) || !moments_at(s, peak, &m))
        return false;
    const double top = fabs(m.mean) / sqrt(m.variance), half = start / sqrt(2);
    const double sign_limit = erf(half) / sqrt(erfc(half) * (1 + erf(half)));
    if (fabs(wanted - top) <= border * top) {
        add(s, peak, out);
        conclude_between_limits(s, top, sign_limit, 0, out);
        return true;
    }
    unsigned missing = 0;
    const bool at_start =
        x == fabs(at->mu) && y == at->nu; /* exactly: of a linear f, not of tanh */
    if (start < wanted * (1 + border) && wanted < top && !at_start)
        missing += !find_between(s, fmin(log(least / unit), peak), peak, out);
    if (sign_limit < wanted * (1 + border) && wanted < top)
        missing += !find_between(s, peak, farthest(s, peak), out);
    conclude_between_limits(s, top, sign_limit, missing, out);
    return true;
}

static void conclude(const search *s, const seen *range, sn_designs *out)
{
    const sn_design *design = s->task->design;
    const sn_layer_point *at = &design->at;
    const double from = exp(s->from), to = exp(s->to);
    const double wanted = s->mean_is_zero ? design->zeta / at->nu : fabs(at->mu) / sqrt(at->nu);
    const double limit = fabs(s->task->x) / sqrt(s->task->y);
    if (out->count > 0)
        sn_design_conclude(out, SN_OUTCOME_FOUND, "%zu found for b from %.3g to %.3g; %s",
                           out->count, from, to,
                           s->mean_is_zero ? "mean 0 leaves b to E f'^2 = zeta, and a either sign"
                                           : "the mean has the sign of a x");
    else if (!s->mean_is_zero && fabs(wanted - limit) <= 1e-9 * limit)
        sn_design_conclude(
            out, SN_OUTCOME_NOT_FOUND,
            "nothing found, which proves nothing: |mean| / deviation = %.6g is the "
            "limit of b -> 0, where a tanh(b z) is linear, and is not met for b from "
            "%.3g to %.3g",
            wanted, from, to);
    else
        sn_design_conclude(out, SN_OUTCOME_NOT_FOUND,
                           "nothing found, which proves nothing: for b from %.3g to %.3g %s runs "
                           "from %.6g to %.6g and misses %.6g",
                           from, to, s->mean_is_zero ? "E f'^2 / Var f" : "|mean| / deviation",
                           range->lowest, range->highest, wanted);
}

sn_status sn_design_tanh(const sn_design_task *task, sn_designs *out, sn_error *err)
{
    const sn_activation tanh_itself = {.type = sn_activation_find("tanh")};
    const sn_design *design = task->design;
    const bool mean_is_zero =
        design->at.mu == 0 && task->x == 0 && sn_design_law_is_even(design->law);
    const double unit = hypot(task->x, sqrt(task->y));
    const search s = {.task = task,
                      .tanh = &tanh_itself,
                      .mean_is_zero = mean_is_zero,
                      .from = log(least / unit),
                      .to = log((mean_is_zero ? most_of_all : most) / unit)};
    if (s.mean_is_zero && !(design->zeta > 0 && design->zeta < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "zeta is %g, must be positive and finite", design->zeta);
    if (is_impossible(&s, out))
        return SN_OK;
    if (sn_design_law_is_normal(design->law) && task->x != 0 && solve_normal(&s, out))
        return SN_OK;
    seen range = {INFINITY, 0};
    find(&s, &range, out);
    conclude(&s, &range, out);
    return SN_OK;
}
