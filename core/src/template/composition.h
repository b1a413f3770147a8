/**
 * The parts of pipelines and of column transformers.
 */
#ifndef JOBLIB_TEMPLATE_COMPOSITION_H
#define JOBLIB_TEMPLATE_COMPOSITION_H

#include "template/made.h"

/** Whether a value is this text. */
bool joblib_template__is_text(const joblib_value *value, const char *text);

/** Checks a tuple of `steps` or `transformers`: its name, and what it names. */
joblib_status joblib_template__check_part(const struct joblib_template *made,
                                          const joblib_value *parts, size_t index,
                                          const char *attribute, joblib_error *error);

/** Makes the FunctionTransformer that lets columns through. `names` may be NULL. */
joblib_status joblib_template__make_identity(const struct joblib_template *made,
                                             int64_t columns, joblib_value *names,
                                             joblib_value **out, joblib_error *error);

/**
 * Columns that a transformer gives for `columns` of its input; -1 where that is not
 * known.
 */
int64_t joblib_template__width(const joblib_value *estimator, int64_t columns);

#endif
