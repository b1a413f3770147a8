/**
 * The library's printers, writing to an output of the command. What fails there fails the
 * output.
 */
#ifndef JOBLIB_COMMAND_PRINTING_H
#define JOBLIB_COMMAND_PRINTING_H

#include "command/output.h"
#include "joblib.h"

/** A sink that puts everything to `out`. It fails once the output has failed. */
joblib_sink joblib_command__sink(joblib_command__output *out);

/** Puts text for a person: what a terminal would obey is escaped. */
void joblib_command__put_plain(joblib_command__output *out, const char *text,
                               size_t size);

/** The same in double quotes, cut where it is long. */
void joblib_command__put_quoted(joblib_command__output *out, const char *text,
                                size_t size);

/** Puts a JSON string of ASCII. */
void joblib_command__put_json_text(joblib_command__output *out, const char *text,
                                   size_t size);

/** Puts a value on part of a line. */
void joblib_command__put_summary(joblib_command__output *out, const joblib_value *value);

/** Puts one element of an array on part of a line. */
void joblib_command__put_element(joblib_command__output *out, const joblib_array *array,
                                 size_t index);

#endif
