/* Values: numbers, text, containers, objects. */

#include <stdlib.h>

#include "handle_common.h"

void delete_JoblibValue(JoblibValue *self)
{
    if (self != NULL) {
        joblib_document_release(self->document);
        free(self);
    }
}

uint64_t JoblibValue_identity(const JoblibValue *self)
{
    return (uint64_t)(uintptr_t)self->node;
}

int JoblibValue_kind(const JoblibValue *self)
{
    return (int)joblib_value_kind(self->node);
}

joblib_text JoblibValue_kind_name(const JoblibValue *self)
{
    return joblib_shim__text(joblib_kind_name(JoblibValue_kind(self)));
}

/* What a kind is whatever its value; _VALUE where the value decides. */
static const joblib_native natives[] = {
    [JOBLIB_KIND_NONE] = JOBLIB_NATIVE_NONE,
    [JOBLIB_KIND_BOOL] = JOBLIB_NATIVE_BOOL,
    [JOBLIB_KIND_INT] = JOBLIB_NATIVE_BIG,
    [JOBLIB_KIND_FLOAT] = JOBLIB_NATIVE_FLOAT64,
    [JOBLIB_KIND_COMPLEX] = JOBLIB_NATIVE_COMPLEX,
    [JOBLIB_KIND_STR] = JOBLIB_NATIVE_TEXT,
    [JOBLIB_KIND_BYTES] = JOBLIB_NATIVE_BYTES,
    [JOBLIB_KIND_BYTEARRAY] = JOBLIB_NATIVE_BYTES,
    [JOBLIB_KIND_LIST] = JOBLIB_NATIVE_VALUE,
    [JOBLIB_KIND_TUPLE] = JOBLIB_NATIVE_VALUE,
    [JOBLIB_KIND_DICT] = JOBLIB_NATIVE_VALUE,
    [JOBLIB_KIND_SET] = JOBLIB_NATIVE_VALUE,
    [JOBLIB_KIND_FROZENSET] = JOBLIB_NATIVE_VALUE,
    [JOBLIB_KIND_ARRAY] = JOBLIB_NATIVE_ARRAY,
    [JOBLIB_KIND_SCALAR] = JOBLIB_NATIVE_ARRAY,
    [JOBLIB_KIND_DTYPE] = JOBLIB_NATIVE_VALUE,
    [JOBLIB_KIND_GLOBAL] = JOBLIB_NATIVE_VALUE,
    [JOBLIB_KIND_OBJECT] = JOBLIB_NATIVE_VALUE,
};

static joblib_native native_integer(const joblib_value *node)
{
    int64_t narrow;
    uint64_t wide;
    if (joblib_value_as_int64(node, &narrow, NULL) == JOBLIB_OK) {
        return JOBLIB_NATIVE_INT64;
    }
    if (joblib_value_as_uint64(node, &wide, NULL) == JOBLIB_OK) {
        return JOBLIB_NATIVE_UINT64;
    }
    return JOBLIB_NATIVE_BIG;
}

/** Dates and records stay arrays: their bytes alone do not tell what they are. */
static joblib_native native_scalar(const joblib_array *view)
{
    const joblib_native found = joblib_shim__native_element(view, 0);
    if (found == JOBLIB_NATIVE_BYTES && joblib_dtype_kind(view->dtype) != 'S') {
        return JOBLIB_NATIVE_ARRAY;
    }
    return found;
}

joblib_native joblib_shim__native_value(const joblib_value *node)
{
    const joblib_kind kind = joblib_value_kind(node);
    joblib_array view;
    if ((size_t)kind >= sizeof natives / sizeof natives[0]) {
        return JOBLIB_NATIVE_VALUE;
    }
    if (kind == JOBLIB_KIND_INT) {
        return native_integer(node);
    }
    if (kind == JOBLIB_KIND_SCALAR &&
        joblib_value_array(node, &view, NULL) == JOBLIB_OK) {
        return native_scalar(&view);
    }
    if (kind == JOBLIB_KIND_BYTES && joblib_value_text(node, NULL) != NULL) {
        return JOBLIB_NATIVE_TEXT; /* a str of Python 2 */
    }
    return natives[kind];
}

