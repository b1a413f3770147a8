#ifndef BUILT_H
#define BUILT_H

/**
 * Documents that tests make with a builder. A failure ends the program.
 */

#include "joblib.h"

/** A builder with default options. */
joblib_builder *built_begin(void);

joblib_value *built_int(joblib_builder *builder, int64_t number);
joblib_value *built_text(joblib_builder *builder, const char *text);
joblib_value *built_list(joblib_builder *builder);
joblib_value *built_dict(joblib_builder *builder);

void built_append(joblib_builder *builder, joblib_value *list, joblib_value *item);

/** Puts a value into a dict, with a key made by joblib_builder_key(). */
void built_put(joblib_builder *builder, joblib_value *dict, const char *key,
               joblib_value *value);

/** Finishes the builder and frees it. */
joblib_document *built_finish(joblib_builder *builder, joblib_value *root);

/** The same, then dumps the document and loads it again. */
joblib_document *built_again(joblib_builder *builder, joblib_value *root);

#endif
