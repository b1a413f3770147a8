/* Classes and functions by their names, objects, and what numpy's values are lowered to. */
#include "base/try.h"
#include "pickle/write/own_names.h"
#include "pickle/write/renames.h"
#include "pickle/write/savers.h"

/* Names */

static struct joblib_pickle__name find_names(const joblib_pickle__writer *writer,
                                             const joblib_value *global)
{
    int renaming = writer->writing->renaming;
    bool is_own = global->flags & JOBLIB_VALUE_IMPLIED;
    if (renaming == JOBLIB_RENAME_NOTHING || is_own)
        return (struct joblib_pickle__name){global->global->module, global->global->name};
    return joblib_pickle__rename(global->global, renaming == JOBLIB_RENAME_TO_PYTHON3);
}

/*
 * A name as text that is kept as long as the memo. Python has one text for a module, which is
 * IMPLIED here, but makes the name of a class anew.
 */
static joblib_status keep_text(joblib_pickle__writer *writer, const char *text,
                               uint8_t flags, const joblib_value **out,
                               joblib_error *error)
{
    size_t size = strlen(text);
    joblib_value *value =
        joblib_base__arena_allocate(&writer->kept, sizeof *value + size + 1);
    if (!value) return joblib_base__arena_fail(&writer->kept, sizeof *value, error);
    memcpy(value + 1, text, size + 1);
    *value = (joblib_value){.kind = JOBLIB_KIND_STR,
                            .flags = flags,
                            .room = JOBLIB_FAR_TEXT,
                            .far_text = (char *)(value + 1),
                            .far_size = size};
    *out = value;
    return JOBLIB_OK;
}

/* The module's text may be met again where the pickler itself names something of it. */
static joblib_status save_module(joblib_pickle__writer *writer, const joblib_value *text,
                                 joblib_error *error)
{
    uint64_t count = writer->written.count;
    JOBLIB_TRY(joblib_pickle__save(writer, text, error));
    bool is_new = writer->written.count > count;
    uint8_t said = text->flags & (JOBLIB_VALUE_SHARED | JOBLIB_VALUE_IMPLIED);
    if (!is_new || said != JOBLIB_VALUE_SHARED) return JOBLIB_OK;
    return joblib_pickle__written_note(&writer->written, writer->writing->allocator, text,
                                       error);
}

/* STACK_GLOBAL, behind the two texts: those that the document has for it, if it has. */
static joblib_status save_by_texts(joblib_pickle__writer *writer,
                                   const joblib_value *global,
                                   struct joblib_pickle__name names, joblib_error *error)
{
    const struct joblib_value__spelling *spelling = global->spelling;
    bool is_spelled = spelling && names.module == global->global->module;
    const joblib_value *module, *name;
    if (is_spelled) {
        module = spelling->module;
        name = spelling->name;
    } else {
        JOBLIB_TRY(keep_text(writer, names.module,
                             JOBLIB_VALUE_SHARED | JOBLIB_VALUE_IMPLIED, &module, error));
        JOBLIB_TRY(keep_text(writer, names.name, 0, &name, error));
    }
    JOBLIB_TRY(save_module(writer, module, error));
    JOBLIB_TRY(joblib_pickle__save(writer, name, error));
    return joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_STACK_GLOBAL, error);
}

static joblib_status write_lines(joblib_pickle__writer *writer, uint8_t opcode,
                                 const char *module, const char *name, size_t name_size,
                                 joblib_error *error)
{
    size_t module_size = strlen(module);
    joblib_pickle__output *output = writer->output;
    JOBLIB_TRY(joblib_pickle__reserve(output, module_size + name_size + 3, error));
    uint8_t *out = output->buffer + output->used;
    *out++ = opcode;
    memcpy(out, module, module_size);
    out[module_size] = '\n';
    memcpy(out + module_size + 1, name, name_size);
    out[module_size + 1 + name_size] = '\n';
    return joblib_pickle__wrote(output, module_size + name_size + 3, error);
}

