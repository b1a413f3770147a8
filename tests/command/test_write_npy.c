/* Arrays are written byte for byte as numpy.save() does. */
#include "command/run.h"
#include "command/table/write.h"

static void check_npy(const char *joblib_name, const char *npy_name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_array array;
    joblib_command__bytes bytes = {NULL, 0, 0};
    joblib_command__output output;
    struct vector_bytes expected = data_read(npy_name);
    joblib_status status =
        joblib_load_file(data_path(joblib_name), NULL, &document, &error);
    CHECK_OK(status, &error);
    REQUIRE(status == JOBLIB_OK && expected.data != NULL);
    status = joblib_value_array(joblib_document_root(document), &array, &error);
    CHECK_OK(status, &error);
    joblib_command__output_init(&output, joblib_command__write_memory, &bytes);
    status = joblib_command__write_npy(&output, &array, &error);
    CHECK_OK(status, &error);
    CHECK(joblib_command__flush(&output));
    CHECK_EQ_SIZE(bytes.size, expected.size);
    if (bytes.size == expected.size) {
        CHECK_EQ_BYTES(bytes.data, expected.data, expected.size);
    }
    joblib_document_release(document);
    free(bytes.data);
    free(expected.data);
}

static void writes_the_bytes_of_numpy(void)
{
    static const char *const names[] = {
        "text",  "bytes",           "bool",      "int16",           "float32-fortran",
        "empty", "zero-dimensions", "text-wide", "four-dimensions", "three-dimensions",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char joblib_name[64], npy_name[64];
        snprintf(joblib_name, sizeof joblib_name, "array-%s.joblib", names[i]);
        snprintf(npy_name, sizeof npy_name, "array-%s.npy", names[i]);
        check_npy(joblib_name, npy_name);
    }
}

static void refuses_objects(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_array array;
    joblib_command__output output;
    joblib_command__bytes bytes = {NULL, 0, 0};
    joblib_status status =
        joblib_load_file(data_path("array-objects-one.joblib"), NULL, &document, &error);
    CHECK_OK(status, &error);
    REQUIRE(status == JOBLIB_OK);
    status = joblib_value_array(joblib_document_root(document), &array, &error);
    CHECK_OK(status, &error);
    joblib_command__output_init(&output, joblib_command__write_memory, &bytes);
    status = joblib_command__write_npy(&output, &array, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_KIND, JOBLIB_NO_OFFSET);
    CHECK_EQ_SIZE(output.total, 0);
    joblib_document_release(document);
}

int main(void)
{
    RUN(writes_the_bytes_of_numpy);
    RUN(refuses_objects);
    return test_finish();
}
