#include <string.h>

#include "array/array.h"
#include "base/checked.h"
#include "base/try.h"
#include "model/context.h"

/* Labels of one target while they are read. */
typedef struct label_reader {
    const joblib_model__context *context;
    const char *attribute;
    joblib_model__target *targets;
    size_t count;
    const joblib_dtype *dtype; /* of what predict gives */
} label_reader;

static joblib_status read_classes(const label_reader *reader, const joblib_value *value,
                                  joblib_model__target *target)
{
    joblib_array *classes = &target->classes;
    if (joblib_value_array(value, classes, NULL) != JOBLIB_OK || classes->ndim != 1)
        return joblib_model__fail(reader->context, reader->attribute, JOBLIB_ERROR_MODEL,
                                  "%s is %s, not a 1-D array", reader->attribute,
                                  joblib_kind_name((int)joblib_value_kind(value)));
    target->count = classes->count;
    if (classes->count == 0 || classes->count > UINT32_MAX)
        return joblib_model__fail(reader->context, reader->attribute, JOBLIB_ERROR_MODEL,
                                  "%s has %zu classes", reader->attribute,
                                  classes->count);
    char kind = joblib_dtype_kind(classes->dtype);
    if (joblib_dtype_as_number(classes->dtype) == JOBLIB_NUMBER_NONE &&
        !strchr("USO", kind))
        return joblib_model__fail(reader->context, reader->attribute,
                                  JOBLIB_ERROR_ESTIMATOR,
                                  "labels of type %s are not supported",
                                  joblib_dtype_text(classes->dtype));
    return JOBLIB_OK;
}

static bool is_same_dtype(const joblib_dtype *a, const joblib_dtype *b)
{
    return strcmp(joblib_dtype_text(a), joblib_dtype_text(b)) == 0;
}

static bool is_float(const joblib_dtype *dtype)
{
    return joblib_dtype_kind(dtype) == 'f';
}

/* The type that numpy promotes two types of labels to; NULL for what is not supported. */
static const joblib_dtype *promote_labels(const joblib_dtype *a, const joblib_dtype *b)
{
    if (is_same_dtype(a, b)) return a;
    if (joblib_dtype_as_number(a) != JOBLIB_NUMBER_NONE &&
        joblib_dtype_as_number(b) != JOBLIB_NUMBER_NONE)
        return joblib_dtype_number(is_float(a) || is_float(b) ? JOBLIB_NUMBER_FLOAT64
                                                              : JOBLIB_NUMBER_INT64);
    if (joblib_dtype_kind(a) != joblib_dtype_kind(b) ||
        joblib_dtype_byteorder(a) != joblib_dtype_byteorder(b))
        return NULL;
    return joblib_dtype_itemsize(a) >= joblib_dtype_itemsize(b) ? a : b;
}

static joblib_status choose_dtype(label_reader *reader,
                                  enum joblib_model__label_rule rule)
{
    const joblib_dtype *common = reader->targets[0].classes.dtype;
    for (size_t i = 1; i < reader->count && common; i++)
        common = promote_labels(common, reader->targets[i].classes.dtype);
    bool are_numbers = common && joblib_dtype_as_number(common) != JOBLIB_NUMBER_NONE;
    if (!common || (rule == JOBLIB_MODEL_LABELS_FLOAT64 && !are_numbers))
        return joblib_model__fail(
            reader->context, reader->attribute, JOBLIB_ERROR_ESTIMATOR,
            "the targets' labels have types that are not supported");
    reader->dtype = common;
    if (rule == JOBLIB_MODEL_LABELS_FIRST)
        reader->dtype = reader->targets[0].classes.dtype;
    if (rule == JOBLIB_MODEL_LABELS_FLOAT64)
        reader->dtype = joblib_dtype_number(JOBLIB_NUMBER_FLOAT64);
    return JOBLIB_OK;
}

