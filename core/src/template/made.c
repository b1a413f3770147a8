/* What the functions that fill a template share: sizes, values by name, parts. */
#include "template/made.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/try.h"

static const char *const size_words[JOBLIB_TEMPLATE_SIZE_COUNT] = {
#define JOBLIB_X(size, word) word,
#include "template/sizes.def"
#undef JOBLIB_X
};

bool joblib_template__truth(const joblib_value *value)
{
    bool truth;
    return joblib_value_as_bool(value, &truth, NULL) == JOBLIB_OK && truth;
}

const char *joblib_template__kind_name(const joblib_value *value)
{
    return joblib_kind_name((int)joblib_value_kind(value));
}

const char *joblib_template__size_word(int size)
{
    return size_words[size];
}

joblib_status joblib_template__refuse(joblib_error *error, const char *name,
                                      const char *format, ...)
{
    char text[sizeof error->message];
    va_list words;
    va_start(words, format);
    (void)vsnprintf(text, sizeof text, format, words);
    va_end(words);
    (void)joblib_base__set_error(error, JOBLIB_ERROR_ARGUMENT, "%s: %s", name, text);
    joblib_base__set_path(error, name);
    return JOBLIB_ERROR_ARGUMENT;
}

joblib_status joblib_template__bind(struct joblib_template *made, int size, int64_t count,
                                    const char *name, joblib_error *error)
{
    if (made->sizes[size].count < 0) {
        made->sizes[size].count = count;
        made->sizes[size].by = name;
    }
    if (made->sizes[size].count == count) return JOBLIB_OK;
    return joblib_template__refuse(error, name, "%lld %s, expected %lld as %s has",
                                   (long long)count, size_words[size],
                                   (long long)made->sizes[size].count,
                                   made->sizes[size].by);
}

static size_t row_of(const struct joblib_template *made, const char *name)
{
    return joblib_template__find_row(made->class, made->release, name);
}

joblib_status joblib_template__get(struct joblib_template *made, const char *name,
                                   joblib_value **out, joblib_error *error)
{
    *out = NULL;
    size_t i = row_of(made, name);
    if (i == made->class->row_count) return JOBLIB_OK;
    const char *literal = made->class->rows[i].literal;
    if (!made->values[i] && literal)
        JOBLIB_TRY(joblib_template__literal(made->builder, literal, out, error));
    if (!made->values[i]) return JOBLIB_OK;
    *out = made->values[i];
    return JOBLIB_OK;
}

void joblib_template__put(struct joblib_template *made, const char *name,
                          joblib_value *value)
{
    size_t i = row_of(made, name);
    if (i < made->class->row_count) made->values[i] = value;
}

bool joblib_template__is_given(const struct joblib_template *made, const char *name)
{
    size_t i = row_of(made, name);
    return i < made->class->row_count && made->values[i];
}

joblib_status joblib_template__new_part(const struct joblib_template *made,
                                        const char *class_name,
                                        struct joblib_template **out, joblib_error *error)
{
    return joblib_template_new(made->builder, class_name, made->version, out, error);
}

joblib_status joblib_template__check_version(const struct joblib_template *made,
                                             const joblib_value *estimator,
                                             const char *name, joblib_error *error)
{
    char escaped[JOBLIB_ESCAPED_SIZE];
    size_t size = 0;
    const joblib_value *version = joblib_value_attribute(estimator, "_sklearn_version");
    const char *text = joblib_value_text(version, &size);
    if (!text)
        return joblib_template__refuse(error, name, "is no estimator of scikit-learn");
    if (strcmp(text, made->version) == 0) return JOBLIB_OK;
    return joblib_template__refuse(error, name, "of scikit-learn %s, expected %s",
                                   joblib_base__escape(escaped, text, size),
                                   made->version);
}
