#include "support/encoded.h"

#include <string.h>
#include <zlib.h>

#if JOBLIB_HAVE_BZ2
#include <bzlib.h>
#endif
#if JOBLIB_HAVE_LZMA
#include <lzma.h>
#endif
#if JOBLIB_HAVE_LZ4
#include <lz4.h>
#endif

/* The version of the library that runs; NULL for codecs that joblib does not write. */
static const char *library_version(int codec)
{
    switch (codec) {
    case JOBLIB_CODEC_ZLIB:
    case JOBLIB_CODEC_GZIP:
        return zlibVersion();
#if JOBLIB_HAVE_BZ2
    case JOBLIB_CODEC_BZ2:
        return BZ2_bzlibVersion();
#endif
#if JOBLIB_HAVE_LZMA
    case JOBLIB_CODEC_XZ:
    case JOBLIB_CODEC_LZMA:
        return lzma_version_string();
#endif
#if JOBLIB_HAVE_LZ4
    case JOBLIB_CODEC_LZ4:
        return LZ4_versionString();
#endif
    default:
        return NULL;
    }
}

bool encodes_as_recorded(int codec)
{
    static const char *const recorded[] = {
        [JOBLIB_CODEC_ZLIB] = "1.2.13", [JOBLIB_CODEC_GZIP] = "1.2.13",
        [JOBLIB_CODEC_BZ2] = "1.0.8",   [JOBLIB_CODEC_XZ] = "5.4.1",
        [JOBLIB_CODEC_LZMA] = "5.4.1",  [JOBLIB_CODEC_LZ4] = "1.9.4"};
    const char *version = library_version(codec);
    /* libbz2 adds its date. */
    return version && strncmp(version, recorded[codec], strlen(recorded[codec])) == 0;
}

static joblib_status write_pieces(joblib_codec__encoder *encoder, const char *data,
                                  size_t size, size_t piece, joblib_error *error)
{
    for (size_t at = 0; at < size; at += piece) {
        size_t now = size - at < piece ? size - at : piece;
        joblib_status status =
            joblib_codec__encoder_write(encoder, data + at, now, error);
        if (status != JOBLIB_OK) return status;
    }
    return joblib_codec__encoder_finish(encoder, error);
}

joblib_status encode_into(struct collected *out, const joblib_codec__encoding *what,
                          const joblib_allocator *allocator, const void *data,
                          size_t size, size_t piece, joblib_error *error)
{
    joblib_codec__encoder *encoder;
    joblib_sink sink = collect_into(out);
    joblib_status status =
        joblib_codec__encoder_open(what, &sink, allocator, &encoder, error);
    if (status != JOBLIB_OK) return status;
    status = write_pieces(encoder, data, size, piece, error);
    joblib_codec__encoder_close(encoder);
    return status;
}
