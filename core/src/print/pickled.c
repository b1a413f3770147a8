#include "print/pickled.h"

#include <string.h>

#include "array/array.h"
#include "base/try.h"
#include "value/node.h"

/* How a value of numpy, or one behind a wrapper, stood there; NULL for any other. */
static const struct joblib_value__origin *find_pickled(const joblib_value *value,
                                                       joblib_print__reading reading)
{
    bool is_nested = reading == JOBLIB_PRINT_NESTED;
    switch (value->kind) {
    case JOBLIB_KIND_ARRAY:
        if (is_nested && value->array->origin.nested) return value->array->origin.nested;
        return &value->array->origin;
    case JOBLIB_KIND_SCALAR:
        return &value->array->origin;
    case JOBLIB_KIND_DTYPE:
        return &value->dtype->origin;
    case JOBLIB_KIND_OBJECT:
        return is_nested ? NULL : value->object->wrapper;
    default:
        return NULL;
    }
}

/* Arrays of a .npy file and of companions have their elements elsewhere. */
static bool stood_in_pickle(const struct joblib_value__origin *origin)
{
    return origin->callable && origin->form < JOBLIB_VALUE_NPY;
}

static bool lacks_content(const joblib_value *value, joblib_print__reading reading)
{
    return value->kind == JOBLIB_KIND_ARRAY && value->array->view.dtype->has_object &&
           joblib_print__is_wrapped(value, reading) && !value->array->origin.nested;
}

joblib_status joblib_print__check_pickled(const joblib_value *value,
                                          joblib_print__reading reading,
                                          joblib_error *error)
{
    const struct joblib_value__origin *origin = find_pickled(value, reading);
    JOBLIB_REQUIRE((!origin || stood_in_pickle(origin)) && !lacks_content(value, reading),
                   JOBLIB_ERROR_UNSUPPORTED,
                   "the %s was loaded from no pickle: dump and load it first",
                   joblib_kind_name(value->kind));
    return JOBLIB_OK;
}

bool joblib_print__is_wrapped(const joblib_value *value, joblib_print__reading reading)
{
    const struct joblib_value__origin *origin = find_pickled(value, reading);
    bool is_plain = value->kind == JOBLIB_KIND_SCALAR || value->kind == JOBLIB_KIND_DTYPE;
    return origin && !is_plain && origin->form == JOBLIB_VALUE_WRAPPER;
}

bool joblib_print__is_referred(const joblib_value *value, joblib_print__reading reading)
{
    bool is_constant = value->kind <= JOBLIB_KIND_BOOL;
    return !is_constant && value->flags & JOBLIB_VALUE_SHARED &&
           !joblib_print__is_wrapped(value, reading);
}

bool joblib_print__has_content(const joblib_value *value, joblib_print__reading reading)
{
    if (!joblib_print__is_wrapped(value, reading)) return false;
    return value->kind == JOBLIB_KIND_OBJECT || value->array->origin.nested;
}

static const struct joblib_value__origin *find_wrapper(const joblib_value *value)
{
    return find_pickled(value, JOBLIB_PRINT_PICKLED);
}

unsigned joblib_print__content_protocol(const joblib_value *value)
{
    return find_wrapper(value)->protocol;
}

unsigned joblib_print__alignment(const joblib_value *value)
{
    int alignment = find_wrapper(value)->alignment;
    return alignment > 0 ? (unsigned)alignment : 0;
}

static const joblib_value *find_origin_part(const struct joblib_value__origin *origin,
                                            joblib_print__role role)
{
    switch (role) {
    case JOBLIB_PRINT_CLASS:
        return origin->callable;
    case JOBLIB_PRINT_ARGUMENTS:
        return origin->arguments;
    case JOBLIB_PRINT_STATE:
        return origin->state;
    default:
        return NULL;
    }
}

static const joblib_value *find_object_part(const struct joblib_value__object *object,
                                            joblib_print__role role)
{
    switch (role) {
    case JOBLIB_PRINT_CLASS:
        return object->callable;
    case JOBLIB_PRINT_ARGUMENTS:
        return object->arguments;
    case JOBLIB_PRINT_KEYWORDS:
        return object->keywords;
    case JOBLIB_PRINT_STATE:
        return object->state;
    case JOBLIB_PRINT_ITEMS:
        return object->items;
    default:
        return object->entries;
    }
}

const joblib_value *joblib_print__pickled_part(const joblib_value *value,
                                               joblib_print__reading reading,
                                               joblib_print__role role)
{
    const struct joblib_value__origin *origin = find_pickled(value, reading);
    return origin ? find_origin_part(origin, role)
                  : find_object_part(value->object, role);
}

joblib_form joblib_print__pickled_form(const joblib_value *value,
                                       joblib_print__reading reading)
{
    if (!find_pickled(value, reading)) return (joblib_form)value->count;
    return joblib_print__is_wrapped(value, reading) ? JOBLIB_FORM_NEWOBJ
                                                    : JOBLIB_FORM_REDUCE;
}

bool joblib_print__is_bare(const joblib_value *value, joblib_print__reading reading)
{
    return !find_pickled(value, reading) && value->kind == JOBLIB_KIND_OBJECT &&
           value->flags & JOBLIB_VALUE_BARE;
}

bool joblib_print__is_long(const joblib_value *value)
{
    return value->flags & JOBLIB_VALUE_LONG;
}

/* In UTF-8 their first byte is 0xed, and the second above 0x9f. */
bool joblib_print__has_surrogates(const joblib_value *value)
{
    size_t size = 0;
    const char *text = joblib_value_text(value, &size), *end = text + size;
    while ((text = memchr(text, 0xed, (size_t)(end - text))) != NULL) {
        if (++text < end && (unsigned char)*text > 0x9f) return true;
    }
    return false;
}

bool joblib_print__is_spelled(const joblib_value *global)
{
    return global->spelling;
}

const joblib_value *joblib_print__spelled_part(const joblib_value *global, size_t index)
{
    return index == 0 ? global->spelling->module : global->spelling->name;
}
