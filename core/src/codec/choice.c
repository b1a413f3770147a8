/* How codecs are written, and how users choose one: by words, by levels, by the ends of file
   names. */
#include <stdio.h>
#include <string.h>

#include "base/try.h"
#include "codec/encode/encoders.h"

/* Codecs that this build lacks. */
#if !JOBLIB_HAVE_LIBDEFLATE
#define joblib_codec__whole_encoder NULL
#endif
#if !JOBLIB_HAVE_BZ2
#define joblib_codec__bz2_encoder NULL
#endif
#if !JOBLIB_HAVE_LZMA
#define joblib_codec__lzma_encoder NULL
#endif
#if !JOBLIB_HAVE_LZ4
#define joblib_codec__lz4_encoder NULL
#endif
#if !JOBLIB_HAVE_ZSTD
#define joblib_codec__zstd_encoder NULL
#endif

/* What fast compression is asked for is time: level 1 of libdeflate takes 0.3 to 0.5 of that of
   zlib's level 3, and up to an eighth more bytes; its level 3 takes up to 0.7. */
#define FAST_LEVEL 1

static const joblib_codec__writing writing_rows[] = {
    [JOBLIB_CODEC_RAW] = {NULL, 0, 0, 0, 0, NULL, NULL},
    [JOBLIB_CODEC_ZLIB] = {".z", 3, 1, 9, FAST_LEVEL, joblib_codec__zlib_encoder,
                           joblib_codec__whole_encoder},
    [JOBLIB_CODEC_GZIP] = {".gz", 3, 1, 9, FAST_LEVEL, joblib_codec__zlib_encoder,
                           joblib_codec__whole_encoder},
    [JOBLIB_CODEC_BZ2] = {".bz2", 9, 1, 9, 0, joblib_codec__bz2_encoder, NULL},
    [JOBLIB_CODEC_XZ] = {".xz", 6, 1, 9, 0, joblib_codec__lzma_encoder, NULL},
    [JOBLIB_CODEC_LZMA] = {".lzma", 6, 1, 9, 0, joblib_codec__lzma_encoder, NULL},
    [JOBLIB_CODEC_LZ4] = {".lz4", 0, 0, 9, 0, joblib_codec__lz4_encoder, NULL},
    [JOBLIB_CODEC_ZSTD] = {NULL, 3, 1, 19, 0, joblib_codec__zstd_encoder, NULL},
    [JOBLIB_CODEC_ZF] = {NULL, 0, 0, 0, 0, NULL, NULL},
};

const joblib_codec__writing *joblib_codec__find_writing(int codec)
{
    const int count = (int)(sizeof writing_rows / sizeof writing_rows[0]);
    return codec >= 0 && codec < count ? &writing_rows[codec] : NULL;
}

/* Room for a list of all codecs. */
#define LIST_SIZE 96

/* Words for what joblib's `compress` may be beside codecs and levels, and what they choose
   where the name of the file does not. */
struct codec_word {
    const char *text;
    int codec;
};

static const struct codec_word codec_words[] = {{"true", JOBLIB_CODEC_ZLIB},
                                                {"True", JOBLIB_CODEC_ZLIB},
                                                {"false", JOBLIB_CODEC_RAW},
                                                {"False", JOBLIB_CODEC_RAW},
                                                {"0", JOBLIB_CODEC_RAW}};

static int find_codec(const char *name, size_t size)
{
    for (int codec = 0; joblib_codec__find_writing(codec); codec++) {
        const char *found = joblib_codec_name(codec);
        if (strlen(found) == size && memcmp(found, name, size) == 0) return codec;
    }
    return -1;
}

int joblib_codec_from_name(const char *name)
{
    return name ? find_codec(name, strlen(name)) : -1;
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), end_size = strlen(end);
    return size >= end_size && memcmp(text + size - end_size, end, end_size) == 0;
}

int joblib_codec_from_extension(const char *path)
{
    const joblib_codec__writing *row;
    for (int codec = 0; path && (row = joblib_codec__find_writing(codec)); codec++) {
        if (row->extension && ends_with(path, row->extension)) return codec;
    }
    return JOBLIB_CODEC_RAW;
}

