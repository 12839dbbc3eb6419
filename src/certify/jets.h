/* jets.h: moments of an activation under z ~ N(x, y), with derivatives, enclosed over boxes of
 * (x, y). Not installed.
 *
 * Let M(x, y) = E f(z), F = E f(z)^2, C = E f'(z)^2. By the heat equation of the Gaussian,
 * d/dy E h(z) = (1/2) d^2/dx^2 E h(z), so the derivatives by x alone give all others:
 *
 *     d^i/dx^i d^j/dy^j E h(z) = 2^-j d^(i+2j)/dx^(i+2j) E h(z).
 *
 * A jet holds those derivatives by x. x and y are balls, points or boxes alike, y > 0; over a box
 * each entry encloses all values there. Nothing is rounded away: every function here is rigorous.
 */
#ifndef SELFNORM_CERTIFY_JETS_H
#define SELFNORM_CERTIFY_JETS_H

#include "activation/activation.h"
#include "certify/ball.h"

SN_BEGIN_DECLS

enum { SN_JET = 5, SN_SLOPE_JET = 3 };

typedef struct sn_jets {
    arb_struct mean[SN_JET];        /* d^k/dx^k E f(z) */
    arb_struct second[SN_JET];      /* d^k/dx^k E f(z)^2 */
    arb_struct slope[SN_SLOPE_JET]; /* d^k/dx^k E f'(z)^2 */
} sn_jets;

void sn_jets_init(sn_jets *jets);
void sn_jets_clear(sn_jets *jets);

/* How far to go: mean and second up to d^order, order 0 to 4; slope up to d^slope_order, -1 (not at
 * all) to 2. Entries beyond are left as they were. */
typedef struct sn_jet_order {
    int order, slope_order;
} sn_jet_order;

/* How the moments of one activation are enclosed: one row of the table in enclosures.c. */
typedef struct sn_enclosure {
    const char *name; /* the activation's */

    /* f(z) and f'(z), at a kink the left one. z may be infinite: slope becomes the limit, if there
     * is one, and f it too or indeterminate, in which case the double of sn_activation_value is it. */
    void (*values)(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                   slong prec);

    /* Fills *out; params are balls, as many as the activation has; `how` is the row's own.
     * Entries that cannot be enclosed (y reaches 0) become indeterminate balls. */
    void (*jets)(sn_jets *out, const void *how, arb_srcptr params, const arb_t x, const arb_t y,
                 sn_jet_order order, slong prec);
    const void *how;
    bool odd; /* f(-z) = -f(z), whatever the parameters */
} sn_enclosure;

/* The row of an activation; NULL: it cannot be certified. */
const sn_enclosure *sn_enclosure_find(const sn_activation_type *type);

/* The same where its values are enough; `jets` may be NULL then. */
const sn_enclosure *sn_enclosure_find_values(const sn_activation_type *type);

/* The jets of a row over any box: one that is large for a Gaussian is enclosed in parts, so that the
 * result is some use, too. */
void sn_jets_enclose(sn_jets *out, const sn_enclosure *enclosure, arb_srcptr params, const arb_t x,
                     const arb_t y, sn_jet_order order, slong prec);

/* The ways there are, each a function for the `jets` of a row.
 *
 * sn_jets_pieces   how: const sn_piecewise *; in closed form
 * sn_jets_erf      how: unused; E erf(z) by erf, E erf(z)^2 by Owen's T function
 * sn_jets_smooth   how: const sn_smooth *; the trapezoidal rule with a bound of its error
 */
void sn_jets_pieces(sn_jets *out, const void *how, arb_srcptr params, const arb_t x, const arb_t y,
                    sn_jet_order order, slong prec);
void sn_jets_erf(sn_jets *out, const void *how, arb_srcptr params, const arb_t x, const arb_t y,
                 sn_jet_order order, slong prec);
void sn_jets_smooth(sn_jets *out, const void *how, arb_srcptr params, const arb_t x, const arb_t y,
                    sn_jet_order order, slong prec);

/* The same for `values` (values.c). */
void sn_values_pieces(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                      slong prec);
void sn_values_softsign(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                        slong prec);
void sn_values_serlu(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                     slong prec);
void sn_values_erf(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                   slong prec);
void sn_values_smooth(arb_t f, arb_t slope, const void *how, arb_srcptr params, const arf_t z,
                      slong prec);

/* What they share.
 *
 * sn_jets_forget   all entries become indeterminate
 * sn_jets_digits   the precision that is enough for the centre of a box: prec, or less where the
 *                  box has no use for it, as what its size costs is quadratic in that
 * sn_jets_widen    box[k], k < count, enclose the derivatives of one moment over the box x, y.
 *                  Makes better enclosures of all but the last two from those at its centre, in
 *                  centre[k], k < count - 2, which it destroys. The more beyond those wanted, the better. */
enum { SN_JET_BEYOND = 4 };
void sn_jets_forget(sn_jets *out, sn_jet_order order);
slong sn_jets_digits(const arb_t x, const arb_t y, slong prec);
void sn_jets_widen(arb_ptr centre, arb_ptr box, int count, const arb_t x, const arb_t y);

/* f = sum of terms  factor (z - kink)^power e^(rate (z - kink)),  each on the left (z < kink), on
 * the right (z > kink) or everywhere (rate 0 then), over a common divisor, which keeps the factors
 * whole: what cancels then cancels exactly. f is continuous. `build` writes the terms for given
 * parameters and returns how many; their balls are initialised to 0 by the caller. There are at
 * most SN_MAX_KINKS different kinks. One term may have a rate: of power 0, on the left of the
 * lowest kink, where all else is constant. */
typedef enum sn_side { SN_LEFT, SN_RIGHT, SN_EVERYWHERE } sn_side;

typedef struct sn_term {
    sn_side side;
    int power;          /* 0, 1 or 2 */
    slong kink;         /* a whole number */
    arb_t factor, rate; /* rate > 0 on the left, else 0 */
} sn_term;

enum { SN_MAX_TERMS = 6 };

typedef struct sn_piecewise {
    int (*build)(sn_term terms[SN_MAX_TERMS], arb_srcptr params, slong prec);
    slong divisor;
} sn_piecewise;

extern const sn_piecewise sn_piecewise_linear, sn_piecewise_relu, sn_piecewise_leaky_relu,
    sn_piecewise_relu6, sn_piecewise_hardtanh, sn_piecewise_hardsigmoid, sn_piecewise_hardswish,
    sn_piecewise_elu, sn_piecewise_celu, sn_piecewise_selu;

/* f is real analytic. derivatives: f^(k)(z) into out[k], k < length <= 6, enclosed for a real ball
 * z, as sharp as can be for wide ones. Bounds for the rule's error: f is analytic for |Im z| <=
 * width, and |f(z)| <= bound(width) (1 + |Re z|)^growth there, for any 0 < width <= strip; growth
 * is 0 or 1, and bound >= 1 increases. */
typedef struct sn_smooth {
    void (*derivatives)(arb_ptr out, arb_srcptr params, const arb_t z, slong length, slong prec);
    void (*bound)(mag_t out, double width);
    double strip;
    int growth;
} sn_smooth;

extern const sn_smooth sn_smooth_tanh, sn_smooth_sigmoid, sn_smooth_silu, sn_smooth_gelu,
    sn_smooth_gelu_tanh, sn_smooth_softplus, sn_smooth_mish, sn_smooth_sin;

SN_END_DECLS

#endif
