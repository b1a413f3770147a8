#include "pickle/write/own_names.h"

enum { OLD_PYTHON, NEW_PYTHON, PYTHONS };

static const struct joblib_value__global own_entries[PYTHONS][JOBLIB_OWN_NAMES] = {
    {
#define JOBLIB_X(meaning, old_module, module, name) JOBLIB_NAME_ENTRY(old_module, name),
#include "pickle/write/own_names.def"
#undef JOBLIB_X
    },
    {
#define JOBLIB_X(meaning, old_module, module, name) JOBLIB_NAME_ENTRY(module, name),
#include "pickle/write/own_names.def"
#undef JOBLIB_X
    },
};

static const joblib_value own_nodes[PYTHONS][JOBLIB_OWN_NAMES] = {
    {
#define JOBLIB_X(meaning, old_module, module, name) \
    JOBLIB_IMPLIED_GLOBAL(&own_entries[OLD_PYTHON][JOBLIB_OWN_##meaning]),
#include "pickle/write/own_names.def"
#undef JOBLIB_X
    },
    {
#define JOBLIB_X(meaning, old_module, module, name) \
    JOBLIB_IMPLIED_GLOBAL(&own_entries[NEW_PYTHON][JOBLIB_OWN_##meaning]),
#include "pickle/write/own_names.def"
#undef JOBLIB_X
    },
};

const joblib_value *joblib_pickle__own_name(enum joblib_pickle__own_name name,
                                            int protocol)
{
    return &own_nodes[protocol < 3 ? OLD_PYTHON : NEW_PYTHON][name];
}
