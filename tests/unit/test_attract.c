/* Attraction and entry: maps whose fixed points are known, starts that miss them, chains that hold
 * what they promise, and fixed points by Krawczyk's test. */
#include <math.h>
#include <string.h>

#include "certify/prover.h"
#include "certify_cases.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static const sn_assertion attracting = {.kind = SN_ASSERT_ATTRACTING};

static sn_proof prove(const sn_claim *claim, unsigned pave)
{
    sn_proof proof;
    sn_error why;
    const sn_proof_options options = {.pave = pave};
    if (sn_claim_prove(claim, &options, &proof, &why) != SN_OK)
        ck_abort_msg("%s", why.message);
    return proof;
}

/* The quantity at a point of doubles. */
static double value_at(const sn_ball_map *map, sn_measure measure, const double at[SN_BOX_DIM])
{
    arb_t value;
    arb_init(value);
    case_value(value, measure, map, at, 128);
    const double v = arf_get_d(arb_midref(value), ARF_RND_NEAR);
    arb_clear(value);
    return v;
}

/* --- chains ------------------------------------------------------------------------------------- */

static void corner(double at[SN_BOX_DIM], const sn_link *link, sn_interval omega, sn_interval tau,
                   int n)
{
    const sn_interval ends[SN_BOX_DIM] = {link->mu, link->nu, omega, tau};
    for (int i = 0; i < SN_BOX_DIM; i++)
        at[i] = n >> i & 1 ? ends[i].upper : ends[i].lower;
}

static void check_image(const sn_ball_map *map, const sn_link *from, const sn_link *to,
                        sn_interval omega, sn_interval tau)
{
    for (int n = 0; n < 16; n++) {
        double at[SN_BOX_DIM];
        corner(at, from, omega, tau, n);
        const double mu = value_at(map, (sn_measure){SN_Q_MU_NEXT, 1}, at);
        const double nu = value_at(map, (sn_measure){SN_Q_NU_NEXT, 1}, at);
        ck_assert(mu >= to->mu.lower && mu <= to->mu.upper);
        ck_assert(nu >= to->nu.lower && nu <= to->nu.upper);
    }
}

/* Every link holds the images of the corners of the one before, the last its own as well, where it
 * contracts; one is inside the box, or the last inside the target. */
static void check_chain(const sn_claim *claim, const sn_ball_map *map, const sn_box *box,
                        const sn_chain *chain)
{
    sn_interval at[SN_BOX_DIM];
    sn_box_interval(at, box, &chain->part);
    const sn_interval omega = at[SN_BOX_OMEGA], tau = at[SN_BOX_TAU];
    sn_link from = {at[SN_BOX_MU], at[SN_BOX_NU]};
    const sn_link inner = sn_link_of(&claim->box[SN_BOX_MU], &claim->box[SN_BOX_NU], false);
    bool inside = false;
    for (size_t i = 0; i < chain->n; i++) {
        check_image(map, &from, &chain->link[i], omega, tau);
        from = chain->link[i];
        inside = inside || sn_link_inside(&from, &inner);
    }
    const sn_assertion *a = &claim->assertions[chain->assertion];
    if (a->kind == SN_ASSERT_ENTERS) {
        const sn_link target = sn_link_of(&a->target_mu, &a->target_nu, chain->n == 0);
        ck_assert(chain->n <= a->layers && sn_link_inside(&from, &target));
        return;
    }
    ck_assert(inside && chain->n >= 1 && chain->weight > 0);
    check_image(map, &from, &from, omega, tau);
    for (int n = 0; n < 16; n++) {
        double point[SN_BOX_DIM];
        corner(point, &from, omega, tau, n);
        ck_assert(value_at(map, (sn_measure){SN_Q_SPECTRAL_NORM, chain->weight}, point) < 1);
    }
}

