/* The inverse questions: the table of families, the pre-activation at the target, and the way to the
 * solver of each family.
 *
 * x is linear in mu, and y = A nu + B mu^2 under all three maps, with dropout or without: the
 * coefficients are x and y at mu = 1 or nu = 1. */
#include "theory/designer.h"

#include <math.h>

/* What the list of names in design.h does not say of a family. */
typedef struct family_row {
    sn_design_solver *solve;
    bool has_target; /* mu and nu */
    const char *params[SN_MAX_FAMILY_PARAMS];
    const char *formula;
} family_row;

static const family_row rows[SN_FAMILY_COUNT] = {
    [SN_FAMILY_SELU] = {sn_design_split,
                        true,
                        {"alpha", "lambda"},
                        "x > 0 ? lambda*x : lambda*alpha*expm1(x)"},
    [SN_FAMILY_SERLU] = {sn_design_split,
                         true,
                         {"alpha", "lambda"},
                         "x > 0 ? lambda*x : lambda*alpha*x*exp(x)"},
    [SN_FAMILY_LEAKY_RELU] = {sn_design_split,
                              true,
                              {"alpha", "lambda"},
                              "x > 0 ? lambda*x : lambda*alpha*x"},
    [SN_FAMILY_AFFINE] = {sn_design_affine, true, {"a", "b"}, "a*phi(x) + b"},
    [SN_FAMILY_BIDIRECTIONAL] = {sn_design_bidirectional, false, {"a", "b"}, "a*phi(x) + b"},
    [SN_FAMILY_KERNEL_SHAPING] = {sn_design_kernel,
                                  false,
                                  {"a", "b", "c", "d"},
                                  "c*(phi(a*x + b) + d)"},
    [SN_FAMILY_SCALED_TANH] = {sn_design_tanh, true, {"a", "b"}, "a*tanh(b*x)"},
};

typedef struct listed {
    const char *name, *doc;
    bool takes_phi, takes_zeta;
} listed;

static const listed list[SN_FAMILY_COUNT] = {
#define LISTED(id, name, doc, phi, zeta) [id] = {name, doc, phi, zeta},
    SN_FAMILY_LIST(LISTED)
#undef LISTED
};

static bool is_known(sn_family family)
{
    return (unsigned)family < SN_FAMILY_COUNT;
}

const char *sn_family_name(sn_family family)
{
    return is_known(family) ? list[family].name : NULL;
}

const char *sn_family_doc(sn_family family)
{
    return is_known(family) ? list[family].doc : NULL;
}

bool sn_family_takes_phi(sn_family family)
{
    return is_known(family) && list[family].takes_phi;
}

bool sn_family_takes_zeta(sn_family family)
{
    return is_known(family) && list[family].takes_zeta;
}

const char *sn_family_param(sn_family family, size_t index)
{
    return is_known(family) && index < SN_MAX_FAMILY_PARAMS ? rows[family].params[index] : NULL;
}

const char *sn_family_formula(sn_family family)
{
    return is_known(family) ? rows[family].formula : NULL;
}

const char *sn_outcome_text(sn_outcome outcome)
{
    switch (outcome) {
#define OUTCOME_TEXT(id, text)                                                                     \
    case id:                                                                                       \
        return text;
        SN_OUTCOME_LIST(OUTCOME_TEXT)
#undef OUTCOME_TEXT
    }
    return "unknown";
}

static sn_status check_target(const sn_design *design, sn_error *err)
{
    const sn_layer_point *at = &design->at;
    if (!isfinite(at->mu) || !isfinite(at->omega))
        return sn_fail(err, SN_EDOMAIN, "mu = %g, omega = %g: both must be finite", at->mu,
                       at->omega);
    if (!(at->nu > 0 && at->nu < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "nu is %g, must be positive and finite", at->nu);
    if (!(at->tau > 0 && at->tau < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "tau is %g, must be positive and finite", at->tau);
    if (!(design->dropout >= 0 && design->dropout < 1))
        return sn_fail(err, SN_EDOMAIN, "dropout is %g, must be at least 0 and below 1",
                       design->dropout);
    return SN_OK;
}

static sn_status check(const sn_design *design, sn_error *err)
{
    const sn_family family = design->family;
    if (!is_known(family))
        return sn_fail(err, SN_EDOMAIN, "family %d is none", (int)family);
    if (list[family].takes_phi && design->phi.type == NULL)
        return sn_fail(err, SN_EDOMAIN, "%s: no activation phi is given", list[family].name);
    if (list[family].takes_phi && list[family].takes_zeta
        && !(design->zeta > 0 && design->zeta < INFINITY))
        return sn_fail(err, SN_EDOMAIN, "zeta is %g, must be positive and finite", design->zeta);
    if (design->law != NULL) {
        const sn_status status = sn_law_check(design->law, err);
        if (status != SN_OK)
            return status;
    }
    return rows[family].has_target ? check_target(design, err) : SN_OK;
}

/* Where z is; see above. */
static sn_status place(const sn_design *design, sn_design_task *task, sn_error *err)
{
    *task = (sn_design_task){
        .design = design, .y = 1, .dy_dnu = 1, .has_target = rows[design->family].has_target};
    if (!task->has_target)
        return SN_OK;
    const sn_layer_map map = {.kind = design->map, .law = design->law, .dropout = design->dropout};
    sn_layer_point mean = design->at, spread = design->at;
    mean.mu = 1, mean.nu = 0;
    spread.mu = 0, spread.nu = 1;
    double none;
    sn_layer_preactivation(&map, &mean, &task->dx_dmu, &task->dy_dmu);
    sn_layer_preactivation(&map, &spread, &none, &task->dy_dnu);
    sn_layer_preactivation(&map, &design->at, &task->x, &task->y);
    task->dy_dmu *= 2 * design->at.mu;
    if (!isfinite(task->x) || !(task->y > 0 && task->y < INFINITY))
        return sn_fail(err, SN_EDOMAIN,
                       "the target's pre-activation has mean %g and variance %g, which must be "
                       "finite and the variance positive",
                       task->x, task->y);
    return SN_OK;
}

static sn_status solve(const sn_design *design, bool brief, sn_designs *out, sn_error *err)
{
    sn_status status = check(design, err);
    if (status != SN_OK)
        return status;
    sn_design_task task;
    status = place(design, &task, err);
    if (status != SN_OK)
        return status;
    task.brief = brief;
    out->count = 0;
    return rows[design->family].solve(&task, out, err);
}

sn_status sn_design_solve(const sn_design *design, sn_designs *out, sn_error *err)
{
    return solve(design, false, out, err);
}

sn_status sn_design_count(const sn_design *design, double mu, double nu, size_t *count,
                          size_t *attracting, sn_outcome *outcome, sn_error *err)
{
    if (is_known(design->family) && !rows[design->family].has_target)
        return sn_fail(err, SN_EDOMAIN, "%s has no target mean and variance",
                       sn_family_name(design->family));
    sn_design at = *design;
    at.at.mu = mu;
    at.at.nu = nu;
    sn_designs found;
    const sn_status status = solve(&at, true, &found, err);
    if (status != SN_OK)
        return status;
    *count = found.count;
    *attracting = 0;
    for (size_t i = 0; i < found.count; i++)
        *attracting += found.solutions[i].attracting;
    *outcome = found.outcome;
    return SN_OK;
}
