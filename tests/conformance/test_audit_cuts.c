/* An audit vector that is cut anywhere is never clean. */
#include <stdlib.h>

#include "joblib.h"
#include "support/test.h"
#include "support/vectors.h"

static void check_cuts(const char *name)
{
    struct vector_bytes bytes = vector_read(name, ".joblib");
    REQUIRE(bytes.data != NULL);
    for (size_t size = 0; size < bytes.size; size++) {
        joblib_audit *audit = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(joblib_audit_memory(bytes.data, size, NULL, &audit, &error), &error);
        int outcome = joblib_audit_outcome(audit);
        bool is_second = strcmp(name, "audit/second-pickle") == 0;
        if (outcome == JOBLIB_OUTCOME_CLEAN && !is_second)
            test_fail(__FILE__, __LINE__, "%s is clean when cut at %zu", name, size);
        joblib_audit_free(audit);
    }
    free(bytes.data);
}

static void audit_vectors_are_never_clean_when_cut(void)
{
    CHECK(vector_each("audit/", check_cuts) >= 50);
}

int main(void)
{
    RUN(audit_vectors_are_never_clean_when_cut);
    return test_finish();
}
