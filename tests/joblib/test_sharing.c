/* Arrays that are views: of a mapped file, of a borrowed buffer. Which are, why others are not,
   and what happens when somebody writes to one or makes the file shorter. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "io/reader.h"
#include "joblib.h"
#include "support/test.h"
#include "support/vectors.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define ALIGNED "valid/ndarray/f-order-joblib1.6"

static joblib_document *load_vector(const char *name, const joblib_load_options *options)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    CHECK_OK(joblib_load_file(vector_path(name, ".joblib"), options, &document, &error),
             &error);
    return document;
}

/* The array that a vector is, or the one that its dict holds in a list at "a". */
static const joblib_value *array_in(const joblib_document *document)
{
    const joblib_value *root = joblib_document_root(document);
    const joblib_value *list = joblib_value_find(root, "a");
    return list ? joblib_value_at(list, 0) : root;
}

/* A vector, and what is told of it and of the array in it when it is mapped. */
static const struct {
    const char *vector;
    int document, array;
} rows[] = {
    {ALIGNED, JOBLIB_SHARING_SHARED, JOBLIB_SHARING_SHARED},
    {"valid/ndarray/c-order-joblib0.14", JOBLIB_SHARING_SHARED, JOBLIB_SHARING_SHARED},
    {"valid/ndarray/c-order-joblib0.11", JOBLIB_SHARING_SHARED, JOBLIB_SHARING_UNALIGNED},
    {"valid/ndarray/objects-2d-joblib1.6", JOBLIB_SHARING_SHARED, JOBLIB_SHARING_OBJECTS},
    {"valid/plain-array/f8-protocol4-joblib1.6", JOBLIB_SHARING_SHARED,
     JOBLIB_SHARING_INSIDE},
    {"valid/plain-array/f8-protocol5-joblib1.6", JOBLIB_SHARING_SHARED,
     JOBLIB_SHARING_INSIDE},
    {"valid/plain-array/objects-protocol4-joblib1.6", JOBLIB_SHARING_SHARED,
     JOBLIB_SHARING_OBJECTS},
    {"valid/legacy/array-joblib0.9", JOBLIB_SHARING_SHARED, JOBLIB_SHARING_COMPANION},
    {"valid/zlib/array-joblib1.6", JOBLIB_SHARING_COMPRESSED, JOBLIB_SHARING_COMPRESSED},
    {"valid/zlib/array-joblib0.10", JOBLIB_SHARING_COMPRESSED, JOBLIB_SHARING_COMPRESSED},
};

static void tells_why_an_array_is_no_view(void)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (uint32_t mapping = 0; mapping <= JOBLIB_MAPPING_COPY_ON_WRITE; mapping++) {
            joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
            options.mapping = mapping;
            joblib_document *document = load_vector(rows[i].vector, &options);
            const joblib_value *value = array_in(document);
            CHECK_EQ_INT(joblib_document_sharing(document),
                         mapping ? rows[i].document : JOBLIB_SHARING_NOT_ASKED);
            if (joblib_value_kind(value) == JOBLIB_KIND_ARRAY)
                CHECK_EQ_INT(joblib_value_sharing(value),
                             mapping ? rows[i].array : JOBLIB_SHARING_NOT_ASKED);
            else
                test_fail(__FILE__, __LINE__, "%s is no array", rows[i].vector);
            joblib_document_release(document);
        }
    }
    CHECK_EQ_INT(joblib_document_sharing(NULL), JOBLIB_SHARING_NOT_ASKED);
    CHECK_EQ_INT(joblib_value_sharing(NULL), JOBLIB_SHARING_NOT_ASKED);
    CHECK_EQ_TEXT(joblib_sharing_name(JOBLIB_SHARING_UNALIGNED), "unaligned");
    CHECK_EQ_TEXT(joblib_sharing_name(JOBLIB_SHARING_COMPANION), "companion");
    CHECK_EQ_TEXT(joblib_sharing_name(JOBLIB_SHARING_COMPANION + 1), NULL);
    CHECK_EQ_TEXT(joblib_sharing_name(-1), NULL);
}

static size_t borrowed;

