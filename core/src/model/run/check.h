/**
 * Input of estimators: from the caller's description to rows, from rows to checked batches.
 */
#ifndef JOBLIB_MODEL_RUN_CHECK_H
#define JOBLIB_MODEL_RUN_CHECK_H

#include "model/estimator.h"
#include "model/workspace.h"

/** Checks a caller's input, index arrays included, and describes it as rows. */
joblib_status joblib_model__open_input(const joblib_input *given, joblib_model__rows *out,
                                       joblib_error *error);

/** Some of the rows. */
joblib_model__rows joblib_model__slice_rows(const joblib_model__rows *rows, size_t first,
                                            size_t count);

/** Checks the shape and kind of rows: JOBLIB_ERROR_INPUT where they do not fit. */
joblib_status joblib_model__check_form(const joblib_model__estimator *self,
                                       const joblib_model__rows *rows,
                                       joblib_error *error);

/**
 * Checks and converts rows as `self->check` says. Memory comes from the workspace; rows that
 * need no conversion are not copied.
 */
joblib_status joblib_model__check_rows(const joblib_model__estimator *self,
                                       const joblib_model__rows *rows,
                                       joblib_workspace *workspace,
                                       joblib_model__batch *out, joblib_error *error);

/** Offset i of a CSR array. */
int64_t joblib_model__offset_at(const joblib_model__rows *rows, size_t index);

#endif
