/* Values and slopes, correctly rounded.
 *
 * Ziv's loop: the ball around f(x) is made smaller until both its ends round to one number. Where
 * f(x) is a number of the format or lies in the middle of two, the ball has to become a point: it
 * does on polynomial pieces, once there are bits enough for exact arithmetic, and at 0. Elsewhere
 * these functions are transcendental at rational numbers, as exponentials and erf are
 * (Lindemann-Weierstrass, Siegel-Shidlovskii), or, where pi comes in (GELU'), nobody expects
 * otherwise.
 *
 * A ball that is next to 0 and does not tell the sign holds a tail such as e^-1e300, and far out
 * every tail keeps the sign it has at +-64. */
#include "certify/vectors.h"

#include <float.h>
#include <math.h>

#include "certify/exact_params.h"
#include "certify/vectors_format.h"

enum { FIRST_PREC = 96, LAST_PREC = 98304, FAR_OUT = 64 };

enum { VALUE, DERIVATIVE, BOTH };

/* f at one argument. */
typedef struct point {
    const sn_activation *f;
    const sn_enclosure *row;
    sn_format format;
    double x;
    arb_struct balls[BOTH];
} point;

static sn_status point_init(point *p, const sn_activation *f, sn_format format, double x,
                            sn_error *err)
{
    *p = (point){.f = f, .format = format, .x = x};
    p->row = f->state == NULL ? sn_enclosure_find_values(f->type) : NULL;
    if (p->row == NULL)
        return sn_fail(err, SN_EUNKNOWN, "%s cannot be certified: %s", f->type->name,
                       f->state != NULL ? "only activations of the registry can"
                                        : "there are no enclosures of its values");
    if (sn_format_name(format) == NULL)
        return sn_fail(err, SN_EDOMAIN, "format is %d, allowed is 0 to %d", (int)format,
                       SN_FORMAT_COUNT - 1);
    if (!isnan(x) && sn_format_round(format, x) != x)
        return sn_fail(err, SN_EDOMAIN, "x is %.17g, allowed is a number of %s", x,
                       sn_format_name(format));
    arb_init(&p->balls[VALUE]);
    arb_init(&p->balls[DERIVATIVE]);
    return SN_OK;
}

static void point_clear(point *p)
{
    arb_clear(&p->balls[VALUE]);
    arb_clear(&p->balls[DERIVATIVE]);
}

/* f and f' at z. Infinite z have their limits: that of f may be infinite or NaN, and no ball then. */
static sn_status enclose(const point *p, double z, arb_ptr balls, slong prec, sn_error *err)
{
    if (isnan(z))
        return SN_OK;
    arb_ptr params = _arb_vec_init(SN_MAX_PARAMS);
    const sn_status status = sn_exact_params(params, p->f, prec, err);
    if (status == SN_OK) {
        arf_t at;
        arf_init(at);
        arf_set_d(at, z);
        p->row->values(&balls[VALUE], &balls[DERIVATIVE], p->row->how, params, at, prec);
        arf_clear(at);
    }
    _arb_vec_clear(params, SN_MAX_PARAMS);
    return status;
}

/* Where f has no ball at an infinity, its own limit is exact, and f' has none where f has none. */
static bool has_no_ball(const point *p, int which, double *limit)
{
    if (isnan(p->x)) {
        *limit = NAN;
        return true;
    }
    if (!isinf(p->x) || arb_is_finite(&p->balls[VALUE]))
        return false;
    const double value = sn_activation_value(p->f, p->x);
    if (which == DERIVATIVE && !isnan(value))
        return false;
    *limit = value + 0.0; /* -0 + 0 is 0 */
    return true;
}

/* The sign of a tail. */
static sn_status sign_far_out(const point *p, int which, double *sign, sn_error *err)
{
    arb_ptr balls = _arb_vec_init(BOTH);
    const sn_status status = enclose(p, copysign(FAR_OUT, p->x), balls, FIRST_PREC, err);
    *sign = arf_sgn(arb_midref(&balls[which])) < 0 ? -1 : 1;
    _arb_vec_clear(balls, BOTH);
    return status;
}

