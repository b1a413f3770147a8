#include "io/output_file.h"

#include <string.h>

#include "base/allocator.h"
#include "base/try.h"
#include "io/output_target.h"

#if JOBLIB_HAVE_FILES

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#define BUFFER_SIZE ((size_t)256 << 10)

/* What stands for NAME in the name of a temporary file has at most so many bytes. */
#define MOST_OF_NAME 64

/* Random names that are tried while others exist already. */
#define MOST_NAMES 16

struct joblib_io__output {
    joblib_allocator allocator;
    const struct joblib_io__system *system;
    bool in_place;
    bool syncs;        /* the target is to be on the disk in the end */
    bool reserves;     /* room on the disk is taken before a large write */
    bool is_temporary; /* the temporary file exists */
    bool is_broken;    /* a call has failed */
    int descriptor;    /* -1 when closed */
    uint64_t written;  /* bytes given to the system */
    size_t filled;     /* bytes in the buffer */
    joblib_io__target target;
    char temporary[JOBLIB_IO__NAME_SIZE];
    uint8_t buffer[BUFFER_SIZE];
};

/* After the opening a file that is missing is nothing that the caller could have named. */
static joblib_status fail_output(joblib_io__output *output, const char *what, int result,
                                 joblib_error *error)
{
    output->is_broken = true;
    joblib_io__target_fail(&output->target, what, -result, error);
    if (error) error->status = JOBLIB_ERROR_IO;
    return JOBLIB_ERROR_IO;
}

/* Fills in `.NAME.joblib-` and 32 hex digits; a long name ends between two characters. */
static void name_temporary(joblib_io__output *output)
{
    uint64_t random[2];
    const char *name = output->target.name;
    size_t size = strlen(name);
    if (size > MOST_OF_NAME) size = MOST_OF_NAME;
    while (size > 0 && ((unsigned char)name[size] & 0xc0) == 0x80) size--;
    output->system->scramble(output->system->ctx, random, sizeof random);
    snprintf(output->temporary, sizeof output->temporary,
             ".%.*s.joblib-%016" PRIx64 "%016" PRIx64, (int)size, name, random[0],
             random[1]);
}

/*
 * A new file gets its mode from the system, which knows the umask of the process and the rules
 * of the folder. The bytes for an old file are secret until they have its mode.
 */
static joblib_status create_temporary(joblib_io__output *output, joblib_error *error)
{
    const struct joblib_io__system *system = output->system;
    uint32_t mode = output->target.exists ? 0600 : 0666;
    int result = -EEXIST;
    for (int i = 0; i < MOST_NAMES && result == -EEXIST; i++) {
        name_temporary(output);
        do {
            result = system->create(system->ctx, output->target.folder, output->temporary,
                                    mode);
        } while (result == -EINTR);
    }
    output->is_temporary = result >= 0;
    output->descriptor = result < 0 ? -1 : result;
    if (result >= 0) return JOBLIB_OK;
    return fail_output(output, "create a temporary file beside it", result, error);
}

static joblib_status open_beside(joblib_io__output *output, const char *path,
                                 joblib_error *error)
{
    JOBLIB_TRY(joblib_io__target_find(output->system, path, &output->target, error));
    return create_temporary(output, error);
}

/* What has no disk cannot be synced. */
static joblib_status inspect_in_place(joblib_io__output *output, joblib_error *error)
{
    const struct joblib_io__system *system = output->system;
    joblib_io__metadata found;
    int result = system->inspect_open(system->ctx, output->descriptor, &found);
    if (result < 0) return fail_output(output, "stat", result, error);
    output->syncs &= found.kind == JOBLIB_IO__REGULAR || found.kind == JOBLIB_IO__BLOCKS;
    return JOBLIB_OK;
}

static joblib_status open_in_place(joblib_io__output *output, const char *path,
                                   joblib_error *error)
{
    const struct joblib_io__system *system = output->system;
    joblib_io__target *target = &output->target;
    int result;
    joblib_io__target_show(target, path);
    do {
        result = system->open_in_place(system->ctx, path);
    } while (result == -EINTR);
    if (result == -EISDIR)
        return joblib_io__target_refuse(target, JOBLIB_IO__FOLDER, error);
    if (result < 0) return joblib_io__target_fail(target, "open", -result, error);
    output->descriptor = result;
    return inspect_in_place(output, error);
}

