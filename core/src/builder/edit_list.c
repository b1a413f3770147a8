/* Changing lists, and elements of arrays of objects. */
#include <string.h>

#include "array/array.h"
#include "builder/builder.h"

/* Most items: their number must fit the node. */
#define MAX_ITEMS ((size_t)UINT32_MAX / 4)

joblib_status joblib_builder__open_items(joblib_builder *builder, joblib_value *value,
                                         joblib_value **list_out, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__check(builder, value, "the list", error));
    *list_out = value;
    if (value->kind == JOBLIB_KIND_LIST)
        return joblib_builder__check_editable(value, error);
    bool is_open =
        value->kind == JOBLIB_KIND_OBJECT && !joblib_builder__is_undecoded(value);
    JOBLIB_REQUIRE(is_open, JOBLIB_ERROR_TYPE, "an item for a %s, list expected",
                   joblib_kind_name(value->kind));
    if (!value->object->items) return joblib_builder_list(builder, list_out, error);
    *list_out = value->object->items;
    return joblib_builder__check_editable(*list_out, error);
}

static joblib_status append_item(joblib_builder *builder, joblib_value *list,
                                 const joblib_value *item, joblib_error *error)
{
    joblib_value *given = joblib_builder__given(item);
    JOBLIB_REQUIRE(list->count < MAX_ITEMS, JOBLIB_ERROR_LIMIT,
                   "a list has %zu items, no more are possible", list->count);
    if (!joblib_value__append(builder->document, list, &given, 1))
        return joblib_builder__exhausted(builder, list->count * sizeof given, error);
    joblib_builder__place(list, item);
    return JOBLIB_OK;
}

joblib_status joblib_builder_append(joblib_builder *builder, joblib_value *list,
                                    const joblib_value *item, joblib_error *error)
{
    joblib_value *items;
    JOBLIB_TRY(joblib_builder__check(builder, item, "the item", error));
    JOBLIB_TRY(joblib_builder__open_items(builder, list, &items, error));
    JOBLIB_TRY(append_item(builder, items, item, error));
    if (list->kind == JOBLIB_KIND_OBJECT) {
        if (!list->object->items) joblib_builder__place(list, items);
        list->object->items = items;
    }
    return JOBLIB_OK;
}

static joblib_status check_list(const joblib_builder *builder, const joblib_value *list,
                                joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__check(builder, list, "the list", error));
    JOBLIB_REQUIRE(list->kind == JOBLIB_KIND_LIST, JOBLIB_ERROR_TYPE,
                   "a place in a %s, list expected", joblib_kind_name(list->kind));
    return joblib_builder__check_editable(list, error);
}

static joblib_status check_list_index(size_t index, size_t count, joblib_error *error)
{
    JOBLIB_REQUIRE(index < count, JOBLIB_ERROR_RANGE, "index %zu of %zu items", index,
                   count);
    return JOBLIB_OK;
}

joblib_status joblib_builder_insert(joblib_builder *builder, joblib_value *list,
                                    size_t index, const joblib_value *item,
                                    joblib_error *error)
{
    JOBLIB_TRY(check_list(builder, list, error));
    JOBLIB_TRY(joblib_builder__check(builder, item, "the item", error));
    JOBLIB_TRY(check_list_index(index, list->count + 1, error));
    JOBLIB_TRY(append_item(builder, list, item, error));
    joblib_value **place = &list->items[index];
    memmove(place + 1, place, (list->count - 1 - index) * sizeof *place);
    *place = joblib_builder__given(item);
    return JOBLIB_OK;
}

static bool is_object_array(const joblib_value *value)
{
    return value->kind == JOBLIB_KIND_ARRAY && value->array->view.dtype->kind == 'O';
}

joblib_status joblib_builder_set_at(joblib_builder *builder, joblib_value *list,
                                    size_t index, const joblib_value *item,
                                    joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__check(builder, list, "the list", error));
    JOBLIB_TRY(joblib_builder__check(builder, item, "the item", error));
    if (is_object_array(list)) {
        JOBLIB_TRY(check_list_index(index, list->array->view.count, error));
        joblib_builder__set_element(list, index, joblib_builder__given(item));
        return JOBLIB_OK;
    }
    JOBLIB_TRY(check_list(builder, list, error));
    JOBLIB_TRY(check_list_index(index, list->count, error));
    list->items[index] = joblib_builder__given(item);
    joblib_builder__place(list, item);
    return JOBLIB_OK;
}

joblib_status joblib_builder_remove_at(joblib_builder *builder, joblib_value *list,
                                       size_t index, joblib_error *error)
{
    JOBLIB_TRY(check_list(builder, list, error));
    JOBLIB_TRY(check_list_index(index, list->count, error));
    joblib_value **place = &list->items[index];
    memmove(place, place + 1, (--list->count - index) * sizeof *place);
    return JOBLIB_OK;
}

#undef MAX_ITEMS
