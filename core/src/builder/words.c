#include "builder/words.h"

#include <string.h>

#include "base/try.h"

void joblib_builder__words_free(joblib_builder__words *words,
                                const joblib_allocator *allocator)
{
    joblib_base__free(allocator, words->slots, words->room * sizeof *words->slots);
    memset(words, 0, sizeof *words);
}

/* The slot of a text, or the empty one where it belongs. */
static struct joblib_builder__word *find_word_slot(const joblib_builder__words *words,
                                                   const joblib_document *document,
                                                   const char *text, size_t size)
{
    size_t mask = words->room - 1;
    size_t slot = (size_t)joblib_base__hash(document->key, text, size) & mask;
    for (;; slot = (slot + 1) & mask) {
        struct joblib_builder__word *word = &words->slots[slot];
        if (!word->text) return word;
        if (word->size == size && memcmp(word->text, text, size) == 0) return word;
    }
}

joblib_value *joblib_builder__words_find(const joblib_builder__words *words,
                                         const joblib_document *document,
                                         const char *text, size_t size)
{
    return words->room > 0 ? find_word_slot(words, document, text, size)->value : NULL;
}

joblib_status joblib_builder__words_reserve(joblib_builder__words *words,
                                            const joblib_document *document, size_t more,
                                            joblib_error *error)
{
    const joblib_allocator *allocator = &document->arena.allocator;
    joblib_builder__words grown = {NULL, words->room ? words->room : 16, 0};
    if (words->count + more <= words->room / 2) return JOBLIB_OK;
    while (grown.room / 2 < words->count + more && grown.room <= SIZE_MAX / 64)
        grown.room *= 2;
    size_t size = grown.room * sizeof *grown.slots;
    grown.slots = joblib_base__allocate(allocator, size);
    if (!grown.slots) return joblib_base__set_no_memory(error, size);
    memset(grown.slots, 0, size);
    for (size_t i = 0; i < words->room; i++) {
        if (words->slots[i].text)
            joblib_builder__words_add(&grown, document, words->slots[i]);
    }
    joblib_builder__words_free(words, allocator);
    *words = grown;
    return JOBLIB_OK;
}

void joblib_builder__words_add(joblib_builder__words *words,
                               const joblib_document *document,
                               struct joblib_builder__word word)
{
    *find_word_slot(words, document, word.text, word.size) = word;
    words->count++;
}
