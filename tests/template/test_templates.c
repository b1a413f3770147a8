/* A model of every class for every release: keys and types of its state are the real
   ones. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/samples.h"
#include "support/test.h"

#define STATES TEST_VECTORS "/../../tests/template/states.tsv"
#define LINE_SIZE 4096

static size_t release_index(const char *text)
{
    size_t i = 0;
    while (joblib_template_version(i) && strcmp(joblib_template_version(i), text) != 0)
        i++;
    return i;
}

/* Finds the keys of a class's real state in a release; "" if there are none. */
static const char *find_keys(const char *class, size_t release, char line[LINE_SIZE])
{
    FILE *file = fopen(STATES, "r");
    char *keys = NULL;
    while (file && !keys && fgets(line, LINE_SIZE, file)) {
        char *name = strtok(line, "\t"), *from = strtok(NULL, "\t");
        char *to = strtok(NULL, "\t"), *module = strtok(NULL, "\t");
        bool is_found = module && strcmp(name, class) == 0 &&
                        release >= release_index(from) && release <= release_index(to);
        if (is_found) keys = strtok(NULL, "\n");
    }
    if (file) (void)fclose(file);
    return keys ? keys : "";
}

/* The type of a value as states.tsv spells it, as far as that does not look into lists.
   */
static void spell_type(const joblib_value *value, char *out, size_t size)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    const char *name = joblib_kind_name((int)joblib_value_kind(value));
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_NONE:
        (void)snprintf(out, size, "NoneType");
        break;
    case JOBLIB_KIND_ARRAY:
        CHECK_EQ_INT(joblib_value_array(value, &view, NULL), JOBLIB_OK);
        (void)snprintf(out, size, "ndarray%s[%zu]", joblib_dtype_text(view.dtype),
                       view.ndim);
        break;
    case JOBLIB_KIND_SCALAR:
        (void)snprintf(out, size, "scalar%s",
                       joblib_dtype_text(joblib_value_dtype(value)));
        break;
    case JOBLIB_KIND_OBJECT:
        (void)snprintf(out, size, "%s.%s", joblib_value_module(value),
                       joblib_value_name(value));
        break;
    default:
        (void)snprintf(out, size, "%s", name);
    }
}

/* Finds the key of an attribute behind what was met before; NULL if it is not there. */
static const char *find_key(const char *keys, const char *name)
{
    size_t size = strlen(name);
    while (keys && (strncmp(keys, name, size) != 0 || !strchr("=:", keys[size]))) {
        keys = strchr(keys, ' ');
        if (keys) keys++;
    }
    return keys;
}

/* Compares the state of a model with the keys: in the same order, types that agree. */
static void compare_keys(const joblib_value *model, const char *keys, const char *version)
{
    const joblib_value *state = joblib_value_state(model);
    size_t last = joblib_value_count(state) - 1;
    for (size_t i = 0; i < last; i++) {
        char type[128];
        const char *name = joblib_value_text(joblib_value_key(state, i), NULL);
        spell_type(joblib_value_at(state, i), type, sizeof type);
        keys = find_key(keys, name);
        if (!keys) {
            test_fail(__FILE__, __LINE__, "%s of %s: %s is not there, or before another",
                      joblib_value_name(model), version, name);
            return;
        }
        const char *real = keys + strlen(name);
        if (*real == ':' && strncmp(real + 1, type, strlen(type)) != 0)
            test_fail(__FILE__, __LINE__, "%s of %s: %s is %s, real is %.40s",
                      joblib_value_name(model), version, name, type, real + 1);
    }
    CHECK_EQ_TEXT(joblib_value_text(joblib_value_key(state, last), NULL),
                  "_sklearn_version");
    CHECK_EQ_TEXT(joblib_value_text(joblib_value_at(state, last), NULL), version);
}

/* A full version of a release: any will do. */
static void full_version(size_t release, char out[32])
{
    (void)snprintf(out, 32, "%s.9", joblib_template_version(release));
}

static void builds_every_class_for_every_release(void)
{
    static char line[LINE_SIZE];
    CHECK_EQ_SIZE(sample_count(), joblib_template_class_count());
    for (size_t i = 0; i < sample_count() * joblib_template_version_count(); i++) {
        size_t sample = i % sample_count(), release = i / sample_count();
        char version[32];
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_builder *builder = NULL;
        joblib_value *model = NULL;
        full_version(release, version);
        CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
        CHECK_OK(sample_make(builder, sample, version, &model, &error), &error);
        CHECK_EQ_TEXT(joblib_value_name(model), sample_class(sample));
        if (model)
            compare_keys(model, find_keys(sample_class(sample), release, line), version);
        joblib_builder_free(builder);
    }
}

