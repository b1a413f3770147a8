/**
 * Rows to predict, read from a file.
 */
#ifndef JOBLIB_COMMAND_INPUT_TABLE_H
#define JOBLIB_COMMAND_INPUT_TABLE_H

#include <stddef.h>

#include "joblib.h"

typedef struct joblib_command__table {
    joblib_input input;
    void *memory;              /* malloc's, what `input` points to; NULL if it borrows */
    joblib_document *document; /* what `input` borrows from, or NULL */
} joblib_command__table;

/**
 * Reads a table for `model` from a file: .csv by the end of its name, a joblib or npy file
 * otherwise. On failure nothing is left to free.
 */
joblib_status joblib_command__read_table(const char *path, const joblib_model *model,
                                         joblib_command__table *out, joblib_error *error);

/**
 * Reads lines of numbers: see the usage of `joblib predict`. `text` is changed.
 */
joblib_status joblib_command__read_csv(char *text, size_t size, const joblib_model *model,
                                       joblib_command__table *out, joblib_error *error);

/** True if `path` ends in `ending`, in any case. */
bool joblib_command__ends_in(const char *path, const char *ending);

void joblib_command__table_free(joblib_command__table *table);

#endif
