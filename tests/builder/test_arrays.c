/* Arrays: copies and borrowed ones, orders, strides, dtypes; and what contradicts itself. */
#include <stdlib.h>

#include "builder/scene.h"
#include "value/node.h"

static const int32_t numbers[] = {0, 1, 2, 3, 4, 5};

static joblib_array view_of(const void *data, int number, const int64_t *shape,
                            const int64_t *strides, size_t ndim, size_t count)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    view.data = data;
    view.dtype = joblib_dtype_number(number);
    view.shape = shape;
    view.strides = strides;
    view.ndim = ndim;
    view.count = count;
    return view;
}

static void check_numbers(const joblib_value *value, const int64_t *expected,
                          size_t count, uint32_t order)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_array view;
    int64_t found[24];
    CHECK_OK(joblib_value_array(value, &view, &error), &error);
    CHECK_OK(joblib_array_read_int64(&view, found, 24, &error), &error);
    CHECK_EQ_SIZE(view.count, count);
    CHECK_EQ_BYTES(found, expected, count * sizeof *found);
    CHECK_EQ_INT(view.flags & (JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER), order);
}

static void copies_arrays_of_any_strides(void)
{
    static const int64_t two_by_three[] = {2, 3}, by_rows[] = {12, 4},
                         by_columns[] = {4, 8};
    static const int64_t backwards[] = {-12, -4}, three_by_two[] = {3, 2},
                         turned[] = {4, 12};
    static const int64_t two[] = {2}, far[] = {12}, still[] = {0};
    const struct {
        const int64_t *shape, *strides;
        size_t ndim, count, first;
        uint32_t flags, order;
        int64_t expected[6];
    } cases[] = {
        {two_by_three, by_rows, 2, 6, 0, 0, JOBLIB_ARRAY_C_ORDER, {0, 1, 2, 3, 4, 5}},
        {two_by_three, NULL, 2, 6, 0, 0, JOBLIB_ARRAY_C_ORDER, {0, 1, 2, 3, 4, 5}},
        {two_by_three, by_columns, 2, 6, 0, 0, JOBLIB_ARRAY_F_ORDER, {0, 2, 4, 1, 3, 5}},
        {two_by_three,
         NULL,
         2,
         6,
         0,
         JOBLIB_ARRAY_F_ORDER,
         JOBLIB_ARRAY_F_ORDER,
         {0, 2, 4, 1, 3, 5}},
        {two_by_three, backwards, 2, 6, 5, 0, JOBLIB_ARRAY_C_ORDER, {5, 4, 3, 2, 1, 0}},
        {three_by_two, turned, 2, 6, 0, 0, JOBLIB_ARRAY_F_ORDER, {0, 3, 1, 4, 2, 5}},
        {two, far, 1, 2, 1, 0, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER, {1, 4}},
        {two, still, 1, 2, 3, 0, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER, {3, 3}},
        {NULL, NULL, 0, 1, 2, 0, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER, {2}},
    };
    struct scene s;
    open_scene(&s);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        joblib_value *array = NULL;
        joblib_array view =
            view_of(numbers + cases[i].first, JOBLIB_NUMBER_INT32, cases[i].shape,
                    cases[i].strides, cases[i].ndim, cases[i].count);
        view.flags = cases[i].flags;
        CHECK_OK(joblib_builder_array(s.builder, &view, 0, &array, &s.error), &s.error);
        check_numbers(array, cases[i].expected, cases[i].count, cases[i].order);
        CHECK_EQ_INT(joblib_value_sharing(array), JOBLIB_SHARING_NOT_ASKED);
    }
    close_scene(&s);
}

static void borrows_what_is_contiguous(void)
{
    static const int64_t shape[] = {2, 3}, by_columns[] = {4, 8}, gaps[] = {8, 8};
    struct scene s;
    joblib_value *array = NULL;
    joblib_array view = view_of(numbers, JOBLIB_NUMBER_INT32, shape, NULL, 2, 6), got;
    open_scene(&s);
    CHECK_OK(joblib_builder_array(s.builder, &view, JOBLIB_BUILDER_BORROW, &array,
                                  &s.error),
             &s.error);
    CHECK_OK(joblib_value_array(array, &got, &s.error), &s.error);
    CHECK(got.data == numbers);
    CHECK_EQ_INT(joblib_value_sharing(array), JOBLIB_SHARING_SHARED);
    view.strides = by_columns;
    CHECK_OK(joblib_builder_array(s.builder, &view, JOBLIB_BUILDER_BORROW, &array,
                                  &s.error),
             &s.error);
    check_numbers(array, (int64_t[]){0, 2, 4, 1, 3, 5}, 6, JOBLIB_ARRAY_F_ORDER);
    view.strides = gaps;
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY,
                  joblib_builder_array(s.builder, &view, JOBLIB_BUILDER_BORROW, &out,
                                       &error));
    close_scene(&s);
}

