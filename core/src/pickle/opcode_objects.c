/* Opcodes that name classes and functions, and make objects: nothing is called. */
#include <string.h>

#include "base/utf8.h"
#include "pickle/opcodes.h"
#include "pickle/stack.h"

struct name {
    const char *text;
    size_t size;
};

static joblib_status check_name(struct name name, const char *what, joblib_error *error)
{
    char shown[JOBLIB_ESCAPED_SIZE];
    JOBLIB_REQUIRE(name.size > 0, JOBLIB_ERROR_SYNTAX, "an empty %s name", what);
    JOBLIB_REQUIRE(name.size <= JOBLIB_MAX_NAME, JOBLIB_ERROR_LIMIT,
                   "a %s name of %zu bytes, %d are the most", what, name.size,
                   JOBLIB_MAX_NAME);
    bool is_text = joblib_base__utf8_valid(name.text, name.size) == name.size;
    for (size_t i = 0; i < name.size && is_text; i++)
        is_text = (unsigned char)name.text[i] > ' ' && name.text[i] != 0x7f;
    JOBLIB_REQUIRE(is_text, JOBLIB_ERROR_SYNTAX,
                   "%s name \"%s\" holds bytes that no name has", what,
                   joblib_base__escape(shown, name.text, name.size));
    return JOBLIB_OK;
}

/* Tells who watches. Objects come from a call that was told already. */
static joblib_status observe(const joblib_pickle__machine *machine, joblib_value *value,
                             enum joblib_pickle__use use, const joblib_value *arguments,
                             joblib_error *error)
{
    const joblib_pickle__observer *observer = machine->limits->observer;
    if (!observer || value->kind != JOBLIB_KIND_GLOBAL) return JOBLIB_OK;
    return observer->see(observer->ctx, machine, value, use, arguments, error);
}

static joblib_status make_global(joblib_pickle__machine *machine, struct name module,
                                 struct name name, joblib_value **out,
                                 joblib_error *error)
{
    JOBLIB_TRY(check_name(module, "module", error));
    JOBLIB_TRY(check_name(name, "class", error));
    struct joblib_value__global *entry =
        joblib_value__name_global(machine->document, module.text, module.size, name.text,
                                  name.size);
    if (entry && entry->offset == JOBLIB_NO_OFFSET)
        entry->offset = machine->opcode_offset;
    joblib_value *global =
        entry ? joblib_value__new_global(machine->document, machine->pickle, entry)
              : NULL;
    if (!global) return joblib_pickle__exhausted(machine, sizeof *global, error);
    if (global->tag == 0)
        global->tag =
            machine->hooks->find_global(module.text, module.size, name.text, name.size);
    *out = global;
    return observe(machine, global, JOBLIB_PICKLE_NAMES, NULL, error);
}

static joblib_status push_global(joblib_pickle__machine *machine, struct name module,
                                 struct name name, joblib_error *error)
{
    joblib_value *global = NULL;
    JOBLIB_TRY(make_global(machine, module, name, &global, error));
    return joblib_pickle__push(machine, global, error);
}

/* The module's and the class's line. The second may move the window, so the first is kept. */
static joblib_status read_names(joblib_pickle__machine *machine,
                                char kept[JOBLIB_MAX_NAME], struct name *module,
                                struct name *name, joblib_error *error)
{
    JOBLIB_TRY(
        joblib_io__read_line(machine->reader, &module->text, &module->size, error));
    JOBLIB_TRY(check_name(*module, "module", error));
    memcpy(kept, module->text, module->size);
    module->text = kept;
    return joblib_io__read_line(machine->reader, &name->text, &name->size, error);
}

joblib_status joblib_pickle__op_global(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    char kept[JOBLIB_MAX_NAME];
    struct name module, name;
    JOBLIB_TRY(read_names(machine, kept, &module, &name, error));
    return push_global(machine, module, name, error);
}

/* Notes which texts named a Global where a pickle names it first. */
static joblib_status note_spelling(joblib_pickle__machine *machine, joblib_value *global,
                                   joblib_value *module, joblib_value *name,
                                   joblib_error *error)
{
    if (global->spelling) return JOBLIB_OK;
    struct joblib_value__spelling *spelling =
        joblib_base__arena_allocate(&machine->document->arena, sizeof *spelling);
    if (!spelling) return joblib_pickle__exhausted(machine, sizeof *spelling, error);
    *spelling = (struct joblib_value__spelling){module, name};
    global->spelling = spelling;
    return JOBLIB_OK;
}

static struct name name_of_text(const joblib_value *value)
{
    return (struct name){joblib_value__text(value), joblib_value__text_size(value)};
}

