/* nearest.h: the known word nearest to a mistyped one, for messages that help. */
#ifndef SELFNORM_BASE_NEAREST_H
#define SELFNORM_BASE_NEAREST_H

#include <stddef.h>

#include "status.h"

SN_BEGIN_DECLS

/* The word of a list with the smallest edit distance (insert, delete, replace, swap neighbours) to
 * the given one; the first of several. word(context, i) is the i-th known word, NULL past the
 * last. "" for an empty list. Letters after the 63rd do not count. */
const char *sn_nearest(const char *given, const char *(*word)(const void *context, size_t index),
                       const void *context);

SN_END_DECLS

#endif
