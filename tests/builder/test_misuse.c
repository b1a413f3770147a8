/* What a builder refuses, and that it goes on as if nothing had been asked. */
#include <stdlib.h>

#include "builder/scene.h"
#include "joblib/builder.h"
#include "joblib/edit.h"
#include "support/models.h"

static void refuses_to_do_without_a_builder_or_a_place(void)
{
    struct scene s;
    open_scene(&s);
    joblib_builder *none = NULL;
    MAKES_NOTHING(ARGUMENT, joblib_builder_none(none, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_bool(none, true, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_int64(none, 1, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_uint64(none, 1, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_int_text(none, "1", 1, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_float64(none, 1, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_complex(none, 1, 1, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_text(none, "", 0, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_key(none, "", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_bytes(none, "", 0, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_bytearray(none, "", 0, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_py2_text(none, "", 0, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_list(none, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_dict(none, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_set(none, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_tuple(none, NULL, 0, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_frozenset(none, NULL, 0, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_global(none, "m", "C", &out, &error));
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_object(none, 0, s.class, NULL, NULL, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_dtype(none, "O", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_array(none, NULL, 0, &out, &error));
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_object_array(none, NULL, NULL, 0, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_scalar(none, s.dtype, "", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_copy(none, NULL, s.list, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_find(none, s.list, "", &out, &error));
    REFUSED(ARGUMENT, joblib_builder_append(none, s.list, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_insert(none, s.list, 0, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_set_at(none, s.list, 0, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_remove_at(none, s.list, 0, &error));
    REFUSED(ARGUMENT, joblib_builder_put(none, s.dict, s.text, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_add(none, s.set, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_remove_key(none, s.dict, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_set_state(none, s.object, s.dict, &error));
    REFUSED(ARGUMENT, joblib_builder_set_attribute(none, s.object, "a", s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_remove_attribute(none, s.object, "a", &error));
    REFUSED(ARGUMENT, joblib_builder_set_class(none, s.object, s.class, &error));
    REFUSED(ARGUMENT, joblib_builder_replace(none, s.list, "[0]", s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_int64(s.builder, 1, NULL, &error));
    REFUSED(ARGUMENT, joblib_builder_find(s.builder, s.list, "", NULL, &error));
    REFUSED(ARGUMENT, joblib_builder_new(NULL, NULL, &error));
    REFUSED(ARGUMENT, joblib_builder_finish(s.builder, s.list, NULL, &error));
    joblib_document *document = (joblib_document *)s.list;
    REFUSED(ARGUMENT, joblib_builder_finish(NULL, s.list, &document, &error));
    CHECK(joblib_builder_value(NULL, s.list) == NULL);
    CHECK_EQ_SIZE(joblib_builder_memory(NULL), 0);
    joblib_builder_free(NULL);
    close_scene(&s);
}

/* Every function that takes a value, with one that is not this builder's. */
static void refuse_value(struct scene *scene, const joblib_value *other)
{
    struct scene s = *scene;
    joblib_value *given = (joblib_value *)other;
    joblib_builder *builder = s.builder;
    const joblib_value *items[] = {s.text, other};
    const int64_t shape[] = {2};
    joblib_document *document = NULL;
    MAKES_NOTHING(ARGUMENT, joblib_builder_tuple(builder, items, 2, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_frozenset(builder, items, 2, &out, &error));
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_object_array(builder, items, shape, 1, &out, &error));
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_object(builder, 1, other, NULL, NULL, &out, &error));
    if (other)
        MAKES_NOTHING(ARGUMENT, joblib_builder_object(builder, 1, s.class, other, NULL,
                                                      &out, &error));
    if (other)
        MAKES_NOTHING(ARGUMENT, joblib_builder_object(builder, 2, s.class, NULL, other,
                                                      &out, &error));
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_scalar(builder, other, "12345678", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_copy(builder, NULL, other, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_find(builder, other, "", &out, &error));
    REFUSED(ARGUMENT, joblib_builder_append(builder, given, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_append(builder, s.list, other, &error));
    REFUSED(ARGUMENT, joblib_builder_append(builder, s.object, other, &error));
    REFUSED(ARGUMENT, joblib_builder_insert(builder, given, 0, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_insert(builder, s.list, 0, other, &error));
    REFUSED(ARGUMENT, joblib_builder_set_at(builder, given, 0, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_set_at(builder, s.list, 0, other, &error));
    REFUSED(ARGUMENT, joblib_builder_remove_at(builder, given, 0, &error));
    REFUSED(ARGUMENT, joblib_builder_put(builder, given, s.text, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_put(builder, s.dict, other, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_put(builder, s.dict, s.text, other, &error));
    REFUSED(ARGUMENT, joblib_builder_add(builder, given, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_add(builder, s.set, other, &error));
    REFUSED(ARGUMENT, joblib_builder_remove_key(builder, given, s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_remove_key(builder, s.dict, other, &error));
    REFUSED(ARGUMENT, joblib_builder_set_state(builder, given, s.dict, &error));
    REFUSED(ARGUMENT, joblib_builder_set_state(builder, s.object, other, &error));
    REFUSED(ARGUMENT, joblib_builder_set_attribute(builder, given, "a", s.text, &error));
    REFUSED(ARGUMENT,
            joblib_builder_set_attribute(builder, s.object, "a", other, &error));
    REFUSED(ARGUMENT, joblib_builder_remove_attribute(builder, given, "a", &error));
    REFUSED(ARGUMENT, joblib_builder_set_class(builder, given, s.class, &error));
    REFUSED(ARGUMENT, joblib_builder_set_class(builder, s.object, other, &error));
    REFUSED(ARGUMENT, joblib_builder_replace(builder, given, "[0]", s.text, &error));
    REFUSED(ARGUMENT, joblib_builder_replace(builder, s.list, "[0]", other, &error));
    REFUSED(ARGUMENT, joblib_builder_finish(builder, other, &document, &error));
    CHECK(joblib_builder_value(builder, other) == NULL);
    CHECK(document == NULL);
}

/* The scene holds what it held before. */
static void check_scene(const struct scene *s)
{
    CHECK_EQ_SIZE(joblib_value_count(s->list), 1);
    CHECK(joblib_value_at(s->list, 0) == s->number);
    CHECK_EQ_SIZE(joblib_value_count(s->dict), 1);
    CHECK(joblib_value_find(s->dict, "abc") == s->number);
    CHECK_EQ_SIZE(joblib_value_count(s->set), 0);
    CHECK(joblib_value_state(s->object) == NULL);
    CHECK(joblib_value_items(s->object) == NULL);
    CHECK(joblib_value_entries(s->object) == NULL);
    CHECK(joblib_value_class(s->object) == s->class);
}

static void refuses_values_of_others(void)
{
    struct scene s, other;
    open_scene(&s);
    open_scene(&other);
    joblib_document *document = document_from("[1, 'text']");
    refuse_value(&s, NULL);
    refuse_value(&s, other.list);
    refuse_value(&s, other.text);
    refuse_value(&s, joblib_document_root(document));
    check_scene(&s);
    check_scene(&other);
    joblib_document_release(document);
    close_scene(&other);
    close_scene(&s);
}

/* They are the document's. Constants are everybody's. */
static void refuses_values_of_a_finished_document(void)
{
    struct scene s, kept;
    joblib_document *document = NULL;
    joblib_value *none = NULL;
    open_scene(&s);
    kept = s;
    CHECK_OK(joblib_builder_none(s.builder, &none, &s.error), &s.error);
    CHECK_OK(joblib_builder_finish(s.builder, s.list, &document, &s.error), &s.error);
    REQUIRE(document != NULL);
    open_scene(&s);
    joblib_builder *first = kept.builder;
    kept.builder = s.builder;
    refuse_value(&s, kept.list);
    joblib_builder *fresh = s.builder;
    s.builder = first;
    for (int i = 0; i < 100; i++) /* the finished builder takes memory again */
        CHECK_OK(joblib_builder_list(first, &kept.set, &s.error), &s.error);
    REFUSED(ARGUMENT, joblib_builder_append(first, kept.set, kept.text, &error));
    REFUSED(ARGUMENT, joblib_builder_append(first, kept.list, kept.set, &error));
    CHECK_OK(joblib_builder_append(first, kept.set, none, &s.error), &s.error);
    CHECK_EQ_SIZE(joblib_value_count(joblib_document_root(document)), 1);
    joblib_document_release(document);
    joblib_builder_free(first);
    joblib_builder_free(fresh);
}

static void refuses_kinds_that_do_not_fit(void)
{
    struct scene s;
    open_scene(&s);
    joblib_builder *b = s.builder;
    REFUSED(TYPE, joblib_builder_append(b, s.tuple, s.text, &error));
    REFUSED(TYPE, joblib_builder_append(b, s.dict, s.text, &error));
    REFUSED(TYPE, joblib_builder_insert(b, s.tuple, 0, s.text, &error));
    REFUSED(TYPE, joblib_builder_insert(b, s.object, 0, s.text, &error));
    REFUSED(TYPE, joblib_builder_set_at(b, s.tuple, 0, s.text, &error));
    REFUSED(TYPE, joblib_builder_remove_at(b, s.tuple, 0, &error));
    REFUSED(TYPE, joblib_builder_put(b, s.list, s.text, s.text, &error));
    REFUSED(TYPE, joblib_builder_put(b, s.set, s.text, s.text, &error));
    REFUSED(TYPE, joblib_builder_put(b, s.dict, s.list, s.text, &error));
    REFUSED(TYPE, joblib_builder_put(b, s.dict, s.unhashable, s.text, &error));
    REFUSED(TYPE, joblib_builder_add(b, s.set, s.dict, &error));
    REFUSED(TYPE, joblib_builder_add(b, s.set, s.unhashable, &error));
    REFUSED(TYPE, joblib_builder_add(b, s.frozen, s.number, &error));
    REFUSED(TYPE, joblib_builder_remove_key(b, s.list, s.text, &error));
    REFUSED(TYPE, joblib_builder_remove_key(b, s.frozen, s.text, &error));
    REFUSED(TYPE, joblib_builder_remove_key(b, s.dict, s.list, &error));
    REFUSED(TYPE, joblib_builder_set_state(b, s.list, s.dict, &error));
    REFUSED(TYPE, joblib_builder_set_attribute(b, s.dict, "a", s.text, &error));
    REFUSED(TYPE, joblib_builder_set_class(b, s.dict, s.class, &error));
    REFUSED(TYPE, joblib_builder_set_class(b, s.object, s.object, &error));
    const joblib_value *items[] = {s.list};
    MAKES_NOTHING(TYPE, joblib_builder_frozenset(b, items, 1, &out, &error));
    MAKES_NOTHING(TYPE, joblib_builder_object(b, 1, s.text, NULL, NULL, &out, &error));
    MAKES_NOTHING(TYPE, joblib_builder_object(b, 1, s.class, s.list, NULL, &out, &error));
    MAKES_NOTHING(TYPE,
                  joblib_builder_object(b, 2, s.class, s.tuple, s.list, &out, &error));
    MAKES_NOTHING(TYPE, joblib_builder_object(b, JOBLIB_FORM_RECONSTRUCTOR, s.object,
                                              NULL, NULL, &out, &error));
    MAKES_NOTHING(TYPE, joblib_builder_scalar(b, s.text, "12345678", &out, &error));
    check_scene(&s);
    close_scene(&s);
}

static void refuses_arguments_that_no_form_has(void)
{
    struct scene s;
    open_scene(&s);
    joblib_builder *b = s.builder;
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_object(b, -1, s.class, NULL, NULL, &out, &error));
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_object(b, 5, s.class, NULL, NULL, &out, &error));
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_object(b, 0, s.class, NULL, s.dict, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_object(b, JOBLIB_FORM_RECONSTRUCTOR, s.class,
                                                  s.tuple, NULL, &out, &error));
    close_scene(&s);
}

static void refuses_places_that_are_not_there(void)
{
    struct scene s;
    open_scene(&s);
    joblib_builder *b = s.builder;
    REFUSED(RANGE, joblib_builder_insert(b, s.list, 2, s.text, &error));
    REFUSED(RANGE, joblib_builder_set_at(b, s.list, 1, s.text, &error));
    REFUSED(RANGE, joblib_builder_set_at(b, s.list, SIZE_MAX, s.text, &error));
    REFUSED(RANGE, joblib_builder_remove_at(b, s.list, 1, &error));
    REFUSED(RANGE, joblib_builder_remove_key(b, s.dict, s.number, &error));
    REFUSED(RANGE, joblib_builder_remove_key(b, s.set, s.number, &error));
    REFUSED(RANGE, joblib_builder_remove_key(b, s.object, s.number, &error));
    REFUSED(RANGE, joblib_builder_remove_attribute(b, s.object, "a", &error));
    REFUSED(ARGUMENT, joblib_builder_remove_attribute(b, s.object, NULL, &error));
    REFUSED(ARGUMENT, joblib_builder_set_attribute(b, s.object, NULL, s.text, &error));
    check_scene(&s);
    close_scene(&s);
}

int main(void)
{
    RUN(refuses_to_do_without_a_builder_or_a_place);
    RUN(refuses_values_of_others);
    RUN(refuses_values_of_a_finished_document);
    RUN(refuses_kinds_that_do_not_fit);
    RUN(refuses_arguments_that_no_form_has);
    RUN(refuses_places_that_are_not_there);
    return test_finish();
}
