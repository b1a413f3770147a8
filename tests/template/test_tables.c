/*
 * The tables against what real releases of scikit-learn pickle: states.tsv, which
 * conformance/generate/templates.py makes. Each line is a class in a range of releases:
 * its module, and the keys of its state in order, with defaults of parameters.
 */
#include <stdio.h>
#include <stdlib.h>

#include "joblib/template.h"
#include "support/test.h"
#include "template/tables.h"

#define STATES TEST_VECTORS "/../../tests/template/states.tsv"
#define LINE_SIZE 4096

typedef struct joblib_template__class class_table;
typedef struct joblib_template__row class_row;

/* One line of the file. */
struct state {
    char line[LINE_SIZE];
    char *class, *module, *keys;
    unsigned from, to;
};

static unsigned release_of(const char *text)
{
    char version[JOBLIB_TEMPLATE_VERSION_SIZE];
    unsigned release = 0;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_template__parse_version(text, &release, version, &error), &error);
    return release;
}

/* Cuts the text at the next tab or line end; moves on behind it. */
static char *next_field(char **rest)
{
    char *field = *rest;
    *rest += strcspn(*rest, "\t\n");
    if (**rest != '\0') *(*rest)++ = '\0';
    return field;
}

static bool read_state(FILE *file, struct state *out)
{
    if (!fgets(out->line, sizeof out->line, file)) return false;
    char *rest = out->line;
    out->class = next_field(&rest);
    out->from = release_of(next_field(&rest));
    out->to = release_of(next_field(&rest));
    out->module = next_field(&rest);
    out->keys = next_field(&rest);
    return true;
}

static bool is_state(const class_row *row, unsigned release)
{
    /* The models of the file were fitted without names. */
    return joblib_template__holds(row, release) &&
           row->role != JOBLIB_TEMPLATE_ROLE_MODULE &&
           row->role != JOBLIB_TEMPLATE_ROLE_INPUT &&
           row->role != JOBLIB_TEMPLATE_ROLE_INPUT_OPTIONAL &&
           strcmp(row->name, "feature_names_in_") != 0;
}

/* Whether `key`, which ends at a space, is the row: "name=default" or "name:type". */
static bool is_key_of_row(const char *key, const class_row *row)
{
    char expected[LINE_SIZE];
    bool is_parameter = row->role == JOBLIB_TEMPLATE_ROLE_PARAMETER;
    size_t used = (size_t)snprintf(expected, sizeof expected, "%s%c", row->name,
                                   is_parameter ? '=' : ':');
    for (const char *at = is_parameter ? row->literal : ""; *at; at++)
        if (*at != ' ') expected[used++] = *at;
    return strncmp(key, expected, used) == 0 &&
           (!is_parameter || key[used] == ' ' || key[used] == '\0');
}

/* Compares all rows of a class in one release with a line. */
static void compare_state(const struct state *state, const class_table *class,
                          unsigned release)
{
    const char *key = state->keys;
    CHECK_EQ_TEXT(joblib_template__module(class, release), state->module);
    for (size_t i = 0; i < class->row_count; i++) {
        const class_row *row = &class->rows[i];
        if (!is_state(row, release)) continue;
        if (!is_key_of_row(key, row))
            test_fail(__FILE__, __LINE__, "%s of release %u: row %s, but real is %.60s",
                      class->name, release, row->name, key);
        key += strcspn(key, " ");
        key += *key == ' ';
    }
    CHECK_EQ_TEXT(key, "");
}

static void has_the_rows_of_real_states(void)
{
    static struct state state;
    size_t compared = 0;
    FILE *file = fopen(STATES, "r");
    REQUIRE(file != NULL);
    while (read_state(file, &state)) {
        const class_table *class = joblib_template__find_class(state.class);
        CHECK(class != NULL);
        for (unsigned release = state.from; class && release <= state.to; release++)
            compare_state(&state, class, release), compared++;
    }
    (void)fclose(file);
    /* 23 classes in 15 releases, but MissingIndicator from 0.21 and FunctionTransformer
       from 1.2 */
    CHECK_EQ_SIZE(compared, 23 * 15 - 1 - 7);
}

