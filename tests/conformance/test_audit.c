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

static size_t refused_count;

static bool is_dangerous(const void *data, size_t size)
{
    joblib_audit *audit = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_audit_memory(data, size, NULL, &audit, &error), &error);
    int outcome = joblib_audit_outcome(audit);
    joblib_audit_free(audit);
    return outcome == JOBLIB_OUTCOME_DANGEROUS;
}

/* What a document holds is refused, or written to bytes that are not dangerous: a name that the
   file popped is no longer in it. */
static void write_case(const char *name)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    void *data = NULL;
    size_t size = 0;
    struct vector_bytes file = vector_read(name, ".joblib");
    REQUIRE(file.data != NULL);
    if (joblib_load_memory(file.data, file.size, NULL, &document, NULL) == JOBLIB_OK) {
        joblib_status status = joblib_dump_memory(document, NULL, &data, &size, &error);
        bool dangerous = status == JOBLIB_OK ? is_dangerous(data, size)
                                             : !is_dangerous(file.data, file.size);
        if (dangerous || (status != JOBLIB_OK && status != JOBLIB_ERROR_FORBIDDEN))
            test_fail(__FILE__, __LINE__, "%s: %s", name,
                      joblib_status_name((int)status));
        refused_count += status == JOBLIB_ERROR_FORBIDDEN;
    }
    joblib_dump_free(data, size, NULL);
    joblib_document_release(document);
    free(file.data);
}

static void dangerous_vectors_are_not_written(void)
{
    CHECK(vector_each("audit/", write_case) >= 50);
    CHECK(vector_each("valid/hostile/", write_case) >= 30);
    CHECK(refused_count >= 50);
}

int main(void)
{
    RUN(audit_vectors_have_the_outcome_of_their_case);
    RUN(dangerous_vectors_are_not_written);
    return test_finish();
}
