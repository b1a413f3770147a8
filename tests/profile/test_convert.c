/* Documents made portable: what is rewritten, and that no value changes. */
#include <stdlib.h>

#include "joblib/codec.h"
#include "joblib/load.h"
#include "joblib/print.h"
#include "profile/found.h"
#include "support/collected.h"
#include "support/fault.h"

/* Converts and dumps a document, and loads that; NULL where it cannot be written. */
static joblib_document *convert_and_load(const joblib_document *document)
{
    joblib_document *made = NULL, *loaded = NULL;
    void *data = NULL;
    size_t size = 0;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    CHECK_OK(joblib_profile_convert(document, JOBLIB_PROFILE_PORTABLE, NULL, &made,
                                    &error),
             &error);
    CHECK_OK(joblib_profile_dump_options(JOBLIB_PROFILE_PORTABLE, document, &options,
                                         &error),
             &error);
    if (joblib_dump_memory(made, &options, &data, &size, &error) == JOBLIB_OK)
        CHECK_OK(joblib_load_memory(data, size, NULL, &loaded, &error), &error);
    joblib_dump_free(data, size, NULL);
    joblib_document_release(made);
    return loaded;
}

static char *json_of(const joblib_document *document)
{
    struct collected text = {0};
    joblib_sink sink = collect_into(&text);
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_JSON;
    CHECK_OK(joblib_value_print(joblib_document_root(document), &options, &sink, &error),
             &error);
    return text.text;
}

/* Protocols 0 and 1 make an object in another way, which protocol 2 does not have. */
static char *without_old_form(char *json)
{
    static const char old[] = "\"form\":\"reconstructor\"", new[] = "\"form\":\"newobj\"";
    for (char *at = json; (at = strstr(at, old)) != NULL;) {
        memcpy(at, new, sizeof new - 1);
        memmove(at + sizeof new - 1, at + sizeof old - 1,
                strlen(at + sizeof old - 1) + 1);
    }
    return json;
}

/* What is another document, by the beginning of its name, and loads in Python as the same. */
static const char *const written_otherwise[] = {
    "valid/plain-array/shared-",       /* a wrapper for each reference, as joblib does */
    "valid/pandas/pickle2-pandas0.20", /* the same */
    "valid/hostile/dotted-newobj", /* Python has no name with dots before protocol 4 */
};

static bool is_written_otherwise(const char *name)
{
    for (size_t i = 0; i < sizeof written_otherwise / sizeof *written_otherwise; i++) {
        const char *prefix = written_otherwise[i];
        if (strncmp(name, prefix, strlen(prefix)) == 0) return true;
    }
    return false;
}

static struct {
    size_t conforming, made_to, others;
} counts;

/* Python 2's str becomes another kind: JSON tells it. */
static bool is_of_python2(const struct found *found)
{
    return found->rules &
           (UINT32_C(1) << JOBLIB_PROFILE_TEXT | UINT32_C(1) << JOBLIB_PROFILE_UNICODE);
}

static void check_conversion(const char *name)
{
    joblib_document *document =
        load_vector(name,
                    strncmp(name, "inference/", 10) == 0 ? "/model.joblib" : ".joblib");
    struct found before = found_in(joblib_document_retain(document), -1);
    joblib_document *loaded = convert_and_load(document);
    if (loaded != NULL) {
        struct found after = found_in(joblib_document_retain(loaded), -1);
        size_t *count = before.result.findings == 0  ? &counts.conforming
                        : after.result.findings == 0 ? &counts.made_to
                                                     : &counts.others;
        ++*count;
        if (before.result.findings == 0 && after.result.findings > 0)
            test_fail(__FILE__, __LINE__, "%s conformed: %s: %s", name, after.path,
                      after.reason);
        char *old = without_old_form(json_of(document)), *new = json_of(loaded);
        bool has_old_names =
            joblib_document_protocol(document) < 2 && after.result.findings > 0;
        if (!is_of_python2(&before) && !has_old_names && !is_written_otherwise(name) &&
            strcmp(old, new) != 0)
            test_fail(__FILE__, __LINE__, "%s has another value", name);
        free(old);
        free(new);
    }
    joblib_document_release(loaded);
    joblib_document_release(document);
}

