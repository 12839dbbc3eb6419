/* The quantities of a claim from the jets of the moments.
 *
 * With M = E f(z), F = E f(z)^2, V = F - M^2 and C = E f'(z)^2 as functions of z's mean x and
 * variance y, and x, y as functions of (mu, nu, omega, tau) (base/maps.h), the Jacobian of
 * (mu, nu) -> (M, V) is
 *
 *     a = M_x x_mu + M_y y_mu     b = M_y y_nu
 *     c = V_x x_mu + V_y y_mu     d = V_y y_nu,
 *
 * V_x = F_x - 2 M M_x, V_y = F_y - 2 M M_y, and chi1 = tau C. M_y = M_xx / 2 and so on, by the heat
 * equation (jets.h). Everything is computed in duals, so each quantity's gradient comes along.
 *
 * Singular values. With p = |(a + d, b - c)| and q = |(a - d, b + c)|, the largest is (p + q) / 2:
 * [a b; c d] is the sum of the similarity [(a+d) (b-c); -(b-c) (a+d)] / 2 and the reflected one
 * [(a-d) (b+c); (b+c) -(a-d)] / 2, whose norms are p / 2 and q / 2 and which some unit vector sees
 * aligned. Unlike the root of the largest eigenvalue of J^T J this form has bounded slopes
 * everywhere. */
#include "certify/quantity.h"

#include "certify/dual.h"

/* x and y, and everything below the Jacobian. */
typedef struct layer {
    sn_dual_context context;
    sn_dual x, y, x_mu, y_mu, y_nu;
    sn_jets jets;
} layer;

static const sn_jet_order *orders(sn_quantity quantity, bool gradient)
{
    static const sn_jet_order moment[] = {{0, -1}, {2, -1}};
    static const sn_jet_order jacobian[] = {{2, -1}, {4, -1}};
    static const sn_jet_order slope[] = {{0, 0}, {0, 2}};
    switch (quantity) {
    case SN_Q_MU_NEXT:
    case SN_Q_XI_NEXT:
    case SN_Q_NU_NEXT:
    case SN_Q_MU_CHANGE:
    case SN_Q_NU_CHANGE:
        return &moment[gradient];
    case SN_Q_CHI1:
        return &slope[gradient];
    default:
        return &jacobian[gradient];
    }
}

/* A coordinate of the box: its own derivative is 1. */
static void variable(sn_dual *out, arb_srcptr at, int coordinate)
{
    arb_set(&out->v, &at[coordinate]);
    arb_one(&out->d[coordinate]);
}

static void preactivate(layer *l, const sn_ball_map *map, arb_srcptr at)
{
    const sn_dual_context *c = &l->context;
    sn_dual mu, nu, omega, tau, square;
    sn_dual *const all[] = {&mu, &nu, &omega, &tau, &square};
    for (int i = 0; i < 5; i++)
        sn_dual_init(all[i]);
    for (int i = 0; i < SN_BOX_DIM; i++)
        variable(all[i], at, i);
    if (map->kind != SN_MAP_CENTRED) {
        sn_dual_mul(&l->x, &mu, &omega, c);
        sn_dual_add(&l->x_mu, &l->x_mu, &omega, c);
    }
    if (map->kind == SN_MAP_ENSEMBLE) {
        sn_dual_mul(&square, &mu, &mu, c);
        sn_ball_sqr(&square.v, &mu.v, c->prec); /* never negative */
        sn_dual_add(&nu, &nu, &square, c);
        sn_dual_mul(&l->y_mu, &tau, &mu, c);
        sn_dual_add(&l->y_mu, &l->y_mu, &l->y_mu, c);
    }
    sn_dual_mul(&l->y, &nu, &tau, c);
    sn_dual_add(&l->y_nu, &l->y_nu, &tau, c);
    arb_add(&l->x.v, &l->x.v, map->bias_mean, c->prec);
    arb_add(&l->y.v, &l->y.v, map->bias_variance, c->prec);
    for (int i = 0; i < 5; i++)
        sn_dual_clear(all[i]);
}

static void layer_start(layer *l, const sn_ball_map *map, arb_srcptr at, bool gradient, slong prec)
{
    l->context = (sn_dual_context){prec, gradient ? SN_BOX_DIM : 0};
    sn_dual *const all[] = {&l->x, &l->y, &l->x_mu, &l->y_mu, &l->y_nu};
    for (int i = 0; i < 5; i++)
        sn_dual_init(all[i]);
    sn_jets_init(&l->jets);
    preactivate(l, map, at);
}

static void layer_init(layer *l, sn_quantity quantity, const sn_ball_map *map, arb_srcptr at,
                       bool gradient, slong prec)
{
    layer_start(l, map, at, gradient, prec);
    sn_jets_enclose(&l->jets, map->enclosure, map->params, &l->x.v, &l->y.v,
                    *orders(quantity, gradient), prec);
}

