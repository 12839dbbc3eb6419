/* Which activations can be certified, and how: one row each. */
#include <string.h>

#include "certify/jets.h"

static const sn_enclosure rows[] = {
    {"linear", sn_values_pieces, sn_jets_pieces, &sn_piecewise_linear, true},
    {"relu", sn_values_pieces, sn_jets_pieces, &sn_piecewise_relu, false},
    {"leaky_relu", sn_values_pieces, sn_jets_pieces, &sn_piecewise_leaky_relu, false},
    {"relu6", sn_values_pieces, sn_jets_pieces, &sn_piecewise_relu6, false},
    {"hardtanh", sn_values_pieces, sn_jets_pieces, &sn_piecewise_hardtanh, true},
    {"hardsigmoid", sn_values_pieces, sn_jets_pieces, &sn_piecewise_hardsigmoid, false},
    {"hardswish", sn_values_pieces, sn_jets_pieces, &sn_piecewise_hardswish, false},
    {"elu", sn_values_pieces, sn_jets_pieces, &sn_piecewise_elu, false},
    {"celu", sn_values_pieces, sn_jets_pieces, &sn_piecewise_celu, false},
    {"selu", sn_values_pieces, sn_jets_pieces, &sn_piecewise_selu, false},
    {"erf", sn_values_erf, sn_jets_erf, NULL, true},
    {"tanh", sn_values_smooth, sn_jets_smooth, &sn_smooth_tanh, true},
    {"sigmoid", sn_values_smooth, sn_jets_smooth, &sn_smooth_sigmoid, false},
    {"silu", sn_values_smooth, sn_jets_smooth, &sn_smooth_silu, false},
    {"gelu", sn_values_smooth, sn_jets_smooth, &sn_smooth_gelu, false},
    {"gelu_tanh", sn_values_smooth, sn_jets_smooth, &sn_smooth_gelu_tanh, false},
    {"softplus", sn_values_smooth, sn_jets_smooth, &sn_smooth_softplus, false},
    {"mish", sn_values_smooth, sn_jets_smooth, &sn_smooth_mish, false},
    {"sin", sn_values_smooth, sn_jets_smooth, &sn_smooth_sin, true},
};

/* Those whose values are known, but not their moments. */
static const sn_enclosure values_only[] = {
    {"softsign", sn_values_softsign, NULL, NULL, true},
    {"serlu", sn_values_serlu, NULL, NULL, false},
};

static const sn_enclosure *find(const sn_enclosure *table, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

const sn_enclosure *sn_enclosure_find(const sn_activation_type *type)
{
    return find(rows, sizeof rows / sizeof rows[0], type->name);
}

const sn_enclosure *sn_enclosure_find_values(const sn_activation_type *type)
{
    const sn_enclosure *row = sn_enclosure_find(type);
    return row != NULL ? row
                       : find(values_only, sizeof values_only / sizeof values_only[0], type->name);
}
