/* Encoders of every codec: what comes back, and what happens when something fails. */
#include <stdlib.h>

#include "joblib.h"
#include "support/decoded.h"
#include "support/encoded.h"
#include "support/fault.h"
#include "support/test.h"

#define MIB ((size_t)1 << 20)

/* Each codec that is written, at its default level; zlib and gzip fast, too. */
static const joblib_codec__encoding encodings[] = {
    {.codec = JOBLIB_CODEC_ZLIB},
    {.codec = JOBLIB_CODEC_GZIP},
    {.codec = JOBLIB_CODEC_BZ2, .level = 1},
    {.codec = JOBLIB_CODEC_XZ, .level = 1},
    {.codec = JOBLIB_CODEC_XZ, .level = 1, .unchecked = true},
    {.codec = JOBLIB_CODEC_LZMA, .level = 1},
    {.codec = JOBLIB_CODEC_LZ4},
    {.codec = JOBLIB_CODEC_ZSTD},
    {.codec = JOBLIB_CODEC_ZLIB, .fast = true},
    {.codec = JOBLIB_CODEC_GZIP, .fast = true},
};

static void each_encoding(void (*visit)(const joblib_codec__encoding *what))
{
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        if (joblib_codec_available(encodings[i].codec)) visit(&encodings[i]);
    }
}

/* Bytes behind the mark of a pickle: noise, which no
   codec makes smaller by much, or a text that repeats. free() it. */
static char *make_data(size_t size, bool noisy)
{
    char *data = malloc(size + 2);
    uint32_t noise = 1;
    for (size_t i = 0; i < size; i++) {
        noise = noise * 1664525u + 1013904223u;
        data[i] = noisy ? (char)(noise >> 24) : (char)(i * i % 23 % 17 + i / 1000);
    }
    memcpy(data, "\x80\3", 2);
    return data;
}

static void check_back(const struct collected *out, const char *data, size_t size)
{
    struct vector_bytes file = {out->text, out->size};
    struct vector_bytes back = decoded_from(&file);
    CHECK_EQ_SIZE(back.size, size);
    if (back.size == size) CHECK_EQ_BYTES(back.data, data, size);
    free(back.data);
}

static void encode_levels(const joblib_codec__encoding *what)
{
    int lowest, usual, highest;
    char *data = make_data(70000, false);
    joblib_codec_level_range(what->codec, &usual, &lowest, &highest);
    const int levels[] = {lowest, usual, highest, JOBLIB_LEVEL_DEFAULT};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        struct collected out = {0};
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_codec__encoding at = *what;
        at.level = levels[i];
        CHECK_OK(encode_into(&out, &at, NULL, data, 70000, 70000, &error), &error);
        check_back(&out, data, 70000);
        free(out.text);
    }
    free(data);
}

static void writes_what_can_be_read_at_all_levels(void)
{
    each_encoding(encode_levels);
}

static void encode_nothing(const joblib_codec__encoding *what)
{
    struct collected out = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(encode_into(&out, what, NULL, "", 0, 1, &error), &error);
    check_back(&out, "", 0);
    free(out.text);
}

static void writes_streams_of_nothing(void)
{
    each_encoding(encode_nothing);
}

/* lz4 has other bytes for other pieces from 1 MiB on. */
static void encode_pieces(const joblib_codec__encoding *what)
{
    static const size_t pieces[] = {1, MIB - 1};
    size_t size = what->codec == JOBLIB_CODEC_LZ4 ? MIB : MIB + 70000;
    char *data = make_data(size, false);
    struct collected whole = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(encode_into(&whole, what, NULL, data, size, size, &error), &error);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct collected out = {0};
        CHECK_OK(encode_into(&out, what, NULL, data, size, pieces[i], &error), &error);
        CHECK_EQ_SIZE(out.size, whole.size);
        if (out.size == whole.size) CHECK_EQ_BYTES(out.text, whole.text, out.size);
        free(out.text);
    }
    check_back(&whole, data, size);
    free(whole.text);
    free(data);
}

static void gives_the_same_bytes_for_any_pieces(void)
{
    each_encoding(encode_pieces);
}