static void keeps_the_value_of_every_vector(void)
{
    vector_each("valid/", check_conversion);
    CHECK(counts.conforming > 300);
    CHECK(counts.made_to > 300);
    CHECK(counts.others > 300);
}

static void keeps_the_models_of_the_range(void)
{
    memset(&counts, 0, sizeof counts);
    vector_each("inference/trees/forest-", check_conversion);
    vector_each("inference/linear/ridge-", check_conversion);
    CHECK(counts.conforming > 20);
    CHECK(counts.made_to > 5);
}

/* One of each kind that becomes portable. */
static void makes_these_portable(void)
{
    static const char *const names[] = {
        "valid/zf/arrays-joblib0.9",
        "valid/text/float-edges",
        "valid/legacy/0-d-joblib0.9",
        "valid/npy/f-order",
        "valid/gzip/objects-joblib1.6",
        "valid/estimators/forest-sklearn1.9",
        "valid/python2/str-joblib0.11-py2.7",
        "valid/plain-array/f8-protocol2-joblib0.11-py2.7",
        "valid/plain-array/0-d-protocol2-joblib1.6",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        joblib_document *document = load_vector(names[i], ".joblib");
        struct found before = found_in(joblib_document_retain(document), -1);
        struct found after = found_in(convert_and_load(document), -1);
        if (after.result.findings > 0 || before.result.findings == 0)
            test_fail(__FILE__, __LINE__, "%s: %s: %s", names[i], after.path,
                      after.reason);
        joblib_document_release(document);
    }
}

static void text_of_python_2_becomes_text(void)
{
    joblib_document *document =
        load_vector("valid/python2/str-joblib0.11-py2.7", ".joblib");
    joblib_document *loaded = convert_and_load(document);
    const joblib_value *old = joblib_value_at(joblib_document_root(document), 0);
    const joblib_value *new = joblib_value_at(joblib_document_root(loaded), 0);
    CHECK(joblib_value_is_py2(old) && !joblib_value_is_py2(new));
    CHECK_EQ_INT(joblib_value_kind(new), JOBLIB_KIND_STR);
    CHECK_EQ_TEXT(joblib_value_text(new, NULL), joblib_value_text(old, NULL));
    joblib_document_release(loaded);
    joblib_document_release(document);
}

