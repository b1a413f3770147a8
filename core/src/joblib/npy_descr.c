/* The element type in a npy header: '<f8', or [('x', '<f4'), ('y', '<i2', (2,))]. */
#include "base/try.h"
#include "base/vector.h"
#include "joblib/npy_text.h"

/* A list of fields that is not closed yet, and the field in it that waits for its type. */
struct descr_level {
    size_t first;  /* of its fields in the table */
    size_t offset; /* bytes of its fields so far */
    const char *name;
    size_t name_size;
};

struct descr_parser {
    struct joblib_load__npy_text *text;
    struct joblib_dtype_field *fields; /* of all levels */
    size_t room, count;
    size_t depth;
    struct descr_level levels[JOBLIB_MAX_DTYPE_DEPTH];
};

/* The name of a field, or a tuple of its title and its name: `('x', ` up to its type. */
static joblib_status begin_field(struct descr_parser *parser, joblib_error *error)
{
    struct descr_level *level = &parser->levels[parser->depth - 1];
    JOBLIB_TRY(joblib_load__npy_require(parser->text, "(", error));
    bool has_title = joblib_load__npy_take(parser->text, "(");
    JOBLIB_TRY(
        joblib_load__npy_quoted(parser->text, &level->name, &level->name_size, error));
    if (has_title) {
        JOBLIB_TRY(joblib_load__npy_require(parser->text, ",", error));
        JOBLIB_TRY(joblib_load__npy_quoted(parser->text, &level->name, &level->name_size,
                                           error));
        JOBLIB_TRY(joblib_load__npy_require(parser->text, ")", error));
    }
    return joblib_load__npy_require(parser->text, ",", error);
}

static joblib_status begin_fields(struct descr_parser *parser, joblib_error *error)
{
    JOBLIB_REQUIRE(parser->depth < JOBLIB_MAX_DTYPE_DEPTH, JOBLIB_ERROR_LIMIT,
                   "records in one another in the header of a npy file: %d are the most",
                   JOBLIB_MAX_DTYPE_DEPTH);
    struct descr_level *level = &parser->levels[parser->depth++];
    level->first = parser->count;
    level->offset = 0;
    return begin_field(parser, error);
}

/* Padding is a field of raw bytes without a name. */
static joblib_status add_field(struct descr_parser *parser, const joblib_dtype *dtype,
                               joblib_error *error)
{
    struct descr_level *level = &parser->levels[parser->depth - 1];
    size_t offset = level->offset;
    JOBLIB_REQUIRE(dtype->itemsize <= SIZE_MAX / 2 - offset, JOBLIB_ERROR_ARRAY,
                   "a record in the header of a npy file is too large");
    level->offset += dtype->itemsize;
    if (level->name_size == 0 && dtype->kind == 'V' && dtype->field_count == 0)
        return JOBLIB_OK;
    JOBLIB_REQUIRE(level->name_size > 0, JOBLIB_ERROR_ARRAY,
                   "a field without a name in the header of a npy file");
    void *fields = parser->fields;
    JOBLIB_TRY(joblib_base__grow(&parser->text->document->arena.allocator, &fields,
                                 &parser->room, parser->count + 1, sizeof *parser->fields,
                                 error));
    parser->fields = fields;
    parser->fields[parser->count++] =
        (struct joblib_dtype_field){level->name, level->name_size, dtype, offset};
    return JOBLIB_OK;
}

/* Behind the type of a field: its shape, if it has one, and the bracket. */
static joblib_status end_field(struct descr_parser *parser, const joblib_dtype *dtype,
                               joblib_error *error)
{
    struct joblib_load__npy_text *text = parser->text;
    int64_t shape[JOBLIB_MAX_NDIM];
    size_t ndim;
    bool comma = joblib_load__npy_take(text, ",");
    bool closed = joblib_load__npy_take(text, ")");
    if (comma && !closed) {
        JOBLIB_TRY(joblib_load__npy_shape(text, true, shape, &ndim, error));
        JOBLIB_TRY(joblib_array__dtype_subarray(&text->document->arena, dtype, shape,
                                                ndim, &dtype, error));
        (void)joblib_load__npy_take(text, ",");
        closed = joblib_load__npy_take(text, ")");
    }
    JOBLIB_REQUIRE(closed, JOBLIB_ERROR_ARRAY,
                   "a field without end in the header of a npy file");
    return add_field(parser, dtype, error);
}

/* Closes levels behind a type, until another field begins or none is open. */
static joblib_status end_fields(struct descr_parser *parser, const joblib_dtype **dtype,
                                joblib_error *error)
{
    while (parser->depth > 0) {
        const struct descr_level *level = &parser->levels[parser->depth - 1];
        JOBLIB_TRY(end_field(parser, *dtype, error));
        bool comma = joblib_load__npy_take(parser->text, ",");
        if (!joblib_load__npy_take(parser->text, "]")) {
            if (!comma) return joblib_load__npy_require(parser->text, "]", error);
            return begin_field(parser, error);
        }
        JOBLIB_TRY(joblib_array__dtype_record(&parser->text->document->arena,
                                              parser->fields + level->first,
                                              parser->count - level->first, level->offset,
                                              false, dtype, error));
        parser->count = level->first;
        parser->depth--;
    }
    return JOBLIB_OK;
}

static joblib_status read_types(struct descr_parser *parser, const joblib_dtype **out,
                                joblib_error *error)
{
    const char *code;
    size_t size;
    do {
        if (joblib_load__npy_take(parser->text, "[")) {
            JOBLIB_TRY(begin_fields(parser, error));
            continue;
        }
        JOBLIB_TRY(joblib_load__npy_quoted(parser->text, &code, &size, error));
        JOBLIB_TRY(joblib_array__dtype_simple(&parser->text->document->arena, code, size,
                                              '=', NULL, out, error));
        JOBLIB_TRY(end_fields(parser, out, error));
    } while (parser->depth > 0);
    return JOBLIB_OK;
}

joblib_status joblib_load__npy_descr(struct joblib_load__npy_text *text,
                                     const joblib_dtype **out, joblib_error *error)
{
    struct descr_parser parser = {.text = text};
    joblib_status status = read_types(&parser, out, error);
    joblib_base__free(&text->document->arena.allocator, parser.fields,
                      parser.room * sizeof *parser.fields);
    return status;
}