/* All chains of a proof; and their cells fill the box. */
static void check_chains(const sn_claim *claim, const sn_proof *proof)
{
    sn_ball_map map;
    sn_box box;
    ck_assert_int_eq(sn_ball_map_init(&map, claim, 192, NULL), SN_OK);
    sn_box_init(&box, claim->box, 192);
    double volume = 0;
    for (size_t i = 0; i < proof->chains->count; i++) {
        const sn_chain *chain = &proof->chains->item[i];
        double part = 1;
        for (int s = 0; s < SN_BOX_DIM; s++)
            part *= chain->part.to[s] - chain->part.from[s];
        volume += part;
        check_chain(claim, &map, &box, chain);
    }
    ck_assert(volume == (double)claim->n_assertions);
    sn_box_clear(&box);
    sn_ball_map_clear(&map);
}

/* --- attracting --------------------------------------------------------------------------------- */

typedef struct known {
    const char *activation;
    sn_map_kind map;
    sn_decimals box[SN_BOX_DIM];
    sn_verdict verdict;
    double mu, nu;                        /* of the fixed point at the box's centre, if proved */
    const char *bias, *spread, *keeps_nu; /* spread: the bias's variance */
} known;

#define NEURON   SN_MAP_NEURON
#define CENTRED  SN_MAP_CENTRED
#define ENSEMBLE SN_MAP_ENSEMBLE
#define AT(x)                                                                                      \
    {                                                                                              \
        x, x                                                                                       \
    }
#define SMALL                                                                                      \
    {                                                                                              \
        "-0.1", "0.1"                                                                              \
    }

static const known maps[] = {
    /* Theorem 1's box and others with the fixed point (0, 1) or (0, 2) inside */
    {"selu",
     NEURON,
     {SMALL, {"0.8", "1.5"}, SMALL, {"0.95", "1.1"}},
     .verdict = SN_PROVED,
     .nu = 1},
    {"selu",
     CENTRED,
     {SMALL, {"0.2", "5"}, SMALL, {"0.95", "1.05"}},
     .verdict = SN_PROVED,
     .nu = 1},
    {"selu",
     ENSEMBLE,
     {SMALL, {"0.8", "1.5"}, SMALL, {"0.95", "1.1"}},
     .verdict = SN_PROVED,
     .nu = 1},
    {"selu", NEURON, {{"-1", "1"}, {"0.05", "8"}, AT("0"), AT("1")}, .verdict = SN_PROVED, .nu = 1},
    {"selu",
     NEURON,
     {SMALL, {"1.6", "2.6"}, AT("0"), AT("1")},
     .verdict = SN_PROVED,
     .nu = 2,
     .keeps_nu = "2"},
    /* (0, 1) and (0, 2) outside the box, or the box too wide in tau */
    {"selu", NEURON, {SMALL, {"1.2", "1.5"}, AT("0"), AT("1")}, .verdict = SN_REFUTED},
    {"selu", NEURON, {SMALL, {"1.000001", "1.5"}, AT("0"), AT("1")}, .verdict = SN_REFUTED},
    {"selu",
     NEURON,
     {{"0.000001", "0.1"}, {"0.8", "1.5"}, AT("0"), AT("1")},
     .verdict = SN_REFUTED},
    {"selu", NEURON, {SMALL, {"0.8", "1.5"}, SMALL, {"0.95", "1.2"}}, .verdict = SN_REFUTED},
    {"selu",
     NEURON,
     {SMALL, {"1.6", "2.6"}, SMALL, {"0.95", "1.2"}},
     .verdict = SN_REFUTED,
     .keeps_nu = "2"},
    /* tanh: nu_next < nu at tau = 1; at tau = 3 one fixed point with nu > 0 */
    {"tanh", NEURON, {SMALL, {"0.5", "2"}, SMALL, {"0.9", "1"}}, .verdict = SN_REFUTED},
    {"tanh",
     ENSEMBLE,
     {SMALL, {"0.1", "0.9"}, AT("0"), AT("3")},
     .verdict = SN_PROVED,
     .nu = 0.4484640},
    /* second moment: tau 1.9/2 (1 + slope^2) of that before, below 1; all leave the box */
    {"leaky_relu",
     ENSEMBLE,
     {{"-0.1", "1"}, {"0.5", "2"}, AT("0"), AT("1.9")},
     .verdict = SN_REFUTED},
    {"linear", NEURON, {{"-1", "1"}, {"0.5", "2"}, AT("0"), AT("0.9")}, .verdict = SN_REFUTED},
    /* linear with a bias: mu = b / (1 - omega), nu = s / (1 - tau) */
    {"linear",
     NEURON,
     {{"-1", "1"}, {"0.1", "2"}, AT("0.5"), AT("0.75")},
     .verdict = SN_PROVED,
     .mu = 0.5,
     .nu = 1,
     .bias = "0.25",
     .spread = "0.25"},
    {"linear",
     NEURON,
     {{"-1", "0.4"}, {"0.1", "2"}, AT("0.5"), AT("0.75")},
     .verdict = SN_REFUTED,
     .bias = "0.25",
     .spread = "0.25"},
    /* a line of fixed points; all points fixed; the fixed point on the edge */
    {"relu", ENSEMBLE, {{"0.1", "1"}, {"0.5", "2"}, AT("0"), AT("2")}, .verdict = SN_UNDECIDED},
    {"linear", NEURON, {{"-1", "1"}, {"0.5", "2"}, AT("1"), AT("1")}, .verdict = SN_UNDECIDED},
    {"linear", NEURON, {{"-1", "1"}, {"0.5", "2"}, AT("0"), AT("1")}, .verdict = SN_UNDECIDED},
    {"selu", NEURON, {{"0", "0.1"}, {"0.8", "1.5"}, AT("0"), AT("1")}, .verdict = SN_UNDECIDED},
    /* sin turned over by omega = 4: the fixed point near mu = -0.6 repels */
    {"sin", ENSEMBLE, {{"-1", "1"}, {"0.01", "0.6"}, AT("4"), AT("0.1")}, .verdict = SN_REFUTED},
    /* tanh with omega = 3: one repels between two that attract */
    {"tanh",
     NEURON,
     {{"-1", "1"}, {"0.001", "0.6"}, AT("3"), AT("0.1")},
     .verdict = SN_REFUTED,
     .spread = "0.05"},
    {"tanh",
     NEURON,
     {{"0.5", "1"}, {"0.000001", "0.1"}, AT("3"), AT("0.1")},
     .verdict = SN_PROVED,
     .mu = 0.9943518,
     .nu = 7.0042e-6,
     .spread = "0.05"},
};

