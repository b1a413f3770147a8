/* Audits: what is seen, what is answered, and that nothing incomplete is clean. */
#include <stdlib.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/test.h"
#include "support/vectors.h"

#define PICKLE(text) (text), sizeof(text) - 1

static joblib_audit *audit_with(const char *data, size_t size,
                                const joblib_audit_options *options)
{
    joblib_audit *audit = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_audit_memory(data, size, options, &audit, &error), &error);
    return audit;
}

static int outcome_of(const char *data, size_t size)
{
    joblib_audit *audit = audit_with(data, size, NULL);
    int outcome = joblib_audit_outcome(audit);
    joblib_audit_free(audit);
    return outcome;
}

static void tells_where_and_how_a_name_is_used(void)
{
    joblib_audit *audit = audit_with(PICKLE("\x80\x02"
                                            "cos\nsystem\nU\x02ls\x85R0cm\nC\n)\x81}b."),
                                     NULL);
    REQUIRE(joblib_audit_count(audit) == 2);
    const joblib_audit_global *popped = joblib_audit_at(audit, 0);
    CHECK_EQ_TEXT(popped->module, "os");
    CHECK_EQ_TEXT(popped->name, "system");
    CHECK_EQ_INT(popped->verdict, JOBLIB_VERDICT_DANGEROUS);
    CHECK_EQ_INT(popped->uses, JOBLIB_USE_NAMED | JOBLIB_USE_CALLED);
    CHECK_EQ_INT(popped->offset, 2);
    CHECK_EQ_INT(popped->count, 1);
    const joblib_audit_global *built = joblib_audit_at(audit, 1);
    CHECK_EQ_INT(built->verdict, JOBLIB_VERDICT_UNKNOWN);
    CHECK_EQ_INT(built->uses, JOBLIB_USE_NAMED | JOBLIB_USE_CALLED | JOBLIB_USE_BUILT);
    CHECK_EQ_INT(built->nesting, 0);
    CHECK(joblib_audit_at(audit, 2) == NULL);
    CHECK(joblib_audit_error(audit) == NULL);
    CHECK_EQ_INT(joblib_audit_outcome(audit), JOBLIB_OUTCOME_DANGEROUS);
    joblib_audit_free(audit);
}

static void answers_by_the_worst_name(void)
{
    CHECK_EQ_INT(outcome_of(PICKLE("\x80\x02N.")), JOBLIB_OUTCOME_CLEAN);
    CHECK_EQ_INT(outcome_of(PICKLE("\x80\x02"
                                   "cnumpy\nndarray\n.")),
                 JOBLIB_OUTCOME_CLEAN);
    CHECK_EQ_INT(outcome_of(PICKLE("\x80\x02"
                                   "cm\nC\n.")),
                 JOBLIB_OUTCOME_UNKNOWN);
    CHECK_EQ_INT(outcome_of(PICKLE("\x80\x02"
                                   "cm\nC\ncos\nsystem\n\x86.")),
                 JOBLIB_OUTCOME_DANGEROUS);
}

static void is_never_clean_when_cut_or_continued(void)
{
    static const char text[] = "\x80\x02"
                               "cm\nC\n0cnumpy\nndarray\n.";
    for (size_t size = 0; size < sizeof text - 1; size++)
        CHECK_EQ_INT(outcome_of(text, size), JOBLIB_OUTCOME_INCOMPLETE);
    CHECK_EQ_INT(outcome_of(PICKLE("\x80\x02N.N")), JOBLIB_OUTCOME_INCOMPLETE);
    CHECK_EQ_INT(outcome_of(PICKLE("\x80\x02N.\0")), JOBLIB_OUTCOME_INCOMPLETE);
    CHECK_EQ_INT(outcome_of(PICKLE("\x80\x02"
                                   "cos\nsystem\n(")),
                 JOBLIB_OUTCOME_DANGEROUS);
    CHECK_EQ_INT(joblib_audit_outcome(NULL), JOBLIB_OUTCOME_INCOMPLETE);
}

