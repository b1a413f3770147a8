/* numpy's file of one array. spec/legacy.md#npy */
#include "joblib/npy.h"

#include <string.h>

#include "base/try.h"
#include "joblib/npy_text.h"
#include "joblib/numpy.h"

static joblib_status read_header_descr(struct joblib_load__npy_text *text,
                                       joblib_load__npy *out, joblib_error *error)
{
    return joblib_load__npy_descr(text, &out->dtype, error);
}

static joblib_status read_header_order(struct joblib_load__npy_text *text,
                                       joblib_load__npy *out, joblib_error *error)
{
    out->fortran = joblib_load__npy_take(text, "True");
    JOBLIB_REQUIRE(out->fortran || joblib_load__npy_take(text, "False"),
                   JOBLIB_ERROR_ARRAY,
                   "fortran_order in the header of a npy file is no bool");
    return JOBLIB_OK;
}

static joblib_status read_header_dimensions(struct joblib_load__npy_text *text,
                                            joblib_load__npy *out, joblib_error *error)
{
    return joblib_load__npy_shape(text, false, out->shape, &out->ndim, error);
}

static const struct {
    const char *key;
    joblib_status (*read)(struct joblib_load__npy_text *text, joblib_load__npy *out,
                          joblib_error *error);
} header_keys[] = {
    {"descr", read_header_descr},
    {"fortran_order", read_header_order},
    {"shape", read_header_dimensions},
};

#define HEADER_KEYS (sizeof header_keys / sizeof header_keys[0])

static joblib_status read_header_entry(struct joblib_load__npy_text *text, unsigned *seen,
                                       joblib_load__npy *out, joblib_error *error)
{
    const char *key;
    size_t size, i = 0;
    JOBLIB_TRY(joblib_load__npy_quoted(text, &key, &size, error));
    JOBLIB_TRY(joblib_load__npy_require(text, ":", error));
    while (i < HEADER_KEYS && strcmp(key, header_keys[i].key) != 0) i++;
    JOBLIB_REQUIRE(i < HEADER_KEYS, JOBLIB_ERROR_ARRAY,
                   "an unknown key in the header of a npy file");
    JOBLIB_REQUIRE(!(*seen >> i & 1), JOBLIB_ERROR_ARRAY,
                   "two keys %s in the header of a npy file", key);
    *seen |= 1U << i;
    return header_keys[i].read(text, out, error);
}

static joblib_status read_header_dict(struct joblib_load__npy_text *text,
                                      joblib_load__npy *out, joblib_error *error)
{
    unsigned seen = 0;
    bool comma = true;
    JOBLIB_TRY(joblib_load__npy_require(text, "{", error));
    while (!joblib_load__npy_take(text, "}")) {
        if (!comma) return joblib_load__npy_require(text, ",", error);
        JOBLIB_TRY(read_header_entry(text, &seen, out, error));
        comma = joblib_load__npy_take(text, ",");
    }
    for (size_t i = 0; i < HEADER_KEYS; i++) {
        JOBLIB_REQUIRE(seen >> i & 1, JOBLIB_ERROR_ARRAY,
                       "no %s in the header of a npy file", header_keys[i].key);
    }
    joblib_load__npy_skip(text);
    JOBLIB_REQUIRE(text->at == text->end, JOBLIB_ERROR_ARRAY,
                   "the header of a npy file goes on behind its dict");
    return JOBLIB_OK;
}

#undef HEADER_KEYS

/* Magic and version; `*size_out` is that of the header, which follows. */
static joblib_status read_preamble(joblib_io__reader *reader, uint8_t *version_out,
                                   size_t *size_out, joblib_error *error)
{
    JOBLIB_TRY(joblib_io__need(reader, JOBLIB_NPY_MAGIC_SIZE + 2, error));
    const uint8_t *bytes = reader->next;
    JOBLIB_REQUIRE(memcmp(bytes, JOBLIB_NPY_MAGIC, JOBLIB_NPY_MAGIC_SIZE) == 0,
                   JOBLIB_ERROR_ARRAY, "no npy file: it begins otherwise");
    JOBLIB_REQUIRE(bytes[6] >= 1 && bytes[6] <= 3 && bytes[7] == 0,
                   JOBLIB_ERROR_UNSUPPORTED,
                   "a npy file of version %d.%d, 1.0 to 3.0 are read", bytes[6],
                   bytes[7]);
    *version_out = bytes[6];
    size_t digits = bytes[6] == 1 ? 2 : 4;
    reader->next += JOBLIB_NPY_MAGIC_SIZE + 2;
    JOBLIB_TRY(joblib_io__need(reader, digits, error));
    *size_out = 0;
    for (size_t i = digits; i-- > 0;) *size_out = *size_out << 8 | reader->next[i];
    reader->next += digits;
    JOBLIB_REQUIRE(*size_out <= JOBLIB_READER_NEED, JOBLIB_ERROR_LIMIT,
                   "the header of a npy file has %zu bytes, %zu are the most", *size_out,
                   JOBLIB_READER_NEED);
    return joblib_io__need(reader, *size_out, error);
}

