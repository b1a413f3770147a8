/**
 * What a path to be written stands for: a name in an open folder, with all links followed.
 */
#ifndef JOBLIB_IO_OUTPUT_TARGET_H
#define JOBLIB_IO_OUTPUT_TARGET_H

#include "io/system.h"

#if JOBLIB_HAVE_FILES

/** Longest path, and longest text of a link, with its NUL. */
#define JOBLIB_IO__PATH_SIZE 4096

/** Longest name in a folder, with its NUL. */
#define JOBLIB_IO__NAME_SIZE 256

typedef struct joblib_io__target {
    int folder;                      /**< open; JOBLIB_NO_FOLDER if none */
    bool exists;                     /**< a regular file that may be written */
    joblib_io__metadata old;         /**< of that file */
    char name[JOBLIB_IO__NAME_SIZE]; /**< in that folder, never a link */
    char path[JOBLIB_IO__PATH_SIZE]; /**< of the call, later the text of a link */
    char shown[JOBLIB_ESCAPED_SIZE]; /**< the path of the call in messages */
} joblib_io__target;

/**
 * Finds the target of a path. Links are followed, one that leads to nothing too; what exists
 * must be a regular file that the process may write.
 *
 * JOBLIB_ERROR_ARGUMENT for a directory, pipe, socket or device and for a path without name;
 * JOBLIB_ERROR_NOT_FOUND if a folder is missing; JOBLIB_ERROR_IO for every other refusal.
 * Whatever it returns, joblib_io__target_close() follows.
 */
joblib_status joblib_io__target_find(const struct joblib_io__system *system,
                                     const char *path, joblib_io__target *target,
                                     joblib_error *error);

/** Keeps a path for messages, where no target is looked for. */
void joblib_io__target_show(joblib_io__target *target, const char *path);

/** "PATH: WHAT: ERRNO, text", with the status of the error number. Returns that. */
joblib_status joblib_io__target_fail(const joblib_io__target *target, const char *what,
                                     int number, joblib_error *error);

/** JOBLIB_ERROR_ARGUMENT: the target is of a kind that is not written. */
joblib_status joblib_io__target_refuse(const joblib_io__target *target,
                                       joblib_io__kind kind, joblib_error *error);

/**
 * Gives an open file the permissions of the old one, and its owner and group as far as the
 * system permits. Returns a negated errno on failure.
 */
int joblib_io__target_copy_access(const struct joblib_io__system *system,
                                  const joblib_io__target *target, int descriptor);

/** Closes the folder. */
void joblib_io__target_close(const struct joblib_io__system *system,
                             joblib_io__target *target);

#endif

#endif
