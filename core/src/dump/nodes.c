#include "dump/nodes.h"

#include "base/try.h"

joblib_status joblib_dump__make_tuple(joblib_dump__job *job,
                                      const joblib_value *const *items, size_t count,
                                      joblib_value **out, joblib_error *error)
{
    size_t size = count * sizeof *items;
    joblib_value *tuple =
        joblib_base__arena_allocate(&job->scratch, sizeof *tuple + size);
    if (!tuple)
        return joblib_base__arena_fail(&job->scratch, sizeof *tuple + size, error);
    *tuple = (joblib_value){.kind = JOBLIB_KIND_TUPLE,
                            .items = (joblib_value **)(tuple + 1),
                            .count = count};
    if (count > 0) memcpy(tuple->items, items, size);
    *out = tuple;
    return JOBLIB_OK;
}

joblib_status joblib_dump__make_int(joblib_dump__job *job, int64_t number,
                                    joblib_value **out, joblib_error *error)
{
    joblib_value *value = joblib_base__arena_allocate(&job->scratch, sizeof *value);
    if (!value) return joblib_base__arena_fail(&job->scratch, sizeof *value, error);
    *value = (joblib_value){.kind = JOBLIB_KIND_INT, .integer = number};
    *out = value;
    return JOBLIB_OK;
}

joblib_status joblib_dump__make_text(joblib_dump__job *job, joblib_kind kind,
                                     const char *text, size_t size, joblib_value **out,
                                     joblib_error *error)
{
    joblib_value *value = joblib_base__arena_allocate(&job->scratch, sizeof *value);
    if (!value) return joblib_base__arena_fail(&job->scratch, sizeof *value, error);
    *value = (joblib_value){.kind = (uint8_t)kind,
                            .room = JOBLIB_FAR_TEXT,
                            .far_text = text,
                            .far_size = size};
    *out = value;
    return JOBLIB_OK;
}

joblib_status joblib_dump__make_shape(joblib_dump__job *job, const int64_t *shape,
                                      size_t ndim, joblib_value **out,
                                      joblib_error *error)
{
    const joblib_value *items[JOBLIB_MAX_NDIM];
    for (size_t i = 0; i < ndim; i++) {
        joblib_value *item = NULL;
        JOBLIB_TRY(joblib_dump__make_int(job, shape[i], &item, error));
        items[i] = item;
    }
    return joblib_dump__make_tuple(job, items, ndim, out, error);
}

joblib_status joblib_dump__make_dict(joblib_dump__job *job, const joblib_value *keys,
                                     const joblib_value *const *values, size_t count,
                                     joblib_value **out, joblib_error *error)
{
    struct joblib_value__mapping *mapping;
    size_t size = count * sizeof *mapping->entries;
    joblib_value *dict =
        joblib_base__arena_allocate(&job->scratch, sizeof *dict + sizeof *mapping + size);
    if (!dict)
        return joblib_base__arena_fail(&job->scratch,
                                       sizeof *dict + sizeof *mapping + size, error);
    mapping = (struct joblib_value__mapping *)(dict + 1);
    *mapping = (struct joblib_value__mapping){
        .entries = (struct joblib_value__entry *)(mapping + 1), .count = count};
    for (size_t i = 0; i < count; i++)
        mapping->entries[i] = (struct joblib_value__entry){(joblib_value *)&keys[i],
                                                           (joblib_value *)values[i]};
    *dict = (joblib_value){.kind = JOBLIB_KIND_DICT, .mapping = mapping};
    *out = dict;
    return JOBLIB_OK;
}
