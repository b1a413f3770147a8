/* Reading when the system interrupts, gives little, or fails: this program has its own read(). */
#undef _FORTIFY_SOURCE /* it declares read() inline */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <errno.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

#include "joblib.h"
#include "support/fault.h"
#include "support/test.h"
#include "support/vectors.h"

/* How the next calls of read() behave. */
static struct {
    size_t most;      /* bytes a call; 0 for any number */
    size_t interrupt; /* every so many calls one is interrupted; 0 for none */
    size_t fail_at;   /* number of the call that fails, from 1; 0 for none */
    bool for_ever;    /* all later ones fail too */
    int error;
    size_t calls;
    size_t act_at; /* number of the call before which `act` is called */
    void (*act)(void);
} system_read;

static bool fails_now(void)
{
    size_t call = ++system_read.calls, at = system_read.fail_at;
    if (system_read.interrupt > 0 && call % system_read.interrupt == 0) {
        errno = EINTR;
        return true;
    }
    errno = system_read.error;
    return at > 0 && (system_read.for_ever ? call >= at : call == at);
}

/* Stands before the one of the C library. */
ssize_t read(int file, void *buffer, size_t size)
{
    struct iovec part = {buffer, size};
    if (fails_now()) return -1;
    if (system_read.calls == system_read.act_at) system_read.act();
    if (system_read.most > 0 && size > system_read.most) part.iov_len = system_read.most;
    return readv(file, &part, 1);
}

static joblib_status load_vector(const char *name, joblib_error *error)
{
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    options.allocator = &allocator;
    system_read.calls = 0;
    joblib_status status =
        joblib_load_file(vector_path(name, ".joblib"), &options, &document, error);
    CHECK((status == JOBLIB_OK) == (document != NULL));
    joblib_document_release(document);
    CHECK_EQ_SIZE(fault.live_bytes, 0);
    return status;
}

/* Files of several kinds; reads of all of them are counted. */
static const char *const vectors[] = {"valid/pickle4/dict-1001", "valid/zlib/list-1001",
                                      "valid/gzip/list-1001",
                                      "valid/ndarray/inner-wrapper", "valid/npy/text"};

#define VECTORS (sizeof vectors / sizeof *vectors)

static void goes_on_after_interrupts_and_short_reads(void)
{
    for (size_t i = 0; i < VECTORS; i++) {
        for (size_t most = 1; most < 20; most += 6) {
            joblib_error error = JOBLIB_ERROR_INIT;
            memset(&system_read, 0, sizeof system_read);
            system_read.most = most;
            system_read.interrupt = 2;
            CHECK_OK(load_vector(vectors[i], &error), &error);
            CHECK(system_read.calls > 10);
        }
    }
}

/* Each read fails once or with all after it: never a part of a document. */
static void reports_every_failing_read(void)
{
    static const int errors[] = {EIO, EAGAIN, ESTALE};
    for (size_t i = 0; i < VECTORS * 3 * 2; i++) {
        joblib_status status = JOBLIB_ERROR_IO;
        memset(&system_read, 0, sizeof system_read);
        system_read.most = 40;
        system_read.error = errors[i / 2 % 3];
        system_read.for_ever = i % 2 == 0;
        while (status != JOBLIB_OK && system_read.fail_at < 1000) {
            joblib_error error = JOBLIB_ERROR_INIT;
            system_read.fail_at++;
            status = load_vector(vectors[i / 6], &error);
            CHECK(status == JOBLIB_OK || status == JOBLIB_ERROR_IO);
            CHECK(status == JOBLIB_OK || strstr(error.message, "read: E"));
        }
        CHECK_EQ_INT(status, JOBLIB_OK);
        CHECK(system_read.fail_at > 2);
    }
}

/* A file of this test that changes while it is read: half a MiB of bytes. */
#define CHANGING "joblib-changing"
#define PAYLOAD ((size_t)1 << 19)

static void write_changing(void)
{
    static char pickle[PAYLOAD + 8] = "\x80\3B\0\0\x08";
    FILE *file = fopen(CHANGING, "wb");
    pickle[sizeof pickle - 1] = '.';
    CHECK(file && fwrite(pickle, 1, sizeof pickle, file) == sizeof pickle);
    CHECK(file && fclose(file) == 0);
}

static void cut_changing(void)
{
    CHECK_EQ_INT(truncate(CHANGING, PAYLOAD / 2), 0);
}

static void extend_changing(void)
{
    CHECK_EQ_INT(truncate(CHANGING, PAYLOAD * 2), 0);
}

static void leave_and_remove_changing(void)
{
    CHECK_EQ_INT(unlink(CHANGING), 0);
    CHECK_EQ_INT(chdir("/"), 0);
}

/* Loads the file, by a path that is relative, and does something to it after some reads. */
static joblib_status load_changing(void (*act)(void), joblib_error *error)
{
    joblib_document *document = NULL;
    write_changing();
    memset(&system_read, 0, sizeof system_read);
    system_read.most = 4096;
    system_read.act_at = 9;
    system_read.act = act;
    joblib_status status = joblib_load_file(CHANGING, NULL, &document, error);
    CHECK((status == JOBLIB_OK) == (document != NULL));
    CHECK(system_read.calls > 9);
    joblib_document_release(document);
    return status;
}

static void notices_a_file_that_changes(void)
{
    char folder[] = "/tmp/joblib-changing-XXXXXX";
    joblib_error error = JOBLIB_ERROR_INIT;
    REQUIRE(mkdtemp(folder) && chdir(folder) == 0);
    CHECK_STATUS(load_changing(cut_changing, &error), &error, JOBLIB_ERROR_TRUNCATED, 2);
    CHECK_STATUS(load_changing(extend_changing, &error), &error, JOBLIB_ERROR_TRAILING,
                 PAYLOAD + 8);
    CHECK_OK(load_changing(leave_and_remove_changing, &error), &error);
    CHECK_EQ_INT(rmdir(folder), 0);
}

int main(void)
{
    RUN(goes_on_after_interrupts_and_short_reads);
    RUN(reports_every_failing_read);
    RUN(notices_a_file_that_changes);
    return test_finish();
}
