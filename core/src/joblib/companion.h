/**
 * Files beside the main one, in which joblib before 0.10 kept arrays.
 */
#ifndef JOBLIB_JOBLIB_COMPANION_H
#define JOBLIB_JOBLIB_COMPANION_H

#include "codec/codec.h"

/** Where companions are looked for; the `ctx` of the hooks. */
typedef struct joblib_load__companions {
    const char *folder; /**< not terminated; NULL: none are opened */
    size_t folder_size; /**< bytes; 0 is the folder in which the process works */
    /** `max_decoded` is what all of them together may still have */
    joblib_codec__settings settings;
} joblib_load__companions;

#endif
