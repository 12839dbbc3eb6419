/* The names and formulas of the layer maps, from the one list. */
#include "base/maps.h"

#include <stddef.h>

const char *sn_map_name(sn_map_kind kind)
{
    static const char *const names[] = {
#define SN_MAP_STRING(id, name, doc) name,
        SN_MAP_LIST(SN_MAP_STRING)
#undef SN_MAP_STRING
    };
    return (unsigned)kind < SN_MAP_COUNT ? names[kind] : NULL;
}

const char *sn_map_doc(sn_map_kind kind)
{
    static const char *const docs[] = {
#define SN_MAP_STRING(id, name, doc) doc,
        SN_MAP_LIST(SN_MAP_STRING)
#undef SN_MAP_STRING
    };
    return (unsigned)kind < SN_MAP_COUNT ? docs[kind] : NULL;
}
