/* One entry for each class or function, however often a document names it, and one node in
   each of its pickles. */
#include <string.h>

#include "value/make.h"

static uint64_t hash_name(const joblib_document *document, const char *module,
                          size_t module_size, const char *name, size_t name_size)
{
    return joblib_base__hash(document->key, module, module_size) +
           3 * joblib_base__hash(document->key, name, name_size);
}

static bool is_named(const struct joblib_value__global *global, const char *module,
                     size_t module_size, const char *name, size_t name_size)
{
    return global->module_size == module_size && global->name_size == name_size &&
           memcmp(global->module, module, module_size) == 0 &&
           memcmp(global->name, name, name_size) == 0;
}

/* The slot that holds this name, or the empty one where it belongs. */
static struct joblib_value__global **find_slot(joblib_document *document,
                                               const char *module, size_t module_size,
                                               const char *name, size_t name_size)
{
    struct joblib_value__globals *globals = &document->globals;
    size_t mask = globals->slot_count - 1;
    size_t slot =
        (size_t)hash_name(document, module, module_size, name, name_size) & mask;
    while (globals->slots[slot] &&
           !is_named(globals->slots[slot], module, module_size, name, name_size))
        slot = (slot + 1) & mask;
    return &globals->slots[slot];
}

static bool grow_globals(joblib_document *document)
{
    struct joblib_value__globals *globals = &document->globals;
    struct joblib_value__globals old = *globals;
    size_t count = old.slot_count ? old.slot_count * 2 : 32;
    size_t size = count * sizeof *globals->slots;
    struct joblib_value__global **slots =
        joblib_base__arena_allocate(&document->arena, size);
    if (!slots) return false;
    memset(slots, 0, size);
    globals->slots = slots;
    globals->slot_count = count;
    for (size_t i = 0; i < old.slot_count; i++) {
        if (!old.slots[i]) continue;
        const struct joblib_value__global *global = old.slots[i];
        *find_slot(document, global->module, global->module_size, global->name,
                   global->name_size) = old.slots[i];
    }
    return true;
}

static const char *copy_name(joblib_document *document, const char *name, size_t size)
{
    char *copy = joblib_base__arena_allocate(&document->arena, size + 1);
    if (!copy) return NULL;
    memcpy(copy, name, size);
    copy[size] = '\0';
    return copy;
}

struct joblib_value__global *joblib_value__name_global(joblib_document *document,
                                                       const char *module,
                                                       size_t module_size,
                                                       const char *name, size_t name_size)
{
    struct joblib_value__globals *globals = &document->globals;
    if (globals->count * 2 >= globals->slot_count && !grow_globals(document)) return NULL;
    struct joblib_value__global **slot =
        find_slot(document, module, module_size, name, name_size);
    if (*slot) return *slot;
    struct joblib_value__global *global =
        joblib_base__arena_allocate(&document->arena, sizeof *global);
    if (!global) return NULL;
    *global = (struct joblib_value__global){
        .module = copy_name(document, module, module_size),
        .name = copy_name(document, name, name_size),
        .module_size = module_size,
        .name_size = name_size,
        .offset = JOBLIB_NO_OFFSET,
    };
    if (!global->module || !global->name) return NULL;
    *slot = global;
    globals->count++;
    return global;
}

joblib_value *joblib_value__new_global(joblib_document *document, uint32_t pickle,
                                       struct joblib_value__global *global)
{
    if (global->node && global->pickle == pickle) return global->node;
    joblib_value *value = joblib_value__new(document, JOBLIB_KIND_GLOBAL);
    if (!value) return NULL;
    value->global = global;
    value->flags = JOBLIB_VALUE_SHARED;
    global->node = value;
    global->pickle = pickle;
    return value;
}
