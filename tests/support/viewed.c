#include "support/viewed.h"

#include <stdlib.h>
#include <string.h>

#include "joblib/sparse.h"
#include "joblib/view.h"

/* Elements that are looked at one by one. */
#define MOST_ELEMENTS 100000

static bool read_entries(const joblib_value *value, bool *sound)
{
    joblib_entries entries = JOBLIB_ENTRIES_INIT;
    if (joblib_view_mapping(value, &entries, NULL) != JOBLIB_OK) return false;
    for (size_t i = 0; i < entries.count; i++)
        *sound &= joblib_entries_key(&entries, i) && joblib_entries_at(&entries, i);
    *sound &= joblib_entries_key(&entries, entries.count) == NULL;
    return true;
}

static bool read_sequence(const joblib_value *value, bool *sound)
{
    joblib_sequence sequence = JOBLIB_SEQUENCE_INIT;
    if (joblib_view_sequence(value, &sequence, NULL) != JOBLIB_OK) return false;
    *sound &= joblib_value_count(sequence.items) == sequence.count;
    return true;
}

static bool read_fraction(const joblib_value *value, bool *sound)
{
    int64_t numerator, denominator;
    joblib_status status = joblib_view_fraction(value, &numerator, &denominator, NULL);
    *sound &= status != JOBLIB_OK || denominator > 0;
    return status == JOBLIB_OK || status == JOBLIB_ERROR_RANGE;
}

static bool read_datetime(const joblib_value *value, bool *sound)
{
    joblib_datetime from = JOBLIB_DATETIME_INIT;
    if (joblib_view_datetime(value, &from, NULL) != JOBLIB_OK) return false;
    *sound &= from.year <= 9999 && from.month <= 12 && from.day <= 31 &&
              from.hour <= 23 && from.minute <= 59 && from.second <= 59 &&
              from.microsecond <= 999999;
    return true;
}

static bool read_duration(const joblib_value *value, bool *sound)
{
    joblib_duration from = JOBLIB_DURATION_INIT;
    if (joblib_view_duration(value, &from, NULL) != JOBLIB_OK) return false;
    *sound &= from.seconds >= 0 && from.seconds < 86400 && from.microseconds >= 0;
    return true;
}

static bool read_timezone(const joblib_value *value, bool *sound)
{
    joblib_timezone from = JOBLIB_TIMEZONE_INIT;
    if (joblib_view_timezone(value, &from, NULL) != JOBLIB_OK) return false;
    *sound &= llabs(from.offset) < INT64_C(86400000000);
    return true;
}

static bool read_slice(const joblib_value *value, bool *sound)
{
    joblib_slice slice = JOBLIB_SLICE_INIT;
    if (joblib_view_slice(value, &slice, NULL) != JOBLIB_OK) return false;
    *sound &= slice.start && slice.stop && slice.step;
    return true;
}

static bool read_function(const joblib_value *value, bool *sound)
{
    joblib_function function = JOBLIB_FUNCTION_INIT;
    if (joblib_view_function(value, &function, NULL) != JOBLIB_OK) return false;
    *sound &= function.name && !function.module == (function.owner != NULL);
    return true;
}

static bool read_partial(const joblib_value *value, bool *sound)
{
    joblib_partial partial = JOBLIB_PARTIAL_INIT;
    if (joblib_view_partial(value, &partial, NULL) != JOBLIB_OK) return false;
    *sound &=
        partial.function && joblib_value_kind(partial.arguments) == JOBLIB_KIND_TUPLE;
    return true;
}

static bool read_random(const joblib_value *value, bool *sound)
{
    joblib_random random = JOBLIB_RANDOM_INIT;
    if (joblib_view_random(value, &random, NULL) != JOBLIB_OK) return false;
    *sound &= random.bit_generator && random.state && random.position <= 624;
    *sound &= !random.key || joblib_array_item(random.key, 623) != NULL;
    return true;
}

/* Index arrays hold what their format promises, read by another function. */
static bool is_within(const joblib_array *indices, size_t count, uint64_t extent)
{
    if (indices->count > MOST_ELEMENTS) return true;
    int64_t *numbers = malloc((indices->count + 1) * sizeof *numbers);
    bool within =
        joblib_array_read_int64(indices, numbers, indices->count, NULL) == JOBLIB_OK;
    for (size_t i = 0; within && i < count; i++)
        within = numbers[i] >= 0 && (uint64_t)numbers[i] < extent;
    free(numbers);
    return within;
}

static bool read_sparse(const joblib_value *value, bool *sound)
{
    joblib_sparse sparse = JOBLIB_SPARSE_INIT;
    if (joblib_view_sparse(value, &sparse, NULL) != JOBLIB_OK) return false;
    *sound &= sparse.count <= sparse.data->count;
    *sound &= joblib_value_count(sparse.shape) == sparse.ndim;
    if (sparse.ndim > 2) return true;
    bool by_columns = sparse.format == JOBLIB_SPARSE_CSC;
    *sound &= sparse.count <= sparse.indices->count;
    *sound &= is_within(sparse.indices, sparse.count,
                        by_columns ? sparse.rows : sparse.columns);
    if (sparse.row_indices)
        *sound &= is_within(sparse.row_indices, sparse.count, sparse.rows);
    if (sparse.pointers)
        *sound &= is_within(sparse.pointers, sparse.pointers->count, sparse.count + 1);
    return true;
}

/* Text fits what it said that it needs. */
static void read_text(const joblib_value *value, bool *sound)
{
    size_t size = 0;
    joblib_status status = joblib_view_text(value, NULL, 0, &size, NULL);
    *sound &= status == JOBLIB_ERROR_RANGE || status == JOBLIB_ERROR_KIND;
    if (status != JOBLIB_ERROR_RANGE) return;
    char *text = malloc(size + 1);
    *sound &= joblib_view_text(value, text, size + 1, NULL, NULL) == JOBLIB_OK;
    *sound &= text[size] == '\0';
    free(text);
}

size_t viewed_count(const joblib_value *value, bool *sound)
{
    static bool (*const readers[])(const joblib_value *value, bool *sound) = {
        read_entries,  read_sequence, read_fraction, read_datetime,
        read_duration, read_timezone, read_slice,    read_function,
        read_partial,  read_random,   read_sparse,
    };
    size_t count = 0;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        count += readers[i](value, sound);
    *sound &= count <= 1;
    *sound &= count == 0 || joblib_view_kind(value) != JOBLIB_VIEW_NONE;
    read_text(value, sound);
    return count;
}
