/* C17. The constants live in the function that they belong to, so that a gamma is not the one of
 * <math.h>; in hex, where what is written is what is meant, and the decimal beside. The function of
 * a float has the constants that a program of floats has, and computes in double from there.
 *
 * The check is that of Python, in one loop, about f(x) so that a large mean costs no digits. */
#include <math.h>

#include "report/snippet_parts.h"

/* Keywords; what <math.h> has, which the compiler knows even where it is not included; what the
 * snippet has itself. */
static const char *const c_words[] = {
    "auto",       "break",       "case",     "char",    "const",     "continue",  "default",
    "do",         "double",      "else",     "enum",    "extern",    "float",     "for",
    "goto",       "if",          "inline",   "int",     "long",      "register",  "restrict",
    "return",     "short",       "signed",   "sizeof",  "static",    "struct",    "switch",
    "typedef",    "union",       "unsigned", "void",    "volatile",  "while",     "asm",
    "typeof",     "unix",        "linux",    "i386",    "acos",      "acosh",     "asin",
    "asinh",      "atan",        "atan2",    "atanh",   "cbrt",      "ceil",      "copysign",
    "cos",        "cosh",        "erf",      "erfc",    "exp",       "exp2",      "expm1",
    "fabs",       "fdim",        "floor",    "fma",     "fmax",      "fmin",      "fmod",
    "fpclassify", "frexp",       "gamma",    "hypot",   "ilogb",     "isfinite",  "isinf",
    "isnan",      "isnormal",    "j0",       "j1",      "jn",        "ldexp",     "lgamma",
    "llrint",     "llround",     "log",      "log10",   "log1p",     "log2",      "logb",
    "lrint",      "lround",      "modf",     "nan",     "nearbyint", "nextafter", "pow",
    "remainder",  "remquo",      "rint",     "round",   "scalb",     "scalbln",   "scalbn",
    "signbit",    "significand", "sin",      "sinh",    "sqrt",      "tan",       "tanh",
    "tgamma",     "trunc",       "y0",       "y1",      "yn",        "drem",      "pow10",
    "exp10",      "sincos",      "signgam",  "NAN",     "INFINITY",  "HUGE_VAL",  "abs",
    "labs",       "main",        "printf",   "fprintf", "stderr",    "x",         "z",
    "is_close",   NULL};

static bool is_used(const sn_snippet_pen *pen, const char *name)
{
    bool tailed;
    return sn_snippet_uses(pen->snippet, pen->snippet->formula, name, &tailed);
}

static void put_constants(const sn_snippet_pen *pen, bool as_float)
{
    const sn_snippet *s = pen->snippet;
    for (size_t i = 0; i < s->n_constants; i++) {
        const double value = s->constants[i].value;
        if (!is_used(pen, s->constants[i].name))
            continue; /* the compiler would warn */
        sn_draft_format(pen->out, "    static const %s ", as_float ? "float" : "double");
        sn_snippet_put_name(pen, s->constants[i].name);
        if (as_float)
            sn_draft_format(pen->out, " = %s; /* %s */\n", sn_literal_c_hex_float(value).text,
                            sn_literal_float_decimal(value).text);
        else
            sn_draft_format(pen->out, " = %s; /* %s */\n", sn_literal_c_hex(value).text,
                            sn_literal_plain(value).text);
    }
}

static void put_unused_constants(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    for (size_t i = 0; i < s->n_constants; i++) {
        const double value = s->constants[i].value;
        if (!is_used(pen, s->constants[i].name))
            sn_draft_format(pen->out, "/* %s = %s (%s); float %s (%s) */\n", s->constants[i].name,
                            sn_literal_c_hex(value).text, sn_literal_plain(value).text,
                            sn_literal_c_hex_float(value).text,
                            sn_literal_float_decimal(value).text);
    }
}

static void put_functions(const sn_snippet_pen *pen)
{
    sn_draft *out = pen->out;
    sn_draft_put(out, "#include <math.h>\n");
    /* Strict C has neither. */
    if (sn_snippet_has_word(pen->snippet->formula, "M_PI"))
        sn_draft_put(out, "\n#ifndef M_PI\n#define M_PI 0x1.921fb54442d18p+1\n#endif\n");
    if (sn_snippet_has_word(pen->snippet->formula, "M_E"))
        sn_draft_put(out, "\n#ifndef M_E\n#define M_E 0x1.5bf0a8b145769p+1\n#endif\n");
    sn_draft_put(out, "\n");
    put_unused_constants(pen);
    sn_draft_format(out, "double %s(double x)\n{\n", pen->name);
    put_constants(pen, false);
    sn_draft_put(out, "    return ");
    sn_snippet_put_formula(pen, pen->snippet->formula);
    sn_draft_format(
        out,
        ";\n}\n\n/* With constants that are floats; computed in double, rounded once. */\n"
        "float %s_float(float z)\n{\n    const double x = z;\n",
        pen->name);
    put_constants(pen, true);
    sn_draft_put(out, "    return (float)(");
    sn_snippet_put_formula(pen, pen->snippet->formula);
    sn_draft_put(out, ");\n}\n");
}

static void put_deviations(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    sn_draft_format(
        pen->out,
        "\n/* The standard deviation of a normal weight. */\n"
        "double %s_weight_deviation(double fan_in)\n{\n    return %s / sqrt(fan_in);\n}\n",
        pen->name, sn_literal_c(sn_snippet_deviation(s)).text);
    sn_draft_format(
        pen->out,
        "\n/* That of a normal to be cut off at two of these deviations, which leave 0.8796 of "
        "it. */\n"
        "double %s_truncated_weight_deviation(double fan_in)\n"
        "{\n    return %s / sqrt(fan_in);\n}\n",
        pen->name, sn_literal_c(sn_snippet_deviation_to_cut(s)).text);
    if (s->bias_variance > 0)
        sn_draft_format(pen->out,
                        "\n/* The standard deviation of a normal bias. */\n"
                        "double %s_bias_deviation(void)\n{\n    return sqrt(%s);\n}\n",
                        pen->name, sn_literal_c(s->bias_variance).text);
}

