/* The table of observables.h, read out. */
#include "simulate/observables.h"

typedef struct entry {
    const char *name, *doc;
    unsigned group;
} entry;

#define GROUP(id, name, doc)           {name, doc, SN_OBSERVE_##id},
#define QUANTITY(id, name, group, doc) {name, doc, SN_OBSERVE_##group},
static const entry groups[] = {SN_OBSERVE_LIST(GROUP)};
static const entry quantities[] = {SN_OBSERVABLE_LIST(QUANTITY)};
#undef GROUP
#undef QUANTITY

const char *sn_observe_name(size_t group)
{
    return group < SN_OBSERVE_COUNT ? groups[group].name : NULL;
}

const char *sn_observe_doc(size_t group)
{
    return group < SN_OBSERVE_COUNT ? groups[group].doc : NULL;
}

const char *sn_observable_name(sn_observable quantity)
{
    return (size_t)quantity < SN_OBSERVABLE_COUNT ? quantities[quantity].name : NULL;
}

const char *sn_observable_doc(sn_observable quantity)
{
    return (size_t)quantity < SN_OBSERVABLE_COUNT ? quantities[quantity].doc : NULL;
}

unsigned sn_observable_group(sn_observable quantity)
{
    return (size_t)quantity < SN_OBSERVABLE_COUNT ? quantities[quantity].group : 0;
}
