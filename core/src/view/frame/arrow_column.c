/* Columns that Arrow keeps. One chunk of numbers is viewed where it stands; chunks are put
   together, bits become bytes, and texts are found once. */
#include <string.h>

#include "array/array.h"
#include "base/checked.h"
#include "base/endian.h"
#include "base/try.h"
#include "base/utf8.h"
#include "view/frame/arrow.h"

struct arrow_array {
    struct joblib_view__arrow_type type;
    struct joblib_view__arrow_chunk *chunks;
    size_t chunk_count;
    size_t count; /* cells of all chunks */
    bool has_bitmap;
};

static joblib_status open_chunks(struct joblib_view__reader *reader,
                                 const joblib_value *list, const joblib_value *single,
                                 struct arrow_array *out, joblib_error *error)
{
    void *chunks;
    JOBLIB_TRY(joblib_view__allocate(reader, out->chunk_count, sizeof *out->chunks,
                                     &chunks, error));
    out->chunks = chunks;
    for (size_t i = 0; i < out->chunk_count; i++) {
        const joblib_value *value = single ? single : joblib_value_at(list, i);
        struct joblib_view__arrow_type type;
        JOBLIB_TRY(joblib_view__open_arrow_type(
            reader, joblib_view__arrow_chunk_type(value), &type, error));
        JOBLIB_REQUIRE(type.text && strcmp(type.text, out->type.text) == 0,
                       JOBLIB_ERROR_ARRAY, "chunk %zu of Arrow is %.30s, %.30s expected",
                       i, type.text ? type.text : "of another type", out->type.text);
        JOBLIB_TRY(joblib_view__open_arrow_chunk(value, &type, &out->chunks[i], error));
        JOBLIB_TRY(joblib_view__spend_cells(reader, out->chunks[i].count, error));
        JOBLIB_TRY(joblib_view__spend_cells(reader, out->chunks[i].bytes.size, error));
        JOBLIB_REQUIRE(joblib_base__size_add(out->count, out->chunks[i].count,
                                             &out->count),
                       JOBLIB_ERROR_ARRAY, "chunks of Arrow are too long");
        out->has_bitmap |= out->chunks[i].bitmap.data && out->chunks[i].count > 0;
    }
    return JOBLIB_OK;
}

/* Types that are not decoded leave `form` UNKNOWN. */
static joblib_status open_arrow(struct joblib_view__reader *reader,
                                const joblib_value *value, struct arrow_array *out,
                                joblib_error *error)
{
    const joblib_value *arguments = joblib_value_arguments(value);
    const joblib_value *list = joblib_value_at(arguments, 0);
    const joblib_value *type = joblib_view__arrow_chunk_type(value);
    memset(out, 0, sizeof *out);
    bool is_single = type != NULL;
    if (joblib_view__is_call(value, "pyarrow.lib", "chunked_array"))
        type = joblib_value_at(arguments, 1);
    JOBLIB_TRY(joblib_view__open_arrow_type(reader, type, &out->type, error));
    if (out->type.form == JOBLIB_ARROW_UNKNOWN) return JOBLIB_OK;
    out->chunk_count = is_single ? 1 : joblib_value_count(list);
    return open_chunks(reader, list, is_single ? value : NULL, out, error);
}

static bool is_there(const struct joblib_view__arrow_chunk *chunk, size_t index)
{
    return !chunk->bitmap.data ||
           joblib_view__arrow_bit(&chunk->bitmap, chunk->offset + index);
}

static void set_line_over(struct joblib_view__line *out, const void *data,
                          const joblib_dtype *dtype, size_t count)
{
    out->shape[0] = (int64_t)count;
    joblib_array__view(&out->view, data, dtype, out->shape, out->strides, 1, false);
}

/* pandas' mask is true where a cell is missing. */
static joblib_status make_mask(struct joblib_view__reader *reader,
                               const struct arrow_array *array, joblib_column *column,
                               joblib_error *error)
{
    void *mask;
    if (!array->has_bitmap) return JOBLIB_OK;
    JOBLIB_TRY(joblib_view__allocate(reader, array->count, 1, &mask, error));
    uint8_t *next = mask;
    for (size_t i = 0; i < array->chunk_count; i++) {
        const struct joblib_view__arrow_chunk *chunk = &array->chunks[i];
        for (size_t j = 0; j < chunk->count; j++) *next++ = !is_there(chunk, j);
    }
    set_line_over(&column->mask, mask, joblib_dtype_number(JOBLIB_NUMBER_BOOL),
                  array->count);
    return JOBLIB_OK;
}

static void copy_bits(const struct joblib_view__arrow_chunk *chunk, uint8_t *out)
{
    for (size_t i = 0; i < chunk->count; i++)
        out[i] = joblib_view__arrow_bit(&chunk->values, chunk->offset + i);
}

