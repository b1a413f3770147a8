#include <string.h>

#include "command/command.h"
#include "command/failure.h"
#include "command/printing.h"

static const joblib_command__verb *const verbs[] = {
    &joblib_command__verb_show,    &joblib_command__verb_model,
    &joblib_command__verb_predict, &joblib_command__verb_verify,
    &joblib_command__verb_audit,   &joblib_command__verb_check,
    &joblib_command__verb_convert, &joblib_command__verb_upgrade,
    &joblib_command__verb_version, &joblib_command__verb_help,
};

const joblib_command__verb *joblib_command__verb_at(size_t index)
{
    return index < sizeof verbs / sizeof *verbs ? verbs[index] : NULL;
}

const joblib_command__verb *joblib_command__verb_find(const char *name)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i]->name, name) == 0) return verbs[i];
    }
    return NULL;
}

int joblib_command__wrong_usage(joblib_command__context *context, const char *what,
                                const char *word)
{
    joblib_command__put_text(context->err, "joblib: ");
    joblib_command__put_text(context->err, what);
    if (word != NULL) {
        joblib_command__put_text(context->err, ": ");
        joblib_command__put_plain(context->err, word, strlen(word));
    }
    joblib_command__put_text(context->err, "\njoblib: see joblib ");
    if (context->verb != NULL)
        joblib_command__put_format(context->err, "%s ", context->verb->name);
    joblib_command__put_text(context->err, "--help\n");
    return JOBLIB_COMMAND_USAGE;
}

int joblib_command__refuse(joblib_command__context *context, const char *file,
                           const joblib_error *error)
{
    joblib_command__put_error(context->err, file, error);
    return JOBLIB_COMMAND_REFUSED;
}

int joblib_command__refuse_output(joblib_command__context *context, const char *file,
                                  const joblib_command__output *out)
{
    joblib_error error;
    const char *reason = out->system_error != 0 ? strerror(out->system_error)
                                                : "not all of it could be written";
    (void)joblib_command__fail(&error, JOBLIB_ERROR_IO, "%s", reason);
    return joblib_command__refuse(context, file, &error);
}

static bool is_help(const char *word)
{
    return strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0;
}

static bool asks_for_help(size_t count, const char **words)
{
    for (size_t i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
        if (is_help(words[i])) return true;
    }
    return false;
}

static int run_verb(joblib_command__context *context, size_t count, const char **words)
{
    joblib_command__arguments arguments = {words, 0, {NULL}};
    if (asks_for_help(count, words)) {
        joblib_command__put_usage(context->out, context->verb);
        return JOBLIB_COMMAND_DONE;
    }
    int status = joblib_command__parse(context, count, words, &arguments);
    return status == JOBLIB_COMMAND_DONE ? context->verb->run(context, &arguments)
                                         : status;
}

static int run_words(joblib_command__context *context, size_t count, const char **words)
{
    if (count == 0 || is_help(words[0])) {
        joblib_command__put_verbs(context->out);
        return JOBLIB_COMMAND_DONE;
    }
    const char *name = strcmp(words[0], "--version") == 0 ? "version" : words[0];
    const joblib_command__verb *verb = joblib_command__verb_find(name);
    if (verb == NULL) {
        return joblib_command__wrong_usage(context, "no such verb", words[0]);
    }
    context->verb = verb;
    return run_verb(context, count - 1, words + 1);
}

int joblib_command__main(int count, const char **arguments, joblib_command__output *out,
                         joblib_command__output *err)
{
    joblib_command__context context = {out, err, NULL};
    size_t words = count > 1 ? (size_t)count - 1 : 0;
    int status = run_words(&context, words, arguments + 1);
    if (!joblib_command__flush(out)) {
        status = joblib_command__refuse_output(&context, "standard output", out);
    }
    (void)joblib_command__flush(err);
    return status;
}
