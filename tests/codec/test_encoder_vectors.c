/* The vectors that joblib wrote, decoded and encoded again: the same bytes. */
#include <stdlib.h>

#include "codec/table.h"
#include "support/decoded.h"
#include "support/encoded.h"
#include "support/test.h"

/* Vectors that no joblib wrote. Their content must come back, behind other bytes. */
struct form_row {
    const char *prefix;
    const char *reason;
};

static const struct form_row form_rows[] = {
    {"valid/bz2/empty-stream-first", "two streams"},
    {"valid/bz2/two-streams", "two streams"},
    {"valid/gzip/all-fields", "fields that joblib leaves out"},
    {"valid/gzip/name-and-time", "fields that joblib leaves out"},
    {"valid/lz4/block-checksum", "a checksum for each block"},
    {"valid/lz4/blocks", "blocks of 4 MiB"},
    {"valid/lz4/checksum", "a checksum of the content"},
    {"valid/lz4/empty-stream-first", "two frames"},
    {"valid/lz4/independent", "blocks that are not linked"},
    {"valid/lz4/no-size", "made by one call"},
    {"valid/lz4/two-streams", "two frames"},
    {"valid/lzma/empty-stream-first", "two streams"},
    {"valid/lzma/two-streams", "two streams"},
    {"valid/xz/blocks-with-sizes", "two blocks, with sizes"},
    {"valid/xz/check-crc32", "another checksum"},
    {"valid/xz/check-sha256", "another checksum"},
    {"valid/xz/delta", "a filter"},
    {"valid/xz/empty-stream-first", "two streams"},
    {"valid/xz/four-filters", "filters"},
    {"valid/xz/two-streams", "two streams"},
    {"valid/xz/x86", "a filter"},
    {"valid/zlib/window-", "another window"},
    {"valid/zstd/", "joblib writes no zstd"},
};

static int compared;

static bool is_form(const char *name)
{
    for (size_t i = 0; i < sizeof form_rows / sizeof *form_rows; i++) {
        if (strncmp(form_rows[i].prefix, name, strlen(form_rows[i].prefix)) == 0)
            return true;
    }
    return false;
}

/* Levels as the generators give them: in the name, or 3 but for these. */
static int level_of(const char *name)
{
    const char *level = strstr(name, "/level-");
    if (strcmp(name, "valid/bz2/blocks") == 0) return 1;
    if (strcmp(name, "valid/xz/check-none") == 0) return 6;
    if (strncmp(name, "valid/text/", 11) == 0) return 9;
    return level ? level[7] - '0' : 3;
}

/* joblib to 0.14 wrote xz without a checksum. */
static bool is_unchecked(const char *name)
{
    const char *release = strstr(name, "joblib0.");
    return strstr(name, "check-none") || (release && strtol(release + 8, NULL, 10) < 15);
}

static joblib_codec__encoding encoding_of(const char *name, int codec)
{
    joblib_codec__encoding what = {.codec = codec, .level = JOBLIB_LEVEL_DEFAULT};
    if (!is_form(name)) what.level = level_of(name);
    what.unchecked = codec == JOBLIB_CODEC_XZ && is_unchecked(name);
    return what;
}

static void check_same(const char *name, const struct vector_bytes *file,
                       const struct collected *out)
{
    bool same = out->size == file->size && memcmp(out->text, file->data, out->size) == 0;
    if (!same) printf("    %s: other bytes\n", name);
    CHECK(same);
}

static void check_content(const struct collected *out, const struct vector_bytes *bytes)
{
    struct vector_bytes written = {out->text, out->size};
    struct vector_bytes back = decoded_from(&written);
    CHECK_EQ_SIZE(back.size, bytes->size);
    if (back.size == bytes->size) CHECK_EQ_BYTES(back.data, bytes->data, back.size);
    free(back.data);
}

static void encode_again(const char *name, int codec, const struct vector_bytes *file)
{
    struct vector_bytes bytes = decoded_from(file);
    struct collected out = {0};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_codec__encoding what = encoding_of(name, codec);
    CHECK_OK(encode_into(&out, &what, NULL, bytes.data, bytes.size, 4096, &error),
             &error);
    if (is_form(name) || !encodes_as_recorded(codec))
        check_content(&out, &bytes);
    else
        check_same(name, file, &out);
    compared++;
    free(out.text);
    free(bytes.data);
}

static void visit_file(const char *name, const char *extension)
{
    joblib_codec codec;
    struct vector_bytes file = vector_read(name, extension);
    size_t size = file.size < JOBLIB_CODEC_HEADER ? file.size : JOBLIB_CODEC_HEADER;
    REQUIRE(file.data);
    if (joblib_codec__detect((const uint8_t *)file.data, size, &codec, NULL) ==
            JOBLIB_OK &&
        codec != JOBLIB_CODEC_RAW && codec != JOBLIB_CODEC_ZF)
        encode_again(name, (int)codec, &file);
    free(file.data);
}

static void visit_value(const char *name)
{
    visit_file(name, ".joblib");
}

static void visit_model(const char *name)
{
    visit_file(name, "/model.joblib");
}

static void gives_the_bytes_of_joblib_for_values(void)
{
    vector_each("valid/", visit_value);
    CHECK(compared > 30);
}

static void gives_the_bytes_of_joblib_for_models(void)
{
    compared = 0;
    vector_each("inference/", visit_model);
    CHECK(compared > 300);
}

int main(void)
{
    RUN(gives_the_bytes_of_joblib_for_values);
    RUN(gives_the_bytes_of_joblib_for_models);
    return test_finish();
}
