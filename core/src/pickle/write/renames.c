#include "pickle/write/renames.h"

#include <stddef.h>
#include <string.h>

/* Names in Python 2 and in Python 3; an empty name stands for all others of the module. */
static const struct joblib_pickle__name renamed[][2] = {
#define JOBLIB_X(old_module, old_name, module, name) \
    {{old_module, old_name}, {module, name}},
#include "pickle/write/renames.def"
#undef JOBLIB_X
};

static bool is_renamed(const struct joblib_pickle__name *row,
                       const struct joblib_value__global *global)
{
    if (strcmp(row->module, global->module) != 0) return false;
    return row->name[0] == '\0' || strcmp(row->name, global->name) == 0;
}

/* `_functools` is what Python 3 says; Python 2 had `functools` too, so that way is closed. */
static bool is_one_way(const struct joblib_pickle__name row[2], bool to_python3)
{
    return to_python3 && strcmp(row[0].module, "functools") == 0;
}

struct joblib_pickle__name joblib_pickle__rename(
    const struct joblib_value__global *global, bool to_python3)
{
    struct joblib_pickle__name name = {global->module, global->name};
    for (size_t i = 0; i < sizeof renamed / sizeof renamed[0]; i++) {
        const struct joblib_pickle__name *from = &renamed[i][to_python3 ? 0 : 1];
        const struct joblib_pickle__name *to = &renamed[i][to_python3 ? 1 : 0];
        if (is_one_way(renamed[i], to_python3) || !is_renamed(from, global)) continue;
        name.module = to->module;
        if (to->name[0] != '\0') name.name = to->name;
        return name;
    }
    return name;
}
