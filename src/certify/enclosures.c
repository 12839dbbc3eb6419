/* Which activations can be certified, and how: one row each. */
#include <string.h>

#include "certify/jets.h"

static const sn_enclosure rows[] = {
    {"linear", sn_jets_pieces, &sn_piecewise_linear},
    {"relu", sn_jets_pieces, &sn_piecewise_relu},
    {"leaky_relu", sn_jets_pieces, &sn_piecewise_leaky_relu},
    {"relu6", sn_jets_pieces, &sn_piecewise_relu6},
    {"hardtanh", sn_jets_pieces, &sn_piecewise_hardtanh},
    {"hardsigmoid", sn_jets_pieces, &sn_piecewise_hardsigmoid},
    {"hardswish", sn_jets_pieces, &sn_piecewise_hardswish},
    {"elu", sn_jets_pieces, &sn_piecewise_elu},
    {"celu", sn_jets_pieces, &sn_piecewise_celu},
    {"selu", sn_jets_pieces, &sn_piecewise_selu},
    {"erf", sn_jets_erf, NULL},
    {"tanh", sn_jets_smooth, &sn_smooth_tanh},
    {"sigmoid", sn_jets_smooth, &sn_smooth_sigmoid},
    {"silu", sn_jets_smooth, &sn_smooth_silu},
    {"gelu", sn_jets_smooth, &sn_smooth_gelu},
    {"softplus", sn_jets_smooth, &sn_smooth_softplus},
    {"mish", sn_jets_smooth, &sn_smooth_mish},
    {"sin", sn_jets_smooth, &sn_smooth_sin},
};

const sn_enclosure *sn_enclosure_find(const sn_activation_type *type)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].name, type->name) == 0)
            return &rows[i];
    return NULL;
}
