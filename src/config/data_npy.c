/* NPY: the magic bytes, a version, the length of a header that is a Python dictionary with exactly
 * the keys descr, fortran_order and shape, and the values, nothing after them (NumPy Enhancement
 * Proposal 1). Versions 2 and 3 have a longer length field; version 3's header is UTF-8, which the
 * types read here have no use for. Numbers are put together byte by byte, on machines of any
 * order. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/data.h"

enum { MAGIC = 6, LONGEST_HEADER = 65536, SHOWN = 40 };

static const char magic[MAGIC] = {'\x93', 'N', 'U', 'M', 'P', 'Y'};

/* The header while it is read. */
typedef struct header {
    const char *start, *at, *end;
    sn_error *err;
    char type;    /* f, i, u */
    size_t width; /* in bytes */
    bool fortran;
    size_t n_dimensions, shape[2];
    bool has_descr, has_order, has_shape;
} header;

bool sn_is_npy(const char *bytes, size_t length)
{
    return length >= MAGIC && memcmp(bytes, magic, MAGIC) == 0;
}

/* What stands at a place, printable, in a message. */
static const char *show(const header *h, char text[SHOWN + 1])
{
    size_t n = 0;
    for (const char *c = h->at; c < h->end && n < SHOWN; c++)
        text[n++] = *c >= 0x20 && *c < 0x7f ? *c : '?';
    while (n > 0 && text[n - 1] == ' ')
        n--;
    text[n] = '\0';
    return n > 0 ? text : "the end of the header";
}

static sn_status expected(const header *h, const char *what)
{
    char text[SHOWN + 1];
    return sn_fail(h->err, SN_ECONFIG, "byte %td: found %s, allowed is %s", h->at - h->start,
                   show(h, text), what);
}

static void skip_blanks(header *h)
{
    while (h->at < h->end && (*h->at == ' ' || *h->at == '\n' || *h->at == '\t'))
        h->at++;
}

static bool take(header *h, const char *word)
{
    const size_t length = strlen(word);
    skip_blanks(h);
    if ((size_t)(h->end - h->at) < length || memcmp(h->at, word, length) != 0)
        return false;
    h->at += length;
    return true;
}

/* A key in either sort of quotes. */
static bool take_key(header *h, const char *key)
{
    char quoted[32];
    snprintf(quoted, sizeof quoted, "'%s'", key);
    if (take(h, quoted))
        return true;
    quoted[0] = quoted[strlen(quoted) - 1] = '"';
    return take(h, quoted);
}

static sn_status read_descr(header *h)
{
    static const char *const types[] = {"<f2", "<f4", "<f8", "<i2", "<i4", "<i8", "<u2",
                                        "<u4", "<u8", "|i1", "|u1", "<i1", "<u1"};
    skip_blanks(h);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (take_key(h, types[i])) {
            h->type = types[i][1];
            h->width = (size_t)(types[i][2] - '0');
            h->has_descr = true;
            return SN_OK;
        }
    return expected(h, "one of '<f2', '<f4', '<f8', '|i1', '<i2', '<i4', '<i8', '|u1', '<u2', "
                       "'<u4', '<u8'");
}

static sn_status read_shape(header *h)
{
    const char *what = "a shape of one or two numbers from 1 on, like (3, 4)";
    if (!take(h, "("))
        return expected(h, what);
    h->n_dimensions = 0;
    while (!take(h, ")")) {
        if (h->n_dimensions == 2)
            return expected(h, "the end of a shape of one or two dimensions");
        skip_blanks(h);
        const char *first = h->at;
        size_t n = 0;
        for (; h->at < h->end && *h->at >= '0' && *h->at <= '9'; h->at++)
            if (n <= SN_LARGEST_FILE)
                n = 10 * n + (size_t)(*h->at - '0');
        if (h->at == first || n == 0) {
            h->at = first;
            return expected(h, what);
        }
        h->shape[h->n_dimensions++] = n;
        skip_blanks(h);
        if (!take(h, ",") && (h->at == h->end || *h->at != ')'))
            return expected(h, "a comma or ')'");
    }
    h->has_shape = true;
    return h->n_dimensions > 0 ? SN_OK : expected(h, what);
}

static sn_status read_order(header *h)
{
    h->fortran = take(h, "True");
    if (!h->fortran && !take(h, "False"))
        return expected(h, "True or False");
    h->has_order = true;
    return SN_OK;
}

static sn_status read_header(header *h)
{
    if (!take(h, "{"))
        return expected(h, "a dictionary {...}");
    while (!take(h, "}")) {
        sn_status (*read)(header *) = !h->has_descr && take_key(h, "descr")           ? read_descr
                                      : !h->has_order && take_key(h, "fortran_order") ? read_order
                                      : !h->has_shape && take_key(h, "shape")         ? read_shape
                                                                                      : NULL;
        if (read == NULL)
            return expected(h, "each of 'descr', 'fortran_order' and 'shape' once");
        if (!take(h, ":"))
            return expected(h, "a colon");
        const sn_status status = read(h);
        if (status != SN_OK)
            return status;
        skip_blanks(h);
        if (!take(h, ",") && (h->at == h->end || *h->at != '}'))
            return expected(h, "a comma or '}'");
    }
    skip_blanks(h);
    if (h->at != h->end)
        return expected(h, "nothing after the dictionary");
    if (!h->has_descr || !h->has_order || !h->has_shape)
        return expected(h, "each of 'descr', 'fortran_order' and 'shape' once");
    return SN_OK;
}

