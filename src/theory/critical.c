/* The critical line, explicit along q: tau = 1 / E f'^2 and bias_variance = q - tau S(q).
 *
 * The difference cancels where the net is nearly linear: for an odd f and q -> 0 it is of the order
 * of q^3. A difference that the errors of S and E f'^2 alone could make is taken for the 0 that it
 * cannot be told from, and so relu's bias is 0 at every q.
 *
 * Zeros of bias_variance are found between two neighbours of unlike sign, points of 0 in between
 * passed over, by bisection in log q until no number is left between the ends.
 */
#include "theory/critical.h"

#include <float.h>
#include <math.h>

#include "theory/signal.h"

enum { BISECTIONS = 80 };

static const char *const kind_texts[] = {
#define TEXT(id, name) [id] = (name),
    SN_CRITICAL_LIST(TEXT)
#undef TEXT
};

const char *sn_critical_text(sn_critical_kind kind)
{
    const size_t i = (size_t)kind;
    return i < sizeof kind_texts / sizeof kind_texts[0] ? kind_texts[i] : "unknown";
}

/* The point at q, and in *raw its bias_variance with what rounding left of it. */
static sn_status point_at(const sn_field *field, double q, sn_critical_point *out, double *raw,
                          sn_error *err)
{
    sn_signal s;
    const sn_status status = sn_signal_at(field, q, &s, err);
    if (status != SN_OK)
        return status;
    const double tau = 1 / s.gradient;
    if (!(tau < INFINITY))
        return sn_fail(err, SN_ENOCONV, "%s: no tau makes chi1 1 at q = %g, where E f'^2 is %g",
                       field->activation.type->name, q, s.gradient);
    *raw = q - tau * s.power;
    const double rounding = 2 * s.error * fmax(q, tau * s.power);
    *out = (sn_critical_point){.q = q,
                               .tau = tau,
                               .bias_variance = fabs(*raw) <= rounding ? 0 : *raw,
                               .slope = tau * s.rise,
                               .error = s.error};
    out->attracting = fabs(out->slope) < 1 - 2 * s.error;
    return SN_OK;
}

sn_status sn_critical_at(const sn_field *field, double q, sn_critical_point *out, sn_error *err)
{
    double raw;
    return point_at(field, q, out, &raw, err);
}

/* The zero between a and b, whose bias_variances are of unlike sign. */
static sn_status bisect(const sn_field *field, const sn_critical_point *a,
                        const sn_critical_point *b, sn_critical_point *zero, sn_error *err)
{
    double from = a->q, to = b->q;
    for (int i = 0; i < BISECTIONS; i++) {
        const double middle = sqrt(from) * sqrt(to);
        if (!(middle > from && middle < to))
            break;
        double raw;
        const sn_status status = point_at(field, middle, zero, &raw, err);
        if (status != SN_OK)
            return status;
        if ((raw > 0) == (a->bias_variance > 0))
            from = middle;
        else
            to = middle;
    }
    const sn_status status = sn_critical_at(field, from, zero, err);
    zero->bias_variance = 0;
    return status;
}

static sn_status find_zeros(const sn_field *field, size_t n, const sn_critical_point *line,
                            size_t capacity, sn_critical_point *zeros, size_t *count, sn_error *err)
{
    const sn_critical_point *before = NULL; /* the last that is not 0 */
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        if (line[i].bias_variance == 0)
            continue;
        if (before != NULL && (before->bias_variance > 0) != (line[i].bias_variance > 0)) {
            sn_critical_point zero;
            const sn_status status = bisect(field, before, &line[i], &zero, err);
            if (status != SN_OK)
                return status;
            if (*count < capacity)
                zeros[*count] = zero;
            ++*count;
        }
        before = &line[i];
    }
    return SN_OK;
}

static sn_critical_kind kind_of(size_t n, const sn_critical_point *line)
{
    bool all_negative = true, one_point = true;
    for (size_t i = 0; i < n; i++) {
        all_negative = all_negative && line[i].bias_variance < 0;
        const double slack = line[0].error + line[i].error;
        one_point = one_point && line[i].bias_variance == 0
                    && fabs(line[i].tau - line[0].tau) <= slack * line[0].tau;
    }
    return all_negative ? SN_CRITICAL_NONE : one_point ? SN_CRITICAL_POINT : SN_CRITICAL_LINE;
}

sn_status sn_critical_line(const sn_field *field, double q_from, double q_to, size_t n,
                           sn_critical_point *out, sn_critical_kind *kind, size_t capacity,
                           sn_critical_point *zero_bias, size_t *n_zero, sn_error *err)
{
    if (!(q_from > 0 && q_from < q_to && q_to < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "q from %g to %g is no interval of positive numbers",
                       q_from, q_to);
    if (n < 2)
        return sn_fail(err, SN_EDOMAIN, "%zu points on the line, must be at least 2", n);
    const double t_from = log(q_from), t_to = log(q_to);
    for (size_t i = 0; i < n; i++) {
        const double u = (double)i / (double)(n - 1);
        const double q = i == 0 ? q_from : i == n - 1 ? q_to : exp(t_from + u * (t_to - t_from));
        const sn_status status = sn_critical_at(field, q, &out[i], err);
        if (status != SN_OK)
            return status;
    }
    *kind = kind_of(n, out);
    return find_zeros(field, n, out, capacity, zero_bias, n_zero, err);
}
