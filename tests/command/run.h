#ifndef COMMAND_RUN_H
#define COMMAND_RUN_H

/**
 * Runs the command inside the test program, with its outputs in memory; reads the files
 * that make_data.py made.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "support/test.h"
#include "support/vectors.h"

struct run {
    int status;
    joblib_command__bytes out, err; /* each ends in a NUL that is not counted */
};

/** Runs `joblib` with up to seven words, the last of which is followed by NULL. */
static inline struct run run_command(const char *const *words)
{
    static joblib_command__output out, err;
    struct run run = {0, {NULL, 0, 0}, {NULL, 0, 0}};
    const char *copy[9] = {"joblib"};
    int count = 1;
    for (; words[count - 1] != NULL; count++) copy[count] = words[count - 1];
    joblib_command__output_init(&out, joblib_command__write_memory, &run.out);
    joblib_command__output_init(&err, joblib_command__write_memory, &run.err);
    run.status = joblib_command__main(count, copy, &out, &err);
    joblib_command__write_memory(&run.out, "", 1);
    joblib_command__write_memory(&run.err, "", 1);
    run.out.size--;
    run.err.size--;
    return run;
}

#define RUN_COMMAND(...) run_command((const char *const[]){__VA_ARGS__, NULL})

static inline void run_free(struct run *run)
{
    free(run->out.data);
    free(run->err.data);
}

/** Checks the exit status, all of the output, and how the line of diagnostics begins. */
#define CHECK_RUN(run, expected_status, expected_out, expected_err) \
    run_check(__FILE__, __LINE__, (run), (expected_status), (expected_out), \
              (expected_err))

static inline void run_check(const char *file, int line, struct run run, int status,
                             const char *out, const char *err)
{
    test_int(file, line, "the exit status", run.status, status);
    if (out != NULL) test_text(file, line, "the output", run.out.data, out);
    if (strncmp(run.err.data, err, strlen(err)) != 0 ||
        (*err == '\0' && run.err.size > 0)) {
        test_fail(file, line, "the diagnostics are \"%s\", expected \"%s\"", run.err.data,
                  err);
    }
    run_free(&run);
}

/** The path of a file of make_data.py; four of them are valid at a time. */
static inline const char *data_path(const char *name)
{
    static char paths[4][1024];
    static size_t next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", TEST_DATA, name);
    return path;
}

static inline struct vector_bytes read_whole(const char *path)
{
    struct vector_bytes bytes = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) return bytes;
    bytes.data = calloc(1, 1 << 20);
    if (bytes.data != NULL) bytes.size = fread(bytes.data, 1, (1 << 20) - 1, file);
    fclose(file);
    return bytes;
}

static inline struct vector_bytes data_read(const char *name)
{
    return read_whole(data_path(name));
}

#endif