static void layer_clear(layer *l)
{
    sn_dual *const all[] = {&l->x, &l->y, &l->x_mu, &l->y_mu, &l->y_nu};
    for (int i = 0; i < 5; i++)
        sn_dual_clear(all[i]);
    sn_jets_clear(&l->jets);
}

/* d^i/dx^i d^j/dy^j of the function with that jet, as a dual: 2^-j times the (i + 2j)-th entry. */
static void from_jet(sn_dual *out, const layer *l, arb_srcptr jet, int i, int j)
{
    const int k = i + 2 * j;
    arb_t g, g_x, g_y;
    arb_init(g);
    arb_init(g_x);
    arb_init(g_y);
    arb_mul_2exp_si(g, &jet[k], -j);
    if (l->context.depth > 0) {
        arb_mul_2exp_si(g_x, &jet[k + 1], -j);
        arb_mul_2exp_si(g_y, &jet[k + 2], -j - 1);
    }
    sn_dual_chain(out, g, g_x, g_y, &l->x, &l->y, &l->context);
    arb_clear(g);
    arb_clear(g_x);
    arb_clear(g_y);
}

/* V, or its derivative by x (i = 1) or y (j = 1). */
static void variance(sn_dual *out, const layer *l, int i, int j)
{
    const sn_dual_context *c = &l->context;
    sn_dual mean, slope, product;
    sn_dual_init(&mean);
    sn_dual_init(&slope);
    sn_dual_init(&product);
    from_jet(out, l, l->jets.second, i, j);
    from_jet(&mean, l, l->jets.mean, 0, 0);
    from_jet(&slope, l, l->jets.mean, i, j);
    sn_dual_mul(&product, &mean, &slope, c);
    if (i + j > 0)
        sn_dual_add(&product, &product, &product, c);
    else
        sn_ball_sqr(&product.v, &mean.v, c->prec);
    sn_dual_sub(out, out, &product, c);
    if (i + j == 0)
        arb_nonnegative_part(&out->v, &out->v); /* a variance */
    sn_dual_clear(&mean);
    sn_dual_clear(&slope);
    sn_dual_clear(&product);
}

/* The Jacobian as j[0..3] = a, b, c, d. */
static void jacobian(sn_dual j[4], const layer *l)
{
    const sn_dual_context *c = &l->context;
    sn_dual by_x, by_y, product;
    sn_dual_init(&by_x);
    sn_dual_init(&by_y);
    sn_dual_init(&product);
    for (int row = 0; row < 2; row++) {
        if (row == 0) {
            from_jet(&by_x, l, l->jets.mean, 1, 0);
            from_jet(&by_y, l, l->jets.mean, 0, 1);
        } else {
            variance(&by_x, l, 1, 0);
            variance(&by_y, l, 0, 1);
        }
        sn_dual_mul(&j[2 * row], &by_x, &l->x_mu, c);
        sn_dual_mul(&product, &by_y, &l->y_mu, c);
        sn_dual_add(&j[2 * row], &j[2 * row], &product, c);
        sn_dual_mul(&j[2 * row + 1], &by_y, &l->y_nu, c);
    }
    sn_dual_clear(&by_x);
    sn_dual_clear(&by_y);
    sn_dual_clear(&product);
}

static void spectral_norm(sn_dual *out, sn_dual j[4], double weight, const sn_dual_context *c)
{
    sn_dual sum, difference, p;
    sn_dual_init(&sum);
    sn_dual_init(&difference);
    sn_dual_init(&p);
    arb_t factor;
    arb_init(factor);
    arb_set_d(factor, weight);
    sn_dual_scale(&j[1], &j[1], factor, c);
    arb_inv(factor, factor, c->prec);
    sn_dual_scale(&j[2], &j[2], factor, c);
    sn_dual_add(&sum, &j[0], &j[3], c);
    sn_dual_sub(&difference, &j[1], &j[2], c);
    sn_dual_hypot(&p, &sum, &difference, c);
    sn_dual_sub(&difference, &j[0], &j[3], c);
    sn_dual_add(&sum, &j[1], &j[2], c);
    sn_dual_hypot(out, &difference, &sum, c);
    sn_dual_add(out, out, &p, c);
    arb_set_d(factor, 0.5);
    sn_dual_scale(out, out, factor, c);
    arb_clear(factor);
    sn_dual_clear(&sum);
    sn_dual_clear(&difference);
    sn_dual_clear(&p);
}

