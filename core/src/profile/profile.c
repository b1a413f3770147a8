/* The public functions of profiles. */
#include "joblib/profile.h"

#include <string.h>

#include "base/options.h"
#include "base/try.h"
#include "joblib/codec.h"
#include "profile/checking.h"
#include "value/document.h"

enum { OLDEST_PROTOCOL = 2, NEWEST_PROTOCOL = 5, USUAL_PROTOCOL = 4 };
enum { REPORTED_OF_A_RULE = 20 };

/* What is written: the newest forms of arrays, with names that numpy 1 and 2 have. */
enum { WRITTEN_JOBLIB = 10600, WRITTEN_PYTHON = 313, WRITTEN_NUMPY = 1 };

int joblib_profile_find(const char *name)
{
    return name && strcmp(name, "portable") == 0 ? JOBLIB_PROFILE_PORTABLE : -1;
}

void joblib_profile_options_init(joblib_profile_options *options)
{
    static const joblib_profile_options fresh = JOBLIB_PROFILE_OPTIONS_INIT;
    if (options) *options = fresh;
}

static bool is_codec(int codec)
{
    return codec == JOBLIB_CODEC_RAW || codec == JOBLIB_CODEC_ZLIB ||
           codec == JOBLIB_CODEC_GZIP;
}

static bool is_protocol(int protocol)
{
    return protocol >= OLDEST_PROTOCOL && protocol <= NEWEST_PROTOCOL;
}

static void check_file(joblib_profile__check *check)
{
    int codec = joblib_document_codec(check->document);
    int protocol = joblib_document_protocol(check->document);
    if (!is_codec(codec))
        joblib_profile__find(check, JOBLIB_PROFILE_CONTAINER,
                             "%s, where raw, zlib and gzip are read everywhere",
                             joblib_codec_name(codec));
    if (check->document->small_window)
        joblib_profile__find(check, JOBLIB_PROFILE_CONTAINER,
                             "zlib that does not begin with 78: joblib does not know it");
    if (!is_protocol(protocol))
        joblib_profile__find(check, JOBLIB_PROFILE_PROTOCOL, "protocol %d, not %d to %d",
                             protocol, OLDEST_PROTOCOL, NEWEST_PROTOCOL);
}

/* Also where it is no value of the document: as the bytes of an array. */
static void check_python2(joblib_profile__check *check)
{
    bool is_told =
        check->found[JOBLIB_PROFILE_TEXT] > 0 || check->found[JOBLIB_PROFILE_UNICODE] > 0;
    if (check->document->python2 && !is_told)
        joblib_profile__find(check, JOBLIB_PROFILE_TEXT,
                             "a str of Python 2 in how an array is pickled");
}

static joblib_status read_profile_options(const joblib_profile_options *given,
                                          joblib_profile_options *out,
                                          joblib_error *error)
{
    JOBLIB_TRY(joblib_base__read_struct(given, out, sizeof *out, "joblib_profile_options",
                                        error));
    JOBLIB_REQUIRE(out->profile <= JOBLIB_PROFILE_PORTABLE, JOBLIB_ERROR_ARGUMENT,
                   "profile %u is unknown", out->profile);
    if (out->most_reported == 0) out->most_reported = REPORTED_OF_A_RULE;
    return JOBLIB_OK;
}

static joblib_status check_all(joblib_profile__check *check, joblib_error *error)
{
    check_file(check);
    joblib_status status =
        joblib_profile__walk(check, joblib_document_root(check->document), error);
    check_python2(check);
    if (status == JOBLIB_OK) status = joblib_profile__check_other_names(check, error);
    joblib_builder__map_free(&check->met, &check->allocator);
    return status;
}

joblib_status joblib_profile_check(const joblib_document *document,
                                   const joblib_profile_options *options,
                                   joblib_profile_result *out, joblib_error *error)
{
    joblib_profile__check check = {.document = document,
                                   .look = joblib_profile__check_value,
                                   .level = 1};
    joblib_error_init(error);
    JOBLIB_REQUIRE(document && out, JOBLIB_ERROR_ARGUMENT, "no %s given",
                   document ? "place for the result" : "document");
    *out = (joblib_profile_result){.struct_size = sizeof *out};
    JOBLIB_TRY(read_profile_options(options, &check.options, error));
    check.allocator = joblib_base__choose_allocator(check.options.allocator);
    JOBLIB_TRY(check_all(&check, error));
    out->level = check.level;
    for (size_t i = 0; i < JOBLIB_PROFILE_RULE_COUNT; i++)
        out->findings += check.found[i];
    return JOBLIB_OK;
}

joblib_status joblib_profile_dump_options(int profile, const joblib_document *document,
                                          joblib_dump_options *options,
                                          joblib_error *error)
{
    JOBLIB_REQUIRE(document && options, JOBLIB_ERROR_ARGUMENT, "no %s given",
                   document ? "options" : "document");
    JOBLIB_REQUIRE(profile == JOBLIB_PROFILE_PORTABLE, JOBLIB_ERROR_ARGUMENT,
                   "profile %d is unknown", profile);
    JOBLIB_REQUIRE(options->struct_size >= sizeof *options, JOBLIB_ERROR_ARGUMENT,
                   "struct_size of joblib_dump_options is %u, below its own size",
                   options->struct_size);
    int protocol = joblib_document_protocol(document);
    if (options->codec == 0 && !is_codec(joblib_document_codec(document)))
        options->codec = JOBLIB_CODEC_ZLIB + 1;
    if (options->protocol == 0)
        options->protocol =
            (uint32_t)(is_protocol(protocol) ? protocol : USUAL_PROTOCOL) + 1;
    options->joblib_version = WRITTEN_JOBLIB;
    options->python_version = WRITTEN_PYTHON;
    options->numpy_version = WRITTEN_NUMPY;
    options->pickler = JOBLIB_PICKLER_JOBLIB;
    return JOBLIB_OK;
}
