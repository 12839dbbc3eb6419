/* The table of S(q) and D(q) = E f'(z)^2: polynomials through Chebyshev points.
 *
 * S and D are analytic in q but at q = 0, as far from the centre of an octave [q, 2q] as three of
 * its half-widths. A polynomial through n Chebyshev points then errs by (3 + sqrt 8)^-n or so, and
 * 16 of them leave 1e-12 to 1e-15. A piece is accepted if it agrees with the moments at two places
 * between its points, and halved otherwise; so it ends with narrow pieces where S or D bend
 * sharply, and 2^-26 of an octave wide around a kink or a jump, which a law of finitely many
 * values has.
 *
 * A piece is also halved until S'' has one sign there: then tau S + b - q has one extremum at most,
 * and whoever looks for its zeros misses none. The sign is read off S' at the points, that of
 * the polynomial: of some saturated f the closed form's has no digits left at large q. A piece over
 * which S' changes by less than 1e-12 S / (its width) is straight.
 *
 * The powers of t are safe: |c_k| falls like 5.8^-k in Chebyshev's basis, which a change to powers
 * magnifies by 2.4^k at most.
 */
#include "theory/signal_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "theory/signal.h"

enum { N = SN_SIGNAL_TERMS, OCTAVES = 120, DEPTH = 26, MOST_PIECES = 200 };

static const double pi = 3.14159265358979323846;
static const double accuracy = 1e-12;              /* of S and D between the points, relative */
static const double worst_allowed = 1e-10;         /* error of a moment */
static const double straight = 1e-12;              /* of S: the change of S' times the width */
static const double of_the_moments = 4;            /* their errors, times this, are allowed for */
static const double checked_at[] = {-0.97, 0.217}; /* in t; no points of the polynomial */

/* The Chebyshev point t_j = cos(pi (j + 1/2) / N), as a q. */
static double point_at(const sn_signal_piece *p, int j)
{
    return p->centre + p->half * cos(pi * (j + 0.5) / N);
}

/* f at the Chebyshev points to the coefficients of its powers. */
static void to_powers(const double value[N], double power[N])
{
    double before[N] = {0}, at[N] = {1}; /* the coefficients of T_(k-1) and T_k */
    memset(power, 0, N * sizeof power[0]);
    for (int k = 0; k < N; k++) {
        double c = 0;
        for (int j = 0; j < N; j++)
            c += value[j] * cos(pi * k * (j + 0.5) / N);
        c *= (k == 0 ? 1.0 : 2.0) / N;
        double next[N];
        for (int i = 0; i < N; i++) {
            power[i] += c * at[i];
            next[i] = (k == 0 ? 1 : 2) * (i > 0 ? at[i - 1] : 0) - (k == 0 ? 0 : before[i]);
        }
        memcpy(before, at, sizeof at);
        memcpy(at, next, sizeof next);
    }
}

/* Whether S'' has one sign, as far as S' changes by more than allowed / width. */
static bool bends_one_way(const sn_signal_piece *p, double allowed)
{
    const double step_allowed = allowed / (p->to - p->from);
    double before = 0, least = INFINITY, most = -INFINITY;
    bool falls = false, rises = false;
    for (int j = 0; j < N; j++) {
        double rise;
        (void)sn_signal_power(p, point_at(p, j), &rise);
        falls = falls || (j > 0 && rise < before - step_allowed);
        rises = rises || (j > 0 && rise > before + step_allowed);
        least = fmin(least, rise);
        most = fmax(most, rise);
        before = rise;
    }
    return !(falls && rises) || most - least <= step_allowed;
}