/* Sizes around the blocks of 64 KiB, and pieces that pass the buffer by. */
static void reads_lz4_of_any_pieces(void)
{
    static const size_t pieces[] = {65535, 1048575, 1048577, 1114112, 1179647, 1310721};
    const joblib_codec__encoding what = {.codec = JOBLIB_CODEC_LZ4, .level = 3};
    size_t size = 3 * MIB + 12345;
    char *data = make_data(size, false);
    if (!joblib_codec_available(what.codec)) size = 0;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces && size > 0; i++) {
        struct collected out = {0};
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK_OK(encode_into(&out, &what, NULL, data, size, pieces[i], &error), &error);
        check_back(&out, data, size);
        free(out.text);
    }
    free(data);
}

static void encode_at_speed(const joblib_codec__encoding *what)
{
    char *data = make_data(100000, false);
    struct collected slow = {0}, fast = {0};
    joblib_codec__encoding other = *what;
    other.fast = false;
    encode_into(&slow, &other, NULL, data, 100000, 4096, NULL);
    other.fast = true;
    encode_into(&fast, &other, NULL, data, 100000, 4096, NULL);
    bool same = slow.size == fast.size && memcmp(slow.text, fast.text, slow.size) == 0;
    bool deflate = what->codec == JOBLIB_CODEC_ZLIB || what->codec == JOBLIB_CODEC_GZIP;
    CHECK_EQ_INT(same, !(deflate && JOBLIB_HAVE_LIBDEFLATE));
    check_back(&fast, data, 100000);
    free(slow.text);
    free(fast.text);
    free(data);
}

static void is_fast_for_zlib_and_gzip_only(void)
{
    each_encoding(encode_at_speed);
}

static size_t encoded_size(joblib_codec__encoding what, int level, const char *data,
                           size_t size)
{
    struct collected out = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    what.level = level;
    CHECK_OK(encode_into(&out, &what, NULL, data, size, size, &error), &error);
    free(out.text);
    return out.size;
}

/* Without a level joblib takes 3, and what is to be fast the fastest. */
static void takes_level_1_if_fast_and_3_if_not(void)
{
    char *data = make_data(MIB, true);
    for (size_t i = 0; i < MIB; i++) data[i] = (char)('a' + (unsigned char)data[i] % 5);
    for (int codec = JOBLIB_CODEC_ZLIB; codec <= JOBLIB_CODEC_GZIP; codec++) {
        joblib_codec__encoding what = {.codec = codec, .fast = true};
        size_t usual = encoded_size(what, JOBLIB_LEVEL_DEFAULT, data, MIB);
        int level = JOBLIB_HAVE_LIBDEFLATE ? 1 : 3,
            other = JOBLIB_HAVE_LIBDEFLATE ? 3 : 1;
        CHECK_EQ_SIZE(usual, encoded_size(what, level, data, MIB));
        CHECK(usual != encoded_size(what, other, data, MIB));
        what.fast = false;
        usual = encoded_size(what, JOBLIB_LEVEL_DEFAULT, data, MIB);
        CHECK_EQ_SIZE(usual, encoded_size(what, 3, data, MIB));
        CHECK(usual != encoded_size(what, 1, data, MIB));
    }
    free(data);
}

static void encode_with_faults(const joblib_codec__encoding *what)
{
    char *data = make_data(5000, false);
    joblib_status status = JOBLIB_ERROR_MEMORY;
    for (size_t at = 1; status == JOBLIB_ERROR_MEMORY && at < 100; at++) {
        struct fault fault = {.fail_at = at};
        struct collected out = {0};
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_allocator allocator = fault_allocator(&fault);
        status = encode_into(&out, what, &allocator, data, 5000, 1000, &error);
        CHECK_EQ_INT(error.status, status);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
        CHECK_EQ_INT(status == JOBLIB_OK, fault.allocations < at);
        free(out.text);
    }
    CHECK_EQ_INT(status, JOBLIB_OK);
    free(data);
}

static void reports_each_allocation_that_fails(void)
{
    each_encoding(encode_with_faults);
}

