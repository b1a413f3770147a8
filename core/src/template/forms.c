/* Forms: reading them, choosing the alternative, checking and converting a given value.
   */
#include "template/forms.h"

#include <string.h>

#include "base/try.h"
#include "template/look.h"

struct form;

/* What a word of forms stands for. */
struct form_type {
    const char *word;
    bool (*fits)(const struct joblib_template__look *look);
    joblib_status (*convert)(struct joblib_template *made,
                             const struct joblib_template__look *look, const char *name,
                             joblib_value **out, joblib_error *error);
};

/* One alternative of a form. */
struct form {
    const struct form_type *type;
    size_t ndim;
    int sizes[JOBLIB_TEMPLATE_MAX_NDIM];
};

static bool is_none(const struct joblib_template__look *look)
{
    return joblib_value_kind(look->value) == JOBLIB_KIND_NONE;
}

static bool is_integral(const struct joblib_template__look *look)
{
    int64_t number;
    if (!look->is_array)
        return joblib_value_as_int64(look->leaf, &number, NULL) == JOBLIB_OK;
    char kind = joblib_dtype_kind(look->view.dtype);
    return kind == 'i' || kind == 'u' || kind == 'b';
}

static bool is_bool(const struct joblib_template__look *look)
{
    bool truth;
    return joblib_value_as_bool(look->value, &truth, NULL) == JOBLIB_OK;
}

static bool is_label(const struct joblib_template__look *look)
{
    return joblib_template__is_numeric(look) || joblib_template__is_textual(look);
}

static bool is_list(const struct joblib_template__look *look)
{
    joblib_kind kind = joblib_value_kind(look->value);
    return kind == JOBLIB_KIND_LIST || kind == JOBLIB_KIND_TUPLE;
}

static bool is_list_or_array(const struct joblib_template__look *look)
{
    return look->is_array || is_list(look);
}

static joblib_status keep_value(struct joblib_template *made,
                                const struct joblib_template__look *look,
                                const char *name, joblib_value **out, joblib_error *error)
{
    (void)made;
    (void)name;
    (void)error;
    *out = joblib_template__own(look->value);
    return JOBLIB_OK;
}

/* A number alone is written as numpy's float64, whose class scikit-learn gives. */
static joblib_status convert_real(struct joblib_template *made,
                                  const struct joblib_template__look *look,
                                  const char *name, joblib_value **out,
                                  joblib_error *error)
{
    double number;
    if (look->ndim) return joblib_template__make_reals(made, look, name, out, error);
    if (joblib_value_kind(look->value) == JOBLIB_KIND_SCALAR)
        return keep_value(made, look, name, out, error);
    JOBLIB_TRY(joblib_value_as_float64(look->value, &number, error));
    return joblib_template__float64_scalar(made->builder, number, out, error);
}

static joblib_status convert_int(struct joblib_template *made,
                                 const struct joblib_template__look *look,
                                 const char *name, joblib_value **out,
                                 joblib_error *error)
{
    int64_t number;
    if (look->ndim) return joblib_template__make_ints(made, look, name, out, error);
    JOBLIB_TRY(joblib_value_as_int64(look->value, &number, error));
    return joblib_builder_int64(made->builder, number, out, error);
}

/* Makes a list of the items, each converted. */
static joblib_status convert_items(struct joblib_template *made,
                                   const struct joblib_template__look *look,
                                   const char *name, const struct form *item_form,
                                   joblib_value **out, joblib_error *error)
{
    joblib_value *list, *made_item;
    JOBLIB_TRY(joblib_builder_list(made->builder, &list, error));
    for (size_t i = 0; i < joblib_value_count(look->value); i++) {
        char told[JOBLIB_TEMPLATE_LOOK_SIZE];
        struct joblib_template__look item;
        joblib_template__look_at(joblib_value_at(look->value, i), &item);
        if (item.ndim != item_form->ndim || !item_form->type->fits(&item))
            return joblib_template__refuse(
                error, name, "item %zu is %s, expected %s of %zu dimensions", i,
                joblib_template__tell_look(&item, told), item_form->type->word,
                item_form->ndim);
        JOBLIB_TRY(item_form->type->convert(made, &item, name, &made_item, error));
        JOBLIB_TRY(joblib_builder_append(made->builder, list, made_item, error));
    }
    *out = list;
    return JOBLIB_OK;
}

