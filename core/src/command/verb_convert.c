#include <stdlib.h>
#include <string.h>

#include "command/conversion.h"
#include "command/failure.h"
#include "command/json/json.h"

enum {
    CONVERT_COMPRESS,
    CONVERT_PROTOCOL,
    CONVERT_LIKE,
    CONVERT_SAME,
    CONVERT_ALLOW,
    CONVERT_FAST,
    CONVERT_IN_PLACE
};

static const joblib_command__option convert_options[] = {
    [CONVERT_COMPRESS] = {"compress", "CODEC[:LEVEL]",
                          "raw, zlib, gzip, bz2, xz, lzma, lz4 or zstd, as\n"
                          "zlib:3; or as joblib takes it: 0 to 9, true, false"},
    [CONVERT_PROTOCOL] = {"protocol", "N", "of the pickle, 0 to 5"},
    [CONVERT_LIKE] = {"like", "JOBLIB/pyX.Y",
                      "versions whose files OUT is to be like, as\n"
                      "1.6.0/py3.13, 1.6.0 or py3.13"},
    [CONVERT_SAME] = {"same", NULL,
                      "the bytes of IN again, made from what it holds; the\n"
                      "settings are searched, and told on standard error"},
    [CONVERT_ALLOW] = {"allow", "LIST",
                       "a file of names that are written although they run\n"
                       "code, one a line: module.Name, module:Outer.Inner"},
    [CONVERT_FAST] = {"fast", NULL,
                      "zlib and gzip by a faster library: valid, but not\n"
                      "the bytes of joblib"},
    [CONVERT_IN_PLACE] = {"in-place", NULL,
                          "write into OUT itself, a device or a pipe; a failure\n"
                          "leaves a part of it"},
};

static const char *or_null(const char *path)
{
    return strcmp(path, "-") == 0 ? NULL : path;
}

/* Without a codec the end of OUT's name may choose one; else the document's stays. */
static int read_compression(joblib_command__conversion *conversion, const char *text)
{
    int codec, level;
    joblib_error error = JOBLIB_ERROR_INIT;
    const char *path = conversion->output_path;
    if (text == NULL && joblib_codec_from_extension(path) == JOBLIB_CODEC_RAW)
        return JOBLIB_COMMAND_DONE;
    if (joblib_codec_choose(text, path, &codec, &level, &error) != JOBLIB_OK)
        return joblib_command__wrong_usage(conversion->context, error.message, NULL);
    conversion->options.codec = (uint32_t)codec + 1;
    conversion->options.level = (uint32_t)level;
    return JOBLIB_COMMAND_DONE;
}

static int read_protocol(joblib_command__conversion *conversion, const char *text)
{
    uint64_t protocol = 0;
    int usage = joblib_command__count_option(conversion->context, "protocol", text, 0, 5,
                                             &protocol);
    if (text != NULL) conversion->options.protocol = (uint32_t)protocol + 1;
    return usage;
}

/* The protocol is that of IN, and not the default of that Python. */
static int read_like(joblib_command__conversion *conversion, const char *text)
{
    joblib_dump_options like = JOBLIB_DUMP_OPTIONS_INIT;
    if (text == NULL) return JOBLIB_COMMAND_DONE;
    if (joblib_dump_options_like(&like, text, NULL) != JOBLIB_OK)
        return joblib_command__wrong_usage(
            conversion->context,
            "--like takes JOBLIB/pyX.Y, JOBLIB or pyX.Y; JOBLIB is 0.10 or newer, as 1.6.0, "
            "X.Y is 2.7 or 3.4 to 3.14",
            text);
    conversion->options.joblib_version = like.joblib_version;
    conversion->options.python_version = like.python_version;
    return JOBLIB_COMMAND_DONE;
}

/* What --same searches cannot be given; nor what JSON tells of the file that it stands for. */
static int read_same(joblib_command__conversion *conversion,
                     const joblib_command__arguments *arguments)
{
    static const int searched[] = {CONVERT_COMPRESS, CONVERT_PROTOCOL, CONVERT_LIKE,
                                   CONVERT_FAST};
    bool to_json = joblib_command__is_json(conversion->output_path);
    conversion->same = arguments->options[CONVERT_SAME] != NULL;
    if (conversion->same && joblib_command__is_json(conversion->input_path))
        return joblib_command__wrong_usage(
            conversion->context, "JSON has the settings already: no --same is needed",
            NULL);
    for (size_t i = 0; i < sizeof searched / sizeof *searched; i++) {
        if (arguments->options[searched[i]] == NULL) continue;
        if (!conversion->same && !to_json) continue;
        return joblib_command__wrong_usage(
            conversion->context,
            to_json ? "JSON keeps the settings of IN, and takes no"
                    : "--same finds the settings, and takes no",
            convert_options[searched[i]].name);
    }
    return JOBLIB_COMMAND_DONE;
}

