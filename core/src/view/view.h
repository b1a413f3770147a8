/**
 * What the views share: the row that a class's name selects, and the checks of its form.
 *
 * Views read nodes of a complete document and write nothing but the caller's struct.
 */
#ifndef JOBLIB_VIEW_VIEW_H
#define JOBLIB_VIEW_VIEW_H

#include <stdbool.h>

#include "joblib/view.h"
#include "value/name_table.h"

/** Which of the classes of one view it is. */
enum joblib_view__class {
    JOBLIB_CLASS_ONLY, /* the view has one class, or all are read alike */
    JOBLIB_CLASS_DEFAULTDICT,
    JOBLIB_CLASS_USERDICT,
    JOBLIB_CLASS_CSR_MATRIX,
    JOBLIB_CLASS_CSC_MATRIX,
    JOBLIB_CLASS_COO_MATRIX,
    JOBLIB_CLASS_CSR_ARRAY,
    JOBLIB_CLASS_CSC_ARRAY,
    JOBLIB_CLASS_COO_ARRAY,
    JOBLIB_CLASS_OTHER_SPARSE, /* bsr, dia, lil, dok */
    JOBLIB_CLASS_WINDOWS_PATH,
    JOBLIB_CLASS_BIT_GENERATOR
};

struct joblib_view__row {
    struct joblib_value__name name;
    uint8_t view;  /* a joblib_view */
    uint8_t class; /* a joblib_view__class */
};

/** The row of a value's class, or of a global's name; NULL for names without one. */
const struct joblib_view__row *joblib_view__find_row(const joblib_value *value);

/**
 * Whether an object is made by copyreg._reconstructor(class, base, base state), as protocols
 * 0 and 1 make what extends a builtin class. With the base `object` that is a form of the
 * object instead.
 */
bool joblib_view__is_reconstructed(const joblib_value *value);

/**
 * The row of an object whose class has this view. JOBLIB_ERROR_KIND for everything else.
 */
joblib_status joblib_view__open(const joblib_value *value, joblib_view view,
                                const struct joblib_view__row **out, joblib_error *error);

/** Copies a struct that begins with its size to the caller's, as much as both know. */
joblib_status joblib_view__return(const void *made, void *out, const char *what,
                                  joblib_error *error);

#endif
