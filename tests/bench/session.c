#define _POSIX_C_SOURCE 200809L

#include "session.h"

#include <stdio.h>
#include <time.h>

double session_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
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
