/* Which of its names numpy finds in what is new: those of numpy 1, or of numpy 2. */
#include <stdlib.h>

#include "joblib.h"
#include "support/test.h"

/* A document of one numpy.float64. */
static joblib_document *make_scalar(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_document *document = NULL;
    joblib_value *dtype = NULL, *scalar = NULL;
    double number = 0.5;
    CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
    CHECK_OK(joblib_builder_dtype(builder, "f8", &dtype, &error), &error);
    CHECK_OK(joblib_builder_scalar(builder, dtype, &number, &scalar, &error), &error);
    CHECK_OK(joblib_builder_finish(builder, scalar, &document, &error), &error);
    joblib_builder_free(builder);
    return document;
}

static bool holds(const char *data, size_t size, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= size; i++)
        if (memcmp(data + i, word, length) == 0) return true;
    return false;
}

static void names_numpy_as_the_options_say(void)
{
    static const struct {
        uint32_t numpy, joblib;
        bool is_new;
    } rows[] = {{0, 0, true},     {1, 0, false},    {2, 0, true},     {0, 10402, false},
                {0, 10500, true}, {2, 10402, true}, {1, 10600, false}};
    joblib_document *document = make_scalar();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
        void *data = NULL;
        size_t size = 0;
        options.numpy_version = rows[i].numpy;
        options.joblib_version = rows[i].joblib;
        CHECK_OK(joblib_dump_memory(document, &options, &data, &size, &error), &error);
        CHECK(holds(data, size, "numpy._core.multiarray") == rows[i].is_new);
        CHECK(holds(data, size, "numpy.core.multiarray") == !rows[i].is_new);
        joblib_dump_free(data, size, NULL);
    }
    joblib_document_release(document);
}

int main(void)
{
    RUN(names_numpy_as_the_options_say);
    return test_finish();
}
