/* Deep kernel shaping (Martens et al. 2021): f = c (phi(a z + b) + d) at z ~ N(0, 1) with
 * Q(1) = E f^2 = 1, E f = 0, Q'(1) = 1 and C'(1) = E f'^2 = zeta.
 *
 * For an input of variance q, phi sees N(b, a^2 q). With x = b, y = a^2 and M, V, S = E phi, Var phi,
 * E phi'^2 at (x, y), mean 0 is d = -M, E f^2 = 1 is c = +-1 / sqrt(V), and the other two are
 *
 *   Q'(1) - 1 = y V_y / V - 1 = 0,    C'(1) - zeta = y S / V - zeta = 0,
 *
 * in b and a. With the coefficients w_k of phi(b + a t) in normalised Hermite polynomials V is the
 * sum of w_k^2 over k > 0 and y S that of k w_k^2: zeta >= 1, with equality for linear phi alone
 * (Poincare's inequality). a and -a, and c and -c, are mirror images: a > 0 and c > 0 is listed. For
 * an odd phi b and -b both are solutions, and are listed.
 *
 * Both conditions are looked at on a net over (b, log a), dense about b = 0. Newton's method starts
 * wherever both change sign among neighbours, and from a wide net everywhere. Its derivatives are
 * central differences, good enough to converge to the last digits of the conditions.
 *
 * A phi with two slopes l, r and one kink k is left with one unknown, u = (b - k) / a, because its
 * V(x - k, y) is homogeneous: x V_x + 2 y V_y = 2 V, so that Q'(1) = 1 is u = 0 or V_x = 0. V_x is
 * twice the covariance of phi and phi', which for l r >= 0 are monotonic both, so that it is 0 for
 * no u, and for l r < 0 for just one: r E[z | z > 0] = -l E[-z | z < 0], whose sides are monotonic
 * in u. So zeta has one or two values, and no other is possible. */
#include "theory/designer.h"

#include <math.h>

enum { A, B, C, D };
enum { B_NODES = 61, A_NODES = 49, WIDE = 6, MAX_ITERATIONS = 40 };

static const double most_b = 20, middle = 4;            /* net of b: sinh-spaced */
static const double least_log_a = -9.21034037197618274; /* log 1e-4 */
static const double most_log_a = 4.60517018598809137;   /* log 1e2 */
static const double solved = 1e-10, same = 1e-7, exact = 1e-12;

typedef struct place {
    double b, log_a;
} place;

/* Both conditions, relative; finite is false where phi's moments cannot be had. */
typedef struct conditions {
    double growth, slope;
    bool finite;
} conditions;

static conditions conditions_at(const sn_design_task *task, place at)
{
    const double a = exp(at.log_a), y = a * a;
    sn_moments m;
    if (!isfinite(at.b) || !(y > 0 && y < INFINITY)
        || !sn_design_quick_moments(task, &task->design->phi, at.b, y, &m) || !(m.variance > 0))
        return (conditions){0};
    conditions f = {.growth = y * (m.dvariance_dy / m.variance) - 1,
                    .slope = y * (m.slope_second / m.variance) / task->design->zeta - 1};
    f.finite = isfinite(f.growth) && isfinite(f.slope);
    return f;
}

static double norm(const conditions *f)
{
    return hypot(f->growth, f->slope);
}

/* --- Newton's method -------------------------------------------------------------------------- */

static bool newton_step(const sn_design_task *task, place at, const conditions *f, place *step)
{
    const double h = 1e-5;
    const conditions right = conditions_at(task, (place){at.b + h, at.log_a});
    const conditions left = conditions_at(task, (place){at.b - h, at.log_a});
    const conditions wide = conditions_at(task, (place){at.b, at.log_a + h});
    const conditions narrow = conditions_at(task, (place){at.b, at.log_a - h});
    if (!(right.finite && left.finite && wide.finite && narrow.finite))
        return false;
    const double growth_b = (right.growth - left.growth) / (2 * h);
    const double slope_b = (right.slope - left.slope) / (2 * h);
    const double growth_a = (wide.growth - narrow.growth) / (2 * h);
    const double slope_a = (wide.slope - narrow.slope) / (2 * h);
    const double determinant = growth_b * slope_a - growth_a * slope_b;
    step->b = (growth_a * f->slope - slope_a * f->growth) / determinant;
    step->log_a = (slope_b * f->growth - growth_b * f->slope) / determinant;
    return isfinite(step->b) && isfinite(step->log_a);
}

/* Shortens the step until it leads downhill; false if it never does. */
static bool descend(const sn_design_task *task, place *at, conditions *f, place step)
{
    const double longest = fmax(fabs(step.b) / (1 + fabs(at->b)), fabs(step.log_a));
    double part = longest > 1 ? 1 / longest : 1;
    for (int i = 0; i < 8; i++, part /= 2) {
        const place next = {at->b + part * step.b, at->log_a + part * step.log_a};
        const conditions there = conditions_at(task, next);
        if (there.finite && norm(&there) < norm(f)) {
            *at = next;
            *f = there;
            return true;
        }
    }
    return false;
}

