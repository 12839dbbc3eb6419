/* Configurations of simulations: what every key becomes, layer by layer, and what of them cannot be
 * together. */
#include "config/config.h"

#include <string.h>
#include <unistd.h>

#include "harness.h"

static sn_config *parse(const char *text)
{
    sn_config *config;
    sn_config_errors errors;
    const sn_status status =
        sn_config_parse("a.json", text, strlen(text), 0, NULL, &config, &errors);
    for (size_t i = 0; i < errors.count; i++)
        NOTE("unexpected: %s", errors.lines[i]);
    ck_assert_int_eq(status, SN_OK);
    ck_assert_uint_eq(errors.count, 0);
    return config;
}

/* The text must fail with exactly these lines, in any order. */
static void expect_errors(const char *text, size_t n, const char *const *lines)
{
    sn_config *config;
    sn_config_errors errors;
    ck_assert_int_eq(sn_config_parse("a.json", text, strlen(text), 0, NULL, &config, &errors),
                     SN_ECONFIG);
    ck_assert_ptr_null(config);
    for (size_t i = 0; i < errors.count; i++) {
        size_t j = 0;
        while (j < n && strcmp(errors.lines[i], lines[j]) != 0)
            j++;
        if (j == n)
            NOTE("unexpected: %s", errors.lines[i]);
        ck_assert_uint_lt(j, n);
    }
    ck_assert_uint_eq(errors.count, n);
    sn_config_errors_free(&errors);
}

#define EXPECT_ERRORS(text, ...)                                                                   \
    do {                                                                                           \
        const char *const lines[] = {__VA_ARGS__};                                                 \
        expect_errors(text, sizeof lines / sizeof lines[0], lines);                                \
    } while (0)

START_TEST(simulate_defaults_and_given)
{
    sn_config *config = parse("{\"kind\": \"simulate\"}");
    const sn_simulation_spec *run = &config->points[0].simulate.run;
    const sn_layer *layer = &run->blocks[0].layer;
    ck_assert_str_eq(config->points[0].simulate.initializers[0]->name, "lecun_normal");
    ck_assert_uint_eq(run->width, 256);
    ck_assert_uint_eq(run->n_blocks, 1);
    ck_assert_uint_eq(run->blocks[0].repeat, 32);
    ck_assert_uint_eq(layer->width, 256);
    ck_assert_uint_eq(run->seed, 1);
    ck_assert_int_eq(run->precision, SN_FLOAT);
    ck_assert_int_eq(run->method, SN_METHOD_AUTO);
    ck_assert_uint_eq(run->observe, SN_OBSERVE_MOMENTS);
    ck_assert_int_eq(run->clip.kind, SN_CLIP_NONE);
    ck_assert_double_eq(layer->weights.tau, 1);
    ck_assert_int_eq(layer->weights.structure, SN_WEIGHTS_IID);
    ck_assert_int_eq(layer->normalization, SN_NORMALIZATION_NONE);
    ck_assert_double_eq(layer->dropout.rate, 0);
    ck_assert(!layer->residual);
    ck_assert_int_eq(run->input.law, SN_INPUT_NORMAL);
    ck_assert_double_eq(run->input.variance, 1);
    ck_assert_int_eq(run->threads, 0);
    ck_assert_uint_eq(config->n_plots, 2); /* moments, path */
    ck_assert_int_eq(config->plots[1], SN_PLOT_PATH);
    sn_config_free(config);

    config =
        parse("{\"kind\": \"simulate\", \"seed\": 9007199254740991, \"precision\": \"double\","
              " \"replicas\": 3, \"samples\": 1e2,"
              " \"input\": {\"distribution\": \"uniform\", \"mean\": 0.5, \"variance\": 2.385},"
              " \"network\": {\"depth\": 5, \"weights\": {\"distribution\": \"truncated_normal\","
              "   \"omega\": -0.3, \"tau\": 1.7, \"structure\": \"exact_rows\"}, \"width\": 33,"
              "   \"bias\": {\"mean\": 0.25, \"variance\": 0.125}}, \"plots\": []}");
    run = &config->points[0].simulate.run;
    layer = &run->blocks[0].layer;
    ck_assert_ptr_null(config->points[0].simulate.initializers[0]);
    ck_assert(run->seed == 9007199254740991u);
    ck_assert_int_eq(run->precision, SN_DOUBLE);
    ck_assert_uint_eq(run->samples, 100);
    ck_assert_int_eq(run->input.law, SN_INPUT_UNIFORM);
    ck_assert_double_eq(run->input.variance, 2.385);
    ck_assert_int_eq(layer->weights.law, SN_WEIGHT_TRUNCATED_NORMAL);
    ck_assert_int_eq(layer->weights.structure, SN_WEIGHTS_EXACT_ROWS);
    ck_assert_double_eq(layer->weights.omega, -0.3);
    ck_assert_double_eq(layer->weights.tau, 1.7);
    ck_assert_uint_eq(run->width, 33);
    ck_assert_uint_eq(layer->width, 33);
    ck_assert_double_eq(layer->bias_mean, 0.25);
    ck_assert_double_eq(layer->bias_variance, 0.125);
    ck_assert_uint_eq(config->n_plots, 0);
    sn_config_free(config);
}
END_TEST

