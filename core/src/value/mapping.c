/* Dicts and sets: completing them after the load, and finding entries. */
#include <string.h>

#include "base/prefetch.h"
#include "base/try.h"
#include "value/key.h"
#include "value/make.h"
#include "value/mapping.h"

/* Up to so many entries a scan is as fast as an index. */
#define SMALL_MAPPING 8

/* So many keys are hashed before the first is looked for. */
#define HASH_GROUP 64

struct sealing {
    joblib_document *document;
    struct joblib_value__key_stack stack;
};

/* Finds the entry before `end` that has the key of entry `index`, by scanning. */
static joblib_status scan_for_twin(struct sealing *sealing,
                                   const struct joblib_value__mapping *mapping,
                                   size_t end, const joblib_value *key, size_t *out,
                                   joblib_error *error)
{
    for (*out = 0; *out < end; (*out)++) {
        bool equal;
        JOBLIB_TRY(joblib_value__equal_keys(sealing->document, mapping->entries[*out].key,
                                            key, &sealing->stack, &equal, error));
        if (equal) return JOBLIB_OK;
    }
    return JOBLIB_OK;
}

/*
 * A bit for keys that are text, by their size and ends, so that a key whose bit is new needs
 * no scan. Other keys give all bits: they equal no text, but perhaps each other.
 */
static uint64_t mark_key(const joblib_value *key)
{
    if (key->kind != JOBLIB_KIND_STR && key->kind != JOBLIB_KIND_BYTES) return UINT64_MAX;
    size_t size = joblib_value__text_size(key);
    if (size == 0) return 1;
    const unsigned char *text = (const unsigned char *)joblib_value__text(key);
    size_t ends = text[0] + (size_t)5 * text[size - 1];
    return UINT64_C(1) << ((size + ends) & 63);
}

static joblib_status seal_small(struct sealing *sealing,
                                struct joblib_value__mapping *mapping,
                                joblib_error *error)
{
    size_t kept = 0;
    uint64_t marks = 0;
    for (size_t i = 0; i < mapping->count; i++) {
        struct joblib_value__entry entry = mapping->entries[i];
        size_t twin = kept;
        uint64_t mark = mark_key(entry.key);
        JOBLIB_TRY(joblib_value__prepare_key(sealing->document, entry.key,
                                             &sealing->stack, error));
        if (marks & mark)
            JOBLIB_TRY(scan_for_twin(sealing, mapping, kept, entry.key, &twin, error));
        marks |= mark;
        if (twin < kept)
            mapping->entries[twin].value = entry.value;
        else
            mapping->entries[kept++] = entry;
    }
    mapping->count = kept;
    return JOBLIB_OK;
}

/*
 * A slot is 0, or has the number of an entry, plus 1, in the bits that say where a hash belongs,
 * and the rest of the key's hash above: it tells most other keys apart without a look.
 */
static uint32_t make_slot(uint32_t hash, size_t mask, size_t index)
{
    return (hash & ~(uint32_t)mask) | (uint32_t)(index + 1);
}

static bool has_hash(uint32_t slot, uint32_t hash, size_t mask)
{
    return ((slot ^ hash) & ~(uint32_t)mask) == 0;
}

static struct joblib_value__entry *entry_of_slot(
    const struct joblib_value__mapping *mapping, uint32_t slot)
{
    return &mapping->entries[(slot & (mapping->slot_count - 1)) - 1];
}

/* Finds the slot of an equal key, or the empty slot where the key belongs. */
static joblib_status probe_slots(struct sealing *sealing,
                                 const struct joblib_value__mapping *mapping,
                                 const joblib_value *key, uint32_t hash, uint32_t **out,
                                 joblib_error *error)
{
    size_t mask = mapping->slot_count - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        bool equal;
        *out = &mapping->slots[i];
        if (**out == 0) return JOBLIB_OK;
        if (!has_hash(**out, hash, mask)) continue;
        const joblib_value *other = entry_of_slot(mapping, **out)->key;
        JOBLIB_TRY(joblib_value__equal_keys(sealing->document, other, key,
                                            &sealing->stack, &equal, error));
        if (equal) return JOBLIB_OK;
    }
}

