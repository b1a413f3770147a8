/* Builders: their life, plain values, containers, objects, copies. */

#include <stdlib.h>
#include <string.h>

#include "handle_builder.h"

/* Numbers and values */

bool joblib_shim__reserve_number(JoblibBuilder *self, joblib_error *error)
{
    const size_t capacity = self->capacity > 0 ? self->capacity * 2 : 16;
    joblib_value **grown;
    if (self->count < self->capacity) {
        return true;
    }
    grown = (joblib_value **)realloc((void *)self->values, capacity * sizeof *grown);
    if (grown == NULL) {
        joblib_shim__fail(error, JOBLIB_ERROR_MEMORY, "no memory for %zu values",
                          capacity);
        return false;
    }
    self->values = grown;
    self->capacity = capacity;
    return true;
}

int64_t joblib_shim__number(JoblibBuilder *self, joblib_status status,
                            joblib_value *value)
{
    if (status != JOBLIB_OK) {
        return 0;
    }
    self->values[self->count] = value;
    return self->first + (int64_t)self->count++;
}

joblib_value *joblib_shim__numbered(const JoblibBuilder *self, int64_t number,
                                    joblib_error *error)
{
    if (number == 0) {
        return NULL;
    }
    if (number < self->first || (uint64_t)(number - self->first) >= self->count) {
        return joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                                 "the value is not of this builder, or is finished");
    }
    return self->values[number - self->first];
}

const joblib_value **joblib_shim__all_numbered(const JoblibBuilder *self,
                                               joblib_int64s numbers, joblib_error *error)
{
    const joblib_value **values =
        joblib_shim__allocate((numbers.count + 1) * sizeof *values, error);
    for (size_t i = 0; values != NULL && i < numbers.count; i++) {
        values[i] = joblib_shim__numbered(self, numbers.data[i], error);
        if (values[i] == NULL && error->status == JOBLIB_OK) {
            joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT, "item %zu is missing", i);
        }
    }
    if (values != NULL && error->status != JOBLIB_OK) {
        free((void *)values);
        return NULL;
    }
    return values;
}

const void *joblib_shim__address(const void *data)
{
    return data ? data : "";
}

/* Life */

static JoblibBuilder *adopt_builder(joblib_builder *builder, joblib_error *error)
{
    JoblibBuilder *self = joblib_shim__allocate(sizeof *self, error);
    if (self == NULL) {
        joblib_builder_free(builder);
        return NULL;
    }
    self->builder = builder;
    self->first = 1;
    return self;
}

JoblibBuilder *new_JoblibBuilder(joblib_error *error)
{
    joblib_builder *builder = NULL;
    if (joblib_builder_new(NULL, &builder, error) != JOBLIB_OK) {
        return NULL;
    }
    return adopt_builder(builder, error);
}

JoblibBuilder *JoblibBuilder_from_document(const JoblibDocument *document,
                                           joblib_error *error)
{
    joblib_document *source = joblib_shim__require_document(document, error);
    joblib_builder *builder = NULL;
    joblib_value *root = NULL;
    JoblibBuilder *self;
    if (source == NULL ||
        joblib_builder_new_from(source, NULL, &builder, &root, error) != JOBLIB_OK) {
        return NULL;
    }
    self = adopt_builder(builder, error);
    if (self != NULL && (!joblib_shim__reserve_number(self, error) ||
                         joblib_shim__number(self, JOBLIB_OK, root) == 0)) {
        delete_JoblibBuilder(self);
        return NULL;
    }
    return self;
}

void delete_JoblibBuilder(JoblibBuilder *self)
{
    if (self != NULL) {
        joblib_builder_free(self->builder);
        free((void *)self->values);
        free(self);
    }
}

JoblibDocument *JoblibBuilder_finish(JoblibBuilder *self, int64_t root,
                                     joblib_error *error)
{
    const joblib_value *value = joblib_shim__numbered(self, root, error);
    joblib_document *document = NULL;
    JoblibDocument *finished;
    if (error->status != JOBLIB_OK ||
        joblib_builder_finish(self->builder, value, &document, error) != JOBLIB_OK) {
        return NULL;
    }
    self->first += (int64_t)self->count;
    self->count = 0;
    finished = joblib_shim__document(document, error);
    joblib_document_release(document);
    return finished;
}

/* Plain values */

int64_t JoblibBuilder_none(JoblibBuilder *self, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_none(self->builder, &value, error));
}

int64_t JoblibBuilder_boolean(JoblibBuilder *self, bool truth, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_bool(self->builder, truth, &value, error));
}

int64_t JoblibBuilder_int64(JoblibBuilder *self, int64_t number, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_int64(self->builder, number, &value, error));
}

int64_t JoblibBuilder_decimal(JoblibBuilder *self, const char *text, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(
        joblib_builder_int_text(self->builder, text, strlen(text), &value, error));
}