static void warns_of_a_memmap_only_where_it_is_called(void)
{
    CHECK_EQ_INT(outcome_of(PICKLE("\x80\x02"
                                   "cnumpy\nmemmap\n.")),
                 JOBLIB_OUTCOME_CLEAN);
    CHECK_EQ_INT(outcome_of(PICKLE("\x80\x02"
                                   "cnumpy\nmemmap\nU\x01x\x85R.")),
                 JOBLIB_OUTCOME_DANGEROUS);
}

/* A state given to a class itself changes it for the whole process. */
static void notes_a_state_for_a_class(void)
{
    joblib_audit *audit = audit_with(PICKLE("\x80\x02"
                                            "cm\nC\n}b."),
                                     NULL);
    const joblib_audit_global *global = joblib_audit_at(audit, 0);
    CHECK(global != NULL && (global->uses & JOBLIB_USE_BUILT) != 0);
    CHECK_EQ_INT(joblib_audit_outcome(audit), JOBLIB_OUTCOME_INCOMPLETE);
    CHECK(joblib_audit_error(audit) != NULL);
    joblib_audit_free(audit);
}

static bool allow_all(void *ctx, const char *module, const char *name)
{
    ++*(int *)ctx;
    return strcmp(module, "m") == 0 && strcmp(name, "C") == 0;
}

static void asks_the_caller_of_unknown_names_only(void)
{
    int asked = 0;
    joblib_audit_options options = JOBLIB_AUDIT_OPTIONS_INIT;
    options.allow = allow_all;
    options.allow_ctx = &asked;
    joblib_audit *audit = audit_with(PICKLE("\x80\x02"
                                            "cm\nC\ncnumpy\nndarray\n\x86."),
                                     &options);
    CHECK_EQ_INT(joblib_audit_outcome(audit), JOBLIB_OUTCOME_CLEAN);
    CHECK_EQ_INT(asked, 1);
    joblib_audit_free(audit);
    audit = audit_with(PICKLE("\x80\x02"
                              "cm\nD\ncos\nsystem\n\x86."),
                       &options);
    CHECK_EQ_INT(joblib_audit_outcome(audit), JOBLIB_OUTCOME_DANGEROUS);
    CHECK_EQ_INT(asked, 2);
    joblib_audit_free(audit);
}

static void is_incomplete_at_a_limit(void)
{
    joblib_load_options load = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_audit_options options = JOBLIB_AUDIT_OPTIONS_INIT;
    load.max_opcodes = 2;
    options.load = &load;
    joblib_audit *audit = audit_with(PICKLE("\x80\x02N."), &options);
    CHECK_EQ_INT(joblib_audit_outcome(audit), JOBLIB_OUTCOME_INCOMPLETE);
    REQUIRE(joblib_audit_error(audit) != NULL);
    CHECK_EQ_INT(joblib_audit_error(audit)->status, JOBLIB_ERROR_LIMIT);
    joblib_audit_free(audit);
}

static void bounds_the_number_of_names(void)
{
    size_t count = 65537, size = 2;
    char *text = malloc(count * 16 + 3);
    REQUIRE(text != NULL);
    memcpy(text, "\x80\x02", 2);
    for (size_t i = 0; i < count; i++)
        size += (size_t)sprintf(text + size, "cm\nC%zu\n0", i);
    text[size++] = 'N';
    text[size++] = '.';
    joblib_audit *audit = audit_with(text, size, NULL);
    CHECK_EQ_SIZE(joblib_audit_count(audit), 65536);
    CHECK_EQ_INT(joblib_audit_outcome(audit), JOBLIB_OUTCOME_INCOMPLETE);
    joblib_audit_free(audit);
    free(text);
}