static sn_claim claim_of(const known *k)
{
    sn_claim claim = {.map = k->map,
                      .activation = sn_activation_find(k->activation),
                      .bias_mean = k->bias,
                      .bias_variance = k->spread,
                      .keeps_nu = k->keeps_nu,
                      .n_assertions = 1,
                      .assertions = &attracting};
    memcpy(claim.box, k->box, sizeof claim.box);
    return claim;
}

START_TEST(test_known_maps)
{
    for (size_t i = 0; i < COUNT(maps); i++) {
        const known *k = &maps[i];
        const sn_claim claim = claim_of(k);
        sn_proof proof = prove(&claim, 0);
        const sn_assertion_result *r = &proof.assertions[0];
        ck_assert_msg(r->verdict == k->verdict && proof.verdict == k->verdict,
                      "case %zu, %s: %s %s", i, k->activation, sn_verdict_text(r->verdict),
                      r->text);
        if (k->verdict == SN_PROVED) {
            NOTE("case %zu: %s", i, r->text);
            ck_assert(r->fixed_mu.lower <= k->mu + 1e-6 && r->fixed_mu.upper >= k->mu - 1e-6);
            ck_assert(r->fixed_nu.lower <= k->nu + 1e-6 && r->fixed_nu.upper >= k->nu - 1e-6);
            ck_assert(r->contraction > 0 && r->contraction < 1 && r->left == 0);
            check_chains(&claim, &proof);
        } else {
            ck_assert_uint_gt(strlen(r->text), 10);
            ck_assert((r->left > 0) == (k->verdict == SN_UNDECIDED));
        }
        sn_proof_free(&proof);
    }
}
END_TEST

