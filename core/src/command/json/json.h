/**
 * A document as JSON, and JSON as a document.
 *
 * One object with the settings of the file, as `joblib convert` takes them, and the pickle as
 * tagged values: see JOBLIB_PRINT_PICKLE and `conformance/schema/pickle.schema.json`.
 */
#ifndef JOBLIB_COMMAND_JSON_H
#define JOBLIB_COMMAND_JSON_H

#include <stdbool.h>

#include "command/rewriting.h"

/** True for a path that ends in ".json"; false for NULL. */
bool joblib_command__is_json(const char *path);

/**
 * Puts a document, with the settings of `options`, and a line end.
 *
 * JOBLIB_ERROR_UNSUPPORTED for values that were loaded from no pickle, JOBLIB_ERROR_MEMORY. What
 * fails in writing fails the output.
 */
joblib_status joblib_command__write_json(joblib_command__output *out,
                                         const joblib_document *document,
                                         const joblib_dump_options *options,
                                         joblib_error *error);

/**
 * Loads the document that a file of JSON tells, and sets codec, level, protocol and pickler in
 * `options` as it has them. The caller releases the document.
 *
 * JOBLIB_ERROR_SYNTAX for what is no JSON or no document, with the place in the message;
 * JOBLIB_ERROR_UNSUPPORTED in a build without a reader of JSON; JOBLIB_ERROR_NOT_FOUND,
 * JOBLIB_ERROR_IO, JOBLIB_ERROR_MEMORY, and what joblib_load_memory() gives.
 */
joblib_status joblib_command__read_json(const char *path, joblib_document **document,
                                        joblib_dump_options *options,
                                        joblib_error *error);

/** Loads the input of a rewriting from JSON. Settings that a word gave stay. json_files.c */
joblib_status joblib_command__load_json(joblib_command__rewriting *rewriting,
                                        joblib_error *error);

/**
 * Writes the document of a rewriting to its output, which is a name. What did not stand in the
 * pickle of a file is dumped and loaded before. json_files.c
 */
joblib_status joblib_command__dump_json(joblib_command__rewriting *rewriting,
                                        joblib_error *error);

#endif
