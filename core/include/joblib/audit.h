#ifndef JOBLIB_AUDIT_H
#define JOBLIB_AUDIT_H

/**
 * Audits: could loading a file in Python run code?
 *
 * An audit reads a file to its end as joblib/load.h does, and notes each class and function
 * that it names: in nested pickles too, and where the pickle drops or replaces the value
 * later. Each name gets a verdict from one table. Nothing is executed or imported.
 *
 * `joblib_audit_outcome()` is the answer. A file that could not be read to its end is
 * never JOBLIB_OUTCOME_CLEAN: Python may read on where this library stops. That is so too where
 * `progress` of the load options cancels: the audit holds what was named up to there.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/load.h"
#include "joblib/source.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What was found in a file; immutable. */
typedef struct joblib_audit joblib_audit;

/** What is known of one name. */
typedef enum joblib_verdict {
    /** numpy, scipy, scikit-learn or plain data of Python, by exact name */
    JOBLIB_VERDICT_KNOWN = 0,
    JOBLIB_VERDICT_UNKNOWN = 1,  /**< nothing is promised: Python runs what it finds */
    JOBLIB_VERDICT_DANGEROUS = 2 /**< can run code or reach the system */
} joblib_verdict;

/** What is known of a file. The larger number wins. */
typedef enum joblib_outcome {
    JOBLIB_OUTCOME_CLEAN = 0,      /**< read to its end, every name known */
    JOBLIB_OUTCOME_UNKNOWN = 1,    /**< read to its end, some names unknown */
    JOBLIB_OUTCOME_INCOMPLETE = 2, /**< not read to its end */
    JOBLIB_OUTCOME_DANGEROUS = 3   /**< a dangerous name, read to its end or not */
} joblib_outcome;

/** How a file uses a name: bits. */
typedef enum joblib_use {
    JOBLIB_USE_NAMED = 1,  /**< imported */
    JOBLIB_USE_CALLED = 2, /**< called, or an instance is made */
    JOBLIB_USE_BUILT = 4   /**< a state is given to what it made */
} joblib_use;

/** One name in a file. The texts live as long as the audit. */
typedef struct joblib_audit_global {
    uint32_t struct_size;
    uint32_t verdict;   /**< a joblib_verdict */
    uint32_t uses;      /**< bits of joblib_use */
    uint32_t nesting;   /**< pickles around its first place; 0 in the outermost */
    const char *module; /**< UTF-8 from the file: escape it before a person sees it */
    const char *name;   /**< the same */
    const char *reason; /**< one line: why this verdict */
    uint64_t offset;    /**< of the first opcode that names it, in the decoded stream */
    uint64_t count;     /**< how often it is named */
} joblib_audit_global;

/** Options of an audit. Zero in any field is its default. */
typedef struct joblib_audit_options {
    uint32_t struct_size;
    uint32_t reserved;               /**< 0 */
    const joblib_load_options *load; /**< limits and allocator; NULL for the defaults */
    /** NULL, or asked for each unknown name whether the caller trusts it: then it is
        known. Never asked for a dangerous one. */
    bool (*allow)(void *ctx, const char *module, const char *name);
    void *allow_ctx;
} joblib_audit_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_AUDIT_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_audit_options), 0, NULL, NULL, NULL \
    }

/** Sets options to JOBLIB_AUDIT_OPTIONS_INIT. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_audit_options_init(joblib_audit_options *options);

/**
 * Audits `size` bytes at `data`.
 *
 * `options` may be NULL for the defaults. `error` may be NULL. A file that cannot be read
 * to its end still gives an audit, with what was named up to there.
 *
 * @return JOBLIB_OK, and `*out` is a new audit: joblib_audit_free() it. This is no
 *         verdict: ask joblib_audit_outcome(). Otherwise `*out` is NULL:
 *         JOBLIB_ERROR_ARGUMENT, JOBLIB_ERROR_MEMORY
 * Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_audit_memory(const void *data, size_t size, const joblib_audit_options *options,
                    joblib_audit **out, joblib_error *error);

/**
 * Like joblib_audit_memory(), but the regular file `path`. One that cannot be opened is
 * incomplete. Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_audit_file(const char *path, const joblib_audit_options *options,
                  joblib_audit **out, joblib_error *error);

/**
 * Like joblib_audit_memory(), but a source, read to its end. Threads: one call per
 * source.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_audit_source(const joblib_source *source, const joblib_audit_options *options,
                    joblib_audit **out, joblib_error *error);

/** Frees an audit. NULL is accepted. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_audit_free(joblib_audit *audit);

/**
 * The answer, a joblib_outcome; JOBLIB_OUTCOME_INCOMPLETE for NULL. Threads: any.
 * Since: 1.0
 */
JOBLIB_API int joblib_audit_outcome(const joblib_audit *audit);

/**
 * Why the file was not read to its end; NULL if it was, and for NULL. Threads: any.
 * Since: 1.0
 */
JOBLIB_API const joblib_error *joblib_audit_error(const joblib_audit *audit);

/** Number of different names in the file; 0 for NULL. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_audit_count(const joblib_audit *audit);

/** Name `index`, in the order of the file; NULL outside. Threads: any.   Since: 1.0 */
JOBLIB_API const joblib_audit_global *joblib_audit_at(const joblib_audit *audit,
                                                      size_t index);

/**
 * Names a verdict: "known", "unknown", "dangerous"; NULL for others. Threads: any.
 * Since: 1.0
 */
JOBLIB_API const char *joblib_verdict_name(int verdict);

/**
 * Names an outcome: "clean", "unknown", "incomplete", "dangerous"; NULL for others.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_outcome_name(int outcome);

#ifdef __cplusplus
}
#endif

#endif
