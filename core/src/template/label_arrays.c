/* Labels and texts: arrays of classes, of categories, of names. */
#include <stdio.h>
#include <string.h>

#include "array/array.h"
#include "base/try.h"
#include "base/utf8.h"
#include "template/look.h"

typedef struct joblib_template__look label_look;

/* Number of characters of a text. */
static size_t text_length(const char *text, size_t size)
{
    size_t length = 0;
    uint32_t code;
    for (size_t at = 0; at < size; length++)
        at += joblib_base__utf8_decode(text + at, &code);
    return length;
}

/* The text of item `index`; refused where it is none. */
static joblib_status item_text(const label_look *look, size_t index, const char *name,
                               const char **out, size_t *size_out, joblib_error *error)
{
    const joblib_value *item = joblib_template__look_item(look, index);
    *out = joblib_value_text(item, size_out);
    if (*out) return JOBLIB_OK;
    return joblib_template__refuse(error, name, "item %zu is %s, expected a text", index,
                                   joblib_template__kind_name(item));
}

static joblib_status widest_text(const label_look *look, const char *name, size_t *out,
                                 joblib_error *error)
{
    *out = 1;
    for (size_t i = 0; i < (size_t)look->shape[0]; i++) {
        const char *text;
        size_t size;
        JOBLIB_TRY(item_text(look, i, name, &text, &size, error));
        size_t length = text_length(text, size);
        if (length > *out) *out = length;
    }
    return JOBLIB_OK;
}

/* Writes the texts as numpy has them: code points of four bytes, zeros behind. */
static joblib_status write_texts(const label_look *look, const char *name, size_t width,
                                 uint32_t *out, joblib_error *error)
{
    for (size_t i = 0; i < (size_t)look->shape[0]; i++, out += width) {
        const char *text;
        size_t size;
        JOBLIB_TRY(item_text(look, i, name, &text, &size, error));
        memset(out, 0, width * sizeof *out);
        for (size_t at = 0, to = 0; at < size; to++)
            at += joblib_base__utf8_decode(text + at, &out[to]);
    }
    return JOBLIB_OK;
}

/* An array of dtype U from a list of texts. */
static joblib_status make_text_array(struct joblib_template *made, const label_look *look,
                                     const char *name, joblib_value **out,
                                     joblib_error *error)
{
    size_t width;
    uint32_t *codes;
    char text[24];
    int64_t stride;
    joblib_value *dtype;
    joblib_array view;
    JOBLIB_TRY(widest_text(look, name, &width, error));
    JOBLIB_REQUIRE(width <= UINT32_MAX / 4, JOBLIB_ERROR_LIMIT, "text is too long");
    JOBLIB_TRY(joblib_template__room(made, (size_t)look->shape[0], width * sizeof *codes,
                                     &codes, error));
    JOBLIB_TRY(write_texts(look, name, width, codes, error));
    (void)snprintf(text, sizeof text, "U%zu", width);
    JOBLIB_TRY(joblib_builder_dtype(made->builder, text, &dtype, error));
    joblib_array__view(&view, codes, joblib_value_dtype(dtype), look->shape, &stride, 1,
                       false);
    return joblib_builder_array(made->builder, &view, 0, out, error);
}

static joblib_status make_bools(struct joblib_template *made, const label_look *look,
                                const char *name, joblib_value **out, joblib_error *error)
{
    bool *truths;
    size_t count = (size_t)look->shape[0];
    JOBLIB_TRY(joblib_template__room(made, count, sizeof *truths, &truths, error));
    for (size_t i = 0; i < count; i++)
        if (joblib_value_as_bool(joblib_template__look_item(look, i), &truths[i], NULL) !=
            JOBLIB_OK)
            return joblib_template__refuse(error, name, "item %zu is no bool", i);
    return joblib_template__array(made->builder, JOBLIB_NUMBER_BOOL, truths, look->shape,
                                  1, out, error);
}

joblib_status joblib_template__make_labels(struct joblib_template *made,
                                           const label_look *look, const char *name,
                                           joblib_value **out, joblib_error *error)
{
    *out = joblib_template__own(look->value);
    if (look->is_array) return joblib_template__check_ascending(made, *out, name, error);
    joblib_kind kind = joblib_value_kind(look->leaf);
    if (joblib_template__is_textual(look))
        JOBLIB_TRY(make_text_array(made, look, name, out, error));
    else if (kind == JOBLIB_KIND_BOOL)
        JOBLIB_TRY(make_bools(made, look, name, out, error));
    else if (kind == JOBLIB_KIND_INT)
        JOBLIB_TRY(joblib_template__make_ints(made, look, name, out, error));
    else
        JOBLIB_TRY(joblib_template__make_reals(made, look, name, out, error));
    return joblib_template__check_ascending(made, *out, name, error);
}