static const struct form_type real_type = {"real", joblib_template__is_numeric,
                                           convert_real};

static joblib_status convert_matrices(struct joblib_template *made,
                                      const struct joblib_template__look *look,
                                      const char *name, joblib_value **out,
                                      joblib_error *error)
{
    static const struct form matrix = {&real_type, 2, {0}};
    return convert_items(made, look, name, &matrix, out, error);
}

static joblib_status convert_vectors(struct joblib_template *made,
                                     const struct joblib_template__look *look,
                                     const char *name, joblib_value **out,
                                     joblib_error *error)
{
    static const struct form vector = {&real_type, 1, {0}};
    return convert_items(made, look, name, &vector, out, error);
}

/* Texts of categories are Python's, as where a data frame was encoded. */
static joblib_status convert_category(struct joblib_template *made,
                                      const struct joblib_template__look *look,
                                      const char *name, joblib_value **out,
                                      joblib_error *error)
{
    if (!joblib_template__is_textual(look))
        return joblib_template__make_labels(made, look, name, out, error);
    JOBLIB_TRY(joblib_template__make_objects(made, look, name, out, error));
    return joblib_template__check_ascending(made, *out, name, error);
}

static const struct form_type category_type = {"labels", is_label, convert_category};

static joblib_status convert_categories(struct joblib_template *made,
                                        const struct joblib_template__look *look,
                                        const char *name, joblib_value **out,
                                        joblib_error *error)
{
    static const struct form category = {&category_type, 1, {0}};
    return convert_items(made, look, name, &category, out, error);
}

static const struct form_type form_types[] = {
    {"none", is_none, keep_value},
    {"real", joblib_template__is_numeric, convert_real},
    {"int", is_integral, convert_int},
    {"size", is_integral, convert_int},
    {"scalar", is_integral, convert_int},
    {"bool", is_bool, keep_value},
    {"labels", is_label, joblib_template__make_labels},
    {"objects", joblib_template__is_textual, joblib_template__make_objects},
    {"names", joblib_template__is_textual, joblib_template__make_objects},
    {"values", joblib_template__is_numeric, convert_real},
    {"categories", is_list, convert_categories},
    {"drops", is_list_or_array, keep_value},
    {"matrices", is_list, convert_matrices},
    {"vectors", is_list, convert_vectors},
    {"trees", is_list, keep_value},
    {"parts", is_list, keep_value},
    {"columns", is_list, keep_value},
    {"tuple", is_list, keep_value},
};

#define TYPE_COUNT (sizeof form_types / sizeof form_types[0])

/* Finds a word of `size` bytes among `count` rows; `count` if it is none of them. */
static size_t find_form_word(const char *text, size_t size, const char *(*word)(size_t),
                             size_t count)
{
    size_t i = 0;
    while (i < count && (strlen(word(i)) != size || memcmp(word(i), text, size) != 0))
        i++;
    JOBLIB_NEVER(i == count);
    return i;
}

static const char *type_word(size_t index)
{
    return form_types[index].word;
}

static const char *counted_word(size_t index)
{
    return joblib_template__size_word((int)index);
}

/* Reads one alternative; returns the text behind it and its bar, or NULL at the end. */
static const char *read_form(const char *text, struct form *out)
{
    size_t size = strcspn(text, "[|");
    *out = (struct form){0};
    out->type = &form_types[find_form_word(text, size, type_word, TYPE_COUNT)];
    text += size;
    while (*text == '[' || *text == ',') {
        size = strcspn(++text, ",]");
        out->sizes[out->ndim++] =
            (int)find_form_word(text, size, counted_word, JOBLIB_TEMPLATE_SIZE_COUNT);
        text += size;
    }
    text += *text == ']';
    return *text == '|' ? text + 1 : NULL;
}

