#include "base/nearest.h"

#include <string.h>

#include "harness.h"

static const char *const words[] = {"mean", "variance", "omega", "tau", NULL};

static const char *word(const void *context, size_t index)
{
    return ((const char *const *)context)[index];
}

static const char *nearest(const char *given)
{
    return sn_nearest(given, word, words);
}

START_TEST(finds_the_word_that_was_meant)
{
    ck_assert_str_eq(nearest("variance"), "variance");
    ck_assert_str_eq(nearest("varaince"), "variance"); /* one swap */
    ck_assert_str_eq(nearest("men"), "mean");
    ck_assert_str_eq(nearest("omegaa"), "omega");
    ck_assert_str_eq(nearest("tua"), "tau");
}
END_TEST

START_TEST(survives_ugly_input)
{
    static const char *const none[] = {NULL};
    ck_assert_str_eq(sn_nearest("x", word, none), "");
    ck_assert_str_eq(nearest(""), "tau");
    char longer[1000];
    memset(longer, 'v', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    ck_assert_ptr_nonnull(nearest(longer));
}
END_TEST

UNIT_MAIN("nearest", finds_the_word_that_was_meant, survives_ugly_input)
