/* States and attributes of objects. */
#include <string.h>

#include "builder/builder.h"
#include "value/mapping.h"

static joblib_status check_object(const joblib_builder *builder,
                                  const joblib_value *object, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__check(builder, object, "the object", error));
    JOBLIB_REQUIRE(object->kind == JOBLIB_KIND_OBJECT, JOBLIB_ERROR_TYPE,
                   "a state for a %s, object expected", joblib_kind_name(object->kind));
    JOBLIB_REQUIRE(!joblib_builder__is_undecoded(object), JOBLIB_ERROR_TYPE,
                   "the object stands for an array, and cannot be changed");
    return JOBLIB_OK;
}

static void set_state(joblib_value *object, joblib_value *state)
{
    joblib_builder__place(object, state);
    object->object->state = state;
    object->flags |= JOBLIB_VALUE_BUILT;
}

joblib_status joblib_builder_set_state(joblib_builder *builder, joblib_value *object,
                                       const joblib_value *state, joblib_error *error)
{
    JOBLIB_TRY(check_object(builder, object, error));
    JOBLIB_TRY(joblib_builder__check(builder, state, "the state", error));
    set_state(object, joblib_builder__given(state));
    return JOBLIB_OK;
}

/* Part `index` of a state: the dict itself, then those of a pair. NULL behind the last. */
static joblib_value *part_of_state(const joblib_value *state, size_t index)
{
    if (joblib_value_kind(state) != JOBLIB_KIND_TUPLE)
        return index == 0 ? joblib_builder__given(state) : NULL;
    return index < 2 && index < state->count ? state->items[index] : NULL;
}

struct joblib_value__entry *joblib_builder__find_attribute(const joblib_value *object,
                                                           const char *name, size_t size,
                                                           joblib_value **dict_out)
{
    const joblib_value *state = object->object->state;
    for (size_t i = 0; (*dict_out = part_of_state(state, i)) != NULL; i++) {
        struct joblib_value__entry *entry =
            joblib_value__find_text(*dict_out, name, size);
        if (entry) return entry;
    }
    return NULL;
}

/* Where a new attribute goes: the dict of the state, or that of slots where there is no other. */
static joblib_status open_state(joblib_builder *builder, const joblib_value *object,
                                joblib_value **out, joblib_error *error)
{
    const joblib_value *state = object->object->state;
    if (!state) return joblib_builder_dict(builder, out, error);
    bool is_pair = state->kind == JOBLIB_KIND_TUPLE && state->count == 2;
    *out = joblib_builder__given(state);
    if (is_pair) *out = state->items[state->items[0]->kind == JOBLIB_KIND_NONE];
    JOBLIB_REQUIRE((*out)->kind == JOBLIB_KIND_DICT, JOBLIB_ERROR_TYPE,
                   "the state of the object is a %s, dict expected",
                   joblib_kind_name(state->kind));
    return joblib_builder__check_editable(*out, error);
}

static joblib_status add_attribute(joblib_builder *builder, joblib_value *object,
                                   const char *name, const joblib_value *value,
                                   joblib_error *error)
{
    joblib_value *key, *dict;
    JOBLIB_TRY(open_state(builder, object, &dict, error));
    JOBLIB_TRY(joblib_builder_key(builder, name, &key, error));
    JOBLIB_TRY(joblib_builder_put(builder, dict, key, value, error));
    if (!object->object->state) set_state(object, dict);
    return JOBLIB_OK;
}

static joblib_status check_attribute(const joblib_builder *builder,
                                     const joblib_value *object, const char *name,
                                     joblib_error *error)
{
    JOBLIB_TRY(check_object(builder, object, error));
    JOBLIB_REQUIRE(name, JOBLIB_ERROR_ARGUMENT, "the name of the attribute is NULL");
    return JOBLIB_OK;
}

joblib_status joblib_builder_set_attribute(joblib_builder *builder, joblib_value *object,
                                           const char *name, const joblib_value *value,
                                           joblib_error *error)
{
    joblib_value *dict;
    JOBLIB_TRY(check_attribute(builder, object, name, error));
    JOBLIB_TRY(joblib_builder__check(builder, value, "the value", error));
    struct joblib_value__entry *entry =
        joblib_builder__find_attribute(object, name, strlen(name), &dict);
    if (!entry) return add_attribute(builder, object, name, value, error);
    JOBLIB_TRY(joblib_builder__check_editable(dict, error));
    joblib_builder__place(dict, value);
    entry->value = joblib_builder__given(value);
    return JOBLIB_OK;
}

joblib_status joblib_builder_remove_attribute(joblib_builder *builder,
                                              joblib_value *object, const char *name,
                                              joblib_error *error)
{
    joblib_value *dict;
    char shown[JOBLIB_ESCAPED_SIZE];
    JOBLIB_TRY(check_attribute(builder, object, name, error));
    const struct joblib_value__entry *entry =
        joblib_builder__find_attribute(object, name, strlen(name), &dict);
    JOBLIB_REQUIRE(entry, JOBLIB_ERROR_RANGE, "the object has no attribute \"%s\"",
                   joblib_base__escape(shown, name, strlen(name)));
    JOBLIB_TRY(joblib_builder__check_editable(dict, error));
    size_t index = (size_t)(entry - dict->mapping->entries);
    joblib_value__remove_entry(builder->document, dict, index);
    return JOBLIB_OK;
}
