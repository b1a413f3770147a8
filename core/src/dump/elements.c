/* What stands behind a wrapper: the elements of an array, or the pickle of its objects. */
#include "base/try.h"
#include "dump/dump.h"

/* Bytes that joblib writes of an array at once. */
#define CHUNK ((size_t)16 << 20)

/* joblib pads to this since 1.2. */
#define DATA_ALIGNMENT 16

/* One byte tells how many bytes of 0xff follow, up to a multiple of 16 of the stream. */
static joblib_status write_padding(joblib_pickle__output *output, joblib_error *error)
{
    uint8_t padding[DATA_ALIGNMENT];
    uint64_t start = joblib_pickle__position(output) + 1;
    uint8_t count = (uint8_t)(DATA_ALIGNMENT - start % DATA_ALIGNMENT);
    memset(padding, 0xff, sizeof padding);
    JOBLIB_TRY(joblib_pickle__write(output, &count, 1, error));
    return joblib_pickle__write(output, padding, count, error);
}

/* Axes in another order: one element after the other, in C order. */
static joblib_status write_items(joblib_pickle__output *output, const joblib_array *view,
                                 joblib_error *error)
{
    size_t itemsize = view->dtype->itemsize;
    for (size_t i = 0; i < view->count; i++)
        JOBLIB_TRY(
            joblib_pickle__write(output, joblib_array_item(view, i), itemsize, error));
    return JOBLIB_OK;
}

static joblib_status write_elements(joblib_pickle__output *output,
                                    const joblib_array *view, joblib_error *error)
{
    size_t itemsize = view->dtype->itemsize;
    size_t size = view->count * itemsize;
    size_t chunk =
        itemsize < CHUNK ? CHUNK / (itemsize ? itemsize : 1) * itemsize : itemsize;
    const char *data = view->data;
    if (!(view->flags & (JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER)))
        return write_items(output, view, error);
    for (size_t done = 0; done < size; done += chunk) {
        size_t part = size - done < chunk ? size - done : chunk;
        JOBLIB_TRY(joblib_pickle__write_through(output, data + done, part, error));
    }
    return JOBLIB_OK;
}

/* Until joblib 1.4 nested pickles had protocol 2, since then the newest. */
static int nested_protocol(const joblib_dump__job *job,
                           const struct joblib_value__origin *origin)
{
    bool kept = job->form == JOBLIB_DUMP_AS_LOADED && origin->callable;
    if (kept) return origin->protocol;
    uint32_t version = job->options.joblib_version;
    return version == 0 || version >= 10500 ? 5 : 2;
}

static joblib_status write_objects(joblib_dump__job *job, joblib_pickle__output *output,
                                   const struct joblib_value__origin *origin,
                                   const joblib_value *value, joblib_error *error)
{
    joblib_pickle__writing outer = job->writing;
    size_t lowered = job->lowered;
    job->writing.policy.c_pickler = job->writing.policy.python >= 300;
    job->writing.policy.protocol = nested_protocol(job, origin);
    job->lowered = 1; /* what the outer pickle lowered is still needed */
    job->nesting++;
    joblib_status status = joblib_pickle__dump(output, &job->writing, value, error);
    job->nesting--;
    job->lowered = lowered;
    job->writing = outer;
    return status;
}

static bool is_padded(const joblib_dump__job *job,
                      const struct joblib_value__origin *origin)
{
    if (job->form == JOBLIB_DUMP_AS_LOADED && origin->form == JOBLIB_VALUE_WRAPPER &&
        origin->callable)
        return origin->alignment > 0;
    uint32_t version = job->options.joblib_version;
    return version == 0 || version >= 10200;
}

joblib_status joblib_dump__follow(void *ctx, joblib_pickle__writer *writer,
                                  const joblib_value *value, joblib_error *error)
{
    joblib_dump__job *job = ctx;
    if (value->kind == JOBLIB_KIND_OBJECT)
        return write_objects(job, writer->output, value->object->wrapper, value, error);
    const struct joblib_value__array *array = value->array;
    if (array->view.dtype->has_object)
        return write_objects(job, writer->output, &array->origin, value, error);
    if (is_padded(job, &array->origin)) JOBLIB_TRY(write_padding(writer->output, error));
    return write_elements(writer->output, &array->view, error);
}
