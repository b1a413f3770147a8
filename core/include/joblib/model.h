#ifndef JOBLIB_MODEL_H
#define JOBLIB_MODEL_H

/**
 * Models: scikit-learn estimators of a document that can be run.
 *
 * A model is an immutable plan made from an estimator object: its state was checked once,
 * so a prediction can neither read outside nor loop. joblib/predict.h runs it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/array.h"
#include "joblib/document.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/load.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_model joblib_model;

/** The methods of estimators, in scikit-learn's words. */
typedef enum joblib_method {
    JOBLIB_METHOD_PREDICT = 0,
    JOBLIB_METHOD_PREDICT_PROBA = 1,
    JOBLIB_METHOD_PREDICT_LOG_PROBA = 2,
    JOBLIB_METHOD_DECISION_FUNCTION = 3,
    JOBLIB_METHOD_TRANSFORM = 4
} joblib_method;

/**
 * Number of methods in joblib_method that this library knows. Threads: any.   Since: 1.0
 */
JOBLIB_API int joblib_method_count(void);

/**
 * Names a method: "predict_proba"; NULL for unknown numbers. Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_method_name(int method);

/** Finds a method by name; -1 if there is none. Threads: any.   Since: 1.0 */
JOBLIB_API int joblib_method_find(const char *name);

/* Building */

/**
 * One estimator inside a model, as the build reports it. Valid during the report only.
 */
typedef struct joblib_model_part {
    uint32_t struct_size;
    /** JOBLIB_OK, or why it cannot run: JOBLIB_ERROR_ESTIMATOR, JOBLIB_ERROR_MODEL */
    int32_t status;
    const char *path;   /**< place in the document, `steps[1][1]`; "" for the whole */
    const char *reason; /**< "" or one line */
    const joblib_value *value; /**< the estimator object */
    uint32_t depth;            /**< 0 for the whole, 1 for its parts … */
    uint32_t methods;          /**< bit `1 << joblib_method` for each that can run */
    uint64_t features;         /**< columns of its input; 0 if any number will do */
    const char *version; /**< scikit-learn version that wrote it; "" if not stored */
} joblib_model_part;

/** Options of building a model. Zero in any field is its default. */
typedef struct joblib_model_options {
    uint32_t struct_size;
    uint32_t reserved;                 /**< 0 */
    const joblib_allocator *allocator; /**< NULL: the C library's memory */
    /** NULL, or called for each estimator, the whole first, runnable or not */
    void (*report)(void *ctx, const joblib_model_part *part);
    void *report_ctx;
} joblib_model_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_MODEL_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_model_options), 0, NULL, NULL, NULL \
    }

/** Sets options to JOBLIB_MODEL_OPTIONS_INIT. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_model_options_init(joblib_model_options *options);

/**
 * Builds a model from the estimator object `value` of `document`.
 *
 * `value` NULL means the document's root. The model retains the document. `options` may
 * be NULL for the defaults.
 *
 * @return JOBLIB_OK, and `*out` is a new model: joblib_model_release() it.
 *         Otherwise `*out` is NULL, `error->path` is the first part that cannot run, and
 *         the message names the others as far as it has room; `options->report` sees them
 *         all:
 *         JOBLIB_ERROR_ESTIMATOR  a class, or a setting of one, that cannot be run
 *         JOBLIB_ERROR_MODEL      the state of an estimator contradicts itself
 *         JOBLIB_ERROR_ARGUMENT, JOBLIB_ERROR_MEMORY
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_model_new(
    joblib_document *document, const joblib_value *value,
    const joblib_model_options *options, joblib_model **out, joblib_error *error);

/**
 * Loads a file and builds a model from its root: joblib_load_file(), then
 * joblib_model_new().
 *
 * Both options may be NULL.
 *
 * @return the statuses of both.   Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_model_load_file(
    const char *path, const joblib_load_options *load_options,
    const joblib_model_options *options, joblib_model **out, joblib_error *error);

/**
 * Makes a model that predicts the same numbers faster in batches, at the cost of memory
 * and of the time of this call. `*out` is a new model, independent of `model`; where
 * nothing can be gained it is `model` itself, retained.
 *
 * @return JOBLIB_OK, JOBLIB_ERROR_ARGUMENT or JOBLIB_ERROR_MEMORY.   Threads: any.
 * Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_model_prepare(const joblib_model *model,
                                                             joblib_model **out,
                                                             joblib_error *error);

/** Adds an owner, and returns `model`. NULL is accepted. Threads: any.   Since: 1.0 */
JOBLIB_API joblib_model *joblib_model_retain(const joblib_model *model);

/** Removes an owner; the last one frees the model. NULL is accepted. Threads: any. */
JOBLIB_API void joblib_model_release(joblib_model *model);

/* Asking */

/** The estimator object that the model was built from. Threads: any.   Since: 1.0 */
JOBLIB_API const joblib_value *joblib_model_value(const joblib_model *model);

/** The document of the model, borrowed. Threads: any.   Since: 1.0 */
JOBLIB_API joblib_document *joblib_model_document(const joblib_model *model);

/**
 * The scikit-learn version that wrote the model; "" if it is not stored. Threads: any.
 */
JOBLIB_API const char *joblib_model_version(const joblib_model *model);

/**
 * The methods that can run: bit `1 << joblib_method` for each. Threads: any.   Since: 1.0
 */
JOBLIB_API uint32_t joblib_model_methods(const joblib_model *model);

/**
 * Columns that the input must have; 0 if any number will do. Threads: any.   Since: 1.0
 */
JOBLIB_API size_t joblib_model_feature_count(const joblib_model *model);

/**
 * Name of input column `index`; NULL if the model was fitted without names. Threads: any.
 */
JOBLIB_API const char *joblib_model_feature_name(const joblib_model *model, size_t index);

/** Number of outputs (targets) of a classifier that have classes; 0 for other models. */
JOBLIB_API size_t joblib_model_target_count(const joblib_model *model);

/**
 * Views the class labels of target `index`, in the order of the columns of
 * `predict_proba`.
 *
 * @return JOBLIB_OK, or JOBLIB_ERROR_RANGE if there is no such target.   Threads: any.
 * Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_model_classes(const joblib_model *model,
                                                             size_t index,
                                                             joblib_array *out,
                                                             joblib_error *error);

/**
 * Number of arrays that `method` gives: 1, or one a target for `predict_proba` of a
 * multi-output classifier; 0 if the model lacks the method. Threads: any.   Since: 1.0
 */
JOBLIB_API size_t joblib_model_output_count(const joblib_model *model, int method);

/** Numbers per row in output `index` of `method`; 0 if there is none. Threads: any. */
JOBLIB_API size_t joblib_model_output_columns(const joblib_model *model, int method,
                                              size_t index);

/**
 * Bytes of memory that the model holds beside its document. Threads: any.   Since: 1.0
 */
JOBLIB_API size_t joblib_model_memory(const joblib_model *model);

#ifdef __cplusplus
}
#endif

#endif
