/* Chunks of Arrow: buffers, and whether they hold what they should. */
#include <string.h>

#include "base/checked.h"
#include "base/try.h"
#include "view/frame/arrow.h"

static const joblib_value *chunk_parts(const joblib_value *value)
{
    if (!joblib_view__is_call(value, "pyarrow.lib", "_restore_array")) return NULL;
    return joblib_value_at(joblib_value_arguments(value), 0);
}

const joblib_value *joblib_view__arrow_chunk_type(const joblib_value *value)
{
    return joblib_value_at(chunk_parts(value), 0);
}

/* py_buffer(bytes), or the bytes themselves; None for no buffer. */
static joblib_status open_buffer(const joblib_value *value,
                                 struct joblib_view__arrow_buffer *out,
                                 joblib_error *error)
{
    memset(out, 0, sizeof *out);
    if (joblib_view__is_call(value, "pyarrow.lib", "py_buffer"))
        value = joblib_value_at(joblib_value_arguments(value), 0);
    if (joblib_value_kind(value) == JOBLIB_KIND_NONE) return JOBLIB_OK;
    out->data = joblib_value_bytes(value, &out->size);
    JOBLIB_REQUIRE(out->data, JOBLIB_ERROR_KIND, "a buffer of Arrow is %s",
                   joblib_kind_name((int)joblib_value_kind(value)));
    return JOBLIB_OK;
}

static joblib_status read_cell_count(const joblib_value *value, size_t *out,
                                     joblib_error *error)
{
    int64_t number;
    JOBLIB_TRY(joblib_value_as_int64(value, &number, error));
    JOBLIB_REQUIRE(number >= 0 && number <= PTRDIFF_MAX / 16, JOBLIB_ERROR_ARRAY,
                   "a chunk of Arrow begins or ends at cell %lld", (long long)number);
    *out = (size_t)number;
    return JOBLIB_OK;
}

/* Bytes that `cells` take in the second buffer. */
static size_t needed_bytes(const struct joblib_view__arrow_type *type, size_t cells)
{
    if (type->form == JOBLIB_ARROW_BITS) return (cells + 7) / 8;
    return (cells + (type->form == JOBLIB_ARROW_TEXT)) * type->width;
}

/* An array without cells may leave its buffers out. */
static joblib_status check_sizes(const struct joblib_view__arrow_chunk *chunk,
                                 const struct joblib_view__arrow_type *type,
                                 joblib_error *error)
{
    size_t cells = chunk->offset + chunk->count;
    size_t needed = needed_bytes(type, cells), bits = (cells + 7) / 8;
    if (chunk->count == 0) return JOBLIB_OK;
    JOBLIB_REQUIRE(chunk->values.data && chunk->values.size >= needed, JOBLIB_ERROR_ARRAY,
                   "%zu cells of %.30s of Arrow stand in %zu bytes, %zu expected", cells,
                   type->text, chunk->values.size, needed);
    JOBLIB_REQUIRE(!chunk->bitmap.data || chunk->bitmap.size >= bits, JOBLIB_ERROR_ARRAY,
                   "the bitmap of %zu cells of Arrow has %zu bytes", cells,
                   chunk->bitmap.size);
    return JOBLIB_OK;
}

joblib_status joblib_view__open_arrow_chunk(const joblib_value *value,
                                            const struct joblib_view__arrow_type *type,
                                            struct joblib_view__arrow_chunk *out,
                                            joblib_error *error)
{
    const joblib_value *parts = chunk_parts(value);
    const joblib_value *buffers = joblib_value_at(parts, 4);
    size_t expected = type->form == JOBLIB_ARROW_TEXT ? 3 : 2;
    JOBLIB_REQUIRE(joblib_value_count(parts) >= 5 &&
                       joblib_value_count(buffers) == expected,
                   JOBLIB_ERROR_ARRAY, "a chunk of Arrow has %zu buffers, %zu expected",
                   joblib_value_count(buffers), expected);
    JOBLIB_TRY(read_cell_count(joblib_value_at(parts, 1), &out->count, error));
    JOBLIB_TRY(read_cell_count(joblib_value_at(parts, 3), &out->offset, error));
    JOBLIB_TRY(open_buffer(joblib_value_at(buffers, 0), &out->bitmap, error));
    JOBLIB_TRY(open_buffer(joblib_value_at(buffers, 1), &out->values, error));
    JOBLIB_TRY(open_buffer(joblib_value_at(buffers, 2), &out->bytes, error));
    return check_sizes(out, type, error);
}
