/* What the library reads has a vector that proves it: opcodes, codecs, dtypes, estimators. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "model/registry.h"
#include "pickle/opcodes.h"
#include "support/test.h"
#include "support/vectors.h"

/* Opcodes. A pickle has no jumps: what stands in one that loads is executed. */

static unsigned opcode_counts[256];

/* Bytes of a big or little number that begins an operand. */
static uint64_t read_size(const unsigned char *at, size_t size)
{
    uint64_t number = 0;
    for (size_t i = size; i-- > 0;) number = number << 8 | at[i];
    return number;
}

static size_t line_size(const unsigned char *at, size_t left)
{
    const unsigned char *end = memchr(at, '\n', left);
    return end ? (size_t)(end - at) + 1 : left;
}

/* Bytes of an operand of the kind that opcodes.def names. */
static uint64_t operand_size(const char *kind, const unsigned char *at, size_t left)
{
    if (strcmp(kind, "none") == 0) return 0;
    if (strcmp(kind, "line") == 0) return line_size(at, left);
    if (strcmp(kind, "lines") == 0) {
        size_t first = line_size(at, left);
        return first + line_size(at + first, left - first);
    }
    size_t size = (size_t)(kind[1] - '0');
    bool has_data = kind[0] == 's' || kind[2] == 's';
    if (size > left) return left + 1;
    return has_data ? size + read_size(at, size) : size;
}

static const char *operand_kind(unsigned char byte)
{
    switch (byte) {
#define JOBLIB_X(byte, name, protocol, operand, function) \
    case byte: \
        return #operand;
#include "pickle/opcodes.def"
#undef JOBLIB_X
    default:
        return NULL;
    }
}

/* Counts the opcodes of a pickle; false if it is more than a pickle. */
static bool walk_pickle(const unsigned char *data, size_t size, unsigned counts[256])
{
    for (size_t at = 0; at < size;) {
        unsigned char byte = data[at++];
        const char *kind = operand_kind(byte);
        if (!kind) return false;
        counts[byte]++;
        uint64_t operand = operand_size(kind, data + at, size - at);
        if (operand > size - at) return false;
        at += (size_t)operand;
        if (byte == JOBLIB_OPCODE_STOP) return at == size;
    }
    return false;
}

/* Files with data between the opcodes, and compressed ones, are left out. */
static void count_opcodes(const char *name)
{
    unsigned counts[256] = {0};
    struct vector_bytes bytes = vector_read(name, ".joblib");
    if (walk_pickle((const unsigned char *)bytes.data, bytes.size, counts)) {
        for (size_t i = 0; i < 256; i++) opcode_counts[i] += counts[i];
    }
    free(bytes.data);
}

static bool is_read(const char *function)
{
    return strcmp(function, "refuse") != 0;
}

