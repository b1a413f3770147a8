#include "support/decoded.h"

#include <stdlib.h>

#include "codec/codec.h"

/* More than any vector decodes to. */
#define MOST_BYTES ((uint64_t)1 << 26)

/* What level 9 of xz needs. */
#define MOST_WINDOW ((uint64_t)1 << 27)

static struct vector_bytes read_all(joblib_io__reader *reader)
{
    struct vector_bytes out = {NULL, 0};
    size_t there, room = 1 << 12;
    out.data = malloc(room);
    while (joblib_io__peek(reader, 1 << 12, &there, NULL) == JOBLIB_OK && there > 0) {
        if (out.size + there + 1 > room) out.data = realloc(out.data, room = 2 * room);
        if (joblib_io__read(reader, out.data + out.size, there, NULL) != JOBLIB_OK) break;
        out.size += there;
    }
    return out;
}

struct vector_bytes decoded_from(const struct vector_bytes *file)
{
    joblib_codec__stream stream;
    struct vector_bytes out = {NULL, 0};
    const joblib_codec__settings settings = {
        .allocator = joblib_base__choose_allocator(NULL),
        .max_decoded = MOST_BYTES,
        .max_memory = MOST_WINDOW,
        .max_input = MOST_BYTES,
        .max_codec_memory = MOST_WINDOW,
    };
    if (!file->data || joblib_codec__open_memory(&stream, &settings, file->data,
                                                 file->size, false, NULL) != JOBLIB_OK)
        return out;
    out = read_all(&stream.reader);
    joblib_codec__close(&stream);
    return out;
}
