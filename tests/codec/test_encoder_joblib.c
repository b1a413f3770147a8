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
    char codec[8], level[8], pieces[80], size[16], crc[16], releases[40];
};

static bool read_row(FILE *file, struct row *row)
{
    char line[256];
    return fgets(line, sizeof line, file) &&
           sscanf(line, "%7[^\t]\t%7[^\t]\t%79[^\t]\t%15[^\t]\t%15[^\t]\t%39[^\n]",
                  row->codec, row->level, row->pieces, row->size, row->crc,
                  row->releases) == 6;
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

/* xz has no checksum in the releases to 0.14; level "-" is none given. */
static joblib_codec__encoding encoding_of_row(const struct row *row)
{
    joblib_codec__encoding what = {.codec = joblib_codec_from_name(row->codec)};
    bool early =
        strncmp(row->releases, "0.", 2) == 0 && strtol(row->releases + 2, NULL, 10) < 15;
    what.level = row->level[0] == '-' ? JOBLIB_LEVEL_DEFAULT : row->level[0] - '0';
    what.unchecked = what.codec == JOBLIB_CODEC_XZ && early;
    return what;
}

static void check_sums(const struct row *row, const struct collected *out)
{
    char size[24], crc[16];
    snprintf(size, sizeof size, "%zu", out->size);
    snprintf(crc, sizeof crc, "%08lx",
             crc32(0, (const Bytef *)out->text, (unsigned)out->size));
    if (strcmp(size, row->size) != 0 || strcmp(crc, row->crc) != 0)
        printf("    %s %s %s:\n", row->codec, row->level, row->pieces);
    CHECK_EQ_TEXT(size, row->size);
    CHECK_EQ_TEXT(crc, row->crc);
}

static void check_row(const struct row *row)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_codec__encoder *encoder;
    struct collected out = {0};
    joblib_sink sink = collect_into(&out);
    joblib_codec__encoding what = encoding_of_row(row);
    if (!encodes_as_recorded(what.codec)) return;
    CHECK_OK(joblib_codec__encoder_open(&what, &sink, NULL, &encoder, &error), &error);
    CHECK_OK(write_pieces(encoder, row->pieces, &error), &error);
    joblib_codec__encoder_close(encoder);
    check_sums(row, &out);
    free(out.text);
}

static void gives_the_bytes_of_joblib_in_any_pieces(void)
{
    struct row row;
    size_t rows = 0;
    FILE *file = fopen(TEST_VECTORS "/../../tests/codec/encoded.tsv", "r");
    REQUIRE(file);
    fill_pattern();
    CHECK(read_row(file, &row));
    CHECK_EQ_TEXT(row.pieces, "pieces"); /* the names of the columns */
    for (; read_row(file, &row); rows++) check_row(&row);
    fclose(file);
    CHECK(rows > 50);
}

int main(void)
{
    RUN(gives_the_bytes_of_joblib_in_any_pieces);
    return test_finish();
}

#undef MOST
