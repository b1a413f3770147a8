/* Targets that are links or that are no files. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "support/faulty_system.h"
#include "support/folder.h"
#include "support/test.h"

static const char old_bytes[] = "the old file", new_bytes[] = "the new file, longer";
static const struct joblib_io__output_settings in_place = {.in_place = true};

static joblib_status write_new(const char *path,
                               const struct joblib_io__output_settings *settings,
                               joblib_error *error)
{
    int descriptor = folder_next_descriptor();
    joblib_status status =
        output_bytes(path, settings, NULL, new_bytes, sizeof new_bytes, error);
    CHECK_EQ_INT(folder_next_descriptor(), descriptor);
    return status;
}

static bool is_new(const char *name)
{
    return folder_holds(name, new_bytes, sizeof new_bytes);
}

static bool is_old(const char *name)
{
    return folder_holds(name, old_bytes, sizeof old_bytes);
}

static bool make_old(const char *name)
{
    return folder_write(name, old_bytes, sizeof old_bytes);
}

static void check_refused(const char *path,
                          const struct joblib_io__output_settings *settings,
                          joblib_status expected, const char *word)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    size_t count = folder_count();
    CHECK_STATUS(write_new(path, settings, &error), &error, (int)expected,
                 JOBLIB_NO_OFFSET);
    if (!strstr(error.message, word))
        test_fail(__FILE__, __LINE__, "%s: \"%s\" lacks \"%s\"", path, error.message,
                  word);
    CHECK_EQ_SIZE(folder_count(), count);
}

static bool is_link(const char *name)
{
    struct stat found;
    return lstat(folder_path(name), &found) == 0 && S_ISLNK(found.st_mode);
}

/* A link is made in the folder with this text. */
static void check_link(const char *text, const char *target)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK(symlink(text, folder_path("link")) == 0);
    CHECK_OK(write_new(folder_path("link"), NULL, &error), &error);
    CHECK(is_link("link"));
    CHECK(is_new(target));
    CHECK(unlink(folder_path("link")) == 0);
}

static void replaces_what_a_link_leads_to(void)
{
    CHECK(make_old("a"));
    check_link("a", "a");
    CHECK(make_old("a"));
    check_link(folder_path("a"), "a");
    CHECK(make_old("a"));
    CHECK(symlink("a", folder_path("second")) == 0);
    check_link("./second", "a");
    CHECK(is_link("second"));
    folder_clear();
}

/* The text of a link is relative to the folder of the link, and so is its temporary file. */
static void follows_a_link_to_another_folder(void)
{
    CHECK(mkdir(folder_path("sub"), 0700) == 0);
    CHECK(symlink("../b", folder_path("sub/link")) == 0);
    CHECK(make_old("b"));
    check_link("sub/link", "b");
    CHECK(unlink(folder_path("sub/link")) == 0);
    CHECK(unlink(folder_path("b")) == 0);
    check_link("sub/new", "sub/new");
    CHECK(unlink(folder_path("sub/new")) == 0);
    CHECK_EQ_SIZE(folder_count(), 1);
    folder_clear();
}

static void creates_what_a_dangling_link_points_to(void)
{
    check_link("created", "created");
    CHECK_EQ_SIZE(folder_count(), 1);
    folder_clear();
    CHECK(symlink("nowhere/created", folder_path("link")) == 0);
    check_refused(folder_path("link"), NULL, JOBLIB_ERROR_NOT_FOUND, "ENOENT");
    folder_clear();
}

static void refuses_loops_of_links(void)
{
    CHECK(symlink("y", folder_path("x")) == 0 && symlink("x", folder_path("y")) == 0);
    check_refused(folder_path("x"), NULL, JOBLIB_ERROR_IO, "ELOOP");
    check_refused(folder_path("x"), &in_place, JOBLIB_ERROR_IO, "ELOOP");
    folder_clear();
}

/* Forty links in a row are followed, as by the system. */
static void follows_forty_links(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    char name[16], text[16];
    CHECK(make_old("0"));
    for (int i = 1; i <= 41; i++) {
        snprintf(text, sizeof text, "%d", i - 1);
        snprintf(name, sizeof name, "%d", i);
        CHECK(symlink(text, folder_path(name)) == 0);
    }
    CHECK_OK(write_new(folder_path("40"), NULL, &error), &error);
    CHECK(is_new("0"));
    check_refused(folder_path("41"), NULL, JOBLIB_ERROR_IO, "ELOOP");
    folder_clear();
}

static void leaves_other_names_of_the_old_file(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK(make_old("a") && link(folder_path("a"), folder_path("b")) == 0);
    CHECK_OK(write_new(folder_path("a"), NULL, &error), &error);
    CHECK(is_new("a") && is_old("b"));
    CHECK_OK(write_new(folder_path("b"), &in_place, &error), &error);
    CHECK(is_new("b"));
    folder_clear();
}

/* Whoever has the old file open, or mapped, keeps it. */
static void leaves_the_old_file_to_its_readers(void)
{
    char found[sizeof old_bytes + 1];
    CHECK(make_old("a"));
    int reader = open(folder_path("a"), O_RDONLY);
    CHECK_OK(write_new(folder_path("a"), NULL, NULL), NULL);
    CHECK_EQ_INT(read(reader, found, sizeof found), sizeof old_bytes);
    CHECK_EQ_BYTES(found, old_bytes, sizeof old_bytes);
    close(reader);
    folder_clear();
}

