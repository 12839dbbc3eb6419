/* Configurations of claims: what reaches the engine, as text and exactly as written; every error
 * that a claim can have; and that the resolved text is the same claim again. */
#include "config/config.h"

#include <string.h>

#include "harness.h"

static sn_config *parse_with(const char *text, size_t n, const sn_config_setting *settings)
{
    sn_config *config;
    sn_config_errors errors;
    const sn_status status =
        sn_config_parse("v.json", text, strlen(text), n, settings, &config, &errors);
    for (size_t i = 0; i < errors.count; i++)
        NOTE("unexpected: %s", errors.lines[i]);
    ck_assert_int_eq(status, SN_OK);
    return config;
}

static sn_config *parse(const char *text)
{
    return parse_with(text, 0, NULL);
}

/* A claim of little, with more members. */
#define CLAIM(members)                                                                             \
    "{\"kind\": \"verify\", \"box\": {\"mu\": [-0.1, 0.1], \"nu\": [0.8, 1.5]}, \"assertions\":"   \
    " [{\"property\": \"attracting\"}]" members "}"

/* The same with a box and assertions of its own. */
#define BOX(sides)                                                                                 \
    "{\"kind\": \"verify\", \"box\": {" sides "}, \"assertions\": [{\"property\": "                \
    "\"attracting\"}]}"
#define ASSERTIONS(list)                                                                           \
    "{\"kind\": \"verify\", \"box\": {\"mu\": 0, \"nu\": 1}, \"assertions\": " list "}"

static void expect_side(const sn_decimals *side, const char *lower, const char *upper)
{
    ck_assert_str_eq(side->lower, lower);
    ck_assert_str_eq(side->upper, upper);
}

START_TEST(a_claim_of_defaults)
{
    sn_config *config = parse(CLAIM(""));
    ck_assert_int_eq(config->kind, SN_CONFIG_VERIFY);
    ck_assert_uint_eq(config->n_points, 1);
    const sn_verify_spec *spec = &config->points[0].verify;
    const sn_claim *claim = &spec->claim;
    ck_assert_ptr_null(claim->name);
    ck_assert_ptr_null(claim->description);
    ck_assert_int_eq(claim->map, SN_MAP_NEURON);
    ck_assert_str_eq(claim->activation->name, "selu");
    for (size_t i = 0; i < SN_MAX_PARAMS; i++)
        ck_assert_ptr_null(claim->params[i]);
    ck_assert_str_eq(claim->keeps_mu, "0");
    ck_assert_str_eq(claim->keeps_nu, "1");
    ck_assert_str_eq(claim->bias_mean, "0");
    ck_assert_str_eq(claim->bias_variance, "0");
    expect_side(&claim->box[SN_BOX_MU], "-0.1", "0.1");
    expect_side(&claim->box[SN_BOX_NU], "0.8", "1.5");
    expect_side(&claim->box[SN_BOX_OMEGA], "0", "0");
    expect_side(&claim->box[SN_BOX_TAU], "1", "1");
    ck_assert_uint_eq(claim->n_assertions, 1);
    ck_assert_int_eq(claim->assertions[0].kind, SN_ASSERT_ATTRACTING);
    ck_assert(!spec->expects);
    ck_assert(!spec->stretch.asked);
    ck_assert_uint_eq(spec->boxes, 100000);
    ck_assert_double_eq(spec->tolerance, 1e-8);
    ck_assert_uint_eq(config->n_plots, 0);
    sn_config_free(config);
}
END_TEST

