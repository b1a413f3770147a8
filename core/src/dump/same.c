/* The settings with which a document gives the bytes of its file again: they are tried, and a
   try ends at the first byte that differs. First the pickle, then its compression. */
#include <string.h>

#include "base/options.h"
#include "base/try.h"
#include "codec/codec.h"
#include "dump/dump.h"

/* Versions of Python in the order in which they are tried, newest first but for 3.14, whose
   picklers are those of 3.13. */
static const uint16_t tried_pythons[] = {313, 314, 312, 311, 310, 309,
                                         308, 307, 306, 305, 304, 207};

#define PYTHONS (sizeof tried_pythons / sizeof tried_pythons[0])

/* What every level of joblib's codecs stays below. */
#define DECODER_MEMORY (UINT64_C(128) << 20)

struct search {
    const joblib_document *document;
    const void *data;
    size_t size;
    joblib_dump_options options; /* of the next try */
    joblib_dump_options closest; /* of the one that came furthest */
    uint64_t offset;             /* its first byte that differs */
    size_t tries;                /* that ended at such a byte */
};

/* A dump goes into a comparison with what a reader reads. */
struct comparison {
    joblib_io__reader *reader;
    bool differs;
};

static size_t count_same(const uint8_t *a, const uint8_t *b, size_t size)
{
    size_t same = 0;
    if (memcmp(a, b, size) == 0) return size;
    while (a[same] == b[same]) same++;
    return same;
}

static joblib_status compare_piece(void *ctx, const void *data, size_t size,
                                   joblib_error *error)
{
    struct comparison *comparison = ctx;
    joblib_io__reader *reader = comparison->reader;
    const uint8_t *next = data;
    while (size > 0) {
        size_t there, wanted = size < JOBLIB_READER_NEED ? size : JOBLIB_READER_NEED;
        JOBLIB_TRY(joblib_io__peek(reader, wanted, &there, error));
        size_t same = there > 0 ? count_same(reader->next, next, there) : 0;
        reader->next += same;
        next += same;
        size -= same;
        comparison->differs = same < wanted;
        JOBLIB_REQUIRE(!comparison->differs, JOBLIB_ERROR_DIFFERENT, "a byte differs");
    }
    return JOBLIB_OK;
}

static void note_try(struct search *search, uint64_t offset)
{
    if (search->tries++ > 0 && offset <= search->offset) return;
    search->offset = offset;
    search->closest = search->options;
}

/* Dumps with the options of the search and compares; DIFFERENT for other bytes. */
static joblib_status try_dump(struct search *search, joblib_io__reader *reader,
                              joblib_error *error)
{
    struct comparison comparison = {.reader = reader};
    joblib_sink sink = {sizeof sink, compare_piece, &comparison};
    joblib_status status =
        joblib_dump_sink(search->document, &search->options, &sink, error);
    if (status == JOBLIB_OK) {
        size_t there = 0;
        JOBLIB_TRY(joblib_io__peek(reader, 1, &there, error));
        comparison.differs = there > 0;
        if (there > 0) status = JOBLIB_ERROR_DIFFERENT;
    }
    if (comparison.differs) note_try(search, joblib_io__offset(reader));
    return status;
}

/* The pickle. It is decoded again for each try: in pieces, if it is large. */

static joblib_status try_pickle(struct search *search, joblib_error *error)
{
    joblib_codec__settings settings = {.allocator = joblib_base__choose_allocator(
                                           search->options.allocator),
                                       .max_decoded = UINT64_MAX,
                                       .max_memory = DECODER_MEMORY,
                                       .max_input = UINT64_MAX,
                                       .max_codec_memory = DECODER_MEMORY};
    joblib_codec__stream stream;
    JOBLIB_TRY(joblib_codec__open_memory(&stream, &settings, search->data, search->size,
                                         false, error));
    search->options.codec = JOBLIB_CODEC_RAW + 1;
    joblib_status status = try_dump(search, &stream.reader, error);
    joblib_codec__close(&stream);
    return status;
}

/* Whether a pickler writes as one of those that were tried, and if not notes it. */
static bool is_tried(const struct search *search, uint32_t habits[2 * PYTHONS],
                     size_t *count)
{
    joblib_pickle__policy policy = {.protocol = search->document->protocol,
                                    .python = (int)search->options.python_version,
                                    .c_pickler =
                                        search->options.pickler == JOBLIB_PICKLER_C};
    uint32_t own = joblib_pickle__habits(&policy);
    for (size_t i = 0; i < *count; i++) {
        if (habits[i] == own) return true;
    }
    habits[(*count)++] = own;
    return false;
}

/* A value may be one that a pickler of another version cannot write. */
static bool is_decided(joblib_status status)
{
    return status != JOBLIB_ERROR_DIFFERENT && status != JOBLIB_ERROR_UNSUPPORTED;
}

static joblib_status find_pickler(struct search *search, joblib_error *error)
{
    uint32_t habits[2 * PYTHONS];
    size_t count = 0;
    joblib_status status = JOBLIB_ERROR_DIFFERENT;
    for (size_t i = 0; i < 2 * PYTHONS; i++) {
        search->options.python_version = tried_pythons[i / 2];
        search->options.pickler = i % 2 ? JOBLIB_PICKLER_C : JOBLIB_PICKLER_JOBLIB;
        if (is_tried(search, habits, &count)) continue;
        status = try_pickle(search, error);
        if (is_decided(status)) return status;
    }
    return search->tries > 0 ? JOBLIB_ERROR_DIFFERENT : status;
}

