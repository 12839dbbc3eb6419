/* The initialisers by the names people know, as one table. All have mean 0; with the variance comes
 * tau = fan_in * variance:
 *
 *     lecun    variance 1 / fan_in                 tau = 1                     LeCun et al. 1998
 *     he       variance 2 / fan_in                 tau = 2                     He et al. 2015
 *     glorot   variance 2 / (fan_in + fan_out)     tau = 2 fan_in / (fan_in + fan_out)
 *                                                                       Glorot and Bengio 2010
 *
 * each with normal, uniform, truncated normal weights, and with truncated normal ones whose
 * variance nobody corrected: cut at two deviations, a normal keeps 0.7737 of its variance. Keras
 * and JAX correct for the cut in their initialisers of these three names; Keras and TensorFlow did
 * not until 2018 (Keras issue 8048, TensorFlow issue 18706), nor does TensorFlow.js (its issue
 * 8594). Who passes the deviation to Keras' TruncatedNormal, tf.random.truncated_normal or
 * jax.nn.initializers.truncated_normal gets the uncorrected one too, as their documentation says.
 *
 * PyTorch: torch.nn.init.kaiming_normal_ has variance gain^2 / fan_in, the gain from
 * torch.nn.init.calculate_gain. nn.Linear's own reset_parameters calls kaiming_uniform_ with
 * a = sqrt 5: uniform, gain^2 = 2 / (1 + a^2) = 1/3; its biases have the same law.
 *
 * Sparse: Martens (2010) gives each unit 15 incoming weights of variance 1, whatever the fan-in.
 * That is density 15/fan_in and tau 15; here tau is 1, and the density is the layer's.
 */
#include "simulate/layer.h"

#include <string.h>

#define DEFINE_CONSTANT(name, tau)                                                                 \
    static double name(size_t fan_in, size_t fan_out)                                              \
    {                                                                                              \
        (void)fan_in;                                                                              \
        (void)fan_out;                                                                             \
        return tau;                                                                                \
    }

DEFINE_CONSTANT(one, 1)
DEFINE_CONSTANT(two, 2)
DEFINE_CONSTANT(a_third, 1. / 3)
DEFINE_CONSTANT(gain_tanh, 25. / 9)
DEFINE_CONSTANT(gain_leaky_relu, 2 / 1.0001)
DEFINE_CONSTANT(gain_selu, 9. / 16)

static double glorot(size_t fan_in, size_t fan_out)
{
    return 2 * (double)fan_in / ((double)fan_in + (double)fan_out);
}

#define ENTRY(name, doc, law, structure, tau)                                                      \
    {                                                                                              \
        name, doc, SN_WEIGHT_##law, SN_WEIGHTS_##structure, tau                                    \
    }

#define FAMILY(name, variance, left, source, tau)                                                  \
    ENTRY(name "_normal", "normal, variance " variance " (" source ")", NORMAL, IID, tau),         \
        ENTRY(name "_uniform", "uniform, variance " variance " (" source ")", UNIFORM, IID, tau),  \
        ENTRY(name "_truncated_normal",                                                            \
              "normal cut at two deviations, variance " variance                                   \
              ", corrected for the cut (as Keras and JAX do)",                                     \
              TRUNCATED_NORMAL, IID, tau),                                                         \
        ENTRY(name "_uncorrected_normal",                                                          \
              "normal cut at two deviations, not corrected: variance " left                        \
              " (Keras' TruncatedNormal, JAX' truncated_normal, TensorFlow.js)",                   \
              UNCORRECTED, IID, tau)

#define KAIMING(nonlinearity, variance, tau)                                                       \
    ENTRY("pytorch_" nonlinearity,                                                                 \
          "normal, variance " variance                                                             \
          " (PyTorch's kaiming_normal_, calculate_gain('" nonlinearity "'))",                      \
          NORMAL, IID, tau)

static const sn_initializer initializers[] = {
    FAMILY("lecun", "1/fan_in", "0.774/fan_in", "LeCun et al. 1998", one),
    FAMILY("he", "2/fan_in", "1.547/fan_in", "He et al. 2015", two),
    FAMILY("glorot", "2/(fan_in + fan_out)", "1.547/(fan_in + fan_out)", "Glorot and Bengio 2010",
           glorot),
    ENTRY("row_normalised", "normal, each row then shifted to sum 0 and scaled to square sum 1",
          NORMAL, EXACT_ROWS, one),
    ENTRY("orthogonal",
          "orthogonal rows, or columns where they are fewer, entries of variance 1/fan_in (Saxe et "
          "al. 2014)",
          NORMAL, ORTHOGONAL, one),
    ENTRY(
        "sparse",
        "of each row the share `density` normal, variance 1/(how many), the rest 0 (Martens 2010: "
        "15 in a row, tau 15)",
        NORMAL, SPARSE, one),
    KAIMING("linear", "1/fan_in", one),
    KAIMING("sigmoid", "1/fan_in", one),
    KAIMING("tanh", "(5/3)^2/fan_in", gain_tanh),
    KAIMING("relu", "2/fan_in", two),
    KAIMING("leaky_relu", "2/(1 + 0.01^2)/fan_in", gain_leaky_relu),
    KAIMING("selu", "(3/4)^2/fan_in", gain_selu),
    ENTRY("pytorch_default",
          "uniform, variance 1/(3 fan_in) (weights of PyTorch's nn.Linear, which draws biases too)",
          UNIFORM, IID, a_third),
};

enum { INITIALIZERS = sizeof initializers / sizeof initializers[0] };

const sn_initializer *sn_initializer_at(size_t index)
{
    return index < INITIALIZERS ? &initializers[index] : NULL;
}

const sn_initializer *sn_initializer_find(const char *name)
{
    for (size_t i = 0; i < INITIALIZERS; i++)
        if (strcmp(initializers[i].name, name) == 0)
            return &initializers[i];
    return NULL;
}
