/**
 * Versions whose form of files is asked for: `--like 1.6.0/py3.13`.
 */
#ifndef JOBLIB_COMMAND_LIKE_H
#define JOBLIB_COMMAND_LIKE_H

#include <stdbool.h>
#include <stdint.h>

/** What a wrong word is told. */
#define JOBLIB_COMMAND_LIKE_FORMS \
    "--like takes JOBLIB/pyX.Y, JOBLIB or pyX.Y; JOBLIB is 0.10 or newer, as 1.6.0, " \
    "X.Y is 2.7 or 3.4 to 3.14"

/**
 * Reads a word as "1.6.0/py3.13", "1.2/py3.8", "1.6.0" or "py3.6" into the numbers of
 * joblib_dump_options, 10600 and 313; 0 for the one that it does not name. False for
 * everything else.
 */
bool joblib_command__parse_like(const char *text, uint32_t *joblib_out,
                                uint32_t *python_out);

#endif
