/**
 * Building an estimator from its object: reading the state, with checks, and building the
 * parts.
 *
 * Each function that fails sets the context's error: a message with the numbers found and
 * expected, and the path of the attribute.
 */
#ifndef JOBLIB_MODEL_CONTEXT_H
#define JOBLIB_MODEL_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/estimator.h"
#include "model/path.h"
#include "model/sklearn_version.h"

/** Stands for an expected size: any. */
#define JOBLIB_MODEL_ANY SIZE_MAX

typedef struct joblib_model__context joblib_model__context;

/** A class of estimators: one row of its family's table. */
typedef struct joblib_model__row {
    const char *name;    /* of the class */
    const char *modules; /* where it stood, newest first, separated by blanks */
    const joblib_model__type *type;
    /** Makes the estimator with joblib_model__new_estimator() and fills it. */
    joblib_status (*build)(joblib_model__context *context, joblib_model__estimator **out);
} joblib_model__row;

/** The rows of a family; ends with a row whose name is NULL. */
typedef const joblib_model__row joblib_model__family[];

/** The build of one estimator. */
struct joblib_model__context {
    struct joblib_model__build *build; /* of the whole model */
    joblib_base__arena *arena;         /* the model's memory */
    const joblib_model__context
        *parent;                       /* the estimator that this is a part of, or NULL */
    const joblib_value *value;         /* the estimator object */
    const joblib_model__segment *path; /* where it stands; NULL for the whole */
    const joblib_model__row *row;
    joblib_model__version version; /* that wrote it */
    const char *version_text;
    unsigned depth;
    bool part_failed; /* a part cannot run, so neither can this */
    joblib_error *error;
};

/** Sets the error of an attribute (NULL: of the estimator itself). Returns `status`. */
joblib_status joblib_model__fail(const joblib_model__context *context,
                                 const char *attribute, joblib_status status,
                                 const char *format, ...) JOBLIB_PRINTF(4, 5);

/** Allocates memory of the model for `count` items of `item_size` bytes, cleared. */
joblib_status joblib_model__allocate(const joblib_model__context *context, size_t count,
                                     size_t item_size, void **out);

/**
 * Makes an estimator struct of `size` bytes, cleared, with type and methods set from the row,
 * and `features` from `n_features_in_` where the state has it.
 */
joblib_status joblib_model__new_estimator(joblib_model__context *context, size_t size,
                                          void **out);

/**
 * Sets the number of input columns, as an attribute's shape tells it. MODEL if
 * `n_features_in_` says otherwise.
 */
joblib_status joblib_model__set_features(const joblib_model__context *context,
                                         joblib_model__estimator *self,
                                         const char *attribute, size_t features);

/**
 * Takes methods away, which this setting of the estimator does not have. A `base.refusal`
 * tells why where scikit-learn has them.
 */
static inline void joblib_model__drop_methods(joblib_model__estimator *self,
                                              uint32_t methods)
{
    self->methods &= ~methods;
}

/**
 * Builds the estimator `value`, a part that stands at `path`. OK with `*out` NULL: the part
 * cannot run; that is noted and reported, and the caller goes on with its other parts. The
 * caller's own build then fails by itself. `value` may be any value.
 */
joblib_status joblib_model__build_part(joblib_model__context *context,
                                       const joblib_value *value,
                                       const joblib_model__segment *path,
                                       joblib_model__estimator **out);

/* State */

/** An attribute; NULL if there is none. */
const joblib_value *joblib_model__attribute(const joblib_model__context *context,
                                            const char *name);

/** Whether an attribute is there and not None. */
bool joblib_model__has(const joblib_model__context *context, const char *name);

/** An attribute that must be there. */
joblib_status joblib_model__require(const joblib_model__context *context,
                                    const char *name, const joblib_value **out);

/** Reads a bool or integer as truth; `absent` where the attribute is not there. */
joblib_status joblib_model__read_flag(const joblib_model__context *context,
                                      const char *name, bool absent, bool *out);

/** Reads an integer from 0 up; `absent` where the attribute is not there or None. */
joblib_status joblib_model__read_size(const joblib_model__context *context,
                                      const char *name, size_t absent, size_t *out);

/** Reads a text; `absent` where the attribute is not there or None. */
joblib_status joblib_model__read_text(const joblib_model__context *context,
                                      const char *name, const char *absent,
                                      const char **out);

/**
 * Reads a text that must be one of `choices` (ends with NULL), as its index. ESTIMATOR for
 * other texts.
 */
joblib_status joblib_model__read_choice(const joblib_model__context *context,
                                        const char *name, const char *const *choices,
                                        const char *absent, size_t *out);

/** Numbers of an attribute: an array, a numpy scalar or a Python number. */
typedef struct joblib_model__numbers {
    const double *values; /* C order; a view of the document where that has it so */
    uint8_t number;       /* joblib_number of the elements; of a Python number its kind */
    bool is_array;        /* an ndarray, not a scalar */
    size_t ndim;
    size_t rows; /* 1 where ndim is below 2 */
    size_t columns;
    size_t count;
} joblib_model__numbers;

/** Reads numbers of any shape up to 2-D from a value; `attribute` names it in errors. */
joblib_status joblib_model__numbers_of(const joblib_model__context *context,
                                       const joblib_value *value, const char *attribute,
                                       joblib_model__numbers *out);

/** Reads a 1-D array of `count` numbers, or of JOBLIB_MODEL_ANY. */
joblib_status joblib_model__read_vector(const joblib_model__context *context,
                                        const char *name, size_t count,
                                        joblib_model__numbers *out);

/* Labels */

/** Which dtype `predict` of several targets has. */
enum joblib_model__label_rule {
    JOBLIB_MODEL_LABELS_FIRST,  /* that of the first target */
    JOBLIB_MODEL_LABELS_COMMON, /* the common one, as numpy promotes */
    JOBLIB_MODEL_LABELS_FLOAT64 /* always float64: labels that are no numbers are refused */
};

/**
 * Reads the classes of a classifier: a 1-D array, or a list of them, one a target. Each must
 * have at least one class. One target: `predict` has the dtype of the array, whatever the
 * rule. Sets `labels` and `predicts_labels` of `self`; `predict` of one target becomes flat.
 */
joblib_status joblib_model__read_labels(const joblib_model__context *context,
                                        const char *name,
                                        enum joblib_model__label_rule rule,
                                        joblib_model__estimator *self);

/** The same from a value; `attribute` names it in errors. */
joblib_status joblib_model__labels_of(const joblib_model__context *context,
                                      const joblib_value *value, const char *attribute,
                                      enum joblib_model__label_rule rule,
                                      joblib_model__estimator *self);

#endif
