/* Streams of zlib and gzip that are damaged, followed by more, with other headers, or of a codec
   that this build lacks. */
#include <stdlib.h>
#include <zlib.h>

#include "joblib.h"
#include "support/chunked.h"
#include "support/test.h"

#define ZLIB 15
#define GZIP (15 + 16)

/* The pickle of a text of 400 letters, in no simple order. */
static size_t make_pickle(char out[512])
{
    memcpy(out, "\x80\3X\x90\1\0\0", 7);
    for (int i = 0; i < 400; i++) out[7 + i] = (char)('a' + i * i % 23 % 17);
    out[407] = '.';
    return 408;
}

static size_t deflate_to(const void *data, size_t size, int bits, unsigned char *out,
                         size_t room)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        exit(2);
    stream.next_in = (unsigned char *)data;
    stream.avail_in = (unsigned)size;
    stream.next_out = out;
    stream.avail_out = (unsigned)room;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) exit(2);
    deflateEnd(&stream);
    return room - stream.avail_out;
}

/* Loads from memory and byte by byte: both must say the same. */
static joblib_status load_both(const unsigned char *data, size_t size,
                               joblib_error *error)
{
    joblib_document *document = NULL;
    joblib_error other = JOBLIB_ERROR_INIT;
    struct chunked chunked = {.data = (const char *)data, .size = size, .chunk = 1};
    joblib_source source = chunked_source(&chunked);
    joblib_status status = joblib_load_memory(data, size, NULL, &document, error);
    joblib_document_release(document);
    joblib_status again = joblib_load_source(&source, NULL, &document, &other);
    joblib_document_release(document);
    CHECK_EQ_INT(again, status);
    CHECK_EQ_SIZE(other.offset, error->offset);
    CHECK_EQ_SIZE(other.file_offset, error->file_offset);
    return status;
}

/* joblib itself reads a second member for ever, or until memory ends (joblib#1161). */
static void refuses_a_second_stream(void)
{
    static const int kinds[] = {ZLIB, GZIP};
    char pickle[512];
    size_t size = make_pickle(pickle);
    for (size_t i = 0; i < 2; i++) {
        unsigned char file[2048];
        joblib_error error = JOBLIB_ERROR_INIT;
        size_t first = deflate_to(pickle, size, kinds[i], file, sizeof file);
        CHECK_EQ_INT(load_both(file, first, &error), JOBLIB_OK);
        size_t second = deflate_to("", 0, kinds[i], file + first, sizeof file - first);
        CHECK_EQ_INT(load_both(file, first + second, &error), JOBLIB_ERROR_TRAILING);
        CHECK_EQ_SIZE(error.file_offset, first);
    }
}

static void refuses_an_object_split_over_two_members(void)
{
    char pickle[512];
    unsigned char file[2048];
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t size = make_pickle(pickle);
    size_t first = deflate_to(pickle, 200, GZIP, file, sizeof file);
    size_t second =
        deflate_to(pickle + 200, size - 200, GZIP, file + first, sizeof file - first);
    CHECK_EQ_INT(load_both(file, first + second, &error), JOBLIB_ERROR_TRAILING);
}

static void refuses_zeros_behind_the_stream(void)
{
    char pickle[512];
    unsigned char file[2048] = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t size = make_pickle(pickle);
    size_t first = deflate_to(pickle, size, GZIP, file, sizeof file);
    memset(file + first, 0, 64);
    CHECK_EQ_INT(load_both(file, first + 64, &error), JOBLIB_ERROR_TRAILING);
}

/* Whether a document is the text of make_pickle(). */
static bool is_text(const joblib_document *document, const char *pickle)
{
    size_t size = 0;
    const char *text = joblib_value_text(joblib_document_root(document), &size);
    return text && size == 400 && memcmp(text, pickle + 7, size) == 0;
}

/* Loads a damaged file in both ways; counts what is read, which must be right. */
static size_t count_readings(const unsigned char *file, size_t size, const char *pickle)
{
    size_t count = 0;
    joblib_document *document = NULL;
    struct chunked chunked = {.data = (const char *)file, .size = size, .chunk = 7};
    joblib_source source = chunked_source(&chunked);
    for (int stream = 0; stream < 2; stream++) {
        joblib_status status =
            stream ? joblib_load_source(&source, NULL, &document, NULL)
                   : joblib_load_memory(file, size, NULL, &document, NULL);
        if (status != JOBLIB_OK) continue;
        CHECK(is_text(document, pickle));
        joblib_document_release(document);
        count++;
    }
    return count;
}

