#include "command/table/csv_fields.h"

#include <string.h>

#include "command/failure.h"

static bool is_line_end(char letter)
{
    return letter == '\n' || letter == '\r';
}

static char find_separator(const char *at, const char *end)
{
    bool quoted = false, semicolon = false;
    for (; at < end && (quoted || !is_line_end(*at)); at++) {
        if (*at == '"') quoted = !quoted;
        if (*at == '\t' && !quoted) return '\t';
        if (*at == ';' && !quoted) semicolon = true;
    }
    return semicolon ? ';' : ',';
}

void joblib_command__csv_open(joblib_command__csv_reader *reader, char *text, size_t size)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t skipped = size >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    *reader = (joblib_command__csv_reader){.at = text + skipped, .end = text + size};
    (void)joblib_command__skip_empty_lines(reader);
    reader->separator = find_separator(reader->at, reader->end);
}

/* Steps over one end of line. */
static void take_line_end(joblib_command__csv_reader *reader)
{
    char first = *reader->at++;
    if (first == '\r' && reader->at < reader->end && *reader->at == '\n') reader->at++;
    reader->ended++;
}

bool joblib_command__skip_empty_lines(joblib_command__csv_reader *reader)
{
    while (reader->at < reader->end && is_line_end(*reader->at)) take_line_end(reader);
    return reader->at < reader->end;
}

/* Copies the text between quotes over itself, which drops the second of two quotes. */
static joblib_status take_quoted(joblib_command__csv_reader *reader,
                                 joblib_command__csv_field *out, joblib_error *error)
{
    char *to = ++reader->at;
    out->text = to;
    for (; reader->at < reader->end; reader->at++) {
        if (*reader->at == '"') {
            bool doubled = reader->at + 1 < reader->end && reader->at[1] == '"';
            if (!doubled) break;
            reader->at++;
        }
        if (*reader->at == '\n') reader->ended++;
        *to++ = *reader->at;
    }
    out->size = (size_t)(to - out->text);
    if (reader->at == reader->end) {
        return joblib_command__fail(error, JOBLIB_ERROR_INPUT,
                                    "line %zu begins a quote that never ends",
                                    reader->line);
    }
    reader->at++;
    return JOBLIB_OK;
}

static void take_plain(joblib_command__csv_reader *reader, joblib_command__csv_field *out)
{
    out->text = reader->at;
    while (reader->at < reader->end && *reader->at != reader->separator &&
           !is_line_end(*reader->at)) {
        reader->at++;
    }
    out->size = (size_t)(reader->at - out->text);
}

joblib_status joblib_command__next_field(joblib_command__csv_reader *reader,
                                         joblib_command__csv_field *out,
                                         joblib_error *error)
{
    reader->line = reader->ended + 1;
    if (reader->at < reader->end && *reader->at == '"') {
        JOBLIB_COMMAND_TRY(take_quoted(reader, out, error));
    } else {
        take_plain(reader, out);
    }
    out->is_last = reader->at == reader->end || is_line_end(*reader->at);
    if (out->is_last) {
        if (reader->at < reader->end) take_line_end(reader);
        return JOBLIB_OK;
    }
    if (*reader->at != reader->separator) {
        return joblib_command__fail(error, JOBLIB_ERROR_INPUT,
                                    "line %zu has text after a quote", reader->line);
    }
    reader->at++;
    return JOBLIB_OK;
}
