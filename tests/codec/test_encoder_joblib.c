/* A pattern of some MiB, written in pieces: the same files as joblib's own file objects make.
   encoded.tsv has what they made, make_encoded.py is how. */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "joblib/codec.h"
#include "support/encoded.h"
#include "support/test.h"

#define MOST ((size_t)6000000)

static char pattern[MOST];
static size_t compared;

/* As pattern() of make_encoded.py. */
static void fill_pattern(void)
{
    uint32_t noise = 1;
    for (size_t i = 0; i < MOST; i++) {
        if (i / 4096 % 3 == 2) {
            pattern[i] = pattern[i - 7000];
            continue;
        }
        noise = noise * 1103515245u + 12345u;
        pattern[i] = (char)(0x41 + (noise >> 28));
    }
}

struct row {
    char codec[8], level[8], pieces[80], crc[16], releases[40];
    size_t size;
};

static bool read_row(FILE *file, struct row *row)
{
    char line[256];
    return fgets(line, sizeof line, file) &&
           sscanf(line, "%7[^\t]\t%7[^\t]\t%79[^\t]\t%zu\t%15[^\t]\t%39[^\n]", row->codec,
                  row->level, row->pieces, &row->size, row->crc, row->releases) == 6;
}

/* Writes the pieces of a text: sizes, 3x100 for three of 100 bytes. */
static joblib_status write_pieces(joblib_codec__encoder *encoder, const char *text,
                                  joblib_error *error)
{
    size_t at = 0;
    while (*text >= '0' && *text <= '9') {
        char *end;
        size_t count = 1, size = strtoul(text, &end, 10);
        if (*end == 'x') count = size, size = strtoul(end + 1, &end, 10);
        for (size_t i = 0; i < count; i++, at += size) {
            joblib_status status =
                joblib_codec__encoder_write(encoder, pattern + at, size, error);
            if (status != JOBLIB_OK) return status;
        }
        text = *end == ',' ? end + 1 : end;
    }
    return joblib_codec__encoder_finish(encoder, error);
}

/* xz has no checksum in the releases to 0.14. */
static joblib_codec__encoding encoding_of_row(const struct row *row)
{
    joblib_codec__encoding what = {.codec = joblib_codec_from_name(row->codec)};
    what.level = row->level[0] == '-' ? JOBLIB_LEVEL_DEFAULT : atoi(row->level);
    what.unchecked = what.codec == JOBLIB_CODEC_XZ &&
                     strncmp(row->releases, "0.", 2) == 0 && atoi(row->releases + 2) < 15;
    return what;
}

static void check_row(const struct row *row)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_codec__encoder *encoder;
    struct collected out = {0};
    joblib_sink sink = collect_into(&out);
    joblib_codec__encoding what = encoding_of_row(row);
    char crc[16];
    if (!joblib_codec_available(what.codec)) return;
    CHECK_OK(joblib_codec__encoder_open(&what, &sink, NULL, &encoder, &error), &error);
    CHECK_OK(write_pieces(encoder, row->pieces, &error), &error);
    joblib_codec__encoder_close(encoder);
    snprintf(crc, sizeof crc, "%08lx",
             crc32(0, (const Bytef *)out.text, (unsigned)out.size));
    if (out.size != row->size || strcmp(crc, row->crc) != 0)
        printf("    %s %s %s:\n", row->codec, row->level, row->pieces);
    CHECK_EQ_SIZE(out.size, row->size);
    CHECK_EQ_TEXT(crc, row->crc);
    free(out.text);
    compared++;
}

static void gives_the_bytes_of_joblib_in_any_pieces(void)
{
    struct row row;
    FILE *file = fopen(TEST_VECTORS "/../../tests/codec/encoded.tsv", "r");
    REQUIRE(file);
    fill_pattern();
    CHECK(!read_row(file, &row)); /* the names of the columns */
    while (read_row(file, &row)) check_row(&row);
    fclose(file);
    CHECK(compared > 50);
}

int main(void)
{
    RUN(gives_the_bytes_of_joblib_in_any_pieces);
    return test_finish();
}

#undef MOST
