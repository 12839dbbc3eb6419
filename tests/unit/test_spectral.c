/* Spectral norm and radius of 2 x 2 matrices against the same quantities in 113-bit arithmetic. */
#include "theory/layer_map.h"

#include <float.h>
#include <math.h>

#include "harness.h"
#include "lcg.h"

typedef __float128 quad;

/* The square root by Newton from the double one: the first step doubles its digits. */
static quad quad_sqrt(quad v)
{
    if (!(v > 0))
        return 0;
    quad r = (quad)sqrt((double)v);
    for (int i = 0; i < 3; i++)
        r = (r + v / r) / 2;
    return r;
}

static quad quad_abs(quad v)
{
    return v < 0 ? -v : v;
}

static quad true_norm(quad a, quad b, quad c, quad d)
{
    return (quad_sqrt((a + d) * (a + d) + (b - c) * (b - c))
            + quad_sqrt((a - d) * (a - d) + (b + c) * (b + c)))
           / 2;
}

static quad true_radius(quad a, quad b, quad c, quad d)
{
    const quad half = (a - d) / 2, discriminant = half * half + b * c;
    if (discriminant < 0)
        return quad_sqrt(quad_abs(a * d - b * c));
    return quad_abs(a + d) / 2 + quad_sqrt(discriminant);
}

static double entry(uint64_t *state)
{
    const double size = pow(10, lcg_uniform(state, -6, 6));
    return lcg_uniform(state, -1, 1) < 0 ? -size : size;
}

/* Any matrix, then one with a nearly or exactly double eigenvalue, where D cancels. */
START_TEST(random_matrices)
{
    uint64_t state = 2385;
    double worst_norm = 0, worst_radius = 0;
    for (int i = 0; i < 200000; i++) {
        const double a = entry(&state), b = entry(&state), d = entry(&state);
        double c = entry(&state);
        if (i % 2 == 1) {
            const double off = pow(10, lcg_uniform(&state, -17, -1));
            c = -(a - d) * (a - d) / 4 / b * (1 + (i % 4 == 1 ? off : -off));
        }
        const quad norm = true_norm(a, b, c, d), radius = true_radius(a, b, c, d);
        const double e = fabs((double)(((quad)sn_spectral_norm(a, b, c, d) - norm) / norm));
        const double f = fabs((double)(((quad)sn_spectral_radius(a, b, c, d) - radius) / radius));
        worst_norm = fmax(worst_norm, e);
        worst_radius = fmax(worst_radius, f);
        ck_assert_msg(e < 1e-15 && f < 1e-15, "[%.17g %.17g; %.17g %.17g]: norm %g, radius %g", a,
                      b, c, d, e, f);
    }
    NOTE("worst relative error: norm %.2g, radius %.2g", worst_norm, worst_radius);
}
END_TEST

START_TEST(neither_overflow_nor_underflow)
{
    const double scales[] = {0x1p-1060, 0x1p-600, 0x1p-330, 0x1p500, 0x1p1018};
    const double norm = sn_spectral_norm(3, -7, 11, 5);
    const double real = sn_spectral_radius(3, 7, 11, 5),
                 imaginary = sn_spectral_radius(3, -7, 11, 5);
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        const double s = scales[i], tolerance = s < 0x1p-1022 ? 1e-3 : 4e-16;
        ck_assert_double_eq_tol(sn_spectral_norm(3 * s, -7 * s, 11 * s, 5 * s) / s / norm, 1,
                                tolerance);
        ck_assert_double_eq_tol(sn_spectral_radius(3 * s, 7 * s, 11 * s, 5 * s) / s / real, 1,
                                tolerance);
        ck_assert_double_eq_tol(sn_spectral_radius(3 * s, -7 * s, 11 * s, 5 * s) / s / imaginary, 1,
                                tolerance);
    }
    ck_assert(sn_spectral_norm(0, 0, 0, 0) == 0 && sn_spectral_radius(0, 0, 0, 0) == 0);
    ck_assert(sn_spectral_radius(0, 5, 0, 0) == 0);
    ck_assert(sn_spectral_norm(DBL_MAX, 0, 0, DBL_MAX) == DBL_MAX);
    ck_assert(isnan(sn_spectral_norm(1, NAN, 0, 0)) && isnan(sn_spectral_radius(1, NAN, 0, 0)));
    ck_assert(isinf(sn_spectral_norm(1, INFINITY, 0, 0)));
}
END_TEST

UNIT_MAIN("spectral", random_matrices, neither_overflow_nor_underflow)
