/* file.h: single files, read and written whole. */
#ifndef SELFNORM_REPORT_FILE_H
#define SELFNORM_REPORT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

SN_BEGIN_DECLS

/* Writes a file that appears at path whole or not at all: beside it, synced, renamed. With force one
 * that is there is replaced. SN_EEXIST: something is there; SN_EIO, naming path and reason;
 * SN_ENOMEM. */
SN_NODISCARD sn_status sn_file_write(const char *path, const char *text, size_t size, bool force,
                                     sn_error *err);

/* Reads a file, or for "-" standard input, of at most `most` bytes; *text is the caller's to free,
 * with a NUL behind its *size bytes. SN_EIO, naming path and reason; SN_ENOMEM. */
SN_NODISCARD sn_status sn_file_read(const char *path, size_t most, char **text, size_t *size,
                                    sn_error *err);

SN_END_DECLS

#endif
