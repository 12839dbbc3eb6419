/* The faces to which a search is reduced: no point of the whole box has a larger (or smaller) value
 * than the best point of the faces, as far as a search by sampling and climbing can tell. */
#include <math.h>
#include <string.h>

#include "certify_cases.h"

typedef struct hunt {
    sn_search search;
    sn_interval ends[SN_BOX_DIM];
    uint64_t *state;
} hunt;

/* The quantity at t in the unit box; upside down for a minimum. */
static double height(const hunt *h, const double t[SN_BOX_DIM])
{
    double p[SN_BOX_DIM];
    for (int i = 0; i < SN_BOX_DIM; i++)
        p[i] = h->ends[i].lower + t[i] * (h->ends[i].upper - h->ends[i].lower);
    arb_t value;
    arb_init(value);
    case_value(value, h->search.measure, h->search.map, p, 53);
    const double v = arf_get_d(arb_midref(value), ARF_RND_NEAR);
    arb_clear(value);
    return h->search.is_upper ? v : -v;
}

/* Uphill from t within the part, side by side, with ever smaller steps. */
static double climb(const hunt *h, const sn_part *part, double t[SN_BOX_DIM], double least)
{
    double top = height(h, t);
    for (double step = 0.3; step > least;) {
        bool moved = false;
        for (int i = 0; i < 2 * SN_BOX_DIM; i++) {
            const int side = i / 2;
            const double before = t[side];
            t[side] += i % 2 == 0 ? step : -step;
            t[side] = fmin(fmax(t[side], part->from[side]), part->to[side]);
            const double there = t[side] == before ? top : height(h, t);
            moved = moved || there > top;
            if (!(there > top))
                t[side] = before;
            top = fmax(top, there);
        }
        if (!moved)
            step /= 3;
    }
    return top;
}

/* The best of some climbs from random points of the part, and from `hint` moved into it. */
static double best_of(const hunt *h, const sn_part *part, int climbs, const double *hint,
                      double best_at[SN_BOX_DIM])
{
    double best = -INFINITY;
    for (int n = 0; n < climbs; n++) {
        double t[SN_BOX_DIM];
        for (int i = 0; i < SN_BOX_DIM; i++)
            t[i] = n == 0 && hint != NULL
                       ? fmin(fmax(hint[i], part->from[i]), part->to[i])
                       : part->from[i] + uniform(h->state) * (part->to[i] - part->from[i]);
        const double top = climb(h, part, t, 1e-4);
        if (!(top > best))
            continue;
        best = top;
        for (int i = 0; i < SN_BOX_DIM; i++)
            best_at[i] = t[i];
    }
    return best;
}

static bool is_face(const sn_part *part)
{
    int open = 0;
    for (int i = 0; i < SN_BOX_DIM; i++) {
        ck_assert(part->from[i] <= part->to[i] && part->from[i] >= 0 && part->to[i] <= 1);
        ck_assert(part->from[i] == 0 || part->from[i] == part->to[i]);
        open += part->from[i] < part->to[i];
    }
    return open < SN_BOX_DIM;
}

/* The number of faces, or 0 where there is nothing to reduce. */
static size_t check(hunt *h, const char *name)
{
    sn_part faces[SN_MAX_FACES];
    const size_t n = sn_reduce(&h->search, faces);
    ck_assert(n >= 1 && n <= SN_MAX_FACES);
    if (n == 1 && !is_face(&faces[0]))
        return 0;
    const sn_part whole = sn_part_whole();
    double at[SN_BOX_DIM], on_face[SN_BOX_DIM];
    const double best = best_of(h, &whole, 3, NULL, at);
    double best_face = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        ck_assert(is_face(&faces[i]));
        best_face = fmax(best_face, best_of(h, &faces[i], 2, at, on_face));
    }
    ck_assert_msg(best <= best_face + 1e-6 * fabs(best) + 1e-9,
                  "%s of %s, map %d: %.12g on the box, %.12g on its faces; mu %g %g nu %g %g omega "
                  "%g %g tau %g %g, at t = %.6g %.6g %.6g %.6g",
                  sn_quantity_name(h->search.measure.quantity), name, (int)h->search.map->kind,
                  best, best_face, h->ends[0].lower, h->ends[0].upper, h->ends[1].lower,
                  h->ends[1].upper, h->ends[2].lower, h->ends[2].upper, h->ends[3].lower,
                  h->ends[3].upper, at[0], at[1], at[2], at[3]);
    return n;
}