/* A float of 16 bits: 5 of exponent, 10 of mantissa. */
static double half(uint64_t bits)
{
    const int exponent = (int)(bits >> 10 & 31);
    const double mantissa = (double)(bits & 1023);
    const double size = exponent == 31  ? (mantissa == 0 ? (double)INFINITY : (double)NAN)
                        : exponent == 0 ? ldexp(mantissa, -24)
                                        : ldexp(1024 + mantissa, exponent - 25);
    return bits >> 15 != 0 ? -size : size;
}

static double number(const header *h, const char *bytes)
{
    uint64_t bits = 0;
    for (size_t i = h->width; i-- > 0;)
        bits = bits << 8 | (unsigned char)bytes[i];
    if (h->type == 'u')
        return (double)bits;
    if (h->type == 'i') { /* of two's complement */
        const uint64_t sign = (uint64_t)1 << (8 * h->width - 1);
        return bits & sign ? -(double)((~bits & (sign - 1)) + 1) : (double)bits;
    }
    if (h->width == 2)
        return half(bits);
    if (h->width == 4) {
        const uint32_t word = (uint32_t)bits;
        float x;
        memcpy(&x, &word, sizeof x);
        return (double)x;
    }
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static sn_status read_values(const header *h, const char *bytes, size_t length, size_t most,
                             sn_data *out)
{
    const size_t n_rows = h->n_dimensions == 2 ? h->shape[0] : 1;
    const size_t n_columns = h->n_dimensions == 2 ? h->shape[1] : h->shape[0];
    const size_t offset = (size_t)(bytes - h->start);
    if (n_columns > most || n_rows > most / n_columns)
        return sn_fail(h->err, SN_ETOOBIG, "byte %zu: found %zu x %zu values, allowed are %zu",
                       offset, n_rows, n_columns, most);
    const size_t n = n_rows * n_columns;
    if (length != n * h->width)
        return sn_fail(h->err, SN_ECONFIG,
                       "byte %zu: found %zu bytes of values, allowed are the %zu that %zu x %zu "
                       "values take",
                       offset, length, n * h->width, n_rows, n_columns);
    double *values = malloc(n * sizeof *values);
    if (values == NULL)
        return sn_fail(h->err, SN_ENOMEM, "out of memory");
    for (size_t i = 0; i < n; i++) {
        const size_t row = h->fortran ? i % n_rows : i / n_columns;
        const size_t column = h->fortran ? i / n_rows : i % n_columns;
        const double x = number(h, bytes + i * h->width);
        if (!isfinite(x)) {
            free(values);
            return sn_fail(h->err, SN_ECONFIG,
                           "byte %zu: found %g in row %zu, column %zu, allowed are finite numbers",
                           offset + i * h->width, x, row + 1, column + 1);
        }
        values[row * n_columns + column] = x;
    }
    *out = (sn_data){n_rows, n_columns, values};
    return SN_OK;
}

sn_status sn_npy_parse(const char *bytes, size_t length, size_t most, sn_data *out, sn_error *err)
{
    *out = (sn_data){0};
    if (!sn_is_npy(bytes, length))
        return sn_fail(err, SN_ECONFIG, "byte 0: found no NPY, allowed is \\x93NUMPY");
    if (length < MAGIC + 4)
        return sn_fail(err, SN_ECONFIG, "byte %zu: found the end of the file in the header",
                       length);
    const unsigned char *u = (const unsigned char *)bytes;
    if (u[6] < 1 || u[6] > 3 || u[7] != 0)
        return sn_fail(err, SN_ECONFIG, "byte 6: found version %d.%d, allowed are 1.0, 2.0 and 3.0",
                       u[6], u[7]);
    const size_t first = u[6] == 1 ? MAGIC + 4 : MAGIC + 6;
    if (length < first)
        return sn_fail(err, SN_ECONFIG, "byte %zu: found the end of the file in the header",
                       length);
    size_t size = (size_t)u[8] | (size_t)u[9] << 8;
    if (u[6] > 1)
        size |= (size_t)u[10] << 16 | (size_t)u[11] << 24;
    if (size > LONGEST_HEADER)
        return sn_fail(err, SN_ECONFIG, "byte 8: found a header of %zu bytes, allowed are %d", size,
                       LONGEST_HEADER);
    if (length - first < size)
        return sn_fail(err, SN_ECONFIG, "byte %zu: found the end of the file in the header",
                       length);
    header h = {.start = bytes, .at = bytes + first, .end = bytes + first + size, .err = err};
    const sn_status status = read_header(&h);
    return status != SN_OK
               ? status
               : read_values(&h, bytes + first + size, length - first - size, most, out);
}