START_TEST(initializers_give_their_tau)
{
    for (size_t i = 0; sn_initializer_at(i) != NULL; i++) {
        const sn_initializer *initializer = sn_initializer_at(i);
        char text[256];
        snprintf(text, sizeof text,
                 "{\"kind\": \"simulate\", \"network\": {\"weights\": {\"initializer\": \"%s\"},"
                 " \"width\": 37}}",
                 initializer->name);
        sn_config *config = parse(text);
        const sn_simulate_spec *spec = &config->points[0].simulate;
        const sn_weights *weights = &spec->run.blocks[0].layer.weights;
        ck_assert_ptr_eq(spec->initializers[0], initializer);
        ck_assert_int_eq(weights->law, initializer->law);
        ck_assert_int_eq(weights->structure, initializer->structure);
        ck_assert_double_eq(weights->omega, 0);
        ck_assert_double_eq(weights->tau, initializer->structure == SN_WEIGHTS_EXACT_ROWS
                                              ? 1
                                              : initializer->tau(37, 37));
        ck_assert_double_eq(weights->density,
                            initializer->structure == SN_WEIGHTS_SPARSE ? 0.1 : 0);
        sn_config_free(config);
    }
}
END_TEST

/* Every key of a simulation, and what becomes of a block that leaves keys out. */
START_TEST(layers_that_differ)
{
    sn_config *config = parse(
        "{\"kind\": \"simulate\", \"method\": \"direct\", \"samples\": 4,"
        " \"observe\": [\"gradients\", \"histogram\"],"
        " \"clip\": {\"kind\": \"value\", \"threshold\": 0.25},"
        " \"input\": {\"distribution\": \"clusters\", \"within\": 0.75, \"between\": -0.5},"
        " \"network\": {\"width\": 20, \"activation\": {\"name\": \"tanh\"},"
        "   \"weights\": {\"initializer\": \"glorot_normal\"}, \"bias\": {\"mean\": 0.5},"
        "   \"dropout\": {\"kind\": \"standard\", \"rate\": 0.2, \"feature\": 5},"
        "   \"normalization\": \"batch\", \"residual\": {\"scale\": 0.5}, \"blocks\": ["
        "     {\"repeat\": 3}, {\"repeat\": 1, \"bias\": {\"variance\": 2}},"
        "     {\"repeat\": 4, \"width\": {\"kernel\": [2, 3], \"channels\": 10}, \"residual\": "
        "false,"
        "      \"activation\": {\"name\": \"selu\"}, \"normalization\": \"layer\","
        "      \"dropout\": {\"kind\": \"alpha\", \"rate\": 0.05, \"mean\": 0.3, \"variance\": 2}},"
        "     {\"width\": 7, \"residual\": false, \"dropout\": {}, \"normalization\": \"none\","
        "      \"weights\": {\"distribution\": \"student_t\", \"structure\": \"sparse\","
        "                  \"tau\": 1.25, \"density\": 0.4, \"freedom\": 3}},"
        "     {\"width\": 7, \"residual\": true,"
        "      \"weights\": {\"initializer\": \"he_uniform\", \"density\": 0.3}}]}}");
    const sn_simulate_spec *spec = &config->points[0].simulate;
    const sn_simulation_spec *run = &spec->run;
    ck_assert_int_eq(run->method, SN_METHOD_DIRECT);
    ck_assert_uint_eq(run->observe,
                      SN_OBSERVE_MOMENTS | SN_OBSERVE_GRADIENTS | SN_OBSERVE_HISTOGRAM);
    ck_assert_int_eq(run->clip.kind, SN_CLIP_VALUE);
    ck_assert_double_eq(run->clip.threshold, 0.25);
    ck_assert_int_eq(run->input.law, SN_INPUT_CLUSTERS);
    ck_assert_double_eq(run->input.within, 0.75);
    ck_assert_double_eq(run->input.between, -0.5);
    /* Glorot's tau differs where the width does: the third block is two. */
    ck_assert_uint_eq(run->n_blocks, 6);
    static const size_t repeats[] = {3, 1, 1, 3, 1, 1}, widths[] = {20, 20, 60, 60, 7, 7};
    static const double taus[] = {1, 1, 2 * 20. / 80, 1, 1.25, 2};
    for (size_t i = 0; i < 6; i++) {
        ck_assert_uint_eq(run->blocks[i].repeat, repeats[i]);
        ck_assert_uint_eq(run->blocks[i].layer.width, widths[i]);
        ck_assert_double_eq(run->blocks[i].layer.weights.tau, taus[i]);
    }
    const sn_layer *first = &run->blocks[0].layer, *second = &run->blocks[1].layer;
    ck_assert_double_eq(first->dropout.rate, 0.2);
    ck_assert_double_eq(first->dropout.dropped, 0);
    ck_assert_double_eq(first->dropout.scale, 1.25);
    ck_assert_double_eq(first->dropout.shift, 0);
    ck_assert_uint_eq(first->dropout.feature, 5);
    ck_assert_int_eq(first->normalization, SN_NORMALIZATION_BATCH);
    ck_assert(first->residual && first->branch == 0.5);
    ck_assert_double_eq(first->bias_mean, 0.5);
    ck_assert_double_eq(second->bias_mean, 0);
    ck_assert_double_eq(second->bias_variance, 2);
    ck_assert_str_eq(second->activation.type->name, "tanh");
    /* Alpha dropout with q = 0.95, s = -lambda alpha: mixture mean m = q mu + (1 - q) s, variance
     * v = q nu + q (1 - q) (s - mu)^2; a = sqrt(nu / v), b = mu - a m. Computed in 40 digits. */
    const sn_dropout *alpha = &run->blocks[3].layer.dropout;
    ck_assert_double_eq_tol(alpha->dropped, -1.75809934084737685994, 1e-15);
    ck_assert_double_eq_tol(alpha->scale, 0.97562154659922897861, 1e-15);
    ck_assert_double_eq_tol(alpha->shift, 0.10770983911884988281, 1e-15);
    ck_assert(!run->blocks[3].layer.residual);
    const sn_weights *weights = &run->blocks[4].layer.weights;
    ck_assert_int_eq(weights->law, SN_WEIGHT_STUDENT_T);
    ck_assert_int_eq(weights->structure, SN_WEIGHTS_SPARSE);
    ck_assert_double_eq(weights->density, 0.4);
    ck_assert_double_eq(weights->freedom, 3);
    ck_assert_ptr_null(spec->initializers[4]);
    ck_assert_double_eq(run->blocks[4].layer.dropout.rate, 0);
    weights = &run->blocks[5].layer.weights;
    ck_assert_int_eq(weights->law, SN_WEIGHT_UNIFORM);
    ck_assert_int_eq(weights->structure, SN_WEIGHTS_SPARSE);
    ck_assert_double_eq(weights->density, 0.3);
    ck_assert_str_eq(spec->initializers[5]->name, "he_uniform");
    ck_assert(run->blocks[5].layer.residual && run->blocks[5].layer.branch == 1);
    ck_assert_uint_eq(config->n_plots, 3);
    ck_assert_int_eq(config->plots[1], SN_PLOT_GRADIENTS);
    ck_assert_int_eq(config->plots[2], SN_PLOT_DISTRIBUTION);
    sn_config_free(config);
}
END_TEST

