/* Lists, tuples, dicts and sets. */
#include "builder/builder.h"
#include "value/mapping.h"

joblib_status joblib_builder_list(joblib_builder *builder, joblib_value **out,
                                  joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    joblib_value *value = joblib_value__new(builder->document, JOBLIB_KIND_LIST);
    return joblib_builder__made(builder, value, sizeof *value, out, error);
}

static joblib_status make_mapping(joblib_builder *builder, joblib_kind kind,
                                  joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    joblib_value *value = joblib_value__new_mapping(builder->document, kind);
    return joblib_builder__made(builder, value, sizeof *value, out, error);
}

joblib_status joblib_builder_dict(joblib_builder *builder, joblib_value **out,
                                  joblib_error *error)
{
    return make_mapping(builder, JOBLIB_KIND_DICT, out, error);
}

joblib_status joblib_builder_set(joblib_builder *builder, joblib_value **out,
                                 joblib_error *error)
{
    return make_mapping(builder, JOBLIB_KIND_SET, out, error);
}

joblib_status joblib_builder_tuple(joblib_builder *builder,
                                   const joblib_value *const *items, size_t count,
                                   joblib_value **out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_TRY(joblib_builder__check_all(builder, items, count, error));
    joblib_value *tuple = joblib_value__new_tuple(builder->document, count);
    if (!tuple) return joblib_builder__exhausted(builder, count * sizeof *items, error);
    for (size_t i = 0; i < count; i++) {
        tuple->items[i] = joblib_builder__given(items[i]);
        if (!joblib_value__is_hashable(items[i])) tuple->flags |= JOBLIB_VALUE_NO_KEY;
        joblib_builder__place(tuple, items[i]);
    }
    *out = tuple;
    return JOBLIB_OK;
}

/* Items are placed once all are in: a set that cannot be made leaves nothing behind. */
static void place_keys(joblib_value *set)
{
    for (size_t i = 0; i < set->mapping->count; i++)
        joblib_builder__place(set, set->mapping->entries[i].key);
}

joblib_status joblib_builder_frozenset(joblib_builder *builder,
                                       const joblib_value *const *items, size_t count,
                                       joblib_value **out, joblib_error *error)
{
    joblib_value *set;
    bool added;
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_TRY(joblib_builder__check_all(builder, items, count, error));
    JOBLIB_TRY(make_mapping(builder, JOBLIB_KIND_FROZENSET, &set, error));
    for (size_t i = 0; i < count; i++)
        JOBLIB_TRY(joblib_value__put(builder->document, set,
                                     joblib_builder__given(items[i]), NULL, &added,
                                     error));
    place_keys(set);
    *out = set;
    return JOBLIB_OK;
}
