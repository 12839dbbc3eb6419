/* A formula and a table, for papers and for pages. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "report/number.h"
#include "report/snippet_parts.h"

static const char *const no_words[] = {NULL};

/* A number in LaTeX's mathematics: its exponent as a power of ten. */
static void put_latex_number(sn_draft *out, double value)
{
    if (isnan(value)) {
        sn_draft_put(out, "---");
        return;
    }
    const sn_literal number = sn_literal_plain(value);
    const char *e = strchr(number.text, 'e');
    if (isinf(value))
        sn_draft_format(out, "$%s\\infty$", value < 0 ? "-" : "");
    else if (e == NULL)
        sn_draft_format(out, "$%s$", number.text);
    else
        sn_draft_format(out, "$%.*s \\times 10^{%ld}$", (int)(e - number.text), number.text,
                        strtol(e + 1, NULL, 10));
}

/* A bound: two digits say all. */
static double rounded_error(double error)
{
    char text[SN_NUMBER_SIZE];
    sn_bound_text(error, text);
    return strtod(text, NULL);
}

/* As the formula has it: Greek letters are Greek, single letters themselves, others upright. */
static void put_latex_symbol(sn_draft *out, const char *name)
{
    static const char *const greek[] = {"alpha",   "beta",  "gamma", "delta", "epsilon", "zeta",
                                        "eta",     "theta", "iota",  "kappa", "lambda",  "mu",
                                        "nu",      "xi",    "pi",    "rho",   "sigma",   "tau",
                                        "upsilon", "phi",   "chi",   "psi",   "omega",   NULL};
    for (const char *const *g = greek; *g != NULL; g++)
        if (strcmp(*g, name) == 0) {
            sn_draft_format(out, "\\%s", name);
            return;
        }
    if (strlen(name) == 1) {
        sn_draft_put(out, name);
        return;
    }
    sn_draft_put(out, "\\mathrm{");
    for (; *name != '\0'; name++)
        sn_draft_format(out, "%s%c", *name == '_' ? "\\" : "", *name);
    sn_draft_put(out, "}");
}

static void put_latex_table(const sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    sn_draft *out = pen->out;
    sn_draft_put(out, "\\begin{tabular}{lll}\n"
                      "  \\hline\n"
                      "  quantity & value & relative error \\\\\n"
                      "  \\hline\n");
    for (size_t i = 0; i < s->n_constants; i++) {
        sn_draft_put(out, "  $");
        put_latex_symbol(out, s->constants[i].name);
        sn_draft_put(out, "$ & ");
        put_latex_number(out, s->constants[i].value);
        sn_draft_put(out, " & --- \\\\\n");
    }
    for (size_t i = 0; i < s->n_rows; i++) {
        sn_draft_format(out, "  $%s$ & ", s->rows[i].symbol);
        put_latex_number(out, s->rows[i].value);
        sn_draft_put(out, " & ");
        put_latex_number(out, rounded_error(s->rows[i].error));
        sn_draft_put(out, " \\\\ % ");
        sn_snippet_put_line(out, s->rows[i].doc);
        sn_draft_put(out, "\n");
    }
    sn_draft_put(out, "  \\hline\n\\end{tabular}\n");
}

void sn_snippet_latex(sn_snippet_pen *pen)
{
    pen->reserved = no_words;
    sn_snippet_name_function(pen);
    sn_snippet_put_head(pen, "% ");
    sn_draft_put(pen->out, "% In the preamble: \\usepackage{amsmath}\n\\[\n  ");
    put_latex_symbol(pen->out, pen->name);
    sn_draft_put(pen->out, "(x) = ");
    sn_snippet_put_formula(pen, pen->snippet->formula);
    sn_draft_put(pen->out, "\n\\]\n");
    put_latex_table(pen);
}

/* Whatever could be markup. */
static void put_markdown(sn_draft *out, const char *text)
{
    sn_snippet_put_escaped_line(out, text, "\\`*_[]<>#|~&$");
}

static void put_markdown_row(sn_draft *out, const char *name, double value, double error,
                             const char *doc)
{
    sn_draft_put(out, "| ");
    put_markdown(out, name);
    sn_draft_format(out, " | %s | ", sn_literal_plain(value).text);
    if (!isnan(error))
        sn_draft_put(out, sn_literal_plain(rounded_error(error)).text);
    sn_draft_put(out, " | ");
    put_markdown(out, doc);
    sn_draft_put(out, " |\n");
}

static void put_markdown_paragraph(sn_draft *out, const char *label, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    sn_draft_put(out, label);
    put_markdown(out, text);
    sn_draft_put(out, "\n\n");
}

void sn_snippet_markdown(sn_snippet_pen *pen)
{
    const sn_snippet *s = pen->snippet;
    sn_draft *out = pen->out;
    pen->reserved = no_words;
    sn_snippet_name_function(pen);
    put_markdown_paragraph(out, "# ", s->title != NULL && *s->title != '\0' ? s->title : pen->name);
    /* Blocks by indentation: nothing in one line can end them. */
    sn_draft_format(out, "    %s(x) = ", pen->name);
    sn_snippet_put_formula(pen, s->formula);
    sn_draft_put(out, "\n\n");
    put_markdown_paragraph(out, "Convention: ", s->convention);
    put_markdown_paragraph(out, "Map: ", s->map);
    sn_draft_format(out, "The pre-activation is %s, with mean %s and variance %s.\n\n",
                    s->is_normal ? "normal" : "not normal", sn_literal_plain(s->x).text,
                    sn_literal_plain(s->y).text);
    sn_draft_put(out, "| quantity | value | relative error | |\n|---|---|---|---|\n");
    for (size_t i = 0; i < s->n_constants; i++)
        put_markdown_row(out, s->constants[i].name, s->constants[i].value, NAN, "");
    for (size_t i = 0; i < s->n_rows; i++)
        put_markdown_row(out, s->rows[i].name, s->rows[i].value, s->rows[i].error, s->rows[i].doc);
    sn_draft_format(out, "\nPrinted by selfnorm %s:\n\n    ", sn_version());
    sn_snippet_put_line(out, s->command);
    sn_draft_put(out, "\n");
}
