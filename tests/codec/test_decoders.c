/* Every codec: several streams, nesting, cuts, damage, bombs and limits. */
#include <stdlib.h>

#include "joblib.h"
#include "support/chunked.h"
#include "support/packed.h"
#include "support/test.h"

#define MIB ((size_t)1 << 20)

static const int codecs[] = {JOBLIB_CODEC_ZLIB, JOBLIB_CODEC_GZIP, JOBLIB_CODEC_BZ2,
                             JOBLIB_CODEC_XZ,   JOBLIB_CODEC_LZMA, JOBLIB_CODEC_LZ4,
                             JOBLIB_CODEC_ZSTD, JOBLIB_CODEC_ZF};

#define CODECS (sizeof codecs / sizeof *codecs)

/* Runs a case for each codec of this build. */
static void each_codec(void (*visit)(int codec))
{
    for (size_t i = 0; i < CODECS; i++) {
        if (joblib_codec_available(codecs[i])) visit(codecs[i]);
    }
}

/* The pickle of `size` bytes, in no simple order or all 0; free() it. */
static char *make_pickle(size_t size, bool zeros)
{
    char *pickle = calloc(size + 8, 1);
    memcpy(pickle, "\x80\3B", 3);
    for (size_t i = 0; i < 4; i++) pickle[3 + i] = (char)(size >> 8 * i);
    for (size_t i = 0; i < size && !zeros; i++)
        pickle[7 + i] = (char)(i * i % 23 % 17 + i / 1000);
    pickle[size + 7] = '.';
    return pickle;
}

static struct packed pack(int codec, const void *data, size_t size)
{
    return packed_as(codec, 3, data, size);
}

/* Loads from memory and in pieces of `chunk` bytes: both must say the same. */
static joblib_status load_both(struct packed file, size_t chunk,
                               const joblib_load_options *options, joblib_document **out,
                               joblib_error *error)
{
    joblib_document *document = NULL;
    joblib_error other = JOBLIB_ERROR_INIT;
    struct chunked chunked = {.data = (const char *)file.data,
                              .size = file.size,
                              .chunk = chunk};
    joblib_source source = chunked_source(&chunked);
    joblib_status status = joblib_load_source(&source, options, &document, &other);
    joblib_document_release(document);
    CHECK_EQ_INT(joblib_load_memory(file.data, file.size, options, &document, error),
                 status);
    CHECK_EQ_SIZE(other.offset, error->offset);
    CHECK_EQ_SIZE(other.file_offset, error->file_offset);
    if (out)
        *out = document;
    else
        joblib_document_release(document);
    return status;
}

static joblib_status load_status(struct packed file)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    return load_both(file, 1, NULL, NULL, &error);
}

static bool is_payload(const joblib_document *document, const char *pickle, size_t size)
{
    size_t found = 0;
    const char *bytes = joblib_value_bytes(joblib_document_root(document), &found);
    return bytes && found == size && memcmp(bytes, pickle + 7, size) == 0;
}

/* More than any buffer and any block but the largest of lz4. */
static void read_large(int codec)
{
    static const size_t chunks[] = {1, 1000, 3 * MIB};
    size_t size = MIB + 12345;
    char *pickle = make_pickle(size, false);
    struct packed file = pack(codec, pickle, size + 8);
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(load_both(file, chunks[i], NULL, &document, &error), &error);
        CHECK_EQ_INT(joblib_document_codec(document), codec);
        CHECK(is_payload(document, pickle, size));
        joblib_document_release(document);
    }
    free(file.data);
    free(pickle);
}

static void reads_large_values_in_any_pieces(void)
{
    each_codec(read_large);
}

/* joblib reads one stream of these, and more of the others. */
static bool is_one_stream(int codec)
{
    return codec == JOBLIB_CODEC_ZLIB || codec == JOBLIB_CODEC_GZIP ||
           codec == JOBLIB_CODEC_ZF;
}

static void read_split(int codec)
{
    char *pickle = make_pickle(400, false);
    struct packed file = pack(codec, pickle, 200);
    size_t first = file.size;
    packed_append(&file, pack(codec, "", 0));
    packed_append(&file, pack(codec, pickle + 200, 208));
    joblib_status expected = is_one_stream(codec) ? JOBLIB_ERROR_TRAILING : JOBLIB_OK;
    CHECK_EQ_INT(load_status(file), expected);
    for (size_t cut = first; cut < file.size && expected == JOBLIB_OK; cut++)
        CHECK_EQ_INT(load_status((struct packed){file.data, cut}),
                     JOBLIB_ERROR_TRUNCATED);
    free(file.data);
    free(pickle);
}

