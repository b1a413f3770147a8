/* Making a frame, and what it has. */
#include "joblib/frame.h"

#include <string.h>

#include "base/allocator.h"
#include "base/options.h"
#include "base/try.h"
#include "view/frame/array_class.h"

#define DEFAULT_MEMORY (UINT64_C(1) << 30)
#define DEFAULT_CELLS (UINT64_C(1) << 32)

void joblib_frame_options_init(joblib_frame_options *options)
{
    *options = (joblib_frame_options)JOBLIB_FRAME_OPTIONS_INIT;
}

/* Index, array: one value, which has no labels around it. */
static joblib_status read_alone(struct joblib_view__reader *reader,
                                const joblib_value *value, joblib_error *error)
{
    struct joblib_view__levels levels;
    struct joblib_view__pandas object;
    bool is_known = joblib_view__open_pandas(value, &object) &&
                    (strcmp(object.name, "MultiIndex") == 0 ||
                     joblib_view__find_array_class(object.name));
    JOBLIB_REQUIRE(is_known, JOBLIB_ERROR_KIND,
                   "%s found, a frame, series, index or array of pandas expected",
                   joblib_kind_name((int)joblib_value_kind(value)));
    JOBLIB_TRY(joblib_view__add_index(reader, value, &levels, error));
    reader->frame->columns = levels.columns;
    reader->frame->count = levels.count;
    return JOBLIB_OK;
}

static joblib_status read_series(struct joblib_view__reader *reader,
                                 const joblib_value *manager, const joblib_value *value,
                                 joblib_error *error)
{
    const joblib_value *name = joblib_value_attribute(value, "_name");
    if (!name) name = joblib_value_attribute(value, "name");
    JOBLIB_TRY(joblib_view__read_manager(reader, manager, 1, error));
    if (joblib_value_kind(name) != JOBLIB_KIND_NONE)
        reader->frame->columns[0]->name = name;
    return JOBLIB_OK;
}

/* `_typ` tells what it is, also for classes that are derived from pandas'. The manager was
   called `_data` before pandas 1.1. */
static joblib_status read_parts(struct joblib_view__reader *reader,
                                const joblib_value *value, joblib_error *error)
{
    const char *type = joblib_value_text(joblib_value_attribute(value, "_typ"), NULL);
    if (!type) return read_alone(reader, value, error);
    const joblib_value *manager = joblib_value_attribute(value, "_mgr");
    if (!manager) manager = joblib_value_attribute(value, "_data");
    if (strcmp(type, "dataframe") == 0)
        return joblib_view__read_manager(reader, manager, 2, error);
    if (strcmp(type, "series") == 0) return read_series(reader, manager, value, error);
    char escaped[JOBLIB_ESCAPED_SIZE];
    return joblib_base__set_error(error, JOBLIB_ERROR_KIND,
                                  "%.60s found, dataframe or series expected",
                                  joblib_base__escape(escaped, type, strlen(type)));
}

static joblib_status check_levels(const struct joblib_view__levels *levels, size_t count,
                                  const char *what, joblib_error *error)
{
    for (size_t i = 0; i < levels->count; i++) {
        joblib_column *level = levels->columns[i];
        if (level->kind == JOBLIB_CELLS_UNKNOWN) level->count = count;
        JOBLIB_REQUIRE(level->count == count, JOBLIB_ERROR_ARRAY,
                       "level %zu of the %s has %zu cells, %zu expected", i, what,
                       level->count, count);
    }
    return JOBLIB_OK;
}

/* The length of the first column that is decoded. */
static bool find_count(const struct joblib_view__levels *levels, size_t *out)
{
    for (size_t i = 0; i < levels->count; i++) {
        *out = levels->columns[i]->count;
        if (levels->columns[i]->kind != JOBLIB_CELLS_UNKNOWN) return true;
    }
    return false;
}

/* All columns and all levels of the index are of one length. One that is not decoded is
   taken to fit. */
static joblib_status check_lengths(joblib_frame *frame, joblib_error *error)
{
    const struct joblib_view__levels columns = {frame->columns, frame->count};
    if (!find_count(&frame->index, &frame->rows))
        (void)find_count(&columns, &frame->rows);
    JOBLIB_TRY(check_levels(&frame->index, frame->rows, "index", error));
    JOBLIB_TRY(check_levels(&frame->labels, frame->count, "labels", error));
    return check_levels(&columns, frame->rows, "columns", error);
}

