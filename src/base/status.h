/* status.h: how every function of selfnorm that can fail says so.
 *
 * A function that can fail returns an sn_status and takes, last, an sn_error the caller owns.
 * SN_OK is zero; every other status is a failure, and the function's results are then not to be
 * read. An answer such as "no solution" or "exploded at layer 37" is not a failure: it is a result.
 */
#ifndef SELFNORM_BASE_STATUS_H
#define SELFNORM_BASE_STATUS_H

#ifdef __cplusplus
#define SN_BEGIN_DECLS extern "C" {
#define SN_END_DECLS   }
#else
#define SN_BEGIN_DECLS
#define SN_END_DECLS
#endif

#if defined(__GNUC__) || defined(__clang__)
#define SN_NODISCARD          __attribute__((warn_unused_result))
#define SN_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#else
#define SN_NODISCARD
#define SN_PRINTF(fmt, first)
#endif

SN_BEGIN_DECLS

/* The one list of statuses: name, value and text of each derive from it. */
#define SN_STATUS_LIST(X)                                                                          \
    X(SN_OK, "success")                                                                            \
    X(SN_EINVAL, "invalid argument")                                                               \
    X(SN_EDOMAIN, "argument outside the domain")                                                   \
    X(SN_EUNKNOWN, "unknown name")                                                                 \
    X(SN_ECONFIG, "invalid configuration")                                                         \
    X(SN_ENOCONV, "did not converge")                                                              \
    X(SN_EINTERRUPTED, "interrupted")                                                              \
    X(SN_ENOMEM, "out of memory")                                                                  \
    X(SN_ETOOBIG, "too large for this machine")                                                    \
    X(SN_EEXIST, "already exists")                                                                 \
    X(SN_EIO, "input or output failed")                                                            \
    X(SN_ETOOL, "external program failed")

typedef enum sn_status {
#define SN_STATUS_ENUM(name, text) name,
    SN_STATUS_LIST(SN_STATUS_ENUM)
#undef SN_STATUS_ENUM
} sn_status;

enum { SN_ERROR_SIZE = 512 };

/* What went wrong, in a sentence for a person: where, what was found, what is allowed.
 * Owned by the caller; start it as `sn_error err = {0}`. Wherever a function takes an
 * `sn_error *`, NULL is fine and only drops the message. */
typedef struct sn_error {
    sn_status status;
    char message[SN_ERROR_SIZE]; /* NUL-terminated, cut where it would not fit */
} sn_error;

/* The text of a status; "unknown status" for a value that is none. Never NULL. */
const char *sn_status_text(sn_status status);

/* Fills *err (unless NULL) with the status and the formatted message, and returns the status, so
 * that a failure is one line: `return sn_fail(err, SN_EDOMAIN, "nu is %g, must be positive", nu)`.
 */
sn_status sn_fail(sn_error *err, sn_status status, const char *format, ...) SN_PRINTF(3, 4);

SN_END_DECLS

#endif
