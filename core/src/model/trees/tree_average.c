#include <string.h>

#include "base/checked.h"
#include "base/try.h"
#include "kernel/argmax.h"
#include "kernel/finite.h"
#include "model/trees/trees.h"
#include "model/workspace.h"

/* Sparse rows are made dense so many numbers at a time. */
#define DENSE_NUMBERS ((size_t)1 << 16)

/* Rows of a block that are walked together, and where their sums go. */
typedef struct tree_piece {
    joblib_kernel__tree_rows rows;
    size_t first; /* row of the block */
    const joblib_model__output *outputs;
    uint32_t *leaves;
    bool normalise;
} tree_piece;

static void add_leaves_of(const joblib_model__trees *self, const tree_piece *piece,
                          size_t tree, const uint32_t *leaves)
{
    for (size_t i = 0; i < self->slice_count; i++) {
        joblib_kernel__tree_slice slice = self->slices[i];
        joblib_kernel__add_leaves(&self->forest.trees[tree], leaves, piece->rows.count,
                                  slice, piece->normalise,
                                  piece->outputs[i].wide + piece->first * slice.count);
    }
}

/* Trees that are walked at once: few rows do not fill the lanes. */
static size_t count_trees_at_once(const joblib_model__trees *self, size_t rows)
{
    return rows < JOBLIB_TREE_LANES ? self->forest.tree_count : 1;
}

/* The order of the trees is that of the sums. */
static void add_trees(const joblib_model__trees *self, const tree_piece *piece)
{
    size_t rows = piece->rows.count;
    size_t step = count_trees_at_once(self, rows);
    for (size_t first = 0; first < self->forest.tree_count; first += step) {
        joblib_kernel__find_leaves(&self->forest, first, step, &piece->rows,
                                   piece->leaves);
        for (size_t i = 0; i < step; i++)
            add_leaves_of(self, piece, first + i, piece->leaves + i * rows);
    }
}

static joblib_status take_leaves(const joblib_model__trees *self, size_t rows,
                                 joblib_workspace *workspace, uint32_t **out,
                                 joblib_error *error)
{
    void *memory;
    size_t few = rows < JOBLIB_TREE_LANES ? rows : JOBLIB_TREE_LANES - 1;
    size_t count = few * self->forest.tree_count;
    JOBLIB_TRY(joblib_model__take(workspace, rows > count ? rows : count, sizeof **out,
                                  &memory, error));
    *out = memory;
    return JOBLIB_OK;
}

static bool has_nan(const joblib_model__trees *self, const joblib_model__batch *batch)
{
    size_t count = batch->rows * batch->form.columns;
    return self->base.check.allow_nan &&
           joblib_kernel__find_bad_narrow(batch->narrow, count, false) < count;
}

/* Where a column stands twice, the last number counts. */
static void fill_dense(const joblib_model__batch *batch, size_t first, size_t rows,
                       float *dense)
{
    size_t columns = batch->form.columns;
    memset(dense, 0, rows * columns * sizeof *dense);
    for (size_t i = 0; i < rows; i++, dense += columns) {
        for (int64_t k = batch->offsets[first + i]; k < batch->offsets[first + i + 1];
             k++)
            dense[batch->indices[k]] = batch->narrow[k];
    }
}

/* NaN goes through trees in dense rows only. */
static joblib_status refuse_sparse_nan(const joblib_model__batch *batch,
                                       joblib_error *error)
{
    size_t count = (size_t)batch->offsets[batch->rows], row = 0;
    size_t bad = joblib_kernel__find_bad_narrow(batch->narrow, count, false);
    if (bad == count) return JOBLIB_OK;
    while (batch->offsets[row + 1] <= (int64_t)bad) row++;
    uint64_t place = batch->first_row + row;
    if (!error) return JOBLIB_ERROR_VALUE;
    joblib_base__set_error(error, JOBLIB_ERROR_VALUE,
                           "NaN in row %llu, column %ld of sparse input",
                           (unsigned long long)place, (long)batch->indices[bad]);
    error->row = (int64_t)place;
    error->column = batch->indices[bad];
    return JOBLIB_ERROR_VALUE;
}

