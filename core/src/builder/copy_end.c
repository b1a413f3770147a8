/* The end of a deep copy: what the builder learns of it, and what must not be changed in it. */
#include "builder/copying.h"
#include "value/mapping.h"

/* How deep lists and dicts stand in tuples, in any pickled form of an array or dtype. */
#define FORM_DEPTH 4

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

/* The dict of attributes of an object; NULL for everything else. */
static const struct joblib_value__mapping *attributes_of(const joblib_value *value)
{
    bool has_dict = value->kind == JOBLIB_KIND_OBJECT && value->object->state &&
                    value->object->state->kind == JOBLIB_KIND_DICT;
    return has_dict ? value->object->state->mapping : NULL;
}

/* Python's unpickler makes one object of all attribute names that are equal. */
static void note_names(joblib_builder *builder,
                       const struct joblib_value__mapping *attributes)
{
    for (size_t i = 0; i < attributes->count; i++) {
        joblib_value *key = attributes->entries[i].key;
        struct joblib_builder__word word = {.value = key};
        if (key->kind != JOBLIB_KIND_STR) continue;
        word.text = joblib_value_text(key, &word.size);
        if (!joblib_builder__words_find(&builder->keys, builder->document, word.text,
                                        word.size))
            joblib_builder__words_add(&builder->keys, builder->document, word);
    }
}

/* Later values of the builder have the same classes, dtypes and names of attributes, outside of
   nested pickles. */
static void note_value(joblib_builder *builder, joblib_value *value)
{
    const struct joblib_value__mapping *attributes = attributes_of(value);
    if (attributes) note_names(builder, attributes);
    if (value->kind == JOBLIB_KIND_DTYPE) joblib_builder__note_dtype(builder, value);
    if (value->kind != JOBLIB_KIND_GLOBAL || value->global->node) return;
    value->global->node = value;
    value->global->pickle = JOBLIB_BUILDER_PICKLE;
}

/* What the builder, or its document, learns of a value that is copied. */
static void complete_value(joblib_builder *builder,
                           const struct joblib_builder__copied *line)
{
    joblib_value *value = line->to;
    if (line->found) { /* a file names it too */
        if (!(line->from->flags & JOBLIB_VALUE_NAMED))
            value->flags &= (uint8_t)~JOBLIB_VALUE_NAMED;
        return;
    }
    fix_value(value);
    if (!line->nested) note_value(builder, value);
}

static size_t count_dtypes(const joblib_builder__copying *copying)
{
    size_t count = 0;
    for (size_t i = 0; i < copying->count; i++)
        count += copying->log[i].to->kind == JOBLIB_KIND_DTYPE;
    return count;
}

static size_t count_names(const joblib_builder__copying *copying)
{
    size_t count = 0;
    for (size_t i = 0; i < copying->count; i++) {
        const struct joblib_value__mapping *attributes =
            attributes_of(copying->log[i].to);
        if (attributes && !copying->log[i].nested) count += attributes->count;
    }
    return count;
}

/* What can fail comes first. */
joblib_status joblib_builder__complete_copy(joblib_builder__copying *copying,
                                            const struct joblib_value__mapping *last,
                                            joblib_error *error)
{
    joblib_builder *builder = copying->builder;
    joblib_document *document = builder->document;
    size_t dtypes = count_dtypes(copying);
    JOBLIB_TRY(joblib_value__seal_since(document, last, error));
    JOBLIB_TRY(joblib_builder__words_reserve(&builder->dtypes, document, dtypes, error));
    JOBLIB_TRY(joblib_builder__words_reserve(&builder->keys, document,
                                             count_names(copying), error));
    JOBLIB_TRY(joblib_builder__map_reserve(&builder->records, &builder->allocator, dtypes,
                                           error));
    if (!copying->within && builder->copies.used > 0)
        JOBLIB_TRY(joblib_builder__map_reserve(&builder->copies, &builder->allocator,
                                               copying->map.used, error));
    document->python2 = document->python2 || copying->python2;
    for (size_t i = 0; i < copying->count; i++) complete_value(builder, &copying->log[i]);
    return JOBLIB_OK;
}

#undef FORM_DEPTH
