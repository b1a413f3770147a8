#ifndef FAULT_H
#define FAULT_H

/**
 * An allocator that fails when told to, and counts what is given out and not back.
 */

#include <stdbool.h>
#include <stddef.h>

#include "joblib/allocator.h"

struct fault {
    size_t fail_at; /* number of the allocation that fails, from 1; 0 for none */
    bool for_ever;  /* all later ones fail too */
    _Atomic size_t allocations; /* asked for so far, by any thread */
    _Atomic size_t live_bytes;  /* given out and not back */
    _Atomic size_t peak_bytes;  /* most that ever was; less than that if threads race */
};

joblib_allocator fault_allocator(struct fault *fault);

#endif
