/**
 * Dicts and sets that are complete, and stay so while they are changed: their keys differ, and
 * slots find them where there are many. A document under construction has only such ones.
 */
#ifndef JOBLIB_VALUE_MAPPING_H
#define JOBLIB_VALUE_MAPPING_H

#include "value/document.h"

/** Most entries of a dict or set. */
#define JOBLIB_MAX_ENTRIES ((size_t)UINT32_MAX / 4)

/**
 * Completes the mappings that were made since `last` was the newest, and hold what a file has.
 * The others are complete.
 */
joblib_status joblib_value__seal_since(joblib_document *document,
                                       const struct joblib_value__mapping *last,
                                       joblib_error *error);

/** Finds the entry whose key equals `key`; `*out` is the number of entries if there is none. */
joblib_status joblib_value__find_key(joblib_document *document, const joblib_value *value,
                                     joblib_value *key, size_t *out, joblib_error *error);

/**
 * Sets an entry; an equal key stays and gets the item. `*added_out` tells whether there was none.
 * JOBLIB_ERROR_TYPE for a key that Python cannot hash; `item` is NULL for sets.
 */
joblib_status joblib_value__put(joblib_document *document, joblib_value *value,
                                joblib_value *key, joblib_value *item, bool *added_out,
                                joblib_error *error);

/** Removes entry `index`; those behind it move. */
void joblib_value__remove_entry(const joblib_document *document, joblib_value *value,
                                size_t index);

/** Finds the entry of a text or integer key in a dict; NULL if there is none. */
struct joblib_value__entry *joblib_value__find_text(const joblib_value *dict,
                                                    const char *key, size_t size);
struct joblib_value__entry *joblib_value__find_integer(const joblib_value *dict,
                                                       int64_t key);

#endif
