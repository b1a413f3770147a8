#include "support/collected.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static joblib_status collect(void *ctx, const void *data, size_t size,
                             joblib_error *error)
{
    struct collected *collected = ctx;
    if (++collected->calls == collected->fail_at) {
        if (collected->says != NULL) {
            error->status = JOBLIB_ERROR_CALLBACK;
            snprintf(error->message, sizeof error->message, "%s", collected->says);
        }
        return JOBLIB_ERROR_CALLBACK;
    }
    collected->text = realloc(collected->text, collected->size + size + 1);
    if (collected->text == NULL) exit(EXIT_FAILURE);
    memcpy(collected->text + collected->size, data, size);
    collected->size += size;
    collected->text[collected->size] = '\0';
    return JOBLIB_OK;
}

joblib_sink collect_into(struct collected *collected)
{
    joblib_sink sink = JOBLIB_SINK_INIT;
    sink.write = collect;
    sink.ctx = collected;
    return sink;
}
