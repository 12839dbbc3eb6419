/* Sweeps: the order of the points, labels and columns, and what may not be swept over. */
#include "config/config.h"

#include <math.h>
#include <string.h>

#include "harness.h"

static sn_status parse(const char *text, sn_config **config, sn_config_errors *errors)
{
    return sn_config_parse("s.json", text, strlen(text), 0, NULL, config, errors);
}

static sn_config *parse_well(const char *text)
{
    sn_config *config;
    sn_config_errors errors;
    const sn_status status = parse(text, &config, &errors);
    for (size_t i = 0; i < errors.count; i++)
        NOTE("unexpected: %s", errors.lines[i]);
    ck_assert_int_eq(status, SN_OK);
    return config;
}

START_TEST(the_last_list_runs_fastest)
{
    sn_config *config = parse_well(
        "{\"kind\": \"simulate\", \"sweep\": {\"/network/activation\": [{\"name\": \"selu\"},"
        " {\"name\": \"leaky_relu\", \"slope\": 0.1}], \"/network/width\": [32, 64, 128],"
        " \"/network/weights/tau\": [0.5], \"/seed\": [7, 3]},"
        " \"network\": {\"weights\": {\"distribution\": \"uniform\"}}}");
    ck_assert_uint_eq(config->n_sweeps, 4);
    ck_assert_uint_eq(config->n_points, 12);
    for (size_t point = 0; point < 12; point++) {
        static const size_t widths[] = {32, 64, 128};
        const sn_simulation_spec *run = &config->points[point].simulate.run;
        const sn_layer *layer = &run->blocks[0].layer;
        ck_assert_str_eq(layer->activation.type->name, point < 6 ? "selu" : "leaky_relu");
        if (point >= 6)
            ck_assert_double_eq(layer->activation.params[0], 0.1);
        ck_assert_uint_eq(run->width, widths[point / 2 % 3]);
        ck_assert_uint_eq(run->seed, point % 2 == 0 ? 7 : 3);
        ck_assert_double_eq(layer->weights.tau, 0.5);
        ck_assert_double_eq(sn_config_swept(config, point, 1)->number,
                            (double)widths[point / 2 % 3]);
    }
    ck_assert_str_eq(sn_config_swept(config, 0, 0)->label, "selu");
    ck_assert_str_eq(sn_config_swept(config, 11, 0)->label, "leaky_relu slope=0.1");
    ck_assert(isnan(sn_config_swept(config, 0, 0)->number));
    ck_assert_str_eq(sn_config_swept(config, 4, 1)->label, "128");
    ck_assert_str_eq(config->sweeps[0].column.name, "activation");
    ck_assert_int_eq(config->sweeps[0].column.kind, SN_TEXT);
    ck_assert_str_eq(config->sweeps[1].column.name, "width");
    ck_assert_int_eq(config->sweeps[1].column.kind, SN_INTEGER);
    ck_assert_str_eq(config->sweeps[2].column.name, "tau");
    ck_assert_int_eq(config->sweeps[2].column.kind, SN_REAL);
    ck_assert_str_eq(config->sweeps[2].pointer, "/network/weights/tau");
    /* Several widths and replicas: the spread can be drawn, and is. */
    ck_assert_uint_eq(config->n_plots, 2); /* moments and spread: there is more than one map */
    ck_assert_int_eq(config->plots[1], SN_PLOT_SPREAD);
    sn_config_free(config);
}
END_TEST