static const char full[] =
    "{\"kind\": \"verify\", \"description\": \"Theorem 1 for (0, 2)\", \"map\": \"ensemble\","
    " \"activation\": {\"name\": \"selu\"}, \"keeps\": {\"mean\": -0.25, \"variance\": \"2.0\"},"
    " \"bias\": {\"mean\": \"0.1000000000000000055\", \"variance\": 1e-3},"
    " \"box\": {\"mu\": [\"-0.10\", 1e-1], \"nu\": 2.385, \"omega\": [-0.1, \"0.1\"],"
    "           \"tau\": [\"0.95\", 1.1]},"
    " \"assertions\": ["
    "   {\"quantity\": \"spectral_norm\", \"below\": 1, \"paper\": \"0.9912524170\"},"
    "   {\"property\": \"bound\", \"quantity\": \"nu_next\", \"above\": \"0.1\","
    "    \"below\": \"0.10000000000000000001\"},"
    "   {\"property\": \"into_itself\"}, {\"property\": \"attracting\"},"
    "   {\"property\": \"enters\", \"mu\": 0, \"nu\": [\"0.80\", 1.5], \"layers\": 12}],"
    " \"expected\": \"refuted\","
    " \"stretch\": {\"side\": \"omega\", \"symmetric\": true, \"to\": \"0.50\", \"within\": 0.01},"
    " \"boxes\": 2385, \"tolerance\": 1e-5}";

START_TEST(a_claim_of_everything)
{
    sn_config *config = parse(full);
    const sn_verify_spec *spec = &config->points[0].verify;
    const sn_claim *claim = &spec->claim;
    ck_assert_str_eq(claim->description, "Theorem 1 for (0, 2)");
    ck_assert_int_eq(claim->map, SN_MAP_ENSEMBLE);
    ck_assert_str_eq(claim->keeps_mu, "-0.25");
    ck_assert_str_eq(claim->keeps_nu, "2.0");
    ck_assert_str_eq(claim->bias_mean, "0.1000000000000000055");
    ck_assert_str_eq(claim->bias_variance, "0.001");
    expect_side(&claim->box[SN_BOX_MU], "-0.10", "0.1");
    expect_side(&claim->box[SN_BOX_NU], "2.385", "2.385");
    expect_side(&claim->box[SN_BOX_OMEGA], "-0.1", "0.1");
    expect_side(&claim->box[SN_BOX_TAU], "0.95", "1.1");
    ck_assert_uint_eq(claim->n_assertions, 5);
    const sn_assertion *asserted = claim->assertions;
    ck_assert_int_eq(asserted[0].kind, SN_ASSERT_BOUND);
    ck_assert_int_eq(asserted[0].quantity, SN_Q_SPECTRAL_NORM);
    ck_assert_ptr_null(asserted[0].above);
    ck_assert_str_eq(asserted[0].below, "1");
    ck_assert_str_eq(asserted[0].paper, "0.9912524170");
    ck_assert_int_eq(asserted[1].quantity, SN_Q_NU_NEXT);
    ck_assert_str_eq(asserted[1].above, "0.1");
    ck_assert_str_eq(asserted[1].below, "0.10000000000000000001");
    ck_assert_int_eq(asserted[2].kind, SN_ASSERT_INTO_ITSELF);
    ck_assert_int_eq(asserted[3].kind, SN_ASSERT_ATTRACTING);
    ck_assert_int_eq(asserted[4].kind, SN_ASSERT_ENTERS);
    expect_side(&asserted[4].target_mu, "0", "0");
    expect_side(&asserted[4].target_nu, "0.80", "1.5");
    ck_assert_uint_eq(asserted[4].layers, 12);
    ck_assert(spec->expects);
    ck_assert_int_eq(spec->expected, SN_REFUTED);
    ck_assert(spec->stretch.asked && spec->stretch.upper && spec->stretch.symmetric);
    ck_assert_int_eq(spec->stretch.side, SN_BOX_OMEGA);
    ck_assert_str_eq(spec->stretch.to, "0.50");
    ck_assert_double_eq(spec->stretch.within, 0.01);
    ck_assert_uint_eq(spec->boxes, 2385);
    ck_assert_double_eq(spec->tolerance, 1e-5);
    ck_assert_uint_eq(config->n_plots, 3);
    ck_assert_int_eq(config->plots[2], SN_PLOT_ENTRIES);
    sn_config_free(config);
}
END_TEST

