/* Audits as JSON, a line for each file, and as SARIF 2.1.0, one document for all. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command/audit_text.h"
#include "command/printing.h"

static void put_key(joblib_command__output *out, const char *key)
{
    joblib_command__put_format(out, "\"%s\":", key);
}

static void put_string(joblib_command__output *out, const char *key, const char *text)
{
    put_key(out, key);
    joblib_command__put_json_text(out, text, strlen(text));
}

static void put_number(joblib_command__output *out, const char *key, uint64_t number)
{
    put_key(out, key);
    joblib_command__put_format(out, "%" PRIu64, number);
}

static void put_audit_error(joblib_command__output *out, const joblib_error *error)
{
    put_key(out, "error");
    if (error == NULL) {
        joblib_command__put_text(out, "null");
        return;
    }
    joblib_command__put_text(out, "{");
    put_string(out, "status", joblib_status_name(error->status));
    joblib_command__put_text(out, ",");
    if (error->offset == JOBLIB_NO_OFFSET) {
        joblib_command__put_text(out, "\"offset\":null");
    } else {
        put_number(out, "offset", error->offset);
    }
    joblib_command__put_text(out, ",");
    put_string(out, "message", error->message);
    joblib_command__put_text(out, "}");
}

static void put_uses(joblib_command__output *out, uint32_t uses)
{
    static const char *const names[] = {"named", "called", "built"};
    const char *between = "";
    joblib_command__put_text(out, "\"uses\":[");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if ((uses >> i & 1) == 0) continue;
        joblib_command__put_format(out, "%s\"%s\"", between, names[i]);
        between = ",";
    }
    joblib_command__put_text(out, "]");
}

static void put_global_json(joblib_command__output *out,
                            const joblib_audit_global *global)
{
    joblib_command__put_text(out, "{");
    put_string(out, "module", global->module);
    joblib_command__put_text(out, ",");
    put_string(out, "name", global->name);
    joblib_command__put_text(out, ",");
    put_string(out, "verdict", joblib_verdict_name((int)global->verdict));
    joblib_command__put_text(out, ",");
    put_string(out, "reason", global->reason);
    joblib_command__put_text(out, ",");
    put_uses(out, global->uses);
    joblib_command__put_text(out, ",");
    put_number(out, "offset", global->offset);
    joblib_command__put_text(out, ",");
    put_number(out, "nesting", global->nesting);
    joblib_command__put_text(out, ",");
    put_number(out, "count", global->count);
    joblib_command__put_text(out, "}");
}

static void begin_nothing(joblib_command__output *out)
{
    (void)out;
}

static void put_file_json(joblib_command__output *out, size_t *results, const char *name,
                          const joblib_audit *audit, const joblib_error *error)
{
    (void)results;
    joblib_command__put_text(out, "{");
    put_string(out, "file", name);
    joblib_command__put_text(out, ",");
    put_string(out, "outcome", joblib_outcome_name(joblib_audit_outcome(audit)));
    joblib_command__put_text(out, ",");
    put_audit_error(out, error);
    joblib_command__put_text(out, ",\"globals\":[");
    for (size_t i = 0; i < joblib_audit_count(audit); i++) {
        if (i > 0) joblib_command__put_text(out, ",");
        put_global_json(out, joblib_audit_at(audit, i));
    }
    joblib_command__put_text(out, "]}\n");
}

const joblib_command__audit_style joblib_command__audit_json = {
    begin_nothing,
    put_file_json,
    begin_nothing,
};

/* SARIF */

static void begin_sarif(joblib_command__output *out)
{
    joblib_command__put_text(
        out,
        "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
        "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"joblib\",");
    put_string(out, "version", joblib_version());
    joblib_command__put_text(out,
                             ",\"rules\":["
                             "{\"id\":\"dangerous-name\",\"shortDescription\":{\"text\":"
                             "\"The file names what can run code in Python.\"}},"
                             "{\"id\":\"unknown-name\",\"shortDescription\":{\"text\":"
                             "\"The file names what the audit does not know.\"}},"
                             "{\"id\":\"incomplete\",\"shortDescription\":{\"text\":"
                             "\"The file was not read to its end.\"}}]}},\"results\":[");
}

/* A path as a URI reference: all but letters, digits and "-._~/" is %XX. */
static void put_uri(joblib_command__output *out, const char *path)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    joblib_command__put_text(out, "\"");
    if (*path == '/') joblib_command__put_text(out, "file://");
    for (; *path != '\0'; path++) {
        if (strchr(plain, *path) != NULL) {
            joblib_command__put(out, path, 1);
        } else {
            joblib_command__put_format(out, "%%%02X", (unsigned char)*path);
        }
    }
    joblib_command__put_text(out, "\"");
}

/* Begins a result; its message is still open. */
static void begin_result(joblib_command__output *out, const char *rule, const char *level)
{
    joblib_command__put_format(out,
                               "{\"ruleId\":\"%s\",\"level\":\"%s\","
                               "\"message\":{\"text\":",
                               rule, level);
}

static void end_result(joblib_command__output *out, const char *file, uint64_t offset)
{
    joblib_command__put_text(out, "},\"locations\":[{\"physicalLocation\":"
                                  "{\"artifactLocation\":{\"uri\":");
    put_uri(out, file);
    joblib_command__put_text(out, "}}}]");
    if (offset != JOBLIB_NO_OFFSET)
        joblib_command__put_format(
            out, ",\"properties\":{\"offsetInDecodedStream\":%" PRIu64 "}", offset);
    joblib_command__put_text(out, "}");
}

static void put_global_result(joblib_command__output *out, const char *file,
                              const joblib_audit_global *global)
{
    char text[1400];
    bool dangerous = global->verdict == JOBLIB_VERDICT_DANGEROUS;
    int size = snprintf(text, sizeof text, "%s.%s: %s", global->module, global->name,
                        global->reason);
    begin_result(out, dangerous ? "dangerous-name" : "unknown-name",
                 dangerous ? "error" : "warning");
    joblib_command__put_json_text(out, text, size < 0 ? 0 : strlen(text));
    end_result(out, file, global->offset);
}

static void put_separator(joblib_command__output *out, size_t *results)
{
    if ((*results)++ > 0) joblib_command__put_text(out, ",");
}

static void put_file_sarif(joblib_command__output *out, size_t *results, const char *name,
                           const joblib_audit *audit, const joblib_error *error)
{
    for (size_t i = 0; i < joblib_audit_count(audit); i++) {
        const joblib_audit_global *global = joblib_audit_at(audit, i);
        if (global->verdict == JOBLIB_VERDICT_KNOWN) continue;
        put_separator(out, results);
        put_global_result(out, name, global);
    }
    if (error == NULL) return;
    put_separator(out, results);
    begin_result(out, "incomplete", "error");
    joblib_command__put_json_text(out, error->message, strlen(error->message));
    end_result(out, name, error->offset);
}

static void end_sarif(joblib_command__output *out)
{
    joblib_command__put_text(out, "]}]}\n");
}

const joblib_command__audit_style joblib_command__audit_sarif = {
    begin_sarif,
    put_file_sarif,
    end_sarif,
};
