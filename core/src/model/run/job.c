#include "model/run/job.h"

#include "base/try.h"
#include "model/run/check.h"
#include "model/run/threads.h"

/* More threads than this are not worth their stacks. */
#define MOST_THREADS 256

static joblib_status run_job_block(const joblib_model__range *range, size_t first,
                                   size_t count, joblib_model__output *outputs,
                                   joblib_error *error)
{
    const joblib_model__job *job = range->job;
    joblib_model__rows rows = joblib_model__slice_rows(job->rows, first, count);
    joblib_model__call call = {.method = job->method,
                               .rows = &rows,
                               .outputs = outputs,
                               .workspace = range->workspace};
    JOBLIB_TRY(joblib_model__open_block(range, first, count, outputs, error));
    JOBLIB_TRY(job->bound ? joblib_model__bound_block(job->root, &call, error)
                          : joblib_model__run_block(job->root, &call, error));
    return joblib_model__close_block(range, first, count, outputs, error);
}

/* A range of no rows is run too: most estimators refuse it. */
joblib_status joblib_model__run_range(const joblib_model__range *range,
                                      joblib_error *error)
{
    const joblib_model__job *job = range->job;
    void *outputs;
    JOBLIB_TRY(joblib_model__take(range->workspace, job->sink_count,
                                  sizeof(joblib_model__output), &outputs, error));
    joblib_model__mark mark = joblib_model__mark_workspace(range->workspace);
    size_t done = 0;
    do {
        size_t rest = range->count - done;
        size_t count = rest < job->block_rows ? rest : job->block_rows;
        JOBLIB_TRY(run_job_block(range, range->first + done, count, outputs, error));
        joblib_model__rewind(range->workspace, mark);
        done += count;
    } while (done < range->count);
    return JOBLIB_OK;
}

size_t joblib_model__count_ranges(size_t rows, uint32_t n_threads)
{
    size_t ranges = n_threads < MOST_THREADS ? n_threads : MOST_THREADS;
    if (ranges > rows) ranges = rows;
    return ranges > 0 ? ranges : 1;
}

/* A range in a thread of its own, and what became of it. */
typedef struct range_task {
    joblib_model__range range;
    joblib_status status;
    joblib_error error;
} range_task;

static void work_on_range(void *item)
{
    range_task *task = item;
    task->status = joblib_model__run_range(&task->range, &task->error);
}

static void open_tasks(const joblib_model__job *job, size_t count,
                       joblib_workspace *workspace, range_task *tasks)
{
    const joblib_model__mark start = {NULL, 0};
    size_t rows = job->rows->rows, first = 0;
    for (size_t i = 0; i < count; i++) {
        size_t share = rows / count + (i < rows % count ? 1 : 0);
        joblib_workspace *own = i == 0 ? workspace : &workspace->helpers[i - 1];
        if (i > 0) joblib_model__rewind(own, start);
        tasks[i] = (range_task){.range = {job, i, first, share, own},
                                .error = JOBLIB_ERROR_INIT};
        first += share;
    }
}

/* The error of the first rows counts, whichever thread failed first. */
static joblib_status run_in_threads(const joblib_model__job *job, size_t count,
                                    joblib_workspace *workspace, joblib_error *error)
{
    void *memory, *threads;
    JOBLIB_TRY(joblib_model__grow_helpers(workspace, count - 1, error));
    JOBLIB_TRY(joblib_model__take(workspace, count, sizeof(range_task), &memory, error));
    JOBLIB_TRY(joblib_model__take(workspace, count, joblib_model__thread_size(), &threads,
                                  error));
    range_task *tasks = memory;
    open_tasks(job, count, workspace, tasks);
    joblib_model__run_threads(work_on_range, tasks, count, sizeof *tasks, threads);
    for (size_t i = 0; i < count; i++) {
        if (tasks[i].status == JOBLIB_OK) continue;
        if (error) *error = tasks[i].error;
        return tasks[i].status;
    }
    return JOBLIB_OK;
}

joblib_status joblib_model__run_ranges(const joblib_model__job *job, size_t ranges,
                                       joblib_workspace *workspace, joblib_error *error)
{
    joblib_model__rewind(workspace, (joblib_model__mark){NULL, 0});
    if (ranges > 1) return run_in_threads(job, ranges, workspace, error);
    joblib_model__range whole = {job, 0, 0, job->rows->rows, workspace};
    return joblib_model__run_range(&whole, error);
}

#undef MOST_THREADS