START_TEST(every_name_reaches_its_place)
{
    char text[512];
    for (size_t i = 0; i < SN_QUANTITY_COUNT; i++) {
        snprintf(text, sizeof text, ASSERTIONS("[{\"quantity\": \"%s\", \"above\": -7}]"),
                 sn_quantity_name((sn_quantity)i));
        sn_config *config = parse(text);
        ck_assert_uint_eq(config->points[0].verify.claim.assertions[0].quantity, i);
        sn_config_free(config);
    }
    for (sn_verdict verdict = SN_PROVED; verdict <= SN_UNDECIDED; verdict++) {
        snprintf(text, sizeof text, CLAIM(", \"expected\": \"%s\""), sn_verdict_text(verdict));
        sn_config *config = parse(text);
        ck_assert(config->points[0].verify.expects);
        ck_assert_int_eq(config->points[0].verify.expected, verdict);
        sn_config_free(config);
    }
    static const char *const to[] = {"-1", "0.5", "-1", "0.5"};
    for (size_t side = 0; side < SN_BOX_DIM; side++) {
        snprintf(text, sizeof text,
                 CLAIM(", \"stretch\": {\"side\": \"%s\", \"end\": \"lower\", \"to\": %s}"),
                 sn_coordinate_name((sn_coordinate)side), to[side]);
        sn_config *config = parse(text);
        const sn_stretch *stretch = &config->points[0].verify.stretch;
        ck_assert_uint_eq((size_t)stretch->side, side);
        ck_assert(stretch->asked && !stretch->upper && !stretch->symmetric);
        ck_assert_str_eq(stretch->to, to[side]);
        ck_assert_double_eq(stretch->within, 0.001);
        sn_config_free(config);
    }
}
END_TEST

/* Parameters reach the engine as decimals; of SELU, its defaults as exact constants. */
START_TEST(parameters_of_activations)
{
    sn_config *config = parse(CLAIM(", \"activation\": {\"name\": \"leaky_relu\"}"));
    ck_assert_str_eq(config->points[0].verify.claim.params[0], "0.01");
    ck_assert_ptr_null(config->points[0].verify.claim.keeps_mu);
    ck_assert_ptr_null(strstr(config->resolved, "keeps"));
    sn_config_free(config);
    config = parse(CLAIM(", \"activation\": {\"name\": \"prelu\", \"slope\": 0.25}"));
    ck_assert_str_eq(config->points[0].verify.claim.activation->name, "leaky_relu");
    ck_assert_str_eq(config->points[0].verify.claim.params[0], "0.25");
    sn_config_free(config);
    config = parse(CLAIM(", \"activation\": {\"name\": \"selu\", \"alpha\": 1.7}"));
    ck_assert_str_eq(config->points[0].verify.claim.params[0], "1.7");
    ck_assert_ptr_null(config->points[0].verify.claim.params[1]);
    ck_assert_ptr_null(config->points[0].verify.claim.keeps_nu);
    sn_config_free(config);
    config = parse(CLAIM(", \"activation\": {\"name\": \"selu\", \"alpha\":"
                         " 1.67326324235437728481704298}, \"keeps\": {\"variance\": 2}"));
    ck_assert_ptr_null(config->points[0].verify.claim.params[0]);
    ck_assert_str_eq(config->points[0].verify.claim.keeps_mu, "0");
    ck_assert_str_eq(config->points[0].verify.claim.keeps_nu, "2");
    sn_config_free(config);
}
END_TEST

