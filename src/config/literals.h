/* literals.h: numbers of JSON as decimals, exactly as they are written. */
#ifndef SELFNORM_CONFIG_LITERALS_H
#define SELFNORM_CONFIG_LITERALS_H

#include <cjson/cJSON.h>

#include "decimal.h"
#include "memory.h"

/* The tree of a text that is JSON (syntax.h); NULL when memory is out. */
cJSON *sn_json_parse(const char *text, size_t length);

/* How a number of such a tree was written, where the double it has become is written as another
 * decimal: 0.1000000000000000055, 1e-400. Else NULL. */
const char *sn_json_literal(const cJSON *json);

/* The decimal that a finite number, or a string that holds one, says. False: it is neither, or the
 * number's literal says another one. */
bool sn_json_decimal(const cJSON *json, sn_decimal *out);

/* Its text: of a string as it is, of a number as its double is written. NULL: no memory. */
char *sn_json_decimal_text(const cJSON *json, sn_memory *memory);

#endif