/* Whether it ended at a solution, *at. */
static bool converge(const sn_design_task *task, place *at)
{
    conditions f = conditions_at(task, *at);
    place step = {0};
    for (int i = 0; i < MAX_ITERATIONS && f.finite && norm(&f) > 0; i++) {
        if (!newton_step(task, *at, &f, &step) || !descend(task, at, &f, step))
            break;
        if (fabs(at->b) > 2 * most_b || at->log_a > most_log_a + 1 || at->log_a < least_log_a - 1)
            return false;
    }
    /* A small residual is no solution where the conditions are flat. */
    return f.finite && norm(&f) <= solved && fabs(step.b) <= same * (1 + fabs(at->b))
           && fabs(step.log_a) <= same;
}

/* --- the solutions ---------------------------------------------------------------------------- */

static sn_status add(const sn_design_task *task, place at, sn_designs *out, sn_error *err)
{
    const double a = exp(at.log_a), b = at.b;
    for (size_t i = 0; i < out->count; i++) {
        const double *known = out->solutions[i].values;
        if (fabs(known[B] - b) <= same * (1 + fabs(b)) && fabs(known[A] - a) <= same * a)
            return SN_OK;
    }
    sn_moments phi;
    const sn_status status = sn_design_moments(task, &task->design->phi, b, a * a, &phi, err);
    if (status != SN_OK)
        return status;
    const double c = 1 / sqrt(phi.variance), d = -phi.mean;
    const sn_design_form form = {
        .scale = c, .shift = c * d, .inner_scale = a, .inner_shift = b, .phi = &task->design->phi};
    const sn_moments f = sn_design_transform(&form, &phi);
    const sn_moments m = sn_design_measure(task, &form, &f);
    sn_design_solution s = {.values = {[A] = a, [B] = b, [C] = c, [D] = d}};
    s.residual = fmax(fmax(fabs(m.mean), fabs(m.second - 1)),
                      fmax(fabs(m.dsecond_dy - 1), fabs(m.slope_second / task->design->zeta - 1)));
    sn_design_describe(task, &f, &s);
    s.attracting = false; /* Q'(1) = 1 is what was asked for, whatever its rounding */
    sn_design_insert(out, &s);
    return SN_OK;
}

static place node(size_t i, size_t k)
{
    const double t = 2 * (double)i / (B_NODES - 1) - 1;
    const double log_a = (double)k / (A_NODES - 1);
    return (place){most_b * sinh(middle * t) / sinh(middle),
                   least_log_a + (most_log_a - least_log_a) * log_a};
}

/* Whether both conditions change sign among a node and its neighbours. */
static bool may_vanish(conditions net[B_NODES][A_NODES], size_t i, size_t k)
{
    bool growth[2] = {false, false}, slope[2] = {false, false};
    for (size_t p = i > 0 ? i - 1 : 0; p <= i + 1 && p < B_NODES; p++)
        for (size_t q = k > 0 ? k - 1 : 0; q <= k + 1 && q < A_NODES; q++) {
            if (!net[p][q].finite)
                continue;
            growth[net[p][q].growth > 0] = true;
            slope[net[p][q].slope > 0] = true;
        }
    return growth[0] && growth[1] && slope[0] && slope[1];
}

static sn_status search(const sn_design_task *task, sn_designs *out, size_t *starts, sn_error *err)
{
    conditions net[B_NODES][A_NODES];
    bool is_seen = false;
    for (size_t i = 0; i < B_NODES; i++)
        for (size_t k = 0; k < A_NODES; k++) {
            net[i][k] = conditions_at(task, node(i, k));
            is_seen |= net[i][k].finite;
        }
    sn_moments standard;
    if (!is_seen) /* which says why */
        return sn_design_moments(task, &task->design->phi, 0, 1, &standard, err);
    for (size_t i = 0; i < B_NODES; i++)
        for (size_t k = 0; k < A_NODES; k++) {
            if (!(i % WIDE == 0 && k % WIDE == 0) && !may_vanish(net, i, k))
                continue;
            place at = node(i, k);
            ++*starts;
            if (!converge(task, &at))
                continue;
            const sn_status status = add(task, at, out, err);
            if (status != SN_OK)
                return status;
        }
    return SN_OK;
}

/* --- straight pieces -------------------------------------------------------------------------- */

/* phi - phi(k) about its only kink k, or about 0 if there is none: whether it is homogeneous, and
 * its slopes. */
typedef struct bend {
    double kink, left, right;
    bool is_homogeneous;
} bend;

