/* The kinds of pictures and the scripts they become: a generated head, the one style, the kind's
 * template. Templates are the files plots/<kind>.gp, compiled in as strings. */
#include "report/picture.h"

#include <stdlib.h>
#include <string.h>

#include "report/heads.h"
#include "report/script.h"

#include "report/templates.inc" /* TEMPLATE_style, TEMPLATE_<kind>: string literals */

static const sn_plot_kind kinds[] = {
    {"field", "the steps of the map as arrows over mu and nu, with trajectories and fixed points",
     800, 680, TEMPLATE_arrows TEMPLATE_field, sn_head_field},
    {"variance_change", "heat map of nu_next - nu with its level lines", 800, 680,
     TEMPLATE_variance_change TEMPLATE_levels TEMPLATE_heat, sn_head_variance_change},
    {"spectral_norm", "heat map of the Jacobian's spectral norm with the level line 1", 800, 680,
     TEMPLATE_spectral_norm TEMPLATE_levels TEMPLATE_heat, sn_head_spectral_norm},
    {"trajectories", "mean and variance of each trajectory against the layer", 800, 700,
     TEMPLATE_trajectories, sn_head_trajectories},
    {"moments", "mean and variance of networks against the layer, with the theory", 900, 700,
     TEMPLATE_moments, sn_head_moments},
    {"gradients", "squared norm of the gradient in networks against the layer, with the theory",
     900, 560, TEMPLATE_powers TEMPLATE_gradients, sn_head_gradients},
    {"path", "the layers of networks over mu and nu, with the theory and the steps of the map", 900,
     640, TEMPLATE_arrows TEMPLATE_path, sn_head_path},
    {"distribution", "how pre-activations of some layers are distributed, with the normal density",
     900, 700, TEMPLATE_distribution, sn_head_distribution},
    {"sweep", "what networks end with, over one or two swept keys", 900, 620,
     TEMPLATE_powers TEMPLATE_sweep, sn_head_sweep},
    {"spread", "how the variances of replicas at the last layer spread, against a swept number",
     800, 600, TEMPLATE_spread, sn_head_spread},
    {"boxes",
     "the boxes of a proof over mean and variance of the pre-activation, with their bounds", 800,
     680, TEMPLATE_boxes, sn_head_boxes},
    {"regions", "cells of omega and tau where one attracting fixed point is proved", 800, 700,
     TEMPLATE_regions, sn_head_regions},
    {"entries", "layers after which every start is in a smaller box, over mu and nu", 800, 700,
     TEMPLATE_entries, sn_head_entries},
    {"activation", "an activation and its derivative, over the density of its pre-activation", 800,
     560, TEMPLATE_activation, sn_head_activation},
    {"correlation", "correlation of two inputs after a layer against that before it", 640, 680,
     TEMPLATE_correlation, sn_head_correlation},
    {"phase",
     "growth of the squared gradient over the variances of weights and biases, with the "
     "edge of chaos",
     800, 700, TEMPLATE_powers TEMPLATE_chi1 TEMPLATE_levels TEMPLATE_phase, sn_head_phase},
    {"solutions",
     "how many activations of a family keep a mean and a variance, and whether one "
     "attracts",
     800, 680, TEMPLATE_solutions, sn_head_solutions},
    {"growth", "variance and gradient of residual nets against the block", 900, 700,
     TEMPLATE_powers TEMPLATE_growth, sn_head_growth},
    {"designs", "the activations that keep what was asked for, beside each other", 900, 640,
     TEMPLATE_designs, sn_head_designs},
};

const sn_plot_kind *sn_plot_kind_at(size_t index)
{
    return index < sizeof kinds / sizeof kinds[0] ? &kinds[index] : NULL;
}

const sn_plot_kind *sn_plot_kind_find(const char *name)
{
    size_t i = 0;
    while (sn_plot_kind_at(i) != NULL && strcmp(kinds[i].name, name) != 0)
        i++;
    return sn_plot_kind_at(i);
}

static sn_status print_script(FILE *script, const char *name, const sn_plot_kind *kind,
                              const sn_picture *picture, sn_error *err)
{
    enum { MAX_LINES = 2 };
    const double room = kind->width - 95, bold = 9.4, plain = 7.2; /* pixels a character */
    fprintf(
        script,
        "# %s.gp: %s.\n"
        "# Draw it with `gnuplot %s.gp`, or with `gnuplot -e \"format='svg'\" %s.gp`: png, svg, "
        "pdf.\n\n",
        name, kind->doc, name, name);
    sn_script_text(script, "name", name);
    fprintf(script, "width = %d; height = %d\n", kind->width, kind->height);
    sn_script_paragraph(script, "heading", picture->title != NULL ? picture->title : "",
                        (size_t)(room / bold), MAX_LINES);
    sn_script_paragraph(script, "subheading", picture->subtitle != NULL ? picture->subtitle : "",
                        (size_t)(room / plain), MAX_LINES);
    const sn_status status = kind->prepare(picture, script, err);
    fprintf(script, "\n%s\n%s", TEMPLATE_style, kind->template);
    return status;
}

sn_status sn_picture_write(sn_folder *folder, const sn_picture *picture, sn_error *err)
{
    const sn_plot_kind *kind = sn_plot_kind_find(picture->kind);
    if (kind == NULL)
        return sn_fail(err, SN_EUNKNOWN, "there is no picture of the kind \"%s\"", picture->kind);
    const char *name = picture->name != NULL ? picture->name : kind->name;
    char file_name[256];
    if (snprintf(file_name, sizeof file_name, "%s.gp", name) >= (int)sizeof file_name)
        return sn_fail(err, SN_EINVAL, "the picture's name is too long");

    /* In memory first: nothing is left behind by a picture that lacks its data. */
    char *text = NULL;
    size_t length = 0;
    FILE *script = open_memstream(&text, &length);
    if (script == NULL)
        return sn_fail(err, SN_ENOMEM, "%s: out of memory", file_name);
    sn_status status = print_script(script, name, kind, picture, err);
    const bool failed = ferror(script) != 0;
    if ((fclose(script) != 0 || failed) && status == SN_OK)
        status = sn_fail(err, SN_ENOMEM, "%s: out of memory", file_name);
    if (status == SN_OK)
        status = sn_folder_write(folder, file_name, text, length, err);
    free(text);
    return status;
}
