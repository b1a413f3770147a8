/* OneHotEncoder, and the LabelBinarizer of networks. */
#include <string.h>

#include "base/try.h"
#include "template/derive.h"

static joblib_status put_text(struct joblib_template *made, const char *name,
                              const char *text, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_TRY(joblib_builder_text(made->builder, text, strlen(text), &value, error));
    joblib_template__put(made, name, value);
    return JOBLIB_OK;
}

joblib_status joblib_template__derive_label_binarizer(struct joblib_template *made,
                                                      joblib_error *error)
{
    bool is_binary = made->sizes[JOBLIB_TEMPLATE_CLASSES].count == 2;
    return put_text(made, "y_type_", is_binary ? "binary" : "multiclass", error);
}

/* How many categories each column has, and which of them is dropped: -1 for none. */
struct encoded_columns {
    int64_t *counts;
    int64_t *dropped;
    size_t count;
};

static joblib_status count_categories(struct joblib_template *made,
                                      struct encoded_columns *columns,
                                      joblib_error *error)
{
    joblib_value *categories;
    JOBLIB_TRY(joblib_template__get(made, "categories_", &categories, error));
    size_t count = columns->count = joblib_value_count(categories);
    JOBLIB_TRY(
        joblib_template__room(made, count, sizeof(int64_t), &columns->counts, error));
    JOBLIB_TRY(
        joblib_template__room(made, count, sizeof(int64_t), &columns->dropped, error));
    for (size_t i = 0; i < count; i++) {
        columns->counts[i] = (int64_t)joblib_value_count(joblib_value_at(categories, i));
        columns->dropped[i] = -1;
    }
    return JOBLIB_OK;
}

/* drop_idx_ as the caller gave it: for each column an index or None. */
static joblib_status read_drops(struct joblib_template *made, const joblib_value *given,
                                struct encoded_columns *columns, joblib_error *error)
{
    joblib_array view = JOBLIB_ARRAY_INIT;
    bool is_array = joblib_value_array(given, &view, NULL) == JOBLIB_OK;
    bool is_objects = is_array && joblib_dtype_kind(view.dtype) == 'O';
    size_t count;
    if (is_array && !is_objects)
        return joblib_template__ints(made, given, &columns->dropped, &count, error);
    for (size_t i = 0; i < columns->count; i++) {
        const joblib_value *item =
            is_objects ? joblib_array_object(&view, i) : joblib_value_at(given, i);
        if (joblib_value_kind(item) == JOBLIB_KIND_NONE) continue;
        if (joblib_value_as_int64(item, &columns->dropped[i], NULL) != JOBLIB_OK)
            return joblib_template__refuse(error, "drop_idx_",
                                           "item %zu is %s, expected int or None", i,
                                           joblib_template__kind_name(item));
    }
    return JOBLIB_OK;
}

/* What the parameter `drop` says where drop_idx_ is not given. */
static joblib_status follow_drop(const joblib_value *drop,
                                 struct encoded_columns *columns, joblib_error *error)
{
    const char *text = joblib_value_text(drop, NULL);
    bool is_first = text && strcmp(text, "first") == 0;
    bool is_binary = text && strcmp(text, "if_binary") == 0;
    if (!is_first && !is_binary)
        return joblib_template__refuse(error, "drop_idx_", "is missing, as drop is set");
    for (size_t i = 0; i < columns->count; i++)
        if (is_first || columns->counts[i] == 2) columns->dropped[i] = 0;
    return JOBLIB_OK;
}

static joblib_status check_drops(const struct encoded_columns *columns,
                                 joblib_error *error)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->dropped[i] < -1 || columns->dropped[i] >= columns->counts[i])
            return joblib_template__refuse(
                error, "drop_idx_", "item %zu is %lld, expected one of %lld categories",
                i, (long long)columns->dropped[i], (long long)columns->counts[i]);
    return JOBLIB_OK;
}

/* An array of integers before 0.23, of int and None since. */
static joblib_status make_drops(struct joblib_template *made,
                                const struct encoded_columns *columns, joblib_value **out,
                                joblib_error *error)
{
    joblib_value **items;
    int64_t shape[1] = {(int64_t)columns->count};
    if (made->release < JOBLIB_TEMPLATE_V0_23)
        return joblib_template__array(made->builder, JOBLIB_NUMBER_INT64,
                                      columns->dropped, shape, 1, out, error);
    JOBLIB_TRY(joblib_template__room(made, columns->count, sizeof *items, &items, error));
    for (size_t i = 0; i < columns->count; i++)
        JOBLIB_TRY(columns->dropped[i] < 0
                       ? joblib_builder_none(made->builder, &items[i], error)
                       : joblib_builder_int64(made->builder, columns->dropped[i],
                                              &items[i], error));
    return joblib_template__objects(made->builder, items, columns->count, out, error);
}

static joblib_status put_counts(struct joblib_template *made,
                                const struct encoded_columns *columns,
                                joblib_error *error)
{
    joblib_value *list, *count;
    JOBLIB_TRY(joblib_builder_list(made->builder, &list, error));
    for (size_t i = 0; i < columns->count; i++) {
        JOBLIB_TRY(joblib_builder_int64(made->builder,
                                        columns->counts[i] - (columns->dropped[i] >= 0),
                                        &count, error));
        JOBLIB_TRY(joblib_builder_append(made->builder, list, count, error));
    }
    joblib_template__put(made, "_n_features_outs", list);
    return JOBLIB_OK;
}

joblib_status joblib_template__derive_one_hot_encoder(struct joblib_template *made,
                                                      joblib_error *error)
{
    struct encoded_columns columns;
    joblib_value *drop, *given, *drops;
    JOBLIB_TRY(count_categories(made, &columns, error));
    JOBLIB_TRY(joblib_template__get(made, "drop", &drop, error));
    JOBLIB_TRY(joblib_template__get(made, "drop_idx_", &given, error));
    bool is_dropping = joblib_value_kind(drop) != JOBLIB_KIND_NONE;
    if (!is_dropping) {
        JOBLIB_TRY(joblib_builder_none(made->builder, &drops, error));
    } else {
        JOBLIB_TRY(given ? read_drops(made, given, &columns, error)
                         : follow_drop(drop, &columns, error));
        JOBLIB_TRY(check_drops(&columns, error));
        JOBLIB_TRY(make_drops(made, &columns, &drops, error));
    }
    joblib_template__put(made, "drop_idx_", drops);
    joblib_template__put(made, "_drop_idx_after_grouping", drops);
    return put_counts(made, &columns, error);
}
