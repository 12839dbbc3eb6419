/* What became of a network's signal and gradient, in words.
 *
 * A size that stays within a factor of 2 over the whole depth is kept; one that leaves a factor of
 * 1000 explodes or vanishes; in between it grows or shrinks.
 */
#include <math.h>
#include <stdio.h>

#include "study/simulate_tables.h"

static const char *word(double log10_of)
{
    const double two = 0.30103; /* log10 2 */
    return log10_of > 3      ? "explodes"
           : log10_of > two  ? "grows"
           : log10_of < -3   ? "vanishes"
           : log10_of < -two ? "shrinks"
                             : "is kept";
}

/* "2.385", and beyond what people read at a glance "10^-12.3". */
static void size_text(double log10_of, char *text, size_t size)
{
    if (fabs(log10_of) < 3)
        snprintf(text, size, "%.3g", pow(10, log10_of));
    else
        snprintf(text, size, "10^%.1f", log10_of);
}

void sn_network_forwards(const sn_simulation_result *run, char *text, size_t size)
{
    const sn_measured first = run->layer[0].of[SN_OBSERVABLE_VARIANCE];
    const sn_measured last = run->layer[run->layers - 1].of[SN_OBSERVABLE_VARIANCE];
    if (run->exploded > 0) {
        snprintf(text, size,
                 "explodes: %zu of %zu replicas leave the numbers, the first at layer %zu",
                 run->exploded, run->replicas, run->first_exploded_layer);
        return;
    }
    if (run->died > 0) {
        snprintf(text, size,
                 "dies: in %zu of %zu replicas all activations become equal, the first "
                 "at layer %zu",
                 run->died, run->replicas, run->first_died_layer);
        return;
    }
    if (!(first.value > 0 && last.value > 0)) {
        snprintf(text, size, "has no variance to keep");
        return;
    }
    char factor[32];
    const double log10_of = log10(last.value / first.value);
    size_text(log10_of, factor, sizeof factor);
    snprintf(text, size, "%s: %s of the input's variance after %zu layers", word(log10_of), factor,
             run->layers - 1);
}

void sn_network_backwards(const sn_simulation_result *run, char *text, size_t size)
{
    const double log10_of = run->layer[0].of[SN_OBSERVABLE_GRADIENT_LOG10].value;
    text[0] = '\0';
    if (!isfinite(log10_of))
        return;
    char factor[32];
    const double layers = (double)run->layers - 1;
    size_text(log10_of, factor, sizeof factor);
    snprintf(text, size, "%s: %s of the output's squared gradient after %zu layers, %.3g a layer",
             word(log10_of), factor, run->layers - 1, pow(10, log10_of / layers));
}
