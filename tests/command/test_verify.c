/* The verb verify: cases that scikit-learn made, and cases that were spoilt. */
#include "command/run.h"

static void agrees_with_scikit_learn(void)
{
    CHECK_RUN(RUN_COMMAND("verify", data_path("tree.joblib"),
                          data_path("tree-cases.joblib")),
              JOBLIB_COMMAND_DONE,
              "predict: 12 of 12 rows equal: yes\n"
              "predict_proba: 12 of 12 rows equal: yes\n",
              "");
    CHECK_RUN(RUN_COMMAND("verify", data_path("two.joblib"),
                          data_path("two-cases.joblib")),
              JOBLIB_COMMAND_DONE,
              "predict: 12 of 12 rows equal: yes\n"
              "predict_proba[0]: 12 of 12 rows equal: yes\n"
              "predict_proba[1]: 12 of 12 rows equal: yes\n",
              "");
    CHECK_RUN(RUN_COMMAND("verify", data_path("scaler.joblib"),
                          data_path("scaler-cases.joblib")),
              JOBLIB_COMMAND_DONE, "transform: 12 of 12 rows equal: yes\n", "");
}

/* Sums of a linear model may differ in their last bits, within the bound. */
static void agrees_within_the_bound(void)
{
    struct run run =
        RUN_COMMAND("verify", data_path("line.joblib"), data_path("line-cases.joblib"));
    const char *at = run.out.data;
    for (int i = 0; i < 4; i++) {
        size_t size = strcspn(at, "\n");
        CHECK(size > 5 && strncmp(at + size - 5, ": yes", 5) == 0);
        at += size + (at[size] == '\n');
    }
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

static void notices_a_label_and_a_bit(void)
{
    struct run run = RUN_COMMAND("verify", data_path("tree.joblib"),
                                 data_path("tree-cases-wrong.joblib"));
    CHECK(strstr(run.out.data, "predict: 11 of 12 rows equal; first differs row 4, "
                               "column 0: ") != NULL);
    CHECK(strstr(run.out.data,
                 "predict_proba: 11 of 12 rows equal, 1 ULP at most, "
                 "beyond the bound; first differs row 7, column 1: ") != NULL);
    CHECK(strstr(run.out.data, "yes") == NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "");
}

static void refuses_what_is_no_case(void)
{
    struct run run =
        RUN_COMMAND("verify", data_path("tree.joblib"), data_path("rows.joblib"));
    CHECK(strstr(run.err.data, "no dict with a key \"X\"") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    run = RUN_COMMAND("verify", data_path("regressor.joblib"),
                      data_path("tree-cases.joblib"));
    CHECK(strstr(run.err.data, "JOBLIB_ERROR_METHOD") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "joblib: ");
}

int main(void)
{
    RUN(agrees_with_scikit_learn);
    RUN(agrees_within_the_bound);
    RUN(notices_a_label_and_a_bit);
    RUN(refuses_what_is_no_case);
    return test_finish();
}
