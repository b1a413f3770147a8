/* Each limit of joblib_load_options, at what a pickle needs and one below. */
#include <stdlib.h>
#include <zlib.h>

#include "joblib.h"
#include "support/chunked.h"
#include "support/fault.h"
#include "support/packed.h"
#include "support/test.h"
#include "support/vectors.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* A pickle, the limit that it is about, and what it needs of it. */
struct limited {
    const char *what;
    const char *pickle;
    size_t size;
    size_t offset; /* of the limit in the options */
    uint64_t needed;
};

#define LIMITED(what, pickle, limit, needed) \
    { \
        what, pickle, sizeof(pickle) - 1, offsetof(joblib_load_options, limit), needed \
    }

/* An array of two doubles by plain pickle: numpy's _reconstruct, and its state. */
#define ARRAY_HEAD \
    "\x80\x03" \
    "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tC\1btR(K\1(K\2t" \
    "cnumpy\ndtype\n(X\2\0\0\0f8K\0K\1tR(K\3X\1\0\0\0<NNNJ\xff\xff\xff\xffJ\xff\xff\xff" \
    "\xffK\0tb\x89"

static const struct limited rows[] = {
    LIMITED("PROTO, NONE and STOP", "\x80\2N.", max_opcodes, 3),
    LIMITED("a list of three", "\x80\2](K\1K\2K\3e.", max_opcodes, 8),
    LIMITED("three values on the stack", "\x80\2K\1K\2K\3\x87.", max_stack, 3),
    LIMITED("one value on the stack", "\x80\2N.", max_stack, 1),
    LIMITED("values above a mark", "\x80\2(K\1K\2K\3K\4l.", max_stack, 4),
    LIMITED("two entries of the memo", "\x80\2]q\0]q\1a.", max_memo, 2),
    LIMITED("one entry, with a large number", "\x80\2]r\xff\xff\xff\xff.", max_memo, 1),
    LIMITED("two entries by MEMOIZE", "\x80\4]\x94]\x94\x61.", max_memo, 2),
    LIMITED("a list in a list in a list", "\x80\2]]]aa.", max_depth, 2),
    LIMITED("three marks", "\x80\2(((ttt.", max_depth, 3),
    LIMITED("tuples in tuples", "\x80\2)\x85\x85\x85.", max_depth, 3),
    LIMITED("text of five bytes", "\x80\2X\5\0\0\0abcde.", max_text, 5),
    LIMITED("bytes of five bytes", "\x80\3C\5abcde.", max_text, 5),
    LIMITED("short text of five bytes", "\x80\4\x8c\5abcde.", max_text, 5),
    LIMITED("bytes of eight length bytes", "\x80\4\x8e\5\0\0\0\0\0\0\0abcde.", max_text,
            5),
    LIMITED("a bytearray", "\x80\5\x96\5\0\0\0\0\0\0\0abcde.", max_text, 5),
    LIMITED("a line of a string", "S'abc'\n.", max_text, 5),
    LIMITED("a line of text", "Vabcde\n.", max_text, 5),
    LIMITED("two entries by PUT", "(lp0\n0(lp1\n.", max_memo, 2),
    LIMITED("an instance in an instance", "(im\nC\n(im\nC\nb.", max_depth, 2),
    LIMITED("bytes after decoding", "\x80\2](K\1K\2K\3e.", max_decoded, 12),
    LIMITED("bytes of the input", "\x80\2](K\1K\2K\3e.", max_input, 12),
    LIMITED("an array of two doubles",
            ARRAY_HEAD "B\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0tb.", max_array, 16),
};

static joblib_status load_limited(const struct limited *row, uint64_t limit, bool stream,
                                  joblib_error *error)
{
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    struct chunked chunked = {.data = row->pickle, .size = row->size, .chunk = 1};
    joblib_source source = chunked_source(&chunked);
    memcpy((char *)&options + row->offset, &limit, sizeof limit);
    joblib_status status =
        stream ? joblib_load_source(&source, &options, &document, error)
               : joblib_load_memory(row->pickle, row->size, &options, &document, error);
    CHECK((status == JOBLIB_OK) == (document != NULL));
    joblib_document_release(document);
    return status;
}

static void check_limit(const struct limited *row, bool stream)
{
    const uint64_t enough[] = {0, row->needed, row->needed + 1, JOBLIB_UNLIMITED};
    for (size_t i = 0; i < COUNT(enough); i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        if (load_limited(row, enough[i], stream, &error) != JOBLIB_OK)
            test_fail(__FILE__, __LINE__, "%s with %llu: %s", row->what,
                      (unsigned long long)enough[i], error.message);
    }
    for (uint64_t less = 1; less < row->needed; less++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_status status = load_limited(row, less, stream, &error);
        if (status != JOBLIB_ERROR_LIMIT || error.offset > row->size)
            test_fail(__FILE__, __LINE__, "%s with %llu: %d (%s)", row->what,
                      (unsigned long long)less, (int)status, error.message);
    }
}

