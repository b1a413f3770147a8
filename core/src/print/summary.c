#include "print/summary.h"

#include <inttypes.h>
#include <string.h>

#include "base/allocator.h"
#include "print/children.h"
#include "print/dtype_text.h"
#include "print/escape.h"
#include "print/item_text.h"
#include "print/number_text.h"
#include "print/view_text.h"

enum {
    SHOWN_ELEMENTS = 6,
    SHOWN_TEXT = 60, /* characters */
    SHOWN_DIGITS = 40
};

void joblib_print__put_class_name(joblib_print__output *out, const joblib_value *value)
{
    const char *module = joblib_value_module(value), *name = joblib_value_name(value);
    if (module == NULL || name == NULL) {
        joblib_print__put_text(out, "object of a class without a name");
        return;
    }
    joblib_print__put_plain(out, module, strlen(module));
    joblib_print__put_text(out, ".");
    joblib_print__put_plain(out, name, strlen(name));
}

static void sum_up_int(joblib_print__output *out, const joblib_value *value)
{
    char small[SHOWN_DIGITS + 2];
    size_t size = 0;
    if (joblib_value_int_text(value, small, sizeof small, &size, NULL) == JOBLIB_OK) {
        joblib_print__put_text(out, small);
        return;
    }
    char *text = joblib_print__allocate(out, size + 1);
    if (text == NULL) return;
    if (joblib_value_int_text(value, text, size + 1, NULL, NULL) == JOBLIB_OK) {
        joblib_print__put_format(out, "%.*s\xe2\x80\xa6 of %zu characters", SHOWN_DIGITS,
                                 text, size);
    }
    joblib_base__free(&out->allocator, text, size + 1);
}

static void sum_up_float(joblib_print__output *out, const joblib_value *value)
{
    char text[JOBLIB_FLOAT_TEXT_SIZE];
    double number;
    if (joblib_value_as_float64(value, &number, NULL) != JOBLIB_OK) return;
    (void)joblib_float_text(number, false, text);
    joblib_print__put_text(out, text);
}

static void sum_up_complex(joblib_print__output *out, const joblib_value *value)
{
    double real, imaginary;
    if (joblib_value_as_complex(value, &real, &imaginary, NULL) != JOBLIB_OK) return;
    joblib_print__put_complex(out, real, imaginary, false);
}

static void sum_up_bool(joblib_print__output *out, const joblib_value *value)
{
    bool truth;
    if (joblib_value_as_bool(value, &truth, NULL) != JOBLIB_OK) return;
    joblib_print__put_text(out, truth ? "True" : "False");
}

static void sum_up_bytes(joblib_print__output *out, const joblib_value *value)
{
    size_t size = 0;
    const void *data = joblib_value_bytes(value, &size);
    if (joblib_value_kind(value) == JOBLIB_KIND_BYTEARRAY) {
        joblib_print__put_text(out, "bytearray ");
    } else {
        joblib_print__put_text(out, joblib_value_is_py2(value) ? "py2 " : "b");
    }
    joblib_print__put_quoted_bytes(out, data, size, SHOWN_TEXT);
}

static void sum_up_str(joblib_print__output *out, const joblib_value *value)
{
    size_t size = 0;
    const char *text = joblib_value_text(value, &size);
    joblib_print__put_quoted(out, text, size, SHOWN_TEXT);
}

static void sum_up_scalar(joblib_print__output *out, const joblib_value *value)
{
    joblib_array array;
    if (joblib_value_array(value, &array, NULL) != JOBLIB_OK) return;
    joblib_print__put_dtype(out, array.dtype, JOBLIB_PRINT_DTYPE_PLAIN);
    joblib_print__put_text(out, " ");
    if (array.count > 0) joblib_print__put_item(out, array.dtype, array.data);
}

/* A value whose summary is all there is to say. */
static bool is_atom(const joblib_value *value)
{
    return !joblib_print__has_children(value, JOBLIB_PRINT_MEANT) &&
           joblib_value_kind(value) != JOBLIB_KIND_ARRAY;
}

