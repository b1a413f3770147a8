#ifndef FOLDER_H
#define FOLDER_H

/**
 * A folder of its own for a test that writes files, one a program.
 */

#include <stdbool.h>
#include <stddef.h>

/** Makes the folder, in TMPDIR or /tmp; it goes at the end of the process that made it. */
bool folder_make(void);

/** The path of a name in the folder; valid for seven more calls. */
const char *folder_path(const char *name);

/** Makes a file of these bytes with mode 0644, whatever the umask. */
bool folder_write(const char *name, const void *data, size_t size);

/** Whether a file holds these bytes and no others. */
bool folder_holds(const char *name, const void *data, size_t size);

/** Number of names in the folder. */
size_t folder_count(void);

/** Number of names that a temporary file of `name` can have. */
size_t folder_count_temporaries(const char *name);

/** Removes everything in the folder; folders in it must be empty. */
void folder_clear(void);

/** The number that the next file to be opened will have: how many are open now. */
int folder_next_descriptor(void);

#endif
