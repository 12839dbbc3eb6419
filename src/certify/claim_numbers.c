/* A claim's numbers: checked before anything is done, and read where doubles are wanted. */
#include "certify/prover.h"

static sn_status check_decimals(const sn_decimals *ends, const char *what, bool positive,
                                sn_error *err)
{
    arb_t lower, upper;
    arb_init(lower);
    arb_init(upper);
    sn_status status = SN_OK;
    if (ends->lower == NULL || ends->upper == NULL
        || !sn_ball_set_decimal(lower, ends->lower, SN_DECIMAL_PREC)
        || !sn_ball_set_decimal(upper, ends->upper, SN_DECIMAL_PREC))
        status =
            sn_fail(err, SN_EDOMAIN, "%s is '%s' to '%s', allowed are two decimal numbers", what,
                    ends->lower != NULL ? ends->lower : "", ends->upper != NULL ? ends->upper : "");
    else if (arb_gt(lower, upper))
        status = sn_fail(err, SN_EDOMAIN, "%s is %s to %s, allowed is lower before upper", what,
                         ends->lower, ends->upper);
    else if (positive && !arb_is_positive(lower))
        status = sn_fail(err, SN_EDOMAIN, "%s starts at %s, allowed is above 0", what, ends->lower);
    arb_clear(lower);
    arb_clear(upper);
    return status;
}

static sn_status check_bound(const sn_assertion *a, sn_error *err)
{
    arb_t number;
    arb_init(number);
    sn_status status = SN_OK;
    const char *const limits[] = {a->above, a->below};
    if ((unsigned)a->quantity >= SN_QUANTITY_COUNT)
        status = sn_fail(err, SN_EDOMAIN, "quantity %d is unknown", (int)a->quantity);
    else if (a->above == NULL && a->below == NULL)
        status = sn_fail(err, SN_EDOMAIN, "the bound of %s has no number",
                         sn_quantity_name(a->quantity));
    for (int i = 0; status == SN_OK && i < 2; i++)
        if (limits[i] != NULL && !sn_ball_set_decimal(number, limits[i], SN_DECIMAL_PREC))
            status = sn_fail(err, SN_EDOMAIN, "the bound of %s is '%s', not a decimal number",
                             sn_quantity_name(a->quantity), limits[i]);
    arb_clear(number);
    return status;
}

sn_status sn_claim_check(const sn_claim *claim, sn_error *err)
{
    static const char *const sides[SN_BOX_DIM] = {"mu", "nu", "omega", "tau"};
    sn_status status = SN_OK;
    if ((unsigned)claim->map >= SN_MAP_COUNT)
        return sn_fail(err, SN_EDOMAIN, "map %d is unknown", (int)claim->map);
    for (int i = 0; status == SN_OK && i < SN_BOX_DIM; i++)
        status = check_decimals(&claim->box[i], sides[i], i == SN_BOX_NU || i == SN_BOX_TAU, err);
    for (size_t i = 0; status == SN_OK && i < claim->n_assertions; i++) {
        const sn_assertion *a = &claim->assertions[i];
        if ((unsigned)a->kind >= SN_ASSERTION_COUNT) /* nothing would be left to prove */
            status = sn_fail(err, SN_EDOMAIN, "assertion kind %d is unknown", (int)a->kind);
        if (a->kind == SN_ASSERT_BOUND)
            status = check_bound(a, err);
        if (a->kind == SN_ASSERT_ENTERS)
            status = check_decimals(&a->target_mu, "the target's mu", false, err);
        if (a->kind == SN_ASSERT_ENTERS && status == SN_OK)
            status = check_decimals(&a->target_nu, "the target's nu", true, err);
    }
    return status;
}

static sn_interval interval_of(const sn_decimals *ends, bool outwards)
{
    arb_t lower, upper;
    arb_init(lower);
    arb_init(upper);
    sn_ball_set_decimal(lower, ends->lower, SN_DECIMAL_PREC);
    sn_ball_set_decimal(upper, ends->upper, SN_DECIMAL_PREC);
    const sn_interval i = outwards ? (sn_interval){sn_ball_lower(lower), sn_ball_upper(upper)}
                                   : (sn_interval){sn_ball_upper(lower), sn_ball_lower(upper)};
    arb_clear(lower);
    arb_clear(upper);
    return i;
}

sn_link sn_link_of(const sn_decimals *mu, const sn_decimals *nu, bool outwards)
{
    return (sn_link){interval_of(mu, outwards), interval_of(nu, outwards)};
}

double sn_interval_shown(sn_interval i)
{
    return i.lower <= 0 && i.upper >= 0 ? 0 : i.lower;
}
