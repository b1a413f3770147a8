/**
 * One value on part of a line, for a person: its kind, its size, and what fits of it.
 */
#ifndef JOBLIB_PRINT_SUMMARY_H
#define JOBLIB_PRINT_SUMMARY_H

#include <stdbool.h>

#include "joblib/value.h"
#include "print/output_buffer.h"

/**
 * Puts a summary: `5`, `"text"`, `[1, 2, 3]`, `list of 3`, `ndarray <f8 (2, 3) [0.5, …]`,
 * `sklearn.svm._classes.SVC`. Text of the file is escaped.
 */
void joblib_print__put_summary(joblib_print__output *out, const joblib_value *value);

/** True if the summary of a value with children already shows them. */
bool joblib_print__is_summed_up(const joblib_value *value);

/** True if the summary of an object shows all its arguments. */
bool joblib_print__shows_arguments(const joblib_value *object);

/** Puts the name of an object's class or of a global: `sklearn.svm._classes.SVC`. */
void joblib_print__put_class_name(joblib_print__output *out, const joblib_value *value);

#endif
