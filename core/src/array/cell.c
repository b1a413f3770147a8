#include <string.h>

#include "array/array.h"
#include "array/element.h"
#include "base/try.h"
#include "base/utf8.h"

static uint32_t read_code_point(const char *cell, const joblib_dtype *dtype, size_t index)
{
    uint32_t code;
    memcpy(&code, cell + 4 * index, sizeof code);
    if (dtype->foreign) joblib_array__swap(&code, sizeof code);
    return code;
}

/* Code points up to the last that is not NUL. */
static size_t count_code_points(const char *cell, const joblib_dtype *dtype)
{
    size_t count = dtype->itemsize / 4;
    while (count > 0 && read_code_point(cell, dtype, count - 1) == 0) count--;
    return count;
}

static joblib_status measure_text(const char *cell, const joblib_dtype *dtype,
                                  size_t count, size_t *size_out, joblib_error *error)
{
    char encoded[4];
    *size_out = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t code = read_code_point(cell, dtype, i);
        JOBLIB_REQUIRE(code <= 0x10ffff, JOBLIB_ERROR_ARRAY,
                       "character %zu is 0x%08x, above 0x10ffff", i, (unsigned)code);
        *size_out += joblib_base__utf8_encode(code, encoded);
    }
    return JOBLIB_OK;
}

static joblib_status write_text(const char *cell, const joblib_dtype *dtype, char *buffer,
                                size_t capacity, size_t *size_out, joblib_error *error)
{
    size_t count = count_code_points(cell, dtype);
    JOBLIB_TRY(measure_text(cell, dtype, count, size_out, error));
    if (!buffer) return JOBLIB_OK;
    JOBLIB_REQUIRE(*size_out <= capacity, JOBLIB_ERROR_RANGE,
                   "room for %zu bytes, %zu are needed", capacity, *size_out);
    for (size_t i = 0; i < count; i++)
        buffer += joblib_base__utf8_encode(read_code_point(cell, dtype, i), buffer);
    return JOBLIB_OK;
}

static joblib_status write_bytes(const char *cell, const joblib_dtype *dtype,
                                 char *buffer, size_t capacity, size_t *size_out,
                                 joblib_error *error)
{
    size_t size = dtype->itemsize;
    while (size > 0 && cell[size - 1] == '\0') size--;
    *size_out = size;
    if (!buffer) return JOBLIB_OK;
    JOBLIB_REQUIRE(size <= capacity, JOBLIB_ERROR_RANGE,
                   "room for %zu bytes, %zu are needed", capacity, size);
    memcpy(buffer, cell, size);
    return JOBLIB_OK;
}

joblib_status joblib_array_text(const joblib_array *array, size_t index, char *buffer,
                                size_t capacity, size_t *size_out, joblib_error *error)
{
    JOBLIB_REQUIRE(array && array->dtype && size_out, JOBLIB_ERROR_ARGUMENT,
                   "array, dtype or size_out is NULL");
    JOBLIB_REQUIRE(buffer || capacity == 0, JOBLIB_ERROR_ARGUMENT,
                   "buffer is NULL and capacity %zu", capacity);
    const joblib_dtype *dtype = array->dtype;
    *size_out = 0;
    JOBLIB_REQUIRE(dtype->kind == 'U' || dtype->kind == 'S', JOBLIB_ERROR_KIND,
                   "elements are \"%s\", not text", dtype->text);
    const char *cell = joblib_array_item(array, index);
    JOBLIB_REQUIRE(cell, JOBLIB_ERROR_RANGE, "index %zu of %zu elements", index,
                   array->count);
    if (dtype->kind == 'U')
        return write_text(cell, dtype, buffer, capacity, size_out, error);
    return write_bytes(cell, dtype, buffer, capacity, size_out, error);
}
