/*
 * Literals of Python, as the tables have them: None, True, 1, 0.5, nan, 'text', tuples
 * of these, and names with a dot, which are classes or functions.
 */
#include <string.h>

#include "base/decimal.h"
#include "base/try.h"
#include "template/made.h"

/* Most items of a tuple in the tables. */
#define MAX_ITEMS 16

/* Bytes of the atom at the start of the text: up to a comma or the end of a tuple. */
static size_t atom_size(const char *text)
{
    if (*text == '\'') return 2 + strcspn(text + 1, "'");
    return strcspn(text, ",)");
}

static bool is_literal_word(const char *text, size_t size, const char *word)
{
    return strlen(word) == size && memcmp(text, word, size) == 0;
}

static joblib_status make_named(joblib_builder *builder, const char *text, size_t size,
                                joblib_value **out, joblib_error *error)
{
    char module[32];
    char name[32];
    const char *dot = memchr(text, '.', size);
    JOBLIB_NEVER(!dot || size >= sizeof module);
    size_t before = (size_t)(dot - text);
    memcpy(module, text, before);
    module[before] = '\0';
    memcpy(name, dot + 1, size - before - 1);
    name[size - before - 1] = '\0';
    return joblib_builder_global(builder, module, name, out, error);
}

static joblib_status make_number(joblib_builder *builder, const char *text, size_t size,
                                 joblib_value **out, joblib_error *error)
{
    double number;
    if (joblib_base__is_decimal(text, size))
        return joblib_builder_int_text(builder, text, size, out, error);
    if (joblib_base__decimal_to_double(text, size, &number))
        return joblib_builder_float64(builder, number, out, error);
    return make_named(builder, text, size, out, error);
}

static joblib_status make_atom(joblib_builder *builder, const char *text, size_t size,
                               joblib_value **out, joblib_error *error)
{
    if (*text == '\'')
        return joblib_builder_text(builder, text + 1, size - 2, out, error);
    if (is_literal_word(text, size, "None"))
        return joblib_builder_none(builder, out, error);
    if (is_literal_word(text, size, "True"))
        return joblib_builder_bool(builder, true, out, error);
    if (is_literal_word(text, size, "False"))
        return joblib_builder_bool(builder, false, out, error);
    return make_number(builder, text, size, out, error);
}

joblib_status joblib_template__literal(joblib_builder *builder, const char *text,
                                       joblib_value **out, joblib_error *error)
{
    joblib_value *items[MAX_ITEMS];
    size_t count = 0;
    if (*text != '(') return make_atom(builder, text, strlen(text), out, error);
    for (text++; *text != ')'; text += strspn(text, ", ")) {
        size_t size = atom_size(text);
        JOBLIB_NEVER(count == MAX_ITEMS);
        JOBLIB_TRY(make_atom(builder, text, size, &items[count++], error));
        text += size;
    }
    return joblib_template__tuple(builder, items, count, out, error);
}

#undef MAX_ITEMS
