/* Decimals in, doubles out, and erfcx on wide balls. */
#include "certify/ball.h"

#include <math.h>
#include <string.h>

/* [+-] digits [. digits] [e [+-] digits], with a digit in the mantissa, and an exponent of at most
 * six digits. */
static bool is_decimal(const char *text)
{
    text += *text == '-' || *text == '+';
    size_t digits = strspn(text, "0123456789");
    text += digits;
    if (*text == '.') {
        const size_t more = strspn(++text, "0123456789");
        digits += more;
        text += more;
    }
    if (digits == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text++;
        text += *text == '-' || *text == '+';
        const size_t exponent = strspn(text, "0123456789");
        if (exponent == 0 || exponent > 6)
            return false;
        text += exponent;
    }
    return *text == '\0';
}

bool sn_ball_set_decimal(arb_t out, const char *text, slong prec)
{
    return is_decimal(text) && arb_set_str(out, text + (*text == '+'), prec) == 0;
}

void sn_ball_set_interval(arb_t out, double lower, double upper)
{
    arf_t a, b;
    arf_init(a);
    arf_init(b);
    arf_set_d(a, lower);
    arf_set_d(b, upper);
    arb_set_interval_arf(out, a, b, 64);
    arf_clear(a);
    arf_clear(b);
}

double sn_ball_lower(const arb_t ball)
{
    if (!arb_is_finite(ball))
        return -INFINITY;
    arf_t end;
    arf_init(end);
    arb_get_lbound_arf(end, ball, 64);
    const double lower = arf_get_d(end, ARF_RND_FLOOR);
    arf_clear(end);
    return lower;
}

double sn_ball_upper(const arb_t ball)
{
    if (!arb_is_finite(ball))
        return INFINITY;
    arf_t end;
    arf_init(end);
    arb_get_ubound_arf(end, ball, 64);
    const double upper = arf_get_d(end, ARF_RND_CEIL);
    arf_clear(end);
    return upper;
}
