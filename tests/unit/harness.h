/* harness.h: the main function of a unit test, speaking TAP through Check.
 * A test file defines its cases with START_TEST and ends with UNIT_MAIN("name", case, ...). */
#ifndef TESTS_HARNESS_H
#define TESTS_HARNESS_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

/* A TAP comment, for figures such as the worst point of a random test. */
#define NOTE(...) (printf("# " __VA_ARGS__), printf("\n"), fflush(stdout))

#define UNIT_MAIN(name, ...)                                                                       \
    int main(void)                                                                                 \
    {                                                                                              \
        const TTest *const cases[] = {__VA_ARGS__};                                                \
        Suite *suite = suite_create(name);                                                         \
        TCase *tcase = tcase_create(name);                                                         \
        tcase_set_timeout(tcase, 600);                                                             \
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)                                \
            tcase_add_test(tcase, cases[i]);                                                       \
        suite_add_tcase(suite, tcase);                                                             \
        SRunner *runner = srunner_create(suite);                                                   \
        srunner_set_tap(runner, "-");                                                              \
        srunner_run_all(runner, CK_SILENT);                                                        \
        const int failed = srunner_ntests_failed(runner);                                          \
        srunner_free(runner);                                                                      \
        return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;                                          \
    }

#endif
