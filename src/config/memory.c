/* A chain of blocks: each is asked for by itself, and nothing but the whole is given back. */
#include "config/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct sn_memory_block {
    struct sn_memory_block *next;
    max_align_t room[];
};

void *sn_memory_take(sn_memory *memory, size_t n, size_t size)
{
    struct sn_memory_block *block = NULL;
    if (size == 0 || n <= (SIZE_MAX - sizeof *block) / size)
        block = calloc(1, sizeof *block + n * size);
    if (block == NULL)
        return NULL;
    block->next = memory->blocks;
    memory->taken += n * size;
    memory->blocks = block;
    return block->room;
}

char *sn_memory_text(sn_memory *memory, const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = sn_memory_take(memory, size, 1);
    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

void sn_memory_free(sn_memory *memory)
{
    while (memory->blocks != NULL) {
        struct sn_memory_block *next = memory->blocks->next;
        free(memory->blocks);
        memory->blocks = next;
    }
}
