/**
 * The document: owner of the nodes, and of the memory that its arrays are views of.
 */
#ifndef JOBLIB_VALUE_DOCUMENT_H
#define JOBLIB_VALUE_DOCUMENT_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/hash.h"
#include "joblib/document.h"
#include "value/node.h"

/** Names of classes and functions already met, by hash. */
struct joblib_value__globals {
    struct joblib_value__global **slots;
    size_t slot_count; /**< a power of two, or 0 */
    size_t count;
};

/** Memory outside the arena: an inflated stream or a mapped file. */
struct joblib_value__backing {
    void (*release)(void *block, size_t size);
    void *block;
    size_t size;
    bool mapped; /**< pages of a file, not counted as memory */
    bool viewed; /**< arrays are views of it */
};

struct joblib_document {
    atomic_size_t references;
    joblib_base__arena arena;
    const joblib_value *root;
    int codec;
    bool small_window; /**< of zlib: joblib does not know such a file */
    int protocol;
    int sharing;               /**< a joblib_sharing */
    joblib_base__hash_key key; /**< of the hashes of keys */
    struct joblib_value__mapping *mappings;
    struct joblib_value__globals globals;
    uint32_t pickles; /**< begun so far: a pickle and those nested in it */
    bool python2;     /**< a str of Python 2 was met */
    struct joblib_value__backing backing;
};

/** Makes an empty document with one owner. */
joblib_status joblib_value__document_new(const joblib_allocator *allocator,
                                         uint64_t limit, joblib_document **out,
                                         joblib_error *error);

/**
 * Completes all dicts and sets: later entries replace earlier ones of an equal key, as in
 * Python, and large ones get an index. JOBLIB_ERROR_TYPE for keys that Python cannot hash.
 */
joblib_status joblib_value__document_seal(joblib_document *document, joblib_error *error);

#endif
