/* A program over the public headers: loads a model, predicts, compares with scikit-learn.
 *
 *     consumer FOLDER
 *
 * FOLDER holds model.joblib and cases.joblib. Files are read here, so that a library without
 * file access runs it too. Exit status: 0 equal, 1 not, 3 the model is refused as one that
 * cannot be run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <joblib.h>

static void stop(int status, const joblib_error *error)
{
    fprintf(stderr, "%s: %s\n", joblib_status_name(status), error->message);
    exit(status == JOBLIB_ERROR_ESTIMATOR ? 3 : 1);
}

static joblib_document *load(const char *folder, const char *name)
{
    static char bytes[1 << 20];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    int status = joblib_load_memory(bytes, size, NULL, &document, &error);
    if (status != JOBLIB_OK) stop(status, &error);
    return document;
}

static size_t count_equal_labels(const joblib_model *model, const joblib_value *cases)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    joblib_array labels;
    joblib_array expected;
    joblib_result *result = NULL;
    int status = joblib_input_from_value(joblib_value_find(cases, "X"), &input, &error);
    if (status == JOBLIB_OK)
        status =
            joblib_value_array(joblib_value_find(cases, "predict"), &expected, &error);
    if (status == JOBLIB_OK)
        status = joblib_model_run(model, JOBLIB_METHOD_PREDICT, &input, NULL, NULL,
                                  &result, &error);
    if (status == JOBLIB_OK) status = joblib_result_array(result, 0, &labels, &error);
    if (status != JOBLIB_OK) stop(status, &error);
    size_t equal = 0;
    for (size_t i = 0; i < expected.count && i < labels.count; i++) {
        equal += memcmp(joblib_array_item(&labels, i), joblib_array_item(&expected, i),
                        joblib_dtype_itemsize(expected.dtype)) == 0;
    }
    joblib_result_free(result);
    return equal;
}

int main(int count, char **arguments)
{
    if (count != 2) return 2;
    if (joblib_abi_version() != JOBLIB_ABI_VERSION) return 1;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = load(arguments[1], "model.joblib");
    joblib_document *cases = load(arguments[1], "cases.joblib");
    joblib_model *model = NULL;
    int status = joblib_model_new(document, NULL, NULL, &model, &error);
    if (status != JOBLIB_OK) stop(status, &error);
    size_t equal = count_equal_labels(model, joblib_document_root(cases));
    printf("joblib %s: %zu labels of 150 are equal\n", joblib_version(), equal);
    joblib_model_release(model);
    joblib_document_release(cases);
    joblib_document_release(document);
    return equal == 150 ? 0 : 1;
}
