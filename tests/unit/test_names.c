/* The names of choices: every one has a name and a doc, no two the same, and what is none has none.
 * */
#include "simulate/simulate.h"

#include <string.h>

#include "harness.h"

#define CHECK_NAMES(function, type, COUNT)                                                         \
    do {                                                                                           \
        for (int i = 0; i < (int)(COUNT); i++) {                                                   \
            ck_assert_uint_gt(strlen(function##_name((type)i)), 0);                                \
            ck_assert_uint_gt(strlen(function##_doc((type)i)), 0);                                 \
            for (int j = 0; j < i; j++)                                                            \
                ck_assert_str_ne(function##_name((type)i), function##_name((type)j));              \
        }                                                                                          \
        ck_assert_ptr_null(function##_name((type)(COUNT)));                                        \
        ck_assert_ptr_null(function##_doc((type)(COUNT)));                                         \
        ck_assert_ptr_null(function##_name((type)-1));                                             \
        ck_assert_ptr_null(function##_doc((type)-1));                                              \
    } while (0)

START_TEST(every_choice_has_a_name)
{
    CHECK_NAMES(sn_weight_law, sn_weight_law, SN_WEIGHT_LAW_COUNT);
    CHECK_NAMES(sn_weight_structure, sn_weight_structure, SN_WEIGHT_STRUCTURE_COUNT);
    CHECK_NAMES(sn_normalization, sn_normalization, SN_NORMALIZATION_COUNT);
    CHECK_NAMES(sn_input_law, sn_input_law, SN_INPUT_LAW_COUNT);
    CHECK_NAMES(sn_method, sn_method, SN_METHOD_COUNT);
    CHECK_NAMES(sn_clip, sn_clip_kind, SN_CLIP_COUNT);
}
END_TEST

START_TEST(names_belong_to_their_choices)
{
    ck_assert_str_eq(sn_weight_law_name(SN_WEIGHT_STUDENT_T), "student_t");
    ck_assert_str_eq(sn_weight_law_name(SN_WEIGHT_UNIFORM), "uniform");
    ck_assert_str_eq(sn_weight_structure_name(SN_WEIGHTS_SPARSE), "sparse");
    ck_assert_str_eq(sn_normalization_name(SN_NORMALIZATION_LAYER), "layer");
    ck_assert_str_eq(sn_input_law_name(SN_INPUT_CLUSTERS), "clusters");
    ck_assert_str_eq(sn_method_name(SN_METHOD_GRAM), "gram");
    ck_assert_str_eq(sn_clip_name(SN_CLIP_VALUE), "value");
}
END_TEST

UNIT_MAIN("names", every_choice_has_a_name, names_belong_to_their_choices)
