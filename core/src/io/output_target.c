#include "io/output_target.h"

#include <string.h>

#include "base/try.h"

#if JOBLIB_HAVE_FILES

#include <errno.h>
#include <stdio.h>

/* As many links in a row as Linux follows. */
#define MOST_LINKS 40

void joblib_io__target_show(joblib_io__target *target, const char *path)
{
    joblib_base__escape(target->shown, path, strlen(path));
}

joblib_status joblib_io__target_fail(const joblib_io__target *target, const char *what,
                                     int number, joblib_error *error)
{
    char text[JOBLIB_ESCAPED_SIZE + 64];
    joblib_status status = number == ENOENT ? JOBLIB_ERROR_NOT_FOUND : JOBLIB_ERROR_IO;
    snprintf(text, sizeof text, "%s: %s", target->shown, what);
    return joblib_io__set_system_error(error, status, text, number);
}

joblib_status joblib_io__target_refuse(const joblib_io__target *target,
                                       joblib_io__kind kind, joblib_error *error)
{
    const char *advice =
        kind == JOBLIB_IO__FOLDER ? "" : "; such a target is written in place only";
    return joblib_base__set_error(error, JOBLIB_ERROR_ARGUMENT,
                                  "%s: %s, not a regular file%s", target->shown,
                                  joblib_io__kind_text(kind), advice);
}

void joblib_io__target_close(const struct joblib_io__system *system,
                             joblib_io__target *target)
{
    if (target->folder != JOBLIB_NO_FOLDER) system->close(system->ctx, target->folder);
    target->folder = JOBLIB_NO_FOLDER;
}

/* Opens the folder part of `target->path`, which is relative to the folder before. */
static joblib_status enter_folder(const struct joblib_io__system *system,
                                  joblib_io__target *target, const char *part,
                                  joblib_error *error)
{
    int folder;
    do {
        folder = system->open_folder(system->ctx, target->folder, part);
    } while (folder == -EINTR);
    if (folder < 0) return joblib_io__target_fail(target, "its folder", -folder, error);
    joblib_io__target_close(system, target);
    target->folder = folder;
    return JOBLIB_OK;
}

/* Splits `target->path` into the folder, which is opened, and the name. */
static joblib_status enter_target(const struct joblib_io__system *system,
                                  joblib_io__target *target, joblib_error *error)
{
    char *slash = strrchr(target->path, '/');
    const char *name = slash ? slash + 1 : target->path;
    size_t size = strlen(name);
    if (size == 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return joblib_io__target_refuse(target, JOBLIB_IO__FOLDER, error);
    if (size >= sizeof target->name)
        return joblib_io__target_fail(target, "its name", ENAMETOOLONG, error);
    memcpy(target->name, name, size + 1);
    if (!slash) return enter_folder(system, target, ".", error);
    slash[slash == target->path] = '\0';
    return enter_folder(system, target, target->path, error);
}

static joblib_status follow_link(const struct joblib_io__system *system,
                                 joblib_io__target *target, joblib_error *error)
{
    int size = system->read_link(system->ctx, target->folder, target->name, target->path,
                                 sizeof target->path);
    if (size < 0) return joblib_io__target_fail(target, "read link", -size, error);
    if ((size_t)size >= sizeof target->path)
        return joblib_io__target_fail(target, "read link", ENAMETOOLONG, error);
    target->path[size] = '\0';
    return JOBLIB_OK;
}

/* Goes from link to link until a name is no link; `exists` tells what it stands for. */
static joblib_status walk_links(const struct joblib_io__system *system,
                                joblib_io__target *target, joblib_error *error)
{
    for (int links = 0; links <= MOST_LINKS; links++) {
        JOBLIB_TRY(enter_target(system, target, error));
        int result = system->inspect(system->ctx, target->folder, target->name, false,
                                     &target->old);
        target->exists = result == 0;
        if (result == -ENOENT) return JOBLIB_OK;
        if (result < 0) return joblib_io__target_fail(target, "stat", -result, error);
        if (target->old.kind != JOBLIB_IO__LINK) return JOBLIB_OK;
        JOBLIB_TRY(follow_link(system, target, error));
    }
    return joblib_io__target_fail(target, "its links", ELOOP, error);
}

static joblib_status check_old_file(const struct joblib_io__system *system,
                                    const joblib_io__target *target, joblib_error *error)
{
    if (target->old.kind != JOBLIB_IO__REGULAR)
        return joblib_io__target_refuse(target, target->old.kind, error);
    int result = system->check_writable(system->ctx, target->folder, target->name);
    if (result < 0) return joblib_io__target_fail(target, "write access", -result, error);
    return JOBLIB_OK;
}

/*
 * The system is asked first: the links of /dev/stdout and /proc/self/fd lead to pipes, and to
 * files without a name, whatever their text says.
 */
joblib_status joblib_io__target_find(const struct joblib_io__system *system,
                                     const char *path, joblib_io__target *target,
                                     joblib_error *error)
{
    joblib_io__metadata followed = {.kind = JOBLIB_IO__REGULAR};
    size_t size = strlen(path);
    target->folder = JOBLIB_NO_FOLDER;
    joblib_io__target_show(target, path);
    JOBLIB_REQUIRE(size > 0, JOBLIB_ERROR_ARGUMENT, "an empty path");
    if (size >= sizeof target->path)
        return joblib_io__target_fail(target, "its path", ENAMETOOLONG, error);
    memcpy(target->path, path, size + 1);
    int result = system->inspect(system->ctx, JOBLIB_NO_FOLDER, path, true, &followed);
    if (result < 0 && result != -ENOENT)
        return joblib_io__target_fail(target, "stat", -result, error);
    if (result == 0 && followed.kind != JOBLIB_IO__REGULAR)
        return joblib_io__target_refuse(target, followed.kind, error);
    JOBLIB_TRY(walk_links(system, target, error));
    if (target->exists) return check_old_file(system, target, error);
    JOBLIB_REQUIRE(result == -ENOENT, JOBLIB_ERROR_ARGUMENT,
                   "%s: a file that has no name; it is written in place only",
                   target->shown);
    return JOBLIB_OK;
}

static int change_owner(const struct joblib_io__system *system, int descriptor,
                        uint32_t owner, uint32_t group)
{
    int result;
    do {
        result = system->set_owner(system->ctx, descriptor, owner, group);
    } while (result == -EINTR);
    return result;
}

/* Gives the file to the owner and the group of the old one, or to that group alone; false if
   not even that is permitted. */
static bool keep_group(const struct joblib_io__system *system, int descriptor,
                       const joblib_io__metadata *now, const joblib_io__metadata *old)
{
    if (now->owner == old->owner && now->group == old->group) return true;
    if (change_owner(system, descriptor, old->owner, old->group) == 0) return true;
    return now->group == old->group ||
           change_owner(system, descriptor, now->owner, old->group) == 0;
}

/* Another group than before may do no more than everybody. */
static uint32_t bits_of_strangers(uint32_t mode)
{
    return (mode & 0707) | (mode & 0007) << 3;
}

int joblib_io__target_copy_access(const struct joblib_io__system *system,
                                  const joblib_io__target *target, int descriptor)
{
    uint32_t mode = target->old.mode & 0777;
    joblib_io__metadata now;
    int result = system->inspect_open(system->ctx, descriptor, &now);
    if (result < 0) return result;
    if (!keep_group(system, descriptor, &now, &target->old))
        mode = bits_of_strangers(mode);
    do {
        result = system->set_mode(system->ctx, descriptor, mode);
    } while (result == -EINTR);
    return result;
}

#undef MOST_LINKS

#endif
