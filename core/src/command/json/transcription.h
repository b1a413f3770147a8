/**
 * Tagged values of JSON written as the opcodes of a pickle, which the library loads.
 *
 * So nothing is made here that a file could not hold: whether the opcodes make sense, and within
 * which limits, is the loader's to say.
 */
#ifndef JOBLIB_COMMAND_TRANSCRIPTION_H
#define JOBLIB_COMMAND_TRANSCRIPTION_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command/failure.h"
#include "command/table/pickle_text.h"

/** Where a value stands, for messages: an object's key, or NULL and an array's index. */
typedef struct joblib_command__place {
    const struct joblib_command__place *around; /* NULL for the root */
    const char *key;
    size_t index;
} joblib_command__place;

/** A value with an id. */
struct joblib_command__identity {
    const json_t *value;
    uint64_t pickle;  /* number of the pickle it is in */
    uint32_t entry;   /* of its memo */
    uint32_t writers; /* how often it is being written at this moment */
    bool is_written;  /* it has an entry */
};

typedef struct joblib_command__transcription {
    joblib_command__pickle pickle; /* `frame` is the result */
    json_t *numbers;               /* by id: where in `identities` */
    struct joblib_command__identity *identities;
    size_t identity_count;
    size_t identity_capacity;
    uint64_t pickle_number; /* of the pickle that is written: 0 for the outermost */
    unsigned protocol;      /* of that pickle */
    uint64_t pickle_count;
    joblib_error *error;
} joblib_command__transcription;

/** Writes a value. transcribe.c */
joblib_status joblib_command__transcribe(joblib_command__transcription *work,
                                         const json_t *value,
                                         const joblib_command__place *place);

/** Writes the values of an array, after a mark. transcribe.c */
joblib_status joblib_command__transcribe_all(joblib_command__transcription *work,
                                             const json_t *values,
                                             const joblib_command__place *place);

/** Writes the pairs of an array, after a mark. transcribe.c */
joblib_status joblib_command__transcribe_pairs(joblib_command__transcription *work,
                                               const json_t *pairs,
                                               const joblib_command__place *place);

/** Writes a pickle of its own, from PROTO to STOP. transcribe.c */
joblib_status joblib_command__transcribe_pickle(joblib_command__transcription *work,
                                                const json_t *value, unsigned protocol,
                                                const joblib_command__place *place);

/** Puts the value on the stack into the memo, in the pickle's protocol. transcribe.c */
uint32_t joblib_command__memoize(joblib_command__transcription *work);

/** The same for a value that has an id: once, and by itself at the end of the value. transcribe.c */
void joblib_command__note(joblib_command__transcription *work, const json_t *value);

/**
 * For a value that is complete but for one opcode: true if it was written meanwhile, by a
 * reference to it from within. Then `drop` takes its parts from the stack, and a GET is put.
 */
bool joblib_command__is_written(joblib_command__transcription *work, const json_t *value,
                                const char *drop);

/** Fails with JOBLIB_ERROR_SYNTAX: the place, then the text. transcribe.c */
joblib_status joblib_command__misplaced(joblib_command__transcription *work,
                                        const joblib_command__place *place,
                                        const char *text);

/** A part of an object, or NULL with an error that names it. transcribe.c */
const json_t *joblib_command__part(joblib_command__transcription *work,
                                   const json_t *object, const char *key,
                                   const joblib_command__place *place);

/** Writes what stands behind a tag. The place is that of `content`. */
typedef joblib_status joblib_command__transcriber(joblib_command__transcription *work,
                                                  const json_t *content,
                                                  const joblib_command__place *place);

/** The same where more of the object `value` matters: its id before it is complete. */
typedef joblib_status joblib_command__owner_transcriber(
    joblib_command__transcription *work, const json_t *value, const json_t *content,
    const joblib_command__place *place);

/* transcribe_leaf.c */
joblib_command__transcriber joblib_command__transcribe_none;
joblib_command__transcriber joblib_command__transcribe_bool;
joblib_command__owner_transcriber joblib_command__transcribe_int;
joblib_command__transcriber joblib_command__transcribe_float;
joblib_command__transcriber joblib_command__transcribe_complex;
joblib_command__transcriber joblib_command__transcribe_str;
joblib_command__transcriber joblib_command__transcribe_surrogates;
joblib_command__transcriber joblib_command__transcribe_bytes;
joblib_command__transcriber joblib_command__transcribe_bytearray;
joblib_command__transcriber joblib_command__transcribe_py2str;

/* transcribe_object.c */
joblib_command__transcriber joblib_command__transcribe_global;
joblib_command__owner_transcriber joblib_command__transcribe_object;
joblib_command__transcriber joblib_command__transcribe_wrapper;

/** Puts the bytes that base64 tells. transcribe_leaf.c */
joblib_status joblib_command__put_base64(joblib_command__transcription *work,
                                         const json_t *text,
                                         const joblib_command__place *place);

#endif
