#include "command/command.h"

static int run_help_verb(joblib_command__context *context,
                         const joblib_command__arguments *arguments)
{
    if (arguments->operand_count == 0) {
        joblib_command__put_verbs(context->out);
        return JOBLIB_COMMAND_DONE;
    }
    const joblib_command__verb *verb = joblib_command__verb_find(arguments->operands[0]);
    if (verb == NULL) {
        return joblib_command__wrong_usage(context, "no such verb",
                                           arguments->operands[0]);
    }
    joblib_command__put_usage(context->out, verb);
    return JOBLIB_COMMAND_DONE;
}

const joblib_command__verb joblib_command__verb_help = {
    .name = "help",
    .summary = "lists the verbs, or tells how one is used",
    .operands = "[VERB]",
    .most_operands = 1,
    .run = run_help_verb,
};
