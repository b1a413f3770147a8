/* Deep copies: what is met, and what is remembered of it. */
#include <string.h>

#include "base/vector.h"
#include "builder/copying.h"

/* What a copy within one builder refers to as well as the original does, as in Python. */
static bool stays_within(const joblib_value *from)
{
    return from->kind <= JOBLIB_KIND_BYTES || from->kind == JOBLIB_KIND_DTYPE ||
           from->kind == JOBLIB_KIND_SCALAR || from->kind == JOBLIB_KIND_GLOBAL;
}

joblib_status joblib_builder__remember(joblib_builder__copying *copying, const void *from,
                                       void *copy, joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__map_reserve(&copying->map, &copying->builder->allocator, 1,
                                           error));
    joblib_builder__map_set(&copying->map, from, copy);
    return JOBLIB_OK;
}

static joblib_status log_copy(joblib_builder__copying *copying, const joblib_value *from,
                              joblib_value *to, bool found, joblib_error *error)
{
    void *log = copying->log;
    JOBLIB_TRY(joblib_base__grow(&copying->builder->allocator, &log, &copying->room,
                                 copying->count + 1, sizeof *copying->log, error));
    copying->log = log;
    copying->log[copying->count++] =
        (struct joblib_builder__copied){from, to, copying->nested, found};
    return JOBLIB_OK;
}

/*
 * A class that the builder has already, from before this document or from another: as in Python,
 * it is one. What a nested pickle names stays apart.
 */
static joblib_status meet_global(joblib_builder__copying *copying,
                                 const joblib_value *from, joblib_value **out,
                                 joblib_error *error)
{
    const struct joblib_value__global *named = from->global;
    if (copying->nested) return JOBLIB_OK;
    const struct joblib_value__global *entry =
        joblib_value__name_global(copying->builder->document, named->module,
                                  named->module_size, named->name, named->name_size);
    if (!entry) return joblib_builder__exhausted(copying->builder, sizeof *entry, error);
    if (!entry->node) return JOBLIB_OK;
    *out = entry->node;
    JOBLIB_TRY(joblib_builder__remember(copying, from, entry->node, error));
    return log_copy(copying, from, entry->node, true, error);
}

/* A number that one place refers to: nothing tells it from another of the same value. */
static bool is_lone_number(const joblib_value *from)
{
    return from->kind <= JOBLIB_KIND_COMPLEX && !(from->flags & JOBLIB_VALUE_SHARED);
}

/* A copy that was made earlier may stand anywhere by now. */
static joblib_value *find_copy(const joblib_builder__copying *copying,
                               const joblib_value *from)
{
    joblib_value *copy = joblib_builder__map_find(&copying->map, from);
    if (copy || !copying->older) return copy;
    copy = joblib_builder__map_find(copying->older, from);
    if (copy) copy->flags |= JOBLIB_VALUE_SHARED | JOBLIB_VALUE_PLACED;
    return copy;
}

joblib_status joblib_builder__meet(joblib_builder__copying *copying,
                                   const joblib_value *from, joblib_value **out,
                                   joblib_error *error)
{
    *out = joblib_builder__given(from);
    if (!from || from->kind <= JOBLIB_KIND_BOOL) return JOBLIB_OK;
    if (copying->within && stays_within(from)) {
        (*out)->flags |= JOBLIB_VALUE_SHARED | JOBLIB_VALUE_PLACED;
        return JOBLIB_OK;
    }
    if (is_lone_number(from))
        return joblib_builder__copy_shell(copying, from, out, error);
    *out = find_copy(copying, from);
    if (!*out && from->kind == JOBLIB_KIND_GLOBAL)
        JOBLIB_TRY(meet_global(copying, from, out, error));
    if (*out) return JOBLIB_OK;
    joblib_value *copy = NULL;
    JOBLIB_TRY(joblib_builder__copy_shell(copying, from, &copy, error));
    JOBLIB_TRY(joblib_builder__remember(copying, from, copy, error));
    *out = copy;
    if (from->kind >= JOBLIB_KIND_LIST)
        return log_copy(copying, from, copy, false, error);
    if (joblib_value_is_py2(from)) copying->python2 = true;
    return JOBLIB_OK;
}

