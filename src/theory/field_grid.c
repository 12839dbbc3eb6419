/* A grid over log q on which the zeros of g(u) = log(V(q) / q), u = log q, can be told apart.
 *
 * With v = log t^2, t ~ N(0, 1), E F(z) is the mean of F at z^2 = e^(u + v): a convolution in u with
 * the density of v. It stays analytic for |Im u| < pi / 2, where exp(-z^2 / (2 q)) still decays, and
 * so S cannot vary on a scale much below 1 in u, whatever f is. Four points a decade, h = 0.58, and
 * the slope known at each leave a cubic an error of h^4/384 of a fourth derivative, 1e-3 or so of the
 * variation there is. A sum of a few +-1 smooths nothing, and gets four times as many.
 *
 * V(q) >= s, the variance of the biases, so there is nothing below q = s; and where tiny q are at
 * stake, V(0) is tiny and says so. */
#include <float.h>
#include <math.h>

#include "theory/field_search.h"

enum { HALVINGS = 6 };

static const double least = 1e-20, most = 1e20;
static const double spacing = 0.57564627324851142; /* log(10) / 4 */
static const double blurred = 1e-9; /* noise of what oscillates too often; it only gets worse */
static const double few = 32;       /* inputs that leave S as rough as f */
static const double bottom = -800;  /* what stands for log 0 */

sn_status sn_field_node_at(const sn_field *field, double q, sn_field_node *out, sn_error *err)
{
    sn_field_value value;
    const sn_status status = sn_field_quick_value_at(field, q, &value, err);
    if (status != SN_OK)
        return status;
    *out = (sn_field_node){.u = log(q), .q = q, .g = bottom, .noise = value.noise};
    if (value.next > 0) {
        const double more = (value.next - q) / q;
        out->g = fabs(more) < 0.5 ? log1p(more) : log(value.next) - log(q);
        out->dg = value.slope * (q / value.next) - 1;
    }
    return SN_OK;
}

int sn_field_sign(const sn_field_node *node)
{
    return fabs(node->g) <= node->noise ? 0 : (node->g > 0) - (node->g < 0);
}

static void range(const sn_field *field, double at_zero, double *from, double *to)
{
    *from = least;
    if (at_zero > 0)
        *from = fmin(*from, at_zero / 4);
    *from = fmin(fmax(fmax(*from, field->bias_variance / 4), 1e-300), 1e290);
    *to = fmin(fmax(most, 1e8 * *from), 1e298);
}

static void reverse(size_t n, sn_field_node *nodes)
{
    for (size_t i = 0; i < n / 2; i++) {
        const sn_field_node swap = nodes[i];
        nodes[i] = nodes[n - 1 - i];
        nodes[n - 1 - i] = swap;
    }
}

/* More nodes from the last one on towards where there are no moments any more. */
static sn_status approach(const sn_field *field, double step, size_t *n, sn_field_node *nodes)
{
    sn_status status = SN_OK;
    for (int i = 0; i < HALVINGS && status != SN_ENOMEM; i++) {
        step /= 2;
        status = sn_field_node_at(field, nodes[*n - 1].q * exp(step), &nodes[*n], NULL);
        *n += status == SN_OK;
    }
    return status;
}

/* From the node at q = 1, or the nearest to it that has moments, outwards. */
sn_status sn_field_lay_grid(const sn_field *field, double at_zero, sn_field_grid *out,
                            sn_error *err)
{
    double from, to;
    range(field, at_zero, &from, &to);
    const bool rough =
        field->law != NULL && field->law->kind == SN_LAW_BERNOULLI && field->law->parameter <= few;
    const double step =
        fmax(rough ? spacing / 4 : spacing, log(to / from) / (SN_MAX_FIELD_NODES - HALVINGS - 2));
    const double low = ceil(log(from) / step), high = floor(log(to) / step);
    double start = fmin(fmax(0, low), high);
    sn_field_node first, *nodes = out->nodes;
    sn_status status = sn_field_node_at(field, exp(start * step), &first, err);
    while (status == SN_ENOCONV && start > low)
        status = sn_field_node_at(field, exp(--start * step), &first, err);
    if (status != SN_OK)
        return status;

    size_t n = 0;
    for (double k = start - 1; k >= low && status == SN_OK; k--) {
        status = sn_field_node_at(field, exp(k * step), &nodes[n], NULL);
        n += status == SN_OK;
    }
    reverse(n, nodes);
    nodes[n++] = first;
    if (status != SN_ENOMEM)
        status = SN_OK;
    const double worst = fmax(blurred, 100 * first.noise);
    for (double k = start + 1; k <= high && status == SN_OK && nodes[n - 1].noise <= worst; k++) {
        status = sn_field_node_at(field, exp(k * step), &nodes[n], NULL);
        n += status == SN_OK;
    }
    if (status != SN_OK && status != SN_ENOMEM)
        status = approach(field, step, &n, nodes);
    out->n = n;
    return status == SN_ENOMEM ? sn_fail(err, SN_ENOMEM, "%s", sn_status_text(SN_ENOMEM)) : SN_OK;
}