/* |m| + sqrt(D) where D = ((a - d) / 2)^2 + b c >= 0, m = (a + d) / 2; sqrt(m^2 - D) below. */
static void spectral_radius(sn_dual *out, sn_dual j[4], const sn_dual_context *c)
{
    sn_dual mean, half, product, square;
    sn_dual *const all[] = {&mean, &half, &product, &square};
    for (int i = 0; i < 4; i++)
        sn_dual_init(all[i]);
    arb_t factor;
    arb_init(factor);
    arb_set_d(factor, 0.5);
    sn_dual_add(&mean, &j[0], &j[3], c);
    sn_dual_scale(&mean, &mean, factor, c);
    sn_dual_sub(&half, &j[0], &j[3], c);
    sn_dual_scale(&half, &half, factor, c);
    sn_dual_mul(&square, &half, &half, c);
    sn_ball_sqr(&square.v, &half.v, c->prec);
    sn_dual_mul(&product, &j[1], &j[2], c);
    sn_dual_add(&product, &product, &square, c); /* D */
    if (arb_is_negative(&product.v)) {
        sn_dual_mul(&square, &mean, &mean, c);
        sn_ball_sqr(&square.v, &mean.v, c->prec);
        sn_dual_sub(&square, &square, &product, c);
        sn_dual_sqrt(out, &square, c);
    } else {
        sn_dual_abs(&half, &mean, c);
        sn_dual_sqrt(&square, &product, c);
        sn_dual_add(out, &half, &square, c);
    }
    if (arb_contains_negative(&product.v) && !arb_is_negative(&product.v)) {
        /* either case: the value only; sqrt(D) above has left no derivative */
        sn_ball_sqr(factor, &mean.v, c->prec);
        arb_neg(&product.v, &product.v);
        arb_nonnegative_part(&product.v, &product.v);
        arb_add(factor, factor, &product.v, c->prec);
        arb_sqrtpos(factor, factor, c->prec);
        arb_union(&out->v, &out->v, factor, c->prec);
    }
    arb_clear(factor);
    for (int i = 0; i < 4; i++)
        sn_dual_clear(all[i]);
}

static void of_jacobian(sn_dual *out, const layer *l, sn_measure measure)
{
    sn_dual j[4];
    for (int i = 0; i < 4; i++)
        sn_dual_init(&j[i]);
    jacobian(j, l);
    if (measure.quantity == SN_Q_SPECTRAL_NORM)
        spectral_norm(out, j, measure.weight, &l->context);
    else if (measure.quantity == SN_Q_SPECTRAL_RADIUS)
        spectral_radius(out, j, &l->context);
    else
        sn_dual_add(out, out, &j[measure.quantity - SN_Q_DMU_DMU], &l->context);
    for (int i = 0; i < 4; i++)
        sn_dual_clear(&j[i]);
}

/* out becomes out - the coordinate. */
static void subtract(sn_dual *out, arb_srcptr at, int coordinate, const sn_dual_context *c)
{
    arb_sub(&out->v, &out->v, &at[coordinate], c->prec);
    if (c->depth > 0)
        arb_sub_si(&out->d[coordinate], &out->d[coordinate], 1, c->prec);
}

void sn_quantity_enclose(arb_t value, arb_ptr gradient, sn_measure measure, const sn_ball_map *map,
                         arb_srcptr at, slong prec)
{
    layer l;
    sn_dual out;
    layer_init(&l, measure.quantity, map, at, gradient != NULL, prec);
    sn_dual_init(&out);
    switch (measure.quantity) {
    case SN_Q_MU_NEXT:
    case SN_Q_MU_CHANGE:
        from_jet(&out, &l, l.jets.mean, 0, 0);
        if (measure.quantity == SN_Q_MU_CHANGE)
            subtract(&out, at, SN_BOX_MU, &l.context);
        break;
    case SN_Q_XI_NEXT:
        from_jet(&out, &l, l.jets.second, 0, 0);
        break;
    case SN_Q_NU_NEXT:
    case SN_Q_NU_CHANGE:
        variance(&out, &l, 0, 0);
        if (measure.quantity == SN_Q_NU_CHANGE)
            subtract(&out, at, SN_BOX_NU, &l.context);
        break;
    case SN_Q_CHI1: {
        sn_dual slope, tau;
        sn_dual_init(&slope);
        sn_dual_init(&tau);
        from_jet(&slope, &l, l.jets.slope, 0, 0);
        variable(&tau, at, SN_BOX_TAU);
        sn_dual_mul(&out, &slope, &tau, &l.context);
        sn_dual_clear(&slope);
        sn_dual_clear(&tau);
        break;
    }
    default:
        of_jacobian(&out, &l, measure);
    }
    arb_swap(value, &out.v);
    for (int i = 0; gradient != NULL && i < SN_BOX_DIM; i++)
        arb_swap(&gradient[i], &out.d[i]);
    sn_dual_clear(&out);
    layer_clear(&l);
}

void sn_quantity_preactivation(arb_t x, arb_t y, const sn_ball_map *map, arb_srcptr at, slong prec)
{
    layer l;
    layer_start(&l, map, at, false, prec);
    arb_swap(x, &l.x.v);
    arb_swap(y, &l.y.v);
    layer_clear(&l);
}
