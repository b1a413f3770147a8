/**
 * Nodes in the scratch memory of a dump, of which the forms of arrays are made.
 */
#ifndef JOBLIB_DUMP_NODES_H
#define JOBLIB_DUMP_NODES_H

#include "dump/dump.h"
#include "pickle/write/own_names.h"
#include "value/make.h"

#define JOBLIB_NODE_INT(number) \
    { \
        .kind = JOBLIB_KIND_INT, .integer = (number) \
    }

/** A tuple of `count` values, which the pickler only reads. */
joblib_status joblib_dump__make_tuple(joblib_dump__job *job,
                                      const joblib_value *const *items, size_t count,
                                      joblib_value **out, joblib_error *error);

/** A tuple of integers. */
joblib_status joblib_dump__make_shape(joblib_dump__job *job, const int64_t *shape,
                                      size_t ndim, joblib_value **out,
                                      joblib_error *error);

/** A dict of `count` keys and values. It has no index. */
joblib_status joblib_dump__make_dict(joblib_dump__job *job, const joblib_value *keys,
                                     const joblib_value *const *values, size_t count,
                                     joblib_value **out, joblib_error *error);

joblib_status joblib_dump__make_int(joblib_dump__job *job, int64_t number,
                                    joblib_value **out, joblib_error *error);

/** A Str or Bytes of `size` bytes, which stay where they are. */
joblib_status joblib_dump__make_text(joblib_dump__job *job, joblib_kind kind,
                                     const char *text, size_t size, joblib_value **out,
                                     joblib_error *error);

#endif
