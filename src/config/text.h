/* text.h: growing text, and JSON trees written as text. */
#ifndef SELFNORM_CONFIG_TEXT_H
#define SELFNORM_CONFIG_TEXT_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "../base/status.h"

/* Starts as {0}. Once memory is out, failed is set and nothing more is added. */
typedef struct sn_text {
    char *data; /* NUL-terminated, or NULL while empty */
    size_t length, capacity;
    bool failed;
} sn_text;

void sn_text_add(sn_text *text, const char *added);
void sn_text_add_bytes(sn_text *text, const char *added, size_t length);
void sn_text_addf(sn_text *text, const char *format, ...) SN_PRINTF(2, 3);
void sn_text_free(sn_text *text);

/* The text so far, the caller's to free, and *text empty again; NULL, and all freed, if it has
 * failed. */
char *sn_text_take(sn_text *text);

/* A number in the fewest of 15 to 17 digits that read back equal, with a point in every locale. */
enum { SN_NUMBER_ROOM = 32 };
void sn_number_write(char text[SN_NUMBER_ROOM], double number);
void sn_text_add_number(sn_text *text, double number);

/* A string with its quotes, control characters escaped. */
void sn_text_add_string(sn_text *text, const char *string);

/* At most so many bytes of a string, whole characters, with dots for what is left out. */
void sn_text_add_cut(sn_text *text, const char *string, size_t most);

/* A tree on one line; and over several lines, containers that fit on a line kept whole. */
void sn_text_add_json(sn_text *text, const cJSON *json);
void sn_text_add_json_lines(sn_text *text, const cJSON *json);

/* What a message shows of a value: the tree on one line, cut where it gets long. */
void sn_text_add_excerpt(sn_text *text, const cJSON *json);

#endif
