/**
 * The memo of a pickle that is written: which values have a number.
 *
 * Only values that more than one place may refer to are looked up again; the others are counted.
 * What stands in no document ("latin1" of the call that makes bytes, Python's own classes) is
 * found by what it says, since Python has one object for each.
 */
#ifndef JOBLIB_PICKLE_WRITTEN_H
#define JOBLIB_PICKLE_WRITTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/allocator.h"
#include "base/error.h"
#include "value/node.h"

struct joblib_pickle__place {
    /** the node; of a Global what it names, which is one object in Python whatever pickle of the
        document named it. NULL where the place is empty */
    const void *identity;
    uint32_t number;
};

struct joblib_pickle__word {
    const joblib_value *value;
    uint32_t number;
};

/** Values that are found by what they say, newest last. */
typedef struct joblib_pickle__words {
    struct joblib_pickle__word *items;
    size_t count;
    size_t room;
} joblib_pickle__words;

typedef struct joblib_pickle__written {
    struct joblib_pickle__place *places;
    size_t room; /**< a power of two, or 0 */
    size_t used;
    joblib_pickle__words implied; /**< what stands in no document */
    joblib_pickle__words named;   /**< what that may find: names, single characters */
    uint64_t count;               /**< numbers given so far */
} joblib_pickle__written;

void joblib_pickle__written_free(joblib_pickle__written *written,
                                 const joblib_allocator *allocator);

/** Finds the number of a SHARED value; false where it has none. */
bool joblib_pickle__written_find(const joblib_pickle__written *written,
                                 const joblib_value *value, uint32_t *number_out);

/** Gives the next number to a SHARED value. */
joblib_status joblib_pickle__written_add(joblib_pickle__written *written,
                                         const joblib_allocator *allocator,
                                         const joblib_value *value, joblib_error *error);

/**
 * Lets a Str, Bytes or Global that has the newest number be found by what it says: one that is
 * IMPLIED by all others, another by those that are IMPLIED.
 */
joblib_status joblib_pickle__written_note(joblib_pickle__written *written,
                                          const joblib_allocator *allocator,
                                          const joblib_value *value, joblib_error *error);

#endif
