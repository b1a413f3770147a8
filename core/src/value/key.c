#include "value/key.h"

#include <string.h>

#include "base/try.h"
#include "value/key_number.h"
#include "value/make.h"

/* Nested tuples are compared item by item; more steps than this are an attack. */
#define MAX_KEY_STEPS 1000000

/* Kinds with equal hashes for equal values: all numbers are one class, all text another. */
enum key_class { KEY_INTEGER = 1, KEY_FLOAT, KEY_BYTES, KEY_TUPLE, KEY_IDENTITY };

static uint32_t hash_bytes(const joblib_document *document, enum key_class class,
                           const void *bytes, size_t size)
{
    uint64_t hash = joblib_base__hash(document->key, bytes, size) + (uint64_t) class;
    return (uint32_t)(hash ^ hash >> 32);
}

uint32_t joblib_value__hash_text(const joblib_document *document, const char *text,
                                 size_t size)
{
    return hash_bytes(document, KEY_BYTES, text, size);
}

uint32_t joblib_value__hash_int(const joblib_document *document, int64_t number)
{
    return hash_bytes(document, KEY_INTEGER, &number, sizeof number);
}

static bool has_text(const joblib_value *value)
{
    return value->kind == JOBLIB_KIND_STR || value->kind == JOBLIB_KIND_BYTES ||
           (value->kind == JOBLIB_KIND_INT && value->flags & JOBLIB_VALUE_BIG);
}

/* Numbers that are equal have one hash: as int64, as bytes of a larger integer, as doubles. */
static uint32_t hash_number(const joblib_document *document,
                            const struct joblib_value__key_number *number)
{
    if (number->imaginary != 0) {
        double real = number->is_integer ? (double)number->integer : number->real;
        double parts[] = {real, number->imaginary};
        return hash_bytes(document, KEY_FLOAT, parts, sizeof parts);
    }
    if (number->is_integer) return joblib_value__hash_int(document, number->integer);
    if (number->is_wide) {
        uint8_t bytes[JOBLIB_VALUE_WIDE_BYTES];
        size_t size = joblib_value__write_wide(number, bytes);
        return joblib_value__hash_text(document, (const char *)bytes, size);
    }
    return hash_bytes(document, KEY_FLOAT, &number->real, sizeof number->real);
}

static uint32_t hash_simple_key(const joblib_document *document, const joblib_value *key)
{
    if (has_text(key))
        return joblib_value__hash_text(document, joblib_value__text(key),
                                       joblib_value__text_size(key));
    struct joblib_value__key_number number = joblib_value__read_key_number(key);
    if (number.is_number) return hash_number(document, &number);
    return hash_bytes(document, KEY_IDENTITY, &key, sizeof key);
}

/* One level of nested tuples: one tuple to hash, or two to compare. */
struct key_step {
    joblib_value *tuple;
    const joblib_value *other;
    size_t next; /* item to look at next */
};

void joblib_value__free_key_stack(const joblib_document *document,
                                  struct joblib_value__key_stack *stack)
{
    joblib_base__free(&document->arena.allocator, stack->items,
                      stack->room * sizeof(struct key_step));
}

static joblib_status push_step(const joblib_document *document,
                               struct joblib_value__key_stack *stack, size_t depth,
                               struct key_step step, joblib_error *error)
{
    JOBLIB_TRY(joblib_base__grow(&document->arena.allocator, &stack->items, &stack->room,
                                 depth + 1, sizeof step, error));
    ((struct key_step *)stack->items)[depth] = step;
    return JOBLIB_OK;
}

/* A finished tuple keeps its hash in `room`, with the lowest bit set. */
static uint32_t hash_tuple_items(const joblib_document *document,
                                 const joblib_value *tuple)
{
    uint64_t hash = tuple->count;
    for (size_t i = 0; i < tuple->count; i++) {
        const joblib_value *item = tuple->items[i];
        uint32_t part = item->kind == JOBLIB_KIND_TUPLE ? item->room
                                                        : hash_simple_key(document, item);
        hash = (hash ^ part) * UINT64_C(0x9e3779b97f4a7c15);
    }
    return hash_bytes(document, KEY_TUPLE, &hash, sizeof hash) | 1;
}

static joblib_status require_hashable(const joblib_value *value, joblib_error *error)
{
    JOBLIB_REQUIRE(joblib_value__is_hashable(value), JOBLIB_ERROR_TYPE,
                   "a %s cannot be a key of a dict or an item of a set",
                   joblib_kind_name(value->kind));
    return JOBLIB_OK;
}

/* Hashes nested tuples from the inside out, each once, on a stack of its own. */
static joblib_status hash_tuple(joblib_document *document, joblib_value *tuple,
                                struct joblib_value__key_stack *stack,
                                joblib_error *error)
{
    size_t depth = 0;
    JOBLIB_TRY(
        push_step(document, stack, depth++, (struct key_step){tuple, NULL, 0}, error));
    while (depth > 0) {
        struct key_step *step = (struct key_step *)stack->items + depth - 1;
        if (step->next == step->tuple->count) {
            step->tuple->room = hash_tuple_items(document, step->tuple);
            depth--;
            continue;
        }
        joblib_value *item = step->tuple->items[step->next++];
        JOBLIB_TRY(require_hashable(item, error));
        if (item->kind == JOBLIB_KIND_TUPLE && item->room == 0)
            JOBLIB_TRY(push_step(document, stack, depth++,
                                 (struct key_step){item, NULL, 0}, error));
    }
    return JOBLIB_OK;
}

