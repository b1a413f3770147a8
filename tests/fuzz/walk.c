#include "fuzz/walk.h"

#include <stdlib.h>
#include <string.h>

#include "support/viewed.h"

/* Values that are looked at, and how deep: shared ones would be met again and again. */
#define MOST_VISITS 20000
#define MOST_DEPTH 40

static size_t visits;

void fuzz_require(bool truth)
{
    if (!truth) abort();
}

void fuzz_read_array(const joblib_array *array)
{
    char text[64];
    size_t size;
    if (array->count == 0 || array->count > 4096) return;
    size_t itemsize = joblib_dtype_itemsize(array->dtype);
    char *bytes = malloc(array->count * (itemsize > 8 ? itemsize : 8));
    joblib_status status =
        joblib_array_read_float64(array, (double *)(void *)bytes, array->count, NULL);
    fuzz_require((status == JOBLIB_OK) == (joblib_dtype_as_number(array->dtype) != 0));
    status = joblib_array_read_int64(array, (int64_t *)(void *)bytes, array->count, NULL);
    fuzz_require(status == JOBLIB_OK || status == JOBLIB_ERROR_KIND ||
                 status == JOBLIB_ERROR_RANGE);
    status = joblib_array_read_bytes(array, bytes, array->count * itemsize, NULL);
    fuzz_require((status == JOBLIB_OK) == (joblib_dtype_kind(array->dtype) != 'O') ||
                 status == JOBLIB_ERROR_KIND);
    for (size_t i = 0; i < array->count; i++) {
        fuzz_require(joblib_array_item(array, i) != NULL);
        status = joblib_array_text(array, i, text, sizeof text, &size, NULL);
        fuzz_require(status != JOBLIB_OK || size <= sizeof text);
    }
    free(bytes);
}

/* Every function that reads a value; what they give must be readable to its end. */
static size_t read_scalars(const joblib_value *value)
{
    char digits[64];
    int64_t integer;
    uint64_t natural;
    double real, imaginary;
    bool truth;
    size_t size = 0, sum = 0;
    sum += joblib_value_as_int64(value, &integer, NULL) == JOBLIB_OK;
    sum += joblib_value_as_uint64(value, &natural, NULL) == JOBLIB_OK;
    sum += joblib_value_as_float64(value, &real, NULL) == JOBLIB_OK;
    sum += joblib_value_as_complex(value, &real, &imaginary, NULL) == JOBLIB_OK;
    sum += joblib_value_as_bool(value, &truth, NULL) == JOBLIB_OK;
    sum += joblib_value_int_text(value, digits, sizeof digits, &size, NULL) == JOBLIB_OK;
    const char *text = joblib_value_text(value, &size);
    if (text) fuzz_require(text[size] == '\0');
    const char *bytes = joblib_value_bytes(value, &size);
    for (size_t i = 0; bytes && i < size; i++) sum += (unsigned char)bytes[i];
    const char *name = joblib_value_name(value), *module = joblib_value_module(value);
    if (name && module) sum += strlen(name) + strlen(module);
    return sum + strlen(joblib_dtype_text(joblib_value_dtype(value)));
}

static void visit(const joblib_value *value, int depth);

static void visit_array(const joblib_value *value, int depth)
{
    joblib_array array;
    if (joblib_value_array(value, &array, NULL) != JOBLIB_OK) return;
    fuzz_read_array(&array);
    for (size_t i = 0; i < array.count && i < 100; i++)
        visit(joblib_array_object(&array, i), depth);
}

static void visit(const joblib_value *value, int depth)
{
    if (!value || depth > MOST_DEPTH || visits++ > MOST_VISITS) return;
    bool sound = true;
    fuzz_require(read_scalars(value) < SIZE_MAX);
    fuzz_require(viewed_count(value, &sound) <= 1 && sound);
    visit_array(value, depth + 1);
    size_t count = joblib_value_count(value);
    for (size_t i = 0; i < count && visits < MOST_VISITS; i++) {
        const joblib_value *key = joblib_value_key(value, i);
        visit(key, depth + 1);
        visit(joblib_value_at(value, i), depth + 1);
        const char *text = joblib_value_text(key, NULL);
        if (text && strlen(text) > 0 && joblib_value_kind(key) == JOBLIB_KIND_STR)
            (void)joblib_value_find(value, text);
    }
    visit(joblib_value_class(value), depth + 1);
    visit(joblib_value_arguments(value), depth + 1);
    visit(joblib_value_keywords(value), depth + 1);
    visit(joblib_value_state(value), depth + 1);
    visit(joblib_value_items(value), depth + 1);
    visit(joblib_value_entries(value), depth + 1);
}

void fuzz_walk(const joblib_value *root)
{
    visits = 0;
    visit(root, 0);
}
