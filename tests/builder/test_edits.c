/* Changing lists, dicts, objects; copies of one document; places by path. */
#include <stdlib.h>

#include "builder/scene.h"
#include "joblib/print.h"
#include "support/collected.h"
#include "support/models.h"
#include "value/node.h"

/* Prints a value as JSON; free() it. */
static char *json_of(const joblib_value *value)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct collected bytes = {0};
    joblib_sink sink = collect_into(&bytes);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_JSON;
    CHECK_OK(joblib_value_print(value, &options, &sink, &error), &error);
    return bytes.text;
}

/* Checks that a value is what a notation says, which real pickles say elsewhere. */
static void check_says(const joblib_value *value, const char *notation)
{
    joblib_document *document = document_from(notation);
    char *found = json_of(value), *expected = json_of(joblib_document_root(document));
    CHECK_EQ_TEXT(found, expected);
    free(found);
    free(expected);
    joblib_document_release(document);
}

/* A builder with a copy of what a notation says; the document is gone. */
static void open_copy(struct scene *s, const char *notation, joblib_value **root)
{
    joblib_document *document = document_from(notation);
    memset(s, 0, sizeof *s);
    joblib_error_init(&s->error);
    CHECK_OK(joblib_builder_new_from(document, NULL, &s->builder, root, &s->error),
             &s->error);
    joblib_document_release(document);
    CHECK_OK(joblib_builder_text(s->builder, "new", 3, &s->text, &s->error), &s->error);
}

static void changes_lists(void)
{
    struct scene s;
    joblib_value *root;
    open_copy(&s, "[1, 2, 3]", &root);
    joblib_builder *b = s.builder;
    CHECK_OK(joblib_builder_insert(b, root, 0, s.text, &s.error), &s.error);
    CHECK_OK(joblib_builder_insert(b, root, 4, s.text, &s.error), &s.error);
    check_says(root, "['new', 1, 2, 3, 'new']");
    CHECK_OK(joblib_builder_remove_at(b, root, 2, &s.error), &s.error);
    CHECK_OK(joblib_builder_set_at(b, root, 1, s.text, &s.error), &s.error);
    CHECK_OK(joblib_builder_remove_at(b, root, 3, &s.error), &s.error);
    check_says(root, "['new', 'new', 3]");
    for (int i = 0; i < 3; i++)
        CHECK_OK(joblib_builder_remove_at(b, root, 0, &s.error), &s.error);
    check_says(root, "[]");
    close_scene(&s);
}

static void changes_attributes(void)
{
    struct scene s;
    joblib_value *root;
    open_copy(&s, "m.C(a=1, b=2)", &root);
    joblib_builder *b = s.builder;
    CHECK_OK(joblib_builder_set_attribute(b, root, "a", s.text, &s.error), &s.error);
    CHECK_OK(joblib_builder_set_attribute(b, root, "c", s.text, &s.error), &s.error);
    CHECK_OK(joblib_builder_remove_attribute(b, root, "b", &s.error), &s.error);
    CHECK_OK(joblib_builder_global(b, "m.n", "D", &s.class, &s.error), &s.error);
    CHECK_OK(joblib_builder_set_class(b, root, s.class, &s.error), &s.error);
    check_says(root, "m.n.D(a='new', c='new')");
    CHECK(root->flags & JOBLIB_VALUE_BUILT);
    close_scene(&s);
}

/* (dict, slots): found in either; new ones in the dict, or in the slots where there is none. */
static void changes_attributes_in_slots(void)
{
    struct scene s;
    joblib_value *root, *object, *state;
    open_copy(&s, "[({'a': 1}, {'b': 2}), (None, {'b': 2}), ({'a': 1}, None)]", &root);
    joblib_builder *b = s.builder;
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_global(b, "m", "C", &s.class, e), e);
    for (size_t i = 0; i < 3; i++) {
        state = joblib_builder_value(b, joblib_value_at(root, i));
        CHECK_OK(joblib_builder_object(b, 1, s.class, NULL, NULL, &object, e), e);
        CHECK_OK(joblib_builder_set_state(b, object, state, e), e);
        CHECK_OK(joblib_builder_set_attribute(b, object, "b", s.text, e), e);
        CHECK_OK(joblib_builder_set_attribute(b, object, "c", s.text, e), e);
    }
    check_says(root, "[({'a': 1, 'c': &1 'new'}, {'b': *1}), (None, {'b': *1, 'c': *1}), "
                     "({'a': 1, 'b': *1, 'c': *1}, None)]");
    CHECK_OK(joblib_builder_set_state(b, object, s.text, e), e);
    REFUSED(TYPE, joblib_builder_set_attribute(b, object, "b", s.text, &error));
    close_scene(&s);
}

