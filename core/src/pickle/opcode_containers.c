/* Opcodes that make and fill tuples, lists, dicts and sets. */
#include <string.h>

#include "pickle/opcodes.h"
#include "pickle/stack.h"

/* Tuples */

joblib_status joblib_pickle__make_tuple(joblib_pickle__machine *machine,
                                        joblib_value *const *items, size_t count,
                                        joblib_value **out, joblib_error *error)
{
    joblib_value *tuple = joblib_value__new_tuple(machine->document, count);
    if (!tuple) return joblib_pickle__exhausted(machine, count * sizeof *items, error);
    for (size_t i = 0; i < count; i++) {
        tuple->items[i] = items[i];
        if (!joblib_value__is_hashable(items[i])) tuple->flags = JOBLIB_VALUE_NO_KEY;
        JOBLIB_TRY(joblib_pickle__nest(machine, tuple, items[i], error));
    }
    *out = tuple;
    return JOBLIB_OK;
}

/* Replaces the top `count` values by a tuple of them. */
static joblib_status fold_tuple(joblib_pickle__machine *machine, size_t count,
                                joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, count, error));
    joblib_value *tuple = NULL;
    joblib_value **items = machine->stack + machine->stack_count - count;
    JOBLIB_TRY(joblib_pickle__make_tuple(machine, items, count, &tuple, error));
    machine->stack_count -= count;
    return joblib_pickle__push(machine, tuple, error);
}

joblib_status joblib_pickle__op_empty_tuple(joblib_pickle__machine *machine,
                                            joblib_error *error)
{
    return joblib_pickle__push(machine, joblib_value__new_tuple(machine->document, 0),
                               error);
}

joblib_status joblib_pickle__op_tuple1(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    return fold_tuple(machine, 1, error);
}

joblib_status joblib_pickle__op_tuple2(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    return fold_tuple(machine, 2, error);
}

joblib_status joblib_pickle__op_tuple3(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    return fold_tuple(machine, 3, error);
}

joblib_status joblib_pickle__op_tuple(joblib_pickle__machine *machine,
                                      joblib_error *error)
{
    joblib_value **items, *tuple = NULL;
    size_t count;
    JOBLIB_TRY(joblib_pickle__pop_mark(machine, &items, &count, error));
    JOBLIB_TRY(joblib_pickle__make_tuple(machine, items, count, &tuple, error));
    return joblib_pickle__push(machine, tuple, error);
}

/* Lists */

joblib_status joblib_pickle__op_empty_list(joblib_pickle__machine *machine,
                                           joblib_error *error)
{
    joblib_value *list = joblib_value__new(machine->document, JOBLIB_KIND_LIST);
    return joblib_pickle__push(machine, list, error);
}

static joblib_status fail_target(const char *action, const joblib_value *target,
                                 joblib_error *error)
{
    return joblib_base__set_error(error, JOBLIB_ERROR_TYPE, "%s a %s", action,
                                  joblib_kind_name(target->kind));
}

/* The list that APPENDS fills: the value itself, or the items of an object. */
static joblib_status find_list(joblib_pickle__machine *machine, joblib_value *target,
                               joblib_value **out, joblib_error *error)
{
    *out = target;
    if (target->kind == JOBLIB_KIND_LIST) return JOBLIB_OK;
    if (target->kind != JOBLIB_KIND_OBJECT)
        return fail_target("items for", target, error);
    if (!target->object->items)
        target->object->items = joblib_value__new(machine->document, JOBLIB_KIND_LIST);
    *out = target->object->items;
    return *out ? JOBLIB_OK : joblib_pickle__exhausted(machine, sizeof **out, error);
}

static joblib_status append_items(joblib_pickle__machine *machine, joblib_value *target,
                                  joblib_value *const *items, size_t count,
                                  joblib_error *error)
{
    joblib_value *list;
    JOBLIB_TRY(find_list(machine, target, &list, error));
    for (size_t i = 0; i < count; i++)
        JOBLIB_TRY(joblib_pickle__nest(machine, target, items[i], error));
    if (joblib_value__append(machine->document, list, items, count)) return JOBLIB_OK;
    return joblib_pickle__exhausted(machine, (list->count + count) * sizeof *items,
                                    error);
}

joblib_status joblib_pickle__op_append(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, 2, error));
    joblib_value *item = joblib_pickle__peek(machine, 0);
    machine->stack_count--;
    return append_items(machine, joblib_pickle__peek(machine, 0), &item, 1, error);
}

joblib_status joblib_pickle__op_appends(joblib_pickle__machine *machine,
                                        joblib_error *error)
{
    joblib_value **items;
    size_t count;
    JOBLIB_TRY(joblib_pickle__pop_mark(machine, &items, &count, error));
    JOBLIB_TRY(joblib_pickle__require(machine, 1, error));
    return append_items(machine, joblib_pickle__peek(machine, 0), items, count, error);
}

joblib_status joblib_pickle__op_list(joblib_pickle__machine *machine, joblib_error *error)
{
    joblib_value **items;
    size_t count;
    JOBLIB_TRY(joblib_pickle__pop_mark(machine, &items, &count, error));
    joblib_value *list = joblib_value__new(machine->document, JOBLIB_KIND_LIST);
    if (!list) return joblib_pickle__exhausted(machine, sizeof *list, error);
    JOBLIB_TRY(append_items(machine, list, items, count, error));
    return joblib_pickle__push(machine, list, error);
}

/* Dicts */

