#include "support/twins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array/array.h"
#include "value/node.h"

/* What only a builder notes. */
#define BUILDER_NOTES (JOBLIB_VALUE_PLACED)

struct twin {
    const joblib_value *a, *b;
};

/* Pairs of nodes that belong together, found by the first, and those still to be looked at. */
struct twins {
    struct twin *pairs;
    size_t count, room, done;
    size_t *slots; /* number of a pair, plus one */
    size_t slot_count;
    const char *why;
};

static size_t slot_of(const struct twins *twins, const joblib_value *a)
{
    size_t slot = (size_t)(((uintptr_t)a >> 3) * 0x9e3779b97f4a7c15u >> 20);
    for (slot %= twins->slot_count; twins->slots[slot];
         slot = (slot + 1) % twins->slot_count) {
        if (twins->pairs[twins->slots[slot] - 1].a == a) break;
    }
    return slot;
}

static void grow_twins(struct twins *twins)
{
    twins->room = twins->room ? twins->room * 2 : 1024;
    twins->pairs = realloc(twins->pairs, twins->room * sizeof *twins->pairs);
    free(twins->slots);
    twins->slot_count = twins->room * 2;
    twins->slots = calloc(twins->slot_count, sizeof *twins->slots);
    if (!twins->pairs || !twins->slots) abort();
    for (size_t i = 0; i < twins->count; i++)
        twins->slots[slot_of(twins, twins->pairs[i].a)] = i + 1;
}

static bool differ(struct twins *twins, const char *what)
{
    if (!twins->why) twins->why = what;
    return false;
}

static bool same_node(struct twins *twins, const joblib_value *a, const joblib_value *b);

/* A number that is not shared has no identity: two places of an origin may have two of them. */
static bool is_lone_number(const joblib_value *value)
{
    return value->kind <= JOBLIB_KIND_COMPLEX && !(value->flags & JOBLIB_VALUE_SHARED);
}

/* Notes two nodes as one pair; false if either belongs to another. */
static bool pair_up(struct twins *twins, const joblib_value *a, const joblib_value *b)
{
    if (!a || !b) return a == b ? true : differ(twins, "a part is missing");
    if (a->kind <= JOBLIB_KIND_BOOL) return a == b ? true : differ(twins, "a constant");
    if (a == b) return differ(twins, "a node is shared by both");
    if (is_lone_number(a)) return same_node(twins, a, b);
    if (twins->count == twins->room) grow_twins(twins);
    size_t slot = slot_of(twins, a);
    if (twins->slots[slot])
        return twins->pairs[twins->slots[slot] - 1].b == b ? true
                                                           : differ(twins, "identity");
    twins->slots[slot] = twins->count + 1;
    twins->pairs[twins->count++] = (struct twin){a, b};
    return true;
}

static bool same_text(struct twins *twins, const joblib_value *a, const joblib_value *b)
{
    size_t size = joblib_value__text_size(a);
    bool same = size == joblib_value__text_size(b) &&
                memcmp(joblib_value__text(a), joblib_value__text(b),
                       size + (a->kind != JOBLIB_KIND_INT)) == 0;
    return same ? true : differ(twins, "text");
}

static bool same_items(struct twins *twins, joblib_value *const *a,
                       joblib_value *const *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!pair_up(twins, a[i], b[i])) return false;
    }
    return true;
}

static bool same_mapping(struct twins *twins, const struct joblib_value__mapping *a,
                         const struct joblib_value__mapping *b)
{
    /* Equal keys may leave so few entries that a copy needs no index for them. */
    bool may_differ = a->count <= 8;
    if (a->count != b->count || (!a->slots != !b->slots && !may_differ))
        return differ(twins, "entries");
    for (size_t i = 0; i < a->count; i++) {
        if (!pair_up(twins, a->entries[i].key, b->entries[i].key) ||
            !pair_up(twins, a->entries[i].value, b->entries[i].value))
            return false;
    }
    return true;
}

static bool same_origin(struct twins *twins, const struct joblib_value__origin *a,
                        const struct joblib_value__origin *b)
{
    for (; a && b; a = a->nested, b = b->nested) {
        bool same = a->form == b->form && a->protocol == b->protocol &&
                    a->allow_mmap == b->allow_mmap && a->alignment == b->alignment;
        if (!same) return differ(twins, "origin");
        if (!pair_up(twins, a->callable, b->callable) ||
            !pair_up(twins, a->arguments, b->arguments) ||
            !pair_up(twins, a->state, b->state))
            return false;
    }
    return a == b ? true : differ(twins, "nested origin");
}

/* Types are compared by what they say, and by their fields two deep. */
static bool same_dtype(struct twins *twins, const joblib_dtype *a, const joblib_dtype *b)
{
    bool constant = joblib_dtype_number(a->number) == a;
    bool same = (a == b) == constant && strcmp(a->text, b->text) == 0 &&
                a->itemsize == b->itemsize && a->alignment == b->alignment &&
                a->depth == b->depth && a->has_object == b->has_object &&
                a->field_count == b->field_count && a->ndim == b->ndim;
    for (size_t i = 0; same && i < a->field_count; i++)
        same = a->fields[i].name != b->fields[i].name &&
               strcmp(a->fields[i].name, b->fields[i].name) == 0 &&
               a->fields[i].offset == b->fields[i].offset &&
               strcmp(a->fields[i].dtype->text, b->fields[i].dtype->text) == 0;
    if (same && a->ndim > 0)
        same = memcmp(a->shape, b->shape, a->ndim * sizeof *a->shape) == 0 &&
               strcmp(a->base->text, b->base->text) == 0;
    return same ? true : differ(twins, "dtype");
}

