/* From the pre-activations of a layer to the statistics of f of them.
 *
 * Notation as in finite_width.c. For the covariances given the layer before, and with C the overlap
 * E[f(z_a) f(z_b)], w the covariance of z between samples and q the overlap of the activations,
 *
 *     Sigma_ab'     = g' Sigma_ab g'^T + Cov(F(z_a), F(z_b)) / n
 *     delta q'      = C_x (dx_a + dx_b) + C_y (dy_a + dy_b) + C_w dw
 *     Var q'        = E (delta q')^2 + Var(f_a f_b) / n,     Cov(q', F') likewise.
 *
 *     E q' - C      = C_w E dw + 2 C_x E dx + 2 C_y (E dy + Var x) + C_w Cov(x_a, x_b)
 *                     + 1/2 C_cc Var c + c^2 (what the second moment has of higher terms)
 *
 * Between samples Cov(F(z_a), F(z_b)) is taken not at the correlation c = w / y of infinite width
 * but as the mean of its values at its average -+ its deviation: formally of second order, this is
 * what makes samples covary at c = 0, where it starts as c^2, once deviations of the overlap have
 * piled up. The last term of E q' stands for derivatives of C that are not computed; it is right
 * at c = 1, and at c = 0 where E f is 0.
 *
 * Orthogonal rows fix the averages of z_a^2, z_a z_b and z_b^2, and so take from an average of any
 * h(z_a, z_b) what it would have followed theirs, (dE h/dy_a, dE h/dw, dE h/dy_b). The covariances
 * of these three, with u = tau xi and v = tau q, are over N
 *
 *     2 u^2   2 u v       2 v^2
 *     2 u v   u^2 + v^2   2 u v
 *     2 v^2   2 u v       2 u^2
 */
#include "theory/finite_width.h"

#include "theory/overlap.h"
#include "theory/powers.h"
#include "theory/response.h"
#include "theory/width_algebra.h"

static const double reliable = 1e-6; /* a larger error makes a state not valid */

/* What is to be known of f at N(x, y) and c. */
typedef struct neuron {
    double mu, xi, fourth, overlap;
    sn_matrix slope;                /* of (E f, E f^2) by (x, y) */
    double mean_xy, mean_yy;        /* second derivatives of E f */
    double second_xy, second_yy;    /* and of E f^2 */
    sn_width_covariance own, cross; /* of (f, f^2) of a neuron */
    sn_width_overlap product;       /* Var f_a f_b, Cov(f_a f_b, f_a), Cov(f_a f_b, f_a^2) */
    double by_mean, by_variance, by_covariance; /* C_x, C_y, C_w */
    double bend;                                /* mean of C at both correlations below, less C */
    double below, above; /* the average correlation less, plus its deviation */
} neuron;

/* One component of delta': g_x, g_y and the second derivatives by x and y, and y twice. */
static double drift(const sn_width_field *z, double x, double y, double xy, double yy)
{
    return x * z->drift_x + y * z->drift_y + y * z->own.mean + xy * z->own.mean_second
           + yy * (0.5 * z->own.second + z->cumulant / 6);
}

/* The covariance of averages over the neurons, given the layer before. */
static sn_width_covariance averaged(const sn_width_field *z, const sn_width_covariance *one,
                                    double tied, const sn_matrix *slope)
{
    const sn_width_covariance none = {0};
    const sn_width_covariance by_y = {slope->b * slope->b, slope->b * slope->d,
                                      slope->d * slope->d};
    const sn_width_covariance untied = sn_width_plus(&none, 1 / (double)z->width, one);
    return sn_width_plus(&untied, -2 * tied, &by_y);
}

/* What is new in the overlap: as above, of f_a f_b. */
static sn_width_overlap averaged_product(const sn_width_field *z, const neuron *f)
{
    const double n = (double)z->width, u = z->tie_own, v = z->tie_cross;
    const double squares = 2 * z->tie_share * (u * u + v * v), mixed = 2 * z->tie_share * u * v;
    const double with_square = f->by_variance * squares + f->by_covariance * mixed;
    return (sn_width_overlap){
        .variance = f->product.variance / n
                    - 2 * f->by_variance * (with_square + f->by_covariance * mixed)
                    - f->by_covariance * f->by_covariance * squares / 2,
        .mean = f->product.mean / n - f->slope.b * with_square,
        .second = f->product.second / n - f->slope.d * with_square,
    };
}

