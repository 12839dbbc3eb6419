/* The critical line in short: a few points of it, and where it meets the biases asked for, found by
 * their signs along log q and by bisection between. */
#include <math.h>

#include "study/gain_study.h"

enum { STEPS = 120, HALVINGS = 60 };

static const double least_q = 1e-3, most_q = 1e3; /* of the table */
static const double lowest = 1e-6, highest = 1e6; /* of the search */

/* How much more the biases vary at exp(t) than asked for. */
static sn_status excess(const sn_field *field, double t, sn_critical_point *at, double *out,
                        sn_error *err)
{
    const sn_status status = sn_critical_at(field, exp(t), at, err);
    *out = at->bias_variance - field->bias_variance;
    return status;
}

static sn_status bisect(const sn_field *field, double low, double high, double at_low,
                        sn_critical_point *out, sn_error *err)
{
    sn_status status = SN_OK;
    for (int i = 0; i < HALVINGS && status == SN_OK; i++) {
        const double middle = 0.5 * (low + high);
        double value;
        status = excess(field, middle, out, &value, err);
        if (value == 0)
            break;
        if ((value > 0) == (at_low > 0))
            low = middle;
        else
            high = middle;
    }
    return status;
}

static sn_status find_meetings(const sn_field *field, sn_gain_line *out, sn_error *err)
{
    const double from = log(lowest), to = log(highest);
    double before = NAN;
    for (int i = 0; i <= STEPS; i++) {
        const double t = from + (to - from) * i / STEPS;
        sn_critical_point at;
        double value;
        sn_error ignored;
        if (excess(field, t, &at, &value, &ignored) != SN_OK)
            value = NAN; /* out of the range of moments */
        if (value * before < 0 && out->n_meetings < SN_GAIN_MEETINGS) {
            const sn_status status = bisect(field, t - (to - from) / STEPS, t, before,
                                            &out->meetings[out->n_meetings], err);
            if (status != SN_OK)
                return status;
            out->n_meetings++;
        }
        before = value;
    }
    return SN_OK;
}

sn_status sn_gain_line_make(const sn_field *field, sn_gain_line *out, sn_error *err)
{
    sn_critical_point zero[SN_GAIN_MEETINGS];
    size_t n_zero;
    out->n_meetings = 0;
    const sn_status status = sn_critical_line(field, least_q, most_q, SN_GAIN_LINE, out->points,
                                              &out->kind, SN_GAIN_MEETINGS, zero, &n_zero, err);
    return status == SN_OK && out->kind == SN_CRITICAL_LINE ? find_meetings(field, out, err)
                                                            : status;
}
