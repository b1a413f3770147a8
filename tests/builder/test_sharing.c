/* Identity: values in several places, values that hold themselves, names and dtypes that exist
   once; and dicts of any size. */
#include <stdio.h>

#include "builder/scene.h"
#include "joblib/print.h"
#include "support/collected.h"
#include "value/document.h"

#include <stdlib.h>

static void values_are_shared_from_their_second_place_on(void)
{
    struct scene s;
    open_scene(&s);
    joblib_builder *b = s.builder;
    CHECK(s.number->flags &
          JOBLIB_VALUE_SHARED);                 /* item of the list, value of the dict */
    CHECK(s.text->flags & JOBLIB_VALUE_SHARED); /* key of the dict, item of two tuples */
    CHECK(!(s.object->flags & JOBLIB_VALUE_SHARED));
    CHECK_OK(joblib_builder_append(b, s.list, s.object, &s.error), &s.error);
    CHECK(!(s.object->flags & JOBLIB_VALUE_SHARED));
    CHECK_OK(joblib_builder_append(b, s.list, s.object, &s.error), &s.error);
    CHECK(s.object->flags & JOBLIB_VALUE_SHARED);
    CHECK(s.class->flags & JOBLIB_VALUE_SHARED); /* always: another name may find it */
    close_scene(&s);
}

/* Nothing was placed where a call was refused. */
static void refused_values_are_not_placed(void)
{
    struct scene s, other;
    joblib_value *fresh, *out;
    open_scene(&s);
    open_scene(&other);
    joblib_builder *b = s.builder;
    CHECK_OK(joblib_builder_list(b, &fresh, &s.error), &s.error);
    const joblib_value *items[] = {fresh, other.list};
    CHECK_EQ_INT(joblib_builder_tuple(b, items, 2, &out, NULL), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_builder_add(b, s.set, fresh, NULL), JOBLIB_ERROR_TYPE);
    CHECK_EQ_INT(joblib_builder_put(b, s.dict, fresh, fresh, NULL), JOBLIB_ERROR_TYPE);
    CHECK_EQ_INT(joblib_builder_append(b, s.tuple, fresh, NULL), JOBLIB_ERROR_TYPE);
    items[0] = s.number;
    items[1] = fresh;
    CHECK_EQ_INT(joblib_builder_frozenset(b, items, 2, &out, NULL), JOBLIB_ERROR_TYPE);
    CHECK_EQ_INT(fresh->flags, 0);
    close_scene(&other);
    close_scene(&s);
}

static void constants_are_the_same_everywhere(void)
{
    struct scene s, other;
    joblib_value *none, *truth, *again;
    open_scene(&s);
    open_scene(&other);
    CHECK_OK(joblib_builder_none(s.builder, &none, &s.error), &s.error);
    CHECK_OK(joblib_builder_bool(s.builder, true, &truth, &s.error), &s.error);
    CHECK_OK(joblib_builder_bool(other.builder, true, &again, &s.error), &s.error);
    CHECK(truth == again);
    for (int i = 0; i < 2; i++) {
        CHECK_OK(joblib_builder_append(other.builder, other.list, none, &s.error),
                 &s.error);
        CHECK_OK(joblib_builder_append(s.builder, s.list, truth, &s.error), &s.error);
    }
    CHECK(joblib_builder_value(s.builder, none) == none);
    close_scene(&other);
    close_scene(&s);
}

static void check_text_of(const joblib_value *value, const char *expected)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct collected bytes = {0};
    joblib_sink sink = collect_into(&bytes);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_JSON;
    CHECK_OK(joblib_value_print(value, &options, &sink, &error), &error);
    CHECK_EQ_TEXT(bytes.text, expected);
    free(bytes.text);
}

/* A list, a dict, an object and its list that hold one another. */
static void values_hold_themselves(void)
{
    struct scene s;
    joblib_document *document = NULL;
    open_scene(&s);
    joblib_builder *b = s.builder;
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_set_at(b, s.list, 0, s.list, e), e);
    CHECK_OK(joblib_builder_append(b, s.list, s.dict, e), e);
    CHECK_OK(joblib_builder_put(b, s.dict, s.text, s.dict, e), e);
    CHECK_OK(joblib_builder_append(b, s.list, s.object, e), e);
    CHECK_OK(joblib_builder_append(b, s.object, s.object, e), e);
    CHECK_OK(joblib_builder_set_attribute(b, s.object, "me", s.object, e), e);
    CHECK_OK(joblib_builder_add(b, s.set, s.object, e), e);
    CHECK_OK(joblib_builder_append(b, s.list, s.set, e), e);
    CHECK_OK(joblib_builder_finish(b, s.list, &document, e), e);
    check_text_of(
        joblib_document_root(document),
        "{\"id\":\"1\",\"list\":[{\"ref\":\"1\"},"
        "{\"id\":\"2\",\"dict\":[[{\"str\":\"abc\"},{\"ref\":\"2\"}]]},"
        "{\"id\":\"3\",\"object\":{\"class\":{\"global\":[\"m\",\"C\"]},\"form\":\"newobj\","
        "\"args\":[],\"state\":{\"dict\":[[{\"str\":\"me\"},{\"ref\":\"3\"}]]},"
        "\"items\":[{\"ref\":\"3\"}]}},{\"set\":[{\"ref\":\"3\"}]}]}");
    joblib_document_release(document);
    close_scene(&s);
}

