/* Moments and gains, enclosed until every digit is known.
 *
 * The jets of order 0 (jets.h) hold E f, E f^2 and E f'^2; the variance E f^2 - (E f)^2 cancels
 * where f saturates, and what it loses is made up for with more bits: a few are tried first, which
 * tell how many get lost.
 *
 * A ball never proves that a number is 0. The mean is, where f is odd and x = 0, and for SELU with
 * the constants of (0, 1) at (0, 1), by what these are. */
#include "certify/exact_gain.h"

#include <math.h>
#include <stdlib.h>

#include "certify/ball_digits.h"
#include "certify/exact_params.h"

enum { MEAN, SECOND, VARIANCE, SLOPE, GAIN_VARIANCE, GAIN_SECOND };

/* Bits that are tried first, bits beyond the digits, and the most that may be lost or spent on a
 * number next to a tie. */
enum {
    FIRST_BITS = 32,
    SPARE = 32,
    MOST_LOSS = 4096,
    MOST_LOSS_BY_RULE = 1024, /* where bits are dear */
    MOST_SPARE = 2048,
    LARGEST_EXPONENT = 3322
};

/* What is asked for, and what is known without balls. */
typedef struct question {
    const sn_activation *f;
    const sn_enclosure *row;
    const char *x, *y;     /* decimals, or */
    double x_near, y_near; /* doubles where these are NULL */
} question;

static sn_status read_number(arb_t out, const char *name, const char *text, double near, slong prec,
                             sn_error *err)
{
    if (text == NULL) {
        if (!isfinite(near))
            return sn_fail(err, SN_EDOMAIN, "%s is %g, allowed is a finite number", name, near);
        arb_set_d(out, near);
        return SN_OK;
    }
    if (!sn_ball_set_decimal(out, text, prec))
        return sn_fail(err, SN_EDOMAIN, "%s is '%.60s', allowed is a decimal number", name, text);
    if (!arb_is_zero(out)
        && (arf_cmpabs_2exp_si(arb_midref(out), LARGEST_EXPONENT) > 0
            || arf_cmpabs_2exp_si(arb_midref(out), -LARGEST_EXPONENT) < 0))
        return sn_fail(err, SN_EDOMAIN, "%s is %.60s, allowed is a size from 1e-1000 to 1e1000",
                       name, text);
    return SN_OK;
}

static bool mean_is_zero(const question *q, const arb_t x, const arb_t y)
{
    return arb_is_zero(x) && (q->row->odd || (arb_is_one(y) && sn_is_default_selu(q->f)));
}

static void set_numbers(arb_ptr out, const question *q, arb_srcptr params, const arb_t x,
                        const arb_t y, slong prec)
{
    static const sn_jet_order order = {0, 0};
    sn_jets jets;
    sn_jets_init(&jets);
    q->row->jets(&jets, q->row->how, params, x, y, order, prec);
    arb_swap(out + MEAN, jets.mean);
    arb_swap(out + SECOND, jets.second);
    arb_swap(out + SLOPE, jets.slope);
    sn_jets_clear(&jets);
    if (mean_is_zero(q, x, y))
        arb_zero(out + MEAN);
    arb_sqr(out + VARIANCE, out + MEAN, prec);
    arb_sub(out + VARIANCE, out + SECOND, out + VARIANCE, prec);
    arb_rsqrt(out + GAIN_VARIANCE, out + VARIANCE, prec);
    arb_rsqrt(out + GAIN_SECOND, out + SECOND, prec);
}

/* All six at a working precision of prec bits. */
static sn_status enclose(arb_ptr out, const question *q, slong prec, sn_error *err)
{
    arb_ptr params = _arb_vec_init(SN_MAX_PARAMS);
    arb_t x, y;
    arb_init(x);
    arb_init(y);
    sn_status status = read_number(x, "x", q->x, q->x_near, prec, err);
    if (status == SN_OK)
        status = read_number(y, "y", q->y, q->y_near, prec, err);
    if (status == SN_OK && !arb_is_positive(y))
        status = q->y != NULL ? sn_fail(err, SN_EDOMAIN, "y is %.60s, allowed is y > 0", q->y)
                              : sn_fail(err, SN_EDOMAIN, "y is %g, allowed is y > 0", q->y_near);
    if (status == SN_OK)
        status = sn_exact_params(params, q->f, prec, err);
    if (status == SN_OK)
        set_numbers(out, q, params, x, y, prec);
    arb_clear(x);
    arb_clear(y);
    _arb_vec_clear(params, SN_MAX_PARAMS);
    return status;
}

/* The relative accuracy of the worst ball that is not 0 by itself, in bits. */
static slong accuracy(arb_srcptr numbers)
{
    slong bits = WORD_MAX;
    for (int i = 0; i < SN_GAIN_NUMBERS; i++)
        if (!arb_is_zero(numbers + i)) {
            const bool known = arb_is_finite(numbers + i) && !arb_contains_zero(numbers + i);
            bits = FLINT_MIN(bits, known ? arb_rel_accuracy_bits(numbers + i) : -1);
        }
    return bits;
}

static sn_status no_digits(const question *q, const char *why, sn_error *err)
{
    return sn_fail(err, SN_ENOCONV, "%s at N(%.40s, %.40s): %s", q->f->type->name, q->x, q->y, why);
}