static void has_a_vector_for_every_opcode(void)
{
    CHECK(vector_each("valid/", count_opcodes) > 700);
#define JOBLIB_X(byte, name, protocol, operand, function) \
    if (is_read(#function) && opcode_counts[byte] == 0) \
        test_fail(__FILE__, __LINE__, "no valid vector has the opcode %s", #name);
#include "pickle/opcodes.def"
#undef JOBLIB_X
}

/* Codecs, kinds of values and dtypes, as the documents of the vectors have them. */

#define KINDS (JOBLIB_KIND_OBJECT + 1)

static unsigned codec_counts[JOBLIB_CODEC_ZF + 1], kind_counts[KINDS];

/* The root, and what stands in it if it is a container. */
static void count_kinds(const joblib_value *root)
{
    kind_counts[joblib_value_kind(root)]++;
    for (size_t i = 0; joblib_value_at(root, i); i++)
        kind_counts[joblib_value_kind(joblib_value_at(root, i))]++;
}

static void count_codecs(const char *name)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_file(vector_path(name, ".joblib"), NULL, &document, &error),
             &error);
    codec_counts[joblib_document_codec(document)]++;
    count_kinds(joblib_document_root(document));
    joblib_document_release(document);
}

static void has_a_vector_for_every_codec(void)
{
    CHECK(vector_each("valid/", count_codecs) > 700);
    for (int codec = 0; codec <= JOBLIB_CODEC_ZF; codec++) {
        if (joblib_codec_available(codec) && codec_counts[codec] == 0)
            test_fail(__FILE__, __LINE__, "no valid vector is of codec %s",
                      joblib_codec_name(codec));
    }
}

static void has_a_vector_for_every_kind_of_value(void)
{
    for (int kind = 0; kind < KINDS; kind++) {
        if (kind_counts[kind] == 0)
            test_fail(__FILE__, __LINE__, "no valid vector is of kind %s",
                      joblib_kind_name(kind));
    }
}

/* The texts behind `"dtype":"` in the expectations. */
#define MOST_DTYPES 512

static char dtypes[MOST_DTYPES][16];
static size_t dtype_count;

static bool has_dtype(const char *text)
{
    for (size_t i = 0; i < dtype_count; i++) {
        if (strcmp(dtypes[i], text) == 0) return true;
    }
    return false;
}

static void collect_dtypes(const char *name)
{
    static const char key[] = "\"dtype\":\"";
    struct vector_bytes text = vector_read(name, ".json");
    for (char *at = text.data ? strstr(text.data, key) : NULL; at; at = strstr(at, key)) {
        char dtype[16];
        at += sizeof key - 1;
        snprintf(dtype, sizeof dtype, "%.*s", (int)strcspn(at, "\""), at);
        if (!has_dtype(dtype) && dtype_count < MOST_DTYPES)
            memcpy(dtypes[dtype_count++], dtype, sizeof dtype);
    }
    free(text.data);
}

/* Every element type that numpy writes, in its byte orders. U, S and V are of any size. */
static const char *const needed_dtypes[] = {
    "|b1",     "|i1",      "|u1",      "<i2",     ">i2",     "<i4",     ">i4",
    "<i8",     ">i8",      "<u2",      ">u2",     "<u4",     ">u4",     "<u8",
    ">u8",     "<f2",      ">f2",      "<f4",     ">f4",     "<f8",     ">f8",
    "<f16",    ">f16",     "<c8",      ">c8",     "<c16",    ">c16",    "<c32",
    ">c32",    "<U",       ">U",       "|S",      "|V",      "|O",      "<M8",
    ">M8",     "<m8",      ">m8",      "<M8[Y]",  ">m8[Y]",  "<M8[M]",  ">m8[M]",
    "<M8[W]",  ">m8[W]",   "<M8[D]",   ">m8[D]",  "<M8[h]",  ">m8[h]",  "<M8[m]",
    ">m8[m]",  "<M8[s]",   ">m8[s]",   "<M8[ms]", ">m8[ms]", "<M8[us]", ">m8[us]",
    "<M8[ns]", ">m8[ns]",  "<M8[ps]",  ">m8[ps]", "<M8[fs]", ">m8[fs]", "<M8[as]",
    ">m8[as]", "<M8[25s]", ">m8[25s]",
};

static bool has_dtype_of_any_size(const char *text)
{
    size_t size = strlen(text);
    for (size_t i = 0; i < dtype_count; i++) {
        if (strncmp(dtypes[i], text, size) == 0) return true;
    }
    return false;
}

static void has_a_vector_for_every_dtype(void)
{
    CHECK(vector_each("valid/", collect_dtypes) > 700);
    CHECK(dtype_count < MOST_DTYPES);
    for (size_t i = 0; i < sizeof needed_dtypes / sizeof *needed_dtypes; i++) {
        const char *text = needed_dtypes[i];
        bool found = text[2] == '\0' ? has_dtype_of_any_size(text) : has_dtype(text);
        if (!found)
            test_fail(__FILE__, __LINE__, "no valid vector has the dtype %s", text);
    }
    for (int i = JOBLIB_NUMBER_BOOL; i <= JOBLIB_NUMBER_FLOAT64; i++)
        CHECK(has_dtype(joblib_dtype_text(joblib_dtype_number(i))));
}

/* Estimators, by the versions of scikit-learn whose vectors have one. */

#define MOST_PARTS 4096

struct seen_part {
    const joblib_model__row *row;
    char version[16];
};

static struct seen_part seen_parts[MOST_PARTS];
static size_t seen_count;

/* The version in the name of a vector: "…-sklearn1.2", perhaps with more behind it. */
static void read_version(const char *name, char version[16])
{
    const char *at = strstr(name, "-sklearn");
    at = at ? at + strlen("-sklearn") : "";
    snprintf(version, 16, "%.*s", (int)strspn(at, "0123456789."), at);
}

static void note_part(void *ctx, const joblib_model_part *part)
{
    const joblib_model__row *row =
        joblib_model__find_row(joblib_value_module(part->value),
                               joblib_value_name(part->value));
    if (!row || part->status != JOBLIB_OK) return;
    for (size_t i = 0; i < seen_count; i++) {
        if (seen_parts[i].row == row && strcmp(seen_parts[i].version, ctx) == 0) return;
    }
    if (seen_count == MOST_PARTS) return;
    seen_parts[seen_count].row = row;
    memcpy(seen_parts[seen_count++].version, ctx, 16);
}

static void note_estimators(const char *name)
{
    char path[256], version[16];
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_model *model = NULL;
    joblib_model_options options = JOBLIB_MODEL_OPTIONS_INIT;
    read_version(name, version);
    options.report = note_part;
    options.report_ctx = version;
    snprintf(path, sizeof path, "%s/model", name);
    joblib_status status = joblib_model_load_file(vector_path(path, ".joblib"), NULL,
                                                  &options, &model, &error);
    CHECK_OK(status, &error);
    joblib_model_release(model);
}

static size_t count_versions(const joblib_model__row *row)
{
    size_t count = 0;
    for (size_t i = 0; i < seen_count; i++) count += seen_parts[i].row == row;
    return count;
}

static void has_vectors_of_two_versions_for_every_estimator(void)
{
    size_t rows = 0;
    CHECK(vector_each("inference/", note_estimators) > 500);
    for (size_t i = 0; joblib_model__family_at(i); i++) {
        const joblib_model__row *row = joblib_model__family_at(i);
        for (; row->name; row++, rows++) {
            if (count_versions(row) < 2)
                test_fail(__FILE__, __LINE__,
                          "%s has inference vectors of %zu versions, 2 are expected",
                          row->name, count_versions(row));
        }
    }
    CHECK(rows > 0);
}

int main(void)
{
    RUN(has_a_vector_for_every_opcode);
    RUN(has_a_vector_for_every_codec);
    RUN(has_a_vector_for_every_kind_of_value);
    RUN(has_a_vector_for_every_dtype);
    RUN(has_vectors_of_two_versions_for_every_estimator);
    return test_finish();
}
