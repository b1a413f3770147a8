#ifndef SAMPLES_H
#define SAMPLES_H

/**
 * A small model of each class that has a template, as a description
 * (support/described.h).
 */

#include "joblib/builder.h"

/** Number of samples; sample `index` is of class sample_class(index). */
size_t sample_count(void);
const char *sample_class(size_t index);

/** Makes sample `index` for a version of scikit-learn. */
joblib_status sample_make(joblib_builder *builder, size_t index, const char *version,
                          joblib_value **out, joblib_error *error);

/** The same from a notation in which each `@` stands for the version. */
joblib_status notation_make(joblib_builder *builder, const char *notation,
                            const char *version, joblib_value **out, joblib_error *error);

#endif