/* Dumps a model with the options of a version, and loads the bytes again. */
static joblib_document *dump_and_load(const joblib_document *document,
                                      const char *version)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    joblib_document *loaded = NULL;
    void *data = NULL;
    size_t size = 0;
    CHECK_OK(joblib_template_dump_options(version, &options, &error), &error);
    CHECK_OK(joblib_dump_memory(document, &options, &data, &size, &error), &error);
    CHECK_OK(joblib_load_memory(data, size, NULL, &loaded, &error), &error);
    joblib_dump_free(data, size, NULL);
    return loaded;
}

static void keeps_the_state_in_a_dump(void)
{
    static char line[LINE_SIZE];
    for (size_t i = 0; i < sample_count() * joblib_template_version_count(); i++) {
        size_t sample = i % sample_count(), release = i / sample_count();
        char version[32];
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_builder *builder = NULL;
        joblib_document *document = NULL, *loaded = NULL;
        joblib_value *model = NULL;
        full_version(release, version);
        CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
        CHECK_OK(sample_make(builder, sample, version, &model, &error), &error);
        CHECK_OK(joblib_builder_finish(builder, model, &document, &error), &error);
        if (document) loaded = dump_and_load(document, version);
        if (loaded)
            compare_keys(joblib_document_root(loaded),
                         find_keys(sample_class(sample), release, line), version);
        joblib_document_release(loaded);
        joblib_document_release(document);
        joblib_builder_free(builder);
    }
}

/* The names of an audit that are not known, of a dump of a sample. */
static size_t count_unknown(const void *data, size_t size)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_audit *audit = NULL;
    size_t unknown = 0;
    CHECK_OK(joblib_audit_memory(data, size, NULL, &audit, &error), &error);
    for (size_t i = 0; i < joblib_audit_count(audit); i++)
        unknown += joblib_audit_at(audit, i)->verdict != JOBLIB_VERDICT_KNOWN;
    joblib_audit_free(audit);
    return unknown;
}

static void names_only_what_audits_know(void)
{
    for (size_t i = 0; i < sample_count() * joblib_template_version_count(); i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_builder *builder = NULL;
        joblib_document *document = NULL;
        joblib_value *model = NULL;
        void *data = NULL;
        size_t size = 0;
        CHECK_OK(joblib_builder_new(NULL, &builder, &error), &error);
        CHECK_OK(sample_make(builder, i % sample_count(),
                             joblib_template_version(i / sample_count()), &model, &error),
                 &error);
        CHECK_OK(joblib_builder_finish(builder, model, &document, &error), &error);
        CHECK_OK(joblib_dump_memory(document, NULL, &data, &size, &error), &error);
        CHECK_EQ_SIZE(count_unknown(data, size), 0);
        joblib_dump_free(data, size, NULL);
        joblib_document_release(document);
        joblib_builder_free(builder);
    }
}

/* Makes a sample while the allocation `at` fails, or all from there on. */
static joblib_status make_with_fault(size_t sample, size_t at, bool for_ever)
{
    struct fault fault = {.fail_at = at, .for_ever = for_ever};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_builder_options options = JOBLIB_BUILDER_OPTIONS_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = NULL;
    joblib_value *model = NULL;
    options.allocator = &allocator;
    joblib_status status = joblib_builder_new(&options, &builder, &error);
    if (status == JOBLIB_OK) status = sample_make(builder, sample, "1.6", &model, &error);
    CHECK(status == JOBLIB_OK || status == JOBLIB_ERROR_MEMORY);
    joblib_builder_free(builder);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    return status;
}

/* Every allocation of making a model fails: the status says so, and nothing leaks. */
static void ends_cleanly_where_memory_does(void)
{
    for (size_t i = 0; i < sample_count() * 2; i++) {
        joblib_status status = JOBLIB_ERROR_MEMORY;
        for (size_t at = 1; status != JOBLIB_OK && at < 200; at++)
            status = make_with_fault(i / 2, at, i % 2 == 0);
        CHECK_EQ_INT(status, JOBLIB_OK);
    }
}

int main(void)
{
    RUN(builds_every_class_for_every_release);
    RUN(keeps_the_state_in_a_dump);
    RUN(names_only_what_audits_know);
    RUN(ends_cleanly_where_memory_does);
    return test_finish();
}
