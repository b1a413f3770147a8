/* Dates, times and durations of the module datetime. */
#include <string.h>

#include "base/try.h"
#include "base/utf8.h"
#include "view/text.h"
#include "view/view.h"

/* Bytes that a date, time or datetime is pickled as: year in two, month, day; hour, minute,
   second, microsecond in three. */
#define DATE_SIZE 4
#define TIME_SIZE 6

/* The bit beside the month, or beside the hour of a time, that is `fold`. */
#define FOLD_BIT 0x80

/* The bytes of the argument: bytes, or text of one character each. */
static size_t read_moment(const joblib_value *value, uint8_t *out, size_t capacity)
{
    size_t size = 0, count = 0;
    const void *bytes = joblib_value_bytes(value, &size);
    if (bytes) {
        if (size <= capacity) memcpy(out, bytes, size);
        return size;
    }
    const char *text = joblib_value_text(value, &size);
    for (size_t i = 0; text && i < size && count < capacity;) {
        uint32_t code;
        i += joblib_base__utf8_decode(text + i, &code);
        if (code > 0xff) return 0;
        out[count++] = (uint8_t)code;
    }
    return count;
}

static int32_t days_of_month(int32_t year, int32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && is_leap);
}

static bool read_date(const uint8_t *bytes, joblib_datetime *out)
{
    out->year = bytes[0] << 8 | bytes[1];
    out->month = bytes[2];
    out->day = bytes[3];
    return out->year >= 1 && out->year <= 9999 && out->month >= 1 && out->month <= 12 &&
           out->day >= 1 && out->day <= days_of_month(out->year, out->month);
}

static bool read_time(const uint8_t *bytes, joblib_datetime *out)
{
    out->hour = bytes[0];
    out->minute = bytes[1];
    out->second = bytes[2];
    out->microsecond = bytes[3] << 16 | bytes[4] << 8 | bytes[5];
    return out->hour < 24 && out->minute < 60 && out->second < 60 &&
           out->microsecond < 1000000;
}

/* Takes the bit of `fold` out of the byte that has it. */
static int32_t take_fold(uint8_t *byte)
{
    int32_t fold = (*byte & FOLD_BIT) != 0;
    *byte &= FOLD_BIT - 1;
    return fold;
}

static bool read_datetime(const joblib_value *state, joblib_view view,
                          joblib_datetime *out)
{
    uint8_t bytes[DATE_SIZE + TIME_SIZE + 1];
    size_t size = read_moment(state, bytes, sizeof bytes);
    if (view == JOBLIB_VIEW_DATE) return size == DATE_SIZE && read_date(bytes, out);
    if (view == JOBLIB_VIEW_TIME) {
        if (size != TIME_SIZE) return false;
        out->fold = take_fold(&bytes[0]);
        return read_time(bytes, out);
    }
    if (size != DATE_SIZE + TIME_SIZE) return false;
    out->fold = take_fold(&bytes[2]);
    return read_date(bytes, out) && read_time(bytes + DATE_SIZE, out);
}

static bool is_moment(joblib_view view)
{
    return view == JOBLIB_VIEW_DATE || view == JOBLIB_VIEW_TIME ||
           view == JOBLIB_VIEW_DATETIME;
}

joblib_status joblib_view_datetime(const joblib_value *value, joblib_datetime *out,
                                   joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_datetime made = JOBLIB_DATETIME_INIT;
    joblib_view view = joblib_view_kind(value);
    if (!is_moment(view)) view = JOBLIB_VIEW_DATETIME;
    JOBLIB_TRY(joblib_view__open(value, view, &row, error));
    const joblib_value *arguments = joblib_value_arguments(value);
    size_t most = view == JOBLIB_VIEW_DATE ? 1 : 2;
    JOBLIB_REQUIRE(joblib_value_count(arguments) <= most &&
                       read_datetime(joblib_value_at(arguments, 0), view, &made),
                   JOBLIB_ERROR_KIND, "the arguments of a %s are not its bytes",
                   row->name.name);
    made.zone = joblib_value_at(arguments, 1);
    if (joblib_value_kind(made.zone) == JOBLIB_KIND_NONE) made.zone = NULL;
    return joblib_view__return(&made, out, "joblib_datetime", error);
}

static bool read_bounded(const joblib_value *value, int64_t least, int64_t most,
                         int32_t *out)
{
    int64_t number;
    if (joblib_value_kind(value) != JOBLIB_KIND_INT ||
        joblib_value_as_int64(value, &number, NULL) != JOBLIB_OK || number < least ||
        number > most)
        return false;
    *out = (int32_t)number;
    return true;
}

joblib_status joblib_view_duration(const joblib_value *value, joblib_duration *out,
                                   joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_duration made = JOBLIB_DURATION_INIT;
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_DURATION, &row, error));
    const joblib_value *arguments = joblib_value_arguments(value);
    bool is_known =
        joblib_value_count(arguments) == 3 &&
        read_bounded(joblib_value_at(arguments, 0), -999999999, 999999999, &made.days) &&
        read_bounded(joblib_value_at(arguments, 1), 0, 86399, &made.seconds) &&
        read_bounded(joblib_value_at(arguments, 2), 0, 999999, &made.microseconds);
    JOBLIB_REQUIRE(is_known, JOBLIB_ERROR_KIND,
                   "a timedelta is not made of days, seconds and microseconds");
    return joblib_view__return(&made, out, "joblib_duration", error);
}

static int64_t to_microseconds(const joblib_duration *duration)
{
    return (INT64_C(86400) * duration->days + duration->seconds) * 1000000 +
           duration->microseconds;
}

