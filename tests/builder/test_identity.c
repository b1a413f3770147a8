/* What stands in two places is one value in both, and cycles end. */
#include "joblib.h"
#include "support/built.h"
#include "support/test.h"

static void writes_a_list_that_holds_itself(void)
{
    joblib_builder *builder = built_begin();
    joblib_value *list = built_list(builder);
    built_append(builder, list, list);
    joblib_document *document = built_again(builder, list);
    const joblib_value *root = joblib_document_root(document);
    CHECK(joblib_value_at(root, 0) == root);
    joblib_document_release(document);
}

static void writes_a_cycle_through_the_root(void)
{
    joblib_builder *builder = built_begin();
    joblib_value *root = built_dict(builder), *list = built_list(builder);
    built_put(builder, root, "list", list);
    built_append(builder, list, root);
    joblib_document *document = built_again(builder, root);
    const joblib_value *found = joblib_document_root(document);
    CHECK(joblib_value_at(joblib_value_find(found, "list"), 0) == found);
    joblib_document_release(document);
}

static void keeps_one_value_in_two_places(void)
{
    joblib_builder *builder = built_begin();
    joblib_value *root = built_list(builder), *inner = built_list(builder);
    built_append(builder, root, inner);
    built_append(builder, root, inner);
    built_append(builder, root, built_list(builder));
    joblib_document *document = built_again(builder, root);
    const joblib_value *found = joblib_document_root(document);
    CHECK(joblib_value_at(found, 0) == joblib_value_at(found, 1));
    CHECK(joblib_value_at(found, 0) != joblib_value_at(found, 2));
    joblib_document_release(document);
}

/* {"a": []}, loaded: nothing in it stands in two places. */
static joblib_document *load_pair(void)
{
    joblib_builder *builder = built_begin();
    joblib_value *root = built_dict(builder);
    built_put(builder, root, "a", built_list(builder));
    return built_again(builder, root);
}

static joblib_value *copy(joblib_builder *builder, const joblib_document *document,
                          const joblib_value *value)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_value *made = NULL;
    CHECK_OK(joblib_builder_copy(builder, document, value, &made, &error), &error);
    return made;
}

static void knows_a_part_that_was_copied_and_placed_before(void)
{
    joblib_document *source = load_pair();
    joblib_builder *builder = built_begin();
    const joblib_value *whole = joblib_document_root(source);
    joblib_value *root = built_list(builder);
    built_append(builder, root, copy(builder, source, joblib_value_find(whole, "a")));
    built_append(builder, root, copy(builder, source, whole));
    joblib_document_release(source);
    joblib_document *document = built_again(builder, root);
    const joblib_value *found = joblib_document_root(document);
    CHECK(joblib_value_at(found, 0) == joblib_value_find(joblib_value_at(found, 1), "a"));
    joblib_document_release(document);
}

static void ends_a_cycle_of_two_copies(void)
{
    joblib_document *source = load_pair();
    joblib_builder *builder = built_begin();
    const joblib_value *whole = joblib_document_root(source);
    joblib_value *part = copy(builder, source, joblib_value_find(whole, "a"));
    joblib_value *root = copy(builder, source, whole);
    built_append(builder, part, root);
    joblib_document_release(source);
    joblib_document *document = built_again(builder, root);
    const joblib_value *found = joblib_document_root(document);
    CHECK(joblib_value_at(joblib_value_find(found, "a"), 0) == found);
    joblib_document_release(document);
}

int main(void)
{
    RUN(writes_a_list_that_holds_itself);
    RUN(writes_a_cycle_through_the_root);
    RUN(keeps_one_value_in_two_places);
    RUN(knows_a_part_that_was_copied_and_placed_before);
    RUN(ends_a_cycle_of_two_copies);
    return test_finish();
}
