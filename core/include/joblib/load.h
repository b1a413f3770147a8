#ifndef JOBLIB_LOAD_H
#define JOBLIB_LOAD_H

/**
 * Loading: from bytes, a file or a stream to a document.
 *
 * The container is found from the first bytes, never from a name. Nothing in the input is
 * ever executed or imported: what Python would call becomes a value that says so. Nothing is
 * opened but companions (`companions` of the options): regular files of one folder, by a name
 * without separators, that joblib before 0.10 wrote there. A npy file is read as an array.
 * After the object the input is read to its end, checksums are verified, and bytes that
 * follow are refused.
 */

#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/document.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/source.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Stands in a limit of the options: no limit. */
#define JOBLIB_UNLIMITED UINT64_MAX

/** How joblib_load_file() reads. */
typedef enum joblib_mapping {
    /** read; the file may change afterwards */
    JOBLIB_MAPPING_NONE = 0,
    /** map; arrays of an uncompressed file are views of it, and the file must not shrink
        while the document lives */
    JOBLIB_MAPPING_READ = 1
} joblib_mapping;

/** Options of loading. Zero in any field is its default. */
typedef struct joblib_load_options {
    uint32_t struct_size;
    uint32_t mapping; /**< a joblib_mapping; for joblib_load_file() only */
    const joblib_allocator *allocator; /**< NULL: the C library's memory */
    /** bytes of the document; default 4 GiB (512 MiB where size_t has 32 bits) */
    uint64_t max_memory;
    /** bytes after decompression; as much again for all companions; default 8 GiB */
    uint64_t max_decoded;
    uint64_t max_opcodes; /**< default 100,000,000 */
    /** nesting of values, marks and pickles within pickles; default 1,000 */
    uint64_t max_depth;
    uint64_t max_stack; /**< values on the pickle stack; default 1,000,000 */
    uint64_t max_memo;  /**< memo entries; default 50,000,000 */
    uint64_t max_text;  /**< bytes of one text or bytes value; default 1 GiB */
    /** bytes of one array, a view of a mapped file too; default: no limit. Arrays that are
        copied count against max_memory anyway */
    uint64_t max_array;
    /** folder of the files that joblib before 0.10 wrote beside the main one, one for each
        array. NULL: the folder of the file for joblib_load_file(), none for memory and
        sources. "": none; their wrappers become objects. Since: 1.0 */
    const char *companions;
} joblib_load_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_LOAD_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_load_options), 0, NULL, 0, 0, 0, 0, 0, 0, 0, 0, NULL \
    }

/** Sets options to JOBLIB_LOAD_OPTIONS_INIT. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_load_options_init(joblib_load_options *options);

/**
 * Loads one object from `size` bytes at `data`.
 *
 * `data` is read during the call only; the document copies what it keeps. `options` may
 * be NULL for the defaults. `error` may be NULL.
 *
 * @return JOBLIB_OK, and `*out` is a new document: joblib_document_release() it.
 *         Otherwise `*out` is NULL and `error` tells where:
 *         JOBLIB_ERROR_ARGUMENT     `data` or `out` is NULL, or `options` has unknown
 *                                   fields
 *         JOBLIB_ERROR_MEMORY       no memory
 *         JOBLIB_ERROR_LIMIT        a limit of `options` was reached
 *         JOBLIB_ERROR_TRUNCATED    the input ends inside the object
 *         JOBLIB_ERROR_CORRUPT      compressed data or its checksum is damaged
 *         JOBLIB_ERROR_TRAILING     bytes follow the object
 *         JOBLIB_ERROR_UNSUPPORTED  a known format or opcode that is not read
 *         JOBLIB_ERROR_UNSUPPORTED_BUILD  the codec is known but not in this build
 *         JOBLIB_ERROR_SYNTAX, _STACK, _MEMO, _TYPE, _FORBIDDEN  the pickle is malformed
 *         JOBLIB_ERROR_ARRAY        an array contradicts itself
 * Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_load_memory(const void *data, size_t size, const joblib_load_options *options,
                   joblib_document **out, joblib_error *error);

/**
 * Like joblib_load_memory(), but from the regular file `path`, in the encoding of the
 * system, and its companions.
 *
 * @return also JOBLIB_ERROR_NOT_FOUND, JOBLIB_ERROR_IO, for companions too;
 *         JOBLIB_ERROR_UNSUPPORTED_BUILD in a build without files.
 * Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_load_file(const char *path, const joblib_load_options *options,
                 joblib_document **out, joblib_error *error);

/**
 * Like joblib_load_memory(), but from a source, read to its end.
 *
 * @return also the status that `source->read` gave.
 * Threads: one call per source.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_load_source(const joblib_source *source, const joblib_load_options *options,
                   joblib_document **out, joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
