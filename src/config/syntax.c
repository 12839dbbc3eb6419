/* A recogniser of JSON (RFC 8259) by recursive descent.
 *
 * cJSON builds the tree; this decides what it gets to see. cJSON alone would take 01 and 1. for
 * numbers, control characters for white space, raw line breaks and broken UTF-8 in strings, would
 * cut a string at \u0000, and says where it stopped but not why. */
#include "config/syntax.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 64, LONGEST_NUMBER = 63 };

typedef struct reader {
    const char *begin, *at, *end;
    int depth;
    sn_syntax_error *error;
} reader;

static void locate(reader *r, const char *place)
{
    r->error->line = r->error->column = 1;
    for (const char *c = r->begin; c < place; c++) {
        if (*c == '\n') {
            r->error->line++;
            r->error->column = 1;
        } else if (((unsigned char)*c & 0xc0) != 0x80) {
            r->error->column++;
        }
    }
}

static bool fail(reader *r, const char *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail(reader *r, const char *place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(r->error->message, sizeof r->error->message, format, args);
    va_end(args);
    locate(r, place);
    return false;
}

/* Fails at the current place, saying what stands there and what should. */
static bool unexpected(reader *r, const char *wanted)
{
    if (r->at == r->end)
        return fail(r, r->at, "the text ends here, expected %s", wanted);
    const unsigned char c = (unsigned char)*r->at;
    if (c == '/' || c == '#')
        return fail(r, r->at, "found '%c', expected %s (JSON has no comments)", c, wanted);
    if (c == '\'')
        return fail(r, r->at, "found ', expected %s (strings take double quotes)", wanted);
    if (c > 0x20 && c < 0x7f)
        return fail(r, r->at, "found '%c', expected %s", c, wanted);
    return fail(r, r->at, "found the byte 0x%02x, expected %s", c, wanted);
}

static void skip_space(reader *r)
{
    while (r->at < r->end && memchr(" \t\r\n", *r->at, 4) != NULL)
        r->at++;
}

static bool next_is(const reader *r, char c)
{
    return r->at < r->end && *r->at == c;
}

static bool take(reader *r, char c)
{
    if (!next_is(r, c))
        return false;
    r->at++;
    return true;
}

static size_t take_digits(reader *r)
{
    const char *from = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
        r->at++;
    return (size_t)(r->at - from);
}

static bool number(reader *r)
{
    const char *from = r->at;
    take(r, '-');
    const char *whole = r->at;
    const size_t digits = take_digits(r);
    if (digits == 0)
        return unexpected(r, "a digit (infinities are not numbers here)");
    if (digits > 1 && *whole == '0')
        return fail(r, whole, "a number starts with a superfluous 0");
    if (take(r, '.') && take_digits(r) == 0)
        return unexpected(r, "a digit after the point");
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+'))
            take(r, '-');
        if (take_digits(r) == 0)
            return unexpected(r, "a digit of the exponent");
    }
    if (r->at - from > LONGEST_NUMBER)
        return fail(r, from, "a number of more than %d characters", LONGEST_NUMBER);
    return true;
}

static bool word(reader *r, const char *text)
{
    const size_t length = strlen(text);
    if ((size_t)(r->end - r->at) < length || memcmp(r->at, text, length) != 0)
        return unexpected(r, "a value (words are true, false and null; numbers are finite)");
    r->at += length;
    return true;
}

/* Four hexadecimal digits, or -1. */
static long hexadecimal(reader *r)
{
    long code = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        if (r->at == r->end)
            return -1;
        const char c = *r->at;
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return -1;
        code = 16 * code + digit;
    }
    return code;
}

static bool escape(reader *r)
{
    const char *from = r->at - 1;
    if (r->at < r->end && memchr("\"\\/bfnrt", *r->at, 8) != NULL) {
        r->at++;
        return true;
    }
    if (!take(r, 'u'))
        return unexpected(r, "one of \" \\ / b f n r t u after a backslash");
    const long code = hexadecimal(r);
    if (code < 0)
        return unexpected(r, "four hexadecimal digits after \\u");
    if (code == 0)
        return fail(r, from, "the character U+0000 is not allowed in a string");
    if (code >= 0xdc00 && code <= 0xdfff)
        return fail(r, from, "half a surrogate pair");
    if (code >= 0xd800 && code <= 0xdbff) {
        if (!take(r, '\\') || !take(r, 'u'))
            return fail(r, from, "half a surrogate pair");
        const long low = hexadecimal(r);
        if (low < 0xdc00 || low > 0xdfff)
            return fail(r, from, "half a surrogate pair");
    }
    return true;
}

