#ifndef VECTORS_H
#define VECTORS_H

/**
 * The conformance vectors, as files: INDEX is walked, contents are read whole.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vector_bytes {
    char *data; /* malloc's, with a NUL behind it; NULL if the file cannot be read */
    size_t size;
};

/** Reads a file below the folder of the vectors. free() the data. */
struct vector_bytes vector_read(const char *name, const char *extension);

/**
 * Calls `visit` for each case of INDEX whose name begins with `prefix`, but for codecs that
 * this build lacks; returns how many there were.
 */
size_t vector_each(const char *prefix, void (*visit)(const char *name));

/** The folder of a vector, with its companions. Valid until the next call. */
const char *vector_folder(const char *name);

/** The path of a vector: name and extension below the folder of the vectors. */
const char *vector_path(const char *name, const char *extension);

#endif
