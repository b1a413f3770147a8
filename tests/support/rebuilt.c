#include "support/rebuilt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "joblib/edit.h"

#define TRY(call) \
    do { \
        joblib_status status_of_try = (call); \
        if (status_of_try != JOBLIB_OK) return status_of_try; \
    } while (0)

/* Values met so far; few enough to be looked through. */
struct made {
    const joblib_value *from;
    joblib_value *to;
};

struct rebuilding {
    joblib_builder *builder;
    struct made *made;
    size_t count, room;
    joblib_error *error;
};

static joblib_status make(struct rebuilding *with, const joblib_value *from,
                          joblib_value **out);

static void remember(struct rebuilding *with, const joblib_value *from, joblib_value *to)
{
    if (with->count == with->room) {
        with->room = with->room ? with->room * 2 : 64;
        with->made = realloc(with->made, with->room * sizeof *with->made);
        if (!with->made) abort();
    }
    with->made[with->count++] = (struct made){from, to};
}

static joblib_status make_int(struct rebuilding *with, const joblib_value *from,
                              joblib_value **out)
{
    static char text[8192];
    size_t size;
    int64_t number;
    if (joblib_value_as_int64(from, &number, NULL) == JOBLIB_OK)
        return joblib_builder_int64(with->builder, number, out, with->error);
    TRY(joblib_value_int_text(from, text, sizeof text, &size, with->error));
    return joblib_builder_int_text(with->builder, text, size, out, with->error);
}

static joblib_status make_number(struct rebuilding *with, const joblib_value *from,
                                 joblib_value **out)
{
    double real, imaginary;
    bool truth;
    switch (joblib_value_kind(from)) {
    case JOBLIB_KIND_BOOL:
        TRY(joblib_value_as_bool(from, &truth, with->error));
        return joblib_builder_bool(with->builder, truth, out, with->error);
    case JOBLIB_KIND_INT:
        return make_int(with, from, out);
    case JOBLIB_KIND_FLOAT:
        TRY(joblib_value_as_float64(from, &real, with->error));
        return joblib_builder_float64(with->builder, real, out, with->error);
    default:
        TRY(joblib_value_as_complex(from, &real, &imaginary, with->error));
        return joblib_builder_complex(with->builder, real, imaginary, out, with->error);
    }
}

static joblib_status make_text(struct rebuilding *with, const joblib_value *from,
                               joblib_value **out)
{
    size_t size = 0;
    const void *data = joblib_value_bytes(from, &size);
    if (joblib_value_kind(from) == JOBLIB_KIND_STR) {
        const char *text = joblib_value_text(from, &size);
        return joblib_builder_text(with->builder, text, size, out, with->error);
    }
    if (joblib_value_kind(from) == JOBLIB_KIND_BYTEARRAY)
        return joblib_builder_bytearray(with->builder, data, size, out, with->error);
    return joblib_value_is_py2(from)
               ? joblib_builder_py2_text(with->builder, data, size, out, with->error)
               : joblib_builder_bytes(with->builder, data, size, out, with->error);
}

static joblib_status fill(struct rebuilding *with, const joblib_value *from,
                          joblib_value *to)
{
    for (size_t i = 0; i < joblib_value_count(from); i++) {
        joblib_value *key, *item;
        TRY(make(with, joblib_value_at(from, i), &item));
        switch (joblib_value_kind(from)) {
        case JOBLIB_KIND_LIST:
            TRY(joblib_builder_append(with->builder, to, item, with->error));
            break;
        case JOBLIB_KIND_SET:
            TRY(joblib_builder_add(with->builder, to, item, with->error));
            break;
        default:
            TRY(make(with, joblib_value_key(from, i), &key));
            TRY(joblib_builder_put(with->builder, to, key, item, with->error));
        }
    }
    return JOBLIB_OK;
}

/* Items of a tuple or frozenset, or elements of an array of objects. free() them. */
static joblib_status make_items(struct rebuilding *with, const joblib_value *from,
                                const joblib_array *array, size_t count,
                                const joblib_value ***out)
{
    const joblib_value **items = malloc((count + 1) * sizeof *items);
    joblib_status status = JOBLIB_OK;
    if (!items) abort();
    for (size_t i = 0; i < count && status == JOBLIB_OK; i++) {
        joblib_value *item = NULL;
        status =
            make(with, array ? joblib_array_object(array, i) : joblib_value_at(from, i),
                 &item);
        items[i] = item;
    }
    if (status != JOBLIB_OK)
        free(items);
    else
        *out = items;
    return status;
}

