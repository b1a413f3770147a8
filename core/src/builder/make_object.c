/* Names of classes and functions, and objects. */
#include <string.h>

#include "base/utf8.h"
#include "builder/builder.h"
#include "joblib/names.h"

/* Whether a text holds a surrogate, which starts with these two bytes in UTF-8. */
static bool has_surrogate(const char *text, size_t size)
{
    for (size_t i = 0; i + 1 < size; i++) {
        if ((unsigned char)text[i] == 0xed && (unsigned char)text[i + 1] >= 0xa0)
            return true;
    }
    return false;
}

/* No pickle can hold another name. */
static joblib_status check_given_name(const char *name, const char *what,
                                      joblib_error *error)
{
    char shown[JOBLIB_ESCAPED_SIZE];
    JOBLIB_REQUIRE(name, JOBLIB_ERROR_ARGUMENT, "the name of the %s is NULL", what);
    size_t size = strlen(name);
    JOBLIB_REQUIRE(size <= JOBLIB_MAX_NAME, JOBLIB_ERROR_LIMIT,
                   "a %s name of %zu bytes, %d are the most", what, size,
                   JOBLIB_MAX_NAME);
    bool is_name = size > 0 && joblib_base__utf8_valid(name, size) == size &&
                   !has_surrogate(name, size);
    for (size_t i = 0; i < size && is_name; i++)
        is_name = (unsigned char)name[i] > ' ' && name[i] != 0x7f;
    JOBLIB_REQUIRE(is_name, JOBLIB_ERROR_ARGUMENT, "\"%s\" is no name of a %s",
                   joblib_base__escape(shown, name, size), what);
    return JOBLIB_OK;
}

joblib_status joblib_builder__name(joblib_builder *builder, const char *module,
                                   const char *name, joblib_value **out,
                                   joblib_error *error)
{
    size_t module_size = strlen(module), name_size = strlen(name);
    joblib_document *document = builder->document;
    struct joblib_value__global *entry =
        joblib_value__name_global(document, module, module_size, name, name_size);
    if (entry && entry->node) {
        *out = entry->node;
        return JOBLIB_OK;
    }
    joblib_value *global =
        entry ? joblib_value__new_global(document, JOBLIB_BUILDER_PICKLE, entry) : NULL;
    if (!global)
        return joblib_builder__exhausted(builder, module_size + name_size, error);
    global->tag = joblib_load__hooks.find_global(module, module_size, name, name_size);
    global->flags |= JOBLIB_VALUE_NAMED;
    *out = global;
    return JOBLIB_OK;
}

joblib_status joblib_builder_global(joblib_builder *builder, const char *module,
                                    const char *name, joblib_value **out,
                                    joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_TRY(check_given_name(module, "module", error));
    JOBLIB_TRY(check_given_name(name, "class", error));
    return joblib_builder__name(builder, module, name, out, error);
}

/* Whether what a call of a known name makes is no object, or nothing that is read. */
static bool makes_other_value(const joblib_value *callable, const joblib_value *arguments)
{
    switch (joblib_load__name_of(callable)) {
    case JOBLIB_NAME_UNKNOWN:
    case JOBLIB_NAME_OBJECT:
    case JOBLIB_NAME_MATRIX:
    case JOBLIB_NAME_MEMMAP:
    case JOBLIB_NAME_NDARRAY:
    case JOBLIB_NAME_RECORD:
    case JOBLIB_NAME_STRINGS:
        return false;
    case JOBLIB_NAME_RECONSTRUCT: { /* of a class that is not decoded it is an object */
        const joblib_value *class = joblib_value_at(arguments, 0);
        enum joblib_load__name name =
            class ? joblib_load__name_of(class) : JOBLIB_NAME_UNKNOWN;
        return name == JOBLIB_NAME_NDARRAY || name == JOBLIB_NAME_MATRIX;
    }
    default:
        return true;
    }
}

bool joblib_builder__is_undecoded(const joblib_value *object)
{
    return object->object->wrapper ||
           makes_other_value(object->object->callable, object->object->arguments);
}

static joblib_status check_callable_kind(int form, const joblib_value *callable,
                                         joblib_error *error)
{
    bool is_global = callable->kind == JOBLIB_KIND_GLOBAL;
    bool fits = is_global || (callable->kind == JOBLIB_KIND_OBJECT &&
                              form != JOBLIB_FORM_RECONSTRUCTOR);
    JOBLIB_REQUIRE(fits, JOBLIB_ERROR_TYPE, "a %s as the class of an object, %s expected",
                   joblib_kind_name(callable->kind),
                   form == JOBLIB_FORM_RECONSTRUCTOR ? "global" : "global or object");
    return JOBLIB_OK;
}

