/* A layer of random weights by the law of its pre-activations, without the weights.
 *
 * Forwards. z = W x + b, with W width x n iid N(omega/n, tau/n) and b_i iid N(beta_m, beta_v):
 * given x, the rows of z are iid N(m, K),
 *
 *     m_s = omega/n sum_i x_is + beta_m,    K = tau/n x^T x + beta_v 1 1^T = R^T R,    z = m + G R
 *
 * with G of iid standard normals. With as many samples as K is wide, that is much less to draw.
 *
 * Backwards. Let W~ = (W - omega/n) / d beside (b - beta_m) / c, d^2 = tau/n and c^2 = beta_v:
 * width x (n + 1) standard normals; and x~ = d x above a row of c. Then z - m = W~ x~. Let S be
 * columns of x~ that span the others (the pivots of K), P the projection away from them. What z
 * says of W~ is its part in their span; the rest is drawn now:
 *
 *     W~ = (z - m)_S K_SS^-1 x~_S^T + Xi P,
 *     W~^T D = x~_S K_SS^-1 (z - m)_S^T D + P Xi^T D,    Xi^T D = G' R_D,    R_D^T R_D = D^T D,
 *
 * so that P Xi^T D = H - x~_S K_SS^-1 x~_S^T H with H = G' R_D. The last row of H, that of the
 * biases, is kept apart. W^T D is d times the first n rows and omega/n times the column sums of D.
 *
 * Orthogonal weights. Let N = max(n, width). W is d times the first width rows and n columns of a
 * uniform orthogonal N x N matrix; d^2 = tau N / n gives its entries the variance tau/n. That is
 * d^2 = tau width / n with orthonormal columns where width > n, tau with orthonormal rows where it
 * is smaller, tau where both are equal. With R^T R = d^2 x^T x of rank r, W x is the first width
 * rows of F R, F a uniform N x r frame: F = G U^-1, G of normals and U^T U = G^T G. So
 * z = G (U^-1 R), as above once U is known; to find it G is drawn once, in strips, and again for z.
 * Backwards, F and so the part of W in the span of x are known: with A = (W x)^T D, it takes
 * A_S^T K_SS^-1 A_S of D^T D. What is left, D' of D, is mapped by a uniform semi-orthogonal matrix
 * from the complement of F (N - r dimensions) to that of x (n - r): a frame there with the triangle
 * R' of D', namely P G' U'^-1 R', where U'^T U' = (P G')^T P G' + E^T E, and the normals E stand
 * for the N - n dimensions that W cuts off where width > n. Biases are drawn row by row, and taken
 * off again.
 *
 * Numbers. Usually (`wide` is false) products of long matrices are made in the caller's precision,
 * 512 rows at a time, added in double, and K has a plain triangle. Where a pivot shows that K has
 * lost too many digits (samples that nearly agree, or more of them than dimensions), where numbers
 * are so large or small that squares leave the range, and where G may be ill-conditioned, all is
 * done in double and K is factored with pivots; nothing is added to K to make it regular. Columns
 * are then scaled by powers of two, and from each is taken its share of one of them, the base:
 *
 *     x'_j = x_j - s_j x_b,    s_j = K_bj / K_bb,    R_j = R'_j + s_j R'_b.
 *
 * Deep networks make samples into multiples of each other. Their differences d would be d^2 in K
 * and drown in its rounding; in K' = x'^T x' they stand by themselves. z and the products with it
 * are treated likewise. Equal columns have equal factors.
 */
#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "simulate/cholesky.h"
#include "simulate/pass.h"
#include "simulate/sizes.h"

enum { CHUNK = 512 }; /* rows summed in the caller's precision */

#define BATCH_ROWS ((size_t)SN_GRAM_ROWS)

/* R with R^T R = the Gram matrix of the columns of some a, taken as
 *
 *     a_j unit_j - share_j a_base unit_base. */
