/* selfnorm list: everything that exists, read off the tables it exists in. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "activation/activation.h"
#include "certify/claim.h"
#include "cli/cli.h"
#include "config/config.h"
#include "config/simulate_keys.h"
#include "report/snippet.h"
#include "simulate/simulate.h"
#include "study/gain_study.h"
#include "theory/design.h"
#include "theory/layer_map.h"

static void list_activations(void)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        printf("  %-12s %s", type->name, type->doc);
        if (type->alias != NULL)
            printf(" (also: %s)", type->alias);
        printf("\n");
        for (size_t j = 0; j < type->n_params; j++) {
            const sn_param *p = &type->params[j];
            printf("  %-12s   %s = %.17g, %g to %g: %s\n", "", p->name, p->initial, p->lower,
                   p->upper, p->doc);
        }
    }
}

/* What a key of a configuration may be, in the order of its table. */
static void list_names(const sn_shape *shape, const char *key_name)
{
    sn_key key;
    size_t widest = 12;
    if (!sn_shape_find(shape, sn_shape_variants(shape), key_name, &key) || key.names == NULL)
        return;
    for (size_t i = 0; key.names->name(i) != NULL; i++)
        widest = strlen(key.names->name(i)) > widest ? strlen(key.names->name(i)) : widest;
    for (size_t i = 0; key.names->name(i) != NULL; i++)
        printf("  %-*s %s\n", (int)widest, key.names->name(i), key.names->doc(i));
}

static void list_initializers(void)
{
    list_names(&sn_shape_weights, "initializer");
}

static void list_distributions(void)
{
    list_names(&sn_shape_weights, "distribution");
}

static void list_structures(void)
{
    list_names(&sn_shape_weights, "structure");
}

static void list_normalizations(void)
{
    list_names(&sn_shape_network, "normalization");
}

static void list_dropouts(void)
{
    list_names(&sn_shape_dropout, "kind");
}

static void list_inputs(void)
{
    list_names(&sn_shape_input, "distribution");
}

static void list_methods(void)
{
    list_names(&sn_shape_file, "method");
}

/* The groups one asks for, and under each what is measured then. */
static void list_observables(void)
{
    for (size_t group = 0; sn_observe_name(group) != NULL; group++) {
        printf("  %-12s %s\n", sn_observe_name(group), sn_observe_doc(group));
        for (int i = 0; i < SN_OBSERVABLE_COUNT; i++)
            if (sn_observable_group((sn_observable)i) == 1U << group)
                printf("  %-12s   %s: %s\n", "", sn_observable_name((sn_observable)i),
                       sn_observable_doc((sn_observable)i));
    }
}

static void list_clips(void)
{
    sn_key clip;
    if (sn_shape_find(&sn_shape_file, sn_shape_variants(&sn_shape_file), "clip", &clip))
        list_names(clip.shape, "kind");
}

static void list_maps(void)
{
    for (int i = 0; i < SN_MAP_COUNT; i++)
        printf("  %-12s %s\n", sn_map_name((sn_map_kind)i), sn_map_doc((sn_map_kind)i));
}

static void list_laws(void)
{
    for (int i = 0; i < SN_LAW_COUNT; i++) {
        const sn_law_kind kind = (sn_law_kind)i;
        printf("  %-16s %s", sn_law_name(kind), sn_law_doc(kind));
        if (sn_law_parameter_doc(kind)[0] != '\0')
            printf("; %s:NUMBER, %s", sn_law_name(kind), sn_law_parameter_doc(kind));
        printf("%s\n",
               kind == SN_LAW_HISTOGRAM ? "; histogram:FILE, rows of from, to, weight" : "");
    }
}

static void list_designs(void)
{
    for (int i = 0; i < SN_FAMILY_COUNT; i++)
        printf("  %-16s %s\n", sn_family_name((sn_family)i), sn_family_doc((sn_family)i));
}

static void list_snippets(void)
{
    for (int i = 0; i < SN_SNIPPET_COUNT; i++)
        printf("  %-16s %s\n", sn_snippet_name((sn_snippet_format)i),
               sn_snippet_doc((sn_snippet_format)i));
}

static void list_gain_plots(void)
{
    for (size_t i = 0; sn_gain_picture_name(i) != NULL; i++)
        printf("  %-16s %s\n", sn_gain_picture_name(i), sn_gain_picture_doc(i));
}

static void list_commands(void)
{
    for (size_t i = 0; command_at(i) != NULL; i++)
        printf("  %-12s %s\n", command_at(i)->name, command_at(i)->summary);
}

static void list_plots(void)
{
    for (int i = 0; i < SN_PLOT_COUNT; i++)
        printf("  %-16s %-9s %s\n", sn_plot_name((sn_plot)i),
               sn_config_kind_name(sn_plot_config_kind((sn_plot)i)), sn_plot_doc((sn_plot)i));
}

