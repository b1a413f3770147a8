#ifndef JOBLIB_EXPORT_H
#define JOBLIB_EXPORT_H

/**
 * Linkage of the public functions.
 *
 * A program that links the static library on Windows defines JOBLIB_STATIC.
 * JOBLIB_BUILDING is defined while the library itself is compiled.
 */
#if defined(JOBLIB_STATIC)
#define JOBLIB_API
#elif defined(_WIN32) && defined(JOBLIB_BUILDING)
#define JOBLIB_API __declspec(dllexport)
#elif defined(_WIN32)
#define JOBLIB_API __declspec(dllimport)
#elif defined(__GNUC__)
#define JOBLIB_API __attribute__((visibility("default")))
#else
#define JOBLIB_API
#endif

/** Marks a function whose answer must be looked at. */
#if defined(__GNUC__)
#define JOBLIB_CHECKED __attribute__((warn_unused_result))
#else
#define JOBLIB_CHECKED
#endif

#endif
