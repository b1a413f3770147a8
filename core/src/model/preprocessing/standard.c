#include <string.h>

#include "array/widen.h"
#include "base/try.h"
#include "kernel/scaling.h"
#include "model/preprocessing/preprocessing.h"
#include "model/workspace.h"

/* Means and scales of one precision: as they are, or rounded to that of the input. */
typedef struct standard_terms {
    const double *means;   /* 0 where there are none */
    const double *scales;  /* 1 where there are none */
    const double *factors; /* 1 / scales: what sparse columns are multiplied by */
} standard_terms;

typedef struct standard_scaler {
    joblib_model__estimator base;
    standard_terms terms;
    bool
        rounds_terms; /* for float32 and float16, mean and scale are rounded to that first */
    standard_terms float_terms;
    standard_terms half_terms;
} standard_scaler;

static const standard_terms *choose_terms(const standard_scaler *self, uint8_t number)
{
    if (!self->rounds_terms || !joblib_model__is_narrow(number)) return &self->terms;
    return number == JOBLIB_NUMBER_FLOAT16 ? &self->half_terms : &self->float_terms;
}

static void scale_sparse(const standard_scaler *self, const joblib_model__batch *input,
                         joblib_model__output *output)
{
    size_t count = (size_t)input->offsets[input->rows];
    const double *factors = self->terms.factors;
    output->offsets = input->offsets;
    output->indices = input->indices;
    if (joblib_model__is_narrow(input->form.number))
        joblib_kernel__scale_elements_narrow(input->narrow, input->indices, count,
                                             factors,
                                             input->form.number == JOBLIB_NUMBER_FLOAT16,
                                             output->narrow);
    else
        joblib_kernel__scale_elements(input->wide, input->indices, count, factors,
                                      output->wide);
}

static joblib_status transform_sparse(const standard_scaler *self,
                                      const joblib_model__call *call, joblib_error *error)
{
    joblib_model__output *output = &call->outputs[0];
    size_t count = (size_t)call->input->offsets[call->input->rows];
    JOBLIB_TRY(
        joblib_model__is_narrow(output->form.number)
            ? joblib_model__take_floats(call->workspace, count, &output->narrow, error)
            : joblib_model__take_doubles(call->workspace, count, &output->wide, error));
    scale_sparse(self, call->input, output);
    return JOBLIB_OK;
}

/* With neither mean nor scale, versions without n_features_in_ know no width: all passes. */
static void pass_rows(const joblib_model__batch *input, joblib_model__output *output)
{
    size_t count = input->rows * input->form.columns;
    if (input->form.kind == JOBLIB_INPUT_CSR) {
        output->wide = (double *)input->wide;
        output->narrow = (float *)input->narrow;
        output->offsets = input->offsets;
        output->indices = input->indices;
    } else if (joblib_model__is_narrow(input->form.number)) {
        memcpy(output->narrow, input->narrow, count * sizeof *output->narrow);
    } else {
        memcpy(output->wide, input->wide, count * sizeof *output->wide);
    }
}

static joblib_status transform_standard(const joblib_model__estimator *base,
                                        const joblib_model__call *call,
                                        joblib_error *error)
{
    const standard_scaler *self = (const standard_scaler *)base;
    const joblib_model__batch *input = call->input;
    const joblib_model__output *output = &call->outputs[0];
    size_t columns = input->form.columns;
    if (base->features == 0) {
        pass_rows(input, &call->outputs[0]);
        return JOBLIB_OK;
    }
    if (input->form.kind == JOBLIB_INPUT_CSR) return transform_sparse(self, call, error);
    const standard_terms *terms = choose_terms(self, input->form.number);
    if (joblib_model__is_narrow(input->form.number))
        joblib_kernel__standardize_narrow(input->narrow, input->rows, columns,
                                          terms->means, terms->scales,
                                          input->form.number == JOBLIB_NUMBER_FLOAT16,
                                          output->narrow);
    else
        joblib_kernel__standardize(input->wide, input->rows, columns, terms->means,
                                   terms->scales, output->wide);
    return JOBLIB_OK;
}

const joblib_model__type joblib_model__standard_scaler_type = {
    .compute = {[JOBLIB_METHOD_TRANSFORM] = transform_standard},
    .describe = joblib_model__describe_scaled,
};

