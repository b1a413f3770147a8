#include "command/allow_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/files.h"

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
    JOBLIB_COMMAND_TRY(joblib_command__read_file(path, &list->text, error));
    if (!joblib_command__write_memory(&list->text, "", 1))
        return joblib_command__no_memory(error);
    return split_lines(list, error);
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

const char *const *joblib_command__dotted_names(joblib_command__allow_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        char *colon = strchr(list->lines[i], ':');
        if (colon != NULL) *colon = '.';
    }
    return (const char *const *)list->lines;
}

void joblib_command__allow_list_free(joblib_command__allow_list *list)
{
    free(list->text.data);
    free(list->lines);
}
