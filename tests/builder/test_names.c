/* Names, texts and calls that a builder refuses. */
#include "builder/scene.h"

static void refuses_texts_and_names_that_are_none(void)
{
    struct scene s;
    char name[600];
    open_scene(&s);
    joblib_builder *b = s.builder;
    memset(name, 'a', sizeof name);
    name[513] = '\0';
    MAKES_NOTHING(ARGUMENT, joblib_builder_text(b, "\xff", 1, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_text(b, "a\xc3", 2, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_text(b, NULL, 1, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_bytes(b, NULL, 1, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_key(b, "\xff", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_key(b, NULL, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_int_text(b, NULL, 1, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_int_text(b, "", 0, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_int_text(b, "01", 2, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_int_text(b, "1.5", 3, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_global(b, NULL, "C", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_global(b, "m", NULL, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_global(b, "", "C", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_global(b, "m", "", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_global(b, "m\nm", "C", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_global(b, "m", "C\x7f", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_global(b, "m", "\xed\xa0\x80", &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_global(b, "m", "\xff", &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_LIMIT, joblib_builder_global(b, name, "C", &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_LIMIT, joblib_builder_global(b, "m", name, &out, &error));
    MAKES_NOTHING(ARGUMENT, joblib_builder_dtype(b, NULL, &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY, joblib_builder_dtype(b, "f9", &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY, joblib_builder_dtype(b, "", &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY,
                  joblib_builder_dtype(b, "[('x', '<f8')", &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY,
                  joblib_builder_dtype(b, "[('x', '<f8')] x", &out, &error));
    MAKES_NOTHING(JOBLIB_ERROR_ARRAY,
                  joblib_builder_dtype(b, "[('x', '<f8'), ('x', '<f8')]", &out, &error));
    char digits[4302];
    memset(digits, '1', sizeof digits);
    MAKES_NOTHING(JOBLIB_ERROR_LIMIT,
                  joblib_builder_int_text(b, digits, 4301, &out, &error));
    CHECK_OK(joblib_builder_int_text(b, digits, 4300, &s.number, &s.error), &s.error);
    close_scene(&s);
}

/* Calls whose values have a function of their own here, or that promise bytes behind them. */
static void refuses_calls_that_make_other_values(void)
{
    static const char *const names[][2] = {
        {"builtins", "set"},
        {"builtins", "frozenset"},
        {"builtins", "bytearray"},
        {"__builtin__", "complex"},
        {"_codecs", "encode"},
        {"copyreg", "_reconstructor"},
        {"numpy", "dtype"},
        {"numpy.core.multiarray", "scalar"},
        {"numpy._core.numeric", "_frombuffer"},
        {"joblib.numpy_pickle", "NumpyArrayWrapper"},
        {"joblib.numpy_pickle", "NDArrayWrapper"},
        {"sklearn.externals.joblib.numpy_pickle", "ZNDArrayWrapper"},
    };
    struct scene s;
    open_scene(&s);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        joblib_value *class;
        CHECK_OK(joblib_builder_global(s.builder, names[i][0], names[i][1], &class,
                                       &s.error),
                 &s.error);
        for (int form = 0; form <= JOBLIB_FORM_INSTANCE; form++)
            MAKES_NOTHING(ARGUMENT, joblib_builder_object(s.builder, form, class, NULL,
                                                          NULL, &out, &error));
        REFUSED(ARGUMENT, joblib_builder_set_class(s.builder, s.object, class, &error));
    }
    close_scene(&s);
}

/* numpy's call is that of an object where it makes no array that is decoded. */
static void reconstructs_unknown_subclasses_of_arrays_only(void)
{
    struct scene s;
    open_scene(&s);
    joblib_value *call, *ndarray, *tuple, *object;
    joblib_builder *b = s.builder;
    joblib_error *e = &s.error;
    CHECK_OK(joblib_builder_global(b, "numpy._core.multiarray", "_reconstruct", &call, e),
             e);
    CHECK_OK(joblib_builder_global(b, "numpy", "ndarray", &ndarray, e), e);
    const joblib_value *items[] = {ndarray};
    CHECK_OK(joblib_builder_tuple(b, items, 1, &tuple, e), e);
    MAKES_NOTHING(ARGUMENT, joblib_builder_object(b, 0, call, tuple, NULL, &out, &error));
    items[0] = s.class;
    CHECK_OK(joblib_builder_tuple(b, items, 1, &tuple, e), e);
    CHECK_OK(joblib_builder_object(b, 0, call, tuple, NULL, &object, e), e);
    close_scene(&s);
}

int main(void)
{
    RUN(refuses_texts_and_names_that_are_none);
    RUN(refuses_calls_that_make_other_values);
    RUN(reconstructs_unknown_subclasses_of_arrays_only);
    return test_finish();
}
