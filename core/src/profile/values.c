/* What is asked of a value alone: text, integers, classes. */
#include <string.h>

#include "base/try.h"
#include "profile/checking.h"
#include "value/node.h"

/* A lone surrogate stands as ED A0…BF xx; ED of other characters is followed by less. */
static bool holds_surrogate(const char *text, size_t size)
{
    const unsigned char *at = (const unsigned char *)text, *end = at + size;
    while ((at = memchr(at, 0xed, (size_t)(end - at))) != NULL) {
        if (end - at > 1 && at[1] >= 0xa0) return true;
        at++;
    }
    return false;
}

static joblib_status check_text(joblib_profile__check *check, const joblib_value *value,
                                joblib_error *error)
{
    size_t size;
    const char *text = joblib_value_text(value, &size);
    (void)error;
    if (text && holds_surrogate(text, size))
        joblib_profile__find(check, JOBLIB_PROFILE_UNICODE,
                             "a text with a half of a surrogate pair");
    return JOBLIB_OK;
}

static joblib_status check_bytes(joblib_profile__check *check, const joblib_value *value,
                                 joblib_error *error)
{
    (void)error;
    if (!joblib_value_is_py2(value)) return JOBLIB_OK;
    if (joblib_value_text(value, NULL))
        joblib_profile__find(check, JOBLIB_PROFILE_TEXT, "a str of Python 2");
    else
        joblib_profile__find(check, JOBLIB_PROFILE_UNICODE,
                             "a str of Python 2 whose encoding nothing tells");
    return JOBLIB_OK;
}

static joblib_status check_integer(joblib_profile__check *check,
                                   const joblib_value *value, joblib_error *error)
{
    int64_t number;
    (void)error;
    if (joblib_value_as_int64(value, &number, NULL) != JOBLIB_OK)
        joblib_profile__find(check, JOBLIB_PROFILE_INTEGERS,
                             "an integer of more than 64 bits, or beyond 2**63 - 1");
    return JOBLIB_OK;
}

static joblib_status check_global(joblib_profile__check *check, const joblib_value *value,
                                  joblib_error *error)
{
    return joblib_profile__check_name(check, value, false, error);
}

/* An empty call, and entries: as Python pickles it. */
static void check_ordered(joblib_profile__check *check, const joblib_value *object)
{
    bool is_plain = joblib_value_form(object) == JOBLIB_FORM_REDUCE &&
                    joblib_value_count(joblib_value_arguments(object)) == 0 &&
                    !joblib_value_state(object) && !joblib_value_items(object);
    if (!is_plain)
        joblib_profile__find(check, JOBLIB_PROFILE_NAMES,
                             "collections.OrderedDict: not made as Python 3 does it");
}

static bool is_in_estimator(const joblib_profile__check *check)
{
    return check->count > 0 && check->frames[check->count - 1].in_estimator;
}

/* What holds the part is told of, where its class is no name of the profile. */
static void check_part_place(joblib_profile__check *check)
{
    bool is_told = check->count > 0 && check->frames[check->count - 1].in_unknown;
    if (!is_told && !is_in_estimator(check))
        joblib_profile__find(check, JOBLIB_PROFILE_ESTIMATORS,
                             "a part of a model that stands in none");
}

static joblib_status check_object_class(joblib_profile__check *check,
                                        const joblib_value *value, joblib_error *error)
{
    JOBLIB_TRY(joblib_profile__check_name(check, joblib_value_class(value), true, error));
    const joblib_profile__row *row =
        joblib_profile__find_name(joblib_value_module(value), joblib_value_name(value));
    if (!row) return JOBLIB_OK;
    if (row->role == JOBLIB_PROFILE_ORDERED) check_ordered(check, value);
    if (row->role == JOBLIB_PROFILE_PART || row->role == JOBLIB_PROFILE_TREE)
        check_part_place(check);
    return row->role == JOBLIB_PROFILE_ESTIMATOR && !is_in_estimator(check)
               ? joblib_profile__check_estimator(check, value, error)
               : JOBLIB_OK;
}

/* What an array of objects may hold: what readers of level 1 have a type for. */
static void check_element(joblib_profile__check *check, const joblib_value *value)
{
    joblib_kind kind = joblib_value_kind(value);
    bool is_atom = kind == JOBLIB_KIND_NONE || kind == JOBLIB_KIND_BOOL ||
                   kind == JOBLIB_KIND_INT || kind == JOBLIB_KIND_FLOAT ||
                   kind == JOBLIB_KIND_STR || joblib_value_is_py2(value);
    if (!is_atom)
        joblib_profile__find(check, JOBLIB_PROFILE_OBJECTS,
                             "an array of objects holds a value of kind %s",
                             joblib_kind_name((int)kind));
}

joblib_status joblib_profile__check_value(joblib_profile__check *check,
                                          const joblib_value *value, joblib_error *error)
{
    static joblib_status (*const checks[])(joblib_profile__check *, const joblib_value *,
                                           joblib_error *) = {
        [JOBLIB_KIND_INT] = check_integer,
        [JOBLIB_KIND_STR] = check_text,
        [JOBLIB_KIND_BYTES] = check_bytes,
        [JOBLIB_KIND_ARRAY] = joblib_profile__check_array,
        [JOBLIB_KIND_SCALAR] = joblib_profile__check_array,
        [JOBLIB_KIND_DTYPE] = joblib_profile__check_dtype,
        [JOBLIB_KIND_GLOBAL] = check_global,
        [JOBLIB_KIND_OBJECT] = check_object_class,
    };
    joblib_kind kind = joblib_value_kind(value);
    if (check->count > 0 &&
        check->frames[check->count - 1].cursor.role == JOBLIB_PRINT_OBJECTS)
        check_element(check, value);
    return checks[kind] ? checks[kind](check, value, error) : JOBLIB_OK;
}
