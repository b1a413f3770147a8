#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/table/object_pickle.h"
#include "command/table/pickle_text.h"
#include "command/table/write.h"

/* Elements of a list that stand between one MARK and its APPENDS. */
enum { BATCH_SIZE = 1000 };

static const uint32_t not_in_memo = UINT32_MAX;

/* Text and globals that a second array refers to, by what they are to the first. */
enum shared_text {
    SHARED_NUMPY,
    SHARED_SUBCLASS,
    SHARED_SHAPE,
    SHARED_ORDER,
    SHARED_C,
    SHARED_F,
    SHARED_DTYPE,
    SHARED_MMAP,
    SHARED_ALIGNMENT,
    SHARED_TEXT_COUNT
};

static const char *const shared_texts[SHARED_TEXT_COUNT] = {
    [SHARED_NUMPY] = "numpy",
    [SHARED_SUBCLASS] = "subclass",
    [SHARED_SHAPE] = "shape",
    [SHARED_ORDER] = "order",
    [SHARED_C] = "C",
    [SHARED_F] = "F",
    [SHARED_DTYPE] = "dtype",
    [SHARED_MMAP] = "allow_mmap",
    [SHARED_ALIGNMENT] = "numpy_array_alignment_bytes",
};

struct array_pickler {
    joblib_command__pickle pickle;
    uint32_t texts[SHARED_TEXT_COUNT]; /* memo entries */
    uint32_t wrapper, ndarray, dtype_class;
    uint32_t orders[3]; /* of the texts "<", ">" and "|" */
    const joblib_array *arrays;
    uint32_t *dtypes; /* entry of the dtype of each array that is written */
};

static void put_shared_text(struct array_pickler *pickler, enum shared_text text)
{
    uint32_t *entry = &pickler->texts[text];
    if (*entry == not_in_memo) {
        *entry = joblib_command__pickle_text(&pickler->pickle, shared_texts[text]);
    } else {
        joblib_command__pickle_get(&pickler->pickle, *entry);
    }
}

static void put_wrapper_class(struct array_pickler *pickler)
{
    joblib_command__pickle *pickle = &pickler->pickle;
    if (pickler->wrapper != not_in_memo) {
        joblib_command__pickle_get(pickle, pickler->wrapper);
        return;
    }
    (void)joblib_command__pickle_text(pickle, "joblib.numpy_pickle");
    (void)joblib_command__pickle_text(pickle, "NumpyArrayWrapper");
    joblib_command__pickle_op(pickle, '\x93');
    pickler->wrapper = joblib_command__pickle_memoize(pickle);
}

static void put_numpy_class(struct array_pickler *pickler, const char *name,
                            uint32_t *entry)
{
    joblib_command__pickle *pickle = &pickler->pickle;
    if (*entry != not_in_memo) {
        joblib_command__pickle_get(pickle, *entry);
        return;
    }
    put_shared_text(pickler, SHARED_NUMPY);
    (void)joblib_command__pickle_text(pickle, name);
    joblib_command__pickle_op(pickle, '\x93');
    *entry = joblib_command__pickle_memoize(pickle);
}

/* numpy has one object for each type of number, which a pickle holds once. */
static void put_array_dtype(struct array_pickler *pickler, size_t index)
{
    const joblib_dtype *dtype = pickler->arrays[index].dtype;
    for (size_t i = 0; i < index; i++) {
        const char *text = joblib_dtype_text(pickler->arrays[i].dtype);
        if (strcmp(text, joblib_dtype_text(dtype)) == 0) {
            pickler->dtypes[index] = pickler->dtypes[i];
            joblib_command__pickle_get(&pickler->pickle, pickler->dtypes[i]);
            return;
        }
    }
    char order = joblib_dtype_byteorder(dtype);
    put_numpy_class(pickler, "dtype", &pickler->dtype_class);
    pickler->dtypes[index] =
        joblib_command__pickle_dtype(&pickler->pickle, dtype,
                                     &pickler->orders[order == '<'   ? 0
                                                      : order == '>' ? 1
                                                                     : 2]);
}

/* The wrapper that stands before the elements of an array. */
static void put_wrapper(struct array_pickler *pickler, size_t index)
{
    joblib_command__pickle *pickle = &pickler->pickle;
    const joblib_array *array = &pickler->arrays[index];
    bool is_object = joblib_dtype_kind(array->dtype) == 'O';
    put_wrapper_class(pickler);
    joblib_command__pickle_put(pickle, ")\x81", 2);
    (void)joblib_command__pickle_memoize(pickle);
    joblib_command__pickle_op(pickle, '}');
    (void)joblib_command__pickle_memoize(pickle);
    joblib_command__pickle_op(pickle, '(');
    put_shared_text(pickler, SHARED_SUBCLASS);
    put_numpy_class(pickler, "ndarray", &pickler->ndarray);
    put_shared_text(pickler, SHARED_SHAPE);
    joblib_command__pickle_shape(pickle, array);
    put_shared_text(pickler, SHARED_ORDER);
    put_shared_text(pickler, joblib_command__is_fortran(array) ? SHARED_F : SHARED_C);
    put_shared_text(pickler, SHARED_DTYPE);
    put_array_dtype(pickler, index);
    put_shared_text(pickler, SHARED_MMAP);
    joblib_command__pickle_op(pickle, is_object ? '\x89' : '\x88');
    put_shared_text(pickler, SHARED_ALIGNMENT);
    joblib_command__pickle_put(pickle, "K\x10ub", 4);
    joblib_command__pickle_end_frame(pickle);
}

