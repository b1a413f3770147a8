#include "audit/names.h"

#include <string.h>

#include "base/try.h"
#include "base/vector.h"
#include "joblib/value.h"

#define MAX_NAMES 65536
/* A module, a class and an attribute for each name, and as much as one for what is lost between. */
#define NAME_MEMORY (UINT64_C(4) * MAX_NAMES * JOBLIB_MAX_NAME)

void joblib_audit__names_init(joblib_audit__names *names,
                              const joblib_allocator *allocator)
{
    memset(names, 0, sizeof *names);
    names->allocator = *allocator;
    joblib_base__arena_init(&names->texts, allocator, NAME_MEMORY);
}

void joblib_audit__names_free(joblib_audit__names *names)
{
    joblib_base__arena_free(&names->texts);
    joblib_base__free(&names->allocator, names->items,
                      names->room * sizeof *names->items);
}

static const char *keep_name(joblib_audit__names *names, const char *text, size_t size)
{
    char *kept = joblib_base__arena_allocate(&names->texts, size + 1);
    if (kept) memcpy(kept, text, size + 1);
    return kept;
}

static joblib_status add_name(joblib_audit__names *names,
                              const joblib_pickle__machine *machine,
                              const struct joblib_value__global *global,
                              joblib_error *error)
{
    void *items = names->items;
    JOBLIB_REQUIRE(names->count < MAX_NAMES, JOBLIB_ERROR_LIMIT,
                   "more than %d different names", MAX_NAMES);
    JOBLIB_TRY(joblib_base__grow(&names->allocator, &items, &names->room,
                                 names->count + 1, sizeof *names->items, error));
    names->items = items;
    const char *module = keep_name(names, global->module, global->module_size);
    const char *name = keep_name(names, global->name, global->name_size);
    if (!module || !name)
        return joblib_base__arena_fail(&names->texts, global->name_size, error);
    joblib_audit__name *added = &names->items[names->count++];
    *added = (joblib_audit__name){.row = joblib_audit__judge(module, name)};
    added->global.struct_size = (uint32_t)sizeof added->global;
    added->global.module = module;
    added->global.name = name;
    added->global.offset = machine->opcode_offset;
    added->global.nesting = machine->nesting;
    return JOBLIB_OK;
}

/* What is noted of a name, which carries its number once it has one. */
static joblib_status find_noted(joblib_audit__names *names,
                                const joblib_pickle__machine *machine,
                                struct joblib_value__global *global,
                                joblib_audit__name **out, joblib_error *error)
{
    if (global->number == 0) {
        JOBLIB_TRY(add_name(names, machine, global, error));
        global->number = (uint32_t)names->count;
    }
    *out = &names->items[global->number - 1];
    return JOBLIB_OK;
}

/* A text that may be a name; NULL for everything else. */
static const char *name_text(const joblib_value *value, size_t *size_out)
{
    const char *text = joblib_value_text(value, size_out);
    bool is_name = text && *size_out > 0 && *size_out <= JOBLIB_MAX_NAME &&
                   strlen(text) == *size_out;
    return is_name ? text : NULL;
}

/* Counts a name that stands in the arguments of a call as if an opcode had named it. */
static joblib_status note_text(joblib_audit__names *names,
                               const joblib_pickle__machine *machine, const char *module,
                               const char *name, joblib_error *error)
{
    joblib_audit__name *noted = NULL;
    struct joblib_value__global *global =
        joblib_value__name_global(machine->document, module, strlen(module), name,
                                  strlen(name));
    if (!global) return joblib_pickle__exhausted(machine, sizeof *global, error);
    JOBLIB_TRY(find_noted(names, machine, global, &noted, error));
    noted->global.uses |= JOBLIB_USE_NAMED;
    noted->global.count++;
    return JOBLIB_OK;
}

/* `call(module, name)` is module.name. */
static joblib_status note_import(joblib_audit__names *names,
                                 const joblib_pickle__machine *machine,
                                 const joblib_value *arguments, bool *is_name,
                                 joblib_error *error)
{
    size_t size;
    const char *module = name_text(joblib_value_at(arguments, 0), &size);
    const char *name = name_text(joblib_value_at(arguments, 1), &size);
    *is_name = module && name && joblib_value_count(arguments) == 2;
    return *is_name ? note_text(names, machine, module, name, error) : JOBLIB_OK;
}

/* `call(class, attribute)` is class.attribute. */
static joblib_status note_attribute(joblib_audit__names *names,
                                    const joblib_pickle__machine *machine,
                                    const joblib_value *arguments, bool *is_name,
                                    joblib_error *error)
{
    char path[2 * JOBLIB_MAX_NAME + 2];
    size_t size;
    const joblib_value *class = joblib_value_at(arguments, 0);
    const char *attribute = name_text(joblib_value_at(arguments, 1), &size);
    *is_name = joblib_value_kind(class) == JOBLIB_KIND_GLOBAL && attribute &&
               joblib_value_count(arguments) == 2;
    if (!*is_name) return JOBLIB_OK;
    size_t class_size = class->global->name_size;
    memcpy(path, class->global->name, class_size);
    path[class_size] = '.';
    memcpy(path + class_size + 1, attribute, size + 1);
    return note_text(names, machine, class->global->module, path, error);
}

/* Some functions look up what their arguments name: that is judged, not the look-up. */
static joblib_status note_call(joblib_audit__names *names,
                               const joblib_pickle__machine *machine, size_t index,
                               const joblib_value *arguments, joblib_error *error)
{
    bool is_name = false;
    enum joblib_audit__rule rule = names->items[index].row->rule;
    if (rule == JOBLIB_RULE_IMPORTS) {
        JOBLIB_TRY(note_import(names, machine, arguments, &is_name, error));
    } else if (rule == JOBLIB_RULE_GETS) {
        JOBLIB_TRY(note_attribute(names, machine, arguments, &is_name, error));
    }
    if (!is_name) names->items[index].is_misused = true;
    return JOBLIB_OK;
}

joblib_status joblib_audit__note_use(void *ctx, const joblib_pickle__machine *machine,
                                     joblib_value *global, enum joblib_pickle__use use,
                                     const joblib_value *arguments, joblib_error *error)
{
    joblib_audit__names *names = ctx;
    joblib_audit__name *noted = NULL;
    JOBLIB_TRY(find_noted(names, machine, global->global, &noted, error));
    noted->global.uses |= (uint32_t)use;
    if (use == JOBLIB_PICKLE_NAMES) {
        noted->global.count++;
        return JOBLIB_OK;
    }
    return note_call(names, machine, (size_t)(noted - names->items), arguments, error);
}

#undef MAX_NAMES
#undef NAME_MEMORY
