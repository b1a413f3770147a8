/**
 * The notation of a npy header: literals of Python, as far as numpy writes them.
 */
#ifndef JOBLIB_JOBLIB_NPY_TEXT_H
#define JOBLIB_JOBLIB_NPY_TEXT_H

#include "joblib/npy.h"

/** The text that is left, and whose memory takes what is kept of it. */
struct joblib_load__npy_text {
    const char *at, *end;
    bool utf8; /**< names are UTF-8, not Latin-1 */
    joblib_document *document;
};

/** Steps over blanks and line ends. */
void joblib_load__npy_skip(struct joblib_load__npy_text *text);

/** Steps over `word` and the blanks before it, if it stands there. */
bool joblib_load__npy_take(struct joblib_load__npy_text *text, const char *word);

/** The same, but JOBLIB_ERROR_ARRAY if it does not. */
joblib_status joblib_load__npy_require(struct joblib_load__npy_text *text,
                                       const char *word, joblib_error *error);

/** Reads text in quotes as UTF-8, which the document keeps, with a NUL behind it. */
joblib_status joblib_load__npy_quoted(struct joblib_load__npy_text *text,
                                      const char **out, size_t *size_out,
                                      joblib_error *error);

/** Reads a tuple of sizes, or one number in its place where `single` is given. */
joblib_status joblib_load__npy_shape(struct joblib_load__npy_text *text, bool single,
                                     int64_t *shape, size_t *ndim_out,
                                     joblib_error *error);

/** Reads an element type: the text of one, or a list of fields. npy_descr.c */
joblib_status joblib_load__npy_descr(struct joblib_load__npy_text *text,
                                     const joblib_dtype **out, joblib_error *error);

#endif
