/* Options that are older or newer than the library. */
#include <stdlib.h>

#include "joblib/audit.h"
#include "joblib/builder.h"
#include "joblib/dump.h"
#include "joblib/load.h"
#include "joblib/predict.h"
#include "joblib/print.h"
#include "joblib/profile.h"
#include "support/collected.h"
#include "support/test.h"

/* The pickle of None. */
static const unsigned char none_pickle[] = {0x80, 0x02, 0x4e, 0x2e};

/* Options of a later library: ours, and room for fields that we do not know. */
typedef union wide_options {
    joblib_load_options load;
    joblib_model_options model;
    joblib_run_options run;
    joblib_audit_options audit;
    joblib_builder_options builder;
    joblib_print_options print;
    joblib_dump_options dump;
    joblib_profile_options profile;
    unsigned char bytes[256];
} wide_options;

static joblib_status load_none(const joblib_load_options *options, joblib_document **out,
                               joblib_error *error)
{
    return joblib_load_memory(none_pickle, sizeof none_pickle, options, out, error);
}

static void load_macro_equals_init_function(void)
{
    joblib_load_options by_macro = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_load_options by_function;
    memset(&by_function, 0xa5, sizeof by_function);
    joblib_load_options_init(&by_function);
    CHECK_EQ_BYTES(&by_macro, &by_function, sizeof by_macro);
}

static void model_macro_equals_init_function(void)
{
    joblib_model_options by_macro = JOBLIB_MODEL_OPTIONS_INIT;
    joblib_model_options by_function;
    memset(&by_function, 0xa5, sizeof by_function);
    joblib_model_options_init(&by_function);
    CHECK_EQ_BYTES(&by_macro, &by_function, sizeof by_macro);
}

static void run_macro_equals_init_function(void)
{
    joblib_run_options by_macro = JOBLIB_RUN_OPTIONS_INIT;
    joblib_run_options by_function;
    memset(&by_function, 0xa5, sizeof by_function);
    joblib_run_options_init(&by_function);
    CHECK_EQ_BYTES(&by_macro, &by_function, sizeof by_macro);
}

static void dump_macro_equals_init_function(void)
{
    joblib_dump_options by_macro = JOBLIB_DUMP_OPTIONS_INIT;
    joblib_dump_options by_function;
    memset(&by_function, 0xa5, sizeof by_function);
    joblib_dump_options_init(&by_function);
    CHECK_EQ_BYTES(&by_macro, &by_function, sizeof by_macro);
}

static void audit_macro_equals_init_function(void)
{
    joblib_audit_options by_macro = JOBLIB_AUDIT_OPTIONS_INIT;
    joblib_audit_options by_function;
    memset(&by_function, 0xa5, sizeof by_function);
    joblib_audit_options_init(&by_function);
    CHECK_EQ_BYTES(&by_macro, &by_function, sizeof by_macro);
}

static void profile_macro_equals_init_function(void)
{
    joblib_profile_options by_macro = JOBLIB_PROFILE_OPTIONS_INIT;
    joblib_profile_options by_function;
    memset(&by_function, 0xa5, sizeof by_function);
    joblib_profile_options_init(&by_function);
    CHECK_EQ_BYTES(&by_macro, &by_function, sizeof by_macro);
}

static void print_macro_equals_init_function(void)
{
    joblib_print_options by_macro = JOBLIB_PRINT_OPTIONS_INIT;
    joblib_print_options by_function;
    memset(&by_function, 0xa5, sizeof by_function);
    joblib_print_options_init(&by_function);
    CHECK_EQ_BYTES(&by_macro, &by_function, sizeof by_macro);
}

static void builder_macro_equals_init_function(void)
{
    joblib_builder_options by_macro = JOBLIB_BUILDER_OPTIONS_INIT;
    joblib_builder_options by_function;
    memset(&by_function, 0xa5, sizeof by_function);
    joblib_builder_options_init(&by_function);
    CHECK_EQ_BYTES(&by_macro, &by_function, sizeof by_macro);
}

