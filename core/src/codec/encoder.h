/**
 * From the bytes of a pickle to the bytes of a file: the same bytes that joblib writes.
 *
 *   pieces -> buffer of 1 MiB -> encoder of the codec -> sink
 *
 * joblib writes through Python's io.BufferedWriter of 1 MiB into the file object of the codec,
 * and lz4's bytes depend on the sizes in which they come there. The buffer here fills and
 * empties as Python's does. So a piece must be ONE WRITE OF JOBLIB: what its pickler hands to
 * `file_handle.write()` in one call, an array for instance in pieces of
 * `max(16 MiB / itemsize, 1)` items; compression.md#pieces of the spec has them all. Other
 * codecs give the same bytes however the pieces are cut. The bytes are joblib's where the
 * library of the codec has the version of Python's.
 */
#ifndef JOBLIB_CODEC_ENCODER_H
#define JOBLIB_CODEC_ENCODER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "joblib/allocator.h"
#include "joblib/codec.h"
#include "joblib/sink.h"

/** How bytes are compressed. Zeros mean: not at all. */
typedef struct joblib_codec__encoding {
    int codec; /**< a joblib_codec; not JOBLIB_CODEC_ZF, which nothing writes */
    int level; /**< as joblib_codec_level_range() tells, or JOBLIB_LEVEL_DEFAULT */
    /** zlib and gzip by libdeflate, where the build has it: other bytes of the same content,
        faster. All of them are kept in memory, and compressed at the end */
    bool fast;
    bool unchecked; /**< xz without a checksum of the content, as joblib to 0.14 */
} joblib_codec__encoding;

/** Takes bytes, compresses them and hands them to a sink. */
typedef struct joblib_codec__encoder joblib_codec__encoder;

/**
 * Makes an encoder; the sink and the allocator (NULL: the C library's) are copied. Nothing is
 * written yet. JOBLIB_ERROR_ARGUMENT for a level out of range, JOBLIB_ERROR_UNSUPPORTED for
 * ZF, JOBLIB_ERROR_UNSUPPORTED_BUILD for a codec that this build lacks.
 */
joblib_status joblib_codec__encoder_open(const joblib_codec__encoding *what,
                                         const joblib_sink *target,
                                         const joblib_allocator *allocator,
                                         joblib_codec__encoder **out,
                                         joblib_error *error);

/** Takes a piece of any size. After a failure every further call but close is one. */
joblib_status joblib_codec__encoder_write(joblib_codec__encoder *encoder,
                                          const void *data, size_t size,
                                          joblib_error *error);

/** Ends the stream: all bytes are with the sink then. */
joblib_status joblib_codec__encoder_finish(joblib_codec__encoder *encoder,
                                           joblib_error *error);

/**
 * Whether a file of this codec that begins so may have been written with these settings, as far
 * as its header tells. The level is one of the codec's, not JOBLIB_LEVEL_DEFAULT where that is
 * none.
 */
bool joblib_codec__fits_header(const joblib_codec__encoding *what, const void *data,
                               size_t size);

/** Frees an encoder, whatever its state. What was not finished is lost. */
void joblib_codec__encoder_close(joblib_codec__encoder *encoder);

#endif
