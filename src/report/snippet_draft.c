/* A text that grows to twice its room when it is full. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/snippet_parts.h"

/* Room for n more bytes and a NUL. */
static bool make_room(sn_draft *draft, size_t n)
{
    if (draft->failed || n < draft->room - draft->length)
        return !draft->failed;
    const size_t room = 2 * draft->room + n + 1024;
    char *text = realloc(draft->text, room);
    draft->failed = text == NULL;
    if (draft->failed)
        return false;
    draft->text = text;
    draft->room = room;
    return true;
}

void sn_draft_put_bytes(sn_draft *draft, const char *bytes, size_t n)
{
    if (!make_room(draft, n))
        return;
    memcpy(draft->text + draft->length, bytes, n);
    draft->length += n;
    draft->text[draft->length] = '\0';
}

void sn_draft_put(sn_draft *draft, const char *text)
{
    sn_draft_put_bytes(draft, text, strlen(text));
}

void sn_draft_format(sn_draft *draft, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        draft->failed = true;
    } else if (make_room(draft, (size_t)n)) {
        va_start(args, format);
        vsnprintf(draft->text + draft->length, (size_t)n + 1, format, args);
        va_end(args);
        draft->length += (size_t)n;
    }
}
