/* Arguments that are NULL, and values of another kind, on every function of value.h. */
#include "joblib/value.h"
#include "support/models.h"
#include "support/test.h"

/* One of each kind that has something to read. */
#define NOTATION \
    "[None, True, 5, 2.5, 'text', [1, 2], (1,), {'a': 1}, f8[2]{1}, m.C(x=1), m.f(1)]"

#define CHECK_REFUSES_NULL(call) \
    do { \
        joblib_error error = JOBLIB_ERROR_INIT; \
        CHECK_STATUS(call, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET); \
        CHECK(error.message[0] != '\0'); \
    } while (0)

static void refuses_a_missing_place_for_the_answer(void)
{
    double part;
    joblib_document *document = document_from(NOTATION);
    const joblib_value *root = joblib_document_root(document);
    const joblib_value *number = joblib_value_at(root, 2);
    CHECK_REFUSES_NULL(joblib_value_as_bool(joblib_value_at(root, 1), NULL, &error));
    CHECK_REFUSES_NULL(joblib_value_as_int64(number, NULL, &error));
    CHECK_REFUSES_NULL(joblib_value_as_uint64(number, NULL, &error));
    CHECK_REFUSES_NULL(joblib_value_as_float64(number, NULL, &error));
    CHECK_REFUSES_NULL(joblib_value_as_complex(number, NULL, &part, &error));
    CHECK_REFUSES_NULL(joblib_value_as_complex(number, &part, NULL, &error));
    CHECK_REFUSES_NULL(joblib_value_int_text(number, NULL, 24, NULL, &error));
    CHECK_REFUSES_NULL(joblib_value_array(joblib_value_at(root, 8), NULL, &error));
    joblib_document_release(document);
}

/* The size alone can be asked for. */
static void tells_the_size_of_an_integer_without_a_buffer(void)
{
    size_t size = 0;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = document_from("-1234");
    joblib_status status =
        joblib_value_int_text(joblib_document_root(document), NULL, 0, &size, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_RANGE, JOBLIB_NO_OFFSET);
    CHECK_EQ_SIZE(size, 5);
    joblib_document_release(document);
}

#define CHECK_KIND(call) \
    do { \
        joblib_error error = JOBLIB_ERROR_INIT; \
        CHECK_STATUS(call, &error, JOBLIB_ERROR_KIND, JOBLIB_NO_OFFSET); \
    } while (0)

/* NULL stands for no value, whose kind is that of None: no number, no array. */
static void reads_nothing_from_no_value(void)
{
    bool truth;
    int64_t integer;
    uint64_t natural;
    double real, imaginary;
    char text[24];
    joblib_array array;
    CHECK_KIND(joblib_value_as_bool(NULL, &truth, &error));
    CHECK_KIND(joblib_value_as_int64(NULL, &integer, &error));
    CHECK_KIND(joblib_value_as_uint64(NULL, &natural, &error));
    CHECK_KIND(joblib_value_as_float64(NULL, &real, &error));
    CHECK_KIND(joblib_value_as_complex(NULL, &real, &imaginary, &error));
    CHECK_KIND(joblib_value_int_text(NULL, text, sizeof text, NULL, &error));
    CHECK_KIND(joblib_value_array(NULL, &array, &error));
}

/* What a look-up gives where there is nothing, for NULL and for each kind of value. */
static void check_lookups(const joblib_value *value, bool is_object)
{
    joblib_kind kind = joblib_value_kind(value);
    CHECK((joblib_value_text(value, NULL) != NULL) == (kind == JOBLIB_KIND_STR));
    CHECK(joblib_value_bytes(value, NULL) == NULL);
    CHECK(!joblib_value_is_py2(value));
    CHECK(joblib_value_at(value, SIZE_MAX) == NULL);
    CHECK(joblib_value_key(value, SIZE_MAX) == NULL);
    CHECK(joblib_value_find(value, "absent") == NULL);
    CHECK(joblib_value_find(value, NULL) == NULL);
    CHECK(joblib_value_find_int(value, 77) == NULL);
    CHECK((joblib_value_module(value) != NULL) == is_object);
    CHECK((joblib_value_name(value) != NULL) == is_object);
    CHECK((joblib_value_class(value) != NULL) == is_object);
    CHECK((joblib_value_arguments(value) != NULL) == is_object);
    CHECK(joblib_value_keywords(value) == NULL);
    CHECK(joblib_value_items(value) == NULL);
    CHECK(joblib_value_entries(value) == NULL);
    CHECK(joblib_value_attribute(value, "absent") == NULL);
    CHECK(joblib_value_attribute(value, NULL) == NULL);
    CHECK((joblib_value_dtype(value) != NULL) == (kind == JOBLIB_KIND_ARRAY));
    CHECK(joblib_value_subclass(value) == NULL);
}

static void finds_nothing_where_there_is_nothing(void)
{
    joblib_document *document = document_from(NOTATION);
    const joblib_value *root = joblib_document_root(document);
    check_lookups(NULL, false);
    check_lookups(root, false);
    for (size_t i = 0; i < joblib_value_count(root); i++) {
        const joblib_value *value = joblib_value_at(root, i);
        check_lookups(value, joblib_value_kind(value) == JOBLIB_KIND_OBJECT);
    }
    CHECK_EQ_SIZE(joblib_value_count(NULL), 0);
    CHECK(joblib_value_state(NULL) == NULL);
    CHECK_EQ_INT(joblib_value_form(NULL), JOBLIB_FORM_REDUCE);
    CHECK_EQ_TEXT(joblib_kind_name(-1), "unknown");
    CHECK_EQ_TEXT(joblib_kind_name(18), "unknown");
    joblib_document_release(document);
}

static void accepts_no_error_to_fill(void)
{
    int64_t number;
    joblib_array array;
    CHECK_EQ_INT(joblib_value_as_int64(NULL, &number, NULL), JOBLIB_ERROR_KIND);
    CHECK_EQ_INT(joblib_value_as_int64(NULL, NULL, NULL), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_value_array(NULL, &array, NULL), JOBLIB_ERROR_KIND);
}

/* One struct serves many calls: each failure is told, not the first for ever. */
static void reports_each_failure_anew(void)
{
    bool truth;
    uint64_t number;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = document_from("[-1, 'text']");
    const joblib_value *root = joblib_document_root(document);
    joblib_status status =
        joblib_value_as_uint64(joblib_value_at(root, 0), &number, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_RANGE, JOBLIB_NO_OFFSET);
    error.offset = 17;
    status = joblib_value_as_bool(joblib_value_at(root, 1), &truth, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_KIND, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message, "str found, bool expected");
    joblib_document_release(document);
}

int main(void)
{
    RUN(refuses_a_missing_place_for_the_answer);
    RUN(tells_the_size_of_an_integer_without_a_buffer);
    RUN(reads_nothing_from_no_value);
    RUN(finds_nothing_where_there_is_nothing);
    RUN(accepts_no_error_to_fill);
    RUN(reports_each_failure_anew);
    return test_finish();
}
