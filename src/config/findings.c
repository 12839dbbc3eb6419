/* Errors are collected, told apart by place and text, and written out at the end. What is wrong in
 * the file itself is said once, however many points its sweep has; what is wrong in some points
 * only is said once too, with the first of them. */
#include "config/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 100 };

/* Takes pointer and text over. */
static void note(sn_findings *findings, char *pointer, char *text)
{
    if (pointer == NULL || text == NULL)
        goto no_memory;
    for (size_t i = 0; i < findings->n; i++) {
        sn_finding *known = &findings->items[i];
        if (strcmp(known->pointer, pointer) == 0 && strcmp(known->text, text) == 0) {
            known->count += known->count > 0 && known->last_point != findings->point;
            known->last_point = findings->point;
            goto done;
        }
    }
    if (findings->n == MOST) {
        findings->left_out = true;
        goto done;
    }
    sn_finding *items = realloc(findings->items, (findings->n + 1) * sizeof *items);
    if (items == NULL)
        goto no_memory;
    findings->items = items;
    items[findings->n++] =
        (sn_finding){pointer, text, findings->point, findings->point, findings->swept ? 1 : 0};
    return;
no_memory:
    findings->no_memory = true;
done:
    free(pointer);
    free(text);
}

static char *format_text(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length >= 0 ? malloc((size_t)length + 1) : NULL;
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

void sn_complain(sn_findings *findings, const sn_path *path, const char *format, ...)
{
    sn_text pointer = {0};
    sn_text_add_path(&pointer, path);
    va_list args;
    va_start(args, format);
    note(findings, sn_text_take(&pointer), format_text(format, args));
    va_end(args);
}

void sn_complain_at(sn_findings *findings, const char *pointer, const char *format, ...)
{
    sn_text copy = {0};
    sn_text_add(&copy, pointer);
    va_list args;
    va_start(args, format);
    note(findings, sn_text_take(&copy), format_text(format, args));
    va_end(args);
}

void sn_complain_text(sn_findings *findings, const sn_path *path, sn_text *text)
{
    sn_text pointer = {0};
    sn_text_add_path(&pointer, path);
    note(findings, sn_text_take(&pointer), sn_text_take(text));
}

void sn_complain_text_at(sn_findings *findings, const char *pointer, sn_text *text)
{
    sn_text copy = {0};
    sn_text_add(&copy, pointer);
    note(findings, sn_text_take(&copy), sn_text_take(text));
}

bool sn_findings_none(const sn_findings *findings)
{
    return findings->n == 0 && !findings->no_memory;
}

bool sn_errors_add(sn_config_errors *errors, char *line)
{
    char **lines = NULL;
    if (line != NULL)
        lines = realloc(errors->lines, (errors->count + 1) * sizeof *lines);
    if (lines == NULL) {
        free(line);
        return false;
    }
    errors->lines = lines;
    lines[errors->count++] = line;
    return true;
}

bool sn_findings_write(const sn_findings *findings, size_t n_points,
                       char *(*where)(const void *context, size_t point), const void *context,
                       sn_config_errors *errors)
{
    for (size_t i = 0; i < findings->n; i++) {
        const sn_finding *item = &findings->items[i];
        sn_text line = {0};
        sn_text_addf(&line, "%s: %s%s%s", findings->name, item->pointer,
                     *item->pointer != '\0' ? ": " : "", item->text);
        if (item->count > 0 && item->count < n_points) {
            char *combination = where(context, item->first_point);
            sn_text_addf(&line, " (at %s", combination != NULL ? combination : "?");
            if (item->count > 1)
                sn_text_addf(&line, " and %zu more of the %zu combinations", item->count - 1,
                             n_points);
            sn_text_add(&line, ")");
            free(combination);
        }
        if (!sn_errors_add(errors, sn_text_take(&line)))
            return false;
    }
    if (!findings->left_out)
        return true;
    sn_text line = {0};
    sn_text_addf(&line, "%s: and more errors than are listed here", findings->name);
    return sn_errors_add(errors, sn_text_take(&line));
}

void sn_findings_free(sn_findings *findings)
{
    for (size_t i = 0; i < findings->n; i++) {
        free(findings->items[i].pointer);
        free(findings->items[i].text);
    }
    free(findings->items);
    findings->items = NULL;
    findings->n = 0;
}