joblib_status joblib_pickle__op_stack_global(joblib_pickle__machine *machine,
                                             joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, 2, error));
    joblib_value *module = joblib_pickle__peek(machine, 1);
    joblib_value *name = joblib_pickle__peek(machine, 0);
    JOBLIB_REQUIRE(module->kind == JOBLIB_KIND_STR && name->kind == JOBLIB_KIND_STR,
                   JOBLIB_ERROR_TYPE, "a %s and a %s as names, two str expected",
                   joblib_kind_name(module->kind), joblib_kind_name(name->kind));
    joblib_value *global = NULL;
    machine->stack_count -= 2;
    JOBLIB_TRY(
        make_global(machine, name_of_text(module), name_of_text(name), &global, error));
    JOBLIB_TRY(note_spelling(machine, global, module, name, error));
    return joblib_pickle__push(machine, global, error);
}

/* What can be called in Python, as far as the kind tells. */
static joblib_status check_class(const joblib_value *callable, joblib_error *error)
{
    JOBLIB_REQUIRE(callable->kind == JOBLIB_KIND_GLOBAL ||
                       callable->kind == JOBLIB_KIND_OBJECT,
                   JOBLIB_ERROR_TYPE, "a %s is called", joblib_kind_name(callable->kind));
    return JOBLIB_OK;
}

static joblib_status check_callable(const joblib_value *callable,
                                    const joblib_value *arguments, joblib_error *error)
{
    JOBLIB_TRY(check_class(callable, error));
    JOBLIB_REQUIRE(arguments->kind == JOBLIB_KIND_TUPLE, JOBLIB_ERROR_TYPE,
                   "arguments are a %s, tuple expected",
                   joblib_kind_name(arguments->kind));
    return JOBLIB_OK;
}

static joblib_status push_object(joblib_pickle__machine *machine, joblib_form form,
                                 joblib_value *callable, joblib_value *arguments,
                                 joblib_value *keywords, joblib_error *error)
{
    joblib_value *object =
        joblib_value__new_object(machine->document, form, callable, arguments);
    if (!object) return joblib_pickle__exhausted(machine, sizeof *object, error);
    object->object->keywords = keywords;
    JOBLIB_TRY(joblib_pickle__nest(machine, object, callable, error));
    JOBLIB_TRY(joblib_pickle__nest(machine, object, arguments, error));
    if (keywords) JOBLIB_TRY(joblib_pickle__nest(machine, object, keywords, error));
    return joblib_pickle__push(machine, object, error);
}

/* An instance by an opcode of its own: the layer above checks the classes that it knows. */
static joblib_status push_instance(joblib_pickle__machine *machine, joblib_form form,
                                   joblib_value *class, joblib_value *arguments,
                                   joblib_value *keywords, joblib_error *error)
{
    if (class->kind == JOBLIB_KIND_GLOBAL && class->tag != 0)
        JOBLIB_TRY(machine->hooks->create(machine, form, class, error));
    return push_object(machine, form, class, arguments, keywords, error);
}

joblib_status joblib_pickle__op_reduce(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, 2, error));
    joblib_value *callable = joblib_pickle__peek(machine, 1);
    joblib_value *arguments = joblib_pickle__peek(machine, 0);
    joblib_value *made = NULL;
    JOBLIB_TRY(observe(machine, callable, JOBLIB_PICKLE_CALLS, arguments, error));
    JOBLIB_TRY(check_callable(callable, arguments, error));
    machine->stack_count -= 2;
    if (callable->kind == JOBLIB_KIND_GLOBAL && callable->tag != 0)
        JOBLIB_TRY(machine->hooks->reduce(machine, callable, arguments, &made, error));
    if (made) return joblib_pickle__push(machine, made, error);
    JOBLIB_TRY(
        push_object(machine, JOBLIB_FORM_REDUCE, callable, arguments, NULL, error));
    if (arguments != machine->newest)
        joblib_pickle__peek(machine, 0)->flags |= JOBLIB_VALUE_BARE;
    return JOBLIB_OK;
}

joblib_status joblib_pickle__op_newobj(joblib_pickle__machine *machine,
                                       joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, 2, error));
    joblib_value *class = joblib_pickle__peek(machine, 1);
    joblib_value *arguments = joblib_pickle__peek(machine, 0);
    JOBLIB_TRY(observe(machine, class, JOBLIB_PICKLE_CALLS, NULL, error));
    JOBLIB_TRY(check_callable(class, arguments, error));
    machine->stack_count -= 2;
    return push_instance(machine, JOBLIB_FORM_NEWOBJ, class, arguments, NULL, error);
}

