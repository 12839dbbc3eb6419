/* Quantities of a claim over boxes, held against thin points of these boxes at many more bits. */
#include "certify/quantity.h"

#include <math.h>

#include "certify_cases.h"

enum { FINE = 220 };

static const sn_measure plain[] = {
    {SN_Q_MU_NEXT, 1},        {SN_Q_XI_NEXT, 1},         {SN_Q_NU_NEXT, 1},
    {SN_Q_MU_CHANGE, 1},      {SN_Q_NU_CHANGE, 1},       {SN_Q_DMU_DMU, 1},
    {SN_Q_DMU_DNU, 1},        {SN_Q_DNU_DMU, 1},         {SN_Q_DNU_DNU, 1},
    {SN_Q_SPECTRAL_NORM, 1},  {SN_Q_SPECTRAL_RADIUS, 1}, {SN_Q_CHI1, 1},
    {SN_Q_SPECTRAL_NORM, 3.7}};
enum { MEASURES = sizeof plain / sizeof plain[0] };

static void set_box(arb_ptr at, const sn_interval ends[SN_BOX_DIM])
{
    for (int i = 0; i < SN_BOX_DIM; i++)
        sn_ball_set_interval(&at[i], ends[i].lower, ends[i].upper);
}

/* Whether the increment between two points is one that the gradient allows. */
static bool allows(arb_srcptr gradient, const double p[SN_BOX_DIM], const double q[SN_BOX_DIM],
                   const arb_t at_p, const arb_t at_q)
{
    arb_t sum, step;
    arb_init(sum);
    arb_init(step);
    for (int i = 0; i < SN_BOX_DIM; i++) {
        if (p[i] == q[i])
            continue;
        arb_set_d(step, p[i]);
        arb_neg(step, step);
        arf_t end;
        arf_init_set_ui(end, 0);
        arf_set_d(end, q[i]);
        arb_add_arf(step, step, end, FINE);
        arf_clear(end);
        arb_addmul(sum, step, &gradient[i], FINE);
    }
    arb_sub(step, at_q, at_p, FINE);
    const bool allowed = arb_overlaps(step, sum);
    arb_clear(sum);
    arb_clear(step);
    return allowed;
}

/* One box: values of points inside, increments between them, all at once and side by side. */
static void check_box(const sn_ball_map *map, sn_measure measure, const char *name, uint64_t *state)
{
    sn_interval ends[SN_BOX_DIM];
    case_box(ends, state);
    arb_ptr at = _arb_vec_init(2 * SN_BOX_DIM), gradient = at + SN_BOX_DIM;
    arb_t value, alone, at_p, at_q;
    arb_init(value);
    arb_init(alone);
    arb_init(at_p);
    arb_init(at_q);
    set_box(at, ends);
    sn_quantity_enclose(value, gradient, measure, map, at, 64);
    sn_quantity_enclose(alone, NULL, measure, map, at, 64);
    double p[SN_BOX_DIM], q[SN_BOX_DIM];
    case_point(p, ends, state);
    case_value(at_p, measure, map, p, FINE);
    for (int i = 0; i < 2; i++) {
        case_point(q, ends, state);
        for (int k = 0; i > 0 && k < SN_BOX_DIM; k++)
            q[k] = k == (int)(SN_BOX_DIM * uniform(state)) ? q[k] : p[k]; /* mostly one side */
        case_value(at_q, measure, map, q, FINE);
        ck_assert(arb_is_finite(at_q) && mag_cmp_2exp_si(arb_radref(at_q), -40) < 0);
        ck_assert_msg(arb_overlaps(value, at_q) && arb_overlaps(alone, at_q),
                      "%s of %s, map %d: the value at mu %.17g nu %.17g omega %.17g tau %.17g",
                      sn_quantity_name(measure.quantity), name, (int)map->kind, q[0], q[1], q[2],
                      q[3]);
        ck_assert_msg(allows(gradient, p, q, at_p, at_q),
                      "%s of %s, map %d: the gradient near mu %.17g nu %.17g omega %.17g tau %.17g",
                      sn_quantity_name(measure.quantity), name, (int)map->kind, p[0], p[1], p[2],
                      p[3]);
    }
    arb_clear(value);
    arb_clear(alone);
    arb_clear(at_p);
    arb_clear(at_q);
    _arb_vec_clear(at, 2 * SN_BOX_DIM);
}

START_TEST(test_encloses_values_and_increments)
{
    uint64_t state = 11;
    for (int a = 0; a < CASES; a++)
        for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
            sn_ball_map map;
            case_map(&map, (sn_map_kind)kind, a, (a + kind) % 2 == 1);
            for (int m = 0; m < MEASURES; m++)
                for (int i = 0; i < 12; i++)
                    check_box(&map, plain[m], case_names[a], &state);
            sn_ball_map_clear(&map);
        }
}
END_TEST

