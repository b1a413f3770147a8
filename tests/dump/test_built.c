/* Documents that were built: what may be written of their names, and that they load again. */
#include <stdlib.h>

#include "joblib.h"
#include "support/collected.h"
#include "support/models.h"
#include "support/test.h"

static joblib_error error;

static joblib_status dump_with(const joblib_document *document, const char *allowed,
                               void **data, size_t *size)
{
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    options.allow = &allowed;
    options.allow_count = allowed != NULL;
    return joblib_dump_memory(document, &options, data, size, &error);
}

/* Dumps a document; the status. */
static joblib_status dump_status(const joblib_document *document, const char *allowed)
{
    void *data = NULL;
    size_t size = 0;
    joblib_status status = dump_with(document, allowed, &data, &size);
    joblib_dump_free(data, size, NULL);
    return status;
}

/* A document of one object without state. */
static joblib_document *object_of(joblib_builder *builder, const char *module,
                                  const char *name)
{
    joblib_value *class, *object;
    joblib_document *document = NULL;
    CHECK_OK(joblib_builder_global(builder, module, name, &class, &error), &error);
    CHECK_OK(joblib_builder_object(builder, JOBLIB_FORM_NEWOBJ, class, NULL, NULL,
                                   &object, &error),
             &error);
    CHECK_OK(joblib_builder_finish(builder, object, &document, &error), &error);
    return document;
}

static void writes_names_of_a_builder_that_are_known_or_allowed(void)
{
    static const struct {
        const char *module, *name, *allowed;
        joblib_status status;
    } cases[] = {
        {"sklearn.linear_model._logistic", "LogisticRegression", NULL, JOBLIB_OK},
        {"m", "C", NULL, JOBLIB_ERROR_FORBIDDEN},
        {"m", "C", "m.D", JOBLIB_ERROR_FORBIDDEN},
        {"m", "C", "m.C", JOBLIB_OK},
        {"os", "system", NULL, JOBLIB_ERROR_FORBIDDEN},
        {"os", "system", "os.system", JOBLIB_OK},
    };
    joblib_builder *builder = NULL;
    CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        joblib_document *document = object_of(builder, cases[i].module, cases[i].name);
        CHECK_EQ_INT(dump_status(document, cases[i].allowed), cases[i].status);
        joblib_document_release(document);
    }
    joblib_builder_free(builder);
}

/* Whoever named it first. */
static void writes_names_of_a_file_that_a_builder_names_too(void)
{
    joblib_document *file = document_from("m.C(a=1)"), *document = NULL;
    for (int first = 0; first < 2; first++) {
        joblib_builder *builder = NULL;
        joblib_value *class, *copy;
        CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
        if (first)
            CHECK_OK(joblib_builder_global(builder, "m", "C", &class, &error), &error);
        CHECK_OK(joblib_builder_copy(builder, file, joblib_document_root(file), &copy,
                                     &error),
                 &error);
        CHECK_OK(joblib_builder_global(builder, "m", "C", &class, &error), &error);
        CHECK_OK(joblib_builder_append(builder, copy, class, &error), &error);
        CHECK_OK(joblib_builder_finish(builder, copy, &document, &error), &error);
        CHECK_EQ_INT(dump_status(document, NULL), JOBLIB_OK);
        joblib_document_release(document);
        joblib_builder_free(builder);
    }
    joblib_document_release(file);
}

static char *json_of(const joblib_document *document)
{
    struct collected bytes = {0};
    joblib_sink sink = collect_into(&bytes);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_JSON;
    CHECK_OK(joblib_value_print(joblib_document_root(document), &options, &sink, &error),
             &error);
    return bytes.text;
}

/* A list that holds itself, an object with itself as attribute, arrays in several forms. */
static joblib_document *build_cycles(void)
{
    static const int64_t shape[] = {2, 2};
    static const double numbers[] = {1, 2, 3, 4};
    joblib_builder *b = NULL;
    joblib_value *list, *class, *object, *array, *objects;
    joblib_document *document = NULL;
    joblib_array view = JOBLIB_ARRAY_INIT;
    view.data = numbers;
    view.dtype = joblib_dtype_number(JOBLIB_NUMBER_FLOAT64);
    view.shape = shape;
    view.ndim = 2;
    view.count = 4;
    CHECK_OK(joblib_builder_new(NULL, &b, &error), &error);
    CHECK_OK(joblib_builder_list(b, &list, &error), &error);
    CHECK_OK(joblib_builder_global(b, "m", "C", &class, &error), &error);
    CHECK_OK(joblib_builder_object(b, 1, class, NULL, NULL, &object, &error), &error);
    CHECK_OK(joblib_builder_set_attribute(b, object, "me", object, &error), &error);
    CHECK_OK(joblib_builder_array(b, &view, JOBLIB_BUILDER_MATRIX, &array, &error),
             &error);
    const joblib_value *items[] = {object, list, object, class};
    CHECK_OK(joblib_builder_object_array(b, items, shape, 2, &objects, &error), &error);
    CHECK_OK(joblib_builder_append(b, list, list, &error), &error);
    CHECK_OK(joblib_builder_append(b, list, object, &error), &error);
    CHECK_OK(joblib_builder_append(b, list, array, &error), &error);
    CHECK_OK(joblib_builder_finish(b, list, &document, &error), &error);
    joblib_builder_free(b);
    return document;
}

static void writes_values_that_hold_themselves(void)
{
    joblib_document *built = build_cycles(), *loaded = NULL;
    void *data = NULL;
    size_t size = 0;
    CHECK_OK(dump_with(built, "m.C", &data, &size), &error);
    CHECK_OK(joblib_load_memory(data, size, NULL, &loaded, &error), &error);
    char *one = json_of(built), *other = json_of(loaded);
    CHECK_EQ_TEXT(other, one);
    free(one);
    free(other);
    joblib_dump_free(data, size, NULL);
    joblib_document_release(loaded);
    joblib_document_release(built);
}

int main(void)
{
    joblib_error_init(&error);
    RUN(writes_names_of_a_builder_that_are_known_or_allowed);
    RUN(writes_names_of_a_file_that_a_builder_names_too);
    RUN(writes_values_that_hold_themselves);
    return test_finish();
}