static void list_claims(void)
{
    for (size_t i = 0; sn_claim_at(i) != NULL; i++)
        printf("  %-12s %s\n", sn_claim_at(i)->name, sn_claim_at(i)->description);
}

static void list_assertions(void)
{
    for (int i = 0; i < SN_ASSERTION_COUNT; i++)
        printf("  %-16s %s\n", sn_assertion_name((sn_assertion_kind)i),
               sn_assertion_doc((sn_assertion_kind)i));
}

static void list_quantities(void)
{
    for (int i = 0; i < SN_QUANTITY_COUNT; i++)
        printf("  %-16s %s\n", sn_quantity_name((sn_quantity)i), sn_quantity_doc((sn_quantity)i));
}

static int is_json(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static void list_experiment(const char *folder, const char *name)
{
    char path[4096];
    sn_config *config;
    sn_config_errors errors;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (sn_config_load(path, 0, NULL, &config, &errors) == SN_OK)
        printf("  %-30s %-9s %s\n", name, sn_config_kind_name(config->kind), config->description);
    sn_config_free(config);
    sn_config_errors_free(&errors);
}

/* Those of the folder one stands in, as in a source tree; else those installed. */
static void list_experiments(void)
{
    const char *folder = "experiments";
    struct dirent **entries;
    int n = scandir(folder, &entries, is_json, alphasort);
    if (n < 0) {
        folder = SN_EXPERIMENTS;
        n = scandir(folder, &entries, is_json, alphasort);
    }
    if (n < 0) {
        printf("  none here, and none in %s\n", folder);
        return;
    }
    printf("  in %s:\n", folder);
    for (int i = 0; i < n; i++) {
        list_experiment(folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static void list_schema(void)
{
    char *schema = sn_config_schema();
    if (schema != NULL)
        fputs(schema, stdout);
    free(schema);
}

/* A section listed alone only is data for programs and gets no heading. */
static const struct section {
    const char *name;
    void (*print)(void);
    bool alone;
} sections[] = {
    {"commands", list_commands, false},
    {"activations", list_activations, false},
    {"initializers", list_initializers, false},
    {"distributions", list_distributions, false},
    {"structures", list_structures, false},
    {"normalizations", list_normalizations, false},
    {"dropouts", list_dropouts, false},
    {"inputs", list_inputs, false},
    {"methods", list_methods, false},
    {"observables", list_observables, false},
    {"clips", list_clips, false},
    {"maps", list_maps, false},
    {"laws", list_laws, false},
    {"designs", list_designs, false},
    {"snippets", list_snippets, false},
    {"claims", list_claims, false},
    {"assertions", list_assertions, false},
    {"quantities", list_quantities, false},
    {"plots", list_plots, false},
    {"gain-plots", list_gain_plots, false},
    {"experiments", list_experiments, false},
    {"schema", list_schema, true},
};

enum { N_SECTIONS = sizeof sections / sizeof sections[0] };

static void list_section(const struct section *section, const char *wanted, bool first)
{
    if (wanted != NULL ? strcmp(wanted, section->name) != 0 : section->alone)
        return;
    if (wanted == NULL && !first)
        printf("\n");
    if (!section->alone)
        printf("%s:\n", section->name);
    section->print();
}

static int run(const command *self, int argc, const char **argv)
{
    struct poptOption options[] = {POPT_TABLEEND};
    const char *wanted = NULL;
    poptContext context;
    int exit_status;
    if (read_options(self, argc, argv, options, 0, 1, &wanted, &context, &exit_status) < 0)
        return exit_status;

    const char *words[N_SECTIONS + 1] = {NULL};
    for (size_t i = 0; i < N_SECTIONS; i++)
        words[i] = sections[i].name;
    sn_error err = {0};
    if (wanted != NULL && choose("section", wanted, words, &err) < 0) {
        exit_status = report_failure(self, &err);
    } else {
        exit_status = EXIT_DONE;
        for (size_t i = 0; i < N_SECTIONS; i++)
            list_section(&sections[i], wanted, i == 0);
    }
    poptFreeContext(context);
    return exit_status;
}

const command list_command = {
    .name = "list",
    .synopsis = "[SECTION]",
    .summary = "the words that configurations know, the claims, plots and experiments",
    .details = "Lists what exists, each with a line of doc. A SECTION alone:\n"
               "  commands, maps, plots, experiments\n"
               "  laws of pre-activations, designs, snippets, gain-plots: of gain\n"
               "  activations, of every configuration\n"
               "  initializers; distributions and structures of weights that have none;\n"
               "  normalizations, dropouts, inputs, methods, observables (what is measured,\n"
               "  and the columns that makes in layers.tsv), clips: of simulations\n"
               "  claims; assertions, and quantities they can be about: of verify\n"
               "  schema: the JSON Schema of configurations, with all keys\n",
    .run = run,
};