/* After a failure the encoder must refuse, whatever is asked. */
static void write_to_failing_sink(const joblib_codec__encoding *what, const char *data,
                                  size_t size, struct collected *out)
{
    struct fault fault = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_sink sink = collect_into(out);
    joblib_codec__encoder *encoder;
    CHECK_OK(joblib_codec__encoder_open(what, &sink, &allocator, &encoder, &error),
             &error);
    joblib_status status = joblib_codec__encoder_write(encoder, data, size, &error);
    if (status == JOBLIB_OK) status = joblib_codec__encoder_finish(encoder, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_CALLBACK, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message, "the disk is full");
    CHECK_EQ_INT(joblib_codec__encoder_write(encoder, data, 1, &error),
                 JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_TEXT(error.message, "the encoder has failed before");
    CHECK_EQ_INT(joblib_codec__encoder_finish(encoder, &error), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_SIZE(out->calls, out->fail_at);
    joblib_codec__encoder_close(encoder);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
}

static void encode_to_failing_sink(const joblib_codec__encoding *what)
{
    size_t size = MIB + MIB / 2;
    char *data = make_data(size, true);
    struct collected counted = {0};
    encode_into(&counted, what, NULL, data, size, size, NULL);
    for (size_t at = 1; at <= counted.calls; at++) {
        struct collected out = {.fail_at = at, .says = "the disk is full"};
        write_to_failing_sink(what, data, size, &out);
        free(out.text);
    }
    free(counted.text);
    free(data);
}

static void stops_at_each_failure_of_the_sink(void)
{
    each_encoding(encode_to_failing_sink);
}

static void finish_twice(const joblib_codec__encoding *what)
{
    struct collected out = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_sink sink = collect_into(&out);
    joblib_codec__encoder *encoder;
    CHECK_OK(joblib_codec__encoder_open(what, &sink, NULL, &encoder, &error), &error);
    CHECK_OK(joblib_codec__encoder_write(encoder, "N.", 2, &error), &error);
    CHECK_OK(joblib_codec__encoder_finish(encoder, &error), &error);
    size_t size = out.size;
    CHECK_STATUS(joblib_codec__encoder_finish(encoder, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message, "the stream of the encoder has ended");
    CHECK_EQ_INT(joblib_codec__encoder_write(encoder, "N", 1, NULL),
                 JOBLIB_ERROR_ARGUMENT);
    joblib_codec__encoder_close(encoder);
    CHECK_EQ_SIZE(out.size, size);
    check_back(&out, "N.", 2);
    free(out.text);
}

static void ends_once(void)
{
    each_encoding(finish_twice);
}

static void close_early(const joblib_codec__encoding *what)
{
    struct fault fault = {0};
    struct collected out = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_sink sink = collect_into(&out);
    joblib_codec__encoder *encoder;
    joblib_codec__encoder_open(what, &sink, &allocator, &encoder, NULL);
    CHECK_EQ_INT(joblib_codec__encoder_write(encoder, "some", 4, NULL), JOBLIB_OK);
    CHECK_EQ_INT(joblib_codec__encoder_write(encoder, NULL, 0, NULL), JOBLIB_OK);
    joblib_codec__encoder_close(encoder);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    CHECK_EQ_SIZE(out.calls, 0);
}

static void frees_an_encoder_that_has_not_ended(void)
{
    each_encoding(close_early);
    joblib_codec__encoder_close(NULL);
}

static size_t peak_of(const joblib_codec__encoding *what, const char *data, size_t size,
                      size_t piece)
{
    struct fault fault = {0};
    struct collected out = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_allocator allocator = fault_allocator(&fault);
    CHECK_OK(encode_into(&out, what, &allocator, data, size, piece, &error), &error);
    free(out.text);
    return fault.peak_bytes;
}

static void measure_memory(const joblib_codec__encoding *what)
{
    size_t size = 3 * MIB;
    char *data = make_data(size, false);
    size_t least = peak_of(what, data, 100, 100), most = peak_of(what, data, size, size);
    size_t pieces = peak_of(what, data, size, 5000);
    bool gathers = what->fast && JOBLIB_HAVE_LIBDEFLATE;
    CHECK_EQ_INT(most > least, gathers);
    CHECK_EQ_INT(pieces > least, gathers);
    free(data);
}

static void takes_no_more_memory_for_more_bytes_but_when_fast(void)
{
    each_encoding(measure_memory);
}

struct refused_row {
    joblib_codec__encoding what;
    int status;
    const char *message;
};

static void refuses_what_cannot_be_written(void)
{
    static const struct refused_row rows[] = {
        {{.codec = -1}, JOBLIB_ERROR_ARGUMENT, "there is no codec -1"},
        {{.codec = 9}, JOBLIB_ERROR_ARGUMENT, "there is no codec 9"},
        {{.codec = JOBLIB_CODEC_ZF},
         JOBLIB_ERROR_UNSUPPORTED,
         "ZF, of joblib before 0.10, is read but not written"},
        {{.codec = JOBLIB_CODEC_ZLIB, .level = 10},
         JOBLIB_ERROR_ARGUMENT,
         "level 10: the levels of zlib are 1 to 9"},
        {{.codec = JOBLIB_CODEC_GZIP, .level = -1, .fast = true},
         JOBLIB_ERROR_ARGUMENT,
         "level -1: the levels of gzip are 1 to 9"},
        {{.codec = JOBLIB_CODEC_RAW}, JOBLIB_ERROR_ARGUMENT, "there is no codec 0"}};
    struct collected out = {0};
    joblib_sink sink = collect_into(&out);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_codec__encoder *encoder = (joblib_codec__encoder *)&out;
        CHECK_STATUS(joblib_codec__encoder_open(&rows[i].what, &sink, NULL, &encoder,
                                                &error),
                     &error, rows[i].status, JOBLIB_NO_OFFSET);
        CHECK_EQ_TEXT(error.message, rows[i].message);
        CHECK(!encoder);
    }
}

static void refuses_a_sink_that_cannot_write(void)
{
    static const joblib_codec__encoding what = {.codec = JOBLIB_CODEC_ZLIB, .level = 3};
    static const joblib_sink sink = JOBLIB_SINK_INIT;
    joblib_codec__encoder *encoder;
    CHECK_EQ_INT(joblib_codec__encoder_open(&what, &sink, NULL, &encoder, NULL),
                 JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_codec__encoder_open(&what, NULL, NULL, &encoder, NULL),
                 JOBLIB_ERROR_ARGUMENT);
}

static void names_a_codec_that_the_build_lacks(void)
{
    struct collected out = {0};
    joblib_sink sink = collect_into(&out);
    for (int codec = JOBLIB_CODEC_ZLIB; codec < JOBLIB_CODEC_ZF; codec++) {
        joblib_codec__encoding what = {.codec = codec};
        joblib_codec__encoder *encoder;
        joblib_status expected =
            joblib_codec_available(codec) ? JOBLIB_OK : JOBLIB_ERROR_UNSUPPORTED_BUILD;
        CHECK_EQ_INT(joblib_codec__encoder_open(&what, &sink, NULL, &encoder, NULL),
                     expected);
        joblib_codec__encoder_close(encoder);
    }
}

int main(void)
{
    RUN(writes_what_can_be_read_at_all_levels);
    RUN(writes_streams_of_nothing);
    RUN(gives_the_same_bytes_for_any_pieces);
    RUN(reads_lz4_of_any_pieces);
    RUN(is_fast_for_zlib_and_gzip_only);
    RUN(takes_level_1_if_fast_and_3_if_not);
    RUN(reports_each_allocation_that_fails);
    RUN(stops_at_each_failure_of_the_sink);
    RUN(ends_once);
    RUN(frees_an_encoder_that_has_not_ended);
    RUN(takes_no_more_memory_for_more_bytes_but_when_fast);
    RUN(refuses_what_cannot_be_written);
    RUN(refuses_a_sink_that_cannot_write);
    RUN(names_a_codec_that_the_build_lacks);
    return test_finish();
}

#undef MIB
