/* chain.h: the path of a whole box of (mu, nu) through the layers, enclosed. Not installed.
 *
 * For a cell of (omega, tau), a chain B_0, B_1, ..., B_n of boxes of (mu, nu) is such that the map
 * takes B_i into B_(i+1) for every (omega, tau) of the cell, be it the same in all layers or not.
 * Everything about attraction and entry is read off chains; a certificate holds them. */
#ifndef SELFNORM_CERTIFY_CHAIN_H
#define SELFNORM_CERTIFY_CHAIN_H

#include "certify/extreme.h"

SN_BEGIN_DECLS

/* A box of (mu, nu) with ends that are doubles. */
typedef struct sn_link {
    sn_interval mu, nu;
} sn_link;

/* Contained, ends included. */
bool sn_link_inside(const sn_link *inner, const sn_link *outer);

/* A box that a chain can go on from: all ends finite, nu > 0. */
bool sn_link_known(const sn_link *link);

/* One proof by a chain. The start B_0 is the cell's (mu, nu); link[0..n-1] are B_1 ... B_n.
 *   enters:      B_n (the start itself, if n = 0) is inside the target.
 *   attracting:  n >= 1; the map takes B_n into itself and contracts it in the norm of `weight`
 *                (sn_measure), and some B_i, i >= 1, is inside the claim's box. */
typedef struct sn_chain {
    size_t assertion;
    sn_part part;
    size_t n;
    sn_link *link;
    double weight; /* 0: enters */
} sn_chain;

struct sn_chains {
    size_t count, room;
    sn_chain *item;
};

void sn_chain_clear(sn_chain *chain);

/* Adds a link; false: out of memory. */
bool sn_chain_add(sn_chain *chain, const sn_link *link);

/* The same links; false: out of memory. */
bool sn_chain_copy(sn_chain *to, const sn_chain *from);

/* Moves a chain to the end of a list; false: out of memory, and the chain is the caller's still. */
bool sn_chains_move(struct sn_chains *chains, sn_chain *chain);
void sn_chains_free(struct sn_chains *chains); /* NULL is fine */

/* The setting of a chain: the map, and the cell's omega and tau, rounded outwards. */
typedef struct sn_path {
    const sn_ball_map *map;
    sn_interval omega, tau;
    size_t max_boxes; /* for each search */
    size_t budget;    /* for all */
    size_t boxes;     /* looked at so far */
    sn_meter *meter;
} sn_path;

/* Whether to stop: the budget is spent, or the watch says so. */
bool sn_path_is_over(const sn_path *path);

/* A box that contains the image of `from`. SN_ENOMEM. Infinite ends: nothing is known. */
SN_NODISCARD sn_status sn_path_step(sn_path *path, const sn_link *from, sn_link *to, sn_error *err);

/* Whether the map contracts the box, in the norm of some weight: *factor is then below 1 and bounds
 * the norm of the Jacobian from above; otherwise *factor is 1 or more. */
SN_NODISCARD sn_status sn_path_contracts(sn_path *path, const sn_link *box, double *weight,
                                         double *factor, sn_error *err);

/* Whether the map has no fixed point in the box, since its step has one sign there. */
SN_NODISCARD sn_status sn_path_moves(sn_path *path, const sn_link *box, bool *moves, sn_error *err);

SN_END_DECLS

#endif
