/**
 * The children of a value, in the order in which tagged JSON prints them.
 *
 * An object has several groups of children (class, arguments, state …), a container one.
 * A cursor steps through them, so that a walk needs a stack of cursors and no recursion.
 */
#ifndef JOBLIB_COMMAND_CHILDREN_H
#define JOBLIB_COMMAND_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib.h"

/** What a group of children is to its value. */
typedef enum joblib_command__role {
    JOBLIB_COMMAND_ELEMENTS, /* of a list, tuple, set or frozenset */
    JOBLIB_COMMAND_PAIRS,    /* of a dict: key, value, key, value … */
    JOBLIB_COMMAND_OBJECTS,  /* elements of an array of objects, in C order */
    JOBLIB_COMMAND_CLASS,
    JOBLIB_COMMAND_ARGUMENTS,
    JOBLIB_COMMAND_KEYWORDS,
    JOBLIB_COMMAND_STATE,
    JOBLIB_COMMAND_ITEMS,
    JOBLIB_COMMAND_ENTRIES /* key, value, key, value … */
} joblib_command__role;

typedef enum joblib_command__step {
    JOBLIB_COMMAND_OPEN,  /* a group begins */
    JOBLIB_COMMAND_CHILD, /* `child`, number `index` of the group */
    JOBLIB_COMMAND_CLOSE, /* a group ends */
    JOBLIB_COMMAND_END    /* no group is left */
} joblib_command__step;

typedef struct joblib_command__cursor {
    const joblib_value *value; /* whose children these are */
    joblib_command__role role; /* of the group */
    size_t index;              /* of `child` in the group */
    const joblib_value *child;
    size_t count;               /* children of the group; a pair counts two */
    const joblib_value *holder; /* where the children of the group stand */
    uint32_t group;             /* number of the next group */
    uint32_t position;          /* a joblib_command__step: what came last */
} joblib_command__cursor;

/** True for kinds that Python tells by identity, so that references to one are shared. */
bool joblib_command__has_identity(const joblib_value *value);

/** True for kinds that may have children. */
bool joblib_command__has_children(const joblib_value *value);

void joblib_command__cursor_init(joblib_command__cursor *cursor,
                                 const joblib_value *value);
joblib_command__step joblib_command__cursor_next(joblib_command__cursor *cursor);

/** A stack of cursors. */
typedef struct joblib_command__walk {
    joblib_command__cursor *cursors;
    size_t count;
    size_t capacity;
} joblib_command__walk;

/** Enters a value. False if there is no memory. */
bool joblib_command__walk_enter(joblib_command__walk *walk, const joblib_value *value);

/** The innermost cursor; NULL when the walk is over. */
joblib_command__cursor *joblib_command__walk_top(const joblib_command__walk *walk);

#endif