int JoblibValue_native_kind(const JoblibValue *self)
{
    return (int)joblib_shim__native_value(self->node);
}

/* Numbers */

bool JoblibValue_as_bool(const JoblibValue *self, joblib_error *error)
{
    bool out = false;
    return joblib_value_as_bool(self->node, &out, error) == JOBLIB_OK && out;
}

int64_t JoblibValue_as_int64(const JoblibValue *self, joblib_error *error)
{
    int64_t out = 0;
    return joblib_value_as_int64(self->node, &out, error) == JOBLIB_OK ? out : 0;
}

uint64_t JoblibValue_as_uint64(const JoblibValue *self, joblib_error *error)
{
    uint64_t out = 0;
    return joblib_value_as_uint64(self->node, &out, error) == JOBLIB_OK ? out : 0;
}

double JoblibValue_as_float64(const JoblibValue *self, joblib_error *error)
{
    double out = 0.0;
    return joblib_value_as_float64(self->node, &out, error) == JOBLIB_OK ? out : 0.0;
}

/** Views a numpy scalar as a handle on the stack; false for other kinds, without an error. */
static bool view_scalar(const JoblibValue *self, JoblibArray *out)
{
    *out = (JoblibArray){.owner = {.document = self->document}};
    return joblib_value_kind(self->node) == JOBLIB_KIND_SCALAR &&
           joblib_value_array(self->node, &out->view, NULL) == JOBLIB_OK;
}

/** Part 0 or 1 of a complex number. */
static double read_part(const JoblibValue *self, int part, joblib_error *error)
{
    double parts[2] = {0.0, 0.0};
    JoblibArray scalar;
    if (view_scalar(self, &scalar)) {
        return part == 0 ? JoblibArray_real(&scalar, 0, error)
                         : JoblibArray_imaginary(&scalar, 0, error);
    }
    if (joblib_value_as_complex(self->node, &parts[0], &parts[1], error) != JOBLIB_OK) {
        return 0.0;
    }
    return parts[part];
}

double JoblibValue_real(const JoblibValue *self, joblib_error *error)
{
    return read_part(self, 0, error);
}

double JoblibValue_imaginary(const JoblibValue *self, joblib_error *error)
{
    return read_part(self, 1, error);
}

static joblib_text write_integer(const joblib_value *node, joblib_error *error)
{
    char small[64], *large;
    size_t size = 0;
    joblib_status status = joblib_value_int_text(node, small, sizeof small, &size, error);
    if (status == JOBLIB_OK) {
        return joblib_shim__copy_text(small, size, error);
    }
    if (status != JOBLIB_ERROR_RANGE) {
        return joblib_shim__text(NULL);
    }
    joblib_error_init(error);
    large = joblib_shim__allocate(size + 1, error);
    if (large == NULL ||
        joblib_value_int_text(node, large, size + 1, &size, error) != JOBLIB_OK) {
        free(large);
        return joblib_shim__text(NULL);
    }
    return (joblib_text){large, size, large};
}

joblib_text JoblibValue_decimal(const JoblibValue *self, joblib_error *error)
{
    JoblibArray scalar;
    if (view_scalar(self, &scalar)) {
        return JoblibArray_decimal(&scalar, 0, error);
    }
    return write_integer(self->node, error);
}

static void fail_kind(const JoblibValue *self, const char *wanted, joblib_error *error)
{
    joblib_shim__fail(error, JOBLIB_ERROR_KIND, "%s is not %s",
                      joblib_kind_name(JoblibValue_kind(self)), wanted);
}

/* Text and bytes */

joblib_text JoblibValue_text(const JoblibValue *self, joblib_error *error)
{
    JoblibArray scalar;
    joblib_text text = {NULL, 0, NULL};
    text.data = joblib_value_text(self->node, &text.size);
    if (text.data == NULL && view_scalar(self, &scalar)) {
        return JoblibArray_text(&scalar, 0, error);
    }
    if (text.data == NULL) {
        fail_kind(self, "text", error);
    }
    return text;
}

