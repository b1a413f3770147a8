/* Every codec of every minor release of joblib has a vector: the tags of the cases tell. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib/codec.h"
#include "support/test.h"
#include "support/vectors.h"

static const char *const releases[] = {
    "0.6",  "0.7",  "0.8", "0.9", "0.10", "0.11", "0.12", "0.13", "0.14", "0.15",
    "0.16", "0.17", "1.0", "1.1", "1.2",  "1.3",  "1.4",  "1.5",  "1.6",
};

#define RELEASES (sizeof releases / sizeof releases[0])
#define FIRST_OF_0_10 4
#define FIRST_OF_0_12 6

static const struct {
    const char *tag;   /* as the cases name the codec */
    bool companions;   /* and arrays in files of their own */
    size_t first, end; /* in releases */
} written[] = {
    {"raw", true, 0, FIRST_OF_0_10},          {"ZF", false, 0, FIRST_OF_0_10},
    {"ZF", true, 0, FIRST_OF_0_10},           {"raw", false, FIRST_OF_0_10, RELEASES},
    {"zlib", false, FIRST_OF_0_10, RELEASES}, {"gzip", false, FIRST_OF_0_10, RELEASES},
    {"bz2", false, FIRST_OF_0_10, RELEASES},  {"xz", false, FIRST_OF_0_10, RELEASES},
    {"lzma", false, FIRST_OF_0_10, RELEASES}, {"lz4", false, FIRST_OF_0_12, RELEASES},
};

#undef FIRST_OF_0_10
#undef FIRST_OF_0_12
#define WRITTEN (sizeof written / sizeof written[0])

static bool has_case[WRITTEN][RELEASES];

/* Whether this build reads a codec; vectors of the others are left out. */
static bool is_read(const char *tag)
{
    for (int codec = JOBLIB_CODEC_RAW; codec <= JOBLIB_CODEC_ZF; codec++) {
        if (strcmp(joblib_codec_name(codec), tag) == 0)
            return joblib_codec_available(codec);
    }
    return false;
}

/* Copies the text of a tag of a case; empty where it has none. */
static void read_tag(const char *tags, const char *tag, char out[256])
{
    char key[32];
    snprintf(key, sizeof key, "\"%s\": \"", tag);
    const char *at = strstr(tags, key);
    at = at ? at + strlen(key) : "";
    snprintf(out, 256, "%.*s", (int)strcspn(at, "\""), at);
}

/* Whether a list of releases, such as "0.10.3 0.11", has one of a minor release. */
static bool has_release(const char *list, const char *minor)
{
    size_t size = strlen(minor);
    for (const char *at = list; *at != '\0'; at += strspn(at, " ")) {
        if (strncmp(at, minor, size) == 0 && strchr(". ", at[size])) return true;
        at += strcspn(at, " ");
    }
    return false;
}

static void note_releases(const char *name)
{
    char codec[256], release[256], also[256], companions[256];
    struct vector_bytes text = vector_read(name, ".json");
    char *tags = text.data ? strstr(text.data, "\"tags\":") : NULL;
    if (tags) {
        tags[strcspn(tags, "\n")] = '\0';
        read_tag(tags, "codec", codec);
        read_tag(tags, "joblib", release);
        read_tag(tags, "also", also);
        read_tag(tags, "companions", companions);
    }
    for (size_t i = 0; tags && i < WRITTEN; i++) {
        bool same = strcmp(written[i].tag, codec) == 0 &&
                    written[i].companions == (companions[0] != '\0');
        for (size_t k = written[i].first; same && k < written[i].end; k++) {
            if (has_release(release, releases[k]) || has_release(also, releases[k]))
                has_case[i][k] = true;
        }
    }
    free(text.data);
}

static void has_a_vector_of_every_codec_by_every_release(void)
{
    CHECK(vector_each("valid/", note_releases) > 700);
    for (size_t i = 0; i < WRITTEN; i++) {
        for (size_t k = written[i].first; k < written[i].end; k++) {
            if (is_read(written[i].tag) && !has_case[i][k])
                test_fail(__FILE__, __LINE__, "no valid vector is %s%s of joblib %s",
                          written[i].tag, written[i].companions ? " and companions" : "",
                          releases[k]);
        }
    }
}

int main(void)
{
    RUN(has_a_vector_of_every_codec_by_every_release);
    return test_finish();
}
