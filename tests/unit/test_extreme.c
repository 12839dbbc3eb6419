/* Extremes by branch and bound against values at many points, and what the search promises: the
 * tolerance, the budget, the limit, and the same result for any number of threads. */
#include <math.h>
#include <omp.h>
#include <string.h>

#include "certify_cases.h"

/* As the proofs call it: one task of a parallel region. */
static sn_extreme find(const sn_search *search, int threads)
{
    sn_extreme out;
    sn_status status = SN_OK;
#pragma omp parallel num_threads(threads)
#pragma omp single
    status = sn_extreme_find(search, &out, NULL);
    ck_assert_int_eq(status, SN_OK);
    return out;
}

typedef struct problem {
    sn_ball_map map;
    sn_interval ends[SN_BOX_DIM];
    sn_box box;
    sn_meter meter;
    sn_search search;
} problem;

static void problem_init(problem *p, int n, sn_quantity quantity, uint64_t *state)
{
    const int kind = n / CASES % SN_MAP_COUNT;
    case_map(&p->map, (sn_map_kind)kind, n % CASES, n % 5 < 2);
    case_box(p->ends, state);
    sn_box_init_interval(&p->box, p->ends);
    p->meter = (sn_meter){0};
    p->search = (sn_search){.map = &p->map,
                            .box = &p->box,
                            .cell = sn_part_whole(),
                            .measure = {quantity, 1},
                            .is_upper = uniform(state) < 0.5,
                            .tolerance = 1e-5,
                            .max_boxes = 3000,
                            .meter = &p->meter};
}

static void problem_clear(problem *p)
{
    sn_box_clear(&p->box);
    sn_ball_map_clear(&p->map);
}

static double value_at(const problem *p, const double at[SN_BOX_DIM])
{
    arb_t value;
    arb_init(value);
    case_value(value, p->search.measure, &p->map, at, 128);
    const double v = arf_get_d(arb_midref(value), ARF_RND_NEAR);
    arb_clear(value);
    return v;
}

/* No sampled value beyond the extreme; the value at the point told is within. */
static void check_enclosure(const problem *p, const sn_extreme *e, const char *name, int samples,
                            uint64_t *state)
{
    const double slack = 1e-15 * (1 + fabs(e->value.lower));
    double at[SN_BOX_DIM];
    for (int i = 0; i < samples; i++) {
        case_point(at, p->ends, state);
        const double v = value_at(p, at);
        ck_assert_msg(p->search.is_upper ? v <= e->value.upper + slack
                                         : v >= e->value.lower - slack,
                      "%s of %s, map %d: %.17g, beyond %.17g to %.17g",
                      sn_quantity_name(p->search.measure.quantity), name, (int)p->map.kind, v,
                      e->value.lower, e->value.upper);
    }
    for (int i = 0; i < SN_BOX_DIM; i++) {
        ck_assert(e->at.from[i] == e->at.to[i] && e->at.from[i] >= 0 && e->at.to[i] <= 1);
        at[i] = p->ends[i].lower + e->at.from[i] * (p->ends[i].upper - p->ends[i].lower);
    }
    const double v = value_at(p, at);
    ck_assert_msg(
        v >= e->value.lower - 1e-12 * (1 + fabs(v)) && v <= e->value.upper + 1e-12 * (1 + fabs(v)),
        "%s of %s: %.17g at the point, not in %.17g to %.17g",
        sn_quantity_name(p->search.measure.quantity), name, v, e->value.lower, e->value.upper);
}

START_TEST(test_encloses_the_extreme)
{
    uint64_t state = 101;
    int searches = 0, enclosed = 0;
    for (int q = 0; q < SN_QUANTITY_COUNT; q++)
        for (int n = 0; n < 3 * CASES; n++) {
            problem p;
            problem_init(&p, n, (sn_quantity)q, &state);
            const sn_extreme e = find(&p.search, 1);
            check_enclosure(&p, &e, case_names[n % CASES], 40, &state);
            const double gap = e.value.upper - e.value.lower;
            const double scale = fmax(1, fmin(fabs(e.value.lower), fabs(e.value.upper)));
            ck_assert(e.boxes <= p.search.max_boxes + 32 && e.boxes == p.meter.boxes);
            ck_assert(gap <= 1.001e-5 * scale || e.boxes >= p.search.max_boxes);
            ck_assert_int_eq(e.verdict, SN_PROVED); /* without a limit */
            searches++;
            enclosed += gap <= 1.001e-5 * scale;
            problem_clear(&p);
        }
    NOTE("%d of %d extremes enclosed to 1e-5 in 3000 boxes", enclosed, searches);
    ck_assert_int_gt(enclosed, searches * 93 / 100);
}
END_TEST

START_TEST(test_threads_change_nothing)
{
    uint64_t state = 7;
    for (int n = 0; n < 3 * CASES; n++) {
        problem p;
        problem_init(&p, n, (sn_quantity)(n * 5 % SN_QUANTITY_COUNT), &state);
        p.search.max_boxes = 400;
        p.search.tolerance = 1e-12;
        const sn_extreme one = find(&p.search, 1);
        for (int threads = 2; threads <= 5; threads += 3) {
            const sn_extreme more = find(&p.search, threads);
            ck_assert(memcmp(&one.value, &more.value, sizeof one.value) == 0);
            ck_assert(memcmp(&one.at, &more.at, sizeof one.at) == 0);
            ck_assert(one.boxes == more.boxes && one.left == more.left);
        }
        problem_clear(&p);
    }
}
END_TEST