START_TEST(given_rows_are_the_input)
{
    char name[] = "/tmp/selfnorm-config-XXXXXX", text[512];
    const int file = mkstemp(name);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, "1 2 3\n4 5 9\n", 12), 12);
    ck_assert_int_eq(close(file), 0);
    snprintf(text, sizeof text,
             "{\"kind\": \"simulate\", \"input\": {\"file\": \"%s\"}, \"network\": {\"width\": 5},"
             " \"sweep\": {\"/input/standardize\": [\"columns\", \"none\"],"
             " \"/network/width\": [5, [3, 4], 3]}}",
             name);
    sn_config *config = parse(text);
    const sn_simulate_spec *spec = &config->points[3].simulate;
    ck_assert_str_eq(spec->rows_file, name);
    ck_assert_int_eq(spec->run.input.law, SN_INPUT_ROWS);
    ck_assert_uint_eq(spec->run.input.n_rows, 2);
    ck_assert_double_eq(spec->run.input.rows[5], 9);
    ck_assert_uint_eq(spec->run.width, 3);
    ck_assert_uint_eq(spec->run.blocks[0].layer.width, 5);
    ck_assert_uint_eq(spec->run.blocks[0].repeat, 32);
    ck_assert_double_eq(config->points[0].simulate.run.input.rows[5], 1);
    ck_assert_uint_eq(config->points[4].simulate.run.blocks[0].layer.width, 4);
    ck_assert_ptr_eq(config->points[4].simulate.run.input.rows, spec->run.input.rows);
    char *json = sn_config_point_json(config, 5);
    ck_assert_ptr_nonnull(strstr(json, "\"standardize\": \"none\""));
    free(json);
    sn_config_free(config);

    snprintf(text, sizeof text,
             "{\"kind\": \"simulate\", \"input\": {\"file\": \"%s\"}, \"network\": {\"width\":"
             " [2, 4]}}",
             name);
    EXPECT_ERRORS(text,
                  "a.json: /network/width/0: found 2, allowed is 3, the columns of the input's "
                  "rows");
    char line[256];
    ck_assert_int_eq(truncate(name, 9), 0);
    snprintf(line, sizeof line,
             "a.json: /input/file: %s:2:1: found 2 values, allowed are 3, as in line 1", name);
    EXPECT_ERRORS(text, line);
    unlink(name);
}
END_TEST

