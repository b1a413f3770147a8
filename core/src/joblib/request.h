/**
 * What a caller asked a load for: its options with every default filled in, and who watches.
 */
#ifndef JOBLIB_JOBLIB_REQUEST_H
#define JOBLIB_JOBLIB_REQUEST_H

#include "joblib/companion.h"
#include "joblib/load.h"
#include "pickle/machine.h"

struct joblib_load__request {
    joblib_load_options options;
    const joblib_pickle__observer *observer;
    const char *path;             /**< of the file; NULL for memory and sources */
    enum joblib_sharing sharing;  /**< of an input that is not compressed */
    joblib_io__progress progress; /**< `call` NULL: nobody listens */
};

/** Reads options, which may be NULL. JOBLIB_ERROR_ARGUMENT if they say what is not known. */
joblib_status joblib_load__read_request(const joblib_load_options *given,
                                        const joblib_pickle__observer *observer,
                                        struct joblib_load__request *out,
                                        joblib_error *error);

/** For an input of `known_size` bytes, or JOBLIB_UNKNOWN_SIZE. They point into the request. */
joblib_codec__settings joblib_load__settings(struct joblib_load__request *request,
                                             uint64_t known_size);

/** Companions are opened in the folder of the options, else in that of the file. */
joblib_load__companions joblib_load__find_companions(
    struct joblib_load__request *request);

/** Bounds of the pickles of a document whose `sharing` is that. */
joblib_pickle__limits joblib_load__limits(const struct joblib_load__request *request,
                                          int sharing);

#endif
