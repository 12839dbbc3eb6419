/* Which pictures a configuration has what they need for. */
#include <stdlib.h>
#include <string.h>

#include "config/decimal.h"
#include "config/points.h"

static bool is_wide(const sn_decimals *side)
{
    sn_decimal lower, upper;
    return sn_decimal_read(&lower, side->lower) && sn_decimal_read(&upper, side->upper)
           && sn_decimal_compare(&lower, &upper) < 0;
}

static bool asserts(const sn_claim *claim, sn_assertion_kind kind)
{
    for (size_t i = 0; i < claim->n_assertions; i++)
        if (claim->assertions[i].kind == kind)
            return true;
    return false;
}

static bool point_has(const sn_config *config, const sn_config_point *point, sn_plot_need need)
{
    switch (need) {
    case SN_PLOT_NEEDS_NOTHING:
        return true;
    case SN_PLOT_NEEDS_MU_NU:
        return point->map.axis[0].coordinate == SN_MU && point->map.axis[1].coordinate == SN_NU;
    case SN_PLOT_NEEDS_TRAJECTORIES:
        return point->map.n_trajectories > 0;
    case SN_PLOT_NEEDS_WIDTHS:
        for (size_t i = 0; i < config->n_sweeps; i++)
            if (strcmp(config->sweeps[i].pointer, "/network/width") == 0)
                return config->sweeps[i].n_values > 1 && config->sweeps[i].column.kind != SN_TEXT
                       && point->simulate.run.replicas > 1;
        return false;
    case SN_PLOT_NEEDS_GRADIENTS:
        return (point->simulate.run.observe & SN_OBSERVE_GRADIENTS) != 0;
    case SN_PLOT_NEEDS_HISTOGRAM:
        return (point->simulate.run.observe & SN_OBSERVE_HISTOGRAM) != 0;
    case SN_PLOT_NEEDS_SWEEP:
        return config->n_sweeps == 1 || config->n_sweeps == 2;
    case SN_PLOT_NEEDS_ONE_MAP:
        return sn_simulate_same_map(&point->simulate, &config->points[0].simulate);
    case SN_PLOT_NEEDS_BOUND:
        return asserts(&point->verify.claim, SN_ASSERT_BOUND);
    case SN_PLOT_NEEDS_ATTRACTING:
        return asserts(&point->verify.claim, SN_ASSERT_ATTRACTING)
               && is_wide(&point->verify.claim.box[SN_BOX_OMEGA])
               && is_wide(&point->verify.claim.box[SN_BOX_TAU]);
    case SN_PLOT_NEEDS_ENTERS:
        return asserts(&point->verify.claim, SN_ASSERT_ENTERS);
    }
    return false;
}

static bool has(const sn_config *config, sn_plot plot)
{
    if (sn_plot_config_kind(plot) != config->kind)
        return false;
    for (size_t i = 0; i < config->n_points; i++)
        if (!point_has(config, &config->points[i], sn_plot_needs(plot)))
            return false;
    return true;
}

static sn_plot find(const char *name)
{
    size_t plot = 0;
    while (plot < SN_PLOT_COUNT && strcmp(sn_plot_name((sn_plot)plot), name) != 0)
        plot++;
    return (sn_plot)plot;
}

void sn_plots_choose(sn_findings *findings, const cJSON *list, sn_config *config)
{
    sn_plot *plots = calloc(SN_PLOT_COUNT, sizeof *plots);
    config->plots = plots;
    if (plots == NULL) {
        findings->no_memory = true;
        return;
    }
    if (list == NULL) {
        for (size_t i = 0; i < SN_PLOT_COUNT; i++)
            if (has(config, (sn_plot)i) && (i != SN_PLOT_SWEEP || config->n_sweeps == 2))
                plots[config->n_plots++] = (sn_plot)i;
        return;
    }
    const sn_path path = {.name = "plots"};
    for (const cJSON *item = list->child; item != NULL; item = item->next) {
        const sn_path here = {.parent = &path, .index = config->n_plots};
        const sn_plot plot = find(item->valuestring);
        plots[config->n_plots++] = plot;
        if (!has(config, plot))
            sn_complain(findings, &here, "\"%s\" needs %s", item->valuestring,
                        sn_plot_need_text(sn_plot_needs(plot)));
    }
}
