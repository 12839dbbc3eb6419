/* Any bytes as a configuration: it is taken or refused with a reason; and what is taken, resolved,
 * is taken again and is the same, and is a simulation that the engine takes too. A target for
 * libFuzzer:
 *
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -Isrc tests/fuzz/fuzz_config.c \
 *       .libs/libprogram.a .libs/libengine.a <the libraries configure found> -o fuzz_config
 *   ./fuzz_config tests/fuzz/corpus_config
 *
 * With run_corpus.c it is a test that goes through the corpus alone. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "config/config.h"
#include "simulate/spec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int held)
{
    if (!held)
        abort();
}

static void expect_same_again(const sn_config *config)
{
    sn_config *again;
    sn_config_errors errors;
    const char *text = config->resolved;
    demand(sn_config_parse("resolved", text, strlen(text), 0, NULL, &again, &errors) == SN_OK);
    demand(strcmp(again->resolved, text) == 0);
    demand(again->n_points == config->n_points);
    for (size_t i = 0; i < config->n_points && i < 8; i++) {
        char *a = sn_config_point_json(config, i), *b = sn_config_point_json(again, i);
        demand(a != NULL && b != NULL && strcmp(a, b) == 0);
        free(a);
        free(b);
    }
    sn_config_free(again);
}

static void expect_simulations(const sn_config *config)
{
    for (size_t i = 0; config->kind == SN_CONFIG_SIMULATE && i < config->n_points && i < 100; i++)
        demand(sn_spec_check(&config->points[i].simulate.run, NULL) == SN_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sn_config *config;
    sn_config_errors errors;
    const sn_status status =
        sn_config_parse("fuzz", (const char *)data, size, 0, NULL, &config, &errors);
    demand((status == SN_OK) == (config != NULL));
    demand((status == SN_OK) == (errors.count == 0));
    for (size_t i = 0; i < errors.count; i++)
        for (const char *c = errors.lines[i]; *c != '\0'; c++)
            demand((unsigned char)*c >= 0x20 && *c != 0x7f);
    if (status == SN_OK)
        expect_same_again(config);
    if (status == SN_OK)
        expect_simulations(config);
    sn_config_free(config);
    sn_config_errors_free(&errors);
    return 0;
}
