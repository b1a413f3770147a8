#ifndef JOBLIB_GO_NATIVE_H
#define JOBLIB_GO_NATIVE_H

/* The code of Go's typemaps, and what go.i adds to the classes. It is compiled once, in the
   wrapper that SWIG makes. */

#include <stdlib.h>
#include <string.h>

#include "handles.h"

void joblib_blocking(void (*function)(void *argument), void *argument)
{
    function(argument);
}

/* Text goes to Go as memory of malloc, which Go copies and frees. */
static _gostring_ go_text(const void *data, size_t size, void *owned)
{
    _gostring_ text = {owned, (intgo)size};
    if (data != NULL && owned == NULL) {
        text.p = malloc(size > 0 ? size : 1);
    }
    if (data == NULL || text.p == NULL) {
        text.n = 0;
    } else if (data != text.p) {
        memcpy(text.p, data, size);
    }
    return text;
}

/* Streams: stream.go reads; `ctx` is the handle of its stream. */

extern int joblibGoRead(uintptr_t stream, void *buffer, size_t size, size_t *got);

static joblib_status go_read(void *ctx, void *buffer, size_t size, size_t *got,
                             joblib_error *error)
{
    (void)error;
    return (joblib_status)joblibGoRead((uintptr_t)ctx, buffer, size, got);
}

extern int joblibGoWrite(uintptr_t stream, void *data, size_t size);

static joblib_status go_write(void *ctx, const void *data, size_t size,
                              joblib_error *error)
{
    (void)error;
    return (joblib_status)joblibGoWrite((uintptr_t)ctx, (void *)data, size);
}

/* All elements of an array, in C order. A status that is not OK stands in `error` too. */

static void JoblibArray_read_bytes(JoblibArray *self, unsigned char *out, size_t capacity,
                                   joblib_error *error)
{
    error->status = (int32_t)joblib_array_read_bytes(&self->view, out, capacity, error);
}

static void JoblibArray_read_float64s(JoblibArray *self, double *out, size_t capacity,
                                      joblib_error *error)
{
    error->status = (int32_t)joblib_array_read_float64(&self->view, out, capacity, error);
}

static void JoblibArray_read_int64s(JoblibArray *self, int64_t *out, size_t capacity,
                                    joblib_error *error)
{
    error->status = (int32_t)joblib_array_read_int64(&self->view, out, capacity, error);
}

#endif
