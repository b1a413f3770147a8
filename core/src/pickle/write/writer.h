/**
 * The pickler: writes a value as a pickler of CPython does, opcode for opcode.
 *
 * It goes as pickle.py does: save() writes a value, puts it into the memo, and writes GET where it
 * meets it again. What Python does by calls within calls becomes a stack of tasks, so nesting
 * costs no C stack:
 *
 *   tasks  | list 17 of 30 | dict 2 of 5 | object: its state |      the newest goes on
 *
 * What no pickle has an opcode for (arrays, scalars and dtypes of numpy) is lowered by the layer
 * above to the object that stands for it in the pickle.
 */
#ifndef JOBLIB_PICKLE_WRITER_H
#define JOBLIB_PICKLE_WRITER_H

#include "base/arena.h"
#include "joblib/document.h"
#include "pickle/machine.h"
#include "pickle/write/output.h"
#include "pickle/write/policy.h"
#include "pickle/write/written.h"
#include "value/node.h"

struct joblib_pickle__writer;
struct joblib_pickle__task;

/** Goes on with the newest task, which ends itself by joblib_pickle__end_task(). */
typedef joblib_status joblib_pickle__step(struct joblib_pickle__writer *writer,
                                          struct joblib_pickle__task *task,
                                          joblib_error *error);

struct joblib_pickle__task {
    joblib_pickle__step *step;
    const joblib_value *value;    /**< what is being written */
    const joblib_value *identity; /**< what the memo knows it by; NULL for nothing */
    size_t index;                 /**< next part, or stage */
    size_t end;                   /**< of the batch at work */
    uint32_t size;                /**< items in the batch at work */
    uint32_t style;               /**< what the step makes of it */
};

/** What stands in a pickle for a value of numpy. */
typedef struct joblib_pickle__lowered {
    const joblib_value
        *object;    /**< an Object; the layer above keeps it until it is written */
    bool forgotten; /**< the memo never finds it: it is written each time */
    bool followed;  /**< follow() is called when it is written */
} joblib_pickle__lowered;

/** What the layer above knows of values, of names, and of what follows an object. */
typedef struct joblib_pickle__lowering {
    joblib_status (*lower)(void *ctx, struct joblib_pickle__writer *writer,
                           const joblib_value *value, joblib_pickle__lowered *out,
                           joblib_error *error);
    /** After a lowered object, outside of frames. */
    joblib_status (*follow)(void *ctx, struct joblib_pickle__writer *writer,
                            const joblib_value *value, joblib_error *error);
    /** After each lowered object: its memory is no longer needed. */
    void (*done)(void *ctx);
    /** Asked before a class or function of the document is written, before an object that it
        makes, and before the state of that; may refuse it. `arguments` are those of a call, or NULL. */
    joblib_status (*permit)(void *ctx, const joblib_value *global,
                            enum joblib_pickle__use use, const joblib_value *arguments,
                            joblib_error *error);
    void *ctx;
} joblib_pickle__lowering;

/** Which way names go between Python 2 and 3. */
enum joblib_pickle__renaming {
    JOBLIB_RENAME_NOTHING,
    JOBLIB_RENAME_TO_PYTHON2,
    JOBLIB_RENAME_TO_PYTHON3
};

/** How a pickle is written. */
typedef struct joblib_pickle__writing {
    joblib_pickle__policy policy;
    const joblib_allocator *allocator;
    const joblib_pickle__lowering *lowering;
    int renaming; /**< a joblib_pickle__renaming */
} joblib_pickle__writing;

typedef struct joblib_pickle__writer {
    joblib_pickle__output *output;
    const joblib_pickle__writing *writing;
    int protocol;
    uint32_t habits;
    bool keeps_alive; /**< joblib_pickle__keep_alive() was called */
    struct joblib_pickle__task *tasks;
    size_t task_count;
    size_t task_room;
    joblib_pickle__written written;
    joblib_base__arena kept;   /**< nodes of names and characters, which the memo keeps */
    joblib_value **characters; /**< Str nodes of single characters, by code; or NULL */
} joblib_pickle__writer;

/** Writes one pickle, from PROTO to STOP. follow() may write others within it. */
joblib_status joblib_pickle__dump(joblib_pickle__output *output,
                                  const joblib_pickle__writing *writing,
                                  const joblib_value *value, joblib_error *error);

/* For the files of the pickler */

/** Writes a value; one with parts is only begun, as the newest task. */
joblib_status joblib_pickle__save(joblib_pickle__writer *writer,
                                  const joblib_value *value, joblib_error *error);

/** Makes a task the newest. Pointers to tasks are stale afterwards. */
joblib_status joblib_pickle__begin_task(joblib_pickle__writer *writer,
                                        struct joblib_pickle__task task,
                                        joblib_error *error);

/** Removes the newest task. */
static inline void joblib_pickle__end_task(joblib_pickle__writer *writer)
{
    writer->task_count--;
}

/** Puts a value into the memo; NULL for one that nothing refers to. */
joblib_status joblib_pickle__memoize(joblib_pickle__writer *writer,
                                     const joblib_value *value, joblib_error *error);

/**
 * What pickle.py of Python 2 does for values that it got from a method of an instance: their
 * list takes a place in the memo, once.
 */
void joblib_pickle__keep_alive(joblib_pickle__writer *writer);

/** Finds the number of a value in the memo; false where it has none, and for NULL. */
bool joblib_pickle__is_written(const joblib_pickle__writer *writer,
                               const joblib_value *value, uint32_t *number_out);

/** Writes GET, as one write with `pops` times `pop` before it. */
joblib_status joblib_pickle__write_get(joblib_pickle__writer *writer, uint8_t pop,
                                       size_t pops, uint32_t number, joblib_error *error);

static inline joblib_status joblib_pickle__write_opcode(joblib_pickle__writer *writer,
                                                        uint8_t opcode,
                                                        joblib_error *error)
{
    return joblib_pickle__write_byte(writer->output, opcode, error);
}

#endif
