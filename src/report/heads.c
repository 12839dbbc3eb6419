/* What the heads of several kinds of pictures share: columns by number (gnuplot knows named columns
 * in the first block of a file only), blocks of equal keys, fixed points, axis ranges. */
#include "report/heads.h"

#include <math.h>
#include <string.h>

#include "report/number.h"
#include "report/script.h"

sn_status sn_head_column(FILE *script, const char *name, const sn_table *table, const char *column,
                         bool optional, sn_error *err)
{
    const size_t index = sn_table_find(table, column);
    const bool found = index < sn_table_columns(table);
    if (!found && !optional)
        return sn_fail(err, SN_EINVAL, "a picture needs the column %s of the table %s", column,
                       sn_table_name(table));
    fprintf(script, "%s = %zu\n", name, found ? index + 1 : 0);
    return SN_OK;
}

sn_status sn_head_need(const sn_table *table, const char *kind, const char *what, sn_error *err)
{
    if (table != NULL && sn_table_rows(table) > 0)
        return SN_OK;
    return sn_fail(err, SN_EINVAL, "a picture of the kind %s needs %s", kind, what);
}

static bool same_cell(const sn_table *table, size_t row, size_t other, size_t column)
{
    if (sn_table_column(table, column)->kind == SN_TEXT)
        return strcmp(sn_table_text(table, row, column), sn_table_text(table, other, column)) == 0;
    const double a = sn_table_real(table, row, column), b = sn_table_real(table, other, column);
    return a == b || (isnan(a) && isnan(b));
}

size_t sn_head_next_block(const sn_table *table, size_t row, size_t key_columns)
{
    for (size_t next = row + 1; next < sn_table_rows(table); next++)
        for (size_t j = 0; j < key_columns; j++)
            if (!same_cell(table, row, next, j))
                return next;
    return sn_table_rows(table);
}

bool sn_head_is_true(const sn_table *table, size_t row, size_t column)
{
    if (sn_table_column(table, column)->kind == SN_TEXT)
        return strchr("1tTyY", sn_table_text(table, row, column)[0]) != NULL
               && sn_table_text(table, row, column)[0] != '\0';
    return sn_table_real(table, row, column) > 0;
}

/* What a fixed point is drawn as. */
enum { ONE_OF_A_CURVE = -1, NOT_ATTRACTING, ATTRACTING };

static int state_of(const sn_table *table, size_t row, size_t attracting, size_t isolated)
{
    if (sn_head_is_true(table, row, attracting))
        return ATTRACTING;
    const bool alone = isolated == sn_table_columns(table) || sn_head_is_true(table, row, isolated);
    return alone ? NOT_ATTRACTING : ONE_OF_A_CURVE;
}

sn_status sn_head_fixed_points(FILE *script, const sn_table *table, sn_error *err)
{
    const size_t rows = table != NULL ? sn_table_rows(table) : 0;
    const char *const names[] = {"mu", "nu", "attracting"};
    size_t column[3] = {0}, attracting = 0, of_curves = 0, isolated = 0;
    for (size_t j = 0; rows > 0 && j < 3; j++) {
        column[j] = sn_table_find(table, names[j]);
        if (column[j] == sn_table_columns(table))
            return sn_fail(err, SN_EINVAL, "a picture needs the column %s of the table %s",
                           names[j], sn_table_name(table));
    }
    if (rows > 0)
        isolated = sn_table_find(table, "isolated");
    fputs("# mean, variance, 1: attracting, 0: not, -1: one of a curve\n$fixed << END\n", script);
    for (size_t i = 0; i < rows; i++) {
        char mu[SN_NUMBER_SIZE], nu[SN_NUMBER_SIZE];
        const int state = state_of(table, i, column[2], isolated);
        sn_number_text(sn_table_real(table, i, column[0]), mu);
        sn_number_text(sn_table_real(table, i, column[1]), nu);
        fprintf(script, "%s\t%s\t%d\n", mu, nu, state);
        attracting += state == ATTRACTING;
        of_curves += state == ONE_OF_A_CURVE;
    }
    fprintf(script, "END\nfixed_count = %zu\nattracting_count = %zu\ncurve_count = %zu\n", rows,
            attracting, of_curves);
    return SN_OK;
}

double sn_head_round_up(double size)
{
    const double power = pow(10, floor(log10(size)));
    const double leading = size / power;
    return power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
}

void sn_head_range(FILE *script, const char *name, double low, double high, bool positive)
{
    const double smallest = 1e-12, largest = 1e12; /* beyond, a line may leave the picture */
    if (!(low <= high))
        low = 0, high = 1;
    const bool logarithmic = positive && low > 0 && high > 100 * low;
    if (logarithmic) {
        high = fmin(high, largest);
        low = fmax(fmin(low, high), smallest);
        high = fmax(high, low);
        const double margin = pow(high / low, 0.05);
        low /= margin * 1.05, high *= margin * 1.05;
    } else {
        low = fmax(low, -largest), high = fmin(high, largest);
        const double margin = high > low ? 0.06 * (high - low) : high != 0 ? 0.1 * fabs(high) : 1;
        low = positive && low >= 0 ? fmax(0, low - margin) : low - margin;
        high += margin;
    }
    char variable[64];
    snprintf(variable, sizeof variable, "%s_min", name);
    sn_script_number(script, variable, low);
    snprintf(variable, sizeof variable, "%s_max", name);
    sn_script_number(script, variable, high);
    fprintf(script, "%s_log = %d\n", name, logarithmic);
}
