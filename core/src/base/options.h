/**
 * Reading a caller's struct that may be older or newer than this library.
 */
#ifndef JOBLIB_BASE_OPTIONS_H
#define JOBLIB_BASE_OPTIONS_H

#include <stddef.h>

#include "base/error.h"

/**
 * Copies a struct that begins with `uint32_t struct_size` into `out`, `known` bytes, filled
 * up with zeros. NULL gives zeros. A longer struct must be zero behind `known`.
 * `out`'s struct_size becomes `known`.
 */
joblib_status joblib_base__read_struct(const void *given, void *out, size_t known,
                                       const char *what, joblib_error *error);

#endif
