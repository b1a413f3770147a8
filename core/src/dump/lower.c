/* What stands in a pickle for arrays, scalars and dtypes. */
#include "base/try.h"
#include "dump/dump.h"

/* Scratch memory beyond this is given back before the next value is lowered. */
#define SCRATCH_KEPT ((size_t)48 << 10)

joblib_status joblib_dump__make_object(joblib_dump__job *job, joblib_form form,
                                       const joblib_value *callable,
                                       const joblib_value *arguments,
                                       const joblib_value *state, joblib_value **out,
                                       joblib_error *error)
{
    struct joblib_value__object *object;
    joblib_value *value =
        joblib_base__arena_allocate(&job->scratch, sizeof *value + sizeof *object);
    if (!value) return joblib_base__arena_fail(&job->scratch, sizeof *value, error);
    object = (struct joblib_value__object *)(value + 1);
    /* The pickler only reads them. */
    *object = (struct joblib_value__object){.callable = (joblib_value *)callable,
                                            .arguments = (joblib_value *)arguments,
                                            .state = (joblib_value *)state};
    *value = (joblib_value){.kind = JOBLIB_KIND_OBJECT,
                            .object = object,
                            .count = (size_t)form};
    *out = value;
    return JOBLIB_OK;
}

/* The form of an object as it was loaded. */
static joblib_form find_form(const struct joblib_value__origin *origin)
{
    return origin->form == JOBLIB_VALUE_WRAPPER ? JOBLIB_FORM_NEWOBJ : JOBLIB_FORM_REDUCE;
}

static joblib_status restore_form(joblib_dump__job *job,
                                  const struct joblib_value__origin *origin,
                                  joblib_value **out, joblib_error *error)
{
    return joblib_dump__make_object(job, find_form(origin), origin->callable,
                                    origin->arguments, origin->state, out, error);
}

static joblib_status lower_dtype(joblib_dump__job *job, const joblib_value *value,
                                 joblib_value **out, joblib_error *error)
{
    const struct joblib_value__origin *origin = &value->dtype->origin;
    if (!origin->callable) return joblib_dump__make_dtype(job, value, out, error);
    return joblib_dump__make_object(job, JOBLIB_FORM_REDUCE, origin->callable,
                                    origin->arguments, origin->state, out, error);
}

/* Arrays */

/* How the pickle at work had the array: behind a wrapper of objects that is told beside. */
static const struct joblib_value__origin *find_origin(const joblib_dump__job *job,
                                                      const joblib_value *value)
{
    const struct joblib_value__origin *origin = &value->array->origin;
    return job->nesting > 0 && origin->nested ? origin->nested : origin;
}

static bool is_in_pickle(int form)
{
    return form == JOBLIB_VALUE_RECONSTRUCT || form == JOBLIB_VALUE_FROMBUFFER;
}

/* The bytes of its scalars and arrays are str of Python 2, which would become text in Python 3. */
static bool leaves_python2(const joblib_dump__job *job)
{
    return job->document->python2 && job->writing.policy.python >= 300;
}

/* Whether the array keeps the form that it was loaded in. */
static bool keeps_form(const joblib_dump__job *job, int protocol,
                       const struct joblib_value__origin *origin)
{
    if (!origin->callable) return false;
    if (leaves_python2(job) && is_in_pickle(origin->form)) return false;
    /* bytearray and memory views came with protocol 5. */
    if (origin->form == JOBLIB_VALUE_FROMBUFFER && protocol < 5) return false;
    if (job->nesting > 0) return is_in_pickle(origin->form);
    if (job->form == JOBLIB_DUMP_AS_LOADED)
        return origin->form == JOBLIB_VALUE_WRAPPER || is_in_pickle(origin->form);
    return job->form == JOBLIB_DUMP_INSIDE && is_in_pickle(origin->form);
}

static bool is_wrapped(const joblib_dump__job *job,
                       const struct joblib_value__origin *origin, bool kept)
{
    if (kept) return origin->form == JOBLIB_VALUE_WRAPPER;
    return job->nesting == 0 && job->form != JOBLIB_DUMP_INSIDE;
}

static joblib_status lower_array(joblib_dump__job *job, int protocol,
                                 const joblib_value *value,
                                 joblib_pickle__lowered *lowered, joblib_error *error)
{
    const struct joblib_value__origin *origin = find_origin(job, value);
    bool kept = keeps_form(job, protocol, origin);
    bool wrapped = is_wrapped(job, origin, kept);
    joblib_value *object = NULL;
    JOBLIB_TRY(kept ? restore_form(job, origin, &object, error)
               : wrapped
                   ? joblib_dump__make_wrapper(job, value, &object, error)
                   : joblib_dump__make_inside(job, protocol, value, &object, error));
    lowered->object = object;
    lowered->forgotten = wrapped;
    lowered->followed = wrapped;
    return JOBLIB_OK;
}

static joblib_status lower_scalar(joblib_dump__job *job, const joblib_value *value,
                                  joblib_value **out, joblib_error *error)
{
    const struct joblib_value__origin *origin = &value->array->origin;
    if (!origin->callable || leaves_python2(job))
        return joblib_dump__make_scalar(job, value, out, error);
    return restore_form(job, origin, out, error);
}

/* An object that stood behind a wrapper: there it is written as it is. */
static joblib_status lower_wrapped(joblib_dump__job *job, const joblib_value *value,
                                   joblib_pickle__lowered *lowered, joblib_error *error)
{
    joblib_value *object = NULL;
    bool inside = job->nesting > 0 || job->form == JOBLIB_DUMP_INSIDE;
    const struct joblib_value__object *made = value->object;
    JOBLIB_TRY(inside ? joblib_dump__make_object(job, (joblib_form)value->count,
                                                 made->callable, made->arguments,
                                                 made->state, &object, error)
                      : restore_form(job, made->wrapper, &object, error));
    lowered->object = object;
    lowered->forgotten = !inside;
    lowered->followed = !inside;
    return JOBLIB_OK;
}

static joblib_status lower_value(joblib_dump__job *job, int protocol,
                                 const joblib_value *value,
                                 joblib_pickle__lowered *lowered, joblib_error *error)
{
    joblib_value *object = NULL;
    switch (value->kind) {
    case JOBLIB_KIND_ARRAY:
        return lower_array(job, protocol, value, lowered, error);
    case JOBLIB_KIND_OBJECT:
        return lower_wrapped(job, value, lowered, error);
    case JOBLIB_KIND_SCALAR:
        JOBLIB_TRY(lower_scalar(job, value, &object, error));
        break;
    default:
        JOBLIB_TRY(lower_dtype(job, value, &object, error));
        break;
    }
    lowered->object = object;
    return JOBLIB_OK;
}

joblib_status joblib_dump__lower(void *ctx, joblib_pickle__writer *writer,
                                 const joblib_value *value, joblib_pickle__lowered *out,
                                 joblib_error *error)
{
    joblib_dump__job *job = ctx;
    if (job->lowered == 0 && job->scratch.used > SCRATCH_KEPT)
        joblib_dump__clear_scratch(job);
    JOBLIB_TRY(lower_value(job, writer->protocol, value, out, error));
    job->lowered++;
    return JOBLIB_OK;
}

void joblib_dump__done(void *ctx)
{
    joblib_dump__job *job = ctx;
    job->lowered--;
}
