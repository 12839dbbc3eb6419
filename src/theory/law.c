/* Laws of the pre-activation, and the moments under them.
 *
 * The normal law has moments.c; the other continuous ones go to the panels of quadrature.c with a
 * density of their own (density.c), the Bernoulli sum is added up term by term (bernoulli.c), and
 * the expectations either way become moments by the formulas of moments.c, which hold for any law
 * that does not change with x and y. */
#include "theory/law.h"

#include <math.h>

#include "theory/bernoulli.h"
#include "theory/density.h"
#include "theory/moments.h"
#include "theory/quadrature.h"

static const double worst_allowed = 1e-6; /* no answer above this */

typedef struct entry {
    const char *name, *doc, *parameter;
    double least, initial, most;
} entry;

static const entry *entry_of(sn_law_kind kind)
{
    static const entry list[] = {
#define SN_LAW_ENTRY(id, name, doc, parameter, least, initial, most)                               \
    {name, doc, parameter, least, initial, most},
        SN_LAW_LIST(SN_LAW_ENTRY)
#undef SN_LAW_ENTRY
    };
    return (unsigned)kind < SN_LAW_COUNT ? &list[kind] : NULL;
}

const char *sn_law_name(sn_law_kind kind)
{
    const entry *of = entry_of(kind);
    return of != NULL ? of->name : NULL;
}

const char *sn_law_doc(sn_law_kind kind)
{
    const entry *of = entry_of(kind);
    return of != NULL ? of->doc : NULL;
}

const char *sn_law_parameter_doc(sn_law_kind kind)
{
    const entry *of = entry_of(kind);
    return of != NULL ? of->parameter : NULL;
}

sn_law sn_law_default(sn_law_kind kind)
{
    const entry *of = entry_of(kind);
    return (sn_law){.kind = kind, .parameter = of != NULL ? of->initial : 0};
}

static sn_status check_histogram(const sn_law *law, sn_error *err)
{
    if (law->n_bins == 0 || law->edges == NULL || law->weights == NULL)
        return sn_fail(err, SN_EDOMAIN, "a histogram of no bins");
    double sum = 0;
    for (size_t i = 0; i < law->n_bins; i++) {
        const double a = law->edges[i], b = law->edges[i + 1], w = law->weights[i];
        if (!isfinite(a) || !isfinite(b) || !(a < b))
            return sn_fail(err, SN_EDOMAIN,
                           "bin %zu of the histogram is from %g to %g: edges must be finite and "
                           "ascend",
                           i + 1, a, b);
        if (!(w >= 0 && w < INFINITY))
            return sn_fail(err, SN_EDOMAIN,
                           "the weight of bin %zu of the histogram is %g, must be finite and not "
                           "negative",
                           i + 1, w);
        sum += w;
    }
    if (!(sum > 0))
        return sn_fail(err, SN_EDOMAIN, "all weights of the histogram are 0");
    double mean, variance;
    sn_law_spread(law, &mean, &variance);
    if (!isfinite(sum) || !isfinite(mean) || !(variance > 0 && variance < INFINITY))
        return sn_fail(err, SN_EDOMAIN,
                       "the histogram has weight %g, mean %g and variance %g: must be finite, and "
                       "the variance positive",
                       sum, mean, variance);
    return SN_OK;
}

sn_status sn_law_check(const sn_law *law, sn_error *err)
{
    const entry *of = entry_of(law->kind);
    if (of == NULL)
        return sn_fail(err, SN_EDOMAIN, "law %d: there are %d", (int)law->kind, (int)SN_LAW_COUNT);
    if (law->kind == SN_LAW_HISTOGRAM)
        return check_histogram(law, err);
    const double p = law->parameter;
    if (of->parameter[0] != '\0' && !(p >= of->least && p <= of->most))
        return sn_fail(err, SN_EDOMAIN, "%s: the parameter (%s) is %g, allowed is %g to %g",
                       of->name, of->parameter, p, of->least, of->most);
    if (law->kind == SN_LAW_BERNOULLI && p != floor(p))
        return sn_fail(err, SN_EDOMAIN, "%s: the fan-in is %g, must be a whole number", of->name,
                       p);
    return SN_OK;
}

static sn_status check_point(double x, double y, sn_error *err)
{
    if (!isfinite(x))
        return sn_fail(err, SN_EDOMAIN, "the mean x is %g, must be finite", x);
    if (!(y > 0) || !isfinite(y))
        return sn_fail(err, SN_EDOMAIN, "the variance y is %g, must be positive and finite", y);
    return SN_OK;
}

sn_status sn_law_moments(const sn_law *law, const sn_activation *f, double x, double y,
                         sn_moments *out, sn_error *err)
{
    if (law == NULL || law->kind == SN_LAW_NORMAL)
        return sn_moments_compute(f, x, y, out, err);
    sn_status status = sn_law_check(law, err);
    if (status == SN_OK)
        status = check_point(x, y, err);
    if (status != SN_OK)
        return status;

    const char *name = sn_law_name(law->kind);
    const bool atoms = law->kind == SN_LAW_BERNOULLI;
    sn_expectations e = {0};
    if (atoms) {
        status = sn_bernoulli_sum((unsigned)law->parameter, f, x, y, &e, err);
    } else {
        const sn_density density = sn_density_of(law);
        status = sn_quadrature_under(&density, f, x, y, &e, err);
    }
    if (status != SN_OK)
        return status;
    sn_moments_assemble(&e, y, sn_activation_value(f, x) + e.shift,
                        atoms ? SN_CLOSED_FORM : SN_QUADRATURE, out);
    if (!sn_moments_finite(out))
        return sn_fail(err, SN_ENOCONV, "%s: a moment under %s(%g, %g) is not finite",
                       f->type->name, name, x, y);
    if (!(out->error <= worst_allowed))
        return sn_fail(err, SN_ENOCONV, "%s: panels under %s(%g, %g) reached %.1e only",
                       f->type->name, name, x, y, out->error);
    return SN_OK;
}
