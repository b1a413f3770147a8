/* Dicts and sets: completing them after the load, and finding entries. */
#include <string.h>

#include "base/prefetch.h"
#include "base/try.h"
#include "value/key.h"
#include "value/make.h"

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

static joblib_status allocate_slots(joblib_document *document,
                                    struct joblib_value__mapping *mapping,
                                    joblib_error *error)
{
    size_t count = 16;
    while (count < mapping->count * 2) count *= 2;
    size_t size = count * sizeof *mapping->slots;
    mapping->slots = joblib_base__arena_allocate_zeroed(&document->arena, size);
    if (!mapping->slots) return joblib_base__arena_fail(&document->arena, size, error);
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
    JOBLIB_TRY(allocate_slots(sealing->document, mapping, error));
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

joblib_status joblib_value__document_seal(joblib_document *document, joblib_error *error)
{
    struct sealing sealing = {document, {NULL, 0, 0}};
    joblib_status status = JOBLIB_OK;
    struct joblib_value__mapping *mapping = document->mappings;
    for (; mapping && status == JOBLIB_OK; mapping = mapping->next)
        status = mapping->count <= SMALL_MAPPING ? seal_small(&sealing, mapping, error)
                                                 : seal_large(&sealing, mapping, error);
    joblib_value__free_key_stack(document, &sealing.stack);
    return status;
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

static const joblib_value *find_entry(const struct joblib_value__mapping *mapping,
                                      uint32_t hash, const struct lookup *lookup)
{
    size_t mask = mapping->slot_count - 1;
    const uint32_t *slots = mapping->slots;
    for (size_t i = hash & mask; slots[i] != 0; i = (i + 1) & mask) {
        const struct joblib_value__entry *entry = entry_of_slot(mapping, slots[i]);
        if (has_hash(slots[i], hash, mask) && lookup->matches(entry->key, lookup))
            return entry->value;
    }
    return NULL;
}

static const joblib_value *scan_entries(const struct joblib_value__mapping *mapping,
                                        const struct lookup *lookup)
{
    for (size_t i = 0; i < mapping->count; i++) {
        if (lookup->matches(mapping->entries[i].key, lookup))
            return mapping->entries[i].value;
    }
    return NULL;
}

const joblib_value *joblib_value_find(const joblib_value *dict, const char *key)
{
    if (!dict || dict->kind != JOBLIB_KIND_DICT || !key) return NULL;
    const struct joblib_value__mapping *mapping = dict->mapping;
    struct lookup lookup = {matches_text, key, strlen(key), 0};
    if (!mapping->slots) return scan_entries(mapping, &lookup);
    return find_entry(mapping,
                      joblib_value__hash_text(mapping->document, key, lookup.size),
                      &lookup);
}

const joblib_value *joblib_value_find_int(const joblib_value *dict, int64_t key)
{
    if (!dict || dict->kind != JOBLIB_KIND_DICT) return NULL;
    const struct joblib_value__mapping *mapping = dict->mapping;
    struct lookup lookup = {matches_int, NULL, 0, key};
    if (!mapping->slots) return scan_entries(mapping, &lookup);
    return find_entry(mapping, joblib_value__hash_int(mapping->document, key), &lookup);
}
