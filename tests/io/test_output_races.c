/* Several writers of one target at once, and a reader: everybody sees complete files. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/faulty_system.h"
#include "support/folder.h"
#include "support/test.h"

#define SIZE 300000
#define ROUNDS 100

/* Every byte of a file is the letter of its writer. */
static char bytes[SIZE];

static int write_often(char letter, enum joblib_io__durability durability)
{
    struct joblib_io__output_settings settings = {.durability = durability};
    memset(bytes, letter, SIZE);
    for (int i = 0; i < ROUNDS; i++) {
        if (output_bytes(folder_path("a"), &settings, NULL, bytes, SIZE, NULL) !=
            JOBLIB_OK)
            return 1;
    }
    return 0;
}

static pid_t start_writer(char letter, enum joblib_io__durability durability)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) _exit(write_often(letter, durability));
    return child;
}

/* The letter of the file; '?' if it is not complete. */
static char read_letter(void)
{
    int file = open(folder_path("a"), O_RDONLY | O_CLOEXEC);
    bool whole = file >= 0 && read(file, bytes, SIZE) == SIZE &&
                 memcmp(bytes, bytes + 1, SIZE - 1) == 0 && read(file, bytes, 1) == 0;
    if (file >= 0) close(file);
    return whole ? bytes[0] : '?';
}

static void shows_every_reader_a_complete_file(void)
{
    size_t seen[256] = {0};
    pid_t writers[2];
    int running = 2, state = 0;
    memset(bytes, 'o', SIZE);
    CHECK(folder_write("a", bytes, SIZE));
    writers[0] = start_writer('x', JOBLIB_IO__ATOMIC_ONLY);
    writers[1] = start_writer('y', JOBLIB_IO__FULL);
    CHECK(writers[0] > 0 && writers[1] > 0);
    while (running > 0) {
        for (int i = 0; i < 20; i++) seen[(unsigned char)read_letter()]++;
        if (waitpid(-1, &state, WNOHANG) <= 0) continue;
        CHECK_EQ_INT(state, 0);
        running--;
    }
    char last = read_letter();
    printf("    x %zu, y %zu, others %zu\n", seen['x'], seen['y'], seen['?']);
    CHECK_EQ_SIZE(seen['?'], 0);
    CHECK(last == 'x' || last == 'y');
    CHECK_EQ_SIZE(folder_count(), 1);
    folder_clear();
}

int main(void)
{
    if (!folder_make()) return 1;
    RUN(shows_every_reader_a_complete_file);
    return test_finish();
}
