#include "value/document.h"

#include <string.h>

#include "base/try.h"

/* Where objects land in memory differs from run to run; an attacker cannot know it. */
static joblib_base__hash_key make_hash_key(const joblib_document *document)
{
    uint64_t here = (uint64_t)(uintptr_t)&document;
    uint64_t there = (uint64_t)(uintptr_t)document;
    joblib_base__hash_key key = {here * UINT64_C(0x9e3779b97f4a7c15),
                                 there * UINT64_C(0xc2b2ae3d27d4eb4f)};
    return key;
}

joblib_status joblib_value__document_new(const joblib_allocator *allocator,
                                         uint64_t limit, joblib_document **out,
                                         joblib_error *error)
{
    joblib_allocator chosen = joblib_base__choose_allocator(allocator);
    joblib_document *document = joblib_base__allocate(&chosen, sizeof *document);
    if (!document) return joblib_base__set_no_memory(error, sizeof *document);
    memset(document, 0, sizeof *document);
    atomic_init(&document->references, 1);
    joblib_base__arena_init(&document->arena, &chosen, limit);
    document->key = make_hash_key(document);
    *out = document;
    return JOBLIB_OK;
}

static void free_document(joblib_document *document)
{
    if (document->backing.release)
        document->backing.release(document->backing.block, document->backing.size);
    joblib_allocator allocator = document->arena.allocator;
    joblib_base__arena_free(&document->arena);
    joblib_base__free(&allocator, document, sizeof *document);
}

joblib_document *joblib_document_retain(const joblib_document *document)
{
    joblib_document *owned = (joblib_document *)document;
    if (owned) atomic_fetch_add_explicit(&owned->references, 1, memory_order_relaxed);
    return owned;
}

void joblib_document_release(joblib_document *document)
{
    if (!document) return;
    if (atomic_fetch_sub_explicit(&document->references, 1, memory_order_acq_rel) == 1)
        free_document(document);
}

const joblib_value *joblib_document_root(const joblib_document *document)
{
    return document ? document->root : NULL;
}

int joblib_document_codec(const joblib_document *document)
{
    return document ? document->codec : 0;
}

int joblib_document_protocol(const joblib_document *document)
{
    return document ? document->protocol : 0;
}

size_t joblib_document_memory(const joblib_document *document)
{
    if (!document) return 0;
    size_t backing = document->backing.mapped ? 0 : document->backing.size;
    return sizeof *document + (size_t)document->arena.used + backing;
}

int joblib_document_sharing(const joblib_document *document)
{
    return document ? document->sharing : JOBLIB_SHARING_NOT_ASKED;
}

int joblib_value_sharing(const joblib_value *value)
{
    joblib_kind kind = joblib_value_kind(value);
    return kind == JOBLIB_KIND_ARRAY || kind == JOBLIB_KIND_SCALAR
               ? value->array->origin.sharing
               : JOBLIB_SHARING_NOT_ASKED;
}

const char *joblib_sharing_name(int sharing)
{
    static const char *const names[] = {"not asked",  "shared",    "compressed",
                                        "unmappable", "unaligned", "objects",
                                        "inside",     "companion"};
    return sharing >= 0 && sharing < (int)(sizeof names / sizeof *names) ? names[sharing]
                                                                         : NULL;
}
