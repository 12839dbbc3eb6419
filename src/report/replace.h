/* replace.h: taking the place of an earlier result, and of nothing else. */
#ifndef SELFNORM_REPORT_REPLACE_H
#define SELFNORM_REPORT_REPLACE_H

#include "base/status.h"

SN_BEGIN_DECLS

/* Whether `base` in the folder parent_fd may be replaced: a folder (no link) that holds no folders
 * and whose result.json is an object with the member "selfnorm". SN_EEXIST, saying why not, naming
 * it path; SN_EIO; SN_ENOMEM. */
SN_NODISCARD sn_status sn_replace_check(int parent_fd, const char *base, const char *path,
                                        sn_error *err);

/* Renames `fresh` to `base`, both in the folder parent_fd, where nothing may be: 0, or -1 with
 * errno, EEXIST or ENOTEMPTY where something is. */
int sn_replace_nothing(int parent_fd, const char *base, const char *fresh);

/* Puts `fresh` in the place of `base`, both in the folder parent_fd, and removes what was there.
 * The exchange is one step where the system has it. SN_EIO: nothing has changed. */
SN_NODISCARD sn_status sn_replace_by(int parent_fd, const char *base, const char *fresh,
                                     const char *path, sn_error *err);

SN_END_DECLS

#endif
