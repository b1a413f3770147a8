#include <stdio.h>
#include <string.h>

#include "array/array.h"
#include "base/endian.h"
#include "base/try.h"
#include "base/utf8.h"
#include "model/dummy/dummy.h"

/* A label as its kind and content. */
typedef struct label_content {
    char kind;                 /* 'b', 'i', 'f', 'U' or 'S' */
    const joblib_dtype *dtype; /* of numbers from arrays: native, and as wide */
    double real;
    int64_t integer;
    const char *text; /* UTF-8, or the bytes of 'S' */
    size_t size;      /* bytes of text */
    size_t length;    /* characters of 'U', bytes of 'S' */
} label_content;

static size_t count_characters(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) count += (text[i] & 0xc0) != 0x80;
    return count;
}

static bool read_value_label(const joblib_value *value, label_content *out)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_STR:
        out->kind = 'U';
        break;
    case JOBLIB_KIND_BYTES:
        out->kind = 'S';
        break;
    case JOBLIB_KIND_BOOL:
        out->kind = 'b';
        break;
    case JOBLIB_KIND_INT:
        out->kind = 'i';
        break;
    case JOBLIB_KIND_FLOAT:
        out->kind = 'f';
        break;
    default:
        return false;
    }
    if (out->kind == 'U') {
        out->text = joblib_value_text(value, &out->size);
        out->length = count_characters(out->text, out->size);
        return true;
    }
    if (out->kind == 'S') {
        out->text = joblib_value_bytes(value, &out->size);
        out->length = out->size;
        return true;
    }
    if (out->kind != 'f' &&
        joblib_value_as_int64(value, &out->integer, NULL) != JOBLIB_OK)
        return false;
    return joblib_value_as_float64(value, &out->real, NULL) == JOBLIB_OK;
}

static joblib_status read_array_text(const joblib_model__context *context,
                                     const joblib_model__label *label, label_content *out)
{
    void *memory;
    JOBLIB_TRY(joblib_array_text(label->array, label->index, NULL, 0, &out->size,
                                 context->error));
    JOBLIB_TRY(joblib_model__allocate(context, out->size + 1, 1, &memory));
    JOBLIB_TRY(joblib_array_text(label->array, label->index, memory, out->size,
                                 &out->size, context->error));
    out->text = memory;
    out->length = out->kind == 'U' ? count_characters(out->text, out->size) : out->size;
    return JOBLIB_OK;
}

static joblib_status read_label(const joblib_model__context *context,
                                const joblib_model__label *label, label_content *out)
{
    const joblib_value *value = label->value;
    memset(out, 0, sizeof *out);
    if (label->array) {
        const void *item = joblib_array_item(label->array, label->index);
        const joblib_dtype *dtype = label->array->dtype;
        out->kind = joblib_dtype_kind(dtype);
        if (out->kind == 'U' || out->kind == 'S')
            return read_array_text(context, label, out);
        if (out->kind != 'O') {
            out->dtype = joblib_dtype_number((int)joblib_dtype_as_number(dtype));
            out->real = joblib_array__number_float64(item, dtype);
            if (out->kind == 'f' ||
                joblib_array__number_int64(item, dtype, &out->integer))
                return JOBLIB_OK;
        }
        value = joblib_array_object(label->array, label->index);
    }
    if (read_value_label(value, out)) return JOBLIB_OK;
    return joblib_model__fail(context, NULL, JOBLIB_ERROR_ESTIMATOR,
                              "a label of type %s is not supported",
                              joblib_kind_name((int)joblib_value_kind(value)));
}

static bool is_text(const label_content *label)
{
    return label->kind == 'U' || label->kind == 'S';
}

static bool equal_contents(const label_content *a, const label_content *b)
{
    if (is_text(a) || is_text(b))
        return a->kind == b->kind && a->size == b->size &&
               (a->size == 0 || memcmp(a->text, b->text, a->size) == 0);
    if (a->kind == 'f' || b->kind == 'f') return a->real == b->real;
    return a->integer == b->integer;
}

joblib_status joblib_model__equal_labels(const joblib_model__context *context,
                                         const joblib_model__label *a,
                                         const joblib_model__label *b, bool *out)
{
    label_content contents[2];
    JOBLIB_TRY(read_label(context, a, &contents[0]));
    JOBLIB_TRY(read_label(context, b, &contents[1]));
    *out = equal_contents(&contents[0], &contents[1]);
    return JOBLIB_OK;
}