START_TEST(simulations_that_cannot_be)
{
    static const struct {
        const char *rest, *lines[4];
    } cases[] = {
        {"\"method\": \"gram\", \"network\": {\"weights\": {\"initializer\": \"he_uniform\"}}",
         {"/network/weights: found weights that the method \"gram\" cannot draw, allowed are "
          "independent normal or orthogonal ones"}},
        {"\"method\": \"direct\", \"network\": {\"weights\": {\"distribution\": \"normal\","
         " \"structure\": \"orthogonal\"}}",
         {"/network/weights: found orthogonal weights, allowed only with the methods \"gram\" and "
          "\"auto\""}},
        {"\"clip\": {\"kind\": \"norm\"}",
         {"/clip: found the kind \"norm\" without \"gradients\" in \"observe\", allowed is "
          "\"none\" "
          "then"}},
        {"\"input\": {\"distribution\": \"sparse\", \"mean\": 2, \"density\": 0.5, \"variance\": "
         "3}",
         {"/input: found variance 3 with mean 2 and density 0.5, allowed is at least mean^2 "
          "(1 - density) / density = 4"}},
        {"\"input\": {\"distribution\": \"clusters\", \"within\": 0.25, \"between\": -0.5}",
         {"/input: found correlations -0.5 between and 0.25 within, allowed is |between| <= "
          "within"}},
        {"\"input\": {\"density\": 0.5}",
         {"/input/density: does not go with a normal or uniform distribution; allowed here: "
          "distribution, mean, variance"}},
        {"\"input\": {\"file\": \"no such file\", \"variance\": 2}",
         {"/input/variance: does not go with rows of a file; allowed here: file, standardize",
          "/input/file: no such file: No such file or directory"}},
        {"\"network\": {\"width\": [4, 4, 5], \"residual\": true}",
         {"/network/residual: found a layer of width 5 with fan-in 4, allowed are equal ones"}},
        {"\"network\": {\"width\": [4], \"depth\": 2}",
         {"/network/width: found [4], allowed is a whole number from 1 to 1000000000, or a list of "
          "2 "
          "to 10001 values, each a whole number from 1 to 1000000000, or an object",
          "/network/depth: found beside a list of widths, allowed is one of the two"}},
        {"\"network\": {\"depth\": 2, \"blocks\": [{\"width\": {\"kernel\": [], \"channels\": 1}},"
         " {\"depth\": 1}]}",
         {"/network/blocks/0/width/kernel: found [], allowed is a list of 1 to 8 values, each a "
          "whole number from 1 to 1000000000",
          "/network/blocks/1/depth: unknown key, the nearest known one is \"width\"; allowed here: "
          "repeat, width, activation, weights, bias, dropout, normalization, residual",
          "/network/depth: found beside blocks, allowed is one of the two"}},
        {"\"network\": {\"width\": {\"kernel\": [100000, 100000], \"channels\": 3}}",
         {"/network/width: found a product of 3e+10, allowed is up to 1e+09"}},
        {"\"network\": {\"blocks\": [{\"repeat\": 1e9}, {}]}",
         {"/network: found 1000000001 layers, allowed are 1000000000"}},
        {"\"network\": {\"blocks\": [{}, {\"weights\": {\"density\": 0.5}}]}",
         {"/network/blocks/1/weights: found neither \"initializer\" nor \"distribution\", allowed "
          "is "
          "one of the two"}},
        {"\"network\": {\"weights\": {\"distribution\": \"normal\", \"density\": 0.5,"
         " \"freedom\": 3}}",
         {"/network/weights/density: does not go with these weights, allowed only with sparse ones",
          "/network/weights/freedom: does not go with these weights, allowed only with the "
          "distribution \"student_t\""}},
        {"\"network\": {\"weights\": {\"distribution\": \"student_t\", \"freedom\": 2,"
         " \"structure\": \"sparse\", \"omega\": 0.5}}",
         {"/network/weights/freedom: found 2, allowed is a number above 2, at most 1e+30",
          "/network/weights/omega: found 0.5, allowed is 0 of sparse weights"}},
        {"\"network\": {\"blocks\": [{\"activation\": {\"name\": \"relu\"}}, {}],"
         " \"dropout\": {\"kind\": \"alpha\", \"rate\": 1}}",
         {"/network/dropout/rate: found 1, allowed is a number from 0 to below 1",
          "/network/dropout: found alpha dropout of relu, allowed is that of selu"}},
        {"\"network\": {\"width\": [2, 30, 3], \"weights\": {\"distribution\": \"normal\","
         " \"structure\": \"exact_rows\", \"omega\": 2}}",
         {"/network/weights: found exact rows of omega 2 and tau 1 with fan-in 2, allowed is tau > "
          "omega^2 / fan-in = 2"}},
        {"\"plots\": [\"gradients\", \"distribution\", \"sweep\", \"path\"], \"network\":"
         " {\"normalization\": \"layer\"}",
         {"/plots/0: \"gradients\" needs \"gradients\" in \"observe\"",
          "/plots/1: \"distribution\" needs \"histogram\" in \"observe\"",
          "/plots/2: \"sweep\" needs a sweep over one key or two",
          "/plots/3: \"path\" needs one activation, one sort of weights and biases in all "
          "networks, "
          "and neither normalization nor dropout nor residual connections"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[512], whole[4][512];
        const char *lines[4];
        size_t n = 0;
        snprintf(text, sizeof text, "{\"kind\": \"simulate\", %s}", cases[i].rest);
        for (; n < 4 && cases[i].lines[n] != NULL; n++) {
            snprintf(whole[n], sizeof whole[n], "a.json: %s", cases[i].lines[n]);
            lines[n] = whole[n];
        }
        expect_errors(text, n, lines);
    }
}
END_TEST

UNIT_MAIN("simulate_config", simulate_defaults_and_given, initializers_give_their_tau,
          layers_that_differ, given_rows_are_the_input, simulations_that_cannot_be)
