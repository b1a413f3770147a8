#include "command/profile_text.h"

#include <inttypes.h>
#include <string.h>

#include "command/printing.h"

static void put_head(const joblib_command__findings *findings)
{
    if (findings->file == NULL) {
        joblib_command__put_text(findings->out, "  ");
        return;
    }
    joblib_command__put_text(findings->out, "joblib: ");
    joblib_command__put_plain(findings->out, findings->file, strlen(findings->file));
    joblib_command__put_text(findings->out, ": ");
}

static void put_finding(void *ctx, const joblib_profile_finding *finding)
{
    joblib_command__findings *findings = ctx;
    joblib_command__output *out = findings->out;
    if (findings->rules != NULL && (*findings->rules >> finding->rule & 1) == 0) return;
    if (findings->end_line && findings->told == 0)
        joblib_command__put_text(out, ", not portable:\n");
    findings->told++;
    put_head(findings);
    joblib_command__put_text(out, joblib_profile_rule_name((int)finding->rule));
    joblib_command__put_text(out, ": ");
    if (finding->path[0] != '\0') {
        joblib_command__put_plain(out, finding->path, strlen(finding->path));
        joblib_command__put_text(out, ": ");
    }
    if (finding->offset != JOBLIB_NO_OFFSET)
        joblib_command__put_format(out, "offset %" PRIu64 ": ", finding->offset);
    joblib_command__put_plain(out, finding->reason, strlen(finding->reason));
    joblib_command__put_text(out, "\n");
}

joblib_status joblib_command__tell_findings(joblib_command__findings *findings,
                                            int profile, const joblib_document *document,
                                            joblib_profile_result *result,
                                            joblib_error *error)
{
    joblib_profile_options options = JOBLIB_PROFILE_OPTIONS_INIT;
    options.profile = (uint32_t)profile;
    options.report = put_finding;
    options.report_ctx = findings;
    return joblib_profile_check(document, &options, result, error);
}

void joblib_command__put_untold(joblib_command__findings *findings, uint64_t all)
{
    if (all <= findings->told) return;
    put_head(findings);
    joblib_command__put_format(findings->out,
                               "\xe2\x80\xa6 %" PRIu64 " more like these\n",
                               all - findings->told);
}

int joblib_command__read_profile(joblib_command__context *context, const char *text,
                                 int *profile)
{
    if (text == NULL) return JOBLIB_COMMAND_DONE;
    *profile = joblib_profile_find(text);
    if (*profile >= 0) return JOBLIB_COMMAND_DONE;
    return joblib_command__wrong_usage(context, "--profile takes portable, not", text);
}
