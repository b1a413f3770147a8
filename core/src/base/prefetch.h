/**
 * Asking for memory before it is needed, so that cache misses overlap.
 */
#ifndef JOBLIB_BASE_PREFETCH_H
#define JOBLIB_BASE_PREFETCH_H

#if defined(__GNUC__)
#define JOBLIB_PREFETCH(address) __builtin_prefetch(address)
#else
#define JOBLIB_PREFETCH(address) ((void)(address))
#endif

#endif
