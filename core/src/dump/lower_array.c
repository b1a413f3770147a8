/* The forms of arrays that the document has none for: joblib's wrapper, numpy's own. */
#include <string.h>

#include "base/checked.h"
#include "base/try.h"
#include "dump/dump.h"
#include "dump/nodes.h"

/* joblib.numpy_pickle.NumpyArrayWrapper */

static const struct joblib_value__global wrapper_entry =
    JOBLIB_NAME_ENTRY("joblib.numpy_pickle", "NumpyArrayWrapper");
static const joblib_value wrapper_class = JOBLIB_IMPLIED_GLOBAL(&wrapper_entry);

/* Keys of its state, in joblib's order. */
static const joblib_value made_wrapper_keys[] = {
    JOBLIB_IMPLIED_TEXT("subclass"),   JOBLIB_IMPLIED_TEXT("shape"),
    JOBLIB_IMPLIED_TEXT("order"),      JOBLIB_IMPLIED_TEXT("dtype"),
    JOBLIB_IMPLIED_TEXT("allow_mmap"), JOBLIB_IMPLIED_TEXT("numpy_array_alignment_bytes"),
};

enum { KEYS_WITHOUT_ALIGNMENT = 5, KEYS_WITH_ALIGNMENT = 6 };

static const struct joblib_value__global ndarray_entry =
    JOBLIB_NAME_ENTRY("numpy", "ndarray");
static const joblib_value ndarray_class = JOBLIB_IMPLIED_GLOBAL(&ndarray_entry);

static const joblib_value *find_class(const joblib_value *value)
{
    return value->array->subclass ? value->array->subclass : &ndarray_class;
}

static bool is_fortran(const joblib_array *view)
{
    return !(view->flags & JOBLIB_ARRAY_C_ORDER) && view->flags & JOBLIB_ARRAY_F_ORDER;
}

static const joblib_value *order_text(const joblib_array *view)
{
    static const joblib_value orders[] = {JOBLIB_IMPLIED_TEXT("C"),
                                          JOBLIB_IMPLIED_TEXT("F")};
    return &orders[is_fortran(view)];
}

static bool has_alignment(const joblib_dump__job *job)
{
    uint32_t version = job->options.joblib_version;
    return version == 0 || version >= 10200;
}

joblib_status joblib_dump__make_wrapper(joblib_dump__job *job, const joblib_value *value,
                                        joblib_value **out, joblib_error *error)
{
    static const joblib_value alignment = JOBLIB_NODE_INT(16);
    const joblib_array *view = &value->array->view;
    const joblib_value *parts[KEYS_WITH_ALIGNMENT];
    size_t count = has_alignment(job) ? KEYS_WITH_ALIGNMENT : KEYS_WITHOUT_ALIGNMENT;
    joblib_value *shape, *state, *arguments;
    JOBLIB_REQUIRE(
        view->dtype->itemsize > 0, JOBLIB_ERROR_UNSUPPORTED,
        "an array of %s, whose elements have no bytes: joblib does not read it",
        view->dtype->text);
    JOBLIB_TRY(joblib_dump__make_shape(job, view->shape, view->ndim, &shape, error));
    parts[0] = find_class(value);
    parts[1] = shape;
    parts[2] = order_text(view);
    parts[3] = value->array->dtype;
    parts[4] = joblib_value__bool(!view->dtype->has_object);
    parts[5] = &alignment;
    JOBLIB_TRY(
        joblib_dump__make_dict(job, made_wrapper_keys, parts, count, &state, error));
    JOBLIB_TRY(joblib_dump__make_tuple(job, NULL, 0, &arguments, error));
    return joblib_dump__make_object(job, JOBLIB_FORM_NEWOBJ, &wrapper_class, arguments,
                                    state, out, error);
}

/* As numpy does it: _reconstruct and a state, or _frombuffer in protocol 5. */

/* The functions that numpy names: of numpy 1, and of numpy 2. */
enum numpy_function { RECONSTRUCT, FROMBUFFER, SCALAR };

static const struct joblib_value__global numpy_entries[2][3] = {
    {JOBLIB_NAME_ENTRY("numpy.core.multiarray", "_reconstruct"),
     JOBLIB_NAME_ENTRY("numpy.core.numeric", "_frombuffer"),
     JOBLIB_NAME_ENTRY("numpy.core.multiarray", "scalar")},
    {JOBLIB_NAME_ENTRY("numpy._core.multiarray", "_reconstruct"),
     JOBLIB_NAME_ENTRY("numpy._core.numeric", "_frombuffer"),
     JOBLIB_NAME_ENTRY("numpy._core.multiarray", "scalar")},
};

static const joblib_value numpy_functions[2][3] = {
    {JOBLIB_IMPLIED_GLOBAL(&numpy_entries[0][RECONSTRUCT]),
     JOBLIB_IMPLIED_GLOBAL(&numpy_entries[0][FROMBUFFER]),
     JOBLIB_IMPLIED_GLOBAL(&numpy_entries[0][SCALAR])},
    {JOBLIB_IMPLIED_GLOBAL(&numpy_entries[1][RECONSTRUCT]),
     JOBLIB_IMPLIED_GLOBAL(&numpy_entries[1][FROMBUFFER]),
     JOBLIB_IMPLIED_GLOBAL(&numpy_entries[1][SCALAR])},
};

/* joblib before 1.5 is found beside numpy 1, which before 1.26 knows its own names alone. */
static const joblib_value *find_function(const joblib_dump__job *job,
                                         enum numpy_function function)
{
    uint32_t numpy = job->options.numpy_version, version = job->options.joblib_version;
    bool is_new = numpy ? numpy == 2 : version == 0 || version >= 10500;
    return &numpy_functions[is_new][function];
}

