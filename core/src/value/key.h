/**
 * Hashing and comparing dict keys as Python does: 1, 1.0 and True are one key, NaN equals only
 * itself, tuples compare by their items.
 */
#ifndef JOBLIB_VALUE_KEY_H
#define JOBLIB_VALUE_KEY_H

#include "base/vector.h"
#include "value/document.h"

/** Scratch of key operations on nested tuples; zero it before, free it after. */
struct joblib_value__key_stack {
    void *items;
    size_t room;
    uint64_t
        steps; /**< comparisons left, against tuples that share parts exponentially */
};

void joblib_value__free_key_stack(const joblib_document *document,
                                  struct joblib_value__key_stack *stack);

/** Checks that a value can be a key, JOBLIB_ERROR_TYPE otherwise, and hashes nested tuples. */
joblib_status joblib_value__prepare_key(joblib_document *document, joblib_value *key,
                                        struct joblib_value__key_stack *stack,
                                        joblib_error *error);

/** The hash of a prepared key. */
uint32_t joblib_value__hash_prepared(const joblib_document *document,
                                     const joblib_value *key);

/** Prepares a key and hashes it; keys that are equal have equal hashes. */
joblib_status joblib_value__hash_key(joblib_document *document, joblib_value *key,
                                     struct joblib_value__key_stack *stack, uint32_t *out,
                                     joblib_error *error);

/** Compares two prepared keys. JOBLIB_ERROR_LIMIT when nested tuples take too many steps. */
joblib_status joblib_value__equal_keys(const joblib_document *document,
                                       const joblib_value *a, const joblib_value *b,
                                       struct joblib_value__key_stack *stack, bool *out,
                                       joblib_error *error);

/** The hash of a text key, and of an integer key. */
uint32_t joblib_value__hash_text(const joblib_document *document, const char *text,
                                 size_t size);
uint32_t joblib_value__hash_int(const joblib_document *document, int64_t number);

/** Whether a key is this text: a str, or an ASCII str of Python 2. */
bool joblib_value__is_text_key(const joblib_value *key, const char *text, size_t size);

/** Whether a key is this integer, or an equal bool or float. */
bool joblib_value__is_int_key(const joblib_value *key, int64_t number);

#endif
