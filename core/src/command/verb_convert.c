#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/failure.h"
#include "command/files.h"
#include "command/printing.h"
#include "command/rewriting.h"

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
    [CONVERT_COMPRESS] = JOBLIB_COMMAND_COMPRESS_OPTION,
    [CONVERT_PROTOCOL] = JOBLIB_COMMAND_PROTOCOL_OPTION,
    [CONVERT_LIKE] = {"like", "JOBLIB/pyX.Y",
                      "versions whose files OUT is to be like, as\n"
                      "1.6.0/py3.13, 1.6.0 or py3.13"},
    [CONVERT_SAME] = {"same", NULL,
                      "the bytes of IN again, made from what it holds; the\n"
                      "settings are searched, and told on standard error"},
    [CONVERT_ALLOW] = JOBLIB_COMMAND_ALLOW_OPTION,
    [CONVERT_FAST] = {"fast", NULL,
                      "zlib and gzip by a faster library: valid, but not\n"
                      "the bytes of joblib"},
    [CONVERT_IN_PLACE] = {"in-place", NULL,
                          "write into OUT itself, a device or a pipe; a failure\n"
                          "leaves a part of it"},
};

struct conversion {
    joblib_command__rewriting all;
    bool same;
    joblib_command__bytes bytes; /* of the input, where they are to be compared */
};

/* The protocol is that of IN, and not the default of that Python. */
static int read_like(struct conversion *conversion, const char *text)
{
    joblib_dump_options like = JOBLIB_DUMP_OPTIONS_INIT;
    if (text == NULL) return JOBLIB_COMMAND_DONE;
    if (joblib_dump_options_like(&like, text, NULL) != JOBLIB_OK)
        return joblib_command__wrong_usage(
            conversion->all.context,
            "--like takes JOBLIB/pyX.Y, JOBLIB or pyX.Y; JOBLIB is 0.10 or newer, as 1.6.0, "
            "X.Y is 2.7 or 3.4 to 3.14",
            text);
    conversion->all.options.joblib_version = like.joblib_version;
    conversion->all.options.python_version = like.python_version;
    return JOBLIB_COMMAND_DONE;
}

/* What --same searches cannot be given. */
static int read_same(struct conversion *conversion,
                     const joblib_command__arguments *arguments)
{
    static const int searched[] = {CONVERT_COMPRESS, CONVERT_PROTOCOL, CONVERT_LIKE,
                                   CONVERT_FAST};
    conversion->same = arguments->options[CONVERT_SAME] != NULL;
    for (size_t i = 0; conversion->same && i < sizeof searched / sizeof *searched; i++) {
        if (arguments->options[searched[i]] == NULL) continue;
        return joblib_command__wrong_usage(conversion->all.context,
                                           "--same finds the settings, and takes no",
                                           convert_options[searched[i]].name);
    }
    return JOBLIB_COMMAND_DONE;
}

static int read_convert_options(struct conversion *conversion,
                                const joblib_command__arguments *arguments)
{
    const char *const *given = arguments->options;
    joblib_command__rewriting *all = &conversion->all;
    int usage = read_same(conversion, arguments);
    if (usage == JOBLIB_COMMAND_DONE && !conversion->same)
        usage = joblib_command__read_compression(all, given[CONVERT_COMPRESS]);
    if (usage == JOBLIB_COMMAND_DONE)
        usage = joblib_command__read_protocol(all, given[CONVERT_PROTOCOL]);
    if (usage == JOBLIB_COMMAND_DONE) usage = read_like(conversion, given[CONVERT_LIKE]);
    all->options.fast = given[CONVERT_FAST] != NULL;
    all->options.in_place = given[CONVERT_IN_PLACE] != NULL;
    return usage == JOBLIB_COMMAND_DONE ? joblib_command__check_terminal(all) : usage;
}

/* With --same all of the input is kept. */
static joblib_status load_bytes(struct conversion *conversion, joblib_error *error)
{
    const char *path = conversion->all.input_path;
    if (!conversion->same) return joblib_command__load_rewriting(&conversion->all, error);
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

static joblib_status find_settings(struct conversion *conversion, joblib_error *error)
{
    if (!conversion->same) return JOBLIB_OK;
    JOBLIB_COMMAND_TRY(
        joblib_dump_find_same(conversion->all.document, conversion->bytes.data,
                              conversion->bytes.size, &conversion->all.options, error));
    put_settings(conversion->all.context->err, &conversion->all.options);
    return JOBLIB_OK;
}

static joblib_status change_input(void *ctx, joblib_error *error)
{
    struct conversion *conversion = ctx;
    JOBLIB_COMMAND_TRY(load_bytes(conversion, error));
    return find_settings(conversion, error);
}

static int run_convert_verb(joblib_command__context *context,
                            const joblib_command__arguments *arguments)
{
    struct conversion conversion = {.same = false};
    joblib_command__begin_rewriting(&conversion.all, context, arguments);
    int exit_status = read_convert_options(&conversion, arguments);
    if (exit_status != JOBLIB_COMMAND_DONE) return exit_status;
    exit_status =
        joblib_command__rewrite(&conversion.all, arguments->options[CONVERT_ALLOW],
                                change_input, &conversion);
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
