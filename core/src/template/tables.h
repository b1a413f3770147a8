/**
 * The tables: which attributes the state of each estimator has, in which versions of
 * scikit-learn, and where each comes from.
 *
 * A class is a list of rows, one for each attribute and range of versions, in the order
 * in which scikit-learn itself has them. An attribute may have several rows, of ranges
 * that do not meet. The macros of the .def files are the roles below:
 *
 *   MODULE(module, from, to)                      where the class stands
 *   PARAMETER(name, from, to, default)            of the constructor
 *   COUNTED(name, from, to, default, form)        a parameter that the numbers imply
 *   CONSTRUCTED(name, from, to, value)            set by the constructor, no parameter
 *   REQUIRED(name, from, to, form)                the caller gives it
 *   OPTIONAL(name, from, to, form)                the caller may give it
 *   ZEROS(name, from, to, form)                   the same; zeros where it is not given
 *   DEFAULTED(name, from, to, value)              the same; the value where it is not given
 *   TRAINING(name, from, to)                      only training needs it: not written if not given
 *   DERIVED(name, from, to, form)                 follows from what the caller gives
 *   LITERAL(name, from, to, value)                always the same
 *   INPUT(name, from, to, form)                   given, and not itself part of the state
 *   INPUT_OPTIONAL(name, from, to, form)
 *
 * Defaults and values are literals of Python. Forms are explained in forms.h.
 */
#ifndef JOBLIB_TEMPLATE_TABLES_H
#define JOBLIB_TEMPLATE_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/** Most rows of a class. */
#define JOBLIB_TEMPLATE_MAX_ROWS 80

/** Bytes of the longest text of a version, with its NUL. */
#define JOBLIB_TEMPLATE_VERSION_SIZE 32

enum joblib_template__release {
#define JOBLIB_X(name, text, last, joblib, python) JOBLIB_TEMPLATE_V##name,
#include "template/versions.def"
#undef JOBLIB_X
    JOBLIB_TEMPLATE_RELEASE_COUNT
};

enum joblib_template__role {
    JOBLIB_TEMPLATE_ROLE_MODULE,
    JOBLIB_TEMPLATE_ROLE_PARAMETER,
    JOBLIB_TEMPLATE_ROLE_CONSTRUCTED,
    JOBLIB_TEMPLATE_ROLE_REQUIRED,
    JOBLIB_TEMPLATE_ROLE_OPTIONAL,
    JOBLIB_TEMPLATE_ROLE_ZEROS,
    JOBLIB_TEMPLATE_ROLE_DERIVED,
    JOBLIB_TEMPLATE_ROLE_LITERAL,
    JOBLIB_TEMPLATE_ROLE_INPUT,
    JOBLIB_TEMPLATE_ROLE_INPUT_OPTIONAL
};

struct joblib_template__row {
    const char *name;    /**< attribute, or module */
    const char *form;    /**< NULL for any value */
    const char *literal; /**< default or value in Python's notation, or NULL */
    uint8_t role;
    uint8_t from; /**< first release */
    uint8_t to;   /**< last release */
};

struct joblib_template;

/** Computes what the given values imply, once these were checked. */
typedef joblib_status joblib_template__derive(struct joblib_template *made,
                                              joblib_error *error);

struct joblib_template__class {
    const char *name;
    const struct joblib_template__row *rows;
    size_t row_count;
    joblib_template__derive *derive;
};

/** Finds a class, parts included; NULL if there is none. */
const struct joblib_template__class *joblib_template__find_class(const char *name);

/** Whether a row holds in a release. */
static inline bool joblib_template__holds(const struct joblib_template__row *row,
                                          unsigned release)
{
    return release >= row->from && release <= row->to;
}

/** The module of a class in a release; NULL where that release has no such class. */
const char *joblib_template__module(const struct joblib_template__class *class,
                                    unsigned release);

/** Number of the row of an attribute in a release, modules left out; or row_count. */
size_t joblib_template__find_row(const struct joblib_template__class *class,
                                 unsigned release, const char *name);

/**
 * Reads "1.6" or "1.6.1": `*release` and the version to write. JOBLIB_ERROR_ARGUMENT for
 * what is no version of a release of versions.def.
 */
joblib_status joblib_template__parse_version(const char *text, unsigned *release,
                                             char out[JOBLIB_TEMPLATE_VERSION_SIZE],
                                             joblib_error *error);

#endif
