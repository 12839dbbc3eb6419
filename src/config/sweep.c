/* A sweep runs through the product of its lists (ranges become lists first), the last list fastest:
 * with strides s_k = n_{k+1} ... n_m, point p has the value number (p / s_k) mod n_k of list k. */
#include "config/sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config/pointer.h"
#include "config/range.h"

enum { LONGEST_LABEL = 48 }; /* in a message */

static bool is_number(const cJSON *value)
{
    return cJSON_IsNumber(value);
}

static bool is_flag(const cJSON *value)
{
    return cJSON_IsBool(value);
}

static bool all(const cJSON *list, bool (*is)(const cJSON *value))
{
    for (const cJSON *item = list->child; item != NULL; item = item->next)
        if (!is(item))
            return false;
    return true;
}

/* A string without its quotes, control characters escaped. */
static void add_bare(sn_text *text, const char *string)
{
    sn_text quoted = {0};
    sn_text_add_string(&quoted, string);
    if (quoted.length >= 2)
        sn_text_add_bytes(text, quoted.data + 1, quoted.length - 2);
    text->failed = text->failed || quoted.failed;
    sn_text_free(&quoted);
}

/* The name that is all an object says: {"name": "selu"}; NULL: it says more. */
static const char *only_name(const cJSON *value)
{
    const bool one = cJSON_IsObject(value) && value->child != NULL && value->child->next == NULL;
    return one && cJSON_IsString(value->child) ? value->child->valuestring : NULL;
}

/* A value in few words: of an object, the bare names it holds and the rest as key=value. */
static void add_label(sn_text *text, const cJSON *value)
{
    if (cJSON_IsString(value)) {
        add_bare(text, value->valuestring);
        return;
    }
    if (!cJSON_IsObject(value)) {
        sn_text_add_json(text, value);
        return;
    }
    for (const cJSON *item = value->child; item != NULL; item = item->next) {
        if (only_name(item) != NULL) {
            add_bare(text, only_name(item));
            if (item->next != NULL)
                sn_text_add(text, " ");
            continue;
        }
        if (!cJSON_IsString(item)) {
            add_bare(text, item->string);
            sn_text_add(text, cJSON_IsObject(item) ? "=(" : "=");
        }
        add_label(text, item);
        if (cJSON_IsObject(item))
            sn_text_add(text, ")");
        if (item->next != NULL)
            sn_text_add(text, " ");
    }
}

/* The last segments of a pointer, joined by underscores. */
static char *column_name(const char *pointer, sn_column_naming naming)
{
    const char *last = strrchr(pointer, '/'), *parent = last;
    while (parent > pointer && *--parent != '/')
        ;
    if (parent == last)
        naming = SN_COLUMN_OWN;
    sn_text text = {0};
    if (naming != SN_COLUMN_OWN)
        sn_text_add_bytes(&text, parent + 1, (size_t)(last - parent - 1));
    if (naming == SN_COLUMN_BOTH)
        sn_text_add(&text, "_");
    if (naming != SN_COLUMN_PARENT)
        sn_text_add(&text, last + 1);
    return sn_text_take(&text);
}

static char *whole_column_name(const char *pointer)
{
    sn_text text = {0};
    sn_text_add(&text, pointer + 1);
    char *name = sn_text_take(&text);
    for (char *c = name; c != NULL && *c != '\0'; c++)
        if (*c == '/')
            *c = '_';
    return name;
}

/* Columns that would be named alike get the whole pointer for a name. */
static bool make_names_unique(sn_sweeps *sweeps)
{
    bool *alike = calloc(sweeps->n + 1, sizeof *alike);
    if (alike == NULL)
        return false;
    for (size_t i = 0; i < sweeps->n; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(sweeps->items[i].column.name, sweeps->items[j].column.name) == 0)
                alike[i] = alike[j] = true;
    bool done = true;
    for (size_t i = 0; i < sweeps->n; i++) {
        char *name = alike[i] ? whole_column_name(sweeps->items[i].pointer) : NULL;
        if (name != NULL) {
            free((char *)sweeps->items[i].column.name);
            sweeps->items[i].column.name = name;
        }
        done = done && (name != NULL || !alike[i]);
    }
    free(alike);
    return done;
}

