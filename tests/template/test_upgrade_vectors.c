/* Models of every inference vector, rewritten for the oldest and the newest release: they predict
   what real scikit-learn did with the model as it was. */
#include <math.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/expected.h"
#include "support/json.h"
#include "support/test.h"
#include "support/vectors.h"

/* How much numbers may differ, of 1 or of themselves. */
#define TOLERANCE 1e-6

static const char *target;
static size_t alike, refused;

/* Where releases compute differently: the prefix of a vector and the release it is rewritten for. */
static bool is_of_release(const char *name)
{
    static const struct {
        const char *prefix;
        const char *target;
    } rows[] = {
        /* 1.9 refuses NaN where the split is not drawn at random */
        {"inference/trees/extra-tree-best-missing", "1.9"},
        {"inference/trees/extra-tree-regressor-best-missing", "1.9"},
        /* the older release has no clip */
        {"inference/preprocessing/min-max-clip", "0.20"},
        /* before 1.8 mean and scale are not rounded to the type of the input */
        {"inference/preprocessing/standard-input-float16", "0.20"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strncmp(name, rows[i].prefix, strlen(rows[i].prefix)) == 0 &&
            (!rows[i].target || strcmp(rows[i].target, target) == 0))
            return true;
    return false;
}

static bool are_numbers(const struct expected *expected)
{
    return strchr("fiub", expected->dtype[1]) != NULL;
}

static bool is_near(double found, double wanted)
{
    if (found == wanted || (isnan(found) && isnan(wanted))) return true;
    return fabs(found - wanted) <= TOLERANCE * (1 + fabs(wanted));
}

/* `bound` is what the vector allows, without numbers where it tells none. */
static bool are_alike(const struct expected *found, const struct expected *wanted,
                      const struct expected *bound)
{
    bool is_bound = expected_count(bound) == expected_count(wanted);
    if (!are_numbers(found) || !are_numbers(wanted)) return expected_same(found, wanted);
    if (expected_count(found) != expected_count(wanted)) return false;
    for (size_t i = 0; i < expected_count(wanted); i++) {
        double left = expected_number(found, i), right = expected_number(wanted, i);
        bool is_within = is_bound && fabs(left - right) <= expected_number(bound, i);
        if (!is_within && !is_near(left, right)) return false;
    }
    return true;
}

static void compare_upgraded(const char *name, const joblib_result *result,
                             const struct json *method)
{
    const struct json *output = json_find(method, "outputs")->first;
    const struct json *bounds = json_find(method, "bound");
    const struct json *bound = bounds ? bounds->first : NULL;
    for (size_t i = 0; i < joblib_result_count(result) && output; i++) {
        struct expected found = expected_from_result(result, i);
        struct expected wanted = expected_read(output);
        struct expected allowed = {.dtype = ""};
        if (bound) allowed = expected_read(bound);
        if (!are_alike(&found, &wanted, &allowed))
            test_fail(__FILE__, __LINE__, "%s for %s: %s differs", name, target,
                      method->key);
        expected_free(&found);
        expected_free(&wanted);
        expected_free(&allowed);
        output = output->next;
        bound = bound ? bound->next : NULL;
    }
}

static void run_upgraded(const char *name, joblib_document *document,
                         const joblib_input *input, const struct json *methods)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    if (joblib_model_new(document, NULL, NULL, &model, &error) != JOBLIB_OK) {
        test_fail(__FILE__, __LINE__, "%s for %s: %s: %s", name, target, error.path,
                  error.message);
        return;
    }
    for (const struct json *method = methods->first; method; method = method->next) {
        joblib_result *result = NULL;
        int number = joblib_method_find(method->key);
        if (!(joblib_model_methods(model) >> number & 1)) continue;
        if (joblib_model_run(model, number, input, NULL, NULL, &result, &error) !=
            JOBLIB_OK)
            test_fail(__FILE__, __LINE__, "%s for %s: %s", name, target, error.message);
        else
            compare_upgraded(name, result, method);
        joblib_result_free(result);
    }
    joblib_model_release(model);
    alike++;
}

static joblib_document *load_vector_part(const char *name, const char *part)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    CHECK_OK(joblib_load_file(vector_path(name, part), NULL, &document, &error), &error);
    return document;
}

static void check_upgraded(const char *name, joblib_document *document)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_input input;
    struct vector_bytes text = vector_read(name, "/expected.json");
    struct json *json = json_parse(text.data);
    joblib_document *rows = load_vector_part(name, "/input.joblib");
    CHECK_OK(joblib_input_from_value(joblib_document_root(rows), &input, &error), &error);
    run_upgraded(name, document, &input, json_find(json_find(json, "expect"), "methods"));
    joblib_document_release(rows);
    json_free(json);
    free(text.data);
}

static void upgrade_vector(const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = load_vector_part(name, "/model.joblib"), *out = NULL;
    joblib_status status = joblib_upgrade(document, target, NULL, &out, &error);
    joblib_document_release(document);
    if (status == JOBLIB_OK && !is_of_release(name))
        check_upgraded(name, out);
    else if (status == JOBLIB_ERROR_ESTIMATOR)
        refused++;
    else if (status != JOBLIB_OK)
        test_fail(__FILE__, __LINE__, "%s for %s: %s", name, target, error.message);
    joblib_document_release(out);
}

static void predicts_as_before(const char *version)
{
    target = version;
    alike = refused = 0;
    (void)vector_each("inference/", upgrade_vector);
    printf("    for %s: %zu models alike, %zu refused\n", target, alike, refused);
    CHECK(alike > 1200);
}

static void predicts_as_before_in_the_oldest(void)
{
    predicts_as_before("0.20");
}

static void predicts_as_before_in_the_newest(void)
{
    predicts_as_before("1.9");
}

int main(void)
{
    RUN(predicts_as_before_in_the_oldest);
    RUN(predicts_as_before_in_the_newest);
    return test_finish();
}
