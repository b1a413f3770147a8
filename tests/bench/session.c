#define _POSIX_C_SOURCE 200809L

#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double session_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Bytes of a line of /proc/self/status; -1 without it. */
static double read_status(const char *name)
{
    char line[256];
    double kilobytes = -1;
    FILE *file = fopen("/proc/self/status", "r");
    if (!file) return -1;
    while (kilobytes < 0 && fgets(line, sizeof line, file)) {
        size_t size = strlen(name);
        if (strncmp(line, name, size) == 0 && line[size] == ':')
            kilobytes = strtod(line + size + 1, NULL);
    }
    fclose(file);
    return kilobytes * 1024;
}

double session_memory_begin(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");
    if (!file) return -1;
    fputs("5", file); /* the peak begins anew */
    fclose(file);
    return read_status("VmRSS");
}

double session_memory_peak(void)
{
    return read_status("VmHWM");
}

int session_run(session_measure *measure, void *ctx)
{
    char line[4096], what[16], argument[4096];
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "%15s %4095[^\n]", what, argument) != 2) return 2;
        double seconds = measure(ctx, what, argument);
        if (seconds < 0) return 1;
        printf("%.9g\n", seconds);
        fflush(stdout);
    }
    return 0;
}
