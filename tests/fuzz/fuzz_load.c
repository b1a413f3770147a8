/* Loads bytes as a file, from memory and in pieces, and reads every value of what comes. */
#include "fuzz/fuzz.h"
#include "fuzz/walk.h"
#include "support/chunked.h"
#include "support/fault.h"

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
