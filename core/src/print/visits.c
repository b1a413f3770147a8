#include "print/visits.h"

#include <string.h>

#include "base/try.h"
#include "base/vector.h"
#include "print/children.h"

/* Values stand some bytes apart, so the low bits alone would crowd the slots. */
static size_t slot_of(const joblib_print__visits *visits, const joblib_value *value,
                      uint64_t pickle)
{
    uint64_t bits = ((uint64_t)(uintptr_t)value + pickle) * UINT64_C(0x9e3779b97f4a7c15);
    size_t mask = visits->capacity - 1;
    size_t slot = (size_t)(bits >> 32) & mask;
    for (;; slot = (slot + 1) & mask) {
        const joblib_print__visit *visit = &visits->slots[slot];
        if (visit->value == NULL) return slot;
        if (visit->value == value && visit->pickle == pickle) return slot;
    }
}

joblib_print__visit *joblib_print__visits_find(const joblib_print__visits *visits,
                                               const joblib_value *value)
{
    if (visits->capacity == 0) return NULL;
    joblib_print__visit *visit = &visits->slots[slot_of(visits, value, visits->pickle)];
    return visit->value != NULL ? visit : NULL;
}

joblib_print__visit *joblib_print__visits_shared(const joblib_print__visits *visits,
                                                 const joblib_value *value,
                                                 joblib_print__reading reading)
{
    if (!joblib_print__has_identity(value, reading)) return NULL;
    joblib_print__visit *visit = joblib_print__visits_find(visits, value);
    /* A pickle may refer from where nothing is told: the text that bytes are decoded from. */
    bool is_told =
        reading != JOBLIB_PRINT_MEANT && joblib_value_kind(value) != JOBLIB_KIND_GLOBAL;
    return visit != NULL && (visit->count > 1 || is_told) ? visit : NULL;
}

static joblib_status widen_visits(joblib_print__visits *visits, joblib_error *error)
{
    joblib_print__visits wide = *visits;
    void *slots = NULL;
    wide.capacity = 0;
    JOBLIB_TRY(joblib_base__grow(visits->allocator, &slots, &wide.capacity,
                                 visits->capacity < 64 ? 64 : visits->capacity + 1,
                                 sizeof *wide.slots, error));
    memset(slots, 0, wide.capacity * sizeof *wide.slots);
    wide.slots = slots;
    for (size_t i = 0; i < visits->capacity; i++) {
        const joblib_print__visit *visit = &visits->slots[i];
        if (visit->value != NULL)
            wide.slots[slot_of(&wide, visit->value, visit->pickle)] = *visit;
    }
    joblib_print__visits_free(visits);
    *visits = wide;
    return JOBLIB_OK;
}

/* Counts one more meeting, at most two. */
static joblib_status add_visit(joblib_print__visits *visits, const joblib_value *value,
                               joblib_error *error)
{
    if (visits->count >= visits->capacity / 2) JOBLIB_TRY(widen_visits(visits, error));
    joblib_print__visit *visit = &visits->slots[slot_of(visits, value, visits->pickle)];
    if (visit->value == NULL) {
        visit->value = value;
        visit->pickle = visits->pickle;
        visits->count++;
    }
    if (visit->count < 2) visit->count++;
    return JOBLIB_OK;
}

/* Counts one meeting, and enters the value where that may tell something new. */
static joblib_status meet_value(joblib_print__visits *visits, joblib_print__walk *walk,
                                const joblib_value *value, joblib_print__reading reading,
                                joblib_error *error)
{
    bool has_identity = joblib_print__has_identity(value, reading);
    bool has_children = joblib_print__has_children(value, reading);
    if (!has_identity && !has_children) return JOBLIB_OK;
    joblib_print__visit *visit = joblib_print__visits_find(visits, value);
    bool known = visit != NULL && (has_identity || visit->count > 1);
    JOBLIB_TRY(add_visit(visits, value, error));
    if (known || !has_children) return JOBLIB_OK;
    return joblib_print__walk_enter(walk, value, reading, error);
}

joblib_print__step joblib_print__visits_next(joblib_print__visits *visits,
                                             joblib_print__cursor *cursor)
{
    joblib_print__step step = joblib_print__cursor_next(cursor);
    if (cursor->role != JOBLIB_PRINT_CONTENT) return step;
    if (step == JOBLIB_PRINT_OPEN) {
        cursor->pickle = visits->pickle;
        visits->pickle = ++visits->pickle_count;
    } else if (step == JOBLIB_PRINT_CLOSE) {
        visits->pickle = cursor->pickle;
    }
    return step;
}

joblib_status joblib_print__visits_count(joblib_print__visits *visits,
                                         const joblib_value *root,
                                         joblib_print__reading reading,
                                         joblib_error *error)
{
    joblib_print__walk walk = {.allocator = visits->allocator};
    joblib_status status = meet_value(visits, &walk, root, reading, error);
    while (status == JOBLIB_OK && walk.count > 0) {
        joblib_print__cursor *cursor = joblib_print__walk_top(&walk);
        joblib_print__step step = joblib_print__visits_next(visits, cursor);
        if (step == JOBLIB_PRINT_END) walk.count--;
        if (step == JOBLIB_PRINT_CHILD) {
            status = meet_value(visits, &walk, cursor->child, cursor->reading, error);
        }
    }
    joblib_print__walk_free(&walk);
    visits->pickle = visits->pickle_count = 0;
    return status;
}

void joblib_print__visits_free(joblib_print__visits *visits)
{
    joblib_base__free(visits->allocator, visits->slots,
                      visits->capacity * sizeof *visits->slots);
}
