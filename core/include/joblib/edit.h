#ifndef JOBLIB_EDIT_H
#define JOBLIB_EDIT_H

/**
 * Filling and changing the values of a builder, and copying documents to change them.
 *
 * What a function changes is a `joblib_value *` of the builder: joblib_builder_value() gives it
 * for a value that was found by reading. What joblib/builder.h says of failures, threads and
 * `Since` holds here too.
 *
 * TYPE too for what must agree with the bytes of an array: the parts of its pickled form, which a
 * strange file can refer to elsewhere, and objects that stand for arrays that are not decoded.
 * Such arrays can be replaced.
 */

#include <stddef.h>

#include "joblib/builder.h"
#include "joblib/document.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Lists, dicts, sets */

/** Appends to a list, or to an object that is a list in Python. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_append(joblib_builder *builder,
                                                              joblib_value *list,
                                                              const joblib_value *item,
                                                              joblib_error *error);

/** Puts an item before item `index` of a list, or at its end if that is its count. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_insert(joblib_builder *builder,
                                                              joblib_value *list,
                                                              size_t index,
                                                              const joblib_value *item,
                                                              joblib_error *error);

/** Replaces item `index` of a list, or element `index`, in C order, of an array of objects. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_set_at(joblib_builder *builder,
                                                              joblib_value *list,
                                                              size_t index,
                                                              const joblib_value *item,
                                                              joblib_error *error);

/** Removes item `index` of a list. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_remove_at(joblib_builder *builder,
                                                                 joblib_value *list,
                                                                 size_t index,
                                                                 joblib_error *error);

/**
 * Sets an entry of a dict, or of an object that is a dict in Python. An equal key stays and gets
 * the value, as in Python: 1, 1.0 and True are equal. TYPE for a key that Python cannot hash.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_put(joblib_builder *builder,
                                                           joblib_value *dict,
                                                           const joblib_value *key,
                                                           const joblib_value *value,
                                                           joblib_error *error);

/** Adds an item to a set, unless it has an equal one. TYPE for one that Python cannot hash. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_add(joblib_builder *builder,
                                                           joblib_value *set,
                                                           const joblib_value *item,
                                                           joblib_error *error);

/**
 * Removes an entry of a dict, of an object that is a dict, or an item of a set, by an equal key.
 * Takes time in proportion to the number of entries.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_remove_key(joblib_builder *builder,
                                                                  joblib_value *dict,
                                                                  const joblib_value *key,
                                                                  joblib_error *error);

/* Objects */

/** Gives an object another class, a global. ARGUMENT as joblib_builder_object(). */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_builder_set_class(joblib_builder *builder, joblib_value *object,
                         const joblib_value *callable, joblib_error *error);

/** Sets the state of an object, as its `__setstate__` gets it; a dict as a rule. */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_builder_set_state(joblib_builder *builder, joblib_value *object,
                         const joblib_value *state, joblib_error *error);

/**
 * Sets an attribute in the state of an object, where joblib_value_attribute() finds it. A name
 * that is new goes to the dict, which is made if the object has no state. `name` is UTF-8,
 * terminated. TYPE where the state is no dict and no pair of dict and slots.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_set_attribute(
    joblib_builder *builder, joblib_value *object, const char *name,
    const joblib_value *value, joblib_error *error);

/** Removes an attribute from where joblib_value_attribute() finds it. RANGE: there is none. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_remove_attribute(
    joblib_builder *builder, joblib_value *object, const char *name, joblib_error *error);

/* Copies, and places in them */

/**
 * Copies a value of a document and all that it holds, deeply, with everything that a dump needs:
 * identity, and the form in which each value was pickled. Whatever is copied of one document is
 * copied once, so two copies share what the originals shared. The copy needs nothing of the
 * document, but the builder keeps it alive until it is finished or freed.
 *
 * `source` NULL copies a value of this builder, each time anew, as copy.deepcopy() of Python:
 * numbers, texts and classes stay the same values.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_copy(joblib_builder *builder,
                                                            const joblib_document *source,
                                                            const joblib_value *value,
                                                            joblib_value **out,
                                                            joblib_error *error);

/**
 * Finds a place below `root`, written as joblib_error has it: `steps[1][1].coef_`. `""` is
 * `root`.
 *
 *   | step      | in                                                                  |
 *   |-----------|---------------------------------------------------------------------|
 *   | `name`    | attribute of an object; text key of a dict. A point stands between it  |
 *   |           | and the step before                                                  |
 *   | `[3]`     | item of a list, tuple, array of objects; int key of a dict; the same   |
 *   |           | of an object that is a list or dict in Python                        |
 *   | `["a.b"]` | text key of a dict, or of an object that is one                      |
 *
 * In names and between quotes `\xNN` is a byte, `\\` a backslash, `\"` a quote.
 *
 * @return ARGUMENT for what is no such path; RANGE where there is no such place: `path` of the
 *         error is the part of it that is there.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_find(joblib_builder *builder,
                                                            const joblib_value *root,
                                                            const char *path,
                                                            joblib_value **out,
                                                            joblib_error *error);

/**
 * Puts a value in the place of the one that joblib_builder_find() finds. A tuple on the way
 * makes room for a new one that has the other items: whatever else holds the old one keeps it.
 * ARGUMENT for `""`, and TYPE where all of the way is tuples: `root` stays what it is.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_replace(joblib_builder *builder,
                                                               joblib_value *root,
                                                               const char *path,
                                                               const joblib_value *with,
                                                               joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
