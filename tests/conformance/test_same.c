/* For every vector the settings are found that give its bytes again, but for those of REDUMP,
   and for those there are none. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "joblib.h"
#include "support/encoded.h"
#include "support/names.h"
#include "support/test.h"
#include "support/vectors.h"

/* The exceptions */
struct exception {
    char name[100], part[16], reason[60];
};

static struct exception exceptions[400];
static size_t exception_count;

static void reads_the_exceptions(void)
{
    char line[256];
    FILE *file = fopen(TEST_VECTORS "/REDUMP", "r");
    REQUIRE(file != NULL);
    while (fgets(line, sizeof line, file) && exception_count < 400) {
        struct exception *next = &exceptions[exception_count];
        if (line[0] == '#') continue;
        CHECK_EQ_INT(sscanf(line, "%99[^\t]\t%15[^\t]\t%59[^\n]", next->name, next->part,
                            next->reason),
                     3);
        if (access(vector_path(next->name, ".joblib"), R_OK) != 0)
            test_fail(__FILE__, __LINE__, "no vector %s", next->name);
        exception_count++;
    }
    fclose(file);
    CHECK(exception_count > 200 && exception_count < 400);
}

static const char *find_exception(const char *name)
{
    for (size_t i = 0; i < exception_count; i++) {
        if (strcmp(exceptions[i].name, name) == 0) return exceptions[i].part;
    }
    return "nothing";
}

/* "pickle", "compression" or "nothing". */
static const char *find_difference(joblib_status status, const joblib_error *error)
{
    if (status == JOBLIB_OK) return "nothing";
    if (status != JOBLIB_ERROR_DIFFERENT) return error->message;
    return error->offset == JOBLIB_NO_OFFSET ? "compression" : "pickle";
}

static void compare_dump(const char *name, const struct vector_bytes *file,
                         const joblib_document *document,
                         const joblib_dump_options *options)
{
    void *data = NULL;
    size_t size = 0;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_dump_memory(document, options, &data, &size, &error), &error);
    if (size != file->size || memcmp(data, file->data, size) != 0)
        test_fail(__FILE__, __LINE__, "%s: the settings give other bytes", name);
    joblib_dump_free(data, size, NULL);
}

static void find_settings(const char *name, const struct vector_bytes *file,
                          const joblib_document *document)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    struct named allowed = names_in(file);
    options.allow = (const char *const *)allowed.names;
    options.allow_count = allowed.count;
    joblib_status status =
        joblib_dump_find_same(document, file->data, file->size, &options, &error);
    const char *found = find_difference(status, &error);
    const char *expected = find_exception(name);
    bool recorded = encodes_as_recorded(joblib_document_codec(document));
    if (strcmp(found, expected) != 0 && (recorded || strcmp(found, "compression") != 0))
        test_fail(__FILE__, __LINE__, "%s: %s differs, expected %s", name, found,
                  expected);
    if (status == JOBLIB_OK) compare_dump(name, file, document, &options);
    names_free(&allowed);
}

static void search_file(const char *name, const struct vector_bytes *file)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.companions = vector_folder(name);
    CHECK_OK(joblib_load_memory(file->data, file->size, &options, &document, &error),
             &error);
    if (document) find_settings(name, file, document);
    joblib_document_release(document);
}

static void search_vector(const char *name)
{
    struct vector_bytes file = vector_read(name, ".joblib");
    if (file.data) search_file(name, &file);
    free(file.data);
}

static void finds_the_settings_of_vectors(void)
{
    CHECK(vector_each("valid/", search_vector) > 1400);
}

static void search_model(const char *name)
{
    static const char *const files[] = {"model", "input"};
    for (size_t i = 0; i < 2; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", name, files[i]);
        search_vector(path);
    }
}

static void finds_the_settings_of_models(void)
{
    CHECK(vector_each("inference/", search_model) > 1000);
}

int main(void)
{
    RUN(reads_the_exceptions);
    RUN(finds_the_settings_of_vectors);
    RUN(finds_the_settings_of_models);
    return test_finish();
}
