/* selfnorm list: everything that exists, read off the tables it exists in. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "activation/activation.h"
#include "certify/claim.h"
#include "cli/cli.h"
#include "config/config.h"
#include "simulate/simulate.h"
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

static void list_initializers(void)
{
    for (size_t i = 0; sn_initializer_at(i) != NULL; i++)
        printf("  %-24s %s\n", sn_initializer_at(i)->name, sn_initializer_at(i)->doc);
}

static void list_maps(void)
{
    for (int i = 0; i < SN_MAP_COUNT; i++)
        printf("  %-12s %s\n", sn_map_name((sn_map_kind)i), sn_map_doc((sn_map_kind)i));
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
        printf("  %-28s %-9s %s\n", name, sn_config_kind_name(config->kind), config->description);
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
    {"maps", list_maps, false},
    {"claims", list_claims, false},
    {"assertions", list_assertions, false},
    {"quantities", list_quantities, false},
    {"plots", list_plots, false},
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
    .summary = "the activations, initializers, maps, claims, plots and experiments that exist",
    .details =
        "Lists what exists, each with a line of doc. A SECTION alone: commands, activations,\n"
        "initializers, maps, claims, assertions and quantities (what a claim can be about),\n"
        "plots, experiments; or schema, which is the JSON Schema of configurations.\n",
    .run = run,
};
