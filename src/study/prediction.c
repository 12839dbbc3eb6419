/* Which map a random network follows, and the iteration of that map.
 *
 * Weights whose rows have an exact sum and square sum follow the neuron map, which at omega = 0 is
 * the centred one; iid random weights follow the ensemble map.
 */
#include "study/prediction.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

sn_layer_map sn_prediction_map(const sn_simulation_spec *run)
{
    const sn_map_kind kind = !run->weights.exact_rows  ? SN_MAP_ENSEMBLE
                             : run->weights.omega == 0 ? SN_MAP_CENTRED
                                                       : SN_MAP_NEURON;
    return (sn_layer_map){.kind = kind,
                          .activation = run->activation,
                          .bias_mean = run->bias_mean,
                          .bias_variance = run->bias_variance};
}

sn_status sn_prediction_make(const sn_simulation_spec *run, sn_prediction *t, sn_error *err)
{
    *t = (sn_prediction){
        .map = sn_prediction_map(run),
        .at = {run->input_mean, run->input_variance, run->weights.omega, run->weights.tau}};
    t->mu = malloc((run->depth + 1) * sizeof *t->mu);
    t->nu = malloc((run->depth + 1) * sizeof *t->nu);
    if (t->mu == NULL || t->nu == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    return sn_layer_map_iterate(&t->map, &t->at, run->depth, 0, t->mu, t->nu, &t->layers, &t->fate,
                                err);
}

/* The pre-activations of layer l come from the activations of layer l - 1. */
static double preactivation_at(const sn_prediction *t, size_t l, bool variance)
{
    if (l == 0)
        return NAN;
    sn_layer_point before = t->at;
    before.mu = t->mu[l - 1];
    before.nu = t->nu[l - 1];
    double x, y;
    sn_layer_preactivation(&t->map, &before, &x, &y);
    return variance ? y : x;
}

double sn_prediction_pre_mean(const sn_prediction *t, size_t l)
{
    return preactivation_at(t, l, false);
}

double sn_prediction_pre_variance(const sn_prediction *t, size_t l)
{
    return preactivation_at(t, l, true);
}

void sn_prediction_free(sn_prediction *t)
{
    free(t->mu);
    free(t->nu);
    t->mu = t->nu = NULL;
}