static joblib_status read_frame(joblib_frame *frame, const joblib_value *value,
                                uint64_t max_cells, joblib_error *error)
{
    struct joblib_view__reader reader = {.frame = frame, .cells_left = max_cells};
    JOBLIB_TRY(read_parts(&reader, value, error));
    JOBLIB_TRY(joblib_view__read_columns(&reader, error));
    JOBLIB_TRY(joblib_view__check_columns(&reader, error));
    return check_lengths(frame, error);
}

static joblib_status open_options(const joblib_frame_options *given,
                                  joblib_frame_options *out, joblib_error *error)
{
    JOBLIB_TRY(
        joblib_base__read_struct(given, out, sizeof *out, "joblib_frame_options", error));
    JOBLIB_REQUIRE(out->reserved == 0, JOBLIB_ERROR_ARGUMENT, "reserved is %u",
                   out->reserved);
    if (out->max_memory == 0) out->max_memory = DEFAULT_MEMORY;
    if (out->max_cells == 0) out->max_cells = DEFAULT_CELLS;
    return JOBLIB_OK;
}

joblib_status joblib_frame_new(const joblib_value *value,
                               const joblib_frame_options *given, joblib_frame **out,
                               joblib_error *error)
{
    joblib_frame_options options;
    joblib_error_init(error);
    if (out) *out = NULL;
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    JOBLIB_TRY(open_options(given, &options, error));
    joblib_allocator allocator = joblib_base__choose_allocator(options.allocator);
    joblib_frame *frame = joblib_base__allocate(&allocator, sizeof *frame);
    if (!frame) return joblib_base__set_no_memory(error, sizeof *frame);
    memset(frame, 0, sizeof *frame);
    joblib_base__arena_init(&frame->arena, &allocator, options.max_memory);
    joblib_status status = read_frame(frame, value, options.max_cells, error);
    joblib_base__set_layer(status == JOBLIB_OK ? NULL : error, JOBLIB_LAYER_VALUE);
    if (status == JOBLIB_OK)
        *out = frame;
    else
        joblib_frame_free(frame);
    return status;
}

#undef DEFAULT_MEMORY
#undef DEFAULT_CELLS

void joblib_frame_free(joblib_frame *frame)
{
    if (!frame) return;
    joblib_allocator allocator = frame->arena.allocator;
    joblib_base__arena_free(&frame->arena);
    joblib_base__free(&allocator, frame, sizeof *frame);
}

size_t joblib_frame_rows(const joblib_frame *frame)
{
    return frame ? frame->rows : 0;
}

size_t joblib_frame_count(const joblib_frame *frame)
{
    return frame ? frame->count : 0;
}

const joblib_column *joblib_frame_column(const joblib_frame *frame, size_t index)
{
    return index < joblib_frame_count(frame) ? frame->columns[index] : NULL;
}

size_t joblib_frame_index_count(const joblib_frame *frame)
{
    return frame ? frame->index.count : 0;
}

const joblib_column *joblib_frame_index(const joblib_frame *frame, size_t level)
{
    return level < joblib_frame_index_count(frame) ? frame->index.columns[level] : NULL;
}

size_t joblib_frame_label_count(const joblib_frame *frame)
{
    return frame ? frame->labels.count : 0;
}

const joblib_column *joblib_frame_label(const joblib_frame *frame, size_t level)
{
    return level < joblib_frame_label_count(frame) ? frame->labels.columns[level] : NULL;
}

const joblib_column *joblib_frame_find(const joblib_frame *frame, const char *label)
{
    const joblib_column *labels = joblib_frame_label(frame, 0);
    size_t size = label ? strlen(label) : 0;
    for (size_t i = 0; i < joblib_column_count(labels) && label; i++) {
        size_t found_size;
        const char *found = joblib_column_text(labels, i, &found_size);
        if (found && found_size == size && memcmp(found, label, size) == 0)
            return frame->columns[i];
    }
    return NULL;
}
