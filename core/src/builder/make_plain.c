/* Numbers, texts and bytes. */
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"
#include "builder/builder.h"

joblib_status joblib_builder_none(joblib_builder *builder, joblib_value **out,
                                  joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    *out = joblib_value__none();
    return JOBLIB_OK;
}

joblib_status joblib_builder_bool(joblib_builder *builder, bool truth, joblib_value **out,
                                  joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    *out = joblib_value__bool(truth);
    return JOBLIB_OK;
}

joblib_status joblib_builder_int64(joblib_builder *builder, int64_t number,
                                   joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    joblib_value *value = joblib_value__new_int(builder->document, number);
    return joblib_builder__made(builder, value, sizeof *value, out, error);
}

joblib_status joblib_builder_uint64(joblib_builder *builder, uint64_t number,
                                    joblib_value **out, joblib_error *error)
{
    uint8_t bytes[9] = {0}; /* the last is the sign */
    for (size_t i = 0; i < 8; i++) bytes[i] = (uint8_t)(number >> 8 * i);
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    joblib_value *value =
        joblib_value__new_integer(builder->document, bytes, sizeof bytes);
    return joblib_builder__made(builder, value, sizeof *value, out, error);
}

joblib_status joblib_builder_int_text(joblib_builder *builder, const char *text,
                                      size_t size, joblib_value **out,
                                      joblib_error *error)
{
    uint8_t bytes[JOBLIB_DECIMAL_BYTES];
    char shown[JOBLIB_ESCAPED_SIZE];
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_REQUIRE(text, JOBLIB_ERROR_ARGUMENT, "the text is NULL");
    JOBLIB_REQUIRE(joblib_base__is_decimal(text, size), JOBLIB_ERROR_ARGUMENT,
                   "\"%s\" is no decimal integer",
                   joblib_base__escape(shown, text, size));
    size_t digits = size - (text[0] == '-');
    JOBLIB_REQUIRE(digits <= JOBLIB_DECIMAL_DIGITS, JOBLIB_ERROR_LIMIT,
                   "an integer of %zu digits, %d are the most", digits,
                   JOBLIB_DECIMAL_DIGITS);
    size_t used = joblib_base__decimal_to_integer(text, size, bytes);
    joblib_value *value = joblib_value__new_integer(builder->document, bytes, used);
    return joblib_builder__made(builder, value, used, out, error);
}

joblib_status joblib_builder_float64(joblib_builder *builder, double number,
                                     joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    joblib_value *value = joblib_value__new_float(builder->document, number);
    return joblib_builder__made(builder, value, sizeof *value, out, error);
}

joblib_status joblib_builder_complex(joblib_builder *builder, double real,
                                     double imaginary, joblib_value **out,
                                     joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    joblib_value *value = joblib_value__new_complex(builder->document, real, imaginary);
    return joblib_builder__made(builder, value, sizeof *value, out, error);
}

static joblib_status make_text(joblib_builder *builder, joblib_kind kind,
                               const void *data, size_t size, joblib_value **out,
                               joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_REQUIRE(data || size == 0, JOBLIB_ERROR_ARGUMENT, "%zu bytes of a %s are NULL",
                   size, joblib_kind_name((int)kind));
    joblib_value *value = joblib_value__new_text(builder->document, kind, size);
    if (value && size > 0) memcpy(joblib_value__text_room(value), data, size);
    return joblib_builder__made(builder, value, size, out, error);
}

static joblib_status check_utf8(const char *text, size_t size, joblib_error *error)
{
    size_t valid = text ? joblib_base__utf8_valid(text, size) : size;
    JOBLIB_REQUIRE(valid == size, JOBLIB_ERROR_ARGUMENT,
                   "the text is no UTF-8 at byte %zu", valid);
    return JOBLIB_OK;
}

joblib_status joblib_builder_text(joblib_builder *builder, const char *utf8, size_t size,
                                  joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_TRY(check_utf8(utf8, size, error));
    return make_text(builder, JOBLIB_KIND_STR, utf8, size, out, error);
}

joblib_status joblib_builder_key(joblib_builder *builder, const char *utf8,
                                 joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_REQUIRE(utf8, JOBLIB_ERROR_ARGUMENT, "the name is NULL");
    size_t size = strlen(utf8);
    *out = joblib_builder__words_find(&builder->keys, builder->document, utf8, size);
    if (*out) return JOBLIB_OK;
    JOBLIB_TRY(
        joblib_builder__words_reserve(&builder->keys, builder->document, 1, error));
    JOBLIB_TRY(joblib_builder_text(builder, utf8, size, out, error));
    struct joblib_builder__word word = {joblib_value_text(*out, NULL), size, *out};
    joblib_builder__words_add(&builder->keys, builder->document, word);
    return JOBLIB_OK;
}

joblib_status joblib_builder_bytes(joblib_builder *builder, const void *data, size_t size,
                                   joblib_value **out, joblib_error *error)
{
    return make_text(builder, JOBLIB_KIND_BYTES, data, size, out, error);
}

joblib_status joblib_builder_bytearray(joblib_builder *builder, const void *data,
                                       size_t size, joblib_value **out,
                                       joblib_error *error)
{
    return make_text(builder, JOBLIB_KIND_BYTEARRAY, data, size, out, error);
}

joblib_status joblib_builder_py2_text(joblib_builder *builder, const void *data,
                                      size_t size, joblib_value **out,
                                      joblib_error *error)
{
    JOBLIB_TRY(make_text(builder, JOBLIB_KIND_BYTES, data, size, out, error));
    builder->document->python2 = true;
    (*out)->flags = JOBLIB_VALUE_PY2;
    if (size == 0 || joblib_base__is_ascii(data, size))
        (*out)->flags |= JOBLIB_VALUE_ASCII;
    return JOBLIB_OK;
}
