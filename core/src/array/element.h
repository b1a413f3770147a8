/**
 * Single numbers as the array has them: any alignment, any byte order.
 */
#ifndef JOBLIB_ARRAY_ELEMENT_H
#define JOBLIB_ARRAY_ELEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Reverses `size` bytes. */
void joblib_array__swap(void *bytes, size_t size);

#endif
