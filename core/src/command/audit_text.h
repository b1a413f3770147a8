/**
 * What `joblib audit` prints. Names of a file are escaped in every form.
 */
#ifndef JOBLIB_COMMAND_AUDIT_TEXT_H
#define JOBLIB_COMMAND_AUDIT_TEXT_H

#include "command/output.h"
#include "joblib.h"

/** A form of output: its begin and end, and what each file adds. */
typedef struct joblib_command__audit_style {
    void (*begin)(joblib_command__output *out);
    /* `error` is why the file was not read to its end, or NULL; `results` counts what was
       printed so far, as far as the form needs it */
    void (*file)(joblib_command__output *out, size_t *results, const char *name,
                 const joblib_audit *audit, const joblib_error *error);
    void (*end)(joblib_command__output *out);
} joblib_command__audit_style;

extern const joblib_command__audit_style joblib_command__audit_text;
extern const joblib_command__audit_style joblib_command__audit_json;
extern const joblib_command__audit_style joblib_command__audit_sarif;

#endif
