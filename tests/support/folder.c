#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#include "support/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[512];
static pid_t maker;

static void remove_folder(void)
{
    if (getpid() != maker) return;
    folder_clear();
    rmdir(folder);
}

bool folder_make(void)
{
    const char *where = getenv("TMPDIR");
    maker = getpid();
    snprintf(folder, sizeof folder, "%s/joblib-output-XXXXXX", where ? where : "/tmp");
    return mkdtemp(folder) != NULL && atexit(remove_folder) == 0;
}

const char *folder_path(const char *name)
{
    static char paths[8][1024];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

bool folder_write(const char *name, const void *data, size_t size)
{
    int file = open(folder_path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool done =
        file >= 0 && write(file, data, size) == (ssize_t)size && fchmod(file, 0644) == 0;
    if (file >= 0) close(file);
    return done;
}

bool folder_holds(const char *name, const void *data, size_t size)
{
    char *found = malloc(size + 1);
    int file = open(folder_path(name), O_RDONLY | O_CLOEXEC);
    bool same = found != NULL && file >= 0 &&
                read(file, found, size + 1) == (ssize_t)size &&
                memcmp(found, data, size) == 0;
    if (file >= 0) close(file);
    free(found);
    return same;
}

/* Calls `each` for every name but the two with dots. */
static size_t walk_names(bool (*each)(const char *name, const void *ctx), const void *ctx)
{
    size_t count = 0;
    DIR *names = opendir(folder);
    for (struct dirent *entry; names != NULL && (entry = readdir(names)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        count += each(entry->d_name, ctx);
    }
    if (names != NULL) closedir(names);
    return count;
}

static bool is_any(const char *name, const void *ctx)
{
    (void)name, (void)ctx;
    return true;
}

size_t folder_count(void)
{
    return walk_names(is_any, NULL);
}

static bool is_temporary(const char *name, const void *ctx)
{
    size_t size = strlen(ctx);
    const char *rest = name + 1 + size;
    if (name[0] != '.' || strncmp(name + 1, ctx, size) != 0) return false;
    return strncmp(rest, ".joblib-", 8) == 0 && strlen(rest) == 8 + 32 &&
           strspn(rest + 8, "0123456789abcdef") == 32;
}

size_t folder_count_temporaries(const char *name)
{
    return walk_names(is_temporary, name);
}

static bool remove_name(const char *name, const void *ctx)
{
    (void)ctx;
    return remove(folder_path(name)) == 0;
}

void folder_clear(void)
{
    walk_names(remove_name, NULL);
}

int folder_next_descriptor(void)
{
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (file >= 0) close(file);
    return file;
}