joblib_status joblib_view_timezone(const joblib_value *value, joblib_timezone *out,
                                   joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_timezone made = JOBLIB_TIMEZONE_INIT;
    joblib_duration offset = JOBLIB_DURATION_INIT;
    const int64_t day = INT64_C(86400) * 1000000;
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_TIMEZONE, &row, error));
    const joblib_value *arguments = joblib_value_arguments(value);
    JOBLIB_TRY(joblib_view_duration(joblib_value_at(arguments, 0), &offset, error));
    made.offset = to_microseconds(&offset);
    made.name = joblib_value_at(arguments, 1);
    JOBLIB_REQUIRE(made.offset > -day && made.offset < day, JOBLIB_ERROR_KIND,
                   "a timezone is %d days off, less than one expected", offset.days);
    JOBLIB_REQUIRE(joblib_value_count(arguments) <= 2 &&
                       (!made.name || joblib_value_text(made.name, NULL)),
                   JOBLIB_ERROR_KIND, "the name of a timezone is %s, str expected",
                   joblib_kind_name((int)joblib_value_kind(made.name)));
    return joblib_view__return(&made, out, "joblib_timezone", error);
}

static void put_fraction(struct joblib_view__text *text, int32_t microsecond)
{
    if (microsecond == 0) return;
    joblib_view__put(text, ".", 1);
    joblib_view__put_number(text, (uint64_t)microsecond, 6);
}

static void put_date(struct joblib_view__text *text, const joblib_datetime *from)
{
    joblib_view__put_number(text, (uint64_t)from->year, 4);
    joblib_view__put(text, "-", 1);
    joblib_view__put_number(text, (uint64_t)from->month, 2);
    joblib_view__put(text, "-", 1);
    joblib_view__put_number(text, (uint64_t)from->day, 2);
}

/* "03:04:05.000006"; the hour has `width` digits. */
static void put_clock(struct joblib_view__text *text, int32_t seconds,
                      int32_t microsecond, int width)
{
    joblib_view__put_number(text, (uint64_t)(seconds / 3600), width);
    joblib_view__put(text, ":", 1);
    joblib_view__put_number(text, (uint64_t)(seconds / 60 % 60), 2);
    joblib_view__put(text, ":", 1);
    joblib_view__put_number(text, (uint64_t)(seconds % 60), 2);
    put_fraction(text, microsecond);
}

/* "+02:00", with seconds only where there are some. */
static void put_offset(struct joblib_view__text *text, int64_t offset)
{
    int64_t size = offset < 0 ? -offset : offset;
    int32_t seconds = (int32_t)(size / 1000000), rest = (int32_t)(size % 1000000);
    joblib_view__put(text, offset < 0 ? "-" : "+", 1);
    if (seconds % 60 || rest) {
        put_clock(text, seconds, rest, 2);
        return;
    }
    joblib_view__put_number(text, (uint64_t)(seconds / 3600), 2);
    joblib_view__put(text, ":", 1);
    joblib_view__put_number(text, (uint64_t)(seconds / 60 % 60), 2);
}

joblib_status joblib_view__write_datetime(const joblib_value *value,
                                          struct joblib_view__text *text,
                                          joblib_error *error)
{
    joblib_view view = joblib_view_kind(value);
    joblib_datetime from = JOBLIB_DATETIME_INIT;
    joblib_timezone zone = JOBLIB_TIMEZONE_INIT;
    JOBLIB_TRY(joblib_view_datetime(value, &from, error));
    if (view != JOBLIB_VIEW_TIME) put_date(text, &from);
    if (view == JOBLIB_VIEW_DATETIME) joblib_view__put(text, "T", 1);
    if (view == JOBLIB_VIEW_DATE) return JOBLIB_OK;
    put_clock(text, from.hour * 3600 + from.minute * 60 + from.second, from.microsecond,
              2);
    if (joblib_view_kind(from.zone) != JOBLIB_VIEW_TIMEZONE) return JOBLIB_OK;
    JOBLIB_TRY(joblib_view_timezone(from.zone, &zone, error));
    put_offset(text, zone.offset);
    return JOBLIB_OK;
}

joblib_status joblib_view__write_duration(const joblib_value *value,
                                          struct joblib_view__text *text,
                                          joblib_error *error)
{
    joblib_duration from = JOBLIB_DURATION_INIT;
    JOBLIB_TRY(joblib_view_duration(value, &from, error));
    int32_t days = from.days < 0 ? -from.days : from.days;
    if (days != 0) {
        if (from.days < 0) joblib_view__put(text, "-", 1);
        joblib_view__put_number(text, (uint64_t)days, 1);
        joblib_view__put_text(text, days == 1 ? " day, " : " days, ");
    }
    put_clock(text, from.seconds, from.microseconds, 1);
    return JOBLIB_OK;
}

joblib_status joblib_view__write_timezone(const joblib_value *value,
                                          struct joblib_view__text *text,
                                          joblib_error *error)
{
    joblib_timezone from = JOBLIB_TIMEZONE_INIT;
    size_t size = 0;
    JOBLIB_TRY(joblib_view_timezone(value, &from, error));
    const char *name = joblib_value_text(from.name, &size);
    if (name) {
        joblib_view__put(text, name, size);
        return JOBLIB_OK;
    }
    joblib_view__put_text(text, "UTC");
    if (from.offset != 0) put_offset(text, from.offset);
    return JOBLIB_OK;
}

#undef DATE_SIZE
#undef TIME_SIZE
#undef FOLD_BIT