static joblib_status make_complete(struct rebuilding *with, const joblib_value *from,
                                   joblib_value **out)
{
    const joblib_value **items;
    size_t count = joblib_value_count(from);
    TRY(make_items(with, from, NULL, count, &items));
    joblib_status status =
        joblib_value_kind(from) == JOBLIB_KIND_TUPLE
            ? joblib_builder_tuple(with->builder, items, count, out, with->error)
            : joblib_builder_frozenset(with->builder, items, count, out, with->error);
    free(items);
    return status;
}

static joblib_status make_container(struct rebuilding *with, const joblib_value *from,
                                    joblib_value **out)
{
    switch (joblib_value_kind(from)) {
    case JOBLIB_KIND_LIST:
        TRY(joblib_builder_list(with->builder, out, with->error));
        break;
    case JOBLIB_KIND_SET:
        TRY(joblib_builder_set(with->builder, out, with->error));
        break;
    case JOBLIB_KIND_DICT:
        TRY(joblib_builder_dict(with->builder, out, with->error));
        break;
    default:
        return make_complete(with, from, out);
    }
    remember(with, from, *out);
    return fill(with, from, *out);
}

/* The list that numpy shows for a record, as far as its fields are simple or records of these. */
static void describe(const joblib_dtype *dtype, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "["), end = 0, offset;
    const char *name;
    const joblib_dtype *type;
    for (size_t i = 0; joblib_dtype_field(dtype, i, &name, &type, &offset); i++) {
        char inner[2000], shape[100] = "";
        const joblib_dtype *base = joblib_dtype_base(type);
        if (joblib_dtype_field_count(base ? base : type) > 0)
            describe(base ? base : type, inner, sizeof inner);
        else
            snprintf(inner, sizeof inner, "'%s'", joblib_dtype_text(base ? base : type));
        for (size_t d = 0; d < joblib_dtype_ndim(type); d++)
            snprintf(shape + strlen(shape), sizeof shape - strlen(shape), "%s%lld,",
                     d ? "" : ", (", (long long)joblib_dtype_shape(type)[d]);
        if (offset > end)
            used += (size_t)snprintf(out + used, size - used, "('', '|V%zu'), ",
                                     offset - end);
        used += (size_t)snprintf(out + used, size - used, "('%s', %s%s%s), ", name, inner,
                                 shape, shape[0] ? ")" : "");
        end = offset + joblib_dtype_itemsize(type);
    }
    if (joblib_dtype_itemsize(dtype) > end)
        used += (size_t)snprintf(out + used, size - used, "('', '|V%zu'), ",
                                 joblib_dtype_itemsize(dtype) - end);
    snprintf(out + used, size - used, "]");
}

/* A builder takes names as C does, without a NUL. */
static bool has_nul(const joblib_dtype *dtype)
{
    const char *name;
    size_t size;
    for (size_t i = 0; (name = joblib_dtype_field_name(dtype, i, &size)) != NULL; i++) {
        if (strlen(name) != size) return true;
    }
    return false;
}

static joblib_status make_dtype(struct rebuilding *with, const joblib_value *from,
                                joblib_value **out)
{
    static char text[60000];
    const joblib_dtype *dtype = joblib_value_dtype(from);
    if (joblib_dtype_base(dtype) || has_nul(dtype)) return JOBLIB_ERROR_ARGUMENT;
    if (joblib_dtype_field_count(dtype) == 0)
        return joblib_builder_dtype(with->builder, joblib_dtype_text(dtype), out,
                                    with->error);
    describe(dtype, text, sizeof text);
    return joblib_builder_dtype(with->builder, text, out, with->error);
}

