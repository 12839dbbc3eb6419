/* certificate_maker.h: a certificate on its way, as pieces of text with a statement each.
 * Not installed. */
#ifndef SELFNORM_CERTIFY_CERTIFICATE_MAKER_H
#define SELFNORM_CERTIFY_CERTIFICATE_MAKER_H

#include "certify/certificate.h"
#include "certify/certificate_text.h"

SN_BEGIN_DECLS

/* Lines, and a statement to be proved below them, if `limit` is not empty. */
typedef struct sn_piece {
    sn_writer text;
    sn_measure measure;
    bool is_upper, closed;
    char limit[SN_FIXED_SIZE + 200];
    double gap; /* about how much room there is to the limit */
    const sn_span *span;
    sn_dyadic cell;
    size_t boxes, most;
    bool proved;
} sn_piece;

typedef struct sn_maker {
    const sn_claim *claim;
    const sn_ball_map *map;
    sn_piece *piece;
    size_t count, room;
    sn_span **span;
    size_t spans;
    size_t most;
    bool no_memory;
    sn_certified *out;
} sn_maker;

/* Where the next lines go; NULL: out of memory, which the maker remembers. */
sn_writer *sn_maker_lines(sn_maker *m);

/* A statement at the end of these lines: the measure stays below (is_upper) or above the limit, or
 * equals it (closed), in a cell of a span. gap: about how much room there is to the limit. */
void sn_maker_state(sn_maker *m, sn_measure measure, bool is_upper, bool closed, const char *limit,
                    double gap, const sn_span *span, const sn_dyadic *cell);

/* A span of these decimals that lives as long as the maker; NULL: out of memory. */
const sn_span *sn_maker_span(sn_maker *m, const sn_decimals ends[SN_BOX_DIM]);

/* The lines and statements of all chains of an assertion; false: it cannot be, and why is in
 * m->out->reason, or memory is out. */
bool sn_maker_chains(sn_maker *m, const sn_proof *proof, size_t index, const sn_span *whole);

/* Adds the statement and its boxes to the text, if there are few enough. */
void sn_piece_prove(sn_piece *p, const sn_ball_map *map);

void sn_maker_clear(sn_maker *m);

SN_END_DECLS

#endif
