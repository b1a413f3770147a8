/* Arrays, scalars and dtypes: which elements, in which form. */
#include <stdio.h>
#include <string.h>

#include "array/array.h"
#include "base/endian.h"
#include "base/try.h"
#include "profile/checking.h"
#include "value/node.h"

/* numpy 1 has no more. */
enum { MOST_DIMENSIONS = 32 };

/* Kind and bytes of an element. */
static const char number_dtypes[] = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16";

/* Kinds whose elements have any number of bytes but none; objects. */
static const char other_kinds[] = "SUO";

static bool is_portable(const joblib_dtype *dtype)
{
    char text[32];
    char kind = joblib_dtype_kind(dtype);
    size_t size = joblib_dtype_itemsize(dtype);
    if (joblib_dtype_byteorder(dtype) == '>' || size == 0) return false;
    (void)snprintf(text, sizeof text, "%c%zu", kind, size);
    return strchr(other_kinds, kind) || joblib_profile__lists(number_dtypes, text);
}

/* The nodes of a tree, before and from scikit-learn 1.3. */
static const struct {
    const char *name, *text;
} node_fields[] = {
    {"left_child", "<i8"},
    {"right_child", "<i8"},
    {"feature", "<i8"},
    {"threshold", "<f8"},
    {"impurity", "<f8"},
    {"n_node_samples", "<i8"},
    {"weighted_n_node_samples", "<f8"},
    {"missing_go_to_left", "|u1"},
};

enum { FIELDS_BEFORE_1_3 = 7, FIELDS_FROM_1_3 = 8 };

/* Eight bytes for each field: the last one is padded. */
static bool is_node(const joblib_dtype *dtype, unsigned minor)
{
    size_t count = minor < 3 ? FIELDS_BEFORE_1_3 : FIELDS_FROM_1_3;
    if (joblib_dtype_field_count(dtype) != count ||
        joblib_dtype_itemsize(dtype) != 8 * count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *name = "";
        const joblib_dtype *field = NULL;
        size_t offset = 0;
        (void)joblib_dtype_field(dtype, i, &name, &field, &offset);
        if (offset != 8 * i || strcmp(name, node_fields[i].name) != 0 ||
            strcmp(joblib_dtype_text(field), node_fields[i].text) != 0)
            return false;
    }
    return true;
}

static void check_record(joblib_profile__check *check, const joblib_dtype *dtype)
{
    bool in_tree = check->count > 0 && check->frames[check->count - 1].in_tree;
    if (!in_tree)
        joblib_profile__find(check, JOBLIB_PROFILE_RECORDS,
                             "records that are no nodes of a tree");
    else if (check->version[0] != '\0' && !is_node(dtype, check->minor))
        joblib_profile__find(check, JOBLIB_PROFILE_RECORDS,
                             "nodes of a tree that scikit-learn %s does not read",
                             check->version);
}

static void raise_level(joblib_profile__check *check)
{
    if (check->level < 2) check->level = 2;
}

joblib_status joblib_profile__check_dtype(joblib_profile__check *check,
                                          const joblib_value *value, joblib_error *error)
{
    const joblib_dtype *dtype = joblib_value_dtype(value);
    (void)error;
    raise_level(check);
    if (joblib_dtype_field_count(dtype) > 0)
        check_record(check, dtype);
    else if (!is_portable(dtype))
        joblib_profile__find(check, JOBLIB_PROFILE_DTYPES, "dtype %s",
                             joblib_dtype_text(dtype));
    return JOBLIB_OK;
}

static bool stands_behind_wrapper(const struct joblib_value__origin *origin)
{
    return origin->callable && origin->form == JOBLIB_VALUE_WRAPPER;
}

/* How the bytes of the array stand in the file; nothing is known where a builder made it. */
static void check_form(joblib_profile__check *check, const joblib_value *value)
{
    const struct joblib_value__origin *origin = &value->array->origin;
    bool has_objects = joblib_dtype_kind(joblib_value_dtype(value)) == 'O';
    if (origin->form == JOBLIB_VALUE_COMPANION ||
        origin->form == JOBLIB_VALUE_Z_COMPANION)
        joblib_profile__find(check, JOBLIB_PROFILE_ONE_FILE,
                             "an array that stands in a file of its own");
    if (origin->form == JOBLIB_VALUE_NPY)
        joblib_profile__find(check, JOBLIB_PROFILE_ONE_FILE, "a npy file, no pickle");
    if (!stands_behind_wrapper(origin)) return;
    if (has_objects && (origin->protocol < 2 || origin->protocol > 5))
        joblib_profile__find(check, JOBLIB_PROFILE_PROTOCOL,
                             "protocol %u of the pickle of an array of objects",
                             origin->protocol);
    if (origin->alignment > 0 && origin->alignment != 16)
        joblib_profile__find(check, JOBLIB_PROFILE_ARRAYS,
                             "padding to a multiple of %d bytes, not of 16",
                             origin->alignment);
}

/* Text is checked by its code points, which are little endian where the dtype is allowed. */
static void check_code_points(joblib_profile__check *check, const joblib_array *view)
{
    size_t points = view->dtype->itemsize / 4;
    if (joblib_dtype_kind(view->dtype) != 'U' ||
        joblib_dtype_byteorder(view->dtype) == '>')
        return;
    for (size_t i = 0; i < view->count; i++) {
        const uint8_t *element = joblib_array_item(view, i);
        for (size_t k = 0; k < points; k++) {
            uint32_t point = joblib_base__read_le32(element + 4 * k);
            if (point < 0xd800 || (point > 0xdfff && point <= 0x10ffff)) continue;
            joblib_profile__find(check, JOBLIB_PROFILE_UNICODE,
                                 "element %zu holds U+%04X, which is no character", i,
                                 (unsigned)point);
            return;
        }
    }
}

joblib_status joblib_profile__check_array(joblib_profile__check *check,
                                          const joblib_value *value, joblib_error *error)
{
    const joblib_array *view = &value->array->view;
    const joblib_value *subclass = joblib_value_subclass(value);
    JOBLIB_TRY(joblib_profile__check_dtype(check, value, error));
    if (subclass)
        joblib_profile__find(check, JOBLIB_PROFILE_ARRAYS, "an array of a subclass");
    if (view->ndim > MOST_DIMENSIONS)
        joblib_profile__find(check, JOBLIB_PROFILE_ARRAYS, "%zu dimensions, more than %d",
                             view->ndim, MOST_DIMENSIONS);
    check_form(check, value);
    check_code_points(check, view);
    return joblib_profile__check_origin(check, &value->array->origin, error);
}