static const struct {
    const char *text, *lines;
} wrong[] = {
    {"{\"kind\": \"verify\"}", "\"box\" is missing, allowed is an object\n"
                               "\"assertions\" is missing, allowed is a list of 1 to 32 objects"},
    {CLAIM(", \"seed\": 1"),
     "/seed: does not go with the kind \"verify\"; allowed here: $schema, kind, description, map, "
     "activation, keeps, bias, box, assertions, expected, stretch, boxes, tolerance, plots, sweep"},
    {CLAIM(", \"boxs\": 1000, \"boxes\": 99, \"tolerance\": 2"),
     "/boxs: unknown key, the nearest known one is \"box\"; allowed here: $schema, kind, "
     "description, map, activation, keeps, bias, box, assertions, expected, stretch, boxes, "
     "tolerance, plots, sweep\n"
     "/boxes: found 99, allowed is a whole number from 100 to 100000000\n"
     "/tolerance: found 2, allowed is a number from 1e-14 to 1"},
    {CLAIM(", \"expected\": \"true\""),
     "/expected: found \"true\", the nearest known name is \"proved\"; allowed is one of "
     "\"proved\", \"refuted\", \"undecided\""},

    /* Decimals. */
    {BOX("\"nu\": 1"),
     "/box: \"mu\" is missing, allowed is a decimal from -1e+30 to 1e+30, or a list [lower, upper] "
     "of two"},
    {BOX("\"mu\": null, \"nu\": \"1/2\""),
     "/box/mu: found null, allowed is a decimal from -1e+30 to 1e+30, or a list [lower, upper] of "
     "two\n"
     "/box/nu: found \"1/2\", allowed is a decimal above 0, at most 1e+30, or a list [lower, "
     "upper] "
     "of two"},
    {BOX("\"mu\": [], \"nu\": [1], \"omega\": [1, 2, 3], \"tau\": {}"),
     "/box/mu: found [], allowed is a decimal from -1e+30 to 1e+30, or a list [lower, upper] of "
     "two\n"
     "/box/nu: found [1], allowed is a decimal above 0, at most 1e+30, or a list [lower, upper] of "
     "two\n"
     "/box/omega: found [1, 2, 3], allowed is a decimal from -1e+30 to 1e+30, or a list [lower, "
     "upper] of two\n"
     "/box/tau: found {}, allowed is a decimal above 0, at most 1e+30, or a list [lower, upper] of "
     "two"},
    {BOX("\"mu\": [\"+1\", true], \"nu\": [[1], \" 1\"]"),
     "/box/mu/0: found \"+1\", allowed is a decimal from -1e+30 to 1e+30\n"
     "/box/mu/1: found true, allowed is a decimal from -1e+30 to 1e+30\n"
     "/box/nu/0: found [1], allowed is a decimal above 0, at most 1e+30\n"
     "/box/nu/1: found \" 1\", allowed is a decimal above 0, at most 1e+30"},
    {BOX("\"mu\": [0.1, -0.1], \"nu\": [\"0.10000000000000000001\", 0.1]"),
     "/box/mu: found [0.1, -0.1], allowed is lower <= upper\n"
     "/box/nu: found [\"0.10000000000000000001\", 0.1], allowed is lower <= upper"},
    {BOX("\"mu\": 0, \"nu\": [\"0.0\", 1], \"tau\": \"-0.00000000000000000000000000000000001\""),
     "/box/nu/0: found \"0.0\", allowed is a decimal above 0, at most 1e+30\n"
     "/box/tau: found \"-0.00000000000000000000000000000000001\", allowed is a decimal above 0, at "
     "most 1e+30, or a list [lower, upper] of two"},
    {BOX("\"mu\": \"1000000000000000000000000000000.000000000001\", \"nu\": \"1e-301\","
         " \"omega\": 1e999, \"tau\": \"1.00000000000000000000000000000000000000000000000\""),
     "/box/omega: the number is too large, allowed is up to 1.797e308\n"
     "/box/mu: found \"1000000000000000000000000000000.000000000001\", allowed is a decimal from "
     "-1e+30 to 1e+30, or a list [lower, upper] of two\n"
     "/box/nu: found a number between 0 and 1e-300 in size, allowed is 0 or more\n"
     "/box/tau: found a string of 49 bytes, allowed is a decimal of at most 47"},
    {BOX("\"mu\": [-0.1, 0.1000000000000000055], \"nu\": 1e-400"),
     "/box/mu/1: found 0.1000000000000000055, of which a JSON number keeps 0.1, allowed is the "
     "string \"0.1000000000000000055\"\n"
     "/box/nu: found 1e-400, of which a JSON number keeps 0, allowed is the string \"1e-400\""},
    {CLAIM(", \"bias\": {\"mean\": [0, 1], \"variance\": \"-0.1\"}"),
     "/bias/mean: found [0, 1], allowed is a decimal from -1e+30 to 1e+30\n"
     "/bias/variance: found \"-0.1\", allowed is a decimal from 0 to 1e+30"},

    /* What selu keeps. */
    {CLAIM(", \"keeps\": {\"variance\": 0}"),
     "/keeps/variance: found 0, allowed is a decimal above 0, at most 1e+30"},
    {CLAIM(", \"keeps\": {}, \"activation\": {\"name\": \"relu\"}"),
     "/keeps: does not go with the activation, allowed is selu without alpha and lambda of its "
     "own"},
    {CLAIM(", \"keeps\": {\"mean\": 0}, \"activation\": {\"name\": \"selu\", \"lambda\": 1.05}"),
     "/keeps: does not go with the activation, allowed is selu without alpha and lambda of its "
     "own"},
    {CLAIM(", \"keeps\": {\"mean\": 0}, \"activation\": \"selu\""),
     "/activation: found \"selu\", allowed is an object"},

    /* Assertions. */
    {ASSERTIONS("[]"), "/assertions: found [], allowed is a list of 1 to 32 objects"},
    {ASSERTIONS("[{\"property\": \"atracting\"}, 5, {\"property\": 1}]"),
     "/assertions/0/property: found \"atracting\", the nearest known name is \"attracting\"; "
     "allowed is one of \"bound\", \"into_itself\", \"attracting\", \"enters\"\n"
     "/assertions/1: found 5, allowed is an object\n"
     "/assertions/2/property: found 1, allowed is one of \"bound\", \"into_itself\", "
     "\"attracting\", \"enters\""},
    {ASSERTIONS("[{}, {\"quantity\": \"chi1\"}, {\"quantity\": \"chi1\", \"above\": 1, \"below\": "
                "\"1.0\"}, {\"quantity\": \"chi1\", \"above\": \"0.10000000000000000001\","
                " \"below\": 0.1}]"),
     "/assertions/0: \"quantity\" is missing, allowed is one of \"mu_next\", \"xi_next\", "
     "\"nu_next\", \"mu_change\", \"nu_change\", \"dmu_dmu\", \"dmu_dnu\", \"dnu_dmu\", "
     "\"dnu_dnu\", \"spectral_norm\", \"spectral_radius\", \"chi1\"\n"
     "/assertions/0: found neither \"above\" nor \"below\", allowed is at least one of the two\n"
     "/assertions/1: found neither \"above\" nor \"below\", allowed is at least one of the two\n"
     "/assertions/2: found above 1 and below \"1.0\", allowed is above < below\n"
     "/assertions/3: found above \"0.10000000000000000001\" and below 0.1, allowed is above < "
     "below"},
    {ASSERTIONS("[{\"property\": \"attracting\", \"below\": 1}, {\"property\": \"into_itself\","
                " \"layer\": 3}]"),
     "/assertions/0/below: does not go with the property \"attracting\"; allowed here: property\n"
     "/assertions/1/layer: unknown key, the nearest known one is \"property\"; allowed here: "
     "property"},
    {ASSERTIONS("[{\"property\": \"enters\"}, {\"property\": \"enters\", \"mu\": [2, 1], \"nu\":"
                " 0, \"layers\": 1001}]"),
     "/assertions/0: \"mu\" is missing, allowed is a decimal from -1e+30 to 1e+30, or a list "
     "[lower, upper] of two\n"
     "/assertions/0: \"nu\" is missing, allowed is a decimal above 0, at most 1e+30, or a list "
     "[lower, upper] of two\n"
     "/assertions/0: \"layers\" is missing, allowed is a whole number from 1 to 1000\n"
     "/assertions/1/mu: found [2, 1], allowed is lower <= upper\n"
     "/assertions/1/nu: found 0, allowed is a decimal above 0, at most 1e+30, or a list [lower, "
     "upper] of two\n"
     "/assertions/1/layers: found 1001, allowed is a whole number from 1 to 1000"},

    /* Stretches. */
    {CLAIM(", \"stretch\": {\"end\": \"top\", \"within\": 0}"),
     "/stretch: \"side\" is missing, allowed is one of \"mu\", \"nu\", \"omega\", \"tau\"\n"
     "/stretch/end: found \"top\", the nearest known name is \"lower\"; allowed is one of "
     "\"lower\", \"upper\"\n"
     "/stretch: \"to\" is missing, allowed is a decimal from -1e+30 to 1e+30\n"
     "/stretch/within: found 0, allowed is a number above 0, at most 1e+30"},
    {CLAIM(", \"stretch\": {\"side\": \"mu\", \"to\": \"0.1000\"}"),
     "/stretch/to: found \"0.1000\", allowed is above 0.1, the upper end of mu"},
    {CLAIM(", \"stretch\": {\"side\": \"mu\", \"end\": \"lower\", \"to\": 0.2}"),
     "/stretch/to: found 0.2, allowed is below -0.1, the lower end of mu"},
    {CLAIM(", \"stretch\": {\"side\": \"tau\", \"end\": \"lower\", \"to\": 0}"),
     "/stretch/to: found 0, allowed is below 1, the lower end of tau, and above 0"},
    {CLAIM(", \"stretch\": {\"side\": \"nu\", \"symmetric\": true, \"to\": 2}"),
     "/stretch/symmetric: found nu from 0.8 to 1.5, allowed is a side from -a to a"},
    {CLAIM(", \"stretch\": {\"side\": \"mu\", \"end\": \"lower\", \"symmetric\": true, \"to\": "
           "-0.2}"),
     "/stretch/end: found \"lower\" of a symmetric side, allowed is \"upper\"; the lower end moves "
     "to minus that\n"
     "/stretch/to: found -0.2, allowed is above 0.1, the upper end of mu"},

    /* Pictures. */
    {CLAIM(", \"plots\": [\"boxes\", \"regions\", \"entries\"]"),
     "/plots/0: \"boxes\" needs an assertion on a quantity\n"
     "/plots/1: \"regions\" needs an assertion \"attracting\", and omega and tau of the box with "
     "different ends\n"
     "/plots/2: \"entries\" needs an assertion \"enters\""},
    {CLAIM(", \"plots\": [\"field\"]"),
     "/plots/0: found \"field\", the nearest known name is \"boxes\"; allowed is one of \"boxes\", "
     "\"regions\", \"entries\""},
};