START_TEST(columns_have_names_of_their_own)
{
    static const struct {
        const char *text;
        const char *names[3];
    } cases[] = {
        {"{\"kind\": \"simulate\", \"sweep\": {\"/input/mean\": [0], \"/network/bias/mean\": [0],"
         " \"/network/activation/name\": [\"selu\"]}}",
         {"input_mean", "bias_mean", "activation"}},
        {"{\"kind\": \"map\", \"fixed_points\": {\"mu\": {\"from\": 0, \"to\": 3}, \"nu\":"
         " {\"from\": 1, \"to\": 3}}, \"sweep\": {\"/grid/mu/from\": [-1], \"/fixed/tau\": [1],"
         " \"/fixed_points/mu/from\": [1]}}",
         {"grid_mu_from", "tau", "fixed_points_mu_from"}},
        {"{\"kind\": \"simulate\", \"sweep\": {\"/network/weights/structure\":"
         " [\"iid\", \"exact_rows\"],"
         " \"/input/distribution\": [\"normal\"], \"/network/weights/distribution\": "
         "[\"uniform\"]},"
         " \"network\": {\"weights\": {\"distribution\": \"normal\"}}}",
         {"weights_structure", "input_distribution", "weights_distribution"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sn_config *config = parse_well(cases[i].text);
        for (size_t j = 0; j < 3; j++)
            ck_assert_str_eq(config->sweeps[j].column.name, cases[i].names[j]);
        sn_config_free(config);
    }
}
END_TEST

START_TEST(defaults_may_be_swept_over)
{
    sn_config *config = parse_well("{\"kind\": \"map\", \"sweep\": {\"/activation/alpha\": [1, 2],"
                                   " \"/grid/nu/to\": [3, 5], \"/fixed/omega\": [0.1]}}");
    const sn_map_spec *map = &config->points[3].map;
    ck_assert_double_eq(map->map.activation.params[0], 2);
    ck_assert_double_eq(map->axis[1].to, 5);
    ck_assert_double_eq(map->axis[1].from, 0.02);
    ck_assert_double_eq(map->fixed_points.nu_to, 5);
    ck_assert_double_eq(config->points[0].map.fixed_points.nu_to, 3);
    ck_assert_double_eq(map->fixed.omega, 0.1);
    sn_config_free(config);
}
END_TEST

/* All the labels of a file's only sweep, one after the other. */
static void expect_labels(const char *pointer, const char *range, const char *labels)
{
    char text[512], found[1024] = "";
    snprintf(text, sizeof text,
             "{\"kind\": \"simulate\", \"network\": {\"weights\": {\"distribution\": \"normal\"}},"
             " \"sweep\": {\"%s\": %s}}",
             pointer, range);
    sn_config *config = parse_well(text);
    ck_assert_uint_eq(config->n_points, config->sweeps[0].n_values);
    for (size_t i = 0; i < config->n_points; i++) {
        strcat(found, i > 0 ? " " : "");
        strcat(found, sn_config_swept(config, i, 0)->label);
    }
    ck_assert_str_eq(found, labels);
    sn_config_free(config);
}

/* The values that a person would write, whatever the steps are in binary. */
START_TEST(ranges_are_lists_that_print_short)
{
    expect_labels("/network/weights/tau", "{\"from\": 0.1, \"to\": 1, \"points\": 10}",
                  "0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1");
    expect_labels("/input/mean", "{\"from\": -0.3, \"to\": 0.7, \"points\": 11}",
                  "-0.3 -0.2 -0.1 0 0.1 0.2 0.3 0.4 0.5 0.6 0.7");
    expect_labels("/network/weights/tau",
                  "{\"from\": 1e-3, \"to\": 1e3, \"points\": 7, \"scale\": \"log\"}",
                  "0.001 0.01 0.1 1 10 100 1000");
    expect_labels("/network/weights/tau",
                  "{\"from\": 1e-30, \"to\": 1e30, \"points\": 5, \"scale\": \"log\"}",
                  "1e-30 1e-15 1 1e+15 1e+30");
    expect_labels("/network/weights/tau", "{\"from\": 2.385, \"to\": 2.395, \"points\": 6}",
                  "2.385 2.387 2.389 2.391 2.393 2.395");
    expect_labels("/network/weights/tau", "{\"from\": 0, \"to\": 1, \"points\": 4}",
                  "0 0.333333333333333 0.666666666666667 1");
    expect_labels("/network/width", "{\"from\": 2, \"to\": 50, \"points\": 6, \"scale\": \"log\"}",
                  "2 4 7 14 26 50");
    expect_labels("/network/depth", "{\"from\": 1, \"to\": 9, \"points\": 5}", "1 3 5 7 9");
}
END_TEST

START_TEST(lists_are_swept_over_item_by_item)
{
    sn_config *config =
        parse_well("{\"kind\": \"simulate\", \"network\": {\"width\": [5, 6, 7]}, \"sweep\":"
                   " {\"/network/width/1\": [8, 7], \"/network/width/0\": {\"from\": 1, \"to\": 3,"
                   " \"points\": 2}}}");
    ck_assert_uint_eq(config->n_points, 4);
    ck_assert_str_eq(config->sweeps[0].column.name, "width_1");
    ck_assert_int_eq(config->sweeps[1].column.kind, SN_INTEGER);
    const sn_simulation_spec *run = &config->points[1].simulate.run;
    ck_assert_uint_eq(run->width, 3);
    ck_assert_uint_eq(run->n_blocks, 2);
    ck_assert_uint_eq(run->blocks[0].layer.width, 8);
    ck_assert_uint_eq(run->blocks[1].layer.width, 7);
    run = &config->points[2].simulate.run; /* neighbours of one width are one block */
    ck_assert_uint_eq(run->width, 1);
    ck_assert_uint_eq(run->n_blocks, 1);
    ck_assert_uint_eq(run->blocks[0].repeat, 2);
    sn_config_free(config);

    config = parse_well("{\"kind\": \"simulate\", \"network\": {\"width\": 9, \"blocks\": [{},"
                        " {\"repeat\": 4, \"weights\": {\"distribution\": \"normal\"}, \"width\":"
                        " {\"kernel\": [2, 3], \"channels\": 5}}]}, \"sweep\":"
                        " {\"/network/blocks/1/weights/tau\": [1.5], \"/network/blocks/0/width\":"
                        " [4], \"/network/blocks/1/width/kernel/1\": [7, 8]}}");
    run = &config->points[1].simulate.run;
    ck_assert_uint_eq(run->width, 9);
    ck_assert_uint_eq(run->n_blocks, 2);
    ck_assert_uint_eq(run->blocks[0].layer.width, 4);
    ck_assert_uint_eq(run->blocks[1].layer.width, 80);
    ck_assert_uint_eq(run->blocks[1].repeat, 4);
    ck_assert_double_eq(run->blocks[1].layer.weights.tau, 1.5);
    ck_assert_str_eq(config->sweeps[0].column.name, "tau");
    ck_assert_str_eq(config->sweeps[1].column.name, "width");
    ck_assert_str_eq(config->sweeps[2].column.name, "kernel_1");
    sn_config_free(config);
}
END_TEST

START_TEST(what_may_not_be_swept_over)
{
    static const struct {
        const char *sweep, *line;
    } cases[] = {
        {"5",
         "s.json: /sweep: found 5, allowed is an object from JSON pointers to lists of values"},
        {"{\"/network/widht\": [1]}",
         "s.json: /sweep/~1network~1widht: the pointer names no key: \"widht\" is unknown, the "
         "nearest known one is \"width\""},
        {"{\"/seed/x\": [1]}", "s.json: /sweep/~1seed~1x: the pointer names no key; a key is named "
                               "like \"/network/width\""},
        {"{\"/network/width/x\": [1]}",
         "s.json: /sweep/~1network~1width~1x: the pointer names no "
         "key: \"x\" is unknown, the nearest known one is \"kernel\""},
        {"{\"/network/width/01\": [1]}",
         "s.json: /sweep/~1network~1width~101: the pointer names no "
         "key: \"01\" is unknown, the nearest known one is "
         "\"kernel\""},
        {"{\"/network/width/1\": [1]}",
         "s.json: /network/width/1: the file has nothing here to set"},
        {"{\"/network/activation/name\": {\"from\": 1, \"to\": 2, \"points\": 2}}",
         "s.json: /sweep/~1network~1activation~1name: found {\"from\": 1, \"to\": 2, \"points\": "
         "2}, "
         "allowed is a list of at least one value"},
        {"{\"/seed\": {\"from\": 2, \"to\": 1}}",
         "s.json: /sweep/~1seed: \"points\" is missing, allowed is a whole number from 2 to 10000\n"
         "s.json: /sweep/~1seed: found from 2 to 1, allowed is from < to"},
        {"{\"/seed\": {\"from\": 0, \"to\": 8, \"points\": 3, \"scale\": \"log\", \"step\": 1}}",
         "s.json: /sweep/~1seed/step: unknown key, the nearest known one is \"to\"; allowed here: "
         "from, to, points, scale\n"
         "s.json: /sweep/~1seed: found from 0 on a log scale, allowed is from > 0"},
        {"{\"/seed\": {\"from\": 1, \"to\": 4, \"points\": 5}}",
         "s.json: /sweep/~1seed: found 5 points from 1 to 4, of which two are 3; allowed are as "
         "many "
         "as are different"},
        {"{\"width\": [1]}", "s.json: /sweep/width: the pointer names no key; a key is named like "
                             "\"/network/width\""},
        {"{\"/grid\": [1]}",
         "s.json: /sweep/~1grid: the pointer names no key: \"grid\" is unknown, "
         "the nearest known one is \"kind\""},
        {"{\"/seed\": []}",
         "s.json: /sweep/~1seed: found [], allowed is a list of at least one value, "
         "or a range {\"from\", \"to\", \"points\", \"scale\"}"},
        {"{\"/seed\": 3}",
         "s.json: /sweep/~1seed: found 3, allowed is a list of at least one value, "
         "or a range {\"from\", \"to\", \"points\", \"scale\"}"},
        {"{\"/seed\": [3, 4, 3]}",
         "s.json: /sweep/~1seed/2: the same value as number 0 of the list"},
        {"{\"/plots\": [[]]}",
         "s.json: /sweep/~1plots: \"plots\" belongs to the whole file and cannot be swept over"},
        {"{\"/network/width\": [9], \"/network\": [{}]}",
         "s.json: /sweep/~1network~1width: overlaps with \"/network\"; allowed is one of the two"},
        {"{\"/network/width\": [9, 0, 8]}", "s.json: /network/width: found 0, allowed is a whole "
                                            "number from 1 to 1000000000, or a list of 2 to 10001 "
                                            "values, each a whole number from 1 to 1000000000, or "
                                            "an object (at width 0)"},
        /* Both the first layer, of another fan-in, and the rest of the block complain, of one
         * thing. */
        {"{\"/network/blocks\": [[{\"repeat\": 3, \"width\": 7, \"dropout\": {\"kind\": \"alpha\"},"
         " \"activation\": {\"name\": \"relu\"}}], [{}]], \"/seed\": [1, 2]}",
         "s.json: /network/blocks/0/dropout: found alpha dropout of relu, allowed is that of selu "
         "(at "
         "blocks [{\"repeat\": 3, \"width\": 7, \"dropout\": {\"kind\": \"..., seed 1 and 1 more "
         "of "
         "the 4 "
         "combinations)"},
        {"{\"/network/activation/name\": [\"selu\", \"relu\", \"linear\"],"
         " \"/network/activation/alpha\": [1, 2]}",
         "s.json: /network/activation/alpha: does not go with relu; allowed here: name (at "
         "activation relu, alpha 1 and 1 more of the 6 combinations)\n"
         "s.json: /network/activation/alpha: does not go with linear; allowed here: name (at "
         "activation linear, alpha 1 and 1 more of the 6 combinations)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[512], lines[1024] = "";
        snprintf(text, sizeof text, "{\"kind\": \"simulate\", \"sweep\": %s}", cases[i].sweep);
        sn_config *config;
        sn_config_errors errors;
        ck_assert_int_eq(parse(text, &config, &errors), SN_ECONFIG);
        for (size_t j = 0; j < errors.count; j++) {
            strcat(lines, j > 0 ? "\n" : "");
            strcat(lines, errors.lines[j]);
        }
        ck_assert_str_eq(lines, cases[i].line);
        sn_config_errors_free(&errors);
    }
}
END_TEST

START_TEST(the_file_itself_must_be_right_too)
{
    sn_config *config;
    sn_config_errors errors;
    ck_assert_int_eq(parse("{\"kind\": \"simulate\", \"network\": {\"width\": 0}, \"samples\": 0,"
                           " \"sweep\": {\"/network/width\": [1, 2]}}",
                           &config, &errors),
                     SN_ECONFIG);
    ck_assert_uint_eq(errors.count, 2);
    ck_assert_str_eq(errors.lines[0],
                     "s.json: /samples: found 0, allowed is a whole number from 1 to 1000000000");
    ck_assert_str_eq(errors.lines[1], "s.json: /network/width: found 0, allowed is a whole number "
                                      "from 1 to 1000000000, or a list of 2 to 10001 values, each "
                                      "a whole number from 1 to 1000000000, or an object");
    sn_config_errors_free(&errors);
}
END_TEST

START_TEST(combinations_have_an_end)
{
    char text[65536] = "{\"kind\": \"simulate\", \"sweep\": {\"/seed\": [0";
    size_t n = strlen(text);
    for (int i = 1; i < 5000; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, ", %d", i);
    snprintf(text + n, sizeof text - n, "], \"/network/width\": [8, 9]}}");
    sn_config *config = parse_well(text);
    ck_assert_uint_eq(config->n_points, 10000);
    ck_assert_uint_eq(config->points[9999].simulate.run.seed, 4999);
    ck_assert_uint_eq(config->points[9999].simulate.run.width, 9);
    sn_config_free(config);
    snprintf(text + n, sizeof text - n, "], \"/network/width\": [8, 9, 10]}}");
    sn_config_errors errors;
    ck_assert_int_eq(parse(text, &config, &errors), SN_ECONFIG);
    ck_assert_uint_eq(errors.count, 1);
    ck_assert_str_eq(errors.lines[0], "s.json: /sweep: found more than 10000 combinations, allowed "
                                      "are at most 10000");
    sn_config_errors_free(&errors);
}
END_TEST

START_TEST(memory_has_an_end)
{
    enum { WIDTHS = 5000, SEEDS = 300 };
    char *text = malloc(16 * WIDTHS);
    ck_assert_ptr_nonnull(text);
    size_t n = (size_t)sprintf(text, "{\"kind\": \"simulate\", \"network\": {\"width\": [9");
    for (int i = 0; i < WIDTHS; i++)
        n += (size_t)sprintf(text + n, ", %d", 1 + i % 9);
    sprintf(text + n, "]}, \"sweep\": {\"/seed\": {\"from\": 1, \"to\": %d, \"points\": %d}}}",
            SEEDS, SEEDS);
    sn_config *config;
    sn_config_errors errors;
    ck_assert_int_eq(parse(text, &config, &errors), SN_ECONFIG);
    ck_assert_uint_eq(errors.count, 1);
    ck_assert_str_eq(errors.lines[0],
                     "s.json: /sweep: found combinations whose lists take more than "
                     "67108864 bytes, allowed are at most so many");
    sn_config_errors_free(&errors);
    free(text);
}
END_TEST

UNIT_MAIN("sweep", the_last_list_runs_fastest, columns_have_names_of_their_own,
          defaults_may_be_swept_over, ranges_are_lists_that_print_short,
          lists_are_swept_over_item_by_item, what_may_not_be_swept_over,
          the_file_itself_must_be_right_too, combinations_have_an_end, memory_has_an_end)
