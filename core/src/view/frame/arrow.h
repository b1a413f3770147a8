/**
 * Arrays of Arrow, as pyarrow pickles them.
 *
 *   chunked_array([chunk, …], type)      or one chunk
 *   _restore_array((type, length, nulls, offset, [bitmap, …], children, dictionary))
 *
 *   bitmap   a bit for each cell, lowest first, 1 where it is there; None: all are
 *   values   numbers; bits for bool
 *   offsets  length + 1 of 4 or 8 bytes, into the bytes of the next buffer; for text
 *
 * All buffers begin `offset` cells before the first one of the chunk.
 */
#ifndef JOBLIB_VIEW_FRAME_ARROW_H
#define JOBLIB_VIEW_FRAME_ARROW_H

#include "view/frame/array_class.h"

enum joblib_view__arrow_form {
    JOBLIB_ARROW_UNKNOWN,
    JOBLIB_ARROW_NUMBERS,
    JOBLIB_ARROW_BITS,
    JOBLIB_ARROW_TEXT
};

struct joblib_view__arrow_type {
    uint8_t form;              /**< a joblib_view__arrow_form */
    uint8_t cells;             /**< a joblib_cells */
    size_t width;              /**< bytes of a number, or of an offset */
    const joblib_dtype *dtype; /**< of NUMBERS and BITS */
    const char *text;          /**< as pyarrow prints it; NULL where it is not known */
    const char *zone;          /**< or NULL */
};

struct joblib_view__arrow_buffer {
    const uint8_t *data; /**< NULL for None */
    size_t size;
};

struct joblib_view__arrow_chunk {
    size_t offset, count; /**< cells */
    struct joblib_view__arrow_buffer bitmap, values, bytes;
};

/** Reads a type: type_for_alias(name), timestamp(unit, zone). */
joblib_status joblib_view__open_arrow_type(struct joblib_view__reader *reader,
                                           const joblib_value *value,
                                           struct joblib_view__arrow_type *out,
                                           joblib_error *error);

/** Reads a chunk of a type, and checks that its buffers hold its cells. */
joblib_status joblib_view__open_arrow_chunk(const joblib_value *value,
                                            const struct joblib_view__arrow_type *type,
                                            struct joblib_view__arrow_chunk *out,
                                            joblib_error *error);

/** The type of a chunk, as a value; NULL where `value` is no chunk. */
const joblib_value *joblib_view__arrow_chunk_type(const joblib_value *value);

static inline bool joblib_view__arrow_bit(const struct joblib_view__arrow_buffer *bits,
                                          size_t index)
{
    return bits->data[index / 8] >> (index % 8) & 1;
}

#endif
