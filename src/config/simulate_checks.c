/* What a "simulate" file's keys must be beside each other: the input's width and the network's,
 * clipping and gradients, and of every layer what its shape, weights and the method allow. */
#include "config/simulate_keys.h"

#include <string.h>

static bool is_named(const cJSON *json, const char *name)
{
    return cJSON_IsString(json) && strcmp(json->valuestring, name) == 0;
}

/* --- a layer ---------------------------------------------------------------------------------- */

static void check_exact_rows(sn_findings *findings, const sn_layers *layers)
{
    sn_path room[4];
    const cJSON *weights = sn_layers_get(layers, "weights");
    const double omega = sn_json_number(weights, "omega"), tau = sn_json_number(weights, "tau");
    const double least = omega * omega / (double)layers->fan_in;
    if (sn_weights_structure(weights) != SN_WEIGHTS_EXACT_ROWS || layers->fan_in == 0)
        return;
    const sn_path *path = sn_layers_place(layers, "weights", room);
    if (layers->fan_in < 2)
        sn_complain(findings, path,
                    "found exact rows with fan-in %zu, allowed is a fan-in of at least 2",
                    layers->fan_in);
    else if (tau <= least)
        sn_complain(findings, path,
                    "found exact rows of omega %g and tau %g with fan-in %zu, allowed is tau > "
                    "omega^2 / fan-in = %g",
                    omega, tau, layers->fan_in, least);
}

static void check_method(sn_findings *findings, const sn_layers *layers, const cJSON *method)
{
    sn_path room[4];
    const cJSON *weights = sn_layers_get(layers, "weights");
    const sn_weight_structure structure = sn_weights_structure(weights);
    const sn_weight_law law = sn_weights_law(weights);
    const bool orthogonal = structure == SN_WEIGHTS_ORTHOGONAL;
    const bool gaussian = structure == SN_WEIGHTS_IID && law == SN_WEIGHT_NORMAL;
    if (structure == SN_WEIGHT_STRUCTURE_COUNT || law == SN_WEIGHT_LAW_COUNT)
        return;
    const sn_path *path = sn_layers_place(layers, "weights", room);
    if (is_named(method, sn_method_name(SN_METHOD_GRAM)) && !gaussian && !orthogonal)
        sn_complain(findings, path,
                    "found weights that the method \"gram\" cannot draw, allowed "
                    "are independent normal or orthogonal ones");
    if (is_named(method, sn_method_name(SN_METHOD_DIRECT)) && orthogonal)
        sn_complain(findings, path,
                    "found orthogonal weights, allowed only with the methods "
                    "\"gram\" and \"auto\"");
}

static void check_residual(sn_findings *findings, const sn_layers *layers)
{
    sn_path room[4];
    const cJSON *residual = sn_layers_get(layers, "residual");
    if (residual == NULL || cJSON_IsFalse(residual) || layers->fan_in == 0 || layers->width == 0
        || layers->fan_in == layers->width)
        return;
    sn_complain(findings, sn_layers_place(layers, "residual", room),
                "found a layer of width %zu with fan-in %zu, allowed are equal ones", layers->width,
                layers->fan_in);
}

static void check_dropout(sn_findings *findings, const sn_layers *layers)
{
    sn_path room[4];
    const cJSON *name = sn_json_get(sn_layers_get(layers, "activation"), "name");
    const sn_activation_type *type =
        cJSON_IsString(name) ? sn_activation_find(name->valuestring) : NULL;
    if (type == NULL || strcmp(type->name, "selu") == 0
        || !sn_dropout_is_alpha(sn_layers_get(layers, "dropout")))
        return;
    sn_complain(findings, sn_layers_place(layers, "dropout", room),
                "found alpha dropout of %s, allowed is that of selu", type->name);
}

/* --- the file --------------------------------------------------------------------------------- */

static bool observes(const cJSON *file, const char *group)
{
    const cJSON *observe = sn_json_get(file, "observe");
    for (const cJSON *item = cJSON_IsArray(observe) ? observe->child : NULL; item != NULL;
         item = item->next)
        if (is_named(item, group))
            return true;
    return false;
}

static void check_clip(sn_findings *findings, const sn_path *path, const cJSON *file)
{
    const sn_path here = {.parent = path, .name = "clip"};
    const cJSON *kind = sn_json_get(sn_json_get(file, "clip"), "kind");
    if (cJSON_IsString(kind) && !is_named(kind, sn_clip_name(SN_CLIP_NONE))
        && !observes(file, sn_observe_name(SN_OBSERVE_BIT_GRADIENTS)))
        sn_complain(findings, &here,
                    "found the kind \"%s\" without \"gradients\" in \"observe\", allowed is "
                    "\"none\" then",
                    kind->valuestring);
}

/* Of a list of widths the first is the input's. */
static void check_columns(sn_findings *findings, const sn_path *path, const cJSON *network,
                          size_t columns)
{
    const sn_path network_path = {.parent = path, .name = "network"};
    const sn_path width_path = {.parent = &network_path, .name = "width"};
    const sn_path here = {.parent = &width_path, .index = 0};
    const cJSON *width = sn_json_get(network, "width");
    const size_t first = cJSON_IsArray(width) ? sn_width_neurons(width->child) : 0;
    if (columns > 0 && first > 0 && first != columns)
        sn_complain(findings, &here, "found %zu, allowed is %zu, the columns of the input's rows",
                    first, columns);
}

void sn_complete_simulate(sn_findings *findings, const sn_path *path, cJSON *file)
{
    const sn_path input_path = {.parent = path, .name = "input"};
    const cJSON *network = sn_json_get(file, "network");
    const size_t columns = sn_input_columns(findings, &input_path, sn_json_get(file, "input"));
    check_columns(findings, path, network, columns);
    check_clip(findings, path, file);
    sn_layers layers = sn_layers_begin(network, columns);
    while (sn_layers_next(&layers) && !findings->left_out) {
        check_exact_rows(findings, &layers);
        check_method(findings, &layers, sn_json_get(file, "method"));
        check_residual(findings, &layers);
        check_dropout(findings, &layers);
    }
}
