/* Looking up the names that moved. */
#include "template/upgrade/moved.h"

#include <string.h>

#include "template/tables.h"

/* A thing is all rows in a row with its number. */
static const struct moved_row {
    const char *module;
    const char *name;
    uint8_t thing;
    uint8_t from;
    uint8_t to;
} moved_rows[] = {
#define JOBLIB_X(thing, module, name, from, to) \
    {module, name, thing, JOBLIB_TEMPLATE_V##from, JOBLIB_TEMPLATE_V##to},
#include "template/upgrade/moved.def"
#undef JOBLIB_X
};

#define ROWS (sizeof moved_rows / sizeof moved_rows[0])

static const struct moved_row *find_moved_row(const struct joblib_upgrade__moved *name)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(moved_rows[i].name, name->name) == 0 &&
            strcmp(moved_rows[i].module, name->module) == 0)
            return &moved_rows[i];
    return NULL;
}

bool joblib_upgrade__find_moved(unsigned target, struct joblib_upgrade__moved *name)
{
    const struct moved_row *row = find_moved_row(name);
    if (!row) return false;
    name->module = NULL;
    for (size_t i = 0; i < ROWS; i++) {
        const struct moved_row *other = &moved_rows[i];
        if (other->thing != row->thing || target < other->from || target > other->to)
            continue;
        name->module = other->module;
        name->name = other->name;
    }
    return true;
}

#undef ROWS