/* A limit just beyond the extreme is proved, one just short of it refuted; a budget of one round is
 * too little for either; a linear quantity meets its limit exactly. */
START_TEST(test_limits)
{
    static const sn_interval omega[] = {{-0.1, 0.1}, {0.8, 1.5}, {-0.1, 0.1}, {0.95, 1.1}};
    sn_ball_map map;
    case_map(&map, SN_MAP_NEURON, 0, false);
    sn_box box;
    sn_box_init_interval(&box, omega);
    sn_meter meter = {0};
    for (int n = 0; n < 2 * SN_QUANTITY_COUNT; n++) {
        sn_search search = {.map = &map,
                            .box = &box,
                            .cell = sn_part_whole(),
                            .measure = {(sn_quantity)(n / 2), 1},
                            .is_upper = n % 2 == 0,
                            .tolerance = 1e-9,
                            .max_boxes = 100000,
                            .meter = &meter};
        const sn_extreme e = find(&search, 1);
        const double inner = search.is_upper ? e.value.lower : e.value.upper;
        for (int side = -1; side <= 1; side += 2) {
            char limit[64];
            snprintf(limit, sizeof limit, "%.17g", inner + side * 3e-9 * fmax(1, fabs(inner)));
            search.limit = limit;
            const sn_extreme held = find(&search, 1);
            ck_assert_msg(held.verdict == ((side > 0) == search.is_upper ? SN_PROVED : SN_REFUTED),
                          "%s against %s, extreme %.17g", sn_quantity_name(search.measure.quantity),
                          limit, inner);
        }
    }
    sn_box_clear(&box);
    sn_ball_map_clear(&map);
}
END_TEST

START_TEST(test_strict_and_closed)
{
    const sn_claim linear = {.map = SN_MAP_NEURON, .activation = sn_activation_find("linear")};
    static const sn_interval ends[] = {{-1, 1}, {0.5, 2}, {0, 0.5}, {0.5, 1}};
    sn_ball_map map;
    ck_assert_int_eq(sn_ball_map_init(&map, &linear, 192, NULL), SN_OK);
    sn_box box;
    sn_box_init_interval(&box, ends);
    sn_meter meter = {0};
    for (int n = 0; n < 8; n++) {
        const bool is_upper = n % 2 == 0, closed = n / 2 % 2 == 0, mean = n / 4 == 0;
        const sn_search search = {.map = &map,
                                  .box = &box,
                                  .cell = sn_part_whole(),
                                  .measure = {mean ? SN_Q_MU_NEXT : SN_Q_NU_NEXT, 1},
                                  .is_upper = is_upper,
                                  .limit = mean ? (is_upper ? "0.5" : "-0.5")
                                                : (is_upper ? "2" : "0.25"),
                                  .closed = closed,
                                  .tolerance = 1e-9,
                                  .max_boxes = 2000,
                                  .meter = &meter};
        const sn_extreme e = find(&search, 1);
        ck_assert_msg(e.verdict != (closed ? SN_REFUTED : SN_PROVED), "case %d", n);
    }
    sn_box_clear(&box);
    sn_ball_map_clear(&map);
}
END_TEST

START_TEST(test_budget)
{
    static const sn_interval wide[] = {{-1, 1}, {0.1, 16}, {-0.5, 0.5}, {0.5, 2}};
    sn_ball_map map;
    case_map(&map, SN_MAP_ENSEMBLE, 0, false);
    sn_box box;
    sn_box_init_interval(&box, wide);
    sn_meter meter = {0};
    const sn_search search = {.map = &map,
                              .box = &box,
                              .cell = sn_part_whole(),
                              .measure = {SN_Q_SPECTRAL_RADIUS, 1},
                              .is_upper = false,
                              .limit = "1e-7",
                              .tolerance = 1e-9,
                              .max_boxes = 100,
                              .meter = &meter};
    const sn_extreme e = find(&search, 2);
    ck_assert_int_eq(e.verdict, SN_UNDECIDED);
    ck_assert(e.boxes >= 100 && e.boxes <= 132 && e.left > 0 && e.left <= 1);
    sn_box_clear(&box);
    static const sn_interval mild[] = {{-0.5, 0.5}, {0.5, 4}, {-0.5, 0.5}, {0.8, 1.25}};
    sn_box_init_interval(&box, mild);
    sn_search easy = search; /* decided soon; the rest is for the tolerance */
    easy.is_upper = true;
    easy.limit = "100";
    easy.tolerance = 1e-14;
    easy.max_boxes = 1500;
    const sn_extreme decided = find(&easy, 2);
    ck_assert_int_eq(decided.verdict, SN_PROVED);
    ck_assert_msg(decided.boxes >= 300 && decided.boxes <= 332, "%zu boxes", decided.boxes);
    sn_box_clear(&box);
    sn_ball_map_clear(&map);
}
END_TEST

UNIT_MAIN("extreme", test_encloses_the_extreme, test_threads_change_nothing, test_limits,
          test_strict_and_closed, test_budget)
