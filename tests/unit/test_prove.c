/* Claims proved and refuted: those of the paper with the extremes beside them, false ones near to
 * them, limits far closer than rounding in doubles would tell, and every kind of bad number. */
#include "certify/chain.h"
#include "certify/claim.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

#include "harness.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define OMEGA                                                                                      \
    {                                                                                              \
        {"-0.1", "0.1"}, {"0.8", "1.5"}, {"-0.1", "0.1"},                                          \
        {                                                                                          \
            "0.95", "1.1"                                                                          \
        }                                                                                          \
    }

static sn_claim claim_of(const char *activation, const sn_assertion *assertion)
{
    return (sn_claim){.map = SN_MAP_NEURON,
                      .activation = sn_activation_find(activation),
                      .box = OMEGA,
                      .n_assertions = 1,
                      .assertions = assertion};
}

static sn_proof prove(const sn_claim *claim, const sn_proof_options *options)
{
    sn_proof proof;
    sn_error why;
    if (sn_claim_prove(claim, options, &proof, &why) != SN_OK)
        ck_abort_msg("%s", why.message);
    return proof;
}

/* The extremes: to 12 digits by numerical integration of the definition with 40 digits. */
START_TEST(test_the_paper)
{
    static const struct {
        const char *claim;
        size_t bound;
        double extreme;
        sn_print print;
    } want[] = {
        {"theorem1", 0, 0.897608358408918, SN_PRINT_LOOSE},
        {"theorem1", 1, 0.897608358408918, SN_PRINT_AGREES},
        {"theorem1", 2, -0.0310605017922177, SN_PRINT_AGREES},
        {"theorem1", 3, 0.0677251016898786, SN_PRINT_AGREES},
        {"theorem1", 4, 0.803711757679113, SN_PRINT_LOOSE},
        {"theorem1", 5, 1.48157495827116, SN_PRINT_LOOSE},
        {"image", 0, -0.0310605017922177, SN_PRINT_AGREES},
        {"image", 1, 0.0677251016898786, SN_PRINT_AGREES},
        {"image", 2, 0.803711757679113, SN_PRINT_AGREES},
        {"image", 3, 1.48157495827116, SN_PRINT_AGREES},
        {"image", 4, -0.0310605017922177, SN_PRINT_NONE},
        {"theorem2", 0, -0.119744289955994, SN_PRINT_AGREES},
        {"theorem3a", 0, 0.00773608321058602, SN_PRINT_DIFFERS},
        {"theorem3b", 0, 0.0110292742044202, SN_PRINT_AGREES},
        {"jacobian", 0, 0, SN_PRINT_AGREES},
        {"jacobian", 2, 0.0888347551068901, SN_PRINT_AGREES},
        {"jacobian", 6, 0.782647883196813, SN_PRINT_AGREES},
        {"jacobian", 8, 0.787673360465716, SN_PRINT_AGREES},
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        sn_proof proof = prove(sn_claim_find(want[i].claim), NULL);
        ck_assert_msg(proof.verdict == SN_PROVED, "%s", want[i].claim);
        const sn_bound *b = &proof.bounds[want[i].bound];
        ck_assert_double_le_tol(b->extreme.lower, want[i].extreme, 1e-14);
        ck_assert_double_ge_tol(b->extreme.upper, want[i].extreme, 1e-14);
        ck_assert_double_le(b->extreme.upper - b->extreme.lower, 1e-8);
        ck_assert_msg(b->print == want[i].print, "%s, bound %zu: %s", want[i].claim, want[i].bound,
                      sn_print_text(b->print));
        sn_proof_free(&proof);
    }
    for (size_t i = 0; sn_claim_at(i) != NULL; i++) {
        sn_proof proof = prove(sn_claim_at(i), NULL);
        ck_assert_int_eq(proof.verdict, SN_PROVED);
        ck_assert(!proof.interrupted && proof.n_assertions == sn_claim_at(i)->n_assertions);
        ck_assert(sn_table_rows(proof.boxes) == 0);
        sn_proof_free(&proof);
    }
}
END_TEST