static bool same_elements(struct twins *twins, const joblib_array *a,
                          const joblib_array *b)
{
    size_t size = a->count * a->dtype->itemsize;
    uint32_t order = JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER | JOBLIB_ARRAY_NATIVE;
    bool same = a->ndim == b->ndim && a->count == b->count &&
                (a->flags & order) == (b->flags & order) &&
                !(b->flags & JOBLIB_ARRAY_WRITABLE);
    for (size_t i = 0; same && i < a->ndim; i++)
        same = a->shape[i] == b->shape[i] && a->strides[i] == b->strides[i];
    if (!same || (a->data == b->data && size > 0)) return differ(twins, "view");
    if (a->dtype->has_object) return same_items(twins, a->data, b->data, a->count);
    same = size == 0 || memcmp(a->data, b->data, size) == 0;
    return same ? true : differ(twins, "elements");
}

static bool same_array(struct twins *twins, const struct joblib_value__array *a,
                       const struct joblib_value__array *b)
{
    return same_dtype(twins, a->view.dtype, b->view.dtype) &&
           same_elements(twins, &a->view, &b->view) &&
           pair_up(twins, a->dtype, b->dtype) &&
           pair_up(twins, a->subclass, b->subclass) &&
           same_origin(twins, &a->origin, &b->origin) &&
           (b->view.dtype == b->dtype->dtype->dtype ||
            differ(twins, "dtype of an array"));
}

static bool same_global(struct twins *twins, const joblib_value *a, const joblib_value *b)
{
    if (a->tag != b->tag || strcmp(a->global->module, b->global->module) != 0 ||
        strcmp(a->global->name, b->global->name) != 0)
        return differ(twins, "name");
    if (!a->spelling || !b->spelling)
        return a->spelling == b->spelling ? true : differ(twins, "spelling");
    return pair_up(twins, a->spelling->module, b->spelling->module) &&
           pair_up(twins, a->spelling->name, b->spelling->name);
}

static bool same_object(struct twins *twins, const joblib_value *a, const joblib_value *b)
{
    const struct joblib_value__object *x = a->object, *y = b->object;
    return (a->count == b->count || differ(twins, "form")) &&
           pair_up(twins, x->callable, y->callable) &&
           pair_up(twins, x->arguments, y->arguments) &&
           pair_up(twins, x->keywords, y->keywords) &&
           pair_up(twins, x->state, y->state) && pair_up(twins, x->items, y->items) &&
           pair_up(twins, x->entries, y->entries) &&
           same_origin(twins, x->wrapper, y->wrapper);
}

/* What a flag means depends on the kind; FIXED is noted by builders alone. */
static bool same_flags(const joblib_value *a, const joblib_value *b)
{
    unsigned notes = BUILDER_NOTES;
    if (a->kind == JOBLIB_KIND_LIST || a->kind == JOBLIB_KIND_DICT)
        notes |= JOBLIB_VALUE_FIXED;
    return ((a->flags ^ b->flags) & ~notes) == 0;
}

static bool same_bits(double a, double b)
{
    uint64_t bits[2];
    memcpy(&bits[0], &a, sizeof a);
    memcpy(&bits[1], &b, sizeof b);
    return bits[0] == bits[1];
}

static bool same_node(struct twins *twins, const joblib_value *a, const joblib_value *b)
{
    if (a->kind != b->kind || !same_flags(a, b)) return differ(twins, "kind or flags");
    switch (a->kind) {
    case JOBLIB_KIND_INT:
        if (a->flags & JOBLIB_VALUE_BIG) return same_text(twins, a, b);
        return a->integer == b->integer ? true : differ(twins, "integer");
    case JOBLIB_KIND_FLOAT:
        return same_bits(a->real, b->real) ? true : differ(twins, "float");
    case JOBLIB_KIND_COMPLEX:
        return same_bits(a->real, b->real) && same_bits(a->imaginary, b->imaginary)
                   ? true
                   : differ(twins, "complex");
    case JOBLIB_KIND_STR:
    case JOBLIB_KIND_BYTES:
    case JOBLIB_KIND_BYTEARRAY:
        return same_text(twins, a, b);
    case JOBLIB_KIND_LIST:
    case JOBLIB_KIND_TUPLE:
        if (a->count != b->count || a->depth != b->depth) return differ(twins, "count");
        return same_items(twins, a->items, b->items, a->count);
    case JOBLIB_KIND_DICT:
    case JOBLIB_KIND_SET:
    case JOBLIB_KIND_FROZENSET:
        return same_mapping(twins, a->mapping, b->mapping);
    case JOBLIB_KIND_DTYPE:
        return same_dtype(twins, a->dtype->dtype, b->dtype->dtype) &&
               same_origin(twins, &a->dtype->origin, &b->dtype->origin);
    case JOBLIB_KIND_GLOBAL:
        return same_global(twins, a, b);
    case JOBLIB_KIND_OBJECT:
        return same_object(twins, a, b);
    default:
        return same_array(twins, a->array, b->array);
    }
}

bool twins_agree(const joblib_value *a, const joblib_value *b, char *why, size_t size)
{
    struct twins twins = {0};
    bool same = a && b && pair_up(&twins, a, b);
    while (same && twins.done < twins.count) {
        struct twin pair = twins.pairs[twins.done++];
        same = same_node(&twins, pair.a, pair.b);
    }
    if (!same) snprintf(why, size, "%s", twins.why ? twins.why : "one is NULL");
    free(twins.pairs);
    free(twins.slots);
    return same;
}