/* One label, as the wanted type: numbers are converted, text is filled up or cut. */
static bool convert_label(const joblib_array *classes, size_t index,
                          const joblib_dtype *dtype, char *out)
{
    const void *item = joblib_array_item(classes, index);
    size_t size = joblib_dtype_itemsize(dtype);
    size_t stored = joblib_dtype_itemsize(classes->dtype);
    bool is_number = joblib_dtype_as_number(dtype) != JOBLIB_NUMBER_NONE;
    memset(out, 0, size);
    if (is_same_dtype(classes->dtype, dtype) || !is_number) {
        memcpy(out, item, stored < size ? stored : size);
        return true;
    }
    if (joblib_dtype_as_number(dtype) == JOBLIB_NUMBER_FLOAT64) {
        double number = joblib_array__number_float64(item, classes->dtype);
        memcpy(out, &number, sizeof number);
        return true;
    }
    int64_t integer;
    if (joblib_dtype_as_number(dtype) != JOBLIB_NUMBER_INT64 ||
        !joblib_array__number_int64(item, classes->dtype, &integer))
        return false;
    memcpy(out, &integer, sizeof integer);
    return true;
}

static joblib_status read_label_numbers(const label_reader *reader,
                                        joblib_model__target *target)
{
    void *memory;
    if (joblib_dtype_as_number(target->classes.dtype) == JOBLIB_NUMBER_NONE)
        return JOBLIB_OK;
    JOBLIB_TRY(
        joblib_model__allocate(reader->context, target->count, sizeof(double), &memory));
    target->numbers = memory;
    return joblib_array_read_float64(&target->classes, memory, target->count,
                                     reader->context->error);
}

static joblib_status read_target_labels(const label_reader *reader,
                                        joblib_model__target *target)
{
    void *memory;
    size_t size = joblib_dtype_itemsize(reader->dtype);
    JOBLIB_TRY(joblib_model__allocate(reader->context, target->count, size, &memory));
    target->labels = memory;
    for (size_t i = 0; i < target->count; i++) {
        char *label = (char *)memory + i * size;
        if (!convert_label(&target->classes, i, reader->dtype, label))
            return joblib_model__fail(reader->context, reader->attribute,
                                      JOBLIB_ERROR_ESTIMATOR,
                                      "labels of type %s among %s are not supported",
                                      joblib_dtype_text(target->classes.dtype),
                                      joblib_dtype_text(reader->dtype));
    }
    return read_label_numbers(reader, target);
}

/* A 1-D array is the only target; a list has one array a target. */
static joblib_status read_targets(label_reader *reader, const joblib_value *value)
{
    bool is_list = joblib_value_kind(value) == JOBLIB_KIND_LIST ||
                   joblib_value_kind(value) == JOBLIB_KIND_TUPLE;
    void *memory;
    reader->count = is_list ? joblib_value_count(value) : 1;
    if (reader->count == 0)
        return joblib_model__fail(reader->context, reader->attribute, JOBLIB_ERROR_MODEL,
                                  "%s is an empty list", reader->attribute);
    JOBLIB_TRY(joblib_model__allocate(reader->context, reader->count,
                                      sizeof *reader->targets, &memory));
    reader->targets = memory;
    for (size_t i = 0; i < reader->count; i++) {
        const joblib_value *classes = is_list ? joblib_value_at(value, i) : value;
        JOBLIB_TRY(read_classes(reader, classes, &reader->targets[i]));
    }
    return JOBLIB_OK;
}

joblib_status joblib_model__labels_of(const joblib_model__context *context,
                                      const joblib_value *value, const char *attribute,
                                      enum joblib_model__label_rule rule,
                                      joblib_model__estimator *self)
{
    label_reader reader = {.context = context, .attribute = attribute};
    void *memory;
    JOBLIB_TRY(read_targets(&reader, value));
    JOBLIB_TRY(choose_dtype(&reader, rule));
    if (joblib_value_kind(value) == JOBLIB_KIND_ARRAY) {
        reader.dtype = reader.targets[0].classes.dtype;
        self->flat |= 1U << JOBLIB_METHOD_PREDICT;
    }
    for (size_t i = 0; i < reader.count; i++)
        JOBLIB_TRY(read_target_labels(&reader, &reader.targets[i]));
    JOBLIB_TRY(joblib_model__allocate(context, 1, sizeof(joblib_model__labels), &memory));
    joblib_model__labels *labels = memory;
    *labels = (joblib_model__labels){reader.count, reader.targets, reader.dtype};
    self->labels = labels;
    self->predicts_labels = true;
    return JOBLIB_OK;
}

joblib_status joblib_model__read_labels(const joblib_model__context *context,
                                        const char *name,
                                        enum joblib_model__label_rule rule,
                                        joblib_model__estimator *self)
{
    const joblib_value *value;
    JOBLIB_TRY(joblib_model__require(context, name, &value));
    return joblib_model__labels_of(context, value, name, rule, self);
}