static void refuses_a_call_without_input(void)
{
    joblib_audit *audit = (joblib_audit *)(void *)&audit;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_EQ_INT(joblib_audit_memory(NULL, 0, NULL, &audit, &error),
                 JOBLIB_ERROR_ARGUMENT);
    CHECK(audit == NULL);
    CHECK_EQ_INT(joblib_audit_memory("", 0, NULL, NULL, &error), JOBLIB_ERROR_ARGUMENT);
    joblib_source source = JOBLIB_SOURCE_INIT;
    CHECK_EQ_INT(joblib_audit_source(&source, NULL, &audit, &error),
                 JOBLIB_ERROR_ARGUMENT);
    CHECK(strstr(error.message, "without read function") != NULL);
    joblib_audit_options options = JOBLIB_AUDIT_OPTIONS_INIT;
    options.reserved = 1;
    CHECK_EQ_INT(joblib_audit_memory("", 0, &options, &audit, &error),
                 JOBLIB_ERROR_ARGUMENT);
    CHECK_OK(joblib_audit_file("no such file", NULL, &audit, &error), &error);
    CHECK_EQ_INT(joblib_audit_outcome(audit), JOBLIB_OUTCOME_INCOMPLETE);
    joblib_audit_free(audit);
    joblib_audit_free(NULL);
}

/* Each allocation fails in turn, once and for ever: no leak, and no answer. */
static void survives_every_failing_allocation(void)
{
    static const char text[] = "\x80\x02"
                               "cm\nC\n0cnumpy\nndarray\n0cos\nsystem\n)R.";
    for (size_t at = 1; at < 40; at++) {
        struct fault fault = {.fail_at = at, .for_ever = at % 2 == 0};
        joblib_allocator allocator = fault_allocator(&fault);
        joblib_load_options load = JOBLIB_LOAD_OPTIONS_INIT;
        joblib_audit_options options = JOBLIB_AUDIT_OPTIONS_INIT;
        load.allocator = &allocator;
        options.load = &load;
        joblib_audit *audit = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_status status =
            joblib_audit_memory(text, sizeof text - 1, &options, &audit, &error);
        CHECK(status == JOBLIB_OK || status == JOBLIB_ERROR_MEMORY);
        CHECK((audit != NULL) == (status == JOBLIB_OK));
        if (status == JOBLIB_OK)
            CHECK_EQ_INT(joblib_audit_outcome(audit), JOBLIB_OUTCOME_DANGEROUS);
        joblib_audit_free(audit);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
    }
}

static void check_clean(const char *name)
{
    bool inference = strncmp(name, "inference/", 10) == 0;
    const char *path = vector_path(name, inference ? "/model.joblib" : ".joblib");
    joblib_audit *audit = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_audit_file(path, NULL, &audit, &error), &error);
    for (size_t i = 0; i < joblib_audit_count(audit); i++) {
        const joblib_audit_global *global = joblib_audit_at(audit, i);
        if (global->verdict != JOBLIB_VERDICT_KNOWN)
            test_fail(__FILE__, __LINE__, "%s: %s.%s: %s", name, global->module,
                      global->name, global->reason);
    }
    if (joblib_audit_outcome(audit) != JOBLIB_OUTCOME_CLEAN)
        test_fail(__FILE__, __LINE__, "%s is not clean", name);
    joblib_audit_free(audit);
}

static void models_of_scikit_learn_are_clean(void)
{
    CHECK(vector_each("valid/estimators/", check_clean) > 30);
    CHECK(vector_each("inference/", check_clean) > 500);
}

static void names_verdicts_and_outcomes(void)
{
    CHECK_EQ_TEXT(joblib_verdict_name(JOBLIB_VERDICT_DANGEROUS), "dangerous");
    CHECK_EQ_TEXT(joblib_verdict_name(3), NULL);
    CHECK_EQ_TEXT(joblib_outcome_name(JOBLIB_OUTCOME_INCOMPLETE), "incomplete");
    CHECK_EQ_TEXT(joblib_outcome_name(-1), NULL);
}

int main(void)
{
    RUN(tells_where_and_how_a_name_is_used);
    RUN(answers_by_the_worst_name);
    RUN(is_never_clean_when_cut_or_continued);
    RUN(warns_of_a_memmap_only_where_it_is_called);
    RUN(notes_a_state_for_a_class);
    RUN(asks_the_caller_of_unknown_names_only);
    RUN(is_incomplete_at_a_limit);
    RUN(bounds_the_number_of_names);
    RUN(refuses_a_call_without_input);
    RUN(survives_every_failing_allocation);
    RUN(models_of_scikit_learn_are_clean);
    RUN(names_verdicts_and_outcomes);
    return test_finish();
}
