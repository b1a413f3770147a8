/**
 * The fields of comma-separated text, as RFC 4180 has them.
 *
 * The separator is found in the first line: a tab, a semicolon or a comma, the first of
 * these that stands outside quotes. Lines end in "\n", "\r\n" or "\r".
 */
#ifndef JOBLIB_COMMAND_CSV_FIELDS_H
#define JOBLIB_COMMAND_CSV_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "joblib.h"

typedef struct joblib_command__csv_reader {
    char *at, *end;
    char separator;
    size_t line;  /* of the field read last, from 1 */
    size_t ended; /* lines that ended before `at` */
} joblib_command__csv_reader;

/* Text without its quotes; it stands in the reader's own memory. */
typedef struct joblib_command__csv_field {
    const char *text;
    size_t size;
    bool is_last; /* of its line */
} joblib_command__csv_field;

/** Begins reading `size` bytes of text, which are changed on the way. */
void joblib_command__csv_open(joblib_command__csv_reader *reader, char *text,
                              size_t size);

/** Steps over lines without a character. False if nothing is left. */
bool joblib_command__skip_empty_lines(joblib_command__csv_reader *reader);

/** Reads a field and steps over the separator, or the end of line, after it. */
joblib_status joblib_command__next_field(joblib_command__csv_reader *reader,
                                         joblib_command__csv_field *out,
                                         joblib_error *error);

#endif
