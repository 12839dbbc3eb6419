/* What a killed run leaves: read back to the bit, or known to be damaged; and whose it is. */
#include "study/checkpoint.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"
#include "report/file.h"

static char scratch[] = "/tmp/selfnorm-checkpoint-XXXXXX";
static char path[96];

static sn_identity identity_of(const char *text)
{
    sn_identity identity = {.text = strdup(text)};
    sn_sha256(identity.digest, text, strlen(text));
    sn_sha256_hex(identity.digest, identity.hex);
    return identity;
}

static void begin_case(const char *name)
{
    strcpy(scratch + sizeof scratch - 7, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(scratch));
    snprintf(path, sizeof path, "%s/%s", scratch, name);
}

static const char *file(const char *name)
{
    static char text[256];
    snprintf(text, sizeof text, "%s/%s", path, name);
    return text;
}

static void write_file(const char *name, const char *bytes, size_t size)
{
    ck_assert_int_eq(sn_file_write(file(name), bytes, size, true, NULL), SN_OK);
}

static sn_checkpoint *open_again(const sn_identity *identity)
{
    sn_checkpoint *checkpoint;
    bool again;
    sn_error err = {0};
    const sn_status status = sn_checkpoint_open(path, identity, true, &checkpoint, &again, &err);
    ck_assert_msg(status == SN_OK, "%s", err.message);
    ck_assert(again);
    return checkpoint;
}

static const double values[] = {0.1, -0.0, 0x1p-1074, -INFINITY, 1.7976931348623157e308, 2.385};
enum { N = sizeof values / sizeof values[0] };

/* A checkpoint with points 3 and 12. */
static void make(const sn_identity *identity)
{
    sn_checkpoint *checkpoint;
    bool again;
    double copy[N];
    memcpy(copy, values, sizeof copy);
    const sn_point_state state = {7, N, copy};
    ck_assert_int_eq(sn_checkpoint_open(path, identity, false, &checkpoint, &again, NULL), SN_OK);
    ck_assert(!again && !sn_checkpoint_is_begun(checkpoint));
    ck_assert(!sn_checkpoint_is_there(path)); /* nothing before the first saving */
    ck_assert_int_eq(sn_checkpoint_save(checkpoint, 3, &state, NULL), SN_OK);
    ck_assert_int_eq(sn_checkpoint_save(checkpoint, 12, &(sn_point_state){1, 1, copy}, NULL),
                     SN_OK);
    ck_assert(sn_checkpoint_is_begun(checkpoint));
    sn_checkpoint_free(checkpoint);
}

static void end_case(void)
{
    ck_assert_int_eq(sn_checkpoint_clear(path, NULL), SN_OK);
    ck_assert_int_eq(rmdir(scratch), 0); /* so nothing else was left */
}

START_TEST(reads_back_to_the_bit)
{
    sn_identity identity = identity_of("a run\n");
    sn_point_state state;
    begin_case("deep/down/x.checkpoint");
    make(&identity);
    sn_checkpoint *checkpoint = open_again(&identity);
    ck_assert_int_eq(sn_checkpoint_read(checkpoint, 3, &state, NULL), SN_OK);
    ck_assert_uint_eq(state.replicas, 7);
    ck_assert_uint_eq(state.size, N);
    ck_assert_mem_eq(state.values, values, sizeof values);
    free(state.values);
    ck_assert_int_eq(sn_checkpoint_read(checkpoint, 4, &state, NULL), SN_OK);
    ck_assert_uint_eq(state.size, 0);
    ck_assert_ptr_null(state.values);

    /* 0.1 is 0x3fb999999999999a, and the lowest byte comes first */
    char *bytes;
    size_t size;
    ck_assert_int_eq(sn_file_read(file("point-3"), 1 << 20, &bytes, &size, NULL), SN_OK);
    ck_assert_uint_eq(size, 8 + 32 + 3 * 8 + N * 8 + 32);
    ck_assert_mem_eq(bytes, "snpoint1", 8);
    ck_assert_mem_eq(bytes + 40, "\3\0\0\0\0\0\0\0\7\0\0\0\0\0\0\0\6\0\0\0\0\0\0\0", 24);
    ck_assert_mem_eq(bytes + 64, "\x9a\x99\x99\x99\x99\x99\xb9\x3f", 8);
    free(bytes);

    sn_checkpoint_remove(checkpoint);
    ck_assert(!sn_checkpoint_is_there(path));
    sn_checkpoint_free(checkpoint);
    strrchr(path, '/')[0] = '\0';
    ck_assert_int_eq(rmdir(path), 0);
    strrchr(path, '/')[0] = '\0';
    ck_assert_int_eq(rmdir(path), 0);
    ck_assert_int_eq(rmdir(scratch), 0);
    sn_identity_free(&identity);
}
END_TEST

