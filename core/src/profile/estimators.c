/* Models: run by a reader of level 3, and bound to one release of scikit-learn. */
#include <stdio.h>
#include <string.h>

#include "base/try.h"
#include "joblib/model.h"
#include "profile/checking.h"

/* Releases 1.0 to 1.9. */
enum { NEWEST_MINOR = 9 };

static bool is_version_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A version "1.6", "1.6.1" or "1.6.1.post1" of these releases. */
static bool read_profile_version(const char *text, unsigned *minor)
{
    if (strncmp(text, "1.", 2) != 0 || !is_version_digit(text[2])) return false;
    *minor = (unsigned)(text[2] - '0');
    for (text += 3; *text == '.';) {
        text += strncmp(text, ".post", 5) == 0 ? 5 : 1;
        if (!is_version_digit(*text)) return false;
        while (is_version_digit(*text)) text++;
    }
    return *text == '\0' && *minor <= NEWEST_MINOR;
}

/* The first version is that of the whole file. */
static const char *refuse_version(joblib_profile__check *check, const char *version)
{
    unsigned minor = 0;
    if (!version || version[0] == '\0') return "no version of scikit-learn is stored";
    if (strlen(version) >= sizeof check->version ||
        !read_profile_version(version, &minor))
        return "not of scikit-learn 1.0 to 1.9";
    if (check->version[0] == '\0') {
        memcpy(check->version, version, strlen(version) + 1);
        check->minor = minor;
    }
    return strcmp(check->version, version) == 0 ? NULL
                                                : "of another version than the first";
}

static void check_part_version(joblib_profile__check *check,
                               const joblib_model_part *part)
{
    char escaped[JOBLIB_ESCAPED_SIZE], reason[2 * JOBLIB_ESCAPED_SIZE];
    size_t size = 0;
    const char *version =
        joblib_value_text(joblib_value_attribute(part->value, "_sklearn_version"), &size);
    const char *why = refuse_version(check, version);
    if (!why) return;
    (void)snprintf(reason, sizeof reason, "%s%s%s",
                   version ? joblib_base__escape(escaped, version, size) : "",
                   version ? ": " : "", why);
    joblib_profile__find_below(check, JOBLIB_PROFILE_RELEASE, part->path, reason);
}

/* A class that is no name of the profile is told as that. */
static void check_part(void *ctx, const joblib_model_part *part)
{
    joblib_profile__check *check = ctx;
    const joblib_profile__row *row =
        joblib_profile__find_name(joblib_value_module(part->value),
                                  joblib_value_name(part->value));
    if (joblib_value_kind(part->value) == JOBLIB_KIND_OBJECT && !row) return;
    if (part->status != JOBLIB_OK && part->reason[0] != '\0')
        joblib_profile__find_below(check, JOBLIB_PROFILE_ESTIMATORS, part->path,
                                   part->reason);
    if (row && row->role == JOBLIB_PROFILE_ESTIMATOR) check_part_version(check, part);
}

joblib_status joblib_profile__check_estimator(joblib_profile__check *check,
                                              const joblib_value *value,
                                              joblib_error *error)
{
    joblib_model *model = NULL;
    joblib_model_options options = JOBLIB_MODEL_OPTIONS_INIT;
    joblib_document *document = joblib_document_retain(check->document);
    options.allocator = &check->allocator;
    options.report = check_part;
    options.report_ctx = check;
    check->level = 3;
    joblib_status status = joblib_model_new(document, value, &options, &model, error);
    joblib_model_release(model);
    joblib_document_release(document);
    bool is_told = status == JOBLIB_ERROR_ESTIMATOR || status == JOBLIB_ERROR_MODEL;
    return is_told ? JOBLIB_OK : status;
}