static joblib_status read_npy_header(joblib_document *document, joblib_io__reader *reader,
                                     joblib_load__npy *out, joblib_error *error)
{
    uint8_t version;
    size_t size;
    JOBLIB_TRY(read_preamble(reader, &version, &size, error));
    struct joblib_load__npy_text text = {.at = (const char *)reader->next,
                                         .end = (const char *)reader->next + size,
                                         .utf8 = version == 3,
                                         .document = document};
    joblib_status status = read_header_dict(&text, out, error);
    reader->next = (const uint8_t *)text.at;
    return status;
}

/* The dtype of a header as a value. Nothing called it, so a rewrite has its text alone. */
static joblib_status wrap_dtype(joblib_document *document, const joblib_dtype *dtype,
                                joblib_value **out, joblib_error *error)
{
    joblib_value *value = joblib_value__new(document, JOBLIB_KIND_DTYPE);
    struct joblib_value__dtype *held =
        joblib_base__arena_allocate(&document->arena, sizeof *held);
    if (!value || !held)
        return joblib_base__arena_fail(&document->arena, sizeof *held, error);
    memset(held, 0, sizeof *held);
    held->dtype = dtype;
    held->origin.form = JOBLIB_VALUE_NPY;
    value->dtype = held;
    *out = value;
    return JOBLIB_OK;
}

static joblib_status read_npy_elements(joblib_pickle__machine *machine,
                                       joblib_io__reader *reader,
                                       const joblib_load__npy *npy, joblib_value **out,
                                       joblib_error *error)
{
    struct joblib_load__array_parts parts = {.shape = npy->shape,
                                             .ndim = npy->ndim,
                                             .fortran = npy->fortran,
                                             .form = JOBLIB_VALUE_NPY};
    size_t count, size;
    JOBLIB_TRY(joblib_array__measure(npy->shape, npy->ndim, npy->dtype->itemsize, &count,
                                     &size, error));
    JOBLIB_TRY(
        joblib_load__read_elements(machine, reader, npy->dtype, size, &parts, error));
    JOBLIB_TRY(wrap_dtype(machine->document, npy->dtype, &parts.dtype, error));
    *out = joblib_value__new(machine->document, JOBLIB_KIND_ARRAY);
    if (!*out) return joblib_pickle__exhausted(machine, sizeof **out, error);
    return joblib_load__make_array(machine, &parts, &(*out)->array, error);
}

static joblib_status read_npy_objects(joblib_pickle__machine *machine,
                                      joblib_io__reader *reader,
                                      const joblib_load__npy *npy, joblib_value **out,
                                      joblib_error *error)
{
    int protocol;
    JOBLIB_TRY(joblib_load__read_objects(machine, reader, npy->dtype, npy->shape,
                                         npy->ndim, &protocol, out, error));
    if ((*out)->kind != JOBLIB_KIND_ARRAY) return JOBLIB_OK;
    struct joblib_value__origin *origin = &(*out)->array->origin;
    *origin = (struct joblib_value__origin){.form = JOBLIB_VALUE_NPY,
                                            .protocol = (uint8_t)protocol,
                                            .sharing = origin->sharing};
    return JOBLIB_OK;
}

joblib_status joblib_load__read_npy(joblib_pickle__machine *machine,
                                    joblib_io__reader *reader, joblib_value **out,
                                    joblib_error *error)
{
    joblib_load__npy npy;
    joblib_status status = read_npy_header(machine->document, reader, &npy, error);
    uint64_t offset = joblib_io__offset(reader);
    if (status == JOBLIB_OK)
        status = npy.dtype->has_object
                     ? read_npy_objects(machine, reader, &npy, out, error)
                     : read_npy_elements(machine, reader, &npy, out, error);
    if (status != JOBLIB_OK) joblib_base__set_offset(error, offset, JOBLIB_NO_OFFSET);
    return status;
}
