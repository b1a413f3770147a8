/* Loads bytes as a file, from memory and in pieces, and reads and prints all that comes. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "joblib.h"
#include "support/chunked.h"
#include "support/fault.h"

/* Values that are looked at, and how deep: shared ones would be met again and again. */
#define MOST_VISITS 20000
#define MOST_DEPTH 40

/* Bytes that a printer may write before its sink fails. */
#define MOST_PRINTED ((size_t)1 << 20)

static size_t visits;

static void require(bool truth)
{
    if (!truth) abort();
}

static void read_array(const joblib_array *array)
{
    char text[64];
    size_t size;
    if (array->count == 0 || array->count > 4096) return;
    size_t itemsize = joblib_dtype_itemsize(array->dtype);
    char *bytes = malloc(array->count * (itemsize > 8 ? itemsize : 8));
    joblib_status status =
        joblib_array_read_float64(array, (double *)(void *)bytes, array->count, NULL);
    require((status == JOBLIB_OK) == (joblib_dtype_as_number(array->dtype) != 0));
    status = joblib_array_read_int64(array, (int64_t *)(void *)bytes, array->count, NULL);
    require(status == JOBLIB_OK || status == JOBLIB_ERROR_KIND ||
            status == JOBLIB_ERROR_RANGE);
    status = joblib_array_read_bytes(array, bytes, array->count * itemsize, NULL);
    require((status == JOBLIB_OK) == (joblib_dtype_kind(array->dtype) != 'O') ||
            status == JOBLIB_ERROR_KIND);
    for (size_t i = 0; i < array->count; i++) {
        require(joblib_array_item(array, i) != NULL);
        status = joblib_array_text(array, i, text, sizeof text, &size, NULL);
        require(status != JOBLIB_OK || size <= sizeof text);
    }
    free(bytes);
}

/* Every function that reads a value; what they give must be readable to its end. */
static size_t read_scalars(const joblib_value *value)
{
    char digits[64];
    int64_t integer;
    uint64_t natural;
    double real, imaginary;
    bool truth;
    size_t size = 0, sum = 0;
    sum += joblib_value_as_int64(value, &integer, NULL) == JOBLIB_OK;
    sum += joblib_value_as_uint64(value, &natural, NULL) == JOBLIB_OK;
    sum += joblib_value_as_float64(value, &real, NULL) == JOBLIB_OK;
    sum += joblib_value_as_complex(value, &real, &imaginary, NULL) == JOBLIB_OK;
    sum += joblib_value_as_bool(value, &truth, NULL) == JOBLIB_OK;
    sum += joblib_value_int_text(value, digits, sizeof digits, &size, NULL) == JOBLIB_OK;
    const char *text = joblib_value_text(value, &size);
    if (text) require(text[size] == '\0');
    const char *bytes = joblib_value_bytes(value, &size);
    for (size_t i = 0; bytes && i < size; i++) sum += (unsigned char)bytes[i];
    const char *name = joblib_value_name(value), *module = joblib_value_module(value);
    if (name && module) sum += strlen(name) + strlen(module);
    return sum + strlen(joblib_dtype_text(joblib_value_dtype(value)));
}

static void visit(const joblib_value *value, int depth);

static void visit_array(const joblib_value *value, int depth)
{
    joblib_array array;
    if (joblib_value_array(value, &array, NULL) != JOBLIB_OK) return;
    read_array(&array);
    for (size_t i = 0; i < array.count && i < 100; i++)
        visit(joblib_array_object(&array, i), depth);
}

static void visit(const joblib_value *value, int depth)
{
    if (!value || depth > MOST_DEPTH || visits++ > MOST_VISITS) return;
    require(read_scalars(value) < SIZE_MAX);
    visit_array(value, depth + 1);
    size_t count = joblib_value_count(value);
    for (size_t i = 0; i < count && visits < MOST_VISITS; i++) {
        const joblib_value *key = joblib_value_key(value, i);
        visit(key, depth + 1);
        visit(joblib_value_at(value, i), depth + 1);
        const char *text = joblib_value_text(key, NULL);
        if (text && strlen(text) > 0 && joblib_value_kind(key) == JOBLIB_KIND_STR)
            (void)joblib_value_find(value, text);
    }
    visit(joblib_value_class(value), depth + 1);
    visit(joblib_value_arguments(value), depth + 1);
    visit(joblib_value_keywords(value), depth + 1);
    visit(joblib_value_state(value), depth + 1);
    visit(joblib_value_items(value), depth + 1);
    visit(joblib_value_entries(value), depth + 1);
}

/* Nothing that a terminal obeys is printed. Little is: shared values are printed each time. */
static joblib_status take_printed(void *ctx, const void *data, size_t size,
                                  joblib_error *error)
{
    size_t *total = ctx;
    const unsigned char *bytes = data;
    (void)error;
    for (size_t i = 0; i < size; i++)
        require((bytes[i] >= 0x20 && bytes[i] != 0x7f) || bytes[i] == '\n');
    *total += size;
    return *total > MOST_PRINTED ? JOBLIB_ERROR_CALLBACK : JOBLIB_OK;
}

static void print(const joblib_value *value, const joblib_allocator *allocator)
{
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    joblib_sink sink = JOBLIB_SINK_INIT;
    size_t total;
    options.levels = MOST_DEPTH;
    options.allocator = allocator;
    sink.write = take_printed;
    sink.ctx = &total;
    for (; options.format <= JOBLIB_PRINT_JSON; options.format++) {
        total = 0;
        joblib_status status = joblib_value_print(value, &options, &sink, NULL);
        require(status == JOBLIB_OK || status == JOBLIB_ERROR_CALLBACK);
        require((status == JOBLIB_OK) == (total > 0 && total <= MOST_PRINTED));
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
    require((status == JOBLIB_OK) == (document != NULL));
    require(error->status == (int32_t)status);
    require(status == JOBLIB_OK || error->message[0] != '\0');
    visits = 0;
    visit(joblib_document_root(document), 0);
    if (document != NULL) print(joblib_document_root(document), options->allocator);
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
    require(fault.live_bytes == 0);
    bool is_raw = size > 0 && data[0] == 0x80;
    if (is_raw && status != JOBLIB_ERROR_LIMIT && again != JOBLIB_ERROR_LIMIT) {
        require(status == again);
        require(whole.offset == pieces.offset);
        require(whole.offset == JOBLIB_NO_OFFSET || whole.offset <= size);
    }
    return 0;
}
