/* The lists of config.h as names and docs. */
#include "config/common_keys.h"

#define AT(texts, index)                                                                           \
    ((size_t)(index) < sizeof(texts) / sizeof(texts)[0] ? (texts)[(size_t)(index)] : NULL)

const char *sn_config_kind_name(sn_config_kind kind)
{
    static const char *const names[] = {
#define NAME(id, name, doc) name,
        SN_CONFIG_KIND_LIST(NAME)
#undef NAME
    };
    return AT(names, kind);
}

const char *sn_config_kind_doc(sn_config_kind kind)
{
    static const char *const docs[] = {
#define DOC(id, name, doc) doc,
        SN_CONFIG_KIND_LIST(DOC)
#undef DOC
    };
    return AT(docs, kind);
}

static const char *kind_name(size_t index)
{
    return sn_config_kind_name((sn_config_kind)index);
}

static const char *kind_doc(size_t index)
{
    return sn_config_kind_doc((sn_config_kind)index);
}

const sn_names sn_kind_names = {kind_name, kind_doc};

static const char *map_name(size_t index)
{
    return sn_map_name((sn_map_kind)index);
}

static const char *map_doc(size_t index)
{
    return sn_map_doc((sn_map_kind)index);
}

const sn_names sn_map_names = {map_name, map_doc};

const char *sn_plot_name(sn_plot plot)
{
    static const char *const names[] = {
#define NAME(id, kind, needs, name, doc) name,
        SN_PLOT_LIST(NAME)
#undef NAME
    };
    return AT(names, plot);
}

const char *sn_plot_doc(sn_plot plot)
{
    static const char *const docs[] = {
#define DOC(id, kind, needs, name, doc) doc,
        SN_PLOT_LIST(DOC)
#undef DOC
    };
    return AT(docs, plot);
}

sn_config_kind sn_plot_config_kind(sn_plot plot)
{
    static const sn_config_kind kinds[] = {
#define KIND(id, kind, needs, name, doc) kind,
        SN_PLOT_LIST(KIND)
#undef KIND
    };
    return plot < SN_PLOT_COUNT ? kinds[plot] : SN_CONFIG_KIND_COUNT;
}

sn_plot_need sn_plot_needs(sn_plot plot)
{
    static const sn_plot_need needs_of[] = {
#define NEEDS(id, kind, needs, name, doc) needs,
        SN_PLOT_LIST(NEEDS)
#undef NEEDS
    };
    return plot < SN_PLOT_COUNT ? needs_of[plot] : SN_PLOT_NEEDS_NOTHING;
}

const char *sn_plot_need_text(sn_plot_need need)
{
    static const char *const texts[] = {
#define TEXT(id, text) text,
        SN_PLOT_NEED_LIST(TEXT)
#undef TEXT
    };
    return AT(texts, need);
}

/* The index-th plot of a kind, or SN_PLOT_COUNT. */
static sn_plot plot_at(sn_config_kind kind, size_t index)
{
    for (size_t i = 0; i < SN_PLOT_COUNT; i++)
        if (sn_plot_config_kind((sn_plot)i) == kind && index-- == 0)
            return (sn_plot)i;
    return SN_PLOT_COUNT;
}

static const char *map_plot_name(size_t index)
{
    return sn_plot_name(plot_at(SN_CONFIG_MAP, index));
}

static const char *map_plot_doc(size_t index)
{
    return sn_plot_doc(plot_at(SN_CONFIG_MAP, index));
}

const sn_names sn_map_plot_names = {map_plot_name, map_plot_doc};

static const char *simulate_plot_name(size_t index)
{
    return sn_plot_name(plot_at(SN_CONFIG_SIMULATE, index));
}

static const char *simulate_plot_doc(size_t index)
{
    return sn_plot_doc(plot_at(SN_CONFIG_SIMULATE, index));
}

const sn_names sn_simulate_plot_names = {simulate_plot_name, simulate_plot_doc};

static const char *verify_plot_name(size_t index)
{
    return sn_plot_name(plot_at(SN_CONFIG_VERIFY, index));
}

static const char *verify_plot_doc(size_t index)
{
    return sn_plot_doc(plot_at(SN_CONFIG_VERIFY, index));
}

const sn_names sn_verify_plot_names = {verify_plot_name, verify_plot_doc};

const char *sn_coordinate_name(sn_coordinate coordinate)
{
    static const char *const names[] = {
#define NAME(id, name, initial, doc) #name,
        SN_COORDINATE_LIST(NAME)
#undef NAME
    };
    return AT(names, coordinate);
}

const char *sn_coordinate_doc(sn_coordinate coordinate)
{
    static const char *const docs[] = {
#define DOC(id, name, initial, doc) doc,
        SN_COORDINATE_LIST(DOC)
#undef DOC
    };
    return AT(docs, coordinate);
}

double *sn_coordinate_of(sn_layer_point *point, sn_coordinate coordinate)
{
    double *const fields[] = {
#define FIELD(id, name, initial, doc) &point->name,
        SN_COORDINATE_LIST(FIELD)
#undef FIELD
    };
    return fields[coordinate];
}

const char *sn_scale_name(sn_scale scale)
{
    static const char *const names[] = {
#define NAME(id, name, doc) name,
        SN_SCALE_LIST(NAME)
#undef NAME
    };
    return AT(names, scale);
}

const char *sn_scale_doc(sn_scale scale)
{
    static const char *const docs[] = {
#define DOC(id, name, doc) doc,
        SN_SCALE_LIST(DOC)
#undef DOC
    };
    return AT(docs, scale);
}