joblib_status joblib_pickle__op_newobj_ex(joblib_pickle__machine *machine,
                                          joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, 3, error));
    joblib_value *class = joblib_pickle__peek(machine, 2);
    joblib_value *arguments = joblib_pickle__peek(machine, 1);
    joblib_value *keywords = joblib_pickle__peek(machine, 0);
    JOBLIB_TRY(observe(machine, class, JOBLIB_PICKLE_CALLS, NULL, error));
    JOBLIB_TRY(check_callable(class, arguments, error));
    JOBLIB_REQUIRE(keywords->kind == JOBLIB_KIND_DICT, JOBLIB_ERROR_TYPE,
                   "keyword arguments are a %s, dict expected",
                   joblib_kind_name(keywords->kind));
    machine->stack_count -= 3;
    return push_instance(machine, JOBLIB_FORM_NEWOBJ_EX, class, arguments, keywords,
                         error);
}

/* An object of INST or OBJ, with the values above the mark as its arguments. */
static joblib_status call_class(joblib_pickle__machine *machine, joblib_value *class,
                                joblib_value *const *items, size_t count,
                                joblib_error *error)
{
    joblib_value *arguments = NULL;
    JOBLIB_TRY(observe(machine, class, JOBLIB_PICKLE_CALLS, NULL, error));
    JOBLIB_TRY(check_class(class, error));
    JOBLIB_TRY(joblib_pickle__make_tuple(machine, items, count, &arguments, error));
    return push_instance(machine, JOBLIB_FORM_INSTANCE, class, arguments, NULL, error);
}

/* INST reads its names as ASCII, GLOBAL as UTF-8. */
joblib_status joblib_pickle__op_inst(joblib_pickle__machine *machine, joblib_error *error)
{
    char kept[JOBLIB_MAX_NAME];
    struct name module, name;
    size_t count;
    joblib_value **items, *class = NULL;
    JOBLIB_TRY(joblib_pickle__pop_mark(machine, &items, &count, error));
    JOBLIB_TRY(read_names(machine, kept, &module, &name, error));
    bool ascii = joblib_base__is_ascii(module.text, module.size) &&
                 joblib_base__is_ascii(name.text, name.size);
    JOBLIB_REQUIRE(ascii, JOBLIB_ERROR_SYNTAX, "names of INST that are not ASCII");
    JOBLIB_TRY(make_global(machine, module, name, &class, error));
    return call_class(machine, class, items, count, error);
}

joblib_status joblib_pickle__op_obj(joblib_pickle__machine *machine, joblib_error *error)
{
    joblib_value **items;
    size_t count;
    JOBLIB_TRY(joblib_pickle__pop_mark(machine, &items, &count, error));
    JOBLIB_REQUIRE(count > 0, JOBLIB_ERROR_STACK, "no class behind the mark");
    return call_class(machine, items[0], items + 1, count - 1, error);
}

static bool asks_hook(const joblib_value *target)
{
    if (target->kind == JOBLIB_KIND_DTYPE) return true;
    if (target->count == JOBLIB_FORM_INSTANCE) return false;
    const joblib_value *callable = target->object->callable;
    return callable->kind == JOBLIB_KIND_GLOBAL && callable->tag != 0;
}

/* Stores the state of an object, once. */
static joblib_status store_state(joblib_pickle__machine *machine, joblib_value *target,
                                 joblib_value *state, joblib_error *error)
{
    JOBLIB_REQUIRE(!(target->flags & JOBLIB_VALUE_BUILT), JOBLIB_ERROR_TYPE,
                   "a second state for the same object");
    target->flags |= JOBLIB_VALUE_BUILT;
    target->object->state = state;
    return joblib_pickle__nest(machine, target, state, error);
}

joblib_status joblib_pickle__op_build(joblib_pickle__machine *machine,
                                      joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__require(machine, 2, error));
    joblib_value *state = joblib_pickle__peek(machine, 0);
    joblib_value *target = joblib_pickle__peek(machine, 1);
    joblib_value *made = NULL;
    bool is_object = target->kind == JOBLIB_KIND_OBJECT;
    JOBLIB_TRY(observe(machine, is_object ? target->object->callable : target,
                       JOBLIB_PICKLE_BUILDS, NULL, error));
    JOBLIB_REQUIRE(is_object || target->kind == JOBLIB_KIND_DTYPE, JOBLIB_ERROR_TYPE,
                   "a state for a %s", joblib_kind_name(target->kind));
    machine->stack_count--;
    if (asks_hook(target))
        JOBLIB_TRY(machine->hooks->build(machine, target, state, &made, error));
    if (!made) return store_state(machine, target, state, error);
    machine->stack[machine->stack_count - 1] = made;
    return JOBLIB_OK;
}
