#include "array/array.h"

/* Plain numbers exist once, so that most arrays need no memory for their dtype. */

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define NATIVE_ORDER ">"
#else
#define NATIVE_ORDER "<"
#endif

#define NUMBER_ROW(letter, order, name, size, id) \
    { \
        .kind = (letter), .byteorder = (order)[0], .number = (id), .itemsize = (size), \
        .alignment = (size), .text = order name \
    }

static const joblib_dtype native_numbers[] = {
    NUMBER_ROW('b', "|", "b1", 1, JOBLIB_NUMBER_BOOL),
    NUMBER_ROW('i', "|", "i1", 1, JOBLIB_NUMBER_INT8),
    NUMBER_ROW('i', NATIVE_ORDER, "i2", 2, JOBLIB_NUMBER_INT16),
    NUMBER_ROW('i', NATIVE_ORDER, "i4", 4, JOBLIB_NUMBER_INT32),
    NUMBER_ROW('i', NATIVE_ORDER, "i8", 8, JOBLIB_NUMBER_INT64),
    NUMBER_ROW('u', "|", "u1", 1, JOBLIB_NUMBER_UINT8),
    NUMBER_ROW('u', NATIVE_ORDER, "u2", 2, JOBLIB_NUMBER_UINT16),
    NUMBER_ROW('u', NATIVE_ORDER, "u4", 4, JOBLIB_NUMBER_UINT32),
    NUMBER_ROW('u', NATIVE_ORDER, "u8", 8, JOBLIB_NUMBER_UINT64),
    NUMBER_ROW('f', NATIVE_ORDER, "f2", 2, JOBLIB_NUMBER_FLOAT16),
    NUMBER_ROW('f', NATIVE_ORDER, "f4", 4, JOBLIB_NUMBER_FLOAT32),
    NUMBER_ROW('f', NATIVE_ORDER, "f8", 8, JOBLIB_NUMBER_FLOAT64),
};

#undef NUMBER_ROW
#undef NATIVE_ORDER

_Static_assert(sizeof native_numbers / sizeof native_numbers[0] == JOBLIB_NUMBER_FLOAT64,
               "one row for each number, in the order of the enum");

const joblib_dtype *joblib_dtype_number(int number)
{
    bool known = number > JOBLIB_NUMBER_NONE && number <= JOBLIB_NUMBER_FLOAT64;
    return known ? &native_numbers[number - 1] : NULL;
}

joblib_number joblib_dtype_as_number(const joblib_dtype *dtype)
{
    return dtype ? (joblib_number)dtype->number : JOBLIB_NUMBER_NONE;
}

char joblib_dtype_kind(const joblib_dtype *dtype)
{
    return dtype ? dtype->kind : '\0';
}

size_t joblib_dtype_itemsize(const joblib_dtype *dtype)
{
    return dtype ? dtype->itemsize : 0;
}

char joblib_dtype_byteorder(const joblib_dtype *dtype)
{
    return dtype ? dtype->byteorder : '\0';
}

const char *joblib_dtype_text(const joblib_dtype *dtype)
{
    return dtype ? dtype->text : "";
}

size_t joblib_dtype_field_count(const joblib_dtype *dtype)
{
    return dtype ? dtype->field_count : 0;
}

bool joblib_dtype_field(const joblib_dtype *dtype, size_t index, const char **name_out,
                        const joblib_dtype **dtype_out, size_t *offset_out)
{
    if (!dtype || index >= dtype->field_count) return false;
    const struct joblib_dtype_field *field = &dtype->fields[index];
    if (name_out) *name_out = field->name;
    if (dtype_out) *dtype_out = field->dtype;
    if (offset_out) *offset_out = field->offset;
    return true;
}

const char *joblib_dtype_field_name(const joblib_dtype *dtype, size_t index,
                                    size_t *size_out)
{
    if (!dtype || index >= dtype->field_count) return NULL;
    if (size_out) *size_out = dtype->fields[index].name_size;
    return dtype->fields[index].name;
}

const joblib_dtype *joblib_dtype_base(const joblib_dtype *dtype)
{
    return dtype ? dtype->base : NULL;
}

size_t joblib_dtype_ndim(const joblib_dtype *dtype)
{
    return dtype ? dtype->ndim : 0;
}

const int64_t *joblib_dtype_shape(const joblib_dtype *dtype)
{
    return dtype ? dtype->shape : NULL;
}