static void check_quantity(sn_quantity quantity, uint64_t *state)
{
    size_t reduced = 0;
    for (int n = 0; n < 2 * 3 * CASES; n++) {
        sn_ball_map map;
        case_map(&map, (sn_map_kind)(n / CASES % SN_MAP_COUNT), n % CASES, n % 5 < 2);
        hunt h = {.state = state};
        case_box(h.ends, state);
        sn_box box;
        sn_box_init_interval(&box, h.ends);
        const double weight = quantity == SN_Q_SPECTRAL_NORM && n % 2 == 1 ? 2.3 : 1;
        h.search = (sn_search){.map = &map,
                               .box = &box,
                               .cell = sn_part_whole(),
                               .measure = {quantity, weight},
                               .is_upper = n / (3 * CASES) == 0};
        reduced += check(&h, case_names[n % CASES]) > 0;
        sn_box_clear(&box);
        sn_ball_map_clear(&map);
    }
    ck_assert_uint_gt(reduced, CASES);
}

START_TEST(test_nothing_beyond_the_faces)
{
    uint64_t state = 23;
    for (int q = 0; q < SN_QUANTITY_COUNT; q++)
        check_quantity((sn_quantity)q, &state);
}
END_TEST

/* What the walks promise on Theorem 1's box, where omega and mu pass through 0. */
START_TEST(test_dimensions_left)
{
    static const struct {
        sn_map_kind kind;
        sn_quantity quantity;
        bool is_upper;
        int open; /* sides left to search */
        size_t faces;
    } want[] = {
        {SN_MAP_NEURON, SN_Q_MU_NEXT, true, 2, 4},
        {SN_MAP_NEURON, SN_Q_NU_CHANGE, false, 2, 4},
        {SN_MAP_NEURON, SN_Q_MU_CHANGE, true, 2, 8},
        {SN_MAP_NEURON, SN_Q_DNU_DMU, false, 2, 8},
        {SN_MAP_NEURON, SN_Q_SPECTRAL_NORM, false, 2, 4},
        {SN_MAP_NEURON, SN_Q_SPECTRAL_RADIUS, true, 2, 16},
        {SN_MAP_NEURON, SN_Q_SPECTRAL_RADIUS, false, 4, 1},
        {SN_MAP_CENTRED, SN_Q_CHI1, true, 1, 2},
        {SN_MAP_CENTRED, SN_Q_SPECTRAL_RADIUS, false, 1, 2},
        {SN_MAP_ENSEMBLE, SN_Q_NU_NEXT, true, 3, 2},
        {SN_MAP_ENSEMBLE, SN_Q_SPECTRAL_NORM, true, 3, 4},
    };
    static const sn_interval omega[] = {{-0.1, 0.1}, {0.8, 1.5}, {-0.1, 0.1}, {0.95, 1.1}};
    sn_box box;
    sn_box_init_interval(&box, omega);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        sn_ball_map map;
        case_map(&map, want[i].kind, 0, false);
        const sn_search search = {.map = &map,
                                  .box = &box,
                                  .cell = sn_part_whole(),
                                  .measure = {want[i].quantity, 1},
                                  .is_upper = want[i].is_upper};
        sn_part faces[SN_MAX_FACES];
        const size_t n = sn_reduce(&search, faces);
        ck_assert_uint_eq(n, want[i].faces);
        for (size_t f = 0; f < n; f++) {
            for (size_t g = 0; g < f; g++)
                ck_assert(memcmp(&faces[f], &faces[g], sizeof faces[f]) != 0);
            int open = 0;
            for (int side = 0; side < SN_BOX_DIM; side++)
                open += faces[f].from[side] < faces[f].to[side];
            ck_assert_msg(open == want[i].open, "%s, map %d: %d sides",
                          sn_quantity_name(want[i].quantity), (int)want[i].kind, open);
        }
        sn_ball_map_clear(&map);
    }
    sn_box_clear(&box);
}
END_TEST

UNIT_MAIN("reduce", test_nothing_beyond_the_faces, test_dimensions_left)
