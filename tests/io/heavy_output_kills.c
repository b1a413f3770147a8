/* A process that overwrites a file is killed 200 times, at random moments. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#endif
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/faulty_system.h"
#include "support/folder.h"
#include "support/test.h"

#define KILLS 200
#define WORDS 500000 /* of 8 bytes: a file of 4 MB */
#define SEED UINT64_C(20261127)

/* Every word of a file is its version. */
static uint64_t words[WORDS];

/* Shared with the child: the last version that it was told is in its place. */
static _Atomic uint64_t *committed;

static joblib_status write_version(uint64_t version)
{
    for (size_t i = 0; i < WORDS; i++) words[i] = version;
    return output_bytes(folder_path("a"), NULL, NULL, words, sizeof words, NULL);
}

/* UINT64_MAX if the file is not complete. */
static uint64_t read_version(void)
{
    int file = open(folder_path("a"), O_RDONLY | O_CLOEXEC);
    bool whole = file >= 0 && read(file, words, sizeof words) == (ssize_t)sizeof words;
    uint64_t version = words[0];
    for (size_t i = 0; i < WORDS; i++) whole &= words[i] == version;
    whole = whole && read(file, words, 1) == 0;
    if (file >= 0) close(file);
    return whole ? version : UINT64_MAX;
}

static void write_for_ever(void)
{
    for (uint64_t version = *committed + 1; write_version(version) == JOBLIB_OK;
         version++)
        *committed = version;
    _exit(1);
}

static uint64_t now_in_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* xorshift64. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* The time in which a file is written, at its slowest of five. */
static uint64_t measure_write(void)
{
    uint64_t slowest = 0;
    for (uint64_t version = 1; version <= 5; version++) {
        uint64_t start = now_in_nanoseconds();
        CHECK_EQ_INT(write_version(version), JOBLIB_OK);
        uint64_t time = now_in_nanoseconds() - start;
        if (time > slowest) slowest = time;
        *committed = version;
    }
    return slowest;
}

/* Starts a writer and kills it after a while. */
static void kill_after(uint64_t nanoseconds)
{
    struct timespec pause = {(time_t)(nanoseconds / 1000000000),
                             (long)(nanoseconds % 1000000000)};
    int state = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) write_for_ever();
    nanosleep(&pause, NULL);
    CHECK(child > 0 && kill(child, SIGKILL) == 0 && waitpid(child, &state, 0) == child);
    CHECK(WIFSIGNALED(state));
}

/* Removes what a killed writer left, and tells how many files that was. */
static size_t remove_temporaries(uint64_t version)
{
    size_t left = folder_count_temporaries("a");
    CHECK(left <= 1 && folder_count() == left + 1);
    if (left == 0) return 0;
    folder_clear();
    CHECK_EQ_INT(write_version(version), JOBLIB_OK);
    return left;
}

/* What was told to be written stays; the version after it may be in its place already. */
static void keeps_the_last_version_whenever_it_is_killed(void)
{
    uint64_t seed = SEED, time = measure_write();
    size_t left = 0, ahead = 0;
    printf("    seed %" PRIu64 ", a write takes %" PRIu64 " us\n", seed, time / 1000);
    for (int i = 0; i < KILLS; i++) {
        kill_after(next_random(&seed) % (2 * time));
        uint64_t told = *committed, version = read_version();
        if (version != told && version != told + 1)
            test_fail(__FILE__, __LINE__, "kill %d: version %" PRIu64 " after %" PRIu64,
                      i, version, told);
        ahead += version != told;
        *committed = version;
        left += remove_temporaries(version);
    }
    printf("    %" PRIu64 " versions, %zu ahead of what was told, %zu temporaries left\n",
           *committed, ahead, left);
    CHECK(left > 0);
}

int main(void)
{
    if (!folder_make()) return 1;
    committed = mmap(NULL, sizeof *committed, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (committed == MAP_FAILED) return 1;
    RUN(keeps_the_last_version_whenever_it_is_killed);
    folder_clear();
    return test_finish();
}
