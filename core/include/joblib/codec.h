#ifndef JOBLIB_CODEC_H
#define JOBLIB_CODEC_H

/**
 * The containers of joblib files: no compression, or exactly one layer of it.
 */

#include <stdbool.h>

#include "joblib/error.h"
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

/** Stands for the level that joblib takes when none is given. */
#define JOBLIB_LEVEL_DEFAULT 0

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

/**
 * Finds a codec by the name that joblib_codec_name() gives, letter by letter.
 *
 * @return a joblib_codec; -1 for any other name, and for NULL.   Threads: any.   Since: 1.0
 */
JOBLIB_API int joblib_codec_from_name(const char *name);

/**
 * Finds the codec that joblib chooses for a file by the end of its name: ".z", ".gz", ".bz2",
 * ".xz", ".lzma" and ".lz4", in small letters only. The file is not looked at.
 *
 * @return a joblib_codec; JOBLIB_CODEC_RAW for any other name, and for NULL.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API int joblib_codec_from_extension(const char *path);

/**
 * Tells the levels of compression that a codec is written with: those of joblib, or of the
 * codec's own tools for zstd. Any pointer may be NULL.
 *
 *   | codec      | default | lowest | highest |
 *   |------------|---------|--------|---------|
 *   | zlib, gzip | 3       | 1      | 9       |
 *   | bz2        | 9       | 1      | 9       |
 *   | xz, lzma   | 6       | 1      | 9       |
 *   | lz4        | 0       | 0      | 9       |
 *   | zstd       | 3       | 1      | 19      |
 *
 * @return false for a codec without levels and for unknown numbers; all three are 0 then.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API bool joblib_codec_level_range(int codec, int *default_out, int *min_out,
                                         int *max_out);

/**
 * Chooses codec and level from what a user writes, `text`, and from the end of the file's
 * name, as joblib.dump() does from its arguments `compress` and `filename`.
 *
 *   | text                  | joblib                 | codec and level                        |
 *   |-----------------------|------------------------|----------------------------------------|
 *   | "xz", "zlib", "raw" ... | compress="xz"        | that codec, JOBLIB_LEVEL_DEFAULT       |
 *   | "xz:9", "zlib:1" ...  | compress=("xz", 9)     | that codec, that level                 |
 *   | "1" to "9"            | compress=1             | the name's codec or zlib, that level   |
 *   | "true"                | compress=True          | the name's codec or zlib, the default  |
 *   | "0", "false", NULL    | compress=0             | the name's codec or raw, the default   |
 *
 * `path` may be NULL: then no name chooses. A codec that this build lacks is no error here.
 *
 * @return JOBLIB_OK, or JOBLIB_ERROR_ARGUMENT with a message that tells what there is: a name
 *         of no codec that can be written, or a level out of its range. The outputs are
 *         JOBLIB_CODEC_RAW and JOBLIB_LEVEL_DEFAULT then.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API joblib_status joblib_codec_choose(const char *text, const char *path,
                                             int *codec_out, int *level_out,
                                             joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
