/* Every call of a write fails in turn: the target is the old file or the new one. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <errno.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/fault.h"
#include "support/faulty_system.h"
#include "support/folder.h"
#include "support/test.h"

#define SIZE 1500000
static char old_bytes[1000], new_bytes[SIZE];

/* What is written to, and how. */
struct scene {
    const char *name;
    bool (*prepare)(void);
    const char *path;
    bool exists; /* the target "a" is an old file before */
    struct joblib_io__output_settings settings;
};

static bool make_old(void)
{
    return folder_write("a", old_bytes, sizeof old_bytes);
}

static bool make_nothing(void)
{
    return true;
}

/* Owner and group are changed too where the test may give files away. */
static bool make_link(void)
{
    bool given = geteuid() != 0 || chown(folder_path("."), 0, 0) == 0;
    return given && make_old() &&
           (geteuid() != 0 || chown(folder_path("a"), 1, 1) == 0) &&
           symlink("a", folder_path("link")) == 0;
}

static const struct scene scenes[] = {
    {"new", make_nothing, "a", false, {false, JOBLIB_IO__FULL, NULL}},
    {"old", make_old, "a", true, {false, JOBLIB_IO__FULL, NULL}},
    {"link", make_link, "link", true, {false, JOBLIB_IO__FULL, NULL}},
    {"atomic", make_old, "a", true, {false, JOBLIB_IO__ATOMIC_ONLY, NULL}},
    {"in place", make_old, "a", true, {true, JOBLIB_IO__FULL, NULL}},
};

static void fill_bytes(void)
{
    memset(old_bytes, 'o', sizeof old_bytes);
    for (size_t i = 0; i < SIZE; i++) new_bytes[i] = (char)(i * 7 + i / 251);
}

static bool is_old(const struct scene *scene)
{
    if (!scene->exists) return access(folder_path("a"), F_OK) != 0;
    return folder_holds("a", old_bytes, sizeof old_bytes);
}

static bool is_new(void)
{
    return folder_holds("a", new_bytes, SIZE);
}

/* Runs a scene with a fault; `*error` is what it told. */
static joblib_status run_scene(const struct scene *scene, struct faulty *faulty,
                               joblib_error *error)
{
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    struct joblib_io__system system = faulty_system(faulty);
    struct joblib_io__output_settings settings = scene->settings;
    settings.system = &system;
    folder_clear();
    CHECK(scene->prepare());
    int descriptor = folder_next_descriptor();
    joblib_status status = output_bytes(folder_path(scene->path), &settings, &allocator,
                                        new_bytes, SIZE, error);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    CHECK_EQ_INT(folder_next_descriptor(), descriptor);
    return status;
}

static void check_target(const struct scene *scene, const struct faulty *faulty,
                         joblib_status status)
{
    if (scene->settings.in_place)
        CHECK(status != JOBLIB_OK || is_new());
    else
        CHECK(faulty->renamed ? is_new() : is_old(scene));
    CHECK(status != JOBLIB_OK || is_new());
    CHECK_EQ_SIZE(folder_count_temporaries("a"), faulty->not_removed);
}

/* After the renaming alone a failure may leave the new file, and the message says so. */
static void check_message(const struct faulty *faulty, joblib_status status,
                          const joblib_error *error)
{
    if (status == JOBLIB_OK) return;
    CHECK_EQ_INT(status, JOBLIB_ERROR_IO);
    CHECK(strchr(error->message, '\n') == NULL);
    CHECK((strstr(error->message, "folder is not synced") != NULL) == faulty->renamed);
}

/* True while the k-th call was reached. */
static bool fail_call(const struct scene *scene, size_t k, bool for_ever, int number)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct faulty faulty = {.fail_at = k, .for_ever = for_ever, .number = number};
    bool failed_before = test_counts.case_failed;
    joblib_status status = run_scene(scene, &faulty, &error);
    check_target(scene, &faulty, status);
    check_message(&faulty, status, &error);
    if (number == 0) CHECK_OK(status, &error);
    if (!failed_before && test_counts.case_failed)
        printf("    %s: call %zu, errno %d, %s: %s\n", scene->name, k, number,
               for_ever ? "for ever" : "once", error.message);
    return faulty.calls >= k;
}

/* Failures that were tried, in all. */
static size_t points;

static void fail_each_call(const struct scene *scene, int number)
{
    size_t k[2] = {1, 1};
    while (fail_call(scene, k[0], false, number)) k[0]++;
    while (fail_call(scene, k[1], true, number)) k[1]++;
    CHECK(k[0] > 5 && k[1] > 5);
    points += k[0] + k[1] - 2;
}

