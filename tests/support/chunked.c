#include "support/chunked.h"

#include <string.h>

static joblib_status read_chunk(void *ctx, void *buffer, size_t size, size_t *got,
                                joblib_error *error)
{
    struct chunked *chunked = ctx;
    (void)error;
    chunked->calls++;
    if (chunked->calls == chunked->fail_at) return JOBLIB_ERROR_CALLBACK;
    size_t left = chunked->size - chunked->offset;
    *got = left < size ? left : size;
    if (*got > chunked->chunk) *got = chunked->chunk;
    memcpy(buffer, chunked->data + chunked->offset, *got);
    chunked->offset += *got;
    return JOBLIB_OK;
}

joblib_source chunked_source(struct chunked *chunked)
{
    joblib_source source = {(uint32_t)sizeof source, read_chunk, chunked};
    return source;
}
