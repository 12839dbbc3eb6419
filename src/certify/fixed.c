/* Fixed points of the map at one (omega, tau), found by Newton's method and proved by Krawczyk's test.
 *
 * Newton's method runs in plain midpoints and may fail or find nothing: it proves nothing. What it
 * finds, p, is put into a small box Z about p. With F(z) = g(z) - z, A an enclosure of F' on Z and Y
 * any nonsingular matrix (an approximate inverse of F'(p)), Krawczyk's operator
 *
 *     K = p - Y F(p) + (I - Y A) (Z - p)
 *
 * contains the image of Z under z -> z - Y F(z). If K lies in the interior of Z there is exactly one
 * fixed point of g in Z, by Brouwer for existence and because K in the interior implies that
 * I - Y A has norm below 1 in the norm of Z. */
#include <math.h>

#include "certify/prover.h"

enum { STARTS = 5, STEPS = 40, MOST_FIXED = 8 };

typedef struct newton {
    const sn_ball_map *map;
    arb_ptr at; /* mu, nu, omega, tau */
    arb_t value;
} newton;

static const sn_quantity steps[2] = {SN_Q_MU_CHANGE, SN_Q_NU_CHANGE};

static void enclose(newton *n, sn_quantity quantity)
{
    sn_quantity_enclose(n->value, NULL, (sn_measure){quantity, 1}, n->map, n->at, SN_PROOF_PREC);
}

static double middle(const arb_t ball)
{
    return arb_is_finite(ball) ? arf_get_d(arb_midref(ball), ARF_RND_NEAR) : NAN;
}

/* F at (mu, nu), and the inverse of its Jacobian, roughly. */
static bool linearise(newton *n, const double z[2], double f[2], double inverse[4])
{
    arb_set_d(&n->at[SN_BOX_MU], z[0]);
    arb_set_d(&n->at[SN_BOX_NU], z[1]);
    double j[4];
    for (int i = 0; i < 4; i++) {
        enclose(n, (sn_quantity)(SN_Q_DMU_DMU + i));
        j[i] = middle(n->value) - (i == 0 || i == 3 ? 1 : 0);
        if (i < 2) {
            enclose(n, steps[i]);
            f[i] = middle(n->value);
        }
    }
    const double det = j[0] * j[3] - j[1] * j[2];
    inverse[0] = j[3] / det;
    inverse[1] = -j[1] / det;
    inverse[2] = -j[2] / det;
    inverse[3] = j[0] / det;
    return isfinite(f[0]) && isfinite(f[1]) && isfinite(inverse[0]) && isfinite(inverse[1])
           && isfinite(inverse[2]) && isfinite(inverse[3]);
}

static bool search(newton *n, double z[2], double inverse[4])
{
    for (int step = 0; step < STEPS; step++) {
        double f[2];
        if (!(z[1] > 0) || !linearise(n, z, f, inverse))
            return false;
        const double mu = inverse[0] * f[0] + inverse[1] * f[1];
        const double nu = inverse[2] * f[0] + inverse[3] * f[1];
        z[0] -= mu;
        z[1] = nu < 0.9 * z[1] ? z[1] - nu : 0.1 * z[1];
        if (fabs(mu) + fabs(nu) < 1e-13 * (fabs(z[0]) + z[1]))
            return z[1] > 0 && linearise(n, z, f, inverse);
    }
    return false;
}

