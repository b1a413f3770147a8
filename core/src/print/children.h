/**
 * The children of a value, in the order in which tagged JSON prints them; what stands in a pickle in
 * the order that it has there.
 *
 * An object has several groups of children (class, arguments, state …), a container one.
 * A cursor steps through them, so that a walk needs a stack of cursors and no recursion.
 */
#ifndef JOBLIB_PRINT_CHILDREN_H
#define JOBLIB_PRINT_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/value.h"

/** What is printed of a value. */
typedef enum joblib_print__reading {
    JOBLIB_PRINT_MEANT, /* what it is to whoever reads it */
    /* the objects that stand in the pickle for it: those of numpy too */
    JOBLIB_PRINT_PICKLED,
    JOBLIB_PRINT_NESTED /* the same in a pickle within the pickle */
} joblib_print__reading;

/** What a group of children is to its value. */
typedef enum joblib_print__role {
    JOBLIB_PRINT_ELEMENTS, /* of a list, tuple, set or frozenset */
    JOBLIB_PRINT_PAIRS,    /* of a dict: key, value, key, value … */
    JOBLIB_PRINT_OBJECTS,  /* elements of an array of objects, in C order */
    JOBLIB_PRINT_CLASS,
    JOBLIB_PRINT_ARGUMENTS,
    JOBLIB_PRINT_KEYWORDS,
    JOBLIB_PRINT_STATE,
    JOBLIB_PRINT_ITEMS,
    JOBLIB_PRINT_ENTRIES, /* key, value, key, value … */
    JOBLIB_PRINT_CONTENT  /* the value itself, in the pickle behind its wrapper */
} joblib_print__role;

typedef enum joblib_print__step {
    JOBLIB_PRINT_OPEN,  /* a group begins */
    JOBLIB_PRINT_CHILD, /* `child`, number `index` of the group */
    JOBLIB_PRINT_CLOSE, /* a group ends */
    JOBLIB_PRINT_END    /* no group is left */
} joblib_print__step;

typedef struct joblib_print__cursor {
    const joblib_value *value; /* whose children these are */
    joblib_print__role role;   /* of the group */
    size_t index;              /* of `child` in the group */
    const joblib_value *child;
    size_t count;                  /* children of the group; a pair counts two */
    const joblib_value *holder;    /* where the children of the group stand */
    joblib_print__reading reading; /* of `child`; of `value` too, but in a CONTENT */
    uint32_t group;                /* number of the next group */
    uint32_t position;             /* a joblib_print__step: what came last */
    uint64_t pickle;               /* in a CONTENT: number of the pickle around it */
} joblib_print__cursor;

/**
 * True where references to one value are told: for what is meant, the kinds that Python tells
 * by identity; in a pickle, whatever it refers to a second time.
 */
bool joblib_print__has_identity(const joblib_value *value, joblib_print__reading reading);

/** True for values that may have children. */
bool joblib_print__has_children(const joblib_value *value, joblib_print__reading reading);

void joblib_print__cursor_init(joblib_print__cursor *cursor, const joblib_value *value,
                               joblib_print__reading reading);
joblib_print__step joblib_print__cursor_next(joblib_print__cursor *cursor);

/** A stack of cursors; all but the allocator begins as zeros. */
typedef struct joblib_print__walk {
    const joblib_allocator *allocator;
    joblib_print__cursor *cursors;
    size_t count;
    size_t capacity;
} joblib_print__walk;

/** Enters a value. */
joblib_status joblib_print__walk_enter(joblib_print__walk *walk,
                                       const joblib_value *value,
                                       joblib_print__reading reading,
                                       joblib_error *error);

/** The innermost cursor; NULL when the walk is over. */
joblib_print__cursor *joblib_print__walk_top(const joblib_print__walk *walk);

void joblib_print__walk_free(joblib_print__walk *walk);

#endif
