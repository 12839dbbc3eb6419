/* Configurations as a whole: what a text becomes, that all that is wrong with it is said at once
 * and where, and that the resolved text is the same configuration again. */
#include "config/config.h"

#include <math.h>
#include <string.h>

#include "harness.h"

static sn_config *parse_with(const char *text, size_t n, const sn_config_setting *settings)
{
    sn_config *config;
    sn_config_errors errors;
    const sn_status status =
        sn_config_parse("a.json", text, strlen(text), n, settings, &config, &errors);
    for (size_t i = 0; i < errors.count; i++)
        NOTE("unexpected: %s", errors.lines[i]);
    ck_assert_int_eq(status, SN_OK);
    ck_assert_uint_eq(errors.count, 0);
    return config;
}

static sn_config *parse(const char *text)
{
    return parse_with(text, 0, NULL);
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

START_TEST(map_defaults)
{
    sn_config *config = parse("{\"kind\": \"map\"}");
    ck_assert_int_eq(config->kind, SN_CONFIG_MAP);
    ck_assert_str_eq(config->description, "");
    ck_assert_uint_eq(config->n_points, 1);
    ck_assert_uint_eq(config->n_sweeps, 0);
    ck_assert_uint_eq(config->n_plots, 3);
    const sn_map_spec *map = &config->points[0].map;
    ck_assert_int_eq(map->map.kind, SN_MAP_NEURON);
    ck_assert_str_eq(map->map.activation.type->name, "selu");
    ck_assert_double_eq(map->map.activation.params[0], 1.6732632423543772848);
    ck_assert_double_eq(map->map.bias_variance, 0);
    ck_assert_int_eq(map->axis[0].coordinate, SN_MU);
    ck_assert_int_eq(map->axis[1].coordinate, SN_NU);
    ck_assert_double_eq(map->axis[1].from, 0.02);
    ck_assert_uint_eq(map->axis[1].points, 101);
    ck_assert_double_eq(map->fixed.omega, 0);
    ck_assert_double_eq(map->fixed.tau, 1);
    ck_assert_double_eq(map->fixed.nu, 1);
    ck_assert_uint_eq(map->n_trajectories, 0);
    ck_assert_uint_eq(map->trajectory_layers, 1000);
    ck_assert_double_eq(map->fixed_points.nu_from, 0.02);
    ck_assert_double_eq(map->fixed_points.nu_to, 4);
    sn_config_free(config);
}
END_TEST

START_TEST(map_given)
{
    sn_config *config = parse(
        "{\"kind\": \"map\", \"description\": \"\\u00fcber\", \"map\": \"ensemble\","
        " \"activation\": {\"lambda\": 1.25, \"name\": \"selu\"},"
        " \"bias\": {\"mean\": -0.385, \"variance\": 0.07},"
        " \"grid\": {\"tau\": {\"to\": 2.385, \"from\": 0.5, \"points\": 7, \"scale\": \"log\"},"
        "            \"mu\": {\"from\": -3, \"to\": -1}},"
        " \"fixed\": {\"omega\": 0.11}, \"trajectory_layers\": 17,"
        " \"trajectories\": [{\"mu\": -0.8, \"nu\": 3.5}, {\"nu\": 0.25, \"mu\": 0.5}]}");
    const sn_map_spec *map = &config->points[0].map;
    ck_assert_str_eq(config->description, "\xc3\xbc"
                                          "ber");
    ck_assert_int_eq(map->map.kind, SN_MAP_ENSEMBLE);
    ck_assert_double_eq(map->map.activation.params[0], 1.6732632423543772848);
    ck_assert_double_eq(map->map.activation.params[1], 1.25);
    ck_assert_double_eq(map->map.bias_mean, -0.385);
    ck_assert_double_eq(map->map.bias_variance, 0.07);
    ck_assert_int_eq(map->axis[0].coordinate, SN_MU);
    ck_assert_int_eq(map->axis[1].coordinate, SN_TAU);
    ck_assert_int_eq(map->axis[0].scale, SN_SCALE_LINEAR);
    ck_assert_int_eq(map->axis[1].scale, SN_SCALE_LOG);
    ck_assert_double_eq(map->axis[1].to, 2.385);
    ck_assert_double_eq(map->fixed.nu, 1);
    ck_assert_double_eq(map->fixed.omega, 0.11);
    ck_assert_double_eq(map->fixed.tau, 1);
    ck_assert_uint_eq(map->n_trajectories, 2);
    ck_assert_double_eq(map->trajectories[0].mu, -0.8);
    ck_assert_double_eq(map->trajectories[1].nu, 0.25);
    ck_assert_uint_eq(map->trajectory_layers, 17);
    ck_assert_double_eq(map->fixed_points.mu_from, -2);
    ck_assert_double_eq(map->fixed_points.nu_to, 10);
    /* No field without mu and nu on the grid; the trajectories are there to be drawn. */
    ck_assert_uint_eq(config->n_plots, 3);
    ck_assert_int_eq(config->plots[0], SN_PLOT_VARIANCE_CHANGE);
    ck_assert_int_eq(config->plots[2], SN_PLOT_TRAJECTORIES);
    sn_config_free(config);
}
END_TEST

START_TEST(every_activation_and_alias_is_known)
{
    for (size_t i = 0; i < sn_activation_count(); i++) {
        const sn_activation_type *type = sn_activation_at(i);
        const char *const names[] = {type->name, type->alias};
        for (size_t j = 0; j < 2 && names[j] != NULL; j++) {
            char text[128];
            snprintf(text, sizeof text, "{\"kind\": \"map\", \"activation\": {\"name\": \"%s\"}}",
                     names[j]);
            sn_config *config = parse(text);
            const sn_activation *f = &config->points[0].map.map.activation;
            ck_assert_ptr_eq(f->type, type);
            for (size_t k = 0; k < type->n_params; k++)
                ck_assert_double_eq(f->params[k], type->params[k].initial);
            sn_config_free(config);
        }
    }
}
END_TEST

START_TEST(all_errors_at_once)
{
    EXPECT_ERRORS(
        "{\"kind\": \"simulate\", \"seed\": -1.5, \"replicas\": \"8\", \"repilcas\": 4,"
        " \"input\": {\"variance\": -2, \"mean\": 1e999}, \"map\": \"neuron\","
        " \"network\": {\"width\": 0, \"depth\": 1e12, \"bias\": [0],"
        "   \"activation\": {\"name\": \"selu\", \"alpah\": 1},"
        "   \"weights\": {\"initializer\": \"lecun_normal\", \"tau\": 2}},"
        " \"plots\": [\"moments\", \"moments\"], \"samples\": 1.5, \"samples\": 2}",
        "a.json: /seed: found -1.5, allowed is a whole number from 0 to 9007199254740991",
        "a.json: /replicas: found \"8\", allowed is a whole number from 1 to 100000000",
        "a.json: /repilcas: unknown key, the nearest known one is \"replicas\"; allowed here: "
        "$schema, kind, description, seed, precision, replicas, samples, method, observe, clip, "
        "input, network, plots, sweep",
        "a.json: /input/variance: found -2, allowed is a number from 0 to 1e+30",
        "a.json: /input/mean: the number is too large, allowed is up to 1.797e308",
        "a.json: /map: does not go with the kind \"simulate\"; allowed here: "
        "$schema, kind, description, seed, precision, replicas, samples, method, observe, clip, "
        "input, network, plots, sweep",
        "a.json: /network/width: found 0, allowed is a whole number from 1 to 1000000000, or a "
        "list "
        "of 2 to 10001 values, each a whole number from 1 to 1000000000, or an object",
        "a.json: /network/depth: found 1000000000000, allowed is a whole number from 1 to "
        "1000000000",
        "a.json: /network/bias: found [0], allowed is an object",
        "a.json: /network/activation/alpah: unknown key, the nearest known one is \"alpha\"; "
        "allowed here: name, alpha, lambda",
        "a.json: /network/weights/tau: does not go with an initializer of independent weights; "
        "allowed here: initializer, density",
        "a.json: /plots/1: \"moments\" is in the list twice",
        "a.json: /samples: found 1.5, allowed is a whole number from 1 to 1000000000",
        "a.json: /samples: the key is given more than once");
}
END_TEST

START_TEST(keys_that_concern_each_other)
{
    EXPECT_ERRORS("{\"kind\": \"map\", \"fixed\": {\"nu\": 2}}",
                  "a.json: /fixed/nu: nu is both fixed and on the grid; allowed is one of the two");
    EXPECT_ERRORS("{\"kind\": \"map\", \"grid\": {\"mu\": {\"from\": 1, \"to\": 1}}}",
                  "a.json: /grid: found 1 keys, allowed are exactly 2 of mu, nu, omega, tau",
                  "a.json: /grid/mu: found from 1 to 1, allowed is from < to");
    EXPECT_ERRORS("{\"kind\": \"map\", \"grid\": {\"nu\": {\"from\": 0, \"to\": 1}, \"omega\":"
                  " {\"from\": 0, \"to\": 1, \"points\": 1, \"scale\": \"log\"}}}",
                  "a.json: /grid/nu/from: found 0, allowed is a number above 0, at most 1e+30",
                  "a.json: /grid/omega: found from 0 on a log scale, allowed is from > 0",
                  "a.json: /grid/omega/points: found 1, allowed is a whole number from 2 to "
                  "1000000");
    EXPECT_ERRORS(
        "{\"kind\": \"simulate\", \"network\": {\"width\": 1, \"weights\":"
        " {\"initializer\": \"row_normalised\"}}}",
        "a.json: /network/weights: found exact rows with fan-in 1, allowed is a fan-in of "
        "at least 2");
    EXPECT_ERRORS("{\"kind\": \"simulate\", \"network\": {\"width\": 4, \"weights\":"
                  " {\"distribution\": \"uniform\", \"structure\": \"exact_rows\", \"omega\": 2}}}",
                  "a.json: /network/weights: found exact rows of omega 2 and tau 1 with fan-in 4, "
                  "allowed is tau > omega^2 / fan-in = 1");
    EXPECT_ERRORS("{\"kind\": \"simulate\", \"network\": {\"weights\": {\"initializer\":"
                  " \"he_normal\", \"distribution\": \"normal\"}}}",
                  "a.json: /network/weights/initializer: does not go with a distribution; allowed "
                  "here: distribution, structure, omega, tau, freedom, density");
    EXPECT_ERRORS("{\"kind\": \"simulate\", \"network\": {\"weights\": {\"tau\": 2}}}",
                  "a.json: /network/weights: found neither \"initializer\" nor \"distribution\", "
                  "allowed is one of the two");
    EXPECT_ERRORS("{\"kind\": \"map\", \"plots\": [\"trajectories\"]}",
                  "a.json: /plots/0: \"trajectories\" needs at least one trajectory");
    EXPECT_ERRORS("{\"kind\": \"simulate\", \"plots\": [\"moments\", \"spread\"]}",
                  "a.json: /plots/1: \"spread\" needs a sweep over at least two values of "
                  "/network/width, all numbers, and at least two replicas");
}
END_TEST

START_TEST(what_is_no_configuration)
{
    EXPECT_ERRORS("", "a.json:1:1: the text is empty, expected an object {...}");
    EXPECT_ERRORS("[1, 2]", "a.json: found [1, 2], allowed is an object {...}");
    EXPECT_ERRORS("{}", "a.json: \"kind\" is missing, allowed is one of \"map\", \"simulate\", "
                        "\"verify\"");
    EXPECT_ERRORS("{\"kind\": \"mpa\", \"seed\": -1, \"gird\": {}}",
                  "a.json: /kind: found \"mpa\", the nearest known name is \"map\"; allowed is one "
                  "of \"map\", \"simulate\", \"verify\"",
                  "a.json: /seed: found -1, allowed is a whole number from 0 to 9007199254740991",
                  "a.json: /gird: unknown key, the nearest known one is \"grid\"");
    EXPECT_ERRORS("{\"kind\": \"map\",\n \"map\": nan}",
                  "a.json:2:9: found 'n', expected a value (words are true, false and null; "
                  "numbers are finite)");
    EXPECT_ERRORS("{\"kind\": \"map\", \"activation\": \"selu\"}",
                  "a.json: /activation: found \"selu\", allowed is an object");
}
END_TEST

START_TEST(errors_have_an_end)
{
    char text[8192] = "{\"kind\": \"map\"";
    for (int i = 0; i < 300; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), ", \"key%d\": 0", i);
    strcat(text, "}");
    sn_config *config;
    sn_config_errors errors;
    ck_assert_int_eq(sn_config_parse("a.json", text, strlen(text), 0, NULL, &config, &errors),
                     SN_ECONFIG);
    ck_assert_uint_eq(errors.count, 101);
    ck_assert_str_eq(errors.lines[100], "a.json: and more errors than are listed here");
    sn_config_errors_free(&errors);
}
END_TEST

