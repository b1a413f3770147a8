/**
 * The nodes of a document.
 *
 * Every value is one node in the document's arena; what does not fit stands beside it in the
 * same arena. Nodes are written while a document is loaded or built and never after. A node has
 * the words that its kind needs and no others: a document has millions of numbers and short
 * texts.
 *
 *   | kind flags depth room | word one | word two |
 *
 *   None Bool Int Float   the number
 *   Int (big)             two's complement bytes, as in a Str
 *   Complex               real, imaginary
 *   Str Bytes Bytearray   the text itself, of `room` bytes, and a NUL; or text, size
 *   List                  items, count; `room` items fit
 *   Tuple                 items, count; `room` is its hash once it was a key
 *   Dict Set Frozenset    mapping; the values of a set are NULL
 *   Array Scalar          array
 *   Dtype                 dtype
 *   Global                global, spelling
 *   Object                object, its joblib_form
 */
#ifndef JOBLIB_VALUE_NODE_H
#define JOBLIB_VALUE_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/document.h"
#include "joblib/value.h"

enum joblib_value__flag {
    JOBLIB_VALUE_BIG = 1,     /* Int: does not fit int64 */
    JOBLIB_VALUE_NO_KEY = 1,  /* Tuple: holds, at any depth, what cannot be a key */
    JOBLIB_VALUE_PY2 = 2,     /* Bytes: the str of Python 2 */
    JOBLIB_VALUE_LONG = 2,    /* Int: came as a long, which Python 2 tells from int */
    JOBLIB_VALUE_BARE = 4,    /* Object: of a call whose arguments went into no memo */
    JOBLIB_VALUE_ASCII = 8,   /* Bytes: all below 0x80 */
    JOBLIB_VALUE_NAMED = 8,   /* Global: a builder named it, and no file */
    JOBLIB_VALUE_BUILT = 16,  /* Object: BUILD was applied */
    JOBLIB_VALUE_FIXED = 16,  /* List, Dict: of how an array was pickled; not edited */
    JOBLIB_VALUE_PLACED = 32, /* all but constants: in a builder, a place refers to it */
    JOBLIB_VALUE_SHARED = 64, /* all but constants: more than one place may refer to it */
    JOBLIB_VALUE_IMPLIED = 128 /* Str, Bytes, Global: of no document; a pickle that is
                                  written knows it by what it says */
};

struct joblib_value__entry {
    joblib_value *key;
    joblib_value *value;
};

/** Entries of a dict, in order; `slots` finds them by hash once the document is complete. */
struct joblib_value__mapping {
    struct joblib_value__entry *entries;
    size_t count;
    size_t room;
    uint32_t *slots;                    /**< hash table; NULL for small dicts */
    size_t slot_count;                  /**< a power of two */
    struct joblib_value__mapping *next; /**< of the document's list */
    const joblib_document *document;    /**< whose key the hashes have */
};

/** A class or function: one for each name of a document, and one node in each pickle. */
struct joblib_value__global {
    const char *module;
    const char *name;
    size_t module_size;
    size_t name_size;
    joblib_value *node; /**< the newest, of the pickle `pickle` */
    uint32_t pickle;    /**< number of that pickle in the document */
    uint32_t number;    /**< in an audit, or 0 */
    uint64_t offset;    /**< of the opcode that named it first, or JOBLIB_NO_OFFSET */
};

/** The texts that named a class or function in a pickle: which texts they are is identity too. */
struct joblib_value__spelling {
    joblib_value *module;
    joblib_value *name;
};

struct joblib_value__object {
    joblib_value *callable;
    joblib_value *arguments; /**< tuple */
    joblib_value *keywords;  /**< dict or NULL */
    joblib_value *state;     /**< or NULL */
    joblib_value *items;     /**< list or NULL */
    joblib_value *entries;   /**< dict or NULL */
    /** the wrapper of joblib behind which it stands, in a pickle of its own; NULL for none */
    const struct joblib_value__origin *wrapper;
};

enum joblib_value__array_form {
    JOBLIB_VALUE_WRAPPER,     /* NumpyArrayWrapper, bytes behind it */
    JOBLIB_VALUE_RECONSTRUCT, /* numpy's _reconstruct and BUILD */
    JOBLIB_VALUE_FROMBUFFER,  /* numpy's _frombuffer of protocol 5 */
    JOBLIB_VALUE_SCALAR,      /* numpy's scalar */
    JOBLIB_VALUE_NPY,         /* the file itself is a npy file */
    JOBLIB_VALUE_COMPANION,   /* NDArrayWrapper, a npy file beside the file */
    JOBLIB_VALUE_Z_COMPANION  /* ZNDArrayWrapper, compressed bytes beside the file */
};

/** How a numpy value was pickled: what a rewrite needs beside the value. */
struct joblib_value__origin {
    joblib_value *callable;  /**< wrapper class, _reconstruct, _frombuffer, scalar, dtype;
                                  NULL for what a npy file says itself */
    joblib_value *arguments; /**< tuple */
    joblib_value *state;     /**< tuple, or the dict of a wrapper; NULL for none */
    /** of a wrapper of objects: how the nested pickle made the array; else NULL */
    const struct joblib_value__origin *nested;
    uint8_t form;      /**< a joblib_value__array_form */
    uint8_t protocol;  /**< of the nested pickle of an object array */
    bool allow_mmap;   /**< of a wrapper; true where a companion's does not say */
    uint8_t sharing;   /**< of an array: a joblib_sharing */
    int16_t alignment; /**< of a wrapper: bytes; 0 for None, -1 where it is not stored */
};

struct joblib_value__array {
    joblib_array view;
    joblib_value *dtype;    /**< the Dtype node */
    joblib_value *subclass; /**< a Global, or NULL for ndarray */
    struct joblib_value__origin origin;
};

struct joblib_value__dtype {
    const joblib_dtype *dtype; /**< as its text says until BUILD completes it */
    struct joblib_value__origin origin;
    bool in_use; /**< an array or another dtype was made with it */
};

struct joblib_value {
    uint8_t kind;
    uint8_t flags;
    union {
        uint16_t tag;   /**< Global: what the loader knows of this name, 0 for nothing */
        uint16_t depth; /**< containers: nesting below, as far as known; at most 65535 */
    };
    uint32_t room;
    union {
        int64_t integer;
        double real;
        const char *far_text; /**< read it by joblib_value__text() */
        joblib_value **items;
        struct joblib_value__mapping *mapping;
        struct joblib_value__array *array;
        struct joblib_value__dtype *dtype;
        struct joblib_value__global *global;
        struct joblib_value__object *object;
    };
    union {
        double imaginary;
        size_t far_size;
        size_t count;
        const struct joblib_value__spelling *spelling; /**< or NULL */
    };
};

/** `room` of a text that does not stand in its node. */
#define JOBLIB_FAR_TEXT UINT32_MAX

/** Bytes of a node of an Int or Float, and of one whose text begins there. */
#define JOBLIB_SHORT_NODE offsetof(struct joblib_value, far_size)
#define JOBLIB_TEXT_NODE offsetof(struct joblib_value, far_text)

/** The bytes of a Str, Bytes, Bytearray or big Int, and their number. */
static inline const char *joblib_value__text(const joblib_value *value)
{
    return value->room == JOBLIB_FAR_TEXT ? value->far_text
                                          : (const char *)value + JOBLIB_TEXT_NODE;
}

static inline size_t joblib_value__text_size(const joblib_value *value)
{
    return value->room == JOBLIB_FAR_TEXT ? value->far_size : value->room;
}

#endif
