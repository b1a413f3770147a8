#include "command/allow_list.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/failure.h"

static joblib_status read_text(FILE *file, joblib_command__bytes *text,
                               joblib_error *error)
{
    char buffer[4096];
    size_t got;
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0) {
        if (!joblib_command__write_memory(text, buffer, got))
            return joblib_command__no_memory(error);
    }
    if (ferror(file))
        return joblib_command__fail(error, JOBLIB_ERROR_IO, "%s", strerror(errno));
    return joblib_command__write_memory(text, "", 1) ? JOBLIB_OK
                                                     : joblib_command__no_memory(error);
}

static int compare_lines(const void *a, const void *b)
{
    const char *const *first = a, *const *second = b;
    return strcmp(*first, *second);
}

static joblib_status split_lines(joblib_command__allow_list *list, joblib_error *error)
{
    char *next = list->text.data;
    while (*next != '\0') {
        char *line = next;
        size_t size = strcspn(line, "\r\n");
        next += size + (line[size] != '\0');
        line[size] = '\0';
        if (size == 0 || *line == '#') continue;
        char **lines = joblib_command__grow(list->lines, &list->capacity, list->count + 1,
                                            sizeof *lines);
        if (lines == NULL) return joblib_command__no_memory(error);
        list->lines = lines;
        lines[list->count++] = line;
    }
    if (list->count > 0)
        qsort(list->lines, list->count, sizeof *list->lines, compare_lines);
    return JOBLIB_OK;
}

joblib_status joblib_command__read_allow_list(joblib_command__allow_list *list,
                                              const char *path, joblib_error *error)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return joblib_command__fail(error,
                                    errno == ENOENT ? JOBLIB_ERROR_NOT_FOUND
                                                    : JOBLIB_ERROR_IO,
                                    "%s", strerror(errno));
    joblib_status status = read_text(file, &list->text, error);
    (void)fclose(file);
    return status == JOBLIB_OK ? split_lines(list, error) : status;
}

/* Names of a file have 512 bytes at most. */
static bool holds_line(const joblib_command__allow_list *list, const char *module,
                       char separator, const char *name)
{
    char text[1100];
    const char *key = text;
    int size = snprintf(text, sizeof text, "%s%c%s", module, separator, name);
    if (size < 0 || (size_t)size >= sizeof text || list->count == 0) return false;
    return bsearch(&key, list->lines, list->count, sizeof *list->lines, compare_lines) !=
           NULL;
}

bool joblib_command__allows(void *list, const char *module, const char *name)
{
    if (holds_line(list, module, ':', name)) return true;
    return strchr(name, '.') == NULL && holds_line(list, module, '.', name);
}

void joblib_command__allow_list_free(joblib_command__allow_list *list)
{
    free(list->text.data);
    free(list->lines);
}
