#include "io/reader.h"

#include <string.h>

#include "base/try.h"
#include "io/source.h"

#define READER_BUFFER ((size_t)256 << 10)
#define MOST_SURPLUS ((uint64_t)64 << 10)

static size_t bytes_there(const joblib_io__reader *reader)
{
    return (size_t)(reader->end - reader->next);
}

static uint64_t end_offset(const joblib_io__reader *reader)
{
    return reader->base + (uint64_t)(reader->end - reader->window);
}

void joblib_io__reader_open_memory(joblib_io__reader *reader, const void *data,
                                   size_t size, bool stable)
{
    static const uint8_t nothing[1];
    memset(reader, 0, sizeof *reader);
    reader->window = reader->next = data ? data : nothing;
    reader->end = reader->window + size;
    reader->known_size = size;
    reader->stable = stable;
    reader->ended = true;
    reader->limit = UINT64_MAX;
}

joblib_status joblib_io__reader_open_source(joblib_io__reader *reader,
                                            const joblib_source *source,
                                            uint64_t known_size,
                                            const joblib_allocator *allocator,
                                            joblib_error *error)
{
    memset(reader, 0, sizeof *reader);
    reader->source = *source;
    reader->known_size = known_size;
    reader->limit = UINT64_MAX;
    reader->allocator = joblib_base__choose_allocator(allocator);
    /* One byte more than the stream has: the whole of it and its end fit one window. */
    size_t size = known_size < READER_BUFFER ? (size_t)known_size + 1 : READER_BUFFER;
    reader->buffer = joblib_base__allocate(&reader->allocator, size);
    if (!reader->buffer) return joblib_base__set_no_memory(error, size);
    reader->buffer_size = size;
    reader->window = reader->next = reader->end = reader->buffer;
    return JOBLIB_OK;
}

void joblib_io__reader_close(joblib_io__reader *reader)
{
    if (reader->buffer)
        joblib_base__free(&reader->allocator, reader->buffer, reader->buffer_size);
    memset(reader, 0, sizeof *reader);
}

void joblib_io__watch(joblib_io__reader *reader, joblib_io__progress *progress)
{
    reader->progress = progress;
    if (!progress || reader->source.read) return;
    reader->hidden = bytes_there(reader);
    reader->end = reader->next;
    reader->ended = reader->hidden == 0;
}

void joblib_io__set_limit(joblib_io__reader *reader, uint64_t limit, const char *name)
{
    if (limit >= reader->limit) return;
    reader->limit = limit;
    reader->limit_name = name;
    uint64_t end = end_offset(reader);
    if (end + reader->hidden <= limit) return;
    reader->hidden = end < limit ? (size_t)(limit - end) : 0;
    if (end > limit) reader->end = reader->window + (size_t)(limit - reader->base);
    reader->clipped = true;
    reader->ended = reader->hidden == 0;
}

static joblib_status count_bytes(joblib_io__reader *reader, size_t size,
                                 joblib_error *error)
{
    if (!reader->progress) return JOBLIB_OK;
    if (reader->is_input) reader->progress->read += size;
    return joblib_io__progress_count(reader->progress, size, error);
}

/* Shows more of memory: a step, or what is asked for. */
static joblib_status show_more(joblib_io__reader *reader, size_t size,
                               joblib_error *error)
{
    size_t more = size > JOBLIB_PROGRESS_STEP ? size : JOBLIB_PROGRESS_STEP;
    if (more > reader->hidden) more = reader->hidden;
    reader->end += more;
    reader->hidden -= more;
    reader->ended = reader->hidden == 0;
    return count_bytes(reader, more, error);
}

/* At the limit: the stream may end here, but nothing may follow. */
static joblib_status look_past_limit(joblib_io__reader *reader, joblib_error *error)
{
    uint8_t byte;
    size_t got;
    JOBLIB_TRY(joblib_io__pull(&reader->source, &byte, 1, &got, error));
    reader->clipped = got > 0;
    reader->ended = true;
    return JOBLIB_OK;
}