/* Elements of a container other than a dict, or of an array of objects. */
static bool has_only_atoms(const joblib_value *value)
{
    joblib_print__cursor cursor;
    joblib_print__step step;
    joblib_print__cursor_init(&cursor, value, JOBLIB_PRINT_MEANT);
    while ((step = joblib_print__cursor_next(&cursor)) != JOBLIB_PRINT_END) {
        if (step == JOBLIB_PRINT_CHILD && !is_atom(cursor.child)) return false;
    }
    return true;
}

bool joblib_print__is_summed_up(const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_DICT:
        return joblib_value_count(value) == 0;
    case JOBLIB_KIND_OBJECT:
        return false;
    default:
        return has_only_atoms(value);
    }
}

static void sum_up_atom(joblib_print__output *out, const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_BOOL:
        sum_up_bool(out, value);
        break;
    case JOBLIB_KIND_INT:
        sum_up_int(out, value);
        break;
    case JOBLIB_KIND_FLOAT:
        sum_up_float(out, value);
        break;
    case JOBLIB_KIND_COMPLEX:
        sum_up_complex(out, value);
        break;
    case JOBLIB_KIND_STR:
        sum_up_str(out, value);
        break;
    case JOBLIB_KIND_BYTES:
    case JOBLIB_KIND_BYTEARRAY:
        sum_up_bytes(out, value);
        break;
    case JOBLIB_KIND_SCALAR:
        sum_up_scalar(out, value);
        break;
    case JOBLIB_KIND_DTYPE:
        joblib_print__put_text(out, "dtype ");
        joblib_print__put_dtype(out, joblib_value_dtype(value), JOBLIB_PRINT_DTYPE_PLAIN);
        break;
    case JOBLIB_KIND_GLOBAL:
        joblib_print__put_text(out, "global ");
        joblib_print__put_class_name(out, value);
        break;
    default:
        joblib_print__put_text(out, "None");
        break;
    }
}

static void put_more(joblib_print__output *out, size_t count)
{
    if (count <= SHOWN_ELEMENTS) return;
    joblib_print__put_format(out, ", \xe2\x80\xa6 %zu more", count - SHOWN_ELEMENTS);
}

static void put_first_elements(joblib_print__output *out, const joblib_value *value)
{
    joblib_print__cursor cursor;
    joblib_print__cursor_init(&cursor, value, JOBLIB_PRINT_MEANT);
    if (joblib_print__cursor_next(&cursor) != JOBLIB_PRINT_OPEN) return;
    while (joblib_print__cursor_next(&cursor) == JOBLIB_PRINT_CHILD &&
           cursor.index < SHOWN_ELEMENTS) {
        if (cursor.index > 0) joblib_print__put_text(out, ", ");
        sum_up_atom(out, cursor.child);
    }
    put_more(out, cursor.count);
}

bool joblib_print__shows_arguments(const joblib_value *object)
{
    const joblib_value *arguments = joblib_value_arguments(object);
    return joblib_value_count(arguments) <= SHOWN_ELEMENTS && has_only_atoms(arguments);
}

/* The class, and what it is; or the arguments in parentheses where it was called or given
   any. */
static void sum_up_object(joblib_print__output *out, const joblib_value *value)
{
    const joblib_value *arguments = joblib_value_arguments(value);
    joblib_print__put_class_name(out, value);
    if (joblib_print__put_view(out, value)) return;
    if (joblib_value_form(value) != JOBLIB_FORM_REDUCE &&
        joblib_value_count(arguments) == 0) {
        return;
    }
    joblib_print__put_text(out, "(");
    if (joblib_print__shows_arguments(value)) {
        put_first_elements(out, arguments);
    } else {
        joblib_print__put_text(out, "\xe2\x80\xa6");
    }
    joblib_print__put_text(out, ")");
}

