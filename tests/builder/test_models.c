/* Models of documents that were copied or made anew predict what those of the files do. */
#include <stdlib.h>

#include "joblib.h"
#include "support/rebuilt.h"
#include "support/test.h"
#include "support/vectors.h"

enum { ROWS = 2, CLASSES = 16 };

static joblib_error error;

/* Probabilities of two irises by the model of a document. */
static void predict(joblib_document *document, double out[ROWS * CLASSES])
{
    static const double rows[ROWS][4] = {{5.1, 3.5, 1.4, 0.2}, {6.2, 2.9, 4.3, 1.3}};
    joblib_model *model = NULL;
    joblib_input input;
    memset(out, 0, ROWS * CLASSES * sizeof *out);
    CHECK_OK(joblib_model_new(document, NULL, NULL, &model, &error), &error);
    joblib_input_dense(&input, rows, JOBLIB_NUMBER_FLOAT64, ROWS, 4);
    CHECK_OK(joblib_model_fill(model, JOBLIB_METHOD_PREDICT_PROBA, &input, NULL, out,
                               ROWS * CLASSES, &error),
             &error);
    joblib_model_release(model);
}

static joblib_document *copy_of(const joblib_document *document)
{
    joblib_builder *builder = NULL;
    joblib_document *copy = NULL;
    joblib_value *root = NULL;
    CHECK_OK(joblib_builder_new_from(document, NULL, &builder, &root, &error), &error);
    CHECK_OK(joblib_builder_finish(builder, root, &copy, &error), &error);
    joblib_builder_free(builder);
    return copy;
}

static joblib_document *made_anew(const joblib_document *document)
{
    joblib_builder *builder = NULL;
    joblib_document *made = NULL;
    joblib_value *root = NULL;
    CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
    CHECK_OK(rebuild(builder, joblib_document_root(document), &root, &error), &error);
    CHECK_OK(joblib_builder_finish(builder, root, &made, &error), &error);
    joblib_builder_free(builder);
    return made;
}

static void predicts_by_documents_that_were_built(void)
{
    static const char *const names[] = {"demo/iris_logistic/model",
                                        "demo/scaled_logistic/model"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        double expected[ROWS * CLASSES], found[ROWS * CLASSES];
        joblib_document *document = NULL;
        CHECK_OK(joblib_load_file(vector_path(names[i], ".joblib"), NULL, &document,
                                  &error),
                 &error);
        predict(document, expected);
        joblib_document *copy = copy_of(document), *made = made_anew(document);
        joblib_document_release(document);
        CHECK(expected[0] > 0);
        predict(copy, found);
        CHECK_EQ_BYTES(found, expected, sizeof found);
        predict(made, found);
        CHECK_EQ_BYTES(found, expected, sizeof found);
        joblib_document_release(made);
        joblib_document_release(copy);
    }
}

int main(void)
{
    joblib_error_init(&error);
    RUN(predicts_by_documents_that_were_built);
    return test_finish();
}