/* For a picture regions are split further; what was refuted before stays so. */
START_TEST(test_pictures_change_no_verdict)
{
    for (size_t i = 0; i < COUNT(maps); i++) {
        if (strcmp(maps[i].box[SN_BOX_TAU].lower, maps[i].box[SN_BOX_TAU].upper) == 0)
            continue;
        const sn_claim claim = claim_of(&maps[i]);
        sn_proof proof = prove(&claim, 8);
        ck_assert_msg(proof.verdict == maps[i].verdict, "case %zu: %s", i,
                      sn_verdict_text(proof.verdict));
        ck_assert_uint_gt(sn_table_rows(proof.regions), 0);
        sn_proof_free(&proof);
    }
}
END_TEST

/* A budget too small leaves things undecided, in about that many boxes. */
START_TEST(test_budget)
{
    const sn_claim claim = {.map = ENSEMBLE,
                            .activation = sn_activation_find("selu"),
                            .box = {{"-1", "1"}, {"0.1", "8"}, {"-0.2", "0.2"}, {"0.9", "1.1"}},
                            .n_assertions = 1,
                            .assertions = &attracting};
    for (size_t boxes = 100; boxes <= 1600; boxes *= 4) {
        sn_proof proof;
        const sn_proof_options options = {.boxes = boxes};
        ck_assert_int_eq(sn_claim_prove(&claim, &options, &proof, NULL), SN_OK);
        ck_assert_int_eq(proof.verdict, SN_UNDECIDED);
        ck_assert(proof.assertions[0].left > 0 && proof.assertions[0].left <= 1);
        ck_assert_uint_le(proof.assertions[0].boxes, 20 * boxes);
        sn_proof_free(&proof);
    }
}
END_TEST

/* --- enters ------------------------------------------------------------------------------------- */

static sn_claim entry(const sn_assertion *a, sn_decimals nu, sn_decimals omega, sn_decimals tau)
{
    return (sn_claim){.map = SN_MAP_NEURON,
                      .activation = sn_activation_find("selu"),
                      .box = {{"-0.1", "0.1"}, nu, omega, tau},
                      .n_assertions = 1,
                      .assertions = a};
}

/* How many layers a start takes to the target, by iterating in doubles. */
static size_t layers_of(const sn_claim *claim, double mu, double nu, double omega, double tau)
{
    sn_ball_map map;
    ck_assert_int_eq(sn_ball_map_init(&map, claim, 128, NULL), SN_OK);
    const sn_assertion *a = claim->assertions;
    const sn_link target = sn_link_of(&a->target_mu, &a->target_nu, true);
    size_t layer = 0;
    for (; layer < 1000; layer++) {
        const sn_link now = {{mu, mu}, {nu, nu}};
        if (sn_link_inside(&now, &target))
            break;
        const double at[] = {mu, nu, omega, tau};
        mu = value_at(&map, (sn_measure){SN_Q_MU_NEXT, 1}, at);
        nu = value_at(&map, (sn_measure){SN_Q_NU_NEXT, 1}, at);
    }
    sn_ball_map_clear(&map);
    return layer;
}

