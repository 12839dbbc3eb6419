/* Chains of boxes in a certificate; what they prove is in check.c. */
#include <string.h>

#include "certify/checker.h"

/* Whether the (mu, nu) of a cell are certainly within a box, ends included. */
static bool inside(const sn_span *span, const sn_dyadic *cell, const sn_decimals *mu,
                   const sn_decimals *nu)
{
    const sn_decimals *const outer[] = {mu, nu};
    arb_t lower, upper, end;
    arb_init(lower);
    arb_init(upper);
    arb_init(end);
    bool in = true;
    for (int i = 0; i < 2; i++) {
        sn_dyadic_ends(lower, upper, span, cell, i);
        in = in && sn_ball_set_decimal(end, outer[i]->lower, 192) && arb_le(end, lower);
        in = in && sn_ball_set_decimal(end, outer[i]->upper, 192) && arb_le(upper, end);
    }
    arb_clear(lower);
    arb_clear(upper);
    arb_clear(end);
    return in;
}

/* Where a chain stands. */
typedef struct place {
    const sn_span *span;
    sn_dyadic cell;
    sn_decimals mu, nu;
} place;

/* The next link, which must hold the image of where the chain stands; the chain goes there. */
static bool read_link(sn_checker *c, size_t number, place *at)
{
    const char *got[SN_WORDS];
    size_t n;
    if (!sn_check_expect(c, "link ? mu ? ? nu ? ?", got))
        return false;
    if (!sn_count_read(got[0], SN_MOST_LINKS, &n) || n != number)
        return sn_check_reject(c, "the link has another number");
    for (int i = 1; i <= 4; i++)
        if (!sn_number_fits(got[i]))
            return sn_check_reject(c, "the link's ends are not decimal numbers that can be");
    const sn_decimals *box = c->text.claim.box;
    const sn_decimals ends[SN_BOX_DIM] = {
        {got[1], got[2]}, {got[3], got[4]}, box[SN_BOX_OMEGA], box[SN_BOX_TAU]};
    const sn_span *span = sn_check_span(c, ends);
    if (span == NULL || !sn_check_image(c, at->span, &at->cell, &ends[0], &ends[1]))
        return false;
    at->span = span;
    at->mu = ends[0];
    at->nu = ends[1];
    for (int i = SN_BOX_MU; i <= SN_BOX_NU; i++) {
        at->cell.index[i] = 0;
        at->cell.level[i] = 0;
    }
    return true;
}

/* C into itself, and the contraction there. */
static bool read_contraction(sn_checker *c, const place *at, double weight)
{
    const sn_demand d = {.measure = {SN_Q_SPECTRAL_NORM, weight},
                         .is_upper = true,
                         .limit = "1",
                         .span = at->span,
                         .cell = at->cell};
    return sn_check_image(c, at->span, &at->cell, &at->mu, &at->nu) && sn_check_statement(c, &d);
}

/* One part's chain; its leaf goes to `word`. */
static bool read_part(sn_checker *c, const sn_assertion *a, const sn_span *whole,
                      const char *before, char *word)
{
    const bool attracting = a->kind == SN_ASSERT_ATTRACTING;
    const char *got[SN_WORDS];
    if (!sn_check_expect(c, attracting ? "part ? links ? weight ?" : "part ? links ?", got))
        return false;
    place at = {.span = whole};
    size_t links;
    int64_t weight = 0;
    if (strlen(got[0]) >= SN_LEAF_SIZE
        || !sn_leaf_walk(&at.cell, got[0], attracting ? SN_BOX_OMEGA : SN_BOX_MU))
        return sn_check_reject(c,
                               "the steps to the part are not letters of its sides, or too many");
    if (before == NULL ? !sn_leaf_is_first(got[0]) : !sn_leaf_follows(got[0], before))
        return sn_check_reject(
            c, "the part does not follow on the one before: one is missing, or overlaps");
    strcpy(word, got[0]);
    if (!sn_count_read(got[1], attracting ? SN_MOST_LINKS : a->layers, &links)
        || (attracting && links == 0))
        return sn_check_reject(c, "the number of links is not one that can be");
    if (attracting && (!sn_fixed_read(got[2], SN_WEIGHT_DECIMALS, &weight) || weight <= 0))
        return sn_check_reject(c, "the weight is not a number above 0 of 6 decimals");
    const sn_decimals *mu = attracting ? &c->text.claim.box[SN_BOX_MU] : &a->target_mu;
    const sn_decimals *nu = attracting ? &c->text.claim.box[SN_BOX_NU] : &a->target_nu;
    bool home = !attracting && inside(at.span, &at.cell, mu, nu);
    for (size_t i = 1; i <= links; i++) {
        if (!read_link(c, i, &at))
            return false;
        home = (attracting && home) || inside(at.span, &at.cell, mu, nu);
    }
    if (!home)
        return sn_check_reject(c, attracting ? "no link is inside the claim's box"
                                             : "the last link is not inside the target");
    return !attracting || read_contraction(c, &at, sn_decimal_value(got[2]));
}

bool sn_check_parts(sn_checker *c, const sn_assertion *a, const sn_span *whole)
{
    const char *got[SN_WORDS];
    char word[2][SN_LEAF_SIZE];
    size_t parts;
    if (!sn_check_expect(c, "parts ?", got))
        return false;
    if (!sn_count_read(got[0], SN_MOST_LINES, &parts) || parts == 0)
        return sn_check_reject(c, "the number of parts is not one that can be");
    for (size_t i = 0; i < parts; i++)
        if (!read_part(c, a, whole, i > 0 ? word[(i + 1) % 2] : NULL, word[i % 2]))
            return false;
    return sn_leaf_is_last(word[(parts + 1) % 2])
           || sn_check_reject(c, "the parts end before the whole is covered");
}
