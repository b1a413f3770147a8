/* Opening objects of pandas. */
#include "view/frame/pandas.h"

#include <string.h>

#include "value/node.h"

static const struct joblib_value__global *called_global(const joblib_value *value)
{
    if (joblib_value_kind(value) == JOBLIB_KIND_OBJECT) value = value->object->callable;
    return joblib_value_kind(value) == JOBLIB_KIND_GLOBAL ? value->global : NULL;
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_of_pandas(const struct joblib_value__global *global)
{
    return global && (starts_with(global->module, "pandas.") ||
                      strcmp(global->module, "pandas") == 0);
}

/* A part of a state is what its kind says, whatever the order. */
static void take_part(const joblib_value *part, struct joblib_view__pandas *out)
{
    joblib_kind kind = joblib_value_kind(part);
    if (kind == JOBLIB_KIND_DICT)
        out->fields = part;
    else if (kind == JOBLIB_KIND_ARRAY)
        out->array = part;
    else if (kind == JOBLIB_KIND_DTYPE || kind == JOBLIB_KIND_OBJECT)
        out->dtype = part;
}

bool joblib_view__open_pandas(const joblib_value *value, struct joblib_view__pandas *out)
{
    memset(out, 0, sizeof *out);
    if (joblib_value_kind(value) != JOBLIB_KIND_OBJECT) return false;
    const struct joblib_value__global *global = called_global(value);
    const joblib_value *arguments = joblib_value_arguments(value);
    if (!is_of_pandas(global)) return false;
    if (starts_with(global->name, "_new_") ||
        starts_with(global->name, "__pyx_unpickle_")) {
        take_part(joblib_value_at(arguments, 1), out);
        global = called_global(joblib_value_at(arguments, 0));
        if (!is_of_pandas(global)) return false;
    }
    out->name = global->name;
    const joblib_value *state = joblib_value_state(value);
    take_part(state, out);
    if (joblib_value_kind(state) != JOBLIB_KIND_TUPLE) return true;
    for (size_t i = 0; i < 3; i++) take_part(joblib_value_at(state, i), out);
    return true;
}

const joblib_value *joblib_view__pandas_field(const struct joblib_view__pandas *object,
                                              const char *name)
{
    const joblib_value *found = joblib_value_find(object->fields, name);
    return joblib_value_kind(found) == JOBLIB_KIND_NONE ? NULL : found;
}

const joblib_value *joblib_view__pandas_array(const struct joblib_view__pandas *object)
{
    static const char *const names[] = {"data", "_ndarray", "_pa_array", "_data",
                                        "_codes"};
    const joblib_value *found = object->array;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !found; i++)
        found = joblib_view__pandas_field(object, names[i]);
    return found;
}

const joblib_value *joblib_view__pandas_dtype(const struct joblib_view__pandas *object)
{
    return object->dtype ? object->dtype : joblib_view__pandas_field(object, "_dtype");
}

/* All differences fit uint64. */
uint64_t joblib_view__range_count(int64_t start, int64_t stop, int64_t step)
{
    if (step > 0 && start < stop)
        return ((uint64_t)stop - (uint64_t)start - 1) / (uint64_t)step + 1;
    if (step < 0 && start > stop)
        return ((uint64_t)start - (uint64_t)stop - 1) / (0 - (uint64_t)step) + 1;
    return 0;
}
