/* Reference vectors: against mpmath's rounded values, against the activations in double, in ties and
 * at the ends of the formats; files of them, read again, altered, and what is no such file. */
#include "certify/vectors.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "certify/exact_gain.h"
#include "harness.h"
#include "study/vectors_study.h"

typedef struct known {
    const char *name;
    sn_format format;
    double x, f, derivative;
} known;

static const known table[] = {
#include "vectors_table.inc"
};

enum { ROWS = sizeof table / sizeof table[0] };

static sn_activation make(const char *name)
{
    sn_activation f;
    ck_assert(sn_activation_init(&f, name, NULL) == SN_OK);
    return f;
}

static sn_activation make_with(const char *name, const char *param, double value)
{
    sn_activation f = make(name);
    ck_assert(sn_activation_set(&f, param, value, NULL) == SN_OK);
    return f;
}

/* Equal, and of one sign where both are 0. */
static bool same(double a, double b)
{
    return (a == b && !signbit(a) == !signbit(b)) || (isnan(a) && isnan(b));
}

static void check(const sn_activation *f, sn_format format, double x, double value,
                  double derivative)
{
    double got, slope;
    sn_error err = {0};
    ck_assert_msg(sn_vector_value(f, format, x, &got, &slope, &err) == SN_OK, "%s", err.message);
    ck_assert_msg(same(got, value), "%s of %a in %s is %a, not %a", f->type->name, x,
                  sn_format_name(format), got, value);
    ck_assert_msg(same(slope, derivative), "%s' of %a in %s is %a, not %a", f->type->name, x,
                  sn_format_name(format), slope, derivative);
}

START_TEST(values_of_mpmath)
{
    for (size_t i = 0; i < ROWS; i++) {
        const sn_activation f = make(table[i].name);
        check(&f, table[i].format, table[i].x, table[i].f, table[i].derivative);
    }
}
END_TEST

/* Whether all numbers within 2^-46 of a double (some units in the last place, and what subnormals
 * lose) round to one number; then it is the right one, as sn_activation_value is that accurate. */
static bool round_double(sn_format format, double value, double *rounded)
{
    const double slack = fabs(value) * 0x1p-46 + 0x1p-1060;
    *rounded = sn_format_round(format, value - slack);
    return *rounded == sn_format_round(format, value + slack);
}

/* Arguments of a 16-bit format, all or every so many, against the double of the activation. */
static size_t brute_force(const char *name, sn_format format, unsigned stride)
{
    const sn_activation f = make(name);
    size_t compared = 0;
    for (unsigned bits = 0; bits < 0x8000; bits += stride) {
        const int digits = format == SN_FLOAT16 ? 10 : 7;
        const int least = format == SN_FLOAT16 ? -14 : -126;
        const unsigned exponent = bits >> digits, fraction = bits & ((1U << digits) - 1);
        if (exponent == (format == SN_FLOAT16 ? 31U : 255U))
            break;
        const double size =
            exponent == 0 ? ldexp(fraction, least - digits)
                          : ldexp((1U << digits) + fraction, (int)exponent - 1 + least - digits);
        for (int sign = -1; sign <= 1; sign += 2) {
            double value, slope, expected;
            ck_assert(sn_vector_value(&f, format, sign * size, &value, &slope, NULL) == SN_OK);
            ck_assert(sn_format_round(format, size) == size);
            if (round_double(format, sn_activation_value(&f, sign * size), &expected)) {
                ck_assert_msg(value == expected, "%s of %a is %a, not %a", name, sign * size, value,
                              expected);
                compared++;
            }
            if (round_double(format, sn_activation_derivative(&f, sign * size), &expected)) {
                ck_assert_msg(slope == expected, "%s' of %a is %a, not %a", name, sign * size,
                              slope, expected);
                compared++;
            }
        }
    }
    return compared;
}

