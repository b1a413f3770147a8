#include "print/view_text.h"

#include <inttypes.h>
#include <string.h>

#include "joblib/frame.h"
#include "joblib/sparse.h"
#include "joblib/view.h"
#include "print/escape.h"

/* Longer text is not shown; the arguments are instead, cut as any. Nor are frames that take
   more to be read. */
enum {
    VIEW_TEXT_SIZE = 256,
    FRAME_MEMORY = 64 << 20, /* bytes */
    FRAME_CELLS = 10000000
};

static void put_extents(joblib_print__output *out, const joblib_value *shape)
{
    for (size_t i = 0; i < joblib_value_count(shape); i++) {
        int64_t extent = 0;
        if (joblib_value_as_int64(joblib_value_at(shape, i), &extent, NULL) != JOBLIB_OK)
            return;
        joblib_print__put_format(out, "%s%" PRId64, i > 0 ? " x " : " ", extent);
    }
}

static bool put_sparse_matrix(joblib_print__output *out, const joblib_value *object)
{
    joblib_sparse sparse = JOBLIB_SPARSE_INIT;
    if (joblib_view_sparse(object, &sparse, NULL) != JOBLIB_OK) return false;
    put_extents(out, sparse.shape);
    joblib_print__put_format(out, " %s, %zu stored",
                             joblib_dtype_text(sparse.data->dtype), sparse.count);
    return true;
}

/* ` 5 rows, 3 columns` of a table, ` 5 x int64` of a series, an index or an array. */
static void put_frame_size(joblib_print__output *out, const joblib_frame *frame,
                           joblib_view view)
{
    size_t rows = joblib_frame_rows(frame), columns = joblib_frame_count(frame);
    if (view == JOBLIB_VIEW_FRAME) {
        joblib_print__put_format(out, " %zu rows, %zu columns", rows, columns);
        return;
    }
    joblib_print__put_format(out, " %zu x ", rows);
    for (size_t i = 0; i < columns; i++) {
        const char *dtype = joblib_column_dtype(joblib_frame_column(frame, i));
        if (i > 0) joblib_print__put_text(out, ", ");
        joblib_print__put_plain(out, dtype, strlen(dtype));
    }
}

static bool put_frame(joblib_print__output *out, const joblib_value *object,
                      joblib_view view)
{
    joblib_frame_options options = JOBLIB_FRAME_OPTIONS_INIT;
    joblib_frame *frame = NULL;
    options.allocator = &out->allocator;
    options.max_memory = FRAME_MEMORY;
    options.max_cells = FRAME_CELLS;
    if (joblib_frame_new(object, &options, &frame, NULL) != JOBLIB_OK) return false;
    put_frame_size(out, frame, view);
    joblib_frame_free(frame);
    return true;
}

bool joblib_print__put_view(joblib_print__output *out, const joblib_value *object)
{
    char text[VIEW_TEXT_SIZE];
    size_t size = 0;
    joblib_view view = joblib_view_kind(object);
    if (view == JOBLIB_VIEW_SPARSE) return put_sparse_matrix(out, object);
    if (view >= JOBLIB_VIEW_FRAME && view <= JOBLIB_VIEW_CATEGORICAL)
        return put_frame(out, object, view);
    if (joblib_view_text(object, text, sizeof text, &size, NULL) != JOBLIB_OK)
        return false;
    joblib_print__put_text(out, " ");
    joblib_print__put_plain(out, text, size);
    return true;
}
