/**
 * What the files of a dump share: its settings, and the memory of what it lowers.
 */
#ifndef JOBLIB_DUMP_DUMP_H
#define JOBLIB_DUMP_DUMP_H

#include "array/array.h"
#include "audit/verdicts.h"
#include "base/arena.h"
#include "codec/encoder.h"
#include "joblib/dump.h"
#include "pickle/write/writer.h"

/** Which form an array is given. */
enum joblib_dump__array_form {
    JOBLIB_DUMP_AS_LOADED, /* as the document has it; new ones as joblib's newest */
    JOBLIB_DUMP_WRAPPED,   /* joblib's wrapper, of the version in the settings */
    JOBLIB_DUMP_INSIDE     /* in the pickle, as numpy does */
};

/** A name that is known only while it is called in a way that its row knows. */
struct joblib_dump__pending {
    const joblib_audit__row *row;
    const joblib_value *global;
    bool called;
};

enum {
    JOBLIB_DUMP_PENDING = 32,
    JOBLIB_DUMP_VERDICTS = 32,
    JOBLIB_DUMP_JUDGED_NAMES = 116
};

/** What the audit said of a class or function: module and name, one behind the other. */
struct joblib_dump__verdict {
    const joblib_audit__row *row;
    uint16_t module_size, name_size;
    char names[JOBLIB_DUMP_JUDGED_NAMES];
};

/** One dump. */
typedef struct joblib_dump__job {
    joblib_dump_options options;
    joblib_allocator allocator;
    const joblib_document *document;
    joblib_pickle__writing writing; /**< of the pickle at work */
    joblib_pickle__lowering lowering;
    int form;                   /**< a joblib_dump__array_form, in the outer pickle */
    uint32_t nesting;           /**< 1 in a nested pickle */
    joblib_base__arena scratch; /**< what stands for lowered values */
    size_t lowered;             /**< lowered values that are being written */
    const joblib_value *last_called; /**< was permitted already */
    struct joblib_dump__pending pending[JOBLIB_DUMP_PENDING];
    size_t pending_count;
    struct joblib_dump__verdict verdicts[JOBLIB_DUMP_VERDICTS]; /**< the newest */
    size_t verdict_count;                                       /**< made so far */
} joblib_dump__job;

/** Reads the options and sets up a job for a document. */
joblib_status joblib_dump__begin(joblib_dump__job *job, const joblib_document *document,
                                 const joblib_dump_options *options, joblib_error *error);
void joblib_dump__end(joblib_dump__job *job);

/** Tells whether a version of joblib and one of Python are written; 0 is any. */
joblib_status joblib_dump__check_versions(uint32_t joblib, uint32_t python,
                                          joblib_error *error);

/** Begins with small blocks of scratch memory again. */
void joblib_dump__clear_scratch(joblib_dump__job *job);

/** How the bytes of the pickle are compressed. */
joblib_codec__encoding joblib_dump__encoding(const joblib_dump__job *job);

/** The row of the audit that decides on a class or function. */
const joblib_audit__row *joblib_dump__judge(joblib_dump__job *job,
                                            const struct joblib_value__global *named);

/* permit.c: hooks of the pickler */
joblib_status joblib_dump__permit(void *ctx, const joblib_value *global,
                                  enum joblib_pickle__use use,
                                  const joblib_value *arguments, joblib_error *error);

/** At the end: names that would have been harmless in a call, and are in none. */
joblib_status joblib_dump__check_pending(const joblib_dump__job *job,
                                         joblib_error *error);

/* lower.c: hooks of the pickler */
joblib_status joblib_dump__lower(void *ctx, joblib_pickle__writer *writer,
                                 const joblib_value *value, joblib_pickle__lowered *out,
                                 joblib_error *error);
void joblib_dump__done(void *ctx);

/* elements.c: hook of the pickler */
joblib_status joblib_dump__follow(void *ctx, joblib_pickle__writer *writer,
                                  const joblib_value *value, joblib_error *error);

/* lower_dtype.c, lower_array.c: forms of values that the document has none for */
joblib_status joblib_dump__make_dtype(joblib_dump__job *job, const joblib_value *value,
                                      joblib_value **out, joblib_error *error);
joblib_status joblib_dump__make_wrapper(joblib_dump__job *job, const joblib_value *value,
                                        joblib_value **out, joblib_error *error);
joblib_status joblib_dump__make_inside(joblib_dump__job *job, int protocol,
                                       const joblib_value *value, joblib_value **out,
                                       joblib_error *error);
joblib_status joblib_dump__make_scalar(joblib_dump__job *job, const joblib_value *value,
                                       joblib_value **out, joblib_error *error);

/** An Object in scratch memory. */
joblib_status joblib_dump__make_object(joblib_dump__job *job, joblib_form form,
                                       const joblib_value *callable,
                                       const joblib_value *arguments,
                                       const joblib_value *state, joblib_value **out,
                                       joblib_error *error);

#endif
