#include "joblib/names.h"

#include "base/try.h"
#include "value/name_table.h"

struct name_row {
    struct joblib_value__name name;
    enum joblib_load__name meaning;
    joblib_load__reduce *reduce;
    joblib_load__build *build;
};

#define JOBLIB_X(module, name, meaning, reduce, build) \
    {{module, name}, JOBLIB_NAME_##meaning, joblib_load__##reduce, joblib_load__##build},
static const struct name_row name_rows[] = {
#include "joblib/names.def"
};
#undef JOBLIB_X

#define NAME_COUNT (sizeof name_rows / sizeof name_rows[0])

/* A tag is the number of its row, plus one. */
static uint16_t find_name(const char *module, size_t module_size, const char *name,
                          size_t name_size)
{
    const struct joblib_value__global sought = {.module = module,
                                                .name = name,
                                                .module_size = module_size,
                                                .name_size = name_size};
    size_t row =
        joblib_value__find_name(name_rows, sizeof name_rows[0], NAME_COUNT, &sought);
    return row < NAME_COUNT ? (uint16_t)(row + 1) : 0;
}

static const struct name_row *find_row(const joblib_value *value)
{
    bool known = value->kind == JOBLIB_KIND_GLOBAL && value->tag > 0;
    return known ? &name_rows[value->tag - 1] : NULL;
}

enum joblib_load__name joblib_load__name_of(const joblib_value *value)
{
    const struct name_row *row = find_row(value);
    return row ? row->meaning : JOBLIB_NAME_UNKNOWN;
}

/* A wrapper that joblib reads promises an array behind its BUILD. */
static joblib_status create_name(joblib_pickle__machine *machine, joblib_form form,
                                 joblib_value *class, joblib_error *error)
{
    bool is_wrapper = joblib_load__name_of(class) == JOBLIB_NAME_WRAPPER;
    if (!is_wrapper || machine->nesting > 0) return JOBLIB_OK;
    JOBLIB_REQUIRE(form != JOBLIB_FORM_INSTANCE, JOBLIB_ERROR_FORBIDDEN,
                   "an array wrapper is made by INST or OBJ, NEWOBJ expected");
    machine->incomplete++;
    return JOBLIB_OK;
}

static joblib_status reduce_name(joblib_pickle__machine *machine, joblib_value *callable,
                                 joblib_value *arguments, joblib_value **out,
                                 joblib_error *error)
{
    return find_row(callable)->reduce(machine, callable, arguments, out, error);
}

static joblib_status build_name(joblib_pickle__machine *machine, joblib_value *object,
                                joblib_value *state, joblib_value **out,
                                joblib_error *error)
{
    if (object->kind == JOBLIB_KIND_DTYPE)
        return joblib_load__build_dtype(machine, object, state, out, error);
    const struct name_row *row = find_row(object->object->callable);
    return row->build(machine, object, state, out, error);
}

const joblib_pickle__hooks joblib_load__hooks = {find_name, create_name, reduce_name,
                                                 build_name, NULL};
