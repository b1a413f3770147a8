/**
 * The verbs of the program `joblib`.
 *
 * A verb is a row in the table of verbs.c and a file verb_<name>.c. Its options and
 * operands are data, from which the parser and the usage texts work.
 */
#ifndef JOBLIB_COMMAND_COMMAND_H
#define JOBLIB_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "command/output.h"
#include "joblib.h"

/** Exit statuses. */
enum {
    JOBLIB_COMMAND_DONE = 0,
    JOBLIB_COMMAND_REFUSED =
        1, /* the file or the data, or output that cannot be written */
    JOBLIB_COMMAND_USAGE = 2,
    JOBLIB_COMMAND_DANGEROUS = 3, /* of audit: a dangerous name */
    JOBLIB_COMMAND_UNKNOWN = 4    /* of audit: unknown names, nothing worse */
};

/** Most options that a verb has. */
#define JOBLIB_COMMAND_MAX_OPTIONS 8

typedef struct joblib_command__option {
    const char *name;  /* without dashes */
    const char *value; /* what the usage calls its value; NULL if it has none */
    const char *help;  /* a line, or several */
} joblib_command__option;

typedef struct joblib_command__arguments {
    const char *const *operands;
    size_t operand_count;
    /* by the place of the option in its verb's table: its value, "" for an option without
       one, NULL if it was not given; the last one counts */
    const char *options[JOBLIB_COMMAND_MAX_OPTIONS];
} joblib_command__arguments;

struct joblib_command__verb;

typedef struct joblib_command__context {
    joblib_command__output *out; /* standard output */
    joblib_command__output *err; /* standard error */
    const struct joblib_command__verb *verb;
} joblib_command__context;

typedef struct joblib_command__verb {
    const char *name;
    const char *summary; /* what it does, in a few words */
    const char *operands;
    size_t least_operands;
    size_t most_operands;
    const joblib_command__option *options;
    size_t option_count;
    const char *description; /* lines for the usage; NULL if the summary says it all */
    int (*run)(joblib_command__context *context,
               const joblib_command__arguments *arguments);
} joblib_command__verb;

/** The verb at `index` of the table; NULL after the last. */
const joblib_command__verb *joblib_command__verb_at(size_t index);

/** The verb of this name; NULL if there is none. */
const joblib_command__verb *joblib_command__verb_find(const char *name);

/**
 * Runs the program: `arguments[0]` is its name, as in main(). The outputs are flushed.
 * The order of `arguments` is changed.
 */
int joblib_command__main(int count, const char **arguments, joblib_command__output *out,
                         joblib_command__output *err);

/**
 * Sorts the words after a verb into options and operands, in place: `--name value`,
 * `--name=value`, and `--`, after which all are operands.
 *
 * Returns JOBLIB_COMMAND_DONE, or tells what is wrong and returns JOBLIB_COMMAND_USAGE.
 */
int joblib_command__parse(joblib_command__context *context, size_t count,
                          const char **words, joblib_command__arguments *out);

/** Reads the number that an option was given, `least` to `most`. NULL keeps `*value`. */
int joblib_command__count_option(joblib_command__context *context, const char *name,
                                 const char *text, uint64_t least, uint64_t most,
                                 uint64_t *value);

/** Puts the usage of a verb. */
void joblib_command__put_usage(joblib_command__output *out,
                               const joblib_command__verb *verb);

/** Puts the list of verbs. */
void joblib_command__put_verbs(joblib_command__output *out);

/** Tells what is wrong with the words of the call; returns JOBLIB_COMMAND_USAGE. */
int joblib_command__wrong_usage(joblib_command__context *context, const char *what,
                                const char *word);

/** Tells why a file is refused; returns JOBLIB_COMMAND_REFUSED. */
int joblib_command__refuse(joblib_command__context *context, const char *file,
                           const joblib_error *error);

/** Tells why an output could not be written; returns JOBLIB_COMMAND_REFUSED. */
int joblib_command__refuse_output(joblib_command__context *context, const char *file,
                                  const joblib_command__output *out);

extern const joblib_command__verb joblib_command__verb_audit;
extern const joblib_command__verb joblib_command__verb_check;
extern const joblib_command__verb joblib_command__verb_convert;
extern const joblib_command__verb joblib_command__verb_help;
extern const joblib_command__verb joblib_command__verb_model;
extern const joblib_command__verb joblib_command__verb_predict;
extern const joblib_command__verb joblib_command__verb_show;
extern const joblib_command__verb joblib_command__verb_upgrade;
extern const joblib_command__verb joblib_command__verb_verify;
extern const joblib_command__verb joblib_command__verb_version;

#endif
