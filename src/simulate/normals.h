/* normals.h: the float normals of a stream, batch by batch. Not installed. */
#ifndef SELFNORM_SIMULATE_NORMALS_H
#define SELFNORM_SIMULATE_NORMALS_H

#include <stdbool.h>

#include "simulate/random.h"

/* `batches` batches of 64 standard normals into out, from that block of the stream on. */
void sn_normal_batches(const sn_stream *stream, uint32_t block, size_t batches, float *out);

/* The same, in every bit, by the plain loop (lanes 1) or in vectors of 8 or 16 lanes; for 16,
 * batches is even. false, and nothing done: compiler or machine have no such vectors. */
bool sn_normal_batches_in(unsigned lanes, const sn_stream *stream, uint32_t block, size_t batches,
                          float *out);

#endif
