#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command/failure.h"
#include "command/table/write.h"

bool joblib_command__is_fortran(const joblib_array *array)
{
    uint32_t both = JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER;
    return (array->flags & both) == JOBLIB_ARRAY_F_ORDER;
}

void joblib_command__put_elements(joblib_command__output *out, const joblib_array *array)
{
    size_t itemsize = joblib_dtype_itemsize(array->dtype);
    if ((array->flags & (JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER)) != 0) {
        joblib_command__put(out, array->data, array->count * itemsize);
        return;
    }
    for (size_t i = 0; i < array->count; i++) {
        joblib_command__put(out, joblib_array_item(array, i), itemsize);
    }
}

static size_t write_shape(const joblib_array *array, char *text, size_t capacity)
{
    size_t size = 0;
    for (size_t i = 0; i < array->ndim && size + 24 < capacity; i++) {
        size += (size_t)snprintf(text + size, capacity - size, "%s%" PRId64,
                                 i > 0 ? ", " : "", array->shape[i]);
    }
    if (array->ndim == 1) size += (size_t)snprintf(text + size, capacity - size, ",");
    return size;
}

/* numpy leaves room for the dimension that grows when rows are appended to a file. */
static size_t count_growth(const joblib_array *array)
{
    char digits[24];
    if (array->ndim == 0) return 0;
    int64_t axis = array->shape[joblib_command__is_fortran(array) ? array->ndim - 1 : 0];
    return 21 - (size_t)snprintf(digits, sizeof digits, "%" PRId64, axis);
}

joblib_status joblib_command__write_npy(joblib_command__output *out,
                                        const joblib_array *array, joblib_error *error)
{
    static const char magic[] = "\x93NUMPY\x01";
    char shape[1600], header[1700];
    bool is_fortran = joblib_command__is_fortran(array);
    if (strchr("biufcUS", joblib_dtype_kind(array->dtype)) == NULL) {
        return joblib_command__fail(error, JOBLIB_ERROR_KIND,
                                    "elements of type %s cannot be written to .npy",
                                    joblib_dtype_text(array->dtype));
    }
    shape[write_shape(array, shape, sizeof shape)] = '\0';
    size_t size = (size_t)snprintf(
        header, sizeof header, "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }",
        joblib_dtype_text(array->dtype), is_fortran ? "True" : "False", shape);
    size_t spaces = count_growth(array);
    spaces += 63 - (10 + size + spaces) % 64;
    size_t total = size + spaces + 1;
    char lengths[2] = {(char)(total & 0xff), (char)(total >> 8)};
    joblib_command__put(out, magic, sizeof magic); /* with its NUL, the minor version */
    joblib_command__put(out, lengths, 2);
    joblib_command__put(out, header, size);
    joblib_command__put_spaces(out, spaces);
    joblib_command__put_text(out, "\n");
    joblib_command__put_elements(out, array);
    return JOBLIB_OK;
}
