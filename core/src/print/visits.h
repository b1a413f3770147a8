/**
 * Which values of a document are met more than once, and what was printed of them.
 */
#ifndef JOBLIB_PRINT_VISITS_H
#define JOBLIB_PRINT_VISITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/value.h"
#include "print/children.h"

typedef struct joblib_print__visit {
    const joblib_value *value; /* NULL in an empty slot */
    uint64_t pickle;           /* number of the pickle that it was met in */
    uint64_t number;           /* 1, 2 … in the order of printing; 0 before it */
    uint32_t count;            /* times met, 2 for more */
    bool expanded;             /* its children are printed */
} joblib_print__visit;

typedef struct joblib_print__visits {
    const joblib_allocator *allocator;
    joblib_print__visit *slots; /* open addressing, at most half full */
    size_t capacity;            /* a power of two, or 0 */
    size_t count;
    uint64_t next_number;  /* the last number given */
    uint64_t pickle;       /* number of the pickle that is walked: 0 for the outermost */
    uint64_t pickle_count; /* of pickles within it, met up to now */
} joblib_print__visits;

/** The entry of a value in the pickle that is walked; NULL if it was not met there. */
joblib_print__visit *joblib_print__visits_find(const joblib_print__visits *visits,
                                               const joblib_value *value);

/** The entry of a value that has an identity if references to it are to be told; else NULL. */
joblib_print__visit *joblib_print__visits_shared(const joblib_print__visits *visits,
                                                 const joblib_value *value,
                                                 joblib_print__reading reading);

/** The next step of a cursor, which may lead into a pickle within the pickle or out of it. */
joblib_print__step joblib_print__visits_next(joblib_print__visits *visits,
                                             joblib_print__cursor *cursor);

/**
 * Counts how often each container, array, object and bytearray below `root` is met by a
 * walk that enters those with an identity once, and everything else each time.
 *
 * The walk itself is linear: what has no identity is entered twice at most, since a third
 * time tells nothing new. `visits` begins as zeros but for its allocator, and is freed by
 * the caller.
 */
joblib_status joblib_print__visits_count(joblib_print__visits *visits,
                                         const joblib_value *root,
                                         joblib_print__reading reading,
                                         joblib_error *error);

void joblib_print__visits_free(joblib_print__visits *visits);

#endif
