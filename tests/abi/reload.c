/* reload LIBRARY: loads and unloads it a thousand times, with work in between. Neither mappings
   nor memory may grow: the library keeps nothing beyond its own data. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "joblib/load.h"

#define TIMES 1000

/* A dlsym() gives a pointer to data; ISO C has no cast to one to a function. */
static int find_function(void *library, const char *name, void *function_out)
{
    void *found = dlsym(library, name);
    memcpy(function_out, &found, sizeof found);
    return found != NULL;
}

static int load_once(const char *path)
{
    static const char pickle[] = "\x80\2](K\1K\2e.";
    joblib_status (*load_memory)(const void *, size_t, const joblib_load_options *,
                                 joblib_document **, joblib_error *);
    void (*release)(joblib_document *);
    joblib_document *document = NULL;
    joblib_status status = JOBLIB_ERROR_ARGUMENT;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return 0;
    if (find_function(library, "joblib_load_memory", &load_memory) &&
        find_function(library, "joblib_document_release", &release)) {
        status = load_memory(pickle, sizeof pickle - 1, NULL, &document, NULL);
        release(document);
    }
    return dlclose(library) == 0 && status == JOBLIB_OK;
}

/* Lines of the process's memory map; 0 where there is none. */
static size_t count_mappings(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    size_t count = 0;
    if (!maps) return 0;
    for (int c = getc(maps); c != EOF; c = getc(maps)) count += c == '\n';
    fclose(maps);
    return count;
}

int main(int argc, char **argv)
{
    size_t loaded = 0, before = 0;
    if (argc != 2) return 2;
    for (int i = 0; i < TIMES; i++) {
        loaded += (size_t)load_once(argv[1]);
        if (i == 0) before = count_mappings();
    }
    size_t after = count_mappings();
    printf("loaded %zu times, %zu mappings after the first, %zu after the last\n", loaded,
           before, after);
    return loaded == TIMES && after <= before ? 0 : 1;
}
