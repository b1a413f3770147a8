#ifndef JOBLIB_TEMPLATE_H
#define JOBLIB_TEMPLATE_H

/**
 * Templates: scikit-learn models made from numbers.
 *
 * A template is an estimator of one version of scikit-learn that is still being filled.
 * The program sets what a trained model knows, under scikit-learn's own names:
 * coefficients, classes, the nodes of a tree. joblib_template_finish() checks it, adds
 * what follows from it, and gives the estimator as a value of the builder: a step of a
 * pipeline, or the root of a document. Python loads the dumped document without a
 * warning, and predicts.
 *
 * spec/templates.md lists the attributes; joblib_template_describe() tells them to
 * programs. Attributes that only training needs are left out unless they are set.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/builder.h"
#include "joblib/dump.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An estimator being filled. */
typedef struct joblib_template joblib_template;

/**
 * Begins an estimator of `class_name` ("LogisticRegression"), as scikit-learn `version`
 * has it.
 *
 * `version` is "1.6" or a full version, "1.6.1". scikit-learn warns when it loads a model
 * of another version than its own, so a full version is written as it is; for "1.6" the
 * last version of that release is. Values come from `builder`, which must outlive the
 * template.
 *
 * @return JOBLIB_OK, and `*out` is a new template: joblib_template_free() it.
 *         Otherwise `*out` is NULL:
 *         JOBLIB_ERROR_ARGUMENT  no template for the class, or none in that version
 *         JOBLIB_ERROR_MEMORY
 * Threads: one per builder.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_new(joblib_builder *builder,
                                                            const char *class_name,
                                                            const char *version,
                                                            joblib_template **out,
                                                            joblib_error *error);

/**
 * Frees a template, finished or not; the values stay the builder's. NULL is accepted.
 *
 * Threads: one per builder.   Since: 1.0
 */
JOBLIB_API void joblib_template_free(joblib_template *made);

/* Setting */

/**
 * Sets a parameter or an attribute by its name, to a value of the same builder.
 *
 * Numbers may be given as an array, or as a list (of lists) of numbers; classes as an
 * array or a list of integers or of texts. What was set before is replaced. Forms are
 * checked by joblib_template_finish(); parameters are not checked at all.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_ARGUMENT if the class has no such attribute in the
 *         version, or
 *         one that follows from others.
 * Threads: one per builder.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_set(joblib_template *made,
                                                            const char *name,
                                                            const joblib_value *value,
                                                            joblib_error *error);

/**
 * Like joblib_template_set(), but appends to an attribute that is a list: a layer to
 * `coefs_` and `intercepts_`, a column's categories to `categories_`, a tree to
 * `estimators_`.
 *
 * Threads: one per builder.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_append(joblib_template *made,
                                                               const char *name,
                                                               const joblib_value *value,
                                                               joblib_error *error);

/**
 * Adds a step to a Pipeline, or a transformer to a ColumnTransformer.
 *
 * `estimator` is one that joblib_template_finish() gave, of the same version, or the text
 * "passthrough"; for a ColumnTransformer "drop" too. `columns` is NULL for a Pipeline;
 * else a list of integers, from 0, or of column names.
 *
 * Threads: one per builder.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_add(joblib_template *made,
                                                            const char *name,
                                                            const joblib_value *estimator,
                                                            const joblib_value *columns,
                                                            joblib_error *error);

/** joblib_template_set() of a float. Threads: one per builder.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_set_float64(joblib_template *made,
                                                                    const char *name,
                                                                    double number,
                                                                    joblib_error *error);

/** joblib_template_set() of an int. Threads: one per builder.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_set_int64(joblib_template *made,
                                                                  const char *name,
                                                                  int64_t number,
                                                                  joblib_error *error);

/** joblib_template_set() of a bool. Threads: one per builder.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_set_bool(joblib_template *made,
                                                                 const char *name,
                                                                 bool truth,
                                                                 joblib_error *error);

/**
 * joblib_template_set() of a terminated text in UTF-8. Threads: one per builder.   Since:
 * 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_set_text(joblib_template *made,
                                                                 const char *name,
                                                                 const char *text,
                                                                 joblib_error *error);

/* Arrays for joblib_template_set() and joblib_template_append() */

/**
 * Makes an array of doubles: `ndim` lengths at `shape`, the last index fastest. Copied.
 *
 * Threads: one per builder.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_float64s(
    joblib_builder *builder, const double *numbers, const int64_t *shape, size_t ndim,
    joblib_value **out, joblib_error *error);

/** The same of 64-bit integers. Threads: one per builder.   Since: 1.0 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_int64s(
    joblib_builder *builder, const int64_t *numbers, const int64_t *shape, size_t ndim,
    joblib_value **out, joblib_error *error);

/**
 * Makes a list of `count` terminated texts in UTF-8: classes, categories, names of
 * columns.
 *
 * Threads: one per builder.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_texts(joblib_builder *builder,
                                                              const char *const *texts,
                                                              size_t count,
                                                              joblib_value **out,
                                                              joblib_error *error);

/* Finishing */