/* Attributes of a class below protocol 4: getattr(getattr(class, one), two). */
static joblib_status save_dotted(joblib_pickle__writer *writer,
                                 struct joblib_pickle__name names, joblib_error *error)
{
    const joblib_value *getter =
        joblib_pickle__own_name(JOBLIB_OWN_GETATTR, writer->protocol);
    for (const char *dot = strchr(names.name, '.'); dot; dot = strchr(dot + 1, '.')) {
        JOBLIB_TRY(joblib_pickle__save(writer, getter, error));
        JOBLIB_TRY(joblib_pickle__open_tuple(writer, 2, error));
    }
    size_t size = strcspn(names.name, ".");
    JOBLIB_TRY(
        write_lines(writer, JOBLIB_OPCODE_GLOBAL, names.module, names.name, size, error));
    for (const char *rest = names.name + size; *rest; rest += size) {
        rest++;
        size = strcspn(rest, ".");
        const joblib_value part = {.kind = JOBLIB_KIND_STR,
                                   .room = JOBLIB_FAR_TEXT,
                                   .far_text = rest,
                                   .far_size = size};
        JOBLIB_TRY(joblib_pickle__save(writer, &part, error));
        JOBLIB_TRY(joblib_pickle__write_opcode(
            writer, writer->protocol < 2 ? JOBLIB_OPCODE_TUPLE : JOBLIB_OPCODE_TUPLE2,
            error));
        JOBLIB_TRY(joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_REDUCE, error));
    }
    return JOBLIB_OK;
}

static joblib_status write_name(joblib_pickle__writer *writer, const joblib_value *global,
                                joblib_error *error)
{
    struct joblib_pickle__name names = find_names(writer, global);
    if (writer->protocol >= 4) return save_by_texts(writer, global, names, error);
    if (strchr(names.name, '.')) return save_dotted(writer, names, error);
    return write_lines(writer, JOBLIB_OPCODE_GLOBAL, names.module, names.name,
                       strlen(names.name), error);
}

static joblib_status permit_use(joblib_pickle__writer *writer, const joblib_value *global,
                                enum joblib_pickle__use use,
                                const joblib_value *arguments, joblib_error *error)
{
    const joblib_pickle__lowering *lowering = writer->writing->lowering;
    bool is_named = global->kind == JOBLIB_KIND_GLOBAL;
    if (!is_named || global->flags & JOBLIB_VALUE_IMPLIED) return JOBLIB_OK;
    return lowering->permit(lowering->ctx, global, use, arguments, error);
}

/* Attributes by steps: the class of an attribute, NULL for what is none. */
static const joblib_value *find_owner(const joblib_value *value)
{
    bool is_step = value->kind == JOBLIB_KIND_OBJECT &&
                   value->flags & JOBLIB_VALUE_BARE && value->count == JOBLIB_FORM_REDUCE;
    const joblib_value *getter = is_step ? value->object->callable : NULL;
    if (!getter || getter->kind != JOBLIB_KIND_GLOBAL ||
        strcmp(getter->global->name, "getattr") != 0)
        return NULL;
    const joblib_value *arguments = value->object->arguments;
    bool is_pair = arguments->count == 2 && arguments->items[1]->kind == JOBLIB_KIND_STR;
    return is_pair ? arguments->items[0] : NULL;
}

/* The size of "Class.one.two", and the class; 0 where the steps begin elsewhere. */
static size_t measure_path(const joblib_value *value, const joblib_value **class_out)
{
    size_t size = 0;
    const joblib_value *owner = find_owner(value);
    for (; owner; value = owner, owner = find_owner(value))
        size += joblib_value__text_size(value->object->arguments->items[1]) + 1;
    *class_out = value;
    return value->kind == JOBLIB_KIND_GLOBAL ? size + value->global->name_size : 0;
}

static void put_path(const joblib_value *value, const joblib_value *class, char *path,
                     size_t size)
{
    path[size] = '\0';
    for (; value != class; value = find_owner(value)) {
        const joblib_value *part = value->object->arguments->items[1];
        size -= joblib_value__text_size(part);
        memcpy(path + size, joblib_value__text(part), joblib_value__text_size(part));
        path[--size] = '.';
    }
    memcpy(path, class->global->name, size);
}

