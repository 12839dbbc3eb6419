/* The path of one point, in balls so thin that a thousand layers leave them thin. */
#include "certify/plain.h"

enum { PREC = 192 };

double sn_decimal_value(const char *decimal)
{
    arb_t number;
    arb_init(number);
    sn_ball_set_decimal(number, decimal, PREC);
    const double value = arf_get_d(arb_midref(number), ARF_RND_NEAR);
    arb_clear(number);
    return value;
}

void sn_orbit_init(sn_orbit *orbit, const sn_ball_map *map, const sn_span *span,
                   const sn_dyadic *start)
{
    arb_t upper;
    arb_init(upper);
    orbit->map = map;
    orbit->at = _arb_vec_init(SN_BOX_DIM);
    for (int i = 0; i < SN_BOX_DIM; i++)
        sn_dyadic_ends(&orbit->at[i], upper, span, start, i);
    arb_clear(upper);
}

void sn_orbit_step(sn_orbit *orbit)
{
    arb_t mu, nu;
    arb_init(mu);
    arb_init(nu);
    sn_quantity_enclose(mu, NULL, (sn_measure){SN_Q_MU_NEXT, 1}, orbit->map, orbit->at, PREC);
    sn_quantity_enclose(nu, NULL, (sn_measure){SN_Q_NU_NEXT, 1}, orbit->map, orbit->at, PREC);
    arb_swap(&orbit->at[SN_BOX_MU], mu);
    arb_swap(&orbit->at[SN_BOX_NU], nu);
    arb_clear(mu);
    arb_clear(nu);
}

void sn_orbit_clear(sn_orbit *orbit)
{
    _arb_vec_clear(orbit->at, SN_BOX_DIM);
}

bool sn_orbit_outside(const sn_orbit *orbit, const sn_decimals *mu, const sn_decimals *nu)
{
    const sn_decimals *const sides[] = {mu, nu};
    bool outside = false;
    arb_t end;
    arb_init(end);
    for (int i = 0; i < 2; i++) {
        const arb_struct *at = &orbit->at[i];
        outside = outside || (sn_ball_set_decimal(end, sides[i]->lower, PREC) && arb_lt(at, end));
        outside = outside || (sn_ball_set_decimal(end, sides[i]->upper, PREC) && arb_gt(at, end));
    }
    arb_clear(end);
    return outside;
}