static bend bend_of(const sn_activation *phi)
{
    double kinks[SN_MAX_KINKS];
    const size_t n = sn_activation_kinks(phi, kinks);
    bend o = {.kink = n == 1 ? kinks[0] : 0, .is_homogeneous = n <= 1};
    const double zero = sn_activation_value(phi, o.kink);
    o.right = sn_activation_value(phi, o.kink + 1) - zero;
    o.left = zero - sn_activation_value(phi, o.kink - 1);
    for (double z = 0x1p-6; z <= 0x1p16 && o.is_homogeneous; z *= 1.7) {
        const double rounding = 1e-14
                                * (z * (fabs(o.left) + fabs(o.right)) + fabs(zero)
                                   + fabs(o.kink) * (fabs(o.left) + fabs(o.right)));
        o.is_homogeneous =
            fabs(sn_activation_value(phi, o.kink + z) - zero - z * o.right) <= rounding
            && fabs(zero - sn_activation_value(phi, o.kink - z) - z * o.left) <= rounding;
    }
    return o;
}

/* The u of V_x = 0, for slopes of different sign; V_x grows through it if right > 0. */
static double level_point(const sn_design_task *task, const bend *phi)
{
    double from = -30, to = 30;
    for (int i = 0; i < 100; i++) {
        const double u = (from + to) / 2;
        sn_moments m;
        if (sn_design_moments(task, &task->design->phi, phi->kink + u, 1, &m, NULL) != SN_OK)
            return NAN;
        if (m.dvariance_dx < 0)
            from = u;
        else
            to = u;
    }
    return (from + to) / 2;
}

static sn_status solve_bend(const sn_design_task *task, const bend *phi, sn_designs *out,
                            sn_error *err)
{
    const bool is_linear = phi->left == phi->right;
    const double u[] = {0, phi->left * phi->right < 0 ? level_point(task, phi) : NAN};
    double zeta[2] = {NAN, NAN};
    for (int i = 0; i < 2; i++) {
        const place at = {phi->kink + u[i], 0};
        const conditions f = conditions_at(task, at);
        zeta[i] = f.finite ? (f.slope + 1) * task->design->zeta : NAN;
        if (f.finite && fabs(f.slope) <= exact) {
            const sn_status status = add(task, at, out, err);
            if (status != SN_OK)
                return status;
        }
    }
    const char *name = task->design->phi.type->name;
    const bool is_proved = sn_design_law_is_normal(task->design->law);
    if (out->count > 0 && is_linear)
        sn_design_conclude(out, SN_OUTCOME_FOUND,
                           "%s is linear: with c and d every a and b do, of which one is listed",
                           name);
    else if (out->count > 0)
        sn_design_conclude(out, SN_OUTCOME_FOUND,
                           "%s is made of two straight pieces, and every a > 0 does, with b = %.6g "
                           "+ %.6g a: a = 1 is listed",
                           name, phi->kink, out->solutions[0].values[B] - phi->kink);
    else if (isfinite(zeta[1]))
        sn_design_conclude(out, is_proved ? SN_OUTCOME_IMPOSSIBLE : SN_OUTCOME_NOT_FOUND,
                           "no solution: %s is made of two straight pieces, scaling z only scales "
                           "it, and Q'(1) = 1 leaves zeta = %.6g and %.6g alone, not %.6g",
                           name, zeta[0], zeta[1], task->design->zeta);
    else
        sn_design_conclude(out, is_proved ? SN_OUTCOME_IMPOSSIBLE : SN_OUTCOME_NOT_FOUND,
                           "no solution: %s is made of straight pieces, scaling z only scales it, "
                           "and Q'(1) = 1 leaves zeta = %.6g alone, not %.6g",
                           name, zeta[0], task->design->zeta);
    return SN_OK;
}

sn_status sn_design_kernel(const sn_design_task *task, sn_designs *out, sn_error *err)
{
    const sn_design *design = task->design;
    const bend straight = bend_of(&design->phi);
    if (straight.is_homogeneous && straight.left == 0 && straight.right == 0) {
        sn_design_conclude(out, SN_OUTCOME_IMPOSSIBLE,
                           "no solution: %s is constant, and no multiple of it has a variance",
                           design->phi.type->name);
        return SN_OK;
    }
    if (straight.is_homogeneous)
        return solve_bend(task, &straight, out, err);
    if (design->zeta <= 1 && sn_design_law_is_normal(design->law)) {
        sn_design_conclude(out, SN_OUTCOME_IMPOSSIBLE,
                           "no solution: E f'^2 is above E f^2 = 1 for every f of mean 0 that is "
                           "not linear (Poincare's inequality), and zeta is %.6g",
                           design->zeta);
        return SN_OK;
    }
    size_t starts = 0;
    const sn_status status = search(task, out, &starts, err);
    if (status != SN_OK)
        return status;
    const bool is_full = out->count == SN_MAX_DESIGNS;
    if (out->count == 0)
        sn_design_conclude(out, SN_OUTCOME_NOT_FOUND,
                           "Newton's method found nothing from %zu starts over |b| <= %g and a "
                           "from 1e-4 to 100, which proves nothing",
                           starts, most_b);
    else
        sn_design_conclude(out, SN_OUTCOME_FOUND,
                           "Newton's method found %s%zu%s from %zu starts over |b| <= %g and a "
                           "from 1e-4 to 100; -a and -c give mirror images",
                           is_full ? "at least " : "", out->count,
                           is_full ? ", of which those of the least |b| are listed," : "", starts,
                           most_b);
    return SN_OK;
}
