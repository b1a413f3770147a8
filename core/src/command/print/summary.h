/**
 * One value on part of a line, for a person: its kind, its size, and what fits of it.
 */
#ifndef JOBLIB_COMMAND_SUMMARY_H
#define JOBLIB_COMMAND_SUMMARY_H

#include <stdbool.h>

#include "command/output.h"
#include "joblib.h"

/**
 * Puts a summary: `5`, `"text"`, `[1, 2, 3]`, `list of 3`, `ndarray <f8 (2, 3) [0.5, …]`,
 * `sklearn.svm._classes.SVC`. Text of the file is escaped.
 */
void joblib_command__put_summary(joblib_command__output *out, const joblib_value *value);

/** True if the summary of a value with children already shows them. */
bool joblib_command__is_summed_up(const joblib_value *value);

/** True if the summary of an object shows all its arguments. */
bool joblib_command__shows_arguments(const joblib_value *object);

/** Puts the name of an object's class or of a global: `sklearn.svm._classes.SVC`. */
void joblib_command__put_class_name(joblib_command__output *out,
                                    const joblib_value *value);

#endif
