/* JSON read by jansson; the pickle that it tells is loaded from memory. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/json/json.h"
#include "command/json/transcription.h"
#include "command/parse_number.h"

/* The file */

static joblib_status refuse_text(const json_error_t *found, joblib_error *error)
{
    enum json_error_code code = json_error_code(found);
    if (code == json_error_out_of_memory) return joblib_command__no_memory(error);
    if (code == json_error_cannot_open_file)
        return joblib_command__fail(error,
                                    errno == ENOENT ? JOBLIB_ERROR_NOT_FOUND
                                                    : JOBLIB_ERROR_IO,
                                    "%s", strerror(errno));
    return joblib_command__fail(error, JOBLIB_ERROR_SYNTAX,
                                "no JSON: line %d, column %d: %s", found->line,
                                found->column, found->text);
}

static joblib_status parse_file(const char *path, json_t **out, joblib_error *error)
{
    json_error_t found;
    *out = json_load_file(path, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &found);
    return *out != NULL ? JOBLIB_OK : refuse_text(&found, error);
}

/* Settings */

static joblib_status refuse_setting(const char *key, joblib_error *error)
{
    return joblib_command__fail(error, JOBLIB_ERROR_SYNTAX, "$.%s is not known", key);
}

static joblib_status read_compress(const char *text, joblib_dump_options *options,
                                   joblib_error *error)
{
    int codec, level;
    if (joblib_codec_choose(text, NULL, &codec, &level, NULL) != JOBLIB_OK)
        return refuse_setting("compress", error);
    options->codec = (uint32_t)codec + 1;
    options->level = (uint32_t)level;
    return JOBLIB_OK;
}

static joblib_status read_protocol(const char *text, joblib_dump_options *options,
                                   joblib_error *error)
{
    uint64_t protocol;
    if (!joblib_command__parse_count(text, &protocol) || protocol > 5)
        return refuse_setting("protocol", error);
    options->protocol = (uint32_t)protocol + 1;
    return JOBLIB_OK;
}

static joblib_status read_python(const char *text, joblib_dump_options *options,
                                 joblib_error *error)
{
    char like[16];
    joblib_dump_options found = JOBLIB_DUMP_OPTIONS_INIT;
    if (strlen(text) > 8) return refuse_setting("python", error);
    snprintf(like, sizeof like, "py%s", text);
    if (joblib_dump_options_like(&found, like, NULL) != JOBLIB_OK)
        return refuse_setting("python", error);
    options->python_version = found.python_version;
    return JOBLIB_OK;
}

static joblib_status read_pickler(const char *text, joblib_dump_options *options,
                                  joblib_error *error)
{
    if (strcmp(text, "C") != 0) return refuse_setting("pickler", error);
    options->pickler = JOBLIB_PICKLER_C;
    return JOBLIB_OK;
}

static const struct {
    const char *key;
    joblib_status (*read)(const char *text, joblib_dump_options *options,
                          joblib_error *error);
} settings[] = {
    {"compress", read_compress},
    {"protocol", read_protocol},
    {"python", read_python},
    {"pickler", read_pickler},
};

static joblib_status read_settings(const json_t *root, joblib_dump_options *options,
                                   joblib_error *error)
{
    const char *version = json_string_value(json_object_get(root, "joblib"));
    if (version == NULL || strcmp(version, "1") != 0)
        return joblib_command__fail(
            error, JOBLIB_ERROR_SYNTAX,
            "not written by joblib convert: no \"joblib\": \"1\"");
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        const json_t *found = json_object_get(root, settings[i].key);
        if (found == NULL) continue;
        if (!json_is_string(found)) return refuse_setting(settings[i].key, error);
        JOBLIB_COMMAND_TRY(settings[i].read(json_string_value(found), options, error));
    }
    options->unchecked = json_is_true(json_object_get(root, "unchecked"));
    return JOBLIB_OK;
}

/* The document */

enum { DEFAULT_PROTOCOL = 4 };

static joblib_status transcribe_root(joblib_command__transcription *work,
                                     const json_t *root, unsigned protocol)
{
    const joblib_command__place place = {NULL, "value", 0};
    if (work->numbers == NULL) return joblib_command__no_memory(work->error);
    const json_t *value = joblib_command__part(work, root, "value", NULL);
    if (value == NULL) return JOBLIB_ERROR_SYNTAX;
    return joblib_command__transcribe_pickle(work, value, protocol, &place);
}

/* Places in the pickle mean nothing to whoever wrote the JSON. */
static joblib_status load_pickle(const joblib_command__bytes *pickle,
                                 joblib_document **document, joblib_error *error)
{
    joblib_status status =
        joblib_load_memory(pickle->data, pickle->size, NULL, document, error);
    error->offset = error->file_offset = JOBLIB_NO_OFFSET;
    return status;
}

static joblib_status load_root(const json_t *root, joblib_document **document,
                               joblib_dump_options *options, joblib_error *error)
{
    joblib_command__transcription work = {.numbers = json_object(), .error = error};
    joblib_status status = read_settings(root, options, error);
    if (options->protocol == 0) options->protocol = DEFAULT_PROTOCOL + 1;
    if (status == JOBLIB_OK) status = transcribe_root(&work, root, options->protocol - 1);
    if (status == JOBLIB_OK) status = load_pickle(&work.pickle.frame, document, error);
    json_decref(work.numbers);
    free(work.identities);
    free(work.pickle.frame.data);
    return status;
}

joblib_status joblib_command__read_json(const char *path, joblib_document **document,
                                        joblib_dump_options *options, joblib_error *error)
{
    json_t *root = NULL;
    JOBLIB_COMMAND_TRY(parse_file(path, &root, error));
    joblib_status status = load_root(root, document, options, error);
    json_decref(root);
    return status;
}