joblib_status joblib_pickle__op_empty_dict(joblib_pickle__machine *machine,
                                           joblib_error *error)
{
    joblib_value *dict = joblib_value__new_mapping(machine->document, JOBLIB_KIND_DICT);
    return joblib_pickle__push(machine, dict, error);
}

static joblib_status find_dict(joblib_pickle__machine *machine, joblib_value *target,
                               joblib_value **out, joblib_error *error)
{
    *out = target;
    if (target->kind == JOBLIB_KIND_DICT) return JOBLIB_OK;
    if (target->kind != JOBLIB_KIND_OBJECT)
        return fail_target("entries for", target, error);
    if (!target->object->entries)
        target->object->entries =
            joblib_value__new_mapping(machine->document, JOBLIB_KIND_DICT);
    *out = target->object->entries;
    return *out ? JOBLIB_OK : joblib_pickle__exhausted(machine, sizeof **out, error);
}

/* Adds one key, with its value or, in a set, NULL. */
static joblib_status add_entry(joblib_pickle__machine *machine, joblib_value *mapping,
                               joblib_value *key, joblib_value *value,
                               joblib_error *error)
{
    JOBLIB_REQUIRE(joblib_value__is_hashable(key), JOBLIB_ERROR_TYPE,
                   "a %s cannot be a key of a dict or an item of a set",
                   joblib_kind_name(key->kind));
    JOBLIB_TRY(joblib_pickle__nest(machine, mapping, key, error));
    if (value) JOBLIB_TRY(joblib_pickle__nest(machine, mapping, value, error));
    if (joblib_value__set(machine->document, mapping, key, value)) return JOBLIB_OK;
    return joblib_pickle__exhausted(machine, mapping->mapping->count * 2 * sizeof(void *),
                                    error);
}

static joblib_status set_entries(joblib_pickle__machine *machine, joblib_value *target,
                                 joblib_value *const *items, size_t count,
                                 joblib_error *error)
{
    joblib_value *dict;
    JOBLIB_REQUIRE(count % 2 == 0, JOBLIB_ERROR_STACK, "%zu keys and values, not pairs",
                   count);
    JOBLIB_TRY(find_dict(machine, target, &dict, error));
    for (size_t i = 0; i < count; i += 2)
        JOBLIB_TRY(add_entry(machine, dict, items[i], items[i + 1], error));
    return target == dict ? JOBLIB_OK : joblib_pickle__nest(machine, target, dict, error);
}

joblib_status joblib_pickle__op_setitem(joblib_pickle__machine *machine,
                                        joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, 3, error));
    joblib_value *pair[] = {joblib_pickle__peek(machine, 1),
                            joblib_pickle__peek(machine, 0)};
    machine->stack_count -= 2;
    return set_entries(machine, joblib_pickle__peek(machine, 0), pair, 2, error);
}

joblib_status joblib_pickle__op_setitems(joblib_pickle__machine *machine,
                                         joblib_error *error)
{
    joblib_value **items;
    size_t count;
    JOBLIB_TRY(joblib_pickle__pop_mark(machine, &items, &count, error));
    JOBLIB_TRY(joblib_pickle__require(machine, 1, error));
    return set_entries(machine, joblib_pickle__peek(machine, 0), items, count, error);
}

joblib_status joblib_pickle__op_dict(joblib_pickle__machine *machine, joblib_error *error)
{
    joblib_value **items;
    size_t count;
    JOBLIB_TRY(joblib_pickle__pop_mark(machine, &items, &count, error));
    joblib_value *dict = joblib_value__new_mapping(machine->document, JOBLIB_KIND_DICT);
    if (!dict) return joblib_pickle__exhausted(machine, sizeof *dict, error);
    JOBLIB_TRY(set_entries(machine, dict, items, count, error));
    return joblib_pickle__push(machine, dict, error);
}

/* Sets */

static joblib_status add_items(joblib_pickle__machine *machine, joblib_value *set,
                               joblib_value *const *items, size_t count,
                               joblib_error *error)
{
    for (size_t i = 0; i < count; i++)
        JOBLIB_TRY(add_entry(machine, set, items[i], NULL, error));
    return JOBLIB_OK;
}

joblib_status joblib_pickle__op_empty_set(joblib_pickle__machine *machine,
                                          joblib_error *error)
{
    joblib_value *set = joblib_value__new_mapping(machine->document, JOBLIB_KIND_SET);
    return joblib_pickle__push(machine, set, error);
}

joblib_status joblib_pickle__op_additems(joblib_pickle__machine *machine,
                                         joblib_error *error)
{
    joblib_value **items;
    size_t count;
    JOBLIB_TRY(joblib_pickle__pop_mark(machine, &items, &count, error));
    JOBLIB_TRY(joblib_pickle__require(machine, 1, error));
    joblib_value *set = joblib_pickle__peek(machine, 0);
    if (set->kind != JOBLIB_KIND_SET)
        return fail_target("items of a set for", set, error);
    return add_items(machine, set, items, count, error);
}

joblib_status joblib_pickle__op_frozenset(joblib_pickle__machine *machine,
                                          joblib_error *error)
{
    joblib_value **items;
    size_t count;
    JOBLIB_TRY(joblib_pickle__pop_mark(machine, &items, &count, error));
    joblib_value *set =
        joblib_value__new_mapping(machine->document, JOBLIB_KIND_FROZENSET);
    if (!set) return joblib_pickle__exhausted(machine, sizeof *set, error);
    JOBLIB_TRY(add_items(machine, set, items, count, error));
    return joblib_pickle__push(machine, set, error);
}
