/* Files of every kind, most of them not configurations. */
#include "config/config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"

static char directory[64], path[80];

static void write_file(const char *text, size_t length)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void enter(void)
{
    strcpy(directory, "/tmp/selfnorm-load-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/c.json", directory);
}

static void leave(void)
{
    unlink(path);
    rmdir(directory);
}

/* Loading must fail with one line that ends so. */
static void expect(const char *what, sn_status status, const char *end)
{
    sn_config *config;
    sn_config_errors errors;
    ck_assert_int_eq(sn_config_load(what, 0, NULL, &config, &errors), status);
    ck_assert_ptr_null(config);
    ck_assert_uint_eq(errors.count, 1);
    const char *line = errors.lines[0];
    if (strncmp(line, what, strlen(what)) != 0 || strcmp(line + strlen(what), end) != 0)
        NOTE("unexpected: %s", line);
    ck_assert(strncmp(line, what, strlen(what)) == 0);
    ck_assert_str_eq(line + strlen(what), end);
    sn_config_errors_free(&errors);
}

START_TEST(a_file_is_read)
{
    enter();
    static const char text[] = "{\"kind\": \"simulate\", \"seed\": 11}\n";
    write_file(text, sizeof text - 1);
    sn_config *config;
    sn_config_errors errors;
    ck_assert_int_eq(sn_config_load(path, 0, NULL, &config, &errors), SN_OK);
    ck_assert_uint_eq(config->points[0].simulate.run.seed, 11);
    sn_config_free(config);
    leave();
}
END_TEST

START_TEST(what_cannot_be_read)
{
    enter();
    expect(path, SN_EIO, ": No such file or directory");
    expect(directory, SN_EIO, ": is a directory, expected a file");
    write_file("", 0);
    expect(path, SN_ECONFIG, ":1:1: the text is empty, expected an object {...}");
    expect("/dev/null", SN_ECONFIG, ":1:1: the text is empty, expected an object {...}");
    expect("/dev/zero", SN_ECONFIG, ": larger than 1 MiB, which no configuration needs to be");
    if (geteuid() != 0) {
        ck_assert_int_eq(chmod(path, 0), 0);
        expect(path, SN_EIO, ": Permission denied");
    }
    leave();
}
END_TEST

START_TEST(sizes_about_the_limit)
{
    enter();
    const size_t limit = (size_t)1 << 20;
    char *text = malloc(limit + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, ' ', limit + 1);
    memcpy(text + limit - 15, "{\"kind\": \"map\"}", 15);
    write_file(text, limit);
    sn_config *config;
    sn_config_errors errors;
    ck_assert_int_eq(sn_config_load(path, 0, NULL, &config, &errors), SN_OK);
    sn_config_free(config);
    write_file(text, limit + 1);
    expect(path, SN_ECONFIG, ": larger than 1 MiB, which no configuration needs to be");
    free(text);
    leave();
}
END_TEST

START_TEST(standard_input)
{
    enter();
    static const char text[] = "{\"kind\": \"map\", \"description\": \"piped\"}";
    write_file(text, sizeof text - 1);
    ck_assert_ptr_nonnull(freopen(path, "rb", stdin));
    sn_config *config;
    sn_config_errors errors;
    ck_assert_int_eq(sn_config_load("-", 0, NULL, &config, &errors), SN_OK);
    ck_assert_str_eq(config->description, "piped");
    sn_config_free(config);
    ck_assert_int_eq(sn_config_load("-", 0, NULL, &config, &errors), SN_ECONFIG);
    ck_assert_str_eq(errors.lines[0],
                     "standard input:1:1: the text is empty, expected an object {...}");
    sn_config_errors_free(&errors);
    leave();
}
END_TEST

UNIT_MAIN("load", a_file_is_read, what_cannot_be_read, sizes_about_the_limit, standard_input)
