#ifndef PICKLED_ARRAY_H
#define PICKLED_ARRAY_H

/**
 * What the two files of the notation share: where they read, and what they have written.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pickling {
    const char *at; /* what is left of the notation */
    char *data;     /* the pickle so far */
    size_t size;
    uint32_t number; /* memo entry of the value that comes; 0 for none */
};

/** Ends the program: the notation cannot be read. */
_Noreturn void pickling_fail(const struct pickling *from);

void pickling_put(struct pickling *to, const void *bytes, size_t size);
void pickling_byte(struct pickling *to, int byte);
void pickling_int(struct pickling *to, int64_t number);
void pickling_text(struct pickling *to, const char *text, size_t size);
void pickling_bytes(struct pickling *to, const void *bytes, size_t size);
void pickling_global(struct pickling *to, const char *module, const char *name);

/** Reads and writes one value. */
void pickling_value(struct pickling *to);

/** Skips blanks, and `wanted` if it comes. */
bool pickling_take(struct pickling *from, char wanted);
void pickling_expect(struct pickling *from, char wanted);
double pickling_number(struct pickling *from);

/** Writes an array if the notation has one here. */
bool pickling_array(struct pickling *to);

#endif
