/* Builders and dumps of the handle shim: numbers of values, and no memory at each allocation. */

#include <stdlib.h>
#include <string.h>

#include "handles.h"
#include "support/test.h"

#include "faults.h"

static joblib_int64s list_of(const int64_t *numbers, size_t count)
{
    return (joblib_int64s){numbers, count, NULL};
}

static size_t count_of(const JoblibDocument *document, joblib_error *error)
{
    JoblibValue *root = JoblibDocument_root(document, error);
    const size_t count = root != NULL ? JoblibValue_count(root) : 0;
    delete_JoblibValue(root);
    return count;
}

static int64_t make_array(JoblibBuilder *builder, joblib_error *error)
{
    static const double numbers[] = {1.0, 2.0, 3.0, 4.0};
    static const int64_t shape[] = {2, 2};
    return JoblibBuilder_array(builder, numbers, sizeof numbers, "<f8", list_of(shape, 2),
                               false, error);
}

static int build_document(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t count = 0;
    JoblibBuilder *builder = NULL;
    JoblibDocument *document = NULL;
    int64_t dict = 0, key = 0, items[3] = {0}, tuple = 0;
    STEP(builder = new_JoblibBuilder(&error));
    STEP(items[0] = JoblibBuilder_int64(builder, 5, &error));
    STEP(items[1] = JoblibBuilder_text(builder, NULL, 0, &error));
    STEP(items[2] = make_array(builder, &error));
    STEP(tuple = JoblibBuilder_tuple(builder, list_of(items, 3), &error));
    STEP(dict = JoblibBuilder_dict(builder, &error));
    STEP(key = JoblibBuilder_key(builder, "key", &error));
    STEP(JoblibBuilder_put(builder, dict, key, tuple, &error));
    STEP(document = JoblibBuilder_finish(builder, dict, &error));
    delete_JoblibBuilder(builder);
    STEP(count = count_of(document, &error));
    STEP(CHECK_EQ_SIZE(count, 1));
    delete_JoblibDocument(document);
    return error.status;
}

static int make_model(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibBuilder *builder = NULL;
    JoblibDocument *document = NULL, *older = NULL;
    JoblibModel *model = NULL;
    int64_t attributes = 0, name = 0, list = 0, number = 0, estimator = 0;
    STEP(builder = new_JoblibBuilder(&error));
    STEP(attributes = JoblibBuilder_dict(builder, &error));
    STEP(name = JoblibBuilder_key(builder, "coef_", &error));
    STEP(list = JoblibBuilder_list(builder, &error));
    STEP(number = JoblibBuilder_float64(builder, 2.0, &error));
    STEP(JoblibBuilder_append(builder, list, number, &error));
    STEP(JoblibBuilder_put(builder, attributes, name, list, &error));
    STEP(estimator = JoblibBuilder_estimator(builder, "Ridge", "", attributes, &error));
    STEP(document = JoblibBuilder_finish(builder, estimator, &error));
    delete_JoblibBuilder(builder);
    STEP(older = JoblibDocument_upgrade(document, "1.0", &error));
    STEP(model = JoblibModel_from_document(older, NULL, &error));
    STEP(CHECK_EQ_SIZE(JoblibModel_feature_count(model, &error), 1));
    delete_JoblibModel(model);
    delete_JoblibDocument(older);
    delete_JoblibDocument(document);
    return error.status;
}

static int edit_document(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t count = 0;
    JoblibDocument *document = NULL, *edited = NULL;
    JoblibBuilder *builder = NULL;
    int64_t found = 0, number = 0;
    STEP(document = JoblibDocument_load("valid/pickle4/shared.joblib", NULL, &error));
    STEP(builder = JoblibBuilder_from_document(document, &error));
    delete_JoblibDocument(document);
    STEP(found = JoblibBuilder_find(builder, 1, "[1]", &error));
    STEP(number = JoblibBuilder_float64(builder, 0.5, &error));
    STEP(JoblibBuilder_replace(builder, 1, "[1].k", number, &error));
    STEP(JoblibBuilder_append(builder, 1, found, &error));
    STEP(edited = JoblibBuilder_finish(builder, 1, &error));
    delete_JoblibBuilder(builder);
    STEP(count = count_of(edited, &error));
    STEP(CHECK_EQ_SIZE(count, 9));
    delete_JoblibDocument(edited);
    return error.status;
}