static void accepts_what_a_limit_allows_and_nothing_more(void)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_limit(&rows[i], false);
        check_limit(&rows[i], true);
    }
}

/* Without a limit to memory, and with that which was used, all is well; below, it is not. */
static void keeps_a_document_within_max_memory(void)
{
    static char list[200002] = "\x80\2]";
    for (size_t i = 3; i + 2 < sizeof list; i += 2) memcpy(list + i, "Na", 2);
    list[sizeof list - 1] = '.';
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    CHECK_OK(joblib_load_memory(list, sizeof list, NULL, &document, &error), &error);
    size_t used = joblib_document_memory(document);
    joblib_document_release(document);
    options.max_memory = used;
    CHECK_OK(joblib_load_memory(list, sizeof list, &options, &document, &error), &error);
    joblib_document_release(document);
    for (options.max_memory = 1; options.max_memory < used / 2; options.max_memory *= 3) {
        joblib_status status =
            joblib_load_memory(list, sizeof list, &options, &document, &error);
        CHECK_EQ_INT(status, JOBLIB_ERROR_LIMIT);
        CHECK(document == NULL);
    }
}

/* Compressed zeros: a file of 1/1000 of what it holds. */
static unsigned char *compress_zeros(size_t count, uLongf *size)
{
    static const unsigned char head[] = {0x80, 0x03, 'B'};
    unsigned char *plain = calloc(count + 8, 1);
    memcpy(plain, head, sizeof head);
    for (int i = 0; i < 4; i++) plain[3 + i] = (unsigned char)(count >> 8 * i);
    plain[7 + count] = '.';
    *size = compressBound((uLong)count + 8);
    unsigned char *out = malloc(*size);
    if (compress2(out, size, plain, (uLong)count + 8, 9) != Z_OK) exit(2);
    free(plain);
    return out;
}

/* The bomb is refused before it has taken more than what is allowed, and a little. */
static void inflates_no_more_than_max_decoded(void)
{
    uLongf size;
    const size_t count = (size_t)32 << 20;
    unsigned char *bomb = compress_zeros(count, &size);
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    options.allocator = &allocator;
    options.max_decoded = count + 8;
    CHECK_OK(joblib_load_memory(bomb, size, &options, &document, &error), &error);
    joblib_document_release(document);
    options.max_decoded = count + 7;
    joblib_status status = joblib_load_memory(bomb, size, &options, &document, &error);
    CHECK_EQ_INT(status, JOBLIB_ERROR_LIMIT);
    options.max_decoded = 0;
    options.max_memory = (uint64_t)1 << 20;
    status = joblib_load_memory(bomb, size, &options, &document, &error);
    CHECK_EQ_INT(status, JOBLIB_ERROR_LIMIT);
    options.allocator = NULL;
    status = joblib_load_memory(bomb, size, &options, &document, &error);
    CHECK_EQ_INT(status, JOBLIB_ERROR_LIMIT);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    free(bomb);
}

/* A length of 2^31 - 1 in a file of a few bytes costs what the file has. */
static void believes_no_length_before_the_bytes_are_there(void)
{
    static const char *const pickles[] = {"\x80\3B\xff\xff\xff\x7f",
                                          "\x80\3X\xff\xff\xff\x7f",
                                          "\x80\4\x8e\xff\xff\xff\x7f\0\0\0\0",
                                          "\x80\5\x96\xff\xff\xff\x7f\0\0\0\0",
                                          "\x80\2\x8b\xff\xff\xff\x7f"};
    static const size_t sizes[] = {7, 7, 11, 11, 7};
    for (size_t i = 0; i < COUNT(pickles); i++) {
        struct fault fault = {.fail_at = 20, .for_ever = true};
        joblib_allocator allocator = fault_allocator(&fault);
        struct chunked chunked = {.data = pickles[i], .size = sizes[i], .chunk = 3};
        joblib_source source = chunked_source(&chunked);
        joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        options.allocator = &allocator;
        options.max_memory = (uint64_t)1 << 20;
        options.max_text = JOBLIB_UNLIMITED;
        joblib_status status = joblib_load_source(&source, &options, &document, &error);
        CHECK(status == JOBLIB_ERROR_TRUNCATED || status == JOBLIB_ERROR_LIMIT);
        CHECK_EQ_SIZE(fault.live_bytes, 0);
    }
}

