/* Managers: the blocks of a frame, each with the columns of one dtype as rows of an array. */
#include <string.h>

#include "array/array.h"
#include "base/try.h"
#include "view/frame/pandas.h"

/* Axes, and a list of blocks: calls since pandas 1.3, dicts before. */
struct manager_parts {
    const joblib_value *axes;
    const joblib_value *blocks;
};

/* The columns of a block, which are its rows: numbers, or a slice. */
struct placement {
    joblib_array numbers; /* struct_size 0: a slice */
    int64_t start, step;
    size_t count;
};

/* BlockManager(blocks, axes), or a state whose fourth part has them under the version that
   brought this form. The three parts before it say the same in an older one. */
static joblib_status open_manager(const joblib_value *manager, struct manager_parts *out,
                                  joblib_error *error)
{
    const joblib_value *arguments = joblib_value_arguments(manager);
    const joblib_value *state = joblib_value_at(joblib_value_state(manager), 3);
    const joblib_value *parts = joblib_value_find(state, "0.14.1");
    out->blocks =
        parts ? joblib_value_find(parts, "blocks") : joblib_value_at(arguments, 0);
    out->axes = parts ? joblib_value_find(parts, "axes") : joblib_value_at(arguments, 1);
    struct joblib_view__pandas object;
    bool is_manager = joblib_view__open_pandas(manager, &object) &&
                      (strcmp(object.name, "BlockManager") == 0 ||
                       strcmp(object.name, "SingleBlockManager") == 0);
    JOBLIB_REQUIRE(is_manager && out->blocks && out->axes, JOBLIB_ERROR_KIND,
                   "%.60s found, a manager with blocks and axes expected",
                   is_manager ? object.name
                              : joblib_kind_name((int)joblib_value_kind(manager)));
    return JOBLIB_OK;
}

static bool read_bound(const joblib_value *bound, int64_t none, int64_t *out)
{
    *out = none;
    return joblib_value_kind(bound) == JOBLIB_KIND_NONE ||
           joblib_value_as_int64(bound, out, NULL) == JOBLIB_OK;
}

/* slice(start, stop, step) of Python, cut at the columns that there are. A stop of None is
   behind the last one, or before the first for steps below 0. */
static joblib_status read_slice(const joblib_value *slice, size_t columns,
                                struct placement *out, joblib_error *error)
{
    int64_t stop, most = (int64_t)columns;
    joblib_slice bounds = JOBLIB_SLICE_INIT;
    bool is_slice = joblib_view_kind(slice) == JOBLIB_VIEW_SLICE &&
                    joblib_view_slice(slice, &bounds, NULL) == JOBLIB_OK &&
                    read_bound(bounds.step, 1, &out->step) && out->step != 0 &&
                    read_bound(bounds.start, 0, &out->start) && out->start >= 0 &&
                    read_bound(bounds.stop, out->step > 0 ? most : -1, &stop);
    JOBLIB_REQUIRE(is_slice, JOBLIB_ERROR_KIND, "a block does not tell its columns");
    if (out->step > 0 && stop > most) stop = most;
    if (out->step < 0 && stop < -1) stop = -1;
    out->count = (size_t)joblib_view__range_count(out->start, stop, out->step);
    return JOBLIB_OK;
}

static joblib_status read_placement(const joblib_value *value, size_t columns,
                                    struct placement *out, joblib_error *error)
{
    memset(out, 0, sizeof *out);
    if (joblib_value_kind(value) != JOBLIB_KIND_ARRAY)
        return read_slice(value, columns, out, error);
    JOBLIB_TRY(joblib_value_array(value, &out->numbers, error));
    JOBLIB_REQUIRE(out->numbers.ndim == 1 && out->numbers.dtype->kind == 'i',
                   JOBLIB_ERROR_ARRAY, "the columns of a block are %s of %zu dimensions",
                   out->numbers.dtype->text, out->numbers.ndim);
    out->count = out->numbers.count;
    return JOBLIB_OK;
}

/* Column `index` of a placement; false where it is none of `columns`. */
static bool place_column(const struct placement *placement, size_t index, size_t columns,
                         size_t *out)
{
    int64_t column = placement->start + (int64_t)index * placement->step;
    if (placement->numbers.struct_size != 0 &&
        !joblib_array__number_int64(joblib_array_item(&placement->numbers, index),
                                    placement->numbers.dtype, &column))
        return false;
    *out = (size_t)column;
    return column >= 0 && (uint64_t)column < columns;
}