/* Takes the list over. */
static bool add_sweep(sn_sweeps *sweeps, const char *at, const sn_key *key, cJSON *list)
{
    sn_sweep *sweep = &sweeps->items[sweeps->n];
    sn_sweep_value *values = calloc((size_t)cJSON_GetArraySize(list), sizeof *values);
    sn_text pointer = {0};
    sn_text_add(&pointer, at);
    *sweep = (sn_sweep){
        .pointer = sn_text_take(&pointer),
        .column = {.name = column_name(at, key->column),
                   .kind = all(list, is_flag)          ? SN_BOOLEAN
                           : !all(list, is_number)     ? SN_TEXT
                           : key->type == SN_KEY_WHOLE ? SN_INTEGER
                                                       : SN_REAL,
                   .doc = key->doc},
        .values = values,
    };
    sweeps->lists[sweeps->n++] = list;
    if (values == NULL || sweep->pointer == NULL || sweep->column.name == NULL)
        return false;
    for (const cJSON *item = list->child; item != NULL; item = item->next) {
        sn_text label = {0};
        add_label(&label, item);
        values->label = sn_text_take(&label);
        values->number = cJSON_IsNumber(item) ? item->valuedouble
                         : cJSON_IsBool(item) ? (double)cJSON_IsTrue(item)
                                              : (double)NAN;
        sweep->n_values++;
        if (values++->label == NULL)
            return false;
    }
    return true;
}

static void check_values(sn_findings *findings, const sn_path *path, const cJSON *list)
{
    size_t i = 0;
    for (const cJSON *item = list->child; item != NULL; item = item->next, i++) {
        size_t j = 0;
        for (const cJSON *before = list->child; before != item; before = before->next, j++)
            if (sn_json_equal(before, item)) {
                const sn_path here = {.parent = path, .index = i};
                sn_complain(findings, &here, "the same value as number %zu of the list", j);
                break;
            }
    }
}

/* Whether a key may be swept over; complains if not. */
static bool check_pointer(sn_findings *findings, const sn_path *path, sn_config_kind kind,
                          const cJSON *values, sn_key *key)
{
    sn_text where = {0};
    sn_text_add_path(&where, path);
    findings->no_memory = findings->no_memory || where.failed;
    const bool known =
        !where.failed && sn_pointer_key(findings, where.data, kind, values->string, key);
    sn_text_free(&where);
    if (known && key->whole_file)
        sn_complain(findings, path, "\"%s\" belongs to the whole file and cannot be swept over",
                    key->name);
    for (const cJSON *other = known ? values->next : NULL; other != NULL; other = other->next)
        if (sn_pointer_within(values->string, other->string)
            || sn_pointer_within(other->string, values->string)) {
            sn_text text = {0};
            sn_text_add(&text, "overlaps with ");
            sn_text_add_string(&text, other->string);
            sn_text_add(&text, "; allowed is one of the two");
            sn_complain_text(findings, path, &text);
        }
    return known && !key->whole_file;
}

/* The values as a list, the caller's to delete; key: NULL where it is not known. NULL, having
 * complained: they are none. */
static cJSON *list_of(sn_findings *findings, const sn_path *path, const sn_key *key, size_t most,
                      const cJSON *values)
{
    if (cJSON_IsObject(values) && (key == NULL || sn_range_fits(key)))
        return sn_range_list(findings, path, key, values);
    if (!cJSON_IsArray(values) || values->child == NULL) {
        sn_text text = {0};
        sn_text_add(&text, "found ");
        sn_text_add_excerpt(&text, values);
        sn_text_add(&text, ", allowed is a list of at least one value");
        if (key != NULL && sn_range_fits(key))
            sn_text_add(&text, ", or a range {\"from\", \"to\", \"points\", \"scale\"}");
        sn_complain_text(findings, path, &text);
        return NULL;
    }
    if ((size_t)cJSON_GetArraySize(values) > most) {
        sn_complain(findings, path, "found %d values, allowed are at most %zu",
                    cJSON_GetArraySize(values), most);
        return NULL;
    }
    cJSON *list = cJSON_Duplicate(values, true);
    findings->no_memory = findings->no_memory || list == NULL;
    if (list != NULL)
        check_values(findings, path, list);
    return list;
}

