/**
 * What a given value looks like from outside: an array, or lists of lists, with its
 * shape.
 */
#ifndef JOBLIB_TEMPLATE_LOOK_H
#define JOBLIB_TEMPLATE_LOOK_H

#include "template/made.h"

/** Most dimensions that a form has, and one more. */
#define JOBLIB_TEMPLATE_MAX_NDIM 4

/** Bytes that joblib_template__tell_look() writes at most. */
#define JOBLIB_TEMPLATE_LOOK_SIZE 96

struct joblib_template__look {
    const joblib_value *value;
    const joblib_value
        *leaf;         /**< first element of lists; NULL of empty ones, and of arrays */
    joblib_array view; /**< of an array */
    bool is_array;
    size_t ndim; /**< JOBLIB_TEMPLATE_MAX_NDIM stands for more, too */
    int64_t shape[JOBLIB_TEMPLATE_MAX_NDIM];
};

void joblib_template__look_at(const joblib_value *value,
                              struct joblib_template__look *out);

/** Whether elements are numbers: of arrays all, of lists the first. */
bool joblib_template__is_numeric(const struct joblib_template__look *look);

/** Whether elements are texts, or objects. */
bool joblib_template__is_textual(const struct joblib_template__look *look);

/** Says in a few words what the value is. Returns `out`. */
const char *joblib_template__tell_look(const struct joblib_template__look *look,
                                       char out[JOBLIB_TEMPLATE_LOOK_SIZE]);

/** Element `index` of lists, counted in C order; NULL where they are ragged. */
const joblib_value *joblib_template__look_item(const struct joblib_template__look *look,
                                               size_t index);

/** Number of elements: the product of the shape. */
size_t joblib_template__look_count(const struct joblib_template__look *look);

/** Makes an array of float64 of lists or of an array of numbers. Keeps float32. */
joblib_status joblib_template__make_reals(struct joblib_template *made,
                                          const struct joblib_template__look *look,
                                          const char *name, joblib_value **out,
                                          joblib_error *error);

/** The same of int64. */
joblib_status joblib_template__make_ints(struct joblib_template *made,
                                         const struct joblib_template__look *look,
                                         const char *name, joblib_value **out,
                                         joblib_error *error);

/** Makes a sorted array of labels: integers, numbers, texts of numpy. */
joblib_status joblib_template__make_labels(struct joblib_template *made,
                                           const struct joblib_template__look *look,
                                           const char *name, joblib_value **out,
                                           joblib_error *error);

/** Makes an object array of lists of texts, or keeps an array. */
joblib_status joblib_template__make_objects(struct joblib_template *made,
                                            const struct joblib_template__look *look,
                                            const char *name, joblib_value **out,
                                            joblib_error *error);

/** Refuses labels that do not ascend. */
joblib_status joblib_template__check_ascending(struct joblib_template *made,
                                               const joblib_value *array,
                                               const char *name, joblib_error *error);

#endif