/* Empty slots for so many entries; the old ones stay where there is no memory. */
static joblib_status allocate_slots(joblib_document *document,
                                    struct joblib_value__mapping *mapping, size_t entries,
                                    joblib_error *error)
{
    size_t count = 16;
    while (count < entries * 2) count *= 2;
    size_t size = count * sizeof *mapping->slots;
    uint32_t *slots = joblib_base__arena_allocate_zeroed(&document->arena, size);
    if (!slots) return joblib_base__arena_fail(&document->arena, size, error);
    mapping->slots = slots;
    mapping->slot_count = count;
    return JOBLIB_OK;
}

/* Hashes the keys of some entries, and asks for their slots, which lie anywhere. */
static joblib_status hash_keys(struct sealing *sealing,
                               const struct joblib_value__mapping *mapping,
                               const struct joblib_value__entry *entries, size_t count,
                               uint32_t *hashes, joblib_error *error)
{
    for (size_t i = 0; i < count; i++) {
        JOBLIB_TRY(joblib_value__hash_key(sealing->document, entries[i].key,
                                          &sealing->stack, &hashes[i], error));
        JOBLIB_PREFETCH(&mapping->slots[hashes[i] & (mapping->slot_count - 1)]);
    }
    return JOBLIB_OK;
}

/* Puts one entry behind the `*kept` first ones, or its value into an equal key's entry. Where
   all keys differ, entries stay in their places and nothing is written. */
static joblib_status keep_entry(struct sealing *sealing,
                                struct joblib_value__mapping *mapping,
                                const struct joblib_value__entry *entry, uint32_t hash,
                                size_t *kept, joblib_error *error)
{
    uint32_t *slot;
    JOBLIB_TRY(probe_slots(sealing, mapping, entry->key, hash, &slot, error));
    if (*slot != 0) {
        entry_of_slot(mapping, *slot)->value = entry->value;
        return JOBLIB_OK;
    }
    *slot = make_slot(hash, mapping->slot_count - 1, *kept);
    struct joblib_value__entry *place = &mapping->entries[(*kept)++];
    if (place != entry) *place = *entry;
    return JOBLIB_OK;
}

static joblib_status seal_large(struct sealing *sealing,
                                struct joblib_value__mapping *mapping,
                                joblib_error *error)
{
    uint32_t hashes[HASH_GROUP];
    size_t kept = 0;
    JOBLIB_TRY(allocate_slots(sealing->document, mapping, mapping->count, error));
    for (size_t first = 0; first < mapping->count; first += HASH_GROUP) {
        const struct joblib_value__entry *entries = mapping->entries + first;
        size_t count = mapping->count - first;
        if (count > HASH_GROUP) count = HASH_GROUP;
        JOBLIB_TRY(hash_keys(sealing, mapping, entries, count, hashes, error));
        for (size_t i = 0; i < count; i++)
            JOBLIB_TRY(
                keep_entry(sealing, mapping, &entries[i], hashes[i], &kept, error));
    }
    mapping->count = kept;
    return JOBLIB_OK;
}

joblib_status joblib_value__seal_since(joblib_document *document,
                                       const struct joblib_value__mapping *last,
                                       joblib_error *error)
{
    struct sealing sealing = {document, {NULL, 0, 0}};
    joblib_status status = JOBLIB_OK;
    struct joblib_value__mapping *mapping = document->mappings;
    for (; mapping != last && status == JOBLIB_OK; mapping = mapping->next)
        status = mapping->count <= SMALL_MAPPING ? seal_small(&sealing, mapping, error)
                                                 : seal_large(&sealing, mapping, error);
    joblib_value__free_key_stack(document, &sealing.stack);
    return status;
}

