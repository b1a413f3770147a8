/* O_CLOEXEC, F_FULLFSYNC, fallocate() of Linux, and 64-bit offsets also where off_t has 32 bits
   otherwise. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE 1
#endif
#ifndef _DARWIN_C_SOURCE
#define _DARWIN_C_SOURCE 1
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif

#include "io/system.h"

#include <string.h>

#include "base/hash.h"

#if JOBLIB_HAVE_FILES

#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat() */
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Some systems refuse to write more at once. */
#define MOST_WRITTEN ((size_t)1 << 30)

#define PERMISSIONS 07777

struct errno_row {
    int number;
    const char *text;
};

static const struct errno_row errno_rows[] = {
    {EACCES, "EACCES, permission denied"},
    {EAGAIN, "EAGAIN, not ready"},
    {EBUSY, "EBUSY, in use"},
    {EDQUOT, "EDQUOT, disk quota exceeded"},
    {EEXIST, "EEXIST, file exists"},
    {EFBIG, "EFBIG, file too large"},
    {EINTR, "EINTR, interrupted"},
    {EINVAL, "EINVAL, invalid argument"},
    {EIO, "EIO, input/output error"},
    {EISDIR, "EISDIR, is a directory"},
    {ELOOP, "ELOOP, too many symbolic links"},
    {EMFILE, "EMFILE, too many open files in the process"},
    {ENAMETOOLONG, "ENAMETOOLONG, file name too long"},
    {ENFILE, "ENFILE, too many open files in the system"},
    {ENODEV, "ENODEV, no such device"},
    {ENOENT, "ENOENT, no such file"},
    {ENOMEM, "ENOMEM, out of memory"},
    {ENOSPC, "ENOSPC, no space left on device"},
    {ENOTDIR, "ENOTDIR, not a directory"},
    {ENXIO, "ENXIO, no such device or address"},
    {EOVERFLOW, "EOVERFLOW, file too large"},
    {EPERM, "EPERM, not permitted"},
    {EPIPE, "EPIPE, nobody reads"},
    {EROFS, "EROFS, read-only file system"},
    {ESTALE, "ESTALE, stale file handle"},
    {ETIMEDOUT, "ETIMEDOUT, timed out"},
    {EXDEV, "EXDEV, another file system"},
};

joblib_status joblib_io__set_system_error(joblib_error *error, joblib_status status,
                                          const char *what, int number)
{
    const char *text = NULL;
    for (size_t i = 0; i < sizeof errno_rows / sizeof errno_rows[0]; i++) {
        if (errno_rows[i].number == number) text = errno_rows[i].text;
    }
    if (text) return joblib_base__set_error(error, status, "%s: %s", what, text);
    return joblib_base__set_error(error, status, "%s: errno %d", what, number);
}

struct kind_row {
    mode_t mode;
    joblib_io__kind kind;
    const char *text;
};

static const struct kind_row kind_rows[] = {
    {S_IFREG, JOBLIB_IO__REGULAR, "a regular file"},
    {S_IFDIR, JOBLIB_IO__FOLDER, "a directory"},
    {S_IFLNK, JOBLIB_IO__LINK, "a symbolic link"},
    {S_IFIFO, JOBLIB_IO__PIPE, "a pipe"},
    {S_IFSOCK, JOBLIB_IO__SOCKET, "a socket"},
    {S_IFCHR, JOBLIB_IO__CHARACTERS, "a character device"},
    {S_IFBLK, JOBLIB_IO__BLOCKS, "a block device"},
};

joblib_io__kind joblib_io__mode_kind(uint32_t mode)
{
    for (size_t i = 0; i < sizeof kind_rows / sizeof kind_rows[0]; i++) {
        if (((mode_t)mode & S_IFMT) == kind_rows[i].mode) return kind_rows[i].kind;
    }
    return JOBLIB_IO__OTHER;
}

const char *joblib_io__kind_text(joblib_io__kind kind)
{
    for (size_t i = 0; i < sizeof kind_rows / sizeof kind_rows[0]; i++) {
        if (kind_rows[i].kind == kind) return kind_rows[i].text;
    }
    return "no regular file";
}

/* -1 is an errno, everything else the result. */
static int negate_errno(int result)
{
    return result == -1 ? -errno : result;
}

static int at_folder(int folder)
{
    return folder == JOBLIB_NO_FOLDER ? AT_FDCWD : folder;
}