static void reads_a_value_in_several_streams_as_joblib_does(void)
{
    each_codec(read_split);
}

static void read_empty_streams(int codec)
{
    char *pickle = make_pickle(400, false);
    struct packed file = pack(codec, "", 0);
    if (is_one_stream(codec)) file.size = 0;
    for (int i = 0; i < 1100 && file.size > 0; i++)
        packed_append(&file, pack(codec, "", 0));
    packed_append(&file, pack(codec, pickle, 408));
    joblib_status expected = is_one_stream(codec) ? JOBLIB_OK : JOBLIB_ERROR_LIMIT;
    CHECK_EQ_INT(load_status(file), expected);
    free(file.data);
    free(pickle);
}

static void stops_at_endless_empty_streams(void)
{
    each_codec(read_empty_streams);
}

/* A stream in a stream: what is inside is a pickle, and no header is one. */
static void nest_codecs(int outer)
{
    char *pickle = make_pickle(400, false);
    for (size_t i = 0; i < CODECS; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        struct packed inner = pack(codecs[i], pickle, 408);
        if (!inner.data) continue;
        struct packed file = pack(outer, inner.data, inner.size);
        CHECK_EQ_INT(load_both(file, 1, NULL, NULL, &error), JOBLIB_ERROR_SYNTAX);
        CHECK(error.offset <= 1);
        free(inner.data);
        free(file.data);
    }
    free(pickle);
}

static void reads_one_layer_only(void)
{
    each_codec(nest_codecs);
}

static void cut_everywhere(int codec)
{
    char *pickle = make_pickle(400, false);
    struct packed file = pack(codec, pickle, 408);
    for (size_t cut = 0; cut < file.size; cut++)
        CHECK_EQ_INT(load_status((struct packed){file.data, cut}),
                     JOBLIB_ERROR_TRUNCATED);
    free(file.data);
    free(pickle);
}

static void notices_every_cut(void)
{
    each_codec(cut_everywhere);
}

/* Loads a damaged file in both ways. Where it is read, it must be right. */
static void load_damaged(struct packed file, const char *pickle)
{
    joblib_document *document = NULL;
    struct chunked chunked = {.data = (const char *)file.data,
                              .size = file.size,
                              .chunk = 7};
    joblib_source source = chunked_source(&chunked);
    if (joblib_load_source(&source, NULL, &document, NULL) == JOBLIB_OK)
        CHECK(is_payload(document, pickle, 400));
    joblib_document_release(document);
    if (joblib_load_memory(file.data, file.size, NULL, &document, NULL) == JOBLIB_OK)
        CHECK(is_payload(document, pickle, 400));
    joblib_document_release(document);
}

/* lzma alone has no checksum; for lz4 the test asks for one. */
static void flip_everywhere(int codec)
{
    if (codec == JOBLIB_CODEC_LZMA) return;
    char *pickle = make_pickle(400, false);
    struct packed file = pack(codec, pickle, 408);
    for (size_t bit = 0; bit < 8 * file.size; bit++) {
        file.data[bit / 8] ^= (unsigned char)(1U << bit % 8);
        load_damaged(file, pickle);
        file.data[bit / 8] ^= (unsigned char)(1U << bit % 8);
    }
    free(file.data);
    free(pickle);
}

static void reads_no_wrong_value_from_a_flipped_bit(void)
{
    each_codec(flip_everywhere);
}

/* What follows is not read: a source is asked for a piece or two of it. */
static void add_garbage(int codec)
{
    char *pickle = make_pickle(400, false);
    struct packed file = pack(codec, pickle, 408);
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t end = file.size;
    packed_append(&file, (struct packed){calloc(8, MIB), 8 * MIB});
    struct chunked chunked = {.data = (const char *)file.data,
                              .size = file.size,
                              .chunk = MIB};
    joblib_source source = chunked_source(&chunked);
    joblib_status status = joblib_load_source(&source, NULL, &document, &error);
    CHECK_EQ_INT(status, JOBLIB_ERROR_TRAILING);
    CHECK_EQ_SIZE(error.file_offset, end);
    CHECK(chunked.offset < 2 * MIB);
    free(file.data);
    free(pickle);
}

static void reports_what_follows_without_reading_it(void)
{
    each_codec(add_garbage);
}

