/* Decodes bytes as a file, from memory and in pieces: both must give the same. Encodes them, too:
   they must come back. */
#include <stdlib.h>
#include <string.h>

#include "codec/codec.h"
#include "fuzz/fuzz.h"
#include "fuzz/walk.h"
#include "joblib/codec.h"
#include "support/chunked.h"
#include "support/decoded.h"
#include "support/encoded.h"
#include "support/fault.h"

#define MOST_DECODED ((size_t)256 << 10)

/* What a stream came to. */
struct outcome {
    joblib_status status;
    uint64_t size;
    uint64_t sum;
};

/* Reads in pieces whose sizes come round, short and long, to the end or to a failure. */
static joblib_status read_pieces(joblib_codec__stream *stream, struct outcome *outcome,
                                 joblib_error *error)
{
    static const size_t sizes[] = {1, 7, 4096, 13, 70000, 64};
    static uint8_t piece[70000];
    size_t there = 1;
    for (size_t i = 0; there > 0; i++) {
        joblib_status status = joblib_io__peek(&stream->reader, 1, &there, error);
        if (status != JOBLIB_OK) return status;
        uint64_t left = joblib_io__remaining(&stream->reader);
        size_t size = sizes[i % (sizeof sizes / sizeof *sizes)];
        if (there == 0) break;
        if (size > 1 && left == JOBLIB_UNKNOWN_SIZE) size = 1;
        if (size > left) size = (size_t)left;
        status = joblib_io__read(&stream->reader, piece, size, error);
        if (status != JOBLIB_OK) return status;
        for (size_t k = 0; k < size; k++) outcome->sum = outcome->sum * 31 + piece[k];
        outcome->size += size;
    }
    return joblib_codec__finish(stream, error);
}

static struct outcome decode(const uint8_t *data, size_t size, bool in_pieces,
                             const joblib_codec__settings *settings)
{
    static joblib_codec__stream stream;
    struct outcome outcome = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    struct chunked chunked = {.data = (const char *)data, .size = size, .chunk = 5};
    joblib_source source = chunked_source(&chunked);
    memset(&stream, 0, sizeof stream);
    outcome.status = in_pieces ? joblib_codec__open_source(&stream, settings, &source,
                                                           JOBLIB_UNKNOWN_SIZE, &error)
                               : joblib_codec__open_memory(&stream, settings, data, size,
                                                           false, &error);
    if (outcome.status == JOBLIB_OK)
        outcome.status = read_pieces(&stream, &outcome, &error);
    fuzz_require(error.status == (int32_t)outcome.status);
    fuzz_require(outcome.status == JOBLIB_OK || error.message[0] != '\0');
    fuzz_require(error.file_offset == JOBLIB_NO_OFFSET || error.file_offset <= size);
    joblib_codec__close(&stream);
    return outcome;
}

/* The first bytes choose how; all of them are the content. */
static void encode_and_decode(const uint8_t *data, size_t size)
{
    struct collected out = {0};
    struct fault fault = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_allocator allocator = fault_allocator(&fault);
    if (size < 3) return;
    joblib_codec__encoding what = {.codec = JOBLIB_CODEC_ZLIB + data[0] % 7,
                                   .level = 1 + data[1] % 3,
                                   .fast = data[1] & 4,
                                   .unchecked = data[1] & 8};
    if (!joblib_codec_available(what.codec)) return;
    fuzz_require(encode_into(&out, &what, &allocator, data, size, 1 + data[2], &error) ==
                 JOBLIB_OK);
    fuzz_require(fault.live_bytes == 0);
    struct vector_bytes file = {out.text, out.size};
    struct vector_bytes back = decoded_from(&file);
    fuzz_require(back.size == size && memcmp(back.data, data, size) == 0);
    free(back.data);
    free(out.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    encode_and_decode(data, size);
    struct fault fault = {0};
    /* An allocator of its own: zlib decodes. Without, libdeflate does. */
    joblib_codec__settings streamed = {.allocator = fault_allocator(&fault),
                                       .max_decoded = MOST_DECODED,
                                       .max_memory = (uint64_t)32 << 20,
                                       .max_input = UINT64_MAX,
                                       .max_codec_memory = (uint64_t)32 << 20};
    joblib_codec__settings whole = streamed;
    whole.allocator = joblib_base__choose_allocator(NULL);
    struct outcome memory = decode(data, size, false, &streamed);
    struct outcome pieces = decode(data, size, true, &streamed);
    struct outcome at_once = decode(data, size, false, &whole);
    fuzz_require(fault.live_bytes == 0);
    fuzz_require(memory.size <= MOST_DECODED && at_once.size <= MOST_DECODED);
    /* Where the stream goes on past the limit depends on the sizes that are asked for. */
    if (memory.status == JOBLIB_ERROR_LIMIT || pieces.size == MOST_DECODED) return 0;
    fuzz_require(memory.status == pieces.status);
    if (memory.status != JOBLIB_OK) return 0;
    fuzz_require(memory.size == pieces.size && memory.sum == pieces.sum);
    fuzz_require(at_once.status == JOBLIB_OK);
    fuzz_require(at_once.size == memory.size && at_once.sum == memory.sum);
    return 0;
}
