/* result.h: a result as one JSON object, put together from words, numbers and tables.
 *
 * What result.json and --format json are made of. Members appear in the order they are added. The
 * first failure is kept and told by sn_result_status; what is added after it is dropped, so a
 * caller may add everything and ask once.
 */
#ifndef SELFNORM_REPORT_RESULT_H
#define SELFNORM_REPORT_RESULT_H

#include "base/table.h"
#include "folder.h"

SN_BEGIN_DECLS

typedef struct sn_result sn_result;

sn_result *sn_result_new(void); /* NULL when memory is out; the functions below accept that */
void sn_result_free(sn_result *result);

void sn_result_add_text(sn_result *result, const char *name, const char *text);
void sn_result_add_number(sn_result *result, const char *name, double value);
void sn_result_add_boolean(sn_result *result, const char *name, int value);

/* text is JSON itself, such as a resolved configuration. */
void sn_result_add_json(sn_result *result, const char *name, const char *text);

/* The rows of a table as a list of objects. */
void sn_result_add_list(sn_result *result, const char *name, const sn_table *table);

/* Opens an object or a list: what is added from here on goes into it, until it is closed. Inside a
 * list names are nothing and may be NULL. */
void sn_result_open_object(sn_result *result, const char *name);
void sn_result_open_list(sn_result *result, const char *name);
void sn_result_close(sn_result *result);

/* SN_OK, or SN_ENOMEM, or SN_EINVAL for text that is not JSON, for too many open at a time, or for
 * one closed that was never opened. */
sn_status sn_result_status(const sn_result *result);

/* Writes the object as result.json, see sn_folder_write_result; a failure kept before is told. */
SN_NODISCARD sn_status sn_result_write(const sn_result *result, sn_folder *folder, sn_error *err);

/* The object as text with a newline at the end, to be freed with free(); NULL after a failure or
 * when memory is out. */
char *sn_result_text(const sn_result *result);

SN_END_DECLS

#endif
