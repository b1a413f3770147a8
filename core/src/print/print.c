#include "joblib/print.h"

#include "base/allocator.h"
#include "base/options.h"
#include "base/try.h"
#include "io/sink.h"
#include "print/escape.h"
#include "print/item_text.h"
#include "print/summary.h"
#include "print/tagged_json.h"
#include "print/value_tree.h"

enum { DEFAULT_LEVELS = 5, QUOTED_CHARACTERS = 60 };

void joblib_print_options_init(joblib_print_options *options)
{
    *options = (joblib_print_options)JOBLIB_PRINT_OPTIONS_INIT;
}

/* The buffer is not cleared: a call may print a single character. */
static joblib_status begin_print(joblib_print__output *out, const joblib_sink *sink,
                                 const joblib_allocator *allocator, joblib_error *error)
{
    out->allocator = joblib_base__choose_allocator(allocator);
    out->error = error;
    out->status = JOBLIB_OK;
    out->used = 0;
    JOBLIB_REQUIRE(sink, JOBLIB_ERROR_ARGUMENT, "the sink is NULL");
    return joblib_io__read_sink(sink, &out->sink, error);
}

static joblib_status read_print_options(const joblib_print_options *given,
                                        joblib_print_options *out, joblib_error *error)
{
    JOBLIB_TRY(
        joblib_base__read_struct(given, out, sizeof *out, "joblib_print_options", error));
    JOBLIB_REQUIRE(out->format <= JOBLIB_PRINT_PICKLE, JOBLIB_ERROR_ARGUMENT,
                   "print format %u is unknown", out->format);
    if (out->levels == 0) out->levels = DEFAULT_LEVELS;
    return JOBLIB_OK;
}

static joblib_status put_value(joblib_print__output *out, const joblib_value *value,
                               const joblib_print_options *options, joblib_error *error)
{
    switch (options->format) {
    case JOBLIB_PRINT_TREE:
        return joblib_print__put_tree(out, value, options->levels - 1, error);
    case JOBLIB_PRINT_JSON:
        return joblib_print__put_tagged(out, value, JOBLIB_PRINT_MEANT, error);
    case JOBLIB_PRINT_PICKLE:
        return joblib_print__put_tagged(out, value, JOBLIB_PRINT_PICKLED, error);
    default:
        joblib_print__put_summary(out, value);
        return JOBLIB_OK;
    }
}

joblib_status joblib_value_print(const joblib_value *value,
                                 const joblib_print_options *options,
                                 const joblib_sink *sink, joblib_error *error)
{
    joblib_print_options chosen;
    joblib_print__output out;
    JOBLIB_TRY(read_print_options(options, &chosen, error));
    JOBLIB_TRY(begin_print(&out, sink, chosen.allocator, error));
    JOBLIB_REQUIRE(value, JOBLIB_ERROR_ARGUMENT, "the value is NULL");
    JOBLIB_TRY(put_value(&out, value, &chosen, error));
    return joblib_print__flush(&out);
}

joblib_status joblib_array_print(const joblib_array *array, size_t index,
                                 const joblib_print_options *options,
                                 const joblib_sink *sink, joblib_error *error)
{
    joblib_print_options chosen;
    joblib_print__output out;
    JOBLIB_TRY(read_print_options(options, &chosen, error));
    JOBLIB_TRY(begin_print(&out, sink, chosen.allocator, error));
    JOBLIB_REQUIRE(array && index < array->count, JOBLIB_ERROR_ARGUMENT,
                   "no element %zu in the array", index);
    if (joblib_dtype_kind(array->dtype) == 'O') {
        joblib_print__put_summary(&out, joblib_array_object(array, index));
    } else {
        joblib_print__put_item(&out, array->dtype, joblib_array_item(array, index));
    }
    return joblib_print__flush(&out);
}

joblib_status joblib_text_print(const char *text, size_t size, int form,
                                const joblib_sink *sink, joblib_error *error)
{
    joblib_print__output out;
    JOBLIB_TRY(begin_print(&out, sink, NULL, error));
    JOBLIB_REQUIRE(text || size == 0, JOBLIB_ERROR_ARGUMENT, "the text is NULL");
    switch (form) {
    case JOBLIB_TEXT_PLAIN:
        joblib_print__put_plain(&out, text, size);
        break;
    case JOBLIB_TEXT_QUOTED:
        joblib_print__put_quoted(&out, text, size, QUOTED_CHARACTERS);
        break;
    case JOBLIB_TEXT_JSON:
        joblib_print__put_json_text(&out, text, size);
        break;
    default:
        return joblib_base__set_error(error, JOBLIB_ERROR_ARGUMENT,
                                      "text form %d is unknown", form);
    }
    return joblib_print__flush(&out);
}
