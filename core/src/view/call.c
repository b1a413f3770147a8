/* What can be called, and what calls are made with: functions, partials, slices. */
#include "base/try.h"
#include "view/text.h"
#include "view/view.h"

/* getattr() of a function stops here: no file nests classes deeper. */
#define MOST_OWNERS 16

static joblib_status read_ufunc(const joblib_value *arguments, joblib_function *out,
                                joblib_error *error)
{
    out->module = joblib_value_text(joblib_value_at(arguments, 0), NULL);
    out->name = joblib_value_text(joblib_value_at(arguments, 1), NULL);
    JOBLIB_REQUIRE(joblib_value_count(arguments) == 2 && out->module && out->name,
                   JOBLIB_ERROR_KIND, "a ufunc is not made of module and name");
    return JOBLIB_OK;
}

/* Protocols below 4 cannot name what is inside a class: getattr(class, name). */
static joblib_status read_attribute(const joblib_value *arguments, joblib_function *out,
                                    joblib_error *error)
{
    out->owner = joblib_value_at(arguments, 0);
    out->name = joblib_value_text(joblib_value_at(arguments, 1), NULL);
    JOBLIB_REQUIRE(joblib_value_count(arguments) == 2 && out->name, JOBLIB_ERROR_KIND,
                   "getattr has other arguments than an owner and a name");
    return JOBLIB_OK;
}

joblib_status joblib_view_function(const joblib_value *value, joblib_function *out,
                                   joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_function made = JOBLIB_FUNCTION_INIT;
    const joblib_value *arguments = joblib_value_arguments(value);
    if (joblib_value_kind(value) == JOBLIB_KIND_GLOBAL) {
        made.module = joblib_value_module(value);
        made.name = joblib_value_name(value);
    } else if (joblib_view_kind(value) == JOBLIB_VIEW_UFUNC) {
        JOBLIB_TRY(read_ufunc(arguments, &made, error));
    } else {
        JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_FUNCTION, &row, error));
        JOBLIB_TRY(read_attribute(arguments, &made, error));
    }
    return joblib_view__return(&made, out, "joblib_function", error);
}

joblib_status joblib_view__write_function(const joblib_value *value,
                                          struct joblib_view__text *text,
                                          joblib_error *error)
{
    joblib_function steps[MOST_OWNERS];
    size_t count = 0;
    do {
        JOBLIB_REQUIRE(count < MOST_OWNERS, JOBLIB_ERROR_KIND,
                       "a function is inside %zu others", count);
        steps[count] = (joblib_function)JOBLIB_FUNCTION_INIT;
        JOBLIB_TRY(joblib_view_function(value, &steps[count], error));
        value = steps[count++].owner;
    } while (value);
    joblib_view__put_text(text, steps[count - 1].module);
    for (; count > 0; count--) {
        joblib_view__put(text, ".", 1);
        joblib_view__put_text(text, steps[count - 1].name);
    }
    return JOBLIB_OK;
}

#undef MOST_OWNERS

/* Without keywords there is None, or an empty dict, as the release has it. */
static const joblib_value *some_keywords(const joblib_value *keywords)
{
    return joblib_value_count(keywords) > 0 ? keywords : NULL;
}

/* The call names the function only; the state is (function, arguments, keywords, dict). */
joblib_status joblib_view_partial(const joblib_value *value, joblib_partial *out,
                                  joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_partial made = JOBLIB_PARTIAL_INIT;
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_PARTIAL, &row, error));
    const joblib_value *state = joblib_value_state(value);
    joblib_kind keywords = joblib_value_kind(joblib_value_at(state, 2));
    made.function = joblib_value_at(state, 0);
    made.arguments = joblib_value_at(state, 1);
    made.keywords = some_keywords(joblib_value_at(state, 2));
    bool is_state = joblib_value_kind(state) == JOBLIB_KIND_TUPLE &&
                    joblib_value_count(state) == 4 &&
                    joblib_value_kind(made.arguments) == JOBLIB_KIND_TUPLE &&
                    (keywords == JOBLIB_KIND_DICT || keywords == JOBLIB_KIND_NONE);
    JOBLIB_REQUIRE(is_state, JOBLIB_ERROR_KIND,
                   "the state of a partial is not function, arguments, keywords, dict");
    return joblib_view__return(&made, out, "joblib_partial", error);
}

static bool is_range(const joblib_slice *slice)
{
    return joblib_value_kind(slice->start) == JOBLIB_KIND_INT &&
           joblib_value_kind(slice->stop) == JOBLIB_KIND_INT &&
           joblib_value_kind(slice->step) == JOBLIB_KIND_INT &&
           (slice->step->flags & JOBLIB_VALUE_BIG || slice->step->integer != 0);
}

joblib_status joblib_view_slice(const joblib_value *value, joblib_slice *out,
                                joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_slice made = JOBLIB_SLICE_INIT;
    bool is_slice = joblib_view_kind(value) != JOBLIB_VIEW_RANGE;
    JOBLIB_TRY(joblib_view__open(value, is_slice ? JOBLIB_VIEW_SLICE : JOBLIB_VIEW_RANGE,
                                 &row, error));
    const joblib_value *arguments = joblib_value_arguments(value);
    made.start = joblib_value_at(arguments, 0);
    made.stop = joblib_value_at(arguments, 1);
    made.step = joblib_value_at(arguments, 2);
    JOBLIB_REQUIRE(joblib_value_count(arguments) == 3, JOBLIB_ERROR_KIND,
                   "a %s has %zu arguments, 3 expected", row->name.name,
                   joblib_value_count(arguments));
    JOBLIB_REQUIRE(is_slice || is_range(&made), JOBLIB_ERROR_KIND,
                   "a %s is not of three ints, the last not 0", row->name.name);
    return joblib_view__return(&made, out, "joblib_slice", error);
}
