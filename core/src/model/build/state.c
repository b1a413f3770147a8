#include "model/context.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/try.h"

joblib_status joblib_model__fail(const joblib_model__context *context,
                                 const char *attribute, joblib_status status,
                                 const char *format, ...)
{
    joblib_error *error = context->error;
    if (!error) return status;
    char message[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    joblib_base__set_error(error, status, "%s", message);
    joblib_base__set_layer(error, JOBLIB_LAYER_MODEL);
    joblib_model__write_path(context->path, attribute, error->path);
    return status;
}

joblib_status joblib_model__allocate(const joblib_model__context *context, size_t count,
                                     size_t item_size, void **out)
{
    size_t size;
    if (!joblib_base__size_mul(count, item_size, &size))
        return joblib_base__set_no_memory(context->error, SIZE_MAX);
    void *memory = joblib_base__arena_allocate_aligned(context->arena, size);
    if (!memory) return joblib_base__set_no_memory(context->error, size);
    memset(memory, 0, size);
    *out = memory;
    return JOBLIB_OK;
}

static uint32_t methods_of(const joblib_model__type *type)
{
    uint32_t methods = 0;
    for (int i = 0; i < JOBLIB_MODEL_METHODS; i++) {
        if (type->compute[i]) methods |= 1U << i;
    }
    const unsigned labels =
        JOBLIB_MODEL_LABELS_FROM_SCORES | JOBLIB_MODEL_LABELS_FROM_PROBABILITIES;
    if (type->derive & labels) methods |= 1U << JOBLIB_METHOD_PREDICT;
    if (type->derive & JOBLIB_MODEL_LOG_OF_PROBABILITIES)
        methods |= 1U << JOBLIB_METHOD_PREDICT_LOG_PROBA;
    return methods;
}

joblib_status joblib_model__new_estimator(joblib_model__context *context, size_t size,
                                          void **out)
{
    JOBLIB_TRY(joblib_model__allocate(context, 1, size, out));
    joblib_model__estimator *self = *out;
    self->type = context->row->type;
    self->methods = methods_of(self->type);
    self->version = "";
    return joblib_model__read_size(context, "n_features_in_", 0, &self->features);
}

joblib_status joblib_model__set_features(const joblib_model__context *context,
                                         joblib_model__estimator *self,
                                         const char *attribute, size_t features)
{
    if (features == 0)
        return joblib_model__fail(context, attribute, JOBLIB_ERROR_MODEL,
                                  "%s is for no features", attribute);
    if (self->features != 0 && self->features != features)
        return joblib_model__fail(context, attribute, JOBLIB_ERROR_MODEL,
                                  "%s is for %zu features, n_features_in_ is %zu",
                                  attribute, features, self->features);
    self->features = features;
    return JOBLIB_OK;
}

const joblib_value *joblib_model__attribute(const joblib_model__context *context,
                                            const char *name)
{
    return joblib_value_attribute(context->value, name);
}

/* The value of an attribute; NULL where it is absent or None. */
static const joblib_value *find_set(const joblib_model__context *context,
                                    const char *name)
{
    const joblib_value *value = joblib_model__attribute(context, name);
    return value && joblib_value_kind(value) != JOBLIB_KIND_NONE ? value : NULL;
}

bool joblib_model__has(const joblib_model__context *context, const char *name)
{
    return find_set(context, name) != NULL;
}

joblib_status joblib_model__require(const joblib_model__context *context,
                                    const char *name, const joblib_value **out)
{
    *out = joblib_model__attribute(context, name);
    if (*out) return JOBLIB_OK;
    return joblib_model__fail(context, name, JOBLIB_ERROR_MODEL,
                              "%s is missing: the estimator is not fitted", name);
}

static joblib_status fail_attribute_kind(const joblib_model__context *context,
                                         const char *name, const joblib_value *found,
                                         const char *expected)
{
    return joblib_model__fail(context, name, JOBLIB_ERROR_MODEL, "%s is %s, not %s", name,
                              joblib_kind_name((int)joblib_value_kind(found)), expected);
}

joblib_status joblib_model__read_flag(const joblib_model__context *context,
                                      const char *name, bool absent, bool *out)
{
    int64_t number;
    const joblib_value *value = joblib_model__attribute(context, name);
    *out = absent;
    if (!value) return JOBLIB_OK;
    *out = false;
    if (joblib_value_kind(value) == JOBLIB_KIND_NONE) return JOBLIB_OK;
    if (joblib_value_as_int64(value, &number, NULL) != JOBLIB_OK)
        return fail_attribute_kind(context, name, value, "a bool");
    *out = number != 0;
    return JOBLIB_OK;
}

joblib_status joblib_model__read_size(const joblib_model__context *context,
                                      const char *name, size_t absent, size_t *out)
{
    int64_t number;
    const joblib_value *value = find_set(context, name);
    *out = absent;
    if (!value) return JOBLIB_OK;
    if (joblib_value_as_int64(value, &number, NULL) != JOBLIB_OK)
        return fail_attribute_kind(context, name, value, "an integer of 64 bits");
    if (number < 0 || (uint64_t)number >= SIZE_MAX)
        return joblib_model__fail(context, name, JOBLIB_ERROR_MODEL,
                                  "%s is %lld, not a size", name, (long long)number);
    *out = (size_t)number;
    return JOBLIB_OK;
}

joblib_status joblib_model__read_text(const joblib_model__context *context,
                                      const char *name, const char *absent,
                                      const char **out)
{
    const joblib_value *value = find_set(context, name);
    *out = value ? joblib_value_text(value, NULL) : absent;
    if (*out || !value) return JOBLIB_OK;
    return fail_attribute_kind(context, name, value, "a text");
}

joblib_status joblib_model__read_choice(const joblib_model__context *context,
                                        const char *name, const char *const *choices,
                                        const char *absent, size_t *out)
{
    const char *text;
    char escaped[JOBLIB_ESCAPED_SIZE];
    JOBLIB_TRY(joblib_model__read_text(context, name, absent, &text));
    if (!text) text = "None";
    for (*out = 0; choices[*out]; (*out)++) {
        if (strcmp(choices[*out], text) == 0) return JOBLIB_OK;
    }
    return joblib_model__fail(context, name, JOBLIB_ERROR_ESTIMATOR,
                              "%s is '%s', which is not known", name,
                              joblib_base__escape(escaped, text, strlen(text)));
}