int64_t JoblibBuilder_float64(JoblibBuilder *self, double number, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_float64(self->builder, number, &value, error));
}

int64_t JoblibBuilder_complex(JoblibBuilder *self, double real, double imaginary,
                              joblib_error *error)
{
    JOBLIB_SHIM_MAKE(
        joblib_builder_complex(self->builder, real, imaginary, &value, error));
}

int64_t JoblibBuilder_text(JoblibBuilder *self, const void *data, size_t size,
                           joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_text(self->builder, joblib_shim__address(data), size,
                                         &value, error));
}

int64_t JoblibBuilder_key(JoblibBuilder *self, const char *text, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_key(self->builder, text, &value, error));
}

int64_t JoblibBuilder_bytes(JoblibBuilder *self, const void *data, size_t size,
                            joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_bytes(self->builder, joblib_shim__address(data), size,
                                          &value, error));
}

int64_t JoblibBuilder_bytearray(JoblibBuilder *self, const void *data, size_t size,
                                joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_bytearray(self->builder, joblib_shim__address(data),
                                              size, &value, error));
}

/* Containers */

int64_t JoblibBuilder_list(JoblibBuilder *self, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_list(self->builder, &value, error));
}

int64_t JoblibBuilder_dict(JoblibBuilder *self, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_dict(self->builder, &value, error));
}

int64_t JoblibBuilder_set(JoblibBuilder *self, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_set(self->builder, &value, error));
}

typedef joblib_status (*make_of_items)(joblib_builder *builder,
                                       const joblib_value *const *items, size_t count,
                                       joblib_value **out, joblib_error *error);

static int64_t make_from_items(JoblibBuilder *self, make_of_items make,
                               joblib_int64s numbers, joblib_error *error)
{
    joblib_value *value = NULL;
    joblib_status status;
    const joblib_value **items;
    if (!joblib_shim__reserve_number(self, error)) {
        return 0;
    }
    items = joblib_shim__all_numbered(self, numbers, error);
    if (items == NULL) {
        return 0;
    }
    status = make(self->builder, items, numbers.count, &value, error);
    free((void *)items);
    return joblib_shim__number(self, status, value);
}

int64_t JoblibBuilder_tuple(JoblibBuilder *self, joblib_int64s numbers,
                            joblib_error *error)
{
    return make_from_items(self, joblib_builder_tuple, numbers, error);
}

int64_t JoblibBuilder_frozenset(JoblibBuilder *self, joblib_int64s numbers,
                                joblib_error *error)
{
    return make_from_items(self, joblib_builder_frozenset, numbers, error);
}

/* Objects */

/* Longer modules are no Python's. */
#define MODULE_SIZE 1024

/* "package.module.Class", or "package.module:Outer.Class" for a class inside another. */
static joblib_status make_global(joblib_builder *builder, const char *text,
                                 joblib_value **out, joblib_error *error)
{
    char module[MODULE_SIZE];
    const char *colon = strchr(text, ':');
    const char *end = colon ? colon : strrchr(text, '.');
    if (end == NULL || end == text || (size_t)(end - text) >= sizeof module) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                          "\"%.40s\" is not the name of a class with its module", text);
        return JOBLIB_ERROR_ARGUMENT;
    }
    memcpy(module, text, (size_t)(end - text));
    module[end - text] = '\0';
    return joblib_builder_global(builder, module, end + 1, out, error);
}

int64_t JoblibBuilder_global(JoblibBuilder *self, const char *text, joblib_error *error)
{
    JOBLIB_SHIM_MAKE(make_global(self->builder, text, &value, error));
}

int64_t JoblibBuilder_object(JoblibBuilder *self, int form, int64_t callable,
                             int64_t arguments, int64_t keywords, joblib_error *error)
{
    const joblib_value *parts[3];
    joblib_value *value = NULL;
    joblib_status status;
    parts[0] = joblib_shim__numbered(self, callable, error);
    parts[1] = joblib_shim__numbered(self, arguments, error);
    parts[2] = joblib_shim__numbered(self, keywords, error);
    if (error->status != JOBLIB_OK || !joblib_shim__reserve_number(self, error)) {
        return 0;
    }
    status = joblib_builder_object(self->builder, form, parts[0], parts[1], parts[2],
                                   &value, error);
    return joblib_shim__number(self, status, value);
}

/* Copies */

int64_t JoblibBuilder_copy(JoblibBuilder *self, const JoblibValue *source,
                           joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_copy(self->builder, source->document, source->node,
                                         &value, error));
}

int64_t JoblibBuilder_copy_array(JoblibBuilder *self, const JoblibArray *array,
                                 joblib_error *error)
{
    JOBLIB_SHIM_MAKE(joblib_builder_array(self->builder, &array->view, 0, &value, error));
}
