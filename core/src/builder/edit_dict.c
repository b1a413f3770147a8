/* Changing dicts and sets. */
#include "builder/builder.h"
#include "value/mapping.h"

joblib_status joblib_builder__open_entries(joblib_builder *builder, joblib_value *value,
                                           joblib_value **dict_out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__check(builder, value, "the dict", error));
    *dict_out = value;
    if (value->kind == JOBLIB_KIND_DICT)
        return joblib_builder__check_editable(value, error);
    bool is_open =
        value->kind == JOBLIB_KIND_OBJECT && !joblib_builder__is_undecoded(value);
    JOBLIB_REQUIRE(is_open, JOBLIB_ERROR_TYPE, "an entry of a %s, dict expected",
                   joblib_kind_name(value->kind));
    if (!value->object->entries) return joblib_builder_dict(builder, dict_out, error);
    *dict_out = value->object->entries;
    return joblib_builder__check_editable(*dict_out, error);
}

joblib_status joblib_builder_put(joblib_builder *builder, joblib_value *dict,
                                 const joblib_value *key, const joblib_value *value,
                                 joblib_error *error)
{
    joblib_value *entries;
    bool added;
    JOBLIB_TRY(joblib_builder__check(builder, key, "the key", error));
    JOBLIB_TRY(joblib_builder__check(builder, value, "the value", error));
    JOBLIB_TRY(joblib_builder__open_entries(builder, dict, &entries, error));
    JOBLIB_TRY(joblib_value__put(builder->document, entries, joblib_builder__given(key),
                                 joblib_builder__given(value), &added, error));
    if (added) joblib_builder__place(entries, key);
    joblib_builder__place(entries, value);
    if (dict->kind == JOBLIB_KIND_OBJECT) {
        if (!dict->object->entries) joblib_builder__place(dict, entries);
        dict->object->entries = entries;
    }
    return JOBLIB_OK;
}

joblib_status joblib_builder_add(joblib_builder *builder, joblib_value *set,
                                 const joblib_value *item, joblib_error *error)
{
    bool added;
    JOBLIB_TRY(joblib_builder__check(builder, set, "the set", error));
    JOBLIB_TRY(joblib_builder__check(builder, item, "the item", error));
    JOBLIB_REQUIRE(set->kind == JOBLIB_KIND_SET, JOBLIB_ERROR_TYPE,
                   "an item for a %s, set expected", joblib_kind_name(set->kind));
    JOBLIB_TRY(joblib_value__put(builder->document, set, joblib_builder__given(item),
                                 NULL, &added, error));
    if (added) joblib_builder__place(set, item);
    return JOBLIB_OK;
}

static joblib_status open_mapping(joblib_builder *builder, joblib_value *value,
                                  joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__check(builder, value, "the dict", error));
    *out = value;
    if (value->kind == JOBLIB_KIND_SET) return JOBLIB_OK;
    return joblib_builder__open_entries(builder, value, out, error);
}

joblib_status joblib_builder_remove_key(joblib_builder *builder, joblib_value *dict,
                                        const joblib_value *key, joblib_error *error)
{
    joblib_value *entries;
    size_t index;
    JOBLIB_TRY(joblib_builder__check(builder, key, "the key", error));
    JOBLIB_TRY(open_mapping(builder, dict, &entries, error));
    JOBLIB_TRY(joblib_value__find_key(builder->document, entries,
                                      joblib_builder__given(key), &index, error));
    JOBLIB_REQUIRE(index < entries->mapping->count, JOBLIB_ERROR_RANGE,
                   "a %s has no such key", joblib_kind_name(entries->kind));
    joblib_value__remove_entry(builder->document, entries, index);
    return JOBLIB_OK;
}
