#include "support/expected.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array/array.h"

static void read_shape(const struct json *shape, struct expected *out)
{
    for (const struct json *item = shape ? shape->first : NULL; item && out->ndim < 2;
         item = item->next)
        out->shape[out->ndim++] = strtoll(item->text, NULL, 10);
}

/* Labels that are Python objects, one a line, each with its kind. */
static void read_items(const struct json *items, struct expected *out)
{
    char *text = calloc(1, 1);
    for (const struct json *item = items->first; item; item = item->next) {
        const struct json *content = item->first;
        size_t size = out->size + strlen(content->key) + strlen(content->text) + 3;
        text = realloc(text, size);
        out->size += (size_t)snprintf(text + out->size, size - out->size, "%s %s\n",
                                      content->key, content->text);
    }
    out->data = text;
}

static struct expected read_dense(const struct json *dense)
{
    struct expected out = {.dtype = ""};
    snprintf(out.dtype, sizeof out.dtype, "%s", json_text(dense, "dtype"));
    read_shape(json_find(dense, "shape"), &out);
    if (json_find(dense, "items"))
        read_items(json_find(dense, "items"), &out);
    else
        out.data = json_base64(json_text(dense, "data"), &out.size);
    return out;
}

static int64_t *widen_indices(const void *indices, bool wide, size_t count)
{
    int64_t *out = malloc((count + 1) * sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = wide ? ((const int64_t *)indices)[i] : ((const int32_t *)indices)[i];
    return out;
}

static int64_t *read_indices(const struct json *csr, const char *name)
{
    struct expected part = read_dense(json_find(json_find(csr, name), "ndarray"));
    int64_t *out = widen_indices(part.data, part.dtype[2] == '8', (size_t)part.shape[0]);
    expected_free(&part);
    return out;
}

struct expected expected_read(const struct json *tagged)
{
    const struct json *csr = json_find(tagged, "csr");
    if (!csr) return read_dense(json_find(tagged, "ndarray"));
    struct expected out = read_dense(json_find(json_find(csr, "data"), "ndarray"));
    out.ndim = 0;
    read_shape(json_find(csr, "shape"), &out);
    out.sparse = true;
    out.indices = read_indices(csr, "indices");
    out.offsets = read_indices(csr, "indptr");
    return out;
}

static struct expected from_csr(const joblib_result *result, size_t index)
{
    joblib_input csr;
    struct expected out = {.dtype = ""};
    if (joblib_result_csr(result, index, &csr, NULL) != JOBLIB_OK) return out;
    bool wide = csr.index_number == JOBLIB_NUMBER_INT64;
    out.sparse = true;
    out.ndim = 2;
    out.shape[0] = (int64_t)csr.rows;
    out.shape[1] = (int64_t)csr.columns;
    snprintf(out.dtype, sizeof out.dtype, "%s", joblib_dtype_text(csr.dtype));
    out.offsets = widen_indices(csr.row_offsets, wide, csr.rows + 1);
    size_t count = (size_t)out.offsets[csr.rows];
    out.indices = widen_indices(csr.column_indices, wide, count);
    out.size = count * joblib_dtype_itemsize(csr.dtype);
    out.data = malloc(out.size + 1);
    memcpy(out.data, csr.values, out.size);
    return out;
}

static void write_objects(const joblib_array *array, struct expected *out)
{
    size_t room = 1;
    for (size_t i = 0; i < array->count; i++) {
        size_t size = 0;
        joblib_value_text(joblib_array_object(array, i), &size);
        room += size + 32;
    }
    char *text = calloc(room, 1);
    for (size_t i = 0; i < array->count; i++) {
        int64_t number = 0;
        const joblib_value *value = joblib_array_object(array, i);
        const char *label = joblib_value_text(value, NULL);
        bool is_number = joblib_value_as_int64(value, &number, NULL) == JOBLIB_OK;
        char *end = text + out->size;
        out->size +=
            (size_t)(is_number
                         ? snprintf(end, room - out->size, "int %" PRId64 "\n", number)
                         : snprintf(end, room - out->size, "str %s\n", label));
    }
    out->data = text;
}

struct expected expected_from_result(const joblib_result *result, size_t index)
{
    joblib_array array;
    struct expected out = {.dtype = ""};
    if (joblib_result_is_sparse(result, index)) return from_csr(result, index);
    if (joblib_result_array(result, index, &array, NULL) != JOBLIB_OK) return out;
    snprintf(out.dtype, sizeof out.dtype, "%s", joblib_dtype_text(array.dtype));
    out.ndim = array.ndim;
    memcpy(out.shape, array.shape, array.ndim * sizeof *out.shape);
    if (joblib_dtype_kind(array.dtype) == 'O') {
        write_objects(&array, &out);
        return out;
    }
    out.size = array.count * joblib_dtype_itemsize(array.dtype);
    out.data = malloc(out.size + 1);
    if (joblib_array_read_bytes(&array, out.data, out.size, NULL) != JOBLIB_OK)
        out.size = 0;
    return out;
}

void expected_free(struct expected *expected)
{
    free(expected->data);
    free(expected->indices);
    free(expected->offsets);
    *expected = (struct expected){.dtype = ""};
}

static int number_named(const char *dtype)
{
    for (int i = JOBLIB_NUMBER_BOOL; i <= JOBLIB_NUMBER_FLOAT64; i++) {
        if (strcmp(joblib_dtype_text(joblib_dtype_number(i)), dtype) == 0) return i;
    }
    return JOBLIB_NUMBER_NONE;
}

size_t expected_count(const struct expected *expected)
{
    size_t size =
        joblib_dtype_itemsize(joblib_dtype_number(number_named(expected->dtype)));
    return size > 0 ? expected->size / size : 0;
}

double expected_number(const struct expected *expected, size_t index)
{
    const joblib_dtype *dtype = joblib_dtype_number(number_named(expected->dtype));
    return joblib_array__number_float64(
        (char *)expected->data + index * joblib_dtype_itemsize(dtype), dtype);
}

bool expected_same_form(const struct expected *a, const struct expected *b)
{
    if (strcmp(a->dtype, b->dtype) != 0 || a->ndim != b->ndim || a->sparse != b->sparse)
        return false;
    if (memcmp(a->shape, b->shape, a->ndim * sizeof *a->shape) != 0 || a->size != b->size)
        return false;
    if (!a->sparse) return true;
    size_t rows = (size_t)a->shape[0];
    return memcmp(a->offsets, b->offsets, (rows + 1) * sizeof *a->offsets) == 0 &&
           memcmp(a->indices, b->indices,
                  (size_t)a->offsets[rows] * sizeof *a->indices) == 0;
}

bool expected_same(const struct expected *a, const struct expected *b)
{
    return expected_same_form(a, b) &&
           (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}