START_TEST(all_of_float16)
{
    ck_assert_uint_gt(brute_force("tanh", SN_FLOAT16, 1), 120000);
    ck_assert_uint_gt(brute_force("relu", SN_FLOAT16, 1), 120000);
}
END_TEST

START_TEST(many_of_16_bits)
{
    for (size_t i = 0; sn_activation_at(i) != NULL; i++) {
        const char *name = sn_activation_at(i)->name;
        const unsigned stride = strcmp(name, "selu") == 0 ? 211 : 29;
        const size_t n = 4 * (0x7c00 / stride);
        ck_assert_uint_gt(brute_force(name, SN_FLOAT16, stride), n * 9 / 10);
        ck_assert_uint_gt(brute_force(name, SN_BFLOAT16, stride), n * 9 / 10);
    }
}
END_TEST

/* Middles of two numbers, on either side of which the last bit is even. */
START_TEST(ties)
{
    const sn_activation half = make_with("leaky_relu", "slope", 0.5);
    const double unit = 0x1p-24; /* float16's least number */
    check(&half, SN_FLOAT16, -unit, -0.0, 0.5);
    check(&half, SN_FLOAT16, -3 * unit, -2 * unit, 0.5);
    check(&half, SN_FLOAT16, -5 * unit, -2 * unit, 0.5);
    check(&half, SN_FLOAT64, -DBL_TRUE_MIN, -0.0, 0.5);
    check(&half, SN_FLOAT64, -3 * DBL_TRUE_MIN, -2 * DBL_TRUE_MIN, 0.5);
    /* 1 + 2^-7 times it has a tail of 2^-14: the middle for 8 digits */
    const sn_activation wide = make_with("leaky_relu", "slope", 1 + 0x1p-8);
    check(&wide, SN_BFLOAT16, -1, -1, 1);
    check(&wide, SN_BFLOAT16, -(1 + 0x1p-7), -(1 + 0x1p-6), 1);
    /* gelu(x) = x/2 + x^2 phi(0): next to the middle, but above it */
    const sn_activation gelu = make("gelu");
    check(&gelu, SN_FLOAT64, DBL_TRUE_MIN, DBL_TRUE_MIN, 0.5);
    check(&gelu, SN_FLOAT64, -DBL_TRUE_MIN, -0.0, 0.5);
    check(&gelu, SN_FLOAT64, 5 * DBL_TRUE_MIN, 3 * DBL_TRUE_MIN, 0.5);
    /* elu(x) = -alpha + alpha e^x never reaches the middle -alpha, its limit does */
    const sn_activation elu = make_with("elu", "alpha", 1 + 0x1p-8);
    check(&elu, SN_BFLOAT16, -1000, -1, 0.0);
    check(&elu, SN_BFLOAT16, -INFINITY, -1, 0.0);
    const sn_activation odd = make_with("elu", "alpha", 1 + 0x3p-8);
    check(&odd, SN_BFLOAT16, -1000, -(1 + 0x1p-7), 0.0);
    check(&odd, SN_BFLOAT16, -INFINITY, -(1 + 0x1p-6), 0.0);
    check(&odd, SN_BFLOAT16, -0x1.fep127, -(1 + 0x1p-7), 0.0);
    /* quotients that end, 3 over 4, and one that does not, 2^24 over 2^24 + 1 */
    const sn_activation softsign = make("softsign");
    check(&softsign, SN_FLOAT64, 3, 0.75, 0.0625);
    check(&softsign, SN_BFLOAT16, 255, 1 - 0x1p-8, 0x1p-16);
    check(&softsign, SN_FLOAT16, -2047, -(1 - 0x1p-11), 0x1p-22);
    check(&softsign, SN_FLOAT32, -0x1p24, -(1 - 0x1p-24), 0x1.fffffcp-49);
    check(&softsign, SN_FLOAT64, -INFINITY, -1, 0);
    const sn_activation serlu = make("serlu");
    check(&serlu, SN_FLOAT64, -1, sn_activation_value(&serlu, -1), 0);
    check(&serlu, SN_FLOAT64, -INFINITY, 0, 0);
    check(&serlu, SN_FLOAT64, -1e300, -0.0, -0.0);
    /* 1/6 of a whole number has a tail, or none */
    const sn_activation swish = make("hardswish");
    check(&swish, SN_FLOAT64, 0x1p-51, 0x1p-52 * (1 + 0x1p-52), 0.5 + 0x1p-53);
}
END_TEST

