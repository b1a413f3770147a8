/* Each allocation of an upgrade fails once: it fails with MEMORY, and gives all memory back. */
#include "joblib.h"
#include "support/fault.h"
#include "support/test.h"
#include "support/vectors.h"

static const struct {
    const char *vector;
    const char *version;
} fault_rows[] = {
    {"inference/trees/forest-sklearn0.20", "1.9"},
    {"inference/trees/forest-outputs-sklearn1.6", "0.20"},
    {"inference/pipeline/passthrough-middle-sklearn0.24", "1.9"},
    {"inference/linear/logistic-multinomial-sklearn1.9", "0.20"},
};

static joblib_document *load_fault_model(const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    CHECK_OK(joblib_load_file(vector_path(name, "/model.joblib"), NULL, &document,
                              &error),
             &error);
    return document;
}

/* Whether the upgrade with a failing allocation went as it should; `*done` where none failed. */
static bool fails_well(const joblib_document *document, const char *version,
                       size_t fail_at, bool *done)
{
    struct fault fault = {.fail_at = fail_at};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder_options options = JOBLIB_BUILDER_OPTIONS_INIT;
    joblib_document *out = NULL;
    options.allocator = &allocator;
    joblib_status status = joblib_upgrade(document, version, &options, &out, &error);
    *done = status == JOBLIB_OK;
    bool well = *done ? fault.allocations < fail_at
                      : status == JOBLIB_ERROR_MEMORY && out == NULL;
    joblib_document_release(out);
    return well && fault.live_bytes == 0;
}

static void survives_every_failed_allocation(void)
{
    for (size_t i = 0; i < sizeof fault_rows / sizeof fault_rows[0]; i++) {
        joblib_document *document = load_fault_model(fault_rows[i].vector);
        bool done = false;
        size_t fail_at = 1;
        for (; !done; fail_at++)
            if (!fails_well(document, fault_rows[i].version, fail_at, &done)) {
                test_fail(__FILE__, __LINE__, "%s: allocation %zu", fault_rows[i].vector,
                          fail_at);
                break;
            }
        printf("    %zu allocations of %s\n", fail_at - 2, fault_rows[i].vector);
        joblib_document_release(document);
    }
}

int main(void)
{
    RUN(survives_every_failed_allocation);
    return test_finish();
}
