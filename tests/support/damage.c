#include "support/damage.h"

#include <stdio.h>
#include <stdlib.h>

#include "joblib/predict.h"
#include "support/decoded.h"

/* Rows of the vector's input that are predicted. */
#define MOST_ROWS 3

static void count_failure(struct damage *damage, const char *what,
                          const joblib_error *error)
{
    damage->failures++;
    printf("    %s: status %d (%s)\n", what, (int)error->status, error->message);
}

/* A status, what was made, and the error must agree. */
static void check_outcome(struct damage *damage, const char *what, joblib_status status,
                          const void *made, joblib_error *error)
{
    bool agree = status == JOBLIB_OK ? made != NULL
                                     : !made && error->status == (int32_t)status &&
                                           error->message[0] != '\0';
    if (!agree) count_failure(damage, what, error);
    joblib_error_init(error);
}

static void run_method(const joblib_model *model, int method, const joblib_input *input,
                       struct damage *damage)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_result *result = NULL, *bound = NULL;
    joblib_status status =
        joblib_model_run(model, method, input, NULL, NULL, &result, &error);
    damage->predicted += status == JOBLIB_OK;
    check_outcome(damage, "run", status, result, &error);
    status = joblib_model_bound(model, method, input, NULL, &bound, &error);
    check_outcome(damage, "bound", status, bound, &error);
    joblib_result_free(bound);
    joblib_result_free(result);
}

static void run_model(const joblib_model *model, const joblib_input *input,
                      struct damage *damage)
{
    for (int method = 0; method < joblib_method_count(); method++) {
        if (joblib_model_output_count(model, method) > 0)
            run_method(model, method, input, damage);
    }
}

/* Zeros as wide as the model wants them. */
static joblib_input make_input(const joblib_model *model)
{
    static const double zeros[1024];
    joblib_input input;
    size_t columns = joblib_model_feature_count(model);
    if (columns == 0 || columns > sizeof zeros / sizeof *zeros) columns = 1;
    joblib_input_dense(&input, zeros, JOBLIB_NUMBER_FLOAT64, 1, columns);
    return input;
}

static void build_and_run(joblib_document *document, const joblib_input *input,
                          struct damage *damage)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL, *prepared = NULL;
    joblib_status status = joblib_model_new(document, NULL, NULL, &model, &error);
    check_outcome(damage, "build", status, model, &error);
    if (!model) return;
    joblib_input own = make_input(model);
    damage->built++;
    run_model(model, input ? input : &own, damage);
    status = joblib_model_prepare(model, &prepared, &error);
    check_outcome(damage, "prepare", status, prepared, &error);
    if (prepared && prepared != model) run_model(prepared, input ? input : &own, damage);
    joblib_model_release(prepared);
    joblib_model_release(model);
}

void damage_try(const char *data, size_t size, const void *input, struct damage *damage)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.max_memory = (uint64_t)64 << 20;
    options.max_decoded = (uint64_t)64 << 20;
    joblib_status status = joblib_load_memory(data, size, &options, &document, &error);
    check_outcome(damage, "load", status, document, &error);
    if (!document) return;
    damage->loaded++;
    build_and_run(document, input, damage);
    joblib_document_release(document);
}

static struct vector_bytes read_decoded(const char *name, const char *part)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", name, part);
    struct vector_bytes file = vector_read(path, ".joblib");
    struct vector_bytes decoded = decoded_from(&file);
    free(file.data);
    return decoded;
}

static void change_bytes(struct vector_bytes *model, const joblib_input *input,
                         struct damage *damage)
{
    static const unsigned char masks[] = {0x01, 0x80, 0xff};
    size_t step = model->size / damage->samples + 1;
    for (size_t i = model->size % step / 2; i < model->size; i += step) {
        for (size_t k = 0; k < sizeof masks; k++) {
            model->data[i] = (char)(model->data[i] ^ masks[k]);
            damage_try(model->data, model->size, input, damage);
            model->data[i] = (char)(model->data[i] ^ masks[k]);
        }
    }
}

void damage_vector(const char *name, struct damage *damage)
{
    joblib_input input;
    joblib_document *rows = NULL;
    struct vector_bytes model = read_decoded(name, "model");
    struct vector_bytes bytes = read_decoded(name, "input");
    bool readable =
        model.data && bytes.data &&
        joblib_load_memory(bytes.data, bytes.size, NULL, &rows, NULL) == JOBLIB_OK &&
        joblib_input_from_value(joblib_document_root(rows), &input, NULL) == JOBLIB_OK;
    if (readable) {
        if (input.rows > MOST_ROWS) input.rows = MOST_ROWS;
        change_bytes(&model, &input, damage);
    } else {
        printf("    %s cannot be read\n", name);
        damage->failures++;
    }
    joblib_document_release(rows);
    free(bytes.data);
    free(model.data);
}
