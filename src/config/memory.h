/* memory.h: what a configuration's structs point to, freed all at once. */
#ifndef SELFNORM_CONFIG_MEMORY_H
#define SELFNORM_CONFIG_MEMORY_H

#include <stddef.h>

struct sn_files;

/* Starts as {0}. */
typedef struct sn_memory {
    struct sn_memory_block *blocks;
    size_t taken;           /* bytes, of all blocks */
    struct sn_files *files; /* the data files of the configuration (data.h), borrowed */
} sn_memory;

/* Zeroed, and aligned for anything; NULL when memory is out. It lasts until sn_memory_free. */
void *sn_memory_take(sn_memory *memory, size_t n, size_t size);
char *sn_memory_text(sn_memory *memory, const char *text); /* a copy */

void sn_memory_free(sn_memory *memory);

#endif
