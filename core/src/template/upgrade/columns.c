/* ColumnTransformer: what lets columns through, and how its columns are told. */
#include <string.h>

#include "base/try.h"
#include "template/composition.h"
#include "template/upgrade/column_lists.h"
#include "template/upgrade/rules.h"

typedef struct joblib_upgrade__estimator columns_view;

struct columns_rule {
    const columns_view *estimator;
    struct joblib_upgrade__table table;
    joblib_value *identities; /* what lets columns through, by name */
    joblib_value *numbers;    /* of columns, by name: _transformer_to_input_indices */
};

/* Names of columns: an attribute since 0.22, before that an index of pandas. */
static const joblib_value *find_column_names(const columns_view *estimator)
{
    const joblib_value *names = joblib_upgrade__get(estimator, "feature_names_in_");
    if (!names) names = joblib_upgrade__get(estimator, "_feature_names_in");
    if (joblib_value_kind(names) == JOBLIB_KIND_ARRAY) return names;
    const joblib_value *index = joblib_upgrade__get(estimator, "_df_columns");
    names = joblib_value_find(joblib_value_at(joblib_value_arguments(index), 1), "data");
    return joblib_value_kind(names) == JOBLIB_KIND_ARRAY ? names : NULL;
}

static joblib_status number_branch(const struct columns_rule *rule,
                                   const joblib_value *columns, int64_t **out,
                                   size_t *count, joblib_error *error)
{
    bool known;
    JOBLIB_TRY(
        joblib_upgrade__number_columns(&rule->table, columns, &known, out, count, error));
    if (known) return JOBLIB_OK;
    return joblib_upgrade__refuse(
        error, "transformers_",
        "columns that cannot be numbered: a kind of columns without "
        "rule, or a name that feature_names_in_ does not have");
}

static joblib_status list_numbers(const struct columns_rule *rule, const int64_t *numbers,
                                  size_t count, joblib_value **out, joblib_error *error)
{
    joblib_value *number;
    joblib_builder *builder = rule->estimator->builder;
    JOBLIB_TRY(joblib_builder_list(builder, out, error));
    for (size_t i = 0; i < count; i++) {
        JOBLIB_TRY(joblib_builder_int64(builder, numbers[i], &number, error));
        JOBLIB_TRY(joblib_builder_append(builder, *out, number, error));
    }
    return JOBLIB_OK;
}

/* The names of some columns; NULL where there are none. */
static joblib_status name_columns(const struct columns_rule *rule, const int64_t *numbers,
                                  size_t count, joblib_value **out, joblib_error *error)
{
    joblib_array names;
    joblib_value **items;
    *out = NULL;
    if (!rule->table.names ||
        joblib_value_array(rule->table.names, &names, NULL) != JOBLIB_OK)
        return JOBLIB_OK;
    JOBLIB_TRY(
        joblib_template__room(rule->table.made, count, sizeof *items, &items, error));
    for (size_t i = 0; i < count; i++) {
        if ((size_t)numbers[i] >= names.count) return JOBLIB_OK;
        items[i] = joblib_template__own(joblib_array_object(&names, (size_t)numbers[i]));
    }
    return joblib_template__objects(rule->estimator->builder, items, count, out, error);
}

/* Whether the user gave "passthrough" for a branch; `name` is a text. */
static bool is_given_through(const columns_view *estimator, const joblib_value *name)
{
    const char *text = joblib_value_text(name, NULL);
    const joblib_value *parts = joblib_upgrade__get(estimator, "transformers");
    if (text && strcmp(text, "remainder") == 0)
        return joblib_template__is_text(joblib_upgrade__get(estimator, "remainder"),
                                        "passthrough");
    for (size_t i = 0; text && i < joblib_value_count(parts); i++) {
        const joblib_value *part = joblib_value_at(parts, i);
        if (joblib_template__is_text(joblib_value_at(part, 0), text))
            return joblib_template__is_text(joblib_value_at(part, 1), "passthrough");
    }
    return false;
}

/* The FunctionTransformer of a branch: the one that is there, or a new one. */
static joblib_status find_through(const struct columns_rule *rule,
                                  const joblib_value *name, const joblib_value *columns,
                                  joblib_value **out, joblib_error *error)
{
    int64_t *numbers;
    size_t count;
    joblib_value *names;
    const char *text = joblib_value_text(name, NULL);
    const joblib_value *there =
        joblib_upgrade__get(rule->estimator, "_name_to_fitted_passthrough");
    *out = joblib_template__own(text ? joblib_value_find(there, text) : NULL);
    if (*out) return JOBLIB_OK;
    JOBLIB_TRY(number_branch(rule, columns, &numbers, &count, error));
    if (count == 0) return JOBLIB_OK;
    JOBLIB_TRY(name_columns(rule, numbers, count, &names, error));
    return joblib_template__make_identity(rule->table.made, (int64_t)count, names, out,
                                          error);
}

