/* The far tail of a law that falls as a power, in closed form.
 *
 * From t = T on, T so large that the density is w (t/T)^-(n+1) and f' is g (t/T)^p to the last bit,
 * u = t/T has Pareto's law, E u^k = n / (n - k) for k < n and infinite otherwise. With q = p + 1,
 *
 *     weight  w T / n       d = d_T + r (u^q - 1), r = side s T g / q
 *     E f' = g E u^p        Var d = r^2 Var u^q        Cov(d, f') = r g Cov(u^q, u^p)
 *     E f'^2 = g^2 E u^2p   E f' t = side T g E u^q    Cov(d, f' t) = side T g r Var u^q
 *
 * and Cov(u^a, u^b) = n a b / ((n - a - b)(n - a)(n - b)), which cancels nowhere. The power p is
 * read off f' itself, over one factor of 2 and over 2^20: what the two differ by is an error.
 */
#include "theory/density.h"

#include <math.h>

static double covariance(double n, double a, double b)
{
    return n * a * b / ((n - a - b) * (n - a) * (n - b));
}

static double slope_at(const sn_half_line *line, double t)
{
    return sn_activation_derivative(line->f, line->x + line->side * line->s * t);
}

/* What a function that is no power of t adds at most to E d^2, roughly, if it grows no more. */
static void close_roughly(double weight, const sn_panel_edge *at, double slope, sn_panel_sums *all)
{
    all->error_dd += weight * (at->d - all->d) * (at->d - all->d);
    all->error_slope_second += weight * slope * slope;
}

sn_status sn_density_close(const sn_half_line *line, const sn_panel_edge *at, sn_panel_sums *all,
                           sn_error *err)
{
    const double n = line->density->degrees, t = at->t, side = line->side;
    const double root = line->density->root(line->density, t);
    const double weight = root * root * t / n;
    const double g = slope_at(line, t), next = slope_at(line, 2 * t);
    const double far = slope_at(line, 0x1p20 * t);
    const double p = log2(next / g), q = p + 1, disagreement = fabs(log2(far / g) / 20 - p);
    const bool far_enough = t * line->s > 1e15;
    if (!(disagreement < 1e-6) || q < 0.25 || !far_enough) {
        close_roughly(weight, at, g, all);
        return SN_OK;
    }
    if (n - 2 * q < 1e-9)
        return sn_fail(err, SN_ENOCONV,
                       "%s grows like |z|^%g: its square has no mean under %g degrees of freedom",
                       line->f->type->name, q, n);
    const double r = side * line->s * t * g / q;
    sn_panel tail = {.sums = {
                         .weight = weight,
                         .d = at->d + r * (q / (n - q)),
                         .slope = g * n / (n - p),
                         .slope_t = side * t * g * n / (n - q),
                         .dd = weight * r * r * covariance(n, q, q),
                         .d_slope = weight * r * g * covariance(n, q, p),
                         .d_slope_t = weight * side * t * g * r * covariance(n, q, q),
                         .slope_second = weight * g * g * n / (n - 2 * p),
                     }};
    tail.error.dd = tail.sums.dd * disagreement * (2 / (n - 2 * q) + 4);
    tail.error.slope_second = tail.sums.slope_second * disagreement * (2 / (n - 2 * p) + 4);
    sn_panel_merge(all, &tail);
    return SN_OK;
}
