/* Reading numbers from values: Python's own and numpy's scalars. */
#include "array/array.h"
#include "base/integer.h"
#include "base/try.h"
#include "value/node.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static joblib_status fail_kind(const joblib_value *value, const char *expected,
                               joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_KIND, "%s found, %s expected",
                                  joblib_kind_name((int)joblib_value_kind(value)),
                                  expected);
}

/* The plain number in a numpy scalar, or JOBLIB_NUMBER_NONE. */
static joblib_number scalar_number(const joblib_value *value)
{
    if (joblib_value_kind(value) != JOBLIB_KIND_SCALAR) return JOBLIB_NUMBER_NONE;
    return joblib_dtype_as_number(value->array->view.dtype);
}

joblib_status joblib_value_as_bool(const joblib_value *value, bool *out,
                                   joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    if (scalar_number(value) == JOBLIB_NUMBER_BOOL) {
        *out = *(const uint8_t *)value->array->view.data != 0;
        return JOBLIB_OK;
    }
    if (joblib_value_kind(value) != JOBLIB_KIND_BOOL)
        return fail_kind(value, "bool", error);
    *out = value->integer != 0;
    return JOBLIB_OK;
}

/* Whether a value is a numpy scalar of one of these kinds. */
static bool is_scalar_of(const joblib_value *value, const char *kinds)
{
    return joblib_value_kind(value) == JOBLIB_KIND_SCALAR &&
           strchr(kinds, value->array->view.dtype->kind) != NULL;
}

static joblib_status fail_range(const char *type, joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_RANGE,
                                  "the integer does not fit %s", type);
}

static bool is_integer_number(joblib_number number)
{
    return number >= JOBLIB_NUMBER_BOOL && number <= JOBLIB_NUMBER_UINT64;
}

static bool is_integer_kind(const joblib_value *value)
{
    joblib_kind kind = joblib_value_kind(value);
    return value && (kind == JOBLIB_KIND_INT || kind == JOBLIB_KIND_BOOL);
}

joblib_status joblib_value_as_int64(const joblib_value *value, int64_t *out,
                                    joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    if (is_integer_number(scalar_number(value))) {
        const joblib_array *view = &value->array->view;
        if (joblib_array__number_int64(view->data, view->dtype, out)) return JOBLIB_OK;
        return fail_range("int64", error);
    }
    if (!is_integer_kind(value)) return fail_kind(value, "int", error);
    if (value->flags & JOBLIB_VALUE_BIG) return fail_range("int64", error);
    *out = value->integer;
    return JOBLIB_OK;
}

/* An integer from 2^63 to 2^64 - 1 has eight bytes and a zero byte for the sign. */
static bool read_big_uint64(const joblib_value *value, uint64_t *out)
{
    const uint8_t *bytes = (const uint8_t *)joblib_value__text(value);
    if (joblib_value__text_size(value) != 9 || bytes[8] != 0) return false;
    *out = (uint64_t)joblib_base__integer_to_int64(bytes, 8);
    return true;
}

joblib_status joblib_value_as_uint64(const joblib_value *value, uint64_t *out,
                                     joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    if (scalar_number(value) == JOBLIB_NUMBER_UINT64)
        return joblib_array_read_bytes(&value->array->view, out, sizeof *out, error);
    if (value && is_integer_kind(value) && value->flags & JOBLIB_VALUE_BIG)
        return read_big_uint64(value, out) ? JOBLIB_OK : fail_range("uint64", error);
    int64_t number;
    JOBLIB_TRY(joblib_value_as_int64(value, &number, error));
    if (number < 0) return fail_range("uint64", error);
    *out = (uint64_t)number;
    return JOBLIB_OK;
}

