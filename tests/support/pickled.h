#ifndef PICKLED_H
#define PICKLED_H

/**
 * Pickles from a notation like Python's, so that a test can write any object, however wrong.
 *
 *   None True False 5 -1 2.5 nan inf 'text'      numbers with a point are floats
 *   x'00ff'                                      bytes
 *   2**64 -2**100                                integers beyond 64 bits
 *   [1, 2]  (1, 2)  {'a': 1}                     list, tuple, dict
 *   f8[2,3]{1,2,3,4,5,6}  i4[3]{0}  >f8[1]{2}    array; its items are repeated as needed
 *   U5[2]{ab,c}  O[2]{'a',1}                     of text, of objects
 *   node[3]{(1,2,0,0.5),(-1,-1,-2,-2),…}         nodes of a tree: left, right, feature,
 *   node64[3]{(1,2,0,0.5,1),…}                   threshold, and whether NaN goes left
 *   module.Class(name=value, …)                  an object with its attributes
 *   module.function(1, 2, name=value)            a call, and the state of what it made
 *   module.name                                  a class or function
 *   &1 value  *1                                 a value that is met again, by number
 *
 * A notation that cannot be read ends the program.
 */

#include <stddef.h>

struct pickled {
    char *data; /* malloc's */
    size_t size;
};

/** Pickles `text`, of protocol 3. free() the data. */
struct pickled pickled_from(const char *text);

#endif
