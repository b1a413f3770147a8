#ifndef FAULTY_SYSTEM_H
#define FAULTY_SYSTEM_H

/**
 * The calls of the system that write files, which count themselves and fail, do half of their
 * work or end the process when told to.
 */

#include <stdbool.h>
#include <stddef.h>

#include "io/output_file.h"
#include "io/system.h"

#define FAULTY_MOST_CALLS 4096

/** Numbers of calls are from 1; 0 for none. Begins as zeros. */
struct faulty {
    size_t fail_at; /* number of the call that fails */
    bool for_ever;  /* all later ones fail too; interruptions end after 1000 */
    int number;     /* errno of the failure; 0: writes give half of what was asked for */
    size_t exit_at; /* before this call the process ends at once, within it for a write */
    bool same_name; /* temporary files have the same name always */

    size_t calls;       /* so far */
    const char *failed; /* name of the call that failed first, NULL if none */
    bool renamed;       /* the new file is in its place */
    bool not_removed;   /* the temporary file is left because removing failed */
    const char *log[FAULTY_MOST_CALLS]; /* names of the first calls */
};

/** What the process that ends at `exit_at` returns. */
#define FAULTY_EXIT 77

struct joblib_io__system faulty_system(struct faulty *faulty);

/** Writes `size` bytes in pieces of many sizes, commits and closes. */
joblib_status output_bytes(const char *path,
                           const struct joblib_io__output_settings *settings,
                           const joblib_allocator *allocator, const void *data,
                           size_t size, joblib_error *error);

#endif