/* Cut anywhere, altered anywhere: never taken for totals. */
START_TEST(damage_is_seen)
{
    sn_identity identity = identity_of("a run\n");
    sn_point_state state;
    char *bytes;
    size_t size;
    sn_error err = {0};
    begin_case("x.checkpoint");
    make(&identity);
    sn_checkpoint *checkpoint = open_again(&identity);
    ck_assert_int_eq(sn_file_read(file("point-3"), 1 << 20, &bytes, &size, NULL), SN_OK);
    for (size_t i = 0; i < size; i += 3) {
        write_file("point-3", bytes, i);
        ck_assert_int_eq(sn_checkpoint_read(checkpoint, 3, &state, &err), SN_EINVAL);
        ck_assert_ptr_nonnull(strstr(err.message, "point-3 is damaged"));
        ck_assert_ptr_null(state.values);
    }
    for (size_t i = 0; i < size; i += 5) {
        bytes[i] = (char)(bytes[i] ^ 1 << i % 8);
        write_file("point-3", bytes, size);
        ck_assert_int_eq(sn_checkpoint_read(checkpoint, 3, &state, &err), SN_EINVAL);
        bytes[i] = (char)(bytes[i] ^ 1 << i % 8);
    }
    write_file("point-3", bytes, size);
    ck_assert_int_eq(sn_checkpoint_read(checkpoint, 3, &state, &err), SN_OK);
    free(state.values);
    write_file("point-5", bytes, size); /* whole, but not of that point */
    ck_assert_int_eq(sn_checkpoint_read(checkpoint, 5, &state, &err), SN_EINVAL);
    free(bytes);
    sn_checkpoint_free(checkpoint);
    end_case();
    sn_identity_free(&identity);
}
END_TEST

START_TEST(whose_it_is)
{
    sn_identity ours = identity_of("f\nversion 1\ndata d\n{\n  \"seed\": 7,\n  \"x\": 1\n}\n"),
                other = identity_of("f\nversion 1\ndata d\n{\n  \"seed\": 8,\n  \"x\": 1\n}\n");
    sn_point_state state;
    sn_checkpoint *checkpoint;
    bool again;
    sn_error err = {0};
    begin_case("x.checkpoint");
    make(&ours);
    ck_assert_int_eq(sn_checkpoint_open(path, &other, true, &checkpoint, &again, &err), SN_EINVAL);
    ck_assert_ptr_null(checkpoint);
    ck_assert_ptr_nonnull(strstr(err.message, "has \"seed\": 7 where this one has \"seed\": 8"));

    /* where `run` cannot tell, the points do */
    write_file("run", "f\nversion 1\n", 12);
    checkpoint = open_again(&ours);
    ck_assert_int_eq(sn_checkpoint_read(checkpoint, 3, &state, &err), SN_OK);
    free(state.values);
    sn_checkpoint_free(checkpoint);
    ck_assert_int_eq(unlink(file("run")), 0);
    checkpoint = open_again(&other);
    ck_assert_int_eq(sn_checkpoint_read(checkpoint, 3, &state, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "of another run"));

    /* one process at a time, even where the other is this one */
    ck_assert_int_eq(sn_checkpoint_clear(path, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "in use"));
    sn_checkpoint_free(checkpoint);
    end_case();
    sn_identity_free(&ours);
    sn_identity_free(&other);
}
END_TEST

START_TEST(nothing_else_is_touched)
{
    sn_identity identity = identity_of("a run\n");
    sn_checkpoint *checkpoint;
    bool again;
    sn_error err = {0};
    begin_case("x.checkpoint");
    make(&identity);
    write_file(".point-3.partial-a1B2c3", "half", 4); /* what a kill leaves is swept away */
    write_file(".run.partial-a1B2c3", "", 0);
    sn_checkpoint_free(open_again(&identity));
    ck_assert_int_ne(access(file(".point-3.partial-a1B2c3"), F_OK), 0);
    ck_assert_int_ne(access(file(".run.partial-a1B2c3"), F_OK), 0);

    write_file("point-of-view", "mine", 4);
    ck_assert_int_eq(sn_checkpoint_clear(path, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "is not a checkpoint"));
    ck_assert_int_eq(sn_checkpoint_open(path, &identity, true, &checkpoint, &again, &err),
                     SN_EINVAL);
    ck_assert_int_eq(access(file("point-of-view"), F_OK), 0);
    ck_assert_int_eq(access(file("point-3"), F_OK), 0);
    ck_assert_int_eq(unlink(file("point-of-view")), 0);

    /* a name of ours that is no file: to read a pipe would wait for ever */
    ck_assert_int_eq(mkfifo(file("point-5"), 0600), 0);
    ck_assert_int_eq(sn_checkpoint_open(path, &identity, true, &checkpoint, &again, &err),
                     SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "is not a checkpoint"));
    ck_assert_int_eq(unlink(file("point-5")), 0);

    /* begun by another process meanwhile */
    double value = 1;
    ck_assert_int_eq(sn_checkpoint_open(path, &identity, false, &checkpoint, &again, &err), SN_OK);
    ck_assert_int_eq(sn_checkpoint_save(checkpoint, 0, &(sn_point_state){1, 1, &value}, &err),
                     SN_EINVAL);
    sn_checkpoint_free(checkpoint);
    end_case();
    ck_assert_int_eq(sn_checkpoint_clear("/tmp/selfnorm-is-not-there", &err), SN_OK);
    ck_assert_int_eq(sn_checkpoint_clear("/dev/null", &err), SN_EINVAL);
    sn_identity_free(&identity);
}
END_TEST

UNIT_MAIN("checkpoint", reads_back_to_the_bit, damage_is_seen, whose_it_is, nothing_else_is_touched)