/* The difference quotient of mu_next or nu_next over a short step lies in the entry of the Jacobian
 * over that step, and that is thin. */
static void check_entry(const sn_ball_map *map, const char *name, int row, int column,
                        const double point[SN_BOX_DIM])
{
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    arb_t from, to, step, entry;
    arb_init(from);
    arb_init(to);
    arb_init(step);
    arb_init(entry);
    for (int i = 0; i < SN_BOX_DIM; i++)
        arb_set_d(&at[i], point[i]);
    const sn_measure next = {row == 0 ? SN_Q_MU_NEXT : SN_Q_NU_NEXT, 1};
    sn_quantity_enclose(from, NULL, next, map, at, FINE);
    arb_set_d(step, 0x1p-70);
    arb_add(&at[column], &at[column], step, FINE);
    sn_quantity_enclose(to, NULL, next, map, at, FINE);
    arb_sub(to, to, from, FINE);
    arb_div(to, to, step, FINE);
    arb_set_d(&at[column], point[column]);
    arb_add_error(&at[column], step);
    const sn_measure derivative = {(sn_quantity)(SN_Q_DMU_DMU + 2 * row + column), 1};
    sn_quantity_enclose(entry, NULL, derivative, map, at, 128);
    ck_assert_msg(arb_overlaps(entry, to) && mag_cmp_2exp_si(arb_radref(entry), -50) < 0
                      && mag_cmp_2exp_si(arb_radref(to), -50) < 0,
                  "%s of %s, map %d, at %g %g %g %g", sn_quantity_name(derivative.quantity), name,
                  (int)map->kind, point[0], point[1], point[2], point[3]);
    arb_clear(from);
    arb_clear(to);
    arb_clear(step);
    arb_clear(entry);
    _arb_vec_clear(at, SN_BOX_DIM);
}

START_TEST(test_jacobian_is_that_of_the_map)
{
    uint64_t state = 5;
    for (int a = 0; a < CASES; a++)
        for (int kind = 0; kind < SN_MAP_COUNT; kind++) {
            sn_ball_map map;
            case_map(&map, (sn_map_kind)kind, a, (a + kind) % 2 == 0);
            for (int i = 0; i < 8; i++) {
                sn_interval ends[SN_BOX_DIM];
                double point[SN_BOX_DIM];
                case_box(ends, &state);
                case_point(point, ends, &state);
                check_entry(&map, case_names[a], i / 2 % 2, i % 2, point);
            }
            sn_ball_map_clear(&map);
        }
}
END_TEST

/* sqrt of the largest eigenvalue of J^T J. */
static void norm_by_definition(arb_t out, const arb_struct j[4], slong prec)
{
    arb_t sum, det;
    arb_init(sum);
    arb_init(det);
    for (int i = 0; i < 4; i++)
        arb_addmul(sum, &j[i], &j[i], prec);
    arb_mul(det, &j[0], &j[3], prec);
    arb_submul(det, &j[1], &j[2], prec);
    arb_mul(det, det, det, prec);
    arb_mul_2exp_si(det, det, 2);
    arb_mul(out, sum, sum, prec);
    arb_sub(out, out, det, prec);
    arb_sqrtpos(out, out, prec);
    arb_add(out, out, sum, prec);
    arb_mul_2exp_si(out, out, -1);
    arb_sqrt(out, out, prec);
    arb_clear(sum);
    arb_clear(det);
}

/* The larger of |z| for the roots of z^2 - (a + d) z + a d - b c, real or not. */
static void radius_by_definition(arb_t out, const arb_struct j[4], slong prec)
{
    arb_t trace, det, root;
    arb_init(trace);
    arb_init(det);
    arb_init(root);
    arb_add(trace, &j[0], &j[3], prec);
    arb_mul(det, &j[0], &j[3], prec);
    arb_submul(det, &j[1], &j[2], prec);
    arb_mul(root, trace, trace, prec);
    arb_mul_2exp_si(out, det, 2);
    arb_sub(root, root, out, prec);
    if (arb_is_negative(root)) {
        arb_sqrt(out, det, prec);
    } else {
        arb_sqrtpos(root, root, prec);
        arb_abs(trace, trace);
        arb_add(out, trace, root, prec);
        arb_mul_2exp_si(out, out, -1);
    }
    arb_clear(trace);
    arb_clear(det);
    arb_clear(root);
}

