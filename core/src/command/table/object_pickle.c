#include "command/table/object_pickle.h"

#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/table/pickle_text.h"
#include "command/table/write.h"

/* Elements that stand between one MARK and its APPENDS. */
enum { OBJECT_BATCH_SIZE = 1000 };

/* A text that was written. */
struct text_slot {
    const joblib_value *text; /* NULL in an empty slot */
    uint32_t known;           /* its memo entry plus one */
};

struct object_pickler {
    joblib_command__pickle pickle;
    struct text_slot *texts; /* by address; open addressing, at most half full */
    size_t text_mask;        /* number of slots less one: a power of two less one */
    /* memo entries plus one of the texts of one character of Latin-1, and at the end of
       the empty one: Python has one object for each */
    uint32_t characters[257];
};

joblib_status joblib_command__check_objects(const joblib_array *array,
                                            joblib_error *error)
{
    if ((array->flags & JOBLIB_ARRAY_C_ORDER) == 0) {
        return joblib_command__fail(error, JOBLIB_ERROR_KIND, "objects not in C order");
    }
    for (size_t i = 0; i < array->count; i++) {
        const joblib_value *value = joblib_array_object(array, i);
        joblib_kind kind = joblib_value_kind(value);
        size_t size = 0;
        int64_t number;
        bool fits = kind == JOBLIB_KIND_NONE || kind == JOBLIB_KIND_BOOL ||
                    kind == JOBLIB_KIND_FLOAT;
        if (kind == JOBLIB_KIND_INT) {
            fits = joblib_value_as_int64(value, &number, NULL) == JOBLIB_OK;
        } else if (kind == JOBLIB_KIND_STR) {
            (void)joblib_value_text(value, &size);
            fits = size < JOBLIB_COMMAND_FRAME_SIZE;
        }
        if (fits) continue;
        return joblib_command__fail(error, JOBLIB_ERROR_KIND,
                                    "element %zu, of kind %s, cannot be written to a "
                                    "joblib file",
                                    i, joblib_kind_name((int)kind));
    }
    return JOBLIB_OK;
}

/* Where the memo entry of a text is kept that Python has once; NULL for others. */
static uint32_t *find_character(struct object_pickler *pickler, const char *text,
                                size_t size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (size == 0) return &pickler->characters[256];
    if (size == 1) return &pickler->characters[bytes[0]];
    if (size > 2 || bytes[0] > 0xc3) return NULL;
    bool is_one = bytes[0] >= 0xc2; /* of two bytes */
    return is_one ? &pickler->characters[(bytes[0] & 3) << 6 | (bytes[1] & 63)] : NULL;
}

/* Where the memo entry of a text is kept, by its identity. */
static uint32_t *find_text(struct object_pickler *pickler, const joblib_value *text)
{
    uint64_t bits = (uint64_t)(uintptr_t)text * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(bits >> 32) & pickler->text_mask;
    while (pickler->texts[at].text != NULL && pickler->texts[at].text != text) {
        at = (at + 1) & pickler->text_mask;
    }
    pickler->texts[at].text = text;
    return &pickler->texts[at].known;
}

static bool make_text_slots(struct object_pickler *pickler, size_t count)
{
    size_t slots = 2;
    while (slots / 2 < count) slots *= 2;
    pickler->texts = calloc(slots, sizeof *pickler->texts);
    pickler->text_mask = slots - 1;
    return pickler->texts != NULL;
}

static void put_label_text(struct object_pickler *pickler, const joblib_value *value)
{
    size_t size = 0;
    const char *text = joblib_value_text(value, &size);
    uint32_t *known = find_character(pickler, text, size);
    if (known == NULL) known = find_text(pickler, value);
    if (*known > 0) {
        joblib_command__pickle_get(&pickler->pickle, *known - 1);
    } else {
        *known = joblib_command__pickle_str(&pickler->pickle, text, size) + 1;
    }
}