/* Krawczyk's test on the box of that radius about z. */
static bool krawczyk(newton *n, const double z[2], const double y[4], const double radius[2])
{
    arb_t f[2], k, row, entry;
    arb_init(k);
    arb_init(row);
    arb_init(entry);
    for (int i = 0; i < 2; i++) {
        arb_init(f[i]);
        arb_set_d(&n->at[i], z[i]);
    }
    for (int i = 0; i < 2; i++) {
        enclose(n, steps[i]);
        arb_set(f[i], n->value);
    }
    for (int i = 0; i < 2; i++)
        mag_set_d(arb_radref(&n->at[i]), radius[i]);
    bool inside = true;
    for (int i = 0; i < 2 && inside; i++) {
        arb_zero(k); /* K_i - p_i */
        for (int c = 0; c < 2; c++) {
            arb_set_d(row, -y[2 * i + c]);
            arb_addmul(k, row, f[c], SN_PROOF_PREC);
            arb_set_si(entry, i == c); /* (I - Y A)_ic */
            for (int m = 0; m < 2; m++) {
                enclose(n, (sn_quantity)(SN_Q_DMU_DMU + 2 * m + c));
                arb_sub_si(n->value, n->value, m == c, SN_PROOF_PREC);
                arb_set_d(row, -y[2 * i + m]);
                arb_addmul(entry, row, n->value, SN_PROOF_PREC);
            }
            arb_zero(row);
            mag_set_d(arb_radref(row), radius[c]);
            arb_addmul(k, entry, row, SN_PROOF_PREC);
        }
        arb_set_d(row, radius[i] * (1 - 1e-9));
        arb_abs(k, k);
        inside = arb_lt(k, row);
    }
    for (int i = 0; i < 2; i++)
        arb_clear(f[i]);
    arb_clear(k);
    arb_clear(row);
    arb_clear(entry);
    return inside;
}

static bool overlap(const sn_link *a, const sn_link *b)
{
    return a->mu.lower <= b->mu.upper && b->mu.lower <= a->mu.upper && a->nu.lower <= b->nu.upper
           && b->nu.lower <= a->nu.upper;
}

/* Files a proved fixed point that is new. */
static void file(newton *n, const double z[2], const double radius[2], const sn_link *box,
                 sn_link found[MOST_FIXED], sn_fixed *out)
{
    const sn_link here = {{z[0] - 1.01 * radius[0], z[0] + 1.01 * radius[0]},
                          {z[1] - 1.01 * radius[1], z[1] + 1.01 * radius[1]}};
    if (!sn_link_inside(&here, box) || out->count == MOST_FIXED)
        return;
    for (size_t i = 0; i < out->count; i++)
        if (overlap(&found[i], &here))
            return;
    found[out->count++] = here;
    enclose(n, SN_Q_SPECTRAL_RADIUS); /* over the box of the test */
    const double least = sn_ball_lower(n->value);
    if (out->count == 1 || (least > 1 && !out->repels)) {
        out->at = here;
        out->radius = least;
    }
    out->repels = out->repels || least > 1;
    out->several = out->count > 1;
}

void sn_fixed_find(const sn_ball_map *map, const sn_link *box, sn_interval omega, sn_interval tau,
                   sn_fixed *out)
{
    newton n = {.map = map, .at = _arb_vec_init(SN_BOX_DIM)};
    arb_init(n.value);
    sn_ball_set_interval(&n.at[SN_BOX_OMEGA], omega.lower, omega.upper);
    sn_ball_set_interval(&n.at[SN_BOX_TAU], tau.lower, tau.upper);
    sn_link found[MOST_FIXED];
    *out = (sn_fixed){0};
    const double ratio = box->nu.upper / box->nu.lower;
    for (int i = 0; i < STARTS * STARTS; i++) {
        const double s = (i % STARTS + 0.5) / STARTS, t = (i / STARTS + 0.5) / STARTS;
        double inverse[4];
        double z[2] = {box->mu.lower + s * (box->mu.upper - box->mu.lower),
                       box->nu.lower * pow(ratio, t)};
        if (!search(&n, z, inverse))
            continue;
        const double radius[2] = {1e-7 * (1 + fabs(z[0])), 1e-7 * fmin(1, z[1])};
        if (krawczyk(&n, z, inverse, radius))
            file(&n, z, radius, box, found, out);
    }
    arb_clear(n.value);
    _arb_vec_clear(n.at, SN_BOX_DIM);
}
