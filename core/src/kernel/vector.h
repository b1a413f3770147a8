/**
 * Loops that are compiled twice: for every processor, and for those with 256-bit vectors.
 *
 * Both forms do the same operations in the same order, so they give the same bits. No form
 * fuses a multiplication with an addition.
 */
#ifndef JOBLIB_KERNEL_VECTOR_H
#define JOBLIB_KERNEL_VECTOR_H

#include <stdbool.h>

#if defined(__GNUC__)
#define JOBLIB_KERNEL_INLINE static inline __attribute__((always_inline))
#else
#define JOBLIB_KERNEL_INLINE static inline
#endif

#if defined(__GNUC__) && defined(__x86_64__)
#define JOBLIB_KERNEL_AVX2 __attribute__((target("avx2")))
#define JOBLIB_KERNEL_HAS_AVX2() __builtin_cpu_supports("avx2")
#else
#define JOBLIB_KERNEL_AVX2
#define JOBLIB_KERNEL_HAS_AVX2() false
#endif

#endif