static void finds_places_by_path(void)
{
    static const struct {
        const char *path, *says;
    } cases[] = {
        {"steps[1][1].C", "2.5"}, {"steps[0]", "('a', None)"},  {"dict.x", "1"},
        {"dict[\"x\"]", "1"},     {"dict[\"a.b[\\\"]\"]", "2"}, {"dict[7]", "'seven'"},
        {"dict.x\\x79", "3"},     {"dict[\"x\\x79\"]", "3"},    {"objects[1]", "'b'"},
    };
    struct scene s;
    joblib_value *root, *found;
    open_copy(&s,
              "m.P(steps=[('a', None), ('b', m.C(C=2.5))], "
              "dict={'x': 1, 'a.b[\"]': 2, 7: 'seven', 'xy': 3}, objects=O[2]{'a','b'})",
              &root);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        found = NULL;
        CHECK_OK(joblib_builder_find(s.builder, root, cases[i].path, &found, &s.error),
                 &s.error);
        if (found) check_says(found, cases[i].says);
    }
    CHECK_OK(joblib_builder_find(s.builder, root, "", &found, &s.error), &s.error);
    CHECK(found == root);
    close_scene(&s);
}

static void tells_which_part_of_a_path_is_there(void)
{
    static const struct {
        const char *path;
        joblib_status status;
        const char *there;
    } cases[] = {
        {"steps[2]", RANGE, "steps"},
        {"steps[-1]", RANGE, "steps"},
        {"steps[0][1].C", RANGE, "steps[0][1]"},
        {"steps[1][1].D.E", RANGE, "steps[1][1]"},
        {"nothing", RANGE, ""},
        {"steps.x", RANGE, "steps"},
        {"steps[\"x\"]", RANGE, "steps"},
        {"steps[9223372036854775807]", RANGE, "steps"},
        {"numbers[0]", RANGE, "numbers"},
        {"[0]", RANGE, ""},
        {".steps", ARGUMENT, ""},
        {"steps.", ARGUMENT, ""},
        {"steps..x", ARGUMENT, ""},
        {"steps[", ARGUMENT, ""},
        {"steps[]", ARGUMENT, ""},
        {"steps[-]", ARGUMENT, ""},
        {"steps[0", ARGUMENT, ""},
        {"steps[0x]", ARGUMENT, ""},
        {"steps[9223372036854775808]", ARGUMENT, ""},
        {"steps[\"x]", ARGUMENT, ""},
        {"steps[\"x\"", ARGUMENT, ""},
        {"steps[0]x", ARGUMENT, ""},
        {"steps]", ARGUMENT, ""},
        {"st\\eps", ARGUMENT, ""},
        {"st\\x", ARGUMENT, ""},
        {"st\\x1", ARGUMENT, ""},
        {"\\", ARGUMENT, ""},
    };
    struct scene s;
    joblib_value *root;
    open_copy(&s, "m.P(steps=[('a', None), ('b', m.C(C=2.5))], numbers=f8[1]{1})", &root);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        joblib_value *out = root;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_STATUS(joblib_builder_find(s.builder, root, cases[i].path, &out, &error),
                     &error, (int)cases[i].status, JOBLIB_NO_OFFSET);
        CHECK_EQ_TEXT(error.path, cases[i].there);
        CHECK(out == NULL);
    }
    MAKES_NOTHING(ARGUMENT, joblib_builder_find(s.builder, root, NULL, &out, &error));
    close_scene(&s);
}