joblib_status joblib_value__document_seal(joblib_document *document, joblib_error *error)
{
    return joblib_value__seal_since(document, NULL, error);
}

/* Changing a sealed mapping */

/* Enters an entry whose key equals no other. */
static void enter_slot(struct joblib_value__mapping *mapping, size_t index, uint32_t hash)
{
    size_t mask = mapping->slot_count - 1, i = hash & mask;
    while (mapping->slots[i] != 0) i = (i + 1) & mask;
    mapping->slots[i] = make_slot(hash, mask, index);
}

/* Keys that are in a sealed mapping were prepared. */
static void enter_all(const joblib_document *document,
                      struct joblib_value__mapping *mapping)
{
    for (size_t i = 0; i < mapping->count; i++)
        enter_slot(mapping, i,
                   joblib_value__hash_prepared(document, mapping->entries[i].key));
}

/* Finds the entry of a prepared key, or the number of entries. */
static joblib_status find_prepared(struct sealing *sealing,
                                   const struct joblib_value__mapping *mapping,
                                   const joblib_value *key, uint32_t hash, size_t *out,
                                   joblib_error *error)
{
    uint32_t *slot;
    if (!mapping->slots)
        return scan_for_twin(sealing, mapping, mapping->count, key, out, error);
    JOBLIB_TRY(probe_slots(sealing, mapping, key, hash, &slot, error));
    *out = *slot != 0 ? (size_t)(entry_of_slot(mapping, *slot) - mapping->entries)
                      : mapping->count;
    return JOBLIB_OK;
}

static joblib_status find_key_entry(struct sealing *sealing,
                                    const struct joblib_value__mapping *mapping,
                                    joblib_value *key, uint32_t *hash_out, size_t *out,
                                    joblib_error *error)
{
    JOBLIB_TRY(
        joblib_value__hash_key(sealing->document, key, &sealing->stack, hash_out, error));
    return find_prepared(sealing, mapping, key, *hash_out, out, error);
}

joblib_status joblib_value__find_key(joblib_document *document, const joblib_value *value,
                                     joblib_value *key, size_t *out, joblib_error *error)
{
    struct sealing sealing = {document, {NULL, 0, 0}};
    uint32_t hash;
    joblib_status status =
        find_key_entry(&sealing, value->mapping, key, &hash, out, error);
    joblib_value__free_key_stack(document, &sealing.stack);
    return status;
}

/* Slots for one entry more, at most half of them in use. */
static joblib_status make_slot_room(joblib_document *document,
                                    struct joblib_value__mapping *mapping,
                                    joblib_error *error)
{
    size_t count = mapping->count + 1;
    bool fits =
        mapping->slots ? count * 2 <= mapping->slot_count : count <= SMALL_MAPPING;
    if (fits) return JOBLIB_OK;
    JOBLIB_TRY(allocate_slots(document, mapping, count, error));
    enter_all(document, mapping);
    return JOBLIB_OK;
}

static joblib_status append_new_entry(joblib_document *document, joblib_value *value,
                                      joblib_value *key, joblib_value *item,
                                      uint32_t hash, joblib_error *error)
{
    struct joblib_value__mapping *mapping = value->mapping;
    JOBLIB_REQUIRE(mapping->count < JOBLIB_MAX_ENTRIES, JOBLIB_ERROR_LIMIT,
                   "a %s has %zu entries, no more are possible",
                   joblib_kind_name(value->kind), mapping->count);
    JOBLIB_TRY(make_slot_room(document, mapping, error));
    if (!joblib_value__set(document, value, key, item))
        return joblib_base__arena_fail(&document->arena,
                                       mapping->count * sizeof *mapping->entries, error);
    if (mapping->slots) enter_slot(mapping, mapping->count - 1, hash);
    return JOBLIB_OK;
}