/* Elements lie in the buffer exactly where it is told so. */
static void borrow_vector(const char *name)
{
    struct vector_bytes bytes = vector_read(name, ".joblib");
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    joblib_array array = JOBLIB_ARRAY_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    options.borrow = 1;
    CHECK_OK(joblib_load_memory(bytes.data, bytes.size, &options, &document, &error),
             &error);
    const joblib_value *root = joblib_document_root(document);
    if (joblib_value_kind(root) == JOBLIB_KIND_ARRAY &&
        joblib_value_array(root, &array, &error) == JOBLIB_OK && array.count > 0) {
        const char *data = array.data;
        bool inside = data >= bytes.data && data < bytes.data + bytes.size;
        bool shared = joblib_value_sharing(root) == JOBLIB_SHARING_SHARED;
        if (inside != shared) test_fail(__FILE__, __LINE__, "%s", name);
        CHECK(!shared || array.flags & JOBLIB_ARRAY_ALIGNED);
        CHECK(!(array.flags & JOBLIB_ARRAY_WRITABLE));
        borrowed += inside;
    }
    joblib_document_release(document);
    free(bytes.data);
}

static void borrows_the_buffer_where_it_says_so(void)
{
    CHECK(vector_each("valid/ndarray/", borrow_vector) > 100);
    CHECK(borrowed > 30);
    borrowed = 0;
    CHECK(vector_each("valid/npy/", borrow_vector) > 0);
    CHECK(borrowed > 0);
    borrowed = 0;
    CHECK(vector_each("valid/zlib/", borrow_vector) > 0);
    CHECK_EQ_SIZE(borrowed, 0);
}

/* One byte off, no number of eight bytes is where it should be. */
static void copies_from_a_buffer_that_is_not_aligned(void)
{
    struct vector_bytes bytes = vector_read(ALIGNED, ".joblib");
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    char *moved = malloc(bytes.size + 1);
    memcpy(moved + 1, bytes.data, bytes.size);
    options.borrow = 1;
    CHECK_OK(joblib_load_memory(moved + 1, bytes.size, &options, &document, &error),
             &error);
    CHECK_EQ_INT(joblib_value_sharing(joblib_document_root(document)),
                 JOBLIB_SHARING_UNALIGNED);
    joblib_document_release(document);
    free(moved);
    free(bytes.data);
}

/* A limit inside the elements holds for views too. */
static void keeps_views_within_max_decoded(void)
{
    struct vector_bytes bytes = vector_read(ALIGNED, ".joblib");
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    options.borrow = 1;
    for (size_t limit = 1; limit < bytes.size; limit++) {
        options.max_decoded = limit;
        CHECK_EQ_INT(joblib_load_memory(bytes.data, bytes.size, &options, &document,
                                        &error),
                     JOBLIB_ERROR_LIMIT);
        CHECK(document == NULL);
    }
    free(bytes.data);
}

static unsigned char *first_byte(const joblib_document *document, uint32_t *flags_out)
{
    joblib_array array = JOBLIB_ARRAY_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_value_array(array_in(document), &array, &error), &error);
    *flags_out = array.flags;
    return (unsigned char *)(uintptr_t)array.data;
}

static void lets_the_caller_write_to_pages_of_its_own(void)
{
    static const char *const names[] = {ALIGNED, "valid/ndarray/c-order-joblib0.11",
                                        "valid/zlib/array-joblib1.6",
                                        "valid/legacy/array-joblib0.9"};
    joblib_load_options copy = JOBLIB_LOAD_OPTIONS_INIT, read = JOBLIB_LOAD_OPTIONS_INIT;
    copy.mapping = JOBLIB_MAPPING_COPY_ON_WRITE;
    read.mapping = JOBLIB_MAPPING_READ;
    for (size_t i = 0; i < COUNT(names); i++) {
        uint32_t flags = 0;
        joblib_document *ours = load_vector(names[i], &copy);
        joblib_document *theirs = load_vector(names[i], &read);
        unsigned char before = *first_byte(theirs, &flags);
        CHECK(!(flags & JOBLIB_ARRAY_WRITABLE));
        unsigned char *ours_first = first_byte(ours, &flags);
        CHECK(flags & JOBLIB_ARRAY_WRITABLE);
        *ours_first = (unsigned char)(before + 1);
        CHECK_EQ_INT(*first_byte(theirs, &flags), before);
        joblib_document_release(theirs);
        theirs = load_vector(names[i], NULL);
        CHECK_EQ_INT(*first_byte(theirs, &flags), before);
        joblib_document_release(theirs);
        joblib_document_release(ours);
    }
}

