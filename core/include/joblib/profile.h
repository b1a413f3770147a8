#ifndef JOBLIB_PROFILE_H
#define JOBLIB_PROFILE_H

/**
 * Profiles: does a document keep to what every reader understands?
 *
 * The portable profile is a part of the format: containers, protocols, names, values, dtypes
 * and models that plain Python of a stated range loads and that readers in other languages
 * implement. `spec/profile.md` has its rules; each finding names the one that is broken.
 *
 * A check says nothing of the bytes behind the document: load the file first, to its end.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/builder.h"
#include "joblib/document.h"
#include "joblib/dump.h"
#include "joblib/error.h"
#include "joblib/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The profiles. */
typedef enum joblib_profile {
    JOBLIB_PROFILE_PORTABLE = 1 /**< `spec/profile.md` */
} joblib_profile;

/** The rules of the portable profile, in the order of the spec. */
typedef enum joblib_profile_rule {
    JOBLIB_PROFILE_CONTAINER = 0, /**< how the file is compressed */
    JOBLIB_PROFILE_PROTOCOL = 1,  /**< of the pickle and of those in it */
    JOBLIB_PROFILE_ONE_FILE = 2,  /**< everything stands in one pickle */
    JOBLIB_PROFILE_NAMES = 3,     /**< classes and functions */
    JOBLIB_PROFILE_TEXT = 4,      /**< a str of Python 2 that is ASCII */
    JOBLIB_PROFILE_UNICODE = 5,   /**< text that is none */
    JOBLIB_PROFILE_INTEGERS = 6,
    JOBLIB_PROFILE_NESTING = 7, /**< cycles and depth */
    JOBLIB_PROFILE_ARRAYS = 8,  /**< the class, shape and form of an array */
    JOBLIB_PROFILE_DTYPES = 9,
    JOBLIB_PROFILE_OBJECTS = 10, /**< what an array of objects holds */
    JOBLIB_PROFILE_RECORDS = 11,
    JOBLIB_PROFILE_ESTIMATORS = 12, /**< a model that a reader can run */
    JOBLIB_PROFILE_RELEASE = 13     /**< the scikit-learn that a model is bound to */
} joblib_profile_rule;

/** One place that breaks a rule. Valid during the report only. */
typedef struct joblib_profile_finding {
    uint32_t struct_size;
    uint32_t rule;    /**< a joblib_profile_rule */
    const char *path; /**< place in the document, `steps[1][1].coef_`; "" for the whole */
    const char *reason; /**< one line of UTF-8; what comes from a file is escaped in it */
    /** of the first opcode that names the class or function, in the decoded stream;
        JOBLIB_NO_OFFSET for everything else */
    uint64_t offset;
} joblib_profile_finding;

/** Options of a check. Zero in any field is its default. */
typedef struct joblib_profile_options {
    uint32_t struct_size;
    uint32_t profile;                  /**< a joblib_profile; default: portable */
    const joblib_allocator *allocator; /**< NULL: the C library's memory */
    uint64_t most_reported;            /**< of each rule; all are counted; default 20 */
    /** NULL, or called for each finding, in the order of the document as a rule */
    void (*report)(void *ctx, const joblib_profile_finding *finding);
    void *report_ctx;
} joblib_profile_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_PROFILE_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_profile_options), 0, NULL, 0, NULL, NULL \
    }

/** What a check found out. */
typedef struct joblib_profile_result {
    uint32_t struct_size;
    /** that a reader needs: 1 values, 2 arrays, 3 models; of what can be told if there are
        findings */
    uint32_t level;
    uint64_t findings; /**< 0: the document conforms */
} joblib_profile_result;

/** Sets options to JOBLIB_PROFILE_OPTIONS_INIT. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_profile_options_init(joblib_profile_options *options);

/**
 * Checks a document against a profile.
 *
 * `options` may be NULL for the defaults. `error` may be NULL. All of `*out` is written.
 *
 * @return JOBLIB_OK, whether the document conforms or not: `out->findings` is the answer.
 *         Otherwise JOBLIB_ERROR_ARGUMENT, JOBLIB_ERROR_MEMORY, JOBLIB_ERROR_LIMIT
 * Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_profile_check(
    const joblib_document *document, const joblib_profile_options *options,
    joblib_profile_result *out, joblib_error *error);

/**
 * Makes a document that can be written as a profile asks: its arrays and scalars forget the
 * forms that their file had. Values stay what they are.
 *
 * What cannot be so rewritten breaks rules in the new document too: dump it with
 * joblib_profile_dump_options(), load that and check it. But a str of Python 2 that is no
 * ASCII would be bytes there: findings of JOBLIB_PROFILE_UNICODE are those of `document`.
 *
 * `options` may be NULL for the defaults. `error` may be NULL.
 *
 * @return JOBLIB_OK, and `*out` is a new document: joblib_document_release() it. Otherwise
 *         `*out` is NULL: JOBLIB_ERROR_ARGUMENT, or a status of joblib_builder_new_from()
 * Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_profile_convert(
    const joblib_document *document, int profile, const joblib_builder_options *options,
    joblib_document **out, joblib_error *error);

/**
 * Sets the options of a dump as a profile asks: the codec and the protocol, where the caller
 * chose none and those of `document` are not allowed; versions of joblib, numpy and Python.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_ARGUMENT: an argument is NULL or the profile is unknown.
 * Threads: one per object.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_profile_dump_options(int profile, const joblib_document *document,
                            joblib_dump_options *options, joblib_error *error);

/** Finds a profile by its name, "portable"; -1 if there is none. Threads: any.   Since: 1.0 */
JOBLIB_API int joblib_profile_find(const char *name);

/**
 * Names a rule as the spec's anchor has it: "container", "one-file"; NULL for others.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_profile_rule_name(int rule);

#ifdef __cplusplus
}
#endif

#endif
