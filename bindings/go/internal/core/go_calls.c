#include "go_calls.h"

#include <stdlib.h>

/* A slice without elements has no address. */
static const unsigned char *bytes_of(const unsigned char *data)
{
    static const unsigned char nothing[1];
    return data != NULL ? data : nothing;
}

uintptr_t joblib_go_loads(const unsigned char *data, size_t size, uintptr_t options,
                          joblib_error *error)
{
    joblib_error_init(error);
    return (uintptr_t)JoblibDocument_loads(bytes_of(data), size,
                                           (const JoblibLoadOptions *)options, error);
}

uintptr_t joblib_go_audit(const unsigned char *data, size_t size, uintptr_t options,
                          uintptr_t allow, joblib_error *error)
{
    joblib_error_init(error);
    return (uintptr_t)JoblibAudit_loads(bytes_of(data), size,
                                        (const JoblibLoadOptions *)options,
                                        (const JoblibAllowList *)allow, error);
}

uintptr_t joblib_go_packed(const unsigned char *data, size_t size, const char *text,
                           size_t rows, size_t columns, joblib_error *error)
{
    joblib_error_init(error);
    return (uintptr_t)JoblibInput_packed(data, size, text, rows, columns, error);
}

uintptr_t joblib_go_share(uintptr_t model, joblib_error *error)
{
    JoblibModel *share = calloc(1, sizeof *share);
    joblib_error_init(error);
    if (share == NULL) {
        error->status = JOBLIB_ERROR_MEMORY;
        return 0;
    }
    share->model = joblib_model_retain(((const JoblibModel *)model)->model);
    return (uintptr_t)share;
}

static JoblibInput view_rows(const double *values, size_t count, size_t rows)
{
    JoblibInput input = {{NULL, NULL, NULL}, JOBLIB_INPUT_INIT, NULL, 0};
    joblib_input_dense(&input.input, values, JOBLIB_NUMBER_FLOAT64, rows,
                       rows > 0 ? count / rows : 0);
    return input;
}

void joblib_go_fill(uintptr_t model, int method, const double *values, size_t count,
                    size_t rows, uintptr_t workspace, double *out, size_t capacity,
                    joblib_error *error)
{
    const JoblibInput rows_in = view_rows(values, count, rows);
    joblib_error_init(error);
    error->status = (int32_t)joblib_model_fill(((const JoblibModel *)model)->model,
                                               method, &rows_in.input,
                                               ((JoblibWorkspace *)workspace)->workspace,
                                               out, capacity, error);
}

static bool has_numbers(const JoblibArray *array, size_t count)
{
    const int number = JoblibArray_number(array);
    const size_t ndim = JoblibArray_ndim(array);
    return (number == JOBLIB_NUMBER_FLOAT64 || number == JOBLIB_NUMBER_INT64) &&
           JoblibArray_count(array) == count && (ndim == 1 || ndim == 2);
}

static bool take_numbers(const JoblibArray *array, double *out, size_t capacity,
                         joblib_go_output *output)
{
    if (!has_numbers(array, capacity) ||
        joblib_array_read_bytes(&array->view, out, capacity * sizeof *out, NULL) !=
            JOBLIB_OK) {
        return false;
    }
    output->number = JoblibArray_number(array);
    output->ndim = (int)JoblibArray_ndim(array);
    return true;
}

static bool take_output(const JoblibResult *result, double *out, size_t capacity,
                        joblib_go_output *output)
{
    JoblibArray *array;
    bool taken;
    if (JoblibResult_count(result) != 1 || JoblibResult_is_sparse(result, 0)) {
        return false;
    }
    array = JoblibResult_array(result, 0, NULL);
    taken = array != NULL && take_numbers(array, out, capacity, output);
    delete_JoblibArray(array);
    return taken;
}

uintptr_t joblib_go_run(uintptr_t model, int method, const double *values, size_t count,
                        size_t rows, uintptr_t workspace, uint32_t threads, double *out,
                        size_t capacity, joblib_go_output *output, joblib_error *error)
{
    const JoblibInput input = view_rows(values, count, rows);
    JoblibResult *result;
    joblib_error_init(error);
    result = JoblibModel_run((const JoblibModel *)model, method, &input,
                             (JoblibWorkspace *)workspace, threads, error);
    if (result != NULL && take_output(result, out, capacity, output)) {
        delete_JoblibResult(result);
        return 0;
    }
    return (uintptr_t)result;
}
