/* An audit for a person: a line for the file, and a table of its names, the worst first. */
#include "command/audit_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command/printing.h"

#define WIDEST_NAME 60

static void put_nothing(joblib_command__output *out)
{
    (void)out;
}

static void put_name(joblib_command__output *out, const joblib_audit_global *global)
{
    joblib_command__put_plain(out, global->module, strlen(global->module));
    joblib_command__put_text(out, ".");
    joblib_command__put_plain(out, global->name, strlen(global->name));
}

/* The columns that a name takes, as far as one column for each character tells. */
static size_t name_width(const joblib_audit_global *global)
{
    joblib_command__output counted;
    joblib_command__bytes text = {NULL, 0, 0};
    joblib_command__output_init(&counted, joblib_command__write_memory, &text);
    put_name(&counted, global);
    (void)joblib_command__flush(&counted);
    size_t width = 0;
    for (size_t i = 0; i < text.size; i++)
        width += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    free(text.data);
    return width;
}

static size_t widest_name(const joblib_audit *audit)
{
    size_t widest = 4;
    for (size_t i = 0; i < joblib_audit_count(audit); i++) {
        size_t width = name_width(joblib_audit_at(audit, i));
        if (width > widest && width <= WIDEST_NAME) widest = width;
    }
    return widest;
}

/* The colours of a terminal: red, yellow, none. */
static void put_verdict(joblib_command__output *out, uint32_t verdict)
{
    static const char *const colours[] = {"", "\033[33m", "\033[31m"};
    const char *colour = out->terminal ? colours[verdict % 3] : "";
    const char *name = joblib_verdict_name((int)verdict);
    joblib_command__put_text(out, colour);
    joblib_command__put_text(out, name);
    if (*colour != '\0') joblib_command__put_text(out, "\033[0m");
    joblib_command__put_spaces(out, 10 - strlen(name));
}

static const char *use_text(uint32_t uses)
{
    if (uses & JOBLIB_USE_BUILT) return "called, built";
    return uses & JOBLIB_USE_CALLED ? "called" : "named";
}

static void put_row(joblib_command__output *out, const joblib_audit_global *global,
                    size_t width)
{
    size_t own = name_width(global);
    joblib_command__put_text(out, "  ");
    put_verdict(out, global->verdict);
    joblib_command__put_text(out, " ");
    put_name(out, global);
    joblib_command__put_spaces(out, (own < width ? width - own : 0) + 2);
    joblib_command__put_format(out, "%-13s  %8" PRIu64 "  %5u  %5" PRIu64 "  %s\n",
                               use_text(global->uses), global->offset, global->nesting,
                               global->count, global->reason);
}

static void put_table(joblib_command__output *out, const joblib_audit *audit)
{
    size_t width = widest_name(audit);
    joblib_command__put_text(out, "  VERDICT    NAME");
    joblib_command__put_spaces(out, width - 4 + 2);
    joblib_command__put_text(out, "USE              OFFSET  LEVEL  TIMES  REASON\n");
    for (int verdict = JOBLIB_VERDICT_DANGEROUS; verdict >= JOBLIB_VERDICT_KNOWN;
         verdict--) {
        for (size_t i = 0; i < joblib_audit_count(audit); i++) {
            const joblib_audit_global *global = joblib_audit_at(audit, i);
            if ((int)global->verdict == verdict) put_row(out, global, width);
        }
    }
}

static void put_audited_file(joblib_command__output *out, size_t *results,
                             const char *name, const joblib_audit *audit,
                             const joblib_error *error)
{
    (void)results;
    int outcome = joblib_audit_outcome(audit);
    size_t count = joblib_audit_count(audit);
    joblib_command__put_plain(out, name, strlen(name));
    joblib_command__put_format(out, ": %s", joblib_outcome_name(outcome));
    if (error != NULL && outcome != JOBLIB_OUTCOME_INCOMPLETE)
        joblib_command__put_text(out, ", incomplete");
    joblib_command__put_format(out, ", %zu name%s\n", count, count == 1 ? "" : "s");
    if (count > 0) put_table(out, audit);
}

const joblib_command__audit_style joblib_command__audit_text = {
    put_nothing,
    put_audited_file,
    put_nothing,
};

#undef WIDEST_NAME
