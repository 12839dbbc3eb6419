/* From text to a configuration: the syntax, then the tree, then the file by itself, then each point
 * of its sweep, all through the one table; and back to the resolved JSON.
 *
 * The file must be valid without its sweep too, as editors see it. What all its points share, and
 * the sweep, is the resolved file: a default that differs between points depends on what is swept
 * and is left to be filled in again. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config/data.h"
#include "config/literals.h"
#include "config/pointer.h"
#include "config/points.h"
#include "config/sweep.h"
#include "config/syntax.h"

/* Once something is wrong, no more than so many values are looked at for further errors. */
enum { PATIENCE = 20000000 };

typedef struct builder {
    sn_config public; /* what the caller gets; first, so that its address is the builder's */
    sn_sweeps sweeps;
    cJSON *base;  /* the file without its sweep, as written */
    cJSON *sweep; /* or NULL */
    cJSON *shared;
    sn_config_point *points;
    sn_memory memory; /* for what the points point to */
    sn_files files;   /* and the data files that they do */
} builder;

/* --- the tree by itself ----------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const cJSON *const *x = a, *const *y = b;
    return strcmp((*x)->string, (*y)->string);
}

static void check_duplicates(sn_findings *findings, const sn_path *path, const cJSON *object)
{
    const size_t n = (size_t)cJSON_GetArraySize(object);
    const cJSON **items = n > 1 ? calloc(n, sizeof *items) : NULL;
    if (n > 1 && items == NULL)
        findings->no_memory = true;
    if (items == NULL)
        return;
    size_t i = 0;
    for (const cJSON *item = object->child; item != NULL; item = item->next)
        items[i++] = item;
    qsort((void *)items, n, sizeof *items, by_name);
    for (i = 1; i < n; i++) {
        const sn_path here = {.parent = path, .name = items[i]->string};
        if (strcmp(items[i - 1]->string, items[i]->string) == 0)
            sn_complain(findings, &here, "the key is given more than once");
    }
    free((void *)items);
}

/* What cJSON lets pass: keys given twice, numbers beyond all doubles. Returns how many values. */
static size_t check_tree(sn_findings *findings, const sn_path *path, const cJSON *json)
{
    size_t n = 1, i = 0;
    if (cJSON_IsNumber(json) && !isfinite(json->valuedouble))
        sn_complain(findings, path, "the number is too large, allowed is up to 1.797e308");
    if (cJSON_IsObject(json))
        check_duplicates(findings, path, json);
    for (const cJSON *item = json->child; item != NULL; item = item->next) {
        const sn_path here = {.parent = path, .name = item->string, .index = i++};
        n += check_tree(findings, &here, item);
    }
    return n;
}

/* The tree of a text, or NULL and one line in *errors (none: memory is out). */
static cJSON *read_tree(const char *name, const char *text, size_t length, sn_config_errors *errors)
{
    sn_syntax_error wrong;
    if (sn_json_syntax(text, length, &wrong))
        return sn_json_parse(text, length);
    sn_text line = {0};
    sn_text_addf(&line, "%s:%zu:%zu: %s", name, wrong.line, wrong.column, wrong.message);
    sn_errors_add(errors, sn_text_take(&line));
    return NULL;
}

static void apply_setting(sn_findings *findings, const builder *b, const sn_config_setting *setting)
{
    sn_syntax_error wrong;
    sn_key key;
    if (!sn_json_syntax(setting->value, strlen(setting->value), &wrong)) {
        sn_complain_at(findings, setting->pointer, "the setting is not JSON: %s", wrong.message);
        return;
    }
    if (!sn_pointer_key(findings, setting->pointer, b->public.kind, setting->pointer, &key))
        return;
    for (size_t i = 0; i < b->sweeps.n; i++)
        if (sn_pointer_within(b->sweeps.items[i].pointer, setting->pointer)
            || sn_pointer_within(setting->pointer, b->sweeps.items[i].pointer))
            sn_complain_at(findings, setting->pointer, "the file sweeps over this key");
    cJSON *value = sn_json_parse(setting->value, strlen(setting->value));
    if (value != NULL)
        sn_pointer_set(findings, b->public.kind, b->base, setting->pointer, value);
    else
        findings->no_memory = true;
    cJSON_Delete(value);
}

