/* Every value of a document once, without recursion: cycles and depth are found on the way. */
#include "base/try.h"
#include "base/vector.h"
#include "profile/checking.h"

enum { MOST_LEVELS = 100 };

/* What `met` has of a value with children: that it is open, or its height and two. */
enum { IS_OPEN = 1, CLOSED = 2 };

static joblib_profile__frame *top_frame(const joblib_profile__check *check)
{
    return check->count > 0 ? &check->frames[check->count - 1] : NULL;
}

static unsigned height_of(uintptr_t mark)
{
    return (unsigned)(mark - CLOSED);
}

/* A value that holds one of this height is higher by one. */
static void raise_frame(joblib_profile__frame *frame, unsigned height)
{
    if (frame && frame->height <= height) frame->height = height + 1;
}

static const joblib_profile__row *row_of_object(const joblib_value *object)
{
    return joblib_profile__find_name(joblib_value_module(object),
                                     joblib_value_name(object));
}

static bool is_role(const joblib_value *value, joblib_profile__role role)
{
    const joblib_profile__row *row =
        joblib_value_kind(value) == JOBLIB_KIND_OBJECT ? row_of_object(value) : NULL;
    return row && row->role == role;
}

static bool is_unknown(const joblib_value *value)
{
    return joblib_value_kind(value) == JOBLIB_KIND_OBJECT && !row_of_object(value);
}

static joblib_status enter_held(joblib_profile__check *check, const joblib_value *value,
                                joblib_error *error)
{
    void *frames = check->frames;
    const joblib_profile__frame *parent = top_frame(check);
    joblib_profile__frame frame = {
        .in_unknown = (parent && parent->in_unknown) || is_unknown(value),
        .in_estimator =
            (parent && parent->in_estimator) || is_role(value, JOBLIB_PROFILE_ESTIMATOR),
        .in_tree = (parent && parent->in_tree) || is_role(value, JOBLIB_PROFILE_TREE)};
    JOBLIB_TRY(joblib_builder__map_reserve(&check->met, &check->allocator, 1, error));
    JOBLIB_TRY(joblib_base__grow(&check->allocator, &frames, &check->room,
                                 check->count + 1, sizeof *check->frames, error));
    check->frames = frames;
    joblib_print__cursor_init(&frame.cursor, value, JOBLIB_PRINT_MEANT);
    joblib_builder__map_set(&check->met, value, (void *)(uintptr_t)IS_OPEN);
    check->frames[check->count++] = frame;
    return JOBLIB_OK;
}

static void leave_held(joblib_profile__check *check)
{
    const joblib_profile__frame frame = check->frames[--check->count];
    void *mark = (void *)((uintptr_t)frame.height + CLOSED);
    joblib_builder__map_set(&check->met, frame.cursor.value, mark);
    raise_frame(top_frame(check), frame.height);
    if (check->count == 0 && frame.height > MOST_LEVELS)
        joblib_profile__find(check, JOBLIB_PROFILE_NESTING,
                             "%u levels of values in one another, more than %d",
                             frame.height, MOST_LEVELS);
}

static joblib_status visit_once(joblib_profile__check *check, const joblib_value *value,
                                joblib_error *error)
{
    joblib_profile__frame *parent = top_frame(check);
    bool holds_values = joblib_print__has_children(value, JOBLIB_PRINT_MEANT);
    uintptr_t mark =
        holds_values ? (uintptr_t)joblib_builder__map_find(&check->met, value) : 0;
    if (mark == IS_OPEN)
        joblib_profile__find(check, JOBLIB_PROFILE_NESTING, "a value holds itself");
    if (mark >= CLOSED) raise_frame(parent, height_of(mark));
    if (mark != 0) return JOBLIB_OK;
    JOBLIB_TRY(check->look(check, value, error));
    return holds_values ? enter_held(check, value, error) : JOBLIB_OK;
}

static joblib_status walk_values(joblib_profile__check *check, const joblib_value *root,
                                 joblib_error *error)
{
    JOBLIB_TRY(visit_once(check, root, error));
    for (joblib_profile__frame *frame; (frame = top_frame(check)) != NULL;) {
        joblib_print__step step = joblib_print__cursor_next(&frame->cursor);
        if (step == JOBLIB_PRINT_END)
            leave_held(check);
        else if (step == JOBLIB_PRINT_CHILD && frame->cursor.role != JOBLIB_PRINT_CLASS)
            JOBLIB_TRY(visit_once(check, frame->cursor.child, error));
    }
    return JOBLIB_OK;
}

joblib_status joblib_profile__walk(joblib_profile__check *check, const joblib_value *root,
                                   joblib_error *error)
{
    joblib_status status = walk_values(check, root, error);
    joblib_base__free(&check->allocator, check->frames,
                      check->room * sizeof *check->frames);
    check->frames = NULL;
    check->count = check->room = 0;
    return status;
}