static JoblibDumpOptions *make_options(joblib_error *caller)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibDumpOptions *options = NULL;
    STEP(options = new_JoblibDumpOptions(&error));
    STEP(JoblibDumpOptions_set_text(options, "compress", "zlib", &error));
    STEP(JoblibDumpOptions_set_option(options, "compress", 1, &error));
    STEP(JoblibDumpOptions_set_text(options, "like", "1.6.0/py3.8", &error));
    STEP(JoblibDumpOptions_set_text(options, "allow", "os.system", &error));
    STEP(JoblibDumpOptions_set_text(options, "allow", "os.remove", &error));
    *caller = error;
    return options;
}

static int dump_document(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t count = 0;
    JoblibDocument *document = NULL, *again = NULL;
    JoblibDumpOptions *options = NULL;
    joblib_bytes bytes = {NULL, 0, NULL};
    STEP(document = JoblibDocument_load("valid/pickle4/shared.joblib", NULL, &error));
    STEP(options = make_options(&error));
    STEP(bytes = JoblibDocument_dumps(document, options, &error));
    delete_JoblibDumpOptions(options);
    delete_JoblibDocument(document);
    STEP(again = JoblibDocument_loads(bytes.data, bytes.size, NULL, &error));
    free(bytes.owned);
    STEP(count = count_of(again, &error));
    STEP(CHECK_EQ_SIZE(count, 8));
    delete_JoblibDocument(again);
    return error.status;
}

static void builds_without_memory(void)
{
    sweep(build_document);
}

static void makes_models_without_memory(void)
{
    sweep(make_model);
}

static void edits_without_memory(void)
{
    sweep(edit_document);
}

static void dumps_without_memory(void)
{
    sweep(dump_document);
}

#define REFUSED(call, expected) \
    do { \
        joblib_error error = JOBLIB_ERROR_INIT; \
        call; \
        CHECK_EQ_INT(error.status, expected); \
    } while (0)

static void refuses_numbers_of_nothing(void)
{
    static const int64_t items[] = {1, 0}, negative[] = {-1};
    joblib_error none = JOBLIB_ERROR_INIT;
    JoblibBuilder *builder = new_JoblibBuilder(&none);
    JoblibDocument *document;
    int64_t list;
    REQUIRE(builder != NULL);
    list = JoblibBuilder_list(builder, &none);
    REFUSED((void)JoblibBuilder_tuple(builder, list_of(items, 2), &error),
            JOBLIB_ERROR_ARGUMENT);
    REFUSED((void)JoblibBuilder_finish(builder, 2, &error), JOBLIB_ERROR_ARGUMENT);
    REFUSED((void)JoblibBuilder_finish(builder, 0, &error), JOBLIB_ERROR_ARGUMENT);
    REFUSED((void)JoblibBuilder_finish(builder, INT64_MIN, &error),
            JOBLIB_ERROR_ARGUMENT);
    REFUSED((void)JoblibBuilder_array(builder, NULL, 0, "<f8", list_of(negative, 1),
                                      false, &error),
            JOBLIB_ERROR_ARGUMENT);
    document = JoblibBuilder_finish(builder, list, &none);
    CHECK_EQ_INT(none.status, JOBLIB_OK);
    REFUSED((void)JoblibBuilder_finish(builder, list, &error), JOBLIB_ERROR_ARGUMENT);
    CHECK(JoblibBuilder_list(builder, &none) > list);
    delete_JoblibDocument(document);
    delete_JoblibBuilder(builder);
}

int main(void)
{
    RUN(builds_without_memory);
    RUN(makes_models_without_memory);
    RUN(edits_without_memory);
    RUN(dumps_without_memory);
    RUN(refuses_numbers_of_nothing);
    return test_finish();
}
