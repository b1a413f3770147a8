/* Opcodes that steer the machine: protocol, frames, marks, stack, memo. */
#include "base/decimal.h"
#include "base/vector.h"
#include "pickle/memo.h"
#include "pickle/opcodes.h"
#include "pickle/stack.h"

#define HIGHEST_PROTOCOL 5

joblib_status joblib_pickle__op_proto(joblib_pickle__machine *machine,
                                      joblib_error *error)
{
    const uint8_t *bytes;
    uint64_t start = machine->opcode_offset;
    JOBLIB_TRY(joblib_pickle__take(machine, 1, &bytes, error));
    JOBLIB_REQUIRE(bytes[0] <= HIGHEST_PROTOCOL, JOBLIB_ERROR_UNSUPPORTED,
                   "pickle protocol %d, %d is the highest known", bytes[0],
                   HIGHEST_PROTOCOL);
    JOBLIB_REQUIRE(!machine->started, JOBLIB_ERROR_SYNTAX,
                   "PROTO at %llu, inside a pickle", (unsigned long long)start);
    machine->protocol = bytes[0];
    machine->declared = true;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__op_stop(joblib_pickle__machine *machine, joblib_error *error)
{
    (void)error;
    machine->stopped = true;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__op_frame(joblib_pickle__machine *machine,
                                      joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 8, &bytes, error));
    uint64_t size = joblib_base__read_le64(bytes);
    uint64_t offset = joblib_io__offset(machine->reader);
    JOBLIB_REQUIRE(machine->frame_end == JOBLIB_NO_FRAME, JOBLIB_ERROR_SYNTAX,
                   "a frame inside a frame");
    JOBLIB_REQUIRE(size > 0, JOBLIB_ERROR_SYNTAX, "a frame of 0 bytes");
    JOBLIB_REQUIRE(size < JOBLIB_NO_FRAME - offset, JOBLIB_ERROR_TRUNCATED,
                   "a frame of %llu bytes", (unsigned long long)size);
    machine->frame_end = offset + size;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__op_mark(joblib_pickle__machine *machine, joblib_error *error)
{
    JOBLIB_REQUIRE(machine->mark_count < machine->limits->max_depth, JOBLIB_ERROR_LIMIT,
                   "more than %llu marks (max_depth)",
                   (unsigned long long)machine->limits->max_depth);
    void *marks = machine->marks;
    JOBLIB_TRY(joblib_base__grow(&machine->document->arena.allocator, &marks,
                                 &machine->mark_room, machine->mark_count + 1,
                                 sizeof *machine->marks, error));
    machine->marks = marks;
    machine->marks[machine->mark_count++] = machine->floor;
    machine->floor = machine->stack_count;
    return JOBLIB_OK;
}

/* With nothing above the newest mark, POP takes the mark: both of CPython's machines do. */
joblib_status joblib_pickle__op_pop(joblib_pickle__machine *machine, joblib_error *error)
{
    if (machine->stack_count == machine->floor && machine->mark_count > 0)
        return joblib_pickle__op_pop_mark(machine, error);
    JOBLIB_TRY(joblib_pickle__require(machine, 1, error));
    machine->stack_count--;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__op_pop_mark(joblib_pickle__machine *machine,
                                         joblib_error *error)
{
    joblib_value **items;
    size_t count;
    return joblib_pickle__pop_mark(machine, &items, &count, error);
}

/* Constants are shared by all documents: nothing is written to them. */
static void share_value(joblib_value *value)
{
    if (value->kind > JOBLIB_KIND_BOOL) value->flags |= JOBLIB_VALUE_SHARED;
}

joblib_status joblib_pickle__op_dup(joblib_pickle__machine *machine, joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, 1, error));
    share_value(joblib_pickle__peek(machine, 0));
    return joblib_pickle__push(machine, joblib_pickle__peek(machine, 0), error);
}

/* Reads a memo number as a line of digits. */
static joblib_status read_memo_number(joblib_pickle__machine *machine, uint32_t *out,
                                      joblib_error *error)
{
    const char *line;
    size_t size;
    uint64_t number = 0;
    char shown[JOBLIB_ESCAPED_SIZE];
    JOBLIB_TRY(joblib_io__read_line(machine->reader, &line, &size, error));
    bool fits = size <= 10 && joblib_base__is_decimal(line, size) && line[0] != '-';
    for (size_t i = 0; i < size && fits; i++)
        number = number * 10 + (uint64_t)(line[i] - '0');
    JOBLIB_REQUIRE(fits && number <= UINT32_MAX, JOBLIB_ERROR_SYNTAX,
                   "\"%s\" is no number of a memo entry",
                   joblib_base__escape(shown, line, size));
    *out = (uint32_t)number;
    return JOBLIB_OK;
}

static joblib_status put_top(joblib_pickle__machine *machine, uint32_t number,
                             joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, 1, error));
    machine->newest = joblib_pickle__peek(machine, 0);
    return joblib_pickle__memo_put(&machine->memo, &machine->document->arena.allocator,
                                   machine->limits->max_memo, number,
                                   joblib_pickle__peek(machine, 0), error);
}

joblib_status joblib_pickle__op_put(joblib_pickle__machine *machine, joblib_error *error)
{
    uint32_t number;
    JOBLIB_TRY(read_memo_number(machine, &number, error));
    return put_top(machine, number, error);
}

joblib_status joblib_pickle__op_memoize(joblib_pickle__machine *machine,
                                        joblib_error *error)
{
    JOBLIB_REQUIRE(machine->memo.count <= UINT32_MAX, JOBLIB_ERROR_LIMIT,
                   "more than 2^32 memo entries, which MEMOIZE cannot number");
    return put_top(machine, (uint32_t)machine->memo.count, error);
}

joblib_status joblib_pickle__op_binput(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 1, &bytes, error));
    return put_top(machine, bytes[0], error);
}

joblib_status joblib_pickle__op_long_binput(joblib_pickle__machine *machine,
                                            joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 4, &bytes, error));
    return put_top(machine, joblib_base__read_le32(bytes), error);
}

static joblib_status push_memo(joblib_pickle__machine *machine, uint32_t number,
                               joblib_error *error)
{
    joblib_value *value = joblib_pickle__memo_get(&machine->memo, number);
    JOBLIB_REQUIRE(value, JOBLIB_ERROR_MEMO, "no memo entry %u", number);
    share_value(value);
    return joblib_pickle__push(machine, value, error);
}

joblib_status joblib_pickle__op_get(joblib_pickle__machine *machine, joblib_error *error)
{
    uint32_t number;
    JOBLIB_TRY(read_memo_number(machine, &number, error));
    return push_memo(machine, number, error);
}

joblib_status joblib_pickle__op_binget(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 1, &bytes, error));
    return push_memo(machine, bytes[0], error);
}

joblib_status joblib_pickle__op_long_binget(joblib_pickle__machine *machine,
                                            joblib_error *error)
{
    const uint8_t *bytes;
    JOBLIB_TRY(joblib_pickle__take(machine, 4, &bytes, error));
    return push_memo(machine, joblib_base__read_le32(bytes), error);
}
