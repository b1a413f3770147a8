#include "print/output_buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/allocator.h"
#include "base/try.h"
#include "io/sink.h"

static void write_to_sink(joblib_print__output *out, const void *data, size_t size)
{
    if (size == 0 || out->status != JOBLIB_OK) return;
    out->status = joblib_io__push(&out->sink, data, size, out->error);
}

joblib_status joblib_print__flush(joblib_print__output *out)
{
    write_to_sink(out, out->buffer, out->used);
    out->used = 0;
    return out->status;
}

void joblib_print__put(joblib_print__output *out, const void *data, size_t size)
{
    if (size > sizeof out->buffer - out->used) (void)joblib_print__flush(out);
    if (size > sizeof out->buffer) {
        write_to_sink(out, data, size);
    } else if (size > 0) {
        memcpy(out->buffer + out->used, data, size);
        out->used += size;
    }
}

void joblib_print__put_text(joblib_print__output *out, const char *text)
{
    joblib_print__put(out, text, strlen(text));
}

void joblib_print__put_format(joblib_print__output *out, const char *format, ...)
{
    char text[501];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    JOBLIB_NEVER(size < 0);
    size_t kept = (size_t)size < sizeof text ? (size_t)size : sizeof text - 1;
    joblib_print__put(out, text, kept);
}

void joblib_print__put_spaces(joblib_print__output *out, size_t count)
{
    for (; count > 0; count--) joblib_print__put(out, " ", 1);
}

char *joblib_print__allocate(joblib_print__output *out, size_t size)
{
    char *text = joblib_base__allocate(&out->allocator, size);
    if (!text && out->status == JOBLIB_OK) {
        out->status = joblib_base__set_no_memory(out->error, size);
    }
    return text;
}
