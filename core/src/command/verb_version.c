#include "command/command.h"

static void put_codecs(joblib_command__output *out)
{
    for (int codec = JOBLIB_CODEC_RAW; codec <= JOBLIB_CODEC_ZF; codec++) {
        const char *state = joblib_codec_available(codec) ? "yes" : "no";
        joblib_command__put_format(out, "codec %s: %s\n", joblib_codec_name(codec),
                                   state);
    }
}

static int run_version_verb(joblib_command__context *context,
                            const joblib_command__arguments *arguments)
{
    (void)arguments;
    joblib_command__put_format(context->out, "libjoblib %s\n", joblib_version());
    joblib_command__put_format(context->out, "binary interface %d\n",
                               joblib_abi_version());
    put_codecs(context->out);
    for (int method = 0; method < joblib_method_count(); method++) {
        joblib_command__put_format(context->out, "method %s\n",
                                   joblib_method_name(method));
    }
    return JOBLIB_COMMAND_DONE;
}

const joblib_command__verb joblib_command__verb_version = {
    .name = "version",
    .summary = "tells the versions, and the codecs and methods that this build has",
    .operands = "",
    .run = run_version_verb,
};
