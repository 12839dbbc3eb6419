/* sampled.h: activations given by a table of points.
 *
 * Between the points a monotone cubic (Fritsch and Carlson 1980, with the slopes of Fritsch and
 * Butland 1984), which never overshoots; beyond the first and the last point straight on, with the
 * slope there. f and f' are continuous, f'' jumps at the points.
 */
#ifndef SELFNORM_ACTIVATION_SAMPLED_H
#define SELFNORM_ACTIVATION_SAMPLED_H

#include "activation.h"

SN_BEGIN_DECLS

typedef struct sn_sampled sn_sampled;

/* A table of n >= 2 points; x strictly ascending, all finite. Copies them. *out is the caller's to
 * free. SN_EINVAL: not such points, the message says which; SN_ENOMEM. */
SN_NODISCARD sn_status sn_sampled_new(size_t n, const double *x, const double *f, sn_sampled **out,
                                      sn_error *err);
void sn_sampled_free(sn_sampled *table); /* NULL is fine */

/* The activation it is; it borrows the table, which must outlive it. Thread-safe. */
sn_activation sn_sampled_activation(const sn_sampled *table);

SN_END_DECLS

#endif
