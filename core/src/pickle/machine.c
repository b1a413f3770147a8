#include "pickle/machine.h"

#include <string.h>

#include "base/vector.h"
#include "pickle/memo.h"
#include "pickle/opcodes.h"
#include "pickle/stack.h"

joblib_status joblib_pickle__exhausted(const joblib_pickle__machine *machine, size_t size,
                                       joblib_error *error)
{
    return joblib_base__arena_fail(&machine->document->arena, size, error);
}

/* The stack has no more room than its limit, so that it is full exactly there. */
static joblib_status fit_stack(joblib_pickle__machine *machine, joblib_error *error)
{
    if (machine->stack_room <= machine->limits->max_stack) return JOBLIB_OK;
    size_t size = sizeof *machine->stack, most = (size_t)machine->limits->max_stack;
    void *items = joblib_base__resize(&machine->document->arena.allocator, machine->stack,
                                      machine->stack_room * size, most * size);
    if (!items) return joblib_base__set_no_memory(error, most * size);
    machine->stack = items;
    machine->stack_room = most;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__grow_stack(joblib_pickle__machine *machine,
                                        joblib_error *error)
{
    JOBLIB_REQUIRE(machine->stack_count < machine->limits->max_stack, JOBLIB_ERROR_LIMIT,
                   "more than %llu values on the stack (max_stack)",
                   (unsigned long long)machine->limits->max_stack);
    void *items = machine->stack;
    JOBLIB_TRY(joblib_base__grow(&machine->document->arena.allocator, &items,
                                 &machine->stack_room, machine->stack_count + 1,
                                 sizeof *machine->stack, error));
    machine->stack = items;
    return fit_stack(machine, error);
}

joblib_status joblib_pickle__pop_mark(joblib_pickle__machine *machine,
                                      joblib_value ***items_out, size_t *count_out,
                                      joblib_error *error)
{
    JOBLIB_REQUIRE(machine->mark_count > 0, JOBLIB_ERROR_STACK, "no mark on the stack");
    /* Before the first value there is no stack, and NULL + 0 is undefined in C11. */
    *items_out = machine->stack ? machine->stack + machine->floor : NULL;
    *count_out = machine->stack_count - machine->floor;
    machine->stack_count = machine->floor;
    machine->floor = machine->marks[--machine->mark_count];
    return JOBLIB_OK;
}

joblib_status joblib_pickle__leave_frame(joblib_pickle__machine *machine,
                                         joblib_error *error)
{
    if (machine->frame_end == JOBLIB_NO_FRAME) return JOBLIB_OK;
    uint64_t offset = joblib_io__offset(machine->reader);
    JOBLIB_REQUIRE(machine->frame_end == offset, JOBLIB_ERROR_SYNTAX,
                   "the frame goes on %llu bytes behind the array's BUILD",
                   (unsigned long long)(machine->frame_end - offset));
    machine->frame_end = JOBLIB_NO_FRAME;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__refuse(joblib_pickle__machine *machine, joblib_error *error)
{
    uint8_t byte = machine->reader->next[-1];
    return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED,
                                  "opcode %s (0x%02x) refers to what is not in the file",
                                  joblib_pickle__opcode_name(byte), byte);
}

static joblib_status refuse_byte(uint8_t byte, joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_SYNTAX,
                                  "no opcode has the byte 0x%02x", byte);
}

static joblib_status refuse_protocol(const joblib_pickle__machine *machine, int protocol,
                                     const char *name, joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_SYNTAX,
                                  "opcode %s of protocol %d in a pickle of protocol %d",
                                  name, protocol, machine->protocol);
}

/* Opcodes from protocol 2 on need a PROTO that allows them; PROTO itself sets it. Those of
   protocol 1 need none, and are all that tells it from protocol 0. */
