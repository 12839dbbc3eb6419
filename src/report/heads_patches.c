/* Parts of a grid that a picture hatches or names.
 *
 * A hatched part is drawn as few rectangles: from each of its cells not yet covered as far along x
 * as it goes, and with all of that as far along y. A name stands in the middle of the largest
 * rectangle of its own shape inside the part, found on a coarse raster by sums over rectangles. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/heads.h"
#include "report/number.h"

enum { RASTER = 64 };

static double linear(double value, bool logarithmic)
{
    return logarithmic ? log10(value) : value;
}

/* Where the cells of a side end: half-way between the points, as far beyond the outer ones. */
static void find_ends(double *ends, size_t count, const sn_table *grid, size_t column, size_t first,
                      size_t stride, bool logarithmic)
{
    for (size_t i = 0; i < count; i++)
        ends[i + 1] = linear(sn_table_real(grid, first + i * stride, column), logarithmic);
    const double outer = count > 1 ? 1.5 * ends[1] - 0.5 * ends[2] : ends[1];
    const double last = count > 1 ? 1.5 * ends[count] - 0.5 * ends[count - 1] : ends[count];
    for (size_t i = 1; i < count; i++)
        ends[i] = (ends[i] + ends[i + 1]) / 2;
    ends[0] = outer;
    ends[count] = last;
}

sn_status sn_head_parts_make(const sn_head_sides *sides, sn_head_part_of *part_of,
                             const size_t *columns, sn_head_parts *out, sn_error *err)
{
    const sn_table *grid = sides->grid;
    const size_t nx = sides->columns;
    const sn_head_thinning x = sn_head_thin(nx, SN_HEAD_IMAGE_POINTS);
    const sn_head_thinning y = sn_head_thin(sn_table_rows(grid) / nx, SN_HEAD_IMAGE_POINTS);
    *out = (sn_head_parts){x.count, y.count, malloc(x.count * y.count),
                           malloc((x.count + 1) * sizeof(double)),
                           malloc((y.count + 1) * sizeof(double))};
    if (out->part == NULL || out->x == NULL || out->y == NULL) {
        sn_head_parts_free(out);
        return sn_fail(err, SN_ENOMEM, "out of memory for a picture");
    }
    find_ends(out->x, x.count, grid, sides->x_column, x.first, x.step, sides->x_log);
    find_ends(out->y, y.count, grid, sides->y_column, y.first * nx, y.step * nx, sides->y_log);
    for (size_t j = 0; j < y.count; j++)
        for (size_t i = 0; i < x.count; i++) {
            const size_t row = (y.first + j * y.step) * nx + x.first + i * x.step;
            out->part[j * x.count + i] = part_of(grid, row, columns);
        }
    return SN_OK;
}

void sn_head_parts_free(sn_head_parts *parts)
{
    free(parts->part);
    free(parts->x);
    free(parts->y);
    *parts = (sn_head_parts){0};
}

static void put_rectangle(FILE *script, const double ends[4])
{
    for (int k = 0; k < 4; k++) {
        char number[SN_NUMBER_SIZE];
        sn_number_text(ends[k], number);
        fprintf(script, "%s%c", number, k < 3 ? '\t' : '\n');
    }
}

sn_status sn_head_parts_patches(const sn_head_parts *parts, unsigned char which, FILE *script,
                                const char *name, sn_error *err)
{
    const size_t nx = parts->nx, ny = parts->ny;
    size_t count = 0;
    unsigned char *left = malloc(nx * ny); /* what is not covered yet */
    if (left == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory for a picture");
    memcpy(left, parts->part, nx * ny);
    fprintf(script, "# x from, to, y from, to, logarithms on logarithmic axes\n$%s << END\n", name);
    for (size_t cell = 0; cell < nx * ny; cell++) {
        if (left[cell] != which)
            continue;
        const size_t i = cell % nx, j = cell / nx;
        size_t i_end = i, j_end = j;
        while (i_end < nx && left[j * nx + i_end] == which)
            i_end++;
        for (bool whole = true; whole && j_end < ny;) {
            for (size_t k = i; k < i_end && whole; k++)
                whole = left[j_end * nx + k] == which;
            j_end += whole;
        }
        for (size_t row = j; row < j_end; row++)
            memset(left + row * nx + i, (unsigned char)(which + 1), i_end - i);
        put_rectangle(script,
                      (double[]){parts->x[i], parts->x[i_end], parts->y[j], parts->y[j_end]});
        count++;
    }
    if (count == 0) /* gnuplot complains of blocks without a row even where it does not draw them */
        put_rectangle(script, (double[]){0, 0, 0, 0});
    fprintf(script, "END\n%s_count = %zu\n", name, count);
    free(left);
    return SN_OK;
}

/* sums[j][i]: how many raster cells below j and left of i are of the part. */
static void sum_raster(const sn_head_parts *parts, unsigned char which,
                       int sums[RASTER + 1][RASTER + 1])
{
    for (size_t k = 0; k <= RASTER; k++)
        sums[0][k] = sums[k][0] = 0;
    for (size_t j = 0; j < RASTER; j++)
        for (size_t i = 0; i < RASTER; i++) {
            const size_t row = (2 * j + 1) * parts->ny / (2 * RASTER);
            const size_t column = (2 * i + 1) * parts->nx / (2 * RASTER);
            sums[j + 1][i + 1] = sums[j][i + 1] + sums[j + 1][i] - sums[j][i]
                                 + (parts->part[row * parts->nx + column] == which);
        }
}

/* Whether the rectangle around a raster point is of the part, with a little room to the edges. */
static bool fits(int sums[RASTER + 1][RASTER + 1], int i, int j, double half_x, double half_y)
{
    const int from_i = (int)floor(i - half_x), to_i = (int)ceil(i + half_x);
    const int from_j = (int)floor(j - half_y), to_j = (int)ceil(j + half_y);
    if (from_i < 1 || from_j < 1 || to_i >= RASTER || to_j >= RASTER)
        return false;
    return sums[to_j][to_i] - sums[to_j][from_i] - sums[from_j][to_i] + sums[from_j][from_i]
           == (to_i - from_i) * (to_j - from_j);
}

bool sn_head_parts_room(const sn_head_parts *parts, unsigned char which, double width,
                        double height, double *x, double *y)
{
    static const double growth = 1.05;
    int sums[RASTER + 1][RASTER + 1], best_i = 0, best_j = 0;
    double scale = 1; /* of the rectangle; the next one has to be larger, or more in the middle */
    bool found = false;
    sum_raster(parts, which, sums);
    for (int j = 0; j < RASTER; j++)
        for (int i = 0; i < RASTER; i++) {
            const double half_x = RASTER * width / 2, half_y = RASTER * height / 2;
            const bool central = abs(2 * j - RASTER) + abs(2 * i - RASTER)
                                 < abs(2 * best_j - RASTER) + abs(2 * best_i - RASTER);
            const double needed = found && !central ? scale * growth : scale;
            if (!fits(sums, i, j, needed * half_x, needed * half_y))
                continue;
            for (scale = needed;
                 fits(sums, i, j, scale * growth * half_x, scale * growth * half_y);)
                scale *= growth;
            best_i = i, best_j = j, found = true;
        }
    *x = parts->x[(size_t)best_i * parts->nx / RASTER];
    *y = parts->y[(size_t)best_j * parts->ny / RASTER];
    return found;
}
