/* Numbers, names and lines of text, as several languages can read them.
 *
 * A constant is a double; a float of it is rounded once from that double, not from decimals. Names
 * come from a formula that was read already, so they are identifiers, but lambda is a keyword in
 * Python and gamma a function in C: such a constant gets an underscore, here and in its formula.
 *
 * Text from outside stands in comments only, one line each, and what could end a line or a comment
 * anywhere is taken out: control characters; the two line separators of Unicode; the marks that turn
 * the direction of writing, with which text can look like other text; and a space goes into "/" "*",
 * "*" "/" and "??", which starts trigraphs. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/number.h"
#include "report/snippet_parts.h"
#include "report/text.h"

sn_literal sn_literal_plain(double value)
{
    sn_literal l;
    sn_number_text(value, l.text);
    return l;
}

static sn_literal special(double value, const char *infinity, const char *nan)
{
    sn_literal l;
    snprintf(l.text, sizeof l.text, "%s%s", value < 0 ? "-" : "", isnan(value) ? nan : infinity);
    return l;
}

static sn_literal decimal(double value)
{
    sn_literal l = sn_literal_plain(value);
    if (strpbrk(l.text, ".e") == NULL)
        strcat(l.text, ".0");
    return l;
}

sn_literal sn_literal_python(double value)
{
    return isfinite(value) ? decimal(value) : special(value, "math.inf", "math.nan");
}

sn_literal sn_literal_c(double value)
{
    return isfinite(value) ? decimal(value) : special(value, "INFINITY", "NAN");
}

static void set_point(char *text) /* the point may be another locale's */
{
    for (char *p = text; *p != '\0'; p++)
        if (strchr("+-0123456789abcdefpx", *p) == NULL)
            *p = '.';
}

sn_literal sn_literal_c_hex(double value)
{
    if (!isfinite(value))
        return special(value, "INFINITY", "NAN");
    sn_literal l;
    snprintf(l.text, sizeof l.text, "%a", value);
    set_point(l.text);
    return l;
}

sn_literal sn_literal_c_hex_float(double value)
{
    sn_literal l = sn_literal_c_hex((float)value);
    if (isfinite((float)value))
        strcat(l.text, "f");
    return l;
}

sn_literal sn_literal_float_decimal(double value)
{
    const float rounded = (float)value;
    if (!isfinite(rounded))
        return sn_literal_plain(rounded);
    sn_literal l;
    int digits = 1;
    while (snprintf(l.text, sizeof l.text, "%.*g", digits, rounded),
           digits < 9 && strtof(l.text, NULL) != rounded)
        digits++;
    set_point(l.text);
    return l;
}

static bool is_listed(const char *const *words, const char *word)
{
    while (*words != NULL && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) != 0 || c == '_';
}

static bool is_letter_or_digit(char c)
{
    return is_letter(c) || isdigit((unsigned char)c) != 0;
}

/* What the checks call their own, beside what they call. */
static const char *const check_words[] = {"centre",   "chi1",     "doubles",  "value_before",
                                          "known",    "mean",     "n",        "ok",
                                          "p",        "p_before", "scale",    "second_moment",
                                          "slope",    "t",        "total",    "value",
                                          "variance", "z",        "z_before", NULL};

void sn_snippet_name_function(sn_snippet_pen *pen)
{
    const char *given = pen->snippet->name != NULL ? pen->snippet->name : "";
    static const char tail[] = "_activation";
    const size_t room = sizeof pen->name - sizeof tail;
    size_t length = 0;
    if (!isalpha((unsigned char)*given)) /* C has its own uses for names that begin with _ */
        pen->name[length++] = 'f';
    for (; *given != '\0' && length < room; given++)
        pen->name[length++] = is_letter_or_digit(*given) ? *given : '_';
    pen->name[length] = '\0';
    if (is_listed(pen->reserved, pen->name) || is_listed(check_words, pen->name))
        memcpy(pen->name + length, tail, sizeof tail);
}

static const sn_snippet_constant *find_constant(const sn_snippet *s, const char *name,
                                                size_t length)
{
    for (size_t i = 0; i < s->n_constants; i++)
        if (strncmp(s->constants[i].name, name, length) == 0
            && s->constants[i].name[length] == '\0')
            return &s->constants[i];
    return NULL;
}

static bool is_constant_with_tail(const sn_snippet *s, const char *name, size_t underscores)
{
    const size_t length = strlen(name);
    for (size_t i = 0; i < s->n_constants; i++) {
        const char *other = s->constants[i].name;
        if (strncmp(other, name, length) == 0 && strlen(other) == length + underscores
            && strspn(other + length, "_") == underscores)
            return true;
    }
    return false;
}

