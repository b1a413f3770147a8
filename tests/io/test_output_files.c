/* Writing a file as a whole: what its name leads to, and the order of the calls. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <fcntl.h>
#include <unistd.h>

#include "support/fault.h"
#include "support/faulty_system.h"
#include "support/folder.h"
#include "support/test.h"

#define SIZE 600000
#define GATHERED 262143 /* bytes that an output keeps back */
static char old_bytes[1000], new_bytes[SIZE];

static void fill_bytes(void)
{
    memset(old_bytes, 'o', sizeof old_bytes);
    for (size_t i = 0; i < SIZE; i++) new_bytes[i] = (char)(i * 7 + i / 251);
}

/* Writes the new bytes under a name, and tells the status. */
static joblib_status write_new(const char *name, joblib_error *error)
{
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    int descriptor = folder_next_descriptor();
    joblib_status status =
        output_bytes(folder_path(name), NULL, &allocator, new_bytes, SIZE, error);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    CHECK_EQ_INT(folder_next_descriptor(), descriptor);
    return status;
}

static void check_written(const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(write_new(name, &error), &error);
    CHECK(folder_holds(name, new_bytes, SIZE));
}

static void writes_a_new_file(void)
{
    check_written("new");
    CHECK_EQ_SIZE(folder_count(), 1);
    folder_clear();
}

static void writes_an_empty_file(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(output_bytes(folder_path("a"), NULL, NULL, "", 0, &error), &error);
    CHECK(folder_holds("a", "", 0));
    folder_clear();
}

static void replaces_an_old_file(void)
{
    CHECK(folder_write("a", old_bytes, sizeof old_bytes));
    check_written("a");
    CHECK_EQ_SIZE(folder_count(), 1);
    folder_clear();
}

static void writes_to_the_folder_of_the_process(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    int before = open(".", O_RDONLY | O_DIRECTORY);
    REQUIRE(before >= 0 && chdir(folder_path(".")) == 0);
    CHECK_OK(output_bytes("here", NULL, NULL, new_bytes, SIZE, &error), &error);
    CHECK(fchdir(before) == 0);
    close(before);
    CHECK(folder_holds("here", new_bytes, SIZE));
    folder_clear();
}

/* Until the commit the target is the old file, after it the new one. */
static void changes_nothing_before_the_commit(void)
{
    joblib_io__output *output = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK(folder_write("a", old_bytes, sizeof old_bytes));
    CHECK_OK(joblib_io__output_open(folder_path("a"), NULL, NULL, &output, &error),
             &error);
    REQUIRE(output);
    CHECK_EQ_SIZE(folder_count_temporaries("a"), 1);
    CHECK_OK(joblib_io__output_write(output, new_bytes, SIZE, &error), &error);
    CHECK(folder_holds("a", old_bytes, sizeof old_bytes));
    CHECK_OK(joblib_io__output_commit(output, &error), &error);
    CHECK(folder_holds("a", new_bytes, SIZE));
    CHECK_EQ_SIZE(folder_count(), 1);
    CHECK_STATUS(joblib_io__output_write(output, "x", 1, &error), &error, JOBLIB_ERROR_IO,
                 JOBLIB_NO_OFFSET);
    CHECK_EQ_INT(joblib_io__output_commit(output, NULL), JOBLIB_ERROR_IO);
    joblib_io__output_close(output);
    CHECK(folder_holds("a", new_bytes, SIZE));
    folder_clear();
}

static void leaves_the_old_file_without_a_commit(void)
{
    joblib_io__output *output = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK(folder_write("a", old_bytes, sizeof old_bytes));
    CHECK_OK(joblib_io__output_open(folder_path("a"), NULL, NULL, &output, &error),
             &error);
    CHECK_OK(joblib_io__output_write(output, new_bytes, SIZE, &error), &error);
    joblib_io__output_close(output);
    joblib_io__output_close(NULL);
    CHECK(folder_holds("a", old_bytes, sizeof old_bytes));
    CHECK_EQ_SIZE(folder_count(), 1);
    folder_clear();
}

/* A name of 255 bytes, and one whose 64th byte is within a character. */
static void writes_names_of_any_length(void)
{
    static const char two[] = "\xc3\xa4";
    char name[256] = "x";
    joblib_io__output *output = NULL;
    for (size_t i = 1; i < 255; i += 2) memcpy(name + i, two, 2);
    check_written(name);
    CHECK_OK(joblib_io__output_open(folder_path(name), NULL, NULL, &output, NULL), NULL);
    name[63] = '\0';
    CHECK_EQ_SIZE(folder_count_temporaries(name), 1);
    joblib_io__output_close(output);
    folder_clear();
}

/* A name that is taken is never written, be it a link to another file. */
static void never_uses_a_name_that_is_taken(void)
{
    struct faulty faulty = {.same_name = true};
    struct joblib_io__system system = faulty_system(&faulty);
    struct joblib_io__output_settings settings = {.system = &system};
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK(folder_write("victim", old_bytes, sizeof old_bytes));
    CHECK(symlink("victim", folder_path(".a.joblib-5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a")) ==
          0);
    CHECK_STATUS(output_bytes(folder_path("a"), &settings, NULL, new_bytes, SIZE, &error),
                 &error, JOBLIB_ERROR_IO, JOBLIB_NO_OFFSET);
    CHECK(strstr(error.message, "EEXIST") != NULL);
    CHECK(folder_holds("victim", old_bytes, sizeof old_bytes));
    CHECK_EQ_SIZE(folder_count(), 2);
    folder_clear();
}

