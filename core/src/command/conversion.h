/**
 * What `joblib convert` does with a file: read it, find its settings, write it.
 */
#ifndef JOBLIB_COMMAND_CONVERSION_H
#define JOBLIB_COMMAND_CONVERSION_H

#include <stdbool.h>

#include "command/allow_list.h"
#include "command/command.h"
#include "joblib.h"

typedef struct joblib_command__conversion {
    joblib_command__context *context;
    const char *input_path;  /* NULL for standard input */
    const char *output_path; /* NULL for standard output */
    bool same;
    joblib_dump_options options; /* as the words say; then as IN or the search says */
    joblib_command__allow_list allowed;
    joblib_command__bytes bytes; /* of the input, where they are to be compared */
    joblib_document *document;
} joblib_command__conversion;

/**
 * Reads IN, writes OUT, and returns an exit status, with what was wrong told. The caller frees
 * document and bytes in any case.
 */
int joblib_command__convert(joblib_command__conversion *conversion);

#endif
