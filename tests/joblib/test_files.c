/* What a path may name that is no file of joblib: all of it ends at once, and takes no memory. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/test.h"
#include "support/vectors.h"

static char folder[] = "/tmp/joblib-files-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Writes bytes, then makes the file `size` bytes long: what is behind them takes no disk. */
static bool write_sparse(const char *name, const char *bytes, size_t count, uint64_t size)
{
    int file = open(path_of(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    bool done = file >= 0 && write(file, bytes, count) == (ssize_t)count &&
                ftruncate(file, (off_t)size) == 0;
    if (file >= 0) close(file);
    return done;
}

static void *refuse_all_but_little(void *ctx, void *ptr, size_t old_size, size_t new_size,
                                   size_t alignment)
{
    (void)ctx, (void)old_size, (void)alignment;
    if (new_size > (size_t)1 << 20) return NULL;
    if (new_size > 0) return realloc(ptr, new_size);
    free(ptr);
    return NULL;
}

/* Loads with less than a MiB at a time. */
static joblib_status load_with_little(const char *path, joblib_error *error)
{
    joblib_allocator allocator = {sizeof allocator, refuse_all_but_little, NULL};
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    options.allocator = &allocator;
    joblib_status status = joblib_load_file(path, &options, &document, error);
    CHECK((status == JOBLIB_OK) == (document != NULL));
    joblib_document_release(document);
    return status;
}

static void check_refused(const char *path, joblib_status expected, const char *word)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_STATUS(load_with_little(path, &error), &error, (int)expected, JOBLIB_NO_OFFSET);
    if (!strstr(error.message, word))
        test_fail(__FILE__, __LINE__, "%s: \"%s\" lacks \"%s\"", path, error.message,
                  word);
}

static void refuses_what_is_no_regular_file(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path_of("socket"));
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK(bind(listener, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(mkfifo(path_of("pipe"), 0600) == 0);
    check_refused(folder, JOBLIB_ERROR_IO, "a directory");
    check_refused(path_of("pipe"), JOBLIB_ERROR_IO, "a pipe");
    check_refused(path_of("socket"), JOBLIB_ERROR_IO, "no such device");
    check_refused("/dev/zero", JOBLIB_ERROR_IO, "a character device");
    check_refused("/dev/null", JOBLIB_ERROR_IO, "a character device");
    close(listener);
    unlink(path_of("socket"));
    unlink(path_of("pipe"));
}

/* Files whose size the system does not know are read to their end. */
static void reads_files_that_tell_no_size(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    if (access("/proc/self/status", R_OK) != 0) return;
    /* "Name:" begins with the opcode of None; the next byte is the opcode of a list's items. */
    CHECK_STATUS(load_with_little("/proc/self/status", &error), &error,
                 JOBLIB_ERROR_STACK, 1);
}

static void names_what_the_system_refused(void)
{
    static char long_name[5000];
    memset(long_name, 'n', sizeof long_name - 1);
    CHECK(symlink("itself", path_of("itself")) == 0);
    check_refused(path_of("none"), JOBLIB_ERROR_NOT_FOUND, "ENOENT");
    check_refused(path_of("none/below"), JOBLIB_ERROR_NOT_FOUND, "ENOENT");
    check_refused("/dev/null/below", JOBLIB_ERROR_IO, "ENOTDIR");
    check_refused(path_of("itself"), JOBLIB_ERROR_IO, "ELOOP");
    check_refused(long_name, JOBLIB_ERROR_IO, "ENAMETOOLONG");
    CHECK(write_sparse("secret", "N.", 2, 2));
    CHECK(chmod(path_of("secret"), 0) == 0);
    if (geteuid() != 0) check_refused(path_of("secret"), JOBLIB_ERROR_IO, "EACCES");
    unlink(path_of("secret"));
    unlink(path_of("itself"));
}

static void needs_a_descriptor(void)
{
    struct rlimit limit, none;
    CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    none = limit;
    none.rlim_cur = 3;
    CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
    check_refused(vector_path("valid/pickle2/none", ".joblib"), JOBLIB_ERROR_IO,
                  "EMFILE");
    CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

/* Ten GiB of zeros, and a pickle before three GiB of them: both sizes pass 32 bits. */
static void reads_no_further_than_it_must(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK(write_sparse("zeros", "", 0, (uint64_t)10 << 30));
    CHECK_STATUS(load_with_little(path_of("zeros"), &error), &error, JOBLIB_ERROR_SYNTAX,
                 0);
    CHECK(write_sparse("zeros", "\x80\2N.", 4, (uint64_t)3 << 30));
    CHECK_STATUS(load_with_little(path_of("zeros"), &error), &error,
                 JOBLIB_ERROR_TRAILING, 4);
    /* Bytes that could all be there are asked for. */
    CHECK(write_sparse("zeros", "\x80\4\x8e\0\0\0\0\2\0\0\0", 11, (uint64_t)10 << 30));
    CHECK_STATUS(load_with_little(path_of("zeros"), &error), &error, JOBLIB_ERROR_LIMIT,
                 2);
    unlink(path_of("zeros"));
}

/* The first bytes tell the codec, the name does not. */
static void reads_by_the_first_bytes(void)
{
    static const char *const names[] = {"a.pkl", "a.gz",  "a.xz",
                                        "a.npy", "a.zip", "a.lz4"};
    struct vector_bytes bytes = vector_read("valid/gzip/none", ".joblib");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        joblib_document *document = NULL;
        joblib_error error = JOBLIB_ERROR_INIT;
        CHECK(write_sparse(names[i], bytes.data, bytes.size, bytes.size));
        CHECK_OK(joblib_load_file(path_of(names[i]), NULL, &document, &error), &error);
        CHECK_EQ_INT(joblib_document_codec(document), JOBLIB_CODEC_GZIP);
        joblib_document_release(document);
        unlink(path_of(names[i]));
    }
    free(bytes.data);
}

int main(void)
{
    if (!mkdtemp(folder)) return 1;
    RUN(refuses_what_is_no_regular_file);
    RUN(reads_files_that_tell_no_size);
    RUN(names_what_the_system_refused);
    RUN(needs_a_descriptor);
    RUN(reads_no_further_than_it_must);
    RUN(reads_by_the_first_bytes);
    rmdir(folder);
    return test_finish();
}