/* A copy does not move with what it was copied of. */
static void copies_the_elements(void)
{
    static const int64_t shape[] = {2};
    int32_t own[] = {7, 8};
    struct scene s;
    joblib_value *array = NULL;
    joblib_array view = view_of(own, JOBLIB_NUMBER_INT32, shape, NULL, 1, 2);
    open_scene(&s);
    CHECK_OK(joblib_builder_array(s.builder, &view, 0, &array, &s.error), &s.error);
    own[0] = 0;
    check_numbers(array, (int64_t[]){7, 8}, 2,
                  JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER);
    close_scene(&s);
}

static void refuses_views_that_contradict_themselves(void)
{
    static const int64_t shape[] = {2, 3}, negative[] = {2, -3};
    static const int64_t huge[] = {INT64_MAX / 2, 3}, wide[] = {INT64_MAX - 4, 4};
    static const int64_t lowest[] = {INT64_MIN, 4}, many[65] = {1};
    struct scene s;
    open_scene(&s);
    joblib_builder *b = s.builder;
    joblib_array good = view_of(numbers, JOBLIB_NUMBER_INT32, shape, NULL, 2, 6), bad;
#define BAD(status, change) \
    do { \
        bad = good; \
        change; \
        MAKES_NOTHING(status, joblib_builder_array(b, &bad, 0, &out, &error)); \
    } while (0)
    BAD(ARGUMENT, bad.struct_size = 0);
    BAD(ARGUMENT, bad.dtype = NULL);
    BAD(ARGUMENT, bad.shape = NULL);
    BAD(ARGUMENT, bad.data = NULL);
    BAD(JOBLIB_ERROR_ARRAY, bad.count = 5);
    BAD(JOBLIB_ERROR_ARRAY, bad.count = SIZE_MAX);
    BAD(JOBLIB_ERROR_ARRAY, bad.shape = negative);
    BAD(JOBLIB_ERROR_ARRAY, bad.shape = huge);
    BAD(JOBLIB_ERROR_ARRAY, bad.strides = wide);
    BAD(JOBLIB_ERROR_ARRAY, bad.strides = lowest);
    BAD(JOBLIB_ERROR_ARRAY, (bad.shape = many, bad.ndim = 65));
    BAD(JOBLIB_ERROR_ARRAY, (bad.ndim = 1));
#undef BAD
    MAKES_NOTHING(ARGUMENT, joblib_builder_array(b, NULL, 0, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_array(b, &good, 4, &out, &error));
    good.ndim = 1;
    good.count = 2;
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY,
                  joblib_builder_array(b, &good, JOBLIB_BUILDER_MATRIX, &out, &error));
    close_scene(&s);
}

/* Pointers of the caller are no values. */
static void refuses_objects_as_bytes(void)
{
    static const int64_t shape[] = {1};
    struct scene s;
    joblib_value *objects, *records;
    open_scene(&s);
    joblib_builder *b = s.builder;
    CHECK_OK(joblib_builder_dtype(b, "O", &objects, &s.error), &s.error);
    CHECK_OK(joblib_builder_dtype(b, "[('x', 'O')]", &records, &s.error), &s.error);
    const void *pointer = s.list;
    joblib_array view = view_of(&pointer, JOBLIB_NUMBER_INT8, shape, NULL, 1, 1);
    view.dtype = joblib_value_dtype(objects);
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY, joblib_builder_array(b, &view, 0, &out, &error));
    view.dtype = joblib_value_dtype(records);
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY, joblib_builder_array(b, &view, 0, &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY,
                  joblib_builder_scalar(b, objects, &pointer, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_scalar(b, s.dtype, NULL, &out, &error));
    close_scene(&s);
}

/* A type of another builder, which is freed; and one of this one, which stays one value. */
static void takes_records_of_any_owner(void)
{
    static const int64_t shape[] = {2};
    static const char text[] = "[('x', '<i4'), ('', '|V2'), ('y', [('z', '>U1', (2,))])]";
    static const char bytes[36] = "\1\0\0\0..\0\0\0a\0\0\0b\2\0\0\0..\0\0\0c\0\0\0d";
    struct scene s, other;
    joblib_value *mine, *theirs, *a, *b;
    joblib_array view = view_of(bytes, JOBLIB_NUMBER_INT8, shape, NULL, 1, 2);
    open_scene(&s);
    open_scene(&other);
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_dtype(other.builder, text, &theirs, e), e);
    CHECK_OK(joblib_builder_dtype(s.builder, text, &mine, e), e);
    view.dtype = joblib_value_dtype(mine);
    CHECK_OK(joblib_builder_array(s.builder, &view, 0, &a, e), e);
    CHECK(a->array->dtype == mine);
    view.dtype = joblib_value_dtype(theirs);
    CHECK_OK(joblib_builder_array(s.builder, &view, 0, &b, e), e);
    close_scene(&other);
    const joblib_dtype *dtype = joblib_value_dtype(b), *inner, *last;
    const char *name;
    size_t offset;
    CHECK_EQ_SIZE(joblib_dtype_itemsize(dtype), 14);
    CHECK(joblib_dtype_field(dtype, 1, &name, &inner, &offset));
    CHECK_EQ_TEXT(name, "y");
    CHECK_EQ_SIZE(offset, 6);
    CHECK(joblib_dtype_field(inner, 0, &name, &last, &offset));
    CHECK_EQ_TEXT(joblib_dtype_text(joblib_dtype_base(last)), ">U1");
    CHECK_EQ_SIZE(joblib_dtype_shape(last)[0], 2);
    CHECK(b->array->dtype != mine);
    close_scene(&s);
}

