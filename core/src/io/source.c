#include "io/source.h"

#include "base/try.h"

joblib_status joblib_io__keep_error(const char *who, joblib_status status,
                                    joblib_error *found, joblib_error *error)
{
    if (found->status == JOBLIB_OK) {
        joblib_base__set_error(found, status, "the %s returned status %d", who,
                               (int)status);
        joblib_base__set_layer(found, JOBLIB_LAYER_IO);
    }
    found->status = (int32_t)status;
    found->message[sizeof found->message - 1] = '\0';
    found->path[sizeof found->path - 1] = '\0';
    if (error) *error = *found;
    return status;
}

joblib_status joblib_io__pull(const joblib_source *source, void *buffer, size_t size,
                              size_t *got, joblib_error *error)
{
    joblib_error found = JOBLIB_ERROR_INIT;
    *got = 0;
    joblib_status status = source->read(source->ctx, buffer, size, got, &found);
    if (status != JOBLIB_OK)
        return joblib_io__keep_error("source", status, &found, error);
    if (*got <= size) return JOBLIB_OK;
    joblib_base__set_error(error, JOBLIB_ERROR_CALLBACK,
                           "the source gave %zu bytes where %zu were asked for", *got,
                           size);
    joblib_base__set_layer(error, JOBLIB_LAYER_IO);
    return JOBLIB_ERROR_CALLBACK;
}