static joblib_status copy_all(joblib_builder__copying *copying, const joblib_value *value,
                              joblib_value **out, joblib_error *error)
{
    const struct joblib_value__mapping *last = copying->builder->document->mappings;
    JOBLIB_TRY(joblib_builder__meet(copying, value, out, error));
    for (size_t i = 0; i < copying->count; i++)
        JOBLIB_TRY(joblib_builder__fill(copying, i, error));
    return joblib_builder__complete_copy(copying, last, error);
}

/* The value that is copied is placed only if something in the copy may refer to it. */
static void unplace_root(const joblib_value *from, joblib_value *to)
{
    if (to->kind <= JOBLIB_KIND_BOOL || to->kind == JOBLIB_KIND_GLOBAL) return;
    if (!(from->flags & (JOBLIB_VALUE_SHARED | JOBLIB_VALUE_PLACED)))
        to->flags &= (uint8_t)~JOBLIB_VALUE_PLACED;
}

/* What later copies of the same document find. There is room, or nothing was there before. */
static void keep_copies(joblib_builder__map *all, joblib_builder__map *copies)
{
    if (all->used == 0) {
        joblib_builder__map empty = *all;
        *all = *copies;
        *copies = empty;
        return;
    }
    for (size_t i = 0; i < copies->room; i++) {
        if (copies->pairs[i].key)
            joblib_builder__map_set(all, copies->pairs[i].key, copies->pairs[i].item);
    }
}

void joblib_builder__end_copy(joblib_builder__copying *copying)
{
    const joblib_allocator *allocator = &copying->builder->allocator;
    joblib_builder__map_free(&copying->map, allocator);
    joblib_base__free(allocator, copying->log, copying->room * sizeof *copying->log);
}

/* A copy that failed is forgotten; its memory is lost until the builder is freed. */
static joblib_status run_copy(joblib_builder__copying *copying, const joblib_value *value,
                              joblib_value **out, joblib_error *error)
{
    struct joblib_value__mapping *mappings = copying->builder->document->mappings;
    joblib_value *copy = NULL;
    joblib_status status = copy_all(copying, value, &copy, error);
    if (status != JOBLIB_OK) {
        copying->builder->document->mappings = mappings;
    } else {
        unplace_root(value, copy);
        if (!copying->within) keep_copies(&copying->builder->copies, &copying->map);
        *out = copy;
    }
    joblib_builder__end_copy(copying);
    return status;
}

static joblib_status copy_within(joblib_builder *builder, const joblib_value *value,
                                 joblib_value **out, joblib_error *error)
{
    joblib_builder__copying copying = {.builder = builder, .within = true};
    JOBLIB_TRY(joblib_builder__check(builder, value, "the value", error));
    if (!stays_within(value)) return run_copy(&copying, value, out, error);
    *out = joblib_builder__given(value);
    return JOBLIB_OK;
}

/* A source lives as long as its copies are known by the addresses of its values. */
static joblib_status keep_source(joblib_builder *builder, const joblib_document *source,
                                 joblib_error *error)
{
    for (size_t i = 0; i < builder->source_count; i++) {
        if (builder->sources[i] == source) return JOBLIB_OK;
    }
    void *sources = (void *)builder->sources;
    JOBLIB_TRY(joblib_base__grow(&builder->allocator, &sources, &builder->source_room,
                                 builder->source_count + 1, sizeof *builder->sources,
                                 error));
    builder->sources = sources;
    builder->sources[builder->source_count++] = joblib_document_retain(source);
    return JOBLIB_OK;
}

joblib_status joblib_builder_copy(joblib_builder *builder, const joblib_document *source,
                                  const joblib_value *value, joblib_value **out,
                                  joblib_error *error)
{
    JOBLIB_TRY(joblib_builder__begin(builder, out, error));
    if (!source) return copy_within(builder, value, out, error);
    JOBLIB_REQUIRE(value, JOBLIB_ERROR_ARGUMENT, "the value is NULL");
    bool owned = value == joblib_value__none() || value == joblib_value__bool(false) ||
                 value == joblib_value__bool(true) ||
                 joblib_base__arena_owns(&source->arena, value);
    JOBLIB_REQUIRE(owned, JOBLIB_ERROR_ARGUMENT, "the value is none of the document");
    JOBLIB_TRY(keep_source(builder, source, error));
    *out = joblib_builder__map_find(&builder->copies, value);
    if (*out) return JOBLIB_OK;
    joblib_builder__copying copying = {.builder = builder, .older = &builder->copies};
    return run_copy(&copying, value, out, error);
}
