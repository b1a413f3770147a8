#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "support/faulty_system.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MOST_INTERRUPTIONS 1000

/* Counts a call; the errno with which it fails, 0 if it does not. */
static int count_call(struct faulty *faulty, const char *name)
{
    size_t call = ++faulty->calls, at = faulty->fail_at;
    if (call <= FAULTY_MOST_CALLS) faulty->log[call - 1] = name;
    if (call == faulty->exit_at && strcmp(name, "write") != 0) _exit(FAULTY_EXIT);
    if (at == 0 || (faulty->for_ever ? call < at : call != at)) return 0;
    if (faulty->number == EINTR && call >= at + MOST_INTERRUPTIONS) return 0;
    if (faulty->failed == NULL) faulty->failed = name;
    return faulty->number;
}

#define FAIL_IF_TOLD(name) \
    do { \
        int number_of_call = count_call(ctx, name); \
        if (number_of_call != 0) return -number_of_call; \
    } while (0)

static const struct joblib_io__system *const real = &joblib_io__real_system;

static int try_open_folder(void *ctx, int folder, const char *path)
{
    FAIL_IF_TOLD("open_folder");
    return real->open_folder(NULL, folder, path);
}

static int try_inspect(void *ctx, int folder, const char *name, bool follow,
                       joblib_io__metadata *out)
{
    FAIL_IF_TOLD("inspect");
    return real->inspect(NULL, folder, name, follow, out);
}

static int try_inspect_open(void *ctx, int descriptor, joblib_io__metadata *out)
{
    FAIL_IF_TOLD("inspect_open");
    return real->inspect_open(NULL, descriptor, out);
}

static int try_check_writable(void *ctx, int folder, const char *name)
{
    FAIL_IF_TOLD("check_writable");
    return real->check_writable(NULL, folder, name);
}

static int try_read_link(void *ctx, int folder, const char *name, char *out, size_t room)
{
    FAIL_IF_TOLD("read_link");
    return real->read_link(NULL, folder, name, out, room);
}

static int try_create(void *ctx, int folder, const char *name, uint32_t mode)
{
    FAIL_IF_TOLD("create");
    return real->create(NULL, folder, name, mode);
}

static int try_open_in_place(void *ctx, const char *path)
{
    FAIL_IF_TOLD("open_in_place");
    return real->open_in_place(NULL, path);
}

static int try_reserve(void *ctx, int descriptor, uint64_t offset, uint64_t size)
{
    FAIL_IF_TOLD("reserve");
    return real->reserve(NULL, descriptor, offset, size);
}

static bool is_short(const struct faulty *faulty)
{
    bool now = faulty->for_ever ? faulty->calls >= faulty->fail_at
                                : faulty->calls == faulty->fail_at;
    return faulty->fail_at > 0 && faulty->number == 0 && now;
}

static int64_t try_write(void *ctx, int descriptor, const void *data, size_t size)
{
    struct faulty *faulty = ctx;
    FAIL_IF_TOLD("write");
    bool ends = faulty->calls == faulty->exit_at;
    if (size > 1 && (ends || is_short(faulty))) size /= 2;
    int64_t count = real->write(NULL, descriptor, data, size);
    if (ends) _exit(FAULTY_EXIT);
    return count;
}

static int try_set_owner(void *ctx, int descriptor, uint32_t owner, uint32_t group)
{
    FAIL_IF_TOLD("set_owner");
    return real->set_owner(NULL, descriptor, owner, group);
}

static int try_set_mode(void *ctx, int descriptor, uint32_t mode)
{
    FAIL_IF_TOLD("set_mode");
    return real->set_mode(NULL, descriptor, mode);
}

/* Nothing is lost while the system runs, and a disk is slow. */
static int try_sync(void *ctx, int descriptor)
{
    FAIL_IF_TOLD("sync");
    (void)descriptor;
    return 0;
}

/* A descriptor is gone even if closing it fails. */
static int try_close(void *ctx, int descriptor)
{
    int number = count_call(ctx, "close");
    int result = real->close(NULL, descriptor);
    return number != 0 ? -number : result;
}

static int try_rename(void *ctx, int folder, const char *from, const char *to)
{
    struct faulty *faulty = ctx;
    FAIL_IF_TOLD("rename");
    int result = real->rename(NULL, folder, from, to);
    faulty->renamed = result == 0;
    return result;
}

static int try_remove(void *ctx, int folder, const char *name)
{
    struct faulty *faulty = ctx;
    int number = count_call(ctx, "remove");
    int result = number != 0 ? -number : real->remove(NULL, folder, name);
    faulty->not_removed = result != 0;
    return result;
}

static void try_scramble(void *ctx, void *out, size_t size)
{
    const struct faulty *faulty = ctx;
    if (faulty->same_name)
        memset(out, 0x5a, size);
    else
        real->scramble(NULL, out, size);
}

struct joblib_io__system faulty_system(struct faulty *faulty)
{
    struct joblib_io__system system = {
        .ctx = faulty,
        .open_folder = try_open_folder,
        .inspect = try_inspect,
        .inspect_open = try_inspect_open,
        .check_writable = try_check_writable,
        .read_link = try_read_link,
        .create = try_create,
        .open_in_place = try_open_in_place,
        .reserve = try_reserve,
        .write = try_write,
        .set_owner = try_set_owner,
        .set_mode = try_set_mode,
        .sync = try_sync,
        .close = try_close,
        .rename = try_rename,
        .remove = try_remove,
        .scramble = try_scramble,
    };
    return system;
}

/* Pieces of 1, 10, 100 … bytes, the largest more than an output gathers. */
static joblib_status write_pieces(joblib_io__output *output, const char *data,
                                  size_t size, joblib_error *error)
{
    joblib_sink sink = joblib_io__output_sink(output);
    size_t piece = 1;
    joblib_status status = JOBLIB_OK;
    while (size > 0 && status == JOBLIB_OK) {
        size_t now = piece < size ? piece : size;
        status = sink.write(sink.ctx, data, now, error);
        data += now;
        size -= now;
        piece = piece < 1000000 ? piece * 10 : 1;
    }
    return status;
}

joblib_status output_bytes(const char *path,
                           const struct joblib_io__output_settings *settings,
                           const joblib_allocator *allocator, const void *data,
                           size_t size, joblib_error *error)
{
    joblib_io__output *output = NULL;
    joblib_status status =
        joblib_io__output_open(path, settings, allocator, &output, error);
    if (status == JOBLIB_OK) status = write_pieces(output, data, size, error);
    if (status == JOBLIB_OK) status = joblib_io__output_commit(output, error);
    joblib_io__output_close(output);
    return status;
}