static int call_open_folder(void *ctx, int folder, const char *path)
{
    (void)ctx;
    return negate_errno(
        openat(at_folder(folder), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

static int keep_metadata(int result, const struct stat *found, joblib_io__metadata *out)
{
    memset(out, 0, sizeof *out);
    if (result != 0) return -errno;
    out->kind = joblib_io__mode_kind((uint32_t)found->st_mode);
    out->mode = (uint32_t)found->st_mode & PERMISSIONS;
    out->owner = (uint32_t)found->st_uid;
    out->group = (uint32_t)found->st_gid;
    return 0;
}

static int call_inspect(void *ctx, int folder, const char *name, bool follow,
                        joblib_io__metadata *out)
{
    struct stat found;
    (void)ctx;
    int flags = follow ? 0 : AT_SYMLINK_NOFOLLOW;
    return keep_metadata(fstatat(at_folder(folder), name, &found, flags), &found, out);
}

static int call_inspect_open(void *ctx, int descriptor, joblib_io__metadata *out)
{
    struct stat found;
    (void)ctx;
    return keep_metadata(fstat(descriptor, &found), &found, out);
}

static int call_check_writable(void *ctx, int folder, const char *name)
{
    (void)ctx;
    return negate_errno(faccessat(at_folder(folder), name, W_OK, AT_EACCESS));
}

static int call_read_link(void *ctx, int folder, const char *name, char *out, size_t room)
{
    (void)ctx;
    return negate_errno((int)readlinkat(at_folder(folder), name, out, room));
}

static int call_create(void *ctx, int folder, const char *name, uint32_t mode)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    (void)ctx;
    return negate_errno(openat(at_folder(folder), name, flags, (mode_t)mode));
}

static int call_open_in_place(void *ctx, const char *path)
{
    int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY;
    (void)ctx;
    return negate_errno(open(path, flags, (mode_t)0666));
}

/* Elsewhere there are calls that write zeros where a file system has no such thing. */
static int call_reserve(void *ctx, int descriptor, uint64_t offset, uint64_t size)
{
    (void)ctx;
#if defined(FALLOC_FL_KEEP_SIZE)
    return negate_errno(
        fallocate(descriptor, FALLOC_FL_KEEP_SIZE, (off_t)offset, (off_t)size));
#else
    (void)descriptor, (void)offset, (void)size;
    return -ENOSYS;
#endif
}

static int64_t call_write(void *ctx, int descriptor, const void *data, size_t size)
{
    (void)ctx;
    ssize_t count = write(descriptor, data, size < MOST_WRITTEN ? size : MOST_WRITTEN);
    return count < 0 ? -(int64_t)errno : (int64_t)count;
}

static int call_set_owner(void *ctx, int descriptor, uint32_t owner, uint32_t group)
{
    (void)ctx;
    return negate_errno(fchown(descriptor, (uid_t)owner, (gid_t)group));
}

static int call_set_mode(void *ctx, int descriptor, uint32_t mode)
{
    (void)ctx;
    return negate_errno(fchmod(descriptor, (mode_t)mode));
}

/* Where fsync() leaves the bytes in the drive's cache, another call does not. */
static int call_sync(void *ctx, int descriptor)
{
    (void)ctx;
#if defined(F_FULLFSYNC)
    if (fcntl(descriptor, F_FULLFSYNC) == 0) return 0;
    if (errno != ENOTSUP && errno != EINVAL && errno != ENOTTY) return -errno;
#endif
    return negate_errno(fsync(descriptor));
}

static int call_close(void *ctx, int descriptor)
{
    (void)ctx;
    return negate_errno(close(descriptor));
}

static int call_rename(void *ctx, int folder, const char *from, const char *to)
{
    (void)ctx;
    return negate_errno(renameat(at_folder(folder), from, at_folder(folder), to));
}

static int call_remove(void *ctx, int folder, const char *name)
{
    (void)ctx;
    return negate_errno(unlinkat(at_folder(folder), name, 0));
}

static bool read_random(void *out, size_t size)
{
    int descriptor = open("/dev/urandom", O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return false;
    ssize_t count = read(descriptor, out, size);
    close(descriptor);
    return count == (ssize_t)size;
}

/* Without /dev there is the time, the process and where its stack is. */
static void call_scramble(void *ctx, void *out, size_t size)
{
    struct timespec now = {0, 0};
    uint8_t *bytes = out;
    (void)ctx;
    if (read_random(out, size)) return;
    clock_gettime(CLOCK_REALTIME, &now);
    joblib_base__hash_key key = {(uint64_t)(uintptr_t)&now, (uint64_t)getpid()};
    uint64_t seed[] = {(uint64_t)now.tv_sec, (uint64_t)now.tv_nsec, 0};
    for (size_t i = 0; i < size; i++) {
        seed[2] = i;
        bytes[i] = (uint8_t)joblib_base__hash(key, seed, sizeof seed);
    }
}

const struct joblib_io__system joblib_io__real_system = {
    .open_folder = call_open_folder,
    .inspect = call_inspect,
    .inspect_open = call_inspect_open,
    .check_writable = call_check_writable,
    .read_link = call_read_link,
    .create = call_create,
    .open_in_place = call_open_in_place,
    .reserve = call_reserve,
    .write = call_write,
    .set_owner = call_set_owner,
    .set_mode = call_set_mode,
    .sync = call_sync,
    .close = call_close,
    .rename = call_rename,
    .remove = call_remove,
    .scramble = call_scramble,
};

#undef MOST_WRITTEN
#undef PERMISSIONS

#endif
