#ifndef JOBLIB_BUILDER_H
#define JOBLIB_BUILDER_H

/**
 * Making and editing documents.
 *
 * A builder owns values that are made one by one and end as a document. They are the values of
 * joblib/value.h, whose reading functions work on them at any time; they belong to the builder
 * and are never freed one by one. joblib/edit.h fills and changes them.
 *
 * A value may be placed in as many others as one likes, which Python then finds to be one object.
 * Lists, dicts, sets and objects may hold themselves; tuples and frozensets are complete when
 * they are made. Nothing is called: an object is the name of its class, arguments and a state.
 *
 * Every function but free() takes the builder first, which must not be NULL. Where it fails, the
 * builder is as it was before, `*out` is NULL, and `error`, which may be NULL, tells why:
 *
 *         JOBLIB_ERROR_ARGUMENT  NULL; a value that is not this builder's, or was part of a
 *                                document that is finished; a text or name that is none
 *         JOBLIB_ERROR_TYPE      a value of a kind that cannot stand there, or not be changed
 *         JOBLIB_ERROR_RANGE     an index outside; no such key, attribute or place
 *         JOBLIB_ERROR_ARRAY     dtype, shape, strides and count contradict each other
 *         JOBLIB_ERROR_LIMIT     max_memory, or more items than a value can have
 *         JOBLIB_ERROR_MEMORY    no memory
 *
 * Threads: one per object, also for the reading functions while the builder is at work.
 * All are   Since: 1.0
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/array.h"
#include "joblib/document.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct joblib_builder joblib_builder;

/** Options of a builder. Zero in any field is its default. */
typedef struct joblib_builder_options {
    uint32_t struct_size;
    uint32_t reserved;                 /**< 0 */
    const joblib_allocator *allocator; /**< NULL: the C library's memory */
    /** bytes of the document; default 4 GiB (512 MiB where size_t has 32 bits) */
    uint64_t max_memory;
} joblib_builder_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_BUILDER_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_builder_options), 0, NULL, 0 \
    }

/** Sets options to JOBLIB_BUILDER_OPTIONS_INIT. */
JOBLIB_API void joblib_builder_options_init(joblib_builder_options *options);

/** Makes a builder without values. `options` may be NULL. joblib_builder_free() it. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_new(
    const joblib_builder_options *options, joblib_builder **out, joblib_error *error);

/**
 * Makes a builder that holds a copy of a whole document, as joblib_builder_copy() makes it, to
 * be edited. `*root_out` is the copy of the root. The new document tells the codec and protocol
 * of the old one, so that a dump without options writes the same bytes where nothing changed.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_new_from(
    const joblib_document *document, const joblib_builder_options *options,
    joblib_builder **out, joblib_value **root_out, joblib_error *error);

/** Frees a builder and its values. NULL is accepted. */
JOBLIB_API void joblib_builder_free(joblib_builder *builder);

/**
 * Makes a document of all values, with `root` as its object. joblib_document_release() it.
 *
 * The builder is then empty, and may build another document; the values are the document's and
 * can no longer be changed. Values that `root` does not reach take memory and are never met.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_finish(joblib_builder *builder,
                                                              const joblib_value *root,
                                                              joblib_document **out,
                                                              joblib_error *error);

/** Bytes of memory of the builder's values; 0 for NULL. */
JOBLIB_API size_t joblib_builder_memory(const joblib_builder *builder);

/**
 * Gives a value that a reading function found, so that it can be changed.
 *
 * @return `value`, or NULL if it is not this builder's.
 */
JOBLIB_API joblib_value *joblib_builder_value(joblib_builder *builder,
                                              const joblib_value *value);

/* Plain values */

JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_none(joblib_builder *builder,
                                                            joblib_value **out,
                                                            joblib_error *error);

JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_bool(joblib_builder *builder,
                                                            bool truth,
                                                            joblib_value **out,
                                                            joblib_error *error);

JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_int64(joblib_builder *builder,
                                                             int64_t number,
                                                             joblib_value **out,
                                                             joblib_error *error);

JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_uint64(joblib_builder *builder,
                                                              uint64_t number,
                                                              joblib_value **out,
                                                              joblib_error *error);

