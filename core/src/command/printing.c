#include "command/printing.h"

static joblib_status put_from_sink(void *ctx, const void *data, size_t size,
                                   joblib_error *error)
{
    joblib_command__output *out = ctx;
    (void)error;
    joblib_command__put(out, data, size);
    return out->failed ? JOBLIB_ERROR_CALLBACK : JOBLIB_OK;
}

joblib_sink joblib_command__sink(joblib_command__output *out)
{
    joblib_sink sink = JOBLIB_SINK_INIT;
    sink.write = put_from_sink;
    sink.ctx = out;
    return sink;
}

static void put_in_form(joblib_command__output *out, const char *text, size_t size,
                        joblib_text_form form)
{
    joblib_sink sink = joblib_command__sink(out);
    if (joblib_text_print(text, size, (int)form, &sink, NULL) != JOBLIB_OK)
        out->failed = true;
}

void joblib_command__put_plain(joblib_command__output *out, const char *text, size_t size)
{
    put_in_form(out, text, size, JOBLIB_TEXT_PLAIN);
}

void joblib_command__put_quoted(joblib_command__output *out, const char *text,
                                size_t size)
{
    put_in_form(out, text, size, JOBLIB_TEXT_QUOTED);
}

void joblib_command__put_json_text(joblib_command__output *out, const char *text,
                                   size_t size)
{
    put_in_form(out, text, size, JOBLIB_TEXT_JSON);
}

void joblib_command__put_summary(joblib_command__output *out, const joblib_value *value)
{
    joblib_sink sink = joblib_command__sink(out);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_LINE;
    if (joblib_value_print(value, &options, &sink, NULL) != JOBLIB_OK) out->failed = true;
}

void joblib_command__put_element(joblib_command__output *out, const joblib_array *array,
                                 size_t index)
{
    joblib_sink sink = joblib_command__sink(out);
    if (joblib_array_print(array, index, NULL, &sink, NULL) != JOBLIB_OK)
        out->failed = true;
}
