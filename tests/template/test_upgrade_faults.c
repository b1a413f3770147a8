/* Each allocation of an upgrade fails once: it fails with MEMORY, and gives all memory back. */
#include "joblib.h"
#include "support/fault.h"
#include "support/models.h"
#include "support/test.h"
#include "support/vectors.h"

static const struct {
    const char *vector;
    const char *version;
} fault_rows[] = {
    {"inference/trees/forest-sklearn0.20", "1.9"},
    {"inference/trees/forest-outputs-sklearn1.6", "0.20"},
    {"inference/pipeline/passthrough-middle-sklearn0.24", "1.9"},
    {"inference/linear/logistic-multinomial-sklearn1.9", "0.20"},
};

#define OLD_ESTIMATORS \
    "[sklearn.compose._column_transformer.ColumnTransformer(transformers=[('a', " \
    "'passthrough', [1])], transformers_=[('a', 'passthrough', [1]), ('remainder', " \
    "'drop', ['x'])], _columns=[[1]], _remainder=('remainder', 'drop', ['x']), " \
    "remainder='drop', _feature_names_in=O[2]{'x','y'}, _n_features=2, " \
    "sparse_output_=False, _sklearn_version='0.24.2'), " \
    "sklearn.preprocessing._encoders.OneHotEncoder(categories_=[O[2]{'a','b'}], " \
    "drop='first', drop_idx_=i8[1]{0}, sparse=True, _sklearn_version='0.22'), " \
    "sklearn.preprocessing.data.PolynomialFeatures(degree=2, include_bias=False, " \
    "n_output_features_=5, n_input_features_=2, _sklearn_version='0.20.4'), " \
    "sklearn.svm.classes.SVR(support_=i4[2]{0,1}, n_support_=i4[2]{7}, " \
    "probA_=f8[0]{}, probB_=f8[0]{}, probability=False, _sklearn_version='0.20.4'), " \
    "sklearn.neighbors._classification.KNeighborsClassifier(_fit_X=f8[2,1]{1,2}, " \
    "_tree=sklearn.neighbors._dist_metrics.newObj(" \
    "sklearn.neighbors._dist_metrics.EuclideanDistance), n_samples_fit_=2, " \
    "_sklearn_version='0.24'), " \
    "sklearn.feature_extraction.text.TfidfVectorizer(_tfidf=" \
    "sklearn.feature_extraction.text.TfidfTransformer(norm='l2', use_idf=True, " \
    "smooth_idf=True, sublinear_tf=False, _idf_diag=scipy.sparse.csr.csr_matrix(" \
    "_shape=(2, 2), data=f8[2]{1,2}), _sklearn_version='1.0'), _sklearn_version='1.0')]"

#define NEW_ESTIMATORS \
    "[sklearn.compose._column_transformer.ColumnTransformer(transformers=[('a', " \
    "'passthrough', [1])], transformers_=[('a', " \
    "sklearn.preprocessing._function_transformer.FunctionTransformer(func=None, " \
    "_sklearn_version='1.9'), [1])], _columns=[[1]], remainder='drop', " \
    "_remainder=('remainder', 'drop', [0]), n_features_in_=2, sparse_output_=False, " \
    "_sklearn_version='1.9'), " \
    "sklearn.preprocessing._encoders.OneHotEncoder(categories_=[O[2]{'a','b'}], " \
    "drop='first', drop_idx_=O[1]{0}, sparse_output=True, _sklearn_version='1.9'), " \
    "sklearn.feature_extraction.text.TfidfTransformer(idf_=f8[2]{1,2}, " \
    "_sklearn_version='1.9'), " \
    "sklearn.linear_model._logistic.LogisticRegression(classes_=i8[2]{0,1}, " \
    "coef_=f8[1,2]{1,2}, penalty='deprecated', l1_ratio=0.0, C=inf, " \
    "_sklearn_version='1.9')]"

static joblib_document *load_fault_model(const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    CHECK_OK(joblib_load_file(vector_path(name, "/model.joblib"), NULL, &document,
                              &error),
             &error);
    return document;
}

/* Whether the upgrade with a failing allocation went as it should; `*done` where none failed. */
static bool fails_well(const joblib_document *document, const char *version,
                       size_t fail_at, bool *done)
{
    struct fault fault = {.fail_at = fail_at};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder_options options = JOBLIB_BUILDER_OPTIONS_INIT;
    joblib_document *out = NULL;
    options.allocator = &allocator;
    joblib_status status = joblib_upgrade(document, version, &options, &out, &error);
    *done = status == JOBLIB_OK;
    bool well = *done ? fault.allocations < fail_at
                      : status == JOBLIB_ERROR_MEMORY && out == NULL;
    joblib_document_release(out);
    return well && fault.live_bytes == 0;
}

/* Fails every allocation once; what is left when none fails is released. */
static void sweep_faults(const char *name, joblib_document *document, const char *version)
{
    bool done = false;
    size_t fail_at = 1;
    for (; !done; fail_at++)
        if (!fails_well(document, version, fail_at, &done)) {
            test_fail(__FILE__, __LINE__, "%s: allocation %zu", name, fail_at);
            break;
        }
    printf("    %zu allocations of %s\n", fail_at - 2, name);
    joblib_document_release(document);
}

static void survives_every_failed_allocation(void)
{
    for (size_t i = 0; i < sizeof fault_rows / sizeof fault_rows[0]; i++)
        sweep_faults(fault_rows[i].vector, load_fault_model(fault_rows[i].vector),
                     fault_rows[i].version);
}

/* What has rules of its own, old and new. */
static void survives_them_in_every_rule(void)
{
    sweep_faults("old estimators", document_from(OLD_ESTIMATORS), "1.9");
    sweep_faults("new estimators", document_from(NEW_ESTIMATORS), "0.22");
}

int main(void)
{
    RUN(survives_every_failed_allocation);
    RUN(survives_them_in_every_rule);
    return test_finish();
}
