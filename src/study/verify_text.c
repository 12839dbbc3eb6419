/* A claim's result for a person: a heading, and a line an assertion.
 *
 * The lines of bounds stand in columns: verdict, what is asserted, the extreme as far as it is
 * proved, the point where it is, and what is in print beside it. Other assertions have their
 * reason, in sentences, from the second column on. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/digits.h"
#include "study/verify_part.h"

enum { WIDTH = 118, INDENT = 2, VERDICT = 9, RELATION = 19, EXTREME = 26, COORDINATE = 7 };

const char *const sn_verify_sides[SN_BOX_DIM] = {"mu", "nu", "omega", "tau"};

static const char *shout(sn_verdict verdict)
{
    static const char *const words[] = {"PROVED", "REFUTED", "UNDECIDED"};
    return words[verdict];
}

static void append(char *text, size_t size, const char *more)
{
    const size_t length = strlen(text);
    snprintf(text + length, size - length, "%s", more);
}

static bool is_one(const char *decimal, double value)
{
    return decimal == NULL || strtod(decimal, NULL) == value;
}

static void append_named(char *text, size_t size, const char *before, const char *name,
                         const char *value)
{
    append(text, size, before);
    append(text, size, name);
    append(text, size, " ");
    append(text, size, value);
}

/* before, sign, at most 40 characters of value, after. */
static void append_end(char *text, size_t size, const char *before, const char *sign,
                       const char *value, const char *after)
{
    char piece[128];
    snprintf(piece, sizeof piece, "%s%s%.40s%s", before, sign, value, after);
    append(text, size, piece);
}

void sn_verify_layer_text(const sn_claim *claim, char *text, size_t size)
{
    snprintf(text, size, "%s map of %s", sn_map_name(claim->map), claim->activation->name);
    for (size_t i = 0; i < claim->activation->n_params; i++)
        if (!is_one(claim->params[i], claim->activation->params[i].initial))
            append_named(text, size, ", ", claim->activation->params[i].name, claim->params[i]);
    if (!is_one(claim->keeps_mu, 0) || !is_one(claim->keeps_nu, 1)) {
        append_named(text, size, " for ", "mean", claim->keeps_mu != NULL ? claim->keeps_mu : "0");
        append_named(text, size, ", ", "variance", claim->keeps_nu != NULL ? claim->keeps_nu : "1");
    }
    if (!is_one(claim->bias_mean, 0))
        append_named(text, size, ", ", "bias of mean", claim->bias_mean);
    if (!is_one(claim->bias_variance, 0))
        append_named(text, size, ", ", "bias of variance", claim->bias_variance);
}

void sn_verify_box_text(const sn_decimals box[SN_BOX_DIM], char *text, size_t size)
{
    text[0] = '\0';
    for (int i = 0; i < SN_BOX_DIM; i++) {
        append_named(text, size, i > 0 ? ", " : "", sn_verify_sides[i], box[i].lower);
        if (strcmp(box[i].lower, box[i].upper) != 0)
            append_named(text, size, " ", "to", box[i].upper);
    }
}

void sn_verify_bound_text(const sn_bound *bound, char *text, size_t size)
{
    snprintf(text, size, "%s %c %s", sn_quantity_name(bound->quantity), bound->is_upper ? '<' : '>',
             bound->limit);
}

/* In lines of WIDTH from a column on; the first line has its beginning already. */
static void tell_paragraph(const sn_study *study, const char *beginning, const char *text,
                           int column)
{
    const size_t room = (size_t)(WIDTH - column);
    do {
        size_t length = strlen(text);
        if (length > room)
            for (length = room; length > 0 && text[length] != ' ';)
                length--;
        if (length == 0) /* a word longer than a line */
            length = strcspn(text, " ");
        sn_study_tell(study, "%-*s%.*s", column, beginning, (int)length, text);
        beginning = "";
        text += length;
        text += strspn(text, " ");
    } while (*text != '\0');
}