START_TEST(test_norm_and_radius_by_definition)
{
    uint64_t state = 3;
    int turning = 0;
    arb_struct j[4];
    arb_t expected, got, weight;
    arb_init(expected);
    arb_init(got);
    arb_init(weight);
    for (int i = 0; i < 4; i++)
        arb_init(&j[i]);
    for (int n = 0; n < 40 * CASES; n++) {
        sn_ball_map map;
        case_map(&map, (sn_map_kind)(n / CASES % SN_MAP_COUNT), n % CASES, n % 5 < 2);
        double p[SN_BOX_DIM];
        p[SN_BOX_MU] = 4 * uniform(&state) - 2;
        p[SN_BOX_NU] = log_uniform(&state, 0.01, 30);
        p[SN_BOX_OMEGA] = 6 * uniform(&state) - 3;
        p[SN_BOX_TAU] = log_uniform(&state, 0.1, 4);
        for (int i = 0; i < 4; i++)
            case_value(&j[i], (sn_measure){(sn_quantity)(SN_Q_DMU_DMU + i), 1}, &map, p, FINE);
        radius_by_definition(expected, j, FINE);
        case_value(got, (sn_measure){SN_Q_SPECTRAL_RADIUS, 1}, &map, p, 128);
        ck_assert_msg(arb_overlaps(got, expected), "radius, case %d", n);
        arb_add(got, &j[0], &j[3], FINE);
        arb_abs(got, got);
        arb_mul_2exp_si(got, got, -1);
        turning += arb_lt(got, expected) && arb_is_negative(&j[1]) != arb_is_negative(&j[2]);
        const double w = n % 3 == 0 ? 1 : log_uniform(&state, 0.01, 100);
        arb_set_d(weight, w);
        arb_mul(&j[1], &j[1], weight, FINE);
        arb_div(&j[2], &j[2], weight, FINE);
        norm_by_definition(expected, j, FINE);
        case_value(got, (sn_measure){SN_Q_SPECTRAL_NORM, w}, &map, p, 128);
        ck_assert_msg(arb_overlaps(got, expected) && mag_cmp_2exp_si(arb_radref(got), -50) < 0,
                      "norm, case %d", n);
        sn_ball_map_clear(&map);
    }
    ck_assert_int_gt(turning, 10);
    arb_clear(expected);
    arb_clear(got);
    arb_clear(weight);
    for (int i = 0; i < 4; i++)
        arb_clear(&j[i]);
}
END_TEST

/* Where the variance y reaches 0, and where an eigenvalue has no bounded slope. */
START_TEST(test_what_is_not_known)
{
    sn_ball_map map;
    case_map(&map, SN_MAP_NEURON, 2, false); /* relu */
    arb_ptr at = _arb_vec_init(2 * SN_BOX_DIM), gradient = at + SN_BOX_DIM;
    arb_t value;
    arb_init(value);
    const sn_interval around[] = {{-0.1, 0.1}, {0.5, 2}, {-0.5, 0.5}, {0, 1}};
    set_box(at, around); /* y down to 0: nothing is known, and said so */
    sn_quantity_enclose(value, gradient, (sn_measure){SN_Q_SPECTRAL_NORM, 1}, &map, at, 64);
    ck_assert(!arb_is_finite(value) && !arb_is_finite(&gradient[0]));
    sn_quantity_enclose(value, gradient, (sn_measure){SN_Q_NU_NEXT, 1}, &map, at, 64);
    ck_assert(!arb_is_nonnegative(&gradient[1]) && !arb_is_nonpositive(&gradient[1]));
    ck_assert(sn_ball_upper(value) > 0.6);
    arb_clear(value);
    _arb_vec_clear(at, 2 * SN_BOX_DIM);
    sn_ball_map_clear(&map);
}
END_TEST

/* The ensemble map's variance y = tau (nu + mu^2) over boxes with mu = 0 inside starts at tau nu. */
START_TEST(test_squares_are_sharp)
{
    sn_ball_map map;
    case_map(&map, SN_MAP_ENSEMBLE, 0, false);
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    arb_t x, y;
    arb_init(x);
    arb_init(y);
    set_box(at, (sn_interval[]){{-0.75, 0.5}, {0.25, 0.5}, {0, 0}, {1, 1}});
    sn_quantity_preactivation(x, y, &map, at, 64);
    ck_assert_double_ge_tol(sn_ball_lower(y), 0.25, 1e-8);
    ck_assert_double_le_tol(sn_ball_upper(y), 0.5 + 0.5625, 1e-8);
    sn_quantity_enclose(y, NULL, (sn_measure){SN_Q_NU_NEXT, 1}, &map, at, 64);
    ck_assert(arb_is_finite(y));
    arb_clear(x);
    arb_clear(y);
    _arb_vec_clear(at, SN_BOX_DIM);
    sn_ball_map_clear(&map);
}
END_TEST

UNIT_MAIN("quantity", test_encloses_values_and_increments, test_jacobian_is_that_of_the_map,
          test_norm_and_radius_by_definition, test_what_is_not_known, test_squares_are_sharp)