joblib_status joblib_value_as_float64(const joblib_value *value, double *out,
                                      joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    if (is_scalar_of(value, "biuf"))
        return joblib_array_read_float64(&value->array->view, out, 1, error);
    if (joblib_value_kind(value) == JOBLIB_KIND_FLOAT) {
        *out = value->real;
        return JOBLIB_OK;
    }
    if (!is_integer_kind(value)) return fail_kind(value, "number", error);
    if (!(value->flags & JOBLIB_VALUE_BIG)) {
        *out = (double)value->integer;
        return JOBLIB_OK;
    }
    if (joblib_base__integer_to_double((const uint8_t *)joblib_value__text(value),
                                       joblib_value__text_size(value), out))
        return JOBLIB_OK;
    return fail_range("double", error);
}

/* A complex scalar is two floats in a row. */
static joblib_status read_complex_scalar(const joblib_array *view, double parts[2],
                                         joblib_error *error)
{
    static const int64_t shape[] = {2};
    int64_t strides[1];
    joblib_array pair;
    joblib_dtype part = *view->dtype;
    part.kind = 'f';
    part.itemsize /= 2;
    if (part.itemsize == sizeof(float)) part.number = JOBLIB_NUMBER_FLOAT32;
    if (part.itemsize == sizeof(double)) part.number = JOBLIB_NUMBER_FLOAT64;
    joblib_array__view(&pair, view->data, &part, shape, strides, 1, false);
    return joblib_array_read_float64(&pair, parts, 2, error);
}

joblib_status joblib_value_as_complex(const joblib_value *value, double *real_out,
                                      double *imaginary_out, joblib_error *error)
{
    JOBLIB_REQUIRE(real_out && imaginary_out, JOBLIB_ERROR_ARGUMENT,
                   "a place for the parts is NULL");
    if (is_scalar_of(value, "c")) {
        double parts[2];
        JOBLIB_TRY(read_complex_scalar(&value->array->view, parts, error));
        *real_out = parts[0];
        *imaginary_out = parts[1];
        return JOBLIB_OK;
    }
    if (joblib_value_kind(value) != JOBLIB_KIND_COMPLEX)
        return fail_kind(value, "complex", error);
    *real_out = value->real;
    *imaginary_out = value->imaginary;
    return JOBLIB_OK;
}

static joblib_status hand_out_text(const char *text, size_t length, char *buffer,
                                   size_t capacity, size_t *size_out, joblib_error *error)
{
    if (size_out) *size_out = length;
    JOBLIB_REQUIRE(length < capacity, JOBLIB_ERROR_RANGE,
                   "%zu digits do not fit %zu bytes", length, capacity);
    memcpy(buffer, text, length + 1);
    return JOBLIB_OK;
}

/* An integer beyond 64 bits: its digits need scratch memory. */
static joblib_status write_integer(const uint8_t *bytes, size_t size, char *buffer,
                                   size_t capacity, size_t *size_out, joblib_error *error)
{
    joblib_allocator allocator = joblib_base__choose_allocator(NULL);
    size_t needed = joblib_base__integer_text_size(size);
    char *text = joblib_base__allocate(&allocator, needed);
    if (!text) return joblib_base__set_no_memory(error, needed);
    size_t length = 0;
    joblib_status status =
        joblib_base__integer_to_text(bytes, size, &allocator, text, &length)
            ? hand_out_text(text, length, buffer, capacity, size_out, error)
            : joblib_base__set_no_memory(error, size);
    joblib_base__free(&allocator, text, needed);
    return status;
}

joblib_status joblib_value_int_text(const joblib_value *value, char *buffer,
                                    size_t capacity, size_t *size_out,
                                    joblib_error *error)
{
    JOBLIB_REQUIRE(buffer || capacity == 0, JOBLIB_ERROR_ARGUMENT,
                   "buffer is NULL and capacity %zu", capacity);
    if (joblib_value_kind(value) != JOBLIB_KIND_INT)
        return fail_kind(value, "int", error);
    if (value->flags & JOBLIB_VALUE_BIG)
        return write_integer((const uint8_t *)joblib_value__text(value),
                             joblib_value__text_size(value), buffer, capacity, size_out,
                             error);
    char text[24];
    int length = snprintf(text, sizeof text, "%" PRId64, value->integer);
    return hand_out_text(text, (size_t)length, buffer, capacity, size_out, error);
}