START_TEST(what_a_claim_can_have_wrong)
{
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        sn_config *config;
        sn_config_errors errors;
        const char *text = wrong[i].text;
        char lines[4096] = "";
        ck_assert_int_eq(sn_config_parse("v.json", text, strlen(text), 0, NULL, &config, &errors),
                         SN_ECONFIG);
        ck_assert_ptr_null(config);
        for (size_t j = 0; j < errors.count; j++) {
            ck_assert(strncmp(errors.lines[j], "v.json: ", 8) == 0);
            strcat(lines, j > 0 ? "\n" : "");
            strcat(lines, errors.lines[j] + 8);
        }
        sn_config_errors_free(&errors);
        if (strcmp(lines, wrong[i].lines) != 0)
            NOTE("%s", text);
        ck_assert_str_eq(lines, wrong[i].lines);
    }
}
END_TEST

START_TEST(at_most_32_assertions)
{
    static const char one[] = "{\"property\": \"into_itself\"}";
    for (size_t n = 32; n <= 33; n++) {
        char text[2048] =
            "{\"kind\": \"verify\", \"box\": {\"mu\": 0, \"nu\": 1}, \"assertions\": [";
        for (size_t i = 0; i < n; i++)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i > 0 ? "," : "",
                     one);
        strcat(text, "]}");
        sn_config *config;
        sn_config_errors errors;
        const sn_status status =
            sn_config_parse("v.json", text, strlen(text), 0, NULL, &config, &errors);
        ck_assert_int_eq(status, n == 32 ? SN_OK : SN_ECONFIG);
        ck_assert_uint_eq(errors.count, n - 32);
        if (config != NULL)
            ck_assert_uint_eq(config->points[0].verify.claim.n_assertions, n);
        sn_config_free(config);
        sn_config_errors_free(&errors);
    }
}
END_TEST

