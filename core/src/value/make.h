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

/** Writes the first word of a node that has no others yet. */
static inline void joblib_value__begin(joblib_value *value, joblib_kind kind,
                                       uint32_t room)
{
    value->kind = (uint8_t)kind;
    value->flags = 0;
    value->depth = 0;
    value->room = room;
}

static inline joblib_value *joblib_value__new(joblib_document *document, joblib_kind kind)
{
    joblib_value *value = joblib_base__arena_allocate(&document->arena, sizeof *value);
    if (!value) return NULL;
    *value = (joblib_value){.kind = (uint8_t)kind};
    return value;
}

/** A node of one word, for an Int or Float. */
static inline joblib_value *joblib_value__new_short(joblib_document *document,
                                                    joblib_kind kind)
{
    joblib_value *value =
        joblib_base__arena_allocate(&document->arena, JOBLIB_SHORT_NODE);
    if (value) joblib_value__begin(value, kind, 0);
    return value;
}

static inline joblib_value *joblib_value__new_int(joblib_document *document,
                                                  int64_t number)
{
    joblib_value *value = joblib_value__new_short(document, JOBLIB_KIND_INT);
    if (value) value->integer = number;
    return value;
}

/** An integer from two's complement bytes, which are copied; small ones become plain. */
joblib_value *joblib_value__new_integer(joblib_document *document, const uint8_t *bytes,
                                        size_t size);

joblib_value *joblib_value__new_float(joblib_document *document, double number);
joblib_value *joblib_value__new_complex(joblib_document *document, double real,
                                        double imaginary);

/** Str, Bytes or Bytearray of bytes that stand in the arena already, a NUL behind them. */
joblib_value *joblib_value__new_far_text(joblib_document *document, joblib_kind kind,
                                         const char *text, size_t size);

/** Slow path of joblib_value__new_text(): a size that does not fit its node. */
joblib_value *joblib_value__new_large_text(joblib_document *document, joblib_kind kind,
                                           size_t size);

/** Where the bytes of joblib_value__new_text() are written. */
static inline char *joblib_value__text_room(joblib_value *value)
{
    return (char *)joblib_value__text(value);
}

/** Str, Bytes or Bytearray with room for `size` bytes, still to be written, and a NUL. */
static inline joblib_value *joblib_value__new_text(joblib_document *document,
                                                   joblib_kind kind, size_t size)
{
    if (size >= JOBLIB_FAR_TEXT || size > SIZE_MAX - JOBLIB_TEXT_NODE - 1)
        return joblib_value__new_large_text(document, kind, size);
    joblib_value *value =
        joblib_base__arena_allocate(&document->arena, JOBLIB_TEXT_NODE + size + 1);
    if (!value) return NULL;
    joblib_value__begin(value, kind, (uint32_t)size);
    ((char *)value)[JOBLIB_TEXT_NODE + size] = '\0';
    return value;
}

/** Makes a text smaller than its room. */
void joblib_value__cut_text(joblib_value *value, size_t size);

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

/** Slow path of joblib_value__set(). */
bool joblib_value__grow_mapping(joblib_document *document,
                                struct joblib_value__mapping *mapping);

/** Appends an entry to a Dict, Set or Frozenset; `item` is NULL for sets. */
static inline bool joblib_value__set(joblib_document *document, joblib_value *value,
                                     joblib_value *key, joblib_value *item)
{
    struct joblib_value__mapping *mapping = value->mapping;
    if (mapping->count == mapping->room && !joblib_value__grow_mapping(document, mapping))
        return false;
    mapping->entries[mapping->count++] = (struct joblib_value__entry){key, item};
    return true;
}

/** Whether Python can use such a value as a key, as far as its kind tells. */
static inline bool joblib_value__is_hashable(const joblib_value *value)
{
    const uint32_t others =
        UINT32_C(1) << JOBLIB_KIND_LIST | UINT32_C(1) << JOBLIB_KIND_DICT |
        UINT32_C(1) << JOBLIB_KIND_SET | UINT32_C(1) << JOBLIB_KIND_BYTEARRAY |
        UINT32_C(1) << JOBLIB_KIND_ARRAY;
    if (value->kind == JOBLIB_KIND_TUPLE) return !(value->flags & JOBLIB_VALUE_NO_KEY);
    return !(others >> value->kind & 1);
}

#endif
