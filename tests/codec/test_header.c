/* What a header allows: the settings that it was written with, and not those that it excludes. */
#include <stdlib.h>

#include "support/encoded.h"
#include "support/test.h"

static int found_settings;

/* Encodes with one level; that level must fit, and `excluded` must not. */
static void check_level(int codec, int level, bool unchecked, int excluded)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct collected out = {0};
    joblib_codec__encoding what = {.codec = codec,
                                   .level = level,
                                   .unchecked = unchecked};
    if (!joblib_codec_available(codec)) return;
    CHECK_OK(encode_into(&out, &what, NULL, "N.", 2, 2, &error), &error);
    CHECK(joblib_codec__fits_header(&what, out.text, out.size));
    what.level = excluded;
    if (excluded >= 0) CHECK(!joblib_codec__fits_header(&what, out.text, out.size));
    free(out.text);
    found_settings++;
}

static void fits_what_wrote_it(void)
{
    for (int codec = JOBLIB_CODEC_ZLIB; codec <= JOBLIB_CODEC_LZMA; codec++) {
        for (int level = 1; level <= 9; level++)
            check_level(codec, level, false, level == 1 ? 9 : 1);
    }
    for (int level = 0; level <= 9; level++)
        check_level(JOBLIB_CODEC_LZ4, level, false, -1);
    CHECK(found_settings >= 18);
}

static void tells_xz_without_a_checksum(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct collected out = {0};
    joblib_codec__encoding what = {.codec = JOBLIB_CODEC_XZ,
                                   .level = 3,
                                   .unchecked = true};
    if (!joblib_codec_available(JOBLIB_CODEC_XZ)) return;
    CHECK_OK(encode_into(&out, &what, NULL, "N.", 2, 2, &error), &error);
    CHECK(joblib_codec__fits_header(&what, out.text, out.size));
    what.unchecked = false;
    CHECK(!joblib_codec__fits_header(&what, out.text, out.size));
    free(out.text);
}

static void reads_no_further_than_the_header(void)
{
    for (int codec = JOBLIB_CODEC_ZLIB; codec <= JOBLIB_CODEC_LZMA; codec++) {
        joblib_codec__encoding what = {.codec = codec, .level = 6};
        CHECK(!joblib_codec__fits_header(&what, "\x78", 1));
    }
}

int main(void)
{
    RUN(fits_what_wrote_it);
    RUN(tells_xz_without_a_checksum);
    RUN(reads_no_further_than_the_header);
    return test_finish();
}
