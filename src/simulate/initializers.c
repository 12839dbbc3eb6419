/* The initialisers by the names people know, as one table.
 *
 *     LeCun    variance 1 / fan_in                    tau = 1
 *     He       variance 2 / fan_in                    tau = 2
 *     Glorot   variance 2 / (fan_in + fan_out)        tau = 2 fan_in / (fan_in + fan_out)
 *
 * (LeCun et al. 1998, He et al. 2015, Glorot and Bengio 2010), all of mean 0, each with normal,
 * truncated normal (variance corrected) and uniform weights.
 */
#include "simulate/simulate.h"

#include <string.h>

static double one(size_t fan_in, size_t fan_out)
{
    (void)fan_in;
    (void)fan_out;
    return 1;
}

static double two(size_t fan_in, size_t fan_out)
{
    (void)fan_in;
    (void)fan_out;
    return 2;
}

static double glorot(size_t fan_in, size_t fan_out)
{
    return 2 * (double)fan_in / ((double)fan_in + (double)fan_out);
}

static const sn_initializer initializers[] = {
    {"lecun_normal", "normal, variance 1/fan_in", SN_WEIGHT_NORMAL, false, one},
    {"lecun_truncated_normal", "normal cut at two deviations, variance 1/fan_in",
     SN_WEIGHT_TRUNCATED_NORMAL, false, one},
    {"lecun_uniform", "uniform, variance 1/fan_in", SN_WEIGHT_UNIFORM, false, one},
    {"he_normal", "normal, variance 2/fan_in", SN_WEIGHT_NORMAL, false, two},
    {"he_truncated_normal", "normal cut at two deviations, variance 2/fan_in",
     SN_WEIGHT_TRUNCATED_NORMAL, false, two},
    {"he_uniform", "uniform, variance 2/fan_in", SN_WEIGHT_UNIFORM, false, two},
    {"glorot_normal", "normal, variance 2/(fan_in + fan_out)", SN_WEIGHT_NORMAL, false, glorot},
    {"glorot_truncated_normal", "normal cut at two deviations, variance 2/(fan_in + fan_out)",
     SN_WEIGHT_TRUNCATED_NORMAL, false, glorot},
    {"glorot_uniform", "uniform, variance 2/(fan_in + fan_out)", SN_WEIGHT_UNIFORM, false, glorot},
    {"row_normalised", "normal, each row then shifted to sum 0 and scaled to square sum 1",
     SN_WEIGHT_NORMAL, true, one},
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