/* What a block holds, and where: _unpickle_block(values, placement, ndim), or a dict. */
static void open_block(const joblib_value *block, const joblib_value **values_out,
                       const joblib_value **placement_out)
{
    const joblib_value *arguments = joblib_value_arguments(block);
    bool is_dict = joblib_value_kind(block) == JOBLIB_KIND_DICT;
    *values_out =
        is_dict ? joblib_value_find(block, "values") : joblib_value_at(arguments, 0);
    *placement_out =
        is_dict ? joblib_value_find(block, "mgr_locs") : joblib_value_at(arguments, 1);
}

static joblib_status add_frame_block(struct joblib_view__reader *reader,
                                     const joblib_value *block, joblib_error *error)
{
    joblib_frame *frame = reader->frame;
    const joblib_value *values, *where;
    struct placement placement;
    open_block(block, &values, &where);
    JOBLIB_TRY(read_placement(where, frame->count, &placement, error));
    for (size_t i = 0; i < placement.count; i++) {
        size_t column;
        JOBLIB_REQUIRE(place_column(&placement, i, frame->count, &column),
                       JOBLIB_ERROR_ARRAY, "a block has a column beyond the %zu labels",
                       frame->count);
        JOBLIB_REQUIRE(!frame->columns[column], JOBLIB_ERROR_ARRAY,
                       "column %zu is in two blocks", column);
        JOBLIB_TRY(joblib_view__add_column(reader, values, NULL, &frame->columns[column],
                                           error));
        frame->columns[column]->row = i;
        frame->columns[column]->row_count = placement.count;
    }
    return JOBLIB_OK;
}

static joblib_status add_blocks(struct joblib_view__reader *reader,
                                const joblib_value *blocks, joblib_error *error)
{
    joblib_frame *frame = reader->frame;
    void *columns;
    JOBLIB_TRY(joblib_view__allocate(reader, frame->count, sizeof *frame->columns,
                                     &columns, error));
    frame->columns = columns;
    for (size_t i = 0; i < joblib_value_count(blocks); i++)
        JOBLIB_TRY(add_frame_block(reader, joblib_value_at(blocks, i), error));
    for (size_t i = 0; i < frame->count; i++)
        JOBLIB_REQUIRE(frame->columns[i], JOBLIB_ERROR_ARRAY, "column %zu is in no block",
                       i);
    return JOBLIB_OK;
}

/* The block of a series has all rows, whatever its slice says. */
static joblib_status add_single_block(struct joblib_view__reader *reader,
                                      const joblib_value *blocks, joblib_error *error)
{
    void *columns;
    const joblib_value *values, *where;
    JOBLIB_REQUIRE(joblib_value_count(blocks) == 1, JOBLIB_ERROR_ARRAY,
                   "a series of %zu blocks", joblib_value_count(blocks));
    open_block(joblib_value_at(blocks, 0), &values, &where);
    JOBLIB_TRY(
        joblib_view__allocate(reader, 1, sizeof(joblib_column *), &columns, error));
    reader->frame->columns = columns;
    reader->frame->count = 1;
    return joblib_view__add_column(reader, values, NULL, &reader->frame->columns[0],
                                   error);
}

/* Labels are read first: they tell how many columns there are. */
joblib_status joblib_view__read_manager(struct joblib_view__reader *reader,
                                        const joblib_value *manager, size_t axes,
                                        joblib_error *error)
{
    struct manager_parts parts;
    joblib_frame *frame = reader->frame;
    JOBLIB_TRY(open_manager(manager, &parts, error));
    JOBLIB_REQUIRE(joblib_value_count(parts.axes) == axes, JOBLIB_ERROR_ARRAY,
                   "a manager of %zu axes, %zu expected", joblib_value_count(parts.axes),
                   axes);
    JOBLIB_TRY(joblib_view__add_index(reader, joblib_value_at(parts.axes, axes - 1),
                                      &frame->index, error));
    if (axes == 1) return add_single_block(reader, parts.blocks, error);
    JOBLIB_TRY(joblib_view__add_index(reader, joblib_value_at(parts.axes, 0),
                                      &frame->labels, error));
    JOBLIB_TRY(joblib_view__read_columns(reader, error));
    frame->count = frame->labels.columns[0]->count;
    return add_blocks(reader, parts.blocks, error);
}