/* Elements that do not stand one after the other, copied so that they do. */
static joblib_status gather_elements(joblib_dump__job *job, const joblib_array *view,
                                     size_t size, const char **out, joblib_error *error)
{
    size_t itemsize = view->dtype->itemsize;
    char *data = joblib_base__arena_allocate(&job->scratch, size);
    if (!data) return joblib_base__arena_fail(&job->scratch, size, error);
    for (size_t i = 0; i < view->count; i++)
        memcpy(data + i * itemsize, joblib_array_item(view, i), itemsize);
    *out = data;
    return JOBLIB_OK;
}

/* The elements as bytes: the memory of the view itself, where it can be. */
static joblib_status make_data(joblib_dump__job *job, joblib_kind kind,
                               const joblib_array *view, joblib_value **out,
                               joblib_error *error)
{
    const char *data = view->data;
    size_t size = view->count * view->dtype->itemsize;
    if (!(view->flags & (JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER)))
        JOBLIB_TRY(gather_elements(job, view, size, &data, error));
    return joblib_dump__make_text(job, kind, data, size, out, error);
}

/* Objects stand in a list, in C order whatever the array's order. */
static joblib_status make_list(joblib_dump__job *job, const joblib_array *view,
                               joblib_value **out, joblib_error *error)
{
    size_t size = 0;
    JOBLIB_REQUIRE(joblib_base__size_mul(view->count, sizeof(joblib_value *), &size) &&
                       size < SIZE_MAX / 2,
                   JOBLIB_ERROR_LIMIT, "an array of %zu objects", view->count);
    joblib_value *list = joblib_base__arena_allocate(&job->scratch, sizeof *list + size);
    if (!list) return joblib_base__arena_fail(&job->scratch, size, error);
    joblib_value **items = (joblib_value **)(list + 1);
    for (size_t i = 0; i < view->count; i++)
        items[i] = *(joblib_value *const *)joblib_array_item(view, i);
    *list =
        (joblib_value){.kind = JOBLIB_KIND_LIST, .items = items, .count = view->count};
    *out = list;
    return JOBLIB_OK;
}

static joblib_status make_reconstruct(joblib_dump__job *job, const joblib_value *value,
                                      joblib_value **out, joblib_error *error)
{
    static const joblib_value zero = JOBLIB_NODE_INT(0), one = JOBLIB_NODE_INT(1);
    static const joblib_value letter = {.kind = JOBLIB_KIND_BYTES,
                                        .flags =
                                            JOBLIB_VALUE_SHARED | JOBLIB_VALUE_IMPLIED,
                                        .room = JOBLIB_FAR_TEXT,
                                        .far_text = "b",
                                        .far_size = 1};
    const joblib_array *view = &value->array->view;
    const joblib_value *none[] = {&zero};
    joblib_value *empty, *shape, *data, *arguments, *state;
    JOBLIB_TRY(joblib_dump__make_tuple(job, none, 1, &empty, error));
    JOBLIB_TRY(joblib_dump__make_shape(job, view->shape, view->ndim, &shape, error));
    JOBLIB_TRY(view->dtype->has_object
                   ? make_list(job, view, &data, error)
                   : make_data(job, JOBLIB_KIND_BYTES, view, &data, error));
    const joblib_value *call[] = {find_class(value), empty, &letter};
    const joblib_value *parts[] = {&one, shape, value->array->dtype,
                                   joblib_value__bool(is_fortran(view)), data};
    JOBLIB_TRY(joblib_dump__make_tuple(job, call, 3, &arguments, error));
    JOBLIB_TRY(joblib_dump__make_tuple(job, parts, 5, &state, error));
    return joblib_dump__make_object(job, JOBLIB_FORM_REDUCE,
                                    find_function(job, RECONSTRUCT), arguments, state,
                                    out, error);
}

static joblib_status make_frombuffer(joblib_dump__job *job, const joblib_value *value,
                                     joblib_value **out, joblib_error *error)
{
    const joblib_array *view = &value->array->view;
    joblib_value *shape, *data, *arguments;
    JOBLIB_TRY(joblib_dump__make_shape(job, view->shape, view->ndim, &shape, error));
    JOBLIB_TRY(make_data(job, JOBLIB_KIND_BYTEARRAY, view, &data, error));
    const joblib_value *call[] = {data, value->array->dtype, shape, order_text(view)};
    JOBLIB_TRY(joblib_dump__make_tuple(job, call, 4, &arguments, error));
    return joblib_dump__make_object(job, JOBLIB_FORM_REDUCE,
                                    find_function(job, FROMBUFFER), arguments, NULL, out,
                                    error);
}

joblib_status joblib_dump__make_inside(joblib_dump__job *job, int protocol,
                                       const joblib_value *value, joblib_value **out,
                                       joblib_error *error)
{
    bool plain = !value->array->subclass && !value->array->view.dtype->has_object;
    return protocol >= 5 && plain ? make_frombuffer(job, value, out, error)
                                  : make_reconstruct(job, value, out, error);
}

joblib_status joblib_dump__make_scalar(joblib_dump__job *job, const joblib_value *value,
                                       joblib_value **out, joblib_error *error)
{
    joblib_value *data, *arguments;
    JOBLIB_TRY(make_data(job, JOBLIB_KIND_BYTES, &value->array->view, &data, error));
    const joblib_value *call[] = {value->array->dtype, data};
    JOBLIB_TRY(joblib_dump__make_tuple(job, call, 2, &arguments, error));
    return joblib_dump__make_object(job, JOBLIB_FORM_REDUCE, find_function(job, SCALAR),
                                    arguments, NULL, out, error);
}
