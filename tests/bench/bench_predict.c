/*
 * bench_predict MODEL INPUT METHOD: answers "plain ROWS" and "prepared ROWS" with the seconds
 * of one prediction of so many rows of INPUT, for the model as loaded and prepared.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "joblib.h"
#include "session.h"

struct bench_predict {
    joblib_model *plain, *prepared;
    joblib_document *rows;
    joblib_input input;
    joblib_workspace *workspace;
    int method;
    double *out;
    size_t capacity;
    joblib_error error;
};

/* A measurement repeats its call for at least so many seconds. */
static const double least_seconds = 0.03;

static int open_bench(struct bench_predict *bench, char **arguments)
{
    joblib_error *error = &bench->error;
    bench->method = joblib_method_find(arguments[3]);
    if (joblib_model_load_file(arguments[1], NULL, NULL, &bench->plain, error) !=
            JOBLIB_OK ||
        joblib_model_prepare(bench->plain, &bench->prepared, error) != JOBLIB_OK ||
        joblib_load_file(arguments[2], NULL, &bench->rows, error) != JOBLIB_OK ||
        joblib_input_from_value(joblib_document_root(bench->rows), &bench->input,
                                error) != JOBLIB_OK ||
        joblib_workspace_new(NULL, &bench->workspace, error) != JOBLIB_OK)
        return -1;
    size_t columns = joblib_model_output_columns(bench->plain, bench->method, 0);
    bench->capacity = columns * (size_t)bench->input.rows;
    bench->out = malloc(bench->capacity * sizeof *bench->out);
    return bench->out ? 0 : -1;
}

/* Predicts `rows` rows, others from call to call, so that caches hold no single answer. */
static int predict_some(struct bench_predict *bench, const joblib_model *model,
                        size_t rows, size_t call)
{
    joblib_input some = bench->input;
    uint64_t first = call * rows % (bench->input.rows - rows + 1);
    some.values = (const char *)some.values + (int64_t)first * some.row_stride;
    some.rows = rows;
    return joblib_model_fill(model, bench->method, &some, bench->workspace, bench->out,
                             bench->capacity, &bench->error);
}

static double measure_predict(void *ctx, const char *what, const char *argument)
{
    struct bench_predict *bench = ctx;
    const joblib_model *model =
        strcmp(what, "prepared") == 0 ? bench->prepared : bench->plain;
    size_t rows = strtoul(argument, NULL, 10), calls = 0;
    if (rows == 0 || rows > bench->input.rows) return -1;
    if (predict_some(bench, model, rows, 0) != JOBLIB_OK) return -1;
    for (size_t wanted = 1;; wanted *= 2) {
        double start = session_clock();
        for (size_t i = 0; i < wanted; i++) {
            if (predict_some(bench, model, rows, ++calls) != JOBLIB_OK) return -1;
        }
        double seconds = session_clock() - start;
        if (seconds >= least_seconds) return seconds / (double)wanted;
    }
}

int main(int argc, char **argv)
{
    struct bench_predict bench = {.error = JOBLIB_ERROR_INIT};
    if (argc != 4) {
        fputs("usage: bench_predict MODEL INPUT METHOD\n", stderr);
        return 2;
    }
    int status = open_bench(&bench, argv) == 0 ? session_run(measure_predict, &bench) : 1;
    if (bench.error.status != JOBLIB_OK) fprintf(stderr, "%s\n", bench.error.message);
    free(bench.out);
    joblib_workspace_free(bench.workspace);
    joblib_document_release(bench.rows);
    joblib_model_release(bench.prepared);
    joblib_model_release(bench.plain);
    return status;
}