/* Reads once from the source into `out`, which follows the window. */
static joblib_status pull_once(joblib_io__reader *reader, uint8_t *out, size_t room,
                               size_t *got, joblib_error *error)
{
    uint64_t left = reader->limit - end_offset(reader);
    *got = 0;
    if (left == 0) return look_past_limit(reader, error);
    if (room > left) room = (size_t)left;
    if (reader->progress && room > JOBLIB_PROGRESS_STEP) room = JOBLIB_PROGRESS_STEP;
    JOBLIB_TRY(joblib_io__pull(&reader->source, out, room, got, error));
    reader->ended = *got == 0;
    return count_bytes(reader, *got, error);
}

/* Moves what is not read yet to the start of the buffer, which has room for `size` bytes. */
static joblib_status make_room(joblib_io__reader *reader, size_t size,
                               joblib_error *error)
{
    size_t kept = bytes_there(reader);
    reader->base = joblib_io__offset(reader);
    if (kept > 0 && reader->next != reader->buffer)
        memmove(reader->buffer, reader->next, kept);
    reader->window = reader->next = reader->buffer;
    reader->end = reader->buffer + kept;
    if (size <= reader->buffer_size) return JOBLIB_OK;
    uint8_t *moved = joblib_base__resize(&reader->allocator, reader->buffer,
                                         reader->buffer_size, READER_BUFFER);
    if (!moved) return joblib_base__set_no_memory(error, READER_BUFFER);
    reader->buffer = moved;
    reader->buffer_size = READER_BUFFER;
    reader->window = reader->next = moved;
    reader->end = moved + kept;
    return JOBLIB_OK;
}

/* Makes `size` bytes stand at `next`, or fewer where the stream or the limit ends. */
static joblib_status fill_window(joblib_io__reader *reader, size_t size,
                                 joblib_error *error)
{
    if (reader->ended || bytes_there(reader) >= size) return JOBLIB_OK;
    if (reader->hidden > 0) return show_more(reader, size - bytes_there(reader), error);
    JOBLIB_TRY(make_room(reader, size, error));
    while (!reader->ended && bytes_there(reader) < size) {
        uint8_t *free_bytes = reader->buffer + bytes_there(reader);
        size_t room = reader->buffer_size - bytes_there(reader);
        size_t got;
        JOBLIB_TRY(pull_once(reader, free_bytes, room, &got, error));
        reader->end += got;
    }
    return JOBLIB_OK;
}

/* The stream gave `there` of the `size` bytes that were asked for at `offset`. */
static joblib_status fail_short(const joblib_io__reader *reader, uint64_t offset,
                                size_t size, size_t there, joblib_error *error)
{
    joblib_status status = reader->clipped ? JOBLIB_ERROR_LIMIT : JOBLIB_ERROR_TRUNCATED;
    if (reader->clipped)
        joblib_base__set_error(error, status, "%zu bytes at %llu pass %s, %llu bytes",
                               size, (unsigned long long)offset, reader->limit_name,
                               (unsigned long long)reader->limit);
    else
        joblib_base__set_error(error, status, "%zu bytes expected at %llu, %zu there",
                               size, (unsigned long long)offset, there);
    joblib_base__set_layer(error, JOBLIB_LAYER_IO);
    return status;
}

joblib_status joblib_io__fail_clipped(const joblib_io__reader *reader,
                                      joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_LIMIT, "more than %s, %llu bytes",
                                  reader->limit_name, (unsigned long long)reader->limit);
}

joblib_status joblib_io__peek(joblib_io__reader *reader, size_t size, size_t *there_out,
                              joblib_error *error)
{
    JOBLIB_TRY(fill_window(reader, size, error));
    *there_out = bytes_there(reader) < size ? bytes_there(reader) : size;
    return JOBLIB_OK;
}

joblib_status joblib_io__refill(joblib_io__reader *reader, size_t size,
                                joblib_error *error)
{
    JOBLIB_NEVER(size > JOBLIB_READER_NEED);
    JOBLIB_TRY(fill_window(reader, size, error));
    if (bytes_there(reader) >= size) return JOBLIB_OK;
    return fail_short(reader, joblib_io__offset(reader), size, bytes_there(reader),
                      error);
}

static size_t take_window(joblib_io__reader *reader, uint8_t *out, size_t size)
{
    size_t taken = bytes_there(reader) < size ? bytes_there(reader) : size;
    if (taken > 0) memcpy(out, reader->next, taken);
    reader->next += taken;
    return taken;
}