static joblib_status fail_pickler(struct search *search, joblib_error *error)
{
    bool raw = search->document->codec == JOBLIB_CODEC_RAW;
    const char *pickler =
        search->closest.pickler == JOBLIB_PICKLER_C ? "the pickler in C" : "pickle.py";
    search->closest.codec = (uint32_t)search->document->codec + 1;
    (void)joblib_base__set_error(error, JOBLIB_ERROR_DIFFERENT,
                                 "no pickler of Python writes these bytes; the closest "
                                 "is %s of Python %u.%u",
                                 pickler, search->closest.python_version / 100,
                                 search->closest.python_version % 100);
    joblib_base__set_offset(error, search->offset,
                            raw ? search->offset : JOBLIB_NO_OFFSET);
    return JOBLIB_ERROR_DIFFERENT;
}

/* The compression */

static joblib_status try_level(struct search *search, int level, joblib_error *error)
{
    joblib_io__reader reader;
    search->options.level = (uint32_t)level;
    joblib_io__reader_open_memory(&reader, search->data, search->size, true);
    return try_dump(search, &reader, error);
}

static bool fits_header(const struct search *search, int level)
{
    joblib_codec__encoding encoding = {.codec = search->document->codec,
                                       .level = level,
                                       .unchecked = search->options.unchecked != 0};
    return joblib_codec__fits_header(&encoding, search->data, search->size);
}

/* joblib's own level first. */
static joblib_status find_level(struct search *search, joblib_error *error)
{
    int usual, lowest, highest;
    (void)joblib_codec_level_range(search->document->codec, &usual, &lowest, &highest);
    joblib_status status = JOBLIB_ERROR_DIFFERENT;
    if (fits_header(search, usual)) status = try_level(search, usual, error);
    for (int level = lowest; level <= highest && status == JOBLIB_ERROR_DIFFERENT;
         level++) {
        if (level != usual && fits_header(search, level))
            status = try_level(search, level, error);
    }
    return status;
}

/* Where the header allows nothing, one try tells the offset. */
static joblib_status find_encoding(struct search *search, joblib_error *error)
{
    int codec = search->document->codec, usual;
    search->tries = 0;
    search->options.codec = (uint32_t)codec + 1;
    joblib_status status = find_level(search, error);
    if (status == JOBLIB_ERROR_DIFFERENT && codec == JOBLIB_CODEC_XZ) {
        search->options.unchecked = 1;
        status = find_level(search, error);
    }
    if (status != JOBLIB_ERROR_DIFFERENT || search->tries > 0) return status;
    search->options.unchecked = 0;
    (void)joblib_codec_level_range(codec, &usual, NULL, NULL);
    return try_level(search, usual, error);
}

static joblib_status fail_encoding(const struct search *search, joblib_error *error)
{
    (void)joblib_base__set_error(error, JOBLIB_ERROR_DIFFERENT,
                                 "the same after decompression; no level of %s gives "
                                 "these bytes: another library compressed them",
                                 joblib_codec_name(search->document->codec));
    joblib_base__set_offset(error, JOBLIB_NO_OFFSET, search->offset);
    return JOBLIB_ERROR_DIFFERENT;
}

static joblib_status fail_zf(struct search *search, joblib_error *error)
{
    search->options.codec = 0;
    search->closest = search->options;
    search->offset = 0;
    (void)joblib_base__set_error(error, JOBLIB_ERROR_DIFFERENT,
                                 "the same after decompression; the format of joblib "
                                 "before 0.10 is not written");
    joblib_base__set_offset(error, JOBLIB_NO_OFFSET, 0);
    return JOBLIB_ERROR_DIFFERENT;
}

static joblib_status run_search(struct search *search, joblib_error *error)
{
    joblib_status status = find_pickler(search, error);
    if (status == JOBLIB_ERROR_DIFFERENT) return fail_pickler(search, error);
    if (status != JOBLIB_OK || search->document->codec == JOBLIB_CODEC_RAW) return status;
    if (search->document->codec == JOBLIB_CODEC_ZF) return fail_zf(search, error);
    status = find_encoding(search, error);
    return status == JOBLIB_ERROR_DIFFERENT ? fail_encoding(search, error) : status;
}

static joblib_status begin_search(struct search *search, const joblib_dump_options *given,
                                  joblib_error *error)
{
    joblib_dump_options own;
    JOBLIB_REQUIRE(search->document && search->data && given, JOBLIB_ERROR_ARGUMENT,
                   "no %s given",
                   !search->document ? "document"
                   : !search->data   ? "data"
                                     : "options");
    JOBLIB_TRY(
        joblib_base__read_struct(given, &own, sizeof own, "joblib_dump_options", error));
    search->options = (joblib_dump_options)JOBLIB_DUMP_OPTIONS_INIT;
    search->options.allocator = own.allocator;
    search->options.allow = own.allow;
    search->options.allow_count = own.allow_count;
    search->options.protocol = (uint32_t)search->document->protocol + 1;
    return JOBLIB_OK;
}

/* The caller's struct may be of another size. */
static void give_options(const joblib_dump_options *found, joblib_dump_options *out)
{
    joblib_dump_options own = *found;
    own.struct_size = out->struct_size;
    own.in_place = out->in_place;
    own.unsynced = out->unsynced;
    memcpy(out, &own, own.struct_size < sizeof own ? own.struct_size : sizeof own);
}

joblib_status joblib_dump_find_same(const joblib_document *document, const void *data,
                                    size_t size, joblib_dump_options *options,
                                    joblib_error *error)
{
    struct search search = {.document = document, .data = data, .size = size};
    joblib_error_init(error);
    JOBLIB_TRY(begin_search(&search, options, error));
    joblib_status status = run_search(&search, error);
    if (status == JOBLIB_OK) give_options(&search.options, options);
    if (status == JOBLIB_ERROR_DIFFERENT) give_options(&search.closest, options);
    return status;
}

#undef PYTHONS
#undef DECODER_MEMORY
