/* One document and one model, used by many threads at once: each sees what one alone sees. */
#include <pthread.h>
#include <stdlib.h>

#include "joblib/predict.h"
#include "support/test.h"
#include "support/vectors.h"

#define THREADS 8
#define ROUNDS 20

/* What all threads share, and what one thread alone found. */
struct shared {
    joblib_document *document;
    const joblib_model *model;
    const joblib_input *input;
    const double *expected;
    size_t count; /* of expected numbers */
    uint64_t walked;
};

struct worker {
    pthread_t id;
    struct shared *shared;
    size_t failures;
};

/* A number that depends on every value of a document, nested not too deep. */
static uint64_t walk_value(const joblib_value *value, unsigned depth)
{
    int64_t number = 0;
    size_t size = 0;
    joblib_array array;
    uint64_t sum = (uint64_t)joblib_value_kind(value) + 1;
    if (depth > 12) return sum;
    if (joblib_value_as_int64(value, &number, NULL) == JOBLIB_OK) sum += (uint64_t)number;
    if (joblib_value_text(value, &size)) sum += size;
    if (joblib_value_array(value, &array, NULL) == JOBLIB_OK) sum += array.count;
    for (size_t i = 0; i < joblib_value_count(value) && joblib_value_at(value, i); i++)
        sum = sum * 31 + walk_value(joblib_value_at(value, i), depth + 1);
    if (joblib_value_state(value))
        sum = sum * 31 + walk_value(joblib_value_state(value), depth + 1);
    return sum;
}

static void *read_and_predict(void *argument)
{
    struct worker *worker = argument;
    const struct shared *shared = worker->shared;
    joblib_workspace *workspace = NULL;
    double *out = calloc(shared->count, sizeof *out);
    worker->failures += joblib_workspace_new(NULL, &workspace, NULL) != JOBLIB_OK;
    for (int round = 0; round < ROUNDS; round++) {
        joblib_model *model = joblib_model_retain(shared->model);
        joblib_document *document = joblib_document_retain(shared->document);
        joblib_status status =
            joblib_model_fill(model, JOBLIB_METHOD_PREDICT_PROBA, shared->input,
                              workspace, out, shared->count, NULL);
        worker->failures += status != JOBLIB_OK;
        worker->failures +=
            memcmp(out, shared->expected, shared->count * sizeof *out) != 0;
        worker->failures +=
            walk_value(joblib_document_root(document), 0) != shared->walked;
        joblib_document_release(document);
        joblib_model_release(model);
    }
    joblib_workspace_free(workspace);
    free(out);
    return NULL;
}

static void *build_and_release(void *argument)
{
    struct worker *worker = argument;
    for (int round = 0; round < ROUNDS; round++) {
        joblib_model *model = NULL, *prepared = NULL;
        worker->failures += joblib_model_new(worker->shared->document, NULL, NULL, &model,
                                             NULL) != JOBLIB_OK;
        worker->failures += joblib_model_prepare(model, &prepared, NULL) != JOBLIB_OK;
        joblib_model_release(model);
        joblib_model_release(prepared);
    }
    return NULL;
}

/* Runs `work` in all threads at once; gives what failed in them. */
static size_t run_workers(struct shared *shared, void *(*work)(void *argument))
{
    struct worker workers[THREADS];
    size_t failures = 0;
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.shared = shared};
        if (pthread_create(&workers[i].id, NULL, work, &workers[i]) != 0) exit(2);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(workers[i].id, NULL);
        failures += workers[i].failures;
    }
    return failures;
}

static const char *part_of(const char *name, const char *part)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", name, part);
    return vector_path(path, ".joblib");
}

static void share_vector(const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *rows = NULL;
    joblib_model *model = NULL;
    joblib_input input;
    CHECK_OK(joblib_load_file(part_of(name, "input"), NULL, &rows, &error), &error);
    CHECK_OK(joblib_input_from_value(joblib_document_root(rows), &input, &error), &error);
    CHECK_OK(joblib_model_load_file(part_of(name, "model"), NULL, NULL, &model, &error),
             &error);
    size_t columns = joblib_model_output_columns(model, JOBLIB_METHOD_PREDICT_PROBA, 0);
    size_t count = (size_t)input.rows * columns;
    double *expected = calloc(count, sizeof *expected);
    CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_PREDICT_PROBA, &input, NULL, expected,
                               count, &error),
             &error);
    struct shared shared = {joblib_model_document(model),
                            model,
                            &input,
                            expected,
                            count,
                            walk_value(joblib_model_value(model), 0)};
    CHECK_EQ_SIZE(run_workers(&shared, read_and_predict), 0);
    CHECK_EQ_SIZE(run_workers(&shared, build_and_release), 0);
    free(expected);
    joblib_model_release(model);
    joblib_document_release(rows);
}

static void shares_forests_among_threads(void)
{
    CHECK(vector_each("inference/trees/forest-binary-sklearn1", share_vector) > 0);
}

static void shares_pipelines_among_threads(void)
{
    CHECK(vector_each("inference/pipeline/scaler-logistic-sklearn1", share_vector) > 0);
}

/* The last of many owners frees: none of them knows which it is. */
static void *release_shared(void *argument)
{
    struct worker *worker = argument;
    worker->failures +=
        joblib_value_kind(joblib_document_root(worker->shared->document)) !=
        JOBLIB_KIND_LIST;
    joblib_document_release(worker->shared->document);
    return NULL;
}

static void frees_a_document_in_whichever_thread_is_last(void)
{
    static const unsigned char empty_list[] = {0x80, 0x02, ']', '.'};
    for (int round = 0; round < ROUNDS; round++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        struct shared shared = {0};
        CHECK_OK(joblib_load_memory(empty_list, sizeof empty_list, NULL, &shared.document,
                                    &error),
                 &error);
        for (size_t i = 1; i < THREADS; i++) joblib_document_retain(shared.document);
        CHECK_EQ_SIZE(run_workers(&shared, release_shared), 0);
    }
}

int main(void)
{
    RUN(shares_forests_among_threads);
    RUN(shares_pipelines_among_threads);
    RUN(frees_a_document_in_whichever_thread_is_last);
    return test_finish();
}