static void makes_arrays_of_objects(void)
{
    static const int64_t shape[] = {1, 2}, none[] = {0};
    struct scene s;
    joblib_value *array = NULL;
    joblib_array view;
    open_scene(&s);
    const joblib_value *items[] = {s.list, s.list};
    CHECK_OK(joblib_builder_object_array(s.builder, items, shape, 2, &array, &s.error),
             &s.error);
    CHECK_OK(joblib_value_array(array, &view, &s.error), &s.error);
    CHECK(joblib_array_object(&view, 1) == s.list);
    CHECK(s.list->flags & JOBLIB_VALUE_SHARED);
    CHECK_OK(joblib_builder_set_at(s.builder, array, 1, s.text, &s.error), &s.error);
    CHECK_OK(joblib_value_array(array, &view, &s.error), &s.error);
    CHECK(joblib_array_object(&view, 0) == s.list);
    CHECK(joblib_array_object(&view, 1) == s.text);
    REFUSED(RANGE, joblib_builder_set_at(s.builder, array, 2, s.text, &error));
    CHECK_OK(joblib_builder_object_array(s.builder, NULL, none, 1, &array, &s.error),
             &s.error);
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_object_array(s.builder, NULL, shape, 2, &out, &error));
    MAKES_NOTHING(ARGUMENT,
                  joblib_builder_object_array(s.builder, items, NULL, 1, &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY,
                  joblib_builder_object_array(s.builder, items, shape, 65, &out, &error));
    close_scene(&s);
}

static void makes_empty_arrays_without_data(void)
{
    static const int64_t shape[] = {0, 3};
    struct scene s;
    joblib_value *array = NULL;
    joblib_array view = view_of(NULL, JOBLIB_NUMBER_INT32, shape, NULL, 2, 0);
    open_scene(&s);
    for (uint32_t flags = 0; flags < 4; flags++) {
        CHECK_OK(joblib_builder_array(s.builder, &view, flags, &array, &s.error),
                 &s.error);
        check_numbers(array, NULL, 0, JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER);
        CHECK_EQ_TEXT(joblib_value_name(joblib_value_subclass(array)),
                      flags & JOBLIB_BUILDER_MATRIX ? "matrix" : NULL);
    }
    close_scene(&s);
}

static void keeps_to_its_limit_of_memory(void)
{
    static const int64_t shape[] = {1 << 20};
    joblib_builder_options options = JOBLIB_BUILDER_OPTIONS_INIT;
    struct scene s;
    void *data = calloc(1 << 20, 1);
    joblib_array view = view_of(data, JOBLIB_NUMBER_INT8, shape, NULL, 1, 1 << 20);
    options.max_memory = 1 << 20;
    open_scene(&s);
    joblib_builder_free(s.builder);
    CHECK_OK(joblib_builder_new(&options, &s.builder, &s.error), &s.error);
    MAKES_NOTHING(JOBLIB_ERROR_LIMIT,
                  joblib_builder_array(s.builder, &view, 0, &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_LIMIT,
                  joblib_builder_bytes(s.builder, data, 1 << 20, &out, &error));
    CHECK_OK(joblib_builder_array(s.builder, &view, JOBLIB_BUILDER_BORROW, &s.list,
                                  &s.error),
             &s.error);
    CHECK(joblib_builder_memory(s.builder) < 1 << 20);
    close_scene(&s);
    free(data);
}

int main(void)
{
    RUN(copies_arrays_of_any_strides);
    RUN(borrows_what_is_contiguous);
    RUN(copies_the_elements);
    RUN(refuses_views_that_contradict_themselves);
    RUN(refuses_objects_as_bytes);
    RUN(takes_records_of_any_owner);
    RUN(makes_arrays_of_objects);
    RUN(makes_empty_arrays_without_data);
    RUN(keeps_to_its_limit_of_memory);
    return test_finish();
}
