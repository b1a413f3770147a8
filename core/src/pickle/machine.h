/**
 * The pickle machine: reads opcodes and makes values, and never calls anything.
 *
 * One machine reads one pickle, from PROTO to STOP, from a reader that others may go on with.
 * What opcodes mean for Python's own types is decided here. What a REDUCE or BUILD on a named
 * class means is asked of the hooks; without an answer it becomes an inert object.
 *
 *   stack   | a b c | d e | f          values; a mark remembers a height, and nothing below
 *             mark 1  mark 2           the newest mark can be popped
 */
#ifndef JOBLIB_PICKLE_MACHINE_H
#define JOBLIB_PICKLE_MACHINE_H

#include "io/reader.h"
#include "value/make.h"

struct joblib_pickle__hooks;
struct joblib_pickle__machine;

/** What a pickle does with a class or function that it names. */
enum joblib_pickle__use {
    JOBLIB_PICKLE_NAMES = 1, /* GLOBAL and its like: Python imports it */
    JOBLIB_PICKLE_CALLS = 2, /* REDUCE, NEWOBJ and their like */
    JOBLIB_PICKLE_BUILDS = 4 /* BUILD on what it made, or on itself */
};

/**
 * Who watches a load: told of each use of a Global when its opcode is read, in this pickle and
 * in those nested in it, whatever becomes of the value afterwards. A call of what a call
 * returned is no new use: the first call was one.
 */
typedef struct joblib_pickle__observer {
    joblib_status (*see)(void *ctx, const struct joblib_pickle__machine *machine,
                         joblib_value *global, enum joblib_pickle__use use,
                         const joblib_value *arguments, joblib_error *error);
    void *ctx;
} joblib_pickle__observer;

#define JOBLIB_NO_FRAME UINT64_MAX

/** Most bytes of the name of a module, or of a class or function in one. */
#define JOBLIB_MAX_NAME 512

/** Bounds of one load and its watcher, shared by a pickle and the pickles nested in it. */
typedef struct joblib_pickle__limits {
    uint64_t max_opcodes;
    uint64_t max_depth;
    uint64_t max_stack;
    uint64_t max_memo;
    uint64_t max_text;
    uint64_t max_array;
    int sharing;   /**< a joblib_sharing, of the document */
    bool writable; /**< elements outside the pickle may be written to */
    const joblib_pickle__observer *observer; /**< or NULL */
} joblib_pickle__limits;

/** Memo: entries by number; a number far beyond the others goes to `sparse`. */
struct joblib_pickle__memo {
    joblib_value **dense;
    size_t dense_room;
    size_t dense_used; /**< so many entries of `dense` are written, NULL where not put */
    struct joblib_pickle__memo_entry *sparse;
    size_t sparse_room; /**< a power of two, or 0 */
    size_t sparse_count;
    size_t count; /**< entries in all */
};

typedef struct joblib_pickle__machine {
    joblib_io__reader *reader;
    joblib_document *document;
    const joblib_pickle__limits *limits;
    const struct joblib_pickle__hooks *hooks;

    joblib_value **stack;
    size_t stack_count;
    size_t stack_room;
    size_t floor;  /**< height of the newest mark */
    size_t *marks; /**< heights of the marks below the newest */
    size_t mark_count;
    size_t mark_room;

    struct joblib_pickle__memo memo;
    const joblib_value *newest; /**< put into the memo last */
    uint64_t opcode_offset;     /**< of the opcode at work */
    uint64_t opcodes;   /**< of all slices begun, those of outer pickles included */
    uint64_t slice;     /**< opcodes left in the slice at work */
    uint64_t frame_end; /**< offset where the frame ends; JOBLIB_NO_FRAME outside */
    int protocol;
    uint32_t pickle;     /**< number of this one in the document, from 1 */
    uint32_t nesting;    /**< pickles around this one */
    uint32_t incomplete; /**< objects for which a hook still expects a BUILD */
    bool started;        /**< an opcode was read before this one */
    bool declared;       /**< a PROTO was read */
    bool binary;         /**< an opcode of protocol 1 was read */
    bool stopped;
} joblib_pickle__machine;

/** What a layer above knows of named classes and functions. */
typedef struct joblib_pickle__hooks {
    /** A number above 0 for a known name, kept as `tag` of the Global; 0 for others. */
    uint16_t (*find_global)(const char *module, size_t module_size, const char *name,
                            size_t name_size);
    /** An instance of a known Global, made by an opcode other than REDUCE: a check. */
    joblib_status (*create)(joblib_pickle__machine *machine, joblib_form form,
                            joblib_value *class, joblib_error *error);
    /** REDUCE on a known Global. `*out` stays NULL to let it become an object. */
    joblib_status (*reduce)(joblib_pickle__machine *machine, joblib_value *callable,
                            joblib_value *arguments, joblib_value **out,
                            joblib_error *error);
    /** BUILD on an Object of a known class, or on a Dtype. `*out` is what stands on the stack
        afterwards; it stays NULL to let the machine store the state. */
    joblib_status (*build)(joblib_pickle__machine *machine, joblib_value *object,
                           joblib_value *state, joblib_value **out, joblib_error *error);
    /** What the hooks know of the load: theirs, NULL for nothing. */
    void *ctx;
} joblib_pickle__hooks;

/**
 * Reads one pickle. `*protocol_out` becomes the protocol that it declares, or 1 if it
 * declares none and has an opcode of protocol 1, else 0.
 *
 * `outer` is NULL, or the machine within whose pickle this one stands: it is counted on.
 * The value may still have dicts to complete: joblib_value__document_seal() at the end.
 * Errors carry the offset of the opcode.
 */
joblib_status joblib_pickle__load(joblib_io__reader *reader, joblib_document *document,
                                  const joblib_pickle__limits *limits,
                                  const joblib_pickle__hooks *hooks,
                                  joblib_pickle__machine *outer, joblib_value **out,
                                  int *protocol_out, joblib_error *error);

/**
 * For a hook that is about to read bytes behind the opcode: leaves the frame, which must end
 * right here.
 */
joblib_status joblib_pickle__leave_frame(joblib_pickle__machine *machine,
                                         joblib_error *error);

/** Sets the error of an exhausted arena. */
joblib_status joblib_pickle__exhausted(const joblib_pickle__machine *machine, size_t size,
                                       joblib_error *error);

#endif