/* --- points ----------------------------------------------------------------------------------- */

/* The tree of a point, checked and with its defaults; NULL when memory is out. */
static cJSON *point_tree(sn_findings *findings, const builder *b, size_t point)
{
    cJSON *tree = cJSON_Duplicate(b->base, true);
    if (tree == NULL) {
        findings->no_memory = true;
        return NULL;
    }
    sn_sweeps_apply(findings, &b->sweeps, b->public.kind, point, tree);
    sn_shape_check(findings, NULL, &sn_shape_file, tree);
    return tree;
}

static void read_point(sn_findings *findings, builder *b, size_t point)
{
    cJSON *tree = point_tree(findings, b, point);
    if (tree != NULL && sn_findings_none(findings)) {
        if (!sn_shape_store(&sn_shape_file, tree, &b->points[point], &b->memory))
            findings->no_memory = true;
        sn_points_share(findings, &b->public, b->shared, tree);
    }
    cJSON_Delete(tree);
}

/* Reads all points; returns how many were looked at. */
static size_t read_points(sn_findings *findings, builder *b, size_t n_values)
{
    const size_t n = b->sweeps.n_points;
    size_t point = 0;
    b->points = calloc(n, sizeof *b->points);
    if (b->points == NULL)
        findings->no_memory = true;
    b->public.points = b->points;
    b->public.n_points = n;
    for (; b->points != NULL && point < n; point++) {
        if (findings->no_memory || (findings->n > 0 && point * n_values > PATIENCE))
            break;
        findings->point = point;
        read_point(findings, b, point);
        if (b->memory.taken > SN_MOST_MEMORY) {
            const sn_path path = {.name = "sweep"};
            findings->swept = false; /* said of all points */
            sn_complain(findings, &path,
                        "found combinations whose lists take more than %zu bytes, allowed are at "
                        "most so many",
                        SN_MOST_MEMORY);
            break;
        }
    }
    return point;
}

/* --- back to JSON ----------------------------------------------------------------------------- */

static cJSON *plots_json(const sn_config *config)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; list != NULL && i < config->n_plots; i++)
        if (!cJSON_AddItemToArray(list, cJSON_CreateString(sn_plot_name(config->plots[i])))) {
            cJSON_Delete(list);
            return NULL;
        }
    return list;
}

static bool resolve(builder *b)
{
    cJSON_DeleteItemFromObjectCaseSensitive(b->shared, "plots");
    if (!sn_json_add(b->shared, "plots", plots_json(&b->public)))
        return false;
    if (b->sweep != NULL && !sn_json_add(b->shared, "sweep", cJSON_Duplicate(b->sweep, true)))
        return false;
    sn_text text = {0};
    sn_text_add_json_lines(&text, b->shared);
    b->public.resolved = sn_text_take(&text);
    cJSON_Delete(b->shared);
    b->shared = NULL;
    return b->public.resolved != NULL;
}

char *sn_config_point_json(const sn_config *config, size_t point)
{
    const builder *b = (const builder *)(const void *)config;
    sn_findings findings = {.name = "", .files = b->memory.files};
    cJSON *tree = point_tree(&findings, b, point);
    sn_text text = {0};
    if (tree != NULL && sn_findings_none(&findings)) {
        cJSON_DeleteItemFromObjectCaseSensitive(tree, "plots");
        sn_text_add_json_lines(&text, tree);
    } else {
        text.failed = true;
    }
    cJSON_Delete(tree);
    sn_findings_free(&findings);
    return sn_text_take(&text);
}

const sn_sweep_value *sn_config_swept(const sn_config *config, size_t point, size_t sweep)
{
    return &config->sweeps[sweep]
                .values[sn_sweeps_choice(config->n_sweeps, config->sweeps, point, sweep)];
}

/* --- all of it -------------------------------------------------------------------------------- */

