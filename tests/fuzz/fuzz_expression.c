/* Any bytes as an expression, with two parameters: it is read or refused with a reason; what is
 * read is finite where it was tried and has kinks in order; and its text, where that is not too
 * long, is read again as the same function. A target for libFuzzer as fuzz_config.c; a test over
 * its corpus. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "activation/expression.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1000 };

static const sn_named_value params[] = {{"a", 1.5}, {"lambda", -0.25}};

static void demand(int held)
{
    if (!held)
        abort();
}

static sn_status make(const char *text, sn_expression **e, sn_error *err)
{
    const sn_expression_spec spec = {.text = text, .n_params = 2, .params = params};
    return sn_expression_new(&spec, e, err);
}

static void expect_message(const sn_error *err)
{
    demand(err->status == SN_EINVAL && err->message[0] != '\0');
    for (const char *c = err->message; *c != '\0'; c++)
        demand((unsigned char)*c >= 0x20 && (unsigned char)*c < 0x7f);
}

static void expect_numbers(const sn_expression *e)
{
    double kinks[MOST];
    const sn_activation f = sn_expression_activation(e);
    const size_t n = sn_expression_kinks(e, MOST, kinks);
    for (size_t i = 1; i < n && i < MOST; i++)
        demand(kinks[i] > kinks[i - 1]);
    for (int i = -300; i <= 300; i++)
        demand(isfinite(sn_activation_value(&f, i / 10.0))
               && isfinite(sn_activation_derivative(&f, i / 10.0)));
    demand(isnan(sn_activation_value(&f, NAN)));
}

static int same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Formulas of activations inside are as good as these only to rounding, so two readings later. */
static void expect_same_again(const char *text)
{
    sn_expression *e, *again;
    char *plain;
    sn_error err = {0};
    if (make(text, &e, &err) != SN_OK)
        return;
    if (sn_expression_print(e, SN_DIALECT_PLAIN, &plain, &err) == SN_OK) {
        if (make(plain, &again, &err) == SN_OK) {
            const sn_activation f = sn_expression_activation(e);
            const sn_activation g = sn_expression_activation(again);
            for (int i = -20; i <= 20; i++)
                demand(same(sn_activation_value(&f, i / 3.0), sn_activation_value(&g, i / 3.0)));
            sn_expression_free(again);
        } else
            expect_message(&err); /* too many parts */
        free(plain);
    }
    sn_expression_free(e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sn_expression *e;
    sn_error err = {0};
    char *text = malloc(size + 1);
    demand(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    const sn_status status = make(text, &e, &err);
    demand((status == SN_OK) == (e != NULL));
    if (status != SN_OK)
        expect_message(&err);
    for (sn_dialect d = 0; status == SN_OK && d < SN_DIALECT_COUNT; d++) {
        char *out;
        if (sn_expression_print(e, d, &out, &err) != SN_OK) {
            expect_message(&err);
            continue;
        }
        if (d == SN_DIALECT_PLAIN)
            expect_same_again(out);
        free(out);
    }
    if (status == SN_OK)
        expect_numbers(e);
    sn_expression_free(e);
    free(text);
    return 0;
}
