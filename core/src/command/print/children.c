#include "command/print/children.h"

#include "command/output.h"

bool joblib_command__has_identity(const joblib_value *value)
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

bool joblib_command__has_children(const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_LIST:
    case JOBLIB_KIND_TUPLE:
    case JOBLIB_KIND_DICT:
    case JOBLIB_KIND_SET:
    case JOBLIB_KIND_FROZENSET:
    case JOBLIB_KIND_OBJECT:
        return true;
    case JOBLIB_KIND_ARRAY:
        return joblib_dtype_kind(joblib_value_dtype(value)) == 'O';
    default:
        return false;
    }
}

void joblib_command__cursor_init(joblib_command__cursor *cursor,
                                 const joblib_value *value)
{
    *cursor = (joblib_command__cursor){.value = value, .position = JOBLIB_COMMAND_CLOSE};
}

/* The groups of an object. */
static const struct {
    joblib_command__role role;
    const joblib_value *(*get)(const joblib_value *object);
} object_groups[] = {
    {JOBLIB_COMMAND_CLASS, joblib_value_class},
    {JOBLIB_COMMAND_ARGUMENTS, joblib_value_arguments},
    {JOBLIB_COMMAND_KEYWORDS, joblib_value_keywords},
    {JOBLIB_COMMAND_STATE, joblib_value_state},
    {JOBLIB_COMMAND_ITEMS, joblib_value_items},
    {JOBLIB_COMMAND_ENTRIES, joblib_value_entries},
};

static bool next_group_of_object(joblib_command__cursor *cursor)
{
    const size_t group_count = sizeof object_groups / sizeof *object_groups;
    while (cursor->group < group_count) {
        uint32_t group = cursor->group++;
        cursor->role = object_groups[group].role;
        cursor->holder = object_groups[group].get(cursor->value);
        if (cursor->holder != NULL) return true;
    }
    return false;
}

static joblib_command__role role_of_elements(const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_DICT:
        return JOBLIB_COMMAND_PAIRS;
    case JOBLIB_KIND_ARRAY:
        return JOBLIB_COMMAND_OBJECTS;
    default:
        return JOBLIB_COMMAND_ELEMENTS;
    }
}

static bool next_group(joblib_command__cursor *cursor)
{
    if (joblib_value_kind(cursor->value) == JOBLIB_KIND_OBJECT) {
        return next_group_of_object(cursor);
    }
    if (cursor->group > 0 || !joblib_command__has_children(cursor->value)) return false;
    cursor->group = 1;
    cursor->role = role_of_elements(cursor->value);
    cursor->holder = cursor->value;
    return true;
}

static size_t count_children(const joblib_command__cursor *cursor)
{
    joblib_array array;
    switch (cursor->role) {
    case JOBLIB_COMMAND_CLASS:
    case JOBLIB_COMMAND_KEYWORDS:
    case JOBLIB_COMMAND_STATE:
        return 1;
    case JOBLIB_COMMAND_PAIRS:
    case JOBLIB_COMMAND_ENTRIES:
        return 2 * joblib_value_count(cursor->holder);
    case JOBLIB_COMMAND_OBJECTS:
        return joblib_value_array(cursor->holder, &array, NULL) == JOBLIB_OK ? array.count
                                                                             : 0;
    default:
        return joblib_value_count(cursor->holder);
    }
}

static const joblib_value *find_child(const joblib_command__cursor *cursor)
{
    joblib_array array;
    size_t index = cursor->index;
    switch (cursor->role) {
    case JOBLIB_COMMAND_CLASS:
    case JOBLIB_COMMAND_KEYWORDS:
    case JOBLIB_COMMAND_STATE:
        return cursor->holder;
    case JOBLIB_COMMAND_PAIRS:
    case JOBLIB_COMMAND_ENTRIES:
        return index % 2 == 0 ? joblib_value_key(cursor->holder, index / 2)
                              : joblib_value_at(cursor->holder, index / 2);
    case JOBLIB_COMMAND_OBJECTS:
        if (joblib_value_array(cursor->holder, &array, NULL) != JOBLIB_OK) return NULL;
        return joblib_array_object(&array, index);
    default:
        return joblib_value_at(cursor->holder, index);
    }
}

static joblib_command__step next_step(joblib_command__cursor *cursor)
{
    if (cursor->position == JOBLIB_COMMAND_CLOSE) {
        if (!next_group(cursor)) return JOBLIB_COMMAND_END;
        cursor->count = count_children(cursor);
        return JOBLIB_COMMAND_OPEN;
    }
    cursor->index = cursor->position == JOBLIB_COMMAND_OPEN ? 0 : cursor->index + 1;
    if (cursor->index >= cursor->count) return JOBLIB_COMMAND_CLOSE;
    cursor->child = find_child(cursor);
    return JOBLIB_COMMAND_CHILD;
}

joblib_command__step joblib_command__cursor_next(joblib_command__cursor *cursor)
{
    joblib_command__step step = next_step(cursor);
    cursor->position = (uint32_t)step;
    return step;
}

bool joblib_command__walk_enter(joblib_command__walk *walk, const joblib_value *value)
{
    joblib_command__cursor *grown =
        joblib_command__grow(walk->cursors, &walk->capacity, walk->count + 1,
                             sizeof *walk->cursors);
    if (grown == NULL) return false;
    walk->cursors = grown;
    joblib_command__cursor_init(&grown[walk->count++], value);
    return true;
}

joblib_command__cursor *joblib_command__walk_top(const joblib_command__walk *walk)
{
    return walk->count > 0 ? &walk->cursors[walk->count - 1] : NULL;
}