static joblib_status load_bomb(struct packed file, uint64_t max_decoded)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.max_decoded = max_decoded;
    return load_both(file, 4096, &options, NULL, &error);
}

static void light_bomb(int codec)
{
    size_t size = 32 * MIB;
    char *pickle = make_pickle(size, true);
    struct packed file = pack(codec, pickle, size + 8);
    CHECK_EQ_INT(load_bomb(file, MIB), JOBLIB_ERROR_LIMIT);
    CHECK_EQ_INT(load_bomb(file, size + 7), JOBLIB_ERROR_LIMIT);
    CHECK_EQ_INT(load_bomb(file, size + 8), JOBLIB_OK);
    free(file.data);
    memcpy(pickle, "\x80\2N.", 4);
    file = pack(codec, pickle, size);
    CHECK_EQ_INT(load_bomb(file, 0), JOBLIB_ERROR_TRAILING);
    free(file.data);
    free(pickle);
}

static void ends_bombs_at_the_limit(void)
{
    each_codec(light_bomb);
}

static joblib_status load_within(struct packed file, uint64_t max_memory)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.max_memory = max_memory;
    return load_both(file, 4096, &options, NULL, &error);
}

/* The levels with the largest dictionary or window: 64 and 128 MiB. */
static void limits_the_memory_that_a_header_asks_for(void)
{
    static const struct {
        int codec, level;
        bool fits;
    } rows[] = {{JOBLIB_CODEC_XZ, 9, false},
                {JOBLIB_CODEC_LZMA, 9, false},
                {JOBLIB_CODEC_XZ, 3, true},
                {JOBLIB_CODEC_BZ2, 9, true},
                {JOBLIB_CODEC_LZ4, 9, true}};
    char *pickle = make_pickle(400, false);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct packed file = packed_as(rows[i].codec, rows[i].level, pickle, 408);
        if (!file.data) continue;
        joblib_status expected = rows[i].fits ? JOBLIB_OK : JOBLIB_ERROR_LIMIT;
        CHECK_EQ_INT(load_within(file, 16 * MIB), expected);
        CHECK_EQ_INT(load_within(file, 0), JOBLIB_OK);
        free(file.data);
    }
    free(pickle);
}

/* A frame that tells no size, with a window of 16 MiB, and a last block of 4 bytes. */
static void limits_the_window_of_zstd(void)
{
    static unsigned char frame[] = {0x28, 0xb5, 0x2f, 0xfd, 0,   14 << 3, 0x21,
                                    0,    0,    0x80, 2,    'N', '.'};
    struct packed file = {frame, sizeof frame};
    if (!joblib_codec_available(JOBLIB_CODEC_ZSTD)) return;
    CHECK_EQ_INT(load_within(file, 8 * MIB), JOBLIB_ERROR_LIMIT);
    CHECK_EQ_INT(load_within(file, 16 * MIB), JOBLIB_OK);
}

static void knows_the_codecs_of_the_build(void)
{
    CHECK_EQ_INT(joblib_codec_available(JOBLIB_CODEC_BZ2), JOBLIB_HAVE_BZ2);
    CHECK_EQ_INT(joblib_codec_available(JOBLIB_CODEC_XZ), JOBLIB_HAVE_LZMA);
    CHECK_EQ_INT(joblib_codec_available(JOBLIB_CODEC_LZMA), JOBLIB_HAVE_LZMA);
    CHECK_EQ_INT(joblib_codec_available(JOBLIB_CODEC_LZ4), JOBLIB_HAVE_LZ4);
    CHECK_EQ_INT(joblib_codec_available(JOBLIB_CODEC_ZSTD), JOBLIB_HAVE_ZSTD);
    CHECK(joblib_codec_available(JOBLIB_CODEC_ZF));
    CHECK(!joblib_codec_available(JOBLIB_CODEC_ZF + 1) && !joblib_codec_available(-1));
}

int main(void)
{
    RUN(knows_the_codecs_of_the_build);
    RUN(reads_large_values_in_any_pieces);
    RUN(reads_a_value_in_several_streams_as_joblib_does);
    RUN(stops_at_endless_empty_streams);
    RUN(reads_one_layer_only);
    RUN(notices_every_cut);
    RUN(reads_no_wrong_value_from_a_flipped_bit);
    RUN(reports_what_follows_without_reading_it);
    RUN(ends_bombs_at_the_limit);
    RUN(limits_the_memory_that_a_header_asks_for);
    RUN(limits_the_window_of_zstd);
    return test_finish();
}
