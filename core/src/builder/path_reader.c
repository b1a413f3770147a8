#include "builder/path_reader.h"

#include <string.h>

#include "base/hex.h"
#include "base/try.h"

static joblib_status fail_path(const joblib_builder__path *path, const char *expected,
                               joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_ARGUMENT,
                                  "no path: %s expected at byte %zu", expected, path->at);
}

/* One byte of a name or of a text in quotes: itself, or what an escape says. */
static bool read_step_byte(joblib_builder__path *path, char *out)
{
    const char *text = path->text + path->at;
    size_t size = 1;
    *out = text[0];
    if (text[0] == '\\' && text[1] == 'x') {
        int high = joblib_base__hex_digit((unsigned char)text[2]);
        int low = high < 0 ? -1 : joblib_base__hex_digit((unsigned char)text[3]);
        if (low < 0) return false;
        *out = (char)(high << 4 | low);
        size = 4;
    } else if (text[0] == '\\') {
        if (text[1] != '\\' && text[1] != '"') return false;
        *out = text[1];
        size = 2;
    }
    path->at += size;
    return true;
}

/* Reads up to one of the bytes in `ends`, or to the end of the path. */
static joblib_status read_step_text(joblib_builder__path *path, const char *ends,
                                    joblib_builder__step *out, joblib_error *error)
{
    out->text = path->memory + path->used;
    out->size = 0;
    while (path->text[path->at] && !strchr(ends, path->text[path->at])) {
        char byte;
        if (!read_step_byte(path, &byte)) return fail_path(path, "an escape", error);
        path->memory[path->used++] = byte;
        out->size++;
    }
    return JOBLIB_OK;
}

static joblib_status read_step_name(joblib_builder__path *path, joblib_builder__step *out,
                                    joblib_error *error)
{
    out->kind = JOBLIB_STEP_NAME;
    if (path->at > 0 && path->text[path->at] != '.')
        return fail_path(path, ". or [", error);
    if (path->at > 0) path->at++;
    JOBLIB_TRY(read_step_text(path, ".[]\"", out, error));
    return out->size > 0 ? JOBLIB_OK : fail_path(path, "a name", error);
}

static joblib_status read_step_index(joblib_builder__path *path,
                                     joblib_builder__step *out, joblib_error *error)
{
    bool negative = path->text[path->at] == '-';
    out->kind = JOBLIB_STEP_INDEX;
    out->index = 0;
    path->at += negative;
    if (path->text[path->at] == ']') return fail_path(path, "a number", error);
    for (; path->text[path->at] != ']'; path->at++) {
        int digit = path->text[path->at] - '0';
        bool is_digit = digit >= 0 && digit <= 9;
        if (!is_digit || out->index > (INT64_MAX - digit) / 10)
            return fail_path(path, "a number", error);
        out->index = out->index * 10 + digit;
    }
    if (negative) out->index = -out->index;
    return JOBLIB_OK;
}

static joblib_status read_step_key(joblib_builder__path *path, joblib_builder__step *out,
                                   joblib_error *error)
{
    out->kind = JOBLIB_STEP_KEY;
    path->at++;
    JOBLIB_TRY(read_step_text(path, "\"", out, error));
    if (path->text[path->at] != '"') return fail_path(path, "a quote", error);
    path->at++;
    return path->text[path->at] == ']' ? JOBLIB_OK : fail_path(path, "]", error);
}

joblib_status joblib_builder__read_step(joblib_builder__path *path,
                                        joblib_builder__step *out, joblib_error *error)
{
    if (path->text[path->at] != '[') return read_step_name(path, out, error);
    path->at++;
    JOBLIB_TRY(path->text[path->at] == '"' ? read_step_key(path, out, error)
                                           : read_step_index(path, out, error));
    path->at++;
    return JOBLIB_OK;
}