static joblib_status load_packed(const struct packed *packed, uint64_t limit, bool stream,
                                 joblib_error *error)
{
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    struct chunked chunked = {.data = (const char *)packed->data,
                              .size = packed->size,
                              .chunk = 5};
    joblib_source source = chunked_source(&chunked);
    options.max_input = limit;
    joblib_status status =
        stream
            ? joblib_load_source(&source, &options, &document, error)
            : joblib_load_memory(packed->data, packed->size, &options, &document, error);
    joblib_document_release(document);
    return status;
}

/* Compressed input is cut by the limit at every place: never truncated, never complete. */
static void reads_no_more_than_max_input(void)
{
    static const char pickle[] = "\x80\2](K\1K\2K\3e.";
    for (int codec = JOBLIB_CODEC_ZLIB; codec <= JOBLIB_CODEC_ZF; codec++) {
        struct packed packed = packed_as(codec, 1, pickle, sizeof pickle - 1);
        for (uint64_t limit = 1; packed.data && limit <= 2 * packed.size; limit++) {
            bool stream = limit % 2 == (limit > packed.size);
            joblib_error error = JOBLIB_ERROR_INIT;
            joblib_status status = load_packed(&packed, (limit + 1) / 2, stream, &error);
            bool fits = (limit + 1) / 2 >= packed.size;
            if (status == (fits ? JOBLIB_OK : JOBLIB_ERROR_LIMIT)) continue;
            test_fail(__FILE__, __LINE__, "%s, %d: %d (%s)", joblib_codec_name(codec),
                      (int)limit, (int)status, error.message);
        }
        free(packed.data);
    }
}

/* What follows the stream is beyond the limit, but it is there. */
static void hides_nothing_behind_max_input(void)
{
    static const char pickle[] = "\x80\2](K\1K\2K\3e.";
    for (int codec = JOBLIB_CODEC_ZLIB; codec <= JOBLIB_CODEC_ZF; codec++) {
        struct packed packed = packed_as(codec, 1, pickle, sizeof pickle - 1);
        if (!packed.data) continue;
        const size_t size = packed.size;
        packed_append(&packed, packed_as(codec, 1, "", 0));
        for (int stream = 0; packed.size > size && stream < 2; stream++) {
            joblib_error error = JOBLIB_ERROR_INIT;
            CHECK_EQ_INT(load_packed(&packed, size, stream, &error), JOBLIB_ERROR_LIMIT);
        }
        free(packed.data);
    }
}

/* xz and lzma tell the size of their dictionary: at level 6 it is 8 MiB. */
static void takes_no_more_than_max_codec_memory(void)
{
    static const int codecs[] = {JOBLIB_CODEC_XZ, JOBLIB_CODEC_LZMA};
    for (size_t i = 0; i < COUNT(codecs); i++) {
        struct packed packed = packed_as(codecs[i], 6, "\x80\2N.", 4);
        if (!packed.data) continue;
        joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        options.max_codec_memory = (uint64_t)8 << 20;
        CHECK_EQ_INT(joblib_load_memory(packed.data, packed.size, &options, &document,
                                        &error),
                     JOBLIB_ERROR_LIMIT);
        CHECK(strstr(error.message, "max_codec_memory") != NULL);
        options.max_codec_memory = (uint64_t)9 << 20;
        CHECK_OK(joblib_load_memory(packed.data, packed.size, &options, &document,
                                    &error),
                 &error);
        joblib_document_release(document);
        free(packed.data);
    }
}

/* Both pickles of an array of objects, as pickletools counts their opcodes. */
#define OPCODES_OF_OBJECTS 140

static void counts_the_opcodes_of_nested_pickles(void)
{
    const char *name = "valid/ndarray/objects-2d-joblib1.6";
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    uint64_t needed = 0;
    for (uint64_t limit = 1; limit < 1000 && needed == 0; limit++) {
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        options.max_opcodes = limit;
        joblib_status status =
            joblib_load_file(vector_path(name, ".joblib"), &options, &document, &error);
        CHECK(status == JOBLIB_OK || status == JOBLIB_ERROR_LIMIT);
        if (status == JOBLIB_OK) needed = limit;
        joblib_document_release(document);
    }
    CHECK_EQ_INT(needed, OPCODES_OF_OBJECTS);
}

int main(void)
{
    RUN(accepts_what_a_limit_allows_and_nothing_more);
    RUN(keeps_a_document_within_max_memory);
    RUN(inflates_no_more_than_max_decoded);
    RUN(reads_no_more_than_max_input);
    RUN(hides_nothing_behind_max_input);
    RUN(takes_no_more_than_max_codec_memory);
    RUN(counts_the_opcodes_of_nested_pickles);
    RUN(believes_no_length_before_the_bytes_are_there);
    return test_finish();
}
