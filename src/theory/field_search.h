/* field_search.h: where V(q) = q > 0, for field_points.c. Not installed. */
#ifndef SELFNORM_THEORY_FIELD_SEARCH_H
#define SELFNORM_THEORY_FIELD_SEARCH_H

#include "theory/field_parts.h"

/* g = log(V(q) / q) and its derivative by u = log q. */
typedef struct sn_field_node {
    double u, q, g, dg, noise; /* noise: of g, absolute */
} sn_field_node;

enum { SN_MAX_FIELD_NODES = 700 };

typedef struct sn_field_grid {
    size_t n;
    sn_field_node nodes[SN_MAX_FIELD_NODES]; /* ascending */
} sn_field_grid;

typedef struct sn_field_root {
    sn_field_node at;
    int below, above; /* signs of g on either side; 0: it stays 0 */
    bool isolated;
    double error; /* of log q */
} sn_field_root;

typedef struct sn_field_roots {
    size_t count;
    sn_field_root roots[SN_MAX_FIELD_POINTS];
    bool from_start; /* the first root stands for a range that begins at the first node */
} sn_field_roots;

/* Lays the grid as far as there are moments. at_zero: V(0). Statuses as sn_law_moments. */
SN_NODISCARD sn_status sn_field_lay_grid(const sn_field *field, double at_zero, sn_field_grid *out,
                                         sn_error *err);
SN_NODISCARD sn_status sn_field_find_roots(const sn_field *field, const sn_field_grid *grid,
                                           sn_field_roots *out, sn_error *err);

/* One node. */
SN_NODISCARD sn_status sn_field_node_at(const sn_field *field, double q, sn_field_node *out,
                                        sn_error *err);

/* The sign of g, 0 within its noise. */
int sn_field_sign(const sn_field_node *node);

#endif