/* "passthrough" of a fitted branch is a FunctionTransformer since 1.4; in 1.2 and 1.3 that
   stands in a dict beside it. */
static joblib_status map_estimator(const struct columns_rule *rule,
                                   const joblib_value *name, joblib_value **estimator,
                                   const joblib_value *columns, joblib_error *error)
{
    joblib_value *identity = NULL;
    unsigned target = rule->estimator->target;
    if (!is_given_through(rule->estimator, name)) return JOBLIB_OK;
    bool is_text = joblib_template__is_text(*estimator, "passthrough");
    if (!is_text) identity = *estimator;
    if (target < JOBLIB_TEMPLATE_V1_4 && !is_text)
        JOBLIB_TRY(joblib_builder_text(rule->estimator->builder, "passthrough", 11,
                                       estimator, error));
    if (target < JOBLIB_TEMPLATE_V1_2) return JOBLIB_OK;
    if (!identity) JOBLIB_TRY(find_through(rule, name, columns, &identity, error));
    if (!identity) return JOBLIB_OK;
    if (target >= JOBLIB_TEMPLATE_V1_4) *estimator = identity;
    return joblib_builder_put(rule->estimator->builder, rule->identities, name, identity,
                              error);
}

/* Columns of the remainder are numbers before 1.7, in a class of their own in 1.5 and 1.6. */
static joblib_status map_columns(const struct columns_rule *rule, bool is_remainder,
                                 joblib_value **columns, joblib_error *error)
{
    int64_t *numbers;
    size_t count;
    *columns = joblib_upgrade__plain_columns(*columns);
    if (!is_remainder || rule->estimator->target >= JOBLIB_TEMPLATE_V1_7 ||
        !joblib_upgrade__are_named(*columns))
        return JOBLIB_OK;
    JOBLIB_TRY(number_branch(rule, *columns, &numbers, &count, error));
    return list_numbers(rule, numbers, count, columns, error);
}

static joblib_status note_numbers(const struct columns_rule *rule,
                                  const joblib_value *name, const joblib_value *columns,
                                  joblib_error *error)
{
    int64_t *numbers;
    size_t count;
    joblib_value *list;
    if (!joblib_upgrade__gains(rule->estimator, JOBLIB_TEMPLATE_V1_0)) return JOBLIB_OK;
    JOBLIB_TRY(number_branch(rule, columns, &numbers, &count, error));
    JOBLIB_TRY(list_numbers(rule, numbers, count, &list, error));
    return joblib_builder_put(rule->estimator->builder, rule->numbers, name, list, error);
}

static bool is_name_of_remainder(const joblib_value *name)
{
    return joblib_template__is_text(name, "remainder");
}

/* (name, estimator, columns) as the target has it. */
static joblib_status map_branch(const struct columns_rule *rule,
                                const joblib_value *branch, joblib_value **out,
                                joblib_error *error)
{
    joblib_value *items[3];
    for (size_t i = 0; i < 3; i++)
        items[i] = joblib_template__own(joblib_value_at(branch, i));
    if (!items[2])
        return joblib_upgrade__refuse(error, "transformers_",
                                      "an item is no tuple of three");
    JOBLIB_TRY(map_columns(rule, is_name_of_remainder(items[0]), &items[2], error));
    JOBLIB_TRY(map_estimator(rule, items[0], &items[1], items[2], error));
    JOBLIB_TRY(note_numbers(rule, items[0], items[2], error));
    return joblib_template__tuple(rule->estimator->builder, items, 3, out, error);
}

static joblib_status map_branches(const struct columns_rule *rule, joblib_error *error)
{
    joblib_value *tuple;
    joblib_value *branches = joblib_upgrade__get(rule->estimator, "transformers_");
    for (size_t i = 0; i < joblib_value_count(branches); i++) {
        JOBLIB_TRY(map_branch(rule, joblib_value_at(branches, i), &tuple, error));
        JOBLIB_TRY(
            joblib_builder_set_at(rule->estimator->builder, branches, i, tuple, error));
    }
    return JOBLIB_OK;
}