START_TEST(test_enters)
{
    sn_assertion a = {.kind = SN_ASSERT_ENTERS,
                      .target_mu = {"-0.1", "0.1"},
                      .target_nu = {"0.8", "1.5"},
                      .layers = 40};
    const sn_claim claims[] = {
        entry(&a, (sn_decimals){"0.1", "4"}, (sn_decimals)SMALL, (sn_decimals){"0.98", "1.05"}),
        entry(&a, (sn_decimals){"3", "16"}, (sn_decimals)AT("0"), (sn_decimals)AT("1")),
        entry(&a, (sn_decimals){"0.9", "1.4"}, (sn_decimals)SMALL, (sn_decimals){"0.95", "1.1"}),
    };
    for (size_t i = 0; i < COUNT(claims); i++) {
        a.layers = 40;
        sn_proof proof = prove(&claims[i], 0);
        ck_assert_msg(proof.verdict == SN_PROVED, "%zu: %s", i, proof.assertions[0].text);
        check_chains(&claims[i], &proof);
        sn_interval at[SN_BOX_DIM];
        size_t least = 0;
        for (int n = 0; n < 16; n++) {
            for (int s = 0; s < SN_BOX_DIM; s++)
                at[s].lower =
                    strtod(n >> s & 1 ? claims[i].box[s].upper : claims[i].box[s].lower, NULL);
            const size_t layers =
                layers_of(&claims[i], at[0].lower, at[1].lower, at[2].lower, at[3].lower);
            least = layers > least ? layers : least;
        }
        ck_assert(proof.assertions[0].layers >= least && proof.assertions[0].layers <= least + 4);
        NOTE("entry %zu: %zu layers proved, %zu needed", i, proof.assertions[0].layers, least);
        sn_proof_free(&proof);
        a.layers = least > 0 ? least - 1 : 0;
        proof = prove(&claims[i], 0);
        ck_assert_msg(proof.verdict == (least > 0 ? SN_REFUTED : SN_PROVED), "%zu: %s", i,
                      sn_verdict_text(proof.verdict));
        sn_proof_free(&proof);
    }
}
END_TEST

/* sin with a bias of about pi / 2: mu_next = cos(mu omega) exp(-y / 2) is too large near omega = 0
 * alone, where the whole box has its centre and the two halves for a picture have not. */
START_TEST(test_refuted_once)
{
    const sn_claim claim = {.map = NEURON,
                            .activation = sn_activation_find("sin"),
                            .bias_mean = "1.570796327",
                            .bias_variance = "0.1",
                            .box = {{"0.3", "0.945"}, {"0.001", "0.02"}, {"-1", "1"}, AT("0.1")},
                            .n_assertions = 1,
                            .assertions = &attracting};
    for (unsigned pave = 0; pave <= 2; pave += 2) {
        sn_proof proof = prove(&claim, pave);
        ck_assert_int_eq(proof.verdict, SN_REFUTED);
        ck_assert(proof.assertions[0].at[SN_BOX_OMEGA].lower <= 0
                  && proof.assertions[0].at[SN_BOX_OMEGA].upper >= 0);
        ck_assert(pave == 0 || sn_table_rows(proof.regions) >= 2);
        sn_proof_free(&proof);
    }
}
END_TEST

/* --- fixed points ------------------------------------------------------------------------------- */

START_TEST(test_fixed_points)
{
    const sn_claim claim = {
        .map = NEURON, .activation = sn_activation_find("tanh"), .bias_variance = "0.05"};
    sn_ball_map map;
    ck_assert_int_eq(sn_ball_map_init(&map, &claim, 128, NULL), SN_OK);
    const sn_link box = {{-1, 1}, {1e-7, 0.9}}, right = {{0.5, 1}, {1e-7, 0.9}};
    const sn_interval three = {3, 3}, tenth = {0.1, 0.1};
    sn_fixed fixed;
    sn_fixed_find(&map, &box, three, tenth, &fixed);
    ck_assert(fixed.count == 3 && fixed.several && fixed.repels && fixed.radius > 1);
    ck_assert(fixed.at.mu.lower <= 0 && fixed.at.mu.upper >= 0);
    sn_fixed_find(&map, &right, three, tenth, &fixed);
    ck_assert(fixed.count == 1 && !fixed.several && !fixed.repels && fixed.radius < 1);
    const double at[] = {(fixed.at.mu.lower + fixed.at.mu.upper) / 2,
                         (fixed.at.nu.lower + fixed.at.nu.upper) / 2, 3, 0.1};
    ck_assert_double_le(fabs(value_at(&map, (sn_measure){SN_Q_MU_CHANGE, 1}, at)), 1e-6);
    ck_assert_double_le(fabs(value_at(&map, (sn_measure){SN_Q_NU_CHANGE, 1}, at)), 1e-6);
    sn_ball_map_clear(&map);
}
END_TEST

UNIT_MAIN("attract", test_known_maps, test_pictures_change_no_verdict, test_budget, test_enters,
          test_refuted_once, test_fixed_points)