static void put_dropout(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    sn_draft_format(
        pen->out,
        "\n/* Alpha dropout of an activated value while training: keeps mean and variance. u is\n"
        " * uniform in [0, 1), another one for every value. */\n"
        "double %s_dropout(double value, double u)\n{\n"
        "    const double a = %s; /* %s */\n"
        "    const double b = %s; /* %s */\n",
        pen->name, sn_literal_c_hex(s->dropout_a).text, sn_literal_plain(s->dropout_a).text,
        sn_literal_c_hex(s->dropout_b).text, sn_literal_plain(s->dropout_b).text);
    sn_draft_format(pen->out,
                    "    const double saturation = %s; /* %s */\n"
                    "    return a * (u < %s ? saturation : value) + b;\n}\n",
                    sn_literal_c_hex(s->saturation).text, sn_literal_plain(s->saturation).text,
                    sn_literal_c(s->dropout_rate).text);
}

static void put_claim(sn_draft *out, const char *name, double expected, double tolerance,
                      const char *scale)
{
    if (isfinite(expected))
        sn_draft_format(out, "    ok &= is_close(\"%s\", %s, %s, %s * %s);\n", name, name,
                        sn_literal_c(expected).text, sn_literal_c(tolerance).text, scale);
}

static void put_loop(const sn_snippet_pen *pen, bool with_slope)
{
    const sn_snippet *s = pen->snippet;
    sn_draft *out = pen->out;
    sn_draft_format(out,
                    "    const int n = 1 << 20;\n"
                    "    const double centre = %s(%s);\n"
                    "    double total = 0, mean = 0, variance = 0;\n",
                    pen->name, sn_literal_c(s->x).text);
    if (with_slope)
        sn_draft_put(out, "    double chi1 = 0, z_before = 0, p_before = 0, value_before = 0;\n");
    sn_draft_format(out,
                    "    for (int i = 0; i <= n; i++) {\n"
                    "        const double t = 24.0 * i / n - 12, z = %s + sqrt(%s) * t;\n"
                    "        const double p = exp(-t * t / 2), value = %s(z) - centre;\n",
                    sn_literal_c(s->x).text, sn_literal_c(s->y).text, pen->name);
    sn_draft_put(out, "        total += p;\n"
                      "        mean += p * value;\n"
                      "        variance += p * value * value;\n");
    if (with_slope)
        sn_draft_put(
            out,
            "        const double slope = i > 0 ? (value - value_before) / (z - z_before) : 0;\n"
            "        chi1 += (p + p_before) / 2 * slope * slope;\n"
            "        z_before = z;\n"
            "        p_before = p;\n"
            "        value_before = value;\n");
    sn_draft_put(out, "    }\n"
                      "    mean /= total;\n"
                      "    variance = variance / total - mean * mean;\n"
                      "    mean += centre;\n"
                      "    const double second_moment = variance + mean * mean;\n");
    if (with_slope)
        sn_draft_format(out, "    chi1 *= %s / total;\n", sn_literal_c(s->weight_variance).text);
}

static void put_check(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    sn_draft *out = pen->out;
    sn_draft_put(out, "\n#ifdef SELFNORM_CHECK\n#include <stdio.h>\n\n");
    const char *unchecked = sn_snippet_unchecked(s);
    if (unchecked != NULL) {
        sn_draft_format(out,
                        "int main(void)\n{\n    printf(\"%s: not checked, %s\\n\");\n"
                        "    return 0;\n}\n#endif\n",
                        pen->name, unchecked);
        return;
    }
    sn_draft_format(
        out,
        "static int is_close(const char *what, double found, double expected, double "
        "tolerance)\n{\n"
        "    if (fabs(found - expected) <= tolerance)\n        return 1;\n"
        "    fprintf(stderr, \"%s: %%s is %%.17g, not %%.17g\\n\", what, found, expected);\n"
        "    return 0;\n}\n\n"
        "/* Integrates over the density of z: the moments are those above. */\n"
        "int main(void)\n{\n",
        pen->name);
    const double tolerance = sn_snippet_slope_tolerance(s);
    put_loop(pen, tolerance > 0);
    sn_draft_put(out, "    int ok = 1;\n");
    put_claim(out, "mean", s->mean, 1e-6, "sqrt(second_moment)");
    put_claim(out, "second_moment", s->second_moment, 1e-6, "second_moment");
    put_claim(out, "variance", s->variance, 1e-6, sn_snippet_variance_scale(s));
    if (tolerance > 0)
        put_claim(out, "chi1", s->chi1, tolerance, "chi1");
    sn_draft_format(out, "    if (ok)\n        printf(\"%s: ok, mean %%.7g, variance %%.7g",
                    pen->name);
    sn_draft_put(out, tolerance > 0 ? ", chi1 %.7g\\n\", mean, variance, chi1);\n"
                                    : "\\n\", mean, variance);\n");
    sn_draft_put(out, "    return !ok;\n}\n#endif\n");
}

void sn_snippet_c(sn_snippet_pen *pen)
{
    pen->reserved = c_words;
    sn_snippet_name_function(pen);
    sn_draft_put(pen->out, "/*\n");
    sn_snippet_put_head(pen, " * ");
    sn_draft_put(pen->out, " */\n");
    put_functions(pen);
    put_deviations(pen);
    if (pen->snippet->has_dropout)
        put_dropout(pen);
    put_check(pen);
}
