/**
 * A deep copy at work.
 *
 * Each value of the source gets a copy without its parts when it is met first. One that has parts
 * gets a line in the log. The lines are gone through in order, and each copy gets its parts; so
 * nothing recurses, and whatever the source shares or closes to a ring the copy does too.
 */
#ifndef JOBLIB_BUILDER_COPYING_H
#define JOBLIB_BUILDER_COPYING_H

#include "builder/builder.h"

struct joblib_builder__copied {
    const joblib_value *from;
    joblib_value *to;
    bool nested; /**< in a pickle within the pickle of the source */
    bool found;  /**< `to` is a Global that the builder had before */
};

typedef struct joblib_builder__copying {
    joblib_builder *builder;
    joblib_builder__map map;          /**< from values and dtypes to their copies */
    const joblib_builder__map *older; /**< to those of earlier copies; or NULL */
    struct joblib_builder__copied *log;
    size_t count;
    size_t room;
    bool nested;  /**< of what is met now */
    bool within;  /**< the source is the builder: its numbers, texts and names stay */
    bool python2; /**< a str of Python 2 was met */
} joblib_builder__copying;

/** The copy of a value, perhaps still without its parts. NULL gives NULL. */
joblib_status joblib_builder__meet(joblib_builder__copying *copying,
                                   const joblib_value *from, joblib_value **out,
                                   joblib_error *error);

/** Gives the copy of line `index` of the log its parts. */
joblib_status joblib_builder__fill(joblib_builder__copying *copying, size_t index,
                                   joblib_error *error);

/** Makes a copy without parts. copy_shell.c */
joblib_status joblib_builder__copy_shell(joblib_builder__copying *copying,
                                         const joblib_value *from, joblib_value **out,
                                         joblib_error *error);

/** Adds a copy to the map. */
joblib_status joblib_builder__remember(joblib_builder__copying *copying, const void *from,
                                       void *copy, joblib_error *error);

/**
 * Seals the mappings that were made since `last` was the newest, and notes what later values
 * have in common with the copies. What can fail comes first. copy_end.c
 */
joblib_status joblib_builder__complete_copy(joblib_builder__copying *copying,
                                            const struct joblib_value__mapping *last,
                                            joblib_error *error);

/** Frees map and log. */
void joblib_builder__end_copy(joblib_builder__copying *copying);

/** Copies a type, and those within it, once each. copy_dtype.c */
joblib_status joblib_builder__copy_dtype(joblib_builder__copying *copying,
                                         const joblib_dtype *from,
                                         const joblib_dtype **out, joblib_error *error);

/** Copies a type that is the caller's, of whatever owner. */
joblib_status joblib_builder__copy_foreign_dtype(joblib_builder *builder,
                                                 const joblib_dtype *from,
                                                 const joblib_dtype **out,
                                                 joblib_error *error);

/** Notes a copied Dtype for arrays made later; there is room in the tables. make_dtype.c */
void joblib_builder__note_dtype(joblib_builder *builder, joblib_value *value);

#endif
