/* NaN, infinity and sparse rows: what is refused, and the place that the error names. */
#include <math.h>
#include <stdlib.h>

#include "joblib/predict.h"
#include "support/models.h"
#include "support/test.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

#define WEIGHTED \
    "sklearn.linear_model._base.LinearRegression(coef_=f8[2]{1,10}, intercept_=0.0, " \
    "_sklearn_version='1.2.2')"
#define TREE \
    "sklearn.tree._classes.DecisionTreeRegressor(n_features_in_=2, " \
    "_sklearn_version='1.2.2', tree_=sklearn.tree._tree.Tree(2, i8[1]{1}, 1, " \
    "node_count=1, nodes=node[1]{(-1,-1,-2,-2)}, values=f8[1,1,1]{1}))"
#define SCALER \
    "sklearn.preprocessing._data.StandardScaler(mean_=f8[2]{1}, scale_=f8[2]{2}, " \
    "_sklearn_version='1.2.2')"

#define NOT_A_NUMBER ((double)NAN)
#define INFINITE ((double)INFINITY)

static joblib_model *model_of(const char *notation)
{
    joblib_model *model = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(model_from(notation, NULL, &model, &error), &error);
    return model;
}

static joblib_input dense(const double *values, size_t rows)
{
    joblib_input input;
    joblib_input_dense(&input, values, JOBLIB_NUMBER_FLOAT64, rows, 2);
    return input;
}

/* Runs a method that must refuse a value, and compares the place. */
static void check_place(const joblib_model *model, int method, const joblib_input *input,
                        uint32_t threads, int64_t row, int64_t column)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_result *result = NULL;
    joblib_run_options options = JOBLIB_RUN_OPTIONS_INIT;
    options.n_threads = threads;
    joblib_status status =
        joblib_model_run(model, method, input, NULL, &options, &result, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_VALUE, JOBLIB_NO_OFFSET);
    CHECK_EQ_INT(error.row, row);
    CHECK_EQ_INT(error.column, column);
    CHECK(result == NULL);
}

static void names_row_and_column_of_what_is_not_finite(void)
{
    const double bad[] = {NOT_A_NUMBER, INFINITE, -INFINITE};
    joblib_model *model = model_of(WEIGHTED);
    for (size_t i = 0; i < COUNT(bad); i++) {
        double values[] = {1, 2, 3, bad[i], 5, 6};
        joblib_input input = dense(values, 3);
        check_place(model, JOBLIB_METHOD_PREDICT, &input, 1, 1, 1);
    }
    joblib_model_release(model);
}

/* Blocks and threads take a part of the rows each; the row is that of the whole input. */
static void names_the_first_bad_row_of_many(void)
{
    const size_t rows = 50000;
    double *values = calloc(rows, 2 * sizeof *values);
    joblib_model *model = model_of(WEIGHTED);
    values[2 * 40001 + 1] = NOT_A_NUMBER;
    joblib_input input = dense(values, rows);
    check_place(model, JOBLIB_METHOD_PREDICT, &input, 1, 40001, 1);
    check_place(model, JOBLIB_METHOD_PREDICT, &input, 4, 40001, 1);
    values[2 * 20002] = INFINITE;
    check_place(model, JOBLIB_METHOD_PREDICT, &input, 1, 20002, 0);
    check_place(model, JOBLIB_METHOD_PREDICT, &input, 4, 20002, 0);
    free(values);
    joblib_model_release(model);
}

/* Trees compare floats: 1e300 becomes infinity, which scikit-learn refuses. */
static void refuses_numbers_beyond_float_for_trees(void)
{
    static const double values[] = {1, 2, 1e300, 4};
    joblib_model *model = model_of(TREE);
    joblib_input input = dense(values, 2);
    check_place(model, JOBLIB_METHOD_PREDICT, &input, 1, 1, 0);
    joblib_model_release(model);
}

/* Scalers let NaN through since 0.20, and infinity never. */
static void lets_nan_through_scalers(void)
{
    const double values[] = {NOT_A_NUMBER, 3}, infinite[] = {1, INFINITE};
    double out[2];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = model_of(SCALER);
    joblib_input input = dense(values, 1);
    CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_TRANSFORM, &input, NULL, out, 2,
                               &error),
             &error);
    CHECK(isnan(out[0]));
    CHECK_EQ_DOUBLE(out[1], 1.0);
    input = dense(infinite, 1);
    check_place(model, JOBLIB_METHOD_TRANSFORM, &input, 1, 0, 1);
    joblib_model_release(model);
}

