/* Attributes with another name, and values with another spelling. */
#include <string.h>

#include "base/try.h"
#include "template/upgrade/upgrade.h"

/* The ways that a row of spellings.def goes. */
enum { FORWARD = 1, BACKWARD = 2, BOTH = 3 };

static const struct spelling_row {
    const char *class_name;
    const char *attribute;
    const char *old;
    const char *new;
    uint8_t since; /* the first release that has the new one */
    uint8_t ways;
} spelling_rows[] = {
#define SPELLING(class, attribute, since, old, new, ways) \
    {class, attribute, old, new, JOBLIB_TEMPLATE_V##since, ways},
#define RENAME(class, since, old, new)
#define FORGET(class, attribute)
#define DROP(class, attribute)
#define BREAK(class, since, what)
#include "template/upgrade/spellings.def"
#undef SPELLING
#undef RENAME
};

static const struct rename_row {
    const char *class_name;
    const char *old;
    const char *new;
    unsigned since;
} rename_rows[] = {
#define SPELLING(class, attribute, since, old, new, ways)
#define RENAME(class, since, old, new) {class, old, new, JOBLIB_TEMPLATE_V##since},
#include "template/upgrade/spellings.def"
#undef SPELLING
#undef RENAME
#undef FORGET
#undef DROP
};

static const struct forgotten_row {
    const char *class_name;
    const char *attribute;
    bool always;
} forgotten_rows[] = {
#define SPELLING(class, attribute, since, old, new, ways)
#define RENAME(class, since, old, new)
#define FORGET(class, attribute) {class, attribute, false},
#define DROP(class, attribute) {class, attribute, true},
#include "template/upgrade/spellings.def"
#undef SPELLING
#undef RENAME
#undef FORGET
#undef DROP
#undef BREAK
};

static const struct break_row {
    const char *class_name;
    const char *what;
    unsigned since;
} break_rows[] = {
#define SPELLING(class, attribute, since, old, new, ways)
#define RENAME(class, since, old, new)
#define FORGET(class, attribute)
#define DROP(class, attribute)
#define BREAK(class, since, what) {class, what, JOBLIB_TEMPLATE_V##since},
#include "template/upgrade/spellings.def"
#undef SPELLING
#undef RENAME
#undef FORGET
#undef DROP
#undef BREAK
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* "*" at the start or the end stands for any text there, as in "*Regressor". */
static bool matches_class(const char *pattern, const char *name)
{
    size_t size = strlen(pattern), length = strlen(name);
    if (pattern[0] == '*')
        return length + 1 >= size && strcmp(name + (length + 1 - size), pattern + 1) == 0;
    return strcmp(pattern, name) == 0;
}

static joblib_status rename_attributes(const struct joblib_upgrade__estimator *estimator,
                                       joblib_error *error)
{
    for (size_t i = 0; i < COUNT(rename_rows); i++) {
        const struct rename_row *row = &rename_rows[i];
        if (!matches_class(row->class_name, estimator->class->name)) continue;
        if (joblib_upgrade__gains(estimator, row->since))
            JOBLIB_TRY(joblib_upgrade__rename(estimator, row->old, row->new, error));
        else if (joblib_upgrade__loses(estimator, row->since))
            JOBLIB_TRY(joblib_upgrade__rename(estimator, row->new, row->old, error));
    }
    return JOBLIB_OK;
}

static joblib_status spell_value(const struct joblib_upgrade__estimator *estimator,
                                 const struct spelling_row *row, joblib_error *error)
{
    bool is_new = estimator->target >= row->since;
    const joblib_value *value = joblib_upgrade__get(estimator, row->attribute);
    if (!(row->ways & (is_new ? FORWARD : BACKWARD)) || !value ||
        !joblib_upgrade__is_literal(value, is_new ? row->old : row->new))
        return JOBLIB_OK;
    return joblib_upgrade__set_literal(estimator, row->attribute,
                                       is_new ? row->new : row->old, error);
}

static joblib_status drop_always(const struct joblib_upgrade__estimator *estimator,
                                 joblib_error *error)
{
    for (size_t i = 0; i < COUNT(forgotten_rows); i++)
        if (forgotten_rows[i].always &&
            matches_class(forgotten_rows[i].class_name, estimator->class->name))
            JOBLIB_TRY(
                joblib_upgrade__remove(estimator, forgotten_rows[i].attribute, error));
    return JOBLIB_OK;
}

static joblib_status check_breaks(const struct joblib_upgrade__estimator *estimator,
                                  joblib_error *error)
{
    for (size_t i = 0; i < COUNT(break_rows); i++) {
        const struct break_row *row = &break_rows[i];
        bool is_crossed = joblib_upgrade__gains(estimator, row->since) ||
                          joblib_upgrade__loses(estimator, row->since);
        if (is_crossed && strcmp(row->class_name, estimator->class->name) == 0)
            return joblib_upgrade__refuse(
                error, NULL, "%s computes %s in another way since scikit-learn %s",
                row->class_name, row->what, joblib_upgrade__release(row->since));
    }
    return JOBLIB_OK;
}

joblib_status joblib_upgrade__spellings(const struct joblib_upgrade__estimator *estimator,
                                        joblib_error *error)
{
    JOBLIB_TRY(check_breaks(estimator, error));
    JOBLIB_TRY(drop_always(estimator, error));
    JOBLIB_TRY(rename_attributes(estimator, error));
    for (size_t i = 0; i < COUNT(spelling_rows); i++)
        if (matches_class(spelling_rows[i].class_name, estimator->class->name))
            JOBLIB_TRY(spell_value(estimator, &spelling_rows[i], error));
    return JOBLIB_OK;
}

bool joblib_upgrade__is_forgotten(const char *class_name, const char *name)
{
    for (size_t i = 0; i < COUNT(forgotten_rows); i++)
        if (matches_class(forgotten_rows[i].class_name, class_name) &&
            strcmp(forgotten_rows[i].attribute, name) == 0)
            return true;
    return false;
}

#undef COUNT
