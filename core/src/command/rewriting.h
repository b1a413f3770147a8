/**
 * Verbs that read a document and write one: `joblib convert` and `joblib upgrade`.
 */
#ifndef JOBLIB_COMMAND_REWRITING_H
#define JOBLIB_COMMAND_REWRITING_H

#include <stdbool.h>

#include "command/allow_list.h"
#include "command/command.h"

/** The help of options that these verbs share. */
#define JOBLIB_COMMAND_COMPRESS_OPTION \
    { \
        "compress", "CODEC[:LEVEL]", \
            "raw, zlib, gzip, bz2, xz, lzma, lz4 or zstd, as\n" \
            "zlib:3; or as joblib takes it: 0 to 9, true, false" \
    }
#define JOBLIB_COMMAND_PROTOCOL_OPTION \
    { \
        "protocol", "N", "of the pickle, 0 to 5" \
    }
#define JOBLIB_COMMAND_ALLOW_OPTION \
    { \
        "allow", "LIST", \
            "a file of names that are written although they run\n" \
            "code, one a line: module.Name, module:Outer.Inner" \
    }

typedef struct joblib_command__rewriting {
    joblib_command__context *context;
    const char *input_path;  /* NULL for standard input */
    const char *output_path; /* NULL for standard output */
    joblib_dump_options options;
    joblib_command__allow_list allowed;
    joblib_document *document; /* what is written */
    bool is_pickled;           /* all of it stood in the pickle of a file */
} joblib_command__rewriting;

/** Loads `document`, and makes of it what is to be written. */
typedef joblib_status joblib_command__change(void *ctx, joblib_error *error);

/** Sets the paths from two operands, and every option to its default. */
void joblib_command__begin_rewriting(joblib_command__rewriting *rewriting,
                                     joblib_command__context *context,
                                     const joblib_command__arguments *arguments);

/**
 * Read an option; `text` may be NULL. Without a codec the end of the output's name may choose
 * one; else the document's stays.
 *
 * Return JOBLIB_COMMAND_DONE, or tell what is wrong and return JOBLIB_COMMAND_USAGE.
 */
int joblib_command__read_compression(joblib_command__rewriting *rewriting,
                                     const char *text);
int joblib_command__read_protocol(joblib_command__rewriting *rewriting, const char *text);

/** JOBLIB_COMMAND_USAGE, told, for an output that would go to a terminal. */
int joblib_command__check_terminal(joblib_command__rewriting *rewriting);

/** Loads the input into `document`; from JSON with the settings that no word of the user gave. */
joblib_status joblib_command__load_rewriting(joblib_command__rewriting *rewriting,
                                             joblib_error *error);

/**
 * Reads the names that --allow gives (`list` may be NULL), runs `change`, writes the document,
 * and frees everything. Returns the exit status; what fails is told.
 */
int joblib_command__rewrite(joblib_command__rewriting *rewriting, const char *list,
                            joblib_command__change *change, void *ctx);

#endif
