#ifndef COMMAND_TEMPORARY_H
#define COMMAND_TEMPORARY_H

/**
 * Files that a test writes and removes. Included first: it asks for POSIX.
 */

#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/** Writes a file of the test's own; unlink() it. Eight of the paths are valid at a time. */
static inline const char *write_file(const char *name, const char *data, size_t size)
{
    static char paths[8][1200];
    static size_t next;
    char *path = paths[next++ % 8];
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof paths[0], "%s/joblib-test-%ld-%s",
             folder != NULL ? folder : "/tmp", (long)getpid(), name);
    FILE *file = fopen(path, "wb");
    if (file == NULL) return path;
    (void)fwrite(data, 1, size, file);
    (void)fclose(file);
    return path;
}

#define WRITE(name, text) write_file((name), (text), sizeof(text) - 1)

#endif