START_TEST(terminals_are_not_given_orders)
{
    EXPECT_ERRORS("{\"kind\": \"map\", \"map\": \"\\u001b[31m\\u009b\", \"a\\u001b/~\": 0}",
                  "a.json: /map: found \"\\u001b[31m\\u009b\", the nearest known name is "
                  "\"neuron\"; allowed is one of \"neuron\", \"centred\", \"ensemble\"",
                  "a.json: /a\\u001b~1~0: unknown key, the nearest known one is \"kind\"; allowed "
                  "here: $schema, kind, description, map, activation, bias, grid, fixed, "
                  "trajectories, trajectory_layers, fixed_points, plots, sweep");
}
END_TEST

START_TEST(settings_replace_values)
{
    const sn_config_setting settings[] = {{"/seed", "77"}, {"/network/activation/alpha", "1.5"}};
    sn_config *config = parse_with("{\"kind\": \"simulate\", \"seed\": 3}", 2, settings);
    ck_assert_uint_eq(config->points[0].simulate.run.seed, 77);
    sn_config_free(config);

    static const struct {
        sn_config_setting setting;
        const char *line;
    } wrong[] = {
        {{"/seed", "-1"},
         "a.json: /seed: found -1, allowed is a whole number from 0 to 9007199254740991"},
        {{"/seed", "1 2"},
         "a.json: /seed: the setting is not JSON: found '2', expected nothing "
         "after the value"},
        {{"/sede", "1"},
         "a.json: /sede: the pointer names no key: \"sede\" is unknown, the nearest "
         "known one is \"seed\""},
        {{"seed", "1"},
         "a.json: seed: the pointer names no key; a key is named like "
         "\"/network/width\""},
        {{"", "1"}, "a.json: the pointer names no key; a key is named like \"/network/width\""},
        {{"/network", "{}"}, "a.json: /network: the file sweeps over this key"},
    };
    const char *text = "{\"kind\": \"simulate\", \"sweep\": {\"/network/width\": [8, 9]}}";
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        sn_config_errors errors;
        ck_assert_int_eq(
            sn_config_parse("a.json", text, strlen(text), 1, &wrong[i].setting, &config, &errors),
            SN_ECONFIG);
        ck_assert_uint_eq(errors.count, 1);
        ck_assert_str_eq(errors.lines[0], wrong[i].line);
        sn_config_errors_free(&errors);
    }
}
END_TEST

