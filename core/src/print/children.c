#include "print/children.h"

#include "base/try.h"
#include "base/vector.h"
#include "print/pickled.h"

static bool is_identity_meant(const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_BYTEARRAY:
    case JOBLIB_KIND_LIST:
    case JOBLIB_KIND_DICT:
    case JOBLIB_KIND_SET:
    case JOBLIB_KIND_ARRAY:
    case JOBLIB_KIND_OBJECT:
        return true;
    default:
        return false;
    }
}

bool joblib_print__has_identity(const joblib_value *value, joblib_print__reading reading)
{
    return reading == JOBLIB_PRINT_MEANT ? is_identity_meant(value)
                                         : joblib_print__is_referred(value, reading);
}

bool joblib_print__has_children(const joblib_value *value, joblib_print__reading reading)
{
    bool is_pickled = reading != JOBLIB_PRINT_MEANT;
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_LIST:
    case JOBLIB_KIND_TUPLE:
    case JOBLIB_KIND_DICT:
    case JOBLIB_KIND_SET:
    case JOBLIB_KIND_FROZENSET:
    case JOBLIB_KIND_OBJECT:
        return true;
    case JOBLIB_KIND_ARRAY:
        return is_pickled || joblib_dtype_kind(joblib_value_dtype(value)) == 'O';
    case JOBLIB_KIND_SCALAR:
    case JOBLIB_KIND_DTYPE:
        return is_pickled;
    case JOBLIB_KIND_GLOBAL:
        return is_pickled && joblib_print__is_spelled(value);
    default:
        return false;
    }
}

void joblib_print__cursor_init(joblib_print__cursor *cursor, const joblib_value *value,
                               joblib_print__reading reading)
{
    *cursor = (joblib_print__cursor){.value = value,
                                     .reading = reading,
                                     .position = JOBLIB_PRINT_CLOSE};
}

/* The groups of an object. */
static const struct {
    joblib_print__role role;
    const joblib_value *(*get)(const joblib_value *object);
} object_groups[] = {
    {JOBLIB_PRINT_CLASS, joblib_value_class},
    {JOBLIB_PRINT_ARGUMENTS, joblib_value_arguments},
    {JOBLIB_PRINT_KEYWORDS, joblib_value_keywords},
    {JOBLIB_PRINT_STATE, joblib_value_state},
    {JOBLIB_PRINT_ITEMS, joblib_value_items},
    {JOBLIB_PRINT_ENTRIES, joblib_value_entries},
};

/* The same in the order of a pickle: what comes first may be referred to by what follows. */
static const joblib_print__role pickled_groups[] = {
    JOBLIB_PRINT_CLASS, JOBLIB_PRINT_ARGUMENTS, JOBLIB_PRINT_KEYWORDS,
    JOBLIB_PRINT_ITEMS, JOBLIB_PRINT_ENTRIES,   JOBLIB_PRINT_STATE,
};

static void enter_group(joblib_print__cursor *cursor, uint32_t group)
{
    if (cursor->reading == JOBLIB_PRINT_MEANT) {
        cursor->role = object_groups[group].role;
        cursor->holder = object_groups[group].get(cursor->value);
    } else {
        cursor->role = pickled_groups[group];
        cursor->holder =
            joblib_print__pickled_part(cursor->value, cursor->reading, cursor->role);
    }
}

/* The last group of a value in a pickle of its own, behind what led to it. */
static bool next_content(joblib_print__cursor *cursor)
{
    bool is_pickled = cursor->reading == JOBLIB_PRINT_PICKLED;
    if (!is_pickled || !joblib_print__has_content(cursor->value, cursor->reading))
        return false;
    cursor->role = JOBLIB_PRINT_CONTENT;
    cursor->holder = cursor->value;
    cursor->reading = JOBLIB_PRINT_NESTED;
    return true;
}

static bool next_group_of_object(joblib_print__cursor *cursor)
{
    const size_t group_count = sizeof object_groups / sizeof *object_groups;
    while (cursor->group < group_count) {
        enter_group(cursor, cursor->group++);
        if (cursor->holder != NULL) return true;
    }
    return cursor->group++ == group_count && next_content(cursor);
}

/* Whether the value has the groups of an object. */
static bool is_made(const joblib_print__cursor *cursor)
{
    switch (joblib_value_kind(cursor->value)) {
    case JOBLIB_KIND_OBJECT:
        return true;
    case JOBLIB_KIND_ARRAY:
    case JOBLIB_KIND_SCALAR:
    case JOBLIB_KIND_DTYPE:
        return cursor->reading != JOBLIB_PRINT_MEANT;
    default:
        return false;
    }
}

static joblib_print__role role_of_elements(const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_DICT:
        return JOBLIB_PRINT_PAIRS;
    case JOBLIB_KIND_ARRAY:
        return JOBLIB_PRINT_OBJECTS;
    default:
        return JOBLIB_PRINT_ELEMENTS;
    }
}

