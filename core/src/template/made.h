/**
 * A template being filled, and what the functions that fill it share.
 */
#ifndef JOBLIB_TEMPLATE_MADE_H
#define JOBLIB_TEMPLATE_MADE_H

#include "base/arena.h"
#include "joblib/builder.h"
#include "joblib/edit.h"
#include "joblib/template.h"
#include "template/tables.h"

enum joblib_template__size {
#define JOBLIB_X(size, word) JOBLIB_TEMPLATE_##size,
#include "template/sizes.def"
#undef JOBLIB_X
    JOBLIB_TEMPLATE_SIZE_COUNT
};

struct joblib_template {
    joblib_builder *builder;
    const struct joblib_template__class *class;
    unsigned release;
    char version[JOBLIB_TEMPLATE_VERSION_SIZE];
    bool finished;
    joblib_base__arena scratch; /**< of what is read from values */
    struct {
        int64_t count;  /**< -1 until an attribute tells */
        const char *by; /**< the attribute that did */
    } sizes[JOBLIB_TEMPLATE_SIZE_COUNT];
    joblib_value *values[JOBLIB_TEMPLATE_MAX_ROWS]; /**< by row: given, or derived */
};

/** A value of the template's builder, which may be put into others. */
static inline joblib_value *joblib_template__own(const joblib_value *value)
{
    return (joblib_value *)value;
}

/** A bool, Python's or numpy's; false for other values and NULL. */
bool joblib_template__truth(const joblib_value *value);

/** Names the kind of a value, for messages. */
const char *joblib_template__kind_name(const joblib_value *value);

/** The word of a size: "features". */
const char *joblib_template__size_word(int size);

/** Sets a size, or checks that it is the one that another attribute told. */
joblib_status joblib_template__bind(struct joblib_template *made, int size, int64_t count,
                                    const char *name, joblib_error *error);

/** Sets JOBLIB_ERROR_ARGUMENT, with the attribute as path and before the message. */
joblib_status joblib_template__refuse(joblib_error *error, const char *name,
                                      const char *format, ...) JOBLIB_PRINTF(3, 4);

/**
 * The value of an attribute: given, derived so far, or the literal of its row; else NULL.
 */
joblib_status joblib_template__get(struct joblib_template *made, const char *name,
                                   joblib_value **out, joblib_error *error);

/** Sets the value of an attribute that the release has; does nothing where it has not. */
void joblib_template__put(struct joblib_template *made, const char *name,
                          joblib_value *value);

/** Whether the caller gave an attribute. */
bool joblib_template__is_given(const struct joblib_template *made, const char *name);

/** Makes the value that a literal of Python describes. */
joblib_status joblib_template__literal(joblib_builder *builder, const char *text,
                                       joblib_value **out, joblib_error *error);

/** Begins an estimator that is a part of another: joblib_template_free() it. */
joblib_status joblib_template__new_part(const struct joblib_template *made,
                                        const char *class_name,
                                        struct joblib_template **out,
                                        joblib_error *error);

/** Makes an estimator that was constructed only: parameters with their defaults. */
joblib_status joblib_template__make_plain(const struct joblib_template *made,
                                          const char *class_name, joblib_value **out,
                                          joblib_error *error);

/** Checks that a value is an estimator of the version of this template. */
joblib_status joblib_template__check_version(const struct joblib_template *made,
                                             const joblib_value *estimator,
                                             const char *name, joblib_error *error);

/* number_arrays.c: reading and making arrays */

/** Room for `count` items that lives as long as the template. */
joblib_status joblib_template__room(struct joblib_template *made, size_t count,
                                    size_t item_size, void *out, joblib_error *error);

/** Reads all elements of an array, as doubles or as integers. */
joblib_status joblib_template__reals(struct joblib_template *made,
                                     const joblib_value *array, double **out,
                                     size_t *count_out, joblib_error *error);
joblib_status joblib_template__ints(struct joblib_template *made,
                                    const joblib_value *array, int64_t **out,
                                    size_t *count_out, joblib_error *error);

/** Makes an array of `number` (joblib_number), copied, in C order. */
joblib_status joblib_template__array(joblib_builder *builder, int number,
                                     const void *data, const int64_t *shape, size_t ndim,
                                     joblib_value **out, joblib_error *error);

/** Makes numpy's int64 and float64 of one number. */
joblib_status joblib_template__int64_scalar(joblib_builder *builder, int64_t number,
                                            joblib_value **out, joblib_error *error);
joblib_status joblib_template__float64_scalar(joblib_builder *builder, double number,
                                              joblib_value **out, joblib_error *error);

/** Makes a tuple of `count` values, and an array of objects of as many. */
joblib_status joblib_template__tuple(joblib_builder *builder, joblib_value *const *items,
                                     size_t count, joblib_value **out,
                                     joblib_error *error);
joblib_status joblib_template__objects(joblib_builder *builder,
                                       joblib_value *const *items, size_t count,
                                       joblib_value **out, joblib_error *error);

#endif
