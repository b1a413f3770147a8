#include "pickle/write/writer.h"

#include "base/endian.h"
#include "base/try.h"
#include "base/vector.h"
#include "pickle/write/savers.h"

/* Far more than Python can write or read. A set that holds itself nests for ever, as in Python. */
enum { MOST_TASKS = 1000000 };

static joblib_pickle__saver *const savers[] = {
    [JOBLIB_KIND_NONE] = joblib_pickle__save_none,
    [JOBLIB_KIND_BOOL] = joblib_pickle__save_bool,
    [JOBLIB_KIND_INT] = joblib_pickle__save_int,
    [JOBLIB_KIND_FLOAT] = joblib_pickle__save_float,
    [JOBLIB_KIND_COMPLEX] = joblib_pickle__save_complex,
    [JOBLIB_KIND_STR] = joblib_pickle__save_str,
    [JOBLIB_KIND_BYTES] = joblib_pickle__save_bytes,
    [JOBLIB_KIND_BYTEARRAY] = joblib_pickle__save_bytearray,
    [JOBLIB_KIND_LIST] = joblib_pickle__save_list,
    [JOBLIB_KIND_TUPLE] = joblib_pickle__save_tuple,
    [JOBLIB_KIND_DICT] = joblib_pickle__save_dict,
    [JOBLIB_KIND_SET] = joblib_pickle__save_set,
    [JOBLIB_KIND_FROZENSET] = joblib_pickle__save_set,
    [JOBLIB_KIND_ARRAY] = joblib_pickle__save_lowered,
    [JOBLIB_KIND_SCALAR] = joblib_pickle__save_lowered,
    [JOBLIB_KIND_DTYPE] = joblib_pickle__save_lowered,
    [JOBLIB_KIND_GLOBAL] = joblib_pickle__save_global,
    [JOBLIB_KIND_OBJECT] = joblib_pickle__save_object,
};

bool joblib_pickle__is_written(const joblib_pickle__writer *writer,
                               const joblib_value *value, uint32_t *number_out)
{
    if (!value || !(value->flags & JOBLIB_VALUE_SHARED)) return false;
    return joblib_pickle__written_find(&writer->written, value, number_out);
}

/* The number of an atom means nothing: SHARED says that the file fetched it from its memo. */
static bool has_identity(const joblib_value *value)
{
    return value->kind >= JOBLIB_KIND_COMPLEX && (value->flags & JOBLIB_VALUE_SHARED);
}

joblib_status joblib_pickle__save(joblib_pickle__writer *writer,
                                  const joblib_value *value, joblib_error *error)
{
    uint32_t number;
    JOBLIB_TRY(joblib_pickle__value_begins(writer->output, error));
    if (has_identity(value) && joblib_pickle__is_written(writer, value, &number))
        return joblib_pickle__write_get(writer, 0, 0, number, error);
    return savers[value->kind](writer, value, error);
}

joblib_status joblib_pickle__begin_task(joblib_pickle__writer *writer,
                                        struct joblib_pickle__task task,
                                        joblib_error *error)
{
    void *tasks = writer->tasks;
    JOBLIB_REQUIRE(writer->task_count < MOST_TASKS, JOBLIB_ERROR_LIMIT,
                   "values nest more than %d levels", MOST_TASKS);
    JOBLIB_TRY(joblib_base__grow(writer->writing->allocator, &tasks, &writer->task_room,
                                 writer->task_count + 1, sizeof *writer->tasks, error));
    writer->tasks = tasks;
    writer->tasks[writer->task_count++] = task;
    return JOBLIB_OK;
}

/* Memo */

/* Writes a number in decimal and a line end; returns the bytes written. */
static size_t put_line_number(uint8_t *out, uint32_t number)
{
    uint8_t digits[10];
    size_t count = 0, size = 0;
    do digits[count++] = (uint8_t)('0' + number % 10);
    while ((number /= 10) > 0);
    while (count > 0) out[size++] = digits[--count];
    out[size++] = '\n';
    return size;
}

/* An opcode with a number: one byte, four bytes, or a line of text. */
static size_t put_numbered(uint8_t *out, int protocol, const uint8_t opcodes[3],
                           uint32_t number)
{
    if (protocol == 0) {
        out[0] = opcodes[0];
        return 1 + put_line_number(out + 1, number);
    }
    if (number <= UINT8_MAX) {
        out[0] = opcodes[1];
        out[1] = (uint8_t)number;
        return 2;
    }
    out[0] = opcodes[2];
    joblib_base__write_le32(out + 1, number);
    return 5;
}

enum { MOST_NUMBERED = 16 };

