#include <signal.h>
#include <stdio.h>

#include "command/command.h"

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#define STANDARD_OUTPUT_IS_TERMINAL() (isatty(1) != 0)
#else
#define STANDARD_OUTPUT_IS_TERMINAL() true
#endif

int main(int argc, char **argv)
{
    joblib_command__output out, err;
#ifdef SIGPIPE
    /* A pipe that was closed is then an error of the write, which is reported. */
    (void)signal(SIGPIPE, SIG_IGN);
#endif
    joblib_command__output_init(&out, joblib_command__write_stream, stdout);
    joblib_command__output_init(&err, joblib_command__write_stream, stderr);
    out.terminal = STANDARD_OUTPUT_IS_TERMINAL();
    return joblib_command__main(argc, (const char **)argv, &out, &err);
}

#undef STANDARD_OUTPUT_IS_TERMINAL