/* A remainder without columns has None before 1.0, an empty list since. */
static joblib_status map_remainder(const struct columns_rule *rule, joblib_error *error)
{
    joblib_value *items[3], *tuple;
    const columns_view *estimator = rule->estimator;
    const joblib_value *remainder = joblib_upgrade__get(estimator, "_remainder");
    for (size_t i = 0; i < 3; i++)
        items[i] = joblib_template__own(joblib_value_at(remainder, i));
    if (!items[2]) return JOBLIB_OK;
    JOBLIB_TRY(map_columns(rule, true, &items[2], error));
    bool is_empty = joblib_value_kind(items[2]) == JOBLIB_KIND_NONE ||
                    (joblib_value_kind(items[2]) == JOBLIB_KIND_LIST &&
                     joblib_value_count(items[2]) == 0);
    if (is_empty && estimator->target < JOBLIB_TEMPLATE_V1_0)
        JOBLIB_TRY(joblib_builder_none(estimator->builder, &items[2], error));
    else if (is_empty)
        JOBLIB_TRY(joblib_builder_list(estimator->builder, &items[2], error));
    JOBLIB_TRY(note_numbers(rule, items[0], items[2], error));
    JOBLIB_TRY(joblib_template__tuple(estimator->builder, items, 3, &tuple, error));
    return joblib_upgrade__set(estimator, "_remainder", tuple, error);
}

/* feature_names_in_ is there only if there are names, since 1.0. */
static joblib_status map_names(const struct columns_rule *rule, joblib_error *error)
{
    const columns_view *estimator = rule->estimator;
    JOBLIB_TRY(joblib_upgrade__remove(estimator, "_df_columns", error));
    if (!rule->table.names) return JOBLIB_OK;
    if (joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_0))
        return joblib_upgrade__set(estimator, "feature_names_in_", rule->table.names,
                                   error);
    if (estimator->target < JOBLIB_TEMPLATE_V0_22 ||
        estimator->target >= JOBLIB_TEMPLATE_V1_0)
        return JOBLIB_OK;
    return joblib_upgrade__set(estimator, "_feature_names_in", rule->table.names, error);
}

/* Whether a transformer's columns are named, which 0.23 and 0.24 tell. */
static joblib_status map_flag(const columns_view *estimator, joblib_error *error)
{
    joblib_value *truth;
    bool has_names = false;
    const joblib_value *columns = joblib_upgrade__get(estimator, "_columns");
    if (estimator->target != JOBLIB_TEMPLATE_V0_23 &&
        estimator->target != JOBLIB_TEMPLATE_V0_24)
        return JOBLIB_OK;
    for (size_t i = 0; i < joblib_value_count(columns); i++)
        has_names |= joblib_upgrade__are_named(joblib_value_at(columns, i));
    JOBLIB_TRY(joblib_builder_bool(estimator->builder, has_names, &truth, error));
    return joblib_upgrade__set(estimator, "_has_str_cols", truth, error);
}

static joblib_status map_all(struct columns_rule *rule, joblib_error *error)
{
    const columns_view *estimator = rule->estimator;
    joblib_builder *builder = estimator->builder;
    JOBLIB_TRY(joblib_builder_dict(builder, &rule->identities, error));
    JOBLIB_TRY(joblib_builder_dict(builder, &rule->numbers, error));
    JOBLIB_TRY(map_branches(rule, error));
    JOBLIB_TRY(map_remainder(rule, error));
    if (estimator->target >= JOBLIB_TEMPLATE_V1_2)
        JOBLIB_TRY(joblib_upgrade__set(estimator, "_name_to_fitted_passthrough",
                                       rule->identities, error));
    if (joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_0))
        JOBLIB_TRY(joblib_upgrade__set(estimator, "_transformer_to_input_indices",
                                       rule->numbers, error));
    JOBLIB_TRY(map_names(rule, error));
    return map_flag(estimator, error);
}

joblib_status joblib_upgrade__rule_columns(const columns_view *estimator,
                                           joblib_error *error)
{
    struct columns_rule rule = {.estimator = estimator};
    const joblib_value *features = joblib_upgrade__get(estimator, "n_features_in_");
    if (!features) features = joblib_upgrade__get(estimator, "_n_features");
    if (!joblib_upgrade__get(estimator, "transformers_")) return JOBLIB_OK;
    rule.table = (struct joblib_upgrade__table){NULL, find_column_names(estimator), -1};
    if (joblib_value_as_int64(features, &rule.table.features, NULL) != JOBLIB_OK)
        rule.table.features = -1;
    JOBLIB_TRY(joblib_template_new(estimator->builder, "ColumnTransformer",
                                   estimator->run->version, &rule.table.made, error));
    joblib_status status = map_all(&rule, error);
    joblib_template_free(rule.table.made);
    return status;
}
