/* Values printed into text. */

#include <stdlib.h>
#include <string.h>

#include "handle_common.h"

typedef struct printed_text {
    char *data;
    size_t size;
    size_t capacity;
} printed_text;

static joblib_status append_printed(void *ctx, const void *data, size_t size,
                                    joblib_error *error)
{
    printed_text *text = ctx;
    if (size > text->capacity - text->size) {
        const size_t doubled = text->capacity < SIZE_MAX / 2 ? text->capacity * 2 : 0;
        const size_t needed = size < SIZE_MAX - text->size ? text->size + size : SIZE_MAX;
        const size_t capacity = doubled > needed ? doubled : needed;
        char *grown = realloc(text->data, capacity);
        if (grown == NULL) {
            joblib_shim__fail(error, JOBLIB_ERROR_MEMORY, "no memory for %zu bytes",
                              capacity);
            return JOBLIB_ERROR_MEMORY;
        }
        text->data = grown;
        text->capacity = capacity;
    }
    memcpy(text->data + text->size, data, size);
    text->size += size;
    return JOBLIB_OK;
}

joblib_text JoblibValue_print(const JoblibValue *self, int format, uint64_t levels,
                              joblib_error *error)
{
    printed_text text = {NULL, 0, 0};
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    joblib_sink sink = JOBLIB_SINK_INIT;
    options.format = (uint32_t)format;
    options.levels = levels;
    sink.write = append_printed;
    sink.ctx = &text;
    if (joblib_value_print(self->node, &options, &sink, error) != JOBLIB_OK) {
        free(text.data);
        return joblib_shim__text(NULL);
    }
    return (joblib_text){text.data, text.size, text.data};
}
