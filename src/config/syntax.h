/* syntax.h: whether a text is JSON, by the letter of RFC 8259. */
#ifndef SELFNORM_CONFIG_SYNTAX_H
#define SELFNORM_CONFIG_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>

/* Where a text stops being JSON and why. Lines and columns count from 1, columns in characters. */
typedef struct sn_syntax_error {
    size_t line, column;
    char message[160];
} sn_syntax_error;

/* Whether text is one JSON value and nothing more, in UTF-8, of at most 64 levels, with no
 * character U+0000 and no number of more than 63 characters. If not, *error says where and why. */
bool sn_json_syntax(const char *text, size_t length, sn_syntax_error *error);

#endif
