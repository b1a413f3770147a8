/* Who may read and write what is written: modes, owners, and files that are protected. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* setgroups() */
#endif
#include <grp.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/faulty_system.h"
#include "support/folder.h"
#include "support/test.h"

/* A user and a group without rights; the name of any other group. */
#define NOBODY 65534
#define OTHERS 12345

static const char old_bytes[] = "the old file", new_bytes[] = "the new file, longer";

static bool make_old(const char *name)
{
    return folder_write(name, old_bytes, sizeof old_bytes);
}

static bool is_old(const char *name)
{
    return folder_holds(name, old_bytes, sizeof old_bytes);
}

static bool is_new(const char *name)
{
    return folder_holds(name, new_bytes, sizeof new_bytes);
}

static joblib_status write_new(const char *name, joblib_error *error)
{
    return output_bytes(folder_path(name), NULL, NULL, new_bytes, sizeof new_bytes,
                        error);
}

static void check_refused(const char *name, bool in_place)
{
    struct joblib_io__output_settings settings = {.in_place = in_place};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status = output_bytes(folder_path(name), &settings, NULL, new_bytes,
                                        sizeof new_bytes, &error);
    CHECK_STATUS(status, &error, JOBLIB_ERROR_IO, JOBLIB_NO_OFFSET);
    CHECK(strstr(error.message, "EACCES") != NULL);
}

static unsigned mode_of(const char *name)
{
    struct stat found = {0};
    CHECK(stat(folder_path(name), &found) == 0);
    return (unsigned)found.st_mode & 07777;
}

static void keeps_the_mode_of_the_old_file(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    static const unsigned modes[] = {0600, 0640, 0644, 0666, 0777, 0604, 0200};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        CHECK(make_old("a"));
        CHECK(chmod(folder_path("a"), (mode_t)modes[i]) == 0);
        CHECK_OK(write_new("a", &error), &error);
        CHECK_EQ_INT(mode_of("a"), modes[i]);
    }
    folder_clear();
}

static void drops_the_set_user_bits(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK(make_old("a"));
    CHECK(chmod(folder_path("a"), 06755) == 0);
    CHECK_OK(write_new("a", &error), &error);
    CHECK_EQ_INT(mode_of("a"), 0755);
    folder_clear();
}

static void gives_new_files_the_mode_of_the_umask(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    static const mode_t masks[] = {0, 022, 027, 077};
    mode_t before = umask(0);
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        umask(masks[i]);
        CHECK_OK(write_new("a", &error), &error);
        CHECK_EQ_INT(mode_of("a"), 0666 & ~masks[i]);
        CHECK_EQ_INT(umask(masks[i]), masks[i]);
        folder_clear();
    }
    umask(before);
}

/* What others may not read they cannot read in the temporary file either. */
static void hides_the_temporary_file_of_an_old_one(void)
{
    struct faulty faulty = {.same_name = true};
    struct joblib_io__system system = faulty_system(&faulty);
    struct joblib_io__output_settings settings = {.system = &system};
    joblib_io__output *output = NULL;
    CHECK(make_old("a"));
    CHECK_OK(joblib_io__output_open(folder_path("a"), &settings, NULL, &output, NULL),
             NULL);
    CHECK_EQ_INT(mode_of(".a.joblib-5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"), 0600);
    joblib_io__output_close(output);
    folder_clear();
}

static bool has_access(const char *name, unsigned owner, unsigned group, unsigned mode)
{
    struct stat found;
    return stat(folder_path(name), &found) == 0 && found.st_uid == owner &&
           found.st_gid == group && (found.st_mode & 07777) == mode;
}

static void keeps_owner_and_group_where_permitted(void)
{
    static const unsigned owners[][2] = {{NOBODY, OTHERS}, {0, OTHERS}, {NOBODY, 0}};
    joblib_error error = JOBLIB_ERROR_INIT;
    if (geteuid() != 0) puts("    not root: nothing is given away");
    for (size_t i = 0; geteuid() == 0 && i < 3; i++) {
        CHECK(make_old("a") && chmod(folder_path("a"), 0640) == 0);
        CHECK(chown(folder_path("a"), owners[i][0], owners[i][1]) == 0);
        CHECK_OK(write_new("a", &error), &error);
        CHECK(has_access("a", owners[i][0], owners[i][1], 0640));
    }
    folder_clear();
}

/* Runs the rest of a case as a user without rights, who is in the group OTHERS too; what fails
   there fails the case. */
static void run_as_nobody(void (*run)(void))
{
    static const gid_t groups[] = {OTHERS};
    int state = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgroups(1, groups) || setgid(NOBODY) || setuid(NOBODY)))
            _exit(2);
        run();
        fflush(stdout);
        _exit(test_counts.case_failed);
    }
    CHECK(child > 0 && waitpid(child, &state, 0) == child && state == 0);
}

static void check_read_only(void)
{
    check_refused("closed", false);
    check_refused("closed", true);
    check_refused("sub/a", false);
    check_refused("sub/new", false);
}

static void refuses_what_the_process_may_not_write(void)
{
    CHECK(make_old("closed") && chmod(folder_path("closed"), 0444) == 0);
    CHECK(mkdir(folder_path("sub"), 0755) == 0 && make_old("sub/a"));
    CHECK(chmod(folder_path("sub/a"), 0666) == 0);
    CHECK(chmod(folder_path("sub"), 0555) == 0 && chmod(folder_path("."), 0777) == 0);
    run_as_nobody(check_read_only);
    CHECK(is_old("closed") && is_old("sub/a"));
    CHECK(chmod(folder_path("sub"), 0755) == 0 && unlink(folder_path("sub/a")) == 0);
    folder_clear();
}

static void write_files_of_others(void)
{
    CHECK_OK(write_new("group", NULL), NULL);
    CHECK_OK(write_new("member", NULL), NULL);
    CHECK_OK(write_new("other", NULL), NULL);
}

/* The group is kept; one that cannot be may do no more than everybody may. */
static void gives_another_group_no_more_rights(void)
{
    if (geteuid() != 0) puts("    not root: there are no files of others");
    if (geteuid() != 0) return;
    CHECK(make_old("group") && chown(folder_path("group"), 0, NOBODY) == 0);
    CHECK(chmod(folder_path("group"), 0664) == 0 && make_old("other"));
    CHECK(make_old("member") && chown(folder_path("member"), 0, OTHERS) == 0);
    CHECK(chmod(folder_path("member"), 0660) == 0);
    CHECK(chmod(folder_path("other"), 0672) == 0 && chmod(folder_path("."), 0777) == 0);
    run_as_nobody(write_files_of_others);
    CHECK(is_new("group") && has_access("group", NOBODY, NOBODY, 0664));
    CHECK(is_new("member") && has_access("member", NOBODY, OTHERS, 0660));
    CHECK(is_new("other") && has_access("other", NOBODY, NOBODY, 0622));
    folder_clear();
}

int main(void)
{
    if (!folder_make()) return 1;
    RUN(keeps_the_mode_of_the_old_file);
    RUN(drops_the_set_user_bits);
    RUN(gives_new_files_the_mode_of_the_umask);
    RUN(hides_the_temporary_file_of_an_old_one);
    RUN(keeps_owner_and_group_where_permitted);
    RUN(refuses_what_the_process_may_not_write);
    RUN(gives_another_group_no_more_rights);
    return test_finish();
}
