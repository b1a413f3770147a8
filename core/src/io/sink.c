#include "io/sink.h"

#include "base/options.h"
#include "base/try.h"
#include "io/source.h"

joblib_status joblib_io__read_sink(const joblib_sink *given, joblib_sink *out,
                                   joblib_error *error)
{
    JOBLIB_TRY(joblib_base__read_struct(given, out, sizeof *out, "joblib_sink", error));
    JOBLIB_REQUIRE(out->write, JOBLIB_ERROR_ARGUMENT, "a sink without write function");
    return JOBLIB_OK;
}

joblib_status joblib_io__push(const joblib_sink *sink, const void *data, size_t size,
                              joblib_error *error)
{
    joblib_error found = JOBLIB_ERROR_INIT;
    joblib_status status = sink->write(sink->ctx, data, size, &found);
    if (status == JOBLIB_OK) return JOBLIB_OK;
    return joblib_io__keep_error("sink", status, &found, error);
}
