/* The bounds and the assertions of all claims of a study as two tables, a row each. */
#include <math.h>
#include <stdlib.h>

#include "study/verify_part.h"

enum { CELLS = 32 };

/* A row as it is put together, cell by cell. */
typedef struct row {
    sn_cell cells[CELLS];
    size_t count;
} row;

static void put_text(row *r, const char *text)
{
    r->cells[r->count++].text = text != NULL ? text : "";
}

static void put_number(row *r, double value)
{
    r->cells[r->count++].real = value;
}

static void put_interval(row *r, const sn_interval *interval)
{
    put_number(r, interval->lower);
    put_number(r, interval->upper);
}

static void put_point(row *r, const sn_interval at[SN_BOX_DIM])
{
    for (int i = 0; i < SN_BOX_DIM; i++)
        put_interval(r, &at[i]);
}

#define AT_COLUMNS                                                                                 \
    {"mu_lower", SN_REAL, "the point: mean of the inputs"}, {"mu_upper", SN_REAL, "the same"},     \
        {"nu_lower", SN_REAL, "variance of the inputs"}, {"nu_upper", SN_REAL, "the same"},        \
        {"omega_lower", SN_REAL, "sum of the weights"}, {"omega_upper", SN_REAL, "the same"},      \
        {"tau_lower", SN_REAL, "sum of the squared weights"},                                      \
    {                                                                                              \
        "tau_upper", SN_REAL, "the same"                                                           \
    }

sn_table *sn_verify_bounds_new(void)
{
    static const sn_column columns[] = {
        {"claim", SN_TEXT, "its name, or what the sweep gives it"},
        {"assertion", SN_INTEGER, "the claim's assertion, from 0"},
        {"quantity", SN_TEXT, "what is bounded"},
        {"relation", SN_TEXT, "below: quantity < limit; above: quantity > limit"},
        {"limit", SN_TEXT, "the bound, as a decimal"},
        {"verdict", SN_TEXT, "proved, refuted or undecided"},
        {"lower", SN_REAL, "enclosure of the maximum (below) or minimum (above) over the box"},
        {"upper", SN_REAL, "its other end"},
        AT_COLUMNS,
        {"paper", SN_TEXT, "the extreme in print, as a decimal"},
        {"print", SN_TEXT, "whether that agrees, is a loose bound, or differs"},
        {"boxes", SN_INTEGER, "how many were looked at"},
    };
    return sn_table_new("bounds", sizeof columns / sizeof columns[0], columns);
}

sn_table *sn_verify_assertions_new(void)
{
    static const sn_column columns[] = {
        {"claim", SN_TEXT, "its name, or what the sweep gives it"},
        {"assertion", SN_INTEGER, "the claim's assertion, from 0"},
        {"kind", SN_TEXT, "what is asserted"},
        {"verdict", SN_TEXT, "proved, refuted or undecided"},
        {"left", SN_REAL, "part of the box that is not decided"},
        {"layers", SN_INTEGER, "enters, proved: so many are enough"},
        {"contraction", SN_REAL, "attracting, proved: factor of distances, in the end"},
        {"fixed_mu_lower", SN_REAL, "attracting, proved: encloses the fixed points' means"},
        {"fixed_mu_upper", SN_REAL, "the same"},
        {"fixed_nu_lower", SN_REAL, "and their variances"},
        {"fixed_nu_upper", SN_REAL, "the same"},
        AT_COLUMNS,
        {"boxes", SN_INTEGER, "how many were looked at"},
        {"text", SN_TEXT, "why, in a sentence"},
    };
    return sn_table_new("assertions", sizeof columns / sizeof columns[0], columns);
}

static sn_status add_bound(const sn_verify_part *p, const sn_bound *bound, sn_error *err)
{
    row r = {.count = 0};
    put_text(&r, p->label[0] != '\0' ? p->label : "claim");
    put_number(&r, (double)bound->assertion);
    put_text(&r, sn_quantity_name(bound->quantity));
    put_text(&r, bound->is_upper ? "below" : "above");
    put_text(&r, bound->limit);
    put_text(&r, sn_verdict_text(bound->verdict));
    put_interval(&r, &bound->extreme);
    put_point(&r, bound->at);
    put_text(&r, p->claim->assertions[bound->assertion].paper);
    put_text(&r, sn_print_text(bound->print));
    put_number(&r, (double)bound->boxes);
    return sn_table_add_row(p->bounds, r.cells, err);
}

static sn_status add_assertion(const sn_verify_part *p, size_t index, sn_error *err)
{
    const sn_assertion_kind kind = p->claim->assertions[index].kind;
    const sn_assertion_result *found = &p->proof.assertions[index];
    const bool proved = found->verdict == SN_PROVED;
    const bool attracting = proved && kind == SN_ASSERT_ATTRACTING;
    const sn_interval none = {NAN, NAN}, nowhere[SN_BOX_DIM] = {none, none, none, none};
    row r = {.count = 0};
    put_text(&r, p->label[0] != '\0' ? p->label : "claim");
    put_number(&r, (double)index);
    put_text(&r, sn_assertion_name(kind));
    put_text(&r, sn_verdict_text(found->verdict));
    put_number(&r, found->left);
    put_number(&r, proved && kind == SN_ASSERT_ENTERS ? (double)found->layers : NAN);
    put_number(&r, attracting ? found->contraction : NAN);
    put_interval(&r, attracting ? &found->fixed_mu : &none);
    put_interval(&r, attracting ? &found->fixed_nu : &none);
    put_point(&r, found->verdict == SN_REFUTED ? found->at : nowhere);
    put_number(&r, (double)found->boxes);
    put_text(&r, found->text);
    return sn_table_add_row(p->assertions, r.cells, err);
}

sn_status sn_verify_add_rows(const sn_verify_part *p, sn_error *err)
{
    sn_status status = SN_OK;
    for (size_t i = 0; status == SN_OK && i < p->proof.n_bounds; i++)
        status = add_bound(p, &p->proof.bounds[i], err);
    for (size_t i = 0; status == SN_OK && i < p->proof.n_assertions; i++)
        status = add_assertion(p, i, err);
    return status;
}

size_t sn_verify_boxes(const sn_proof *proof)
{
    size_t boxes = 0;
    for (size_t i = 0; i < proof->n_assertions; i++)
        boxes += proof->assertions[i].boxes;
    return boxes;
}
