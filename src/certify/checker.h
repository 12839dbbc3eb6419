/* checker.h: what the parts of the checker of certificates share. Not installed.
 *
 * The functions that return a bool return false once the certificate is known to be invalid, or
 * memory is out. */
#ifndef SELFNORM_CERTIFY_CHECKER_H
#define SELFNORM_CERTIFY_CHECKER_H

#include "certify/certificate.h"
#include "certify/certificate_text.h"

SN_BEGIN_DECLS

enum { SN_MOST_LINKS = 1000, SN_MOST_LINES = 999999999 };

typedef struct sn_span_list {
    sn_span span;
    struct sn_span_list *next;
} sn_span_list;

/* A box with the bound that is written for it. */
typedef struct sn_checked_leaf {
    const sn_span *span;
    sn_dyadic cell;
    sn_measure measure;
    bool is_upper, at_point, wrong;
    int decimals;
    int64_t units;
    size_t line;
} sn_checked_leaf;

typedef struct sn_checker {
    const char *original, *copy; /* the text, and as the reader leaves it */
    sn_reader reader;
    sn_check *out;
    sn_ball_map map;
    sn_claim_text text;
    sn_span_list *spans;
    sn_checked_leaf *leaves;
    size_t count, room;
    bool no_memory;
} sn_checker;

/* Says what is wrong with the line last read, the first time; false. */
bool sn_check_reject(sn_checker *c, const char *why);

/* The next line must read like the pattern (sn_reader_says). */
bool sn_check_expect(sn_checker *c, const char *pattern, const char *got[SN_WORDS]);

/* A box with these ends, kept until sn_check_forget; NULL: it is none. */
const sn_span *sn_check_span(sn_checker *c, const sn_decimals ends[SN_BOX_DIM]);

/* What a statement has to say. */
typedef struct sn_demand {
    sn_measure measure;
    bool is_upper, closed;
    const char *limit;
    const sn_span *span;
    sn_dyadic cell;
} sn_demand;

bool sn_check_statement(sn_checker *c, const sn_demand *d);

/* Four statements: the map takes a cell of a span into a box of (mu, nu). */
bool sn_check_image(sn_checker *c, const sn_span *span, const sn_dyadic *cell,
                    const sn_decimals *mu, const sn_decimals *nu);

/* Keeps a bound to be looked at; and looks at all that were kept. */
bool sn_check_add(sn_checker *c, const sn_checked_leaf *l);
bool sn_check_boxes(sn_checker *c);
void sn_check_forget(sn_checker *c);

/* The chains of `attracting` or `enters`; the refutation of a claim. */
bool sn_check_parts(sn_checker *c, const sn_assertion *a, const sn_span *whole);
bool sn_check_refutation(sn_checker *c, const sn_span *whole);

SN_END_DECLS

#endif
