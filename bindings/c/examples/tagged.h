#ifndef TAGGED_H
#define TAGGED_H

/**
 * Values as tagged JSON, for programs that want values in a form of their own: a walk over
 * everything that a document holds, by the public functions alone. The form is that of
 * conformance/schema/value.schema.json. A program that just wants the text has
 * joblib_value_print().
 *
 * Walks recurse: `max_depth` of the options of loading bounds how deep.
 */

#include <joblib.h>

#include <stdio.h>

/** A value and all below it. A value that is shared has a number where it is met first. */
void tagged_put_value(FILE *out, const joblib_value *root);

/** What a method of a model gave: a list of arrays and sparse matrices. */
void tagged_put_result(FILE *out, const joblib_result *result);

/** `size` bytes of UTF-8 as a string of JSON, in ASCII. */
void tagged_put_text(FILE *out, const char *text, size_t size);

#endif
