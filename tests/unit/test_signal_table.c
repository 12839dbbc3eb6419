/* The table of S and E f'^2: against the moments it was made of, at other places. */
#include "theory/signal_table.h"

#include <math.h>

#include "harness.h"
#include "theory/moments.h"

START_TEST(against_moments)
{
    double worst = 0, worst_gradient = 0;
    for (size_t i = 0; i < sn_activation_count(); i++) {
        sn_field field = {.map = i % 2 == 0 ? SN_MAP_CENTRED : SN_MAP_ENSEMBLE};
        ck_assert_int_eq(sn_activation_init(&field.activation, sn_activation_at(i)->name, NULL),
                         SN_OK);
        sn_signal_table table;
        ck_assert_int_eq(sn_signal_table_make(&field, &table, NULL), SN_OK);
        for (size_t k = i % 5; k < table.count; k += 5) {
            const sn_signal_piece *p = &table.pieces[k];
            const double q = p->from + 0.617 * (p->to - p->from);
            sn_moments m;
            ck_assert_int_eq(sn_moments_compute(&field.activation, 0, q, &m, NULL), SN_OK);
            double unused;
            const double power = i % 2 == 0 ? m.variance : m.second;
            worst = fmax(worst, fabs(sn_signal_power(p, q, &unused) / power - 1));
            worst_gradient =
                fmax(worst_gradient, fabs(sn_signal_gradient(p, q) / m.slope_second - 1));
        }
        sn_signal_table_free(&table);
    }
    NOTE("worst %.1e, of E f'^2 %.1e", worst, worst_gradient);
    ck_assert(worst < 1e-12);
    ck_assert(worst_gradient < 1e-12);
}
END_TEST

/* No gaps, ends met, and S' monotone in a piece, as far as it is not straight. */
START_TEST(pieces)
{
    static const char *const names[] = {"selu", "silu", "sin", "hardtanh"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        sn_field field = {.map = SN_MAP_ENSEMBLE};
        ck_assert_int_eq(sn_activation_init(&field.activation, names[i], NULL), SN_OK);
        sn_signal_table table;
        ck_assert_int_eq(sn_signal_table_make(&field, &table, NULL), SN_OK);
        ck_assert(table.whole_below && table.whole_above);
        ck_assert_double_eq(table.pieces[0].from, 0x1p-120);
        ck_assert_double_eq(table.pieces[table.one].from, 1);
        ck_assert_double_eq(table.pieces[table.count - 1].to, 0x1p120);
        for (size_t k = 0; k < table.count; k++) {
            const sn_signal_piece *p = &table.pieces[k];
            ck_assert_double_lt(p->from, p->to);
            if (k > 0) {
                ck_assert_double_eq(p->from, p[-1].to);
                ck_assert_double_eq_tol(p->power_from / p[-1].power_to, 1, 2e-12);
            }
            const double way = p->rise_to > p->rise_from ? 1 : -1;
            const double slack = 1e-11 * p->power_to / (p->to - p->from);
            double before = p->rise_from;
            for (int j = 1; j <= 50; j++) {
                double rise;
                (void)sn_signal_power(p, p->from + j * (p->to - p->from) / 50, &rise);
                ck_assert_double_gt(way * (rise - before), -slack);
                before = rise;
            }
        }
        sn_signal_table_free(&table);
    }
}
END_TEST

static double exp_of(const void *state, double z)
{
    (void)state;
    return exp(z);
}

static const sn_activation_type exp_type = {
    .name = "exp", .value_of = exp_of, .derivative_of = exp_of};

/* E exp(2z) = exp(2q) overflows at q = 355, before which the table ends. */
START_TEST(where_moments_end)
{
    const sn_field field = {.map = SN_MAP_ENSEMBLE, .activation = {.type = &exp_type}};
    sn_signal_table table;
    ck_assert_int_eq(sn_signal_table_make(&field, &table, NULL), SN_OK);
    ck_assert(table.whole_below && !table.whole_above);
    ck_assert_double_eq(table.power_at_zero, 1);
    const sn_signal_piece *last = &table.pieces[table.count - 1];
    ck_assert_double_gt(last->to, 8);
    ck_assert_double_lt(last->to, 355);
    const double q = last->from + 0.3 * (last->to - last->from);
    double unused;
    ck_assert_double_eq_tol(log(sn_signal_power(last, q, &unused)), 2 * q, 1e-9);
    sn_signal_table_free(&table);
    ck_assert_ptr_null(table.pieces);
}
END_TEST

UNIT_MAIN("signal_table", against_moments, pieces, where_moments_end)
