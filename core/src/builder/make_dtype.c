/* Dtypes: one value for each simple type, as numpy has one object. */
#include <string.h>

#include "array/array.h"
#include "builder/builder.h"
#include "builder/copying.h"
#include "joblib/npy_text.h"

/* A value of a type that the document owns, or a constant. It came from no pickle. */
static joblib_status wrap_type(joblib_builder *builder, const joblib_dtype *dtype,
                               joblib_value **out, joblib_error *error)
{
    joblib_value *value = joblib_value__new(builder->document, JOBLIB_KIND_DTYPE);
    struct joblib_value__dtype *held =
        joblib_base__arena_allocate(&builder->document->arena, sizeof *held);
    if (!value || !held) return joblib_builder__exhausted(builder, sizeof *held, error);
    *held = (struct joblib_value__dtype){.dtype = dtype, .in_use = true};
    value->dtype = held;
    *out = value;
    return JOBLIB_OK;
}

static joblib_status wrap_record(joblib_builder *builder, const joblib_dtype *dtype,
                                 joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(
        joblib_builder__map_reserve(&builder->records, &builder->allocator, 1, error));
    JOBLIB_TRY(wrap_type(builder, dtype, out, error));
    joblib_builder__map_set(&builder->records, dtype, *out);
    return JOBLIB_OK;
}

/* The value of a simple type by numpy's text of it, which is the text in `dtype`. */
static joblib_status wrap_simple(joblib_builder *builder, const joblib_dtype *dtype,
                                 joblib_value **out, joblib_error *error)
{
    size_t size = strlen(dtype->text);
    *out = joblib_builder__words_find(&builder->dtypes, builder->document, dtype->text,
                                      size);
    if (*out) return JOBLIB_OK;
    JOBLIB_TRY(
        joblib_builder__words_reserve(&builder->dtypes, builder->document, 1, error));
    JOBLIB_TRY(wrap_type(builder, dtype, out, error));
    struct joblib_builder__word word = {dtype->text, size, *out};
    joblib_builder__words_add(&builder->dtypes, builder->document, word);
    return JOBLIB_OK;
}

/* Remembers another text of a type, so that it is read once. */
static joblib_status note_dtype_text(joblib_builder *builder, const char *text,
                                     size_t size, joblib_value *value,
                                     joblib_error *error)
{
    char *kept = joblib_base__arena_allocate(&builder->document->arena, size);
    if (!kept) return joblib_builder__exhausted(builder, size, error);
    memcpy(kept, text, size);
    JOBLIB_TRY(
        joblib_builder__words_reserve(&builder->dtypes, builder->document, 1, error));
    struct joblib_builder__word word = {kept, size, value};
    joblib_builder__words_add(&builder->dtypes, builder->document, word);
    return JOBLIB_OK;
}

static joblib_status read_simple(joblib_builder *builder, const char *text,
                                 joblib_value **out, joblib_error *error)
{
    const joblib_dtype *dtype;
    joblib_value *value;
    size_t size = strlen(text);
    *out = joblib_builder__words_find(&builder->dtypes, builder->document, text, size);
    if (*out) return JOBLIB_OK;
    JOBLIB_TRY(joblib_array__dtype_simple(&builder->document->arena, text, size, '=',
                                          NULL, &dtype, error));
    JOBLIB_TRY(wrap_simple(builder, dtype, &value, error));
    if (strcmp(dtype->text, text) != 0)
        JOBLIB_TRY(note_dtype_text(builder, text, size, value, error));
    *out = value;
    return JOBLIB_OK;
}

static joblib_status read_record(joblib_builder *builder, const char *text,
                                 joblib_value **out, joblib_error *error)
{
    const joblib_dtype *dtype;
    struct joblib_load__npy_text descr = {text, text + strlen(text), true,
                                          builder->document};
    JOBLIB_TRY(joblib_load__npy_descr(&descr, &dtype, error));
    joblib_load__npy_skip(&descr);
    JOBLIB_REQUIRE(descr.at == descr.end, JOBLIB_ERROR_ARRAY,
                   "the text of a record goes on behind its list");
    return wrap_record(builder, dtype, out, error);
}

joblib_status joblib_builder_dtype(joblib_builder *builder, const char *text,
                                   joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_REQUIRE(text, JOBLIB_ERROR_ARGUMENT, "the text is NULL");
    joblib_value *value = NULL;
    JOBLIB_TRY(text[0] == '[' ? read_record(builder, text, &value, error)
                              : read_simple(builder, text, &value, error));
    *out = value;
    return JOBLIB_OK;
}

/* Whether the text says all of a type. */
static bool is_simple(const joblib_dtype *dtype)
{
    return dtype->field_count == 0 && !dtype->base;
}

joblib_status joblib_builder__find_dtype(joblib_builder *builder,
                                         const joblib_dtype *dtype, joblib_value **out,
                                         joblib_error *error)
{
    const joblib_dtype *own;
    if (is_simple(dtype)) return read_simple(builder, dtype->text, out, error);
    *out = joblib_builder__map_find(&builder->records, dtype);
    if (*out) return JOBLIB_OK;
    JOBLIB_TRY(joblib_builder__copy_foreign_dtype(builder, dtype, &own, error));
    return wrap_record(builder, own, out, error);
}

/* Notes the Dtype of a copied document, so that arrays made later have it too. There is room. */
void joblib_builder__note_dtype(joblib_builder *builder, joblib_value *value)
{
    const joblib_dtype *dtype = value->dtype->dtype;
    if (!is_simple(dtype)) {
        joblib_builder__map_set(&builder->records, dtype, value);
        return;
    }
    struct joblib_builder__word word = {dtype->text, strlen(dtype->text), value};
    if (!joblib_builder__words_find(&builder->dtypes, builder->document, word.text,
                                    word.size))
        joblib_builder__words_add(&builder->dtypes, builder->document, word);
}
