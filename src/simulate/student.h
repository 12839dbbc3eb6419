/* student.h: numbers of Student's t. Not installed. */
#ifndef SELFNORM_SIMULATE_STUDENT_H
#define SELFNORM_SIMULATE_STUDENT_H

#include "simulate/random.h"

/* n independent numbers of Student's t with that many degrees of freedom, above 2, divided by the
 * law's deviation: of mean 0 and variance 1. The first n of the stream, of which each takes two
 * normals in double; in float they are the same numbers, rounded. */
void sn_student_row_float(double freedom, const sn_stream *stream, size_t n, float *out);
void sn_student_row_double(double freedom, const sn_stream *stream, size_t n, double *out);

#endif