START_TEST(overflow_and_limits)
{
    const sn_activation leaky = make_with("leaky_relu", "slope", 100);
    check(&leaky, SN_FLOAT16, -1000, -INFINITY, 100);
    check(&leaky, SN_FLOAT16, -655, -65504, 100);
    check(&leaky, SN_FLOAT64, -DBL_MAX, -INFINITY, 100);
    check(&leaky, SN_FLOAT64, -INFINITY, -INFINITY, 100);
    const sn_activation flat = make_with("leaky_relu", "slope", 0);
    check(&flat, SN_FLOAT32, -INFINITY, 0, 0);
    const sn_activation big = make_with("leaky_relu", "slope", 65520);
    check(&big, SN_FLOAT16, -1, -INFINITY, INFINITY); /* a tie, beyond the largest */
    static const struct {
        const char *name;
        double left, left_slope, right, right_slope;
    } limits[] = {
        {"linear", -INFINITY, 1, INFINITY, 1},
        {"relu", 0, 0, INFINITY, 1},
        {"relu6", 0, 0, 6, 0},
        {"hardtanh", -1, 0, 1, 0},
        {"hardswish", 0, 0, INFINITY, 1},
        {"elu", -1, 0, INFINITY, 1},
        {"tanh", -1, 0, 1, 0},
        {"sigmoid", 0, 0, 1, 0},
        {"silu", 0, 0, INFINITY, 1},
        {"gelu", 0, 0, INFINITY, 1},
        {"softplus", 0, 0, INFINITY, 1},
        {"mish", 0, 0, INFINITY, 1},
        {"erf", -1, 0, 1, 0},
        {"sin", NAN, NAN, NAN, NAN},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        for (int format = 0; format < SN_FORMAT_COUNT; format++) {
            const sn_activation f = make(limits[i].name);
            check(&f, (sn_format)format, -INFINITY, limits[i].left, limits[i].left_slope);
            check(&f, (sn_format)format, INFINITY, limits[i].right, limits[i].right_slope);
            check(&f, (sn_format)format, NAN, NAN, NAN);
        }
    const sn_activation selu = make("selu"); /* by mpmath */
    check(&selu, SN_FLOAT64, -INFINITY, -0x1.c212cc640f031p+0, 0);
}
END_TEST

/* Zeros have signs: f(-0) of odd f, and the side that a tail comes from. */
START_TEST(zeros)
{
    const sn_activation tanh_ = make("tanh"), silu = make("silu"), relu = make("relu");
    const sn_activation sigmoid = make("sigmoid"), mish = make("mish"), gelu = make("gelu");
    check(&tanh_, SN_FLOAT64, -0.0, -0.0, 1);
    check(&tanh_, SN_FLOAT64, 0.0, 0.0, 1);
    check(&relu, SN_FLOAT64, -0.0, 0.0, 0);
    check(&silu, SN_FLOAT64, -DBL_MAX, -0.0, -0.0);
    check(&silu, SN_FLOAT64, -1000, -0.0, -0.0);
    check(&mish, SN_FLOAT64, -DBL_MAX, -0.0, -0.0);
    check(&gelu, SN_FLOAT64, -DBL_MAX, -0.0, -0.0);
    check(&sigmoid, SN_FLOAT64, -DBL_MAX, 0.0, 0.0);
    check(&tanh_, SN_FLOAT64, -DBL_MAX, -1, 0.0);
}
END_TEST

START_TEST(rounding)
{
    ck_assert(same(sn_format_round(SN_FLOAT16, 65519.999), 65504));
    ck_assert(same(sn_format_round(SN_FLOAT16, -65520), -INFINITY));
    ck_assert(same(sn_format_round(SN_BFLOAT16, 3.3953138e38), 0x1.fep127));
    ck_assert(same(sn_format_round(SN_BFLOAT16, DBL_MAX), INFINITY));
    ck_assert(same(sn_format_round(SN_FLOAT16, 0x1p-25), 0));
    ck_assert(same(sn_format_round(SN_FLOAT16, -0x1.00001p-25), -0x1p-24));
    ck_assert(same(sn_format_round(SN_FLOAT64, DBL_TRUE_MIN), DBL_TRUE_MIN));
    ck_assert(same(sn_format_round(SN_FLOAT32, -0.0), -0.0));
    ck_assert(same(sn_format_round(SN_FLOAT32, NAN), NAN));
    unsigned long long state = 7;
    for (int i = 0; i < 200000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const double x = ldexp((double)(long long)state, (int)(state >> 40) % 260 - 190);
        ck_assert_msg(same(sn_format_round(SN_FLOAT32, x), (double)(float)x), "%a", x);
        ck_assert(same(sn_format_round(SN_FLOAT64, x), x));
    }
    ck_assert_str_eq(sn_format_name(SN_BFLOAT16), "bfloat16");
    ck_assert_ptr_null(sn_format_name(SN_FORMAT_COUNT));
}
END_TEST

/* Is among the arguments. */
static bool has(const double *x, size_t n, double wanted)
{
    for (size_t i = 0; i < n; i++)
        if (same(x[i], wanted))
            return true;
    return false;
}

START_TEST(arguments)
{
    for (size_t i = 0; sn_activation_at(i) != NULL; i++)
        for (int format = 0; format < SN_FORMAT_COUNT; format++) {
            const sn_activation f = make(sn_activation_at(i)->name);
            double *x, kinks[SN_MAX_KINKS];
            size_t n;
            ck_assert(sn_vector_arguments(&f, (sn_format)format, &x, &n, NULL) == SN_OK);
            ck_assert(n >= 250 && n <= 600);
            for (size_t j = 0; j + 1 < n; j++) {
                ck_assert(x[j] == sn_format_round((sn_format)format, x[j]));
                ck_assert(j == n - 2 || x[j] < x[j + 1] || (signbit(x[j]) && !signbit(x[j + 1])));
            }
            ck_assert(isnan(x[n - 1]) && has(x, n, 0.0) && has(x, n, -0.0));
            ck_assert(has(x, n, INFINITY) && has(x, n, -INFINITY));
            const size_t n_kinks = sn_activation_kinks(&f, kinks);
            for (size_t k = 0; k < n_kinks; k++)
                ck_assert(kinks[k] == 0 || has(x, n, kinks[k]));
            free(x);
        }
    double *x;
    size_t n;
    const sn_activation f = make("relu6");
    ck_assert(sn_vector_arguments(&f, SN_FLOAT32, &x, &n, NULL) == SN_OK);
    ck_assert(has(x, n, nextafterf(6, 7)) && has(x, n, nextafterf(6, 5)));
    ck_assert(has(x, n, (double)FLT_MAX) && has(x, n, -(double)FLT_TRUE_MIN));
    ck_assert(has(x, n, (double)nextafterf(FLT_MAX, 0)));
    free(x);
}
END_TEST

static double distance(const char *name, sn_format format, double x, double value, bool slope)
{
    const sn_activation f = make(name);
    double ulp = -1;
    sn_error err = {0};
    ck_assert_msg(sn_vector_distance(&f, format, x, value, slope, &ulp, &err) == SN_OK, "%s",
                  err.message);
    return ulp;
}

START_TEST(distances)
{
    /* tanh 1 = 0.76159415595576488811945828260479359... */
    const double right = 0x1.85efab514f394p-1;
    ck_assert_double_eq_tol(distance("tanh", SN_FLOAT64, 1, right, false), 0.0, 0.5);
    ck_assert_double_eq_tol(distance("tanh", SN_FLOAT64, 1, right + 0x1p-53, false)
                                + distance("tanh", SN_FLOAT64, 1, right - 0x1p-53, false),
                            2, 1e-9);
    ck_assert_double_eq_tol(distance("tanh", SN_FLOAT16, 1, 0, false),
                            0.76159415595576488812 * 2048, 1e-9);
    ck_assert(distance("relu", SN_FLOAT32, 2.5, 2.5, false) == 0);
    ck_assert(distance("relu", SN_FLOAT32, 2.5, 2.5 + 0x1p-22, false) == 1);
    ck_assert(distance("relu", SN_FLOAT32, 2.5, 0, true) == 0x1p23);
    ck_assert(distance("relu", SN_FLOAT32, -2, 0x3p-149, false) == 3);
    ck_assert(distance("sin", SN_FLOAT32, INFINITY, NAN, false) == 0);
    ck_assert(isinf(distance("sin", SN_FLOAT32, INFINITY, 0.5, false)));
    ck_assert(isinf(distance("relu", SN_FLOAT32, 1, INFINITY, false)));
    ck_assert(distance("relu", SN_FLOAT32, INFINITY, INFINITY, false) == 0);
    ck_assert(isinf(distance("relu", SN_FLOAT32, INFINITY, -INFINITY, false)));
    ck_assert(distance("tanh", SN_FLOAT32, INFINITY, 1 - 0x1p-24, false) == 0.5);
    /* 1 - tanh 300 is positive, though far below any double */
    const double tiny = distance("tanh", SN_FLOAT64, 300, 1, false);
    ck_assert(tiny > 0 && tiny < 1e-10);
    ck_assert(distance("tanh", SN_FLOAT64, 1e300, 1, false) > 0);
}
END_TEST

START_TEST(refusals)
{
    double value, slope;
    sn_error err = {0};
    const sn_activation tanh_ = make("tanh");
    ck_assert(sn_vector_value(&tanh_, SN_FLOAT16, 0.1, &value, &slope, &err) == SN_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "float16"));
    ck_assert(sn_vector_value(&tanh_, SN_FORMAT_COUNT, 1, &value, &slope, &err) == SN_EDOMAIN);
    double *x;
    size_t n;
    ck_assert(sn_vector_arguments(&tanh_, (sn_format)-1, &x, &n, &err) == SN_EDOMAIN);
    const sn_activation_type made = {.name = "made"};
    const sn_activation unknown = {.type = &made};
    ck_assert(sn_vector_value(&unknown, SN_FLOAT16, 1, &value, &slope, &err) == SN_EUNKNOWN);
    ck_assert(sn_vector_distance(&unknown, SN_FLOAT16, 1, 1, false, &value, &err) == SN_EUNKNOWN);
}
END_TEST