static void tell_heading(const sn_verify_part *p)
{
    const sn_study *study = p->study;
    const char *description = p->claim->description != NULL ? p->claim->description : "";
    char layer[256], box[512];
    sn_verify_layer_text(p->claim, layer, sizeof layer);
    sn_verify_box_text(p->claim->box, box, sizeof box);
    if (p->index > 0)
        sn_study_tell(study, "%s", "");
    if (p->count > 1 && p->spec != NULL)
        sn_study_tell(study, "%zu. %s%s%s", p->index + 1, p->label,
                      p->index == 0 && description[0] != '\0' ? "  " : "",
                      p->index == 0 ? description : "");
    else if (p->label[0] != '\0' || description[0] != '\0')
        sn_study_tell(study, "%s%s%s", p->label, p->label[0] != '\0' ? "  " : "", description);
    sn_study_tell(study, "%*s%s; %s", INDENT, "", layer, box);
}

/* The width of the second column, and where the third begins. */
static int relation_width(const sn_verify_part *p)
{
    size_t width = RELATION;
    for (size_t i = 0; i < p->proof.n_bounds; i++) {
        char text[96];
        if (p->claim->assertions[p->proof.bounds[i].assertion].kind != SN_ASSERT_BOUND)
            continue;
        sn_verify_bound_text(&p->proof.bounds[i], text, sizeof text);
        width = strlen(text) > width ? strlen(text) : width;
    }
    return (int)width;
}

static int text_column(const sn_verify_part *p)
{
    return INDENT + VERDICT + 2 + relation_width(p) + 2;
}

static void tell_columns(const sn_verify_part *p)
{
    sn_study_tell(p->study, "%*s%-*s %*s %*s %*s %*s   %s", text_column(p), "", EXTREME, "extreme",
                  COORDINATE, "at mu", COORDINATE, "nu", COORDINATE, "omega", COORDINATE, "tau",
                  "in print");
}

/* The middle of a coordinate, short; around 0 it is rounding noise. */
static void coordinate_text(const sn_interval *at, char text[32])
{
    const bool around_zero = at->lower <= 0 && at->upper >= 0;
    const double middle = around_zero ? 0 : at->lower / 2 + at->upper / 2;
    if (isfinite(middle))
        snprintf(text, 32, "%.5g", middle);
    else
        strcpy(text, "?");
}

static void tell_bound(const sn_verify_part *p, const sn_bound *bound)
{
    const char *paper = p->claim->assertions[bound->assertion].paper;
    char relation[96], digits[SN_DIGITS_SIZE], at[SN_BOX_DIM][32], print[128] = "";
    sn_verify_bound_text(bound, relation, sizeof relation);
    sn_digits_text(bound->extreme.lower, bound->extreme.upper, digits);
    for (int i = 0; i < SN_BOX_DIM; i++)
        coordinate_text(&bound->at[i], at[i]);
    if (paper != NULL) /* beside an extreme that is not known yet there is nothing to say */
        snprintf(print, sizeof print, "   %.40s %s", paper,
                 bound->verdict != SN_UNDECIDED ? sn_print_text(bound->print) : "");
    sn_study_tell(p->study, "%*s%-*s  %-*s  %s %-*s %*s %*s %*s %*s%s", INDENT, "", VERDICT,
                  shout(bound->verdict), relation_width(p), relation,
                  bound->is_upper ? "max" : "min", EXTREME - 4, digits, COORDINATE, at[SN_BOX_MU],
                  COORDINATE, at[SN_BOX_NU], COORDINATE, at[SN_BOX_OMEGA], COORDINATE,
                  at[SN_BOX_TAU], print);
}

/* "mu_next at least -0.031061, mu_next at most 0.067726, ...": what an assertion rests on. */
static void extremes_text(const sn_verify_part *p, size_t assertion, char *text, size_t size)
{
    const char *before = "";
    text[0] = '\0';
    for (size_t i = 0; i < p->proof.n_bounds; i++) {
        const sn_bound *bound = &p->proof.bounds[i];
        if (bound->assertion != assertion)
            continue;
        char digits[SN_DIGITS_SIZE];
        sn_digits_text(bound->is_upper ? -INFINITY : bound->extreme.lower,
                       bound->is_upper ? bound->extreme.upper : INFINITY, digits);
        append_named(text, size, before, sn_quantity_name(bound->quantity), digits);
        before = ", ";
    }
}

