#include "print/tagged_leaf.h"

#include <inttypes.h>
#include <string.h>

#include "base/allocator.h"
#include "base/try.h"
#include "print/dtype_text.h"
#include "print/escape.h"
#include "print/pickled.h"

static void put_tagged_text(joblib_print__output *out, const char *tag, const char *text,
                            size_t size)
{
    joblib_print__put_format(out, "\"%s\":", tag);
    joblib_print__put_json_text(out, text, size);
}

static void put_tagged_bytes(joblib_print__output *out, const char *tag, const void *data,
                             size_t size)
{
    joblib_print__base64 state = {out, {0}, 0};
    joblib_print__put_format(out, "\"%s\":\"", tag);
    joblib_print__base64_put(&state, data, size);
    joblib_print__base64_end(&state);
    joblib_print__put_text(out, "\"");
}

static joblib_status put_int(joblib_print__output *out, const joblib_value *value,
                             joblib_error *error)
{
    char small[24], *text = small;
    size_t size;
    joblib_status status =
        joblib_value_int_text(value, small, sizeof small, &size, error);
    if (status == JOBLIB_ERROR_RANGE) {
        joblib_error_init(error);
        text = joblib_print__allocate(out, size + 1);
        if (text == NULL) return out->status;
        status = joblib_value_int_text(value, text, size + 1, &size, error);
    }
    if (status == JOBLIB_OK) put_tagged_text(out, "int", text, size);
    if (text != small) joblib_base__free(&out->allocator, text, size + 1);
    return status;
}

static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static joblib_status put_float(joblib_print__output *out, const joblib_value *value,
                               joblib_error *error)
{
    double number;
    JOBLIB_TRY(joblib_value_as_float64(value, &number, error));
    joblib_print__put_format(out, "\"float\":\"%016" PRIx64 "\"", bits_of(number));
    return JOBLIB_OK;
}

static joblib_status put_complex(joblib_print__output *out, const joblib_value *value,
                                 joblib_error *error)
{
    double real, imaginary;
    JOBLIB_TRY(joblib_value_as_complex(value, &real, &imaginary, error));
    joblib_print__put_format(out, "\"complex\":[\"%016" PRIx64 "\",\"%016" PRIx64 "\"]",
                             bits_of(real), bits_of(imaginary));
    return JOBLIB_OK;
}

static joblib_status put_bool(joblib_print__output *out, const joblib_value *value,
                              joblib_error *error)
{
    bool truth;
    JOBLIB_TRY(joblib_value_as_bool(value, &truth, error));
    joblib_print__put_format(out, "\"bool\":%s", truth ? "true" : "false");
    return JOBLIB_OK;
}

/* Lone surrogates are no text for many a reader of JSON. */
static void put_str(joblib_print__output *out, const joblib_value *value,
                    joblib_print__reading reading)
{
    size_t size = 0;
    const char *text = joblib_value_text(value, &size);
    if (reading != JOBLIB_PRINT_MEANT && joblib_print__has_surrogates(value))
        put_tagged_bytes(out, "surrogates", text, size);
    else
        put_tagged_text(out, "str", text, size);
}

static void put_bytes(joblib_print__output *out, const joblib_value *value)
{
    size_t size = 0;
    const void *data = joblib_value_bytes(value, &size);
    bool is_bytearray = joblib_value_kind(value) == JOBLIB_KIND_BYTEARRAY;
    const char *tag = is_bytearray                 ? "bytearray"
                      : joblib_value_is_py2(value) ? "py2str"
                                                   : "bytes";
    put_tagged_bytes(out, tag, data, size);
}

static void put_global(joblib_print__output *out, const joblib_value *value)
{
    const char *module = joblib_value_module(value), *name = joblib_value_name(value);
    joblib_print__put_text(out, "\"global\":[");
    joblib_print__put_json_text(out, module, strlen(module));
    joblib_print__put_text(out, ",");
    joblib_print__put_json_text(out, name, strlen(name));
    joblib_print__put_text(out, "]");
}

/* The elements as they stand in memory, or in C order where they are not contiguous. */
static void put_array_data(joblib_print__output *out, const joblib_array *array)
{
    joblib_print__base64 state = {out, {0}, 0};
    size_t itemsize = joblib_dtype_itemsize(array->dtype);
    joblib_print__put_text(out, "\"data\":\"");
    if ((array->flags & (JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER)) != 0) {
        joblib_print__base64_put(&state, array->data, array->count * itemsize);
    } else {
        for (size_t i = 0; i < array->count; i++) {
            joblib_print__base64_put(&state, joblib_array_item(array, i), itemsize);
        }
    }
    joblib_print__base64_end(&state);
    joblib_print__put_text(out, "\"");
}

