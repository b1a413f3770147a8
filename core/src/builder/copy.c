/* Deep copies: what is met, what is remembered of it, and what happens at the end. */
#include <string.h>

#include "base/vector.h"
#include "builder/copying.h"
#include "value/mapping.h"

/* How deep lists and dicts stand in tuples, in any pickled form of an array or dtype. */
#define FORM_DEPTH 4

/* What a copy within one builder refers to as well as the original does, as in Python. */
static bool stays_within(const joblib_value *from)
{
    return from->kind <= JOBLIB_KIND_BYTES || from->kind == JOBLIB_KIND_DTYPE ||
           from->kind == JOBLIB_KIND_SCALAR || from->kind == JOBLIB_KIND_GLOBAL;
}

joblib_status joblib_builder__log(joblib_builder__copying *copying, const void *from,
                                  void *copy, joblib_value *value, joblib_error *error)
{
    const joblib_allocator *allocator = &copying->builder->allocator;
    void *log = copying->log;
    JOBLIB_TRY(joblib_base__grow(allocator, &log, &copying->room, copying->count + 1,
                                 sizeof *copying->log, error));
    copying->log = log;
    JOBLIB_TRY(joblib_builder__map_reserve(copying->map, allocator, 1, error));
    joblib_builder__map_set(copying->map, from, copy);
    copying->log[copying->count++] =
        (struct joblib_builder__copied){from, value, copying->nested};
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
    return joblib_builder__log(copying, from, entry->node, NULL, error);
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
    *out = joblib_builder__map_find(copying->map, from);
    if (!*out && from->kind == JOBLIB_KIND_GLOBAL)
        JOBLIB_TRY(meet_global(copying, from, out, error));
    if (*out) return JOBLIB_OK;
    joblib_value *copy = NULL;
    JOBLIB_TRY(joblib_builder__copy_shell(copying, from, &copy, error));
    JOBLIB_TRY(joblib_builder__log(copying, from, copy, copy, error));
    *out = copy;
    return JOBLIB_OK;
}

/* A list or dict must go on to agree with the bytes of an array. */
static void fix_part(joblib_value *value)
{
    if (value->kind == JOBLIB_KIND_LIST || value->kind == JOBLIB_KIND_DICT)
        value->flags |= JOBLIB_VALUE_FIXED;
}

static void fix_form(joblib_value *form)
{
    struct {
        const joblib_value *tuple;
        size_t next;
    } levels[FORM_DEPTH] = {{form, 0}};
    size_t depth = 1;
    if (!form) return;
    fix_part(form);
    if (form->kind != JOBLIB_KIND_TUPLE) return;
    while (depth > 0) {
        if (levels[depth - 1].next == levels[depth - 1].tuple->count) {
            depth--;
            continue;
        }
        joblib_value *item = levels[depth - 1].tuple->items[levels[depth - 1].next++];
        fix_part(item);
        if (item->kind != JOBLIB_KIND_TUPLE || depth == FORM_DEPTH) continue;
        levels[depth].tuple = item;
        levels[depth++].next = 0;
    }
}

static void fix_origin(const struct joblib_value__origin *origin)
{
    for (; origin; origin = origin->nested) {
        fix_form(origin->arguments);
        fix_form(origin->state);
    }
}

static void fix_value(const joblib_value *value)
{
    switch (value->kind) {
    case JOBLIB_KIND_ARRAY:
    case JOBLIB_KIND_SCALAR:
        fix_origin(&value->array->origin);
        break;
    case JOBLIB_KIND_DTYPE:
        fix_origin(&value->dtype->origin);
        break;
    case JOBLIB_KIND_OBJECT:
        fix_origin(value->object->wrapper);
        if (!joblib_builder__is_undecoded(value)) break;
        fix_form(value->object->arguments);
        fix_form(value->object->state);
        break;
    default:
        break;
    }
}

/* Later values of the builder name the same classes and dtypes, outside of nested pickles. */
static void note_value(joblib_builder *builder, joblib_value *value)
{
    if (value->kind == JOBLIB_KIND_DTYPE) joblib_builder__note_dtype(builder, value);
    if (value->kind != JOBLIB_KIND_GLOBAL || value->global->node) return;
    value->global->node = value;
    value->global->pickle = JOBLIB_BUILDER_PICKLE;
}

