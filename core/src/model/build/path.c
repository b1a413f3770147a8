#include "model/path.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"

/* A text that grows at its end and is cut with "…". */
typedef struct path_text {
    char *text;
    size_t used;
    bool full;
} path_text;

static void append_text(path_text *path, const char *text)
{
    static const char dots[] = "\xe2\x80\xa6";
    size_t size = strlen(text);
    if (path->full) return;
    if (path->used + size + sizeof dots > JOBLIB_MODEL_PATH_SIZE) {
        path->full = true;
        text = dots;
        size = sizeof dots - 1;
    }
    memcpy(path->text + path->used, text, size);
    path->used += size;
    path->text[path->used] = '\0';
}

static void append_index(path_text *path, size_t index)
{
    char text[24];
    snprintf(text, sizeof text, "[%zu]", index);
    append_text(path, text);
}

/* A key of a dict may be any text. */
static void append_name(path_text *path, const char *name)
{
    char escaped[JOBLIB_ESCAPED_SIZE];
    if (path->used > 0) append_text(path, ".");
    append_text(path, joblib_base__escape(escaped, name, strlen(name)));
}

void joblib_model__write_path(const joblib_model__segment *path, const char *attribute,
                              char out[JOBLIB_MODEL_PATH_SIZE])
{
    path_text written = {out, 0, false};
    out[0] = '\0';
    size_t count = 0;
    for (const joblib_model__segment *at = path; at; at = at->parent) count++;
    for (; count > 0; count--) {
        const joblib_model__segment *at = path;
        for (size_t up = 1; up < count; up++) at = at->parent;
        if (at->name)
            append_name(&written, at->name);
        else
            append_index(&written, at->index);
    }
    if (attribute) append_name(&written, attribute);
}

void joblib_model__prefix_path(joblib_error *error, const joblib_model__segment *path)
{
    if (!error) return;
    char inner[sizeof error->path];
    memcpy(inner, error->path, sizeof inner);
    path_text written = {error->path, 0, false};
    joblib_model__write_path(path, NULL, error->path);
    written.used = strlen(error->path);
    if (inner[0] != '\0') {
        append_text(&written, ".");
        append_text(&written, inner);
    }
}
