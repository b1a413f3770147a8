#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void joblib_error_init(joblib_error *error)
{
    static const joblib_error fresh = JOBLIB_ERROR_INIT;
    if (error) *error = fresh;
}

/* The layer that a status is of; of those that any layer gives, the layer tells itself. */
static uint32_t layer_of_status(joblib_status status)
{
    static const uint8_t layers[] = {
        [1] = JOBLIB_LAYER_IO,    [2] = JOBLIB_LAYER_CODEC, [3] = JOBLIB_LAYER_PICKLE,
        [4] = JOBLIB_LAYER_ARRAY, [5] = JOBLIB_LAYER_VALUE, [7] = JOBLIB_LAYER_MODEL,
        [8] = JOBLIB_LAYER_MODEL,
    };
    size_t family = (size_t)status / 10;
    return family < sizeof layers ? layers[family] : JOBLIB_LAYER_NONE;
}

joblib_status joblib_base__set_error(joblib_error *error, joblib_status status,
                                     const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)joblib_base__set_error_list(error, status, format, arguments);
    va_end(arguments);
    return status;
}

joblib_status joblib_base__set_error_list(joblib_error *error, joblib_status status,
                                          const char *format, va_list arguments)
{
    if (!error) return status;
    joblib_error_init(error);
    error->status = (int32_t)status;
    error->layer = layer_of_status(status);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    return status;
}

joblib_status joblib_base__set_no_memory(joblib_error *error, size_t size)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_MEMORY, "no memory for %zu bytes",
                                  size);
}

void joblib_base__set_offset(joblib_error *error, uint64_t offset, uint64_t file_offset)
{
    if (!error || error->offset != JOBLIB_NO_OFFSET) return;
    error->offset = offset;
    error->file_offset = file_offset;
}

void joblib_base__set_layer(joblib_error *error, joblib_layer layer)
{
    if (error && error->layer == JOBLIB_LAYER_NONE) error->layer = (uint32_t)layer;
}

void joblib_base__set_path(joblib_error *error, const char *path)
{
    static const char dots[] = "\xe2\x80\xa6";
    if (!error || error->path[0] != '\0') return;
    size_t size = strlen(path);
    if (size < sizeof error->path) {
        memcpy(error->path, path, size + 1);
        return;
    }
    size_t kept = sizeof error->path - sizeof dots;
    memcpy(error->path, path, kept);
    memcpy(error->path + kept, dots, sizeof dots);
}

const char *joblib_base__escape(char out[JOBLIB_ESCAPED_SIZE], const char *text,
                                size_t size)
{
    static const char digits[] = "0123456789abcdef";
    size_t used = 0;
    for (size_t i = 0; i < size; i++) {
        if (used + 8 >
            JOBLIB_ESCAPED_SIZE) { /* room for one \xNN, the dots and the NUL */
            memcpy(out + used, "\xe2\x80\xa6", 3);
            used += 3;
            break;
        }
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 0x20 && byte < 0x7f && byte != '\\') {
            out[used++] = (char)byte;
            continue;
        }
        out[used++] = '\\';
        out[used++] = 'x';
        out[used++] = digits[byte >> 4];
        out[used++] = digits[byte & 15];
    }
    out[used] = '\0';
    return out;
}
