/* Scalers and dummies whose state contradicts itself. */
#include "support/models.h"
#include "support/test.h"

#define STANDARD(rest) \
    "sklearn.preprocessing._data.StandardScaler(_sklearn_version='1.2.2', " rest ")"
#define MIN_MAX(rest) \
    "sklearn.preprocessing._data.MinMaxScaler(_sklearn_version='1.2.2', " rest ")"
#define CLASSIFIER(rest) \
    "sklearn.dummy.DummyClassifier(_sklearn_version='1.2.2', n_outputs_=1, " rest ")"
#define REGRESSOR(rest) \
    "sklearn.dummy.DummyRegressor(_sklearn_version='1.2.2', n_outputs_=1, " rest ")"

static void refuses_means_and_scales_of_other_counts(void)
{
    static const struct refused_model rows[] = {
        {"no mean_", STANDARD("scale_=f8[2]{1}"), JOBLIB_ERROR_MODEL, "mean_"},
        {"no scale_", STANDARD("mean_=f8[2]{1}"), JOBLIB_ERROR_MODEL, "scale_"},
        {"more scales", STANDARD("mean_=f8[2]{1}, scale_=f8[3]{1}"), JOBLIB_ERROR_MODEL,
         "scale_"},
        {"fewer scales", STANDARD("mean_=f8[2]{1}, scale_=f8[1]{1}"), JOBLIB_ERROR_MODEL,
         "scale_"},
        {"no means at all", STANDARD("mean_=f8[0]{}, scale_=f8[2]{1}"),
         JOBLIB_ERROR_MODEL, "mean_"},
        {"no scales at all", STANDARD("mean_=f8[2]{0}, scale_=f8[0]{}"),
         JOBLIB_ERROR_MODEL, "scale_"},
        {"neither", STANDARD("mean_=f8[0]{}, scale_=f8[0]{}"), JOBLIB_ERROR_MODEL,
         "mean_"},
        {"another width", STANDARD("mean_=f8[2]{1}, scale_=f8[2]{1}, n_features_in_=3"),
         JOBLIB_ERROR_MODEL, "mean_"},
        {"a matrix of means", STANDARD("mean_=f8[1,2]{1}, scale_=f8[2]{1}"),
         JOBLIB_ERROR_MODEL, "mean_"},
        {"a mean that is a number", STANDARD("mean_=1.0, scale_=f8[2]{1}"),
         JOBLIB_ERROR_MODEL, "mean_"},
        {"means that are text", STANDARD("mean_=U1[2]{a}, scale_=f8[2]{1}"),
         JOBLIB_ERROR_MODEL, "mean_"},
        {"a flag that is a text", STANDARD("with_mean='yes', mean_=f8[2]{1}"),
         JOBLIB_ERROR_MODEL, "with_mean"},
        {"not fitted", STANDARD("with_mean=True, with_std=True"), JOBLIB_ERROR_MODEL,
         "mean_"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_ranges_of_other_counts(void)
{
    static const struct refused_model rows[] = {
        {"no scale_", MIN_MAX("min_=f8[2]{1}"), JOBLIB_ERROR_MODEL, "scale_"},
        {"no min_", MIN_MAX("scale_=f8[2]{1}"), JOBLIB_ERROR_MODEL, "min_"},
        {"more minima", MIN_MAX("scale_=f8[2]{1}, min_=f8[3]{1}"), JOBLIB_ERROR_MODEL,
         "min_"},
        {"neither", MIN_MAX("scale_=f8[0]{}, min_=f8[0]{}"), JOBLIB_ERROR_MODEL,
         "scale_"},
        {"a width that lies", MIN_MAX("scale_=f8[2]{1}, min_=f8[2]{1}, n_features_in_=1"),
         JOBLIB_ERROR_MODEL, "scale_"},
        {"clipping without range", MIN_MAX("scale_=f8[2]{1}, min_=f8[2]{1}, clip=True"),
         JOBLIB_ERROR_MODEL, "feature_range"},
        {"a range of one number",
         MIN_MAX("scale_=f8[2]{1}, min_=f8[2]{1}, clip=True, feature_range=(0,)"),
         JOBLIB_ERROR_MODEL, "feature_range"},
        {"a range of text",
         MIN_MAX("scale_=f8[2]{1}, min_=f8[2]{1}, clip=True, feature_range=('a', 'b')"),
         JOBLIB_ERROR_MODEL, "feature_range"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_priors_that_do_not_fit_the_classes(void)
{
    static const struct refused_model rows[] = {
        {"no class_prior_", CLASSIFIER("strategy='prior', classes_=i8[2]{0,1}"),
         JOBLIB_ERROR_MODEL, "class_prior_"},
        {"a prior too few",
         CLASSIFIER("strategy='prior', classes_=i8[2]{0,1}, class_prior_=f8[1]{1}"),
         JOBLIB_ERROR_MODEL, "class_prior_"},
        {"a prior too many",
         CLASSIFIER("strategy='prior', classes_=i8[2]{0,1}, class_prior_=f8[3]{1}"),
         JOBLIB_ERROR_MODEL, "class_prior_"},
        {"priors of one target for two",
         CLASSIFIER("strategy='prior', classes_=[i8[2]{0,1}, i8[2]{0,1}], "
                    "class_prior_=[f8[2]{1}]"),
         JOBLIB_ERROR_MODEL, "class_prior_"},
        {"no classes", CLASSIFIER("strategy='prior', class_prior_=f8[1]{1}"),
         JOBLIB_ERROR_MODEL, "classes_"},
        {"a constant that is no class",
         CLASSIFIER("strategy='constant', constant=7, classes_=i8[2]{0,1}, "
                    "class_prior_=f8[2]{0.5}"),
         JOBLIB_ERROR_MODEL, "constant"},
        {"no constant",
         CLASSIFIER("strategy='constant', classes_=i8[2]{0,1}, class_prior_=f8[2]{0.5}"),
         JOBLIB_ERROR_MODEL, "constant"},
        {"a strategy of a later version",
         CLASSIFIER("strategy='newest', classes_=i8[2]{0,1}, class_prior_=f8[2]{0.5}"),
         JOBLIB_ERROR_ESTIMATOR, "strategy"},
        {"random numbers",
         CLASSIFIER("strategy='stratified', classes_=i8[2]{0,1}, "
                    "class_prior_=f8[2]{0.5}"),
         JOBLIB_ERROR_ESTIMATOR, "strategy"},
        {"a strategy that is a number",
         CLASSIFIER("strategy=1, classes_=i8[2]{0,1}, class_prior_=f8[2]{0.5}"),
         JOBLIB_ERROR_MODEL, "strategy"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_constants_of_another_form(void)
{
    static const struct refused_model rows[] = {
        {"none", REGRESSOR("strategy='mean'"), JOBLIB_ERROR_MODEL, "constant_"},
        {"two rows", REGRESSOR("constant_=f8[2,1]{1}"), JOBLIB_ERROR_MODEL, "constant_"},
        {"no numbers", REGRESSOR("constant_=f8[1,0]{}"), JOBLIB_ERROR_MODEL, "constant_"},
        {"three dimensions", REGRESSOR("constant_=f8[1,1,1]{1}"), JOBLIB_ERROR_MODEL,
         "constant_"},
        {"a text", REGRESSOR("constant_='5'"), JOBLIB_ERROR_MODEL, "constant_"},
        {"text elements", REGRESSOR("constant_=U1[1,1]{a}"), JOBLIB_ERROR_MODEL,
         "constant_"},
    };
    CHECK_REFUSED(rows);
}

/* numpy: (5 - 1) / 0 is inf, and (1 - 1) / 0 is NaN. No error is raised. */
static void divides_by_scales_of_zero(void)
{
    static const double row[] = {5, 1};
    double out[2] = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    joblib_input input;
    CHECK_OK(model_from(STANDARD("mean_=f8[2]{1}, scale_=f8[2]{0}"), NULL, &model,
                        &error),
             &error);
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
    CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_TRANSFORM, &input, NULL, out, 2,
                               &error),
             &error);
    CHECK(out[0] > 1e308);
    CHECK(out[1] != out[1]);
    joblib_model_release(model);
}

/* numpy has no type for such an int; whatever is given for it, no conversion that C leaves
   undefined may make it. */
static void survives_constants_beyond_64_bits(void)
{
    static const char *const notations[] = {REGRESSOR("constant_=2**64"),
                                            REGRESSOR("constant_=-2**64"),
                                            REGRESSOR("constant_=-2**1000")};
    static const double row[] = {5, 1};
    for (size_t i = 0; i < 3; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_model *model = NULL;
        joblib_result *result = NULL;
        joblib_input input;
        CHECK_OK(model_from(notations[i], NULL, &model, &error), &error);
        joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
        CHECK_OK(joblib_model_run(model, 0, &input, NULL, NULL, &result, &error), &error);
        joblib_result_free(result);
        joblib_model_release(model);
    }
}

int main(void)
{
    RUN(refuses_means_and_scales_of_other_counts);
    RUN(refuses_ranges_of_other_counts);
    RUN(refuses_priors_that_do_not_fit_the_classes);
    RUN(refuses_constants_of_another_form);
    RUN(divides_by_scales_of_zero);
    RUN(survives_constants_beyond_64_bits);
    return test_finish();
}