void sn_sweeps_read(sn_findings *findings, sn_config_kind kind, const cJSON *sweep,
                    sn_sweeps *sweeps)
{
    const sn_path path = {.name = "sweep"};
    sn_key key;
    sn_shape_find(&sn_shape_file, SN_CONFIG_KIND_COUNT, "sweep", &key);
    const size_t most = (size_t)key.upper;
    sweeps->n_points = 1;
    if (sweep == NULL)
        return;
    if (!cJSON_IsObject(sweep)) {
        sn_text text = {0};
        sn_text_add(&text, "found ");
        sn_text_add_excerpt(&text, sweep);
        sn_text_add(&text, ", allowed is ");
        sn_key_add_allowed(&text, &key);
        sn_complain_text(findings, &path, &text);
        return;
    }
    const size_t n = (size_t)cJSON_GetArraySize(sweep);
    if (n > SN_MOST_SWEEPS) {
        sn_complain(findings, &path, "found %zu keys, allowed are at most %d", n, SN_MOST_SWEEPS);
        return;
    }
    sweeps->items = calloc(n + 1, sizeof *sweeps->items);
    sweeps->lists = calloc(n + 1, sizeof *sweeps->lists);
    if (sweeps->items == NULL || sweeps->lists == NULL) {
        findings->no_memory = true;
        return;
    }
    for (const cJSON *values = sweep->child; values != NULL; values = values->next) {
        const sn_path here = {.parent = &path, .name = values->string};
        const bool fits = check_pointer(findings, &here, kind, values, &key);
        cJSON *list = list_of(findings, &here, fits ? &key : NULL, most, values);
        if (list == NULL || !fits) {
            cJSON_Delete(list);
            continue;
        }
        if (!add_sweep(sweeps, values->string, &key, list)) {
            findings->no_memory = true;
            return;
        }
        if (sweeps->n_points <= most)
            sweeps->n_points *= sweeps->items[sweeps->n - 1].n_values;
    }
    if (sweeps->n_points > most)
        sn_complain(findings, &path, "found more than %zu combinations, allowed are at most %zu",
                    most, most);
    if (!make_names_unique(sweeps))
        findings->no_memory = true;
}

void sn_sweeps_free(sn_sweeps *sweeps)
{
    for (size_t i = 0; i < sweeps->n; i++) {
        sn_sweep *sweep = &sweeps->items[i];
        for (size_t j = 0; j < sweep->n_values; j++)
            free((char *)sweep->values[j].label);
        free((sn_sweep_value *)sweep->values);
        free((char *)sweep->pointer);
        free((char *)sweep->column.name);
        cJSON_Delete(sweeps->lists[i]);
    }
    free(sweeps->items);
    free(sweeps->lists);
    *sweeps = (sn_sweeps){0};
}

size_t sn_sweeps_choice(size_t n, const sn_sweep *items, size_t point, size_t sweep)
{
    for (size_t i = n; i-- > sweep + 1;)
        point /= items[i].n_values;
    return point % items[sweep].n_values;
}

void sn_sweeps_apply(sn_findings *findings, const sn_sweeps *sweeps, sn_config_kind kind,
                     size_t point, cJSON *file)
{
    for (size_t i = 0; i < sweeps->n; i++) {
        const size_t choice = sn_sweeps_choice(sweeps->n, sweeps->items, point, i);
        const cJSON *value = cJSON_GetArrayItem(sweeps->lists[i], (int)choice);
        sn_pointer_set(findings, kind, file, sweeps->items[i].pointer, value);
    }
}

char *sn_sweeps_where(const void *context, size_t point)
{
    const sn_sweeps *sweeps = context;
    sn_text text = {0};
    for (size_t i = 0; i < sweeps->n; i++) {
        const sn_sweep *sweep = &sweeps->items[i];
        const size_t choice = sn_sweeps_choice(sweeps->n, sweeps->items, point, i);
        sn_text_addf(&text, "%s%s ", i > 0 ? ", " : "", sweep->column.name);
        sn_text_add_cut(&text, sweep->values[choice].label, LONGEST_LABEL);
    }
    return sn_text_take(&text);
}
