/* From records of replicas to statistics: of every layer and quantity a tally over the replicas
 * that have it. A replica adds to the tallies in the order of its number, so sums do not depend on
 * who computed it, or when; saved as numbers and loaded again, they go on to the same bits.
 */
#include "simulate/totals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/propagate.h"
#include "simulate/sizes.h"

enum { HEAD = 5, NUMBERS = 3 }; /* of a state, and of a tally in it */

static size_t layers_of(const sn_simulation_spec *spec)
{
    return sn_size_add(sn_simulation_depth(spec), 1);
}

static bool has_histogram(const sn_simulation_spec *spec)
{
    return (spec->observe & SN_OBSERVE_HISTOGRAM) != 0;
}

static size_t tallies_of(const sn_simulation_spec *spec)
{
    return sn_size_multiply(layers_of(spec),
                            SN_OBSERVABLE_COUNT + (has_histogram(spec) ? SN_HISTOGRAM_BINS : 0));
}

size_t sn_record_size(const sn_simulation_spec *spec)
{
    return sn_size_add(SN_RECORD_HEAD, tallies_of(spec));
}

double *sn_record_layer(const sn_simulation_spec *spec, double *record, size_t l)
{
    (void)spec;
    return record + SN_RECORD_HEAD + l * SN_OBSERVABLE_COUNT;
}

double *sn_record_histogram(const sn_simulation_spec *spec, double *record, size_t l)
{
    if (!has_histogram(spec))
        return NULL;
    return record + SN_RECORD_HEAD + layers_of(spec) * SN_OBSERVABLE_COUNT + l * SN_HISTOGRAM_BINS;
}

size_t sn_totals_bytes(const sn_simulation_spec *spec)
{
    const size_t tallies = sn_size_multiply(tallies_of(spec), sizeof(sn_tally));
    const size_t a_layer = sizeof(sn_layer_statistics)
                           + (has_histogram(spec) ? 2 * SN_HISTOGRAM_BINS : 0) * sizeof(double);
    return sn_size_add(tallies, sn_size_multiply(layers_of(spec), a_layer));
}

bool sn_totals_init(sn_totals *totals, const sn_simulation_spec *spec)
{
    *totals = (sn_totals){0};
    if (tallies_of(spec) == SIZE_MAX)
        return false;
    totals->of = calloc(tallies_of(spec), sizeof *totals->of);
    if (totals->of != NULL && has_histogram(spec))
        totals->histogram = totals->of + layers_of(spec) * SN_OBSERVABLE_COUNT;
    return totals->of != NULL;
}

void sn_totals_clear(sn_totals *totals)
{
    free(totals->of);
    *totals = (sn_totals){0};
}

static void note_outcome(size_t layer, size_t *count, size_t *first)
{
    *count += 1;
    if (*first == 0 || layer < *first)
        *first = layer;
}

/* The tallies stand in the order of the record's numbers. */
void sn_totals_add(sn_totals *totals, const sn_simulation_spec *spec, const double *record)
{
    const size_t n = tallies_of(spec), layers = layers_of(spec);
    const size_t finite = (size_t)record[SN_RECORD_LAYERS], died = (size_t)record[SN_RECORD_DIED];
    for (size_t i = 0; i < n; i++) {
        const double value = record[SN_RECORD_HEAD + i];
        if (!isnan(value))
            sn_tally_add(&totals->of[i], value);
    }
    totals->replicas++;
    if (finite < layers) /* an input that has exploded ends in the first layer */
        note_outcome(finite > 0 ? finite : 1, &totals->exploded, &totals->first_exploded_layer);
    if (died != 0)
        note_outcome(died, &totals->died, &totals->first_died_layer);
}

size_t sn_totals_state_size(const sn_simulation_spec *spec)
{
    return sn_size_add(HEAD, sn_size_multiply(NUMBERS, tallies_of(spec)));
}