static sn_width_overlap wander(const sn_width_field *z, const neuron *f)
{
    const sn_width_covariance both = sn_width_plus(&z->own, 1, &z->cross);
    const double x = f->by_mean, y = f->by_variance, w = f->by_covariance;
    /* Of delta q' with dx_a and dy_a. */
    const double with_x = x * both.mean + y * both.mean_second + w * z->wander.mean;
    const double with_y = x * both.mean_second + y * both.second + w * z->wander.second;
    const double with_w =
        2 * x * z->wander.mean + 2 * y * z->wander.second + w * z->wander.variance;
    const sn_width_overlap fresh = averaged_product(z, f);
    return (sn_width_overlap){
        .variance = 2 * x * with_x + 2 * y * with_y + w * with_w + fresh.variance,
        .mean = f->slope.a * with_x + f->slope.b * with_y + fresh.mean,
        .second = f->slope.c * with_x + f->slope.d * with_y + fresh.second,
    };
}

static double drift_of_overlap(const sn_width_field *z, const neuron *f)
{
    const double c = z->correlation;
    const double higher =
        f->second_xy * z->own.mean_second + f->second_yy * (0.5 * z->own.second + z->cumulant / 6);
    return f->by_covariance * (z->drift_covariance + z->cross.mean) + 2 * f->by_mean * z->drift_x
           + 2 * f->by_variance * (z->drift_y + z->own.mean) + f->bend + c * c * higher;
}

static sn_width_state through(const sn_width_field *z, const neuron *f)
{
    const double below = z->tie_cross + z->y * (f->below - z->correlation);
    const double above = z->tie_cross + z->y * (f->above - z->correlation);
    const double own_tied = z->tie_share * z->tie_own * z->tie_own;
    const double cross_tied = z->tie_share * (below * below + above * above) / 2;
    const sn_width_covariance own = averaged(z, &f->own, own_tied, &f->slope);
    const sn_width_covariance cross = averaged(z, &f->cross, cross_tied, &f->slope);
    sn_width_state out = {
        .mu = f->mu,
        .xi = f->xi,
        .fourth = f->fourth,
        .overlap = f->overlap,
        .drift_mean = drift(z, f->slope.a, f->slope.b, f->mean_xy, f->mean_yy),
        .drift_second = drift(z, f->slope.c, f->slope.d, f->second_xy, f->second_yy),
        .drift_overlap = drift_of_overlap(z, f),
        .own = sn_width_conjugate(&f->slope, &z->own),
        .cross = sn_width_conjugate(&f->slope, &z->cross),
        .wander = wander(z, f),
    };
    out.own = sn_width_plus(&out.own, 1, &own);
    out.cross = sn_width_plus(&out.cross, 1, &cross);
    out.valid = sn_width_state_finite(&out);
    return out;
}

/* The average correlation a deviation down and up, within [-1, 1]. */
static void spread_of_correlation(const sn_width_field *z, double *below, double *above)
{
    const double c = z->correlation;
    const double variance = z->wander.variance - 2 * c * z->wander.second
                            + c * c / 2 * (z->own.second + z->cross.second);
    const double average = c + (z->drift_covariance - c * z->drift_y) / z->y;
    const double deviation = sqrt(fmax(0, variance)) / z->y;
    *below = fmin(1, fmax(-1, average - deviation));
    *above = fmin(1, fmax(-1, average + deviation));
}

/* --- z itself --- */

