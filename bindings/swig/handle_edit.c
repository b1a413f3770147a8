/* Filling and changing the values of builders. */

#include "handle_builder.h"

/** Values that a change needs; those of number 0 are NULL. */
typedef struct change {
    joblib_value *target, *one, *other;
} change;

static bool find_values(const JoblibBuilder *self, int64_t target, int64_t one,
                        int64_t other, change *out, joblib_error *error)
{
    out->target = joblib_shim__numbered(self, target, error);
    out->one = joblib_shim__numbered(self, one, error);
    out->other = joblib_shim__numbered(self, other, error);
    return error->status == JOBLIB_OK;
}

/* Calls `call` with `the`, the values of three numbers. */
#define CHANGE(target, one, other, call) \
    change the; \
    if (find_values(self, target, one, other, &the, error)) { \
        error->status = (int32_t)(call); \
    }

void JoblibBuilder_append(JoblibBuilder *self, int64_t list, int64_t item,
                          joblib_error *error)
{
    CHANGE(list, item, 0,
           joblib_builder_append(self->builder, the.target, the.one, error))
}

void JoblibBuilder_insert(JoblibBuilder *self, int64_t list, size_t index, int64_t item,
                          joblib_error *error)
{
    CHANGE(list, item, 0,
           joblib_builder_insert(self->builder, the.target, index, the.one, error))
}

void JoblibBuilder_set_at(JoblibBuilder *self, int64_t list, size_t index, int64_t item,
                          joblib_error *error)
{
    CHANGE(list, item, 0,
           joblib_builder_set_at(self->builder, the.target, index, the.one, error))
}

void JoblibBuilder_remove_at(JoblibBuilder *self, int64_t list, size_t index,
                             joblib_error *error)
{
    CHANGE(list, 0, 0, joblib_builder_remove_at(self->builder, the.target, index, error))
}

void JoblibBuilder_put(JoblibBuilder *self, int64_t dict, int64_t key, int64_t item,
                       joblib_error *error)
{
    CHANGE(dict, key, item,
           joblib_builder_put(self->builder, the.target, the.one, the.other, error))
}

void JoblibBuilder_add(JoblibBuilder *self, int64_t set, int64_t item,
                       joblib_error *error)
{
    CHANGE(set, item, 0, joblib_builder_add(self->builder, the.target, the.one, error))
}

void JoblibBuilder_remove_key(JoblibBuilder *self, int64_t dict, int64_t key,
                              joblib_error *error)
{
    CHANGE(dict, key, 0,
           joblib_builder_remove_key(self->builder, the.target, the.one, error))
}

void JoblibBuilder_set_class(JoblibBuilder *self, int64_t object, int64_t callable,
                             joblib_error *error)
{
    CHANGE(object, callable, 0,
           joblib_builder_set_class(self->builder, the.target, the.one, error))
}

void JoblibBuilder_set_state(JoblibBuilder *self, int64_t object, int64_t state,
                             joblib_error *error)
{
    CHANGE(object, state, 0,
           joblib_builder_set_state(self->builder, the.target, the.one, error))
}

void JoblibBuilder_set_attribute(JoblibBuilder *self, int64_t object, const char *text,
                                 int64_t item, joblib_error *error)
{
    CHANGE(object, item, 0,
           joblib_builder_set_attribute(self->builder, the.target, text, the.one, error))
}

void JoblibBuilder_remove_attribute(JoblibBuilder *self, int64_t object, const char *text,
                                    joblib_error *error)
{
    CHANGE(object, 0, 0,
           joblib_builder_remove_attribute(self->builder, the.target, text, error))
}

void JoblibBuilder_replace(JoblibBuilder *self, int64_t root, const char *text,
                           int64_t item, joblib_error *error){
    CHANGE(root, item, 0,
           joblib_builder_replace(self->builder, the.target, text, the.one, error))}

int64_t JoblibBuilder_find(JoblibBuilder *self, int64_t root, const char *text,
                           joblib_error *error)
{
    const joblib_value *start = joblib_shim__numbered(self, root, error);
    if (error->status != JOBLIB_OK) {
        return 0;
    }
    JOBLIB_SHIM_MAKE(joblib_builder_find(self->builder, start, text, &value, error));
}
