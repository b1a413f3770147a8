/* The verb model: reports of models that can run, that cannot, and of no model. */
#include "command/run.h"

static void check_holds(const struct run *run, const char *text)
{
    if (strstr(run->out.data, text) == NULL) {
        test_fail(__FILE__, __LINE__, "no \"%s\" in\n%s", text, run->out.data);
    }
}

static void describes_a_model(void)
{
    struct run run = RUN_COMMAND("model", data_path("tree.joblib"));
    check_holds(&run, "tree.joblib: raw, protocol 4\n"
                      "sklearn.tree._classes.DecisionTreeClassifier, scikit-learn 1.9.1, "
                      "3 columns: predict, predict_proba, predict_log_proba\n");
    check_holds(&run, "columns: \"width\", \"height\", \"weight, in kg\"\n"
                      "classes: \"big\", \"big, tall\", \"so \\\"small\\\"\"\n"
                      "document: ");
    check_holds(&run, " bytes\nworkspace for a row: ");
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

static void describes_the_parts(void)
{
    struct run run = RUN_COMMAND("model", data_path("line.joblib"));
    check_holds(&run, "line.joblib: zlib, protocol 4\nsklearn.pipeline.Pipeline, ");
    check_holds(&run,
                "\n  steps[0][1]: sklearn.preprocessing._data.StandardScaler, 3 columns"
                ": transform\n"
                "  steps[1][1]: sklearn.linear_model._logistic.LogisticRegression, "
                "3 columns: predict, ");
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
    run = RUN_COMMAND("model", data_path("two.joblib"));
    check_holds(&run, "classes of target 0: \"big\", ");
    check_holds(&run, "classes of target 1: \"down\", \"up\"\n");
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

static void tells_what_cannot_run(void)
{
    struct run run = RUN_COMMAND("model", data_path("unknown.joblib"));
    check_holds(&run, "\nsklearn.pipeline.Pipeline, scikit-learn 1.9.1: cannot run: ");
    check_holds(&run, "\n  steps[1][1]: unknown.Strange: cannot run: ");
    CHECK(strstr(run.err.data, "unknown.joblib: steps[1][1]: JOBLIB_ERROR_ESTIMATOR: ") !=
          NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "joblib: ");
    run = RUN_COMMAND("model", data_path("rows.joblib"));
    check_holds(&run, "rows.joblib: raw, protocol 4\ndocument: ");
    CHECK(strstr(run.err.data, "rows.joblib: JOBLIB_ERROR_ESTIMATOR: no estimator, but a "
                               "value of kind ndarray\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "joblib: ");
}

/* Inside a class that is unknown: what can run and what cannot, but no unfitted template. */
static void finds_estimators_in_unknown_objects(void)
{
    struct run run = RUN_COMMAND("model", data_path("holder.joblib"));
    check_holds(
        &run, "\nunknown.Strange: cannot run: no estimator of this class\n"
              "  parts.known: sklearn.preprocessing._data.StandardScaler, "
              "3 columns: transform\n"
              "  parts.inner[0][1]: sklearn.preprocessing._data.Binarizer: cannot run: ");
    CHECK(strstr(run.out.data, "template") == NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "joblib: ");
}

static void describes_in_json(void)
{
    struct run run = RUN_COMMAND("model", data_path("two.joblib"), "--json");
    check_holds(&run,
                ",\"codec\":\"raw\",\"protocol\":4,\"parts\":[{\"path\":\"\",\"module\":"
                "\"sklearn.tree._classes\",\"class\":\"DecisionTreeClassifier\","
                "\"depth\":0,\"version\":\"1.9.1\",\"columns\":3,\"methods\":"
                "[\"predict\",\"predict_proba\",\"predict_log_proba\"],\"status\":"
                "\"JOBLIB_OK\",\"reason\":\"\"}");
    check_holds(&run,
                "],\"runs\":true,\"column_names\":[],\"classes\":[[\"big\",\"big, "
                "tall\",\"so \\\"small\\\"\"],[\"down\",\"up\"]],\"document_bytes\":");
    CHECK(run.out.size > 2 && strcmp(run.out.data + run.out.size - 2, "}\n") == 0);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
    run = RUN_COMMAND("model", data_path("unknown.joblib"), "--json");
    check_holds(&run, "\"runs\":false,\"document_bytes\":");
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "joblib: ");
    run = RUN_COMMAND("model", data_path("list.joblib"), "--json");
    check_holds(&run, "\"parts\":[],\"runs\":false,");
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "joblib: ");
}

static void check_described_vector(const char *name)
{
    char model[512];
    snprintf(model, sizeof model, "%s/model", name);
    struct run run = RUN_COMMAND("model", vector_path(model, ".joblib"));
    CHECK(run.out.size > 0);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
    if (test_counts.case_failed) printf("    %s\n", name);
}

static void describes_every_inference_vector(void)
{
    CHECK(vector_each("inference/", check_described_vector) > 1000);
}

int main(void)
{
    RUN(describes_a_model);
    RUN(describes_the_parts);
    RUN(tells_what_cannot_run);
    RUN(finds_estimators_in_unknown_objects);
    RUN(describes_in_json);
    RUN(describes_every_inference_vector);
    return test_finish();
}