static bool next_group(joblib_print__cursor *cursor)
{
    if (is_made(cursor)) return next_group_of_object(cursor);
    bool has_one = joblib_print__has_children(cursor->value, cursor->reading);
    if (cursor->group > 0 || !has_one) return false;
    cursor->group = 1;
    cursor->role = role_of_elements(cursor->value);
    cursor->holder = cursor->value;
    return true;
}

static size_t count_children(const joblib_print__cursor *cursor)
{
    joblib_array array;
    switch (cursor->role) {
    case JOBLIB_PRINT_ARGUMENTS:
        return cursor->reading == JOBLIB_PRINT_MEANT ? joblib_value_count(cursor->holder)
                                                     : 1;
    case JOBLIB_PRINT_CLASS:
    case JOBLIB_PRINT_KEYWORDS:
    case JOBLIB_PRINT_STATE:
    case JOBLIB_PRINT_CONTENT:
        return 1;
    case JOBLIB_PRINT_PAIRS:
    case JOBLIB_PRINT_ENTRIES:
        return 2 * joblib_value_count(cursor->holder);
    case JOBLIB_PRINT_OBJECTS:
        return joblib_value_array(cursor->holder, &array, NULL) == JOBLIB_OK ? array.count
                                                                             : 0;
    case JOBLIB_PRINT_ELEMENTS:
        if (joblib_value_kind(cursor->holder) == JOBLIB_KIND_GLOBAL) return 2;
        return joblib_value_count(cursor->holder);
    default:
        return joblib_value_count(cursor->holder);
    }
}

static const joblib_value *current_child(const joblib_print__cursor *cursor)
{
    joblib_array array;
    size_t index = cursor->index;
    switch (cursor->role) {
    case JOBLIB_PRINT_ARGUMENTS:
        return cursor->reading == JOBLIB_PRINT_MEANT
                   ? joblib_value_at(cursor->holder, index)
                   : cursor->holder;
    case JOBLIB_PRINT_CLASS:
    case JOBLIB_PRINT_KEYWORDS:
    case JOBLIB_PRINT_STATE:
    case JOBLIB_PRINT_CONTENT:
        return cursor->holder;
    case JOBLIB_PRINT_PAIRS:
    case JOBLIB_PRINT_ENTRIES:
        return index % 2 == 0 ? joblib_value_key(cursor->holder, index / 2)
                              : joblib_value_at(cursor->holder, index / 2);
    case JOBLIB_PRINT_OBJECTS:
        if (joblib_value_array(cursor->holder, &array, NULL) != JOBLIB_OK) return NULL;
        return joblib_array_object(&array, index);
    case JOBLIB_PRINT_ELEMENTS:
        if (joblib_value_kind(cursor->holder) == JOBLIB_KIND_GLOBAL)
            return joblib_print__spelled_part(cursor->holder, index);
        return joblib_value_at(cursor->holder, index);
    default:
        return joblib_value_at(cursor->holder, index);
    }
}

static joblib_print__step next_step(joblib_print__cursor *cursor)
{
    if (cursor->position == JOBLIB_PRINT_CLOSE) {
        if (!next_group(cursor)) return JOBLIB_PRINT_END;
        cursor->count = count_children(cursor);
        return JOBLIB_PRINT_OPEN;
    }
    cursor->index = cursor->position == JOBLIB_PRINT_OPEN ? 0 : cursor->index + 1;
    if (cursor->index >= cursor->count) return JOBLIB_PRINT_CLOSE;
    cursor->child = current_child(cursor);
    return JOBLIB_PRINT_CHILD;
}

joblib_print__step joblib_print__cursor_next(joblib_print__cursor *cursor)
{
    joblib_print__step step = next_step(cursor);
    cursor->position = (uint32_t)step;
    return step;
}

joblib_status joblib_print__walk_enter(joblib_print__walk *walk,
                                       const joblib_value *value,
                                       joblib_print__reading reading, joblib_error *error)
{
    void *cursors = walk->cursors;
    JOBLIB_TRY(joblib_base__grow(walk->allocator, &cursors, &walk->capacity,
                                 walk->count + 1, sizeof *walk->cursors, error));
    walk->cursors = cursors;
    joblib_print__cursor_init(&walk->cursors[walk->count++], value, reading);
    return JOBLIB_OK;
}

joblib_print__cursor *joblib_print__walk_top(const joblib_print__walk *walk)
{
    return walk->count > 0 ? &walk->cursors[walk->count - 1] : NULL;
}

void joblib_print__walk_free(joblib_print__walk *walk)
{
    joblib_base__free(walk->allocator, walk->cursors,
                      walk->capacity * sizeof *walk->cursors);
}
