/* The keys of a simulation's input: a distribution and what it takes, or the rows of a file. */
#include <math.h>
#include <string.h>

#include "config/data.h"
#include "config/simulate_keys.h"

/* All but given rows, which are the last: a file says those. */
_Static_assert(SN_INPUT_ROWS + 1 == SN_INPUT_LAW_COUNT,
               "the names of distributions end before rows");

static const char *law_name(size_t index)
{
    return index < SN_INPUT_ROWS ? sn_input_law_name((sn_input_law)index) : NULL;
}

static const char *law_doc(size_t index)
{
    return index < SN_INPUT_ROWS ? sn_input_law_doc((sn_input_law)index) : NULL;
}

static const sn_names laws = {law_name, law_doc};

enum { INDEPENDENT, SPARSE, CLUSTERS, ROWS, INPUT_COUNT };

#define INPUT(field) offsetof(sn_simulate_spec, run.input.field)

#define DISTRIBUTION_ROW(...)                                                                      \
    {                                                                                              \
        .name = "distribution", .doc = "distribution of the inputs", .type = SN_KEY_NAME,          \
        .names = &laws, .column = SN_COLUMN_BOTH, .store = sn_store_name, .offset = INPUT(law),    \
        __VA_ARGS__                                                                                \
    }

#define NUMBER_ROW(key, what, initial, least, most, field, ...)                                    \
    {                                                                                              \
        .name = key, .doc = what, .type = SN_KEY_NUMBER, .presence = SN_DEFAULT_JSON,              \
        .default_json = initial, .lower = least, .upper = most, .column = SN_COLUMN_BOTH,          \
        .store = sn_store_real, .offset = INPUT(field), __VA_ARGS__                                \
    }

#define MOMENT_ROWS                                                                                \
    NUMBER_ROW("mean", "mean of each input", "0", -SN_LARGEST_REAL, SN_LARGEST_REAL, mean,         \
               .above = false),                                                                    \
        NUMBER_ROW("variance", "variance of each input", "1", 0, SN_LARGEST_REAL, variance,        \
                   .above = false)

static const sn_key independent_keys[] = {
    DISTRIBUTION_ROW(.presence = SN_DEFAULT_JSON, .default_json = "\"normal\""),
    MOMENT_ROWS,
};

static const sn_key sparse_keys[] = {
    DISTRIBUTION_ROW(.presence = SN_REQUIRED),
    MOMENT_ROWS,
    NUMBER_ROW("density", "share of the inputs that are not zero", "0.1", 0, 1, density,
               .above = true),
};

static const sn_key clusters_keys[] = {
    DISTRIBUTION_ROW(.presence = SN_REQUIRED),
    MOMENT_ROWS,
    NUMBER_ROW("within", "correlation of two samples of the same cluster", "0.5", 0, 1, within,
               .above = false),
    NUMBER_ROW("between", "correlation of two samples of different clusters", "0", -1, 1, between,
               .above = false),
};

static const sn_key rows_keys[] = {
    {
        .name = "file",
        .doc = "rows of given inputs, a row a sample: lines of numbers, or NumPy's .npy; a path "
               "from the directory of this file on. Their columns are the width of the input",
        .type = SN_KEY_TEXT,
        .presence = SN_REQUIRED,
        .upper = 4000,
        .column = SN_COLUMN_BOTH,
    },
    {
        .name = "standardize",
        .doc = "what is made of mean 0 and variance 1 first",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"none\"",
        .names = &sn_standardize_names,
    },
};

static size_t n_inputs(void)
{
    return INPUT_COUNT;
}

static bool input_key(size_t variant, size_t index, sn_key *key)
{
    static const sn_key_table tables[] = {
        [INDEPENDENT] = SN_KEY_TABLE(independent_keys),
        [SPARSE] = SN_KEY_TABLE(sparse_keys),
        [CLUSTERS] = SN_KEY_TABLE(clusters_keys),
        [ROWS] = SN_KEY_TABLE(rows_keys),
    };
    return sn_key_table_at(&tables[variant], index, key);
}

