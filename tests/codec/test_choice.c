/* How users name codecs and levels. */
#include "joblib.h"
#include "support/test.h"

static void finds_codecs_by_their_names(void)
{
    for (int codec = JOBLIB_CODEC_RAW; codec <= JOBLIB_CODEC_ZF; codec++)
        CHECK_EQ_INT(joblib_codec_from_name(joblib_codec_name(codec)), codec);
    static const char *const others[] = {"", "Zlib", "zli", "zlib ", "zf", "unknown"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK_EQ_INT(joblib_codec_from_name(others[i]), -1);
    CHECK_EQ_INT(joblib_codec_from_name(NULL), -1);
}

struct path_row {
    const char *path;
    int codec;
};

/* What joblib 1.6.0 wrote for `dump(None, path)`, by the first bytes of the files. */
static void finds_codecs_by_the_ends_of_names(void)
{
    static const struct path_row rows[] = {
        {"a.z", JOBLIB_CODEC_ZLIB},       {"a.gz", JOBLIB_CODEC_GZIP},
        {"a.bz2", JOBLIB_CODEC_BZ2},      {"a.xz", JOBLIB_CODEC_XZ},
        {"a.lzma", JOBLIB_CODEC_LZMA},    {"a.lz4", JOBLIB_CODEC_LZ4},
        {".gz", JOBLIB_CODEC_GZIP},       {"a.gz.xz", JOBLIB_CODEC_XZ},
        {"a.GZ", JOBLIB_CODEC_RAW},       {"a.gz2", JOBLIB_CODEC_RAW},
        {"gz", JOBLIB_CODEC_RAW},         {"a.gz/b", JOBLIB_CODEC_RAW},
        {"a.joblib", JOBLIB_CODEC_RAW},   {"", JOBLIB_CODEC_RAW},
        {"a.zst", JOBLIB_CODEC_RAW},      {"a.lz", JOBLIB_CODEC_RAW},
        {"a.joblib.z", JOBLIB_CODEC_ZLIB}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_EQ_INT(joblib_codec_from_extension(rows[i].path), rows[i].codec);
    CHECK_EQ_INT(joblib_codec_from_extension(NULL), JOBLIB_CODEC_RAW);
}

struct range_row {
    int codec, usual, lowest, highest;
};

static void tells_the_levels(void)
{
    static const struct range_row rows[] = {
        {JOBLIB_CODEC_ZLIB, 3, 1, 9}, {JOBLIB_CODEC_GZIP, 3, 1, 9},
        {JOBLIB_CODEC_BZ2, 9, 1, 9},  {JOBLIB_CODEC_XZ, 6, 1, 9},
        {JOBLIB_CODEC_LZMA, 6, 1, 9}, {JOBLIB_CODEC_LZ4, 0, 0, 9},
        {JOBLIB_CODEC_ZSTD, 3, 1, 19}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int usual = -1, lowest = -1, highest = -1;
        CHECK(joblib_codec_level_range(rows[i].codec, &usual, &lowest, &highest));
        CHECK_EQ_INT(usual, rows[i].usual);
        CHECK_EQ_INT(lowest, rows[i].lowest);
        CHECK_EQ_INT(highest, rows[i].highest);
        CHECK(joblib_codec_level_range(rows[i].codec, NULL, NULL, NULL));
    }
}

static void tells_which_codecs_have_no_levels(void)
{
    static const int codecs[] = {-1, JOBLIB_CODEC_RAW, JOBLIB_CODEC_ZF, 99};
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        int usual = -1, lowest = -1, highest = -1;
        CHECK(!joblib_codec_level_range(codecs[i], &usual, &lowest, &highest));
        CHECK_EQ_INT(usual, 0);
        CHECK_EQ_INT(lowest, 0);
        CHECK_EQ_INT(highest, 0);
    }
}

struct text_row {
    const char *text;
    int codec, level;
};

static void reads_texts(void)
{
    static const struct text_row rows[] = {
        {"zlib", JOBLIB_CODEC_ZLIB, 0},     {"zlib:3", JOBLIB_CODEC_ZLIB, 3},
        {"gzip:9", JOBLIB_CODEC_GZIP, 9},   {"bz2:1", JOBLIB_CODEC_BZ2, 1},
        {"xz:6", JOBLIB_CODEC_XZ, 6},       {"lzma", JOBLIB_CODEC_LZMA, 0},
        {"lz4:0", JOBLIB_CODEC_LZ4, 0},     {"lz4:9", JOBLIB_CODEC_LZ4, 9},
        {"zstd:19", JOBLIB_CODEC_ZSTD, 19}, {"raw", JOBLIB_CODEC_RAW, 0},
        {"0", JOBLIB_CODEC_RAW, 0},         {"1", JOBLIB_CODEC_ZLIB, 1},
        {"9", JOBLIB_CODEC_ZLIB, 9},        {"true", JOBLIB_CODEC_ZLIB, 0},
        {"True", JOBLIB_CODEC_ZLIB, 0},     {"false", JOBLIB_CODEC_RAW, 0},
        {"False", JOBLIB_CODEC_RAW, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        int codec = -1, level = -1;
        CHECK_OK(joblib_codec_choose(rows[i].text, NULL, &codec, &level, &error), &error);
        CHECK_EQ_INT(codec, rows[i].codec);
        CHECK_EQ_INT(level, rows[i].level);
    }
}

struct refused_row {
    const char *text, *message;
};

#define CODECS \
    "codecs are raw, zlib, gzip, bz2, xz, lzma, lz4, zstd; a level may follow, as in " \
    "\"xz:6\""

static void refuses_other_texts(void)
{
    static const struct refused_row rows[] = {
        {"", "codec \"\": " CODECS},
        {"ZF", "codec \"ZF\": " CODECS},
        {"zip\n", "codec \"zip\\x0a\": " CODECS},
        {"-1", "codec \"-1\": " CODECS},
        {"100", "codec \"100\": " CODECS},
        {"3:zlib", "codec \"3\": " CODECS},
        {"10", "level \"10\": the levels of zlib are 1 to 9"},
        {"zlib:0", "level \"0\": the levels of zlib are 1 to 9"},
        {"zlib:", "level \"\": the levels of zlib are 1 to 9"},
        {"xz:+1", "level \"+1\": the levels of xz are 1 to 9"},
        {"xz: 1", "level \" 1\": the levels of xz are 1 to 9"},
        {"bz2:1:2", "level \"1:2\": the levels of bz2 are 1 to 9"},
        {"lz4:10", "level \"10\": the levels of lz4 are 0 to 9"},
        {"zstd:20", "level \"20\": the levels of zstd are 1 to 19"},
        {"raw:1", "level \"1\": raw has no levels"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        int codec = -1, level = -1;
        CHECK_STATUS(joblib_codec_choose(rows[i].text, NULL, &codec, &level, &error),
                     &error, JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
        CHECK_EQ_TEXT(error.message, rows[i].message);
        CHECK_EQ_INT(codec, JOBLIB_CODEC_RAW);
        CHECK_EQ_INT(level, JOBLIB_LEVEL_DEFAULT);
    }
}

struct both_row {
    const char *text, *path;
    int codec, level;
};

/* What joblib 1.6.0 wrote for `dump(None, path, compress)`. */
static void lets_the_name_choose_where_no_codec_is_named(void)
{
    static const struct both_row rows[] = {
        {NULL, "a.gz", JOBLIB_CODEC_GZIP, 0},    {NULL, "a", JOBLIB_CODEC_RAW, 0},
        {NULL, NULL, JOBLIB_CODEC_RAW, 0},       {"0", "a.gz", JOBLIB_CODEC_GZIP, 0},
        {"false", "a.xz", JOBLIB_CODEC_XZ, 0},   {"true", "a.lz4", JOBLIB_CODEC_LZ4, 0},
        {"true", "a", JOBLIB_CODEC_ZLIB, 0},     {"3", "a.lz4", JOBLIB_CODEC_LZ4, 3},
        {"3", "a.xz", JOBLIB_CODEC_XZ, 3},       {"3", "a", JOBLIB_CODEC_ZLIB, 3},
        {"gzip:1", "a.z", JOBLIB_CODEC_GZIP, 1}, {"raw", "a.z", JOBLIB_CODEC_RAW, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        int codec = -1, level = -1;
        CHECK_OK(joblib_codec_choose(rows[i].text, rows[i].path, &codec, &level, &error),
                 &error);
        CHECK_EQ_INT(codec, rows[i].codec);
        CHECK_EQ_INT(level, rows[i].level);
    }
}

static void refuses_null_outputs(void)
{
    int codec, level;
    CHECK_EQ_INT(joblib_codec_choose("1", NULL, NULL, &level, NULL),
                 JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_codec_choose("1", NULL, &codec, NULL, NULL),
                 JOBLIB_ERROR_ARGUMENT);
}

int main(void)
{
    RUN(finds_codecs_by_their_names);
    RUN(finds_codecs_by_the_ends_of_names);
    RUN(tells_the_levels);
    RUN(tells_which_codecs_have_no_levels);
    RUN(reads_texts);
    RUN(refuses_other_texts);
    RUN(lets_the_name_choose_where_no_codec_is_named);
    RUN(refuses_null_outputs);
    return test_finish();
}

#undef CODECS
