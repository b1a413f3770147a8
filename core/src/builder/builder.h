/**
 * What the files of this layer share: the builder, checks of what a caller gives, placing.
 *
 * All values stand in the arena of a document that is complete at every moment: its dicts and
 * sets are sealed, its tuples filled. Finishing only hands it out.
 */
#ifndef JOBLIB_BUILDER_BUILDER_H
#define JOBLIB_BUILDER_BUILDER_H

#include "base/try.h"
#include "builder/pointer_map.h"
#include "builder/words.h"
#include "joblib/builder.h"
#include "joblib/edit.h"
#include "value/make.h"

/** The pickle, in the document, of what the builder names itself. */
#define JOBLIB_BUILDER_PICKLE 1

struct joblib_builder {
    joblib_allocator allocator;
    uint64_t max_memory;
    joblib_document *document;
    joblib_builder__words keys;   /**< the Str of a name */
    joblib_builder__words dtypes; /**< the Dtype of a simple type, by its text */
    joblib_builder__map
        records; /**< the Dtype of any other joblib_dtype of the document */
    joblib_builder__map copies; /**< of values and dtypes of the sources */
    const joblib_document *
        *sources; /**< retained: no other value can get an address in them */
    size_t source_count;
    size_t source_room;
};

/** Begins a function that makes a value: sets `*out` to NULL, refuses NULL. */
joblib_status joblib_builder__begin(const joblib_builder *builder, joblib_value **out,
                                    joblib_error *error);

/** JOBLIB_ERROR_ARGUMENT for a value that is NULL or not this builder's; `what` names it. */
joblib_status joblib_builder__check(const joblib_builder *builder,
                                    const joblib_value *value, const char *what,
                                    joblib_error *error);

/** The same for `count` items. */
joblib_status joblib_builder__check_all(const joblib_builder *builder,
                                        const joblib_value *const *items, size_t count,
                                        joblib_error *error);

/** Writes `value` to `out`, or fails as an arena does that has no `size` bytes. */
joblib_status joblib_builder__made(const joblib_builder *builder, joblib_value *value,
                                   size_t size, joblib_value **out, joblib_error *error);

/** Sets the error of an arena that has no `size` bytes. */
joblib_status joblib_builder__exhausted(const joblib_builder *builder, size_t size,
                                        joblib_error *error);

/** JOBLIB_ERROR_TYPE for part of the pickled form of an array. */
joblib_status joblib_builder__check_editable(const joblib_value *container,
                                             joblib_error *error);

/** The value that a caller gave, which was checked. */
static inline joblib_value *joblib_builder__given(const joblib_value *value)
{
    return (joblib_value *)value;
}

/** Notes that a place refers to a value: from the second on it is SHARED. */
void joblib_builder__note_place(joblib_value *item);

/** Notes that a place refers to a value: the second one makes it SHARED. */
void joblib_builder__place(joblib_value *container, const joblib_value *item);

/** Finds or makes the Global of a name that was checked. */
joblib_status joblib_builder__name(joblib_builder *builder, const char *module,
                                   const char *name, joblib_value **out,
                                   joblib_error *error);

/** Finds or makes the Dtype node of a type of any document. */
joblib_status joblib_builder__find_dtype(joblib_builder *builder,
                                         const joblib_dtype *dtype, joblib_value **out,
                                         joblib_error *error);

/** Replaces an element of an array of objects, and what its pickled form says of it. */
void joblib_builder__set_element(joblib_value *value, size_t index, joblib_value *item);

/** Whether an object stands for an array, or what belongs to one, that is not decoded. */
bool joblib_builder__is_undecoded(const joblib_value *object);

/** The list, or the dict, of an object that is one in Python; made if there is none. */
joblib_status joblib_builder__open_items(joblib_builder *builder, joblib_value *value,
                                         joblib_value **list_out, joblib_error *error);
joblib_status joblib_builder__open_entries(joblib_builder *builder, joblib_value *value,
                                           joblib_value **dict_out, joblib_error *error);

/** The entry of an attribute, where joblib_value_attribute() finds it; NULL for none. */
struct joblib_value__entry *joblib_builder__find_attribute(const joblib_value *object,
                                                           const char *name, size_t size,
                                                           joblib_value **dict_out);

#endif