typedef struct factor {
    double *r;     /* rank x samples, columns in place; triangular if not wide */
    double *unit;  /* powers of two; 1 if not wide */
    double *share; /* 0 for the base; 0 if not wide */
    size_t base;
    size_t *order; /* the pivots */
    size_t rank;
    bool wide;
    bool finite; /* else a was not, and nothing but `wide` is to be read */
} factor;

/* What a factor is to be of: K = scale^2 a^T a + constant^2 1 1^T - V^T V. */
typedef struct source {
    size_t rows, n;
    const void *a;
    double scale, constant;
    double *v; /* v_rows x n; its columns are multiplied by the units if those are not 1 */
    size_t v_rows;
    size_t most;     /* the rank is known not to be above */
    double floor;    /* where pivots end, relative to what is taken of a column, */
    double resolved; /* and to the whole column */
    bool collapse;   /* columns may be nearly multiples of each other, and that is to be resolved */
} source;

struct sn_gram {
    factor x, d;                /* of the inputs, of the gradient */
    double *mean;               /* m */
    double *map;                /* forwards z = m + G map, backwards H = G' map; rank x samples */
    void *narrow;               /* the same in the caller's precision, if map is narrow */
    bool map_narrow;            /* it is triangular, and the caller's precision will do */
    double *k, *a, *b, *pivots; /* samples x samples */
    double *reference, *work, *sums; /* samples */
    double *rows_a, *rows_b;         /* SN_GRAM_ROWS x samples */
    void *partial, *rows; /* samples x samples and SN_GRAM_ROWS x samples, caller's precision */
};

bool sn_gram_can(const sn_weights *weights)
{
    return weights->structure == SN_WEIGHTS_ORTHOGONAL
           || (weights->structure == SN_WEIGHTS_IID && weights->law == SN_WEIGHT_NORMAL);
}

/* What is in struct sn_gram, so many of each. */
enum { SQUARES = 7, STRIPS = 2, LINES = 8, REAL_SQUARES = 2, REAL_STRIPS = 1, INDICES = 2 };

size_t sn_gram_bytes(size_t samples, size_t size_of_number)
{
    const size_t double_line = SQUARES * sizeof(double), real_line = REAL_SQUARES * size_of_number;
    const size_t fixed = (STRIPS * BATCH_ROWS + LINES) * sizeof(double)
                         + REAL_STRIPS * BATCH_ROWS * size_of_number + INDICES * sizeof(size_t);
    const size_t a_sample = sn_size_add(sn_size_multiply(samples, double_line + real_line), fixed);
    return sn_size_add(sizeof(sn_gram), sn_size_multiply(samples, a_sample));
}

sn_gram *sn_gram_new(size_t samples, size_t size_of_number)
{
    if (sn_gram_bytes(samples, size_of_number) == SIZE_MAX)
        return NULL;
    sn_gram *gram = calloc(1, sizeof *gram);
    if (gram == NULL)
        return NULL;
    const size_t square = samples * samples, strip = samples * BATCH_ROWS;
    double *next = malloc((SQUARES * square + STRIPS * strip + LINES * samples) * sizeof *next);
    char *reals = malloc((REAL_SQUARES * square + REAL_STRIPS * strip) * size_of_number);
    size_t *indices = malloc(INDICES * samples * sizeof *indices);
    gram->x.r = next; /* what sn_gram_free frees */
    gram->partial = reals;
    gram->x.order = indices;
    if (next == NULL || reals == NULL || indices == NULL) {
        sn_gram_free(gram);
        return NULL;
    }
    double **const squares[SQUARES] = {&gram->x.r, &gram->d.r, &gram->map,   &gram->k,
                                       &gram->a,   &gram->b,   &gram->pivots};
    double **const strips[STRIPS] = {&gram->rows_a, &gram->rows_b};
    double **const lines[LINES] = {&gram->x.share, &gram->d.share,   &gram->x.unit, &gram->d.unit,
                                   &gram->mean,    &gram->reference, &gram->work,   &gram->sums};
    for (size_t i = 0; i < SQUARES; i++, next += square)
        *squares[i] = next;
    for (size_t i = 0; i < STRIPS; i++, next += strip)
        *strips[i] = next;
    for (size_t i = 0; i < LINES; i++, next += samples)
        *lines[i] = next;
    gram->narrow = reals + square * size_of_number;
    gram->rows = reals + 2 * square * size_of_number;
    gram->d.order = indices + samples;
    return gram;
}

