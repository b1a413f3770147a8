/**
 * Nodes for classes, functions and texts that Python has one of and that stand in no document.
 */
#ifndef JOBLIB_PICKLE_OWN_NAMES_H
#define JOBLIB_PICKLE_OWN_NAMES_H

#include <string.h>

#include "value/node.h"

enum joblib_pickle__own_name {
#define JOBLIB_X(meaning, old_module, module, name) JOBLIB_OWN_##meaning,
#include "pickle/write/own_names.def"
#undef JOBLIB_X
    JOBLIB_OWN_NAMES
};

/** The node of such a name, a constant: as Python 2 names it in protocols 0 to 2. */
const joblib_value *joblib_pickle__own_name(enum joblib_pickle__own_name name,
                                            int protocol);

/** Initialises a Global that stands in no document. */
#define JOBLIB_IMPLIED_GLOBAL(entry) \
    { \
        .kind = JOBLIB_KIND_GLOBAL, .flags = JOBLIB_VALUE_SHARED | JOBLIB_VALUE_IMPLIED, \
        .global = (struct joblib_value__global *)(entry) \
    }

/** Initialises a Str that stands in no document, of a constant text. */
#define JOBLIB_IMPLIED_TEXT(constant) \
    { \
        .kind = JOBLIB_KIND_STR, .flags = JOBLIB_VALUE_SHARED | JOBLIB_VALUE_IMPLIED, \
        .room = JOBLIB_FAR_TEXT, .far_text = (constant), \
        .far_size = sizeof(constant) - 1 \
    }

/** Initialises the entry of a name. */
#define JOBLIB_NAME_ENTRY(module_text, name_text) \
    { \
        .module = (module_text), .name = (name_text), \
        .module_size = sizeof(module_text) - 1, .name_size = sizeof(name_text) - 1 \
    }

#endif
