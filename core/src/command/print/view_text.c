#include "command/print/view_text.h"

#include <inttypes.h>

#include "command/print/escape.h"

/* Longer text is not shown; the arguments are instead, cut as any. */
enum { VIEW_TEXT_SIZE = 256 };

static void put_extents(joblib_command__output *out, const joblib_value *shape)
{
    for (size_t i = 0; i < joblib_value_count(shape); i++) {
        int64_t extent = 0;
        if (joblib_value_as_int64(joblib_value_at(shape, i), &extent, NULL) != JOBLIB_OK)
            return;
        joblib_command__put_format(out, "%s%" PRId64, i > 0 ? " x " : " ", extent);
    }
}

static bool put_sparse(joblib_command__output *out, const joblib_value *object)
{
    joblib_sparse sparse = JOBLIB_SPARSE_INIT;
    if (joblib_view_sparse(object, &sparse, NULL) != JOBLIB_OK) return false;
    put_extents(out, sparse.shape);
    joblib_command__put_format(out, " %s, %zu stored",
                               joblib_dtype_text(sparse.data->dtype), sparse.count);
    return true;
}

bool joblib_command__put_view(joblib_command__output *out, const joblib_value *object)
{
    char text[VIEW_TEXT_SIZE];
    size_t size = 0;
    if (joblib_view_kind(object) == JOBLIB_VIEW_SPARSE) return put_sparse(out, object);
    if (joblib_view_text(object, text, sizeof text, &size, NULL) != JOBLIB_OK)
        return false;
    joblib_command__put_text(out, " ");
    joblib_command__put_plain(out, text, size);
    return true;
}
