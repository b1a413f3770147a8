/* Disks that are full, and files that may not grow: the old file stays. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* unshare() */
#endif
#include <signal.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#include <sys/mount.h>
#endif

#include "support/faulty_system.h"
#include "support/folder.h"
#include "support/test.h"

#define SIZE ((size_t)3 << 20)
static char old_bytes[100000], new_bytes[SIZE];

/* Runs a case in a process of its own, whose limits end with it. */
static void run_apart(void (*run)(void))
{
    int state = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        run();
        fflush(stdout);
        _exit(test_counts.case_failed);
    }
    CHECK(child > 0 && waitpid(child, &state, 0) == child && state == 0);
}

/* The new bytes do not fit; the old file is what it was. */
static void check_full(const char *word)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK(folder_write("a", old_bytes, sizeof old_bytes));
    CHECK_STATUS(output_bytes(folder_path("a"), NULL, NULL, new_bytes, SIZE, &error),
                 &error, JOBLIB_ERROR_IO, JOBLIB_NO_OFFSET);
    if (!strstr(error.message, word) || !strstr(error.message, "write at byte"))
        test_fail(__FILE__, __LINE__, "\"%s\" lacks \"%s\"", error.message, word);
    CHECK(folder_holds("a", old_bytes, sizeof old_bytes));
    CHECK_EQ_SIZE(folder_count(), 1);
}

static void limit_and_write(void)
{
    struct rlimit limit = {1 << 20, 1 << 20};
    CHECK(signal(SIGXFSZ, SIG_IGN) != SIG_ERR && setrlimit(RLIMIT_FSIZE, &limit) == 0);
    check_full("EFBIG, file too large");
}

static void keeps_the_old_file_at_the_limit_of_sizes(void)
{
    run_apart(limit_and_write);
    folder_clear();
}

/* A file system of 1 MiB that no other process sees; it ends with this one. */
static bool mount_small(const char *where)
{
#if defined(__linux__)
    return unshare(CLONE_NEWNS) == 0 &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("tmpfs", where, "tmpfs", 0, "size=1m") == 0;
#else
    (void)where;
    return false;
#endif
}

static void fill_and_write(void)
{
    bool mounted = mount_small(folder_path("."));
    if (!mounted) puts("    no file system can be mounted here");
    if (!mounted) return;
    check_full("ENOSPC, no space left on device");
    CHECK_OK(output_bytes(folder_path("a"), NULL, NULL, new_bytes, 500000, NULL), NULL);
    CHECK(folder_holds("a", new_bytes, 500000));
}

static void keeps_the_old_file_on_a_full_disk(void)
{
    run_apart(fill_and_write);
}

static void reports_a_full_device_in_place(void)
{
    struct joblib_io__output_settings settings = {.in_place = true};
    joblib_error error = JOBLIB_ERROR_INIT;
    bool exists = access("/dev/full", W_OK) == 0;
    if (!exists) puts("    no /dev/full here");
    if (!exists) return;
    CHECK_STATUS(output_bytes("/dev/full", &settings, NULL, "x", 1, &error), &error,
                 JOBLIB_ERROR_IO, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message,
                  "/dev/full: write at byte 0: ENOSPC, no space left on device");
}

int main(void)
{
    if (!folder_make()) return 1;
    memset(old_bytes, 'o', sizeof old_bytes);
    memset(new_bytes, 'n', sizeof new_bytes);
    RUN(keeps_the_old_file_at_the_limit_of_sizes);
    RUN(keeps_the_old_file_on_a_full_disk);
    RUN(reports_a_full_device_in_place);
    return test_finish();
}