static void chooses_codec_and_protocol_where_it_must(void)
{
    static const struct {
        const char *vector;
        uint32_t codec, protocol, given_codec, given_protocol;
    } rows[] = {
        {"valid/gzip/objects-joblib1.6", 0, 4 + 1, 0, 0},
        {"valid/zf/arrays-joblib0.9", JOBLIB_CODEC_ZLIB + 1, 3 + 1, 0, 0},
        {"valid/text/float-edges", 0, 4 + 1, 0, 0},
        {"valid/pickle5/bytearray", 0, 5 + 1, 0, 0},
        {"valid/pickle2/dict-1001", JOBLIB_CODEC_BZ2 + 1, 0 + 1, JOBLIB_CODEC_BZ2 + 1, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        joblib_document *document = load_vector(rows[i].vector, ".joblib");
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
        options.codec = rows[i].given_codec;
        options.protocol = rows[i].given_protocol;
        CHECK_OK(joblib_profile_dump_options(JOBLIB_PROFILE_PORTABLE, document, &options,
                                             &error),
                 &error);
        CHECK_EQ_INT(options.codec, rows[i].codec);
        CHECK_EQ_INT(options.protocol, rows[i].protocol);
        CHECK_EQ_INT(options.numpy_version, 1);
        joblib_document_release(document);
    }
}

#define CHECK_ARGUMENT(call, text) \
    do { \
        CHECK_STATUS(call, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET); \
        CHECK_EQ_TEXT(error.message, text); \
    } while (0)

static void refuses_what_is_no_argument(void)
{
    joblib_document *document = document_from("None"), *made = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    CHECK_ARGUMENT(joblib_profile_convert(document, 1, NULL, NULL, &error),
                   "out is NULL");
    CHECK_ARGUMENT(joblib_profile_convert(NULL, 1, NULL, &made, &error),
                   "document is NULL");
    CHECK_ARGUMENT(joblib_profile_convert(document, 2, NULL, &made, &error),
                   "profile 2 is unknown");
    CHECK_ARGUMENT(joblib_profile_dump_options(1, NULL, &options, &error),
                   "no document given");
    CHECK_ARGUMENT(joblib_profile_dump_options(1, document, NULL, &error),
                   "no options given");
    CHECK_ARGUMENT(joblib_profile_dump_options(0, document, &options, &error),
                   "profile 0 is unknown");
    options.struct_size = 4;
    CHECK_ARGUMENT(joblib_profile_dump_options(1, document, &options, &error),
                   "struct_size of joblib_dump_options is 4, below its own size");
    joblib_document_release(document);
}

/* What breaks several rules, and has a model in it. */
static joblib_document *make_mixed(void)
{
    return document_from(
        "{'m': sklearn.linear_model._base.LinearRegression(coef_=f8[2]{1,2}, "
        "intercept_=0.5), 'c': collections.Counter(a=1), 'n': [2**70, &1 [1, [*1]]], "
        "'o': O[2]{'a',[1]}, 'd': >f8[2]{1}, 't': os.system}");
}

/* Runs `call` with each allocation failing in turn, until it succeeds. */
static size_t count_faults(joblib_status (*call)(const joblib_document *,
                                                 const joblib_allocator *,
                                                 joblib_error *))
{
    joblib_document *document = make_mixed();
    size_t failures = 0;
    for (size_t at = 1; at < 4000; at++) {
        struct fault fault = {.fail_at = at, .for_ever = at % 2 == 0};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_status status = call(document, &allocator, &error);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
        if (status == JOBLIB_OK) break;
        CHECK_EQ_INT(status, JOBLIB_ERROR_MEMORY);
        failures++;
    }
    joblib_document_release(document);
    return failures;
}

static joblib_status check_with(const joblib_document *document,
                                const joblib_allocator *allocator, joblib_error *error)
{
    joblib_profile_result result;
    joblib_profile_options options = JOBLIB_PROFILE_OPTIONS_INIT;
    options.allocator = allocator;
    return joblib_profile_check(document, &options, &result, error);
}

static joblib_status convert_with(const joblib_document *document,
                                  const joblib_allocator *allocator, joblib_error *error)
{
    joblib_document *made = NULL;
    joblib_builder_options options = JOBLIB_BUILDER_OPTIONS_INIT;
    options.allocator = allocator;
    joblib_status status =
        joblib_profile_convert(document, JOBLIB_PROFILE_PORTABLE, &options, &made, error);
    CHECK((made != NULL) == (status == JOBLIB_OK));
    joblib_document_release(made);
    return status;
}

static void survives_failing_allocations(void)
{
    size_t failures = count_faults(check_with);
    CHECK(failures >= 3 && failures < 100);
    failures = count_faults(convert_with);
    CHECK(failures >= 10 && failures < 1000);
}

int main(void)
{
    RUN(keeps_the_value_of_every_vector);
    RUN(keeps_the_models_of_the_range);
    RUN(makes_these_portable);
    RUN(text_of_python_2_becomes_text);
    RUN(chooses_codec_and_protocol_where_it_must);
    RUN(refuses_what_is_no_argument);
    RUN(survives_failing_allocations);
    return test_finish();
}
