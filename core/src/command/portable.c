/* Conversion to a profile: written to memory first, and checked there. */
#include <inttypes.h>

#include "command/conversion.h"
#include "command/failure.h"
#include "command/profile_text.h"

enum { ALL_RULES = -1 };

/* Tells of what breaks these rules; adds how much to `*found`. */
static joblib_status tell_findings(joblib_command__conversion *conversion,
                                   const joblib_document *document, uint32_t rules,
                                   uint64_t *found, joblib_error *error)
{
    joblib_command__rewriting *all = &conversion->all;
    joblib_command__findings findings = {.out = all->context->err,
                                         .file = all->input_path != NULL
                                                     ? all->input_path
                                                     : "standard input",
                                         .rules = &rules};
    joblib_profile_result result;
    JOBLIB_COMMAND_TRY(joblib_command__tell_findings(&findings, conversion->profile,
                                                     document, &result, error));
    bool is_all = rules == (uint32_t)ALL_RULES;
    if (is_all) joblib_command__put_untold(&findings, result.findings);
    *found += is_all ? result.findings : findings.told;
    return JOBLIB_OK;
}

static joblib_status refuse_findings(uint64_t found, joblib_error *error)
{
    if (found == 0) return JOBLIB_OK;
    return joblib_command__fail(error, JOBLIB_ERROR_UNSUPPORTED,
                                "%" PRIu64 " findings stand in the way of the profile",
                                found);
}

/* What cannot be written at all is told with what else is wrong. */
static joblib_status write_copy(joblib_command__conversion *conversion,
                                const joblib_document *document, void **data,
                                size_t *size, uint64_t *found, joblib_error *error)
{
    joblib_command__rewriting *all = &conversion->all;
    joblib_error unused = JOBLIB_ERROR_INIT;
    JOBLIB_COMMAND_TRY(
        joblib_profile_dump_options(conversion->profile, document, &all->options, error));
    joblib_status status = joblib_dump_memory(document, &all->options, data, size, error);
    if (status == JOBLIB_ERROR_FORBIDDEN || status == JOBLIB_ERROR_UNSUPPORTED)
        (void)tell_findings(conversion, all->document, (uint32_t)ALL_RULES, found,
                            &unused);
    return status;
}

/* Text whose encoding nothing tells is told of the input: the copy has bytes there. */
static joblib_status check_copy(joblib_command__conversion *conversion, const void *data,
                                size_t size, uint64_t *found, joblib_error *error)
{
    joblib_document *copy = NULL;
    const uint32_t unicode = UINT32_C(1) << JOBLIB_PROFILE_UNICODE;
    JOBLIB_COMMAND_TRY(
        tell_findings(conversion, conversion->all.document, unicode, found, error));
    JOBLIB_COMMAND_TRY(joblib_load_memory(data, size, NULL, &copy, error));
    joblib_status status =
        tell_findings(conversion, copy, *found > 0 ? ~unicode : (uint32_t)ALL_RULES,
                      found, error);
    joblib_document_release(copy);
    return status;
}

static joblib_status write_and_check(joblib_command__conversion *conversion,
                                     const joblib_document *document, joblib_error *error)
{
    void *data = NULL;
    size_t size = 0;
    uint64_t found = 0;
    JOBLIB_COMMAND_TRY(write_copy(conversion, document, &data, &size, &found, error));
    joblib_status status = check_copy(conversion, data, size, &found, error);
    joblib_dump_free(data, size, NULL);
    return status == JOBLIB_OK ? refuse_findings(found, error) : status;
}

joblib_status joblib_command__make_portable(joblib_command__conversion *conversion,
                                            joblib_error *error)
{
    joblib_command__rewriting *all = &conversion->all;
    joblib_document *document;
    JOBLIB_COMMAND_TRY(joblib_profile_convert(all->document, conversion->profile, NULL,
                                              &document, error));
    joblib_status status = write_and_check(conversion, document, error);
    joblib_document_release(all->document);
    all->document = document;
    return status;
}
