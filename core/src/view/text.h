/**
 * Text that is written into a caller's buffer and counted beyond its end.
 */
#ifndef JOBLIB_VIEW_TEXT_H
#define JOBLIB_VIEW_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "joblib/error.h"
#include "joblib/value.h"

struct joblib_view__text {
    char *buffer;
    size_t capacity;
    size_t size; /* bytes in all, also those that did not fit */
};

void joblib_view__put(struct joblib_view__text *text, const char *bytes, size_t size);
void joblib_view__put_text(struct joblib_view__text *text, const char *terminated);

/** A number of at least 0, with zeros in front up to `width` digits. */
void joblib_view__put_number(struct joblib_view__text *text, uint64_t number, int width);

/* The texts of the views, one function each, in the files of the views. */
typedef joblib_status joblib_view__write(const joblib_value *value,
                                         struct joblib_view__text *text,
                                         joblib_error *error);
joblib_view__write joblib_view__write_fraction;
joblib_view__write joblib_view__write_decimal;
joblib_view__write joblib_view__write_uuid;
joblib_view__write joblib_view__write_datetime;
joblib_view__write joblib_view__write_duration;
joblib_view__write joblib_view__write_timezone;
joblib_view__write joblib_view__write_path;
joblib_view__write joblib_view__write_function;

#endif
