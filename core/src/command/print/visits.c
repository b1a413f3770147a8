#include "command/print/visits.h"

#include <stdlib.h>

#include "command/failure.h"
#include "command/print/children.h"

/* Values stand some bytes apart, so the low bits alone would crowd the slots. */
static size_t slot_of(const joblib_command__visits *visits, const joblib_value *value)
{
    uint64_t bits = (uint64_t)(uintptr_t)value * UINT64_C(0x9e3779b97f4a7c15);
    size_t mask = visits->capacity - 1;
    size_t slot = (size_t)(bits >> 32) & mask;
    while (visits->slots[slot].value != NULL && visits->slots[slot].value != value) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

joblib_command__visit *joblib_command__visits_find(const joblib_command__visits *visits,
                                                   const joblib_value *value)
{
    if (visits->capacity == 0) return NULL;
    joblib_command__visit *visit = &visits->slots[slot_of(visits, value)];
    return visit->value != NULL ? visit : NULL;
}

joblib_command__visit *joblib_command__visits_shared(const joblib_command__visits *visits,
                                                     const joblib_value *value)
{
    if (!joblib_command__has_identity(value)) return NULL;
    joblib_command__visit *visit = joblib_command__visits_find(visits, value);
    return visit != NULL && visit->count > 1 ? visit : NULL;
}

static bool widen_visits(joblib_command__visits *visits)
{
    joblib_command__visits wide = *visits;
    if (visits->capacity > SIZE_MAX / 2) return false;
    wide.capacity = visits->capacity == 0 ? 64 : visits->capacity * 2;
    wide.slots = calloc(wide.capacity, sizeof *wide.slots);
    if (wide.slots == NULL) return false;
    for (size_t i = 0; i < visits->capacity; i++) {
        const joblib_command__visit *visit = &visits->slots[i];
        if (visit->value != NULL) wide.slots[slot_of(&wide, visit->value)] = *visit;
    }
    free(visits->slots);
    *visits = wide;
    return true;
}

joblib_command__visit *joblib_command__visits_add(joblib_command__visits *visits,
                                                  const joblib_value *value)
{
    if (visits->count >= visits->capacity / 2 && !widen_visits(visits)) return NULL;
    joblib_command__visit *visit = &visits->slots[slot_of(visits, value)];
    if (visit->value == NULL) {
        visit->value = value;
        visits->count++;
    }
    if (visit->count < 2) visit->count++;
    return visit;
}

/* Counts one meeting, and enters the value where that may tell something new. */
static bool meet_value(joblib_command__visits *visits, joblib_command__walk *walk,
                       const joblib_value *value)
{
    bool has_identity = joblib_command__has_identity(value);
    bool has_children = joblib_command__has_children(value);
    if (!has_identity && !has_children) return true;
    joblib_command__visit *visit = joblib_command__visits_find(visits, value);
    bool known = visit != NULL && (has_identity || visit->count > 1);
    if (joblib_command__visits_add(visits, value) == NULL) return false;
    return known || !has_children || joblib_command__walk_enter(walk, value);
}

joblib_status joblib_command__visits_count(joblib_command__visits *visits,
                                           const joblib_value *root, joblib_error *error)
{
    joblib_command__walk walk = {NULL, 0, 0};
    bool enough_memory = meet_value(visits, &walk, root);
    while (enough_memory && walk.count > 0) {
        joblib_command__cursor *cursor = joblib_command__walk_top(&walk);
        joblib_command__step step = joblib_command__cursor_next(cursor);
        if (step == JOBLIB_COMMAND_END) walk.count--;
        if (step == JOBLIB_COMMAND_CHILD) {
            enough_memory = meet_value(visits, &walk, cursor->child);
        }
    }
    free(walk.cursors);
    return enough_memory ? JOBLIB_OK : joblib_command__no_memory(error);
}

void joblib_command__visits_free(joblib_command__visits *visits)
{
    free(visits->slots);
    *visits = (joblib_command__visits){NULL, 0, 0, 0};
}
