/* What every snippet of code says before its code, and the numbers that it derives from the result.
 *
 * A weight's variance is tau / fan-in, so its deviation is sqrt(tau) / sqrt(fan-in). A normal cut
 * off at two deviations keeps
 *
 *     sqrt(1 - 4 phi(2) / (2 Phi(2) - 1)) = 0.87962566103423978
 *
 * of its deviation, phi and Phi its density and distribution, by which it has to start wider. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "report/snippet_parts.h"

static const double deviation_left = 0.87962566103423978;

double sn_snippet_deviation(const sn_snippet *snippet)
{
    return sqrt(snippet->weight_variance);
}

double sn_snippet_deviation_to_cut(const sn_snippet *snippet)
{
    return sqrt(snippet->weight_variance) / deviation_left;
}

const char *sn_snippet_unchecked(const sn_snippet *snippet)
{
    if (!snippet->is_normal)
        return "the pre-activation is not normal";
    if (!isfinite(snippet->x) || !isfinite(snippet->y))
        return "the pre-activation is not finite";
    if (!isfinite(snippet->second_moment))
        return "the second moment is not finite";
    return snippet->y > 0 ? NULL : "the pre-activation has no variance";
}

const char *sn_snippet_variance_scale(const sn_snippet *snippet)
{
    const double rounding = 0x1p-53 * sqrt(snippet->second_moment);
    return rounding <= 1e-8 * sqrt(snippet->variance) ? "variance" : "second_moment";
}

double sn_snippet_slope_tolerance(const sn_snippet *snippet)
{
    const double deviation = sqrt(snippet->y), step = 24 * deviation / (1 << 20);
    const double slope = sqrt(snippet->chi1 / snippet->weight_variance);
    const double lost = fmax(fabs(snippet->x) + 12 * deviation,
                             slope > 0 ? sqrt(snippet->second_moment) / slope : 0);
    return isfinite(slope) && 0x1p-53 * lost <= 1e-8 * step
               ? ceil(1 + fabs(snippet->x) / deviation) / 1e5
               : 0;
}

static void put_number(const sn_snippet_pen *pen, const char *prefix, const char *name,
                       double value, const char *doc)
{
    const sn_literal number = sn_literal_plain(value);
    if (doc == NULL) {
        sn_draft_format(pen->out, "%s    %-20s %s\n", prefix, name, number.text);
        return;
    }
    sn_draft_format(pen->out, "%s    %-20s %-24s", prefix, name, number.text);
    sn_snippet_put_line(pen->out, doc);
    sn_draft_put(pen->out, "\n");
}

static bool is_among(const char *name, const char *const *words)
{
    while (*words != NULL && strcmp(*words, name) != 0)
        words++;
    return *words != NULL;
}

static void put_moments(const sn_snippet_pen *pen, const char *prefix)
{
    const sn_snippet *s = pen->snippet;
    static const char *const put[] = {"mean", "second_moment", "variance", "chi1", NULL};
    sn_draft_format(pen->out, "%sOf f(z), z %s with mean %s and variance %s, are expected\n",
                    prefix, s->is_normal ? "normal" : "not normal", sn_literal_plain(s->x).text,
                    sn_literal_plain(s->y).text);
    put_number(pen, prefix, put[0], s->mean, NULL);
    put_number(pen, prefix, put[1], s->second_moment, NULL);
    put_number(pen, prefix, put[2], s->variance, NULL);
    put_number(pen, prefix, put[3], s->chi1, NULL);
    for (size_t i = 0; i < s->n_rows; i++)
        if (!is_among(s->rows[i].name, put))
            put_number(pen, prefix, s->rows[i].name, s->rows[i].value, s->rows[i].doc);
}

static void put_labelled(const sn_snippet_pen *pen, const char *prefix, const char *label,
                         const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    sn_draft_format(pen->out, "%s%s", prefix, label);
    sn_snippet_put_line(pen->out, text);
    sn_draft_put(pen->out, "\n");
}

void sn_snippet_put_head(const sn_snippet_pen *pen, const char *prefix)
{
    const sn_snippet *s = pen->snippet;
    /* No space at the end of a line that is empty but for the prefix. */
    char bare[8];
    snprintf(bare, sizeof bare, "%s", prefix);
    bare[strlen(bare) - 1] = '\0';

    sn_draft_format(pen->out, "%s%s, printed by selfnorm %s\n%s\n", prefix, pen->name, sn_version(),
                    bare);
    put_labelled(pen, prefix, "", s->title);
    put_labelled(pen, prefix, "printed by:  ", s->command);
    put_labelled(pen, prefix, "convention:  ", s->convention);
    put_labelled(pen, prefix, "map:         ", s->map);
    sn_draft_format(pen->out, "%s\n", bare);
    put_moments(pen, prefix);
    sn_draft_format(pen->out,
                    "%s\n%sWeights: mean 0, standard deviation %s / sqrt(fan-in); biases: ", bare,
                    prefix, sn_literal_plain(sn_snippet_deviation(s)).text);
    if (s->bias_variance > 0)
        sn_draft_format(pen->out, "mean 0, variance %s.\n",
                        sn_literal_plain(s->bias_variance).text);
    else
        sn_draft_put(pen->out, "0.\n");
    const char *unchecked = sn_snippet_unchecked(s);
    if (unchecked != NULL)
        sn_draft_format(pen->out, "%sNothing here checks these numbers: %s.\n", prefix, unchecked);
}