static joblib_status add_sparse(const joblib_model__trees *self,
                                const joblib_model__batch *batch,
                                joblib_workspace *workspace, tree_piece *piece,
                                joblib_error *error)
{
    float *dense;
    size_t columns = batch->form.columns, most = DENSE_NUMBERS / columns, size;
    JOBLIB_TRY(refuse_sparse_nan(batch, error));
    if (most < JOBLIB_TREE_LANES) most = JOBLIB_TREE_LANES;
    if (most > batch->rows) most = batch->rows;
    if (!joblib_base__size_mul(most, columns, &size)) size = SIZE_MAX;
    JOBLIB_TRY(joblib_model__take_floats(workspace, size, &dense, error));
    piece->rows.values = dense;
    for (piece->first = 0; piece->first < batch->rows;
         piece->first += piece->rows.count) {
        size_t rest = batch->rows - piece->first;
        piece->rows.count = rest < most ? rest : most;
        fill_dense(batch, piece->first, piece->rows.count, dense);
        add_trees(self, piece);
    }
    return JOBLIB_OK;
}

/* A tree alone gives what it holds: -0.0 is what can be added to any number without a trace. */
static void start_sums(const joblib_model__trees *self, const tree_piece *piece,
                       size_t rows)
{
    double start = self->is_forest ? 0.0 : -0.0;
    for (size_t i = 0; i < self->slice_count; i++) {
        double *sums = piece->outputs[i].wide;
        for (size_t k = 0; k < rows * self->slices[i].count; k++) sums[k] = start;
    }
}

static void divide_sums(const joblib_model__trees *self, const tree_piece *piece,
                        size_t rows)
{
    double trees = (double)self->forest.tree_count;
    for (size_t i = 0; i < self->slice_count; i++) {
        double *sums = piece->outputs[i].wide;
        for (size_t k = 0; k < rows * self->slices[i].count; k++) sums[k] /= trees;
    }
}

static joblib_status sum_trees(const joblib_model__trees *self,
                               const joblib_model__call *call,
                               const joblib_model__output *outputs, bool normalise,
                               joblib_error *error)
{
    const joblib_model__batch *batch = call->input;
    tree_piece piece = {.outputs = outputs, .normalise = normalise};
    piece.rows.columns = batch->form.columns;
    JOBLIB_TRY(take_leaves(self, batch->rows, call->workspace, &piece.leaves, error));
    start_sums(self, &piece, batch->rows);
    if (batch->form.kind == JOBLIB_INPUT_CSR) {
        JOBLIB_TRY(add_sparse(self, batch, call->workspace, &piece, error));
    } else {
        piece.rows.values = batch->narrow;
        piece.rows.count = batch->rows;
        piece.rows.has_nan = has_nan(self, batch);
        add_trees(self, &piece);
    }
    if (self->is_forest) divide_sums(self, &piece, batch->rows);
    return JOBLIB_OK;
}

joblib_status joblib_model__average_trees(const joblib_model__estimator *base,
                                          const joblib_model__call *call,
                                          joblib_error *error)
{
    const joblib_model__trees *self = (const joblib_model__trees *)base;
    return sum_trees(self, call, call->outputs, self->normalise, error);
}

joblib_status joblib_model__predict_tree_labels(const joblib_model__estimator *base,
                                                const joblib_model__call *call,
                                                joblib_error *error)
{
    const joblib_model__trees *self = (const joblib_model__trees *)base;
    joblib_model__output *numbers;
    joblib_model__call inner = *call;
    inner.method = JOBLIB_METHOD_PREDICT_PROBA;
    JOBLIB_TRY(joblib_model__take_outputs(base, &inner, &numbers, error));
    JOBLIB_TRY(sum_trees(self, call, numbers, false, error));
    for (size_t i = 0; i < self->slice_count; i++)
        joblib_kernel__argmax(numbers[i].wide, call->input->rows, self->slices[i].count,
                              call->outputs[0].labels + i, self->slice_count);
    return JOBLIB_OK;
}

#undef DENSE_NUMBERS
