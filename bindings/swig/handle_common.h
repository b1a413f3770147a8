#ifndef JOBLIB_HANDLE_COMMON_H
#define JOBLIB_HANDLE_COMMON_H

/**
 * What the files of the handle shim share. Functions that make a handle return NULL without
 * an error for a thing that is NULL, and NULL with JOBLIB_ERROR_MEMORY without memory.
 */

#include "handles.h"

/** Sets `error` and returns NULL. */
void *joblib_shim__fail(joblib_error *error, joblib_status status, const char *format,
                        ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

/** Zeroed memory, never NULL for 0 bytes. */
void *joblib_shim__allocate(size_t size, joblib_error *error);

/** A copy of UTF-8 that the text owns. */
joblib_text joblib_shim__copy_text(const char *data, size_t size, joblib_error *error);

/** Borrowed text, terminated; nothing for NULL. */
joblib_text joblib_shim__text(const char *terminated);

/** Bytes that grow; free() `data`. */
typedef struct joblib_shim__buffer {
    char *data;
    size_t size;
    size_t capacity;
} joblib_shim__buffer;

/** A sink that appends to a buffer. */
joblib_sink joblib_shim__buffer_sink(joblib_shim__buffer *buffer);

/** The document of a handle; NULL with an error if it is closed. */
joblib_document *joblib_shim__require_document(const JoblibDocument *self,
                                               joblib_error *error);

/** Takes part in each of an owner's things, and returns it; release() undoes it. */
joblib_owner joblib_shim__retain(joblib_owner owner);
void joblib_shim__release(joblib_owner *owner);

/** Makes a result shared, with one owner; frees `result` when it cannot. */
joblib_shared_result *joblib_shim__share_result(joblib_result *result,
                                                joblib_error *error);
const joblib_result *joblib_shim__result(const joblib_shared_result *shared);

JoblibDocument *joblib_shim__document(joblib_document *document, joblib_error *error);
JoblibValue *joblib_shim__value(joblib_document *document, const joblib_value *node,
                                joblib_error *error);
JoblibArray *joblib_shim__array(joblib_owner owner, const joblib_array *view,
                                joblib_error *error);
JoblibInput *joblib_shim__input(joblib_owner owner, const joblib_input *input,
                                joblib_error *error);

/** What an element of an array is; `document` owns the elements of an array of objects. */
joblib_native joblib_shim__native_element(const joblib_array *view, size_t index);

/** What a value is. */
joblib_native joblib_shim__native_value(const joblib_value *node);

/** The only element of `view` at `index`, as a view without dimensions. */
bool joblib_shim__view_item(const joblib_array *view, size_t index, joblib_array *out,
                            joblib_error *error);

#endif
