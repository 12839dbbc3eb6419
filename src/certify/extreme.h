/* extreme.h: the maximum or minimum of a quantity over a box, enclosed by branch and bound. Not
 * installed.
 *
 * A box is spanned by balls for its decimal ends; a cell is a part of it, in coordinates t from 0 to
 * 1 along each side that are doubles, so that cells split exactly and 0.1 never needs to be one. */
#ifndef SELFNORM_CERTIFY_EXTREME_H
#define SELFNORM_CERTIFY_EXTREME_H

#include "certify/quantity.h"

SN_BEGIN_DECLS

typedef struct sn_box {
    arb_struct lower[SN_BOX_DIM], width[SN_BOX_DIM];
} sn_box;

/* From decimals that are known to be such, or from doubles. */
void sn_box_init(sn_box *box, const sn_decimals ends[SN_BOX_DIM], slong prec);
void sn_box_init_interval(sn_box *box, const sn_interval ends[SN_BOX_DIM]);
void sn_box_clear(sn_box *box);

typedef struct sn_part {
    double from[SN_BOX_DIM], to[SN_BOX_DIM];
} sn_part;

sn_part sn_part_whole(void);

/* The cell's coordinates, enclosed. */
void sn_box_at(arb_ptr at, const sn_box *box, const sn_part *cell, slong prec);
void sn_box_interval(sn_interval out[SN_BOX_DIM], const sn_box *box, const sn_part *cell);

/* The halves of a cell along a side. */
void sn_part_halve(const sn_part *cell, int side, sn_part half[2]);

/* The two parts of a cell along a side: halves, or, where the side's ends are positive and far apart
 * in ratio, about their geometric mean. */
void sn_part_split(const sn_box *box, const sn_part *cell, int side, sn_part half[2]);

/* What several searches share: the boxes looked at, and whether to stop. */
typedef struct sn_meter {
    sn_proof_watch *watch;
    void *context;
    size_t boxes;
    bool stopped;
} sn_meter;

/* Counts, asks the watch now and then; true: stop. From any thread. */
bool sn_meter_tick(sn_meter *meter, size_t boxes);

typedef struct sn_search {
    const sn_ball_map *map;
    const sn_box *box;
    sn_part cell; /* where in the box */
    sn_measure measure;
    bool is_upper;     /* the maximum; else the minimum */
    const char *limit; /* a decimal that the extreme is held against, or NULL */
    bool closed;       /* the extreme may equal the limit */
    double tolerance;  /* stop when enclosed to this width and decided, */
    size_t max_boxes;  /* or after so many boxes, a fifth of them once a limit is decided */
    unsigned pave;     /* 0, or split into so many along each side of the faces at least, */
    sn_table *paving;  /* and add the boxes to this table, */
    size_t tag[2];     /* with these as their first cells */
    sn_meter *meter;
} sn_search;

typedef struct sn_extreme {
    sn_interval value;  /* contains the maximum or minimum; infinite ends: nothing is known */
    sn_part at;         /* a point, whose value `value` contains and bounds from inside */
    sn_verdict verdict; /* on the limit; SN_PROVED without one */
    size_t boxes;
    double left; /* the part of the cells looked at that was open at the end */
} sn_extreme;

/* SN_ENOMEM alone. */
SN_NODISCARD sn_status sn_extreme_find(const sn_search *search, sn_extreme *out, sn_error *err);

/* The faces of a cell on one of which the extreme is taken, with the proof of it in reduce.c.
 * Returns how many; faces has room for SN_MAX_FACES. */
enum { SN_MAX_FACES = 16 };
size_t sn_reduce(const sn_search *search, sn_part faces[SN_MAX_FACES]);

SN_END_DECLS

#endif
