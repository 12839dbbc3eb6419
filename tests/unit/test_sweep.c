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
        ck_assert_str_eq(run->activation.type->name, point < 6 ? "selu" : "leaky_relu");
        if (point >= 6)
            ck_assert_double_eq(run->activation.params[0], 0.1);
        ck_assert_uint_eq(run->width, widths[point / 2 % 3]);
        ck_assert_uint_eq(run->seed, point % 2 == 0 ? 7 : 3);
        ck_assert_double_eq(run->weights.tau, 0.5);
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
    ck_assert_uint_eq(config->n_plots, 2);
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
        {"{\"kind\": \"simulate\", \"sweep\": {\"/network/weights/exact_rows\": [true, false],"
         " \"/input/distribution\": [\"normal\"], \"/network/weights/distribution\": "
         "[\"uniform\"]},"
         " \"network\": {\"weights\": {\"distribution\": \"normal\"}}}",
         {"exact_rows", "input_distribution", "weights_distribution"}},
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
        {"{\"/network/width/x\": [1]}", "s.json: /sweep/~1network~1width~1x: the pointer names no "
                                        "key; a key is named like \"/network/width\""},
        {"{\"width\": [1]}", "s.json: /sweep/width: the pointer names no key; a key is named like "
                             "\"/network/width\""},
        {"{\"/grid\": [1]}",
         "s.json: /sweep/~1grid: the pointer names no key: \"grid\" is unknown, "
         "the nearest known one is \"kind\""},
        {"{\"/seed\": []}",
         "s.json: /sweep/~1seed: found [], allowed is a list of at least one value"},
        {"{\"/seed\": 3}",
         "s.json: /sweep/~1seed: found 3, allowed is a list of at least one value"},
        {"{\"/seed\": [3, 4, 3]}",
         "s.json: /sweep/~1seed/2: the same value as number 0 of the list"},
        {"{\"/plots\": [[]]}",
         "s.json: /sweep/~1plots: \"plots\" belongs to the whole file and cannot be swept over"},
        {"{\"/network/width\": [9], \"/network\": [{}]}",
         "s.json: /sweep/~1network~1width: overlaps with \"/network\"; allowed is one of the two"},
        {"{\"/network/width\": [9, 0, 8]}", "s.json: /network/width: found 0, allowed is a whole "
                                            "number from 1 to 1000000000 (at width 0)"},
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
                                      "from 1 to 1000000000");
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

UNIT_MAIN("sweep", the_last_list_runs_fastest, columns_have_names_of_their_own,
          defaults_may_be_swept_over, what_may_not_be_swept_over, the_file_itself_must_be_right_too,
          combinations_have_an_end)
