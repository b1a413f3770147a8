#include <string.h>

#include "array/widen.h"
#include "base/try.h"
#include "model/linear/linear.h"
#include "model/workspace.h"

/* Numpy multiplies in float32 where both sides have at most 24 digits and one is float32. */
static bool multiplies_narrow(const joblib_model__linear *self,
                              const joblib_model__form *input)
{
    static const bool fits_float[] = {
        [JOBLIB_NUMBER_BOOL] = true,    [JOBLIB_NUMBER_INT8] = true,
        [JOBLIB_NUMBER_INT16] = true,   [JOBLIB_NUMBER_UINT8] = true,
        [JOBLIB_NUMBER_UINT16] = true,  [JOBLIB_NUMBER_FLOAT16] = true,
        [JOBLIB_NUMBER_FLOAT32] = true, [JOBLIB_NUMBER_FLOAT64] = false,
    };
    return self->weight_number == JOBLIB_NUMBER_FLOAT32 && fits_float[input->number];
}

double joblib_model__linear_unit(const joblib_model__linear *self,
                                 const joblib_model__form *input)
{
    return multiplies_narrow(self, input) ? 0x1p-23 : 0x1p-52;
}

void joblib_model__describe_linear(const joblib_model__estimator *base, int method,
                                   const joblib_model__form *input, size_t index,
                                   joblib_model__form *output)
{
    const joblib_model__linear *self = (const joblib_model__linear *)base;
    (void)method;
    (void)index;
    if (multiplies_narrow(self, input) && !self->wide_intercepts)
        output->number = JOBLIB_NUMBER_FLOAT32;
}

/* Compressed rows by compressed weights: a row is spread out first. */
static joblib_status multiply_sparse(const joblib_model__linear *self,
                                     const joblib_kernel__csr *x, size_t rows,
                                     joblib_workspace *workspace, double *out,
                                     joblib_error *error)
{
    double *spread;
    size_t columns = self->base.features;
    JOBLIB_TRY(joblib_model__take_doubles(workspace, columns, &spread, error));
    memset(spread, 0, columns * sizeof *spread);
    for (size_t i = 0; i < rows; i++) {
        int64_t end = x->offsets[i + 1];
        for (int64_t k = x->offsets[i]; k < end; k++)
            spread[x->indices[k]] += x->values[k];
        joblib_kernel__products_by_csr(spread, 1, columns, &self->sparse, self->outputs,
                                       out + i * self->outputs);
        for (int64_t k = x->offsets[i]; k < end; k++) spread[x->indices[k]] = 0;
    }
    return JOBLIB_OK;
}

/* The batch's numbers in double. */
static joblib_status widen_batch(const joblib_model__batch *input,
                                 joblib_workspace *workspace, const double **out,
                                 joblib_error *error)
{
    bool is_csr = input->form.kind == JOBLIB_INPUT_CSR;
    size_t count =
        is_csr ? (size_t)input->offsets[input->rows] : input->rows * input->form.columns;
    double *wide;
    *out = input->wide;
    if (!joblib_model__is_narrow(input->form.number)) return JOBLIB_OK;
    JOBLIB_TRY(joblib_model__take_doubles(workspace, count, &wide, error));
    joblib_array__widen_floats(input->narrow, count, wide);
    *out = wide;
    return JOBLIB_OK;
}

/* X w, in double. */
static joblib_status multiply(const joblib_model__linear *self,
                              const joblib_model__batch *input,
                              joblib_workspace *workspace, double *out,
                              joblib_error *error)
{
    size_t rows = input->rows, columns = self->base.features;
    const double *wide;
    bool is_csr = input->form.kind == JOBLIB_INPUT_CSR;
    JOBLIB_TRY(widen_batch(input, workspace, &wide, error));
    joblib_kernel__csr x = {wide, input->offsets, input->indices};
    if (is_csr && !self->weights)
        return multiply_sparse(self, &x, rows, workspace, out, error);
    if (is_csr)
        joblib_kernel__products_csr(&x, rows, columns, self->weights, self->outputs, out);
    else if (self->weights)
        joblib_kernel__products(wide, rows, columns, self->weights, self->outputs, out);
    else
        joblib_kernel__products_by_csr(wide, rows, columns, &self->sparse, self->outputs,
                                       out);
    return JOBLIB_OK;
}

joblib_status joblib_model__linear_scores(const joblib_model__estimator *base,
                                          const joblib_model__call *call,
                                          joblib_error *error)
{
    const joblib_model__linear *self = (const joblib_model__linear *)base;
    const joblib_model__batch *input = call->input;
    const joblib_model__output *output = &call->outputs[0];
    size_t count = input->rows * self->outputs;
    double *products = output->wide;
    bool narrow = joblib_model__is_narrow(output->form.number);
    if (narrow)
        JOBLIB_TRY(joblib_model__take_doubles(call->workspace, count, &products, error));
    JOBLIB_TRY(multiply(self, input, call->workspace, products, error));
    if (narrow) {
        joblib_kernel__add_terms_narrow(products, input->rows, self->outputs,
                                        self->intercepts, output->narrow);
        return JOBLIB_OK;
    }
    if (multiplies_narrow(self, &input->form))
        joblib_kernel__round_to_float(products, count);
    joblib_kernel__add_terms(products, input->rows, self->outputs, self->intercepts);
    return JOBLIB_OK;
}

/* The same sums of the sizes of all terms. */
joblib_status joblib_model__linear_bound(const joblib_model__estimator *base,
                                         const joblib_model__call *call,
                                         joblib_error *error)
{
    const joblib_model__linear *self = (const joblib_model__linear *)base;
    joblib_model__linear sizes = *self;
    joblib_model__batch input = *call->input;
    const double *values = self->weights ? self->weights : self->sparse.values;
    size_t columns = self->base.features, count = self->outputs * columns;
    if (!self->weights) count = (size_t)self->sparse.offsets[self->outputs];
    size_t numbers = input.form.kind == JOBLIB_INPUT_CSR
                         ? (size_t)input.offsets[input.rows]
                         : input.rows * columns;
    double *weights, *terms, *x;
    const double *wide;
    JOBLIB_TRY(joblib_model__take_doubles(call->workspace, count, &weights, error));
    JOBLIB_TRY(joblib_model__take_doubles(call->workspace, self->outputs, &terms, error));
    JOBLIB_TRY(joblib_model__take_doubles(call->workspace, numbers, &x, error));
    JOBLIB_TRY(widen_batch(&input, call->workspace, &wide, error));
    joblib_kernel__absolute(values, count, weights);
    joblib_kernel__absolute(self->intercepts, self->outputs, terms);
    joblib_kernel__absolute(wide, numbers, x);
    if (self->weights)
        sizes.weights = weights;
    else
        sizes.sparse.values = weights;
    input.wide = x;
    input.form.number = JOBLIB_NUMBER_FLOAT64;
    double *out = call->outputs[0].wide;
    JOBLIB_TRY(multiply(&sizes, &input, call->workspace, out, error));
    joblib_kernel__add_terms(out, input.rows, self->outputs, terms);
    double factor =
        (double)(columns + 2) * joblib_model__linear_unit(self, &call->input->form);
    for (size_t i = 0; i < input.rows * self->outputs; i++) out[i] *= factor;
    return JOBLIB_OK;
}
