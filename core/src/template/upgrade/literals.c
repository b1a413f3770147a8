/* Whether a value is what a literal of Python in the tables describes. */
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "template/upgrade/upgrade.h"

static bool is_same_text(const joblib_value *value, const char *text, size_t size)
{
    size_t found;
    const char *own = joblib_value_text(value, &found);
    return own && found == size && memcmp(own, text, size) == 0;
}

static bool is_same_name(const joblib_value *value, const char *text, size_t size)
{
    const char *module = joblib_value_module(value), *name = joblib_value_name(value);
    if (joblib_value_kind(value) != JOBLIB_KIND_GLOBAL) return false;
    size_t before = strlen(module);
    return size == before + 1 + strlen(name) && memcmp(text, module, before) == 0 &&
           memcmp(text + before + 1, name, size - before - 1) == 0;
}

static bool is_same_number(const joblib_value *value, double number)
{
    double own;
    if (joblib_value_as_float64(value, &own, NULL) != JOBLIB_OK) return false;
    return own == number || (isnan(own) && isnan(number));
}

static bool is_same_bool(const joblib_value *value, bool truth)
{
    bool own;
    return joblib_value_as_bool(value, &own, NULL) == JOBLIB_OK && own == truth;
}

static bool is_same_atom(const joblib_value *value, const char *text, size_t size)
{
    double number;
    if (*text == '\'') return is_same_text(value, text + 1, size - 2);
    if (size == 4 && memcmp(text, "None", 4) == 0)
        return joblib_value_kind(value) == JOBLIB_KIND_NONE;
    if (size == 4 && memcmp(text, "True", 4) == 0) return is_same_bool(value, true);
    if (size == 5 && memcmp(text, "False", 5) == 0) return is_same_bool(value, false);
    if (joblib_base__decimal_to_double(text, size, &number))
        return is_same_number(value, number);
    return is_same_name(value, text, size);
}

bool joblib_upgrade__is_literal(const joblib_value *value, const char *literal)
{
    size_t count = 0;
    if (*literal != '(') return is_same_atom(value, literal, strlen(literal));
    if (joblib_value_kind(value) != JOBLIB_KIND_TUPLE) return false;
    for (literal++; *literal != ')'; literal += strspn(literal, ", ")) {
        size_t size =
            *literal == '\'' ? 2 + strcspn(literal + 1, "'") : strcspn(literal, ",)");
        if (!is_same_atom(joblib_value_at(value, count++), literal, size)) return false;
        literal += size;
    }
    return joblib_value_count(value) == count;
}
