/* Values in gnuplot scripts. Inside single quotes gnuplot reads everything as it stands,
 * backslashes, backquotes, @macros and # alike; only the quote itself matters. It can be doubled,
 * but not safely: the scanner takes a doubled quote at the start of a string, or next to another
 * one, for the end of the string, and what follows for code; and the search for macros, which
 * counts quotes of its own, loses its place after one in double quotes. So no quote gets in: it
 * becomes the typographic apostrophe, which is what a picture should show anyway. */
#include "report/script.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "report/number.h"
#include "report/text.h"

#define APOSTROPHE "\xE2\x80\x99"

static void put_character(FILE *script, const char *text, size_t length)
{
    if (length == 0)
        fputs(SN_REPLACEMENT, script);
    else if ((unsigned char)*text < 0x20 || *text == 0x7f)
        fputc(' ', script);
    else if (*text == '\'')
        fputs(APOSTROPHE, script);
    else
        fwrite(text, 1, length, script);
}

static const char *after(const char *text, size_t characters)
{
    while (characters-- > 0 && *text != '\0') {
        const size_t length = sn_utf8_length(text);
        text += length > 0 ? length : 1;
    }
    return text;
}

static void put_quoted(FILE *script, const char *text, const char *end, const char *tail)
{
    fputc('\'', script);
    while (text < end) {
        const size_t length = sn_utf8_length(text);
        put_character(script, text, length);
        text += length > 0 ? length : 1;
    }
    fprintf(script, "%s'", tail);
}

void sn_script_quote(FILE *script, const char *text, size_t limit)
{
    const char *end = after(text, limit);
    if (*end == '\0')
        put_quoted(script, text, end, "");
    else
        put_quoted(script, text, after(text, limit - 1), "…");
}

void sn_script_text(FILE *script, const char *name, const char *text)
{
    fprintf(script, "%s = ", name);
    put_quoted(script, text, text + strlen(text), "");
    fputc('\n', script);
}

void sn_script_number(FILE *script, const char *name, double value)
{
    char text[SN_NUMBER_SIZE];
    sn_number_text(value, text);
    fprintf(script, "%s = %s\n", name, isfinite(value) ? text : "NaN");
}

/* Where a line of at most width characters of a text ends: at its last space, unless that would
 * leave it half empty; *next is where the following line starts. */
static const char *line_end(const char *text, size_t width, const char **next)
{
    const char *end = after(text, width);
    *next = end;
    if (*end == '\0')
        return end;
    for (const char *p = end; p > text + (end - text) / 2; p--)
        if (*p == ' ') {
            *next = p + 1;
            return p;
        }
    return end;
}

static size_t count_lines(const char *text, size_t width)
{
    size_t lines = 0;
    while (*text != '\0') {
        line_end(text, width, &text);
        lines++;
    }
    return lines;
}

void sn_script_paragraph(FILE *script, const char *name, const char *text, size_t width,
                         size_t max_lines)
{
    /* The narrowest that takes no more lines: no single word on the last. */
    const size_t lines = count_lines(text, width);
    while (lines <= max_lines && width > 1 && count_lines(text, width - 1) == lines)
        width--;
    fprintf(script, "%s = ", name);
    size_t line = 0;
    do {
        const char *next, *end = line_end(text, width, &next);
        const bool cut = line + 1 == max_lines && *next != '\0';
        fputs(line > 0 ? ".\"\\n\"." : "", script);
        put_quoted(script, text, end, cut ? "…" : "");
        text = next;
        line++;
    } while (*text != '\0' && line < max_lines);
    fprintf(script, "\n%s_lines = %zu\n", name, lines < max_lines ? lines : max_lines);
}