/** An int of any size from decimal text, at most 4,300 digits, perhaps after `-`. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_int_text(joblib_builder *builder,
                                                                const char *text,
                                                                size_t size,
                                                                joblib_value **out,
                                                                joblib_error *error);

JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_float64(joblib_builder *builder,
                                                               double number,
                                                               joblib_value **out,
                                                               joblib_error *error);

JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_complex(joblib_builder *builder,
                                                               double real,
                                                               double imaginary,
                                                               joblib_value **out,
                                                               joblib_error *error);

/** A str of `size` bytes of UTF-8, which are copied; lone surrogates have three bytes each. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_text(joblib_builder *builder,
                                                            const char *utf8, size_t size,
                                                            joblib_value **out,
                                                            joblib_error *error);

/**
 * The str that is a name in Python: one value for each text of a builder, as attribute names
 * and other identifiers are one object in Python. `utf8` is terminated.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_key(joblib_builder *builder,
                                                           const char *utf8,
                                                           joblib_value **out,
                                                           joblib_error *error);

/** Bytes, which are copied. `data` may be NULL if `size` is 0. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_bytes(joblib_builder *builder,
                                                             const void *data,
                                                             size_t size,
                                                             joblib_value **out,
                                                             joblib_error *error);

JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_bytearray(joblib_builder *builder,
                                                                 const void *data,
                                                                 size_t size,
                                                                 joblib_value **out,
                                                                 joblib_error *error);

/** The str of Python 2: bytes of any encoding. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_py2_text(joblib_builder *builder,
                                                                const void *data,
                                                                size_t size,
                                                                joblib_value **out,
                                                                joblib_error *error);

/* Containers */

/** An empty list. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_list(joblib_builder *builder,
                                                            joblib_value **out,
                                                            joblib_error *error);

/** An empty dict. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_dict(joblib_builder *builder,
                                                            joblib_value **out,
                                                            joblib_error *error);

/** An empty set. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_set(joblib_builder *builder,
                                                           joblib_value **out,
                                                           joblib_error *error);

/** A tuple of `count` items. `items` may be NULL if `count` is 0. */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_builder_tuple(joblib_builder *builder, const joblib_value *const *items,
                     size_t count, joblib_value **out, joblib_error *error);

/** A frozenset of `count` items; equal ones are kept once. TYPE as joblib_builder_add(). */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_builder_frozenset(joblib_builder *builder, const joblib_value *const *items,
                         size_t count, joblib_value **out, joblib_error *error);

/* Classes and objects */

/**
 * A class or function, by its name: one value for each name of a builder. `name` may have dots.
 * ARGUMENT for names that Python cannot have; LIMIT for more than 512 bytes of either.
 *
 * A dump writes one that is named here, and by no file that was copied, only if an audit knows it
 * as harmless or `allow` of the dump's options names it.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_global(joblib_builder *builder,
                                                              const char *module,
                                                              const char *name,
                                                              joblib_value **out,
                                                              joblib_error *error);

/**
 * An object without state. `form` is a joblib_form; `callable` a global, or an object that makes
 * classes; `arguments` a tuple, or NULL for none; `keywords` a dict, for JOBLIB_FORM_NEWOBJ_EX
 * only, or NULL for none.
 *
 * ARGUMENT for a class or function whose value has a function of its own here, such as
 * `builtins.set`, `numpy.dtype`, or joblib's wrappers; and for arguments of
 * JOBLIB_FORM_RECONSTRUCTOR, which has none.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_builder_object(joblib_builder *builder, int form, const joblib_value *callable,
                      const joblib_value *arguments, const joblib_value *keywords,
                      joblib_value **out, joblib_error *error);

/* Arrays of numpy */

/** How an array is made. */
typedef enum joblib_builder_flag {
    /** the elements stay where they are: they must be contiguous, in C or Fortran order, and
        stay as they are while the builder and the document live. Default: a copy */
    JOBLIB_BUILDER_BORROW = 1,
    JOBLIB_BUILDER_MATRIX = 2 /**< numpy.matrix, of two dimensions */
} joblib_builder_flag;

/**
 * A dtype from numpy's text: "<f8", "U5", "M8[ns]", "O"; or the list that numpy shows for a
 * record, "[('x', '<f4'), ('', '|V4'), ('y', '<i8', (2, 3))]", whose fields without a name are
 * padding. One value for each type but records. ARRAY for what numpy would not take.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_dtype(joblib_builder *builder,
                                                             const char *text,
                                                             joblib_value **out,
                                                             joblib_error *error);

/**
 * An array of the elements that `view` shows, not of objects. `flags` are JOBLIB_BUILDER_…,
 * or-ed.
 *
 * `view` and what it points to are the caller's. Its `dtype` is a constant, or of any document or
 * builder; `strides` NULL means contiguous in C order, or in Fortran order if `flags` of the
 * view say so, which are not looked at otherwise. A copy is contiguous: in Fortran order where the
 * view is and not in C order too, else in C order.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_array(joblib_builder *builder,
                                                             const joblib_array *view,
                                                             uint32_t flags,
                                                             joblib_value **out,
                                                             joblib_error *error);

/**
 * An array of objects: `items` are its elements in C order, as many as the product of the
 * `ndim` numbers of `shape`.
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_object_array(
    joblib_builder *builder, const joblib_value *const *items, const int64_t *shape,
    size_t ndim, joblib_value **out, joblib_error *error);

/** A numpy scalar: one element at `data`, of any alignment, of a dtype without objects. */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_builder_scalar(joblib_builder *builder,
                                                              const joblib_value *dtype,
                                                              const void *data,
                                                              joblib_value **out,
                                                              joblib_error *error);

#ifdef __cplusplus
}
#endif

#endif
