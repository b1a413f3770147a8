/* Types of Arrow. */
#include <string.h>

#include "array/array.h"
#include "base/try.h"
#include "view/frame/arrow.h"

#define ARROW "pyarrow.lib"

struct alias {
    const char *name;
    uint8_t form, cells, width;
    uint8_t number; /* a joblib_number */
};

static const struct alias aliases[] = {
    {"bool", JOBLIB_ARROW_BITS, JOBLIB_CELLS_NUMBER, 1, JOBLIB_NUMBER_BOOL},
    {"int8", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 1, JOBLIB_NUMBER_INT8},
    {"int16", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 2, JOBLIB_NUMBER_INT16},
    {"int32", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 4, JOBLIB_NUMBER_INT32},
    {"int64", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 8, JOBLIB_NUMBER_INT64},
    {"uint8", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 1, JOBLIB_NUMBER_UINT8},
    {"uint16", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 2, JOBLIB_NUMBER_UINT16},
    {"uint32", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 4, JOBLIB_NUMBER_UINT32},
    {"uint64", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 8, JOBLIB_NUMBER_UINT64},
    {"halffloat", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 2, JOBLIB_NUMBER_FLOAT16},
    {"float", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 4, JOBLIB_NUMBER_FLOAT32},
    {"double", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_NUMBER, 8, JOBLIB_NUMBER_FLOAT64},
    {"date32[day]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_DATETIME, 4, JOBLIB_NUMBER_INT32},
    {"date64[ms]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_DATETIME, 8, JOBLIB_NUMBER_INT64},
    {"timestamp[s]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_DATETIME, 8, JOBLIB_NUMBER_INT64},
    {"timestamp[ms]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_DATETIME, 8,
     JOBLIB_NUMBER_INT64},
    {"timestamp[us]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_DATETIME, 8,
     JOBLIB_NUMBER_INT64},
    {"timestamp[ns]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_DATETIME, 8,
     JOBLIB_NUMBER_INT64},
    {"duration[s]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_TIMEDELTA, 8, JOBLIB_NUMBER_INT64},
    {"duration[ms]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_TIMEDELTA, 8,
     JOBLIB_NUMBER_INT64},
    {"duration[us]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_TIMEDELTA, 8,
     JOBLIB_NUMBER_INT64},
    {"duration[ns]", JOBLIB_ARROW_NUMBERS, JOBLIB_CELLS_TIMEDELTA, 8,
     JOBLIB_NUMBER_INT64},
    {"string", JOBLIB_ARROW_TEXT, JOBLIB_CELLS_TEXT, 4, JOBLIB_NUMBER_NONE},
    {"large_string", JOBLIB_ARROW_TEXT, JOBLIB_CELLS_TEXT, 8, JOBLIB_NUMBER_NONE},
};

static void find_alias(const char *name, struct joblib_view__arrow_type *out)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strcmp(aliases[i].name, name) != 0) continue;
        out->form = aliases[i].form;
        out->cells = aliases[i].cells;
        out->width = aliases[i].width;
        out->dtype = joblib_dtype_number(aliases[i].number);
        out->text = aliases[i].name;
    }
}

static joblib_status set_zone(struct joblib_view__reader *reader,
                              const joblib_value *zone,
                              struct joblib_view__arrow_type *out, joblib_error *error)
{
    joblib_base__arena *arena = &reader->frame->arena;
    if (joblib_value_kind(zone) == JOBLIB_KIND_NONE || !out->text) return JOBLIB_OK;
    out->zone = joblib_view__zone_text(arena, zone);
    if (out->zone)
        out->text =
            joblib_view__format(arena, "%.*s, tz=%s]", (int)strcspn(out->text, "]"),
                                out->text, out->zone);
    return out->zone && out->text ? JOBLIB_OK : joblib_base__arena_fail(arena, 1, error);
}

joblib_status joblib_view__open_arrow_type(struct joblib_view__reader *reader,
                                           const joblib_value *value,
                                           struct joblib_view__arrow_type *out,
                                           joblib_error *error)
{
    const joblib_value *arguments = joblib_value_arguments(value);
    const char *first = joblib_value_text(joblib_value_at(arguments, 0), NULL);
    memset(out, 0, sizeof *out);
    if (!first) return JOBLIB_OK;
    if (joblib_view__is_call(value, ARROW, "type_for_alias")) {
        find_alias(first, out);
        return JOBLIB_OK;
    }
    if (!joblib_view__is_call(value, ARROW, "timestamp")) return JOBLIB_OK;
    char name[] = "timestamp[ns]";
    size_t room = sizeof name - sizeof "timestamp[";
    if (strlen(first) + 1 > room) return JOBLIB_OK;
    memcpy(name + strlen("timestamp["), first, strlen(first) + 1);
    memcpy(name + strlen(name), "]", 2);
    find_alias(name, out);
    return set_zone(reader, joblib_value_at(arguments, 1), out, error);
}

#undef ARROW
