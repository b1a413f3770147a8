/* Findings: counted, and told as long as a rule has not too many. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "profile/checking.h"

static const char *const rule_names[] = {
#define JOBLIB_X(rule, anchor) anchor,
#include "profile/rules.def"
#undef JOBLIB_X
};

const char *joblib_profile_rule_name(int rule)
{
    return rule >= 0 && rule < JOBLIB_PROFILE_RULE_COUNT ? rule_names[rule] : NULL;
}

/* Whether one more of this rule is told. */
static bool count_finding(joblib_profile__check *check, joblib_profile_rule rule)
{
    return check->found[rule]++ < check->options.most_reported && check->options.report;
}

static void tell_finding(const joblib_profile__check *check, joblib_profile_rule rule,
                         const char *path, uint64_t offset, const char *reason)
{
    const joblib_profile_finding finding = {.struct_size = sizeof finding,
                                            .rule = (uint32_t)rule,
                                            .path = path,
                                            .reason = reason,
                                            .offset = offset};
    check->options.report(check->options.report_ctx, &finding);
}

void joblib_profile__find_at(joblib_profile__check *check, joblib_profile_rule rule,
                             uint64_t offset, const char *reason)
{
    char path[JOBLIB_PROFILE_PATH_SIZE];
    if (!count_finding(check, rule)) return;
    joblib_profile__write_path(check, path);
    tell_finding(check, rule, path, offset, reason);
}

void joblib_profile__find(joblib_profile__check *check, joblib_profile_rule rule,
                          const char *format, ...)
{
    char reason[sizeof((joblib_error *)NULL)->message];
    va_list words;
    va_start(words, format);
    (void)vsnprintf(reason, sizeof reason, format, words);
    va_end(words);
    joblib_profile__find_at(check, rule, JOBLIB_NO_OFFSET, reason);
}

void joblib_profile__find_below(joblib_profile__check *check, joblib_profile_rule rule,
                                const char *inner, const char *reason)
{
    char path[2 * JOBLIB_PROFILE_PATH_SIZE];
    if (!count_finding(check, rule)) return;
    joblib_profile__write_path(check, path);
    size_t used = strlen(path);
    const char *dot = used > 0 && inner[0] != '\0' && inner[0] != '[' ? "." : "";
    (void)snprintf(path + used, sizeof path - used, "%s%s", dot, inner);
    tell_finding(check, rule, path, JOBLIB_NO_OFFSET, reason);
}
