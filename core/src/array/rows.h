/**
 * Walking a view in C order, row by row: a row is what one stride reaches. A contiguous
 * array is a single row.
 *
 *     joblib_array__rows rows;
 *     for (joblib_array__rows_begin(&rows, array); rows.left > 0;
 *          joblib_array__rows_next(&rows)) { ... rows.item, rows.count, rows.stride ... }
 */
#ifndef JOBLIB_ARRAY_ROWS_H
#define JOBLIB_ARRAY_ROWS_H

#include "array/array.h"

typedef struct joblib_array__rows {
    const joblib_array *array;
    const char *item; /**< first element of the row */
    size_t count;     /**< elements of a row */
    ptrdiff_t stride; /**< bytes from one to the next */
    size_t left;      /**< rows to come, this one included */
    int64_t
        index[JOBLIB_MAX_NDIM]; /**< place of the row in all dimensions but the last */
} joblib_array__rows;

void joblib_array__rows_begin(joblib_array__rows *rows, const joblib_array *array);
void joblib_array__rows_next(joblib_array__rows *rows);

#endif
