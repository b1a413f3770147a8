/**
 * What differs between CPython's picklers: their versions, and pickle.py against its twin in C.
 */
#ifndef JOBLIB_PICKLE_POLICY_H
#define JOBLIB_PICKLE_POLICY_H

#include <stdbool.h>
#include <stdint.h>

/** A pickler to be followed. */
typedef struct joblib_pickle__policy {
    int protocol; /**< 0 to 5 */
    int python;   /**< major * 100 + minor: 207, 306 to 314 */
    bool
        c_pickler; /**< the one in C; false: pickle.py, which joblib derives its own from */
} joblib_pickle__policy;

/** Habits of a pickler, as bits. spec/pickle.md#picklers */
enum joblib_pickle__habit {
    JOBLIB_HABIT_PYTHON2 = 1,       /* str and int are what Python 2 means by them */
    JOBLIB_HABIT_FRAMES_ALL = 2,    /* frames below 4 bytes have a header too */
    JOBLIB_HABIT_LARGE_OUTSIDE = 4, /* 64 KiB of text or bytes stand outside of frames */
    JOBLIB_HABIT_SHORT_AS_INT = 8,  /* protocol 0: INT, not LONG, for 32 bits */
    JOBLIB_HABIT_ESCAPES = 16,      /* protocol 0: NUL, CR and 0x1a are escaped */
    JOBLIB_HABIT_TEXT_ARRAY = 32,   /* protocols 0 to 2: a bytearray is made from text */
    JOBLIB_HABIT_FORGETFUL = 64,    /* protocol 5: a bytearray is not put into the memo */
    JOBLIB_HABIT_EXACT_BATCHES =
        128 /* lists, dicts and sets end in batches of their own */
};

/** The habits of a pickler. */
uint32_t joblib_pickle__habits(const joblib_pickle__policy *policy);

#endif