joblib_status joblib_io__output_open(const char *path,
                                     const struct joblib_io__output_settings *settings,
                                     const joblib_allocator *allocator,
                                     joblib_io__output **out, joblib_error *error)
{
    static const struct joblib_io__output_settings defaults = {0};
    joblib_allocator chosen = joblib_base__choose_allocator(allocator);
    if (!settings) settings = &defaults;
    *out = NULL;
    joblib_io__output *output = joblib_base__allocate(&chosen, sizeof *output);
    if (!output) return joblib_base__set_no_memory(error, sizeof *output);
    memset(output, 0, offsetof(joblib_io__output, buffer));
    output->allocator = chosen;
    output->system = settings->system ? settings->system : &joblib_io__real_system;
    output->in_place = settings->in_place;
    output->syncs = settings->durability == JOBLIB_IO__FULL;
    output->reserves = !output->syncs && !output->in_place;
    output->descriptor = -1;
    output->target.folder = JOBLIB_NO_FOLDER;
    joblib_status status = output->in_place ? open_in_place(output, path, error)
                                            : open_beside(output, path, error);
    if (status == JOBLIB_OK)
        *out = output;
    else
        joblib_io__output_close(output);
    return status;
}

static joblib_status fail_write(joblib_io__output *output, int result,
                                joblib_error *error)
{
    char what[48];
    snprintf(what, sizeof what, "write at byte %" PRIu64, output->written);
    return fail_output(output, what, result, error);
}

/* Blocks that are taken at once cost less than one after the other. A system that has no room
   says so when the bytes come. What is synced is laid out better when all of it is known. */
static void reserve_room(joblib_io__output *output, size_t size)
{
    const struct joblib_io__system *system = output->system;
    if (!output->reserves || size < BUFFER_SIZE) return;
    output->reserves =
        system->reserve(system->ctx, output->descriptor, output->written, size) == 0;
}

/* Gives all bytes to the system. One that takes none would be asked for ever. */
static joblib_status write_bytes_out(joblib_io__output *output, const uint8_t *data,
                                     size_t size, joblib_error *error)
{
    const struct joblib_io__system *system = output->system;
    reserve_room(output, size);
    while (size > 0) {
        int64_t count = system->write(system->ctx, output->descriptor, data, size);
        if (count == -EINTR) continue;
        if (count <= 0) return fail_write(output, count < 0 ? (int)count : -EIO, error);
        output->written += (uint64_t)count;
        data += count;
        size -= (size_t)count;
    }
    return JOBLIB_OK;
}

static joblib_status flush_buffer(joblib_io__output *output, joblib_error *error)
{
    size_t size = output->filled;
    output->filled = 0;
    return write_bytes_out(output, output->buffer, size, error);
}

static joblib_status check_usable(const joblib_io__output *output, joblib_error *error)
{
    JOBLIB_REQUIRE(!output->is_broken && output->descriptor >= 0, JOBLIB_ERROR_IO,
                   "%s: %s", output->target.shown,
                   output->is_broken ? "writing has failed before" : "already written");
    return JOBLIB_OK;
}

/* The buffer goes when it is full, not before: its size is one that systems like. */
static joblib_status gather_bytes(joblib_io__output *output, const uint8_t *data,
                                  size_t size, joblib_error *error)
{
    while (size > 0) {
        size_t room = BUFFER_SIZE - output->filled, part = size < room ? size : room;
        memcpy(output->buffer + output->filled, data, part);
        output->filled += part;
        data += part;
        size -= part;
        if (output->filled == BUFFER_SIZE) JOBLIB_TRY(flush_buffer(output, error));
    }
    return JOBLIB_OK;
}

joblib_status joblib_io__output_write(joblib_io__output *output, const void *data,
                                      size_t size, joblib_error *error)
{
    const uint8_t *bytes = data;
    JOBLIB_TRY(check_usable(output, error));
    if (size < BUFFER_SIZE) return gather_bytes(output, bytes, size, error);
    JOBLIB_TRY(flush_buffer(output, error));
    return write_bytes_out(output, bytes, size, error);
}

static joblib_status write_to_output(void *ctx, const void *data, size_t size,
                                     joblib_error *error)
{
    return joblib_io__output_write(ctx, data, size, error);
}

