/**
 * The names that a caller of `joblib audit` or `joblib convert` trusts.
 */
#ifndef JOBLIB_COMMAND_ALLOW_LIST_H
#define JOBLIB_COMMAND_ALLOW_LIST_H

#include <stdbool.h>

#include "command/output.h"
#include "joblib.h"

typedef struct joblib_command__allow_list {
    joblib_command__bytes text;
    char **lines; /* sorted, in `text` */
    size_t count;
    size_t capacity;
} joblib_command__allow_list;

/**
 * Reads names, one a line: `module.Name`, or `module:Outer.Inner` where the name has dots.
 * Empty lines and those that begin with # are skipped. `list` begins as zeros, and is freed
 * by the caller in any case.
 *
 * JOBLIB_ERROR_NOT_FOUND, JOBLIB_ERROR_IO, JOBLIB_ERROR_MEMORY.
 */
joblib_status joblib_command__read_allow_list(joblib_command__allow_list *list,
                                              const char *path, joblib_error *error);

/** Whether the list, a joblib_command__allow_list, holds exactly this name. */
bool joblib_command__allows(void *list, const char *module, const char *name);

/**
 * The names as joblib_dump_options takes them, `module.Outer.Inner`. The list is for nothing
 * else then, and owns them.
 */
const char *const *joblib_command__dotted_names(joblib_command__allow_list *list);

void joblib_command__allow_list_free(joblib_command__allow_list *list);

#endif