static joblib_status make_array(struct rebuilding *with, const joblib_value *from,
                                joblib_value **out)
{
    joblib_array view;
    joblib_value *dtype;
    const joblib_value **items;
    TRY(joblib_value_array(from, &view, with->error));
    uint32_t flags = joblib_value_subclass(from) ? JOBLIB_BUILDER_MATRIX : 0;
    if (joblib_value_kind(from) == JOBLIB_KIND_SCALAR) {
        TRY(make_dtype(with, from, &dtype));
        return joblib_builder_scalar(with->builder, dtype, view.data, out, with->error);
    }
    if (joblib_dtype_kind(view.dtype) != 'O')
        return joblib_builder_array(with->builder, &view, flags, out, with->error);
    if (view.ndim > 1 && !(view.flags & JOBLIB_ARRAY_C_ORDER))
        return JOBLIB_ERROR_ARGUMENT;
    TRY(make_items(with, NULL, &view, view.count, &items));
    joblib_status status = joblib_builder_object_array(with->builder, items, view.shape,
                                                       view.ndim, out, with->error);
    free(items);
    return status;
}

/* Items and entries go into the object itself. */
static joblib_status fill_object(struct rebuilding *with, const joblib_value *from,
                                 joblib_value *to)
{
    joblib_value *state, *key, *item;
    const joblib_value *items = joblib_value_items(from);
    const joblib_value *entries = joblib_value_entries(from);
    for (size_t i = 0; i < joblib_value_count(items); i++) {
        TRY(make(with, joblib_value_at(items, i), &item));
        TRY(joblib_builder_append(with->builder, to, item, with->error));
    }
    for (size_t i = 0; i < joblib_value_count(entries); i++) {
        TRY(make(with, joblib_value_key(entries, i), &key));
        TRY(make(with, joblib_value_at(entries, i), &item));
        TRY(joblib_builder_put(with->builder, to, key, item, with->error));
    }
    if (!joblib_value_state(from)) return JOBLIB_OK;
    TRY(make(with, joblib_value_state(from), &state));
    return joblib_builder_set_state(with->builder, to, state, with->error);
}

static joblib_status make_object(struct rebuilding *with, const joblib_value *from,
                                 joblib_value **out)
{
    joblib_value *class, *arguments, *keywords = NULL;
    TRY(make(with, joblib_value_class(from), &class));
    TRY(make(with, joblib_value_arguments(from), &arguments));
    if (joblib_value_keywords(from))
        TRY(make(with, joblib_value_keywords(from), &keywords));
    TRY(joblib_builder_object(with->builder, (int)joblib_value_form(from), class,
                              arguments, keywords, out, with->error));
    remember(with, from, *out);
    return fill_object(with, from, *out);
}

static joblib_status make_by_kind(struct rebuilding *with, const joblib_value *from,
                                  joblib_value **out)
{
    joblib_kind kind = joblib_value_kind(from);
    if (kind == JOBLIB_KIND_NONE)
        return joblib_builder_none(with->builder, out, with->error);
    if (kind <= JOBLIB_KIND_COMPLEX) return make_number(with, from, out);
    if (kind <= JOBLIB_KIND_BYTEARRAY) return make_text(with, from, out);
    if (kind <= JOBLIB_KIND_FROZENSET) return make_container(with, from, out);
    if (kind <= JOBLIB_KIND_SCALAR) return make_array(with, from, out);
    if (kind == JOBLIB_KIND_DTYPE) return make_dtype(with, from, out);
    if (kind == JOBLIB_KIND_GLOBAL)
        return joblib_builder_global(with->builder, joblib_value_module(from),
                                     joblib_value_name(from), out, with->error);
    return make_object(with, from, out);
}

static joblib_status make(struct rebuilding *with, const joblib_value *from,
                          joblib_value **out)
{
    for (size_t i = with->count; i-- > 0;) {
        if (with->made[i].from != from) continue;
        *out = with->made[i].to;
        return JOBLIB_OK;
    }
    TRY(make_by_kind(with, from, out));
    remember(with, from, *out);
    return JOBLIB_OK;
}

joblib_status rebuild(joblib_builder *builder, const joblib_value *from,
                      joblib_value **out, joblib_error *error)
{
    struct rebuilding with = {.builder = builder, .error = error};
    joblib_status status = make(&with, from, out);
    free(with.made);
    return status;
}