static size_t count_dtypes(const joblib_builder__copying *copying)
{
    size_t count = 0;
    for (size_t i = 0; i < copying->count; i++) {
        const joblib_value *value = copying->log[i].to;
        count += value && value->kind == JOBLIB_KIND_DTYPE;
    }
    return count;
}

/* What can fail comes first. */
static joblib_status complete_copy(joblib_builder__copying *copying,
                                   const struct joblib_value__mapping *last,
                                   joblib_error *error)
{
    joblib_builder *builder = copying->builder;
    joblib_document *document = builder->document;
    size_t dtypes = count_dtypes(copying);
    JOBLIB_TRY(joblib_value__seal_since(document, last, error));
    JOBLIB_TRY(joblib_builder__words_reserve(&builder->dtypes, document, dtypes, error));
    JOBLIB_TRY(joblib_builder__map_reserve(&builder->records, &builder->allocator, dtypes,
                                           error));
    for (size_t i = 0; i < copying->count; i++) {
        const struct joblib_builder__copied *line = &copying->log[i];
        if (line->to) fix_value(line->to);
        if (line->to && !line->nested) note_value(builder, line->to);
    }
    return JOBLIB_OK;
}

static joblib_status copy_all(joblib_builder__copying *copying, const joblib_value *value,
                              joblib_value **out, joblib_error *error)
{
    const struct joblib_value__mapping *last = copying->builder->document->mappings;
    JOBLIB_TRY(joblib_builder__meet(copying, value, out, error));
    for (size_t i = 0; i < copying->count; i++)
        JOBLIB_TRY(joblib_builder__fill(copying, i, error));
    return complete_copy(copying, last, error);
}

/* A copy that failed is forgotten; its memory is lost until the builder is freed. */
static void forget_copies(joblib_builder__copying *copying,
                          struct joblib_value__mapping *mappings)
{
    for (size_t i = 0; i < copying->count; i++)
        joblib_builder__map_set(copying->map, copying->log[i].from, NULL);
    copying->builder->document->mappings = mappings;
}

/* The value that is copied is placed only if something in the copy refers to it. */
static void unplace_root(const joblib_value *from, joblib_value *to, bool is_new)
{
    if (!is_new || to->kind <= JOBLIB_KIND_BOOL) return;
    if (!(from->flags & JOBLIB_VALUE_SHARED)) to->flags &= (uint8_t)~JOBLIB_VALUE_PLACED;
}

static joblib_status run_copy(joblib_builder__copying *copying, const joblib_value *value,
                              joblib_value **out, joblib_error *error)
{
    const joblib_allocator *allocator = &copying->builder->allocator;
    struct joblib_value__mapping *mappings = copying->builder->document->mappings;
    joblib_value *copy = NULL;
    joblib_status status = copy_all(copying, value, &copy, error);
    if (status != JOBLIB_OK)
        forget_copies(copying, mappings);
    else
        unplace_root(value, copy, copying->count > 0);
    joblib_base__free(allocator, copying->log, copying->room * sizeof *copying->log);
    *out = status == JOBLIB_OK ? copy : NULL;
    return status;
}

static joblib_status copy_within(joblib_builder *builder, const joblib_value *value,
                                 joblib_value **out, joblib_error *error)
{
    joblib_builder__map map = {NULL, 0, 0};
    joblib_builder__copying copying = {.builder = builder, .map = &map, .within = true};
    JOBLIB_TRY(joblib_builder__check(builder, value, "the value", error));
    if (stays_within(value)) {
        *out = joblib_builder__given(value);
        return JOBLIB_OK;
    }
    joblib_status status = run_copy(&copying, value, out, error);
    joblib_builder__map_free(&map, &builder->allocator);
    return status;
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
    joblib_builder__copying copying = {.builder = builder, .map = &builder->copies};
    return run_copy(&copying, value, out, error);
}

#undef FORM_DEPTH