/* An extreme held against decimals 1e-12 and 1e-15 on either side of it. */
START_TEST(test_close_limits)
{
    static const struct {
        sn_quantity quantity;
        bool is_upper;
        const char *beyond, *short_of; /* proved, refuted */
    } close[] = {
        {SN_Q_SPECTRAL_NORM, true, "0.897608358410", "0.897608358408"},
        {SN_Q_SPECTRAL_NORM, true, "0.897608358408920", "0.897608358408916"},
        {SN_Q_SPECTRAL_NORM, true, "0.9", "0.8976"},
        {SN_Q_MU_NEXT, false, "-0.031060501793", "-0.031060501792"},
        {SN_Q_MU_NEXT, true, "0.06772510168988", "0.06772510168987"},
        {SN_Q_NU_NEXT, false, "0.803711757679111", "0.803711757679115"},
        {SN_Q_NU_NEXT, true, "1.481574958271166", "1.481574958271162"},
    };
    for (size_t i = 0; i < COUNT(close); i++)
        for (int side = 0; side < 2; side++) {
            const char *limit = side == 0 ? close[i].beyond : close[i].short_of;
            const sn_assertion a = {.kind = SN_ASSERT_BOUND,
                                    .quantity = close[i].quantity,
                                    .above = close[i].is_upper ? NULL : limit,
                                    .below = close[i].is_upper ? limit : NULL};
            const sn_claim claim = claim_of("selu", &a);
            sn_proof proof = prove(&claim, NULL);
            ck_assert_msg(proof.verdict == (side == 0 ? SN_PROVED : SN_REFUTED), "%s: %s", limit,
                          sn_verdict_text(proof.verdict));
            ck_assert_str_eq(proof.bounds[0].limit, limit);
            sn_proof_free(&proof);
        }
}
END_TEST

/* linear keeps nu where tau = 1: nu_next = 1 exactly, which is neither above nor below 1, however
 * long the decimal. */
START_TEST(test_long_decimals)
{
    static const struct {
        const char *above;
        bool holds;
    } limits[] = {
        {"1", false},
        {"1000000000000000000000000000000000000000000000000000000e-54", false},
        {"0.000000000000000000000000000000000000000000000000000001e54", false},
        {"1.0000000000000000000000000000000000000000000000000000001", false},
        {"1.0000000000000000000000000000000000000000000000000001e-1", true},
        {"0.9999999999999999", true},
    };
    for (size_t i = 0; i < COUNT(limits); i++) {
        const sn_assertion a = {
            .kind = SN_ASSERT_BOUND, .quantity = SN_Q_NU_NEXT, .above = limits[i].above};
        sn_claim claim = claim_of("linear", &a);
        for (int s = 0; s < SN_BOX_DIM; s++)
            claim.box[s] = (sn_decimals){"1", "1"};
        sn_proof proof = prove(&claim, NULL);
        ck_assert_msg(proof.verdict != (limits[i].holds ? SN_REFUTED : SN_PROVED), "%s: %s",
                      limits[i].above, sn_verdict_text(proof.verdict));
        ck_assert_double_eq_tol(strtod(proof.bounds[0].limit, NULL), strtod(limits[i].above, NULL),
                                1e-16);
        sn_proof_free(&proof);
    }
}
END_TEST

