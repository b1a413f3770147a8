#ifndef SESSION_H
#define SESSION_H

/**
 * A benchmark that measures when it is told to: it reads a request a line, and answers each
 * with the seconds that one call took. So its measurements alternate with those of Python.
 */

/** Seconds of a clock that only goes forward. */
double session_clock(void);

/** Bytes of memory taken now; the peak begins anew. Negative where the system does not tell. */
double session_memory_begin(void);

/** The most bytes of memory taken since then. */
double session_memory_peak(void);

/** Measures a request of two words; negative for one that is not known. */
typedef double session_measure(void *ctx, const char *what, const char *argument);

/** Answers requests until the end of the input. Returns the exit status. */
int session_run(session_measure *measure, void *ctx);

#endif