/* Two configurations with the same points: their plots, sweeps and every point's JSON. */
static void expect_same(const sn_config *a, const sn_config *b)
{
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_str_eq(a->description, b->description);
    ck_assert_uint_eq(a->n_plots, b->n_plots);
    for (size_t i = 0; i < a->n_plots; i++)
        ck_assert_int_eq(a->plots[i], b->plots[i]);
    ck_assert_uint_eq(a->n_sweeps, b->n_sweeps);
    ck_assert_uint_eq(a->n_points, b->n_points);
    for (size_t point = 0; point < a->n_points; point++) {
        for (size_t i = 0; i < a->n_sweeps; i++)
            ck_assert_str_eq(sn_config_swept(a, point, i)->label,
                             sn_config_swept(b, point, i)->label);
        char *x = sn_config_point_json(a, point), *y = sn_config_point_json(b, point);
        ck_assert_str_eq(x, y);
        free(x);
        free(y);
    }
    ck_assert_str_eq(a->resolved, b->resolved);
}

START_TEST(resolved_is_the_same_again)
{
    static const char *const texts[] = {
        "{\"kind\": \"map\"}",
        "{\"kind\": \"simulate\"}",
        "{\"description\": \"\\\"q\\\\\", \"kind\": \"map\", \"bias\": {\"mean\":"
        " 0.30000000000000004, \"variance\": 5e-324}, \"activation\": {\"name\": \"identity\"}}",
        "{\"kind\": \"simulate\", \"sweep\": {\"/network/width\": [2, 3]}}",
        /* Parameters, boxes, plots and fixed coordinates that come and go with what is swept. */
        "{\"kind\": \"simulate\", \"sweep\": {\"/network/activation/name\": [\"selu\","
        " \"linear\"], \"/network/weights\": [{\"initializer\": \"row_normalised\"},"
        " {\"distribution\": \"uniform\", \"tau\": 2.385}]}}",
        "{\"kind\": \"map\", \"grid\": {\"mu\": {\"from\": -1, \"to\": 1}, \"nu\":"
        " {\"from\": 1, \"to\": 2}}, \"sweep\": {\"/grid/nu/to\": [3, 4.5]}}",
        "{\"kind\": \"map\", \"sweep\": {\"/grid\": [{\"omega\": {\"from\": -1, \"to\": 1},"
        " \"tau\": {\"from\": 1, \"to\": 2}}, {\"mu\": {\"from\": -1, \"to\": 1},"
        " \"tau\": {\"from\": 1, \"to\": 2}}]}}",
        "{\"kind\": \"simulate\", \"network\": {\"blocks\": [{\"repeat\": 2, \"activation\":"
        " {\"name\": \"selu\"}, \"weights\": {\"initializer\": \"sparse\"}}, {}]}, \"sweep\":"
        " {\"/network/blocks/0/activation/name\": [\"selu\", \"tanh\"], \"/network/width\":"
        " [64, {\"kernel\": [3, 3], \"channels\": 4}], \"/network/weights/initializer\":"
        " [\"row_normalised\", \"lecun_normal\"]}}",
        "{\"kind\": \"simulate\", \"sweep\": {\"/network/width\": [[3, 4], 5], \"/input\":"
        " [{\"distribution\": \"sparse\"}, {}], \"/network/residual\": [false]}}",
        "{\"kind\": \"simulate\", \"network\": {\"blocks\": [{}, {}], \"dropout\": {\"kind\":"
        " \"standard\"}}, \"sweep\": {\"/network/blocks/1\": [{\"width\": 3}, {\"repeat\": 2}],"
        " \"/network/dropout/kind\": [\"alpha\", \"standard\"], \"/network/dropout/rate\":"
        " {\"from\": 0.1, \"to\": 0.3, \"points\": 3}}}",
        "{\"kind\": \"map\", \"trajectories\": [{\"mu\": 0, \"nu\": 1}], \"sweep\":"
        " {\"/trajectories/0/nu\": [2, 3], \"/activation/alpha\": [1, 1.5]}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        sn_config *config = parse(texts[i]), *again = parse(config->resolved);
        expect_same(config, again);
        for (size_t point = 0; point < config->n_points; point++) {
            char *json = sn_config_point_json(config, point);
            sn_config *alone = parse(json);
            char *alone_json = sn_config_point_json(alone, 0);
            ck_assert_str_eq(json, alone_json);
            free(alone_json);
            free(json);
            sn_config_free(alone);
        }
        sn_config_free(again);
        sn_config_free(config);
    }
}
END_TEST

