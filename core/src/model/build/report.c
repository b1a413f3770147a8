#include "model/build/build.h"

#include <string.h>

#include "base/try.h"

void joblib_model__report_parts(const joblib_model__build *build,
                                const joblib_model_options *options)
{
    if (!options->report) return;
    for (const joblib_model__part *part = build->first; part; part = part->next) {
        joblib_model_part shown = {
            .struct_size = sizeof shown,
            .status = (int32_t)part->status,
            .path = part->path,
            .reason = part->reason ? part->reason : "",
            .value = part->value,
            .depth = part->depth,
            .methods = part->methods,
            .features = part->features,
            .version = part->version,
        };
        options->report(options->report_ctx, &shown);
    }
}

static bool is_own_failure(const joblib_model__part *part)
{
    return part->status != JOBLIB_OK && !part->inherited;
}

/* Adds `text` to a message; false if it does not fit, and then nothing is added. */
static bool append_message(char *message, size_t capacity, const char *text)
{
    size_t used = strlen(message), size = strlen(text);
    if (used + size + 1 > capacity) return false;
    memcpy(message + used, text, size + 1);
    return true;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* The class, escaped: "sklearn.svm._classes.SVC"; the kind of a value that is no object. */
static void write_class(const joblib_value *value, char out[2 * JOBLIB_ESCAPED_SIZE])
{
    char part[JOBLIB_ESCAPED_SIZE];
    const char *module = or_empty(joblib_value_module(value));
    const char *name = joblib_value_name(value);
    if (!name) name = joblib_kind_name((int)joblib_value_kind(value));
    const size_t room = (size_t)2 * JOBLIB_ESCAPED_SIZE;
    out[0] = '\0';
    if (module[0] != '\0') {
        append_message(out, room, joblib_base__escape(part, module, strlen(module)));
        append_message(out, room, ".");
    }
    append_message(out, room, joblib_base__escape(part, name, strlen(name)));
}

/* "path (class: reason)" */
static bool append_part(char *message, size_t capacity, const joblib_model__part *part)
{
    char class_name[2 * JOBLIB_ESCAPED_SIZE];
    size_t start = strlen(message);
    write_class(part->value, class_name);
    const char *place = or_empty(part->path)[0] != '\0' ? part->path : "the whole";
    const char *pieces[] = {place, " (", class_name, ": ", part->reason, ")"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        if (append_message(message, capacity, pieces[i])) continue;
        message[start] = '\0';
        return false;
    }
    return true;
}

/* All failures that fit; "…" stands for the rest. */
static void append_list(joblib_error *error, const joblib_model__part *part)
{
    const char *dots = "\xe2\x80\xa6";
    const size_t room = sizeof error->message - strlen("; ") - strlen(dots);
    const char *between = "";
    for (; part; part = part->next) {
        if (!is_own_failure(part)) continue;
        size_t start = strlen(error->message);
        bool fits = append_message(error->message, room, between) &&
                    append_part(error->message, room, part);
        between = "; ";
        if (fits) continue;
        error->message[start] = '\0';
        append_message(error->message, sizeof error->message, "; ");
        append_message(error->message, sizeof error->message, dots);
        return;
    }
}

joblib_status joblib_model__fail_build(const joblib_model__build *build,
                                       joblib_error *error)
{
    const joblib_model__part *first = NULL;
    size_t count = 0;
    for (const joblib_model__part *part = build->first; part; part = part->next) {
        if (!is_own_failure(part)) continue;
        if (!first) first = part;
        count++;
    }
    JOBLIB_NEVER(first == NULL);
    char class_name[2 * JOBLIB_ESCAPED_SIZE];
    write_class(first->value, class_name);
    if (count == 1) {
        joblib_base__set_error(error, first->status, "%s: %s", class_name, first->reason);
    } else {
        joblib_base__set_error(error, first->status, "%zu parts cannot run: ", count);
        if (error) append_list(error, build->first);
    }
    joblib_base__set_path(error, or_empty(first->error_path));
    return first->status;
}