/* Lays a piece over [from, to]; *good: it may stay as it is. */
static sn_status fit(const sn_field *field, double from, double to, sn_signal_piece *p, bool *good,
                     sn_error *err)
{
    *p = (sn_signal_piece){
        .from = from, .to = to, .centre = from + (to - from) / 2, .half = (to - from) / 2};
    double power[N], gradient[N], error = 0, scale = 0;
    for (int j = 0; j < N; j++) {
        sn_signal s;
        const sn_status status = sn_signal_at(field, point_at(p, j), &s, err);
        if (status != SN_OK)
            return status;
        if (!(s.error <= worst_allowed))
            return sn_fail(err, SN_ENOCONV, "%s: the moments at q = %g reached %.1e only",
                           field->activation.type->name, point_at(p, j), s.error);
        power[j] = s.power;
        gradient[j] = s.gradient;
        error = fmax(error, s.error);
        scale = fmax(scale, s.power);
    }
    to_powers(power, p->power);
    to_powers(gradient, p->gradient);
    p->power_from = sn_signal_power(p, from, &p->rise_from);
    p->power_to = sn_signal_power(p, to, &p->rise_to);
    *good = bends_one_way(p, (straight + of_the_moments * error) * scale);
    for (size_t i = 0; *good && i < sizeof checked_at / sizeof checked_at[0]; i++) {
        const double q = p->centre + p->half * checked_at[i];
        sn_signal s;
        const sn_status status = sn_signal_at(field, q, &s, err);
        if (status != SN_OK)
            return status;
        const double allowed = accuracy + of_the_moments * fmax(error, s.error);
        double unused;
        *good = fabs(sn_signal_power(p, q, &unused) - s.power) <= allowed * s.power
                && fabs(sn_signal_gradient(p, q) - s.gradient) <= allowed * s.gradient;
    }
    return SN_OK;
}

static sn_status push(sn_signal_table *table, const sn_signal_piece *p, sn_error *err)
{
    if (table->count == table->room) {
        const size_t room = table->room == 0 ? 256 : 2 * table->room;
        sn_signal_piece *grown = realloc(table->pieces, room * sizeof *grown);
        if (grown == NULL)
            return sn_fail(err, SN_ENOMEM, "no memory for a table of %zu pieces", room);
        table->pieces = grown;
        table->room = room;
    }
    table->pieces[table->count++] = *p;
    return SN_OK;
}

typedef struct builder {
    const sn_field *field;
    sn_signal_table *table;
    bool descending;
    size_t limit; /* of the number of pieces */
} builder;

/* Appends [from, to] in as many pieces as it takes. */
static sn_status append(const builder *b, double from, double to, int depth, sn_error *err)
{
    sn_signal_piece p;
    bool good = false;
    sn_status status = fit(b->field, from, to, &p, &good, err);
    if (status != SN_OK)
        return status;
    if (good || depth == DEPTH)
        return push(b->table, &p, err);
    if (b->table->count >= b->limit)
        return sn_fail(err, SN_ENOCONV,
                       "%s: S(q) near q = %g is too rough to tabulate in %d pieces an octave",
                       b->field->activation.type->name, p.centre, MOST_PIECES);
    const double ends[] = {from, p.centre, to};
    for (int i = 0; i < 2 && status == SN_OK; i++) {
        const int k = b->descending ? 1 - i : i;
        status = append(b, ends[k], ends[k + 1], depth + 1, err);
    }
    return status;
}

/* Appends octave by octave away from q = 1, of which the first must be had. */
static sn_status append_octaves(const sn_field *field, bool descending, sn_signal_table *table,
                                bool *whole, sn_error *err)
{
    *whole = false;
    for (int i = 0; i < OCTAVES; i++) {
        const double from = ldexp(1, descending ? -i - 1 : i);
        const size_t before = table->count;
        const builder b = {field, table, descending, before + MOST_PIECES};
        sn_error why = {0};
        const sn_status status = append(&b, from, 2 * from, 0, &why);
        if (status == SN_ENOCONV && i > 0) {
            table->count = before;
            return SN_OK;
        }
        if (status != SN_OK)
            return sn_fail(err, status, "%s", why.message);
    }
    *whole = true;
    return SN_OK;
}

static void reverse(sn_signal_table *table)
{
    for (size_t i = 0, j = table->count; i + 1 < j; i++) {
        const sn_signal_piece p = table->pieces[i];
        table->pieces[i] = table->pieces[--j];
        table->pieces[j] = p;
    }
}

sn_status sn_signal_table_make(const sn_field *field, sn_signal_table *table, sn_error *err)
{
    *table = (sn_signal_table){0};
    const double at_zero = sn_activation_value(&field->activation, 0);
    table->power_at_zero = field->map == SN_MAP_CENTRED ? 0 : at_zero * at_zero;
    sn_status status = append_octaves(field, true, table, &table->whole_below, err);
    if (status == SN_OK) {
        reverse(table);
        table->one = table->count;
        status = append_octaves(field, false, table, &table->whole_above, err);
    }
    if (status != SN_OK)
        sn_signal_table_free(table);
    return status;
}

void sn_signal_table_free(sn_signal_table *table)
{
    free(table->pieces);
    *table = (sn_signal_table){0};
}