static int number_of(const label_content *label)
{
    if (label->dtype) return (int)joblib_dtype_as_number(label->dtype);
    return label->kind == 'b'   ? JOBLIB_NUMBER_BOOL
           : label->kind == 'i' ? JOBLIB_NUMBER_INT64
                                : JOBLIB_NUMBER_FLOAT64;
}

/* The type of all numbers together: their own if it is one, else int64 or float64. */
static const joblib_dtype *choose_label_number(const label_content *labels, size_t count)
{
    int common = number_of(&labels[0]);
    bool real = labels[0].kind == 'f';
    for (size_t i = 1; i < count; i++) {
        real = real || labels[i].kind == 'f';
        if (number_of(&labels[i]) != common) common = JOBLIB_NUMBER_NONE;
    }
    if (common != JOBLIB_NUMBER_NONE) return joblib_dtype_number(common);
    return joblib_dtype_number(real ? JOBLIB_NUMBER_FLOAT64 : JOBLIB_NUMBER_INT64);
}

static joblib_status choose_label_dtype(const joblib_model__context *context,
                                        const label_content *labels, size_t count,
                                        const joblib_dtype **out)
{
    char text[32];
    size_t longest = 1;
    for (size_t i = 0; i < count; i++) {
        if (is_text(&labels[i]) != is_text(&labels[0]) ||
            (is_text(&labels[0]) && labels[i].kind != labels[0].kind))
            return joblib_model__fail(context, NULL, JOBLIB_ERROR_ESTIMATOR,
                                      "labels of several types are not supported");
        if (labels[i].length > longest) longest = labels[i].length;
    }
    *out = choose_label_number(labels, count);
    if (!is_text(&labels[0])) return JOBLIB_OK;
    snprintf(text, sizeof text, "%c%zu", labels[0].kind, longest);
    return joblib_array__dtype_simple(context->arena, text, strlen(text),
                                      joblib_base__is_little_endian() ? '<' : '>', NULL,
                                      out, context->error);
}

static void write_label(const label_content *label, const joblib_dtype *dtype, char *out)
{
    if (label->kind == 'S') {
        memcpy(out, label->text, label->size);
        return;
    }
    if (label->kind == 'U') {
        for (size_t at = 0; at < label->size; out += sizeof(uint32_t)) {
            uint32_t code;
            at += joblib_base__utf8_decode(label->text + at, &code);
            memcpy(out, &code, sizeof code);
        }
        return;
    }
    switch (joblib_dtype_as_number(dtype)) {
    case JOBLIB_NUMBER_FLOAT64:
        memcpy(out, &label->real, sizeof label->real);
        break;
    case JOBLIB_NUMBER_FLOAT32: {
        float narrow = (float)label->real;
        memcpy(out, &narrow, sizeof narrow);
        break;
    }
    default: { /* an integer: its low bytes */
        size_t size = joblib_dtype_itemsize(dtype);
        const char *bytes = (const char *)&label->integer;
        memcpy(out, joblib_base__is_little_endian() ? bytes : bytes + 8 - size, size);
    }
    }
}

joblib_status joblib_model__fix_labels(const joblib_model__context *context,
                                       const joblib_model__label *given,
                                       joblib_model__estimator *self)
{
    void *memory, *table, *numbers;
    size_t count = self->labels->target_count;
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(label_content), &memory));
    label_content *contents = memory;
    for (size_t i = 0; i < count; i++)
        JOBLIB_TRY(read_label(context, &given[i], &contents[i]));
    JOBLIB_TRY(joblib_model__allocate(context, 1, sizeof(joblib_model__labels), &memory));
    joblib_model__labels *labels = memory;
    *labels = *self->labels;
    JOBLIB_TRY(choose_label_dtype(context, contents, count, &labels->dtype));
    size_t size = joblib_dtype_itemsize(labels->dtype);
    JOBLIB_TRY(joblib_model__allocate(context, count, size, &table));
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(double), &numbers));
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof *labels->targets, &memory));
    joblib_model__target *targets = memory;
    for (size_t i = 0; i < count; i++) {
        targets[i] = self->labels->targets[i];
        targets[i].labels = (char *)table + i * size;
        ((double *)numbers)[i] = contents[i].real;
        targets[i].numbers = is_text(&contents[i]) ? NULL : (double *)numbers + i;
        write_label(&contents[i], labels->dtype, (char *)table + i * size);
    }
    labels->targets = targets;
    self->labels = labels;
    return JOBLIB_OK;
}