static void survives_the_failure_of_each_call(void)
{
    static const int numbers[] = {EIO, ENOSPC, EACCES, EDQUOT, EFBIG, ENOMEM, EROFS};
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
            fail_each_call(&scenes[i], numbers[n]);
    }
}

static void survives_interruptions(void)
{
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
        fail_each_call(&scenes[i], EINTR);
}

static void goes_on_after_short_writes(void)
{
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
        fail_each_call(&scenes[i], 0);
    printf("    %zu failures in all\n", points);
}

/* What the failure of the first call of a name ends in. */
struct outcome {
    const char *call;
    int number;
    joblib_status status;
};

/* The number of the first call of that name; 0 if there is none. */
static size_t find_call(const struct scene *scene, const char *name)
{
    struct faulty faulty = {0};
    size_t found = 0;
    run_scene(scene, &faulty, NULL);
    for (size_t i = 0; i < faulty.calls; i++) {
        if (strcmp(faulty.log[i], name) == 0 && found == 0) found = i + 1;
    }
    return found;
}

/* Where no room can be taken in advance, the writes tell whether there is some. */
static void goes_on_without_room_in_advance(void)
{
    static const int numbers[] = {ENOSPC, EDQUOT, EOPNOTSUPP, ENOSYS, EINTR, EFBIG};
    const struct scene *scene = &scenes[3];
    size_t call = find_call(scene, "reserve");
    CHECK(call > 0);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        struct faulty faulty = {.fail_at = call, .number = numbers[i]};
        CHECK_OK(run_scene(scene, &faulty, &error), &error);
        CHECK_EQ_TEXT(faulty.failed, "reserve");
        CHECK(is_new());
    }
    CHECK_EQ_SIZE(find_call(&scenes[0], "reserve"), 0);
    CHECK_EQ_SIZE(find_call(&scenes[4], "reserve"), 0);
}

/* Calls that a signal may interrupt are made again; fsync(), close() and rename() never. */
static void repeats_only_what_can_be_repeated(void)
{
    static const struct outcome outcomes[] = {
        {"open_folder", EINTR, JOBLIB_OK},
        {"create", EINTR, JOBLIB_OK},
        {"write", EINTR, JOBLIB_OK},
        {"set_mode", EINTR, JOBLIB_OK},
        {"sync", EINTR, JOBLIB_ERROR_IO},
        {"close", EINTR, JOBLIB_ERROR_IO},
        {"rename", EINTR, JOBLIB_ERROR_IO},
        {"sync", EIO, JOBLIB_ERROR_IO},
        {"close", EDQUOT, JOBLIB_ERROR_IO},
        {"rename", EXDEV, JOBLIB_ERROR_IO},
        {"set_mode", EPERM, JOBLIB_ERROR_IO},
        {"create", ENOENT, JOBLIB_ERROR_IO},
        {"open_folder", EACCES, JOBLIB_ERROR_IO},
        {"open_folder", ENOENT, JOBLIB_ERROR_NOT_FOUND},
    };
    const struct scene *scene = &scenes[1];
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        const struct outcome *outcome = &outcomes[i];
        struct faulty faulty = {.number = outcome->number};
        joblib_error error = JOBLIB_ERROR_INIT;
        faulty.fail_at = find_call(scene, outcome->call);
        CHECK_STATUS(run_scene(scene, &faulty, &error), &error, (int)outcome->status,
                     JOBLIB_NO_OFFSET);
        CHECK_EQ_TEXT(faulty.failed, outcome->call);
        CHECK(outcome->status == JOBLIB_OK ? is_new() : is_old(scene));
    }
}

/* A sync that failed is not asked for again: the next one would say that all is well. */
static void never_syncs_again(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct faulty faulty = {.number = EIO};
    size_t syncs = 0;
    faulty.fail_at = find_call(&scenes[1], "sync");
    CHECK_EQ_INT(run_scene(&scenes[1], &faulty, &error), JOBLIB_ERROR_IO);
    for (size_t i = 0; i < faulty.calls; i++) syncs += !strcmp(faulty.log[i], "sync");
    CHECK_EQ_SIZE(syncs, 1);
    CHECK(strstr(error.message, "/a: sync: EIO, input/output error") != NULL);
}

static int64_t write_nothing(void *ctx, int descriptor, const void *data, size_t size)
{
    (void)ctx, (void)descriptor, (void)data, (void)size;
    return 0;
}

/* It would be asked for ever. */
static void fails_where_the_system_takes_no_bytes(void)
{
    struct joblib_io__system system = joblib_io__real_system;
    struct joblib_io__output_settings settings = {.system = &system};
    joblib_error error = JOBLIB_ERROR_INIT;
    system.write = write_nothing;
    folder_clear();
    CHECK_STATUS(output_bytes(folder_path("a"), &settings, NULL, "abc", 3, &error),
                 &error, JOBLIB_ERROR_IO, JOBLIB_NO_OFFSET);
    CHECK_EQ_SIZE(folder_count(), 0);
}