/* Newer versions of Python write attributes by steps that go into no memo. */
static joblib_status save_attribute(joblib_pickle__writer *writer,
                                    const joblib_value *value, const joblib_value *class,
                                    size_t size, joblib_error *error)
{
    char *path = joblib_base__arena_allocate(&writer->kept, size + 1);
    if (!path) return joblib_base__arena_fail(&writer->kept, size + 1, error);
    put_path(value, class, path, size);
    struct joblib_pickle__name names = find_names(writer, class);
    names.name = path;
    for (const joblib_value *step = value; step != class; step = find_owner(step))
        JOBLIB_TRY(permit_use(writer, step->object->callable, JOBLIB_PICKLE_CALLS,
                              step->object->arguments, error));
    JOBLIB_TRY(permit_use(writer, class, JOBLIB_PICKLE_NAMES, NULL, error));
    JOBLIB_TRY(save_dotted(writer, names, error));
    return joblib_pickle__memoize(writer, value, error);
}

joblib_status joblib_pickle__save_global(joblib_pickle__writer *writer,
                                         const joblib_value *value, joblib_error *error)
{
    JOBLIB_TRY(permit_use(writer, value, JOBLIB_PICKLE_NAMES, NULL, error));
    JOBLIB_TRY(write_name(writer, value, error));
    JOBLIB_TRY(joblib_pickle__memoize(writer, value, error));
    return joblib_pickle__written_note(&writer->written, writer->writing->allocator,
                                       value, error);
}

/* Objects: made, put into the memo, filled, given their state. */

/* `style` of a task */
enum object_style {
    STYLE_FORGOTTEN = 1, /* the memo does not find it */
    STYLE_LOWERED = 2,
    STYLE_FOLLOWED = 4
};

typedef joblib_status object_stage(joblib_pickle__writer *writer,
                                   const struct joblib_pickle__task *task,
                                   joblib_error *error);

static joblib_form choose_form(const joblib_pickle__writer *writer,
                               const joblib_value *object)
{
    joblib_form form = (joblib_form)object->count;
    bool plain = form == JOBLIB_FORM_RECONSTRUCTOR ||
                 (form == JOBLIB_FORM_NEWOBJ && object->object->arguments->count == 0);
    if (!plain) return form;
    return writer->protocol < 2 ? JOBLIB_FORM_RECONSTRUCTOR : JOBLIB_FORM_NEWOBJ;
}

static joblib_status begin_object(joblib_pickle__writer *writer,
                                  const struct joblib_pickle__task *task,
                                  joblib_error *error)
{
    const joblib_value *object = task->value;
    bool is_call = object->count == JOBLIB_FORM_REDUCE;
    JOBLIB_TRY(permit_use(writer, object->object->callable, JOBLIB_PICKLE_CALLS,
                          is_call ? object->object->arguments : NULL, error));
    switch (choose_form(writer, object)) {
    case JOBLIB_FORM_RECONSTRUCTOR:
        return joblib_pickle__call_reconstructor(writer, object, error);
    case JOBLIB_FORM_INSTANCE:
        if (object->object->arguments->count > 0) joblib_pickle__keep_alive(writer);
        JOBLIB_TRY(joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_MARK, error));
        if (writer->protocol == 0) return JOBLIB_OK;
        break;
    case JOBLIB_FORM_NEWOBJ:
        if (writer->protocol >= 2) break;
        JOBLIB_TRY(joblib_pickle__save(
            writer, joblib_pickle__own_name(JOBLIB_OWN_NEWOBJ, writer->protocol), error));
        JOBLIB_TRY(joblib_pickle__open_tuple(writer, object->object->arguments->count + 1,
                                             error));
        break;
    default:
        break;
    }
    return joblib_pickle__save(writer, object->object->callable, error);
}

