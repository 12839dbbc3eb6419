/* A claim's layer map in balls: its decimals enclosed, SELU's left-out constants exactly those of
 * the target that they keep. */
#include "certify/constant_balls.h"
#include "certify/quantity.h"

static const char *or_zero(const char *decimal)
{
    return decimal != NULL ? decimal : "0";
}

/* SELU's alpha and lambda for the target, where the claim leaves them out. */
static sn_status set_exact(sn_ball_map *map, const sn_claim *claim, slong prec, sn_error *err)
{
    const sn_exact_target target = {
        .map = SN_MAP_NEURON,
        .mu = or_zero(claim->keeps_mu),
        .nu = claim->keeps_nu != NULL ? claim->keeps_nu : "1",
        .omega = "0",
        .tau = "1",
    };
    sn_constant_balls balls;
    sn_constant_balls_init(&balls);
    sn_status status = sn_constant_balls_solve(&target, prec, &balls, err);
    if (status == SN_OK && balls.count <= 0)
        status = sn_fail(err, SN_EDOMAIN, "no constants keep mean %s, variance %s: %s", target.mu,
                         target.nu, balls.reason);
    if (status == SN_OK && claim->params[0] == NULL)
        arb_set(&map->params[0], balls.alpha[0]);
    if (status == SN_OK && claim->params[1] == NULL)
        arb_set(&map->params[1], balls.lambda[0]);
    sn_constant_balls_clear(&balls);
    return status;
}

/* What an enclosure takes for granted of its parameters holds within their ranges alone. */
static sn_status check_range(const arb_t value, const sn_param *param, const char *decimal,
                             sn_error *err)
{
    arb_t lower, upper;
    arb_init(lower);
    arb_init(upper);
    arb_set_d(lower, param->lower);
    arb_set_d(upper, param->upper);
    const bool outside = arb_lt(value, lower) || arb_gt(value, upper);
    arb_clear(lower);
    arb_clear(upper);
    return outside ? sn_fail(err, SN_EDOMAIN, "%s is %s, allowed is %g to %g", param->name, decimal,
                             param->lower, param->upper)
                   : SN_OK;
}

static sn_status set_params(sn_ball_map *map, const sn_claim *claim, slong prec, sn_error *err)
{
    const sn_activation_type *type = claim->activation;
    bool exact = false;
    sn_status status = SN_OK;
    for (size_t i = 0; status == SN_OK && i < type->n_params; i++) {
        if (claim->params[i] == NULL && type == sn_activation_find("selu"))
            exact = true;
        else if (claim->params[i] == NULL)
            arb_set_d(&map->params[i], type->params[i].initial);
        else if (!sn_ball_set_decimal(&map->params[i], claim->params[i], prec))
            return sn_fail(err, SN_EDOMAIN, "%s is '%s', which is not a decimal number",
                           type->params[i].name, claim->params[i]);
        else
            status = check_range(&map->params[i], &type->params[i], claim->params[i], err);
    }
    return status == SN_OK && exact ? set_exact(map, claim, prec, err) : status;
}

static sn_status set_numbers(sn_ball_map *map, const sn_claim *claim, slong prec, sn_error *err)
{
    if (!sn_ball_set_decimal(map->bias_mean, or_zero(claim->bias_mean), prec))
        return sn_fail(err, SN_EDOMAIN, "the bias's mean is '%s', which is not a decimal number",
                       claim->bias_mean);
    if (!sn_ball_set_decimal(map->bias_variance, or_zero(claim->bias_variance), prec)
        || arb_is_negative(map->bias_variance))
        return sn_fail(err, SN_EDOMAIN,
                       "the bias's variance is '%s', allowed is a decimal number from 0",
                       claim->bias_variance);
    return set_params(map, claim, prec, err);
}

sn_status sn_ball_map_init(sn_ball_map *map, const sn_claim *claim, slong prec, sn_error *err)
{
    map->kind = claim->map;
    map->enclosure = sn_enclosure_find(claim->activation);
    if (map->enclosure == NULL)
        return sn_fail(err, SN_EUNKNOWN, "%s cannot be certified: it has no enclosure",
                       claim->activation->name);
    for (int i = 0; i < SN_MAX_PARAMS; i++)
        arb_init(&map->params[i]);
    arb_init(map->bias_mean);
    arb_init(map->bias_variance);
    const sn_status status = set_numbers(map, claim, prec, err);
    if (status != SN_OK)
        sn_ball_map_clear(map);
    return status;
}

void sn_ball_map_clear(sn_ball_map *map)
{
    for (int i = 0; i < SN_MAX_PARAMS; i++)
        arb_clear(&map->params[i]);
    arb_clear(map->bias_mean);
    arb_clear(map->bias_variance);
}