/* The same tuple elsewhere keeps its items. */
static void replaces_items_of_tuples_by_new_tuples(void)
{
    struct scene s;
    joblib_value *root;
    open_copy(&s, "[&1 (1, (2, &2 [3])), *1, *2]", &root);
    joblib_builder *b = s.builder;
    CHECK_OK(joblib_builder_replace(b, root, "[0][1][0]", s.text, &s.error), &s.error);
    check_says(root, "[(1, ('new', &1 [3])), (1, (2, *1)), *1]");
    CHECK_OK(joblib_builder_replace(b, root, "[0][1][1][0]", s.text, &s.error), &s.error);
    check_says(root, "[(1, (&2 'new', &1 [*2])), (1, (2, *1)), *1]");
    CHECK_OK(joblib_builder_replace(b, root, "[1]", s.text, &s.error), &s.error);
    check_says(root, "[(1, (&2 'new', &1 [*2])), *2, *1]");
    joblib_value *tuple = joblib_builder_value(b, joblib_value_at(root, 0));
    REFUSED(TYPE, joblib_builder_replace(b, tuple, "[1][0]", s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_replace(b, root, "", s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_replace(b, root, NULL, s.text, &error));
    REFUSED(RANGE, joblib_builder_replace(b, root, "[7]", s.text, &error));
    close_scene(&s);
}

static void replaces_attributes_entries_and_elements(void)
{
    struct scene s;
    joblib_value *root;
    open_copy(&s, "m.P(a=1, d={'x': 1, 7: 2}, o=O[2]{'a','b'}, l=[(m.C(b=2),)])", &root);
    joblib_builder *b = s.builder;
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_replace(b, root, "a", s.text, e), e);
    CHECK_OK(joblib_builder_replace(b, root, "d[\"x\"]", s.text, e), e);
    CHECK_OK(joblib_builder_replace(b, root, "d[7]", s.text, e), e);
    CHECK_OK(joblib_builder_replace(b, root, "o[1]", s.text, e), e);
    CHECK_OK(joblib_builder_replace(b, root, "l[0][0].b", s.text, e), e);
    check_says(root,
               "m.P(a=&1 'new', d={'x': *1, 7: *1}, o=O[2]{'a',*1}, l=[(m.C(b=*1),)])");
    close_scene(&s);
}

/* The list in the pickled form of an array says the same as its elements. */
static void keeps_the_form_of_an_array_whose_element_is_replaced(void)
{
    struct scene s;
    joblib_value *root;
    open_copy(&s, "O[2]{'a','b'}", &root);
    CHECK_OK(joblib_builder_set_at(s.builder, root, 1, s.text, &s.error), &s.error);
    const struct joblib_value__origin *origin = &root->array->origin;
    if (origin->nested) origin = origin->nested;
    REQUIRE(origin->state != NULL);
    joblib_value *list = origin->state->items[4];
    CHECK(list->items[1] == s.text);
    CHECK(list->items[0] == ((joblib_value *const *)root->array->view.data)[0]);
    CHECK(list->flags & JOBLIB_VALUE_FIXED);
    REFUSED(TYPE, joblib_builder_append(s.builder, list, s.text, &error));
    list->flags |= JOBLIB_VALUE_SHARED; /* as if something else referred to it */
    CHECK_OK(joblib_builder_set_at(s.builder, root, 0, s.text, &s.error), &s.error);
    CHECK(list->items[0] != s.text);
    CHECK(root->array->origin.callable == NULL && root->array->origin.nested == NULL);
    close_scene(&s);
}

static void copies_of_one_document_share_what_it_shares(void)
{
    struct scene s, other;
    open_scene(&s);
    joblib_document *document =
        document_from("[&1 [1], *1, m.C(a=*1), f8[1]{1}, f8[1]{2}]");
    const joblib_value *root = joblib_document_root(document);
    joblib_value *first, *object, *a, *b, *again;
    joblib_error *e = &s.error;
    CHECK_OK(
        joblib_builder_copy(s.builder, document, joblib_value_at(root, 0), &first, e), e);
    CHECK_OK(joblib_builder_copy(s.builder, document, joblib_value_at(root, 2), &object,
                                 e),
             e);
    CHECK(joblib_value_attribute(object, "a") == first);
    CHECK(joblib_value_class(object) == s.class);
    CHECK(!(s.class->flags & JOBLIB_VALUE_NAMED)); /* a file names it too */
    CHECK_OK(joblib_builder_copy(s.builder, document, joblib_value_at(root, 3), &a, e),
             e);
    CHECK_OK(joblib_builder_copy(s.builder, document, joblib_value_at(root, 4), &b, e),
             e);
    CHECK(a->array->dtype != s.dtype);
    CHECK((a->array->dtype == b->array->dtype) ==
          (joblib_value_at(root, 3)->array->dtype ==
           joblib_value_at(root, 4)->array->dtype));
    CHECK_OK(joblib_builder_copy(s.builder, document, root, &again, e), e);
    CHECK(joblib_value_at(again, 0) == first);
    CHECK(joblib_value_at(again, 2) == object);
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_copy(s.builder, document, s.list, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_copy(s.builder, document, NULL, &out, &error));
    open_scene(&other);
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_copy(s.builder, document, other.list, &out, &error));
    close_scene(&other);
    joblib_document_release(document);
    close_scene(&s);
}

