/* Every audit vector has an outcome that its case allows, and the dangerous names it lists. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/test.h"
#include "support/vectors.h"

/* Whether a list of the case holds a text, in quotes. */
static bool lists(const char *list, const char *text)
{
    char quoted[1200];
    const char *end = list != NULL ? strchr(list, ']') : NULL;
    snprintf(quoted, sizeof quoted, "\"%s\"", text);
    const char *found = list != NULL ? strstr(list, quoted) : NULL;
    return found != NULL && end != NULL && found < end;
}

static size_t count_listed(const char *list)
{
    size_t quotes = 0;
    for (list = strchr(list, '['); list != NULL && *list != ']'; list++)
        quotes += *list == '"';
    return quotes / 2;
}

static void check_dangerous(const char *name, const char *list, const joblib_audit *audit)
{
    size_t dangerous = 0;
    for (size_t i = 0; i < joblib_audit_count(audit); i++) {
        char text[1100];
        const joblib_audit_global *global = joblib_audit_at(audit, i);
        if (global->verdict != JOBLIB_VERDICT_DANGEROUS) continue;
        dangerous++;
        snprintf(text, sizeof text, "%s.%s", global->module, global->name);
        if (!lists(list, text))
            test_fail(__FILE__, __LINE__, "%s: %s is not in the case", name, text);
    }
    if (dangerous != count_listed(list))
        test_fail(__FILE__, __LINE__, "%s: %zu dangerous names", name, dangerous);
}

static void check_case(const char *name)
{
    struct vector_bytes text = vector_read(name, ".json");
    REQUIRE(text.data != NULL);
    const char *outcomes = strstr(text.data, "\"outcomes\":");
    const char *dangerous = strstr(text.data, "\"dangerous\":");
    joblib_audit *audit = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_audit_file(vector_path(name, ".joblib"), NULL, &audit, &error),
             &error);
    int outcome = joblib_audit_outcome(audit);
    if (!lists(outcomes, joblib_outcome_name(outcome)))
        test_fail(__FILE__, __LINE__, "%s is %s", name, joblib_outcome_name(outcome));
    if (outcome == JOBLIB_OUTCOME_DANGEROUS) check_dangerous(name, dangerous, audit);
    joblib_audit_free(audit);
    free(text.data);
}

static void audit_vectors_have_the_outcome_of_their_case(void)
{
    CHECK(vector_each("audit/", check_case) >= 50);
}

/* Cut anywhere, an audit is never clean. */
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
    RUN(audit_vectors_have_the_outcome_of_their_case);
    RUN(audit_vectors_are_never_clean_when_cut);
    return test_finish();
}
