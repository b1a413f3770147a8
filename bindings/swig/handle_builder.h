#ifndef JOBLIB_HANDLE_BUILDER_H
#define JOBLIB_HANDLE_BUILDER_H

/** What the files of builders share. Scripts name values by numbers; 0 is none. */

#include "handle_common.h"

struct JoblibBuilder {
    joblib_builder *builder;
    joblib_value **values;
    size_t count;
    size_t capacity;
    int64_t
        first; /**< number of values[0]; lower ones are of documents that are finished */
};

/** Makes room for the number of a value. */
bool joblib_shim__reserve_number(JoblibBuilder *self, joblib_error *error);

/** Numbers a value, for which there is room; 0 if the status is not JOBLIB_OK. */
int64_t joblib_shim__number(JoblibBuilder *self, joblib_status status,
                            joblib_value *value);

/** The value of a number: NULL for 0; for a number of none NULL with an error. */
joblib_value *joblib_shim__numbered(const JoblibBuilder *self, int64_t number,
                                    joblib_error *error);

/** The values of numbers, of which none is 0; free() them. NULL on failure. */
const joblib_value **joblib_shim__all_numbered(const JoblibBuilder *self,
                                               joblib_int64s numbers,
                                               joblib_error *error);

/** Memory of no bytes has an address. */
const void *joblib_shim__address(const void *data);

/** The body of a function: makes a value by `call`, which sets `value`. */
#define JOBLIB_SHIM_MAKE(call) \
    joblib_value *value = NULL; \
    const joblib_status made = \
        joblib_shim__reserve_number(self, error) ? (call) : JOBLIB_ERROR_MEMORY; \
    return joblib_shim__number(self, made, value)

#endif