/* Reads past an empty window: large amounts at once into `out`, others through the buffer. */
static joblib_status read_more(joblib_io__reader *reader, uint8_t *out, size_t size,
                               size_t *got, joblib_error *error)
{
    if (size < reader->buffer_size || reader->hidden > 0) {
        JOBLIB_TRY(fill_window(reader, 1, error));
        *got = take_window(reader, out, size);
        return JOBLIB_OK;
    }
    JOBLIB_TRY(pull_once(reader, out, size, got, error));
    reader->base = end_offset(reader) + *got;
    reader->window = reader->next = reader->end = reader->buffer;
    return JOBLIB_OK;
}

joblib_status joblib_io__read(joblib_io__reader *reader, void *out, size_t size,
                              joblib_error *error)
{
    uint64_t begin = joblib_io__offset(reader);
    uint8_t *target = out;
    size_t done = take_window(reader, target, size);
    while (done < size && !reader->ended) {
        size_t got;
        JOBLIB_TRY(read_more(reader, target + done, size - done, &got, error));
        done += got;
    }
    return done == size ? JOBLIB_OK : fail_short(reader, begin, size, done, error);
}

joblib_status joblib_io__view(joblib_io__reader *reader, size_t size, const void **out,
                              joblib_error *error)
{
    JOBLIB_NEVER(!reader->stable);
    JOBLIB_TRY(fill_window(reader, size, error));
    if (bytes_there(reader) < size)
        return fail_short(reader, joblib_io__offset(reader), size, bytes_there(reader),
                          error);
    *out = reader->next;
    reader->next += size;
    return JOBLIB_OK;
}

/* No newline within `there` bytes, and no more bytes to look at. */
static joblib_status fail_line(const joblib_io__reader *reader, size_t there,
                               joblib_error *error)
{
    unsigned long long offset = joblib_io__offset(reader);
    if (there < JOBLIB_READER_NEED && reader->clipped)
        return fail_short(reader, offset, there + 1, there, error);
    joblib_status status =
        there < JOBLIB_READER_NEED ? JOBLIB_ERROR_TRUNCATED : JOBLIB_ERROR_LIMIT;
    joblib_base__set_error(error, status, "line at %llu has no end in %zu bytes", offset,
                           there);
    joblib_base__set_layer(error, JOBLIB_LAYER_IO);
    return status;
}

joblib_status joblib_io__read_line(joblib_io__reader *reader, const char **line_out,
                                   size_t *size_out, joblib_error *error)
{
    const uint8_t *newline = NULL;
    size_t seen = 0;
    size_t there;
    for (;;) {
        JOBLIB_TRY(fill_window(reader, seen + 1, error));
        there = bytes_there(reader);
        if (there > JOBLIB_READER_NEED) there = JOBLIB_READER_NEED;
        if (there > seen) newline = memchr(reader->next + seen, '\n', there - seen);
        if (newline) break;
        if (there == seen || there == JOBLIB_READER_NEED)
            return fail_line(reader, there, error);
        seen = there;
    }
    *line_out = (const char *)reader->next;
    *size_out = (size_t)(newline - reader->next);
    reader->next = newline + 1;
    return JOBLIB_OK;
}

uint64_t joblib_io__remaining(const joblib_io__reader *reader)
{
    uint64_t there = bytes_there(reader);
    uint64_t offset = joblib_io__offset(reader);
    if (reader->ended && !reader->clipped) return there;
    if (reader->known_size == JOBLIB_UNKNOWN_SIZE) return JOBLIB_UNKNOWN_SIZE;
    if (reader->known_size < offset + there) return there;
    return reader->known_size - offset;
}

joblib_status joblib_io__drain(joblib_io__reader *reader, uint64_t *surplus_out,
                               joblib_error *error)
{
    uint64_t surplus = bytes_there(reader);
    reader->next = reader->end;
    while (!reader->ended && surplus < MOST_SURPLUS) {
        JOBLIB_TRY(fill_window(reader, 1, error));
        surplus += bytes_there(reader);
        reader->next = reader->end;
    }
    if (reader->clipped) surplus++;
    *surplus_out = surplus < MOST_SURPLUS ? surplus : MOST_SURPLUS;
    return JOBLIB_OK;
}

#undef READER_BUFFER
#undef MOST_SURPLUS