joblib_sink joblib_io__output_sink(joblib_io__output *output)
{
    joblib_sink sink = JOBLIB_SINK_INIT;
    sink.write = write_to_output;
    sink.ctx = output;
    return sink;
}

static joblib_status keep_access(joblib_io__output *output, joblib_error *error)
{
    if (output->in_place || !output->target.exists) return JOBLIB_OK;
    int result = joblib_io__target_copy_access(output->system, &output->target,
                                               output->descriptor);
    return result < 0 ? fail_output(output, "mode of the new file", result, error)
                      : JOBLIB_OK;
}

/* Never a second time: the system may have dropped what it could not write. */
static joblib_status sync_file(joblib_io__output *output, joblib_error *error)
{
    if (!output->syncs) return JOBLIB_OK;
    int result = output->system->sync(output->system->ctx, output->descriptor);
    return result < 0 ? fail_output(output, "sync", result, error) : JOBLIB_OK;
}

/* Whatever it says, the descriptor is gone. */
static joblib_status close_file(joblib_io__output *output, joblib_error *error)
{
    int result = output->system->close(output->system->ctx, output->descriptor);
    output->descriptor = -1;
    return result < 0 ? fail_output(output, "close", result, error) : JOBLIB_OK;
}

static joblib_status rename_file(joblib_io__output *output, joblib_error *error)
{
    const struct joblib_io__system *system = output->system;
    int result = system->rename(system->ctx, output->target.folder, output->temporary,
                                output->target.name);
    if (result < 0) return fail_output(output, "rename", result, error);
    output->is_temporary = false;
    return JOBLIB_OK;
}

/* EINVAL is a file system that syncs no folders. */
static joblib_status sync_folder(joblib_io__output *output, joblib_error *error)
{
    if (!output->syncs) return JOBLIB_OK;
    int result = output->system->sync(output->system->ctx, output->target.folder);
    if (result >= 0 || result == -EINVAL) return JOBLIB_OK;
    return fail_output(output, "written, but its folder is not synced", result, error);
}

joblib_status joblib_io__output_commit(joblib_io__output *output, joblib_error *error)
{
    JOBLIB_TRY(check_usable(output, error));
    JOBLIB_TRY(flush_buffer(output, error));
    JOBLIB_TRY(keep_access(output, error));
    JOBLIB_TRY(sync_file(output, error));
    JOBLIB_TRY(close_file(output, error));
    if (output->in_place) return JOBLIB_OK;
    JOBLIB_TRY(rename_file(output, error));
    return sync_folder(output, error);
}

void joblib_io__output_close(joblib_io__output *output)
{
    if (!output) return;
    const struct joblib_io__system *system = output->system;
    joblib_io__target *target = &output->target;
    joblib_allocator allocator = output->allocator;
    if (output->descriptor >= 0) system->close(system->ctx, output->descriptor);
    if (output->is_temporary)
        system->remove(system->ctx, target->folder, output->temporary);
    joblib_io__target_close(system, target);
    joblib_base__free(&allocator, output, sizeof *output);
}

#undef BUFFER_SIZE
#undef MOST_OF_NAME
#undef MOST_NAMES

#else

joblib_status joblib_io__output_open(const char *path,
                                     const struct joblib_io__output_settings *settings,
                                     const joblib_allocator *allocator,
                                     joblib_io__output **out, joblib_error *error)
{
    (void)path, (void)settings, (void)allocator;
    *out = NULL;
    return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED_BUILD,
                                  "this build writes no files");
}

joblib_status joblib_io__output_write(joblib_io__output *output, const void *data,
                                      size_t size, joblib_error *error)
{
    (void)output, (void)data, (void)size;
    return joblib_io__output_commit(output, error);
}

joblib_sink joblib_io__output_sink(joblib_io__output *output)
{
    (void)output;
    return (joblib_sink)JOBLIB_SINK_INIT;
}

joblib_status joblib_io__output_commit(joblib_io__output *output, joblib_error *error)
{
    (void)output;
    return joblib_base__set_error(error, JOBLIB_ERROR_UNSUPPORTED_BUILD,
                                  "this build writes no files");
}

void joblib_io__output_close(joblib_io__output *output)
{
    (void)output;
}

#endif
