/* Moments of the error function, as balls. */
#include "jets_checks.h"

#if __has_include(<acb_hypgeom.h>)
#include <acb_hypgeom.h>
#else
#include <flint/acb_hypgeom.h>
#endif

static void erf_piece(acb_t f, acb_t df, const acb_t z, int piece, const double *params, slong prec)
{
    (void)piece, (void)params;
    acb_hypgeom_erf(f, z, prec);
    acb_sqr(df, z, prec);
    acb_neg(df, df);
    acb_exp(df, df, prec);
    acb_mul_2exp_si(df, df, 1);
    arb_t root;
    arb_init(root);
    arb_const_sqrt_pi(root, prec);
    acb_div_arb(df, df, root, prec);
    arb_clear(root);
}

static const subject erf_subject = {"erf", NULL, {0}, 0, {0}, erf_piece};

START_TEST(points)
{
    check_points(sn_jets_erf, &erf_subject, 8);
}
END_TEST

START_TEST(boxes)
{
    check_boxes(sn_jets_erf, &erf_subject, 200);
}
END_TEST

START_TEST(tightness)
{
    check_tight(sn_jets_erf, &erf_subject, 0.0317, 1.07);
    check_tight(sn_jets_erf, &erf_subject, -1.7, 0.31);
    check_tight(sn_jets_erf, &erf_subject, 2.1, 5.3);
}
END_TEST

START_TEST(extremes)
{
    check_forgotten(sn_jets_erf, &erf_subject);
    check_extremes(sn_jets_erf, &erf_subject);
}
END_TEST

UNIT_MAIN("jets_erf", points, boxes, tightness, extremes)