/* Pictures that every point has what they need for. */
START_TEST(pictures_by_default)
{
    static const struct {
        const char *text;
        size_t n;
        sn_plot first;
    } cases[] = {
        {CLAIM(", \"sweep\": {\"/box/omega\": [[0, 1]], \"/box/tau\": [[1, 2], [1, 3]]}"), 1,
         SN_PLOT_REGIONS},
        {CLAIM(", \"sweep\": {\"/box/omega\": [[0, 1]], \"/box/tau\": [[1, 2], [1, \"1.0\"]]}"), 0,
         SN_PLOT_COUNT},
        {ASSERTIONS("[{\"quantity\": \"chi1\", \"below\": 2}]"), 1, SN_PLOT_BOXES},
        {ASSERTIONS("[{\"property\": \"enters\", \"mu\": 0, \"nu\": 2, \"layers\": 1}]"), 1,
         SN_PLOT_ENTRIES},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sn_config *config = parse(cases[i].text);
        ck_assert_uint_eq(config->n_plots, cases[i].n);
        if (cases[i].n > 0)
            ck_assert_int_eq(config->plots[0], cases[i].first);
        sn_config_free(config);
    }
}
END_TEST

START_TEST(sweeps_and_settings)
{
    const sn_config_setting settings[] = {{"/boxes", "700"}, {"/box/nu", "[1, \"1.50\"]"}};
    sn_config *config = parse_with(
        "{\"kind\": \"verify\", \"box\": {\"mu\": 0, \"nu\": 1}, \"assertions\": [{\"quantity\":"
        " \"chi1\", \"below\": 1}], \"sweep\": {\"/activation/name\": [\"relu\", \"tanh\"],"
        " \"/box/tau\": [1, \"1.10\", [1, 2]], \"/assertions/0/below\": [2, \"2.0\"]}}",
        2, settings);
    ck_assert_uint_eq(config->n_points, 12);
    for (size_t i = 0; i < 12; i++) {
        static const char *const tau[][2] = {{"1", "1"}, {"1.10", "1.10"}, {"1", "2"}};
        const sn_verify_spec *spec = &config->points[i].verify;
        ck_assert_str_eq(spec->claim.activation->name, i < 6 ? "relu" : "tanh");
        expect_side(&spec->claim.box[SN_BOX_TAU], tau[i / 2 % 3][0], tau[i / 2 % 3][1]);
        expect_side(&spec->claim.box[SN_BOX_NU], "1", "1.50");
        ck_assert_str_eq(spec->claim.assertions[0].below, i % 2 == 0 ? "2" : "2.0");
        ck_assert_uint_eq(spec->boxes, 700);
    }
    ck_assert_str_eq(config->sweeps[1].column.name, "tau");
    ck_assert_int_eq(config->sweeps[1].column.kind, SN_TEXT);
    ck_assert_str_eq(sn_config_swept(config, 4, 1)->label, "[1, 2]");
    sn_config_free(config);

    const sn_config_setting lost = {"/box/mu", "[0, 0.1000000000000000055]"};
    sn_config_errors errors;
    const char *text = CLAIM("");
    ck_assert_int_eq(sn_config_parse("v.json", text, strlen(text), 1, &lost, &config, &errors),
                     SN_ECONFIG);
    ck_assert_uint_eq(errors.count, 1);
    ck_assert_str_eq(errors.lines[0],
                     "v.json: /box/mu/1: found 0.1000000000000000055, of which a JSON number keeps "
                     "0.1, allowed is the string \"0.1000000000000000055\"");
    sn_config_errors_free(&errors);
}
END_TEST