static void tell_assertion(const sn_verify_part *p, size_t index)
{
    const sn_assertion *assertion = &p->claim->assertions[index];
    const sn_assertion_result *result = &p->proof.assertions[index];
    char name[64], beginning[128];
    snprintf(name, sizeof name, "%s", sn_assertion_name(assertion->kind));
    if (assertion->kind == SN_ASSERT_ENTERS)
        snprintf(name, sizeof name, "%s in %zu layers", sn_assertion_name(assertion->kind),
                 assertion->layers);
    snprintf(beginning, sizeof beginning, "%*s%-*s  %-*s  ", INDENT, "", VERDICT,
             shout(result->verdict), relation_width(p), name);
    char extremes[512];
    extremes_text(p, index, extremes, sizeof extremes);
    tell_paragraph(p->study, beginning, result->text[0] != '\0' ? result->text : extremes,
                   text_column(p));
}

static const char *stop_text(const sn_verify_part *p)
{
    return p->late ? "out of time" : "interrupted";
}

static void tell_stretch(const sn_verify_part *p)
{
    const sn_stretched *s = &p->stretched;
    const sn_stretch *asked = &p->spec->stretch;
    const char *sign = asked->symmetric ? "+-" : "";
    char text[640], beginning[64];
    snprintf(text, sizeof text, "%s is not stretched: the claim itself is not proved",
             sn_verify_sides[asked->side]);
    if (s->end != SN_STRETCH_NOT_BEGUN)
        snprintf(text, sizeof text, "%s %s %s%.40s proved", sn_verify_sides[asked->side],
                 asked->upper || asked->symmetric ? "up to" : "down to", sign, s->ends[SN_PROVED]);
    if (s->end == SN_STRETCH_ALL)
        append(text, sizeof text, ", all the way");
    if (s->ends[SN_UNDECIDED] != NULL)
        append_end(text, sizeof text, ", at ", sign, s->ends[SN_UNDECIDED], " undecided");
    if (s->ends[SN_UNDECIDED] != NULL && s->stopped)
        append_end(text, sizeof text, " (", "", stop_text(p), ")");
    if (s->ends[SN_REFUTED] != NULL)
        append_end(text, sizeof text, ", from ", sign, s->ends[SN_REFUTED], " refuted: ");
    append(text, sizeof text, s->why);
    snprintf(beginning, sizeof beginning, "%*s%-*s  ", INDENT, "", VERDICT, "STRETCHED");
    tell_paragraph(p->study, beginning, text, INDENT + VERDICT + 2);
}

void sn_verify_tell(const sn_verify_part *p)
{
    const sn_proof *proof = &p->proof;
    bool columns = false;
    tell_heading(p);
    for (size_t i = 0; i < proof->n_assertions; i++) {
        if (p->claim->assertions[i].kind != SN_ASSERT_BOUND) {
            tell_assertion(p, i);
            continue;
        }
        if (!columns)
            tell_columns(p);
        columns = true;
        for (size_t j = 0; j < proof->n_bounds; j++)
            if (proof->bounds[j].assertion == i)
                tell_bound(p, &proof->bounds[j]);
    }
    if (p->spec != NULL && p->spec->stretch.asked)
        tell_stretch(p);
    if (proof->interrupted && proof->verdict == SN_UNDECIDED)
        sn_study_tell(p->study, "%*s%s", INDENT, "", stop_text(p));
    if (p->spec != NULL && p->spec->expects && proof->verdict == p->spec->expected)
        sn_study_tell(p->study, "%*sas expected", INDENT, "");
    else if (p->spec != NULL && p->spec->expects)
        sn_study_tell(p->study, "%*snot as expected: %s, not %s", INDENT, "",
                      sn_verdict_text(proof->verdict), sn_verdict_text(p->spec->expected));
}

void sn_verify_tell_all(const sn_study *study, size_t count, const size_t verdicts[], size_t boxes)
{
    const char *const words[] = {sn_verdict_text(SN_PROVED), sn_verdict_text(SN_REFUTED),
                                 sn_verdict_text(SN_UNDECIDED), "not begun"};
    enum { WORDS = sizeof words / sizeof words[0] };
    char text[128] = "";
    size_t left = count;
    for (int i = 0; i < WORDS; i++) {
        const size_t n = i <= SN_UNDECIDED ? verdicts[i] : left;
        char one[32];
        if (n == 0)
            continue;
        snprintf(one, sizeof one, "%s%zu %s", text[0] != '\0' ? ", " : "", n, words[i]);
        append(text, sizeof text, one);
        left -= n;
    }
    sn_study_tell(study, "%s", "");
    sn_study_tell(study, "%zu claim%s: %s (%.3g s, %zu boxes)", count, count == 1 ? "" : "s", text,
                  sn_study_seconds() - study->began, boxes);
}
