/* How users name codecs and levels: by words, by numbers, by the ends of file names. */
#include <string.h>

#include "base/try.h"
#include "codec/table.h"

/* Room for a list of all codecs. */
#define LIST_SIZE 96

/* Words for what joblib's `compress` may be beside codecs and levels, and what they choose
   where the name of the file does not. */
struct codec_word {
    const char *text;
    joblib_codec codec;
};

static const struct codec_word codec_words[] = {{"true", JOBLIB_CODEC_ZLIB},
                                                {"True", JOBLIB_CODEC_ZLIB},
                                                {"false", JOBLIB_CODEC_RAW},
                                                {"False", JOBLIB_CODEC_RAW},
                                                {"0", JOBLIB_CODEC_RAW}};

static int find_codec(const char *name, size_t size)
{
    const joblib_codec__row *row;
    for (int codec = 0; (row = joblib_codec__find_row(codec)); codec++) {
        if (strlen(row->name) == size && memcmp(row->name, name, size) == 0) return codec;
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
    const joblib_codec__row *row;
    for (int codec = 0; path && (row = joblib_codec__find_row(codec)); codec++) {
        if (row->extension && ends_with(path, row->extension)) return codec;
    }
    return JOBLIB_CODEC_RAW;
}

bool joblib_codec_level_range(int codec, int *default_out, int *min_out, int *max_out)
{
    const joblib_codec__row *row = joblib_codec__find_row(codec);
    joblib_codec__levels levels = row ? row->levels : (joblib_codec__levels){0, 0, 0};
    if (default_out) *default_out = levels.usual;
    if (min_out) *min_out = levels.lowest;
    if (max_out) *max_out = levels.highest;
    return levels.highest > 0;
}

/* A number of one or two digits; -1 for anything else. */
static int read_level(const char *text)
{
    size_t size = strspn(text, "0123456789");
    if (size == 0 || size > 2 || text[size] != '\0') return -1;
    return size == 1 ? text[0] - '0' : (text[0] - '0') * 10 + text[1] - '0';
}

/* "raw, zlib, ...": what can be written. */
static const char *list_codecs(char out[LIST_SIZE])
{
    const joblib_codec__row *row;
    size_t size = 0;
    for (int codec = 0; (row = joblib_codec__find_row(codec)); codec++) {
        size_t name_size = strlen(row->name);
        if (codec == JOBLIB_CODEC_ZF || size + name_size + 3 > LIST_SIZE) continue;
        if (size > 0) memcpy(out + size, ", ", 2), size += 2;
        memcpy(out + size, row->name, name_size);
        size += name_size;
    }
    out[size] = '\0';
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
