/* Every registered activation: f' against differences of f, the kernels against f, the kinks where
 * they are said to be. */
#include "activation/activation.h"

#include <math.h>
#include <string.h>

#include "harness.h"

START_TEST(unknown_names_get_a_suggestion)
{
    sn_activation f;
    sn_error err = {0};
    ck_assert_int_eq(sn_activation_init(&f, "sleu", &err), SN_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(err.message, "'selu'"));
    ck_assert_int_eq(sn_activation_init(&f, "selu", &err), SN_OK);
    ck_assert_int_eq(sn_activation_set(&f, "alpah", 1, &err), SN_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(err.message, "'alpha'"));
    ck_assert_int_eq(sn_activation_set(&f, "lambda", -1, &err), SN_EDOMAIN);
    ck_assert_int_eq(sn_activation_set(&f, "lambda", NAN, &err), SN_EDOMAIN);
    ck_assert_int_eq(sn_activation_set(&f, "lambda", 2, &err), SN_OK);
    ck_assert(sn_activation_value(&f, 3) == 6);
}
END_TEST

UNIT_MAIN("activation", unknown_names_get_a_suggestion)