void sn_totals_save(const sn_totals *totals, const sn_simulation_spec *spec, double *state)
{
    const size_t head[HEAD] = {totals->replicas, totals->exploded, totals->died,
                               totals->first_exploded_layer, totals->first_died_layer};
    for (size_t i = 0; i < HEAD; i++)
        *state++ = (double)head[i];
    for (size_t i = 0; i < tallies_of(spec); i++) {
        *state++ = totals->of[i].count;
        *state++ = totals->of[i].mean;
        *state++ = totals->of[i].squares;
    }
}

static bool is_count(double value, double most)
{
    return value >= 0 && value <= most && value == floor(value);
}

sn_status sn_totals_load(sn_totals *totals, const sn_simulation_spec *spec, const double *state,
                         sn_error *err)
{
    const double most[HEAD] = {(double)spec->replicas, state[0], state[0], (double)layers_of(spec),
                               (double)layers_of(spec)};
    const double *tallies = state + HEAD;
    for (size_t i = 0; i < HEAD; i++)
        if (!is_count(state[i], most[i]))
            return sn_fail(err, SN_EINVAL, "totals of another simulation");
    for (size_t i = 0; i < tallies_of(spec); i++)
        if (!is_count(tallies[NUMBERS * i], state[0]) || tallies[NUMBERS * i + 2] < 0)
            return sn_fail(err, SN_EINVAL, "totals of another simulation");
    totals->replicas = (size_t)state[0];
    totals->exploded = (size_t)state[1];
    totals->died = (size_t)state[2];
    totals->first_exploded_layer = (size_t)state[3];
    totals->first_died_layer = (size_t)state[4];
    for (size_t i = 0; i < tallies_of(spec); i++)
        totals->of[i] =
            (sn_tally){tallies[NUMBERS * i], tallies[NUMBERS * i + 1], tallies[NUMBERS * i + 2]};
    return SN_OK;
}

static void write_layer(const sn_tally *of, sn_layer_statistics *out)
{
    for (size_t i = 0; i < SN_OBSERVABLE_COUNT; i++)
        out->of[i] = sn_tally_measured(&of[i]);
    out->variance_sd = sn_tally_deviation(&of[SN_OBSERVABLE_VARIANCE]);
    out->replicas = (size_t)of[SN_OBSERVABLE_MEAN].count;
}

sn_status sn_totals_statistics(const sn_totals *totals, const sn_simulation_spec *spec,
                               sn_simulation_result *out, sn_error *err)
{
    const size_t layers = layers_of(spec), bins = layers * SN_HISTOGRAM_BINS;
    *out = (sn_simulation_result){.layers = layers,
                                  .replicas = totals->replicas,
                                  .exploded = totals->exploded,
                                  .died = totals->died,
                                  .first_exploded_layer = totals->first_exploded_layer,
                                  .first_died_layer = totals->first_died_layer};
    out->layer = calloc(layers, sizeof *out->layer);
    if (totals->histogram != NULL) {
        out->histogram = calloc(bins, sizeof(double));
        out->histogram_se = calloc(bins, sizeof(double));
    }
    if (out->layer == NULL
        || (totals->histogram != NULL && (out->histogram == NULL || out->histogram_se == NULL))) {
        sn_simulation_result_free(out);
        return sn_fail(err, SN_ENOMEM, "no memory for the statistics of %zu layers", layers);
    }
    for (size_t l = 0; l < layers; l++)
        write_layer(totals->of + l * SN_OBSERVABLE_COUNT, &out->layer[l]);
    for (size_t i = 0; totals->histogram != NULL && i < bins; i++) {
        const sn_measured share = sn_tally_measured(&totals->histogram[i]);
        out->histogram[i] = share.value;
        out->histogram_se[i] = share.se;
    }
    return SN_OK;
}

void sn_simulation_result_free(sn_simulation_result *result)
{
    if (result == NULL)
        return;
    free(result->layer);
    free(result->histogram);
    free(result->histogram_se);
    *result = (sn_simulation_result){0};
}