sn_width_state sn_finite_width_itself(const sn_width_field *z)
{
    if (!z->valid)
        return (sn_width_state){.valid = false};
    const double x = z->x, y = z->y, w = z->correlation * y;
    const sn_entries e = {
        .x = x, .variance = y, .cov = w, .product = y * y + w * w, .product_square = 2 * w * y};
    double below, above;
    spread_of_correlation(z, &below, &above);
    const double square = y * y * (below * below + above * above) / 2;
    const neuron f = {
        .mu = x,
        .xi = x * x + y,
        .fourth = x * x * x * x + 6 * x * x * y + 3 * y * y,
        .overlap = x * x + w,
        .slope = {1, 0, 2 * x, 1},
        .own = sn_width_of_entries(x, y, 2 * y * y),
        .cross = sn_width_of_entries(x, y * (below + above) / 2, 2 * square),
        .product = sn_width_wander_of_entries(&e),
        .by_mean = x,
        .by_covariance = 1,
        .below = below,
        .above = above,
    };
    return through(z, &f);
}

/* --- any activation --- */

static void take_powers(const sn_powers *p, neuron *out)
{
    *out = (neuron){
        .mu = p->mean,
        .xi = p->second,
        .fourth = p->fourth,
        .slope = {p->dmean_dx, p->dmean_dy, p->dsecond_dx, p->dsecond_dy},
        .mean_xy = p->d2mean_dxdy,
        .mean_yy = p->d2mean_dydy,
        .second_xy = p->d2second_dxdy,
        .second_yy = p->d2second_dydy,
        .own = {p->variance, p->covariance_square, p->variance_square},
    };
}

static void take_overlap(const sn_overlap *o, const sn_response *r, double y, neuron *out)
{
    const double c = o->overlap;
    out->overlap = c;
    out->by_mean = r->by_mean;
    out->by_variance = r->by_variance;
    out->by_covariance = o->slope / y;
    out->product = (sn_width_overlap){
        .variance = o->covariance_squares + out->xi * out->xi - c * c,
        .mean = o->covariance_cross + out->mu * out->xi - c * out->mu,
        .second = r->cubed - c * out->xi,
    };
}

/* What is taken at both correlations, *out knowing the rest. */
static sn_status take_cross(const sn_activation *f, const sn_width_field *z, neuron *out,
                            sn_error *err)
{
    spread_of_correlation(z, &out->below, &out->above);
    const double at[] = {out->below, out->above};
    const double middle = z->correlation, centre = (at[0] + at[1]) / 2;
    for (size_t i = 0; i < 2; i++) {
        sn_overlap o;
        const sn_status status = sn_overlap_compute(f, z->x, z->y, at[i], &o, err);
        if (status != SN_OK)
            return status;
        const sn_width_covariance k = {o.covariance, o.covariance_cross, o.covariance_squares};
        out->cross = sn_width_plus(&out->cross, 0.5, &k);
        out->bend += 0.5 * (o.overlap - out->overlap);
    }
    out->bend -= out->by_covariance * z->y * (centre - middle);
    return SN_OK;
}

static sn_status inspect(const sn_activation *f, const sn_width_field *z, neuron *out, bool *sure,
                         sn_error *err)
{
    sn_powers p;
    sn_overlap o;
    sn_response r;
    sn_status status = sn_powers_compute(f, z->x, z->y, &p, err);
    if (status != SN_OK)
        return status;
    *sure = p.central_error <= reliable;
    take_powers(&p, out);
    status = sn_overlap_compute(f, z->x, z->y, z->correlation, &o, err);
    if (status == SN_OK)
        status = sn_response_compute(f, z->x, z->y, z->correlation, &r, err);
    if (status != SN_OK)
        return status;
    take_overlap(&o, &r, z->y, out);
    return take_cross(f, z, out, err);
}

sn_status sn_finite_width_activate(const sn_activation *f, const sn_width_field *from,
                                   sn_width_state *out, sn_error *err)
{
    neuron at;
    bool sure = false;
    *out = (sn_width_state){.valid = false};
    if (!from->valid)
        return SN_OK;
    const sn_status status = inspect(f, from, &at, &sure, err);
    if (status != SN_OK)
        return status == SN_ENOCONV ? SN_OK : status;
    *out = through(from, &at);
    out->valid = out->valid && sure;
    return SN_OK;
}