static void refuses_folders_and_paths_without_a_name(void)
{
    char slashed[1024];
    snprintf(slashed, sizeof slashed, "%s/", folder_path("new"));
    check_refused(folder_path("."), NULL, JOBLIB_ERROR_ARGUMENT, "a directory");
    check_refused(folder_path("."), &in_place, JOBLIB_ERROR_ARGUMENT, "a directory");
    check_refused("/", NULL, JOBLIB_ERROR_ARGUMENT, "a directory");
    check_refused(slashed, NULL, JOBLIB_ERROR_ARGUMENT, "a directory");
    check_refused("", NULL, JOBLIB_ERROR_ARGUMENT, "empty");
    CHECK(symlink(".", folder_path("link")) == 0);
    check_refused(folder_path("link"), NULL, JOBLIB_ERROR_ARGUMENT, "a directory");
    folder_clear();
}

static void refuses_paths_that_lead_nowhere(void)
{
    static char far[8192];
    memset(far, 'x', sizeof far - 1);
    check_refused(folder_path("nowhere/a"), NULL, JOBLIB_ERROR_NOT_FOUND, "ENOENT");
    check_refused(folder_path("nowhere/a"), &in_place, JOBLIB_ERROR_NOT_FOUND, "ENOENT");
    check_refused(far, NULL, JOBLIB_ERROR_IO, "ENAMETOOLONG");
    far[300] = '\0';
    check_refused(folder_path(far), NULL, JOBLIB_ERROR_IO, "ENAMETOOLONG");
    CHECK(make_old("a"));
    check_refused(folder_path("a/b"), NULL, JOBLIB_ERROR_IO, "ENOTDIR");
    folder_clear();
}

static bool make_socket(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", folder_path(name));
    int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
    bool made = bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0;
    close(descriptor);
    return made;
}

static void refuses_what_is_no_file(void)
{
    CHECK(mkfifo(folder_path("pipe"), 0600) == 0 && make_socket("socket"));
    check_refused(folder_path("pipe"), NULL, JOBLIB_ERROR_ARGUMENT, "a pipe");
    check_refused(folder_path("socket"), NULL, JOBLIB_ERROR_ARGUMENT, "a socket");
    check_refused(folder_path("socket"), &in_place, JOBLIB_ERROR_IO, "ENXIO");
    check_refused("/dev/null", NULL, JOBLIB_ERROR_ARGUMENT, "a character device");
    CHECK(symlink("/dev/null", folder_path("link")) == 0);
    check_refused(folder_path("link"), NULL, JOBLIB_ERROR_ARGUMENT, "in place only");
    folder_clear();
}

static void writes_devices_and_pipes_in_place(void)
{
    char found[sizeof new_bytes + 1];
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(write_new("/dev/null", &in_place, &error), &error);
    CHECK(mkfifo(folder_path("pipe"), 0600) == 0);
    int reader = open(folder_path("pipe"), O_RDONLY | O_NONBLOCK);
    CHECK_OK(write_new(folder_path("pipe"), &in_place, &error), &error);
    CHECK_EQ_INT(read(reader, found, sizeof found), sizeof new_bytes);
    CHECK_EQ_BYTES(found, new_bytes, sizeof new_bytes);
    close(reader);
    folder_clear();
}

/* /dev/fd is a link whose text is no path where it stands for a pipe. */
static void refuses_the_output_of_the_process_if_it_is_a_pipe(void)
{
    char path[32], found[sizeof new_bytes + 1];
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    check_refused(path, NULL, JOBLIB_ERROR_ARGUMENT, "a pipe");
    CHECK_OK(write_new(path, &in_place, NULL), NULL);
    CHECK_EQ_INT(read(ends[0], found, sizeof found), sizeof new_bytes);
    close(ends[0]);
    close(ends[1]);
}

static void refuses_a_file_without_a_name(void)
{
    char path[32];
    CHECK(make_old("a"));
    int file = open(folder_path("a"), O_RDWR);
    CHECK(unlink(folder_path("a")) == 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (access(path, F_OK) == 0)
        check_refused(path, NULL, JOBLIB_ERROR_ARGUMENT, "no name");
    else
        puts("    no /proc here");
    close(file);
    folder_clear();
}

static void empties_a_file_that_it_writes_in_place(void)
{
    static const char longer[] = "a file that is longer than what comes in its place";
    struct stat before, after;
    CHECK(folder_write("a", longer, sizeof longer));
    CHECK(stat(folder_path("a"), &before) == 0);
    CHECK_OK(write_new(folder_path("a"), &in_place, NULL), NULL);
    CHECK(stat(folder_path("a"), &after) == 0 && before.st_ino == after.st_ino);
    CHECK(is_new("a"));
    CHECK_OK(write_new(folder_path("new"), &in_place, NULL), NULL);
    CHECK(is_new("new"));
    folder_clear();
}

int main(void)
{
    if (!folder_make()) return 1;
    RUN(replaces_what_a_link_leads_to);
    RUN(follows_a_link_to_another_folder);
    RUN(creates_what_a_dangling_link_points_to);
    RUN(refuses_loops_of_links);
    RUN(follows_forty_links);
    RUN(leaves_other_names_of_the_old_file);
    RUN(leaves_the_old_file_to_its_readers);
    RUN(refuses_folders_and_paths_without_a_name);
    RUN(refuses_paths_that_lead_nowhere);
    RUN(refuses_what_is_no_file);
    RUN(writes_devices_and_pipes_in_place);
    RUN(refuses_the_output_of_the_process_if_it_is_a_pipe);
    RUN(refuses_a_file_without_a_name);
    RUN(empties_a_file_that_it_writes_in_place);
    return test_finish();
}
