#include <string.h>

#include "base/try.h"
#include "model/linear/linear.h"
#include "model/run/check.h"

static joblib_status convert_sparse(joblib_model__context *context,
                                    const joblib_model__rows *rows,
                                    joblib_model__linear *self)
{
    void *values, *offsets, *indices;
    joblib_model__batch batch;
    joblib_workspace workspace;
    const joblib_model__estimator any = {.check = {.conversion = JOBLIB_MODEL_TO_FLOAT64,
                                                   .allow_nan = true,
                                                   .allow_infinity = true,
                                                   .accept_sparse = true}};
    size_t count = (size_t)joblib_model__offset_at(rows, rows->rows);
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(double), &values));
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(int32_t), &indices));
    JOBLIB_TRY(
        joblib_model__allocate(context, rows->rows + 1, sizeof(int64_t), &offsets));
    joblib_model__workspace_init(&workspace, &context->arena->allocator);
    joblib_status status =
        joblib_model__check_rows(&any, rows, &workspace, &batch, context->error);
    if (status == JOBLIB_OK) {
        if (count > 0) memcpy(values, batch.wide, count * sizeof(double));
        if (count > 0) memcpy(indices, batch.indices, count * sizeof(int32_t));
        memcpy(offsets, batch.offsets, (rows->rows + 1) * sizeof(int64_t));
    }
    joblib_model__workspace_clear(&workspace);
    self->sparse = (joblib_kernel__csr){values, offsets, indices};
    return status;
}

joblib_status joblib_model__read_sparse_weights(joblib_model__context *context,
                                                const joblib_value *value,
                                                joblib_model__linear *self)
{
    joblib_input input;
    joblib_model__rows rows;
    joblib_error error = JOBLIB_ERROR_INIT;
    if (joblib_input_from_value(value, &input, &error) != JOBLIB_OK ||
        input.kind != JOBLIB_INPUT_CSR ||
        joblib_model__open_input(&input, &rows, &error) != JOBLIB_OK)
        return joblib_model__fail(context, "coef_", JOBLIB_ERROR_MODEL,
                                  "coef_ is neither numbers nor a sparse matrix: %.100s",
                                  error.message);
    if (rows.rows == 0 || rows.form.columns == 0)
        return joblib_model__fail(context, "coef_", JOBLIB_ERROR_MODEL,
                                  "coef_ has %zu rows and %zu columns", rows.rows,
                                  rows.form.columns);
    self->outputs = rows.rows;
    if (rows.form.number == JOBLIB_NUMBER_FLOAT32)
        self->weight_number = JOBLIB_NUMBER_FLOAT32;
    JOBLIB_TRY(convert_sparse(context, &rows, self));
    return joblib_model__set_features(context, &self->base, "coef_", rows.form.columns);
}
