/* The names and one-line docs of the choices that layers and simulations have, each from the list
 * that makes its enumeration.
 */
#include "simulate/layer.h"
#include "simulate/simulate.h"

#define NAME(id, name, doc) [id] = name,
#define DOC(id, name, doc)  [id] = doc,

#define DEFINE_NAMES(function, type, LIST, COUNT)                                                  \
    const char *function##_name(type choice)                                                       \
    {                                                                                              \
        static const char *const names[] = {LIST(NAME)};                                           \
        return (unsigned)choice < COUNT ? names[choice] : NULL;                                    \
    }                                                                                              \
                                                                                                   \
    const char *function##_doc(type choice)                                                        \
    {                                                                                              \
        static const char *const docs[] = {LIST(DOC)};                                             \
        return (unsigned)choice < COUNT ? docs[choice] : NULL;                                     \
    }

DEFINE_NAMES(sn_weight_law, sn_weight_law, SN_WEIGHT_LAW_LIST, SN_WEIGHT_LAW_COUNT)
DEFINE_NAMES(sn_weight_structure, sn_weight_structure, SN_WEIGHT_STRUCTURE_LIST,
             SN_WEIGHT_STRUCTURE_COUNT)
DEFINE_NAMES(sn_normalization, sn_normalization, SN_NORMALIZATION_LIST, SN_NORMALIZATION_COUNT)
DEFINE_NAMES(sn_input_law, sn_input_law, SN_INPUT_LAW_LIST, SN_INPUT_LAW_COUNT)
DEFINE_NAMES(sn_method, sn_method, SN_METHOD_LIST, SN_METHOD_COUNT)
DEFINE_NAMES(sn_clip, sn_clip_kind, SN_CLIP_LIST, SN_CLIP_COUNT)
