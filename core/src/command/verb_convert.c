#include <stdlib.h>

#include "command/conversion.h"
#include "command/json/json.h"
#include "command/profile_text.h"

enum {
    CONVERT_COMPRESS,
    CONVERT_PROTOCOL,
    CONVERT_LIKE,
    CONVERT_SAME,
    CONVERT_ALLOW,
    CONVERT_FAST,
    CONVERT_IN_PLACE,
    CONVERT_PROFILE
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
    [CONVERT_PROFILE] = {"profile", "portable",
                         "a file of spec/profile.md, which all readers and\n"
                         "plain Python read; or all that stands in the way"},
};

/* The protocol is that of IN, and not the default of that Python. */
static int read_like(joblib_command__conversion *conversion, const char *text)
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

/* What --same searches cannot be given; nor what JSON tells of the file that it stands for. */
static int read_same(joblib_command__conversion *conversion,
                     const joblib_command__arguments *arguments)
{
    static const int searched[] = {CONVERT_COMPRESS, CONVERT_PROTOCOL, CONVERT_LIKE,
                                   CONVERT_FAST};
    joblib_command__context *context = conversion->all.context;
    bool to_json = joblib_command__is_json(conversion->all.output_path);
    conversion->same = arguments->options[CONVERT_SAME] != NULL;
    if (conversion->same && joblib_command__is_json(conversion->all.input_path))
        return joblib_command__wrong_usage(
            context, "JSON has the settings already: no --same is needed", NULL);
    for (size_t i = 0; i < sizeof searched / sizeof *searched; i++) {
        if (arguments->options[searched[i]] == NULL) continue;
        if (!conversion->same && !to_json) continue;
        return joblib_command__wrong_usage(
            context,
            to_json ? "JSON keeps the settings of IN, and takes no"
                    : "--same finds the settings, and takes no",
            convert_options[searched[i]].name);
    }
    return JOBLIB_COMMAND_DONE;
}

/* What the profile sets cannot be given; nor has JSON a profile. */
static int read_convert_profile(joblib_command__conversion *conversion,
                                const joblib_command__arguments *arguments)
{
    joblib_command__context *context = conversion->all.context;
    const char *text = arguments->options[CONVERT_PROFILE];
    if (text == NULL) return JOBLIB_COMMAND_DONE;
    if (joblib_command__is_json(conversion->all.output_path))
        return joblib_command__wrong_usage(context, "JSON has no profile", NULL);
    if (arguments->options[CONVERT_LIKE] != NULL || conversion->same)
        return joblib_command__wrong_usage(context, "--profile sets the versions: no",
                                           conversion->same ? "same" : "like");
    return joblib_command__read_profile(context, text, &conversion->profile);
}

static int read_convert_options(joblib_command__conversion *conversion,
                                const joblib_command__arguments *arguments)
{
    const char *const *given = arguments->options;
    joblib_command__rewriting *all = &conversion->all;
    int usage = read_same(conversion, arguments);
    if (usage == JOBLIB_COMMAND_DONE) usage = read_convert_profile(conversion, arguments);
    if (usage == JOBLIB_COMMAND_DONE && !conversion->same)
        usage = joblib_command__read_compression(all, given[CONVERT_COMPRESS]);
    if (usage == JOBLIB_COMMAND_DONE)
        usage = joblib_command__read_protocol(all, given[CONVERT_PROTOCOL]);
    if (usage == JOBLIB_COMMAND_DONE) usage = read_like(conversion, given[CONVERT_LIKE]);
    all->options.fast = given[CONVERT_FAST] != NULL;
    all->options.in_place = given[CONVERT_IN_PLACE] != NULL;
    return usage == JOBLIB_COMMAND_DONE ? joblib_command__check_terminal(all) : usage;
}

static int run_convert_verb(joblib_command__context *context,
                            const joblib_command__arguments *arguments)
{
    joblib_command__conversion conversion = {.same = false};
    joblib_command__begin_rewriting(&conversion.all, context, arguments);
    int exit_status = read_convert_options(&conversion, arguments);
    if (exit_status != JOBLIB_COMMAND_DONE) return exit_status;
    exit_status =
        joblib_command__rewrite(&conversion.all, arguments->options[CONVERT_ALLOW],
                                joblib_command__convert, &conversion);
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
    "another library compressed it.\n"
    "\n"
    "With --profile portable the codec becomes zlib and the protocol 4 where those\n"
    "of IN are not allowed, arrays get the form of joblib 1.6.0, with the names of\n"
    "numpy 1, and str of Python 2 becomes text. No value changes: where one had to,\n"
    "the exit status is 1, OUT is not touched, and each place has a line on standard\n"
    "error. A model of scikit-learn before 1.0 needs joblib upgrade first.\n";

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
