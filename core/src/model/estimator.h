/**
 * What every estimator is to the rest of the library: a `const` type with small functions,
 * and a struct that begins with joblib_model__estimator.
 *
 * A run goes block by block: a few rows enter as joblib_model__rows, are checked and
 * converted as scikit-learn's check_array would (joblib_model__check), and reach the type's
 * compute function as a joblib_model__batch. What scikit-learn derives, generic code derives:
 * labels from scores or probabilities, logarithms from probabilities. So a classifier
 * supplies its primitive only.
 *
 * Estimators are immutable once built, and were validated then: compute functions assert.
 */
#ifndef JOBLIB_MODEL_ESTIMATOR_H
#define JOBLIB_MODEL_ESTIMATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "joblib/predict.h"

#define JOBLIB_MODEL_METHODS 5

/** What an array is, whatever its rows. */
typedef struct joblib_model__form {
    uint8_t kind;         /* a joblib_input_kind */
    uint8_t number;       /* the joblib_number that scikit-learn's array has here */
    uint8_t index_number; /* of the index arrays; CSR only */
    size_t columns;
} joblib_model__form;

/** Whether numbers of this type are kept as float; all others are kept as double. */
static inline bool joblib_model__is_narrow(uint8_t number)
{
    return number == JOBLIB_NUMBER_FLOAT32 || number == JOBLIB_NUMBER_FLOAT16;
}

/** Rows as they come: from the caller, or from the step before. Nothing is checked yet. */
typedef struct joblib_model__rows {
    joblib_model__form form;
    size_t rows;
    uint64_t first_row; /* row of the caller's input that is row 0 here */
    const void *values; /* of row 0, column 0; CSR: of the first stored element */
    int64_t row_stride; /* bytes; dense only */
    int64_t column_stride;
    uint8_t element;     /* joblib_number of an element in memory */
    bool swapped;        /* elements are of foreign byte order */
    const void *offsets; /* CSR: rows + 1 numbers of index_number, not from 0 as a rule */
    const void *indices; /* CSR: columns of the elements from offset 0 on */
    bool from_step; /* CSR: offsets are int64 and indices int32, as an output has them */
} joblib_model__rows;

/**
 * Rows to compute with: contiguous, native, of the right width and number type.
 *
 * Of `wide` and `narrow` one is set, by joblib_model__is_narrow(form.number). Dense: rows
 * times columns elements in C order. CSR: row i holds elements offsets[i] to offsets[i + 1]
 * in columns indices[…]; offsets begin at 0, indices are below form.columns.
 */
typedef struct joblib_model__batch {
    joblib_model__form form;
    size_t rows;
    uint64_t first_row;
    const double *wide;
    const float *narrow;
    const int64_t *offsets;
    const int32_t *indices;
} joblib_model__batch;

/**
 * Where a result goes. Dense: memory for rows times columns is set by the caller, `wide` or
 * `narrow` by joblib_model__is_narrow(form.number), or `labels` where labels are wanted:
 * the index of the class in each target. CSR: the function sets all pointers, to memory of
 * the workspace or to arrays of its input.
 */
typedef struct joblib_model__output {
    joblib_model__form form;
    double *wide;
    float *narrow;
    uint32_t *labels;
    const int64_t *offsets;
    const int32_t *indices;
} joblib_model__output;

typedef struct joblib_model__estimator joblib_model__estimator;

/** One block of one run. */
typedef struct joblib_model__call {
    int method;
    const joblib_model__rows *rows;   /* as they came */
    const joblib_model__batch *input; /* checked; NULL where check.conversion is NONE */
    joblib_model__output *outputs;    /* joblib_model__output_count() of them */
    joblib_workspace *workspace;
} joblib_model__call;

/** Computes a method for a block of rows. */
typedef joblib_status joblib_model__compute(const joblib_model__estimator *self,
                                            const joblib_model__call *call,
                                            joblib_error *error);

/** What is derived when the type has no function of its own. */
enum joblib_model__derivation {
    JOBLIB_MODEL_LABELS_FROM_SCORES = 1, /* one column: > 0; several: the largest */
    JOBLIB_MODEL_LABELS_FROM_PROBABILITIES = 2, /* the largest, per target */
    JOBLIB_MODEL_LOG_OF_PROBABILITIES = 4
};

