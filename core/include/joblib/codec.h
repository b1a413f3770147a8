#ifndef JOBLIB_CODEC_H
#define JOBLIB_CODEC_H

/**
 * The containers of joblib files: no compression, or exactly one layer of it.
 */

#include <stdbool.h>

#include "joblib/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum joblib_codec {
    JOBLIB_CODEC_RAW = 0, /**< a pickle, not compressed */
    JOBLIB_CODEC_ZLIB = 1,
    JOBLIB_CODEC_GZIP = 2,
    JOBLIB_CODEC_BZ2 = 3,
    JOBLIB_CODEC_XZ = 4,
    JOBLIB_CODEC_LZMA = 5, /**< the older ".lzma" container */
    JOBLIB_CODEC_LZ4 = 6,  /**< lz4 frame */
    JOBLIB_CODEC_ZSTD = 7,
    JOBLIB_CODEC_ZF = 8 /**< joblib before 0.10 */
} joblib_codec;

/**
 * Names a codec as joblib does: "zlib", "gzip" …; "raw" for none, "unknown" for other
 * numbers.
 *
 * @return a constant string.   Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_codec_name(int codec);

/**
 * Tells whether this build reads a codec. Unknown numbers give false.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API bool joblib_codec_available(int codec);

#ifdef __cplusplus
}
#endif

#endif
