/**
 * The opcodes that a pickle of an array is made of, in frames of protocol 4 and 5.
 */
#ifndef JOBLIB_COMMAND_PICKLE_TEXT_H
#define JOBLIB_COMMAND_PICKLE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "command/output.h"
#include "joblib.h"

/** Bytes after which a pickler closes a frame at the next object. */
#define JOBLIB_COMMAND_FRAME_SIZE 65536

typedef struct joblib_command__pickle {
    joblib_command__output *out;
    joblib_command__bytes frame; /* what is not in `out` yet */
    uint32_t memo_count;
    bool no_memory;
} joblib_command__pickle;

/** Puts opcodes and their operands as they are. */
void joblib_command__pickle_put(joblib_command__pickle *pickle, const char *data,
                                size_t size);
void joblib_command__pickle_op(joblib_command__pickle *pickle, char opcode);

/** Puts an opcode and a number of `size` bytes, at most 8, the least first. */
void joblib_command__pickle_number(joblib_command__pickle *pickle, char opcode,
                                   uint64_t number, size_t size);

/** MEMOIZE; returns the number of the entry. */
uint32_t joblib_command__pickle_memoize(joblib_command__pickle *pickle);

/** BINGET or LONG_BINGET. */
void joblib_command__pickle_get(joblib_command__pickle *pickle, uint32_t entry);

/** An int: BININT1, BININT2, BININT or LONG1. */
void joblib_command__pickle_int(joblib_command__pickle *pickle, int64_t value);

/** A float. */
void joblib_command__pickle_float(joblib_command__pickle *pickle, double value);

/** A str, memoized; returns the number of the entry. */
uint32_t joblib_command__pickle_str(joblib_command__pickle *pickle, const char *text,
                                    size_t size);
uint32_t joblib_command__pickle_text(joblib_command__pickle *pickle, const char *text);

/** A tuple of sizes. */
void joblib_command__pickle_shape(joblib_command__pickle *pickle,
                                  const joblib_array *array);

/**
 * A new dtype: numpy.dtype(text, False, True) and its state. The class is on the stack.
 * `order` is the memo entry of its byte order's text, UINT32_MAX where that is new, and
 * becomes the entry.
 */
uint32_t joblib_command__pickle_dtype(joblib_command__pickle *pickle,
                                      const joblib_dtype *dtype, uint32_t *order);

/** Moves the frame to `out`: in a FRAME if it has 4 bytes. */
void joblib_command__pickle_end_frame(joblib_command__pickle *pickle);

#endif