static joblib_status check_made_by(const joblib_builder *builder, int form,
                                   const joblib_value *callable,
                                   const joblib_value *arguments, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__check(builder, callable, "the class", error));
    JOBLIB_TRY(check_callable_kind(form, callable, error));
    JOBLIB_REQUIRE(!makes_other_value(callable, arguments), JOBLIB_ERROR_ARGUMENT,
                   "%s.%s makes values that have a function of their own",
                   joblib_value_module(callable), joblib_value_name(callable));
    return JOBLIB_OK;
}

static joblib_status check_arguments(const joblib_builder *builder, int form,
                                     const joblib_value *arguments,
                                     const joblib_value *keywords, joblib_error *error)
{
    if (arguments) {
        JOBLIB_TRY(joblib_builder__check(builder, arguments, "the arguments", error));
        JOBLIB_REQUIRE(arguments->kind == JOBLIB_KIND_TUPLE, JOBLIB_ERROR_TYPE,
                       "arguments are a %s, tuple expected",
                       joblib_kind_name(arguments->kind));
        JOBLIB_REQUIRE(form != JOBLIB_FORM_RECONSTRUCTOR || arguments->count == 0,
                       JOBLIB_ERROR_ARGUMENT, "%zu arguments of a form that has none",
                       arguments->count);
    }
    if (!keywords) return JOBLIB_OK;
    JOBLIB_TRY(joblib_builder__check(builder, keywords, "the keywords", error));
    JOBLIB_REQUIRE(keywords->kind == JOBLIB_KIND_DICT, JOBLIB_ERROR_TYPE,
                   "keyword arguments are a %s, dict expected",
                   joblib_kind_name(keywords->kind));
    JOBLIB_REQUIRE(form == JOBLIB_FORM_NEWOBJ_EX, JOBLIB_ERROR_ARGUMENT,
                   "keyword arguments of a form that has none");
    return JOBLIB_OK;
}

/* Arguments and keywords that were not given are empty. */
static joblib_status complete_arguments(joblib_builder *builder, int form,
                                        const joblib_value **arguments,
                                        const joblib_value **keywords,
                                        joblib_error *error)
{
    joblib_value *made;
    if (!*arguments) {
        JOBLIB_TRY(joblib_builder_tuple(builder, NULL, 0, &made, error));
        *arguments = made;
    }
    if (!*keywords && form == JOBLIB_FORM_NEWOBJ_EX) {
        JOBLIB_TRY(joblib_builder_dict(builder, &made, error));
        *keywords = made;
    }
    return JOBLIB_OK;
}

joblib_status joblib_builder_object(joblib_builder *builder, int form,
                                    const joblib_value *callable,
                                    const joblib_value *arguments,
                                    const joblib_value *keywords, joblib_value **out,
                                    joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    JOBLIB_REQUIRE(form >= JOBLIB_FORM_REDUCE && form <= JOBLIB_FORM_INSTANCE,
                   JOBLIB_ERROR_ARGUMENT, "form %d is unknown", form);
    JOBLIB_TRY(check_arguments(builder, form, arguments, keywords, error));
    JOBLIB_TRY(check_made_by(builder, form, callable, arguments, error));
    JOBLIB_TRY(complete_arguments(builder, form, &arguments, &keywords, error));
    joblib_value *value = joblib_value__new_object(builder->document, (joblib_form)form,
                                                   joblib_builder__given(callable),
                                                   joblib_builder__given(arguments));
    if (!value) return joblib_builder__exhausted(builder, sizeof *value, error);
    joblib_builder__place(value, callable);
    joblib_builder__place(value, arguments);
    if (keywords) joblib_builder__place(value, keywords);
    value->object->keywords = joblib_builder__given(keywords);
    *out = value;
    return JOBLIB_OK;
}

joblib_status joblib_builder_set_class(joblib_builder *builder, joblib_value *object,
                                       const joblib_value *callable, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__check(builder, object, "the object", error));
    JOBLIB_REQUIRE(object->kind == JOBLIB_KIND_OBJECT &&
                       !joblib_builder__is_undecoded(object),
                   JOBLIB_ERROR_TYPE, "another class for a %s",
                   joblib_kind_name(object->kind));
    /* Only a global: an object could have the one whose class it becomes as its own. */
    JOBLIB_TRY(check_made_by(builder, JOBLIB_FORM_RECONSTRUCTOR, callable,
                             object->object->arguments, error));
    joblib_builder__place(object, callable);
    object->object->callable = joblib_builder__given(callable);
    return JOBLIB_OK;
}
