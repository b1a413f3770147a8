/* The verb check: sound files, damaged ones, models whose state contradicts itself. */
#include "command/temporary.h"

#include "command/run.h"
#include "support/pickled.h"

static const char *model_path(const char *name)
{
    return vector_path(name, "/model.joblib");
}

static void tells_what_a_sound_file_holds(void)
{
    struct run run = RUN_COMMAND("check", model_path("demo/iris_logistic"));
    CHECK(strstr(run.out.data, "/model.joblib: ok, zlib, protocol 4, a model\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
    run = RUN_COMMAND("check", vector_path("valid/hostile/os-system", ".joblib"));
    CHECK(strstr(run.out.data, ": ok, raw, protocol 4, an object that is not checked "
                               "further\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

static void check_refused(const char *name)
{
    struct run run = RUN_COMMAND("check", vector_path(name, ".joblib"));
    CHECK(strstr(run.err.data, ": JOBLIB_ERROR_") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
}

static void refuses_every_invalid_vector(void)
{
    CHECK(vector_each("invalid/", check_refused) > 200);
}

static void goes_on_after_a_refused_file(void)
{
    struct run run = RUN_COMMAND("check", "no such file", data_path("list.joblib"));
    CHECK(strstr(run.out.data, "list.joblib: ok, zlib, protocol 4, no model\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL,
              "joblib: no such file: JOBLIB_ERROR_NOT_FOUND: ");
}

static void refuses_a_model_that_contradicts_itself(void)
{
    struct pickled model =
        pickled_from("sklearn.linear_model._base.LinearRegression(coef_=f8[2]{1,2})");
    const char *path = write_file("model", model.data, model.size);
    struct run run = RUN_COMMAND("check", path);
    CHECK(strstr(run.err.data, ": JOBLIB_ERROR_MODEL: ") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    unlink(path);
    free(model.data);
}

static void tells_that_a_file_is_portable(void)
{
    struct run run =
        RUN_COMMAND("check", "--profile", "portable", model_path("demo/iris_logistic"));
    CHECK(strstr(run.out.data,
                 ": ok, zlib, protocol 4, a model, portable of level 3\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

static void tells_every_place_that_is_not_portable(void)
{
    struct pickled made =
        pickled_from("{'n': [2**64, 1], 'f': os.system, 'd': >f8[1]{2}}");
    const char *path = write_file("made", made.data, made.size);
    struct run run = RUN_COMMAND("check", path, "--profile=portable");
    CHECK(
        strstr(run.out.data,
               ": ok, raw, protocol 3, no model, not portable:\n"
               "  integers: n[0]: an integer of more than 64 bits, or beyond 2**63 - 1\n"
               "  names: f: offset ") != NULL);
    CHECK(strstr(run.out.data, ": os.system: no name of the profile\n"
                               "  dtypes: d: dtype >f8\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "");
    unlink(path);
    free(made.data);
}

static void counts_the_findings_that_it_does_not_tell(void)
{
    char text[400] = "[";
    for (size_t i = 0; i < 25; i++) strcat(text, "2**70, ");
    strcat(text, "1]");
    struct pickled made = pickled_from(text);
    const char *path = write_file("made", made.data, made.size);
    struct run run = RUN_COMMAND("check", path, "--profile", "portable");
    CHECK(strstr(run.out.data, "\n  \xe2\x80\xa6 5 more like these\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "");
    unlink(path);
    free(made.data);
}

static void knows_one_profile(void)
{
    CHECK_RUN(RUN_COMMAND("check", "--profile", "other", data_path("list.joblib")),
              JOBLIB_COMMAND_USAGE, "", "joblib: ");
}

int main(void)
{
    RUN(tells_what_a_sound_file_holds);
    RUN(refuses_every_invalid_vector);
    RUN(goes_on_after_a_refused_file);
    RUN(refuses_a_model_that_contradicts_itself);
    RUN(tells_that_a_file_is_portable);
    RUN(tells_every_place_that_is_not_portable);
    RUN(counts_the_findings_that_it_does_not_tell);
    RUN(knows_one_profile);
    return test_finish();
}
