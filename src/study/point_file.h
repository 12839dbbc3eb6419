/* point_file.h: the totals of a point as the bytes of a file: "snpoint1", the run's digest (32
 * bytes), the point, how many replicas are done and how many doubles follow (8 bytes each), the
 * doubles (8 bytes each), and a SHA-256 of all that; all numbers with the lowest byte first.
 */
#ifndef SELFNORM_STUDY_POINT_FILE_H
#define SELFNORM_STUDY_POINT_FILE_H

#include "study/checkpoint.h"

/* The bytes, to be freed; NULL when memory is out. */
uint8_t *sn_point_bytes(const uint8_t run[SN_SHA256_BYTES], size_t point,
                        const sn_point_state *state, size_t *size);

/* The totals in them; path is for messages. SN_EINVAL: damaged, of another run or point; SN_ENOMEM;
 * *out is then as it was. */
SN_NODISCARD sn_status sn_point_parse(const char *path, const uint8_t run[SN_SHA256_BYTES],
                                      size_t point, const uint8_t *bytes, size_t size,
                                      sn_point_state *out, sn_error *err);

#endif
