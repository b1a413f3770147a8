/*
 * Arrays are written byte for byte as joblib.dump() did: files of joblib 1.6 on Python
 * 3.13 are loaded and written again.
 */
#include <stdio.h>
#include <stdlib.h>

#include "command/run.h"
#include "command/table/write.h"
#include "joblib.h"
#include "support/test.h"
#include "support/vectors.h"

enum { MOST_ARRAYS = 1200 };

static size_t written_count, list_count, object_count;

/* Views the root's arrays. 0 if the root is neither an array nor a list of arrays. */
static size_t view_arrays(const joblib_value *root, joblib_array *arrays)
{
    size_t count = joblib_value_count(root);
    if (joblib_value_kind(root) == JOBLIB_KIND_ARRAY) {
        return joblib_value_array(root, arrays, NULL) == JOBLIB_OK ? 1 : 0;
    }
    if (joblib_value_kind(root) != JOBLIB_KIND_LIST || count > MOST_ARRAYS) return 0;
    for (size_t i = 0; i < count; i++) {
        const joblib_value *item = joblib_value_at(root, i);
        if (joblib_value_kind(item) != JOBLIB_KIND_ARRAY ||
            joblib_value_array(item, &arrays[i], NULL) != JOBLIB_OK) {
            return 0;
        }
    }
    return count;
}

static void write_and_compare(const char *name, const struct vector_bytes *file,
                              const joblib_value *root, const joblib_array *arrays,
                              size_t count)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__bytes bytes = {NULL, 0, 0};
    joblib_command__output output;
    bool is_list = joblib_value_kind(root) == JOBLIB_KIND_LIST;
    joblib_command__output_init(&output, joblib_command__write_memory, &bytes);
    joblib_status status =
        joblib_command__write_joblib(&output, arrays, count, is_list, &error);
    if (status == JOBLIB_ERROR_KIND) {
        CHECK(bytes.size == 0 && output.used == 0);
        free(bytes.data);
        return;
    }
    CHECK_OK(status, &error);
    CHECK(joblib_command__flush(&output));
    if (bytes.size != file->size || memcmp(bytes.data, file->data, file->size) != 0) {
        size_t at = 0;
        while (at < bytes.size && at < file->size && bytes.data[at] == file->data[at])
            at++;
        test_fail(__FILE__, __LINE__,
                  "%s: %zu bytes, expected %zu, the first other at %zu", name, bytes.size,
                  file->size, at);
    }
    written_count++;
    list_count += is_list;
    object_count += joblib_dtype_kind(arrays[0].dtype) == 'O';
    free(bytes.data);
}

static bool is_from_newest(const struct vector_bytes *text)
{
    static const char *const tags[] = {"\"python\": \"3.13\"", "\"joblib\": \"1.6.0\"",
                                       "\"protocol\": \"4\"", "\"codec\": \"raw\""};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (text->data == NULL || strstr(text->data, tags[i]) == NULL) return false;
    }
    return true;
}

static void check_array_vector(const char *name)
{
    static joblib_array arrays[MOST_ARRAYS];
    joblib_document *document = NULL;
    struct vector_bytes text = vector_read(name, ".json");
    struct vector_bytes file = vector_read(name, ".joblib");
    if (is_from_newest(&text) && file.data != NULL &&
        joblib_load_memory(file.data, file.size, NULL, &document, NULL) == JOBLIB_OK) {
        const joblib_value *root = joblib_document_root(document);
        bool is_plain = joblib_value_subclass(root) == NULL;
        size_t count = is_plain ? view_arrays(root, arrays) : 0;
        if (count > 0) write_and_compare(name, &file, root, arrays, count);
    }
    joblib_document_release(document);
    free(text.data);
    free(file.data);
}

/* The same for the files beside the tests, of which none may be refused. */
static void check_array_file(const char *name)
{
    static joblib_array arrays[MOST_ARRAYS];
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    struct vector_bytes file = data_read(name);
    REQUIRE(file.data != NULL);
    joblib_status status =
        joblib_load_memory(file.data, file.size, NULL, &document, &error);
    CHECK_OK(status, &error);
    const joblib_value *root = joblib_document_root(document);
    size_t before = written_count;
    write_and_compare(name, &file, root, arrays, view_arrays(root, arrays));
    CHECK_EQ_SIZE(written_count, before + 1);
    joblib_document_release(document);
    free(file.data);
}

static void writes_arrays_of_every_kind(void)
{
    static const char *const names[] = {
        "array-text.joblib",         "array-bytes.joblib",
        "array-bool.joblib",         "array-int16.joblib",
        "array-empty.joblib",        "array-float32-fortran.joblib",
        "array-text-wide.joblib",    "array-zero-dimensions.joblib",
        "array-list-90.joblib",      "array-three-dimensions.joblib",
        "array-list-mixed.joblib",   "array-four-dimensions.joblib",
        "array-list-one.joblib",     "array-objects-mixed.joblib",
        "array-objects-one.joblib",  "array-objects-none.joblib",
        "array-objects-1000.joblib", "array-objects-1001.joblib",
        "array-objects-2001.joblib", "array-objects-matrix.joblib",
        "array-objects-long.joblib",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) check_array_file(names[i]);
}

static void writes_the_bytes_of_joblib(void)
{
    (void)vector_each("valid/", check_array_vector);
    printf("    %zu files, %zu of lists, %zu of objects\n", written_count, list_count,
           object_count);
    CHECK(written_count >= 30);
    CHECK(object_count >= 1);
}

int main(void)
{
    RUN(writes_the_bytes_of_joblib);
    RUN(writes_arrays_of_every_kind);
    return test_finish();
}
