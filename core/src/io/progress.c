#include "io/progress.h"

#include "base/try.h"
#include "io/reader.h"

void joblib_io__progress_expect(joblib_io__progress *progress, uint64_t size)
{
    if (size == JOBLIB_UNKNOWN_SIZE)
        progress->endless = true;
    else
        progress->total += size;
}

joblib_status joblib_io__progress_tell(joblib_io__progress *progress, joblib_error *error)
{
    uint64_t total = progress->endless ? 0 : progress->total;
    progress->since = 0;
    if (progress->call(progress->ctx, progress->read, total)) return JOBLIB_OK;
    joblib_base__set_error(error, JOBLIB_ERROR_CANCELLED,
                           "cancelled after %llu bytes of the input",
                           (unsigned long long)progress->read);
    joblib_base__set_layer(error, JOBLIB_LAYER_IO);
    return JOBLIB_ERROR_CANCELLED;
}

joblib_status joblib_io__progress_count(joblib_io__progress *progress, size_t size,
                                        joblib_error *error)
{
    progress->since += size;
    if (progress->since < JOBLIB_PROGRESS_STEP) return JOBLIB_OK;
    return joblib_io__progress_tell(progress, error);
}
