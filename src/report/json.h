/* json.h: results as JSON text.
 *
 * Trees are built with cJSON and printed here, since cJSON's own printer takes 15 digits for enough
 * where they are not. Numbers read back equal (number.h). JSON has no number for what is not
 * finite: NaN, which is a missing number, prints as null, infinities as the strings "inf" and
 * "-inf". Arrays of numbers or words stand on one line, everything else indented by two.
 */
#ifndef SELFNORM_REPORT_JSON_H
#define SELFNORM_REPORT_JSON_H

#include <cjson/cJSON.h>
#include <stdint.h>

#include "base/table.h"

SN_BEGIN_DECLS

/* The tree as text with a newline at the end, to be freed with free(); NULL when memory is out.
 * Bytes that are not UTF-8 become U+FFFD. */
char *sn_json_text(const cJSON *tree);

/* A whole number with all its digits, beyond 2^53 too; NULL when memory is out. */
cJSON *sn_json_whole(uint64_t value);

/* A table as an array of objects, one a row, members in column order, booleans as
 * true and false; NULL when memory is out. */
cJSON *sn_json_table(const sn_table *table);

SN_END_DECLS

#endif
