#ifndef SESSION_H
#define SESSION_H

/**
 * A benchmark that measures when it is told to: it reads a request a line, and answers each
 * with the seconds that one call took. So its measurements alternate with those of Python.
 */

/** Seconds of a clock that only goes forward. */
double session_clock(void);

/** Measures a request of two words; negative for one that is not known. */
typedef double session_measure(void *ctx, const char *what, const char *argument);

/** Answers requests until the end of the input. Returns the exit status. */
int session_run(session_measure *measure, void *ctx);

#endif
