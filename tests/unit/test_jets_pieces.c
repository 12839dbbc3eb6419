/* Closed forms of the moments of piecewise activations, as balls. */
#include "jets_checks.h"

static void bent(acb_t f, acb_t df, const acb_t z, int piece, const double *params, slong prec)
{
    acb_set_d(df, piece == 0 ? params[0] : 1);
    acb_mul(f, df, z, prec);
}

/* From f = from on the left, to f = to on the right; slope 1 between. */
static void ramp(acb_t f, acb_t df, const acb_t z, int piece, slong from, slong to)
{
    acb_set_si(df, piece == 1);
    if (piece == 1)
        acb_set(f, z);
    else
        acb_set_si(f, piece == 0 ? from : to);
}

static void relu6(acb_t f, acb_t df, const acb_t z, int piece, const double *params, slong prec)
{
    (void)params, (void)prec;
    ramp(f, df, z, piece, 0, 6);
}

static void hardtanh(acb_t f, acb_t df, const acb_t z, int piece, const double *params, slong prec)
{
    (void)params, (void)prec;
    ramp(f, df, z, piece, -1, 1);
}

static void hardsigmoid(acb_t f, acb_t df, const acb_t z, int piece, const double *params,
                        slong prec)
{
    (void)params;
    ramp(f, df, z, piece, -3, 3);
    acb_add_ui(f, f, 3, prec);
    acb_div_ui(f, f, 6, prec);
    acb_div_ui(df, df, 6, prec);
}

static void hardswish(acb_t f, acb_t df, const acb_t z, int piece, const double *params, slong prec)
{
    hardsigmoid(f, df, z, piece, params, prec);
    acb_mul(df, df, z, prec);
    acb_add(df, df, f, prec);
    acb_mul(f, f, z, prec);
}

/* params: depth, scale; rate 1 unless it is CELU's. */
static void exponential(acb_t f, acb_t df, const acb_t z, int piece, double depth, double scale,
                        bool stretched, slong prec)
{
    acb_t a, l;
    acb_init(a);
    acb_init(l);
    acb_set_d(a, depth);
    acb_set_d(l, scale);
    if (piece == 1) {
        acb_mul(f, l, z, prec);
        acb_set(df, l);
    } else {
        if (stretched)
            acb_div(df, z, a, prec);
        else
            acb_set(df, z);
        acb_exp(df, df, prec);
        acb_mul(df, df, l, prec);
        acb_sub(f, df, l, prec);
        acb_mul(f, f, a, prec);
        if (!stretched)
            acb_mul(df, df, a, prec);
    }
    acb_clear(a);
    acb_clear(l);
}

static void elu(acb_t f, acb_t df, const acb_t z, int piece, const double *params, slong prec)
{
    exponential(f, df, z, piece, params[0], 1, false, prec);
}

static void celu(acb_t f, acb_t df, const acb_t z, int piece, const double *params, slong prec)
{
    exponential(f, df, z, piece, params[0], 1, true, prec);
}

static void selu(acb_t f, acb_t df, const acb_t z, int piece, const double *params, slong prec)
{
    exponential(f, df, z, piece, params[0], params[1], false, prec);
}

static const subject subjects[] = {
    {"linear", &sn_piecewise_linear, {1}, 1, {0}, bent},
    {"relu", &sn_piecewise_relu, {0}, 1, {0}, bent},
    {"leaky_relu", &sn_piecewise_leaky_relu, {0.013}, 1, {0}, bent},
    {"abs", &sn_piecewise_leaky_relu, {-1}, 1, {0}, bent},
    {"relu6", &sn_piecewise_relu6, {0}, 2, {0, 6}, relu6},
    {"hardtanh", &sn_piecewise_hardtanh, {0}, 2, {-1, 1}, hardtanh},
    {"hardsigmoid", &sn_piecewise_hardsigmoid, {0}, 2, {-3, 3}, hardsigmoid},
    {"hardswish", &sn_piecewise_hardswish, {0}, 2, {-3, 3}, hardswish},
    {"elu", &sn_piecewise_elu, {1}, 1, {0}, elu},
    {"elu -0.37", &sn_piecewise_elu, {-0.37}, 1, {0}, elu},
    {"celu 0.7", &sn_piecewise_celu, {0.7}, 1, {0}, celu},
    {"celu 31", &sn_piecewise_celu, {31}, 1, {0}, celu},
    {"selu", &sn_piecewise_selu, {1.6732632423543772, 1.0507009873554805}, 1, {0}, selu},
    {"selu 0.77", &sn_piecewise_selu, {0.77, 2.385}, 1, {0}, selu},
};

enum { SUBJECTS = sizeof subjects / sizeof subjects[0] };

START_TEST(points)
{
    for (int i = 0; i < SUBJECTS; i++)
        check_points(sn_jets_pieces, &subjects[i], 8);
}
END_TEST

START_TEST(boxes)
{
    for (int i = 0; i < SUBJECTS; i++)
        check_boxes(sn_jets_pieces, &subjects[i], 60);
}
END_TEST

START_TEST(tightness)
{
    for (int i = 0; i < SUBJECTS; i++) {
        check_tight(sn_jets_pieces, &subjects[i], 0.0317, 1.07);
        check_tight(sn_jets_pieces, &subjects[i], -1.7, 0.31);
        check_tight(sn_jets_pieces, &subjects[i], 2.1, 5.3);
    }
}
END_TEST

START_TEST(extremes)
{
    for (int i = 0; i < SUBJECTS; i++) {
        check_forgotten(sn_jets_pieces, &subjects[i]);
        check_extremes(sn_jets_pieces, &subjects[i]);
    }
}
END_TEST

/* How much wider than the true range the enclosures around SELU's fixed point are. */
START_TEST(selu_box)
{
    enum { STEPS = 20 };
    const subject *selu_subject = &subjects[SUBJECTS - 2];
    sn_jets box, at;
    sn_jets_init(&box);
    sn_jets_init(&at);
    subject_at(&box, sn_jets_pieces, selu_subject, 0, 0.05, 1, 0.05, 64);
    double low[ENTRIES], high[ENTRIES];
    for (int i = 0; i < ENTRIES; i++) {
        low[i] = INFINITY;
        high[i] = -INFINITY;
    }
    for (int a = -STEPS; a <= STEPS; a++)
        for (int b = -STEPS; b <= STEPS; b++) {
            subject_at(&at, sn_jets_pieces, selu_subject, 0.05 * a / STEPS, 0, 1 + 0.05 * b / STEPS,
                       0, 64);
            for (int i = 0; i < ENTRIES; i++) {
                low[i] = fmin(low[i], sn_ball_lower(entry(&at, i)));
                high[i] = fmax(high[i], sn_ball_upper(entry(&at, i)));
            }
        }
    for (int i = 0; i < ENTRIES; i++) {
        const double ratio = 2 * radius_of(entry(&box, i)) / (high[i] - low[i]);
        NOTE("d^%d %s: %.3f times the true range", order_of(i),
             i < SN_JET       ? "M"
             : i < 2 * SN_JET ? "F"
                              : "C",
             ratio);
        ck_assert_double_ge(ratio, 1);
        ck_assert_double_le(ratio, 4);
    }
    sn_jets_clear(&box);
    sn_jets_clear(&at);
}
END_TEST

UNIT_MAIN("jets_pieces", points, boxes, tightness, extremes, selu_box)
