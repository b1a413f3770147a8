/**
 * The columns of a ColumnTransformer, however its user or a release tells them.
 */
#ifndef JOBLIB_TEMPLATE_UPGRADE_COLUMN_LISTS_H
#define JOBLIB_TEMPLATE_UPGRADE_COLUMN_LISTS_H

#include "template/made.h"

/** What columns are numbered in. */
struct joblib_upgrade__table {
    struct joblib_template *made; /**< whose room is used */
    const joblib_value *names;    /**< an array of objects, or NULL */
    int64_t features;             /**< number of columns, or -1 */
};

/** The list in sklearn's class of 1.5 and 1.6 for the remainder; other values as they are. */
joblib_value *joblib_upgrade__plain_columns(const joblib_value *columns);

/** Whether columns are told by their names, all or some. */
bool joblib_upgrade__are_named(const joblib_value *columns);

/**
 * Numbers columns: a list or array of numbers, names or bools, one of these, or a slice.
 * False where they are something else, or a name is not known.
 */
joblib_status joblib_upgrade__number_columns(const struct joblib_upgrade__table *table,
                                             const joblib_value *columns, bool *known,
                                             int64_t **out, size_t *count,
                                             joblib_error *error);

#endif