static sn_status read_text(const char *text, size_t size, sn_vectors_report *out, sn_error *err)
{
    return sn_vectors_check(text, size, 0, NULL, out, err);
}

START_TEST(own_file_is_right)
{
    for (size_t i = 0; sn_activation_at(i) != NULL; i++) {
        sn_activation f = make(sn_activation_at(i)->name);
        for (int turn = 0; turn < (f.type->n_params > 0 ? 2 : 1); turn++) {
            char *text;
            size_t size;
            sn_vectors_report report;
            sn_error err = {0};
            if (turn == 1)
                ck_assert(sn_activation_set(&f, f.type->params[0].name, 0.37, NULL) == SN_OK);
            ck_assert(sn_vectors_write(&f, &text, &size, &err) == SN_OK);
            ck_assert_msg(read_text(text, size, &report, &err) == SN_OK, "%s", err.message);
            ck_assert_uint_eq(report.n, 8);
            for (size_t r = 0; r < report.n; r++) {
                const sn_vectors_row *row = &report.rows[r];
                ck_assert_uint_gt(row->count, 250);
                ck_assert_uint_eq(row->correct, row->count);
                ck_assert_uint_eq(row->within_half, row->count);
                ck_assert(row->worst <= 0.5);
                ck_assert(row->f.params[0] == f.params[0]);
            }
            sn_vectors_report_free(&report);
            free(text);
        }
    }
}
END_TEST