START_TEST(test_false_claims)
{
    static const struct {
        sn_assertion assertion;
        int side; /* of the box, that is changed */
        sn_decimals to;
    } wrong[] = {
        {{.quantity = SN_Q_SPECTRAL_NORM, .below = "0.8976"}, SN_BOX_TAU, {"0.95", "1.1"}},
        {{.quantity = SN_Q_NU_CHANGE, .below = "0"}, SN_BOX_NU, {"2.4", "2.4"}},
        {{.quantity = SN_Q_NU_NEXT, .below = "1.5"}, SN_BOX_TAU, {"0.95", "1.2"}},
        {{.quantity = SN_Q_NU_NEXT, .above = "0.8"}, SN_BOX_TAU, {"0.9", "1.1"}},
        {{.quantity = SN_Q_SPECTRAL_NORM, .below = "1"}, SN_BOX_NU, {"0.1", "1.5"}},
        {{.quantity = SN_Q_MU_NEXT, .above = "-0.1"}, SN_BOX_OMEGA, {"-1.1", "0.1"}},
        {{.kind = SN_ASSERT_INTO_ITSELF}, SN_BOX_TAU, {"0.95", "1.2"}},
        {{.kind = SN_ASSERT_ATTRACTING}, SN_BOX_TAU, {"0.95", "1.2"}},
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        sn_claim claim = claim_of("selu", &wrong[i].assertion);
        claim.box[wrong[i].side] = wrong[i].to;
        if (wrong[i].assertion.quantity == SN_Q_NU_CHANGE) /* Theorem 2 too far down */
            claim =
                (sn_claim){.activation = claim.activation,
                           .box = {{"-1", "1"}, {"2.4", "16"}, {"-0.1", "0.1"}, {"0.8", "1.25"}},
                           .n_assertions = 1,
                           .assertions = &wrong[i].assertion};
        sn_proof proof = prove(&claim, NULL);
        ck_assert_msg(proof.verdict == SN_REFUTED, "%zu: %s", i, sn_verdict_text(proof.verdict));
        ck_assert_uint_gt(strlen(proof.assertions[0].text), 20);
        for (int s = 0; s < SN_BOX_DIM; s++)
            ck_assert(proof.assertions[0].at[s].lower <= proof.assertions[0].at[s].upper);
        sn_proof_free(&proof);
    }
}
END_TEST

/* The box of a fixed point alone goes into itself exactly where limits may be met. */
START_TEST(test_into_itself_is_closed)
{
    const sn_assertion a = {.kind = SN_ASSERT_INTO_ITSELF};
    sn_claim claim = claim_of("linear", &a);
    claim.box[SN_BOX_MU] = (sn_decimals){"-1", "1"};
    claim.box[SN_BOX_NU] = (sn_decimals){"0.5", "2"};
    claim.box[SN_BOX_OMEGA] = (sn_decimals){"0.5", "1"};
    claim.box[SN_BOX_TAU] = (sn_decimals){"1", "1"};
    sn_proof proof = prove(&claim, NULL);
    ck_assert_int_ne(proof.verdict, SN_REFUTED);
    sn_proof_free(&proof);
    claim.box[SN_BOX_TAU].upper = "1.0000000001";
    proof = prove(&claim, NULL);
    ck_assert_int_eq(proof.verdict, SN_REFUTED);
    sn_proof_free(&proof);
}
END_TEST

static void refuse(const sn_claim *claim, sn_status status, const char *word)
{
    sn_proof proof;
    sn_error why = {0};
    ck_assert_int_eq(sn_claim_prove(claim, NULL, &proof, &why), status);
    ck_assert_msg(strstr(why.message, word) != NULL, "'%s' lacks '%s'", why.message, word);
    ck_assert(proof.assertions == NULL && proof.bounds == NULL && proof.chains == NULL);
}