/* Returns how many points were looked at. */
static size_t build(sn_findings *findings, builder *b, size_t n_settings,
                    const sn_config_setting *settings)
{
    const size_t n_values = check_tree(findings, NULL, b->base);
    if (!cJSON_IsObject(b->base)) {
        sn_text text = {0};
        sn_text_add(&text, "found ");
        sn_text_add_excerpt(&text, b->base);
        sn_text_add(&text, ", allowed is an object {...}");
        sn_complain_text(findings, NULL, &text);
        return 0;
    }
    b->sweep = cJSON_DetachItemFromObjectCaseSensitive(b->base, "sweep");
    b->public.kind = (sn_config_kind)sn_shape_pick(&sn_shape_file, b->base);
    sn_sweeps_read(findings, b->public.kind, b->sweep, &b->sweeps);
    b->public.n_sweeps = b->sweeps.n;
    b->public.sweeps = b->sweeps.items;
    for (size_t i = 0; i < n_settings && !findings->no_memory; i++)
        apply_setting(findings, b, &settings[i]);

    b->shared = findings->no_memory ? NULL : cJSON_Duplicate(b->base, true);
    if (b->shared == NULL) {
        findings->no_memory = true;
        return 0;
    }
    sn_shape_check(findings, NULL, &sn_shape_file, b->shared);
    findings->swept = b->sweep != NULL;
    const size_t tried =
        b->sweeps.n_points <= SN_MOST_POINTS ? read_points(findings, b, n_values) : 0;
    findings->swept = false;
    if (sn_findings_none(findings)) {
        sn_plots_choose(findings, sn_json_get(b->shared, "plots"), &b->public);
        const cJSON *description = sn_json_get(b->shared, "description");
        sn_text copy = {0};
        sn_text_add(&copy, description->valuestring);
        b->public.description = sn_text_take(&copy);
    }
    if (sn_findings_none(findings) && (b->public.description == NULL || !resolve(b)))
        findings->no_memory = true;
    return tried;
}

sn_status sn_config_parse(const char *name, const char *text, size_t length, size_t n_settings,
                          const sn_config_setting *settings, sn_config **out,
                          sn_config_errors *errors)
{
    *out = NULL;
    *errors = (sn_config_errors){0};
    builder *b = calloc(1, sizeof *b);
    sn_findings findings = {.name = name};
    sn_status status = SN_ENOMEM;
    if (b == NULL || (b->base = read_tree(name, text, length, errors)) == NULL) {
        status = errors->count > 0 ? SN_ECONFIG : SN_ENOMEM;
        goto done;
    }
    b->files.name = sn_memory_text(&b->memory, name);
    if (b->files.name == NULL)
        goto done;
    findings.files = b->memory.files = &b->files;
    const size_t tried = build(&findings, b, n_settings, settings);
    if (findings.no_memory)
        goto done;
    if (sn_findings_none(&findings)) {
        *out = &b->public;
        b = NULL;
        status = SN_OK;
    } else if (sn_findings_write(&findings, tried, sn_sweeps_where, &b->sweeps, errors)) {
        status = SN_ECONFIG;
    }
done:
    if (status == SN_ENOMEM) {
        sn_text line = {0};
        sn_text_addf(&line, "%s: out of memory", name);
        sn_config_errors_free(errors);
        sn_errors_add(errors, sn_text_take(&line));
    }
    sn_findings_free(&findings);
    sn_config_free(b != NULL ? &b->public : NULL);
    return status;
}

void sn_config_free(sn_config *config)
{
    if (config == NULL)
        return;
    builder *b = (builder *)(void *)config;
    free(b->points);
    sn_memory_free(&b->memory);
    sn_files_free(&b->files);
    free((char *)b->public.description);
    free((sn_plot *)b->public.plots);
    free((char *)b->public.resolved);
    sn_sweeps_free(&b->sweeps);
    cJSON_Delete(b->base);
    cJSON_Delete(b->sweep);
    cJSON_Delete(b->shared);
    free(b);
}

void sn_config_errors_free(sn_config_errors *errors)
{
    if (errors == NULL)
        return;
    for (size_t i = 0; i < errors->count; i++)
        free(errors->lines[i]);
    free(errors->lines);
    *errors = (sn_config_errors){0};
}
