/* pointer.h: JSON pointers (RFC 6901) into configurations. */
#ifndef SELFNORM_CONFIG_POINTER_H
#define SELFNORM_CONFIG_POINTER_H

#include "keys.h"

/* Whether a place is the other or lies in it. */
bool sn_pointer_within(const char *inner, const char *outer);

/* The key at a pointer into a file of that kind (SN_CONFIG_KIND_COUNT: any). False, having
 * complained at the place named where, if there is none. */
bool sn_pointer_key(sn_findings *findings, const char *where, sn_config_kind kind,
                    const char *pointer, sn_key *key);

/* Puts a copy of value at the pointer, for which sn_pointer_key has been true: replaces what is
 * there, or adds it to the object above it, or to that object's default. Complains, at the
 * pointer, of an item that its list has not. */
void sn_pointer_set(sn_findings *findings, sn_config_kind kind, cJSON *file, const char *pointer,
                    const cJSON *value);

#endif
