#include "pickle/write/policy.h"

#include <stddef.h>

/* Which pickler has a habit: the twins, and the versions of Python. */
enum twin { TWIN_ANY, TWIN_C, TWIN_PYTHON };

struct habit_row {
    uint32_t habit;
    enum twin twin;
    int since;
    int until; /* the last version that has it */
};

#define FIRST_PYTHON 0
#define LAST_PYTHON 9999

static const struct habit_row habit_rows[] = {
    {JOBLIB_HABIT_PYTHON2, TWIN_ANY, FIRST_PYTHON, 299},
    {JOBLIB_HABIT_FRAMES_ALL, TWIN_ANY, FIRST_PYTHON, 306},
    {JOBLIB_HABIT_LARGE_OUTSIDE, TWIN_ANY, 307, LAST_PYTHON},
    {JOBLIB_HABIT_SHORT_AS_INT, TWIN_ANY, 307, LAST_PYTHON},
    {JOBLIB_HABIT_ESCAPES, TWIN_ANY, 307, LAST_PYTHON},
    {JOBLIB_HABIT_TEXT_ARRAY, TWIN_ANY, FIRST_PYTHON, 307},
    {JOBLIB_HABIT_FORGETFUL, TWIN_PYTHON, 308, 309},
    {JOBLIB_HABIT_EXACT_BATCHES, TWIN_C, 300, LAST_PYTHON},
};

#undef FIRST_PYTHON
#undef LAST_PYTHON

static bool has_habit(const struct habit_row *row, const joblib_pickle__policy *policy)
{
    if (row->twin == TWIN_C && !policy->c_pickler) return false;
    if (row->twin == TWIN_PYTHON && policy->c_pickler) return false;
    return policy->python >= row->since && policy->python <= row->until;
}

uint32_t joblib_pickle__habits(const joblib_pickle__policy *policy)
{
    uint32_t habits = 0;
    for (size_t i = 0; i < sizeof habit_rows / sizeof habit_rows[0]; i++) {
        if (has_habit(&habit_rows[i], policy)) habits |= habit_rows[i].habit;
    }
    return habits;
}
