/* Statements of a certificate: read one by one, their boxes kept, and these looked at together, each by
 * itself: plain bounds only (plain.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certify/checker.h"

/* Says what is wrong, the first time; false. */
bool sn_check_reject(sn_checker *c, const char *why)
{
    if (c->out->reason[0] == '\0') {
        c->out->line = c->reader.line;
        snprintf(c->out->reason, sizeof c->out->reason, "%.199s", why);
    }
    return false;
}

/* The next line must read like the pattern. */
bool sn_check_expect(sn_checker *c, const char *pattern, const char *got[SN_WORDS])
{
    sn_reader_next(&c->reader);
    if (sn_reader_says(&c->reader, pattern, got))
        return true;
    char why[160];
    snprintf(why, sizeof why, "a line \"%s\" is expected", pattern);
    return sn_check_reject(c, why);
}

const sn_span *sn_check_span(sn_checker *c, const sn_decimals ends[SN_BOX_DIM])
{
    sn_span_list *entry = malloc(sizeof *entry);
    if (entry == NULL) {
        c->no_memory = true;
        return NULL;
    }
    if (!sn_span_init(&entry->span, ends)) {
        free(entry);
        sn_check_reject(c, "this is no box with ends in order, and nu and tau above 0");
        return NULL;
    }
    entry->next = c->spans;
    c->spans = entry;
    return &entry->span;
}

bool sn_check_add(sn_checker *c, const sn_checked_leaf *l)
{
    if (c->count == c->room) {
        const size_t room = c->room > 0 ? 2 * c->room : 256;
        sn_checked_leaf *more = realloc(c->leaves, room * sizeof *more);
        if (more == NULL) {
            c->no_memory = true;
            return false;
        }
        c->leaves = more;
        c->room = room;
    }
    c->leaves[c->count++] = *l;
    return true;
}

/* One line of a statement. */
static bool read_leaf(sn_checker *c, const sn_demand *d, int decimals, const char *before,
                      char *leaf_word)
{
    const char *got[SN_WORDS];
    if (!sn_check_expect(c, "box ? ?", got))
        return false;
    sn_checked_leaf l = {.span = d->span,
                         .cell = d->cell,
                         .measure = d->measure,
                         .is_upper = d->is_upper,
                         .decimals = decimals,
                         .line = c->reader.line};
    if (strlen(got[0]) >= SN_LEAF_SIZE || !sn_leaf_walk(&l.cell, got[0], SN_BOX_MU))
        return sn_check_reject(c,
                               "the steps to the box are not letters of m, n, o, t, or too many");
    if (before == NULL ? !sn_leaf_is_first(got[0]) : !sn_leaf_follows(got[0], before))
        return sn_check_reject(
            c, "the box does not follow on the one before: one is missing, or overlaps");
    if (!sn_fixed_read(got[1], decimals, &l.units))
        return sn_check_reject(c, "the bound is not a number of that many decimals");
    if (!sn_fixed_implies(l.units, decimals, d->is_upper, d->limit, d->closed))
        return sn_check_reject(c, "the bound does not imply the statement");
    strcpy(leaf_word, got[0]);
    return sn_check_add(c, &l);
}

bool sn_check_statement(sn_checker *c, const sn_demand *d)
{
    const char *got[SN_WORDS];
    char pattern[1024], word[2][SN_LEAF_SIZE];
    size_t decimals, boxes;
    if ((size_t)snprintf(pattern, sizeof pattern, "statement %s %s %s decimals ? boxes ?",
                         sn_quantity_name(d->measure.quantity), d->is_upper ? "below" : "above",
                         d->limit)
        >= sizeof pattern)
        return sn_check_reject(c, "the limit of a statement is too long");
    if (!sn_check_expect(c, pattern, got))
        return false;
    if (!sn_count_read(got[0], SN_MOST_DECIMALS, &decimals)
        || !sn_count_read(got[1], SN_MOST_LINES, &boxes) || boxes == 0)
        return sn_check_reject(c, "the number of decimals or of boxes is not one that can be");
    for (size_t i = 0; i < boxes; i++)
        if (!read_leaf(c, d, (int)decimals, i > 0 ? word[(i + 1) % 2] : NULL, word[i % 2]))
            return false;
    c->out->statements++;
    return sn_leaf_is_last(word[(boxes + 1) % 2])
           || sn_check_reject(c, "the boxes end before the whole is covered");
}

/* That the map takes a cell of a span into a box of (mu, nu). */
bool sn_check_image(sn_checker *c, const sn_span *span, const sn_dyadic *cell,
                    const sn_decimals *mu, const sn_decimals *nu)
{
    const char *const limits[] = {mu->lower, mu->upper, nu->lower, nu->upper};
    for (int i = 0; i < 4; i++) {
        const sn_demand d = {.measure = {i < 2 ? SN_Q_MU_NEXT : SN_Q_NU_NEXT, 1},
                             .is_upper = i % 2 == 1,
                             .closed = true,
                             .limit = limits[i],
                             .span = span,
                             .cell = *cell};
        if (!sn_check_statement(c, &d))
            return false;
    }
    return true;
}

static void look(const sn_checker *c, sn_checked_leaf *l)
{
    arb_t bound;
    arb_init(bound);
    if (l->at_point)
        sn_plain_value(bound, l->measure, l->is_upper, &c->map, l->span, &l->cell);
    else
        sn_plain_bound(bound, NULL, l->measure, l->is_upper, &c->map, l->span, &l->cell);
    l->wrong = !sn_fixed_fits(bound, l->is_upper, l->decimals, l->units);
    arb_clear(bound);
}

bool sn_check_boxes(sn_checker *c)
{
#pragma omp parallel for schedule(dynamic, 16)
    for (size_t i = 0; i < c->count; i++)
        look(c, &c->leaves[i]);
    c->out->boxes += c->count;
    for (size_t i = 0; i < c->count; i++)
        if (c->leaves[i].wrong) {
            c->reader.line = c->leaves[i].line;
            return sn_check_reject(
                c, "the bound is not what plain evaluation of the box gives, rounded");
        }
    return true;
}

void sn_check_forget(sn_checker *c)
{
    for (sn_span_list *s = c->spans; s != NULL;) {
        sn_span_list *next = s->next;
        sn_span_clear(&s->span);
        free(s);
        s = next;
    }
    c->spans = NULL;
    c->count = 0;
}