joblib_status joblib_value__put(joblib_document *document, joblib_value *value,
                                joblib_value *key, joblib_value *item, bool *added_out,
                                joblib_error *error)
{
    struct sealing sealing = {document, {NULL, 0, 0}};
    uint32_t hash;
    size_t index;
    joblib_status status =
        find_key_entry(&sealing, value->mapping, key, &hash, &index, error);
    joblib_value__free_key_stack(document, &sealing.stack);
    if (status != JOBLIB_OK) return status;
    *added_out = index == value->mapping->count;
    if (*added_out) return append_new_entry(document, value, key, item, hash, error);
    value->mapping->entries[index].value = item;
    return JOBLIB_OK;
}

void joblib_value__remove_entry(const joblib_document *document, joblib_value *value,
                                size_t index)
{
    struct joblib_value__mapping *mapping = value->mapping;
    struct joblib_value__entry *entry = &mapping->entries[index];
    memmove(entry, entry + 1, (--mapping->count - index) * sizeof *entry);
    if (!mapping->slots) return;
    memset(mapping->slots, 0, mapping->slot_count * sizeof *mapping->slots);
    enter_all(document, mapping);
}

/* Looks for one key in a sealed mapping; `matches` compares it with an entry's key. */
struct lookup {
    bool (*matches)(const joblib_value *key, const struct lookup *lookup);
    const char *text;
    size_t size;
    int64_t number;
};

static bool matches_text(const joblib_value *key, const struct lookup *lookup)
{
    return joblib_value__is_text_key(key, lookup->text, lookup->size);
}

static bool matches_int(const joblib_value *key, const struct lookup *lookup)
{
    return joblib_value__is_int_key(key, lookup->number);
}

static struct joblib_value__entry *probe_entries(
    const struct joblib_value__mapping *mapping, uint32_t hash,
    const struct lookup *lookup)
{
    size_t mask = mapping->slot_count - 1;
    const uint32_t *slots = mapping->slots;
    for (size_t i = hash & mask; slots[i] != 0; i = (i + 1) & mask) {
        struct joblib_value__entry *entry = entry_of_slot(mapping, slots[i]);
        if (has_hash(slots[i], hash, mask) && lookup->matches(entry->key, lookup))
            return entry;
    }
    return NULL;
}

static struct joblib_value__entry *scan_entries(
    const struct joblib_value__mapping *mapping, const struct lookup *lookup)
{
    for (size_t i = 0; i < mapping->count; i++) {
        if (lookup->matches(mapping->entries[i].key, lookup)) return &mapping->entries[i];
    }
    return NULL;
}

struct joblib_value__entry *joblib_value__find_text(const joblib_value *dict,
                                                    const char *key, size_t size)
{
    if (!dict || dict->kind != JOBLIB_KIND_DICT) return NULL;
    const struct joblib_value__mapping *mapping = dict->mapping;
    struct lookup lookup = {matches_text, key, size, 0};
    if (!mapping->slots) return scan_entries(mapping, &lookup);
    return probe_entries(mapping, joblib_value__hash_text(mapping->document, key, size),
                         &lookup);
}

struct joblib_value__entry *joblib_value__find_integer(const joblib_value *dict,
                                                       int64_t key)
{
    if (!dict || dict->kind != JOBLIB_KIND_DICT) return NULL;
    const struct joblib_value__mapping *mapping = dict->mapping;
    struct lookup lookup = {matches_int, NULL, 0, key};
    if (!mapping->slots) return scan_entries(mapping, &lookup);
    return probe_entries(mapping, joblib_value__hash_int(mapping->document, key),
                         &lookup);
}

const joblib_value *joblib_value_find(const joblib_value *dict, const char *key)
{
    const struct joblib_value__entry *entry =
        key ? joblib_value__find_text(dict, key, strlen(key)) : NULL;
    return entry ? entry->value : NULL;
}

const joblib_value *joblib_value_find_int(const joblib_value *dict, int64_t key)
{
    const struct joblib_value__entry *entry = joblib_value__find_integer(dict, key);
    return entry ? entry->value : NULL;
}