static void check_row(const class_table *class, size_t index)
{
    const class_row *row = &class->rows[index];
    CHECK(row->from <= row->to && row->to < JOBLIB_TEMPLATE_RELEASE_COUNT);
    for (size_t i = 0; i < index; i++) {
        const class_row *other = &class->rows[i];
        bool is_same = strcmp(other->name, row->name) == 0 &&
                       (other->role == JOBLIB_TEMPLATE_ROLE_MODULE) ==
                           (row->role == JOBLIB_TEMPLATE_ROLE_MODULE);
        if (is_same && row->from <= other->to && other->from <= row->to)
            test_fail(__FILE__, __LINE__, "%s has two rows for %s", class->name,
                      row->name);
    }
}

static void gives_an_attribute_one_row_in_a_release(void)
{
    for (size_t i = 0; i < joblib_template_class_count(); i++) {
        const class_table *class =
            joblib_template__find_class(joblib_template_class_name(i));
        REQUIRE(class != NULL);
        for (size_t k = 0; k < class->row_count; k++) check_row(class, k);
    }
}

static void lists_classes_and_releases(void)
{
    CHECK_EQ_SIZE(joblib_template_class_count(), 20);
    CHECK_EQ_TEXT(joblib_template_class_name(0), "LinearRegression");
    CHECK(joblib_template_class_name(20) == NULL);
    CHECK_EQ_SIZE(joblib_template_version_count(), 15);
    CHECK_EQ_TEXT(joblib_template_version(0), "0.20");
    CHECK_EQ_TEXT(joblib_template_version(14), "1.9");
    CHECK(joblib_template_version(15) == NULL);
}

static void describes_attributes_in_order(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_template_attribute found = JOBLIB_TEMPLATE_ATTRIBUTE_INIT;
    CHECK_OK(joblib_template_describe("GaussianNB", "0.24.2", 0, &found, &error), &error);
    CHECK_EQ_TEXT(found.name, "priors");
    CHECK_EQ_TEXT(found.value, "None");
    CHECK_EQ_TEXT(found.form, "any");
    CHECK_EQ_INT(found.kind, JOBLIB_ATTRIBUTE_PARAMETER);
    CHECK_OK(joblib_template_describe("GaussianNB", "0.24", 9, &found, &error), &error);
    CHECK_EQ_TEXT(found.name, "var_");
    CHECK_EQ_TEXT(found.form, "real[classes,features]");
    CHECK_EQ_INT(found.kind, JOBLIB_ATTRIBUTE_REQUIRED);
    CHECK(found.is_input && found.value == NULL);
    CHECK_STATUS(joblib_template_describe("GaussianNB", "0.24", 10, &found, &error),
                 &error, JOBLIB_ERROR_RANGE, JOBLIB_NO_OFFSET);
    CHECK_STATUS(joblib_template_describe("Nothing", "0.24", 0, &found, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_STATUS(joblib_template_describe("Ridge", "0.19", 0, &found, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    found.struct_size = 8;
    CHECK_STATUS(joblib_template_describe("Ridge", "1.6", 0, &found, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
}

static void reads_versions(void)
{
    static const struct {
        const char *text;
        const char *version; /* NULL where it is none */
    } rows[] = {
        {"1.6", "1.6.1"},
        {"1.6.0", "1.6.0"},
        {"1.6.dev0", "1.6.dev0"},
        {"0.22", "0.22.2.post1"},
        {"1.8.0", "1.8.0"},
        {"0.20", "0.20.4"},
        {"1.61", NULL},
        {"1.10", NULL},
        {"1.6.", NULL},
        {"1.6 ", NULL},
        {"0.19.1", NULL},
        {"", NULL},
        {"1", NULL},
        {"1.6.1-2", NULL},
        {"1.6.0123456789012345678901234567890", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char version[JOBLIB_TEMPLATE_VERSION_SIZE] = "";
        unsigned release = 0;
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_status status =
            joblib_template__parse_version(rows[i].text, &release, version, &error);
        CHECK_EQ_INT(status, rows[i].version ? JOBLIB_OK : JOBLIB_ERROR_ARGUMENT);
        if (rows[i].version) CHECK_EQ_TEXT(version, rows[i].version);
    }
}

int main(void)
{
    RUN(has_the_rows_of_real_states);
    RUN(gives_an_attribute_one_row_in_a_release);
    RUN(lists_classes_and_releases);
    RUN(describes_attributes_in_order);
    RUN(reads_versions);
    return test_finish();
}