joblib_bytes JoblibValue_bytes(const JoblibValue *self, joblib_error *error)
{
    JoblibArray scalar;
    joblib_bytes bytes = {NULL, 0, NULL};
    bytes.data = joblib_value_bytes(self->node, &bytes.size);
    if (bytes.data == NULL && view_scalar(self, &scalar)) {
        return JoblibArray_item(&scalar, 0, error);
    }
    if (bytes.data == NULL) {
        fail_kind(self, "bytes", error);
    }
    return bytes;
}

bool JoblibValue_is_py2(const JoblibValue *self)
{
    return joblib_value_is_py2(self->node);
}

/* Containers */

size_t JoblibValue_count(const JoblibValue *self)
{
    return joblib_value_count(self->node);
}

JoblibValue *JoblibValue_at(const JoblibValue *self, size_t index, joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_at(self->node, index), error);
}

JoblibValue *JoblibValue_key(const JoblibValue *self, size_t index, joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_key(self->node, index), error);
}

JoblibValue *JoblibValue_find(const JoblibValue *self, const char *text,
                              joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_find(self->node, text), error);
}

JoblibValue *JoblibValue_find_int(const JoblibValue *self, int64_t key,
                                  joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_find_int(self->node, key),
                              error);
}

/* Classes and objects */

joblib_text JoblibValue_module_name(const JoblibValue *self)
{
    return joblib_shim__text(joblib_value_module(self->node));
}

joblib_text JoblibValue_class_name(const JoblibValue *self)
{
    return joblib_shim__text(joblib_value_name(self->node));
}

int JoblibValue_form(const JoblibValue *self)
{
    return (int)joblib_value_form(self->node);
}

JoblibValue *JoblibValue_class_value(const JoblibValue *self, joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_class(self->node), error);
}

JoblibValue *JoblibValue_arguments(const JoblibValue *self, joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_arguments(self->node), error);
}

JoblibValue *JoblibValue_keywords(const JoblibValue *self, joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_keywords(self->node), error);
}

JoblibValue *JoblibValue_state(const JoblibValue *self, joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_state(self->node), error);
}

JoblibValue *JoblibValue_items(const JoblibValue *self, joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_items(self->node), error);
}

JoblibValue *JoblibValue_entries(const JoblibValue *self, joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_entries(self->node), error);
}

JoblibValue *JoblibValue_attribute(const JoblibValue *self, const char *text,
                                   joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_attribute(self->node, text),
                              error);
}

/* As joblib_value_attribute() looks them up: the state, or both parts of it. */
JoblibValue *JoblibValue_attribute_dict(const JoblibValue *self, size_t index,
                                        joblib_error *error)
{
    const joblib_value *state = joblib_value_state(self->node);
    const joblib_value *dict = index == 0 ? state : NULL;
    if (joblib_value_kind(state) == JOBLIB_KIND_TUPLE && index < 2) {
        dict = joblib_value_at(state, index);
    }
    return joblib_value_kind(dict) == JOBLIB_KIND_DICT
               ? joblib_shim__value(self->document, dict, error)
               : NULL;
}

/* Arrays */

JoblibArray *JoblibValue_array(const JoblibValue *self, joblib_error *error)
{
    joblib_array view;
    const joblib_owner owner = {self->document, NULL, NULL};
    if (joblib_value_array(self->node, &view, error) != JOBLIB_OK) {
        return NULL;
    }
    return joblib_shim__array(owner, &view, error);
}

joblib_text JoblibValue_dtype(const JoblibValue *self)
{
    const joblib_dtype *dtype = joblib_value_dtype(self->node);
    return joblib_shim__text(dtype ? joblib_dtype_text(dtype) : NULL);
}

JoblibValue *JoblibValue_subclass(const JoblibValue *self, joblib_error *error)
{
    return joblib_shim__value(self->document, joblib_value_subclass(self->node), error);
}
