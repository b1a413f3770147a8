#include "pickle/write/output.h"

#include "base/endian.h"
#include "base/try.h"
#include "io/sink.h"

#define FRAME_HEADER 9
#define FRAME_OPCODE 0x95
#define SMALLEST_FRAME 4
#define FIRST_ROOM ((size_t)160 << 10)

joblib_status joblib_pickle__output_open(joblib_pickle__output *output,
                                         const joblib_sink *sink,
                                         const joblib_allocator *allocator, bool pieces,
                                         joblib_error *error)
{
    *output = (joblib_pickle__output){
        .sink = *sink, .allocator = *allocator, .pieces = pieces, .room = FIRST_ROOM};
    output->buffer = joblib_base__allocate(allocator, FIRST_ROOM);
    if (!output->buffer) return joblib_base__set_no_memory(error, FIRST_ROOM);
    return JOBLIB_OK;
}

void joblib_pickle__output_close(joblib_pickle__output *output)
{
    joblib_base__free(&output->allocator, output->buffer, output->room);
    output->buffer = NULL;
}

void joblib_pickle__begin_framing(joblib_pickle__output *output, bool frames_all)
{
    output->framing = true;
    output->in_frame = false;
    output->frames_all = frames_all;
}

joblib_status joblib_pickle__end_framing(joblib_pickle__output *output,
                                         joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__commit_frame(output, error));
    output->framing = false;
    return JOBLIB_OK;
}

static joblib_status hand_over(joblib_pickle__output *output, const void *data,
                               size_t size, joblib_error *error)
{
    if (size == 0) return JOBLIB_OK;
    JOBLIB_TRY(joblib_io__push(&output->sink, data, size, error));
    output->flushed += size;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__flush(joblib_pickle__output *output, joblib_error *error)
{
    size_t size = output->used;
    output->used = 0;
    return hand_over(output, output->buffer, size, error);
}

/* The header is a write of its own; until Python 3.6 opcode and size were two. */
static joblib_status flush_frame(joblib_pickle__output *output, size_t header,
                                 joblib_error *error)
{
    if (!output->pieces) return JOBLIB_OK;
    size_t start = output->frame, size = output->used - start - header;
    output->used = 0;
    JOBLIB_TRY(hand_over(output, output->buffer, start, error));
    size_t first = header > 0 && output->frames_all ? 1 : header;
    JOBLIB_TRY(hand_over(output, output->buffer + start, first, error));
    JOBLIB_TRY(hand_over(output, output->buffer + start + first, header - first, error));
    return hand_over(output, output->buffer + start + header, size, error);
}

joblib_status joblib_pickle__commit_frame(joblib_pickle__output *output,
                                          joblib_error *error)
{
    if (!output->in_frame) return JOBLIB_OK;
    uint8_t *header = output->buffer + output->frame;
    size_t size = output->used - output->frame - FRAME_HEADER;
    bool headed = size >= SMALLEST_FRAME || output->frames_all;
    output->in_frame = false;
    if (headed) {
        header[0] = FRAME_OPCODE;
        joblib_base__write_le64(header + 1, size);
    } else {
        memmove(header, header + FRAME_HEADER, size);
        output->used -= FRAME_HEADER;
    }
    return flush_frame(output, headed ? FRAME_HEADER : 0, error);
}

static joblib_status grow_buffer(joblib_pickle__output *output, size_t size,
                                 joblib_error *error)
{
    size_t room = output->room * 2;
    JOBLIB_REQUIRE(size <= SIZE_MAX / 4 && output->used <= SIZE_MAX / 4,
                   JOBLIB_ERROR_LIMIT, "a frame of more than %zu bytes", output->used);
    if (room < output->used + size) room = output->used + size;
    uint8_t *buffer =
        joblib_base__resize(&output->allocator, output->buffer, output->room, room);
    if (!buffer) return joblib_base__set_no_memory(error, room);
    output->buffer = buffer;
    output->room = room;
    return JOBLIB_OK;
}

/* Of an open frame the size is not known yet: it stays, and what stands before it goes. */
static joblib_status flush_closed(joblib_pickle__output *output, joblib_error *error)
{
    size_t closed = output->in_frame ? output->frame : output->used;
    if (closed == 0 || output->held) return JOBLIB_OK;
    JOBLIB_TRY(hand_over(output, output->buffer, closed, error));
    output->used -= closed;
    output->frame = 0;
    memmove(output->buffer, output->buffer + closed, output->used);
    return JOBLIB_OK;
}

joblib_status joblib_pickle__make_room(joblib_pickle__output *output, size_t size,
                                       joblib_error *error)
{
    bool opens = output->framing && !output->in_frame;
    size_t needed = size + (opens ? FRAME_HEADER : 0);
    if (needed > output->room - output->used) JOBLIB_TRY(flush_closed(output, error));
    if (needed > output->room - output->used)
        JOBLIB_TRY(grow_buffer(output, needed, error));
    if (!opens) return JOBLIB_OK;
    output->in_frame = true;
    output->frame = output->used;
    output->used += FRAME_HEADER;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__write_through(joblib_pickle__output *output,
                                           const void *data, size_t size,
                                           joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__flush(output, error));
    return hand_over(output, data, size, error);
}

joblib_status joblib_pickle__write_large(joblib_pickle__output *output,
                                         const void *header, size_t header_size,
                                         const void *data, size_t size,
                                         joblib_error *error)
{
    bool framing = output->framing;
    JOBLIB_TRY(joblib_pickle__commit_frame(output, error));
    output->framing = false;
    JOBLIB_TRY(joblib_pickle__write(output, header, header_size, error));
    JOBLIB_TRY(joblib_pickle__write_through(output, data, size, error));
    output->framing = framing;
    return JOBLIB_OK;
}
