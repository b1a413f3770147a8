/* Views that are text in Python. */
#include "view/text.h"

#include <string.h>

#include "base/try.h"
#include "joblib/view.h"

static joblib_view__write *const text_writers[] = {
    [JOBLIB_VIEW_FRACTION] = joblib_view__write_fraction,
    [JOBLIB_VIEW_DECIMAL] = joblib_view__write_decimal,
    [JOBLIB_VIEW_DATE] = joblib_view__write_datetime,
    [JOBLIB_VIEW_TIME] = joblib_view__write_datetime,
    [JOBLIB_VIEW_DATETIME] = joblib_view__write_datetime,
    [JOBLIB_VIEW_DURATION] = joblib_view__write_duration,
    [JOBLIB_VIEW_TIMEZONE] = joblib_view__write_timezone,
    [JOBLIB_VIEW_PATH] = joblib_view__write_path,
    [JOBLIB_VIEW_UUID] = joblib_view__write_uuid,
    [JOBLIB_VIEW_FUNCTION] = joblib_view__write_function,
    [JOBLIB_VIEW_UFUNC] = joblib_view__write_function,
};

void joblib_view__put(struct joblib_view__text *text, const char *bytes, size_t size)
{
    if (text->size < text->capacity && size <= text->capacity - text->size)
        memcpy(text->buffer + text->size, bytes, size);
    text->size += size;
}

void joblib_view__put_text(struct joblib_view__text *text, const char *terminated)
{
    joblib_view__put(text, terminated, strlen(terminated));
}

void joblib_view__put_number(struct joblib_view__text *text, uint64_t number, int width)
{
    char digits[20];
    size_t at = sizeof digits;
    for (; at > 0 && (number > 0 || width > 0); number /= 10, width--)
        digits[--at] = (char)('0' + number % 10);
    joblib_view__put(text, digits + at, sizeof digits - at);
}

static joblib_view__write *find_writer(const joblib_value *value)
{
    size_t view = (size_t)joblib_view_kind(value);
    return view < sizeof text_writers / sizeof *text_writers ? text_writers[view] : NULL;
}

joblib_status joblib_view_text(const joblib_value *value, char *buffer, size_t capacity,
                               size_t *size_out, joblib_error *error)
{
    struct joblib_view__text text = {buffer, capacity, 0};
    joblib_view__write *write = find_writer(value);
    JOBLIB_REQUIRE(buffer || capacity == 0, JOBLIB_ERROR_ARGUMENT,
                   "buffer is NULL and capacity %zu", capacity);
    JOBLIB_REQUIRE(write != NULL, JOBLIB_ERROR_KIND, "a view %s has no text",
                   joblib_view_name((int)joblib_view_kind(value)));
    JOBLIB_TRY(write(value, &text, error));
    if (size_out) *size_out = text.size;
    bool fits = text.size < capacity;
    if (capacity > 0) buffer[fits ? text.size : 0] = '\0';
    JOBLIB_REQUIRE(fits, JOBLIB_ERROR_RANGE, "%zu bytes of text do not fit %zu",
                   text.size, capacity);
    return JOBLIB_OK;
}
