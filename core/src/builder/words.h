/**
 * Values that are found by a text: names, which are one Str each, and dtypes.
 */
#ifndef JOBLIB_BUILDER_WORDS_H
#define JOBLIB_BUILDER_WORDS_H

#include "base/error.h"
#include "value/document.h"

struct joblib_builder__word {
    const char *text; /**< NULL where the slot is empty; not terminated */
    size_t size;
    joblib_value *value;
};

/** Begins as zeros. The texts stand in the document. */
typedef struct joblib_builder__words {
    struct joblib_builder__word *slots;
    size_t room; /**< a power of two, or 0 */
    size_t count;
} joblib_builder__words;

void joblib_builder__words_free(joblib_builder__words *words,
                                const joblib_allocator *allocator);

/** The value of a text; NULL if there is none. */
joblib_value *joblib_builder__words_find(const joblib_builder__words *words,
                                         const joblib_document *document,
                                         const char *text, size_t size);

/** Makes room for so many texts more. */
joblib_status joblib_builder__words_reserve(joblib_builder__words *words,
                                            const joblib_document *document, size_t more,
                                            joblib_error *error);

/** Adds a text that is not there, for which there is room. */
void joblib_builder__words_add(joblib_builder__words *words,
                               const joblib_document *document,
                               struct joblib_builder__word word);

#endif