/* Whether all of the ball rounds to one number. */
static sn_status round_ball(const point *p, int which, slong prec, bool *known, double *rounded,
                            sn_error *err)
{
    arb_srcptr ball = &p->balls[which];
    *known = true;
    if (has_no_ball(p, which, rounded))
        return SN_OK;
    if (arb_is_zero(ball)) {
        *rounded = which == VALUE && p->row->odd && p->x == 0 ? p->x : 0;
        return SN_OK;
    }
    arf_t lower, upper;
    arf_init(lower);
    arf_init(upper);
    arb_get_lbound_arf(lower, ball, arb_is_exact(ball) ? ARF_PREC_EXACT : prec);
    arb_get_ubound_arf(upper, ball, arb_is_exact(ball) ? ARF_PREC_EXACT : prec);
    *rounded = sn_format_round_arf(p->format, lower);
    *known = arb_is_finite(ball) && *rounded == sn_format_round_arf(p->format, upper);
    const bool signless = arf_sgn(lower) <= 0 && arf_sgn(upper) >= 0;
    if (!signless)
        *rounded = copysign(*rounded, arf_sgn(lower));
    arf_clear(lower);
    arf_clear(upper);
    if (!*known || !signless)
        return SN_OK;
    double sign;
    const sn_status status = sign_far_out(p, which, &sign, err);
    *rounded = copysign(0, sign);
    return status;
}

static sn_status not_decided(const point *p, sn_error *err)
{
    return sn_fail(err, SN_ENOCONV, "%s at %.17g is not decided at %d bits", p->f->type->name, p->x,
                   LAST_PREC);
}

sn_status sn_vector_value(const sn_activation *f, sn_format format, double x, double *value,
                          double *derivative, sn_error *err)
{
    point p;
    sn_status status = point_init(&p, f, format, x, err);
    if (status != SN_OK)
        return status;
    bool known[BOTH] = {false};
    double *const out[BOTH] = {value, derivative};
    for (slong prec = FIRST_PREC; status == SN_OK && !(known[VALUE] && known[DERIVATIVE]);
         prec *= 2) {
        if (prec > LAST_PREC)
            status = not_decided(&p, err);
        else
            status = enclose(&p, x, p.balls, prec, err);
        for (int i = 0; i < BOTH && status == SN_OK; i++)
            if (!known[i])
                status = round_ball(&p, i, prec, &known[i], out[i], err);
    }
    point_clear(&p);
    return status;
}

/* |ball - value| in units of 2^unit; whether the ball is small enough for that. */
static bool measure(const arb_t ball, double value, int unit, slong prec, double *ulp)
{
    arb_t t;
    arb_init(t);
    arb_set_d(t, value);
    arb_sub(t, ball, t, prec);
    arb_mul_2exp_si(t, t, -unit);
    arb_abs(t, t);
    const bool known = mag_cmp_2exp_si(arb_radref(t), -40) < 0 || arb_rel_accuracy_bits(t) > 40;
    *ulp = arf_get_d(arb_midref(t), ARF_RND_NEAR);
    if (!arb_is_zero(t))
        *ulp = fmax(*ulp, DBL_MIN);
    arb_clear(t);
    return known;
}

/* The distance once the rounded number is known; false: the ball is too wide. */
static bool find_distance(const point *p, int which, double value, double rounded, slong prec,
                          double *ulp)
{
    double limit;
    const bool no_ball = has_no_ball(p, which, &limit);
    *ulp = INFINITY;
    if (isnan(value) || isnan(rounded) || isinf(value) || isinf(rounded)) {
        if (value == rounded || (isnan(value) && isnan(rounded)))
            *ulp = 0;
        return true;
    }
    const int unit = sn_format_unit(p->format, rounded);
    if (no_ball) {
        *ulp = ldexp(fabs(value - limit), -unit);
        return true;
    }
    if (!measure(&p->balls[which], value, unit, prec, ulp))
        return false;
    /* what is rounded off from half a unit does not change which side of it one is on */
    *ulp = value == rounded ? fmin(*ulp, 0.5) : fmax(*ulp, 0.5);
    return true;
}

sn_status sn_vector_distance(const sn_activation *f, sn_format format, double x, double value,
                             bool is_derivative, double *ulp, sn_error *err)
{
    const int which = is_derivative ? DERIVATIVE : VALUE;
    point p;
    sn_status status = point_init(&p, f, format, x, err);
    if (status != SN_OK)
        return status;
    bool known = false;
    for (slong prec = FIRST_PREC; status == SN_OK && !known; prec *= 2) {
        double rounded;
        if (prec > LAST_PREC)
            status = not_decided(&p, err);
        else
            status = enclose(&p, x, p.balls, prec, err);
        if (status == SN_OK)
            status = round_ball(&p, which, prec, &known, &rounded, err);
        if (status == SN_OK && known)
            known = find_distance(&p, which, value, rounded, prec, ulp);
    }
    point_clear(&p);
    return status;
}
