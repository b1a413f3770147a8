/* For lstat(). */
#if !defined(_POSIX_C_SOURCE) && !defined(__APPLE__)
#define _POSIX_C_SOURCE 200809L
#endif

#include "command/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/failure.h"

#if defined(__unix__) || defined(__APPLE__)
#include <dirent.h>
#include <sys/stat.h>
#define HAVE_FOLDERS 1
#else
#define HAVE_FOLDERS 0
#endif

static joblib_status read_standard_input(void *ctx, void *buffer, size_t size,
                                         size_t *got, joblib_error *error)
{
    *got = fread(buffer, 1, size, ctx);
    if (*got > 0 || !ferror((FILE *)ctx)) return JOBLIB_OK;
    return joblib_command__fail(error, JOBLIB_ERROR_IO, "standard input: %s",
                                strerror(errno));
}

joblib_source joblib_command__standard_input(void)
{
    joblib_source source = JOBLIB_SOURCE_INIT;
    source.read = read_standard_input;
    source.ctx = stdin;
    return source;
}

static joblib_status read_stream(FILE *file, joblib_command__bytes *bytes,
                                 joblib_error *error)
{
    char buffer[4096];
    size_t got;
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0) {
        if (!joblib_command__write_memory(bytes, buffer, got))
            return joblib_command__no_memory(error);
    }
    if (!ferror(file)) return JOBLIB_OK;
    return joblib_command__fail(error, JOBLIB_ERROR_IO, "%s", strerror(errno));
}

joblib_status joblib_command__read_file(const char *path, joblib_command__bytes *bytes,
                                        joblib_error *error)
{
    if (path == NULL) return read_stream(stdin, bytes, error);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        joblib_status status = errno == ENOENT ? JOBLIB_ERROR_NOT_FOUND : JOBLIB_ERROR_IO;
        return joblib_command__fail(error, status, "%s", strerror(errno));
    }
    joblib_status status = read_stream(file, bytes, error);
    (void)fclose(file);
    return status;
}

static void visit_one(const char *path, joblib_command__visit_file *visit, void *ctx)
{
    joblib_command__found found = {path, path, NULL};
    visit(ctx, &found);
}

#if HAVE_FOLDERS

/* Paths still to be visited, the next one last. */
struct path_stack {
    char **paths;
    size_t count;
    size_t capacity;
};

static bool push_path(struct path_stack *stack, const char *folder, const char *name)
{
    size_t folder_size = strlen(folder), name_size = strlen(name);
    char **paths = joblib_command__grow(stack->paths, &stack->capacity, stack->count + 1,
                                        sizeof *paths);
    char *path = malloc(folder_size + name_size + 2);
    if (paths != NULL) stack->paths = paths;
    if (paths == NULL || path == NULL) {
        free(path);
        return false;
    }
    memcpy(path, folder, folder_size);
    if (folder_size > 0 && folder[folder_size - 1] != '/') path[folder_size++] = '/';
    memcpy(path + folder_size, name, name_size + 1);
    stack->paths[stack->count++] = path;
    return true;
}

/* Backwards: the first in the alphabet is popped first. */
static int compare_paths(const void *a, const void *b)
{
    const char *const *first = a, *const *second = b;
    return strcmp(*second, *first);
}

/* A folder that is an operand may be a link, one within a folder may not. */
static bool is_folder(const char *path, bool is_operand)
{
    struct stat status;
    int failed = is_operand ? stat(path, &status) : lstat(path, &status);
    return failed == 0 && S_ISDIR(status.st_mode);
}

/* A link to a folder, within a folder: what it leads to is no part of that. */
static bool is_link_to_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISLNK(status.st_mode) && is_folder(path, true);
}

static bool is_entry(const char *name)
{
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* Pushes what a folder holds. False without memory; `*reason` tells why it is not read. */
static bool push_folder(struct path_stack *stack, const char *folder, const char **reason)
{
    size_t before = stack->count;
    bool pushed = true;
    struct dirent *entry = NULL;
    DIR *stream = opendir(folder);
    *reason = stream == NULL ? strerror(errno) : NULL;
    if (stream == NULL) return true;
    errno = 0;
    while (pushed && (entry = readdir(stream)) != NULL) {
        if (is_entry(entry->d_name)) pushed = push_path(stack, folder, entry->d_name);
        errno = 0;
    }
    if (pushed && errno != 0) *reason = strerror(errno);
    closedir(stream);
    if (stack->count > before)
        qsort(stack->paths + before, stack->count - before, sizeof *stack->paths,
              compare_paths);
    return pushed;
}

static void visit_failure(const char *path, const char *reason,
                          joblib_command__visit_file *visit, void *ctx)
{
    joblib_error error;
    joblib_command__found found = {path, path, &error};
    (void)joblib_command__fail(&error, JOBLIB_ERROR_IO, "%s", reason);
    visit(ctx, &found);
}

static bool visit_next(struct path_stack *stack, joblib_command__visit_file *visit,
                       void *ctx, size_t *files)
{
    char *path = stack->paths[--stack->count];
    const char *reason = NULL;
    bool went_well = true;
    if (is_folder(path, false)) {
        went_well = push_folder(stack, path, &reason);
        if (reason != NULL) visit_failure(path, reason, visit, ctx);
    } else if (!is_link_to_folder(path)) {
        visit_one(path, visit, ctx);
        ++*files;
    }
    free(path);
    return went_well;
}

static joblib_status walk_folder(const char *folder, joblib_command__visit_file *visit,
                                 void *ctx, joblib_error *error)
{
    struct path_stack stack = {NULL, 0, 0};
    const char *reason = NULL;
    size_t files = 0;
    bool went_well = push_folder(&stack, folder, &reason);
    while (went_well && stack.count > 0)
        went_well = visit_next(&stack, visit, ctx, &files);
    for (size_t i = 0; i < stack.count; i++) free(stack.paths[i]);
    free(stack.paths);
    if (!went_well) return joblib_command__no_memory(error);
    if (reason == NULL && files == 0) reason = "the folder holds no file";
    if (reason != NULL) visit_failure(folder, reason, visit, ctx);
    return JOBLIB_OK;
}

#endif

joblib_status joblib_command__each_file(const char *path,
                                        joblib_command__visit_file *visit, void *ctx,
                                        joblib_error *error)
{
    static const joblib_command__found standard_input = {"standard input", NULL, NULL};
    if (strcmp(path, "-") == 0) {
        visit(ctx, &standard_input);
        return JOBLIB_OK;
    }
#if HAVE_FOLDERS
    if (is_folder(path, true)) return walk_folder(path, visit, ctx, error);
#endif
    (void)error;
    visit_one(path, visit, ctx);
    return JOBLIB_OK;
}

#undef HAVE_FOLDERS
