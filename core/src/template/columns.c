/* ColumnTransformer: which columns go where. */
#include <string.h>

#include "base/try.h"
#include "template/composition.h"
#include "template/derive.h"

/* One transformer, or the remainder. */
struct column_branch {
    joblib_value *name;
    joblib_value *estimator; /**< as it was given */
    joblib_value *fitted;    /**< as it stands in transformers_ */
    joblib_value *columns;   /**< a list; NULL of a remainder that has none, before 1.0 */
    int64_t *indices;
    size_t count;
};

/* All of them: the remainder is the last one. */
struct column_branches {
    struct column_branch *items;
    size_t count;        /**< the remainder included */
    bool *used;          /**< by column of the input */
    joblib_value *names; /**< feature_names_in_, or NULL */
    bool is_by_name;     /**< all columns are named, none is numbered */
    bool has_names;      /**< some column is named */
};

static int64_t find_column_name(const joblib_value *names, const char *text)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    if (joblib_value_array(names, &view, NULL) != JOBLIB_OK) return -1;
    for (size_t i = 0; i < view.count; i++)
        if (joblib_template__is_text(joblib_array_object(&view, i), text))
            return (int64_t)i;
    return -1;
}

static joblib_status read_column_index(struct joblib_template *made,
                                       struct column_branches *all,
                                       const joblib_value *column, int64_t *out,
                                       joblib_error *error)
{
    const char *text = joblib_value_text(column, NULL);
    int64_t features = made->sizes[JOBLIB_TEMPLATE_FEATURES].count;
    if (text)
        *out = find_column_name(all->names, text);
    else if (joblib_value_kind(column) == JOBLIB_KIND_BOOL ||
             joblib_value_as_int64(column, out, NULL) != JOBLIB_OK)
        *out = -1;
    all->has_names |= text != NULL;
    all->is_by_name &= text != NULL;
    if (*out >= 0 && *out < features) return JOBLIB_OK;
    return joblib_template__refuse(
        error, "transformers", "a column is %s, expected %s",
        text ? "an unknown name" : joblib_template__kind_name(column),
        text ? "one of feature_names_in_" : "a name, or a number below n_features_in_");
}

static joblib_status read_indices(struct joblib_template *made,
                                  struct column_branches *all,
                                  struct column_branch *branch, joblib_error *error)
{
    if (joblib_value_kind(branch->columns) != JOBLIB_KIND_LIST)
        return joblib_template__refuse(error, "transformers",
                                       "columns are %s, expected list",
                                       joblib_template__kind_name(branch->columns));
    branch->count = joblib_value_count(branch->columns);
    JOBLIB_TRY(joblib_template__room(made, branch->count, sizeof(int64_t),
                                     &branch->indices, error));
    for (size_t i = 0; i < branch->count; i++) {
        JOBLIB_TRY(read_column_index(made, all, joblib_value_at(branch->columns, i),
                                     &branch->indices[i], error));
        all->used[branch->indices[i]] = true;
    }
    return JOBLIB_OK;
}

static joblib_status read_branches(struct joblib_template *made,
                                   const joblib_value *parts, struct column_branches *all,
                                   joblib_error *error)
{
    for (size_t i = 0; i + 1 < all->count; i++) {
        const joblib_value *part = joblib_value_at(parts, i);
        struct column_branch *branch = &all->items[i];
        JOBLIB_TRY(joblib_template__check_part(made, parts, i, "transformers", error));
        branch->name = joblib_template__own(joblib_value_at(part, 0));
        branch->estimator = joblib_template__own(joblib_value_at(part, 1));
        branch->columns = joblib_template__own(joblib_value_at(part, 2));
        JOBLIB_TRY(read_indices(made, all, branch, error));
    }
    return JOBLIB_OK;
}

static joblib_status append_int(struct joblib_template *made, joblib_value *list,
                                int64_t number, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_TRY(joblib_builder_int64(made->builder, number, &value, error));
    return joblib_builder_append(made->builder, list, value, error);
}

/* The columns of the remainder: by name since 1.7, if all others are. */
static joblib_status list_remainder(struct joblib_template *made,
                                    struct column_branches *all,
                                    struct column_branch *rest, joblib_error *error)
{
    joblib_array names = JOBLIB_ARRAY_INIT;
    bool is_named = made->release >= JOBLIB_TEMPLATE_V1_7 && all->is_by_name &&
                    joblib_value_array(all->names, &names, NULL) == JOBLIB_OK;
    JOBLIB_TRY(joblib_builder_list(made->builder, &rest->columns, error));
    for (size_t i = 0; i < rest->count; i++) {
        size_t index = (size_t)rest->indices[i];
        JOBLIB_TRY(is_named
                       ? joblib_builder_append(made->builder, rest->columns,
                                               joblib_template__own(
                                                   joblib_array_object(&names, index)),
                                               error)
                       : append_int(made, rest->columns, rest->indices[i], error));
    }
    if (rest->count == 0 && made->release < JOBLIB_TEMPLATE_V1_0)
        return joblib_builder_none(made->builder, &rest->columns, error);
    return JOBLIB_OK;
}

