/* Arrays of objects, whose elements a pickle may change after it made the array; an array that
   gets no state. */
#include <stdlib.h>

#include "joblib.h"
#include "support/test.h"

/* numpy's _reconstruct of an array of 8192 objects, up to their list; the list is memoized. */
#define HEAD \
    "\x80\x03" \
    "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tC\1btR(K\1(M\0\x20t" \
    "cnumpy\ndtype\n(X\2\0\0\0O8K\0K\1tR(K\3X\1\0\0\0|NNNJ\xff\xff\xff\xffJ\xff\xff\xff" \
    "\xffK?tb\x89]q\5("
#define OBJECTS 8192
#define MORE 300000

static char *put(char *at, const char *bytes, size_t size)
{
    memcpy(at, bytes, size);
    return at + size;
}

/* The array is made, then `more` is appended to the list that it was made from. */
static joblib_document *load_array_whose_list_grows(size_t more)
{
    char *pickle = malloc(sizeof HEAD + 2 * (OBJECTS + more) + 16), *at = pickle;
    at = put(at, HEAD, sizeof HEAD - 1);
    for (size_t i = 0; i < OBJECTS; i++) at = put(at, "K\1", 2);
    at = put(at, "etbh\5(", 6);
    for (size_t i = 0; i < more; i++) at = put(at, "K\2", 2);
    at = put(at, "e0.", 3);
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_memory(pickle, (size_t)(at - pickle), NULL, &document, &error),
             &error);
    free(pickle);
    return document;
}

/* numpy copies what the list held, so the array does not change with it. */
static void keeps_the_objects_of_an_array_when_their_list_grows(void)
{
    static const size_t counts[] = {1, 100, MORE};
    for (size_t i = 0; i < 3; i++) {
        joblib_array array = JOBLIB_ARRAY_INIT;
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_document *document = load_array_whose_list_grows(counts[i]);
        CHECK_OK(joblib_value_array(joblib_document_root(document), &array, &error),
                 &error);
        CHECK_EQ_SIZE(array.count, OBJECTS);
        for (size_t k = 0; k < array.count; k++) {
            int64_t number = 0;
            CHECK_EQ_INT(
                joblib_value_as_int64(joblib_array_object(&array, k), &number, NULL), 0);
            CHECK_EQ_INT(number, 1);
        }
        joblib_document_release(document);
    }
}

/* No pickler leaves one alone. The call is kept, and no array is made up. */
static void keeps_an_array_without_state_as_a_call(void)
{
    static const char pickle[] =
        "\x80\x03"
        "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tC\1btR.";
    joblib_array array = JOBLIB_ARRAY_INIT;
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_memory(pickle, sizeof pickle - 1, NULL, &document, &error),
             &error);
    const joblib_value *root = joblib_document_root(document);
    CHECK_EQ_INT(joblib_value_kind(root), JOBLIB_KIND_OBJECT);
    CHECK_EQ_INT(joblib_value_array(root, &array, &error), JOBLIB_ERROR_KIND);
    joblib_document_release(document);
}

int main(void)
{
    RUN(keeps_the_objects_of_an_array_when_their_list_grows);
    RUN(keeps_an_array_without_state_as_a_call);
    return test_finish();
}