/* The elements of these belong to more than the array. */
static void keeps_other_arrays_from_being_written_to(void)
{
    static const char *const names[] = {"valid/plain-array/f8-protocol5-joblib1.6",
                                        "valid/ndarray/objects-2d-joblib1.6"};
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.mapping = JOBLIB_MAPPING_COPY_ON_WRITE;
    for (size_t i = 0; i < COUNT(names); i++) {
        uint32_t flags = 0;
        joblib_document *document = load_vector(names[i], &options);
        first_byte(document, &flags);
        CHECK(!(flags & JOBLIB_ARRAY_WRITABLE));
        joblib_document_release(document);
    }
}

/* A file that loses its end while it is loaded. */
struct shrinking {
    const char *path;
    off_t size;
    size_t calls, at;
};

static bool shrink(void *ctx, uint64_t read, uint64_t total)
{
    struct shrinking *shrinking = ctx;
    (void)read, (void)total;
    if (++shrinking->calls == shrinking->at)
        CHECK_EQ_INT(truncate(shrinking->path, shrinking->size), 0);
    return true;
}

static void notices_a_file_that_shrinks(void)
{
    char path[] = "/tmp/joblib-sharing-XXXXXX";
    struct vector_bytes bytes = vector_read(ALIGNED, ".joblib");
    for (uint32_t mapping = 1; mapping <= JOBLIB_MAPPING_COPY_ON_WRITE; mapping++) {
        joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        struct shrinking shrinking = {path, (off_t)bytes.size - 1, .at = 2};
        memcpy(path + sizeof path - 7, "XXXXXX", 6);
        int descriptor = mkstemp(path);
        REQUIRE(descriptor >= 0);
        CHECK_EQ_INT(write(descriptor, bytes.data, bytes.size), bytes.size);
        options.mapping = mapping;
        options.progress = shrink;
        options.progress_ctx = &shrinking;
        CHECK_EQ_INT(joblib_load_file(path, &options, &document, &error),
                     JOBLIB_ERROR_TRUNCATED);
        CHECK_EQ_INT(error.status, JOBLIB_ERROR_TRUNCATED);
        CHECK_EQ_SIZE(shrinking.calls, 2);
        CHECK(document == NULL);
        close(descriptor);
        unlink(path);
    }
    free(bytes.data);
}

/* What cannot be mapped is read: here a file without a size, as some systems have them. */
static void maps_no_file_of_unknown_size(void)
{
    joblib_io__file file;
    joblib_io__mapping mapping;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.mapping = JOBLIB_MAPPING_READ;
    CHECK_OK(joblib_io__file_open(&file, vector_path(ALIGNED, ".joblib"), &error),
             &error);
    file.size = JOBLIB_UNKNOWN_SIZE;
    CHECK(!joblib_io__file_map(&file, false, &mapping));
    joblib_io__file_unmap(&mapping);
    joblib_io__file_close(&file);
    if (access("/proc/self/maps", R_OK) != 0) return;
    CHECK_EQ_INT(joblib_load_file("/proc/self/maps", &options, &document, &error),
                 joblib_load_file("/proc/self/maps", NULL, &document, NULL));
}

int main(void)
{
    RUN(tells_why_an_array_is_no_view);
    RUN(borrows_the_buffer_where_it_says_so);
    RUN(copies_from_a_buffer_that_is_not_aligned);
    RUN(keeps_views_within_max_decoded);
    RUN(lets_the_caller_write_to_pages_of_its_own);
    RUN(keeps_other_arrays_from_being_written_to);
    RUN(notices_a_file_that_shrinks);
    RUN(maps_no_file_of_unknown_size);
    return test_finish();
}