static void expect_same_text(const char *a, const char *b)
{
    ck_assert_int_eq(a == NULL, b == NULL);
    if (a != NULL)
        ck_assert_str_eq(a, b);
}

static void expect_same_assertion(const sn_assertion *a, const sn_assertion *b)
{
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->quantity, b->quantity);
    expect_same_text(a->above, b->above);
    expect_same_text(a->below, b->below);
    expect_same_text(a->paper, b->paper);
    expect_same_text(a->target_mu.lower, b->target_mu.lower);
    expect_same_text(a->target_mu.upper, b->target_mu.upper);
    expect_same_text(a->target_nu.lower, b->target_nu.lower);
    expect_same_text(a->target_nu.upper, b->target_nu.upper);
    ck_assert_uint_eq(a->layers, b->layers);
}

static void expect_same(const sn_verify_spec *a, const sn_verify_spec *b)
{
    expect_same_text(a->claim.description, b->claim.description);
    ck_assert_int_eq(a->claim.map, b->claim.map);
    ck_assert_ptr_eq(a->claim.activation, b->claim.activation);
    for (size_t i = 0; i < SN_MAX_PARAMS; i++)
        expect_same_text(a->claim.params[i], b->claim.params[i]);
    expect_same_text(a->claim.keeps_mu, b->claim.keeps_mu);
    expect_same_text(a->claim.keeps_nu, b->claim.keeps_nu);
    expect_same_text(a->claim.bias_mean, b->claim.bias_mean);
    expect_same_text(a->claim.bias_variance, b->claim.bias_variance);
    for (size_t i = 0; i < SN_BOX_DIM; i++)
        expect_side(&a->claim.box[i], b->claim.box[i].lower, b->claim.box[i].upper);
    ck_assert_uint_eq(a->claim.n_assertions, b->claim.n_assertions);
    for (size_t i = 0; i < a->claim.n_assertions; i++)
        expect_same_assertion(&a->claim.assertions[i], &b->claim.assertions[i]);
    ck_assert_int_eq(a->expects, b->expects);
    ck_assert_int_eq(a->expected, b->expected);
    ck_assert_int_eq(a->stretch.asked, b->stretch.asked);
    ck_assert_int_eq(a->stretch.side, b->stretch.side);
    ck_assert_int_eq(a->stretch.upper, b->stretch.upper);
    ck_assert_int_eq(a->stretch.symmetric, b->stretch.symmetric);
    expect_same_text(a->stretch.to, b->stretch.to);
    ck_assert_double_eq(a->stretch.within, b->stretch.within);
    ck_assert_uint_eq(a->boxes, b->boxes);
    ck_assert_double_eq(a->tolerance, b->tolerance);
}

