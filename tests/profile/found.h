#ifndef PROFILE_FOUND_H
#define PROFILE_FOUND_H

/**
 * What a check of the portable profile finds in a notation of support/pickled.h, or in a vector.
 */

#include <stdio.h>
#include <string.h>

#include "joblib/profile.h"
#include "support/models.h"
#include "support/pickled.h"
#include "support/test.h"
#include "support/vectors.h"

struct found {
    joblib_profile_result result;
    size_t told;
    uint32_t rules;   /* a bit for each that was told */
    char path[400];   /* of the first of rule `wanted`; else of the first */
    char reason[400]; /* the same */
    uint64_t offset;  /* the same */
    uint32_t wanted;
    bool is_wanted; /* the texts are of the rule that is wanted */
};

static inline void note_finding(void *ctx, const joblib_profile_finding *finding)
{
    struct found *found = ctx;
    bool is_wanted = finding->rule == found->wanted;
    found->rules |= UINT32_C(1) << finding->rule;
    if (found->told++ > 0 && (found->is_wanted || !is_wanted)) return;
    found->is_wanted = is_wanted;
    found->offset = finding->offset;
    snprintf(found->path, sizeof found->path, "%s", finding->path);
    snprintf(found->reason, sizeof found->reason, "%s", finding->reason);
}

/** Checks and releases a document. */
static inline struct found found_in(joblib_document *document, int wanted)
{
    struct found found = {.wanted = (uint32_t)wanted};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_profile_options options = JOBLIB_PROFILE_OPTIONS_INIT;
    options.report = note_finding;
    options.report_ctx = &found;
    CHECK_OK(joblib_profile_check(document, &options, &found.result, &error), &error);
    joblib_document_release(document);
    return found;
}

static inline joblib_document *load_vector(const char *name, const char *extension)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_file(vector_path(name, extension), NULL, &document, &error),
             &error);
    return document;
}

#endif
