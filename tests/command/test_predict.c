/* The verb predict: files like those that Python makes from scikit-learn's results. */
#include "command/run.h"

/* Runs predict with an output file and compares that with a file of make_data.py. */
static void check_output(const char *model, const char *input, const char *method,
                         const char *expected_name)
{
    char output[64];
    const char *dot = strrchr(expected_name, '.');
    snprintf(output, sizeof output, "command-predict-test%s", dot);
    struct run run = RUN_COMMAND("predict", data_path(model), data_path(input),
                                 "--method", method, "--output", output);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, "", "");
    struct vector_bytes found = read_whole(output), expected = data_read(expected_name);
    CHECK(found.data != NULL && expected.data != NULL);
    CHECK_EQ_SIZE(found.size, expected.size);
    if (found.size == expected.size) {
        CHECK_EQ_BYTES(found.data, expected.data, expected.size);
    }
    if (test_counts.case_failed) printf("    in %s\n", expected_name);
    free(found.data);
    free(expected.data);
    remove(output);
}

static void writes_what_python_writes(void)
{
    static const char *const inputs[] = {"rows.joblib", "rows.npy", "rows.csv",
                                         "rows-shuffled.csv"};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        check_output("tree.joblib", inputs[i], "predict", "tree-predict.joblib");
        check_output("tree.joblib", inputs[i], "predict", "tree-predict.npy");
        check_output("tree.joblib", inputs[i], "predict", "tree-predict.csv");
        check_output("tree.joblib", inputs[i], "predict_proba",
                     "tree-predict_proba.joblib");
        check_output("tree.joblib", inputs[i], "predict_proba", "tree-predict_proba.npy");
        check_output("tree.joblib", inputs[i], "predict_proba", "tree-predict_proba.csv");
    }
    check_output("regressor.joblib", "rows.npy", "predict", "regressor-predict.csv");
}

static void writes_several_targets(void)
{
    check_output("two.joblib", "rows.npy", "predict", "two-predict.joblib");
    check_output("two.joblib", "rows.npy", "predict", "two-predict.csv");
    check_output("two.joblib", "rows.npy", "predict_proba", "two-predict_proba.joblib");
    check_output("two.joblib", "rows.npy", "predict_proba", "two-predict_proba.csv");
}

static void writes_sparse_results_in_full(void)
{
    check_output("scaler.joblib", "sparse.joblib", "transform", "scaler-sparse.csv");
}

static void prints_csv_without_an_output(void)
{
    struct vector_bytes expected = data_read("tree-predict.csv");
    REQUIRE(expected.data != NULL);
    CHECK_RUN(RUN_COMMAND("predict", data_path("tree.joblib"), data_path("rows.csv")),
              JOBLIB_COMMAND_DONE, expected.data, "");
    CHECK_RUN(RUN_COMMAND("predict", "--threads=3", data_path("tree.joblib"),
                          data_path("rows.csv")),
              JOBLIB_COMMAND_DONE, expected.data, "");
    free(expected.data);
    expected = data_read("scaler-sparse.csv");
    REQUIRE(expected.data != NULL);
    CHECK_RUN(RUN_COMMAND("predict", data_path("scaler.joblib"),
                          data_path("sparse.joblib")),
              JOBLIB_COMMAND_DONE, expected.data, "");
    free(expected.data);
}

/* A refusal names the file that is to blame and leaves no output behind. */
static void check_refusal(const char *const *words, const char *output, const char *what)
{
    struct run run = run_command(words);
    CHECK(strstr(run.err.data, what) != NULL);
    if (strstr(run.err.data, what) == NULL) printf("    %s", run.err.data);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    if (output == NULL) return;
    FILE *file = fopen(output, "rb");
    CHECK(file == NULL);
    if (file != NULL) fclose(file);
}

#define CHECK_REFUSAL(output, what, ...) \
    check_refusal((const char *const[]){"predict", __VA_ARGS__, NULL}, (output), (what))

static void refuses_what_a_format_cannot_hold(void)
{
    CHECK_REFUSAL("refused.npy", "refused.npy: JOBLIB_ERROR_KIND: elements of type |O",
                  data_path("two.joblib"), data_path("rows.npy"), "--output",
                  "refused.npy");
    CHECK_REFUSAL("refused.npy", "refused.npy: JOBLIB_ERROR_KIND: 2 arrays, of which",
                  data_path("two.joblib"), data_path("rows.npy"), "--method",
                  "predict_proba", "--output", "refused.npy");
    CHECK_REFUSAL("refused.joblib", "refused.joblib: JOBLIB_ERROR_KIND: a sparse result",
                  data_path("scaler.joblib"), data_path("sparse.joblib"), "--output",
                  "refused.joblib");
}

static void refuses_what_does_not_fit(void)
{
    CHECK_REFUSAL(NULL, "unknown.joblib: steps[1][1]: JOBLIB_ERROR_ESTIMATOR: ",
                  data_path("unknown.joblib"), data_path("rows.npy"));
    CHECK_REFUSAL(NULL, "regressor.joblib: JOBLIB_ERROR_METHOD: ",
                  data_path("regressor.joblib"), data_path("rows.npy"), "--method",
                  "predict_proba");
}

static void tells_why_a_file_cannot_be_written(void)
{
    CHECK_REFUSAL(NULL, "joblib: no such folder/x.csv: JOBLIB_ERROR_IO: ",
                  data_path("tree.joblib"), data_path("rows.npy"), "--output",
                  "no such folder/x.csv");
}

int main(void)
{
    RUN(writes_what_python_writes);
    RUN(writes_several_targets);
    RUN(writes_sparse_results_in_full);
    RUN(prints_csv_without_an_output);
    RUN(refuses_what_a_format_cannot_hold);
    RUN(refuses_what_does_not_fit);
    RUN(tells_why_a_file_cannot_be_written);
    return test_finish();
}