/* The numbers of an attribute if `flag` is set, else NULL. None counts as not there. */
static joblib_status read_terms(joblib_model__context *context, standard_scaler *self,
                                const char *flag, const char *attribute,
                                const double **out)
{
    bool wanted;
    joblib_model__numbers numbers;
    *out = NULL;
    JOBLIB_TRY(joblib_model__read_flag(context, flag, true, &wanted));
    if (!wanted) return JOBLIB_OK;
    JOBLIB_TRY(joblib_model__read_vector(context, attribute, JOBLIB_MODEL_ANY, &numbers));
    JOBLIB_TRY(
        joblib_model__set_features(context, &self->base, attribute, numbers.count));
    *out = numbers.values;
    return JOBLIB_OK;
}

static joblib_status fill_terms(joblib_model__context *context, size_t count,
                                double value, const double **terms)
{
    void *memory;
    if (*terms) return JOBLIB_OK;
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(double), &memory));
    double *filled = memory;
    for (size_t i = 0; i < count; i++) filled[i] = value;
    *terms = filled;
    return JOBLIB_OK;
}

static joblib_status add_factors(joblib_model__context *context, size_t count,
                                 standard_terms *terms)
{
    void *memory;
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(double), &memory));
    double *factors = memory;
    for (size_t i = 0; i < count; i++) factors[i] = 1 / terms->scales[i];
    terms->factors = factors;
    return JOBLIB_OK;
}

static double round_to(double value, uint8_t number)
{
    return number == JOBLIB_NUMBER_FLOAT16 ? joblib_array__round_to_half(value)
                                           : (double)(float)value;
}

static joblib_status round_terms(joblib_model__context *context,
                                 const standard_terms *from, size_t count, uint8_t number,
                                 standard_terms *out)
{
    void *means, *scales;
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(double), &means));
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(double), &scales));
    for (size_t i = 0; i < count; i++) {
        ((double *)means)[i] = round_to(from->means[i], number);
        ((double *)scales)[i] = round_to(from->scales[i], number);
    }
    *out = (standard_terms){means, scales, from->factors};
    return JOBLIB_OK;
}

/* Neither mean nor scale: numbers pass, and only the number of columns is known. */
static joblib_status require_width(joblib_model__context *context, standard_scaler *self)
{
    joblib_model__numbers numbers;
    if (self->base.features > 0) return JOBLIB_OK;
    const char *known = joblib_model__has(context, "mean_") ? "mean_" : "var_";
    if (!joblib_model__has(context, known)) return JOBLIB_OK;
    JOBLIB_TRY(joblib_model__read_vector(context, known, JOBLIB_MODEL_ANY, &numbers));
    return joblib_model__set_features(context, &self->base, known, numbers.count);
}

joblib_status joblib_model__build_standard_scaler(joblib_model__context *context,
                                                  joblib_model__estimator **out)
{
    void *memory;
    JOBLIB_TRY(joblib_model__new_estimator(context, sizeof(standard_scaler), &memory));
    standard_scaler *self = memory;
    standard_terms *terms = &self->terms;
    *out = &self->base;
    self->base.check = joblib_model__scaler_check(context);
    JOBLIB_TRY(read_terms(context, self, "with_mean", "mean_", &terms->means));
    JOBLIB_TRY(read_terms(context, self, "with_std", "scale_", &terms->scales));
    self->base.check.accept_sparse = terms->means == NULL;
    JOBLIB_TRY(require_width(context, self));
    size_t count = self->base.features;
    JOBLIB_TRY(fill_terms(context, count, 0, &terms->means));
    JOBLIB_TRY(fill_terms(context, count, 1, &terms->scales));
    JOBLIB_TRY(add_factors(context, count, terms));
    self->rounds_terms =
        joblib_model__holds(context->version, JOBLIB_MODEL_SCALER_NARROWS);
    if (!self->rounds_terms) return JOBLIB_OK;
    JOBLIB_TRY(
        round_terms(context, terms, count, JOBLIB_NUMBER_FLOAT32, &self->float_terms));
    return round_terms(context, terms, count, JOBLIB_NUMBER_FLOAT16, &self->half_terms);
}
