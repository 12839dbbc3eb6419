/* Refutations in a certificate: one point each, evaluated. */
#include <stdio.h>
#include <string.h>

#include "certify/checker.h"

/* "3/8": in lowest terms, the denominator a power of 2. */
static bool read_fraction(const char *word, uint64_t *index, uint8_t *level)
{
    char again[64];
    unsigned long long k = 0;
    for (const char *d = word; *d >= '0' && *d <= '9' && k < 1ULL << SN_WITNESS_DEPTH; d++)
        k = 10 * k + (unsigned long long)(*d - '0');
    for (*level = 0; *level <= SN_WITNESS_DEPTH; ++*level) {
        snprintf(again, sizeof again, "%llu/%llu", k, 1ULL << *level);
        if (strcmp(again, word) == 0)
            break;
    }
    *index = k;
    return *level <= SN_WITNESS_DEPTH && k <= 1ULL << *level && (*level == 0 || k % 2 == 1);
}

static bool read_point(sn_checker *c, const sn_span *whole, sn_dyadic *point)
{
    const char *got[SN_WORDS];
    if (!sn_check_expect(c, "at ? ? ? ?", got))
        return false;
    for (int i = 0; i < SN_BOX_DIM; i++)
        if (!read_fraction(got[i], &point->index[i], &point->level[i])
            || (arb_is_zero(&whole->width[i]) && point->index[i] != 0))
            return sn_check_reject(
                c, "the point is not four fractions from 0 to 1 in lowest terms, in "
                   "halves, quarters and so on");
    return true;
}

/* Whether the assertion says, directly or as one of the four of into_itself, that the quantity is
 * above (not is_upper) or below the limit. */
static bool asserts(const sn_claim *claim, const sn_assertion *a, const sn_demand *d)
{
    const char *limit = NULL;
    if (a->kind == SN_ASSERT_BOUND && d->measure.quantity == a->quantity)
        limit = d->is_upper ? a->below : a->above;
    const int q = (int)d->measure.quantity;
    if (a->kind == SN_ASSERT_INTO_ITSELF && (q == SN_Q_MU_NEXT || q == SN_Q_NU_NEXT)) {
        const sn_decimals *side = &claim->box[q == SN_Q_MU_NEXT ? SN_BOX_MU : SN_BOX_NU];
        limit = d->is_upper ? side->upper : side->lower;
    }
    return limit != NULL && strcmp(limit, d->limit) == 0;
}

/* "value Q above L decimals d bound b": not below L, as was asserted. */
static bool read_value(sn_checker *c, const sn_assertion *a, const sn_span *whole,
                       const sn_dyadic *point)
{
    const char *got[SN_WORDS];
    if (!sn_check_expect(c, "value ? ? ? decimals ? bound ?", got))
        return false;
    const bool asserted_upper = strcmp(got[1], "above") == 0;
    if (!asserted_upper && strcmp(got[1], "below") != 0)
        return sn_check_reject(c, "\"above\" or \"below\" is expected");
    sn_demand d = {.is_upper = asserted_upper, .limit = got[2]};
    int q = 0;
    while (q < SN_QUANTITY_COUNT && strcmp(got[0], sn_quantity_name((sn_quantity)q)) != 0)
        q++;
    d.measure = (sn_measure){(sn_quantity)q, 1};
    size_t decimals;
    sn_checked_leaf l = {.span = whole,
                         .cell = *point,
                         .measure = d.measure,
                         .is_upper = !asserted_upper,
                         .at_point = true,
                         .line = c->reader.line};
    if (!asserts(&c->text.claim, a, &d))
        return sn_check_reject(c, "the value is not one that the assertion is about");
    if (!sn_count_read(got[3], SN_MOST_DECIMALS, &decimals)
        || !sn_fixed_read(got[4], (int)decimals, &l.units))
        return sn_check_reject(c, "the bound is not a number of that many decimals");
    l.decimals = (int)decimals;
    if (!sn_fixed_implies(l.units, l.decimals, l.is_upper, d.limit, a->kind == SN_ASSERT_BOUND))
        return sn_check_reject(c, "the value does not refute the assertion");
    return sn_check_add(c, &l);
}

/* "layer k mu m nu n": where the path is then. */
static bool read_layer(sn_checker *c, size_t layer, const sn_orbit *orbit)
{
    const char *got[SN_WORDS];
    size_t number;
    if (!sn_check_expect(c, "layer ? mu ? nu ?", got))
        return false;
    if (!sn_count_read(got[0], SN_MOST_LINKS, &number) || number != layer)
        return sn_check_reject(c, "the layer has another number");
    for (int i = 0; i < 2; i++) {
        int64_t units;
        if (!sn_fixed_read(got[1 + i], SN_LAYER_DECIMALS, &units)
            || !sn_fixed_is_near(&orbit->at[i], SN_LAYER_DECIMALS, units))
            return sn_check_reject(c, "the path is not there after so many layers");
    }
    return true;
}

static bool read_path(sn_checker *c, const sn_assertion *a, const sn_span *whole,
                      const sn_dyadic *point)
{
    sn_orbit orbit;
    sn_orbit_init(&orbit, &c->map, whole, point);
    bool good = true;
    for (size_t layer = 0; good && layer <= a->layers; layer++) {
        good = read_layer(c, layer, &orbit)
               && (sn_orbit_outside(&orbit, &a->target_mu, &a->target_nu)
                   || sn_check_reject(c, "here the path is not outside the target for certain"));
        sn_orbit_step(&orbit);
    }
    sn_orbit_clear(&orbit);
    return good;
}

bool sn_check_refutation(sn_checker *c, const sn_span *whole)
{
    const sn_claim *claim = &c->text.claim;
    sn_reader_next(&c->reader);
    size_t index = 0;
    while (index < claim->n_assertions
           && !sn_assertion_said(&c->reader, "refutation", index + 1, &claim->assertions[index]))
        index++;
    if (index == claim->n_assertions)
        return sn_check_reject(c, "the refutation of an assertion, in its words, is expected");
    const sn_assertion *a = &claim->assertions[index];
    sn_dyadic point;
    if (a->kind == SN_ASSERT_ATTRACTING)
        return sn_check_reject(c, "no point refutes \"attracting\"");
    if (!read_point(c, whole, &point))
        return false;
    return a->kind == SN_ASSERT_ENTERS ? read_path(c, a, whole, &point)
                                       : read_value(c, a, whole, &point);
}
