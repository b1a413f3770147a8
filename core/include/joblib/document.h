#ifndef JOBLIB_DOCUMENT_H
#define JOBLIB_DOCUMENT_H

/**
 * A loaded file: immutable, reference counted, owner of all its values.
 */

#include <stddef.h>
#include <stdint.h>

#include "joblib/export.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_document joblib_document;

/** The object in the file; NULL for NULL. Threads: any.   Since: 1.0 */
JOBLIB_API const joblib_value *joblib_document_root(const joblib_document *document);

/**
 * Adds an owner. NULL is accepted.
 *
 * @return `document`.   Threads: any.   Since: 1.0
 */
JOBLIB_API joblib_document *joblib_document_retain(const joblib_document *document);

/**
 * Removes an owner; the last one frees the document and all its values. NULL is accepted.
 *
 * Threads: any.   Since: 1.0
 */
JOBLIB_API void joblib_document_release(joblib_document *document);

/** The container that the document was read from, a joblib_codec. Threads: any. */
JOBLIB_API int joblib_document_codec(const joblib_document *document);

/** The pickle protocol, 0 to 5. A file that declares none has 1 or 0: by its opcodes. Threads: any. */
JOBLIB_API int joblib_document_protocol(const joblib_document *document);

/**
 * Bytes of memory that the document holds; mapped files and borrowed buffers do not count.
 * Threads: any.
 */
JOBLIB_API size_t joblib_document_memory(const joblib_document *document);

/** Whether arrays are views of a mapped file or of a borrowed buffer, and if not, why. */
typedef enum joblib_sharing {
    JOBLIB_SHARING_NOT_ASKED = 0, /**< copies: neither `mapping` nor `borrow` was set */
    /** views; of a document: each array is one unless joblib_value_sharing() tells why not */
    JOBLIB_SHARING_SHARED = 1,
    JOBLIB_SHARING_COMPRESSED = 2, /**< copies: the input is compressed */
    JOBLIB_SHARING_UNMAPPABLE = 3, /**< copies: the system does not map this file */
    JOBLIB_SHARING_UNALIGNED = 4, /**< a copy: it does not begin at a multiple of what its
                                        dtype needs, as in files of joblib before 1.2 */
    JOBLIB_SHARING_OBJECTS = 5,   /**< elements are values */
    JOBLIB_SHARING_INSIDE = 6, /**< a copy: the elements stand in the pickle, as bytes */
    JOBLIB_SHARING_COMPANION = 7 /**< a copy: they stand in a companion, which is read */
} joblib_sharing;

/** A joblib_sharing: 0 to 3. NOT_ASKED for NULL. Threads: any.   Since: 1.0 */
JOBLIB_API int joblib_document_sharing(const joblib_document *document);

/**
 * A joblib_sharing, for an array or a scalar of numpy; NOT_ASKED for other values and NULL.
 * Threads: any.   Since: 1.0
 */
JOBLIB_API int joblib_value_sharing(const joblib_value *value);

/**
 * Names a joblib_sharing: "not asked", "shared", "compressed", "unmappable", "unaligned",
 * "objects", "inside", "companion"; NULL for others. Threads: any.   Since: 1.0
 */
JOBLIB_API const char *joblib_sharing_name(int sharing);

#ifdef __cplusplus
}
#endif

#endif
