/**
 * The stack of the machine, and the operands of opcodes.
 */
#ifndef JOBLIB_PICKLE_STACK_H
#define JOBLIB_PICKLE_STACK_H

#include "base/endian.h"
#include "base/try.h"
#include "pickle/machine.h"

/** Slow path of joblib_pickle__push(). */
joblib_status joblib_pickle__grow_stack(joblib_pickle__machine *machine,
                                        joblib_error *error);

/** Pushes a value; NULL, from an exhausted arena, is an error. */
static inline joblib_status joblib_pickle__push(joblib_pickle__machine *machine,
                                                joblib_value *value, joblib_error *error)
{
    if (!value) return joblib_pickle__exhausted(machine, sizeof *value, error);
    if (machine->stack_count == machine->stack_room)
        JOBLIB_TRY(joblib_pickle__grow_stack(machine, error));
    machine->stack[machine->stack_count++] = value;
    return JOBLIB_OK;
}

/** Requires `count` values above the newest mark. */
static inline joblib_status joblib_pickle__require(const joblib_pickle__machine *machine,
                                                   size_t count, joblib_error *error)
{
    JOBLIB_REQUIRE(machine->stack_count - machine->floor >= count, JOBLIB_ERROR_STACK,
                   "%zu values on the stack, %zu expected",
                   machine->stack_count - machine->floor, count);
    return JOBLIB_OK;
}

/** The value `below` places under the top; joblib_pickle__require() comes first. */
static inline joblib_value *joblib_pickle__peek(const joblib_pickle__machine *machine,
                                                size_t below)
{
    return machine->stack[machine->stack_count - 1 - below];
}

/**
 * Takes off the newest mark: the values above it, `*count_out` of them, begin at `*items_out`
 * and are no longer on the stack. They stay readable until the next push.
 */
joblib_status joblib_pickle__pop_mark(joblib_pickle__machine *machine,
                                      joblib_value ***items_out, size_t *count_out,
                                      joblib_error *error);

/** Makes a tuple of `count` values. */
joblib_status joblib_pickle__make_tuple(joblib_pickle__machine *machine,
                                        joblib_value *const *items, size_t count,
                                        joblib_value **out, joblib_error *error);

/** Requires an operand of `size` bytes and moves past it. */
static inline joblib_status joblib_pickle__take(joblib_pickle__machine *machine,
                                                size_t size, const uint8_t **out,
                                                joblib_error *error)
{
    JOBLIB_TRY(joblib_io__need(machine->reader, size, error));
    *out = machine->reader->next;
    machine->reader->next += size;
    return JOBLIB_OK;
}

/** Notes that `container` holds `item`: JOBLIB_ERROR_LIMIT when nesting is too deep. */
static inline joblib_status joblib_pickle__nest(const joblib_pickle__machine *machine,
                                                joblib_value *container,
                                                const joblib_value *item,
                                                joblib_error *error)
{
    if (item->kind < JOBLIB_KIND_LIST || item->kind == JOBLIB_KIND_GLOBAL)
        return JOBLIB_OK;
    if (container->depth > item->depth || item->depth == UINT16_MAX) return JOBLIB_OK;
    container->depth = (uint16_t)(item->depth + 1);
    JOBLIB_REQUIRE(container->depth <= machine->limits->max_depth, JOBLIB_ERROR_LIMIT,
                   "values nest deeper than %llu (max_depth)",
                   (unsigned long long)machine->limits->max_depth);
    return JOBLIB_OK;
}

#endif