/** The functions of a class of estimators. NULL where there is nothing to do. */
typedef struct joblib_model__type {
    /** by joblib_method; `predict` of a classifier gives labels, of others numbers */
    joblib_model__compute *compute[JOBLIB_MODEL_METHODS];
    unsigned derive; /* joblib_model__derivation, or-ed */
    /**
     * Gives, in the outputs, the largest difference that another order of the same sums may
     * make. NULL: the arithmetic is a fixed sequence. Outputs are wide.
     */
    joblib_model__compute *bound;
    /**
     * Tells what output `index` of `method` is for an input of form `input`. `output` holds
     * the usual answer: dense, float64, the estimator's columns.
     */
    void (*describe)(const joblib_model__estimator *self, int method,
                     const joblib_model__form *input, size_t index,
                     joblib_model__form *output);
    /** Makes a faster variant in `arena`; it may point into `self`. */
    joblib_status (*prepare)(const joblib_model__estimator *self,
                             joblib_base__arena *arena,
                             const joblib_model__estimator **out, joblib_error *error);
} joblib_model__type;

/** How check_array converts numbers. */
enum joblib_model__conversion {
    JOBLIB_MODEL_CONVERT_NONE = 0, /* rows are not looked at, or passed on */
    JOBLIB_MODEL_KEEP,             /* dtype="numeric": every type stays */
    JOBLIB_MODEL_TO_FLOAT, /* dtype=FLOAT_DTYPES: float16, 32, 64 stay, others to float64 */
    JOBLIB_MODEL_TO_FLOAT32,
    JOBLIB_MODEL_TO_FLOAT64
};

/** How an estimator takes its input, in the words of check_array. */
typedef struct joblib_model__check {
    uint8_t conversion;  /* a joblib_model__conversion */
    bool allow_nan;      /* force_all_finite="allow-nan" */
    bool allow_infinity; /* and force_all_finite=False */
    bool accept_sparse;
} joblib_model__check;

/** The classes of one target. */
typedef struct joblib_model__target {
    joblib_array classes; /* `classes_`, as the document has it */
    size_t count;         /* of labels */
    const char
        *labels; /* what `predict` gives for class i, of joblib_model__labels.dtype */
    const double *numbers; /* the same as numbers; NULL if they are none */
} joblib_model__target;

typedef struct joblib_model__labels {
    size_t target_count;
    const joblib_model__target *targets;
    const joblib_dtype *dtype; /* of what `predict` gives */
} joblib_model__labels;

struct joblib_model__estimator {
    const joblib_model__type *type;
    uint32_t methods; /* bits of joblib_method */
    uint32_t flat;    /* bits of methods whose result is 1-D, as scikit-learn's */
    size_t features;  /* columns of the input; 0 if any number will do */
    /** of the output, by method; 0: as many as the input has. Not used for labels and
        probabilities, which follow `labels`. */
    size_t columns[JOBLIB_MODEL_METHODS];
    joblib_model__check check;
    size_t block_rows;    /* rows that it likes to see at once; 0: no preference */
    bool predicts_labels; /* `predict` gives labels, not numbers */
    const joblib_model__labels *labels; /* NULL for all but classifiers */
    const char *const *feature_names;   /* `features` of them, or NULL */
    const char *version;                /* of scikit-learn; "" if unknown */
    const char *refusal;                /* why methods were dropped; NULL if none were */
};

/** Whether a method can run. */
static inline bool joblib_model__has_method(const joblib_model__estimator *self,
                                            int method)
{
    return method >= 0 && method < JOBLIB_MODEL_METHODS &&
           (self->methods >> method & 1) != 0;
}

/** Arrays that a method gives: one, or one a target for probabilities. */
size_t joblib_model__output_count(const joblib_model__estimator *self, int method);

/** What output `index` of a method is. For labels: dense, UINT32, a column per target. */
void joblib_model__describe(const joblib_model__estimator *self, int method,
                            const joblib_model__form *input, size_t index,
                            joblib_model__form *output);

/**
 * Runs a method on a block of rows: checks them, computes, derives. `call->input` need not
 * be set. This is what estimators call for their parts.
 */
joblib_status joblib_model__run_block(const joblib_model__estimator *self,
                                      const joblib_model__call *call,
                                      joblib_error *error);

/** Like joblib_model__run_block(), for the bound of the error. Outputs are wide. */
joblib_status joblib_model__bound_block(const joblib_model__estimator *self,
                                        const joblib_model__call *call,
                                        joblib_error *error);

/**
 * Makes the outputs of a method in workspace memory, for a part of an estimator: an array of
 * joblib_model__output_count() in the workspace.
 */
joblib_status joblib_model__take_outputs(const joblib_model__estimator *self,
                                         const joblib_model__call *call,
                                         joblib_model__output **out, joblib_error *error);

/** Views an output as the input of the next step. */
joblib_model__rows joblib_model__output_rows(const joblib_model__output *output,
                                             const joblib_model__rows *input);

/** Makes a faster variant of an estimator, or gives the estimator itself. */
joblib_status joblib_model__prepare(const joblib_model__estimator *self,
                                    joblib_base__arena *arena,
                                    const joblib_model__estimator **out,
                                    joblib_error *error);

#endif
