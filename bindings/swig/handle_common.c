#include "handle_common.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct joblib_shared_result {
    atomic_uint owners;
    joblib_result *result;
};

void *joblib_shim__fail(joblib_error *error, joblib_status status, const char *format,
                        ...)
{
    va_list arguments;
    if (error == NULL) {
        return NULL;
    }
    error->status = (int32_t)status;
    va_start(arguments, format);
    (void)vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return NULL;
}

void *joblib_shim__allocate(size_t size, joblib_error *error)
{
    void *memory = calloc(1, size > 0 ? size : 1);
    if (memory == NULL) {
        return joblib_shim__fail(error, JOBLIB_ERROR_MEMORY, "no memory for %zu bytes",
                                 size);
    }
    return memory;
}

joblib_text joblib_shim__copy_text(const char *data, size_t size, joblib_error *error)
{
    joblib_text text = {NULL, 0, NULL};
    char *copy = joblib_shim__allocate(size, error);
    if (copy != NULL) {
        memcpy(copy, data, size);
        text = (joblib_text){copy, size, copy};
    }
    return text;
}

joblib_text joblib_shim__text(const char *terminated)
{
    return (joblib_text){terminated, terminated ? strlen(terminated) : 0, NULL};
}

static joblib_status append_to_buffer(void *ctx, const void *data, size_t size,
                                      joblib_error *error)
{
    joblib_shim__buffer *buffer = ctx;
    if (size > buffer->capacity - buffer->size) {
        const size_t doubled = buffer->capacity < SIZE_MAX / 2 ? buffer->capacity * 2 : 0;
        const size_t needed =
            size < SIZE_MAX - buffer->size ? buffer->size + size : SIZE_MAX;
        const size_t capacity = doubled > needed ? doubled : needed;
        char *grown = realloc(buffer->data, capacity);
        if (grown == NULL) {
            joblib_shim__fail(error, JOBLIB_ERROR_MEMORY, "no memory for %zu bytes",
                              capacity);
            return JOBLIB_ERROR_MEMORY;
        }
        buffer->data = grown;
        buffer->capacity = capacity;
    }
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    return JOBLIB_OK;
}

joblib_sink joblib_shim__buffer_sink(joblib_shim__buffer *buffer)
{
    joblib_sink sink = JOBLIB_SINK_INIT;
    sink.write = append_to_buffer;
    sink.ctx = buffer;
    return sink;
}

joblib_owner joblib_shim__retain(joblib_owner owner)
{
    (void)joblib_document_retain(owner.document);
    (void)joblib_model_retain(owner.model);
    if (owner.result != NULL) {
        atomic_fetch_add_explicit(&owner.result->owners, 1, memory_order_relaxed);
    }
    return owner;
}

static void release_shared_result(joblib_shared_result *shared)
{
    if (shared == NULL ||
        atomic_fetch_sub_explicit(&shared->owners, 1, memory_order_acq_rel) > 1) {
        return;
    }
    joblib_result_free(shared->result);
    free(shared);
}

void joblib_shim__release(joblib_owner *owner)
{
    release_shared_result(owner->result);
    joblib_model_release(owner->model);
    joblib_document_release(owner->document);
    *owner = (joblib_owner){NULL, NULL, NULL};
}

joblib_shared_result *joblib_shim__share_result(joblib_result *result,
                                                joblib_error *error)
{
    joblib_shared_result *shared = joblib_shim__allocate(sizeof *shared, error);
    if (shared == NULL) {
        joblib_result_free(result);
        return NULL;
    }
    atomic_init(&shared->owners, 1);
    shared->result = result;
    return shared;
}

const joblib_result *joblib_shim__result(const joblib_shared_result *shared)
{
    return shared->result;
}

JoblibDocument *joblib_shim__document(joblib_document *document, joblib_error *error)
{
    JoblibDocument *self = document ? joblib_shim__allocate(sizeof *self, error) : NULL;
    if (self != NULL) {
        self->document = joblib_document_retain(document);
    }
    return self;
}

JoblibValue *joblib_shim__value(joblib_document *document, const joblib_value *node,
                                joblib_error *error)
{
    JoblibValue *self = node ? joblib_shim__allocate(sizeof *self, error) : NULL;
    if (self != NULL) {
        self->document = joblib_document_retain(document);
        self->node = node;
    }
    return self;
}

JoblibArray *joblib_shim__array(joblib_owner owner, const joblib_array *view,
                                joblib_error *error)
{
    JoblibArray *self = joblib_shim__allocate(sizeof *self, error);
    if (self != NULL) {
        self->owner = joblib_shim__retain(owner);
        self->view = *view;
    }
    return self;
}

JoblibInput *joblib_shim__input(joblib_owner owner, const joblib_input *input,
                                joblib_error *error)
{
    JoblibInput *self = joblib_shim__allocate(sizeof *self, error);
    if (self != NULL) {
        self->owner = joblib_shim__retain(owner);
        self->input = *input;
    }
    return self;
}
