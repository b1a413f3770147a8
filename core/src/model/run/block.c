#include <string.h>

#include "array/widen.h"
#include "base/try.h"
#include "model/run/job.h"

/* Numbers that are converted at a time. */
#define STORED_PIECE 64

static joblib_status open_sink(const joblib_model__range *range,
                               const joblib_model__sink *sink, size_t first, size_t count,
                               joblib_model__output *output, joblib_error *error)
{
    size_t columns = sink->form.columns;
    bool narrow = joblib_model__is_narrow(sink->form.number);
    void *memory;
    *output = (joblib_model__output){.form = sink->form};
    switch (sink->mode) {
    case JOBLIB_MODEL_SINK_SPARSE:
        return JOBLIB_OK;
    case JOBLIB_MODEL_SINK_LABELS:
    case JOBLIB_MODEL_SINK_NUMBERS:
        JOBLIB_TRY(joblib_model__take(range->workspace, count * columns, sizeof(uint32_t),
                                      &memory, error));
        output->labels = memory;
        return JOBLIB_OK;
    case JOBLIB_MODEL_SINK_IN_PLACE:
        break;
    default:
        return narrow ? joblib_model__take_floats(range->workspace, count * columns,
                                                  &output->narrow, error)
                      : joblib_model__take_doubles(range->workspace, count * columns,
                                                   &output->wide, error);
    }
    void *place =
        sink->data + first * columns * (narrow ? sizeof(float) : sizeof(double));
    if (narrow)
        output->narrow = place;
    else
        output->wide = place;
    return JOBLIB_OK;
}

joblib_status joblib_model__open_block(const joblib_model__range *range, size_t first,
                                       size_t count, joblib_model__output *outputs,
                                       joblib_error *error)
{
    for (size_t i = 0; i < range->job->sink_count; i++)
        JOBLIB_TRY(
            open_sink(range, &range->job->sinks[i], first, count, &outputs[i], error));
    return JOBLIB_OK;
}

static void store_numbers(const joblib_model__output *output, size_t count,
                          uint8_t number, char *out)
{
    size_t size = joblib_dtype_itemsize(joblib_dtype_number(number));
    if (!joblib_model__is_narrow(number)) {
        joblib_array__store(output->wide, count, number, out);
        return;
    }
    for (size_t i = 0; i < count; i += STORED_PIECE) {
        double piece[STORED_PIECE];
        size_t rest = count - i < STORED_PIECE ? count - i : STORED_PIECE;
        joblib_array__widen_floats(output->narrow + i, rest, piece);
        joblib_array__store(piece, rest, number, out + i * size);
    }
}

/* Copies of a constant size are moves; the two most common sizes of labels have that. */
static void copy_labels(const char *labels, size_t size, const uint32_t *indices,
                        size_t count, size_t stride, char *out)
{
    if (size == 8 && stride == 1) {
        for (size_t i = 0; i < count; i++)
            memcpy(out + 8 * i, labels + (size_t)8 * indices[i], 8);
        return;
    }
    for (size_t i = 0; i < count; i++)
        memcpy(out + i * stride * size, labels + indices[i * stride] * size, size);
}

static void write_labels(const joblib_model__sink *sink, const uint32_t *indices,
                         size_t rows, char *out)
{
    const joblib_model__labels *labels = sink->labels;
    size_t targets = labels->target_count;
    bool numbers = sink->mode == JOBLIB_MODEL_SINK_NUMBERS;
    size_t size = numbers ? sizeof(double) : joblib_dtype_itemsize(labels->dtype);
    for (size_t i = 0; i < targets; i++) {
        const joblib_model__target *target = &labels->targets[i];
        const char *table = numbers ? (const char *)target->numbers : target->labels;
        copy_labels(table, size, indices + i, rows, targets, out + i * size);
    }
}

/* Bytes of one number of a sink. */
static size_t size_in_sink(const joblib_model__sink *sink)
{
    switch (sink->mode) {
    case JOBLIB_MODEL_SINK_LABELS:
        return joblib_dtype_itemsize(sink->labels->dtype);
    case JOBLIB_MODEL_SINK_STORE:
        return joblib_dtype_itemsize(joblib_dtype_number(sink->form.number));
    default:
        return sizeof(double);
    }
}

static joblib_status close_sink(const joblib_model__range *range,
                                const joblib_model__sink *sink, size_t first,
                                size_t count, const joblib_model__output *output,
                                joblib_error *error)
{
    size_t numbers = count * sink->form.columns;
    if (sink->mode == JOBLIB_MODEL_SINK_IN_PLACE) return JOBLIB_OK;
    if (sink->mode == JOBLIB_MODEL_SINK_SPARSE)
        return joblib_model__append_elements(sink, range->index, first, count, output,
                                             error);
    char *out = sink->data + first * sink->form.columns * size_in_sink(sink);
    if (sink->mode == JOBLIB_MODEL_SINK_STORE)
        store_numbers(output, numbers, sink->form.number, out);
    else if (sink->mode == JOBLIB_MODEL_SINK_WIDEN)
        joblib_array__widen_floats(output->narrow, numbers, (double *)(void *)out);
    else
        write_labels(sink, output->labels, count, out);
    return JOBLIB_OK;
}

joblib_status joblib_model__close_block(const joblib_model__range *range, size_t first,
                                        size_t count, const joblib_model__output *outputs,
                                        joblib_error *error)
{
    for (size_t i = 0; i < range->job->sink_count; i++)
        JOBLIB_TRY(
            close_sink(range, &range->job->sinks[i], first, count, &outputs[i], error));
    return JOBLIB_OK;
}

#undef STORED_PIECE
