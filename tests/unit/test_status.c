#include "base/status.h"
#include "base/trust.h"
#include "base/version.h"

#include <string.h>

#include "harness.h"

START_TEST(every_status_has_its_own_text)
{
    static const sn_status all[] = {
#define ENTRY(name, text) name,
        SN_STATUS_LIST(ENTRY)
#undef ENTRY
    };
    const size_t n = sizeof all / sizeof all[0];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(sn_status_text(all[i]), sn_status_text(all[j]));
    ck_assert_str_eq(sn_status_text(SN_OK), "success");
    ck_assert_str_eq(sn_status_text((sn_status)n), "unknown status");
    ck_assert_str_eq(sn_status_text((sn_status)-1), "unknown status");
}
END_TEST

START_TEST(fail_fills_the_error_and_returns_the_status)
{
    sn_error err = {0};
    ck_assert_int_eq(sn_fail(&err, SN_EDOMAIN, "nu is %g", -1.5), SN_EDOMAIN);
    ck_assert_int_eq(err.status, SN_EDOMAIN);
    ck_assert_str_eq(err.message, "nu is -1.5");
    ck_assert_int_eq(sn_fail(NULL, SN_EIO, "dropped"), SN_EIO);
}
END_TEST

START_TEST(a_long_message_is_cut_and_stays_terminated)
{
    char longer[2 * SN_ERROR_SIZE];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    sn_error err = {0};
    ck_assert_int_eq(sn_fail(&err, SN_EINVAL, "%s", longer), SN_EINVAL);
    ck_assert_uint_eq(strlen(err.message), SN_ERROR_SIZE - 1);
}
END_TEST

START_TEST(trust_and_version_have_words)
{
    ck_assert_str_eq(sn_trust_text(SN_CLOSED_FORM), "closed form");
    ck_assert_str_eq(sn_trust_text((sn_trust)99), "unknown");
    ck_assert_str_eq(sn_version(), PACKAGE_VERSION);
}
END_TEST

UNIT_MAIN("status", every_status_has_its_own_text, fail_fills_the_error_and_returns_the_status,
          a_long_message_is_cut_and_stays_terminated, trust_and_version_have_words)
