/**
 * The calls of the system that write files, as a table, and the texts of its error numbers.
 *
 * Tests put a table of their own in the place of the real one. Every function returns a negated
 * errno on failure, and never retries: that is for its caller.
 */
#ifndef JOBLIB_IO_SYSTEM_H
#define JOBLIB_IO_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#if JOBLIB_HAVE_FILES

/** In the place of an open folder: the one in which the process works. */
#define JOBLIB_NO_FOLDER (-1)

/** What a name can stand for. */
typedef enum joblib_io__kind {
    JOBLIB_IO__REGULAR,
    JOBLIB_IO__FOLDER,
    JOBLIB_IO__LINK,
    JOBLIB_IO__PIPE,
    JOBLIB_IO__SOCKET,
    JOBLIB_IO__CHARACTERS,
    JOBLIB_IO__BLOCKS,
    JOBLIB_IO__OTHER
} joblib_io__kind;

typedef struct joblib_io__metadata {
    joblib_io__kind kind;
    uint32_t mode; /**< the twelve bits of permissions */
    uint32_t owner;
    uint32_t group;
} joblib_io__metadata;

/** Names are relative to `folder`, and descriptors are closed on exec. */
struct joblib_io__system {
    void *ctx;
    int (*open_folder)(void *ctx, int folder, const char *path);
    int (*inspect)(void *ctx, int folder, const char *name, bool follow,
                   joblib_io__metadata *out);
    int (*inspect_open)(void *ctx, int descriptor, joblib_io__metadata *out);
    /** 0 if the process may write to what `name` stands for. */
    int (*check_writable)(void *ctx, int folder, const char *name);
    /** Returns how many bytes of the link were put into `out`, without a NUL. */
    int (*read_link)(void *ctx, int folder, const char *name, char *out, size_t room);
    /** Opens a new file for writing; -EEXIST if the name stands for anything, a link too. */
    int (*create)(void *ctx, int folder, const char *name, uint32_t mode);
    /** Opens whatever `path` leads to for writing and empties it, or creates a file. */
    int (*open_in_place)(void *ctx, const char *path);
    /** Takes room on the disk for bytes that are to be written; the file has them no sooner. */
    int (*reserve)(void *ctx, int descriptor, uint64_t offset, uint64_t size);
    int64_t (*write)(void *ctx, int descriptor, const void *data, size_t size);
    int (*set_owner)(void *ctx, int descriptor, uint32_t owner, uint32_t group);
    int (*set_mode)(void *ctx, int descriptor, uint32_t mode);
    int (*sync)(void *ctx, int descriptor);
    int (*close)(void *ctx, int descriptor);
    int (*rename)(void *ctx, int folder, const char *from, const char *to);
    int (*remove)(void *ctx, int folder, const char *name);
    /** Fills `out` with bytes that others cannot foresee, as far as the system has them. */
    void (*scramble)(void *ctx, void *out, size_t size);
};

/** The calls of this system; `ctx` is not used. */
extern const struct joblib_io__system joblib_io__real_system;

/** The kind of a file of this st_mode. */
joblib_io__kind joblib_io__mode_kind(uint32_t mode);

/** "a directory", "a pipe" … */
const char *joblib_io__kind_text(joblib_io__kind kind);

/** Sets `what`, and name and text of the error number that no locale changes. */
joblib_status joblib_io__set_system_error(joblib_error *error, joblib_status status,
                                          const char *what, int number);

#endif

#endif
