#include "command/conversion.h"

#include "command/failure.h"
#include "command/files.h"
#include "command/json/json.h"

static bool is_searched(const joblib_command__conversion *conversion)
{
    bool from_json = joblib_command__is_json(conversion->all.input_path);
    return conversion->same ||
           (joblib_command__is_json(conversion->all.output_path) && !from_json);
}

/* For a search all of the input is kept. */
static joblib_status load_bytes(joblib_command__conversion *conversion,
                                joblib_error *error)
{
    const char *path = conversion->all.input_path;
    if (!is_searched(conversion))
        return joblib_command__load_rewriting(&conversion->all, error);
    JOBLIB_COMMAND_TRY(joblib_command__read_file(path, &conversion->bytes, error));
    if (path != NULL || conversion->bytes.size == 0)
        return joblib_command__load_rewriting(&conversion->all, error);
    return joblib_load_memory(conversion->bytes.data, conversion->bytes.size, NULL,
                              &conversion->all.document, error);
}

static void put_settings(joblib_command__output *out, const joblib_dump_options *options)
{
    bool is_c = options->pickler == JOBLIB_PICKLER_C;
    int codec = (int)options->codec - 1;
    joblib_command__put_format(out, "same: %s", joblib_codec_name(codec));
    if (joblib_codec_level_range(codec, NULL, NULL, NULL))
        joblib_command__put_format(out, " level %u", options->level);
    if (options->unchecked) joblib_command__put_text(out, " without a checksum");
    joblib_command__put_format(out, ", protocol %u, %s of Python %u.%u\n",
                               options->protocol - 1,
                               is_c ? "the pickler in C" : "pickle.py",
                               options->python_version / 100,
                               options->python_version % 100);
}

/* Without --same, JSON of a file whose settings are not found has those that the file tells. */
static joblib_status find_settings(joblib_command__conversion *conversion,
                                   joblib_error *error)
{
    joblib_command__rewriting *all = &conversion->all;
    joblib_dump_options as_given = all->options;
    joblib_status status =
        joblib_dump_find_same(all->document, conversion->bytes.data,
                              conversion->bytes.size, &all->options, error);
    if (status == JOBLIB_OK && conversion->same)
        put_settings(all->context->err, &all->options);
    all->is_pickled = status == JOBLIB_OK;
    bool is_optional =
        status == JOBLIB_ERROR_DIFFERENT || status == JOBLIB_ERROR_FORBIDDEN;
    if (!is_optional || conversion->same) return status;
    joblib_command__put_error(all->context->err, all->input_path, error);
    joblib_error_init(error);
    all->options = as_given;
    return JOBLIB_OK;
}

joblib_status joblib_command__convert(void *ctx, joblib_error *error)
{
    joblib_command__conversion *conversion = ctx;
    JOBLIB_COMMAND_TRY(load_bytes(conversion, error));
    if (conversion->profile != 0) return joblib_command__make_portable(conversion, error);
    return is_searched(conversion) ? find_settings(conversion, error) : JOBLIB_OK;
}