/* What cannot be given to its owner is written all the same. */
static void goes_on_where_the_owner_cannot_be_kept(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct faulty faulty = {.number = EPERM};
    faulty.fail_at = find_call(&scenes[2], "set_owner");
    if (faulty.fail_at == 0) puts("    not root: nothing is given away");
    CHECK_OK(run_scene(&scenes[2], &faulty, &error), &error);
    CHECK(is_new());
}

/* A file system that syncs no folders says EINVAL. */
static void goes_on_where_folders_are_not_synced(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct faulty faulty = {.number = EINVAL};
    faulty.fail_at = find_call(&scenes[1], "rename") + 1;
    CHECK_OK(run_scene(&scenes[1], &faulty, &error), &error);
    CHECK_EQ_TEXT(faulty.failed, "sync");
    CHECK(is_new());
}

/* Once a piece was lost nothing more is written, and nothing is put in place. */
static void fails_for_good_after_a_failed_write(void)
{
    struct faulty faulty = {.number = ENOSPC};
    struct joblib_io__system system = faulty_system(&faulty);
    struct joblib_io__output_settings settings = {.system = &system};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_io__output *output = NULL;
    folder_clear();
    CHECK(make_old());
    CHECK_OK(joblib_io__output_open(folder_path("a"), &settings, NULL, &output, NULL),
             NULL);
    faulty.fail_at = faulty.calls + 1;
    CHECK_EQ_INT(joblib_io__output_write(output, new_bytes, SIZE, NULL), JOBLIB_ERROR_IO);
    CHECK_STATUS(joblib_io__output_write(output, "x", 1, &error), &error, JOBLIB_ERROR_IO,
                 JOBLIB_NO_OFFSET);
    CHECK_STATUS(joblib_io__output_commit(output, &error), &error, JOBLIB_ERROR_IO,
                 JOBLIB_NO_OFFSET);
    CHECK(strstr(error.message, "failed before") != NULL);
    joblib_io__output_close(output);
    CHECK(is_old(&scenes[1]));
    CHECK_EQ_SIZE(folder_count(), 1);
}

/* Ends before the k-th call, within it for a write; true if the process got so far. */
static bool end_at_call(const struct scene *scene, size_t k)
{
    int state = 0;
    folder_clear();
    CHECK(scene->prepare());
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        struct faulty faulty = {.exit_at = k};
        struct joblib_io__system system = faulty_system(&faulty);
        struct joblib_io__output_settings settings = scene->settings;
        settings.system = &system;
        _exit(output_bytes(folder_path(scene->path), &settings, NULL, new_bytes, SIZE,
                           NULL) != JOBLIB_OK);
    }
    CHECK(child > 0 && waitpid(child, &state, 0) == child && WIFEXITED(state));
    CHECK(WEXITSTATUS(state) == FAULTY_EXIT || WEXITSTATUS(state) == 0);
    return WEXITSTATUS(state) == FAULTY_EXIT;
}

/* The process ends at every call: the next write works, and what is left has its name. */
static void survives_the_end_of_the_process_at_each_call(void)
{
    for (size_t i = 0; i < 4; i++) {
        size_t k = 1, olds = 0;
        for (; end_at_call(&scenes[i], k); k++) {
            bool old = is_old(&scenes[i]);
            CHECK(old || is_new());
            olds += old;
            size_t left = folder_count_temporaries("a");
            CHECK(left == 0 || (left == 1 && old));
            CHECK_OK(output_bytes(folder_path("a"), NULL, NULL, new_bytes, SIZE, NULL),
                     NULL);
            CHECK(is_new());
            CHECK_EQ_SIZE(folder_count_temporaries("a"), left);
        }
        CHECK(is_new());
        CHECK(olds > 5 && k - olds > 1);
    }
}

int main(void)
{
    if (!folder_make()) return 1;
    fill_bytes();
    RUN(survives_the_failure_of_each_call);
    RUN(survives_interruptions);
    RUN(goes_on_after_short_writes);
    RUN(goes_on_without_room_in_advance);
    RUN(repeats_only_what_can_be_repeated);
    RUN(never_syncs_again);
    RUN(fails_where_the_system_takes_no_bytes);
    RUN(goes_on_where_the_owner_cannot_be_kept);
    RUN(goes_on_where_folders_are_not_synced);
    RUN(fails_for_good_after_a_failed_write);
    RUN(survives_the_end_of_the_process_at_each_call);
    folder_clear();
    return test_finish();
}
