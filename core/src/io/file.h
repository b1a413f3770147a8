/**
 * Regular files, by path: the only place that opens, reads or maps one.
 *
 * Directories, pipes and devices are refused: their size means nothing, and reading them may
 * block. The size is that of the moment of opening.
 */
#ifndef JOBLIB_IO_FILE_H
#define JOBLIB_IO_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "joblib/source.h"

typedef struct joblib_io__file {
    int descriptor; /**< -1 when closed */
    uint64_t size;  /**< bytes; JOBLIB_UNKNOWN_SIZE where the system says 0 */
} joblib_io__file;

/**
 * Opens `path`. JOBLIB_ERROR_NOT_FOUND if there is no such file, JOBLIB_ERROR_IO for every
 * other refusal, JOBLIB_ERROR_UNSUPPORTED_BUILD in a build without files.
 */
joblib_status joblib_io__file_open(joblib_io__file *file, const char *path,
                                   joblib_error *error);

/**
 * Opens the file `name` of the folder whose path is the first `folder_size` bytes of
 * `folder`; none is the folder in which the process works. `name` holds no separator; it is
 * looked up in that folder alone, and a symbolic link is refused like a directory.
 * Statuses as for joblib_io__file_open().
 */
joblib_status joblib_io__file_open_in(joblib_io__file *file, const char *folder,
                                      size_t folder_size, const char *name,
                                      joblib_error *error);

/** Closes the file; a mapping of it stays. Safe after a failed opening, and twice. */
void joblib_io__file_close(joblib_io__file *file);

/** A source that reads the file once, from its start. It lives as long as `file`. */
joblib_source joblib_io__file_source(joblib_io__file *file);

/** Memory that shows a file. */
typedef struct joblib_io__mapping {
    const void *data; /**< NULL: there is none */
    size_t size;      /**< bytes */
} joblib_io__mapping;

/**
 * Maps the whole file; `writable` lets the process write to pages, which are then its own.
 * False if the system does not map it, or does not tell its size.
 */
bool joblib_io__file_map(const joblib_io__file *file, bool writable,
                         joblib_io__mapping *out);

/** JOBLIB_ERROR_TRUNCATED if the file is shorter than when it was opened. */
joblib_status joblib_io__file_check_size(const joblib_io__file *file,
                                         joblib_error *error);

/** Ends a mapping. Safe on a zeroed one. */
void joblib_io__file_unmap(joblib_io__mapping *mapping);

#endif