START_TEST(resolved_is_the_same_claim)
{
    static const char *const texts[] = {
        full,
        CLAIM(""),
        CLAIM(", \"activation\": {\"name\": \"selu\", \"alpha\": 1.7}"),
        /* Keeps, parameters and a picture that come and go with what is swept. */
        CLAIM(", \"sweep\": {\"/activation/name\": [\"selu\", \"relu\", \"leaky_relu\"],"
              " \"/box/tau\": [1, [\"1.0\", 2.385]], \"/box/omega\": [[-0.30000000000000004, 0]]}"),
        CLAIM(", \"sweep\": {\"/keeps/variance\": [1, \"2.00\"], \"/stretch\": [{\"side\": \"mu\","
              " \"to\": \"0.2\"}, {\"side\": \"tau\", \"end\": \"lower\", \"to\": 0.5}]}"),
        ASSERTIONS("[{\"quantity\": \"chi1\", \"above\": 1}], \"sweep\": {\"/assertions/0\":"
                   " [{\"property\": \"attracting\"}, {\"quantity\": \"nu_next\", \"below\":"
                   " \"3.0\"}]}"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        sn_config *config = parse(texts[i]), *again = parse(config->resolved);
        ck_assert_str_eq(config->resolved, again->resolved);
        ck_assert_uint_eq(config->n_points, again->n_points);
        ck_assert_uint_eq(config->n_plots, again->n_plots);
        for (size_t point = 0; point < config->n_points; point++) {
            expect_same(&config->points[point].verify, &again->points[point].verify);
            char *json = sn_config_point_json(config, point);
            sn_config *alone = parse(json);
            expect_same(&config->points[point].verify, &alone->points[0].verify);
            sn_config_free(alone);
            free(json);
        }
        sn_config_free(again);
        sn_config_free(config);
    }
}
END_TEST

UNIT_MAIN("verify_config", a_claim_of_defaults, a_claim_of_everything, every_name_reaches_its_place,
          parameters_of_activations, what_a_claim_can_have_wrong, at_most_32_assertions,
          pictures_by_default, sweeps_and_settings, resolved_is_the_same_claim)
