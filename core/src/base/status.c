#include "joblib/status.h"

#include <stddef.h>

struct status_row {
    int number;
    const char *name;
    const char *text;
};

/* The table and the public enum state the same numbers. */
#define JOBLIB_X(name, number, text, exception) \
    _Static_assert(JOBLIB_##name == (number), \
                   "status.def and status.h disagree on " #name);
#include "base/status.def"
#undef JOBLIB_X

#define JOBLIB_X(name, number, text, exception) {number, "JOBLIB_" #name, text},
static const struct status_row status_rows[] = {
#include "base/status.def"
};
#undef JOBLIB_X

static const struct status_row *find_status(int status)
{
    for (size_t i = 0; i < sizeof status_rows / sizeof status_rows[0]; i++) {
        if (status_rows[i].number == status) return &status_rows[i];
    }
    return NULL;
}

const char *joblib_status_name(int status)
{
    const struct status_row *row = find_status(status);
    return row ? row->name : "JOBLIB_ERROR_UNKNOWN";
}

const char *joblib_status_text(int status)
{
    const struct status_row *row = find_status(status);
    return row ? row->text : "unknown status";
}