void sn_gram_free(sn_gram *gram)
{
    if (gram == NULL)
        return;
    free(gram->x.r);
    free(gram->partial);
    free(gram->x.order);
    free(gram);
}

/* --- what the layer says ---------------------------------------------------------------------- */

static bool is_orthogonal(const sn_pass *pass)
{
    return pass->layer->weights.structure == SN_WEIGHTS_ORTHOGONAL;
}

/* N: the rows of a whole frame. */
static size_t frame_rows(const sn_pass *pass)
{
    return pass->layer->width > pass->fan_in ? pass->layer->width : pass->fan_in;
}

/* d, by which weights are multiplied. */
static double weight_scale(const sn_pass *pass)
{
    const double variance = pass->layer->weights.tau / (double)pass->fan_in;
    return sqrt(is_orthogonal(pass) ? variance * (double)frame_rows(pass) : variance);
}

/* c: biases are a row of the matrix, if the rows of that are iid. */
static double bias_scale(const sn_pass *pass)
{
    return is_orthogonal(pass) ? 0 : sqrt(pass->layer->bias_variance);
}

static bool has_own_biases(const sn_pass *pass)
{
    return is_orthogonal(pass) && (pass->layer->bias_mean != 0 || pass->layer->bias_variance != 0);
}

/* Where pivots end: what rounding leaves of a column that others span. */
static double least_pivot(size_t rows, size_t n)
{
    return ((double)n + 4 * sqrt((double)rows)) * 0x1p-52;
}

/* The first row that shares no stream with those before `rows`. */
static size_t first_behind(size_t rows)
{
    return (rows + BATCH_ROWS - 1) / BATCH_ROWS * BATCH_ROWS;
}

/* --- small matrices, in double; n: samples ---------------------------------------------------- */

/* Squares of columns beyond this leave their digits. */
static bool in_range(double square, int exponent)
{
    return square > ldexp(1, -exponent) && square < ldexp(1, exponent);
}

static void mirror(size_t n, double *k)
{
    for (size_t i = 1; i < n; i++)
        for (size_t j = 0; j < i; j++)
            k[i * n + j] = k[j * n + i];
}

/* What becomes of a row with `value` in column j and `base` in the base's. */
static inline double taken(const factor *f, size_t j, double value, double base)
{
    return f->unit[j] * value - f->share[j] * (f->unit[f->base] * base);
}

static void take_as_they_are(size_t n, factor *f)
{
    f->base = 0;
    for (size_t j = 0; j < n; j++) {
        f->unit[j] = 1;
        f->share[j] = 0;
    }
}

/* The unit of a column whose largest element is `largest`. */
static double unit_of(const source *of, double largest)
{
    int exponent = -1000, of_scale, of_largest, of_constant;
    (void)frexp(of->scale, &of_scale);
    (void)frexp(isfinite(largest) ? largest : 1, &of_largest);
    (void)frexp(of->constant, &of_constant);
    if (of->scale > 0 && largest > 0 && of_scale + of_largest > exponent)
        exponent = of_scale + of_largest;
    if (of->constant > 0 && of_constant > exponent)
        exponent = of_constant;
    return ldexp(1, exponent > 1000 ? -1000 : -exponent);
}

/* References so large that what is below `resolved` of the whole column is no pivot. k is of
 * columns less their shares s of the base: the whole has k_jj + s (2 k_bj + s k_bb). */
static void raise_references(const source *of, const factor *f, const double *k, double *reference)
{
    const size_t n = of->n, b = f->base;
    for (size_t j = 0; j < n; j++) {
        const double s = f->share[j],
                     whole = k[j * n + j] + s * (2 * k[b * n + j] + s * k[b * n + b]);
        reference[j] = fmax(reference[j], of->resolved / of->floor * whole);
    }
}

