/* selfnorm list: everything that exists, read off the tables it exists in. */
#include <stdio.h>
#include <string.h>

#include "activation/activation.h"
#include "cli/cli.h"
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

static const struct section {
    const char *name;
    void (*print)(void);
} sections[] = {
    {"commands", list_commands},
    {"activations", list_activations},
    {"initializers", list_initializers},
    {"maps", list_maps},
};

enum { N_SECTIONS = sizeof sections / sizeof sections[0] };

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
        for (size_t i = 0; i < N_SECTIONS; i++) {
            if (wanted != NULL && strcmp(wanted, sections[i].name) != 0)
                continue;
            printf("%s%s:\n", i > 0 && wanted == NULL ? "\n" : "", sections[i].name);
            sections[i].print();
        }
    }
    poptFreeContext(context);
    return exit_status;
}

const command list_command = {
    .name = "list",
    .synopsis = "[SECTION]",
    .summary = "the activations, initializers, maps, plots and experiments that exist",
    .details = "Lists what exists, each with a line of doc; with a SECTION that one alone.\n",
    .run = run,
};