/* The texts of an array of dtype U, as values. */
static joblib_status read_texts(struct joblib_template *made, const joblib_array *view,
                                joblib_value **items, joblib_error *error)
{
    char *text;
    size_t size, capacity = joblib_dtype_itemsize(view->dtype);
    JOBLIB_TRY(joblib_template__room(made, capacity, 1, &text, error));
    for (size_t i = 0; i < view->count; i++) {
        JOBLIB_TRY(joblib_array_text(view, i, text, capacity, &size, error));
        JOBLIB_TRY(joblib_builder_text(made->builder, text, size, &items[i], error));
    }
    return JOBLIB_OK;
}

static joblib_status list_texts(const label_look *look, const char *name,
                                joblib_value **items, joblib_error *error)
{
    const char *text;
    size_t size;
    for (size_t i = 0; i < (size_t)look->shape[0]; i++) {
        JOBLIB_TRY(item_text(look, i, name, &text, &size, error));
        items[i] = joblib_template__own(joblib_template__look_item(look, i));
    }
    return JOBLIB_OK;
}

joblib_status joblib_template__make_objects(struct joblib_template *made,
                                            const label_look *look, const char *name,
                                            joblib_value **out, joblib_error *error)
{
    joblib_value **items;
    size_t count = (size_t)look->shape[0];
    *out = joblib_template__own(look->value);
    if (look->is_array && joblib_dtype_kind(look->view.dtype) == 'O') return JOBLIB_OK;
    JOBLIB_TRY(joblib_template__room(made, count, sizeof *items, &items, error));
    JOBLIB_TRY(look->is_array ? read_texts(made, &look->view, items, error)
                              : list_texts(look, name, items, error));
    return joblib_template__objects(made->builder, items, count, out, error);
}

/* Compares items i and i + 1 as texts of four-byte characters. */
static int compare_codes(const uint32_t *codes, size_t width, size_t i)
{
    const uint32_t *a = codes + i * width, *b = a + width;
    for (size_t k = 0; k < width; k++)
        if (a[k] != b[k]) return a[k] < b[k] ? -1 : 1;
    return 0;
}

/* Compares items i and i + 1 of an object array; what is no text is let through. */
static int compare_objects(const joblib_array *view, size_t i)
{
    const char *a = joblib_value_text(joblib_array_object(view, i), NULL);
    const char *b = joblib_value_text(joblib_array_object(view, i + 1), NULL);
    return a && b ? strcmp(a, b) : -1;
}

/* Finds the first item that is not below the next one; the count if there is none. */
static joblib_status find_descent(struct joblib_template *made, const joblib_array *view,
                                  size_t *out, joblib_error *error)
{
    size_t i = 0, last = view->count - 1, size = joblib_dtype_itemsize(view->dtype);
    char kind = joblib_dtype_kind(view->dtype);
    void *items = NULL;
    if (kind == 'O') {
        while (i < last && compare_objects(view, i) < 0) i++;
    } else if (kind == 'U') {
        JOBLIB_TRY(joblib_template__room(made, view->count, size, &items, error));
        JOBLIB_TRY(joblib_array_read_bytes(view, items, view->count * size, error));
        while (i < last && compare_codes(items, size / 4, i) < 0) i++;
    } else {
        JOBLIB_TRY(
            joblib_template__room(made, view->count, sizeof(double), &items, error));
        JOBLIB_TRY(joblib_array_read_float64(view, items, view->count, error));
        while (i < last && ((double *)items)[i] < ((double *)items)[i + 1]) i++;
    }
    *out = i < last ? i : view->count;
    return JOBLIB_OK;
}

joblib_status joblib_template__check_ascending(struct joblib_template *made,
                                               const joblib_value *array,
                                               const char *name, joblib_error *error)
{
    joblib_array view;
    size_t descent;
    JOBLIB_TRY(joblib_value_array(array, &view, error));
    if (view.count == 0) return joblib_template__refuse(error, name, "has no items");
    JOBLIB_TRY(find_descent(made, &view, &descent, error));
    if (descent == view.count) return JOBLIB_OK;
    return joblib_template__refuse(
        error, name, "item %zu is not below the next one, as in scikit-learn", descent);
}
