/* The verb upgrade: a model of one release of scikit-learn becomes one of another. */
#include <unistd.h>

#include "command/run.h"
#include "command/temporary.h"

static const char *model_of(const char *name)
{
    static char path[600];
    snprintf(path, sizeof path, "%s", vector_path(name, "/model.joblib"));
    return path;
}

static void writes_the_model_of_another_release(void)
{
    const char *path = WRITE("out", "old");
    CHECK_RUN(RUN_COMMAND("upgrade", model_of("inference/linear/ridge-sklearn0.20"), path,
                          "--to", "1.6", "--compress=zlib"),
              JOBLIB_COMMAND_DONE, "", "");
    struct run run = RUN_COMMAND("show", path);
    CHECK(strstr(run.out.data, "zlib") != NULL);
    CHECK(strstr(run.out.data, "sklearn.linear_model._ridge.Ridge") != NULL);
    CHECK(strstr(run.out.data, "\"1.6.1\"") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
    unlink(path);
}

static void writes_to_standard_output(void)
{
    struct run run = RUN_COMMAND("upgrade", model_of("inference/linear/ridge-sklearn1.6"),
                                 "-", "--to", "0.24.1", "--protocol=2");
    CHECK(memcmp(run.out.data, "\x80\x02", 2) == 0);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

/* OUT stays what it was. */
static void tells_what_cannot_be_rewritten(void)
{
    const char *path = WRITE("out", "old");
    struct run run =
        RUN_COMMAND("upgrade", model_of("inference/trees/tree-missing-sklearn1.6"), path,
                    "--to", "1.2");
    CHECK(strstr(run.err.data,
                 "model.joblib: tree_.nodes: JOBLIB_ERROR_ESTIMATOR: the tree was "
                 "trained with missing values, ") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    CHECK_RUN(RUN_COMMAND("upgrade", "no", path, "--to", "1.2"), JOBLIB_COMMAND_REFUSED,
              "", "joblib: no: JOBLIB_ERROR_NOT_FOUND: ");
    CHECK_RUN(RUN_COMMAND("upgrade", model_of("inference/linear/ridge-sklearn1.6"),
                          "no folder/out", "--to", "1.2"),
              JOBLIB_COMMAND_REFUSED, "",
              "joblib: no folder/out: JOBLIB_ERROR_NOT_FOUND: ");
    run = RUN_COMMAND("show", path);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    unlink(path);
}

static void tells_wrong_usage(void)
{
    CHECK_RUN(RUN_COMMAND("upgrade", "x", "y"), JOBLIB_COMMAND_USAGE, "",
              "joblib: --to must be given\n");
    CHECK_RUN(RUN_COMMAND("upgrade", "x", "y", "--to", "0.19"), JOBLIB_COMMAND_USAGE, "",
              "joblib: \"0.19\" is no version of scikit-learn from 0.20 to 1.9\n");
    CHECK_RUN(RUN_COMMAND("upgrade", "x", "y", "--to=1.6", "--protocol=7"),
              JOBLIB_COMMAND_USAGE, "",
              "joblib: --protocol takes a number from 0 to 5: 7\n");
    CHECK_RUN(RUN_COMMAND("upgrade", "x", "y", "--to=1.6", "--compress=zip"),
              JOBLIB_COMMAND_USAGE, "", "joblib: codec \"zip\": codecs are raw, ");
}

int main(void)
{
    RUN(writes_the_model_of_another_release);
    RUN(writes_to_standard_output);
    RUN(tells_what_cannot_be_rewritten);
    RUN(tells_wrong_usage);
    return test_finish();
}