/* How many bits are lost, by the least working precision that leaves a few. */
static sn_status find_loss(arb_ptr numbers, const question *q, slong *loss, sn_error *err)
{
    const slong most = q->row->jets == sn_jets_smooth ? MOST_LOSS_BY_RULE : MOST_LOSS;
    for (*loss = SPARE; *loss <= most; *loss *= 2) {
        const sn_status status = enclose(numbers, q, FIRST_BITS + *loss, err);
        if (status != SN_OK)
            return status;
        const slong reached = accuracy(numbers);
        if (reached >= FIRST_BITS) {
            *loss = FLINT_MAX(FIRST_BITS + *loss - reached, 0) + SPARE;
            return SN_OK;
        }
    }
    return no_digits(q,
                     "its enclosures do not get small: its variance or slope is next to 0 or "
                     "infinite, or y is too large",
                     err);
}

static sn_writing write_numbers(sn_exact_gain *out, arb_srcptr numbers, size_t digits, slong prec)
{
    sn_exact_number *const to[SN_GAIN_NUMBERS] = {
        [MEAN] = &out->mean,
        [SECOND] = &out->second_moment,
        [VARIANCE] = &out->variance,
        [SLOPE] = &out->slope_second,
        [GAIN_VARIANCE] = &out->gain_variance,
        [GAIN_SECOND] = &out->gain_second_moment,
    };
    for (int i = 0; i < SN_GAIN_NUMBERS; i++) {
        if (!arb_is_zero(numbers + i)) {
            const sn_writing done = sn_ball_digits(to[i], numbers + i, digits, prec);
            if (done != SN_WRITTEN)
                return done;
            continue;
        }
        to[i]->text = calloc(2, 1);
        if (to[i]->text == NULL)
            return SN_NO_MEMORY;
        to[i]->text[0] = to[i]->radius[0] = '0';
    }
    return SN_WRITTEN;
}

static sn_status compute(arb_ptr numbers, const question *q, size_t digits, sn_exact_gain *out,
                         sn_error *err)
{
    slong loss;
    sn_status status = find_loss(numbers, q, &loss, err);
    for (slong spare = SPARE; status == SN_OK; spare *= 4) {
        const slong prec = (slong)(3.3219281 * (double)digits) + loss + spare; /* log2(10) */
        status = enclose(numbers, q, prec, err);
        if (status != SN_OK)
            break;
        const sn_writing done = write_numbers(out, numbers, digits, prec + 64);
        if (done == SN_WRITTEN)
            return SN_OK;
        sn_exact_gain_free(out);
        if (done == SN_NO_MEMORY)
            return sn_fail(err, SN_ENOMEM, "out of memory for %zu digits", digits);
        if (done == SN_TOO_FAR_OUT)
            return no_digits(q, "a number is beyond 1e-900000 or 1e900000 in size", err);
        if (spare > MOST_SPARE)
            return no_digits(q,
                             "a number is in the middle of two decimals, or too near it "
                             "to be rounded (more digits may do), or y is too large",
                             err);
    }
    return status;
}

sn_status sn_exact_gain_check(const sn_activation *f, sn_error *err)
{
    const sn_enclosure *row;
    return sn_exact_row(f, &row, err);
}

sn_status sn_exact_gain_compute(const sn_activation *f, const char *x, const char *y, size_t digits,
                                sn_exact_gain *out, sn_error *err)
{
    if (digits < 1 || digits > SN_EXACT_GAIN_MAX_DIGITS)
        return sn_fail(err, SN_EDOMAIN, "digits is %zu, allowed is 1 to %d", digits,
                       SN_EXACT_GAIN_MAX_DIGITS);
    question q = {.f = f, .x = x, .y = y};
    *out = (sn_exact_gain){.mean.text = NULL};
    sn_status status = sn_exact_row(f, &q.row, err);
    if (status != SN_OK)
        return status;
    arb_ptr numbers = _arb_vec_init(SN_GAIN_NUMBERS);
    status = compute(numbers, &q, digits, out, err);
    _arb_vec_clear(numbers, SN_GAIN_NUMBERS);
    return status;
}

void sn_exact_gain_free(sn_exact_gain *gain)
{
    if (gain == NULL)
        return;
    free(gain->mean.text);
    free(gain->second_moment.text);
    free(gain->variance.text);
    free(gain->slope_second.text);
    free(gain->gain_variance.text);
    free(gain->gain_second_moment.text);
    *gain = (sn_exact_gain){.mean.text = NULL};
}

sn_status sn_gain_enclose(const sn_activation *f, double x, double y, sn_gain_enclosure *out,
                          sn_error *err)
{
    enum { LEAST_PREC = 80, MOST_PREC = 320, ENOUGH = 58 };
    question q = {.f = f, .x_near = x, .y_near = y};
    sn_status status = sn_exact_row(f, &q.row, err);
    if (status != SN_OK)
        return status;
    for (int i = 0; i < SN_GAIN_NUMBERS; i++) {
        out->lower[i] = -INFINITY;
        out->nearest[i] = NAN;
        out->upper[i] = INFINITY;
    }
    arb_ptr numbers = _arb_vec_init(SN_GAIN_NUMBERS);
    slong reached = -1;
    for (slong prec = LEAST_PREC; status == SN_OK && prec <= MOST_PREC && reached < ENOUGH;
         prec *= 2) {
        status = enclose(numbers, &q, prec, err);
        for (int i = 0; i < SN_GAIN_NUMBERS && status == SN_OK; i++) {
            out->lower[i] = fmax(out->lower[i], sn_ball_lower(numbers + i));
            out->upper[i] = fmin(out->upper[i], sn_ball_upper(numbers + i));
            if (arb_is_finite(numbers + i))
                out->nearest[i] = arf_get_d(arb_midref(numbers + i), ARF_RND_NEAR);
        }
        reached = accuracy(numbers);
    }
    _arb_vec_clear(numbers, SN_GAIN_NUMBERS);
    return status;
}