static const char *input_variant(size_t variant)
{
    static const char *const texts[] = {
        [INDEPENDENT] = "a normal or uniform distribution",
        [SPARSE] = "the distribution \"sparse\"",
        [CLUSTERS] = "the distribution \"clusters\"",
        [ROWS] = "rows of a file",
    };
    return texts[variant];
}

static size_t variant_of(const char *name)
{
    switch ((sn_input_law)sn_names_find(&laws, name)) {
    case SN_INPUT_NORMAL:
    case SN_INPUT_UNIFORM:
        return INDEPENDENT;
    case SN_INPUT_SPARSE:
        return SPARSE;
    case SN_INPUT_CLUSTERS:
        return CLUSTERS;
    case SN_INPUT_ROWS:
    case SN_INPUT_LAW_COUNT:
        break;
    }
    return INPUT_COUNT;
}

static size_t input_pick(const cJSON *object)
{
    if (sn_json_get(object, "file") != NULL)
        return ROWS;
    const cJSON *name = sn_json_get(object, "distribution");
    if (name == NULL)
        return INDEPENDENT;
    return cJSON_IsString(name) ? variant_of(name->valuestring) : INPUT_COUNT;
}

static bool input_allows(size_t variant, const char *key, const char *name)
{
    return strcmp(key, "distribution") != 0 || variant_of(name) == variant;
}

static void complete_input(sn_findings *findings, const sn_path *path, cJSON *input)
{
    const double mean = sn_json_number(input, "mean");
    const double variance = sn_json_number(input, "variance");
    const double density = sn_json_number(input, "density");
    const double zeros = mean * mean * (1 - density);
    if (zeros > density * variance)
        sn_complain(findings, path,
                    "found variance %g with mean %g and density %g, allowed is at least mean^2 "
                    "(1 - density) / density = %g",
                    variance, mean, density, zeros / density);
    const double within = sn_json_number(input, "within");
    const double between = sn_json_number(input, "between");
    if (fabs(between) > within)
        sn_complain(findings, path,
                    "found correlations %g between and %g within, allowed is "
                    "|between| <= within",
                    between, within);
}

const sn_shape sn_shape_input = {
    .name = "input",
    .n_variants = n_inputs,
    .key = input_key,
    .variant = input_variant,
    .pick = input_pick,
    .allows = input_allows,
    .complete = complete_input,
};

/* --- rows ------------------------------------------------------------------------------------- */

/* NULL: the input says no rows, or they cannot be read. */
static const sn_data *rows_of(sn_files *files, const cJSON *input, const char **error)
{
    const cJSON *file = sn_json_get(input, "file"), *how = sn_json_get(input, "standardize");
    *error = NULL;
    if (files == NULL || !cJSON_IsString(file) || !cJSON_IsString(how))
        return NULL;
    const size_t index = sn_names_find(&sn_standardize_names, how->valuestring);
    return index < SN_STANDARDIZE_COUNT
               ? sn_files_read(files, file->valuestring, (sn_standardize)index, error)
               : NULL;
}

size_t sn_input_columns(sn_findings *findings, const sn_path *path, const cJSON *input)
{
    const sn_path here = {.parent = path, .name = "file"};
    const char *error;
    const sn_data *data = rows_of(findings->files, input, &error);
    if (error != NULL)
        sn_complain(findings, &here, "%s", error);
    return data != NULL ? data->n_columns : 0;
}

bool sn_store_input(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_simulate_spec *simulate = spec;
    if (!sn_shape_store(key->shape, value, spec, memory))
        return false;
    const cJSON *file = sn_json_get(value, "file");
    if (file == NULL)
        return true;
    const char *error;
    const sn_data *data = rows_of(memory->files, value, &error);
    simulate->rows_file = sn_memory_text(memory, file->valuestring);
    if (data == NULL || simulate->rows_file == NULL)
        return false;
    simulate->run.input.law = SN_INPUT_ROWS;
    simulate->run.input.rows = data->values;
    simulate->run.input.n_rows = data->n_rows;
    simulate->run.width = data->n_columns;
    return true;
}