static int read_convert_options(joblib_command__conversion *conversion,
                                const joblib_command__arguments *arguments)
{
    const char *const *given = arguments->options;
    int usage = read_same(conversion, arguments);
    if (usage == JOBLIB_COMMAND_DONE && !conversion->same)
        usage = read_compression(conversion, given[CONVERT_COMPRESS]);
    if (usage == JOBLIB_COMMAND_DONE)
        usage = read_protocol(conversion, given[CONVERT_PROTOCOL]);
    if (usage == JOBLIB_COMMAND_DONE) usage = read_like(conversion, given[CONVERT_LIKE]);
    conversion->options.fast = given[CONVERT_FAST] != NULL;
    conversion->options.in_place = given[CONVERT_IN_PLACE] != NULL;
    if (usage == JOBLIB_COMMAND_DONE && conversion->output_path == NULL &&
        conversion->context->out->terminal)
        usage = joblib_command__wrong_usage(conversion->context,
                                            "the output would go to a terminal", NULL);
    return usage;
}

static joblib_status read_names(joblib_command__conversion *conversion, const char *path,
                                joblib_error *error)
{
    if (path == NULL) return JOBLIB_OK;
    JOBLIB_COMMAND_TRY(
        joblib_command__read_allow_list(&conversion->allowed, path, error));
    conversion->options.allow = joblib_command__dotted_names(&conversion->allowed);
    conversion->options.allow_count = conversion->allowed.count;
    return JOBLIB_OK;
}

static int run_convert_verb(joblib_command__context *context,
                            const joblib_command__arguments *arguments)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__conversion conversion = {
        .context = context,
        .input_path = or_null(arguments->operands[0]),
        .output_path = or_null(arguments->operands[1]),
        .options = JOBLIB_DUMP_OPTIONS_INIT};
    const char *list = arguments->options[CONVERT_ALLOW];
    int exit_status = read_convert_options(&conversion, arguments);
    if (exit_status != JOBLIB_COMMAND_DONE) return exit_status;
    if (read_names(&conversion, list, &error) == JOBLIB_OK)
        exit_status = joblib_command__convert(&conversion);
    else
        exit_status = joblib_command__refuse(context, list, &error);
    joblib_document_release(conversion.document);
    joblib_command__allow_list_free(&conversion.allowed);
    free(conversion.bytes.data);
    return exit_status;
}

static const char convert_description[] =
    "OUT has the value of IN, as joblib.dump() writes it: byte for byte for the\n"
    "versions that --like names. Codec and protocol are those of IN where no option\n"
    "says otherwise; the end of OUT, .z .gz .bz2 .xz .lzma .lz4, chooses a codec as\n"
    "it does for joblib. A codec without a level has joblib's. IN may be - for\n"
    "standard input, OUT - for standard output.\n"
    "\n"
    "A name that ends in .json is tagged JSON, without loss: it has the settings that\n"
    "--same finds, so that converting it back gives the bytes of IN again.\n"
    "\n"
    "OUT is replaced at the end, when all of it is on the disk: it is the old file\n"
    "or the new one at every moment. Classes and functions that run code when Python\n"
    "loads them are refused unless --allow names them.\n"
    "\n"
    "With --same the exit status is 1, and OUT is not touched, where no settings\n"
    "give the bytes of IN. Either no pickler of Python writes such a pickle, and the\n"
    "offset is that of its first byte that differs; or the pickle is the same and\n"
    "another library compressed it.\n";

const joblib_command__verb joblib_command__verb_convert = {
    .name = "convert",
    .summary = "writes what is in a file again, with other settings or its own",
    .operands = "IN OUT",
    .least_operands = 2,
    .most_operands = 2,
    .options = convert_options,
    .option_count = sizeof convert_options / sizeof *convert_options,
    .description = convert_description,
    .run = run_convert_verb,
};