/* Sparse rows */

/* (1, 2), nothing, (0, 4): 21, 0 and 40. */
static const double stored[] = {1, 2, 4};
static const int32_t columns32[] = {0, 1, 1};
static const int32_t offsets32[] = {0, 2, 2, 3};

static joblib_input sparse(const double *values, const void *columns, const void *offsets,
                           uint32_t number)
{
    joblib_input input = JOBLIB_INPUT_INIT;
    input.kind = JOBLIB_INPUT_CSR;
    input.rows = 3;
    input.columns = 2;
    input.values = values;
    input.dtype = joblib_dtype_number(JOBLIB_NUMBER_FLOAT64);
    input.row_offsets = offsets;
    input.column_indices = columns;
    input.index_number = number;
    return input;
}

static void check_sparse(const joblib_input *input)
{
    double out[3] = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = model_of(WEIGHTED);
    CHECK_OK(joblib_model_fill(model, 0, input, NULL, out, 3, &error), &error);
    CHECK_EQ_DOUBLE(out[0], 21.0);
    CHECK_EQ_DOUBLE(out[1], 0.0);
    CHECK_EQ_DOUBLE(out[2], 40.0);
    joblib_model_release(model);
}

static void reads_sparse_rows_of_both_index_types(void)
{
    static const int64_t columns64[] = {0, 1, 1}, offsets64[] = {0, 2, 2, 3};
    joblib_input input = sparse(stored, columns32, offsets32, JOBLIB_NUMBER_INT32);
    check_sparse(&input);
    input = sparse(stored, columns64, offsets64, JOBLIB_NUMBER_INT64);
    check_sparse(&input);
}

static void reads_sparse_rows_without_elements(void)
{
    static const int32_t offsets[] = {0, 0, 0, 0};
    double out[3] = {7, 7, 7};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = model_of(WEIGHTED);
    joblib_input input = sparse(NULL, NULL, offsets, JOBLIB_NUMBER_INT32);
    CHECK_OK(joblib_model_fill(model, 0, &input, NULL, out, 3, &error), &error);
    CHECK_EQ_DOUBLE(out[0], 0.0);
    CHECK_EQ_DOUBLE(out[2], 0.0);
    joblib_model_release(model);
}

static void names_row_and_column_of_a_sparse_nan(void)
{
    const double values[] = {1, 2, NOT_A_NUMBER};
    joblib_model *model = model_of(WEIGHTED), *tree = model_of(TREE);
    joblib_input input = sparse(values, columns32, offsets32, JOBLIB_NUMBER_INT32);
    check_place(model, JOBLIB_METHOD_PREDICT, &input, 1, 2, 1);
    check_place(tree, JOBLIB_METHOD_PREDICT, &input, 1, 2, 1);
    joblib_model_release(tree);
    joblib_model_release(model);
}

static void refuses_indices_that_point_outside(void)
{
    static const struct {
        const char *what;
        int32_t offsets[4], columns[3];
    } cases[] = {
        {"offsets from 1 on", {1, 2, 2, 3}, {0, 1, 1}},
        {"offsets from -1 on", {-1, 2, 2, 3}, {0, 1, 1}},
        {"offsets that fall", {0, 2, 1, 3}, {0, 1, 1}},
        {"offsets that end before 0", {0, 2, 2, -3}, {0, 1, 1}},
        {"column 2 of 2", {0, 2, 2, 3}, {0, 2, 1}},
        {"column -1", {0, 2, 2, 3}, {0, -1, 1}},
        {"column 2^31 - 1", {0, 2, 2, 3}, {0, 1, INT32_MAX}},
    };
    joblib_model *model = model_of(WEIGHTED);
    for (size_t i = 0; i < COUNT(cases); i++) {
        double out[3];
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_input input =
            sparse(stored, cases[i].columns, cases[i].offsets, JOBLIB_NUMBER_INT32);
        joblib_status status = joblib_model_fill(model, 0, &input, NULL, out, 3, &error);
        if (status != JOBLIB_ERROR_INPUT)
            test_fail(__FILE__, __LINE__, "%s: %d (%s)", cases[i].what, (int)status,
                      error.message);
    }
    joblib_model_release(model);
}

