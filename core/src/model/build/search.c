#include <string.h>

#include "base/try.h"
#include "model/build/build.h"
#include "model/registry.h"

/* How far the search goes into one object, and how many values one build looks at. */
#define SEARCH_DEPTH 16
#define SEARCH_VISITS 100000

/* A value on the way from the unknown object to what is looked at. */
typedef struct searched_place {
    const joblib_value *value;
    joblib_model__segment segment; /* where it stands */
    size_t next;                   /* number of the child to look at */
} searched_place;

/* The children of a value, one group after the other: a count, and each by its number. */
typedef struct child_group {
    const joblib_value *items; /* a list, tuple, dict or array of objects */
    size_t count;
} child_group;

enum { CHILD_GROUPS = 4 };

static child_group group_of(const joblib_value *value)
{
    joblib_array array;
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_LIST:
    case JOBLIB_KIND_TUPLE:
    case JOBLIB_KIND_DICT:
        return (child_group){value, joblib_value_count(value)};
    case JOBLIB_KIND_ARRAY:
        if (joblib_value_array(value, &array, NULL) == JOBLIB_OK &&
            joblib_dtype_kind(array.dtype) == 'O')
            return (child_group){value, array.count};
        break;
    default:
        break;
    }
    return (child_group){value, 0};
}

/* An object's children stand in its arguments, items, entries and state. */
static size_t find_groups(const joblib_value *value, child_group out[CHILD_GROUPS])
{
    if (joblib_value_kind(value) != JOBLIB_KIND_OBJECT) {
        out[0] = group_of(value);
        return 1;
    }
    out[0] = group_of(joblib_value_arguments(value));
    out[1] = group_of(joblib_value_items(value));
    out[2] = group_of(joblib_value_entries(value));
    out[3] = group_of(joblib_value_state(value));
    return CHILD_GROUPS;
}

static const joblib_value *read_child(const child_group *group, size_t index,
                                      joblib_model__segment *segment)
{
    joblib_array array;
    segment->name = NULL;
    segment->index = index;
    if (joblib_value_kind(group->items) == JOBLIB_KIND_ARRAY)
        return joblib_value_array(group->items, &array, NULL) == JOBLIB_OK
                   ? joblib_array_object(&array, index)
                   : NULL;
    if (joblib_value_kind(group->items) == JOBLIB_KIND_DICT)
        segment->name = joblib_value_text(joblib_value_key(group->items, index), NULL);
    return joblib_value_at(group->items, index);
}

/* Child `index` of a value and where it stands; NULL behind the last. */
static const joblib_value *find_child(const joblib_value *value, size_t index,
                                      joblib_model__segment *segment)
{
    child_group groups[CHILD_GROUPS];
    size_t count = find_groups(value, groups);
    for (size_t i = 0; i < count; i++) {
        if (index < groups[i].count) return read_child(&groups[i], index, segment);
        index -= groups[i].count;
    }
    return NULL;
}

static bool is_on_the_way(const searched_place *places, size_t depth,
                          const joblib_value *value)
{
    for (size_t i = 0; i <= depth; i++) {
        if (places[i].value == value) return true;
    }
    return false;
}

/* Of a known class, or one that stores the version as scikit-learn's estimators do. */
static bool is_estimator(const joblib_value *value)
{
    return joblib_value_kind(value) == JOBLIB_KIND_OBJECT &&
           (joblib_value_attribute(value, "_sklearn_version") ||
            joblib_model__find_row(joblib_value_module(value), joblib_value_name(value)));
}

/* scikit-learn's own sign: an attribute whose name ends in an underscore. */
static bool is_fitted(const joblib_value *estimator)
{
    const joblib_value *state = joblib_value_state(estimator);
    if (joblib_value_kind(state) != JOBLIB_KIND_DICT) return true;
    size_t count = joblib_value_count(state);
    for (size_t i = 0; i < count; i++) {
        size_t size = 0;
        const char *name = joblib_value_text(joblib_value_key(state, i), &size);
        if (size > 0 && name[size - 1] == '_' && strncmp(name, "__", 2) != 0) return true;
    }
    return false;
}

/* A parameter such as `estimator`, whose fitted copies stand elsewhere. */
static bool is_template(const searched_place *place)
{
    return place->segment.name && !is_fitted(place->value);
}

joblib_status joblib_model__search_parts(joblib_model__context *context,
                                         const joblib_value *object)
{
    searched_place places[SEARCH_DEPTH + 1];
    size_t depth = 0;
    places[0].value = object;
    places[0].next = 0;
    for (;;) {
        searched_place *place = &places[depth], child = {.next = 0};
        child.segment.parent = depth > 0 ? &place->segment : context->path;
        child.value = find_child(place->value, place->next++, &child.segment);
        if (!child.value) {
            if (depth-- == 0) return JOBLIB_OK;
            continue;
        }
        if (context->build->visit_count++ > SEARCH_VISITS) return JOBLIB_OK;
        if (is_estimator(child.value)) {
            joblib_model__estimator *found;
            if (is_template(&child)) continue;
            JOBLIB_TRY(
                joblib_model__build_part(context, child.value, &child.segment, &found));
        } else if (depth < SEARCH_DEPTH && !is_on_the_way(places, depth, child.value)) {
            places[++depth] = child;
        }
    }
}

#undef SEARCH_DEPTH
#undef SEARCH_VISITS
