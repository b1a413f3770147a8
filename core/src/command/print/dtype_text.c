#include "command/print/dtype_text.h"

#include <inttypes.h>
#include <string.h>

#include "command/failure.h"
#include "command/print/escape.h"

/* One type being printed: a sub-array or a record, and how much of it is done. */
struct dtype_level {
    const joblib_dtype *dtype;
    size_t next; /* field of a record; 0 or 1 for the base of a sub-array */
};

struct dtype_printer {
    joblib_command__output *out;
    bool json;
    size_t depth; /* levels in use */
    struct dtype_level levels[64];
};

static void put_simple_dtype(struct dtype_printer *printer, const joblib_dtype *dtype)
{
    const char *quote = printer->json ? "\"" : "";
    joblib_command__put_format(printer->out, "%s%s%s", quote, joblib_dtype_text(dtype),
                               quote);
}

static void put_subarray_shape(struct dtype_printer *printer, const joblib_dtype *dtype)
{
    const int64_t *shape = joblib_dtype_shape(dtype);
    size_t ndim = joblib_dtype_ndim(dtype);
    joblib_command__put_text(printer->out, printer->json ? ",\"shape\":[" : "(");
    for (size_t i = 0; i < ndim; i++) {
        const char *comma = i == 0 ? "" : printer->json ? "," : ", ";
        joblib_command__put_format(printer->out,
                                   printer->json ? "%s\"%" PRId64 "\"" : "%s%" PRId64,
                                   comma, shape[i]);
    }
    joblib_command__put_text(printer->out, printer->json ? "]}" : ")");
}

static void put_field_name(struct dtype_printer *printer, const char *name, bool first)
{
    if (printer->json) {
        joblib_command__put_text(printer->out, first ? "{\"fields\":[[" : ",[");
        joblib_command__put_json_text(printer->out, name, strlen(name));
        joblib_command__put_text(printer->out, ",");
    } else {
        joblib_command__put_text(printer->out, first ? "{" : ", ");
        joblib_command__put_plain(printer->out, name, strlen(name));
        joblib_command__put_text(printer->out, " ");
    }
}

static void put_record_end(struct dtype_printer *printer, const joblib_dtype *dtype)
{
    if (printer->json) {
        joblib_command__put_format(printer->out, "],\"itemsize\":\"%zu\"}",
                                   joblib_dtype_itemsize(dtype));
    } else {
        joblib_command__put_text(printer->out, "}");
    }
}

/* What stands between two fields. Returns the next one to print; NULL after the last. */
static const joblib_dtype *next_field(struct dtype_printer *printer,
                                      struct dtype_level *level)
{
    const joblib_dtype *field = NULL;
    const char *name = NULL;
    size_t offset = 0;
    if (level->next > 0 && printer->json) {
        (void)joblib_dtype_field(level->dtype, level->next - 1, NULL, NULL, &offset);
        joblib_command__put_format(printer->out, ",\"%zu\"]", offset);
    }
    if (!joblib_dtype_field(level->dtype, level->next, &name, &field, NULL)) {
        put_record_end(printer, level->dtype);
        return NULL;
    }
    put_field_name(printer, name, level->next == 0);
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
    if (printer->json) joblib_command__put_text(printer->out, "{\"base\":");
    return joblib_dtype_base(level->dtype);
}

/* Prints simple types, enters others. False if they are nested too deep. */
static bool start_dtype(struct dtype_printer *printer, const joblib_dtype *dtype)
{
    const size_t most = sizeof printer->levels / sizeof *printer->levels;
    if (joblib_dtype_base(dtype) == NULL && joblib_dtype_field_count(dtype) == 0) {
        put_simple_dtype(printer, dtype);
        return true;
    }
    if (printer->depth == most) return false;
    printer->levels[printer->depth++] = (struct dtype_level){dtype, 0};
    return true;
}

joblib_status joblib_command__put_dtype(joblib_command__output *out,
                                        const joblib_dtype *dtype,
                                        joblib_command__dtype_style style,
                                        joblib_error *error)
{
    struct dtype_printer printer;
    printer.out = out;
    printer.json = style == JOBLIB_COMMAND_DTYPE_JSON;
    printer.depth = 0;
    bool fits = start_dtype(&printer, dtype);
    while (fits && printer.depth > 0) {
        struct dtype_level *level = &printer.levels[printer.depth - 1];
        bool is_subarray = joblib_dtype_base(level->dtype) != NULL;
        const joblib_dtype *inner =
            is_subarray ? next_base(&printer, level) : next_field(&printer, level);
        if (inner == NULL) {
            printer.depth--;
        } else {
            fits = start_dtype(&printer, inner);
        }
    }
    if (fits) return JOBLIB_OK;
    return joblib_command__fail(error, JOBLIB_ERROR_LIMIT, "dtype nested deeper than 64");
}
