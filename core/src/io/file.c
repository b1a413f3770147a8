/* O_CLOEXEC, and 64-bit offsets also where off_t has 32 bits otherwise. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif

#include "io/file.h"

#include <string.h>

#include "base/try.h"
#include "io/reader.h"
#include "io/system.h"

#if JOBLIB_HAVE_FILES

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Some systems refuse to read more at once. */
#define MOST_READ ((size_t)1 << 30)

/* Longest path of a folder, with its NUL. */
#define MOST_FOLDER 4096

/* Without O_NONBLOCK the opening of a pipe would wait for its writer. */
#define READ_FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

/* `what` is the path, or what was tried with a file that is open already. */
static joblib_status fail_system(const char *what, int number, joblib_error *error)
{
    joblib_status status = number == ENOENT ? JOBLIB_ERROR_NOT_FOUND : JOBLIB_ERROR_IO;
    return joblib_io__set_system_error(error, status, what, number);
}

static joblib_status fail_mode(mode_t mode, joblib_error *error)
{
    const char *text = joblib_io__kind_text(joblib_io__mode_kind((uint32_t)mode));
    return joblib_base__set_error(error, JOBLIB_ERROR_IO, "%s, not a regular file", text);
}

static joblib_status inspect_file(joblib_io__file *file, joblib_error *error)
{
    struct stat found;
    if (fstat(file->descriptor, &found) != 0) return fail_system("stat", errno, error);
    if (!S_ISREG(found.st_mode)) return fail_mode(found.st_mode, error);
    file->size = found.st_size > 0 ? (uint64_t)found.st_size : JOBLIB_UNKNOWN_SIZE;
    return JOBLIB_OK;
}

static joblib_status fail_open(const char *path, int number, joblib_error *error)
{
    char shown[JOBLIB_ESCAPED_SIZE];
    return fail_system(joblib_base__escape(shown, path, strlen(path)), number, error);
}

joblib_status joblib_io__file_open(joblib_io__file *file, const char *path,
                                   joblib_error *error)
{
    file->size = JOBLIB_UNKNOWN_SIZE;
    do {
        file->descriptor = open(path, READ_FLAGS);
    } while (file->descriptor < 0 && errno == EINTR);
    if (file->descriptor < 0) return fail_open(path, errno, error);
    joblib_status status = inspect_file(file, error);
    if (status != JOBLIB_OK) joblib_io__file_close(file);
    return status;
}

static joblib_status open_folder(const char *folder, size_t size, int *out,
                                 joblib_error *error)
{
    char path[MOST_FOLDER] = ".";
    if (size >= sizeof path) return fail_system("folder", ENAMETOOLONG, error);
    if (size > 0) {
        memcpy(path, folder, size);
        path[size] = '\0';
    }
    do {
        *out = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } while (*out < 0 && errno == EINTR);
    return *out < 0 ? fail_open(path, errno, error) : JOBLIB_OK;
}

joblib_status joblib_io__file_open_in(joblib_io__file *file, const char *folder,
                                      size_t folder_size, const char *name,
                                      joblib_error *error)
{
    int descriptor, number;
    file->descriptor = -1;
    file->size = JOBLIB_UNKNOWN_SIZE;
    JOBLIB_TRY(open_folder(folder, folder_size, &descriptor, error));
    do {
        file->descriptor = openat(descriptor, name, READ_FLAGS | O_NOFOLLOW);
        number = errno;
    } while (file->descriptor < 0 && number == EINTR);
    close(descriptor);
    if (file->descriptor < 0) return fail_open(name, number, error);
    joblib_status status = inspect_file(file, error);
    if (status != JOBLIB_OK) joblib_io__file_close(file);
    return status;
}

void joblib_io__file_close(joblib_io__file *file)
{
    if (file->descriptor >= 0) close(file->descriptor);
    file->descriptor = -1;
}

static joblib_status read_descriptor(void *ctx, void *buffer, size_t size, size_t *got,
                                     joblib_error *error)
{
    const joblib_io__file *file = ctx;
    ssize_t count;
    do {
        count = read(file->descriptor, buffer, size < MOST_READ ? size : MOST_READ);
    } while (count < 0 && errno == EINTR);
    if (count < 0) return fail_system("read", errno, error);
    *got = (size_t)count;
    return JOBLIB_OK;
}

joblib_source joblib_io__file_source(joblib_io__file *file)
{
    joblib_source source = JOBLIB_SOURCE_INIT;
    source.read = read_descriptor;
    source.ctx = file;
    return source;
}

bool joblib_io__file_map(const joblib_io__file *file, bool writable,
                         joblib_io__mapping *out)
{
    memset(out, 0, sizeof *out);
    if (file->size > SIZE_MAX / 2) return false; /* JOBLIB_UNKNOWN_SIZE too */
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    void *data =
        mmap(NULL, (size_t)file->size, protection, MAP_PRIVATE, file->descriptor, 0);
    if (data == MAP_FAILED) return false;
    out->data = data;
    out->size = (size_t)file->size;
    return true;
}

joblib_status joblib_io__file_check_size(const joblib_io__file *file, joblib_error *error)
{
    struct stat found;
    if (fstat(file->descriptor, &found) != 0) return fail_system("stat", errno, error);
    JOBLIB_REQUIRE((uint64_t)found.st_size >= file->size, JOBLIB_ERROR_TRUNCATED,
                   "the file shrank from %llu to %llu bytes while it was mapped",
                   (unsigned long long)file->size, (unsigned long long)found.st_size);
    return JOBLIB_OK;
}

void joblib_io__file_unmap(joblib_io__mapping *mapping)
{
    if (mapping->size > 0) munmap((void *)(uintptr_t)mapping->data, mapping->size);
    memset(mapping, 0, sizeof *mapping);
}

#undef MOST_READ
#undef MOST_FOLDER
#undef READ_FLAGS

#else

joblib_status joblib_io__file_open(joblib_io__file *file, const char *path,
                                   joblib_error *error)
{
    (void)path;
    file->descriptor = -1;
    file->size = JOBLIB_UNKNOWN_SIZE;
    return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED_BUILD,
                                  "this build reads no files");
}

joblib_status joblib_io__file_open_in(joblib_io__file *file, const char *folder,
                                      size_t folder_size, const char *name,
                                      joblib_error *error)
{
    (void)folder, (void)folder_size;
    return joblib_io__file_open(file, name, error);
}

void joblib_io__file_close(joblib_io__file *file)
{
    file->descriptor = -1;
}

joblib_source joblib_io__file_source(joblib_io__file *file)
{
    (void)file;
    return (joblib_source)JOBLIB_SOURCE_INIT;
}

bool joblib_io__file_map(const joblib_io__file *file, bool writable,
                         joblib_io__mapping *out)
{
    (void)file, (void)writable;
    memset(out, 0, sizeof *out);
    return false;
}

joblib_status joblib_io__file_check_size(const joblib_io__file *file, joblib_error *error)
{
    (void)file, (void)error;
    return JOBLIB_OK;
}

void joblib_io__file_unmap(joblib_io__mapping *mapping)
{
    memset(mapping, 0, sizeof *mapping);
}

#endif
