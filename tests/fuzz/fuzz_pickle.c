/* Reads bytes as one plain pickle, with the machine alone: no codec, no numpy. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "fuzz/walk.h"
#include "pickle/machine.h"
#include "support/chunked.h"
#include "support/fault.h"
#include "value/document.h"

static uint16_t know_no_global(const char *module, size_t module_size, const char *name,
                               size_t name_size)
{
    fuzz_require(module_size > 0 && !memchr(module, '\0', module_size));
    fuzz_require(name_size > 0 && !memchr(name, '\0', name_size));
    return 0;
}

/* Counts uses of names, and sees that the machine tells where it stands. */
static joblib_status count_use(void *ctx, const joblib_pickle__machine *machine,
                               joblib_value *global, enum joblib_pickle__use use,
                               const joblib_value *arguments, joblib_error *error)
{
    size_t *uses = ctx;
    (void)error;
    fuzz_require(joblib_value_kind(global) == JOBLIB_KIND_GLOBAL);
    fuzz_require(!arguments || use == JOBLIB_PICKLE_CALLS);
    fuzz_require(machine->opcode_offset < joblib_io__offset(machine->reader));
    *uses += 1;
    return JOBLIB_OK;
}

struct outcome {
    joblib_status status;
    uint64_t offset;
    uint64_t end; /* offset behind STOP */
    size_t uses;
    int protocol;
};

static struct outcome read_pickle(joblib_io__reader *reader,
                                  const joblib_allocator *allocator)
{
    static const joblib_pickle__hooks hooks = {.find_global = know_no_global};
    struct outcome outcome = {.protocol = -1};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    joblib_value *root = NULL;
    joblib_pickle__observer observer = {count_use, &outcome.uses};
    joblib_pickle__limits limits = {.max_opcodes = 1000000,
                                    .max_depth = 200,
                                    .max_stack = 100000,
                                    .max_memo = 100000,
                                    .max_text = (uint64_t)1 << 20,
                                    .max_array = (uint64_t)1 << 20,
                                    .observer = &observer};
    outcome.status =
        joblib_value__document_new(allocator, (uint64_t)32 << 20, &document, &error);
    fuzz_require(outcome.status == JOBLIB_OK);
    outcome.status = joblib_pickle__load(reader, document, &limits, &hooks, NULL, &root,
                                         &outcome.protocol, &error);
    outcome.end = joblib_io__offset(reader);
    if (outcome.status == JOBLIB_OK) {
        fuzz_require(root != NULL && outcome.protocol >= 0 && outcome.protocol <= 5);
        document->root = root;
        outcome.status = joblib_value__document_seal(document, &error);
    }
    if (outcome.status == JOBLIB_OK) fuzz_walk(root);
    outcome.offset = error.offset;
    joblib_document_release(document);
    return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_io__reader reader;
    joblib_io__reader_open_memory(&reader, data, size, false);
    struct outcome memory = read_pickle(&reader, &allocator);
    joblib_io__reader_close(&reader);

    struct chunked chunked = {.data = (const char *)data, .size = size, .chunk = 1};
    joblib_source source = chunked_source(&chunked);
    joblib_status opened =
        joblib_io__reader_open_source(&reader, &source, JOBLIB_UNKNOWN_SIZE, &allocator,
                                      NULL);
    fuzz_require(opened == JOBLIB_OK);
    struct outcome pieces = read_pickle(&reader, &allocator);
    joblib_io__reader_close(&reader);

    fuzz_require(fault.live_bytes == 0);
    fuzz_require(memory.end <= size);
    if (memory.status == JOBLIB_ERROR_LIMIT || pieces.status == JOBLIB_ERROR_LIMIT)
        return 0;
    fuzz_require(memory.status == pieces.status && memory.offset == pieces.offset);
    fuzz_require(memory.uses == pieces.uses && memory.protocol == pieces.protocol);
    return 0;
}
