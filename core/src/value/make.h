/**
 * Making nodes while a document is loaded. All return NULL when the arena is exhausted:
 * joblib_base__arena_fail() then says why.
 */
#ifndef JOBLIB_VALUE_MAKE_H
#define JOBLIB_VALUE_MAKE_H

#include "value/document.h"

/** None, False and True are constants; nothing writes to them. */
joblib_value *joblib_value__none(void);
joblib_value *joblib_value__bool(bool truth);

static inline joblib_value *joblib_value__new(joblib_document *document, joblib_kind kind)
{
    joblib_value *value = joblib_base__arena_allocate(&document->arena, sizeof *value);
    if (!value) return NULL;
    *value = (joblib_value){.kind = (uint8_t)kind};
    return value;
}

static inline joblib_value *joblib_value__new_int(joblib_document *document,
                                                  int64_t number)
{
    joblib_value *value = joblib_value__new(document, JOBLIB_KIND_INT);
    if (value) value->integer = number;
    return value;
}

/** An integer from two's complement bytes, which are copied; small ones become plain. */
joblib_value *joblib_value__new_integer(joblib_document *document, const uint8_t *bytes,
                                        size_t size);

joblib_value *joblib_value__new_float(joblib_document *document, double number);
joblib_value *joblib_value__new_complex(joblib_document *document, double real,
                                        double imaginary);

/** Str, Bytes or Bytearray with room for `size` bytes, still to be written, and a NUL. */
joblib_value *joblib_value__new_text(joblib_document *document, joblib_kind kind,
                                     size_t size);

/** A tuple with room for `count` items, still to be written. */
joblib_value *joblib_value__new_tuple(joblib_document *document, size_t count);

/** An empty Dict, Set or Frozenset. */
joblib_value *joblib_value__new_mapping(joblib_document *document, joblib_kind kind);

/** An object without state. */
joblib_value *joblib_value__new_object(joblib_document *document, joblib_form form,
                                       joblib_value *callable, joblib_value *arguments);

/** Finds or makes the entry of a class or function. Both texts are copied. */
struct joblib_value__global *joblib_value__name_global(joblib_document *document,
                                                       const char *module,
                                                       size_t module_size,
                                                       const char *name,
                                                       size_t name_size);

/** The node of a class or function in a pickle: the same for the same name. */
joblib_value *joblib_value__new_global(joblib_document *document, uint32_t pickle,
                                       struct joblib_value__global *global);

/** Appends to a List. */
bool joblib_value__append(joblib_document *document, joblib_value *list,
                          joblib_value *const *items, size_t count);

/** Appends an entry to a Dict, Set or Frozenset; `value` is NULL for sets. */
bool joblib_value__set(joblib_document *document, joblib_value *mapping,
                       joblib_value *key, joblib_value *value);

/** Whether Python can use such a value as a key, as far as its kind tells. */
bool joblib_value__is_hashable(const joblib_value *value);

#endif