/* One byte tells how many follow, so that the elements begin at a multiple of 16. */
static void put_padding(joblib_command__output *out)
{
    static const char filler[] = "\xff\xff\xff\xff\xff\xff\xff\xff"
                                 "\xff\xff\xff\xff\xff\xff\xff\xff";
    size_t size = 16 - (size_t)((out->total + 1) % 16);
    char first = (char)size;
    joblib_command__put(out, &first, 1);
    joblib_command__put(out, filler, size);
}

static joblib_status put_array(struct array_pickler *pickler, size_t index,
                               joblib_error *error)
{
    const joblib_array *array = &pickler->arrays[index];
    put_wrapper(pickler, index);
    if (joblib_dtype_kind(array->dtype) == 'O') {
        return joblib_command__put_objects(pickler->pickle.out, array, error);
    }
    put_padding(pickler->pickle.out);
    joblib_command__put_elements(pickler->pickle.out, array);
    return JOBLIB_OK;
}

static joblib_status put_array_list(struct array_pickler *pickler, size_t count,
                                    joblib_error *error)
{
    joblib_command__pickle *pickle = &pickler->pickle;
    joblib_command__pickle_op(pickle, ']');
    (void)joblib_command__pickle_memoize(pickle);
    for (size_t i = 0; i < count; i++) {
        bool is_alone = i % BATCH_SIZE == 0 && i + 1 == count;
        bool is_last = i % BATCH_SIZE == BATCH_SIZE - 1 || i + 1 == count;
        if (i % BATCH_SIZE == 0 && !is_alone) joblib_command__pickle_op(pickle, '(');
        JOBLIB_COMMAND_TRY(put_array(pickler, i, error));
        if (is_last) joblib_command__pickle_op(pickle, is_alone ? 'a' : 'e');
    }
    return JOBLIB_OK;
}

static joblib_status check_array(const joblib_array *array, bool as_list,
                                 joblib_error *error)
{
    const joblib_dtype *dtype = array->dtype;
    const char *kinds = as_list ? "biufc" : "biufcUSO";
    bool is_plain = strchr(kinds, joblib_dtype_kind(dtype)) != NULL &&
                    joblib_dtype_base(dtype) == NULL;
    if (is_plain && joblib_dtype_kind(dtype) != 'O') return JOBLIB_OK;
    if (is_plain) return joblib_command__check_objects(array, error);
    return joblib_command__fail(error, JOBLIB_ERROR_KIND,
                                "elements of type %s cannot be written to a joblib file",
                                joblib_dtype_text(dtype));
}

static joblib_status run_pickler(struct array_pickler *pickler, size_t count,
                                 bool as_list, joblib_error *error)
{
    joblib_command__output *out = pickler->pickle.out;
    joblib_command__put(out, "\x80\x04", 2);
    if (as_list) {
        JOBLIB_COMMAND_TRY(put_array_list(pickler, count, error));
    } else {
        JOBLIB_COMMAND_TRY(put_array(pickler, 0, error));
    }
    joblib_command__pickle_op(&pickler->pickle, '.');
    joblib_command__pickle_end_frame(&pickler->pickle);
    return pickler->pickle.no_memory ? joblib_command__no_memory(error) : JOBLIB_OK;
}

joblib_status joblib_command__write_joblib(joblib_command__output *out,
                                           const joblib_array *arrays, size_t count,
                                           bool as_list, joblib_error *error)
{
    struct array_pickler pickler;
    memset(&pickler, 0, sizeof pickler);
    memset(pickler.texts, 0xff, sizeof pickler.texts);
    memset(pickler.orders, 0xff, sizeof pickler.orders);
    pickler.wrapper = pickler.ndarray = pickler.dtype_class = not_in_memo;
    pickler.pickle.out = out;
    pickler.arrays = arrays;
    for (size_t i = 0; i < count; i++) {
        JOBLIB_COMMAND_TRY(check_array(&arrays[i], as_list, error));
    }
    pickler.dtypes = calloc(count + 1, sizeof *pickler.dtypes);
    if (pickler.dtypes == NULL) return joblib_command__no_memory(error);
    joblib_status status = run_pickler(&pickler, count, as_list, error);
    free(pickler.dtypes);
    free(pickler.pickle.frame.data);
    return status;
}
