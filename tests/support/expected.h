#ifndef EXPECTED_H
#define EXPECTED_H

/**
 * Expected results of the inference vectors, and results of the library, in one form.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/predict.h"
#include "support/json.h"

/** A dense array, or a sparse one whose parts are `data`, `indices` and `offsets`. */
struct expected {
    char dtype[32]; /* of the elements; "|O" for labels that are Python objects */
    int64_t shape[2];
    size_t ndim;
    bool sparse;
    void *data; /* malloc's; contiguous elements; for "|O" one line a label */
    size_t size;
    int64_t *indices, *offsets; /* sparse only */
};

/** Reads a tagged array, or a tagged CSR matrix. */
struct expected expected_read(const struct json *tagged);

/** Reads output `index` of a result. */
struct expected expected_from_result(const joblib_result *result, size_t index);

void expected_free(struct expected *expected);

/** Numbers in it, stored ones of a sparse array. */
size_t expected_count(const struct expected *expected);

/** Number `index` as double. */
double expected_number(const struct expected *expected, size_t index);

/** Whether dtype, shape and index arrays agree. */
bool expected_same_form(const struct expected *a, const struct expected *b);

/** Whether all bits agree, dtype and shape included. */
bool expected_same(const struct expected *a, const struct expected *b);

#endif
