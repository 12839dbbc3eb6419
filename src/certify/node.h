/* node.h: the nodes of a branch and bound search, each looked at by itself, and their heap. Not
 * installed. "Maximum" is meant throughout: a minimum is the maximum of the negated quantity. */
#ifndef SELFNORM_CERTIFY_NODE_H
#define SELFNORM_CERTIFY_NODE_H

#include "certify/extreme.h"

SN_BEGIN_DECLS

typedef struct sn_node {
    sn_part shape;   /* as split */
    sn_part point;   /* where low is taken */
    double upper;    /* bound of the maximum over the shape */
    double low, top; /* enclose the value at the point */
    int side;        /* to split; -1: cannot */
    size_t id;
} sn_node;

/* Fills in all but id for the shape that is there. Without a paving the shape may shrink to the face
 * of itself on which the maximum is taken. */
void sn_node_look(const sn_search *search, sn_node *node);

/* Whether a cell has any extent along a side. */
bool sn_node_is_open(const sn_search *search, const sn_part *cell, int side);

/* The longest side of a cell that is too long for the paving, or -1: `pave` to each of two sides, and
 * of more sides as many cells in all. */
int sn_node_side_to_pave(const sn_search *search, const sn_part *cell);

/* A list; or a heap, with the node of the largest upper bound first, the older of two equals. */
typedef struct sn_nodes {
    sn_node *item;
    size_t count, room;
} sn_nodes;

/* False: out of memory, nothing has changed. */
bool sn_nodes_append(sn_nodes *list, const sn_node *node);
bool sn_nodes_push(sn_nodes *heap, const sn_node *node);
sn_node sn_nodes_pop(sn_nodes *heap); /* of one that is not empty */

SN_END_DECLS

#endif
