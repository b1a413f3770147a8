#include "command/table/label_text.h"

#include <string.h>

static joblib_status append_piece(void *ctx, const void *data, size_t size,
                                  joblib_error *error)
{
    (void)error;
    return joblib_command__write_memory(ctx, data, size) ? JOBLIB_OK
                                                         : JOBLIB_ERROR_MEMORY;
}

static joblib_status copy_number(joblib_command__bytes *text, const joblib_array *array,
                                 size_t index)
{
    joblib_sink sink = JOBLIB_SINK_INIT;
    sink.write = append_piece;
    sink.ctx = text;
    if (joblib_dtype_as_number(array->dtype) == JOBLIB_NUMBER_NONE)
        return JOBLIB_ERROR_KIND;
    return joblib_array_print(array, index, NULL, &sink, NULL);
}

/* The text of a label that is an object, in Python's words; None is empty. */
static joblib_status copy_object(joblib_command__bytes *text, const joblib_value *value)
{
    char small[40] = "";
    const char *found = small;
    size_t size = SIZE_MAX;
    bool truth;
    double number;
    joblib_status status = JOBLIB_OK;
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_NONE:
        break;
    case JOBLIB_KIND_BOOL:
        status = joblib_value_as_bool(value, &truth, NULL);
        found = truth ? "True" : "False";
        break;
    case JOBLIB_KIND_INT:
        status = joblib_value_int_text(value, small, sizeof small, &size, NULL);
        break;
    case JOBLIB_KIND_FLOAT:
        status = joblib_value_as_float64(value, &number, NULL);
        if (status == JOBLIB_OK) (void)joblib_float_text(number, false, small);
        break;
    case JOBLIB_KIND_STR:
        found = joblib_value_text(value, &size);
        break;
    case JOBLIB_KIND_BYTES:
        found = joblib_value_bytes(value, &size);
        break;
    default:
        return JOBLIB_ERROR_KIND;
    }
    if (status != JOBLIB_OK) return status;
    if (size == SIZE_MAX) size = strlen(found);
    return joblib_command__write_memory(text, found, size) ? JOBLIB_OK
                                                           : JOBLIB_ERROR_MEMORY;
}

static joblib_status copy_text_item(joblib_command__bytes *text,
                                    const joblib_array *array, size_t index)
{
    size_t size = 0;
    joblib_status status = joblib_array_text(array, index, NULL, 0, &size, NULL);
    if (status != JOBLIB_OK) return status;
    char *grown = joblib_command__grow(text->data, &text->capacity, text->size + size, 1);
    if (grown == NULL) return JOBLIB_ERROR_MEMORY;
    text->data = grown;
    status = joblib_array_text(array, index, grown + text->size, size, &size, NULL);
    if (status == JOBLIB_OK) text->size += size;
    return status;
}

joblib_status joblib_command__append_label(joblib_command__bytes *text,
                                           const joblib_array *array, size_t index)
{
    char kind = joblib_dtype_kind(array->dtype);
    if (kind == 'O') return copy_object(text, joblib_array_object(array, index));
    if (kind == 'U' || kind == 'S') return copy_text_item(text, array, index);
    return copy_number(text, array, index);
}
