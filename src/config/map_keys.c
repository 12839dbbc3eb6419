/* The keys of a "map" configuration: one layer's map over a grid of two of its four coordinates,
 * the other two fixed. */
#include "config/grid_keys.h"

/* --- trajectories and fixed points ------------------------------------------------------------ */

#define START_ROW(coordinate, what, least, exclusive)                                              \
    {                                                                                              \
        .name = #coordinate, .doc = what, .type = SN_KEY_NUMBER, .presence = SN_REQUIRED,          \
        .lower = least, .upper = SN_LARGEST_REAL, .above = exclusive, .column = SN_COLUMN_BOTH,    \
        .store = sn_store_real, .offset = offsetof(sn_start, coordinate),                          \
    }

static const sn_key start_keys[] = {
    START_ROW(mu, "mean it starts from", -SN_LARGEST_REAL, false),
    START_ROW(nu, "variance it starts from", 0, true),
};

static const sn_shape start = {
    .name = "start",
    .keys = start_keys,
    .n_keys = sizeof start_keys / sizeof start_keys[0],
};

static bool store_trajectories(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    sn_map_spec *map = spec;
    const size_t n = (size_t)cJSON_GetArraySize(value);
    map->trajectories = sn_memory_take(memory, n, sizeof *map->trajectories);
    if (map->trajectories == NULL)
        return false;
    for (const cJSON *item = value->child; item != NULL; item = item->next)
        if (!sn_shape_store(key->shape, item, &map->trajectories[map->n_trajectories++], memory))
            return false;
    return true;
}

static const sn_key mu_range_keys[] = {
    SN_RANGE_ROWS(sn_map_box, mu_from, mu_to, -SN_LARGEST_REAL, false)};
static const sn_key nu_range_keys[] = {SN_RANGE_ROWS(sn_map_box, nu_from, nu_to, 0, true)};

static const sn_shape mu_range = {
    .name = "range",
    .keys = mu_range_keys,
    .n_keys = sizeof mu_range_keys / sizeof mu_range_keys[0],
    .complete = sn_complete_range,
};

static const sn_shape nu_range = {
    .name = "positive_range",
    .keys = nu_range_keys,
    .n_keys = sizeof nu_range_keys / sizeof nu_range_keys[0],
    .complete = sn_complete_range,
};

#define BOX_ROW(coordinate, what, range)                                                           \
    {                                                                                              \
        .name = coordinate, .doc = what, .type = SN_KEY_OBJECT, .presence = SN_REQUIRED,           \
        .shape = range,                                                                            \
    }

static const sn_key box_keys[] = {
    BOX_ROW("mu", "the means searched", &mu_range),
    BOX_ROW("nu", "the variances searched", &nu_range),
};

static const sn_shape box = {
    .name = "box",
    .keys = box_keys,
    .n_keys = sizeof box_keys / sizeof box_keys[0],
};

#define DEFAULT_BOX "{\"mu\": {\"from\": -2, \"to\": 2}, \"nu\": {\"from\": 0.01, \"to\": 10}}"

static bool store_box(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory)
{
    return sn_shape_store(key->shape, value, (char *)spec + key->offset, memory);
}

/* --- the bias --------------------------------------------------------------------------------- */

static const sn_key bias_keys[] = {SN_BIAS_ROWS(sn_map_spec, map.bias_mean, map.bias_variance)};

static const sn_shape bias = {
    .name = "bias",
    .keys = bias_keys,
    .n_keys = sizeof bias_keys / sizeof bias_keys[0],
};

/* --- all of it -------------------------------------------------------------------------------- */