START_TEST(test_bad_numbers)
{
    static const sn_decimals bad[] = {{"x", "1"},     {"0.5", "1,5"}, {"0x1", "2"}, {"nan", "1"},
                                      {"0.5", "inf"}, {"2", "1"},     {NULL, "1"},  {"1", ""},
                                      {"1", "1e"},    {"1 ", "2"}};
    static const char *const sides[] = {"mu", "nu", "omega", "tau"};
    const sn_assertion fine = {.kind = SN_ASSERT_BOUND, .quantity = SN_Q_CHI1, .below = "9"};
    for (int s = 0; s < SN_BOX_DIM; s++)
        for (size_t i = 0; i < COUNT(bad); i++) {
            sn_claim claim = claim_of("selu", &fine);
            claim.box[s] = bad[i];
            refuse(&claim, SN_EDOMAIN, sides[s]);
        }
    for (int s = SN_BOX_NU; s <= SN_BOX_TAU; s += 2)
        for (int i = 0; i < 2; i++) {
            sn_claim claim = claim_of("selu", &fine);
            claim.box[s].lower = i == 0 ? "0" : "-0.001";
            refuse(&claim, SN_EDOMAIN, sides[s]);
        }
    static const sn_assertion wrong[] = {
        {.kind = SN_ASSERT_BOUND, .quantity = SN_Q_CHI1},
        {.kind = SN_ASSERT_BOUND, .quantity = SN_Q_CHI1, .above = "one"},
        {.kind = SN_ASSERT_BOUND, .quantity = SN_QUANTITY_COUNT, .above = "1"},
        {.kind = SN_ASSERT_ENTERS, .target_mu = {"1", "0"}, .target_nu = {"1", "2"}},
        {.kind = SN_ASSERT_ENTERS, .target_mu = {"0", "1"}, .target_nu = {"0", "2"}},
        {.kind = SN_ASSERT_ENTERS, .target_mu = {"0", "1"}},
        {.kind = SN_ASSERTION_COUNT},
        {.kind = (sn_assertion_kind)-1},
    };
    static const char *const words[] = {"chi1",   "one",    "quantity", "target",
                                        "target", "target", "kind",     "kind"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const sn_claim claim = claim_of("selu", &wrong[i]);
        refuse(&claim, SN_EDOMAIN, words[i]);
    }
    sn_claim claim = claim_of("selu", &fine);
    claim.bias_mean = "1..2";
    refuse(&claim, SN_EDOMAIN, "1..2");
    claim.bias_mean = NULL;
    claim.bias_variance = "-1e-30";
    refuse(&claim, SN_EDOMAIN, "-1e-30");
    claim = claim_of("selu", &fine);
    claim.map = SN_MAP_COUNT;
    refuse(&claim, SN_EDOMAIN, "map");
    claim = claim_of("selu", &fine);
    claim.keeps_nu = "0";
    refuse(&claim, SN_EDOMAIN, "0");
}
END_TEST

START_TEST(test_parameters)
{
    const sn_assertion fine = {.kind = SN_ASSERT_BOUND, .quantity = SN_Q_CHI1, .below = "9"};
    sn_claim claim = claim_of("celu", &fine);
    claim.params[0] = "0";
    refuse(&claim, SN_EDOMAIN, "alpha");
    claim.params[0] = "-1"; /* exp(-z) on the left: not what the enclosure is for */
    refuse(&claim, SN_EDOMAIN, "-1");
    claim.params[0] = "two";
    refuse(&claim, SN_EDOMAIN, "two");
    claim.params[0] = "2";
    sn_proof proof = prove(&claim, NULL);
    ck_assert_int_eq(proof.verdict, SN_PROVED);
    sn_proof_free(&proof);
    claim = claim_of("softsign", &fine);
    refuse(&claim, SN_EUNKNOWN, "softsign");
}
END_TEST

static int stop_at(void *context, size_t boxes)
{
    return boxes >= *(size_t *)context;
}