static joblib_status read_remainder(struct joblib_template *made,
                                    struct column_branches *all, joblib_error *error)
{
    struct column_branch *rest = &all->items[all->count - 1];
    size_t features = (size_t)made->sizes[JOBLIB_TEMPLATE_FEATURES].count;
    JOBLIB_TRY(joblib_builder_text(made->builder, "remainder", 9, &rest->name, error));
    JOBLIB_TRY(joblib_template__get(made, "remainder", &rest->estimator, error));
    if (!joblib_template__is_text(rest->estimator, "drop") &&
        !joblib_template__is_text(rest->estimator, "passthrough"))
        JOBLIB_TRY(
            joblib_template__check_version(made, rest->estimator, "remainder", error));
    JOBLIB_TRY(
        joblib_template__room(made, features, sizeof(int64_t), &rest->indices, error));
    for (size_t i = 0; i < features; i++)
        if (!all->used[i]) rest->indices[rest->count++] = (int64_t)i;
    return list_remainder(made, all, rest, error);
}

/* The names of a branch's columns, as an object array. */
static joblib_status pick_names(struct joblib_template *made,
                                const struct column_branches *all,
                                const struct column_branch *branch, joblib_value **out,
                                joblib_error *error)
{
    joblib_array names;
    joblib_value **items;
    *out = NULL;
    if (!all->names) return JOBLIB_OK;
    JOBLIB_TRY(joblib_value_array(all->names, &names, error));
    JOBLIB_TRY(joblib_template__room(made, branch->count, sizeof *items, &items, error));
    for (size_t i = 0; i < branch->count; i++)
        items[i] =
            joblib_template__own(joblib_array_object(&names, (size_t)branch->indices[i]));
    return joblib_template__objects(made->builder, items, branch->count, out, error);
}

/* Columns that are let through go through a FunctionTransformer since 1.2. It stands in
   transformers_ since 1.4, before that in a dict of its own. */
static joblib_status fit_branch(struct joblib_template *made,
                                const struct column_branches *all,
                                struct column_branch *branch, joblib_value *identities,
                                joblib_error *error)
{
    joblib_value *names, *identity;
    branch->fitted = branch->estimator;
    if (!joblib_template__is_text(branch->estimator, "passthrough") ||
        made->release < JOBLIB_TEMPLATE_V1_2 || branch->count == 0)
        return JOBLIB_OK;
    JOBLIB_TRY(pick_names(made, all, branch, &names, error));
    JOBLIB_TRY(joblib_template__make_identity(made, (int64_t)branch->count, names,
                                              &identity, error));
    if (made->release >= JOBLIB_TEMPLATE_V1_4) branch->fitted = identity;
    return joblib_builder_put(made->builder, identities, branch->name, identity, error);
}

static joblib_status fit_branches(struct joblib_template *made,
                                  struct column_branches *all, joblib_error *error)
{
    joblib_value *identities;
    JOBLIB_TRY(joblib_builder_dict(made->builder, &identities, error));
    for (size_t i = 0; i < all->count; i++)
        JOBLIB_TRY(fit_branch(made, all, &all->items[i], identities, error));
    joblib_template__put(made, "_name_to_fitted_passthrough", identities);
    return JOBLIB_OK;
}

static joblib_status make_branch(struct joblib_template *made,
                                 const struct column_branch *branch,
                                 joblib_value *estimator, joblib_value **out,
                                 joblib_error *error)
{
    joblib_value *items[3] = {branch->name, estimator, branch->columns};
    return joblib_template__tuple(made->builder, items, 3, out, error);
}

/* transformers_, _columns and _remainder. */
static joblib_status put_transformers(struct joblib_template *made,
                                      const struct column_branches *all,
                                      joblib_error *error)
{
    joblib_value *list, *columns, *tuple;
    const struct column_branch *rest = &all->items[all->count - 1];
    JOBLIB_TRY(joblib_builder_list(made->builder, &list, error));
    JOBLIB_TRY(joblib_builder_list(made->builder, &columns, error));
    for (const struct column_branch *branch = all->items; branch <= rest; branch++) {
        if (branch == rest && rest->count == 0) break;
        JOBLIB_TRY(make_branch(made, branch, branch->fitted, &tuple, error));
        JOBLIB_TRY(joblib_builder_append(made->builder, list, tuple, error));
        if (branch == rest) break;
        JOBLIB_TRY(joblib_builder_append(made->builder, columns, branch->columns, error));
    }
    JOBLIB_TRY(make_branch(made, rest, rest->estimator, &tuple, error));
    joblib_template__put(made, "transformers_", list);
    joblib_template__put(made, "_columns", columns);
    joblib_template__put(made, "_remainder", tuple);
    return JOBLIB_OK;
}

