#include "command/failure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command/printing.h"

joblib_status joblib_command__fail(joblib_error *error, joblib_status status,
                                   const char *format, ...)
{
    va_list arguments;
    joblib_error_init(error);
    error->status = (int32_t)status;
    va_start(arguments, format);
    (void)vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

joblib_status joblib_command__no_memory(joblib_error *error)
{
    return joblib_command__fail(error, JOBLIB_ERROR_MEMORY, "out of memory");
}

static void put_place(joblib_command__output *out, const joblib_error *error)
{
    if (error->path[0] != '\0') {
        joblib_command__put_plain(out, error->path, strlen(error->path));
        joblib_command__put_text(out, ": ");
    }
    if (error->offset != JOBLIB_NO_OFFSET) {
        joblib_command__put_format(out, "offset %" PRIu64 ": ", error->offset);
    }
    if (error->file_offset != JOBLIB_NO_OFFSET && error->file_offset != error->offset) {
        joblib_command__put_format(out, "file offset %" PRIu64 ": ", error->file_offset);
    }
    if (error->row >= 0) joblib_command__put_format(out, "row %" PRId64 ": ", error->row);
    if (error->column >= 0) {
        joblib_command__put_format(out, "column %" PRId64 ": ", error->column);
    }
}

void joblib_command__put_error(joblib_command__output *out, const char *file,
                               const joblib_error *error)
{
    joblib_command__put_text(out, "joblib: ");
    joblib_command__put_plain(out, file, strlen(file));
    joblib_command__put_text(out, ": ");
    put_place(out, error);
    joblib_command__put_text(out, joblib_status_name(error->status));
    joblib_command__put_text(out, ": ");
    joblib_command__put_plain(out, error->message, strlen(error->message));
    joblib_command__put_text(out, "\n");
}
