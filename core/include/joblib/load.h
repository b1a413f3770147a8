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
 *
 * Mapped files must not be changed while the document lives. What a process writes to one
 * shows in the arrays, which a model checks only once, when it is made. A file that is made
 * shorter takes the pages behind its new end away. A load notices that when it ends, and is
 * JOBLIB_ERROR_TRUNCATED; but whoever touches such a page, during the load or later, gets
 * SIGBUS on POSIX systems, and no library can make an error of that without taking the
 * signal from the program. So nothing is mapped unless `mapping` says so. Safe to map are
 * files that are replaced by renaming, which joblib.dump() does not do, and files sealed
 * against it (F_SEAL_SHRINK and F_SEAL_WRITE on Linux).
 */

#include <stdbool.h>
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
    /** map; arrays of an uncompressed file are views of it, and the file must not change
        while the document lives. joblib_document_sharing() tells whether it could be done */
    JOBLIB_MAPPING_READ = 1,
    /** the same, but pages that the caller writes to become the process's own and the file
        stays as it is: joblib's mmap_mode 'c'. Arrays with JOBLIB_ARRAY_WRITABLE may be
        written to, by one thread at a time, and not while a model made from the document is
        in use: models check their arrays once, when they are made. Since: 1.0 */
    JOBLIB_MAPPING_COPY_ON_WRITE = 2
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
    /** default 100,000,000; bounds the nodes too, as an opcode makes a few at most */
    uint64_t max_opcodes;
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
    /** bytes of the input as it is stored, of each companion too. Default: 4 GiB where the
        size of the input is not known before, else no limit. Since: 1.0 */
    uint64_t max_input;
    /** bytes of a decoder's window or dictionary; default 128 MiB, and never more than
        max_memory. Since: 1.0 */
    uint64_t max_codec_memory;
    /** NULL, or called on the thread that loads: when the first opcode is read, at the end,
        and between them before 1 MiB more is read or decoded and before 65,536 more opcodes.
        `read` counts bytes of the input as it is stored; `total` is its size, or 0 if that
        is not known. Companions add to both when they are opened. False ends the load with
        JOBLIB_ERROR_CANCELLED. With it compressed files are decoded in pieces, which is
        slower, and their arrays are copies. It must not use the document that is being made.
        Since: 1.0 */
    bool (*progress)(void *ctx, uint64_t read, uint64_t total);
    void *progress_ctx; /**< passed to `progress` */
    /** for joblib_load_memory(): not 0 lets aligned arrays of uncompressed input be views of
        `data`, which must then stay as it is while the document lives. Compressed input, and
        everything but the elements of arrays, is copied as ever. Since: 1.0 */
    uint32_t borrow;
    uint32_t reserved; /**< 0 */
} joblib_load_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_LOAD_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_load_options), 0, NULL, 0, 0, 0, 0, 0, 0, 0, 0, NULL, 0, \
            0, NULL, NULL, 0, 0 \
    }

/** Sets options to JOBLIB_LOAD_OPTIONS_INIT. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_load_options_init(joblib_load_options *options);

/**
 * Loads one object from `size` bytes at `data`.
 *
 * `data` is read during the call only, unless `borrow` is set: the document copies what it
 * keeps. `options` may be NULL for the defaults. `error` may be NULL.
 *
 * @return JOBLIB_OK, and `*out` is a new document: joblib_document_release() it.
 *         Otherwise `*out` is NULL and `error` tells where:
 *         JOBLIB_ERROR_ARGUMENT     `data` or `out` is NULL, or `options` has unknown
 *                                   fields
 *         JOBLIB_ERROR_MEMORY       no memory
 *         JOBLIB_ERROR_LIMIT        a limit of `options` was reached
 *         JOBLIB_ERROR_CANCELLED    `progress` of the options returned false
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
 * system, and its companions. The size is that of the moment of opening: a file that shrinks
 * meanwhile is JOBLIB_ERROR_TRUNCATED, one that grows JOBLIB_ERROR_TRAILING where it is read.
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
