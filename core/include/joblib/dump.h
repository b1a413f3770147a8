#ifndef JOBLIB_DUMP_H
#define JOBLIB_DUMP_H

/**
 * Dumping: from a document to the bytes that joblib writes.
 *
 * Without options the document is written as it was loaded: same protocol, same forms of its
 * arrays. Loaded and dumped with the settings of its file it gives the bytes of that file again.
 * What a file does not tell is in the options: the version of Python, the level of compression.
 *
 * An array is written each time it is met, as joblib does; two references to one list, dict or
 * object stay two references to one.
 *
 * Nothing is laundered: classes and functions that run code when Python loads them
 * (joblib_audit()) are written only if `allow` names them, and so are unknown ones that a builder
 * named. Those that a loaded file named are written again.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/document.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which pickler is followed for the pickle of the document itself. */
typedef enum joblib_pickler {
    JOBLIB_PICKLER_JOBLIB = 0, /**< joblib.dump(): derived from Python's pickle.py */
    JOBLIB_PICKLER_C = 1 /**< pickle.dump(): arrays stand inside, as numpy pickles them */
} joblib_pickler;

/** Options of dumping. Zero in any field is its default. */
typedef struct joblib_dump_options {
    uint32_t struct_size;
    uint32_t codec; /**< a joblib_codec plus one; 0: that of the document */
    /** of compression, as joblib_codec_level_range() tells; 0: joblib's default, or 1 with
        `fast` */
    uint32_t level;
    uint32_t protocol; /**< of the pickle, 0 to 5, plus one; 0: that of the document */
    /** version of joblib whose form of arrays is written, 10600 for 1.6.0; from 0.10 on.
        0: arrays as the document has them, and new ones as 1.6.0 writes them */
    uint32_t joblib_version;
    /** version of Python whose pickler is followed, 313 for 3.13; 207, and 304 to 314.
        0: that of the document as far as it tells, else 313 */
    uint32_t python_version;
    uint32_t pickler; /**< a joblib_pickler */
    /** not 0: faster compression that is valid but not the bytes of joblib. It keeps the whole
        pickle in memory. zlib and gzip only, where the build has libdeflate. Without a level it
        takes less than half of the time of joblib's default, for up to an eighth more bytes */
    uint32_t fast;
    /** not 0, for joblib_dump_file(): writes into the file itself, for devices and pipes; a
        failure then leaves it cut */
    uint32_t in_place;
    uint32_t unchecked; /**< not 0: xz without a checksum, as joblib to 0.14 wrote it */
    const joblib_allocator *allocator; /**< NULL: the C library's memory */
    /** not 0: nothing is synced to the disk; faster, and a loss of power may take the file, the
        old one too */
    uint32_t unsynced;
    /** numpy whose names new scalars and arrays inside have, 1 or 2. What is written for 1,
        both read, but 2 warns of arrays inside protocol 5. 0: 1 for `joblib_version` before
        1.5, else 2 */
    uint32_t numpy_version;
    /** names of classes and functions, "module.name", that are written whatever they do */
    const char *const *allow;
    size_t allow_count;
} joblib_dump_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_DUMP_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_dump_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, 0, 0, \
            NULL, 0 \
    }

/** Sets options to JOBLIB_DUMP_OPTIONS_INIT. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_dump_options_init(joblib_dump_options *options);

/**
 * Sets the options that a text names: "1.6.0/py3.13" is what joblib 1.6.0 writes on Python 3.13.
 *
 * Either part may be missing, "0.11" or "py2.7": what it would set stays as it is. A version of
 * Python brings its default protocol, unless `protocol` is set.
 *
 * @return JOBLIB_OK, or JOBLIB_ERROR_ARGUMENT: an argument is NULL, or the text is none of these,
 *         or names a version that is not written. The options stay as they are then.
 * Threads: one per object.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_dump_options_like(
    joblib_dump_options *options, const char *text, joblib_error *error);

/**
 * Dumps a document to a sink, piece by piece.
 *
 * Beside the document it needs at most 4 MiB, and the state of the compressor.
 * `options` may be NULL for the defaults. `error` may be NULL. After a failure the sink has got
 * a part.
 *
 * @return JOBLIB_OK; otherwise
 *         JOBLIB_ERROR_ARGUMENT     `document` or `sink` is NULL, or an option is out of its
 *                                   range: the message lists what is valid
 *         JOBLIB_ERROR_MEMORY       no memory
 *         JOBLIB_ERROR_UNSUPPORTED  the protocol cannot hold a value
 *         JOBLIB_ERROR_UNSUPPORTED_BUILD  the codec is known but not in this build
 *         JOBLIB_ERROR_FORBIDDEN    a class or function that is not written: see above
 *         or the status that `sink->write` gave.
 * Threads: any number of calls at once, one per sink.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_dump_sink(const joblib_document *document, const joblib_dump_options *options,
                 const joblib_sink *sink, joblib_error *error);

/**
 * Like joblib_dump_sink(), but into the file `path`, in the encoding of the system.
 *
 * The bytes go into another file of the same folder, which takes the name at the end: at every
 * moment `path` leads to the old file or to the new one, each complete, and after success the
 * new one is on the disk. Permissions stay as they were; of a symbolic link the file that it
 * leads to is replaced. See `in_place` of the options for pipes and devices. The name of the
 * file chooses nothing: joblib_codec_from_extension() tells what joblib would choose.
 *
 * @return also JOBLIB_ERROR_IO and JOBLIB_ERROR_NOT_FOUND, for the folder;
 *         JOBLIB_ERROR_UNSUPPORTED_BUILD in a build without files. The old file stays then.
 * Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_dump_file(const joblib_document *document, const char *path,
                 const joblib_dump_options *options, joblib_error *error);

/**
 * Like joblib_dump_sink(), but into memory.
 *
 * @return JOBLIB_OK, and `*data_out` are `*size_out` bytes: joblib_dump_free() them, with the
 *         same allocator. Otherwise `*data_out` is NULL.
 * Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_dump_memory(const joblib_document *document, const joblib_dump_options *options,
                   void **data_out, size_t *size_out, joblib_error *error);

/** Frees what joblib_dump_memory() gave; NULL is accepted. Threads: any.   Since: 1.0 */
JOBLIB_API void joblib_dump_free(void *data, size_t size,
                                 const joblib_allocator *allocator);

/**
 * Finds the options with which a document gives the bytes of its file again.
 *
 * `data` are the `size` bytes of the file that the document was loaded from. Of `options` only
 * `allow` and `allocator` are read. Every pickler and every version of Python that writes
 * other bytes is tried, then every level that the header of the compression allows. A try ends
 * at the first byte that differs. It needs the memory of joblib_dump_sink() and at most 128 MiB
 * to decode.
 *
 * @return JOBLIB_OK, and with `options` the dump functions write these bytes; otherwise
 *         JOBLIB_ERROR_DIFFERENT  no options do. `options` are those of the closest try.
 *                                 `error->offset` is the first byte of the pickle that differs;
 *                                 JOBLIB_NO_OFFSET where the pickle is the same and only its
 *                                 compression differs, from `error->file_offset` on: another
 *                                 library compressed it, or another version
 *         JOBLIB_ERROR_ARGUMENT   an argument is NULL, or `options` has unknown fields
 *         or a status of joblib_dump_sink() or of joblib_load_memory().
 * Threads: any number of calls at once.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_dump_find_same(const joblib_document *document, const void *data, size_t size,
                      joblib_dump_options *options, joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