/* Items of a tuple that is not written itself. */
static joblib_status step_arguments(joblib_pickle__writer *writer,
                                    struct joblib_pickle__task *task, joblib_error *error)
{
    if (task->index < task->value->count)
        return joblib_pickle__save(writer, task->value->items[task->index++], error);
    joblib_pickle__end_task(writer);
    return JOBLIB_OK;
}

static joblib_status save_arguments(joblib_pickle__writer *writer,
                                    const struct joblib_pickle__task *task,
                                    joblib_error *error)
{
    const joblib_value *arguments = task->value->object->arguments;
    struct joblib_pickle__task one_by_one = {.step = step_arguments, .value = arguments};
    joblib_form form = choose_form(writer, task->value);
    if (form == JOBLIB_FORM_RECONSTRUCTOR) return JOBLIB_OK;
    if (form == JOBLIB_FORM_INSTANCE ||
        (form == JOBLIB_FORM_NEWOBJ && writer->protocol < 2))
        return joblib_pickle__begin_task(writer, one_by_one, error);
    return joblib_pickle__save(writer, arguments, error);
}

static joblib_status save_keywords(joblib_pickle__writer *writer,
                                   const struct joblib_pickle__task *task,
                                   joblib_error *error)
{
    if (choose_form(writer, task->value) != JOBLIB_FORM_NEWOBJ_EX) return JOBLIB_OK;
    JOBLIB_REQUIRE(writer->protocol >= 4, JOBLIB_ERROR_UNSUPPORTED,
                   "an object made with keywords needs protocol 4, not %d",
                   writer->protocol);
    return joblib_pickle__save(writer, task->value->object->keywords, error);
}

static const joblib_value *identity_of(const struct joblib_pickle__task *task)
{
    return task->style & STYLE_FORGOTTEN ? NULL : task->identity;
}

/* INST has the names of the class as lines. */
static joblib_status close_instance(joblib_pickle__writer *writer,
                                    const struct joblib_pickle__task *task,
                                    joblib_error *error)
{
    const joblib_value *class = task->value->object->callable;
    if (writer->protocol > 0)
        JOBLIB_TRY(joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_OBJ, error));
    else {
        JOBLIB_REQUIRE(class->kind == JOBLIB_KIND_GLOBAL, JOBLIB_ERROR_UNSUPPORTED,
                       "an instance of no named class in protocol 0");
        JOBLIB_TRY(permit_use(writer, class, JOBLIB_PICKLE_NAMES, NULL, error));
        struct joblib_pickle__name names = find_names(writer, class);
        JOBLIB_TRY(write_lines(writer, JOBLIB_OPCODE_INST, names.module, names.name,
                               strlen(names.name), error));
    }
    return joblib_pickle__memoize(writer, identity_of(task), error);
}

static joblib_status close_object(joblib_pickle__writer *writer,
                                  const struct joblib_pickle__task *task,
                                  joblib_error *error)
{
    const joblib_value *identity = identity_of(task);
    joblib_form form = choose_form(writer, task->value);
    size_t count = task->value->object->arguments->count;
    if (form == JOBLIB_FORM_INSTANCE) return close_instance(writer, task, error);
    if (form == JOBLIB_FORM_NEWOBJ_EX)
        return joblib_pickle__close_call(writer, JOBLIB_OPCODE_NEWOBJ_EX, identity,
                                         error);
    if (form == JOBLIB_FORM_NEWOBJ && writer->protocol >= 2)
        return joblib_pickle__close_call(writer, JOBLIB_OPCODE_NEWOBJ, identity, error);
    if (form == JOBLIB_FORM_NEWOBJ)
        JOBLIB_TRY(joblib_pickle__close_tuple(writer, count + 1, NULL, error));
    return joblib_pickle__close_call(writer, JOBLIB_OPCODE_REDUCE, identity, error);
}

static joblib_status fill_items(joblib_pickle__writer *writer,
                                const struct joblib_pickle__task *task,
                                joblib_error *error)
{
    const joblib_value *items = task->value->object->items;
    if (!items) return JOBLIB_OK;
    return joblib_pickle__fill(writer, JOBLIB_FILL_LIST, items, false, error);
}

