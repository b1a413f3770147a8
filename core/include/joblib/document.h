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

/** Bytes of memory that the document holds; mapped files do not count. Threads: any. */
JOBLIB_API size_t joblib_document_memory(const joblib_document *document);

#ifdef __cplusplus
}
#endif

#endif