/* Lists, tuples and dicts that are shown whole need no name, as in Python. */
static void sum_up_container(joblib_print__output *out, const joblib_value *value)
{
    static const char *const brackets[] = {
        [JOBLIB_KIND_LIST] = "[]",      [JOBLIB_KIND_TUPLE] = "()",
        [JOBLIB_KIND_DICT] = "{}",      [JOBLIB_KIND_SET] = "{}",
        [JOBLIB_KIND_FROZENSET] = "{}",
    };
    joblib_kind kind = joblib_value_kind(value);
    size_t count = joblib_value_count(value);
    bool is_set = kind == JOBLIB_KIND_SET || kind == JOBLIB_KIND_FROZENSET;
    if (!joblib_print__is_summed_up(value)) {
        joblib_print__put_format(out, "%s of %zu", joblib_kind_name((int)kind), count);
        return;
    }
    if (count > SHOWN_ELEMENTS) {
        joblib_print__put_format(out, "%s of %zu ", joblib_kind_name((int)kind), count);
    } else if (is_set) {
        joblib_print__put_format(out, "%s ", joblib_kind_name((int)kind));
    }
    joblib_print__put(out, brackets[kind], 1);
    if (count > 0) put_first_elements(out, value);
    if (count == 1 && kind == JOBLIB_KIND_TUPLE) joblib_print__put_text(out, ",");
    joblib_print__put(out, brackets[kind] + 1, 1);
}

static void put_plain_shape(joblib_print__output *out, const joblib_array *array)
{
    joblib_print__put_text(out, " (");
    for (size_t i = 0; i < array->ndim; i++) {
        joblib_print__put_format(out, "%s%" PRId64, i > 0 ? ", " : "", array->shape[i]);
    }
    joblib_print__put_text(out, array->ndim == 1 ? ",)" : ")");
    bool fortran = (array->flags & JOBLIB_ARRAY_F_ORDER) != 0 &&
                   (array->flags & JOBLIB_ARRAY_C_ORDER) == 0;
    if (fortran) joblib_print__put_text(out, " F");
}

static void put_first_items(joblib_print__output *out, const joblib_array *array)
{
    for (size_t i = 0; i < array->count && i < SHOWN_ELEMENTS; i++) {
        if (i > 0) joblib_print__put_text(out, ", ");
        joblib_print__put_item(out, array->dtype, joblib_array_item(array, i));
    }
    put_more(out, array->count);
}

static void sum_up_array(joblib_print__output *out, const joblib_value *value)
{
    joblib_array array;
    const joblib_value *subclass = joblib_value_subclass(value);
    if (joblib_value_array(value, &array, NULL) != JOBLIB_OK) return;
    if (subclass != NULL) {
        joblib_print__put_class_name(out, subclass);
    } else {
        joblib_print__put_text(out, "ndarray");
    }
    joblib_print__put_text(out, " ");
    joblib_print__put_dtype(out, array.dtype, JOBLIB_PRINT_DTYPE_PLAIN);
    put_plain_shape(out, &array);
    bool has_objects = joblib_dtype_kind(array.dtype) == 'O';
    if (array.count == 0 || (has_objects && !has_only_atoms(value))) return;
    joblib_print__put_text(out, " [");
    if (has_objects) {
        put_first_elements(out, value);
    } else {
        put_first_items(out, &array);
    }
    joblib_print__put_text(out, "]");
}

void joblib_print__put_summary(joblib_print__output *out, const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_LIST:
    case JOBLIB_KIND_TUPLE:
    case JOBLIB_KIND_DICT:
    case JOBLIB_KIND_SET:
    case JOBLIB_KIND_FROZENSET:
        sum_up_container(out, value);
        break;
    case JOBLIB_KIND_ARRAY:
        sum_up_array(out, value);
        break;
    case JOBLIB_KIND_OBJECT:
        sum_up_object(out, value);
        break;
    default:
        sum_up_atom(out, value);
        break;
    }
}