static void refuses_sparse_input_of_another_form(void)
{
    double out[3];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = model_of(WEIGHTED), *scaler = model_of(SCALER);
    joblib_input good = sparse(stored, columns32, offsets32, JOBLIB_NUMBER_INT32);
    joblib_input input = good;
    input.index_number = JOBLIB_NUMBER_INT16;
    joblib_status status = joblib_model_fill(model, 0, &input, NULL, out, 3, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_INPUT, JOBLIB_NO_OFFSET);
    input = good;
    input.row_offsets = NULL;
    status = joblib_model_fill(model, 0, &input, NULL, out, 3, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    input = good;
    input.column_indices = NULL;
    status = joblib_model_fill(model, 0, &input, NULL, out, 3, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    input = good;
    input.columns = UINT64_C(1) << 40;
    status = joblib_model_fill(model, 0, &input, NULL, out, 3, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_INPUT, JOBLIB_NO_OFFSET);
    /* A scaler that subtracts means would make sparse rows dense. */
    joblib_result *result = NULL;
    status = joblib_model_run(scaler, JOBLIB_METHOD_TRANSFORM, &good, NULL, NULL, &result,
                              &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_INPUT, JOBLIB_NO_OFFSET);
    joblib_model_release(scaler);
    joblib_model_release(model);
}

#define MATRIX(rest) "scipy.sparse._csr.csr_matrix(_shape=(2, 2), " rest ")"

/* What a file says of a sparse matrix must hold together before its lengths are believed. */
static void refuses_sparse_matrices_that_contradict_themselves(void)
{
    static const char *const notations[] = {
        MATRIX("data=f8[2]{1}, indices=i4[2]{0}, indptr=i4[2]{0,2}"),
        MATRIX("data=f8[2]{1}, indices=i4[2]{0}, indptr=i4[3]{0,1,3}"),
        MATRIX("data=f8[2]{1}, indices=i4[1]{0}, indptr=i4[3]{0,1,2}"),
        MATRIX("data=f8[2]{1}, indices=i4[2]{0}, indptr=i4[3]{0,1,-2}"),
        MATRIX("data=f8[2]{1}, indices=i4[2]{0}, indptr=i4[0]{}"),
        MATRIX("data=f8[2]{1}, indices=i4[2]{0}, indptr=i8[3]{0,1,2}"),
        MATRIX("data=f8[2]{1}, indices=f8[2]{0}, indptr=f8[3]{0,1,2}"),
        MATRIX("data=f8[2]{1}, indices=>i4[2]{0}, indptr=>i4[3]{0,1,2}"),
        MATRIX("data=f8[1,2]{1}, indices=i4[2]{0}, indptr=i4[3]{0,1,2}"),
        MATRIX("data=U1[2]{a}, indices=i4[2]{0}, indptr=i4[3]{0,1,2}"),
        MATRIX("data=5, indices=i4[2]{0}, indptr=i4[3]{0,1,2}"),
        MATRIX("indices=i4[2]{0}, indptr=i4[3]{0,1,2}"),
        "scipy.sparse._csr.csr_matrix(_shape=(-2, 2), data=f8[2]{1}, indices=i4[2]{0}, "
        "indptr=i4[3]{0,1,2})",
        "scipy.sparse._csr.csr_matrix(_shape=(2, 2, 2), data=f8[2]{1}, "
        "indices=i4[2]{0}, indptr=i4[3]{0,1,2})",
        "scipy.sparse._csc.csc_matrix(_shape=(2, 2), data=f8[2]{1}, indices=i4[2]{0}, "
        "indptr=i4[3]{0,1,2})",
    };
    for (size_t i = 0; i < COUNT(notations); i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_input input = JOBLIB_INPUT_INIT;
        joblib_document *document = document_from(notations[i]);
        joblib_status status =
            joblib_input_from_value(joblib_document_root(document), &input, &error);
        if (error.status == JOBLIB_OK) printf("    %s\n", notations[i]);
        CHECK(status == JOBLIB_ERROR_KIND || status == JOBLIB_ERROR_ARRAY);
        joblib_document_release(document);
    }
}

int main(void)
{
    RUN(names_row_and_column_of_what_is_not_finite);
    RUN(names_the_first_bad_row_of_many);
    RUN(refuses_numbers_beyond_float_for_trees);
    RUN(lets_nan_through_scalers);
    RUN(reads_sparse_rows_of_both_index_types);
    RUN(reads_sparse_rows_without_elements);
    RUN(names_row_and_column_of_a_sparse_nan);
    RUN(refuses_indices_that_point_outside);
    RUN(refuses_sparse_input_of_another_form);
    RUN(refuses_sparse_matrices_that_contradict_themselves);
    return test_finish();
}
