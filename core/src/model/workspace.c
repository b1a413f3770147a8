#include "model/workspace.h"

#include <string.h>

#include "base/checked.h"
#include "base/try.h"

#define FIRST_SCRATCH ((size_t)16 << 10)
#define PIECE_ALIGNMENT ((size_t)64)

/* 64 bytes, so that the pieces behind it are aligned to 64. */
struct joblib_model__scratch {
    _Alignas(64) struct joblib_model__scratch *next;
    size_t size; /* bytes behind this header */
};

_Static_assert(sizeof(struct joblib_model__scratch) == 64, "pieces are aligned to 64");

void joblib_model__workspace_init(joblib_workspace *workspace,
                                  const joblib_allocator *allocator)
{
    memset(workspace, 0, sizeof *workspace);
    workspace->allocator = joblib_base__choose_allocator(allocator);
}

static void free_scratch(joblib_workspace *workspace)
{
    const joblib_allocator *allocator = &workspace->allocator;
    struct joblib_model__scratch *block = workspace->first;
    while (block) {
        struct joblib_model__scratch *next = block->next;
        allocator->resize(allocator->ctx, block, sizeof *block + block->size, 0,
                          PIECE_ALIGNMENT);
        block = next;
    }
    workspace->first = workspace->current = NULL;
    workspace->used = 0;
}

void joblib_model__workspace_clear(joblib_workspace *workspace)
{
    for (size_t i = 0; i < workspace->helper_count; i++)
        free_scratch(&workspace->helpers[i]);
    joblib_base__free(&workspace->allocator, workspace->helpers,
                      workspace->helper_count * sizeof *workspace->helpers);
    workspace->helpers = NULL;
    workspace->helper_count = 0;
    free_scratch(workspace);
}

/* Appends a block for at least `size` bytes: as large as all blocks before together. */
static struct joblib_model__scratch *append_scratch(joblib_workspace *workspace,
                                                    size_t size)
{
    const joblib_allocator *allocator = &workspace->allocator;
    struct joblib_model__scratch **end = &workspace->first;
    size_t total = 0;
    for (; *end; end = &(*end)->next) total += (*end)->size;
    if (total < FIRST_SCRATCH) total = FIRST_SCRATCH;
    if (size < total) size = total;
    size_t bytes;
    if (!joblib_base__size_add(size, sizeof **end, &bytes)) return NULL;
    struct joblib_model__scratch *block =
        allocator->resize(allocator->ctx, NULL, 0, bytes, PIECE_ALIGNMENT);
    if (!block) return NULL;
    block->next = NULL;
    block->size = size;
    *end = block;
    return block;
}

/* Moves on to the next block with room, or a new one. */
static bool advance(joblib_workspace *workspace, size_t size)
{
    struct joblib_model__scratch *block =
        workspace->current ? workspace->current->next : workspace->first;
    while (block && block->size < size) block = block->next;
    if (!block) block = append_scratch(workspace, size);
    if (!block) return false;
    workspace->current = block;
    workspace->used = 0;
    return true;
}

joblib_status joblib_model__take(joblib_workspace *workspace, size_t count,
                                 size_t item_size, void **out, joblib_error *error)
{
    size_t size;
    if (!joblib_base__size_mul(count, item_size, &size) ||
        size > SIZE_MAX - PIECE_ALIGNMENT)
        return joblib_base__set_no_memory(error, SIZE_MAX);
    size_t rounded = (size + PIECE_ALIGNMENT - 1) & ~(PIECE_ALIGNMENT - 1);
    if (!workspace->current || rounded > workspace->current->size - workspace->used) {
        if (!advance(workspace, rounded))
            return joblib_base__set_no_memory(error, rounded);
    }
    *out = (char *)(workspace->current + 1) + workspace->used;
    workspace->used += rounded;
    return JOBLIB_OK;
}

joblib_status joblib_model__take_doubles(joblib_workspace *workspace, size_t count,
                                         double **out, joblib_error *error)
{
    void *memory;
    JOBLIB_TRY(joblib_model__take(workspace, count, sizeof **out, &memory, error));
    *out = memory;
    return JOBLIB_OK;
}

joblib_status joblib_model__take_floats(joblib_workspace *workspace, size_t count,
                                        float **out, joblib_error *error)
{
    void *memory;
    JOBLIB_TRY(joblib_model__take(workspace, count, sizeof **out, &memory, error));
    *out = memory;
    return JOBLIB_OK;
}

joblib_model__mark joblib_model__mark_workspace(const joblib_workspace *workspace)
{
    return (joblib_model__mark){workspace->current, workspace->used};
}

void joblib_model__rewind(joblib_workspace *workspace, joblib_model__mark mark)
{
    workspace->current = mark.current;
    workspace->used = mark.used;
}

joblib_status joblib_model__grow_helpers(joblib_workspace *workspace, size_t count,
                                         joblib_error *error)
{
    if (count <= workspace->helper_count) return JOBLIB_OK;
    size_t size;
    if (!joblib_base__size_mul(count, sizeof *workspace->helpers, &size))
        return joblib_base__set_no_memory(error, SIZE_MAX);
    joblib_workspace *helpers =
        joblib_base__resize(&workspace->allocator, workspace->helpers,
                            workspace->helper_count * sizeof *helpers, size);
    if (!helpers) return joblib_base__set_no_memory(error, size);
    for (size_t i = workspace->helper_count; i < count; i++)
        joblib_model__workspace_init(&helpers[i], &workspace->allocator);
    workspace->helpers = helpers;
    workspace->helper_count = count;
    return JOBLIB_OK;
}

joblib_status joblib_workspace_new(const joblib_allocator *allocator,
                                   joblib_workspace **out, joblib_error *error)
{
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    joblib_allocator chosen = joblib_base__choose_allocator(allocator);
    joblib_workspace *workspace = joblib_base__allocate(&chosen, sizeof *workspace);
    if (!workspace) return joblib_base__set_no_memory(error, sizeof *workspace);
    joblib_model__workspace_init(workspace, &chosen);
    *out = workspace;
    return JOBLIB_OK;
}

void joblib_workspace_free(joblib_workspace *workspace)
{
    if (!workspace) return;
    joblib_model__workspace_clear(workspace);
    joblib_allocator allocator = workspace->allocator;
    joblib_base__free(&allocator, workspace, sizeof *workspace);
}

static size_t measure_scratch(const joblib_workspace *workspace)
{
    size_t total = sizeof *workspace;
    for (const struct joblib_model__scratch *block = workspace->first; block;
         block = block->next)
        total += sizeof *block + block->size;
    return total;
}

size_t joblib_workspace_memory(const joblib_workspace *workspace)
{
    if (!workspace) return 0;
    size_t total = measure_scratch(workspace);
    for (size_t i = 0; i < workspace->helper_count; i++)
        total += measure_scratch(&workspace->helpers[i]);
    return total;
}

#undef FIRST_SCRATCH
#undef PIECE_ALIGNMENT