START_TEST(wrong_value_is_named)
{
    static const char text[] = "# a comment\n"
                               "\n"
                               "x, derivative ,format,f,activation # more\r\n"
                               "1,1,float32,1,relu\r\n"
                               "\"2.5\",1,float32,2.50000072,relu\r\n"
                               "-1,,float32,0,relu\n"
                               "0.1,1,float32,0.1,relu\n"
                               "NaN,-nan,float32,nan,relu\n"
                               "inf,1,float32,+Infinity,relu";
    sn_vectors_report report;
    sn_error err = {0};
    ck_assert_msg(read_text(text, sizeof text - 1, &report, &err) == SN_OK, "%s", err.message);
    ck_assert_uint_eq(report.n, 2);
    ck_assert_uint_eq(report.rows[0].count, 6);
    ck_assert_uint_eq(report.rows[0].correct, 5);
    ck_assert_uint_eq(report.rows[0].within_two, 5);
    ck_assert(report.rows[0].worst == 3 && report.rows[0].worst_line == 5);
    ck_assert(report.rows[0].worst_x == 2.5 && report.rows[0].worst_rounded == 2.5);
    ck_assert_uint_eq(report.rows[1].count, 5);
    ck_assert_uint_eq(report.rows[1].correct, 5);
    sn_vectors_report_free(&report);
}
END_TEST