/* The document refers to its root, too: a list that holds itself once has two places. */
static void a_root_that_holds_itself_is_shared(void)
{
    struct scene s;
    joblib_document *document = NULL;
    joblib_value *copy;
    open_scene(&s);
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_set_at(s.builder, s.list, 0, s.list, e), e);
    CHECK_OK(joblib_builder_set_attribute(s.builder, s.object, "me", s.object, e), e);
    CHECK_OK(joblib_builder_copy(s.builder, NULL, s.object, &copy, e), e);
    CHECK_OK(joblib_builder_append(s.builder, s.list, copy, e), e);
    CHECK(copy->flags & JOBLIB_VALUE_SHARED);
    CHECK_OK(joblib_builder_finish(s.builder, s.list, &document, e), e);
    CHECK(joblib_document_root(document)->flags & JOBLIB_VALUE_SHARED);
    joblib_document_release(document);
    close_scene(&s);
}

static void names_and_dtypes_exist_once(void)
{
    struct scene s;
    joblib_value *a, *b;
    open_scene(&s);
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_key(s.builder, "coef_", &a, e), e);
    CHECK_OK(joblib_builder_key(s.builder, "coef_", &b, e), e);
    CHECK(a == b);
    CHECK_OK(joblib_builder_text(s.builder, "coef_", 5, &b, e), e);
    CHECK(a != b);
    CHECK_OK(joblib_builder_global(s.builder, "m", "C", &a, e), e);
    CHECK(a == s.class);
    CHECK(a->flags & JOBLIB_VALUE_NAMED);
    CHECK_OK(joblib_builder_dtype(s.builder, "f8", &a, e), e);
    CHECK(a == s.dtype);
    CHECK_OK(joblib_builder_dtype(s.builder, "=f8", &a, e), e);
    CHECK(a == s.dtype);
    CHECK_OK(joblib_builder_dtype(s.builder, ">f8", &a, e), e);
    CHECK(a != s.dtype);
    CHECK_OK(joblib_builder_dtype(s.builder, "U5", &a, e), e);
    CHECK_OK(joblib_builder_dtype(s.builder, "<U5", &b, e), e);
    CHECK(a == b);
    CHECK_EQ_TEXT(joblib_dtype_text(joblib_value_dtype(a)), "<U5");
    for (int i = 0; i < 1000; i++) { /* more than the table begins with */
        char text[16];
        snprintf(text, sizeof text, "U%d", i);
        CHECK_OK(joblib_builder_dtype(s.builder, text, &a, e), e);
        CHECK_OK(joblib_builder_dtype(s.builder, text, &b, e), e);
        CHECK(a == b);
    }
    close_scene(&s);
}

/* Attributes that objects have in common have one key. */
static void attributes_share_their_names(void)
{
    struct scene s;
    joblib_value *other;
    open_scene(&s);
    joblib_builder *b = s.builder;
    CHECK_OK(joblib_builder_object(b, 1, s.class, NULL, NULL, &other, &s.error),
             &s.error);
    CHECK_OK(joblib_builder_set_attribute(b, s.object, "C", s.text, &s.error), &s.error);
    CHECK_OK(joblib_builder_set_attribute(b, other, "C", s.text, &s.error), &s.error);
    const joblib_value *key = joblib_value_key(joblib_value_state(s.object), 0);
    CHECK(key == joblib_value_key(joblib_value_state(other), 0));
    CHECK(key->flags & JOBLIB_VALUE_SHARED);
    close_scene(&s);
}

