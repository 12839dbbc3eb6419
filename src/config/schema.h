/* schema.h: the parts of the JSON Schema while it is made. */
#ifndef SELFNORM_CONFIG_SCHEMA_H
#define SELFNORM_CONFIG_SCHEMA_H

#include "keys.h"

/* Trees are made by functions that give NULL when memory is out and take over what they are given;
 * once one has failed, all that it becomes part of has. */
typedef struct sn_schema {
    cJSON *definitions;
    bool failed;
} sn_schema;

void sn_schema_put(sn_schema *s, cJSON *object, const char *name, cJSON *item);
void sn_schema_put_text(sn_schema *s, cJSON *object, const char *name, const char *text);
void sn_schema_put_number(sn_schema *s, cJSON *object, const char *name, double number);
void sn_schema_append(sn_schema *s, cJSON *list, cJSON *item);

/* Moves all members of one object to the end of another. */
void sn_schema_move(sn_schema *s, cJSON *object, cJSON *from);

/* A shape; one with a name is defined once and referred to. */
cJSON *sn_schema_shape(sn_schema *s, const sn_shape *shape);

/* What a key of a shape's variant may be. */
cJSON *sn_schema_key(sn_schema *s, const sn_key *key, const sn_shape *shape, size_t variant);

/* What the sweep of a file of that variant may be. */
void sn_schema_put_sweep(sn_schema *s, cJSON *object, const sn_key *key, size_t variant);

#endif
