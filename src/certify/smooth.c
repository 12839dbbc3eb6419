/* Derivatives over wide balls, by the mean value theorem.
 *
 * Let z be the ball of midpoint m and radius r, and F(k) >= |f^(k)| over it. Then
 *
 *     f^(k)(z) lies in f^(k)(m) +- r F(k+1),      and      F(k) = |f^(k)(m)| + r F(k+1)
 *
 * is such a bound again. So formulas need hold at numbers only, where no dependency spoils them,
 * and one bound of the highest derivative, which may be coarse, starts the chain downwards. To
 * first order in r the radius is the best there is. For a ball that is no mere rounded number the
 * chain starts one derivative higher, so that the coarse bound counts with r^2 everywhere.
 *
 * Balls too wide for that are cut into pieces. */
#include "certify/smooth.h"

enum {
    WIDE = -17, /* a ball of radius 2^WIDE and more is no mere rounded number */
    PIECE = 0,  /* beyond 2^PIECE a ball is cut, */
    CUTS = 5    /* but into no more than 2^CUTS pieces */
};

/* The chain, for one piece. */
static void enclose_piece(arb_ptr out, const sn_smooth_formula *f, const arb_t z, slong length,
                          slong prec)
{
    arb_struct value[SN_SMOOTH_LENGTH];
    mag_struct size[SN_SMOOTH_LENGTH];
    arb_t middle;
    mag_t sup, slack;
    for (int k = 0; k < SN_SMOOTH_LENGTH; k++) {
        arb_init(&value[k]);
        mag_init(&size[k]);
    }
    arb_init(middle);
    mag_init(sup);
    mag_init(slack);

    const slong n = length + (mag_cmp_2exp_si(arb_radref(z), WIDE) > 0);
    arb_get_mid_arb(middle, z);
    f->at(value, middle, n, prec);
    f->sizes(size, z, n + 1);
    mag_set(sup, &size[n]);
    for (slong k = n - 1; k >= 0; k--) {
        mag_mul(slack, arb_radref(z), sup);
        arb_get_mag(sup, &value[k]);
        mag_add(sup, sup, slack);
        if (mag_cmp(slack, &size[k]) > 0) /* the ball about 0 is the smaller one */
            arb_zero(&value[k]), mag_set(slack, &size[k]);
        mag_min(sup, sup, &size[k]);
        arb_add_error_mag(&value[k], slack);
        if (k < length)
            arb_swap(&out[k], &value[k]);
    }

    mag_clear(slack);
    mag_clear(sup);
    arb_clear(middle);
    for (int k = 0; k < SN_SMOOTH_LENGTH; k++) {
        arb_clear(&value[k]);
        mag_clear(&size[k]);
    }
}

/* Halves the ball as long as it is wide, and joins what the halves give. */
static void enclose(arb_ptr out, const sn_smooth_formula *f, const arb_t z, slong length, int cuts,
                    slong prec)
{
    if (cuts == 0 || mag_cmp_2exp_si(arb_radref(z), PIECE) <= 0) {
        enclose_piece(out, f, z, length, prec);
        return;
    }
    arb_t half;
    arb_ptr right = _arb_vec_init(length);
    arf_t shift;
    arb_init(half);
    arf_init(shift);
    mag_mul_2exp_si(arb_radref(half), arb_radref(z), -1);
    arf_set_mag(shift, arb_radref(half));
    arf_add(arb_midref(half), arb_midref(z), shift, ARF_PREC_EXACT, ARF_RND_DOWN);
    enclose(right, f, half, length, cuts - 1, prec);
    arf_sub(arb_midref(half), arb_midref(z), shift, ARF_PREC_EXACT, ARF_RND_DOWN);
    enclose(out, f, half, length, cuts - 1, prec);
    for (slong k = 0; k < length; k++)
        arb_union(&out[k], &out[k], &right[k], prec);
    arf_clear(shift);
    arb_clear(half);
    _arb_vec_clear(right, length);
}

void sn_smooth_enclose(arb_ptr out, const sn_smooth_formula *f, const arb_t z, slong length,
                       slong prec)
{
    if (!arb_is_finite(z)) {
        for (slong k = 0; k < length; k++)
            arb_indeterminate(&out[k]);
        return;
    }
    enclose(out, f, z, length, CUTS, prec);
}

void sn_smooth_decay(mag_t out, const arb_t z)
{
    mag_t near;
    mag_init(near);
    arb_get_mag_lower(near, z);
    mag_expinv(out, near);
    mag_clear(near);
}

void sn_smooth_gauss_decay(mag_t out, const arb_t z)
{
    mag_t near;
    mag_init(near);
    arb_get_mag_lower(near, z);
    mag_mul_lower(near, near, near);
    mag_mul_2exp_si(near, near, -2);
    mag_expinv(out, near);
    mag_clear(near);
}

void sn_smooth_times_z(arb_ptr g, const arb_t z, slong n, slong prec)
{
    for (slong k = n - 1; k >= 0; k--) {
        arb_mul(&g[k], &g[k], z, prec);
        if (k > 0)
            arb_addmul_si(&g[k], &g[k - 1], k, prec);
    }
}

void sn_smooth_sizes_times_z(mag_ptr g, const arb_t z, slong n)
{
    mag_t far, term;
    mag_init(far);
    mag_init(term);
    arb_get_mag(far, z);
    for (slong k = n - 1; k >= 0; k--) {
        mag_mul(&g[k], &g[k], far);
        if (k > 0) {
            mag_mul_ui(term, &g[k - 1], (ulong)k);
            mag_add(&g[k], &g[k], term);
        }
    }
    mag_clear(term);
    mag_clear(far);
}