/* As Python: the first key stays and gets the last value, whatever number it is. */
static void equal_keys_are_one(void)
{
    struct scene s;
    joblib_value *one, *real, *truth, *dict;
    open_scene(&s);
    joblib_builder *b = s.builder;
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_int64(b, 1, &one, e), e);
    CHECK_OK(joblib_builder_float64(b, 1.0, &real, e), e);
    CHECK_OK(joblib_builder_bool(b, true, &truth, e), e);
    CHECK_OK(joblib_builder_dict(b, &dict, e), e);
    CHECK_OK(joblib_builder_put(b, dict, real, s.text, e), e);
    CHECK_OK(joblib_builder_put(b, dict, one, s.list, e), e);
    CHECK_OK(joblib_builder_put(b, dict, truth, s.dict, e), e);
    CHECK_EQ_SIZE(joblib_value_count(dict), 1);
    CHECK(joblib_value_key(dict, 0) == real);
    CHECK(joblib_value_at(dict, 0) == s.dict);
    CHECK(joblib_value_find_int(dict, 1) == s.dict);
    CHECK_OK(joblib_builder_remove_key(b, dict, truth, e), e);
    CHECK_EQ_SIZE(joblib_value_count(dict), 0);
    CHECK_OK(joblib_builder_add(b, s.set, one, e), e);
    CHECK_OK(joblib_builder_add(b, s.set, truth, e), e);
    CHECK_EQ_SIZE(joblib_value_count(s.set), 1);
    close_scene(&s);
}

enum { MANY = 200000 };

static void put_number(struct scene *s, joblib_value *dict, int64_t number)
{
    joblib_value *key, *value;
    char text[24];
    int size = snprintf(text, sizeof text, "key %lld", (long long)number);
    CHECK_OK(joblib_builder_text(s->builder, text, (size_t)size, &key, &s->error),
             &s->error);
    CHECK_OK(joblib_builder_int64(s->builder, number, &value, &s->error), &s->error);
    CHECK_OK(joblib_builder_put(s->builder, dict, key, value, &s->error), &s->error);
}

static bool finds_number(const joblib_value *dict, int64_t number)
{
    char text[24];
    int64_t found = -1;
    snprintf(text, sizeof text, "key %lld", (long long)number);
    const joblib_value *value = joblib_value_find(dict, text);
    return value && joblib_value_as_int64(value, &found, NULL) == JOBLIB_OK &&
           found == number;
}

/* At every size; and twice, which changes nothing but the values. */
static void finds_keys_while_a_large_dict_grows(void)
{
    struct scene s;
    joblib_value *dict;
    open_scene(&s);
    CHECK_OK(joblib_builder_dict(s.builder, &dict, &s.error), &s.error);
    for (int64_t i = 0; i < MANY; i++) {
        put_number(&s, dict, i);
        if (!finds_number(dict, i) || !finds_number(dict, i / 2) ||
            finds_number(dict, i + 1))
            test_fail(__FILE__, __LINE__, "of %lld keys", (long long)i);
    }
    for (int64_t i = 0; i < MANY; i += 7) put_number(&s, dict, i);
    CHECK_EQ_SIZE(joblib_value_count(dict), MANY);
    close_scene(&s);
}

static void removes_keys_of_large_and_small_dicts(void)
{
    struct scene s;
    joblib_value *dict, *key;
    open_scene(&s);
    CHECK_OK(joblib_builder_dict(s.builder, &dict, &s.error), &s.error);
    for (int64_t i = 0; i < 100; i++) put_number(&s, dict, i);
    for (int64_t i = 0; i < 100; i++) {
        key = joblib_builder_value(s.builder,
                                   joblib_value_key(dict, i % 2 ? 0 : (size_t)(99 - i)));
        CHECK_OK(joblib_builder_remove_key(s.builder, dict, key, &s.error), &s.error);
        CHECK_EQ_SIZE(joblib_value_count(dict), 99 - i);
        for (size_t k = 0; k < joblib_value_count(dict); k++) {
            const char *text = joblib_value_text(joblib_value_key(dict, k), NULL);
            CHECK(joblib_value_find(dict, text) == joblib_value_at(dict, k));
        }
    }
    put_number(&s, dict, 5);
    CHECK(finds_number(dict, 5));
    close_scene(&s);
}

int main(void)
{
    RUN(values_are_shared_from_their_second_place_on);
    RUN(refused_values_are_not_placed);
    RUN(constants_are_the_same_everywhere);
    RUN(values_hold_themselves);
    RUN(a_root_that_holds_itself_is_shared);
    RUN(names_and_dtypes_exist_once);
    RUN(attributes_share_their_names);
    RUN(equal_keys_are_one);
    RUN(finds_keys_while_a_large_dict_grows);
    RUN(removes_keys_of_large_and_small_dicts);
    return test_finish();
}