/* Some bits mean nothing: the time in gzip's header, what fills up the last byte. */
static void reads_no_wrong_value_from_a_flipped_bit(void)
{
    static const int kinds[] = {ZLIB, GZIP};
    char pickle[512];
    size_t size = make_pickle(pickle);
    for (size_t i = 0; i < 2; i++) {
        unsigned char file[2048];
        size_t readings = 0,
               whole = deflate_to(pickle, size, kinds[i], file, sizeof file);
        for (size_t bit = 0; bit < 8 * whole; bit++) {
            file[bit / 8] = (unsigned char)(file[bit / 8] ^ 1U << bit % 8);
            readings += count_readings(file, whole, pickle);
            file[bit / 8] = (unsigned char)(file[bit / 8] ^ 1U << bit % 8);
        }
        CHECK(readings < 2 * 8 * 20);
        CHECK(i == 0 || readings > 0);
    }
}

/* zlib with windows from 512 bytes up: the first byte of its header tells which. Two of these
   begin pickles and are left to them. */
static void reads_every_window(void)
{
    char pickle[512];
    size_t size = make_pickle(pickle);
    for (int bits = 9; bits <= 15; bits++) {
        unsigned char file[2048];
        joblib_error error = JOBLIB_ERROR_INIT;
        size_t whole = deflate_to(pickle, size, bits, file, sizeof file);
        CHECK_EQ_INT(file[0], 8 + 16 * (bits - 8));
        if (file[0] == '(' || file[0] == 'X') continue;
        CHECK_EQ_INT(load_both(file, whole, &error), JOBLIB_OK);
    }
}

/* A gzip member with fields in its header: an extra one of 65,535 bytes, a name, a comment. */
static void passes_over_long_header_fields(void)
{
    static unsigned char file[512 * 1024];
    char pickle[512];
    unsigned char member[2048];
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t size = make_pickle(pickle);
    size_t whole = deflate_to(pickle, size, GZIP, member, sizeof member);
    memcpy(file, member, 10);
    file[3] = 4 | 8 | 16;
    file[10] = file[11] = 0xff;
    memset(file + 12, 'n', 65535 + 100000);
    size_t at = 12 + 65535 + 100000;
    file[at] = file[at + 10] = '\0';
    memset(file + at + 1, 'c', 9);
    memcpy(file + at + 11, member + 10, whole - 10);
    CHECK_EQ_INT(load_both(file, at + 11 + whole - 10, &error), JOBLIB_OK);
    CHECK_EQ_INT(load_both(file, at + 5, &error), JOBLIB_ERROR_TRUNCATED);
}

/* Headers of codecs, as the first bytes of a file. */
static void names_codecs_that_this_build_lacks(void)
{
    static const struct {
        int codec;
        const char *header;
        size_t size;
    } files[] = {
        {JOBLIB_CODEC_BZ2, "BZh91AY&SY", 10},
        {JOBLIB_CODEC_XZ,
         "\xfd"
         "7zXZ\0\0\4\xe6\xd6\xb4\x46",
         12},
        {JOBLIB_CODEC_LZMA, "\x5d\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff", 13},
        {JOBLIB_CODEC_LZ4, "\4\"M\x18\x44\x40\x5e", 7},
        {JOBLIB_CODEC_ZF, "ZF0x10               ", 21},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char file[64] = "";
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        memcpy(file, files[i].header, files[i].size);
        if (joblib_codec_available(files[i].codec)) continue;
        joblib_status status =
            joblib_load_memory(file, sizeof file, NULL, &document, &error);
        CHECK_STATUS(status, &error, JOBLIB_ERROR_UNSUPPORTED_BUILD, 0);
        CHECK(strstr(error.message, joblib_codec_name(files[i].codec)) != NULL);
    }
}

int main(void)
{
    RUN(refuses_a_second_stream);
    RUN(refuses_an_object_split_over_two_members);
    RUN(refuses_zeros_behind_the_stream);
    RUN(reads_no_wrong_value_from_a_flipped_bit);
    RUN(reads_every_window);
    RUN(passes_over_long_header_fields);
    RUN(names_codecs_that_this_build_lacks);
    return test_finish();
}