static joblib_status dispatch(joblib_pickle__machine *machine, uint8_t byte,
                              joblib_error *error)
{
    switch (byte) {
#define JOBLIB_X(byte, name, protocol_of, operand, function) \
    case byte: \
        if ((protocol_of) > 1 && (byte) != JOBLIB_OPCODE_PROTO && \
            machine->protocol < (protocol_of)) \
            return refuse_protocol(machine, protocol_of, #name, error); \
        if ((protocol_of) == 1) machine->binary = true; \
        return joblib_pickle__##function(machine, error);
#include "pickle/opcodes.def"
#undef JOBLIB_X
    default:
        return refuse_byte(byte, error);
    }
}

/* MEMOIZE follows every second value: it is done at once, unless something is unusual. */
static inline bool memoize_at_once(joblib_pickle__machine *machine, uint8_t byte)
{
    if (byte != JOBLIB_OPCODE_MEMOIZE || machine->protocol < 4) return false;
    if (machine->stack_count == machine->floor) return false;
    joblib_value *value = machine->stack[machine->stack_count - 1];
    if (!joblib_pickle__memo_append(&machine->memo, machine->limits->max_memo, value))
        return false;
    machine->newest = value;
    return true;
}

/* An opcode that begins inside a frame ends inside it. `offset` is where it ended. */
static joblib_status leave_last_frame(joblib_pickle__machine *machine, uint64_t offset,
                                      joblib_error *error)
{
    JOBLIB_REQUIRE(machine->frame_end == offset, JOBLIB_ERROR_SYNTAX,
                   "the frame ends at %llu, inside an opcode's operand",
                   (unsigned long long)machine->frame_end);
    if (!machine->stopped) machine->frame_end = JOBLIB_NO_FRAME;
    return JOBLIB_OK;
}

/* Opcodes are counted in slices: as many as are allowed, or few enough for whoever listens. */
static joblib_status begin_slice(joblib_pickle__machine *machine, joblib_error *error)
{
    joblib_io__progress *progress = machine->reader->progress;
    uint64_t left = machine->limits->max_opcodes - machine->opcodes;
    JOBLIB_REQUIRE(left > 0, JOBLIB_ERROR_LIMIT, "more than %llu opcodes (max_opcodes)",
                   (unsigned long long)machine->limits->max_opcodes);
    if (progress) JOBLIB_TRY(joblib_io__progress_tell(progress, error));
    if (progress && left > JOBLIB_PROGRESS_OPCODES) left = JOBLIB_PROGRESS_OPCODES;
    machine->opcodes += left;
    machine->slice = left;
    return JOBLIB_OK;
}

static joblib_status run_opcodes(joblib_pickle__machine *machine, joblib_error *error)
{
    joblib_io__reader *reader = machine->reader;
    uint64_t offset = joblib_io__offset(reader);
    while (!machine->stopped) {
        machine->opcode_offset = offset;
        JOBLIB_TRY(joblib_io__need(reader, 1, error));
        if (machine->slice == 0) JOBLIB_TRY(begin_slice(machine, error));
        machine->slice--;
        uint8_t byte = *reader->next++;
        if (!memoize_at_once(machine, byte)) JOBLIB_TRY(dispatch(machine, byte, error));
        offset = joblib_io__offset(reader);
        if (machine->frame_end <= offset)
            JOBLIB_TRY(leave_last_frame(machine, offset, error));
        machine->started = true;
    }
    return JOBLIB_OK;
}

/* STOP must be the last byte of its frame. */
static joblib_status check_last_frame(joblib_pickle__machine *machine,
                                      joblib_error *error)
{
    if (machine->frame_end == JOBLIB_NO_FRAME) return JOBLIB_OK;
    uint64_t offset = joblib_io__offset(machine->reader);
    uint64_t left = machine->frame_end - offset;
    if (left == 0) return JOBLIB_OK;
    size_t probe = left < JOBLIB_READER_NEED ? (size_t)left : JOBLIB_READER_NEED, there;
    JOBLIB_TRY(joblib_io__peek(machine->reader, probe, &there, error));
    JOBLIB_REQUIRE(there == probe, JOBLIB_ERROR_SYNTAX,
                   "the frame ends %llu bytes behind STOP, past the data",
                   (unsigned long long)left);
    machine->opcode_offset = offset;
    return joblib_base__set_error(error, JOBLIB_ERROR_TRAILING,
                                  "%llu bytes of the frame follow STOP",
                                  (unsigned long long)left);
}

static joblib_status take_result(joblib_pickle__machine *machine, joblib_value **out,
                                 joblib_error *error)
{
    JOBLIB_TRY(check_last_frame(machine, error));
    JOBLIB_REQUIRE(machine->mark_count == 0 && machine->stack_count == 1,
                   JOBLIB_ERROR_STACK,
                   "%zu values and %zu marks are left at STOP, 1 value expected",
                   machine->stack_count, machine->mark_count);
    JOBLIB_REQUIRE(machine->incomplete == 0, JOBLIB_ERROR_ARRAY,
                   "%u array wrappers have no state", machine->incomplete);
    *out = machine->stack[0];
    return JOBLIB_OK;
}

static void free_machine(joblib_pickle__machine *machine)
{
    const joblib_allocator *allocator = &machine->document->arena.allocator;
    joblib_pickle__memo_free(&machine->memo, allocator);
    joblib_base__free(allocator, machine->stack,
                      machine->stack_room * sizeof *machine->stack);
    joblib_base__free(allocator, machine->marks,
                      machine->mark_room * sizeof *machine->marks);
}

joblib_status joblib_pickle__load(joblib_io__reader *reader, joblib_document *document,
                                  const joblib_pickle__limits *limits,
                                  const joblib_pickle__hooks *hooks,
                                  joblib_pickle__machine *outer, joblib_value **out,
                                  int *protocol_out, joblib_error *error)
{
    joblib_pickle__machine machine = {
        .reader = reader,
        .document = document,
        .limits = limits,
        .hooks = hooks,
        .frame_end = JOBLIB_NO_FRAME,
        .pickle = ++document->pickles,
        .nesting = outer ? outer->nesting + 1 : 0,
        .opcodes = outer ? outer->opcodes : 0,
        .slice = outer ? outer->slice : 0,
    };
    joblib_status status = run_opcodes(&machine, error);
    if (status == JOBLIB_OK) status = take_result(&machine, out, error);
    if (status != JOBLIB_OK)
        joblib_base__set_offset(error, machine.opcode_offset, JOBLIB_NO_OFFSET);
    *protocol_out = machine.declared ? machine.protocol : machine.binary;
    if (outer) outer->opcodes = machine.opcodes;
    if (outer) outer->slice = machine.slice;
    free_machine(&machine);
    return status;
}