START_TEST(axes_reach_both_ends)
{
    const sn_axis linear = {.from = -0.1, .to = 0.7, .points = 9};
    const sn_axis log = {.from = 0.02, .to = 2.385, .points = 7, .scale = SN_SCALE_LOG};
    const sn_axis odd = {.from = -1, .to = 1, .points = 101};
    ck_assert_double_eq(sn_axis_value(&linear, 0), -0.1);
    ck_assert_double_eq(sn_axis_value(&linear, 8), 0.7);
    ck_assert_double_eq_tol(sn_axis_value(&linear, 3), 0.2, 1e-16);
    ck_assert_double_eq(sn_axis_value(&log, 0), 0.02);
    ck_assert_double_eq(sn_axis_value(&log, 6), 2.385);
    ck_assert_double_eq_tol(sn_axis_value(&log, 3), sqrt(0.02 * 2.385), 1e-15);
    ck_assert_double_eq(sn_axis_value(&odd, 50), 0);
}
END_TEST

UNIT_MAIN("config", map_defaults, map_given, every_activation_and_alias_is_known,
          all_errors_at_once, keys_that_concern_each_other, what_is_no_configuration,
          errors_have_an_end, terminals_are_not_given_orders, settings_replace_values,
          resolved_is_the_same_again, axes_reach_both_ends)
