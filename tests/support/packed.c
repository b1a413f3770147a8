#include "support/packed.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "joblib/codec.h"

#if JOBLIB_HAVE_BZ2
#include <bzlib.h>
#endif
#if JOBLIB_HAVE_LZMA
#include <lzma.h>
#endif
#if JOBLIB_HAVE_LZ4
#include <lz4frame.h>
#endif
#if JOBLIB_HAVE_ZSTD
#include <zstd.h>
#endif

/* Room for any of the codecs, whatever the data. */
static size_t room_for(size_t size)
{
    return size + size / 16 + 4096;
}

/* ISIZE, CRC and header of gzip come with 16 more bits of the window. */
static size_t pack_deflate(int codec, int level, const void *data, size_t size,
                           unsigned char *out)
{
    z_stream stream = {0};
    int bits = codec == JOBLIB_CODEC_GZIP ? 15 + 16 : 15;
    if (deflateInit2(&stream, level, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    stream.next_in = (unsigned char *)(uintptr_t)data;
    stream.avail_in = (unsigned)size;
    stream.next_out = out;
    stream.avail_out = (unsigned)room_for(size);
    int code = deflate(&stream, Z_FINISH);
    deflateEnd(&stream);
    return code == Z_STREAM_END ? (size_t)stream.total_out : 0;
}

static size_t pack_zf(int level, const void *data, size_t size, unsigned char *out)
{
    uLongf written = (uLongf)room_for(size) - 32;
    int header = sprintf((char *)out, "ZF0x%-17zx", size);
    int code = compress2(out + header, &written, data, (uLong)size, level);
    return code == Z_OK ? (size_t)header + written : 0;
}

static size_t pack_bz2(int level, const void *data, size_t size, unsigned char *out)
{
#if JOBLIB_HAVE_BZ2
    unsigned written = (unsigned)room_for(size);
    int code = BZ2_bzBuffToBuffCompress((char *)out, &written, (char *)(uintptr_t)data,
                                        (unsigned)size, level, 0, 0);
    return code == BZ_OK ? written : 0;
#else
    (void)level, (void)data, (void)size, (void)out;
    return 0;
#endif
}

static size_t pack_lzma(int codec, int level, const void *data, size_t size,
                        unsigned char *out)
{
#if JOBLIB_HAVE_LZMA
    lzma_stream stream = LZMA_STREAM_INIT;
    lzma_options_lzma options;
    if (lzma_lzma_preset(&options, (uint32_t)level)) return 0;
    lzma_ret code = codec == JOBLIB_CODEC_XZ
                        ? lzma_easy_encoder(&stream, (uint32_t)level, LZMA_CHECK_CRC64)
                        : lzma_alone_encoder(&stream, &options);
    stream.next_in = data;
    stream.avail_in = size;
    stream.next_out = out;
    stream.avail_out = room_for(size);
    if (code == LZMA_OK) code = lzma_code(&stream, LZMA_FINISH);
    lzma_end(&stream);
    return code == LZMA_STREAM_END ? (size_t)stream.total_out : 0;
#else
    (void)codec, (void)level, (void)data, (void)size, (void)out;
    return 0;
#endif
}

static size_t pack_lz4(int level, const void *data, size_t size, unsigned char *out)
{
#if JOBLIB_HAVE_LZ4
    LZ4F_preferences_t preferences = {0};
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    preferences.compressionLevel = level;
    size_t written = LZ4F_compressFrame(out, room_for(size), data, size, &preferences);
    return LZ4F_isError(written) ? 0 : written;
#else
    (void)level, (void)data, (void)size, (void)out;
    return 0;
#endif
}

static size_t pack_zstd(int level, const void *data, size_t size, unsigned char *out)
{
#if JOBLIB_HAVE_ZSTD
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    size_t written = ZSTD_compress2(context, out, room_for(size), data, size);
    ZSTD_freeCCtx(context);
    return ZSTD_isError(written) ? 0 : written;
#else
    (void)level, (void)data, (void)size, (void)out;
    return 0;
#endif
}

struct packed packed_as(int codec, int level, const void *data, size_t size)
{
    struct packed packed = {malloc(room_for(size)), 0};
    if (codec == JOBLIB_CODEC_ZLIB || codec == JOBLIB_CODEC_GZIP)
        packed.size = pack_deflate(codec, level, data, size, packed.data);
    else if (codec == JOBLIB_CODEC_ZF)
        packed.size = pack_zf(level, data, size, packed.data);
    else if (codec == JOBLIB_CODEC_BZ2)
        packed.size = pack_bz2(level, data, size, packed.data);
    else if (codec == JOBLIB_CODEC_XZ || codec == JOBLIB_CODEC_LZMA)
        packed.size = pack_lzma(codec, level, data, size, packed.data);
    else if (codec == JOBLIB_CODEC_LZ4)
        packed.size = pack_lz4(level, data, size, packed.data);
    else if (codec == JOBLIB_CODEC_ZSTD)
        packed.size = pack_zstd(level, data, size, packed.data);
    if (packed.size > 0) return packed;
    free(packed.data);
    return (struct packed){NULL, 0};
}

void packed_append(struct packed *packed, struct packed more)
{
    packed->data = realloc(packed->data, packed->size + more.size);
    memcpy(packed->data + packed->size, more.data, more.size);
    packed->size += more.size;
    free(more.data);
}