/* The calls of a write, in their order. */
static void check_calls(const struct joblib_io__output_settings *given,
                        const char *expected)
{
    struct faulty faulty = {0};
    struct joblib_io__system system = faulty_system(&faulty);
    struct joblib_io__output_settings settings = *given;
    char calls[1024] = "";
    size_t used = 0;
    settings.system = &system;
    CHECK_OK(output_bytes(folder_path("a"), &settings, NULL, "abc", 3, NULL), NULL);
    for (size_t i = 0; i < faulty.calls; i++) {
        used += (size_t)snprintf(calls + used, sizeof calls - used, "%s ", faulty.log[i]);
    }
    CHECK_EQ_TEXT(calls, expected);
}

static void syncs_the_file_before_and_the_folder_after_the_renaming(void)
{
    struct joblib_io__output_settings full = {0};
    struct joblib_io__output_settings atomic = {.durability = JOBLIB_IO__ATOMIC_ONLY};
    check_calls(&full, "inspect open_folder inspect create write sync close rename sync "
                       "close ");
    check_calls(&full, "inspect open_folder inspect check_writable create write "
                       "inspect_open set_mode sync close rename sync close ");
    check_calls(&atomic, "inspect open_folder inspect check_writable create write "
                         "inspect_open set_mode close rename close ");
    folder_clear();
}

/* Small pieces are gathered; one that is larger than what is gathered goes as it is. */
static void gathers_small_pieces(void)
{
    struct faulty faulty = {0};
    struct joblib_io__system system = faulty_system(&faulty);
    struct joblib_io__output_settings settings = {.system = &system};
    joblib_io__output *output = NULL;
    CHECK_OK(joblib_io__output_open(folder_path("a"), &settings, NULL, &output, NULL),
             NULL);
    size_t before = faulty.calls;
    for (size_t i = 0; i < GATHERED; i++)
        CHECK_OK(joblib_io__output_write(output, new_bytes + i, 1, NULL), NULL);
    CHECK_EQ_SIZE(faulty.calls, before);
    CHECK_OK(joblib_io__output_write(output, new_bytes + GATHERED, SIZE - GATHERED, NULL),
             NULL);
    CHECK_EQ_SIZE(faulty.calls, before + 2);
    CHECK_OK(joblib_io__output_commit(output, NULL), NULL);
    joblib_io__output_close(output);
    CHECK(folder_holds("a", new_bytes, SIZE));
    folder_clear();
}

/* The open files of an output: the folder and the temporary file, or the target in place. */
static void check_closed_on_exec(bool in_place)
{
    struct joblib_io__output_settings settings = {.in_place = in_place};
    joblib_io__output *output = NULL;
    int first = folder_next_descriptor();
    CHECK_OK(joblib_io__output_open(folder_path("a"), &settings, NULL, &output, NULL),
             NULL);
    int end = folder_next_descriptor();
    CHECK_EQ_INT(end - first, in_place ? 1 : 2);
    for (int i = first; i < end; i++) CHECK_EQ_INT(fcntl(i, F_GETFD), FD_CLOEXEC);
    joblib_io__output_close(output);
}

static void gives_no_file_to_other_programs(void)
{
    check_closed_on_exec(false);
    check_closed_on_exec(true);
    folder_clear();
}

static void reports_memory_that_runs_out(void)
{
    struct fault fault = {.fail_at = 1};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_io__output *output = NULL;
    CHECK(folder_write("a", old_bytes, sizeof old_bytes));
    CHECK_STATUS(joblib_io__output_open(folder_path("a"), NULL, &allocator, &output,
                                        &error),
                 &error, JOBLIB_ERROR_MEMORY, JOBLIB_NO_OFFSET);
    CHECK(output == NULL);
    fault = (struct fault){.fail_at = 2};
    CHECK_OK(output_bytes(folder_path("a"), NULL, &allocator, new_bytes, SIZE, &error),
             &error);
    CHECK_EQ_SIZE(fault.allocations, 1);
    CHECK_EQ_SIZE(folder_count(), 1);
    folder_clear();
}

int main(void)
{
    if (!folder_make()) return 1;
    fill_bytes();
    RUN(writes_a_new_file);
    RUN(writes_an_empty_file);
    RUN(replaces_an_old_file);
    RUN(writes_to_the_folder_of_the_process);
    RUN(changes_nothing_before_the_commit);
    RUN(leaves_the_old_file_without_a_commit);
    RUN(writes_names_of_any_length);
    RUN(never_uses_a_name_that_is_taken);
    RUN(syncs_the_file_before_and_the_folder_after_the_renaming);
    RUN(gathers_small_pieces);
    RUN(gives_no_file_to_other_programs);
    RUN(reports_memory_that_runs_out);
    return test_finish();
}