/* A part that was copied first, then placed, then copied as a part of the whole. */
static void parts_that_were_copied_before_are_shared(void)
{
    struct scene s;
    open_scene(&s);
    joblib_document *document = document_from("[[1]]");
    const joblib_value *root = joblib_document_root(document);
    joblib_value *part, *whole;
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_copy(s.builder, document, joblib_value_at(root, 0), &part, e),
             e);
    CHECK_OK(joblib_builder_append(s.builder, s.list, part, e), e);
    CHECK(!(part->flags & JOBLIB_VALUE_SHARED));
    CHECK_OK(joblib_builder_copy(s.builder, document, root, &whole, e), e);
    CHECK(joblib_value_at(whole, 0) == part);
    CHECK(part->flags & JOBLIB_VALUE_SHARED);
    CHECK(!(whole->flags & (JOBLIB_VALUE_SHARED | JOBLIB_VALUE_PLACED)));
    joblib_document_release(document);
    close_scene(&s);
}

/* What a file names and what the builder names are one class. */
static void names_of_the_builder_are_those_of_the_copy(void)
{
    struct scene s;
    joblib_value *root, *class, *dtype;
    open_copy(&s, "[m.C(a=1), f8[1]{1}, n.D]", &root);
    CHECK_OK(joblib_builder_global(s.builder, "m", "C", &class, &s.error), &s.error);
    CHECK(joblib_value_class(joblib_value_at(root, 0)) == class);
    CHECK(!(class->flags & JOBLIB_VALUE_NAMED));
    CHECK_OK(joblib_builder_global(s.builder, "m", "D", &class, &s.error), &s.error);
    CHECK(class->flags & JOBLIB_VALUE_NAMED);
    CHECK_OK(joblib_builder_dtype(s.builder, "<f8", &dtype, &s.error), &s.error);
    CHECK(joblib_value_at(root, 1)->array->dtype == dtype);
    close_scene(&s);
}

static void attributes_have_the_names_of_the_copy(void)
{
    struct scene s;
    joblib_value *root;
    open_copy(&s, "[m.C(a=1), m.C(b=2)]", &root);
    joblib_value *second = joblib_builder_value(s.builder, joblib_value_at(root, 1));
    CHECK_OK(joblib_builder_set_attribute(s.builder, second, "a", s.text, &s.error),
             &s.error);
    const joblib_value *key =
        joblib_value_key(joblib_value_state(joblib_value_at(root, 0)), 0);
    CHECK(joblib_value_key(joblib_value_state(second), 1) == key);
    CHECK(key->flags & JOBLIB_VALUE_SHARED);
    close_scene(&s);
}

static void copies_within_a_builder_are_new_each_time(void)
{
    struct scene s;
    joblib_value *root, *a, *b, *text;
    open_copy(&s, "[&1 ['text', m.C(a=1)], *1, (2, {3: f8[2]{1,2}})]", &root);
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_append(s.builder, root, root, e), e);
    CHECK_OK(joblib_builder_copy(s.builder, NULL, root, &a, e), e);
    CHECK_OK(joblib_builder_copy(s.builder, NULL, root, &b, e), e);
    CHECK(a != b && a != root && b != root);
    CHECK(joblib_value_at(a, 3) == a && joblib_value_at(b, 3) == b);
    CHECK(joblib_value_at(a, 0) == joblib_value_at(a, 1));
    CHECK(joblib_value_at(a, 0) != joblib_value_at(root, 0));
    CHECK(joblib_value_at(joblib_value_at(a, 0), 0) ==
          joblib_value_at(joblib_value_at(root, 0), 0));
    CHECK_OK(joblib_builder_remove_at(s.builder, a, 3, e), e);
    check_says(a, "[&1 ['text', m.C(a=1)], *1, (2, {3: f8[2]{1,2}})]");
    CHECK_EQ_SIZE(joblib_value_count(root), 4);
    CHECK_OK(joblib_builder_copy(s.builder, NULL, s.text, &text, e), e);
    CHECK(text == s.text);
    close_scene(&s);
}

int main(void)
{
    RUN(changes_lists);
    RUN(changes_attributes);
    RUN(changes_attributes_in_slots);
    RUN(finds_places_by_path);
    RUN(tells_which_part_of_a_path_is_there);
    RUN(replaces_items_of_tuples_by_new_tuples);
    RUN(replaces_attributes_entries_and_elements);
    RUN(keeps_the_form_of_an_array_whose_element_is_replaced);
    RUN(copies_of_one_document_share_what_it_shares);
    RUN(parts_that_were_copied_before_are_shared);
    RUN(names_of_the_builder_are_those_of_the_copy);
    RUN(attributes_have_the_names_of_the_copy);
    RUN(copies_within_a_builder_are_new_each_time);
    return test_finish();
}
