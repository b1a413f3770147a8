#ifndef DESCRIBED_H
#define DESCRIBED_H

/**
 * Estimators from descriptions, by templates.
 *
 * A description is a dict: 'class', 'version', 'set' (a dict of attributes), and perhaps
 * 'parts', a list of [name, estimator, columns]. Where an estimator is expected stands a
 * description, a list of them, or a text; columns are None for the steps of a pipeline.
 */

#include "joblib/builder.h"

/** Makes the estimator that the root of a document describes. */
joblib_status make_described(joblib_builder *builder, const joblib_document *description,
                             joblib_value **out, joblib_error *error);

#endif
