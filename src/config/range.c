/* Ranges as lists of values that print short: 0.3, not 0.30000000000000004. Each value is the
 * decimal of the fewest digits that is as near to the exact value as doubles can compute it: within
 * a few units in the last place of the larger end on a linear scale, where differences of the ends
 * cancel, and of the value itself on a logarithmic one. The ends are as given. */
#include "config/range.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "config/grid_keys.h"

bool sn_range_fits(const sn_key *key)
{
    for (; key != NULL; key = key->other)
        if (key->type == SN_KEY_NUMBER || key->type == SN_KEY_WHOLE || key->type == SN_KEY_DECIMAL
            || key->type == SN_KEY_INTERVAL)
            return true;
    return false;
}

static double shorten(double x, double within)
{
    char text[SN_NUMBER_ROOM];
    if (fabs(x) <= within)
        return 0;
    for (int digits = 1; digits <= DBL_DECIMAL_DIG - 2; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, x);
        const double y = strtod(text, NULL);
        if (fabs(y - x) <= within)
            return y;
    }
    return x;
}

static double value_at(const sn_axis *axis, size_t i)
{
    const double x = sn_axis_value(axis, i);
    if (i == 0 || i + 1 == axis->points)
        return x;
    const double far = fmax(fabs(axis->from), fabs(axis->to));
    if (axis->scale == SN_SCALE_LOG) /* an error of the logarithm is a relative one of the value */
        return shorten(x, x * DBL_EPSILON * (4 + 2 * fmax(fabs(log(axis->from)), log(far))));
    return shorten(x, 4 * DBL_EPSILON * far);
}

static bool is_whole(const sn_key *key)
{
    return sn_key_choose(key, &(const cJSON){.type = cJSON_Number})->type == SN_KEY_WHOLE;
}

static cJSON *list_values(sn_findings *findings, const sn_path *path, const sn_key *key,
                          const sn_axis *axis)
{
    cJSON *list = cJSON_CreateArray();
    double before = NAN;
    for (size_t i = 0; list != NULL && i < axis->points; i++) {
        const double x = is_whole(key) ? round(value_at(axis, i)) : value_at(axis, i);
        cJSON *item = cJSON_CreateNumber(x);
        if (item == NULL || !cJSON_AddItemToArray(list, item)) {
            cJSON_Delete(item);
            cJSON_Delete(list);
            findings->no_memory = true;
            return NULL;
        }
        if (x == before) {
            sn_complain(findings, path,
                        "found %zu points from %g to %g, of which two are %g; allowed are as many "
                        "as are different",
                        axis->points, axis->from, axis->to, x);
            cJSON_Delete(list);
            return NULL;
        }
        before = x;
    }
    findings->no_memory = findings->no_memory || list == NULL;
    return list;
}

cJSON *sn_range_list(sn_findings *findings, const sn_path *path, const sn_key *key,
                     const cJSON *range)
{
    sn_axis axis = {0};
    sn_memory none = {0};
    cJSON *list = NULL, *copy = cJSON_Duplicate(range, true);
    if (copy == NULL) {
        findings->no_memory = true;
        return NULL;
    }
    const size_t before = findings->n;
    sn_shape_check(findings, path, &sn_shape_swept, copy);
    if (findings->n == before && !findings->no_memory && key != NULL
        && sn_shape_store(&sn_shape_swept, copy, &axis, &none))
        list = list_values(findings, path, key, &axis);
    cJSON_Delete(copy);
    return list;
}
