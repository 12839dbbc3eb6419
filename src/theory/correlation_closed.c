/* Overlaps in closed form, a and b N(0, y) of correlation c (the identity: N(x, y)).
 *
 * Leaky ReLU with slope s on the left is f(z) = s z + (1 - s) relu(z), or
 * ((1 + s) z + (1 - s) |z|) / 2, an odd and an even part that do not mix. With eta = acos(-c) and
 * Cho and Saul's (2009) arc-cosine kernel J = (sin eta - eta cos eta) / pi:
 *
 *     C      = y (s c + (1 - s)^2 J / 2)                  E f = (1 - s) sqrt(y / (2 pi))
 *     dC/dc  = y (s + (1 - s)^2 eta / (2 pi))
 *     C - (E f)^2 = y ((1 + s)^2 c / 4 + (1 - s)^2 A / (2 pi)),
 *                  A = c asin c + sqrt(1 - c^2) - 1 = c asin c - c^2 / (1 + sqrt(1 - c^2))
 *
 * Near c = -1, J = eta^3/3 - eta^5/30 + ..., and eta = 2 atan2(sqrt(1 + c), sqrt(1 - c)).
 *
 * The error function (Williams 1997): with w = 1 / (2 y) and r^2 = (w + 1 - c)(w + 1 + c),
 *
 *     C = (2/pi) asin(c / (1 + w)) = (2/pi) atan2(c, r),   dC/dc = (2/pi) / r.
 *
 * All differences 1 - c and 1 + c are exact where they are small. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "theory/correlation_rule.h"

static const double rounding = 8 * DBL_EPSILON;
static const double pi = 3.14159265358979323846, two_over_pi = 0.63661977236758134308;

typedef enum closed_form { NONE, LINEAR, RELU, LEAKY_RELU, ERROR_FUNCTION } closed_form;

static closed_form form_of(const sn_activation *f, double x)
{
    static const struct {
        const char *name;
        closed_form form;
    } forms[] = {
        {"linear", LINEAR}, {"relu", RELU}, {"leaky_relu", LEAKY_RELU}, {"erf", ERROR_FUNCTION}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (f->state == NULL && strcmp(f->type->name, forms[i].name) == 0)
            return x == 0 || forms[i].form == LINEAR ? forms[i].form : NONE;
    return NONE;
}

bool sn_correlation_has_closed_form(const sn_activation *f, double x)
{
    return form_of(f, x) != NONE;
}

/* (sin eta - eta cos eta) / pi, 0 <= eta <= pi. */
static double arc_cosine(double eta)
{
    if (eta > 0.75)
        return (sin(eta) - eta * cos(eta)) / pi;
    /* The sum over n >= 1 of (-1)^(n+1) 2n eta^(2n+1) / (2n+1)!. */
    const double square = eta * eta;
    double power = eta * square / 6, sum = 0;
    for (int n = 1; n <= 9; n++) {
        sum += 2 * n * power;
        power *= -square / ((2 * n + 2) * (2 * n + 3));
    }
    return sum / pi;
}

static void leaky(double s, double y, double c, sn_correlation *out)
{
    const double eta = 2 * atan2(sqrt(1 + c), sqrt(1 - c));
    const double other = sqrt(1 - c) * sqrt(1 + c);
    const double even = (1 - s) * (1 - s) / 2, odd = (1 + s) * (1 + s) / 4;
    out->overlap = y * (s * c + even * arc_cosine(eta));
    out->covariance = y * (odd * c + even / pi * (c * asin(c) - c * (c / (1 + other))));
    out->slope = y * (s + even * (eta / pi));
}

static void error_function(double y, double c, sn_correlation *out)
{
    const double w = 0.5 / y;
    const double r = sqrt(w + (1 - c)) * sqrt(w + (1 + c));
    out->overlap = out->covariance = two_over_pi * atan2(c, r);
    out->slope = two_over_pi / r;
}

void sn_correlation_closed(const sn_activation *f, double x, double y, double c,
                           sn_correlation *out)
{
    *out = (sn_correlation){.error = rounding, .slope_error = rounding, .trust = SN_CLOSED_FORM};
    switch (form_of(f, x)) {
    case LINEAR:
        out->covariance = y * c;
        out->overlap = x * x + out->covariance;
        out->slope = y;
        break;
    case RELU:
        leaky(0, y, c, out);
        break;
    case LEAKY_RELU:
        leaky(f->params[0], y, c, out);
        break;
    case ERROR_FUNCTION:
        error_function(y, c, out);
        break;
    case NONE:
        break;
    }
}
