/**
 * Loading while somebody watches which classes and functions a file names.
 */
#ifndef JOBLIB_JOBLIB_WATCHED_H
#define JOBLIB_JOBLIB_WATCHED_H

#include "joblib/load.h"
#include "pickle/machine.h"

/** Like the functions of joblib/load.h; `observer` is NULL, or told of each use of a name. */
joblib_status joblib_load__memory(const void *data, size_t size,
                                  const joblib_load_options *options,
                                  const joblib_pickle__observer *observer,
                                  joblib_document **out, joblib_error *error);
joblib_status joblib_load__source(const joblib_source *source,
                                  const joblib_load_options *options,
                                  const joblib_pickle__observer *observer,
                                  joblib_document **out, joblib_error *error);
joblib_status joblib_load__file(const char *path, const joblib_load_options *options,
                                const joblib_pickle__observer *observer,
                                joblib_document **out, joblib_error *error);

#endif
