/* What the snippets in Python have in common: constants, the function, and the check.
 *
 * The check integrates over z = x + sqrt(y) t by the trapezoid of 2^20 intervals on [-12, 12], whose
 * weights phi(t) are divided by their sum. It is exact to rounding for smooth f, and misses a kink
 * by the square of the step, 5e-10. The slope is that of each interval, so that no derivative has to
 * be known and an interval with a kink in it is the only one that is wrong. */
#include <math.h>

#include "report/snippet_parts.h"

const char *const sn_python_words[] = {
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
    /* what the snippets call, and are called by */
    "abs", "float", "max", "min", "print", "super", "math", "np", "np_erf", "np_erfc", "torch",
    "jax", "jnp", "keras", "onnx", "sys", "helper", "parser", "numpy_helper", "x", "check",
    "dropout", "AlphaDropout", "init_weight", "init_weight_", "init_weight_truncated",
    "init_weight_truncated_", "init_bias", "init_bias_", "weight_deviation",
    "truncated_weight_deviation", "build", "run", "constants", "operators", "graph_text", NULL};

void sn_python_put_constants(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    if (s->n_constants > 0)
        sn_draft_put(pen->out, "\n");
    for (size_t i = 0; i < s->n_constants; i++) {
        const double value = s->constants[i].value;
        sn_snippet_put_name(pen, s->constants[i].name);
        sn_draft_format(pen->out, " = %s", sn_literal_python(value).text);
        if ((double)(float)value == value)
            sn_draft_put(pen->out, "\n");
        else
            sn_draft_format(pen->out, "  # float32: %s\n", sn_literal_float_decimal(value).text);
    }
}

void sn_python_put_function(const sn_snippet_pen *pen, const char *formula)
{
    sn_draft_format(pen->out, "\n\ndef %s(x):\n    return ", pen->name);
    sn_snippet_put_formula(pen, formula);
    sn_draft_put(pen->out, "\n");
}

void sn_python_put_dropout_constants(const sn_snippet_pen *pen, int indent)
{
    const sn_snippet *s = pen->snippet;
    sn_draft_format(pen->out, "%*sa = %s\n%*sb = %s\n%*ssaturation = %s\n", indent, "",
                    sn_literal_python(s->dropout_a).text, indent, "",
                    sn_literal_python(s->dropout_b).text, indent, "",
                    sn_literal_python(s->saturation).text);
}

static void put_assertion(sn_draft *out, const char *name, double expected, double tolerance,
                          const char *scale)
{
    if (isfinite(expected))
        sn_draft_format(out, "    assert abs(%s - %s) <= %s * %s, %s\n", name,
                        sn_literal_python(expected).text, sn_literal_python(tolerance).text, scale,
                        name);
}

static void put_integrals(const sn_snippet_pen *pen, const sn_python_check *words, bool with_slope)
{
    const sn_snippet *s = pen->snippet;
    sn_draft *out = pen->out;
    sn_draft_format(out, "    t = %s\n", words->grid);
    sn_draft_format(out, "    z = %s + math.sqrt(%s) * t\n", sn_literal_python(s->x).text,
                    sn_literal_python(s->y).text);
    sn_draft_format(out, "    p = %s.exp(-t * t / 2)\n    p = p / p.sum()\n", words->module);
    sn_draft_format(out, "%s%s%s\n", words->left, pen->name, words->right);
    sn_draft_put(out, "    mean = float((p * value).sum())\n"
                      "    second_moment = float((p * value**2).sum())\n"
                      "    variance = float((p * (value - mean) ** 2).sum())\n");
    if (with_slope)
        sn_draft_format(out,
                        "    slope = (value[1:] - value[:-1]) / (z[1:] - z[:-1])\n"
                        "    chi1 = %s * float(((p[1:] + p[:-1]) / 2 * slope**2).sum())\n",
                        sn_literal_python(s->weight_variance).text);
}

void sn_python_put_check(const sn_snippet_pen *pen, const sn_python_check *words)
{
    const sn_snippet *s = pen->snippet;
    sn_draft *out = pen->out;
    const char *unchecked = sn_snippet_unchecked(s);
    sn_draft_put(out, "\n\n");
    if (unchecked == NULL) {
        const double tolerance = sn_snippet_slope_tolerance(s);
        const bool with_slope = tolerance > 0;
        sn_draft_put(
            out,
            "def check():\n"
            "    \"\"\"Integrates over the density of z: the moments are those above.\"\"\"\n");
        if (words->before != NULL)
            sn_draft_put(out, words->before);
        put_integrals(pen, words, with_slope);
        put_assertion(out, "mean", s->mean, words->tolerance, "math.sqrt(second_moment)");
        put_assertion(out, "second_moment", s->second_moment, words->tolerance, "second_moment");
        put_assertion(out, "variance", s->variance, words->tolerance, sn_snippet_variance_scale(s));
        if (with_slope)
            put_assertion(out, "chi1", s->chi1, fmax(tolerance, words->tolerance), "chi1");
        sn_draft_format(out,
                        "    print(f\"%s: ok, mean {mean:.7g}, variance {variance:.7g}%s\")\n\n\n",
                        pen->name, with_slope ? ", chi1 {chi1:.7g}" : "");
    }
    sn_draft_put(out, "if __name__ == \"__main__\":\n");
    if (unchecked == NULL)
        sn_draft_put(out, "    check()\n");
    else
        sn_draft_format(out, "    print(\"%s: not checked, %s\")\n", pen->name, unchecked);
    if (words->after != NULL)
        sn_draft_put(out, words->after);
}
