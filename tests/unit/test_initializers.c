/* The initialisers by name: law, structure and variance of each. */
#include "simulate/layer.h"

#include <string.h>

#include "harness.h"

/* tau at fan-in 300, fan-out 100. */
static const struct {
    const char *name;
    sn_weight_law law;
    sn_weight_structure structure;
    double tau;
} known[] = {
    {"lecun_normal", SN_WEIGHT_NORMAL, SN_WEIGHTS_IID, 1},
    {"lecun_uniform", SN_WEIGHT_UNIFORM, SN_WEIGHTS_IID, 1},
    {"lecun_truncated_normal", SN_WEIGHT_TRUNCATED_NORMAL, SN_WEIGHTS_IID, 1},
    {"lecun_uncorrected_normal", SN_WEIGHT_UNCORRECTED, SN_WEIGHTS_IID, 1},
    {"he_normal", SN_WEIGHT_NORMAL, SN_WEIGHTS_IID, 2},
    {"he_uniform", SN_WEIGHT_UNIFORM, SN_WEIGHTS_IID, 2},
    {"he_truncated_normal", SN_WEIGHT_TRUNCATED_NORMAL, SN_WEIGHTS_IID, 2},
    {"he_uncorrected_normal", SN_WEIGHT_UNCORRECTED, SN_WEIGHTS_IID, 2},
    {"glorot_normal", SN_WEIGHT_NORMAL, SN_WEIGHTS_IID, 1.5},
    {"glorot_uniform", SN_WEIGHT_UNIFORM, SN_WEIGHTS_IID, 1.5},
    {"glorot_truncated_normal", SN_WEIGHT_TRUNCATED_NORMAL, SN_WEIGHTS_IID, 1.5},
    {"glorot_uncorrected_normal", SN_WEIGHT_UNCORRECTED, SN_WEIGHTS_IID, 1.5},
    {"row_normalised", SN_WEIGHT_NORMAL, SN_WEIGHTS_EXACT_ROWS, 1},
    {"orthogonal", SN_WEIGHT_NORMAL, SN_WEIGHTS_ORTHOGONAL, 1},
    {"sparse", SN_WEIGHT_NORMAL, SN_WEIGHTS_SPARSE, 1},
    /* The squares of what torch.nn.init.calculate_gain returns. */
    {"pytorch_linear", SN_WEIGHT_NORMAL, SN_WEIGHTS_IID, 1},
    {"pytorch_sigmoid", SN_WEIGHT_NORMAL, SN_WEIGHTS_IID, 1},
    {"pytorch_tanh", SN_WEIGHT_NORMAL, SN_WEIGHTS_IID, 1.6666666666666667 * 1.6666666666666667},
    {"pytorch_relu", SN_WEIGHT_NORMAL, SN_WEIGHTS_IID, 1.4142135623730951 * 1.4142135623730951},
    {"pytorch_leaky_relu", SN_WEIGHT_NORMAL, SN_WEIGHTS_IID,
     1.4141428569978354 * 1.4141428569978354},
    {"pytorch_selu", SN_WEIGHT_NORMAL, SN_WEIGHTS_IID, 0.75 * 0.75},
    {"pytorch_default", SN_WEIGHT_UNIFORM, SN_WEIGHTS_IID, 0.33333333333333333},
};

enum { KNOWN = sizeof known / sizeof known[0] };

START_TEST(initializers_are_those_people_know)
{
    for (size_t i = 0; i < KNOWN; i++) {
        const sn_initializer *found = sn_initializer_find(known[i].name);
        ck_assert_msg(found != NULL, "no %s", known[i].name);
        ck_assert_double_eq_tol(found->tau(300, 100), known[i].tau, 1e-15);
        ck_assert_int_eq(found->law, known[i].law);
        ck_assert_int_eq(found->structure, known[i].structure);
        ck_assert_uint_gt(strlen(found->doc), 10);
    }
}
END_TEST

START_TEST(the_table_has_each_once)
{
    for (size_t i = 0; i < KNOWN; i++)
        ck_assert_ptr_eq(sn_initializer_find(sn_initializer_at(i)->name), sn_initializer_at(i));
    ck_assert_ptr_null(sn_initializer_at(KNOWN));
    ck_assert_ptr_null(sn_initializer_find("lecun"));
}
END_TEST

/* Only Glorot's depend on the fan-out, and are those of LeCun where the two agree. */
START_TEST(glorot_looks_at_both_sides)
{
    for (size_t i = 0; i < KNOWN; i++) {
        const sn_initializer *found = sn_initializer_at(i);
        const bool both = strncmp(found->name, "glorot", 6) == 0;
        ck_assert(both == (found->tau(17, 400) != found->tau(17, 17)));
        if (both) {
            ck_assert_double_eq(found->tau(400, 400), 1);
            ck_assert_double_eq_tol(found->tau(17, 400), 34. / 417, 1e-16);
        }
    }
}
END_TEST

UNIT_MAIN("initializers", initializers_are_those_people_know, the_table_has_each_once,
          glorot_looks_at_both_sides)
