/* Linear models whose weights, intercepts and classes contradict each other. */
#include <fenv.h>
#include <math.h>

#include "support/models.h"
#include "support/test.h"

#define REGRESSION(rest) "sklearn.linear_model._base.LinearRegression(" rest ")"
#define LOGISTIC(rest) \
    "sklearn.linear_model._logistic.LogisticRegression(_sklearn_version='1.2.2', " \
    "multi_class='auto', solver='lbfgs', " rest ")"
#define RIDGE(rest) "sklearn.linear_model._ridge.RidgeClassifier(" rest ")"
#define BINARIZER(rest) \
    "_label_binarizer=sklearn.preprocessing._label.LabelBinarizer(" rest ")"

static void refuses_weights_of_another_form(void)
{
    static const struct refused_model rows[] = {
        {"no coef_", REGRESSION("intercept_=0.0"), JOBLIB_ERROR_MODEL, "coef_"},
        {"None", REGRESSION("coef_=None, intercept_=0.0"), JOBLIB_ERROR_MODEL, "coef_"},
        {"a text", REGRESSION("coef_='1', intercept_=0.0"), JOBLIB_ERROR_MODEL, "coef_"},
        {"a list", REGRESSION("coef_=[1.0], intercept_=0.0"), JOBLIB_ERROR_MODEL,
         "coef_"},
        {"a number", REGRESSION("coef_=1.0, intercept_=0.0"), JOBLIB_ERROR_MODEL,
         "coef_"},
        {"no numbers", REGRESSION("coef_=f8[0]{}, intercept_=0.0"), JOBLIB_ERROR_MODEL,
         "coef_"},
        {"no columns", REGRESSION("coef_=f8[2,0]{}, intercept_=0.0"), JOBLIB_ERROR_MODEL,
         "coef_"},
        {"no rows", REGRESSION("coef_=f8[0,2]{}, intercept_=0.0"), JOBLIB_ERROR_MODEL,
         "coef_"},
        {"three dimensions", REGRESSION("coef_=f8[1,2,1]{0}, intercept_=0.0"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"elements of text", REGRESSION("coef_=U1[2]{a}, intercept_=0.0"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"objects", REGRESSION("coef_=O[2]{1.0, 2.0}, intercept_=0.0"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"another width", REGRESSION("coef_=f8[2]{1}, intercept_=0.0, n_features_in_=3"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"a width of float", REGRESSION("coef_=f8[2]{1}, n_features_in_=2.0"),
         JOBLIB_ERROR_MODEL, "n_features_in_"},
        {"a width beyond 64 bits",
         REGRESSION("coef_=f8[2]{1}, intercept_=0.0, n_features_in_=-1"),
         JOBLIB_ERROR_MODEL, "n_features_in_"},
    };
    CHECK_REFUSED(rows);
}

#define CSR(rest) "coef_=scipy.sparse._csr.csr_matrix(" rest "), intercept_=f8[2]{0}"
#define CSR_MODEL(rest) REGRESSION(CSR(rest))

static void refuses_sparse_weights_that_point_outside(void)
{
    static const struct refused_model rows[] = {
        {"offsets that fall",
         CSR_MODEL("_shape=(2, 3), data=f8[2]{1}, indices=i4[2]{0,1}, "
                   "indptr=i4[3]{0,2,1}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"offsets from 1 on",
         CSR_MODEL("_shape=(2, 3), data=f8[2]{1}, indices=i4[2]{0,1}, "
                   "indptr=i4[3]{1,1,2}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"offsets beyond the data",
         CSR_MODEL("_shape=(2, 3), data=f8[2]{1}, indices=i4[2]{0,1}, "
                   "indptr=i4[3]{0,1,9}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"a negative end",
         CSR_MODEL("_shape=(2, 3), data=f8[2]{1}, indices=i4[2]{0,1}, "
                   "indptr=i4[3]{0,1,-1}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"too few offsets",
         CSR_MODEL("_shape=(2, 3), data=f8[2]{1}, indices=i4[2]{0,1}, "
                   "indptr=i4[2]{0,2}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"a column outside",
         CSR_MODEL("_shape=(2, 3), data=f8[2]{1}, indices=i4[2]{0,3}, "
                   "indptr=i4[3]{0,1,2}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"a negative column",
         CSR_MODEL("_shape=(2, 3), data=f8[2]{1}, indices=i4[2]{0,-1}, "
                   "indptr=i4[3]{0,1,2}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"a shape of one number",
         CSR_MODEL("_shape=(2,), data=f8[2]{1}, indices=i4[2]{0}, indptr=i4[3]{0,1,2}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"no data", CSR_MODEL("_shape=(2, 3), indices=i4[2]{0}, indptr=i4[3]{0,1,2}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"another class", REGRESSION("coef_=some.module.Matrix(a=1), intercept_=0.0"),
         JOBLIB_ERROR_MODEL, "coef_"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_intercepts_of_another_count(void)
{
    static const struct refused_model rows[] = {
        {"no intercept_", REGRESSION("coef_=f8[2]{1}"), JOBLIB_ERROR_MODEL, "intercept_"},
        {"two for one output", REGRESSION("coef_=f8[2]{1}, intercept_=f8[2]{0}"),
         JOBLIB_ERROR_MODEL, "intercept_"},
        {"two for three outputs", REGRESSION("coef_=f8[3,2]{1}, intercept_=f8[2]{0}"),
         JOBLIB_ERROR_MODEL, "intercept_"},
        {"none", REGRESSION("coef_=f8[2]{1}, intercept_=f8[0]{}"), JOBLIB_ERROR_MODEL,
         "intercept_"},
        {"a text", REGRESSION("coef_=f8[2]{1}, intercept_='0'"), JOBLIB_ERROR_MODEL,
         "intercept_"},
        {"text elements", REGRESSION("coef_=f8[2]{1}, intercept_=U1[1]{a}"),
         JOBLIB_ERROR_MODEL, "intercept_"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_classes_without_scores(void)
{
    static const struct refused_model rows[] = {
        {"three classes, one row",
         LOGISTIC("coef_=f8[1,2]{1}, intercept_=f8[1]{0}, classes_=i8[3]{0,1,2}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"two classes, three rows",
         LOGISTIC("coef_=f8[3,2]{1}, intercept_=f8[3]{0}, classes_=i8[2]{0,1}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"one class, one row",
         LOGISTIC("coef_=f8[1,2]{1}, intercept_=f8[1]{0}, classes_=i8[1]{0}"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"no classes", LOGISTIC("coef_=f8[1,2]{1}, intercept_=f8[1]{0}"),
         JOBLIB_ERROR_MODEL, "classes_"},
        {"classes of two targets",
         LOGISTIC("coef_=f8[1,2]{1}, intercept_=f8[1]{0}, classes_=[i8[2]{0,1}, "
                  "i8[2]{0,1}]"),
         JOBLIB_ERROR_MODEL, "coef_"},
        {"no binarizer", RIDGE("coef_=f8[1,2]{1}, intercept_=f8[1]{0}"),
         JOBLIB_ERROR_MODEL, "_label_binarizer"},
        {"a binarizer without kind",
         RIDGE(
             "coef_=f8[1,2]{1}, intercept_=f8[1]{0}, " BINARIZER("classes_=i8[2]{0,1}")),
         JOBLIB_ERROR_MODEL, "_label_binarizer.y_type_"},
        {"a binarizer without classes",
         RIDGE("coef_=f8[1,2]{1}, intercept_=f8[1]{0}, " BINARIZER("y_type_='binary'")),
         JOBLIB_ERROR_MODEL, "_label_binarizer.classes_"},
        {"a binarizer that is None",
         RIDGE("coef_=f8[1,2]{1}, intercept_=f8[1]{0}, _label_binarizer=None"),
         JOBLIB_ERROR_MODEL, "_label_binarizer.classes_"},
    };
    CHECK_REFUSED(rows);
}

static void refuses_settings_it_does_not_know(void)
{
    static const struct refused_model rows[] = {
        {"multi_class of a later version",
         LOGISTIC("multi_class='one_vs_one', coef_=f8[1,2]{1}, intercept_=f8[1]{0}, "
                  "classes_=i8[2]{0,1}"),
         JOBLIB_ERROR_ESTIMATOR, "multi_class"},
        {"labels that are dates",
         LOGISTIC("coef_=f8[1,2]{1}, intercept_=f8[1]{0}, classes_=5"),
         JOBLIB_ERROR_MODEL, "classes_"},
    };
    CHECK_REFUSED(rows);
}

/* NaN is a weight like any other: the score is NaN, and NaN > 0 is false. */
static void predicts_with_weights_that_are_no_numbers(void)
{
    static const double row[] = {1, 2};
    double out[2] = {5, 5};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    joblib_input input;
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
    CHECK_OK(model_from(LOGISTIC("coef_=f8[1,2]{nan, inf}, intercept_=f8[1]{0}, "
                                 "classes_=i8[2]{3,4}"),
                        NULL, &model, &error),
             &error);
    CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_PREDICT, &input, NULL, out, 1,
                               &error),
             &error);
    CHECK_EQ_DOUBLE(out[0], 3.0);
    CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_PREDICT_PROBA, &input, NULL, out, 2,
                               &error),
             &error);
    CHECK(isnan(out[0]) && isnan(out[1]));
    joblib_model_release(model);
}

/* Scores whose exponentials overflow: probabilities are 0 and 1, by softmax and by the logistic
   function, and how the process rounds and traps stays as it was. */
static void predicts_with_scores_beyond_exponentials(void)
{
    static const char *const notations[] = {
        LOGISTIC("coef_=f8[1,2]{1e300, 0}, intercept_=f8[1]{0}, classes_=i8[2]{3,4}"),
        LOGISTIC("coef_=f8[3,2]{-1e300,0, 0,0, 1e300,0}, intercept_=f8[3]{0}, "
                 "classes_=i8[3]{3,4,5}"),
    };
    static const double row[] = {1e5, 2};
    joblib_input input;
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 2);
    for (size_t i = 0; i < 2; i++) {
        double out[3] = {5, 5, 5};
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_model *model = NULL;
        CHECK_OK(model_from(notations[i], NULL, &model, &error), &error);
        CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_PREDICT_PROBA, &input, NULL, out,
                                   2 + i, &error),
                 &error);
        for (size_t k = 0; k < 2 + i; k++)
            CHECK_EQ_DOUBLE(out[k], k == 1 + i ? 1.0 : 0.0);
        CHECK_EQ_INT(fegetround(), FE_TONEAREST);
        joblib_model_release(model);
    }
}

/* A version is text of any kind; what depends on it is decided by numbers, and all is checked. */
static void builds_models_of_any_version(void)
{
    static const char *const versions[] = {
        "'0.1'",  "'99.0'", "'1.2.2'", "'1.10.dev0'", "''",
        "'text'", "None",   "5",       "'-1.-1'",     "'99999999999999999999.1'"};
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        for (int wrong = 0; wrong < 2; wrong++) {
            char notation[256];
            joblib_error error = JOBLIB_ERROR_INIT;
            joblib_model *model = NULL;
            snprintf(notation, sizeof notation,
                     REGRESSION("coef_=f8[2]{1}, intercept_=%s, _sklearn_version=%s"),
                     wrong ? "f8[2]{1}" : "0.0", versions[i]);
            joblib_status status = model_from(notation, NULL, &model, &error);
            CHECK_EQ_INT(status, wrong ? JOBLIB_ERROR_MODEL : JOBLIB_OK);
            CHECK(wrong || joblib_model_version(model) != NULL);
            joblib_model_release(model);
        }
    }
}

static void builds_classes_by_module_and_name(void)
{
    static const struct refused_model rows[] = {
        {"another module", "sklearn.linear_model.other.LinearRegression(coef_=f8[2]{1})",
         JOBLIB_ERROR_ESTIMATOR, ""},
        {"a module above", "sklearn.LinearRegression(coef_=f8[2]{1})",
         JOBLIB_ERROR_ESTIMATOR, ""},
        {"another project", "mylearn.linear_model._base.LinearRegression(coef_=f8[2]{1})",
         JOBLIB_ERROR_ESTIMATOR, ""},
        {"a longer name", "sklearn.linear_model._base.LinearRegression2(coef_=f8[2]{1})",
         JOBLIB_ERROR_ESTIMATOR, ""},
        {"a part of a name", "sklearn.linear_model._base.Linear(coef_=f8[2]{1})",
         JOBLIB_ERROR_ESTIMATOR, ""},
        {"small letters", "sklearn.linear_model._base.linearregression(coef_=f8[2]{1})",
         JOBLIB_ERROR_ESTIMATOR, ""},
    };
    CHECK_REFUSED(rows);
}

int main(void)
{
    RUN(refuses_weights_of_another_form);
    RUN(refuses_sparse_weights_that_point_outside);
    RUN(refuses_intercepts_of_another_count);
    RUN(refuses_classes_without_scores);
    RUN(refuses_settings_it_does_not_know);
    RUN(predicts_with_weights_that_are_no_numbers);
    RUN(predicts_with_scores_beyond_exponentials);
    RUN(builds_models_of_any_version);
    RUN(builds_classes_by_module_and_name);
    return test_finish();
}
