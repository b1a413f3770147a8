/* Classes and functions: those of the table, each in its role, and no others. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/try.h"
#include "profile/checking.h"
#include "value/document.h"

#define JOBLIB_X(module, names, role, newest) \
    {module, names, JOBLIB_PROFILE_##role, newest},
static const joblib_profile__row profile_rows[] = {
#include "profile/names.def"
};
#undef JOBLIB_X

bool joblib_profile__lists(const char *list, const char *word)
{
    size_t size = strlen(word);
    while (*list != '\0') {
        size_t next = strcspn(list, " ");
        if (next == size && memcmp(list, word, size) == 0) return true;
        list += next;
        list += strspn(list, " ");
    }
    return false;
}

const joblib_profile__row *joblib_profile__find_name(const char *module, const char *name)
{
    if (!module || !name) return NULL;
    for (size_t i = 0; i < sizeof profile_rows / sizeof *profile_rows; i++) {
        const joblib_profile__row *row = &profile_rows[i];
        if (strcmp(row->module, module) == 0 && joblib_profile__lists(row->names, name))
            return row;
    }
    return NULL;
}

/* Tells of a name once, wherever it stands first. */
static joblib_status tell_name(joblib_profile__check *check,
                               const struct joblib_value__global *name, const char *why,
                               joblib_error *error)
{
    char module[JOBLIB_ESCAPED_SIZE], shown[JOBLIB_ESCAPED_SIZE];
    char reason[3 * JOBLIB_ESCAPED_SIZE];
    if (joblib_builder__map_find(&check->met, name)) return JOBLIB_OK;
    JOBLIB_TRY(joblib_builder__map_reserve(&check->met, &check->allocator, 1, error));
    joblib_builder__map_set(&check->met, name, check);
    (void)snprintf(reason, sizeof reason, "%s.%s: %s",
                   joblib_base__escape(module, name->module, name->module_size),
                   joblib_base__escape(shown, name->name, name->name_size), why);
    joblib_profile__find_at(check, JOBLIB_PROFILE_NAMES, name->offset, reason);
    return JOBLIB_OK;
}

/* Why a name must not stand in this document; NULL if it may. */
static const char *refuse_profile_name(const joblib_profile__check *check,
                                       const struct joblib_value__global *name)
{
    const joblib_profile__row *row = joblib_profile__find_name(name->module, name->name);
    if (!row) return "no name of the profile";
    return joblib_document_protocol(check->document) > row->newest
               ? "Python 3 does not know it in this protocol"
               : NULL;
}

/* What is made of other names is read as the value that it is, if its reader can. */
static const char *refuse_class(const joblib_profile__row *row)
{
    switch (row->role) {
    case JOBLIB_PROFILE_ORDERED:
    case JOBLIB_PROFILE_ESTIMATOR:
    case JOBLIB_PROFILE_PART:
    case JOBLIB_PROFILE_TREE:
        return NULL;
    case JOBLIB_PROFILE_TYPE:
        return "a type that is called";
    default:
        return "called in a way that gives no value";
    }
}

/* A type of numpy as a value needs a reader that knows arrays. */
static const char *refuse_value(joblib_profile__check *check,
                                const joblib_profile__row *row)
{
    if (row->role != JOBLIB_PROFILE_TYPE)
        return "a class or function that stands as a value";
    if (check->level < 2) check->level = 2;
    return NULL;
}

joblib_status joblib_profile__check_name(joblib_profile__check *check,
                                         const joblib_value *global, bool is_class,
                                         joblib_error *error)
{
    if (!global) return JOBLIB_OK;
    if (joblib_value_kind(global) != JOBLIB_KIND_GLOBAL) {
        joblib_profile__find(check, JOBLIB_PROFILE_NAMES,
                             "what is called is a value of kind %s",
                             joblib_kind_name((int)joblib_value_kind(global)));
        return JOBLIB_OK;
    }
    const struct joblib_value__global *name = global->global;
    const char *why = refuse_profile_name(check, name);
    const joblib_profile__row *row = joblib_profile__find_name(name->module, name->name);
    if (!why && is_class) why = refuse_class(row);
    if (!why && !is_class) why = refuse_value(check, row);
    return why ? tell_name(check, name, why, error) : JOBLIB_OK;
}

/* What numpy or joblib made it with; of an array of objects, in the pickle of its own too. */
joblib_status joblib_profile__check_origin(joblib_profile__check *check,
                                           const struct joblib_value__origin *origin,
                                           joblib_error *error)
{
    for (; origin; origin = origin->nested) {
        const joblib_value *made_by = origin->callable;
        if (!made_by || made_by->kind != JOBLIB_KIND_GLOBAL) continue;
        const char *why = refuse_profile_name(check, made_by->global);
        if (why) JOBLIB_TRY(tell_name(check, made_by->global, why, error));
    }
    return JOBLIB_OK;
}

/* A name that must not stand here, the first by its offset of those not told yet. */
static const struct joblib_value__global *find_other_name(
    const joblib_profile__check *check)
{
    const struct joblib_value__globals *globals = &check->document->globals;
    const struct joblib_value__global *first = NULL;
    for (size_t i = 0; i < globals->slot_count; i++) {
        const struct joblib_value__global *name = globals->slots[i];
        if (!name || (first && first->offset <= name->offset)) continue;
        if (refuse_profile_name(check, name) &&
            !joblib_builder__map_find(&check->met, name))
            first = name;
    }
    return first;
}

/* Those that are not told are counted: a file can have many. */
static void count_other_names(joblib_profile__check *check)
{
    const struct joblib_value__globals *globals = &check->document->globals;
    for (size_t i = 0; i < globals->slot_count; i++) {
        const struct joblib_value__global *name = globals->slots[i];
        if (name && refuse_profile_name(check, name) &&
            !joblib_builder__map_find(&check->met, name))
            check->found[JOBLIB_PROFILE_NAMES]++;
    }
}

joblib_status joblib_profile__check_other_names(joblib_profile__check *check,
                                                joblib_error *error)
{
    const struct joblib_value__global *name;
    while (check->found[JOBLIB_PROFILE_NAMES] < check->options.most_reported &&
           (name = find_other_name(check)) != NULL)
        JOBLIB_TRY(tell_name(check, name, refuse_profile_name(check, name), error));
    count_other_names(check);
    return JOBLIB_OK;
}
