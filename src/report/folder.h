/* folder.h: result folders, which appear whole or not at all.
 *
 * A folder is filled beside its final place under a hidden name, `.NAME.partial-XXXXXX`; every file
 * is checked and synced as it is closed; sn_folder_commit renames the whole to NAME. Until then
 * nothing of NAME exists, and sn_folder_discard leaves no trace. What makes a folder a result of
 * selfnorm is its result.json, an object with the member "selfnorm" (see sn_folder_write_result).
 *
 * Paths are bytes: spaces, quotes, newlines, a leading '-' and bytes that are not UTF-8 are fine.
 * A folder is used by one thread at a time.
 */
#ifndef SELFNORM_REPORT_FOLDER_H
#define SELFNORM_REPORT_FOLDER_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/status.h"

SN_BEGIN_DECLS

typedef struct sn_folder sn_folder;

/* Opens a new result folder to be published at path; missing parents are made, and removed again
 * by a failure or a discard. With force an existing result of selfnorm at path is replaced, at
 * commit and not before; never anything else: not a file, not a link, not a folder without a
 * result.json of ours, not one that holds folders.
 * SN_EEXIST: something is at path; SN_EINVAL: the path names no new folder ("", "..", "/");
 * SN_EIO, with the path and the reason; SN_ENOMEM. *out is NULL after a failure. */
SN_NODISCARD sn_status sn_folder_create(const char *path, bool force, sn_folder **out,
                                        sn_error *err);

/* The hidden folder while it is filled, the final one once committed. */
const char *sn_folder_directory(const sn_folder *folder);

/* Opens a new file of that name ([A-Za-z0-9_.-]+, no leading point) for writing; closed by
 * sn_folder_close alone, which flushes, syncs and checks it. SN_EEXIST: it is there already;
 * SN_EINVAL: not such a name; SN_EIO, naming file and reason; SN_ENOMEM. */
SN_NODISCARD sn_status sn_folder_open(sn_folder *folder, const char *name, FILE **out,
                                      sn_error *err);
SN_NODISCARD sn_status sn_folder_close(sn_folder *folder, const char *name, FILE *file,
                                       sn_error *err);

/* A whole file from memory; statuses as above. */
SN_NODISCARD sn_status sn_folder_write(sn_folder *folder, const char *name, const char *text,
                                       size_t length, sn_error *err);

/* Notes that another program is about to make a file of that name in the folder, so that a discard
 * finds it. */
SN_NODISCARD sn_status sn_folder_expect(sn_folder *folder, const char *name, sn_error *err);

/* Writes result.json: the members of the object result, with "selfnorm": the version put first.
 * result stays the caller's, unchanged. */
SN_NODISCARD sn_status sn_folder_write_result(sn_folder *folder, const cJSON *result,
                                              sn_error *err);

/* Publishes the folder under its path and syncs its parent. SN_EINVAL: no result.json was written;
 * SN_EEXIST: something came to be there meanwhile; SN_EIO. After a failure the folder is still
 * unpublished and the caller's to discard. */
SN_NODISCARD sn_status sn_folder_commit(sn_folder *folder, sn_error *err);

/* Removes an uncommitted folder, its files and the parents made for it from the disk; safe in a
 * signal handler. Frees nothing; harmless when repeated or after a commit. */
void sn_folder_remove(const sn_folder *folder);

/* sn_folder_remove, then frees; after a commit it frees only. NULL is fine. */
void sn_folder_discard(sn_folder *folder);

SN_END_DECLS

#endif
