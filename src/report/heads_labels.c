/* What the lines of a picture are called: by the caller, or by the swept columns that tell them
 * apart.
 */
#include <string.h>

#include "report/heads.h"
#include "report/script.h"

enum { LABEL_CHARACTERS = 36, LABEL_SIZE = SN_HEAD_LABEL_SIZE };

/* Appends to text, cutting what does not fit. */
static void append(char text[LABEL_SIZE], const char *more)
{
    const size_t length = strlen(text);
    snprintf(text + length, LABEL_SIZE - length, "%s", more);
}

void sn_head_describe(const sn_table *table, size_t row, size_t key_columns, size_t skip,
                      char text[LABEL_SIZE])
{
    text[0] = '\0';
    for (size_t j = 0; j < key_columns; j++) {
        if (j == skip)
            continue;
        append(text, text[0] != '\0' ? ", " : "");
        if (sn_table_column(table, j)->kind == SN_TEXT) {
            append(text, sn_table_text(table, row, j));
            continue;
        }
        char number[32];
        snprintf(number, sizeof number, " = %.6g", sn_table_real(table, row, j));
        append(text, sn_table_column(table, j)->name);
        append(text, number);
    }
}

void sn_head_labels(const sn_picture *picture, FILE *script, const sn_table *table,
                    size_t key_columns, const char *const *given,
                    void (*make)(const sn_picture *, size_t row, char[LABEL_SIZE]))
{
    size_t count = 0, longest = 0;
    for (size_t i = 0; i < sn_table_rows(table); i = sn_head_next_block(table, i, key_columns))
        count++;
    fprintf(script, "count = %zu\narray labels[%zu] = [", count, count);
    size_t row = 0;
    for (size_t i = 0; i < count; i++, row = sn_head_next_block(table, row, key_columns)) {
        char text[LABEL_SIZE];
        if (given == NULL)
            make(picture, row, text);
        fputs(i > 0 ? ", " : "", script);
        const char *label = given != NULL ? given[i] : text;
        sn_script_quote(script, label, LABEL_CHARACTERS);
        size_t characters = 0;
        for (; *label != '\0'; label++)
            characters += ((unsigned char)*label & 0xC0) != 0x80;
        longest = characters > longest ? characters : longest;
    }
    fprintf(script, "]\nlabel_characters = %zu\n",
            longest < LABEL_CHARACTERS ? longest : LABEL_CHARACTERS);
}