static void put_array_shape(joblib_print__output *out, const joblib_array *array)
{
    uint32_t flags = array->flags & (JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER);
    joblib_print__put_text(out, ",\"shape\":[");
    for (size_t i = 0; i < array->ndim; i++) {
        joblib_print__put_format(out, "%s\"%" PRId64 "\"", i > 0 ? "," : "",
                                 array->shape[i]);
    }
    joblib_print__put_format(out, "],\"order\":\"%c\",",
                             flags == JOBLIB_ARRAY_F_ORDER ? 'F' : 'C');
}

joblib_status joblib_print__put_array_head(joblib_print__output *out,
                                           const joblib_value *value, joblib_error *error)
{
    joblib_array array;
    JOBLIB_TRY(joblib_value_array(value, &array, error));
    joblib_print__put_text(out, "\"ndarray\":{\"dtype\":");
    joblib_print__put_dtype(out, array.dtype, JOBLIB_PRINT_DTYPE_JSON);
    put_array_shape(out, &array);
    if (joblib_dtype_kind(array.dtype) != 'O') put_array_data(out, &array);
    return JOBLIB_OK;
}

void joblib_print__put_wrapped_data(joblib_print__output *out, const joblib_value *value)
{
    joblib_array array;
    unsigned alignment = joblib_print__alignment(value);
    bool has_data = joblib_value_array(value, &array, NULL) == JOBLIB_OK &&
                    joblib_dtype_kind(array.dtype) != 'O';
    if (!has_data) return;
    if (alignment > 0) joblib_print__put_format(out, ",\"alignment\":\"%u\"", alignment);
    joblib_print__put_text(out, ",");
    put_array_data(out, &array);
}

void joblib_print__put_array_end(joblib_print__output *out, const joblib_value *value)
{
    const char *name = joblib_value_name(joblib_value_subclass(value));
    if (name != NULL) {
        joblib_print__put_text(out, ",");
        put_tagged_text(out, "subclass", name, strlen(name));
    }
    joblib_print__put_text(out, "}}");
}

static joblib_status put_scalar(joblib_print__output *out, const joblib_value *value,
                                joblib_error *error)
{
    joblib_array array;
    JOBLIB_TRY(joblib_value_array(value, &array, error));
    joblib_print__put_text(out, "\"scalar\":{\"dtype\":");
    joblib_print__put_dtype(out, array.dtype, JOBLIB_PRINT_DTYPE_JSON);
    joblib_print__put_text(out, ",");
    put_array_data(out, &array);
    joblib_print__put_text(out, "}");
    return JOBLIB_OK;
}

joblib_status joblib_print__put_leaf(joblib_print__output *out, const joblib_value *value,
                                     joblib_print__reading reading, joblib_error *error)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_BOOL:
        return put_bool(out, value, error);
    case JOBLIB_KIND_INT:
        JOBLIB_TRY(put_int(out, value, error));
        if (reading != JOBLIB_PRINT_MEANT && joblib_print__is_long(value))
            joblib_print__put_text(out, ",\"long\":true");
        return JOBLIB_OK;
    case JOBLIB_KIND_FLOAT:
        return put_float(out, value, error);
    case JOBLIB_KIND_COMPLEX:
        return put_complex(out, value, error);
    case JOBLIB_KIND_SCALAR:
        return put_scalar(out, value, error);
    case JOBLIB_KIND_STR:
        put_str(out, value, reading);
        break;
    case JOBLIB_KIND_BYTES:
    case JOBLIB_KIND_BYTEARRAY:
        put_bytes(out, value);
        break;
    case JOBLIB_KIND_DTYPE:
        joblib_print__put_text(out, "\"dtype\":");
        joblib_print__put_dtype(out, joblib_value_dtype(value), JOBLIB_PRINT_DTYPE_JSON);
        break;
    case JOBLIB_KIND_GLOBAL:
        put_global(out, value);
        break;
    default:
        joblib_print__put_text(out, "\"none\":true");
        break;
    }
    return JOBLIB_OK;
}