/**
 * Checks what was set, derives the rest, and gives the estimator as a value of the
 * builder.
 *
 * A template can be finished once, also where that fails.
 *
 * @return JOBLIB_OK. Otherwise `*out` is NULL, and `error->path` is the attribute:
 *         JOBLIB_ERROR_ARGUMENT  something is missing, of another form, or contradicts
 *                                something else: the message has what was found and
 *                                expected
 *         JOBLIB_ERROR_LIMIT, JOBLIB_ERROR_MEMORY
 * Threads: one per builder.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_finish(joblib_template *made,
                                                               joblib_value **out,
                                                               joblib_error *error);

/**
 * Sets the options of a dump to what every environment of a scikit-learn `version` reads: the
 * forms of the oldest joblib and Python that it runs with, and the names of numpy 1, which
 * newer ones read too. Compression and the other options stay as they are.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_ARGUMENT for a version without templates.
 * Threads: one per object.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_template_dump_options(
    const char *version, joblib_dump_options *options, joblib_error *error);

/* Other releases */

/**
 * Makes a document that holds what `document` holds, with every estimator as scikit-learn
 * `version` has it: the root, steps of pipelines, trees of forests, what stands in lists, dicts
 * and arrays of objects. `version` is as in joblib_template_new(), older or newer than the
 * document's. joblib_template_dump_options() of it is how the result is dumped.
 *
 * Modules, attributes, parameters and the arrays of trees become those of that release: what it
 * has not is dropped if nothing depends on it, what it has besides gets its default. What is not
 * scikit-learn's is copied as it is, and an estimator of that release already.
 *
 * @return JOBLIB_OK, and `*out` is a document: joblib_document_release() it. Otherwise `*out` is
 *         NULL:
 *         JOBLIB_ERROR_ARGUMENT   no such version
 *         JOBLIB_ERROR_ESTIMATOR  an estimator without rule, or a value that the version has no
 *                                 place for; `error->path` is the place in the document
 *         JOBLIB_ERROR_LIMIT, JOBLIB_ERROR_MEMORY
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_upgrade(
    const joblib_document *document, const char *version,
    const joblib_builder_options *options, joblib_document **out, joblib_error *error);

/* Asking what there is */

/** Number of classes that have templates. Threads: any.   Since: 1.0 */
JOBLIB_API size_t joblib_template_class_count(void);

/** Class `index`: "Ridge"; NULL outside. Threads: any.   Since: 1.0 */
JOBLIB_API const char *joblib_template_class_name(size_t index);

/** Number of releases of scikit-learn that models can be made for. Threads: any. */
JOBLIB_API size_t joblib_template_version_count(void);

/** Release `index`, the oldest first: "0.20"; NULL outside. Threads: any.   Since: 1.0 */
JOBLIB_API const char *joblib_template_version(size_t index);

/** Who gives an attribute. */
typedef enum joblib_attribute_kind {
    JOBLIB_ATTRIBUTE_PARAMETER = 0, /**< has a default; may be set */
    JOBLIB_ATTRIBUTE_REQUIRED = 1,  /**< must be set */
    JOBLIB_ATTRIBUTE_OPTIONAL = 2,  /**< may be set; else derived, or left out */
    JOBLIB_ATTRIBUTE_DERIVED = 3    /**< cannot be set */
} joblib_attribute_kind;

/** One attribute of a class in a version. All texts are constants. */
typedef struct joblib_template_attribute {
    uint32_t struct_size;
    uint32_t kind; /**< a joblib_attribute_kind */
    const char *name;
    const char *form; /**< "real[classes,features]": see spec/templates.md */
    /**
     * default of a parameter, or value, in Python's notation; NULL where there is none
     */
    const char *value;
    uint32_t is_input; /**< not 0: no part of the state; others are made from it */
    uint32_t reserved; /**< 0 */
} joblib_template_attribute;

/** An attribute with its struct_size set. */
#define JOBLIB_TEMPLATE_ATTRIBUTE_INIT \
    { \
        (uint32_t)sizeof(joblib_template_attribute), 0, NULL, NULL, NULL, 0, 0 \
    }

/**
 * Describes attribute `index` of a class in a version, in the order of scikit-learn's
 * state; inputs come last. `*out` has its struct_size set, by
 * JOBLIB_TEMPLATE_ATTRIBUTE_INIT.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_RANGE if there are no more; JOBLIB_ERROR_ARGUMENT for a
 *         class or
 *         version without template.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_template_describe(const char *class_name, const char *version, size_t index,
                         joblib_template_attribute *out, joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