bool joblib_codec_level_range(int codec, int *default_out, int *min_out, int *max_out)
{
    const joblib_codec__writing *row = joblib_codec__find_writing(codec);
    if (default_out) *default_out = row ? row->usual : 0;
    if (min_out) *min_out = row ? row->lowest : 0;
    if (max_out) *max_out = row ? row->highest : 0;
    return row && row->highest > 0;
}

/* A number of one or two digits; -1 for anything else. */
static int read_level(const char *text)
{
    size_t size = strspn(text, "0123456789");
    if (size == 0 || size > 2 || text[size] != '\0') return -1;
    return size == 1 ? text[0] - '0' : (text[0] - '0') * 10 + text[1] - '0';
}

/* "raw, zlib, ...": what can be written. ZF, the last one, is not. */
static const char *list_codecs(char out[LIST_SIZE])
{
    size_t size = 0;
    for (int codec = 0; codec < JOBLIB_CODEC_ZF && size < LIST_SIZE; codec++) {
        size += (size_t)snprintf(out + size, LIST_SIZE - size, "%s%s",
                                 codec > 0 ? ", " : "", joblib_codec_name(codec));
    }
    return out;
}

static joblib_status parse_level(const char *text, int codec, int *level_out,
                                 joblib_error *error)
{
    char escaped[JOBLIB_ESCAPED_SIZE];
    const char *shown = joblib_base__escape(escaped, text, strlen(text));
    const char *name = joblib_codec_name(codec);
    int level = read_level(text), lowest, highest;
    JOBLIB_REQUIRE(joblib_codec_level_range(codec, NULL, &lowest, &highest),
                   JOBLIB_ERROR_ARGUMENT, "level \"%s\": %s has no levels", shown, name);
    JOBLIB_REQUIRE(level >= lowest && level <= highest, JOBLIB_ERROR_ARGUMENT,
                   "level \"%s\": the levels of %s are %d to %d", shown, name, lowest,
                   highest);
    *level_out = level;
    return JOBLIB_OK;
}

/* A codec, with a level or without. */
static joblib_status parse_codec(const char *text, int *codec_out, int *level_out,
                                 joblib_error *error)
{
    char escaped[JOBLIB_ESCAPED_SIZE], list[LIST_SIZE];
    const char *colon = strchr(text, ':');
    size_t size = colon ? (size_t)(colon - text) : strlen(text);
    int codec = find_codec(text, size);
    JOBLIB_REQUIRE(codec >= 0 && codec != JOBLIB_CODEC_ZF, JOBLIB_ERROR_ARGUMENT,
                   "codec \"%s\": codecs are %s; a level may follow, as in \"xz:6\"",
                   joblib_base__escape(escaped, text, size), list_codecs(list));
    if (colon) JOBLIB_TRY(parse_level(colon + 1, codec, level_out, error));
    *codec_out = codec;
    return JOBLIB_OK;
}

/* The codec of a word; -1 for other texts. */
static int find_word(const char *text)
{
    for (size_t i = 0; i < sizeof codec_words / sizeof *codec_words; i++) {
        if (strcmp(text, codec_words[i].text) == 0) return codec_words[i].codec;
    }
    return -1;
}

joblib_status joblib_codec_choose(const char *text, const char *path, int *codec_out,
                                  int *level_out, joblib_error *error)
{
    JOBLIB_REQUIRE(codec_out && level_out, JOBLIB_ERROR_ARGUMENT,
                   "codec_out or level_out is NULL");
    *codec_out = JOBLIB_CODEC_RAW;
    *level_out = JOBLIB_LEVEL_DEFAULT;
    if (!text) text = "0";
    int named = joblib_codec_from_extension(path);
    int codec = find_word(text);
    if (codec < 0 && read_level(text) < 0)
        return parse_codec(text, codec_out, level_out, error);
    bool has_level = codec < 0;
    if (has_level) codec = JOBLIB_CODEC_ZLIB;
    if (named != JOBLIB_CODEC_RAW) codec = named;
    if (has_level) JOBLIB_TRY(parse_level(text, codec, level_out, error));
    *codec_out = codec;
    return JOBLIB_OK;
}

#undef LIST_SIZE
#undef FAST_LEVEL
