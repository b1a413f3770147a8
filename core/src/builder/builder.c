/* The builder: its life, and checks of what a caller gives. */
#include "builder/builder.h"

#include <string.h>

#include "base/options.h"
#include "joblib/codec.h"

/* What pickle of Python 3.8 to 3.13 writes, and joblib with it. */
#define BUILDER_PROTOCOL 4

#define BUILDER_MEMORY (SIZE_MAX > UINT32_MAX ? UINT64_C(4) << 30 : UINT64_C(512) << 20)

void joblib_builder_options_init(joblib_builder_options *options)
{
    static const joblib_builder_options fresh = JOBLIB_BUILDER_OPTIONS_INIT;
    if (options) *options = fresh;
}

static joblib_status begin_document(joblib_builder *builder, joblib_error *error)
{
    JOBLIB_TRY(joblib_value__document_new(&builder->allocator, builder->max_memory,
                                          &builder->document, error));
    builder->document->codec = JOBLIB_CODEC_RAW;
    builder->document->protocol = BUILDER_PROTOCOL;
    builder->document->pickles = JOBLIB_BUILDER_PICKLE;
    return JOBLIB_OK;
}

joblib_status joblib_builder_new(const joblib_builder_options *given,
                                 joblib_builder **out, joblib_error *error)
{
    joblib_builder_options options;
    JOBLIB_REQUIRE(out, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    JOBLIB_TRY(joblib_base__read_struct(given, &options, sizeof options,
                                        "joblib_builder_options", error));
    JOBLIB_REQUIRE(options.reserved == 0, JOBLIB_ERROR_ARGUMENT,
                   "reserved is %u in joblib_builder_options, 0 expected",
                   options.reserved);
    joblib_allocator allocator = joblib_base__choose_allocator(options.allocator);
    joblib_builder *builder = joblib_base__allocate(&allocator, sizeof *builder);
    if (!builder) return joblib_base__set_no_memory(error, sizeof *builder);
    memset(builder, 0, sizeof *builder);
    builder->allocator = allocator;
    builder->max_memory = options.max_memory ? options.max_memory : BUILDER_MEMORY;
    joblib_status status = begin_document(builder, error);
    if (status == JOBLIB_OK)
        *out = builder;
    else
        joblib_base__free(&allocator, builder, sizeof *builder);
    return status;
}

/* Forgets all values, which are the document's. */
static void clear_tables(joblib_builder *builder)
{
    const joblib_allocator *allocator = &builder->allocator;
    joblib_builder__words_free(&builder->keys, allocator);
    joblib_builder__words_free(&builder->dtypes, allocator);
    joblib_builder__map_free(&builder->records, allocator);
    joblib_builder__map_free(&builder->copies, allocator);
    for (size_t i = 0; i < builder->source_count; i++)
        joblib_document_release((joblib_document *)builder->sources[i]);
    joblib_base__free(allocator, builder->sources,
                      builder->source_room * sizeof *builder->sources);
    builder->sources = NULL;
    builder->source_count = builder->source_room = 0;
}

void joblib_builder_free(joblib_builder *builder)
{
    if (!builder) return;
    joblib_allocator allocator = builder->allocator;
    clear_tables(builder);
    joblib_document_release(builder->document);
    joblib_base__free(&allocator, builder, sizeof *builder);
}

joblib_status joblib_builder_finish(joblib_builder *builder, const joblib_value *root,
                                    joblib_document **out, joblib_error *error)
{
    JOBLIB_REQUIRE(builder && out, JOBLIB_ERROR_ARGUMENT, "no %s given",
                   builder ? "place for the document" : "builder");
    *out = NULL;
    JOBLIB_TRY(joblib_builder__check(builder, root, "the root", error));
    joblib_document *finished = builder->document;
    joblib_status status = begin_document(builder, error);
    if (status != JOBLIB_OK) {
        builder->document = finished;
        return status;
    }
    clear_tables(builder);
    /* A root that stands inside itself is met again. */
    joblib_builder__note_place(joblib_builder__given(root));
    finished->root = root;
    *out = finished;
    return JOBLIB_OK;
}

static joblib_status copy_root(joblib_builder *builder, const joblib_document *document,
                               joblib_value **out, joblib_error *error)
{
    builder->document->codec = document->codec;
    builder->document->protocol = document->protocol;
    builder->document->python2 = document->python2;
    return joblib_builder_copy(builder, document, document->root, out, error);
}

joblib_status joblib_builder_new_from(const joblib_document *document,
                                      const joblib_builder_options *options,
                                      joblib_builder **out, joblib_value **root_out,
                                      joblib_error *error)
{
    if (root_out) *root_out = NULL;
    if (out) *out = NULL;
    JOBLIB_REQUIRE(document && out && root_out, JOBLIB_ERROR_ARGUMENT, "no %s given",
                   document ? "place for builder or root" : "document");
    JOBLIB_TRY(joblib_builder_new(options, out, error));
    joblib_status status = copy_root(*out, document, root_out, error);
    if (status == JOBLIB_OK) return status;
    joblib_builder_free(*out);
    *out = NULL;
    return status;
}

size_t joblib_builder_memory(const joblib_builder *builder)
{
    return builder ? joblib_document_memory(builder->document) : 0;
}

/* Constants are in every builder. */
static bool owns_value(const joblib_builder *builder, const joblib_value *value)
{
    return value == joblib_value__none() || value == joblib_value__bool(false) ||
           value == joblib_value__bool(true) ||
           joblib_base__arena_owns(&builder->document->arena, value);
}

joblib_value *joblib_builder_value(joblib_builder *builder, const joblib_value *value)
{
    bool owned = builder && value && owns_value(builder, value);
    return owned ? joblib_builder__given(value) : NULL;
}

joblib_status joblib_builder__begin(const joblib_builder *builder, joblib_value **out,
                                    joblib_error *error)
{
    if (out) *out = NULL;
    JOBLIB_REQUIRE(builder && out, JOBLIB_ERROR_ARGUMENT, "no %s given",
                   builder ? "place for the value" : "builder");
    return JOBLIB_OK;
}

joblib_status joblib_builder__check(const joblib_builder *builder,
                                    const joblib_value *value, const char *what,
                                    joblib_error *error)
{
    JOBLIB_REQUIRE(builder, JOBLIB_ERROR_ARGUMENT, "no builder given");
    JOBLIB_REQUIRE(value, JOBLIB_ERROR_ARGUMENT, "%s is NULL", what);
    JOBLIB_REQUIRE(owns_value(builder, value), JOBLIB_ERROR_ARGUMENT,
                   "%s is no value of this builder", what);
    return JOBLIB_OK;
}

joblib_status joblib_builder__check_all(const joblib_builder *builder,
                                        const joblib_value *const *items, size_t count,
                                        joblib_error *error)
{
    JOBLIB_REQUIRE(items || count == 0, JOBLIB_ERROR_ARGUMENT, "items are NULL");
    for (size_t i = 0; i < count; i++)
        JOBLIB_TRY(joblib_builder__check(builder, items[i], "an item", error));
    return JOBLIB_OK;
}

joblib_status joblib_builder__exhausted(const joblib_builder *builder, size_t size,
                                        joblib_error *error)
{
    return joblib_base__arena_fail(&builder->document->arena, size, error);
}

joblib_status joblib_builder__made(const joblib_builder *builder, joblib_value *value,
                                   size_t size, joblib_value **out, joblib_error *error)
{
    *out = value;
    return value ? JOBLIB_OK : joblib_builder__exhausted(builder, size, error);
}

joblib_status joblib_builder__check_editable(const joblib_value *container,
                                             joblib_error *error)
{
    bool fixed =
        (container->kind == JOBLIB_KIND_LIST || container->kind == JOBLIB_KIND_DICT) &&
        container->flags & JOBLIB_VALUE_FIXED;
    JOBLIB_REQUIRE(!fixed, JOBLIB_ERROR_TYPE,
                   "the %s says how an array was pickled, and cannot be changed",
                   joblib_kind_name(container->kind));
    return JOBLIB_OK;
}

/* Nesting is known as far as it is cheap: what is put into `item` later is not counted. */
static void note_depth(joblib_value *container, const joblib_value *item)
{
    bool has_depth = item->kind >= JOBLIB_KIND_LIST && item->kind != JOBLIB_KIND_GLOBAL;
    if (!has_depth || container->depth > item->depth || item->depth == UINT16_MAX) return;
    container->depth = (uint16_t)(item->depth + 1);
}

void joblib_builder__note_place(joblib_value *item)
{
    if (item->kind <= JOBLIB_KIND_BOOL) return;
    if (item->flags & JOBLIB_VALUE_PLACED) item->flags |= JOBLIB_VALUE_SHARED;
    item->flags |= JOBLIB_VALUE_PLACED;
}

void joblib_builder__place(joblib_value *container, const joblib_value *item)
{
    joblib_builder__note_place(joblib_builder__given(item));
    if (item->kind > JOBLIB_KIND_BOOL) note_depth(container, item);
}

#undef BUILDER_PROTOCOL
#undef BUILDER_MEMORY