/* The pivots' columns of x.r, rank x rank and triangular, into gram->pivots. */
static void gather_pivots(size_t n, sn_gram *gram)
{
    const size_t rank = gram->x.rank;
    for (size_t i = 0; i < rank; i++)
        for (size_t j = 0; j < rank; j++)
            gram->pivots[i * rank + j] = gram->x.r[i * n + gram->x.order[j]];
}

/* half = R_SS^-T y_S, rank x columns, of the rows of y that are pivots. */
static void solve_half(const sn_gram *gram, size_t columns, const double *y, double *half)
{
    const size_t rank = gram->x.rank;
    for (size_t i = 0; i < rank; i++)
        memcpy(half + i * columns, y + gram->x.order[i] * columns, columns * sizeof *y);
    if (rank > 0 && columns > 0)
        cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, (int)rank,
                    (int)columns, 1, gram->pivots, (int)rank, half, (int)columns);
}

/* y, n x columns, becomes K_SS^-1 y_S in the pivots' rows and 0 elsewhere. */
static void solve_whole(size_t n, const sn_gram *gram, size_t columns, double *y, double *half)
{
    const size_t rank = gram->x.rank;
    solve_half(gram, columns, y, half);
    if (rank > 0)
        cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, (int)rank,
                    (int)columns, 1, gram->pivots, (int)rank, half, (int)columns);
    memset(y, 0, n * columns * sizeof *y);
    for (size_t i = 0; i < rank; i++)
        memcpy(y + gram->x.order[i] * columns, half + i * columns, columns * sizeof *y);
}

/* map = scale * R, of columns as they were. */
static void map_of_factor(size_t n, const factor *f, double scale, double *map)
{
    for (size_t i = 0; i < f->rank; i++)
        for (size_t j = 0; j < n; j++)
            map[i * n + j] =
                (f->r[i * n + j] + f->share[j] * f->r[i * n + f->base]) / f->unit[j] * scale;
}

/* map = U^-1 map with U^T U = k, rank x rank. Once in millions of square frames the normals are so
 * nearly dependent that k has no factor in double; their lengths at least are then set right. */
static void orthonormalise(size_t n, size_t rank, double *k, double *reference, double *map)
{
    for (size_t i = 0; i < rank; i++)
        reference[i] = k[i * rank + i];
    if (!sn_cholesky(rank, k, reference, 0)) {
        memset(k, 0, rank * rank * sizeof *k);
        for (size_t i = 0; i < rank; i++)
            k[i * rank + i] = sqrt(reference[i]);
    }
    if (rank > 0)
        cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, (int)rank,
                    (int)n, 1, k, (int)rank, map, (int)n);
}

#define REAL        float
#define NAMED(name) name##_float
#define GEMM        cblas_sgemm
#define SYRK        cblas_ssyrk
#define TRMM        cblas_strmm
#define NARROW      0x1p-8  /* the least pivot that K may show */
#define RANGE       100     /* squares from 2^-100 to 2^100 */
#define RESOLVED    0x1p-40 /* the square of what z resolves, with some room */
#define REMAINDER   0x1p-20 /* what is sure to be left of a gradient beyond its part in a span */
#include "simulate/gram_factor.inc"

#include "simulate/gram.inc"
#undef REAL
#undef NAMED
#undef GEMM
#undef SYRK
#undef TRMM
#undef NARROW
#undef RANGE
#undef RESOLVED
#undef REMAINDER

#define REAL        double
#define NAMED(name) name##_double
#define GEMM        cblas_dgemm
#define SYRK        cblas_dsyrk
#define TRMM        cblas_dtrmm
#define NARROW      1e-8
#define RANGE       900
#define RESOLVED    0x1p-96
#define REMAINDER   0x1p-44
#include "simulate/gram_factor.inc"

#include "simulate/gram.inc"
#undef REAL
#undef NAMED
#undef GEMM
#undef SYRK
#undef TRMM
#undef NARROW
#undef RANGE
#undef RESOLVED
#undef REMAINDER
