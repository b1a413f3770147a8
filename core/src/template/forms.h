/**
 * Forms: what a value of an attribute must look like, in a few words of the tables.
 *
 *   real  int  bool  text  none      one value; real is written as numpy's float64
 *   size[features]                   an int that is itself the count
 *   scalar[classes]                  the same, written as numpy's int64
 *   real[classes,features]           an array of float64, or float32 where one was given
 *   int[samples]                     an array of int64
 *   labels[classes]                  a sorted array of integers, texts or numbers
 *   objects[features]                an array of objects: Python's texts as a rule
 *   names[features]                  an object array of texts
 *   categories[features]             a list of sorted arrays
 *   drops[features]                  for each feature the category left out, or None
 *   matrices  vectors                lists of real arrays of two dimensions, and of one
 *   trees[trees]  parts  columns     lists of estimators, of steps, of transformers
 *   values                           numbers of the nodes of a tree
 *
 * Alternatives stand behind `|`; the number of dimensions chooses. A word in brackets is
 * a row of sizes.def: all attributes that name it must agree. Arrays may be given as
 * lists, or lists of lists. What stands in derived rows only (dict, list, tuple, tree,
 * estimator, dtype) describes.
 */
#ifndef JOBLIB_TEMPLATE_FORMS_H
#define JOBLIB_TEMPLATE_FORMS_H

#include "template/made.h"

/**
 * Checks a given value against the form of its row, and turns it into what is written:
 * `*out`. Sizes are bound. JOBLIB_ERROR_ARGUMENT with what was found and what was
 * expected.
 */
joblib_status joblib_template__accept(struct joblib_template *made,
                                      const struct joblib_template__row *row,
                                      const joblib_value *given, joblib_value **out,
                                      joblib_error *error);

/** The size that a form `size[…]` or `scalar[…]` is; -1 for other forms. */
int joblib_template__form_size(const char *form, bool *is_scalar);

/** Makes zeros of the last alternative of a form whose sizes are all bound. */
joblib_status joblib_template__zeros(struct joblib_template *made, const char *text,
                                     joblib_value **out, joblib_error *error);

#endif