const sn_key sn_map_keys[] = {
    SN_FIRST_ROWS(NULL),
    {
        .name = "map",
        .doc = "which map of a layer: whether the weights are fixed, centred or random",
        .type = SN_KEY_NAME,
        .presence = SN_DEFAULT_JSON,
        .default_json = "\"neuron\"",
        .names = &sn_map_names,
        .store = sn_store_name,
        .offset = offsetof(sn_map_spec, map.kind),
    },
    {
        .name = "activation",
        .doc = "the activation function and its parameters",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{\"name\": \"selu\"}",
        .shape = &sn_shape_activation,
        .store = sn_store_activation,
        .offset = offsetof(sn_map_spec, map.activation),
    },
    {
        .name = "bias",
        .doc = "Gaussian biases",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &bias,
    },
    {
        .name = "grid",
        .doc = "the two coordinates that vary, and over what",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{\"mu\": {\"from\": -1, \"to\": 1}, \"nu\": {\"from\": 0.02, \"to\": 4}}",
        .shape = &sn_shape_grid,
        .store = sn_store_grid,
    },
    {
        .name = "fixed",
        .doc = "the coordinates that are not on the grid",
        .type = SN_KEY_OBJECT,
        .presence = SN_DEFAULT_JSON,
        .default_json = "{}",
        .shape = &sn_shape_fixed,
        .store = sn_store_fixed,
        .offset = offsetof(sn_map_spec, fixed),
    },
    {
        .name = "trajectories",
        .doc = "where trajectories start; they run at the fixed omega and tau, or at 0 and 1 where "
               "those are on the grid",
        .type = SN_KEY_LIST,
        .presence = SN_DEFAULT_JSON,
        .default_json = "[]",
        .upper = 1000,
        .shape = &start,
        .store = store_trajectories,
    },
    {
        .name = "trajectory_layers",
        .doc = "after how many layers a trajectory that has not settled is cut",
        .type = SN_KEY_WHOLE,
        .presence = SN_DEFAULT_JSON,
        .default_json = "1000",
        .lower = 1,
        .upper = 1e6,
        .store = sn_store_size,
        .offset = offsetof(sn_map_spec, trajectory_layers),
    },
    {
        .name = "fixed_points",
        .doc = "the box in which fixed points are searched; where not given, the grid's own box if "
               "it is one over mu and nu, else " DEFAULT_BOX,
        .type = SN_KEY_OBJECT,
        .presence = SN_OPTIONAL,
        .shape = &box,
        .store = store_box,
        .offset = offsetof(sn_map_spec, fixed_points),
    },
    SN_LAST_ROWS(&sn_map_plot_names),
};

const size_t sn_n_map_keys = sizeof sn_map_keys / sizeof sn_map_keys[0];

static cJSON *range_of(const cJSON *side)
{
    cJSON *range = cJSON_CreateObject();
    if (range != NULL
        && (!cJSON_AddNumberToObject(range, "from", sn_json_number(side, "from"))
            || !cJSON_AddNumberToObject(range, "to", sn_json_number(side, "to")))) {
        cJSON_Delete(range);
        return NULL;
    }
    return range;
}

static cJSON *default_box(const cJSON *sides)
{
    const cJSON *mu = sn_json_get(sides, "mu"), *nu = sn_json_get(sides, "nu");
    if (mu == NULL || nu == NULL)
        return cJSON_Parse(DEFAULT_BOX);
    cJSON *made = cJSON_CreateObject();
    if (made != NULL
        && (!sn_json_add(made, "mu", range_of(mu)) || !sn_json_add(made, "nu", range_of(nu)))) {
        cJSON_Delete(made);
        return NULL;
    }
    return made;
}

void sn_complete_map(sn_findings *findings, const sn_path *path, cJSON *file)
{
    const cJSON *sides = sn_json_get(file, "grid");
    cJSON *points = sn_json_get(file, "fixed");
    if (cJSON_IsObject(points) && !sn_complete_fixed(findings, path, sides, points))
        findings->no_memory = true;
    if (sn_json_get(file, "fixed_points") == NULL
        && !sn_json_add(file, "fixed_points", default_box(sides)))
        findings->no_memory = true;
}