static bool is_whole_list(const struct form *form)
{
    return form->type->fits == is_list || form->type->fits == is_list_or_array ||
           strcmp(form->type->word, "values") == 0;
}

static bool is_count(const struct form *form)
{
    return strcmp(form->type->word, "size") == 0 ||
           strcmp(form->type->word, "scalar") == 0;
}

static bool fits_form(const struct form *form, const struct joblib_template__look *look)
{
    if (!form->type->fits(look)) return false;
    if (is_whole_list(form)) return true;
    return look->ndim == (is_count(form) ? 0 : form->ndim);
}

static joblib_status bind_sizes(struct joblib_template *made, const struct form *form,
                                const struct joblib_template__look *look,
                                const char *name, joblib_error *error)
{
    int64_t count;
    if (is_count(form)) {
        JOBLIB_TRY(joblib_value_as_int64(look->value, &count, error));
        if (count < 0) return joblib_template__refuse(error, name, "is negative");
        return joblib_template__bind(made, form->sizes[0], count, name, error);
    }
    for (size_t i = 0; i < form->ndim; i++)
        JOBLIB_TRY(
            joblib_template__bind(made, form->sizes[i], look->shape[i], name, error));
    return JOBLIB_OK;
}

joblib_status joblib_template__accept(struct joblib_template *made,
                                      const struct joblib_template__row *row,
                                      const joblib_value *given, joblib_value **out,
                                      joblib_error *error)
{
    char told[JOBLIB_TEMPLATE_LOOK_SIZE];
    struct joblib_template__look look;
    struct form form;
    joblib_template__look_at(given, &look);
    for (const char *text = row->form; text;) {
        text = read_form(text, &form);
        if (!fits_form(&form, &look)) continue;
        JOBLIB_TRY(bind_sizes(made, &form, &look, row->name, error));
        return form.type->convert(made, &look, row->name, out, error);
    }
    return joblib_template__refuse(error, row->name, "found %s, expected %s",
                                   joblib_template__tell_look(&look, told), row->form);
}

int joblib_template__form_size(const char *form, bool *is_scalar)
{
    struct form read;
    bool is_size = strncmp(form, "size[", 5) == 0;
    *is_scalar = strncmp(form, "scalar[", 7) == 0;
    if (!is_size && !*is_scalar) return -1;
    (void)read_form(form, &read);
    return read.sizes[0];
}

static bool is_bound(const struct joblib_template *made, const struct form *form)
{
    for (size_t i = 0; i < form->ndim; i++)
        if (made->sizes[form->sizes[i]].count < 0) return false;
    return true;
}

joblib_status joblib_template__zeros(struct joblib_template *made, const char *text,
                                     joblib_value **out, joblib_error *error)
{
    int64_t shape[JOBLIB_TEMPLATE_MAX_NDIM] = {0};
    size_t count = 1;
    double *zeros;
    struct form form, last = {0};
    for (; text; last = is_bound(made, &form) ? form : last)
        text = read_form(text, &form);
    for (size_t i = 0; i < last.ndim; i++) {
        shape[i] = made->sizes[last.sizes[i]].count;
        count *= (size_t)shape[i];
    }
    JOBLIB_TRY(joblib_template__room(made, count, sizeof *zeros, &zeros, error));
    memset(zeros, 0, count * sizeof *zeros);
    if (last.ndim)
        return joblib_template__array(made->builder, JOBLIB_NUMBER_FLOAT64, zeros, shape,
                                      last.ndim, out, error);
    return joblib_template__float64_scalar(made->builder, 0, out, error);
}

#undef TYPE_COUNT
