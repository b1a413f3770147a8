/**
 * numpy's texts for dtypes: "<f8", "|V56", "<M8[ns]".
 */
#ifndef JOBLIB_ARRAY_FORM_H
#define JOBLIB_ARRAY_FORM_H

#include <stddef.h>

#include "array/array.h"

/** What numpy allows for one item: it keeps the size in a C int. */
#define JOBLIB_MAX_ITEMSIZE ((size_t)INT32_MAX)

/** Writes byte order, kind, number and unit ("" for none) to the arena; NULL without memory. */
const char *joblib_array__dtype_form(joblib_base__arena *arena, char byteorder, char kind,
                                     size_t number, const char *unit);

#endif
