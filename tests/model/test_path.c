/* Places in a document, as errors of models name them. */
#include "model/path.h"

#include "base/error.h"
#include "support/test.h"

static void writes_paths_from_the_root(void)
{
    char out[JOBLIB_MODEL_PATH_SIZE];
    const joblib_model__segment steps = {NULL, "steps", 0};
    const joblib_model__segment pair = {&steps, NULL, 12};
    const joblib_model__segment part = {&pair, NULL, 1};
    joblib_model__write_path(NULL, NULL, out);
    CHECK_EQ_TEXT(out, "");
    joblib_model__write_path(NULL, "coef_", out);
    CHECK_EQ_TEXT(out, "coef_");
    joblib_model__write_path(&part, "coef_", out);
    CHECK_EQ_TEXT(out, "steps[12][1].coef_");
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_base__set_path(&error, "steps[0][1]");
    joblib_model__prefix_path(&error, &part);
    CHECK_EQ_TEXT(error.path, "steps[12][1].steps[0][1]");
    joblib_model__prefix_path(NULL, &part);
}

static void cuts_paths_that_nest_too_deep(void)
{
    char out[JOBLIB_MODEL_PATH_SIZE];
    joblib_model__segment segments[100];
    for (size_t i = 0; i < 100; i++) {
        segments[i] = (joblib_model__segment){i > 0 ? &segments[i - 1] : NULL, "name", 0};
        joblib_model__write_path(&segments[i], "coef_", out);
        CHECK(strlen(out) < sizeof out);
    }
    CHECK_EQ_TEXT(out + strlen(out) - 3, "\xe2\x80\xa6");
}

int main(void)
{
    RUN(writes_paths_from_the_root);
    RUN(cuts_paths_that_nest_too_deep);
    return test_finish();
}
