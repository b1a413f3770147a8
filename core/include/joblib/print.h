#ifndef JOBLIB_PRINT_H
#define JOBLIB_PRINT_H

/**
 * Printing: values as text for a person, or without loss for a program.
 *
 * What a file says never reaches a terminal as it is: control characters, those that turn
 * the direction of writing and what is no text are escaped. No answer depends on the
 * locale. Nothing recurses: a value of any depth is printed.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib/allocator.h"
#include "joblib/array.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/sink.h"
#include "joblib/value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum joblib_print_format {
    /** a line for the value and each one below it, with a line end. `&1` marks a value
        that other places share, `*1` such a place; long containers are cut */
    JOBLIB_PRINT_TREE = 0,
    JOBLIB_PRINT_LINE = 1, /**< kind, size and what fits on part of a line */
    /** everything, as canonical tagged JSON in ASCII on one line, without a line end; the
        schema stands in the repository, `conformance/schema` */
    JOBLIB_PRINT_JSON = 2,
    /** the same of what stands in the pickle for each value, with all that writing those bytes
        again needs. JOBLIB_ERROR_UNSUPPORTED for values of numpy that were loaded from no
        pickle: made by a builder, or read from `.npy` files */
    JOBLIB_PRINT_PICKLE = 3
} joblib_print_format;

/** How joblib_text_print() writes. */
typedef enum joblib_text_form {
    JOBLIB_TEXT_PLAIN = 0,  /**< escaped for a person, whole */
    JOBLIB_TEXT_QUOTED = 1, /**< the same in double quotes, cut after 60 characters */
    JOBLIB_TEXT_JSON = 2    /**< a string of JSON in ASCII, whole */
} joblib_text_form;

/** Options of printing. Zero in any field is its default. */
typedef struct joblib_print_options {
    uint32_t struct_size;
    uint32_t format;                   /**< a joblib_print_format */
    const joblib_allocator *allocator; /**< NULL: the C library's memory */
    /** of the tree, that of the value itself among them; default 5 */
    uint64_t levels;
} joblib_print_options;

/** Options with their struct_size set and every default. */
#define JOBLIB_PRINT_OPTIONS_INIT \
    { \
        (uint32_t)sizeof(joblib_print_options), 0, NULL, 0 \
    }

/** Sets options to JOBLIB_PRINT_OPTIONS_INIT. Threads: one per object.   Since: 1.0 */
JOBLIB_API void joblib_print_options_init(joblib_print_options *options);

/**
 * Prints a value and what stands below it.
 *
 * `options` may be NULL for the defaults. `error` may be NULL. What a failed call has
 * written is the beginning of the text.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_ARGUMENT for a NULL value or sink and unknown options;
 *         JOBLIB_ERROR_MEMORY; JOBLIB_ERROR_LIMIT for JSON of more than 500,000,000
 *         values, tuples as a rule that contain each other many times over; also the
 *         status that `sink->write` gave.
 * Threads: one call per sink.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status
joblib_value_print(const joblib_value *value, const joblib_print_options *options,
                   const joblib_sink *sink, joblib_error *error);

/**
 * Prints element `index` of an array, in C order, as JOBLIB_PRINT_LINE has it; numbers and
 * bools as Python's repr() does. `options` may be NULL; their format is not looked at.
 *
 * @return as joblib_value_print(); JOBLIB_ERROR_ARGUMENT for an index outside too.
 * Threads: one call per sink.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_array_print(
    const joblib_array *array, size_t index, const joblib_print_options *options,
    const joblib_sink *sink, joblib_error *error);

/**
 * Prints `size` bytes of text of a file, such as a name in an audit, in a joblib_text_form.
 * Bytes that are no UTF-8 are escaped too.
 *
 * @return JOBLIB_OK; JOBLIB_ERROR_ARGUMENT; also the status that `sink->write` gave.
 * Threads: one call per sink.   Since: 1.0
 */
JOBLIB_API JOBLIB_CHECKED joblib_status joblib_text_print(const char *text, size_t size,
                                                          int form,
                                                          const joblib_sink *sink,
                                                          joblib_error *error);

/** Room for joblib_float_text(), with the NUL. */
#define JOBLIB_FLOAT_TEXT_SIZE 32

/**
 * Writes the shortest decimal that reads back as the same double, as Python's repr() does:
 * "0.1", "1e-05", "nan". With `single`, that reads back as the same float.
 *
 * `out` has room for JOBLIB_FLOAT_TEXT_SIZE bytes. Returns the length. Threads: any.
 * Since: 1.0
 */
JOBLIB_API size_t joblib_float_text(double value, bool single, char *out);

#ifdef __cplusplus
}
#endif

#endif