/* Bytes behind the given size are garbage: they must not be read. */
static void load_accepts_every_shorter_struct(void)
{
    for (uint32_t size = sizeof size; size <= sizeof(joblib_load_options); size++) {
        wide_options options;
        memset(&options, 0xa5, sizeof options);
        memset(&options, 0, size);
        options.load.struct_size = size;
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(load_none(&options.load, &document, &error), &error);
        CHECK(document != NULL);
        joblib_document_release(document);
    }
}

static void load_accepts_a_longer_struct_of_zeros(void)
{
    wide_options options = {.load = JOBLIB_LOAD_OPTIONS_INIT};
    for (uint32_t size = sizeof options.load; size <= sizeof options; size++) {
        memset(&options, 0, sizeof options);
        options.load.struct_size = size;
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(load_none(&options.load, &document, &error), &error);
        joblib_document_release(document);
    }
}

static void load_refuses_a_longer_struct_with_data(void)
{
    for (size_t at = sizeof(joblib_load_options); at < sizeof(wide_options); at++) {
        wide_options options = {.bytes = {0}};
        options.load.struct_size = sizeof options;
        options.bytes[at] = 1;
        joblib_document *document = (joblib_document *)(void *)&options;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_STATUS(load_none(&options.load, &document, &error), &error,
                     JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
        CHECK(document == NULL);
    }
}

static void load_refuses_a_struct_below_its_size_field(void)
{
    for (uint32_t size = 0; size < sizeof size; size++) {
        joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
        options.struct_size = size;
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_STATUS(load_none(&options, &document, &error), &error,
                     JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
        CHECK(document == NULL);
    }
}

static void load_uses_the_fields_that_are_set(void)
{
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.max_opcodes = 2;
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_EQ_INT(load_none(&options, &document, &error), JOBLIB_ERROR_LIMIT);
    CHECK(document == NULL);
    options.max_opcodes = 3;
    error = (joblib_error)JOBLIB_ERROR_INIT;
    CHECK_OK(load_none(&options, &document, &error), &error);
    joblib_document_release(document);
}

static joblib_status check_none(const wide_options *options, joblib_error *error)
{
    joblib_profile_result result;
    joblib_document *document = NULL;
    joblib_status status = load_none(NULL, &document, error);
    if (status == JOBLIB_OK)
        status = joblib_profile_check(document, &options->profile, &result, error);
    joblib_document_release(document);
    return status;
}

static void profile_accepts_shorter_and_refuses_unknown_fields(void)
{
    for (uint32_t size = sizeof size; size <= sizeof(joblib_profile_options); size++) {
        wide_options options;
        memset(&options, 0xa5, sizeof options);
        memset(&options, 0, size);
        options.profile.struct_size = size;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(check_none(&options, &error), &error);
    }
    for (size_t at = sizeof(joblib_profile_options); at < sizeof(wide_options); at++) {
        wide_options options;
        memset(&options, 0, sizeof options);
        options.profile.struct_size = sizeof options;
        options.bytes[at] = 1;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_STATUS(check_none(&options, &error), &error, JOBLIB_ERROR_ARGUMENT,
                     JOBLIB_NO_OFFSET);
    }
}

static joblib_status audit_none(const wide_options *options, joblib_error *error)
{
    joblib_audit *audit = NULL;
    joblib_status status = joblib_audit_memory(none_pickle, sizeof none_pickle,
                                               &options->audit, &audit, error);
    joblib_audit_free(audit);
    return status;
}

static void audit_accepts_shorter_and_refuses_unknown_fields(void)
{
    for (uint32_t size = sizeof size; size <= sizeof(joblib_audit_options); size++) {
        wide_options options;
        memset(&options, 0xa5, sizeof options);
        memset(&options, 0, size);
        options.audit.struct_size = size;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(audit_none(&options, &error), &error);
    }
    for (size_t at = sizeof(joblib_audit_options); at < sizeof(wide_options); at++) {
        wide_options options = {.bytes = {0}};
        options.audit.struct_size = sizeof options;
        joblib_error error = JOBLIB_ERROR_INIT;
        options.bytes[at] = 1;
        CHECK_STATUS(audit_none(&options, &error), &error, JOBLIB_ERROR_ARGUMENT,
                     JOBLIB_NO_OFFSET);
    }
}

static joblib_status build_nothing(const wide_options *options, joblib_error *error)
{
    joblib_builder *builder = NULL;
    joblib_status status = joblib_builder_new(&options->builder, &builder, error);
    CHECK((status == JOBLIB_OK) == (builder != NULL));
    joblib_builder_free(builder);
    return status;
}

static void builder_accepts_shorter_and_refuses_unknown_fields(void)
{
    for (uint32_t size = sizeof size; size <= sizeof(joblib_builder_options); size++) {
        wide_options options;
        memset(&options, 0xa5, sizeof options);
        memset(&options, 0, size);
        options.builder.struct_size = size;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(build_nothing(&options, &error), &error);
    }
    for (size_t at = sizeof(joblib_builder_options); at < sizeof(wide_options); at++) {
        wide_options options = {.bytes = {0}};
        options.builder.struct_size = sizeof options;
        joblib_error error = JOBLIB_ERROR_INIT;
        options.bytes[at] = 1;
        CHECK_STATUS(build_nothing(&options, &error), &error, JOBLIB_ERROR_ARGUMENT,
                     JOBLIB_NO_OFFSET);
    }
    wide_options options = {.builder = JOBLIB_BUILDER_OPTIONS_INIT};
    options.builder.reserved = 1;
    CHECK_EQ_INT(build_nothing(&options, NULL), JOBLIB_ERROR_ARGUMENT);
}

static joblib_status dump_none(const wide_options *options, joblib_error *error)
{
    joblib_document *document = NULL;
    void *data = NULL;
    size_t size = 0;
    CHECK_OK(load_none(NULL, &document, error), error);
    joblib_status status =
        joblib_dump_memory(document, &options->dump, &data, &size, error);
    joblib_dump_free(data, size, NULL);
    joblib_document_release(document);
    return status;
}

static void dump_accepts_shorter_and_refuses_unknown_fields(void)
{
    for (uint32_t size = sizeof size; size <= sizeof(joblib_dump_options); size++) {
        wide_options options;
        memset(&options, 0xa5, sizeof options);
        memset(&options, 0, size);
        options.dump.struct_size = size;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(dump_none(&options, &error), &error);
    }
    for (size_t at = sizeof(joblib_dump_options); at < sizeof(wide_options); at++) {
        wide_options options = {.bytes = {0}};
        options.dump.struct_size = sizeof options;
        joblib_error error = JOBLIB_ERROR_INIT;
        options.bytes[at] = 1;
        CHECK_STATUS(dump_none(&options, &error), &error, JOBLIB_ERROR_ARGUMENT,
                     JOBLIB_NO_OFFSET);
    }
}

static joblib_status print_none(const wide_options *options, joblib_error *error)
{
    joblib_document *document = NULL;
    struct collected printed = {0};
    joblib_sink sink = collect_into(&printed);
    CHECK_OK(load_none(NULL, &document, error), error);
    joblib_status status =
        joblib_value_print(joblib_document_root(document), &options->print, &sink, error);
    joblib_document_release(document);
    free(printed.text);
    return status;
}

static void print_accepts_shorter_and_refuses_unknown_fields(void)
{
    for (uint32_t size = sizeof size; size <= sizeof(joblib_print_options); size++) {
        wide_options options;
        memset(&options, 0xa5, sizeof options);
        memset(&options, 0, size);
        options.print.struct_size = size;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(print_none(&options, &error), &error);
    }
    for (size_t at = sizeof(joblib_print_options); at < sizeof(wide_options); at++) {
        wide_options options = {.bytes = {0}};
        options.print.struct_size = sizeof options;
        joblib_error error = JOBLIB_ERROR_INIT;
        options.bytes[at] = 1;
        CHECK_STATUS(print_none(&options, &error), &error, JOBLIB_ERROR_ARGUMENT,
                     JOBLIB_NO_OFFSET);
    }
}

static joblib_model *load_demo(void)
{
    joblib_model *model = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_model_load_file(TEST_VECTORS "/demo/iris_logistic/model.joblib", NULL,
                                    NULL, &model, &error),
             &error);
    return model;
}

static joblib_status build_again(const joblib_model *model, const wide_options *options,
                                 joblib_error *error)
{
    joblib_model *other = NULL;
    joblib_status status = joblib_model_new(joblib_model_document(model), NULL,
                                            &options->model, &other, error);
    joblib_model_release(other);
    return status;
}

static void model_accepts_shorter_and_refuses_unknown_fields(void)
{
    joblib_model *model = load_demo();
    REQUIRE(model != NULL);
    for (uint32_t size = sizeof size; size <= sizeof(joblib_model_options); size++) {
        wide_options options;
        memset(&options, 0xa5, sizeof options);
        memset(&options, 0, size);
        options.model.struct_size = size;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(build_again(model, &options, &error), &error);
    }
    for (size_t at = sizeof(joblib_model_options); at < sizeof(wide_options); at++) {
        wide_options options = {.bytes = {0}};
        options.model.struct_size = sizeof options;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(build_again(model, &options, &error), &error);
        options.bytes[at] = 1;
        CHECK_STATUS(build_again(model, &options, &error), &error, JOBLIB_ERROR_ARGUMENT,
                     JOBLIB_NO_OFFSET);
    }
    joblib_model_release(model);
}

static joblib_status run_one_row(const joblib_model *model, const wide_options *options,
                                 joblib_error *error)
{
    static const double row[4] = {5.1, 3.5, 1.4, 0.2};
    joblib_input input;
    joblib_input_dense(&input, row, JOBLIB_NUMBER_FLOAT64, 1, 4);
    joblib_result *result = NULL;
    joblib_status status = joblib_model_run(model, JOBLIB_METHOD_PREDICT, &input, NULL,
                                            &options->run, &result, error);
    joblib_result_free(result);
    return status;
}

static void run_accepts_shorter_and_refuses_unknown_fields(void)
{
    joblib_model *model = load_demo();
    REQUIRE(model != NULL);
    for (uint32_t size = sizeof size; size <= sizeof(joblib_run_options); size++) {
        wide_options options;
        memset(&options, 0xa5, sizeof options);
        memset(&options, 0, size);
        options.run.struct_size = size;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(run_one_row(model, &options, &error), &error);
    }
    for (size_t at = sizeof(joblib_run_options); at < sizeof(wide_options); at++) {
        wide_options options = {.bytes = {0}};
        options.run.struct_size = sizeof options;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(run_one_row(model, &options, &error), &error);
        options.bytes[at] = 1;
        CHECK_STATUS(run_one_row(model, &options, &error), &error, JOBLIB_ERROR_ARGUMENT,
                     JOBLIB_NO_OFFSET);
    }
    joblib_model_release(model);
}

int main(void)
{
    RUN(load_macro_equals_init_function);
    RUN(model_macro_equals_init_function);
    RUN(run_macro_equals_init_function);
    RUN(dump_macro_equals_init_function);
    RUN(profile_macro_equals_init_function);
    RUN(audit_macro_equals_init_function);
    RUN(print_macro_equals_init_function);
    RUN(builder_macro_equals_init_function);
    RUN(builder_accepts_shorter_and_refuses_unknown_fields);
    RUN(load_accepts_every_shorter_struct);
    RUN(load_accepts_a_longer_struct_of_zeros);
    RUN(load_refuses_a_longer_struct_with_data);
    RUN(load_refuses_a_struct_below_its_size_field);
    RUN(load_uses_the_fields_that_are_set);
    RUN(dump_accepts_shorter_and_refuses_unknown_fields);
    RUN(profile_accepts_shorter_and_refuses_unknown_fields);
    RUN(audit_accepts_shorter_and_refuses_unknown_fields);
    RUN(print_accepts_shorter_and_refuses_unknown_fields);
    RUN(model_accepts_shorter_and_refuses_unknown_fields);
    RUN(run_accepts_shorter_and_refuses_unknown_fields);
    return test_finish();
}