static joblib_status make_numbers(struct joblib_view__reader *reader,
                                  const struct arrow_array *array, joblib_column *column,
                                  joblib_error *error)
{
    const struct joblib_view__arrow_type *type = &array->type;
    const struct joblib_view__arrow_chunk *first = array->chunks;
    bool is_bits = type->form == JOBLIB_ARROW_BITS;
    if (array->chunk_count == 1 && !is_bits && first->count > 0) {
        set_line_over(&column->values, first->values.data + first->offset * type->width,
                      type->dtype, array->count);
        return JOBLIB_OK;
    }
    void *cells;
    JOBLIB_TRY(joblib_view__allocate(reader, array->count, type->width, &cells, error));
    uint8_t *next = cells;
    for (size_t i = 0; i < array->chunk_count; i++) {
        const struct joblib_view__arrow_chunk *chunk = &array->chunks[i];
        size_t bytes = chunk->count * type->width;
        if (is_bits)
            copy_bits(chunk, next);
        else if (bytes > 0)
            memcpy(next, chunk->values.data + chunk->offset * type->width, bytes);
        next += bytes;
    }
    set_line_over(&column->values, cells, type->dtype, array->count);
    return JOBLIB_OK;
}

static uint64_t read_offset(const struct joblib_view__arrow_chunk *chunk, size_t index,
                            size_t width)
{
    const uint8_t *place = chunk->values.data + (chunk->offset + index) * width;
    return width == 8 ? joblib_base__read_le64(place) : joblib_base__read_le32(place);
}

static joblib_status find_texts(const struct joblib_view__arrow_chunk *chunk,
                                size_t width, struct joblib_view__cell_text *out,
                                joblib_error *error)
{
    for (size_t i = 0; i < chunk->count; i++) {
        uint64_t start = read_offset(chunk, i, width);
        uint64_t end = read_offset(chunk, i + 1, width);
        JOBLIB_REQUIRE(start <= end && end <= chunk->bytes.size, JOBLIB_ERROR_ARRAY,
                       "text %zu of Arrow goes from byte %llu to %llu of %zu", i,
                       (unsigned long long)start, (unsigned long long)end,
                       chunk->bytes.size);
        if (!is_there(chunk, i)) continue;
        size_t size = (size_t)(end - start);
        const char *text = size ? (const char *)chunk->bytes.data + start : "";
        JOBLIB_REQUIRE(joblib_base__utf8_valid(text, size) == size, JOBLIB_ERROR_ARRAY,
                       "text %zu of Arrow is not UTF-8", i);
        out[i] = (struct joblib_view__cell_text){text, size};
    }
    return JOBLIB_OK;
}

static joblib_status make_texts(struct joblib_view__reader *reader,
                                const struct arrow_array *array, joblib_column *column,
                                joblib_error *error)
{
    void *texts;
    JOBLIB_TRY(joblib_view__allocate(reader, array->count, sizeof *column->texts, &texts,
                                     error));
    column->texts = texts;
    struct joblib_view__cell_text *next = texts;
    for (size_t i = 0; i < array->chunk_count; i++) {
        JOBLIB_TRY(find_texts(&array->chunks[i], array->type.width, next, error));
        next += array->chunks[i].count;
    }
    return JOBLIB_OK;
}

/* A StringDtype has a name of its own; others are those of Arrow. */
static joblib_status name_dtype(struct joblib_view__reader *reader,
                                const struct joblib_view__pandas *object,
                                const struct joblib_view__arrow_type *type,
                                joblib_column *column, joblib_error *error)
{
    joblib_base__arena *arena = &reader->frame->arena;
    struct joblib_view__pandas dtype;
    const joblib_value *given = joblib_view__pandas_dtype(object);
    bool is_string =
        joblib_view__open_pandas(given, &dtype) && strcmp(dtype.name, "StringDtype") == 0;
    column->dtype = is_string ? joblib_view__string_text(given)
                              : joblib_view__format(arena, "%s[pyarrow]", type->text);
    return column->dtype ? JOBLIB_OK : joblib_base__arena_fail(arena, 1, error);
}

joblib_status joblib_view__read_arrow(struct joblib_view__reader *reader,
                                      joblib_column *column,
                                      const struct joblib_view__pandas *object,
                                      joblib_error *error)
{
    struct arrow_array array;
    JOBLIB_TRY(open_arrow(reader, joblib_view__pandas_array(object), &array, error));
    if (array.type.form == JOBLIB_ARROW_UNKNOWN) return JOBLIB_OK;
    column->count = array.count;
    column->kind = array.type.cells;
    column->zone = array.type.zone;
    column->masked = true;
    JOBLIB_TRY(name_dtype(reader, object, &array.type, column, error));
    if (array.type.form == JOBLIB_ARROW_TEXT)
        return make_texts(reader, &array, column, error);
    JOBLIB_TRY(make_mask(reader, &array, column, error));
    return make_numbers(reader, &array, column, error);
}
