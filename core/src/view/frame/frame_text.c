/* Dtypes and time zones in pandas' words. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "array/array.h"
#include "view/frame/pandas.h"

#define LONGEST_TEXT 256
#define LONGEST_NAME 64

const char *joblib_view__format(joblib_base__arena *arena, const char *format, ...)
{
    char text[LONGEST_TEXT];
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (written < 0) return NULL;
    size_t size = (size_t)written < sizeof text ? (size_t)written : sizeof text - 1;
    char *copy = joblib_base__arena_allocate(arena, size + 1);
    if (copy) memcpy(copy, text, size + 1);
    return copy;
}

/* Text of a file that may stand in a dtype: short, without blanks and controls. */
static const char *copy_plain(joblib_base__arena *arena, const char *text, size_t size)
{
    bool is_plain = text && size > 0 && size <= LONGEST_NAME;
    for (size_t i = 0; i < size && is_plain; i++)
        is_plain = text[i] > ' ' && text[i] < 0x7f;
    return is_plain ? joblib_view__format(arena, "%.*s", (int)size, text) : "unknown";
}

/* pytz._p(name, …), ZoneInfo(name, …) and other classes with the name as first argument. */
const char *joblib_view__zone_text(joblib_base__arena *arena, const joblib_value *zone)
{
    char buffer[LONGEST_NAME] = "";
    size_t size = 0;
    if (joblib_view__is_call(zone, "pytz", "_UTC")) return "UTC";
    if (joblib_view_kind(zone) == JOBLIB_VIEW_TIMEZONE) {
        joblib_status status = joblib_view_text(zone, buffer, sizeof buffer, &size, NULL);
        return copy_plain(arena, buffer, status == JOBLIB_OK ? size : 0);
    }
    const char *text = joblib_value_text(zone, &size);
    if (!text)
        text = joblib_value_text(joblib_value_at(joblib_value_arguments(zone), 0), &size);
    return copy_plain(arena, text, size);
}

/* "float64", and "Float64" for arrays with a mask. */
static const char *number_text(joblib_base__arena *arena, const joblib_dtype *dtype,
                               bool masked)
{
    static const struct {
        char kind;
        const char *plain, *capital;
    } names[] = {{'i', "int", "Int"},
                 {'u', "uint", "UInt"},
                 {'f', "float", "Float"},
                 {'c', "complex", "complex"}};
    if (dtype->kind == 'b') return masked ? "boolean" : "bool";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].kind == dtype->kind)
            return joblib_view__format(arena, "%s%zu",
                                       masked ? names[i].capital : names[i].plain,
                                       dtype->itemsize * 8);
    }
    return dtype->text;
}

/* numpy's "<M8[ns]" as "datetime64[ns, zone]". */
static const char *date_text(joblib_base__arena *arena, const joblib_column *column)
{
    const char *unit = strchr(column->values.view.dtype->text, '[');
    const char *name =
        column->kind == JOBLIB_CELLS_DATETIME ? "datetime64" : "timedelta64";
    if (!unit) return name;
    if (!column->zone) return joblib_view__format(arena, "%s%s", name, unit);
    return joblib_view__format(arena, "%s%.*s, %s]", name, (int)strcspn(unit, "]"), unit,
                               column->zone);
}

const char *joblib_view__dtype_text(joblib_base__arena *arena,
                                    const joblib_column *column)
{
    const joblib_dtype *dtype = column->values.view.dtype;
    switch ((joblib_cells)column->kind) {
    case JOBLIB_CELLS_NUMBER:
        return number_text(arena, dtype, column->masked);
    case JOBLIB_CELLS_DATETIME:
    case JOBLIB_CELLS_TIMEDELTA:
        return date_text(arena, column);
    case JOBLIB_CELLS_PERIOD:
        return joblib_view__period_text(arena, column->frequency);
    case JOBLIB_CELLS_OBJECT:
        return "object";
    case JOBLIB_CELLS_CATEGORY:
        return "category";
    default:
        return column->dtype ? column->dtype : "unknown";
    }
}

/* Offsets that stand for one letter; the others have parameters of their own. */
static const char *offset_letter(const joblib_value *offset)
{
    static const struct {
        const char *name, *letter;
    } letters[] = {{"Day", "D"},   {"BusinessDay", "B"}, {"MonthEnd", "M"},
                   {"Hour", "H"},  {"Minute", "T"},      {"Second", "S"},
                   {"Milli", "L"}, {"Micro", "U"},       {"Nano", "N"}};
    int64_t times = 1;
    struct joblib_view__pandas object;
    if (!joblib_view__open_pandas(offset, &object)) return NULL;
    const joblib_value *n = joblib_view__pandas_field(&object, "n");
    if (!n) n = joblib_value_at(joblib_value_arguments(offset), 0);
    if (n && (joblib_value_as_int64(n, &times, NULL) != JOBLIB_OK || times != 1))
        return NULL;
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (strcmp(letters[i].name, object.name) == 0) return letters[i].letter;
    }
    return NULL;
}

const char *joblib_view__period_text(joblib_base__arena *arena, const joblib_value *given)
{
    struct joblib_view__pandas object;
    if (joblib_view__open_pandas(given, &object) &&
        strcmp(object.name, "PeriodDtype") == 0) {
        const joblib_value *inner = joblib_view__pandas_field(&object, "freq");
        given = inner ? inner : joblib_value_at(joblib_value_arguments(given), 0);
    }
    size_t size = 0;
    const char *text = joblib_value_text(given, &size);
    if (text) return copy_plain(arena, text, size);
    const char *letter = offset_letter(given);
    return letter ? joblib_view__format(arena, "period[%s]", letter) : "period";
}

/* The dtype of pandas 3 tells a missing cell by NaN, the older one by NA. */
const char *joblib_view__string_text(const joblib_value *dtype)
{
    const joblib_value *missing = joblib_value_attribute(dtype, "_na_value");
    if (!missing) missing = joblib_value_at(joblib_value_arguments(dtype), 1);
    return joblib_value_kind(missing) == JOBLIB_KIND_FLOAT ? "str" : "string";
}

#undef LONGEST_TEXT
#undef LONGEST_NAME
