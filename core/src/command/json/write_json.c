#include <string.h>

#include "command/failure.h"
#include "command/json/json.h"
#include "command/printing.h"

bool joblib_command__is_json(const char *path)
{
    static const char end[] = ".json";
    size_t size = path != NULL ? strlen(path) : 0;
    return size >= sizeof end && strcmp(path + size - (sizeof end - 1), end) == 0;
}

static void put_compression(joblib_command__output *out,
                            const joblib_dump_options *options)
{
    int codec = (int)options->codec - 1;
    /* As a dump does: nothing writes the container of joblib before 0.10. */
    const char *name =
        joblib_codec_name(codec == JOBLIB_CODEC_ZF ? JOBLIB_CODEC_ZLIB : codec);
    joblib_command__put_format(out, ",\"compress\":\"%s", name);
    if (options->level > 0) joblib_command__put_format(out, ":%u", options->level);
    joblib_command__put_text(out, options->unchecked ? "\",\"unchecked\":true" : "\"");
}

static void put_versions(joblib_command__output *out, const joblib_dump_options *options)
{
    if (options->protocol > 0)
        joblib_command__put_format(out, ",\"protocol\":\"%u\"", options->protocol - 1);
    if (options->python_version > 0)
        joblib_command__put_format(out, ",\"python\":\"%u.%u\"",
                                   options->python_version / 100,
                                   options->python_version % 100);
    if (options->pickler == JOBLIB_PICKLER_C)
        joblib_command__put_text(out, ",\"pickler\":\"C\"");
}

joblib_status joblib_command__write_json(joblib_command__output *out,
                                         const joblib_document *document,
                                         const joblib_dump_options *options,
                                         joblib_error *error)
{
    joblib_print_options as_pickle = JOBLIB_PRINT_OPTIONS_INIT;
    joblib_sink sink = joblib_command__sink(out);
    as_pickle.format = JOBLIB_PRINT_PICKLE;
    joblib_command__put_text(out, "{\"joblib\":\"1\"");
    if (options->codec > 0) put_compression(out, options);
    put_versions(out, options);
    joblib_command__put_text(out, ",\"value\":");
    joblib_status status =
        joblib_value_print(joblib_document_root(document), &as_pickle, &sink, error);
    if (status != JOBLIB_OK && !out->failed) return status;
    joblib_command__put_text(out, "}\n");
    return JOBLIB_OK;
}
