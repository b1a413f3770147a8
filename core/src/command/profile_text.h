/**
 * What `joblib check` and `joblib convert` tell of a profile.
 */
#ifndef JOBLIB_COMMAND_PROFILE_TEXT_H
#define JOBLIB_COMMAND_PROFILE_TEXT_H

#include "command/command.h"

/** Findings, on their way to an output. */
typedef struct joblib_command__findings {
    joblib_command__output *out;
    const char *file; /**< its name, before each finding; NULL for none */
    /** NULL, or which rules are told of: bits `1 << joblib_profile_rule` */
    const uint32_t *rules;
    bool end_line; /**< the line before the first finding is not ended yet */
    uint64_t told;
} joblib_command__findings;

/** Checks a document and puts what it finds. `*result` counts what is not told as well. */
joblib_status joblib_command__tell_findings(joblib_command__findings *findings,
                                            int profile, const joblib_document *document,
                                            joblib_profile_result *result,
                                            joblib_error *error);

/** Puts how many findings were not told, where there are some. */
void joblib_command__put_untold(joblib_command__findings *findings, uint64_t all);

/**
 * Reads the name of a profile; NULL is none, and keeps `*profile`.
 *
 * Returns JOBLIB_COMMAND_DONE, or tells what is wrong and returns JOBLIB_COMMAND_USAGE.
 */
int joblib_command__read_profile(joblib_command__context *context, const char *text,
                                 int *profile);

#endif