static joblib_status write_put(joblib_pickle__writer *writer, uint32_t number,
                               joblib_error *error)
{
    static const uint8_t opcodes[] = {JOBLIB_OPCODE_PUT, JOBLIB_OPCODE_BINPUT,
                                      JOBLIB_OPCODE_LONG_BINPUT};
    joblib_pickle__output *output = writer->output;
    if (writer->protocol >= 4)
        return joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_MEMOIZE, error);
    JOBLIB_TRY(joblib_pickle__reserve(output, MOST_NUMBERED, error));
    size_t size =
        put_numbered(output->buffer + output->used, writer->protocol, opcodes, number);
    return joblib_pickle__wrote(output, size, error);
}

joblib_status joblib_pickle__write_get(joblib_pickle__writer *writer, uint8_t pop,
                                       size_t pops, uint32_t number, joblib_error *error)
{
    static const uint8_t opcodes[] = {JOBLIB_OPCODE_GET, JOBLIB_OPCODE_BINGET,
                                      JOBLIB_OPCODE_LONG_BINGET};
    joblib_pickle__output *output = writer->output;
    JOBLIB_TRY(joblib_pickle__reserve(output, pops + MOST_NUMBERED, error));
    uint8_t *out = output->buffer + output->used;
    if (pops > 0) memset(out, pop, pops);
    size_t size = pops + put_numbered(out + pops, writer->protocol, opcodes, number);
    return joblib_pickle__wrote(output, size, error);
}

joblib_status joblib_pickle__memoize(joblib_pickle__writer *writer,
                                     const joblib_value *value, joblib_error *error)
{
    joblib_pickle__written *written = &writer->written;
    JOBLIB_REQUIRE(written->count <= UINT32_MAX, JOBLIB_ERROR_LIMIT,
                   "more than 2^32 values in the memo of a pickle");
    JOBLIB_TRY(write_put(writer, (uint32_t)written->count, error));
    if (value && (value->flags & JOBLIB_VALUE_SHARED))
        return joblib_pickle__written_add(written, writer->writing->allocator, value,
                                          error);
    written->count++;
    return JOBLIB_OK;
}

void joblib_pickle__keep_alive(joblib_pickle__writer *writer)
{
    bool is_python2 = writer->habits & JOBLIB_HABIT_PYTHON2 && writer->protocol < 4;
    if (!is_python2 || writer->keeps_alive) return;
    writer->keeps_alive = true;
    writer->written.count++;
}

/* The whole */

/* Bytes of renamed names and of characters: a few hundred of each at most. */
#define MOST_KEPT ((uint64_t)64 << 20)

static joblib_status run_tasks(joblib_pickle__writer *writer, joblib_error *error)
{
    while (writer->task_count > 0) {
        struct joblib_pickle__task *task = &writer->tasks[writer->task_count - 1];
        JOBLIB_TRY(task->step(writer, task, error));
    }
    return JOBLIB_OK;
}

static joblib_status write_pickle(joblib_pickle__writer *writer,
                                  const joblib_value *value, joblib_error *error)
{
    joblib_pickle__output *output = writer->output;
    uint8_t begin[] = {JOBLIB_OPCODE_PROTO, (uint8_t)writer->protocol};
    if (writer->protocol >= 2)
        JOBLIB_TRY(joblib_pickle__write(output, begin, sizeof begin, error));
    if (writer->protocol >= 4)
        joblib_pickle__begin_framing(output, writer->habits & JOBLIB_HABIT_FRAMES_ALL);
    JOBLIB_TRY(joblib_pickle__save(writer, value, error));
    JOBLIB_TRY(run_tasks(writer, error));
    JOBLIB_TRY(joblib_pickle__write_byte(output, JOBLIB_OPCODE_STOP, error));
    return joblib_pickle__end_framing(output, error);
}

joblib_status joblib_pickle__dump(joblib_pickle__output *output,
                                  const joblib_pickle__writing *writing,
                                  const joblib_value *value, joblib_error *error)
{
    joblib_pickle__writer writer = {
        .output = output,
        .writing = writing,
        .protocol = writing->policy.protocol,
        .habits = joblib_pickle__habits(&writing->policy),
    };
    joblib_base__arena_init(&writer.kept, writing->allocator, MOST_KEPT);
    bool held = output->held, framing = output->framing;
    output->held = writing->policy.c_pickler && output->pieces;
    output->framing = false;
    joblib_status status = write_pickle(&writer, value, error);
    output->held = held;
    output->framing = framing;
    if (status == JOBLIB_OK && output->pieces)
        status = joblib_pickle__flush(output, error);
    joblib_base__arena_free(&writer.kept);
    joblib_base__free(writing->allocator, writer.tasks,
                      writer.task_room * sizeof *writer.tasks);
    joblib_pickle__written_free(&writer.written, writing->allocator);
    return status;
}
