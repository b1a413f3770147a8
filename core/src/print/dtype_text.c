#include "print/dtype_text.h"

#include <inttypes.h>

#include "array/array.h"
#include "base/try.h"
#include "print/escape.h"

/* One type being printed: a sub-array or a record, and how much of it is done. */
struct dtype_level {
    const joblib_dtype *dtype;
    size_t next; /* field of a record; 0 or 1 for the base of a sub-array */
};

struct dtype_printer {
    joblib_print__output *out;
    bool json;
    size_t depth; /* levels in use */
    struct dtype_level levels[JOBLIB_MAX_DTYPE_DEPTH];
};

static void put_simple_dtype(struct dtype_printer *printer, const joblib_dtype *dtype)
{
    const char *quote = printer->json ? "\"" : "";
    joblib_print__put_format(printer->out, "%s%s%s", quote, joblib_dtype_text(dtype),
                             quote);
}

static void put_subarray_shape(struct dtype_printer *printer, const joblib_dtype *dtype)
{
    const int64_t *shape = joblib_dtype_shape(dtype);
    size_t ndim = joblib_dtype_ndim(dtype);
    joblib_print__put_text(printer->out, printer->json ? ",\"shape\":[" : "(");
    for (size_t i = 0; i < ndim; i++) {
        const char *comma = i == 0 ? "" : printer->json ? "," : ", ";
        joblib_print__put_format(printer->out,
                                 printer->json ? "%s\"%" PRId64 "\"" : "%s%" PRId64,
                                 comma, shape[i]);
    }
    joblib_print__put_text(printer->out, printer->json ? "]}" : ")");
}

static void put_field_name(struct dtype_printer *printer, const struct dtype_level *level)
{
    bool first = level->next == 0;
    size_t size = 0;
    const char *name = joblib_dtype_field_name(level->dtype, level->next, &size);
    if (printer->json) {
        joblib_print__put_text(printer->out, first ? "{\"fields\":[[" : ",[");
        joblib_print__put_json_text(printer->out, name, size);
        joblib_print__put_text(printer->out, ",");
    } else {
        joblib_print__put_text(printer->out, first ? "{" : ", ");
        joblib_print__put_plain(printer->out, name, size);
        joblib_print__put_text(printer->out, " ");
    }
}

static void put_record_end(struct dtype_printer *printer, const joblib_dtype *dtype)
{
    if (printer->json) {
        joblib_print__put_format(printer->out, "],\"itemsize\":\"%zu\"}",
                                 joblib_dtype_itemsize(dtype));
    } else {
        joblib_print__put_text(printer->out, "}");
    }
}

/* What stands between two fields. Returns the next one to print; NULL after the last. */
static const joblib_dtype *next_field(struct dtype_printer *printer,
                                      struct dtype_level *level)
{
    const joblib_dtype *field = NULL;
    size_t offset = 0;
    if (level->next > 0 && printer->json) {
        (void)joblib_dtype_field(level->dtype, level->next - 1, NULL, NULL, &offset);
        joblib_print__put_format(printer->out, ",\"%zu\"]", offset);
    }
    if (!joblib_dtype_field(level->dtype, level->next, NULL, &field, NULL)) {
        put_record_end(printer, level->dtype);
        return NULL;
    }
    put_field_name(printer, level);
    level->next++;
    return field;
}

static const joblib_dtype *next_base(struct dtype_printer *printer,
                                     struct dtype_level *level)
{
    if (level->next++ > 0) {
        put_subarray_shape(printer, level->dtype);
        return NULL;
    }
    if (printer->json) joblib_print__put_text(printer->out, "{\"base\":");
    return joblib_dtype_base(level->dtype);
}

/* Prints simple types, enters others. */
static void start_dtype(struct dtype_printer *printer, const joblib_dtype *dtype)
{
    if (joblib_dtype_base(dtype) == NULL && joblib_dtype_field_count(dtype) == 0) {
        put_simple_dtype(printer, dtype);
        return;
    }
    JOBLIB_NEVER(printer->depth == JOBLIB_MAX_DTYPE_DEPTH);
    printer->levels[printer->depth++] = (struct dtype_level){dtype, 0};
}

void joblib_print__put_dtype(joblib_print__output *out, const joblib_dtype *dtype,
                             joblib_print__dtype_style style)
{
    struct dtype_printer printer;
    printer.out = out;
    printer.json = style == JOBLIB_PRINT_DTYPE_JSON;
    printer.depth = 0;
    start_dtype(&printer, dtype);
    while (printer.depth > 0) {
        struct dtype_level *level = &printer.levels[printer.depth - 1];
        bool is_subarray = joblib_dtype_base(level->dtype) != NULL;
        const joblib_dtype *inner =
            is_subarray ? next_base(&printer, level) : next_field(&printer, level);
        if (inner == NULL) {
            printer.depth--;
        } else {
            start_dtype(&printer, inner);
        }
    }
}
