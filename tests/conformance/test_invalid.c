/* Every invalid vector is refused with the status and at the offset that its case names. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/chunked.h"
#include "support/test.h"
#include "support/vectors.h"

/* The word behind `"key":` in the line of expectations, without quotes. */
static void read_field(const char *expect, const char *key, char out[64])
{
    char pattern[64];
    snprintf(pattern, sizeof pattern, "\"%s\":", key);
    const char *found = strstr(expect, pattern);
    out[0] = '\0';
    if (!found) return;
    found += strlen(pattern);
    found += strspn(found, " \"");
    snprintf(out, 64, "%.*s", (int)strcspn(found, "\",}"), found);
}

static void check_offset(const char *name, const char *expect, const char *key,
                         uint64_t found)
{
    char expected[64];
    read_field(expect, key, expected);
    if (expected[0] == '\0' || strcmp(expected, "null") == 0) return;
    if (found != strtoull(expected, NULL, 10))
        test_fail(__FILE__, __LINE__, "%s: %s is %lld, expected %s", name, key,
                  (long long)found, expected);
}

static void check_error(const char *name, const char *expect, joblib_status status,
                        const joblib_error *error)
{
    char expected[64];
    read_field(expect, "status", expected);
    const char *found = joblib_status_name((int)status) + strlen("JOBLIB_");
    if (strncmp(found, "ERROR_", 6) == 0) found += 6;
    if (strcmp(found, expected) != 0) {
        test_fail(__FILE__, __LINE__, "%s: %s (%s), expected %s", name, found,
                  error->message, expected);
        return;
    }
    CHECK_EQ_INT(error->status, (int)status);
    CHECK(error->message[0] != '\0');
    check_offset(name, expect, "offset", error->offset);
    check_offset(name, expect, "file_offset", error->file_offset);
}

static bool go_on(void *ctx, uint64_t read, uint64_t total)
{
    (void)ctx, (void)read, (void)total;
    return true;
}

static void check_vector(const char *name)
{
    joblib_document *document = NULL;
    struct vector_bytes bytes = vector_read(name, ".joblib");
    struct vector_bytes text = vector_read(name, ".json");
    const char *expect = text.data ? strstr(text.data, "\"expect\":") : NULL;
    if (!bytes.data || !expect) {
        test_fail(__FILE__, __LINE__, "%s: cannot be read", name);
    } else {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
        options.companions = vector_folder(name);
        joblib_status status =
            joblib_load_memory(bytes.data, bytes.size, &options, &document, &error);
        check_error(name, expect, status, &error);
        struct chunked chunked = {.data = bytes.data, .size = bytes.size, .chunk = 1};
        joblib_source source = chunked_source(&chunked);
        status = joblib_load_source(&source, &options, &document, &error);
        check_error(name, expect, status, &error);
        status = joblib_load_file(vector_path(name, ".joblib"), NULL, &document, &error);
        check_error(name, expect, status, &error);
        options.mapping = JOBLIB_MAPPING_READ;
        status =
            joblib_load_file(vector_path(name, ".joblib"), &options, &document, &error);
        check_error(name, expect, status, &error);
        options.progress = go_on;
        options.mapping = JOBLIB_MAPPING_READ;
        status =
            joblib_load_file(vector_path(name, ".joblib"), &options, &document, &error);
        check_error(name, expect, status, &error);
        CHECK(document == NULL);
    }
    free(bytes.data);
    free(text.data);
}

static void refuses_every_invalid_vector(void)
{
    CHECK(vector_each("invalid/", check_vector) > 200);
}

int main(void)
{
    RUN(refuses_every_invalid_vector);
    return test_finish();
}