void sn_snippet_put_name(const sn_snippet_pen *pen, const char *name)
{
    sn_draft_put(pen->out, name);
    if (!is_listed(pen->reserved, name) && strcmp(name, pen->name) != 0)
        return;
    size_t underscores = 1;
    while (is_constant_with_tail(pen->snippet, name, underscores))
        underscores++;
    while (underscores-- > 0)
        sn_draft_put(pen->out, "_");
}

/* Past the number or the identifier that text starts with; of other text, past a character. */
static const char *token_end(const char *text)
{
    if (isdigit((unsigned char)*text))
        while (is_letter_or_digit(*text) || *text == '.')
            text++;
    else if (is_letter(*text))
        while (is_letter_or_digit(*text))
            text++;
    else
        text++;
    return text;
}

void sn_snippet_put_formula(const sn_snippet_pen *pen, const char *formula)
{
    char before = ' ';
    const char *text = formula + strspn(formula, "\n ");
    while (*text != '\0') {
        const char *end = token_end(text);
        if (strchr(" \n", *text) != NULL) { /* as one space; none at the end */
            end = text + strspn(text, " \n");
            sn_draft_put(pen->out, *end != '\0' ? " " : "");
            before = ' ';
            text = end;
            continue;
        }
        /* torch.where and exp( are the language's own. */
        const sn_snippet_constant *constant =
            is_letter(*text) && before != '.' && *end != '.' && *end != '('
                ? find_constant(pen->snippet, text, (size_t)(end - text))
                : NULL;
        if (constant != NULL)
            sn_snippet_put_name(pen, constant->name);
        else
            sn_draft_put_bytes(pen->out, text, (size_t)(end - text));
        before = end[-1];
        text = end;
    }
}

bool sn_snippet_uses(const sn_snippet *snippet, const char *formula, const char *name, bool *tailed)
{
    const size_t length = strlen(name);
    *tailed = false;
    for (const char *text = formula; *text != '\0'; text = token_end(text)) {
        const size_t n = (size_t)(token_end(text) - text);
        if (n == length + 1 && strncmp(text, name, length) == 0 && text[length] == '_'
            && find_constant(snippet, text, n) == NULL)
            *tailed = true;
    }
    return *tailed || sn_snippet_has_word(formula, name);
}

bool sn_snippet_has_word(const char *text, const char *word)
{
    const size_t length = strlen(word);
    while (text != NULL && *text != '\0') {
        const char *end = token_end(text);
        if ((size_t)(end - text) == length && strncmp(text, word, length) == 0)
            return true;
        text = end;
    }
    return false;
}

/* The two or three bytes of U+0080 to U+009F; U+061C; U+200E, U+200F, U+2028 to U+202E, U+2066 to
 * U+2069; U+FEFF, which is a byte order mark at the start of a file. */
static bool is_control(const char *text, size_t length)
{
    const unsigned char *byte = (const unsigned char *)text;
    if (length == 1)
        return byte[0] < 0x20 || byte[0] == 0x7f;
    if (length == 2)
        return (byte[0] == 0xC2 && byte[1] < 0xA0) || (byte[0] == 0xD8 && byte[1] == 0x9C);
    if (length != 3)
        return false;
    if (byte[0] == 0xE2 && byte[1] == 0x80)
        return byte[2] == 0x8E || byte[2] == 0x8F || (byte[2] >= 0xA8 && byte[2] <= 0xAE);
    if (byte[0] == 0xE2 && byte[1] == 0x81)
        return byte[2] >= 0xA6 && byte[2] <= 0xA9;
    return byte[0] == 0xEF && byte[1] == 0xBB && byte[2] == 0xBF;
}

void sn_snippet_put_escaped_line(sn_draft *out, const char *text, const char *escaped)
{
    char before = ' ';
    for (size_t length; text != NULL && *text != '\0'; text += length > 0 ? length : 1) {
        length = sn_utf8_length(text);
        char c = *text;
        if ((before == '*' && c == '/') || (before == '/' && c == '*')
            || (before == '?' && c == '?'))
            sn_draft_put(out, " ");
        if (length == 0) {
            sn_draft_put(out, SN_REPLACEMENT);
        } else if (is_control(text, length)) {
            sn_draft_put(out, " ");
            c = ' ';
        } else {
            sn_draft_put(out, strchr(escaped, c) != NULL ? "\\" : "");
            sn_draft_put_bytes(out, text, length);
        }
        before = c;
    }
}

void sn_snippet_put_line(sn_draft *out, const char *text)
{
    sn_snippet_put_escaped_line(out, text, "");
}