joblib_status joblib_value__prepare_key(joblib_document *document, joblib_value *key,
                                        struct joblib_value__key_stack *stack,
                                        joblib_error *error)
{
    JOBLIB_TRY(require_hashable(key, error));
    if (key->kind != JOBLIB_KIND_TUPLE || key->room != 0) return JOBLIB_OK;
    return hash_tuple(document, key, stack, error);
}

uint32_t joblib_value__hash_prepared(const joblib_document *document,
                                     const joblib_value *key)
{
    bool is_tuple = key->kind == JOBLIB_KIND_TUPLE;
    return is_tuple ? key->room : hash_simple_key(document, key);
}

joblib_status joblib_value__hash_key(joblib_document *document, joblib_value *key,
                                     struct joblib_value__key_stack *stack, uint32_t *out,
                                     joblib_error *error)
{
    if (!has_text(key))
        JOBLIB_TRY(joblib_value__prepare_key(document, key, stack, error));
    *out = joblib_value__hash_prepared(document, key);
    return JOBLIB_OK;
}

static bool is_python_text(const joblib_value *value)
{
    if (value->kind == JOBLIB_KIND_STR) return true;
    uint8_t both = JOBLIB_VALUE_PY2 | JOBLIB_VALUE_ASCII;
    return value->kind == JOBLIB_KIND_BYTES && (value->flags & both) == both;
}

bool joblib_value__is_text_key(const joblib_value *key, const char *text, size_t size)
{
    return is_python_text(key) && joblib_value__text_size(key) == size &&
           memcmp(joblib_value__text(key), text, size) == 0;
}

bool joblib_value__is_int_key(const joblib_value *key, int64_t number)
{
    struct joblib_value__key_number found = joblib_value__read_key_number(key);
    return found.is_integer && found.imaginary == 0 && found.integer == number;
}

static bool equal_texts(const joblib_value *a, const joblib_value *b)
{
    size_t size = joblib_value__text_size(a);
    if (size != joblib_value__text_size(b)) return false;
    if (memcmp(joblib_value__text(a), joblib_value__text(b), size) != 0) return false;
    return a->kind == b->kind || (is_python_text(a) && is_python_text(b));
}

/* An int beyond int64, and a float or a scalar. */
static bool equals_big(const joblib_value *big,
                       const struct joblib_value__key_number *number)
{
    if (big->kind != JOBLIB_KIND_INT || !number->is_wide || number->imaginary != 0)
        return false;
    uint8_t bytes[JOBLIB_VALUE_WIDE_BYTES];
    size_t size = joblib_value__write_wide(number, bytes);
    return size == joblib_value__text_size(big) &&
           memcmp(bytes, joblib_value__text(big), size) == 0;
}

/* Keys without parts. Identity was compared before, so NaN and unknown objects differ. */
static bool equal_simple_keys(const joblib_value *a, const joblib_value *b)
{
    if (has_text(a) && has_text(b)) return equal_texts(a, b);
    struct joblib_value__key_number x = joblib_value__read_key_number(a);
    struct joblib_value__key_number y = joblib_value__read_key_number(b);
    if (has_text(a)) return y.is_number && equals_big(a, &y);
    if (has_text(b)) return x.is_number && equals_big(b, &x);
    return x.is_number && y.is_number && joblib_value__equal_numbers(&x, &y);
}

static bool are_comparable_tuples(const joblib_value *a, const joblib_value *b)
{
    return a->kind == JOBLIB_KIND_TUPLE && b->kind == JOBLIB_KIND_TUPLE &&
           a->count == b->count && a->room == b->room;
}

static joblib_status equal_tuples(const joblib_document *document, const joblib_value *a,
                                  const joblib_value *b,
                                  struct joblib_value__key_stack *stack, bool *out,
                                  joblib_error *error)
{
    size_t depth = 0;
    struct key_step first = {(joblib_value *)a, b, 0};
    JOBLIB_TRY(push_step(document, stack, depth++, first, error));
    *out = true;
    while (depth > 0 && *out) {
        struct key_step *pair = (struct key_step *)stack->items + depth - 1;
        JOBLIB_REQUIRE(stack->steps-- > 0, JOBLIB_ERROR_LIMIT,
                       "comparing nested tuples as keys takes more than %d steps",
                       MAX_KEY_STEPS);
        if (pair->next == pair->tuple->count) {
            depth--;
            continue;
        }
        joblib_value *x = pair->tuple->items[pair->next];
        const joblib_value *y = pair->other->items[pair->next++];
        if (x == y) continue;
        if (are_comparable_tuples(x, y))
            JOBLIB_TRY(
                push_step(document, stack, depth++, (struct key_step){x, y, 0}, error));
        else
            *out = equal_simple_keys(x, y);
    }
    return JOBLIB_OK;
}

joblib_status joblib_value__equal_keys(const joblib_document *document,
                                       const joblib_value *a, const joblib_value *b,
                                       struct joblib_value__key_stack *stack, bool *out,
                                       joblib_error *error)
{
    *out = a == b;
    if (*out) return JOBLIB_OK;
    if (!are_comparable_tuples(a, b)) {
        *out = equal_simple_keys(a, b);
        return JOBLIB_OK;
    }
    stack->steps = MAX_KEY_STEPS;
    return equal_tuples(document, a, b, stack, out, error);
}
