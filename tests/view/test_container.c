/* Views of dicts and lists of the module collections: forms that no release writes. */
#include "joblib/view.h"
#include "support/models.h"
#include "support/test.h"

static joblib_status view_mapping(const char *notation, joblib_error *error)
{
    joblib_document *document = document_from(notation);
    joblib_entries entries = JOBLIB_ENTRIES_INIT;
    joblib_status status =
        joblib_view_mapping(joblib_document_root(document), &entries, error);
    CHECK_EQ_SIZE(entries.count, 0);
    joblib_document_release(document);
    return status;
}

static void refuses_entries_that_are_no_pairs(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    static const char *const faulty[] = {
        "collections.OrderedDict([(1, 2), 3])",
        "collections.OrderedDict([(1, 2, 3)])",
        "collections.OrderedDict(5)",
        "collections.Counter('ab')",
        "collections.UserDict(data=[5])",
        "collections.deque([1])",
        "collections.defaultdict(None, [(1,)])",
    };
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++)
        CHECK_STATUS(view_mapping(faulty[i], &error), &error, JOBLIB_ERROR_KIND,
                     JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message, "entry 0 is no pair of key and value");
}

static void names_what_was_found(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_EQ_INT(view_mapping("some.Thing(a=1)", &error), JOBLIB_ERROR_KIND);
    CHECK_EQ_TEXT(error.message, "Thing found, mapping expected");
    CHECK_EQ_INT(view_mapping("{'a': 1}", &error), JOBLIB_ERROR_KIND);
    CHECK_EQ_TEXT(error.message, "dict found, mapping expected");
    CHECK_EQ_INT(view_mapping("collections.OrderedDict", &error), JOBLIB_ERROR_KIND);
    CHECK_EQ_TEXT(error.message, "global found, mapping expected");
}

static void refuses_a_deque_of_other_arguments(void)
{
    static const char *const faulty[] = {"collections.deque(5)",
                                         "collections.deque([1], 'x')",
                                         "collections.deque({'a': 1})"};
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        joblib_document *document = document_from(faulty[i]);
        joblib_sequence sequence = JOBLIB_SEQUENCE_INIT;
        CHECK_EQ_INT(joblib_view_sequence(joblib_document_root(document), &sequence,
                                          NULL),
                     JOBLIB_ERROR_KIND);
        joblib_document_release(document);
    }
}

static void writes_no_more_than_the_caller_knows(void)
{
    joblib_document *document = document_from("collections.OrderedDict([(1, 2)])");
    const joblib_value *root = joblib_document_root(document);
    joblib_entries entries = JOBLIB_ENTRIES_INIT;
    entries.struct_size = offsetof(joblib_entries, source);
    CHECK_EQ_INT(joblib_view_mapping(root, &entries, NULL), JOBLIB_OK);
    CHECK_EQ_SIZE(entries.count, 1);
    CHECK(entries.source == NULL);
    CHECK_EQ_SIZE(entries.struct_size, offsetof(joblib_entries, source));
    entries.struct_size = 0;
    CHECK_EQ_INT(joblib_view_mapping(root, &entries, NULL), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_view_mapping(root, NULL, NULL), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_view_sequence(NULL, NULL, NULL), JOBLIB_ERROR_KIND);
    joblib_document_release(document);
}

static void gives_nothing_outside(void)
{
    joblib_document *document = document_from("collections.OrderedDict([(1, 2)])");
    joblib_entries entries = JOBLIB_ENTRIES_INIT;
    CHECK_EQ_INT(joblib_view_mapping(joblib_document_root(document), &entries, NULL),
                 JOBLIB_OK);
    CHECK(joblib_entries_key(&entries, 0) != NULL);
    CHECK(joblib_entries_at(&entries, 0) != NULL);
    CHECK(joblib_entries_key(&entries, 1) == NULL);
    CHECK(joblib_entries_at(&entries, 1) == NULL);
    CHECK(joblib_entries_key(NULL, 0) == NULL && joblib_entries_at(NULL, 0) == NULL);
    joblib_document_release(document);
}

int main(void)
{
    RUN(refuses_entries_that_are_no_pairs);
    RUN(names_what_was_found);
    RUN(refuses_a_deque_of_other_arguments);
    RUN(writes_no_more_than_the_caller_knows);
    RUN(gives_nothing_outside);
    return test_finish();
}
