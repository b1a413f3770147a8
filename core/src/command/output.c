#include "command/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void joblib_command__output_init(joblib_command__output *out,
                                 bool (*write)(void *ctx, const void *data, size_t size),
                                 void *ctx)
{
    out->write = write;
    out->ctx = ctx;
    out->total = 0;
    out->used = 0;
    out->failed = false;
    out->system_error = 0;
    out->terminal = false;
}

static void write_through(joblib_command__output *out, const void *data, size_t size)
{
    if (size == 0 || out->failed) return;
    errno = 0;
    if (out->write(out->ctx, data, size)) return;
    out->failed = true;
    out->system_error = errno;
}

bool joblib_command__flush(joblib_command__output *out)
{
    write_through(out, out->buffer, out->used);
    out->used = 0;
    return !out->failed;
}

void joblib_command__put(joblib_command__output *out, const void *data, size_t size)
{
    out->total += size;
    if (size > sizeof out->buffer - out->used) joblib_command__flush(out);
    if (size > sizeof out->buffer) {
        write_through(out, data, size);
    } else if (size > 0) {
        memcpy(out->buffer + out->used, data, size);
        out->used += size;
    }
}

void joblib_command__put_text(joblib_command__output *out, const char *text)
{
    joblib_command__put(out, text, strlen(text));
}

void joblib_command__put_format(joblib_command__output *out, const char *format, ...)
{
    char text[501];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size < 0) {
        out->failed = true;
        return;
    }
    size_t kept = (size_t)size < sizeof text ? (size_t)size : sizeof text - 1;
    joblib_command__put(out, text, kept);
}

void joblib_command__put_spaces(joblib_command__output *out, size_t count)
{
    static const char spaces[] = "                                ";
    while (count > 0) {
        size_t size = count < sizeof spaces - 1 ? count : sizeof spaces - 1;
        joblib_command__put(out, spaces, size);
        count -= size;
    }
}

bool joblib_command__write_stream(void *ctx, const void *data, size_t size)
{
    return fwrite(data, 1, size, ctx) == size && fflush(ctx) == 0;
}

void *joblib_command__grow(void *items, size_t *capacity, size_t needed, size_t item_size)
{
    if (items != NULL && needed <= *capacity) return items;
    size_t wanted = *capacity < 16 ? 16 : *capacity;
    while (wanted < needed) {
        if (wanted > SIZE_MAX / 2) return NULL;
        wanted *= 2;
    }
    if (wanted > SIZE_MAX / item_size) return NULL;
    void *grown = realloc(items, wanted * item_size);
    if (grown != NULL) *capacity = wanted;
    return grown;
}

bool joblib_command__write_memory(void *ctx, const void *data, size_t size)
{
    joblib_command__bytes *bytes = ctx;
    if (size > SIZE_MAX - bytes->size) return false;
    char *grown =
        joblib_command__grow(bytes->data, &bytes->capacity, bytes->size + size, 1);
    if (grown == NULL) return false;
    bytes->data = grown;
    if (size > 0) memcpy(grown + bytes->size, data, size);
    bytes->size += size;
    return true;
}

bool joblib_command__write_new_file(void *ctx, const void *data, size_t size)
{
    joblib_command__new_file *file = ctx;
    if (file->stream == NULL) file->stream = fopen(file->path, "wb");
    return file->stream != NULL && fwrite(data, 1, size, file->stream) == size;
}

bool joblib_command__close_new_file(joblib_command__new_file *file, bool keep)
{
    if (file->stream == NULL) return true;
    bool stored = fclose(file->stream) == 0;
    file->stream = NULL;
    if (!stored || !keep) (void)remove(file->path);
    return stored;
}
