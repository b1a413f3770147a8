/* Options of loading: the macro, the function, and structs of other sizes than this one. */
#include "joblib.h"
#include "support/test.h"

typedef struct wide_options {
    joblib_load_options known;
    uint64_t unknown;
} wide_options;

static joblib_status load_none(const joblib_load_options *options)
{
    static const unsigned char none[] = {0x80, 0x02, 'N', '.'};
    joblib_document *document = NULL;
    joblib_status status =
        joblib_load_memory(none, sizeof none, options, &document, NULL);
    joblib_document_release(document);
    return status;
}

static void macro_equals_init_function(void)
{
    joblib_load_options by_macro = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_load_options by_function;
    memset(&by_function, 0xff, sizeof by_function);
    joblib_load_options_init(&by_function);
    CHECK_EQ_BYTES(&by_function, &by_macro, sizeof by_macro);
}

static void accepts_every_shorter_size(void)
{
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    for (uint32_t size = 4; size <= sizeof options; size += 4) {
        options.struct_size = size;
        CHECK_EQ_INT(load_none(&options), JOBLIB_OK);
    }
    options.struct_size = 3;
    CHECK_EQ_INT(load_none(&options), JOBLIB_ERROR_ARGUMENT);
}

static void refuses_fields_it_does_not_know(void)
{
    wide_options wide = {.known = JOBLIB_LOAD_OPTIONS_INIT};
    wide.known.struct_size = sizeof wide;
    CHECK_EQ_INT(load_none(&wide.known), JOBLIB_OK);
    wide.unknown = 1;
    CHECK_EQ_INT(load_none(&wide.known), JOBLIB_ERROR_ARGUMENT);
}

static void refuses_an_unknown_mapping(void)
{
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.mapping = 99;
    CHECK_EQ_INT(load_none(&options), JOBLIB_ERROR_ARGUMENT);
}

int main(void)
{
    RUN(macro_equals_init_function);
    RUN(accepts_every_shorter_size);
    RUN(refuses_fields_it_does_not_know);
    RUN(refuses_an_unknown_mapping);
    return test_finish();
}
