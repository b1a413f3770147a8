/* What joblib_allocator promises to the function of the caller, over all vectors. */
#include <stdlib.h>

#include "joblib.h"
#include "support/test.h"
#include "support/vectors.h"

/* What stands before each piece of memory: its size, its alignment, and the start for free(). */
struct head {
    size_t size, alignment;
    char *start;
};

static size_t live, broken;

/* Memory that is aligned as asked and not more, so that no more can be relied on. */
static void *allocate_barely_aligned(size_t size, size_t alignment)
{
    char *start = malloc(sizeof(struct head) + size + 3 * alignment);
    if (!start) return NULL;
    uintptr_t at = (uintptr_t)start + sizeof(struct head);
    at += alignment - at % alignment;
    if (at % (2 * alignment) == 0) at += alignment;
    struct head head = {size, alignment, start};
    char *piece = start + (at - (uintptr_t)start);
    memcpy(piece - sizeof head, &head, sizeof head);
    memset(piece, 0xa5, size);
    live++;
    return piece;
}

static void free_checked(char *piece, size_t size, size_t alignment)
{
    struct head head;
    memcpy(&head, piece - sizeof head, sizeof head);
    broken += head.size != size || head.alignment != alignment;
    live--;
    free(head.start);
}

static void *resize_checked(void *ctx, void *ptr, size_t old_size, size_t new_size,
                            size_t alignment)
{
    void *made = NULL;
    broken += ctx != &live || (!ptr && new_size == 0) || (!ptr && old_size != 0);
    broken += alignment == 0 || (alignment & (alignment - 1)) != 0;
    if (new_size > 0) {
        made = allocate_barely_aligned(new_size, alignment);
        if (!made) return NULL;
        if (ptr) memcpy(made, ptr, old_size < new_size ? old_size : new_size);
    }
    if (ptr) free_checked(ptr, old_size, alignment);
    return made;
}

static void check_balance(const char *name)
{
    if (live != 0 || broken != 0)
        test_fail(__FILE__, __LINE__, "%s: %zu pieces left, %zu calls wrong", name, live,
                  broken);
    live = broken = 0;
}

static void load_checked(const char *name)
{
    joblib_allocator allocator = {sizeof allocator, resize_checked, &live};
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    struct vector_bytes bytes = vector_read(name, ".joblib");
    options.allocator = &allocator;
    options.companions = vector_folder(name);
    (void)!joblib_load_memory(bytes.data, bytes.size, &options, &document, NULL);
    joblib_document_release(document);
    check_balance(name);
    free(bytes.data);
}

static void build_checked(const char *name)
{
    joblib_allocator allocator = {sizeof allocator, resize_checked, &live};
    joblib_model_options options = JOBLIB_MODEL_OPTIONS_INIT;
    joblib_document *document = NULL;
    joblib_model *model = NULL, *prepared = NULL;
    struct vector_bytes bytes = vector_read(name, "/model.joblib");
    options.allocator = &allocator;
    joblib_status status =
        joblib_load_memory(bytes.data, bytes.size, NULL, &document, NULL);
    CHECK_OK(status, NULL);
    CHECK_OK(joblib_model_new(document, NULL, &options, &model, NULL), NULL);
    CHECK_OK(joblib_model_prepare(model, &prepared, NULL), NULL);
    joblib_model_release(prepared);
    joblib_model_release(model);
    joblib_document_release(document);
    check_balance(name);
    free(bytes.data);
}

static void loads_with_memory_that_is_barely_aligned(void)
{
    CHECK(vector_each("valid/", load_checked) > 700);
    CHECK(vector_each("invalid/", load_checked) > 400);
}

static void builds_with_memory_that_is_barely_aligned(void)
{
    CHECK(vector_each("inference/", build_checked) > 300);
}

int main(void)
{
    RUN(loads_with_memory_that_is_barely_aligned);
    RUN(builds_with_memory_that_is_barely_aligned);
    return test_finish();
}
