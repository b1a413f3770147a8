#include "array/rows.h"

#include <string.h>

void joblib_array__rows_begin(joblib_array__rows *rows, const joblib_array *array)
{
    bool single = array->ndim == 0 || (array->flags & JOBLIB_ARRAY_C_ORDER);
    rows->array = array;
    rows->item = array->data;
    rows->count = single ? array->count : (size_t)array->shape[array->ndim - 1];
    rows->stride = single ? (ptrdiff_t)array->dtype->itemsize
                          : (ptrdiff_t)array->strides[array->ndim - 1];
    rows->left = array->count == 0 ? 0 : array->count / rows->count;
    memset(rows->index, 0, array->ndim * sizeof rows->index[0]);
}

void joblib_array__rows_next(joblib_array__rows *rows)
{
    const joblib_array *array = rows->array;
    if (--rows->left == 0) return;
    for (size_t i = array->ndim - 1; i-- > 0;) {
        rows->item += array->strides[i];
        if (++rows->index[i] < array->shape[i]) return;
        rows->item -= array->strides[i] * rows->index[i];
        rows->index[i] = 0;
    }
}
