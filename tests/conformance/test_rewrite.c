/* What real joblib wrote is written again, byte for byte, also from a copy; everything else gives
   its value again. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/collected.h"
#include "support/decoded.h"
#include "support/names.h"
#include "support/test.h"
#include "support/vectors.h"

/* "3.13" as 313; 0 where the case has no such tag. */
static uint32_t read_python(const char *tags)
{
    static const char key[] = "\"python\": \"";
    unsigned major = 0, minor = 0;
    const char *at = strstr(tags, key);
    if (!at || sscanf(at + sizeof key - 1, "%u.%u", &major, &minor) != 2) return 0;
    return major * 100 + minor;
}

static bool has_tag(const char *tags, const char *tag)
{
    char key[64];
    snprintf(key, sizeof key, "\"%s\": ", tag);
    return strstr(tags, key) != NULL;
}

/* Whether the bytes are those of joblib 0.10 or newer, or of the pickler in C of Python 3. */
static bool is_followed(const char *name, const char *tags)
{
    bool is_c = strstr(name, "cpickle") != NULL;
    if (is_c) return read_python(tags) > 300;
    return has_tag(tags, "joblib") && !has_tag(tags, "companions");
}

static void compare_bytes(const char *name, const struct vector_bytes *wanted,
                          const void *data, size_t size)
{
    const char *found = data;
    size_t same = 0;
    while (same < size && same < wanted->size && found[same] == wanted->data[same])
        same++;
    if (same < size || same < wanted->size)
        test_fail(__FILE__, __LINE__, "%s: %zu bytes written, %zu expected, %zu equal",
                  name, size, wanted->size, same);
}

static void print_into(struct collected *text, const joblib_document *document)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_sink sink = collect_into(text);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_JSON;
    CHECK_OK(joblib_value_print(joblib_document_root(document), &options, &sink, &error),
             &error);
}

/* Vectors made by hand that no pickler of Python would write so, whose value changes. */
static bool is_changed(const char *name)
{
    static const char *const changed[] = {
        "valid/hostile/dotted-newobj", /* protocol 2 has no names with dots */
        "valid/text/float-words",      /* a line of text has no NaN with a sign */
    };
    for (size_t i = 0; i < sizeof changed / sizeof changed[0]; i++) {
        if (strcmp(name, changed[i]) == 0) return true;
    }
    return false;
}

/* What was written is read again and printed: the same value. */
static void compare_values(const char *name, const joblib_document *document,
                           const void *data, size_t size)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *again = NULL;
    struct collected wanted = {0}, found = {0};
    if (joblib_load_memory(data, size, NULL, &again, &error) != JOBLIB_OK) {
        test_fail(__FILE__, __LINE__, "%s: what was written is not read: %s", name,
                  error.message);
        return;
    }
    print_into(&wanted, document);
    print_into(&found, again);
    bool same =
        wanted.size == found.size && memcmp(wanted.text, found.text, found.size) == 0;
    if (same == is_changed(name))
        test_fail(__FILE__, __LINE__,
                  "%s: another value is read again:\n%.1000s\n%.1000s", name, found.text,
                  wanted.text);
    free(wanted.text);
    free(found.text);
    joblib_document_release(again);
}

/* Bytes that were written; joblib_dump_free() them. */
struct written {
    void *data;
    size_t size;
};

static struct written write_document(const char *name, const char *tags,
                                     const struct named *allowed,
                                     const joblib_document *document)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    struct written written = {NULL, 0};
    options.codec = JOBLIB_CODEC_RAW + 1;
    options.python_version = read_python(tags);
    options.pickler = strstr(name, "cpickle") ? JOBLIB_PICKLER_C : JOBLIB_PICKLER_JOBLIB;
    options.allow = (const char *const *)allowed->names;
    options.allow_count = allowed->count;
    if (joblib_dump_memory(document, &options, &written.data, &written.size, &error) !=
        JOBLIB_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", name, error.message);
    return written;
}

/* A copy through a builder, after which the document is released. */
static joblib_document *copy_and_release(joblib_document *document)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_value *root = NULL;
    joblib_document *copy = NULL;
    CHECK_OK(joblib_builder_new_from(document, NULL, &builder, &root, &error), &error);
    joblib_document_release(document);
    if (builder) CHECK_OK(joblib_builder_finish(builder, root, &copy, &error), &error);
    joblib_builder_free(builder);
    return copy;
}

/* Nothing of the input is left when the copy is written. */
static void compare_copy(const char *name, const char *tags, const struct named *allowed,
                         const struct vector_bytes *file, joblib_document *document,
                         const struct written *wanted)
{
    joblib_document *copy = copy_and_release(document);
    if (!copy) return;
    memset(file->data, 0xa5, file->size);
    struct written found = write_document(name, tags, allowed, copy);
    bool same = found.size == wanted->size && wanted->data && found.data &&
                memcmp(found.data, wanted->data, wanted->size) == 0;
    if (!same) test_fail(__FILE__, __LINE__, "%s: a copy is written otherwise", name);
    joblib_dump_free(found.data, found.size, NULL);
    joblib_document_release(copy);
}

/* Releases the document. */
static void rewrite_document(const char *name, const char *tags,
                             const struct vector_bytes *file, joblib_document *document)
{
    struct named allowed = names_in(file);
    struct written written = write_document(name, tags, &allowed, document);
    if (written.data && is_followed(name, tags)) {
        struct vector_bytes decoded = decoded_from(file);
        compare_bytes(name, &decoded, written.data, written.size);
        free(decoded.data);
    } else if (written.data) {
        compare_values(name, document, written.data, written.size);
    }
    compare_copy(name, tags, &allowed, file, document, &written);
    joblib_dump_free(written.data, written.size, NULL);
    names_free(&allowed);
}

static void rewrite_file(const char *name, const char *tags,
                         const struct vector_bytes *file)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.companions = vector_folder(name);
    options.borrow = 1;
    CHECK_OK(joblib_load_memory(file->data, file->size, &options, &document, &error),
             &error);
    if (document) rewrite_document(name, tags, file, document);
}

static void rewrite_vector(const char *name)
{
    struct vector_bytes file = vector_read(name, ".joblib");
    struct vector_bytes text = vector_read(name, ".json");
    if (file.data && text.data)
        rewrite_file(name, text.data, &file);
    else
        test_fail(__FILE__, __LINE__, "%s: cannot be read", name);
    free(file.data);
    free(text.data);
}

static void writes_every_valid_vector_again(void)
{
    CHECK(vector_each("valid/", rewrite_vector) > 1400);
}

static void rewrite_model(const char *name)
{
    static const char *const files[] = {"model", "input"};
    struct vector_bytes text = vector_read(name, "/expected.json");
    for (size_t i = 0; text.data && i < 2; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", name, files[i]);
        struct vector_bytes file = vector_read(path, ".joblib");
        if (file.data) rewrite_file(path, text.data, &file);
        free(file.data);
    }
    free(text.data);
}

static void writes_every_model_again(void)
{
    CHECK(vector_each("inference/", rewrite_model) > 1000);
}

int main(void)
{
    RUN(writes_every_valid_vector_again);
    RUN(writes_every_model_again);
    return test_finish();
}
