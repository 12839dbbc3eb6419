/* Binary floating-point formats inside float64.
 *
 * With p digits and the least exponent e, a number v of 2^k <= |v| < 2^(k+1) has the unit in the
 * last place 2^(max(k, e) - p + 1), subnormals included. Rounding is to the nearest whole number of
 * such units; what is 2^(largest exponent + 1) then, or more, is infinite. Every number of every
 * format is a double. */
#include "certify/vectors_format.h"

#include <math.h>

typedef struct format_row {
    const char *name;
    int digits, least, most;
} format_row;

static const format_row rows[SN_FORMAT_COUNT] = {
#define FORMAT_ROW(id, name, digits, least, most) [id] = {name, digits, least, most},
    SN_FORMAT_LIST(FORMAT_ROW)
#undef FORMAT_ROW
};

enum { OUT_OF_RANGE = 4096 }; /* exponents beyond those of any format */

const char *sn_format_name(sn_format format)
{
    return (int)format >= 0 && format < SN_FORMAT_COUNT ? rows[format].name : NULL;
}

double sn_format_round_arf(sn_format format, const arf_t value)
{
    const format_row *row = &rows[format];
    if (arf_is_nan(value))
        return NAN;
    if (arf_is_zero(value))
        return 0;
    const double sign = arf_sgn(value) < 0 ? -1 : 1;
    if (arf_is_inf(value) || arf_cmpabs_2exp_si(value, OUT_OF_RANGE) >= 0)
        return sign * INFINITY;
    if (arf_cmpabs_2exp_si(value, -OUT_OF_RANGE) < 0)
        return sign * 0.0;
    const slong exponent = (slong)arf_abs_bound_lt_2exp_si(value) - 1;
    const slong unit = FLINT_MAX(exponent, row->least) - row->digits + 1;
    arb_t units;
    arb_init(units);
    arb_set_arf(units, value);
    arb_mul_2exp_si(units, units, -unit);
    const double rounded = ldexp((double)arf_get_si(arb_midref(units), ARF_RND_NEAR), (int)unit);
    arb_clear(units);
    return fabs(rounded) > sn_format_largest(format) ? sign * INFINITY : copysign(rounded, sign);
}

double sn_format_round(sn_format format, double value)
{
    if (value == 0)
        return value;
    arf_t exact;
    arf_init(exact);
    arf_set_d(exact, value);
    const double rounded = sn_format_round_arf(format, exact);
    arf_clear(exact);
    return rounded;
}

int sn_format_unit(sn_format format, double value)
{
    int exponent = OUT_OF_RANGE;
    frexp(value, &exponent);
    exponent--;
    if (value == 0 || exponent < rows[format].least)
        exponent = rows[format].least;
    return exponent - rows[format].digits + 1;
}

double sn_format_least(sn_format format)
{
    return ldexp(1, rows[format].least - rows[format].digits + 1);
}

double sn_format_normal(sn_format format)
{
    return ldexp(1, rows[format].least);
}

double sn_format_largest(sn_format format)
{
    return ldexp(2 - ldexp(1, 1 - rows[format].digits), rows[format].most);
}

double sn_format_next(sn_format format, double value)
{
    if (value >= sn_format_largest(format))
        return INFINITY;
    double unit = ldexp(1, sn_format_unit(format, value));
    /* below a negative power of two the numbers are twice as close */
    int exponent;
    if (value < -sn_format_normal(format) && frexp(value, &exponent) == -0.5)
        unit /= 2;
    return value + unit;
}