/* What was decided before the watch says stop stays; the rest is undecided. */
START_TEST(test_watch)
{
    const sn_assertion a[] = {
        {.kind = SN_ASSERT_BOUND, .quantity = SN_Q_SPECTRAL_RADIUS, .above = "0.3914"},
        {.kind = SN_ASSERT_ATTRACTING}};
    sn_claim claim = claim_of("selu", a);
    claim.map = SN_MAP_ENSEMBLE;
    claim.n_assertions = 2;
    size_t at = 1;
    const sn_proof_options options = {.watch = stop_at, .context = &at};
    sn_proof proof = prove(&claim, &options);
    ck_assert(proof.interrupted);
    ck_assert_int_eq(proof.assertions[1].verdict, SN_UNDECIDED);
    ck_assert_int_ne(proof.verdict, SN_PROVED);
    sn_proof_free(&proof);
    at = (size_t)-1;
    claim.n_assertions = 1;
    claim.assertions = &a[1];
    proof = prove(&claim, &options);
    ck_assert(!proof.interrupted);
    sn_proof_free(&proof);
}
END_TEST

/* A budget too small is said to be so, and never decides what a larger one decides otherwise. */
START_TEST(test_budget)
{
    const sn_assertion a = {
        .kind = SN_ASSERT_BOUND, .quantity = SN_Q_NU_NEXT, .above = "0.2", .below = "0.9"};
    sn_claim claim = claim_of("gelu", &a);
    claim.map = SN_MAP_ENSEMBLE;
    sn_proof whole = prove(&claim, NULL);
    const sn_verdict all = whole.verdict;
    sn_proof_free(&whole);
    ck_assert_int_ne(all, SN_UNDECIDED);
    for (size_t boxes = 1; boxes < 300; boxes *= 3) {
        sn_proof proof = prove(&claim, &(sn_proof_options){.boxes = boxes});
        ck_assert(proof.verdict == all || proof.verdict == SN_UNDECIDED);
        ck_assert(proof.verdict != SN_UNDECIDED || proof.assertions[0].left > 0);
        sn_proof_free(&proof);
    }
}
END_TEST

/* Every number of a proof, for any number of threads. */
START_TEST(test_threads_change_nothing)
{
    static const sn_assertion a[] = {
        {.kind = SN_ASSERT_BOUND, .quantity = SN_Q_CHI1, .above = "0.5", .below = "1.2"},
        {.kind = SN_ASSERT_INTO_ITSELF},
        {.kind = SN_ASSERT_ATTRACTING},
        {.kind = SN_ASSERT_ENTERS,
         .target_mu = {"-0.1", "0.1"},
         .target_nu = {"0.9", "1.3"},
         .layers = 9}};
    sn_claim claim = claim_of("selu", a);
    claim.map = SN_MAP_ENSEMBLE;
    claim.n_assertions = COUNT(a);
    omp_set_num_threads(1);
    sn_proof one = prove(&claim, NULL);
    for (int threads = 2; threads <= 5; threads += 3) {
        omp_set_num_threads(threads);
        sn_proof more = prove(&claim, NULL);
        ck_assert(one.verdict == more.verdict && one.chains->count == more.chains->count);
        ck_assert_uint_eq(one.n_bounds, more.n_bounds);
        for (size_t i = 0; i < one.n_bounds; i++) {
            const sn_bound *b = &one.bounds[i], *c = &more.bounds[i];
            ck_assert(memcmp(&b->extreme, &c->extreme, sizeof b->extreme) == 0);
            ck_assert(memcmp(b->at, c->at, sizeof b->at) == 0 && b->boxes == c->boxes);
        }
        for (size_t i = 0; i < one.n_assertions; i++) {
            const sn_assertion_result *r = &one.assertions[i], *s = &more.assertions[i];
            ck_assert(r->verdict == s->verdict && r->boxes == s->boxes);
            ck_assert_str_eq(r->text, s->text);
            ck_assert(r->contraction == s->contraction && r->layers == s->layers);
        }
        sn_proof_free(&more);
    }
    sn_proof_free(&one);
}
END_TEST

UNIT_MAIN("prove", test_the_paper, test_close_limits, test_long_decimals, test_false_claims,
          test_into_itself_is_closed, test_bad_numbers, test_parameters, test_watch, test_budget,
          test_threads_change_nothing)