/* One character of more than one byte: well-formed UTF-8, shortest form, no surrogates. */
static bool multibyte(reader *r)
{
    const unsigned char *c = (const unsigned char *)r->at;
    const size_t length = c[0] >= 0xf0 ? 4 : c[0] >= 0xe0 ? 3 : 2;
    if (c[0] < 0xc2 || c[0] > 0xf4 || (size_t)(r->end - r->at) < length)
        return fail(r, r->at, "the byte 0x%02x is not UTF-8", c[0]);
    for (size_t i = 1; i < length; i++)
        if ((c[i] & 0xc0) != 0x80)
            return fail(r, r->at, "the byte 0x%02x is not UTF-8", c[0]);
    if ((c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xed && c[1] >= 0xa0)
        || (c[0] == 0xf0 && c[1] < 0x90) || (c[0] == 0xf4 && c[1] >= 0x90))
        return fail(r, r->at, "the byte 0x%02x is not UTF-8", c[0]);
    r->at += length;
    return true;
}

static bool string(reader *r, const char *wanted)
{
    const char *from = r->at;
    if (!take(r, '"'))
        return unexpected(r, wanted);
    while (r->at < r->end && *r->at != '"') {
        const unsigned char c = (unsigned char)*r->at;
        if (c < 0x20)
            return fail(r, r->at, "the byte 0x%02x in a string must be written as \\u%04x", c, c);
        if (c >= 0x80) {
            if (!multibyte(r))
                return false;
            continue;
        }
        r->at++;
        if (c == '\\' && !escape(r))
            return false;
    }
    if (r->at == r->end)
        return fail(r, from, "a string starts here and does not end");
    r->at++;
    return true;
}

static bool value(reader *r);

/* The members of an object or the items of a list, after its opening bracket. */
static bool members(reader *r, char close)
{
    const bool object = close == '}';
    const char *key = "a key in double quotes";
    skip_space(r);
    if (take(r, close))
        return true;
    for (;;) {
        if (object) {
            if (!string(r, key))
                return false;
            skip_space(r);
            if (!take(r, ':'))
                return unexpected(r, "':' after a key");
        }
        if (!value(r))
            return false;
        skip_space(r);
        if (take(r, close))
            return true;
        const char *comma = r->at;
        if (!take(r, ','))
            return unexpected(r, object ? "',' or '}'" : "',' or ']'");
        skip_space(r);
        if (next_is(r, close))
            return fail(r, comma, "a comma stands before '%c'", close);
    }
}

static bool value(reader *r)
{
    skip_space(r);
    if (r->at == r->end)
        return unexpected(r, "a value");
    const char c = *r->at;
    if (c == '{' || c == '[') {
        if (++r->depth > DEEPEST)
            return fail(r, r->at, "nested more than %d levels deep", DEEPEST);
        r->at++;
        const bool well = members(r, c == '{' ? '}' : ']');
        r->depth--;
        return well;
    }
    if (c == '"')
        return string(r, "a string");
    if (c == '-' || (c >= '0' && c <= '9'))
        return number(r);
    return word(r, c == 't' ? "true" : c == 'f' ? "false" : "null");
}

bool sn_json_syntax(const char *text, size_t length, sn_syntax_error *error)
{
    reader r = {.begin = text, .at = text, .end = text + length, .error = error};
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        return fail(&r, r.at, "a byte order mark; save the text as UTF-8 without one");
    skip_space(&r);
    if (r.at == r.end)
        return fail(&r, r.at, "the text is empty, expected an object {...}");
    if (!value(&r))
        return false;
    skip_space(&r);
    return r.at == r.end || unexpected(&r, "nothing after the value");
}
