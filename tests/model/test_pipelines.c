/* Pipelines: parts of wrong kinds, parts that contain themselves, parts without end. */
#include <stdlib.h>

#include "support/fault.h"
#include "support/models.h"
#include "support/test.h"

#define PIPELINE(steps) "sklearn.pipeline.Pipeline(steps=" steps ", memory=None)"
#define SCALER \
    "sklearn.preprocessing._data.StandardScaler(mean_=f8[2]{1}, scale_=f8[2]{2}, " \
    "_sklearn_version='1.2.2')"
#define WIDE_SCALER \
    "sklearn.preprocessing._data.StandardScaler(mean_=f8[3]{1}, scale_=f8[3]{2}, " \
    "_sklearn_version='1.2.2')"
#define REGRESSION \
    "sklearn.linear_model._base.LinearRegression(coef_=f8[2]{1}, intercept_=0.5)"

static void refuses_steps_of_another_form(void)
{
    static const struct refused_model rows[] = {
        {"no steps", "sklearn.pipeline.Pipeline(memory=None)", JOBLIB_ERROR_MODEL,
         "steps"},
        {"an empty list", PIPELINE("[]"), JOBLIB_ERROR_MODEL, "steps"},
        {"None", PIPELINE("None"), JOBLIB_ERROR_MODEL, "steps"},
        {"a dict", PIPELINE("{'a': 1}"), JOBLIB_ERROR_MODEL, "steps"},
        {"an estimator alone", PIPELINE(SCALER), JOBLIB_ERROR_MODEL, "steps"},
        {"a step without estimator", PIPELINE("[('a',)]"), JOBLIB_ERROR_MODEL, "steps"},
        {"a step that is a name", PIPELINE("['a']"), JOBLIB_ERROR_MODEL, "steps"},
        {"a step that is an estimator", PIPELINE("[" SCALER "]"), JOBLIB_ERROR_MODEL,
         "steps"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_steps_that_are_no_transformers(void)
{
    static const struct refused_model rows[] = {
        {"a number", PIPELINE("[('a', 5)]"), JOBLIB_ERROR_MODEL, "steps[0][1]"},
        {"a text", PIPELINE("[('a', 'drop')]"), JOBLIB_ERROR_MODEL, "steps[0][1]"},
        {"an array", PIPELINE("[('a', f8[2]{1})]"), JOBLIB_ERROR_MODEL, "steps[0][1]"},
        {"a class", PIPELINE("[('a', sklearn.preprocessing._data.StandardScaler)]"),
         JOBLIB_ERROR_MODEL, "steps[0][1]"},
        {"an unknown class", PIPELINE("[('a', some.module.Scaler(a=1)), ('b', None)]"),
         JOBLIB_ERROR_ESTIMATOR, "steps[0][1]"},
        {"a regressor before the last",
         PIPELINE("[('a', " REGRESSION "), ('b', " REGRESSION ")]"), JOBLIB_ERROR_MODEL,
         "steps"},
        {"a broken last step",
         PIPELINE("[('a', " SCALER
                  "), ('b', sklearn.linear_model._base.LinearRegression(a=1))]"),
         JOBLIB_ERROR_MODEL, "steps[1][1].coef_"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_pipelines_that_contain_themselves(void)
{
    static const struct refused_model rows[] = {
        {"at once", "&1 sklearn.pipeline.Pipeline(steps=[('a', *1)])", JOBLIB_ERROR_MODEL,
         "steps[0][1]"},
        {"after one more",
         "&1 sklearn.pipeline.Pipeline(steps=[('a', " PIPELINE("[('b', *1)]") ")])",
         JOBLIB_ERROR_MODEL, "steps[0][1].steps[0][1]"},
        {"as last step",
         "&1 sklearn.pipeline.Pipeline(steps=[('a', " SCALER "), ('b', *1)])",
         JOBLIB_ERROR_MODEL, "steps[1][1]"},
        {"by their list of steps",
         "sklearn.pipeline.Pipeline(steps=&1 [('a', sklearn.pipeline.Pipeline("
         "steps=*1))])",
         JOBLIB_ERROR_MODEL, "steps[0][1].steps[0][1]"},
        {"a forest that is its own tree",
         "&1 sklearn.ensemble._forest.RandomForestRegressor(estimators_=[*1])",
         JOBLIB_ERROR_MODEL, "estimators_[0]"},
    };
    CHECK_REFUSED(rows);
}

/* Each pipeline holds the one below it `copies` times; the innermost holds a scaler. */
static char *nest(size_t depth, size_t copies)
{
    char *text = malloc(4096 * (depth + 1));
    size_t used = 0;
    for (size_t i = 0; i < depth; i++)
        used += (size_t)sprintf(text + used,
                                "sklearn.pipeline.Pipeline(steps=[('a', &%zu ", i + 1);
    used += (size_t)sprintf(text + used, "%s", SCALER);
    for (size_t i = depth; i-- > 0;) {
        used += (size_t)sprintf(text + used, ")");
        for (size_t k = 1; k < copies; k++)
            used += (size_t)sprintf(text + used, ", ('b', *%zu)", i + 1);
        used += (size_t)sprintf(text + used, "])");
    }
    return text;
}

static joblib_status build_nested(size_t depth, size_t copies, joblib_error *error)
{
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_model *model = NULL;
    char *text = nest(depth, copies);
    joblib_status status = model_from(text, &allocator, &model, error);
    CHECK((status == JOBLIB_OK) == (model != NULL));
    joblib_model_release(model);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    free(text);
    return status;
}

/* The whole has depth 0, and 32 is the deepest. */
static void refuses_parts_that_nest_too_deep(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(build_nested(32, 1, &error), &error);
    joblib_status status = build_nested(33, 1, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_MODEL, JOBLIB_NO_OFFSET);
    CHECK(strstr(error.message, "nested deeper than 32") != NULL);
}

/* Thirty pipelines of two would make 2^30 scalers of one. */
static void refuses_shared_parts_without_end(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(build_nested(10, 2, &error), &error);
    joblib_status status = build_nested(30, 2, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_MODEL, JOBLIB_NO_OFFSET);
}

/* scikit-learn fits such pipelines never; they fail when run, and say where. */
static void names_the_step_that_refuses_its_input(void)
{
    static const double row[] = {1, 2};
    double out[3];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    joblib_input input;
    CHECK_OK(model_from(PIPELINE("[('a', " SCALER "), ('b', " WIDE_SCALER ")]"), NULL,
                        &model, &error),
             &error);
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
    joblib_status status =
        joblib_model_fill(model, JOBLIB_METHOD_TRANSFORM, &input, NULL, out, 3, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_INPUT, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.path, "steps[1][1]");
    joblib_model_release(model);
}

/* 1 and 2 become (1 - 1) / 2 and (2 - 1) / 2; their sum and the intercept make 1. */
static void passes_steps_that_do_nothing(void)
{
    static const char *const notations[] = {
        PIPELINE("[('a', None), ('b', " SCALER "), ('c', " REGRESSION ")]"),
        PIPELINE("[('a', 'passthrough'), ('b', " SCALER "), ('c', " REGRESSION ")]"),
    };
    static const double row[] = {1, 2};
    for (size_t i = 0; i < 2; i++) {
        double out = 0;
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_model *model = NULL;
        joblib_input input;
        CHECK_OK(model_from(notations[i], NULL, &model, &error), &error);
        joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
        CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_PREDICT, &input, NULL, &out, 1,
                                   &error),
                 &error);
        CHECK_EQ_DOUBLE(out, 1.0);
        joblib_model_release(model);
    }
}

int main(void)
{
    RUN(refuses_steps_of_another_form);
    RUN(refuses_steps_that_are_no_transformers);
    RUN(refuses_pipelines_that_contain_themselves);
    RUN(refuses_parts_that_nest_too_deep);
    RUN(refuses_shared_parts_without_end);
    RUN(names_the_step_that_refuses_its_input);
    RUN(passes_steps_that_do_nothing);
    return test_finish();
}