START_TEST(parameters)
{
    static const char in_columns[] = "activation,format,slope,alpha,x,f\n"
                                     "leaky_relu,float32,0.5,,-2,-1\n"
                                     "leaky_relu,float32,0.25,,-2,-0.5\n"
                                     "elu,float32,,2,-inf,-2\n";
    static const char given[] = "activation,format,x,f\nleaky_relu,float32,-2,-1\n";
    const sn_vectors_param slope = {"slope", 0.5}, other = {"alpha", 0.5}, bad = {"slope", NAN};
    sn_vectors_report report;
    sn_error err = {0};
    ck_assert_msg(read_text(in_columns, sizeof in_columns - 1, &report, &err) == SN_OK, "%s",
                  err.message);
    ck_assert_uint_eq(report.n, 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert(report.rows[i].worst == 0);
    sn_vectors_report_free(&report);
    ck_assert(sn_vectors_check(given, sizeof given - 1, 1, &slope, &report, &err) == SN_OK);
    ck_assert(report.rows[0].worst == 0);
    sn_vectors_report_free(&report);
    ck_assert(sn_vectors_check(given, sizeof given - 1, 1, &other, &report, &err) == SN_EUNKNOWN);
    ck_assert(sn_vectors_check(given, sizeof given - 1, 1, &bad, &report, &err) == SN_EDOMAIN);
    ck_assert(sn_vectors_check(in_columns, sizeof in_columns - 1, 1, &slope, &report, &err)
              == SN_ECONFIG);
    ck_assert(sn_vectors_check(given, sizeof given - 1, 9, &slope, &report, &err) == SN_EINVAL);
}
END_TEST

START_TEST(malformed)
{
    static const struct {
        const char *text, *message;
    } files[] = {
        {"", "1:1: found no line of column names"},
        {"\n \n# only\n", "3:1: found no line of column names"},
        {"activation,format,x,f\n", "1:1: found no values"},
        {"activation,format,x\n", "1:1: found no column 'f'"},
        {"activation,format,x,f,x\n", "1:23: found 'x', allowed is each column once"},
        {"activation,format,x,f,y\n", "1:23: found 'y'"},
        {"activation,format,x,f,\n", "1:23: found ''"},
        {"tanh,float32,1,0.76\n", "1:1: found 'tanh'"},
        {"activation,format,x,f\ntanh,float32,1\n", "2:1: found 3 fields, allowed are 4"},
        {"activation,format,x,f\ntanh,float32,1,1,1\n", "2:1: found 5 fields"},
        {"activation,format,x,f\ntahn,float32,1,1\n", "2:1: found 'tahn', allowed is the name of "
                                                      "an activation, the nearest being 'tanh'"},
        {"activation,format,x,f\ntanh,float8,1,1\n", "2:6: found 'float8'"},
        {"activation,format,x,f\ntanh,float32,one,1\n", "2:14: found 'one'"},
        {"activation,format,x,f\ntanh,float32,1,\n", "2:16: found ''"},
        {"activation,format,x,f\ntanh,float32,1,0x1p0\n", "2:16: found '0x1p0'"},
        {"activation,format,x,f\ntanh,float32,1,1e999\n", "2:16: found '1e999'"},
        {"activation,format,x,f\ntanh,float32,1,nanny\n", "2:16: found 'nanny'"},
        {"activation,format,x,f\ntanh,float32,1,--inf\n", "2:16: found '--inf'"},
        {"activation,format,x,f\ntanh,float32,1,infinityandbeyond\n", "2:16: found 'infinity"},
        {"activation,format,slope,x,f\ntanh,float32,1,1,1\n", "2:14: "},
        {"activation,format,slope,x,f\nleaky_relu,float32,nan,1,1\n", "2:20: "},
        {"\x7f"
         "ELF\x02\x01",
         "1:1: found"},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        sn_vectors_report report;
        sn_error err = {0};
        ck_assert(read_text(files[i].text, strlen(files[i].text), &report, &err) == SN_ECONFIG);
        ck_assert_msg(strncmp(err.message, files[i].message, strlen(files[i].message)) == 0,
                      "file %zu: %s", i, err.message);
        ck_assert_uint_eq(report.n, 0);
    }
}
END_TEST

/* Nothing is read beyond the end, nothing hangs: a good file cut off anywhere, with any byte
 * replaced, and lines of any length. */
START_TEST(any_bytes)
{
    static const char good[] = "# c\nactivation,format,slope,x,f,derivative\n"
                               "leaky_relu,bfloat16,0.5,-2,\"-1\",0.5\nrelu,float16,,nan,nan,\n";
    sn_vectors_report report;
    for (size_t n = 0; n < sizeof good; n++) {
        char *text = malloc(n > 0 ? n : 1);
        memcpy(text, good, n);
        if (read_text(text, n, &report, NULL) == SN_OK)
            sn_vectors_report_free(&report);
        for (size_t i = 0; i < n && n >= sizeof good - 1; i++)
            for (int byte = 0; byte < 256; byte += 5) {
                text[i] = (char)byte;
                if (read_text(text, n, &report, NULL) == SN_OK)
                    sn_vectors_report_free(&report);
                text[i] = good[i];
            }
        free(text);
    }
    enum { LONG = 100000 };
    char *text = malloc(LONG);
    static const char fill[] = ",9\"# x\n";
    for (size_t i = 0; i + 1 < sizeof fill; i++) {
        memset(text, fill[i], LONG);
        ck_assert(read_text(text, LONG, &report, NULL) == SN_ECONFIG);
        memcpy(text, good, sizeof good - 1);
        const sn_status status = read_text(text, LONG, &report, NULL);
        ck_assert(status == SN_ECONFIG || status == SN_OK);
        if (status == SN_OK)
            sn_vectors_report_free(&report);
    }
    free(text);
}
END_TEST

UNIT_MAIN("vectors", values_of_mpmath, all_of_float16, many_of_16_bits, ties, overflow_and_limits,
          zeros, rounding, arguments, distances, refusals, own_file_is_right, wrong_value_is_named,
          parameters, malformed, any_bytes)
