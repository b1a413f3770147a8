/* Loads bytes as a file, from memory and in pieces, and reads and prints all that comes. */
#include "fuzz/fuzz.h"
#include "fuzz/walk.h"
#include "support/chunked.h"
#include "support/fault.h"

/* Bytes that a printer may write before its sink fails, and levels of its tree. */
#define MOST_PRINTED ((size_t)1 << 20)
#define MOST_LEVELS 40

/* Nothing that a terminal obeys is printed. Little is: shared values are printed each time. */
static joblib_status take_printed(void *ctx, const void *data, size_t size,
                                  joblib_error *error)
{
    size_t *total = ctx;
    const unsigned char *bytes = data;
    (void)error;
    for (size_t i = 0; i < size; i++)
        fuzz_require((bytes[i] >= 0x20 && bytes[i] != 0x7f) || bytes[i] == '\n');
    *total += size;
    return *total > MOST_PRINTED ? JOBLIB_ERROR_CALLBACK : JOBLIB_OK;
}

static void print(const joblib_value *value, const joblib_allocator *allocator)
{
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    joblib_sink sink = JOBLIB_SINK_INIT;
    size_t total;
    options.levels = MOST_LEVELS;
    options.allocator = allocator;
    sink.write = take_printed;
    sink.ctx = &total;
    for (; options.format <= JOBLIB_PRINT_JSON; options.format++) {
        total = 0;
        joblib_status status = joblib_value_print(value, &options, &sink, NULL);
        fuzz_require(status == JOBLIB_OK || status == JOBLIB_ERROR_CALLBACK);
        fuzz_require((status == JOBLIB_OK) == (total > 0 && total <= MOST_PRINTED));
    }
}

static joblib_status load(const uint8_t *data, size_t size, bool in_pieces,
                          const joblib_load_options *options, joblib_error *error)
{
    joblib_document *document = NULL;
    struct chunked chunked = {.data = (const char *)data, .size = size, .chunk = 7};
    joblib_source source = chunked_source(&chunked);
    joblib_status status =
        in_pieces ? joblib_load_source(&source, options, &document, error)
                  : joblib_load_memory(data, size, options, &document, error);
    fuzz_require((status == JOBLIB_OK) == (document != NULL));
    fuzz_require(error->status == (int32_t)status);
    fuzz_require(status == JOBLIB_OK || error->message[0] != '\0');
    fuzz_walk(joblib_document_root(document));
    if (document) print(joblib_document_root(document), options->allocator);
    joblib_document_release(document);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_error whole = JOBLIB_ERROR_INIT, pieces = JOBLIB_ERROR_INIT;
    options.max_memory = (uint64_t)32 << 20;
    options.max_decoded = (uint64_t)32 << 20;
    joblib_status status = load(data, size, false, &options, &whole);
    /* With an allocator of its own, zlib decodes and not libdeflate. */
    options.allocator = &allocator;
    joblib_status again = load(data, size, true, &options, &pieces);
    fuzz_require(fault.live_bytes == 0);
    bool is_raw = size > 0 && data[0] == 0x80;
    if (is_raw && status != JOBLIB_ERROR_LIMIT && again != JOBLIB_ERROR_LIMIT) {
        fuzz_require(status == again);
        fuzz_require(whole.offset == pieces.offset);
        fuzz_require(whole.offset == JOBLIB_NO_OFFSET || whole.offset <= size);
    }
    return 0;
}
