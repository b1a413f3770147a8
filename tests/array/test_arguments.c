/* Arguments that are NULL, and elements of another kind, on every function of array.h. */
#include "joblib/array.h"
#include "joblib/value.h"
#include "support/models.h"
#include "support/test.h"

#define CHECK_FAILS(status, call) \
    do { \
        joblib_error error = JOBLIB_ERROR_INIT; \
        CHECK_STATUS(call, &error, status, JOBLIB_NO_OFFSET); \
        CHECK(error.message[0] != '\0'); \
    } while (0)

/* Views an array of a notation; `*document` owns it. */
static joblib_array view_of(const char *notation, joblib_document **document)
{
    joblib_array array = JOBLIB_ARRAY_INIT;
    joblib_error error = JOBLIB_ERROR_INIT;
    *document = document_from(notation);
    CHECK_OK(joblib_value_array(joblib_document_root(*document), &array, &error), &error);
    return array;
}

static void refuses_a_missing_array(void)
{
    double real;
    int64_t integer;
    size_t size;
    joblib_array empty = JOBLIB_ARRAY_INIT;
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT, joblib_array_read_float64(NULL, &real, 1, &error));
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT,
                joblib_array_read_int64(NULL, &integer, 1, &error));
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT, joblib_array_read_bytes(NULL, &real, 8, &error));
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT,
                joblib_array_text(NULL, 0, NULL, 0, &size, &error));
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT,
                joblib_array_read_float64(&empty, &real, 1, &error));
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT,
                joblib_array_text(&empty, 0, NULL, 0, &size, &error));
    CHECK(joblib_array_item(NULL, 0) == NULL);
    CHECK(joblib_array_object(NULL, 0) == NULL);
}

static void refuses_a_missing_place_for_elements(void)
{
    joblib_document *document;
    joblib_array array = view_of("i8[2]{1,2}", &document);
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT,
                joblib_array_read_float64(&array, NULL, 2, &error));
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT, joblib_array_read_int64(&array, NULL, 2, &error));
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT, joblib_array_read_bytes(&array, NULL, 16, &error));
    joblib_document_release(document);

    array = view_of("U2[1]{ab}", &document);
    size_t size;
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT,
                joblib_array_text(&array, 0, NULL, 0, NULL, &error));
    CHECK_FAILS(JOBLIB_ERROR_ARGUMENT,
                joblib_array_text(&array, 0, NULL, 4, &size, &error));
    joblib_document_release(document);
}

/* Room for one element fewer, or one byte fewer, is too little, and nothing is written. */
static void refuses_too_little_room(void)
{
    joblib_document *document;
    joblib_array array = view_of("i8[3]{1,2,3}", &document);
    double real[3] = {9, 9, 9};
    int64_t integer[3] = {9, 9, 9};
    CHECK_FAILS(JOBLIB_ERROR_RANGE, joblib_array_read_float64(&array, real, 2, &error));
    CHECK_FAILS(JOBLIB_ERROR_RANGE, joblib_array_read_int64(&array, integer, 2, &error));
    CHECK_FAILS(JOBLIB_ERROR_RANGE, joblib_array_read_bytes(&array, real, 23, &error));
    CHECK_EQ_DOUBLE(real[0], 9.0);
    CHECK_EQ_INT(integer[0], 9);
    CHECK_EQ_INT(joblib_array_read_float64(&array, real, 3, NULL), JOBLIB_OK);
    CHECK_EQ_DOUBLE(real[2], 3.0);
    CHECK(joblib_array_item(&array, 3) == NULL);
    CHECK(joblib_array_object(&array, 0) == NULL);
    joblib_document_release(document);
}

static void refuses_elements_of_another_kind(void)
{
    double real[2];
    int64_t integer[2];
    size_t size;
    joblib_document *document;
    joblib_array array = view_of("U2[1]{ab}", &document);
    CHECK_FAILS(JOBLIB_ERROR_KIND, joblib_array_read_float64(&array, real, 2, &error));
    CHECK_FAILS(JOBLIB_ERROR_KIND, joblib_array_read_int64(&array, integer, 2, &error));
    CHECK_FAILS(JOBLIB_ERROR_RANGE, joblib_array_text(&array, 1, NULL, 0, &size, &error));
    joblib_document_release(document);

    array = view_of("f8[1]{1}", &document);
    CHECK_FAILS(JOBLIB_ERROR_KIND, joblib_array_read_int64(&array, integer, 2, &error));
    CHECK_FAILS(JOBLIB_ERROR_KIND, joblib_array_text(&array, 0, NULL, 0, &size, &error));
    joblib_document_release(document);

    array = view_of("O[1]{5}", &document);
    CHECK_FAILS(JOBLIB_ERROR_KIND, joblib_array_read_float64(&array, real, 2, &error));
    CHECK_FAILS(JOBLIB_ERROR_KIND,
                joblib_array_read_bytes(&array, real, sizeof real, &error));
    CHECK_EQ_INT(joblib_value_kind(joblib_array_object(&array, 0)), JOBLIB_KIND_INT);
    joblib_document_release(document);
}

static void gives_nothing_for_no_dtype(void)
{
    CHECK(joblib_dtype_number(JOBLIB_NUMBER_NONE) == NULL);
    CHECK(joblib_dtype_number(-1) == NULL);
    CHECK(joblib_dtype_number(JOBLIB_NUMBER_FLOAT64 + 1) == NULL);
    CHECK_EQ_INT(joblib_dtype_as_number(NULL), JOBLIB_NUMBER_NONE);
    CHECK_EQ_INT(joblib_dtype_kind(NULL), 0);
    CHECK_EQ_INT(joblib_dtype_byteorder(NULL), 0);
    CHECK_EQ_SIZE(joblib_dtype_itemsize(NULL), 0);
    CHECK_EQ_TEXT(joblib_dtype_text(NULL), "");
    CHECK_EQ_SIZE(joblib_dtype_field_count(NULL), 0);
    CHECK(!joblib_dtype_field(NULL, 0, NULL, NULL, NULL));
    CHECK(joblib_dtype_field_name(NULL, 0, NULL) == NULL);
    CHECK(joblib_dtype_field_name(joblib_dtype_number(JOBLIB_NUMBER_INT8), 0, NULL) ==
          NULL);
    CHECK(joblib_dtype_base(NULL) == NULL);
    CHECK_EQ_SIZE(joblib_dtype_ndim(NULL), 0);
    CHECK(joblib_dtype_shape(NULL) == NULL);
}

static void reports_each_failure_anew(void)
{
    double real;
    size_t size;
    joblib_document *document;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_array array = view_of("f8[2]{1}", &document);
    joblib_status status = joblib_array_read_float64(&array, &real, 1, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_RANGE, JOBLIB_NO_OFFSET);
    status = joblib_array_text(&array, 0, NULL, 0, &size, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_KIND, JOBLIB_NO_OFFSET);
    status = joblib_array_read_float64(&array, NULL, 2, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    joblib_document_release(document);
}

int main(void)
{
    RUN(refuses_a_missing_array);
    RUN(refuses_a_missing_place_for_elements);
    RUN(refuses_too_little_room);
    RUN(refuses_elements_of_another_kind);
    RUN(gives_nothing_for_no_dtype);
    RUN(reports_each_failure_anew);
    return test_finish();
}
