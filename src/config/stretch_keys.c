/* The keys of a stretch: one side of a claim's box, and where its end, or both, move to. */
#include "config/stretch_keys.h"

#include <string.h>

#include "config/literals.h"

static const char *side_name(size_t index)
{
    return sn_coordinate_name((sn_coordinate)index);
}

static const char *side_doc(size_t index)
{
    return sn_coordinate_doc((sn_coordinate)index);
}

_Static_assert((int)SN_MU == SN_BOX_MU && (int)SN_NU == SN_BOX_NU && (int)SN_OMEGA == SN_BOX_OMEGA
                   && (int)SN_TAU == SN_BOX_TAU && (int)SN_COORDINATE_COUNT == SN_BOX_DIM,
               "the sides of a box are the coordinates");

static const sn_names sides = {side_name, side_doc};

static const char *end_name(size_t index)
{
    static const char *const names[] = {"lower", "upper"};
    return index < 2 ? names[index] : NULL;
}

static const char *end_doc(size_t index)
{
    static const char *const docs[] = {"it moves down", "it moves up"};
    return index < 2 ? docs[index] : NULL;
}

static const sn_names ends = {end_name, end_doc};

static bool store_end(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_stretch *stretch = spec;
    (void)memory;
    stretch->upper = sn_names_find(key->names, value->valuestring) == 1;
    return true;
}

static const sn_key stretch_keys[] = {
    {
        .name = "side",
        .doc = "the side of the box",
        .type = SN_KEY_NAME,
        .presence = SN_REQUIRED,
        .names = &sides,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_name,
        .offset = offsetof(sn_stretch, side),
    },
    {
        .name = "end",
        .doc = "the end of the side that moves",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"upper\"",
        .names = &ends,
        .column = SN_COLUMN_BOTH,
        .store = store_end,
    },
    {
        .name = "symmetric",
        .doc = "whether the lower end of a side from -a to a moves too, to minus the upper one",
        .type = SN_KEY_FLAG,
        .presence = SN_DEFAULT_JSON,
        .default_json = "false",
        .column = SN_COLUMN_BOTH,
        .store = sn_store_flag,
        .offset = offsetof(sn_stretch, symmetric),
    },
    {
        .name = "to",
        .doc = "where the end moves to, beyond where it is; the claim should be false there",
        .type = SN_KEY_DECIMAL,
        .presence = SN_REQUIRED,
        .lower = -SN_LARGEST_REAL,
        .upper = SN_LARGEST_REAL,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_decimal,
        .offset = offsetof(sn_stretch, to),
    },
    {
        .name = "within",
        .doc = "how far apart, at most, a value with a proof and one with a refutation are in the "
               "end",
        .type = SN_KEY_NUMBER,
        .presence = SN_DEFAULT_JSON,
        .default_json = "0.001",
        .lower = 0,
        .upper = SN_LARGEST_REAL,
        .above = true,
        .column = SN_COLUMN_BOTH,
        .store = sn_store_real,
        .offset = offsetof(sn_stretch, within),
    },
};

const sn_shape sn_shape_stretch = {
    .name = "stretch",
    .keys = stretch_keys,
    .n_keys = sizeof stretch_keys / sizeof stretch_keys[0],
};

bool sn_store_stretch(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_stretch *stretch = (sn_stretch *)(void *)((char *)spec + key->offset);
    stretch->asked = true;
    return sn_shape_store(key->shape, value, stretch, memory);
}

/* The side it stretches, its ends exact. */
typedef struct stretched {
    const char *name;
    const cJSON *json[2], *to_json;
    sn_decimal end[2], to;
    bool upper, symmetric, positive;
} stretched;

/* The name of a member, by its index; the number of names if it is none. */
static size_t find_member(const cJSON *object, const char *member, const sn_names *names)
{
    const cJSON *name = sn_json_get(object, member);
    return sn_names_find(names, cJSON_IsString(name) ? name->valuestring : "");
}

/* False where something is missing or wrong. */
static bool read_stretched(const cJSON *file, stretched *s)
{
    const cJSON *stretch = sn_json_get(file, "stretch");
    const size_t side = find_member(stretch, "side", &sides);
    const size_t end = find_member(stretch, "end", &ends);
    *s = (stretched){.name = side_name(side),
                     .to_json = sn_json_get(stretch, "to"),
                     .upper = end == 1,
                     .symmetric = cJSON_IsTrue(sn_json_get(stretch, "symmetric")),
                     .positive = side == SN_BOX_NU || side == SN_BOX_TAU};
    if (s->name == NULL || end_name(end) == NULL || s->to_json == NULL
        || !sn_json_decimal(s->to_json, &s->to))
        return false;
    const cJSON *interval = sn_json_get(sn_json_get(file, "box"), s->name);
    return interval != NULL && sn_interval_ends(interval, &s->json[0], &s->json[1])
           && sn_json_decimal(s->json[0], &s->end[0]) && sn_json_decimal(s->json[1], &s->end[1]);
}

static void check_symmetry(sn_findings *findings, const sn_path *path, const stretched *s)
{
    const sn_path here = {.parent = path, .name = "symmetric"};
    const sn_path end = {.parent = path, .name = "end"};
    const sn_decimal minus = sn_decimal_minus(&s->end[0]);
    if (!s->upper)
        sn_complain(findings, &end,
                    "found \"lower\" of a symmetric side, allowed is \"upper\"; "
                    "the lower end moves to minus that");
    if (sn_decimal_compare(&minus, &s->end[1]) == 0)
        return;
    sn_text text = {0};
    sn_text_addf(&text, "found %s from ", s->name);
    sn_text_add_excerpt(&text, s->json[0]);
    sn_text_add(&text, " to ");
    sn_text_add_excerpt(&text, s->json[1]);
    sn_text_add(&text, ", allowed is a side from -a to a");
    sn_complain_text(findings, &here, &text);
}

void sn_complete_stretch(sn_findings *findings, const sn_path *path, const cJSON *file)
{
    const sn_path here = {.parent = path, .name = "stretch"}, to = {.parent = &here, .name = "to"};
    stretched s;
    if (!read_stretched(file, &s))
        return;
    if (s.symmetric)
        check_symmetry(findings, &here, &s);
    const bool upper = s.upper || s.symmetric;
    const int order = sn_decimal_compare(&s.to, &s.end[upper]);
    const bool beyond = upper ? order > 0 : order < 0;
    if (beyond && !(s.positive && s.to.sign <= 0))
        return;
    sn_text text = {0};
    sn_text_add(&text, "found ");
    sn_text_add_excerpt(&text, s.to_json);
    sn_text_addf(&text, ", allowed is %s ", upper ? "above" : "below");
    sn_text_add_excerpt(&text, s.json[upper]);
    sn_text_addf(&text, ", the %s end of %s%s", upper ? "upper" : "lower", s.name,
                 s.positive && !upper ? ", and above 0" : "");
    sn_complain_text(findings, &to, &text);
}
