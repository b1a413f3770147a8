#include "model/registry.h"

#include <string.h>

#if !defined(JOBLIB_FAMILY_LINEAR)
#define JOBLIB_FAMILY_LINEAR 1
#endif
#if !defined(JOBLIB_FAMILY_PREPROCESSING)
#define JOBLIB_FAMILY_PREPROCESSING 1
#endif
#if !defined(JOBLIB_FAMILY_PIPELINE)
#define JOBLIB_FAMILY_PIPELINE 1
#endif
#if !defined(JOBLIB_FAMILY_DUMMY)
#define JOBLIB_FAMILY_DUMMY 1
#endif
#if !defined(JOBLIB_FAMILY_TREES)
#define JOBLIB_FAMILY_TREES 1
#endif

extern joblib_model__family joblib_model__linear_family;
extern joblib_model__family joblib_model__preprocessing_family;
extern joblib_model__family joblib_model__pipeline_family;
extern joblib_model__family joblib_model__dummy_family;
extern joblib_model__family joblib_model__trees_family;

static const joblib_model__row *const all_families[] = {
#if JOBLIB_FAMILY_LINEAR
    joblib_model__linear_family,
#endif
#if JOBLIB_FAMILY_PREPROCESSING
    joblib_model__preprocessing_family,
#endif
#if JOBLIB_FAMILY_PIPELINE
    joblib_model__pipeline_family,
#endif
#if JOBLIB_FAMILY_DUMMY
    joblib_model__dummy_family,
#endif
#if JOBLIB_FAMILY_TREES
    joblib_model__trees_family,
#endif
    NULL,
};

/* Whether `word` is one of the words of `list`. */
static bool lists_word(const char *list, const char *word)
{
    size_t size = strlen(word);
    while (*list != '\0') {
        size_t next = strcspn(list, " ");
        if (next == size && memcmp(list, word, size) == 0) return true;
        list += next;
        list += strspn(list, " ");
    }
    return false;
}

static const joblib_model__row *find_in_family(const joblib_model__row *row,
                                               const char *module, const char *name)
{
    for (; row->name; row++) {
        if (strcmp(row->name, name) == 0 && lists_word(row->modules, module)) return row;
    }
    return NULL;
}

const joblib_model__row *joblib_model__find_row(const char *module, const char *name)
{
    const joblib_model__row *found = NULL;
    if (!module || !name) return NULL;
    for (size_t i = 0; all_families[i] && !found; i++)
        found = find_in_family(all_families[i], module, name);
    return found;
}

const joblib_model__row *joblib_model__family_at(size_t index)
{
    const size_t count = sizeof all_families / sizeof *all_families - 1;
    return index < count ? all_families[index] : NULL;
}