static joblib_status fill_entries(joblib_pickle__writer *writer,
                                  const struct joblib_pickle__task *task,
                                  joblib_error *error)
{
    const joblib_value *entries = task->value->object->entries;
    if (!entries) return JOBLIB_OK;
    return joblib_pickle__fill(writer, JOBLIB_FILL_DICT, entries, false, error);
}

static joblib_status save_state(joblib_pickle__writer *writer,
                                const struct joblib_pickle__task *task,
                                joblib_error *error)
{
    const joblib_value *state = task->value->object->state;
    bool is_instance = choose_form(writer, task->value) == JOBLIB_FORM_INSTANCE;
    /* A dict is the instance's own; anything else came from a method. */
    if (is_instance && state && state->kind != JOBLIB_KIND_DICT)
        joblib_pickle__keep_alive(writer);
    return state ? joblib_pickle__save(writer, state, error) : JOBLIB_OK;
}

static joblib_status build_object(joblib_pickle__writer *writer,
                                  const struct joblib_pickle__task *task,
                                  joblib_error *error)
{
    const struct joblib_value__object *object = task->value->object;
    if (!object->state) return JOBLIB_OK;
    JOBLIB_TRY(permit_use(writer, object->callable, JOBLIB_PICKLE_BUILDS, NULL, error));
    return joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_BUILD, error);
}

static joblib_status follow_object(joblib_pickle__writer *writer,
                                   const struct joblib_pickle__task *task,
                                   joblib_error *error)
{
    const joblib_pickle__lowering *lowering = writer->writing->lowering;
    const joblib_value *identity = task->identity;
    uint32_t style = task->style;
    joblib_pickle__end_task(writer);
    if (!(style & STYLE_LOWERED)) return JOBLIB_OK;
    lowering->done(lowering->ctx);
    if (!(style & STYLE_FOLLOWED)) return JOBLIB_OK;
    bool framing = writer->output->framing;
    JOBLIB_TRY(joblib_pickle__commit_frame(writer->output, error));
    writer->output->framing = false;
    joblib_status status = lowering->follow(lowering->ctx, writer, identity, error);
    writer->output->framing = framing;
    return status;
}

static object_stage *const object_stages[] = {
    begin_object, save_arguments, save_keywords, close_object,  fill_items,
    fill_entries, save_state,     build_object,  follow_object,
};

static joblib_status step_object(joblib_pickle__writer *writer,
                                 struct joblib_pickle__task *task, joblib_error *error)
{
    const struct joblib_pickle__task now = *task;
    task->index++;
    return object_stages[now.index](writer, &now, error);
}

joblib_status joblib_pickle__save_object(joblib_pickle__writer *writer,
                                         const joblib_value *value, joblib_error *error)
{
    struct joblib_pickle__task task = {.step = step_object,
                                       .value = value,
                                       .identity = value};
    const joblib_value *class = NULL;
    size_t path_size = writer->protocol < 4 ? measure_path(value, &class) : 0;
    if (value->object->wrapper) return joblib_pickle__save_lowered(writer, value, error);
    if (path_size > 0 && class != value)
        return save_attribute(writer, value, class, path_size, error);
    return joblib_pickle__begin_task(writer, task, error);
}

joblib_status joblib_pickle__save_lowered(joblib_pickle__writer *writer,
                                          const joblib_value *value, joblib_error *error)
{
    const joblib_pickle__lowering *lowering = writer->writing->lowering;
    joblib_pickle__lowered lowered = {0};
    JOBLIB_TRY(lowering->lower(lowering->ctx, writer, value, &lowered, error));
    struct joblib_pickle__task task = {.step = step_object,
                                       .value = lowered.object,
                                       .identity = value,
                                       .style =
                                           STYLE_LOWERED |
                                           (lowered.forgotten ? STYLE_FORGOTTEN : 0) |
                                           (lowered.followed ? STYLE_FOLLOWED : 0)};
    return joblib_pickle__begin_task(writer, task, error);
}