static void put_object(struct object_pickler *pickler, const joblib_value *value)
{
    joblib_command__pickle *pickle = &pickler->pickle;
    bool truth = false;
    int64_t number = 0;
    double real = 0.0;
    if (pickle->frame.size >= JOBLIB_COMMAND_FRAME_SIZE) {
        joblib_command__pickle_end_frame(pickle);
    }
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_STR:
        put_label_text(pickler, value);
        break;
    case JOBLIB_KIND_BOOL:
        if (joblib_value_as_bool(value, &truth, NULL) != JOBLIB_OK) break;
        joblib_command__pickle_op(pickle, truth ? '\x88' : '\x89');
        break;
    case JOBLIB_KIND_INT:
        if (joblib_value_as_int64(value, &number, NULL) != JOBLIB_OK) break;
        joblib_command__pickle_int(pickle, number);
        break;
    case JOBLIB_KIND_FLOAT:
        if (joblib_value_as_float64(value, &real, NULL) != JOBLIB_OK) break;
        joblib_command__pickle_float(pickle, real);
        break;
    default:
        joblib_command__pickle_op(pickle, 'N');
        break;
    }
}

/* _reconstruct(ndarray, (0,), b'b') and the state up to the list of elements. */
static void put_objects_head(struct object_pickler *pickler, const joblib_array *array)
{
    joblib_command__pickle *pickle = &pickler->pickle;
    uint32_t order = UINT32_MAX;
    (void)joblib_command__pickle_text(pickle, "numpy._core.multiarray");
    (void)joblib_command__pickle_text(pickle, "_reconstruct");
    joblib_command__pickle_put(pickle, "\x93\x94", 2);
    pickle->memo_count++;
    uint32_t numpy = joblib_command__pickle_text(pickle, "numpy");
    (void)joblib_command__pickle_text(pickle, "ndarray");
    static const char arguments[] = "\x93\x94K\x00\x85\x94"
                                    "C\x01"
                                    "b\x94\x87\x94R\x94(K\x01";
    joblib_command__pickle_put(pickle, arguments, sizeof arguments - 1);
    pickle->memo_count += 5; /* class, shape, bytes, arguments and array */
    joblib_command__pickle_shape(pickle, array);
    joblib_command__pickle_get(pickle, numpy);
    (void)joblib_command__pickle_text(pickle, "dtype");
    joblib_command__pickle_put(pickle, "\x93\x94", 2);
    pickle->memo_count++;
    (void)joblib_command__pickle_dtype(pickle, array->dtype, &order);
    pickler->characters['|'] = order + 1;
    joblib_command__pickle_put(pickle, "\x89]\x94", 3);
    pickle->memo_count++;
}

static void put_object_list(struct object_pickler *pickler, const joblib_array *array)
{
    joblib_command__pickle *pickle = &pickler->pickle;
    size_t count = array->count;
    if (count == 1) {
        put_object(pickler, joblib_array_object(array, 0));
        joblib_command__pickle_op(pickle, 'a');
        return;
    }
    for (size_t i = 0; i < count; i++) {
        bool is_last = i % OBJECT_BATCH_SIZE == OBJECT_BATCH_SIZE - 1 || i + 1 == count;
        if (i % OBJECT_BATCH_SIZE == 0) joblib_command__pickle_op(pickle, '(');
        put_object(pickler, joblib_array_object(array, i));
        if (is_last) joblib_command__pickle_op(pickle, 'e');
    }
}

joblib_status joblib_command__put_objects(joblib_command__output *out,
                                          const joblib_array *array, joblib_error *error)
{
    struct object_pickler pickler;
    memset(&pickler, 0, sizeof pickler);
    pickler.pickle.out = out;
    if (!make_text_slots(&pickler, array->count)) return joblib_command__no_memory(error);
    joblib_command__put(out, "\x80\x05", 2);
    put_objects_head(&pickler, array);
    put_object_list(&pickler, array);
    /* The state ends, is applied, and the pickle ends. */
    joblib_command__pickle_put(&pickler.pickle,
                               "t\x94"
                               "b.",
                               4);
    joblib_command__pickle_end_frame(&pickler.pickle);
    free(pickler.pickle.frame.data);
    free(pickler.texts);
    return pickler.pickle.no_memory ? joblib_command__no_memory(error) : JOBLIB_OK;
}