static joblib_status put_indices(struct joblib_template *made,
                                 const struct column_branches *all, joblib_error *error)
{
    joblib_value *dict, *list;
    JOBLIB_TRY(joblib_builder_dict(made->builder, &dict, error));
    for (size_t i = 0; i < all->count; i++) {
        const struct column_branch *branch = &all->items[i];
        JOBLIB_TRY(joblib_builder_list(made->builder, &list, error));
        for (size_t k = 0; k < branch->count; k++)
            JOBLIB_TRY(append_int(made, list, branch->indices[k], error));
        JOBLIB_TRY(joblib_builder_put(made->builder, dict, branch->name, list, error));
    }
    joblib_template__put(made, "_transformer_to_input_indices", dict);
    return JOBLIB_OK;
}

static joblib_status make_slice(struct joblib_template *made, int64_t start, int64_t stop,
                                joblib_value **out, joblib_error *error)
{
    joblib_value *class, *items[3], *arguments;
    JOBLIB_TRY(joblib_builder_global(made->builder, "builtins", "slice", &class, error));
    JOBLIB_TRY(joblib_builder_int64(made->builder, start, &items[0], error));
    JOBLIB_TRY(joblib_builder_int64(made->builder, stop, &items[1], error));
    JOBLIB_TRY(joblib_builder_none(made->builder, &items[2], error));
    JOBLIB_TRY(joblib_template__tuple(made->builder, items, 3, &arguments, error));
    return joblib_builder_object(made->builder, JOBLIB_FORM_REDUCE, class, arguments,
                                 NULL, out, error);
}

static int64_t width_of_branch(const struct column_branch *branch)
{
    return branch->count
               ? joblib_template__width(branch->estimator, (int64_t)branch->count)
               : 0;
}

/* Adds the slices of those that give columns, or of the others. */
static joblib_status fill_slices(struct joblib_template *made,
                                 const struct column_branches *all, bool is_empty,
                                 joblib_value *dict, joblib_error *error)
{
    joblib_value *slice;
    int64_t start = 0;
    for (size_t i = 0; i < all->count; i++) {
        int64_t width = width_of_branch(&all->items[i]);
        if ((width == 0) != is_empty) continue;
        JOBLIB_TRY(make_slice(made, start, start + width, &slice, error));
        JOBLIB_TRY(
            joblib_builder_put(made->builder, dict, all->items[i].name, slice, error));
        start += width;
    }
    return JOBLIB_OK;
}

/* output_indices_ is left out where the width of a transformer is not known: only the
   names of results and set_output() need it. */
static joblib_status put_slices(struct joblib_template *made,
                                const struct column_branches *all, joblib_error *error)
{
    joblib_value *dict;
    for (size_t i = 0; i < all->count; i++)
        if (width_of_branch(&all->items[i]) < 0) return JOBLIB_OK;
    JOBLIB_TRY(joblib_builder_dict(made->builder, &dict, error));
    JOBLIB_TRY(fill_slices(made, all, false, dict, error));
    JOBLIB_TRY(fill_slices(made, all, true, dict, error));
    joblib_template__put(made, "output_indices_", dict);
    return JOBLIB_OK;
}

static joblib_status put_flags(struct joblib_template *made,
                               const struct column_branches *all, joblib_error *error)
{
    joblib_value *truth;
    JOBLIB_TRY(joblib_builder_bool(made->builder, all->has_names, &truth, error));
    joblib_template__put(made, "_has_str_cols", truth);
    return JOBLIB_OK;
}

joblib_status joblib_template__derive_column_transformer(struct joblib_template *made,
                                                         joblib_error *error)
{
    joblib_value *parts;
    struct column_branches all = {.is_by_name = true};
    size_t features = (size_t)made->sizes[JOBLIB_TEMPLATE_FEATURES].count;
    JOBLIB_TRY(joblib_template__get(made, "transformers", &parts, error));
    JOBLIB_TRY(joblib_template__get(made, "feature_names_in_", &all.names, error));
    all.count = joblib_value_count(parts) + 1;
    JOBLIB_TRY(
        joblib_template__room(made, all.count, sizeof *all.items, &all.items, error));
    memset(all.items, 0, all.count * sizeof *all.items);
    JOBLIB_TRY(joblib_template__room(made, features, sizeof(bool), &all.used, error));
    memset(all.used, 0, features);
    JOBLIB_TRY(read_branches(made, parts, &all, error));
    JOBLIB_TRY(read_remainder(made, &all, error));
    JOBLIB_TRY(fit_branches(made, &all, error));
    JOBLIB_TRY(put_transformers(made, &all, error));
    JOBLIB_TRY(put_indices(made, &all, error));
    JOBLIB_TRY(put_slices(made, &all, error));
    return put_flags(made, &all, error);
}
