/* The form of a dtype that the document has none for: dtype(text, False, True), and a state. */
#include <string.h>

#include "base/try.h"
#include "dump/dump.h"
#include "dump/nodes.h"

static const struct joblib_value__global dtype_entry =
    JOBLIB_NAME_ENTRY("numpy", "dtype");
static const joblib_value dtype_class = JOBLIB_IMPLIED_GLOBAL(&dtype_entry);

/* numpy's flags of a dtype. */
enum dtype_flags {
    FLAGS_OBJECT = 63,
    FLAGS_OBJECT_INSIDE = 27,
    FLAGS_TEXT = 8,
    FLAGS_RECORD = 16,
    FLAGS_ALIGNED = 128
};

static int64_t find_flags(const joblib_dtype *dtype)
{
    if (dtype->kind == 'O') return FLAGS_OBJECT;
    if (dtype->kind == 'U') return FLAGS_TEXT;
    if (dtype->has_object) return FLAGS_OBJECT_INSIDE;
    if (dtype->field_count == 0) return 0;
    return FLAGS_RECORD | (dtype->alignment > 1 ? FLAGS_ALIGNED : 0);
}

/* Size and alignment stand in the state where the text does not fix them. */
static bool has_free_size(const joblib_dtype *dtype)
{
    return dtype->kind == 'U' || dtype->kind == 'S' || dtype->kind == 'V';
}

/* "<f8" is made of "f8", "<M8[ns]" of "M8". */
static joblib_status make_type_text(joblib_dump__job *job, const joblib_dtype *dtype,
                                    joblib_value **out, joblib_error *error)
{
    const char *text = dtype->text + (strchr("<>|=", dtype->text[0]) ? 1 : 0);
    bool is_object = strcmp(text, "O") == 0;
    if (is_object)
        return joblib_dump__make_text(job, JOBLIB_KIND_STR, "O8", 2, out, error);
    return joblib_dump__make_text(job, JOBLIB_KIND_STR, text, strcspn(text, "["), out,
                                  error);
}

/* A dtype inside another one. */
static joblib_status make_inner(joblib_dump__job *job, const joblib_dtype *dtype,
                                joblib_value **out, joblib_error *error)
{
    struct joblib_value__dtype *inner;
    joblib_value *value =
        joblib_base__arena_allocate(&job->scratch, sizeof *value + sizeof *inner);
    if (!value) return joblib_base__arena_fail(&job->scratch, sizeof *value, error);
    inner = (struct joblib_value__dtype *)(value + 1);
    *inner = (struct joblib_value__dtype){.dtype = dtype};
    *value = (joblib_value){.kind = JOBLIB_KIND_DTYPE, .dtype = inner};
    *out = value;
    return JOBLIB_OK;
}

static joblib_status make_field(joblib_dump__job *job,
                                const struct joblib_dtype_field *field,
                                joblib_value **out, joblib_error *error)
{
    joblib_value *dtype = NULL, *offset = NULL;
    JOBLIB_TRY(make_inner(job, field->dtype, &dtype, error));
    JOBLIB_TRY(joblib_dump__make_int(job, (int64_t)field->offset, &offset, error));
    const joblib_value *pair[] = {dtype, offset};
    return joblib_dump__make_tuple(job, pair, 2, out, error);
}

static joblib_status make_fields(joblib_dump__job *job, const joblib_dtype *dtype,
                                 const joblib_value **values, joblib_value *names,
                                 joblib_value **fields_out, joblib_error *error)
{
    for (size_t i = 0; i < dtype->field_count; i++) {
        const struct joblib_dtype_field *field = &dtype->fields[i];
        joblib_value *made;
        JOBLIB_TRY(make_field(job, field, &made, error));
        values[i] = made;
        /* A name is one text in both places. */
        names[i] = (joblib_value){.kind = JOBLIB_KIND_STR,
                                  .flags = JOBLIB_VALUE_SHARED,
                                  .room = JOBLIB_FAR_TEXT,
                                  .far_text = field->name,
                                  .far_size = field->name_size};
    }
    return joblib_dump__make_dict(job, names, values, dtype->field_count, fields_out,
                                  error);
}

/* (name, …) and {name: (dtype, offset), …} */
static joblib_status make_record_parts(joblib_dump__job *job, const joblib_dtype *dtype,
                                       const joblib_value **names_out,
                                       const joblib_value **fields_out,
                                       joblib_error *error)
{
    size_t count = dtype->field_count;
    size_t size = count * (2 * sizeof(joblib_value *) + sizeof(joblib_value));
    joblib_value *names = joblib_base__arena_allocate(&job->scratch, size);
    if (!names) return joblib_base__arena_fail(&job->scratch, size, error);
    const joblib_value **values = (const joblib_value **)(names + count);
    const joblib_value **items = values + count;
    joblib_value *fields, *tuple;
    JOBLIB_TRY(make_fields(job, dtype, values, names, &fields, error));
    for (size_t i = 0; i < count; i++) items[i] = &names[i];
    JOBLIB_TRY(joblib_dump__make_tuple(job, items, count, &tuple, error));
    *names_out = tuple;
    *fields_out = fields;
    return JOBLIB_OK;
}

/* (base, shape) */
static joblib_status make_subarray_pair(joblib_dump__job *job, const joblib_dtype *dtype,
                                        const joblib_value **out, joblib_error *error)
{
    joblib_value *base, *shape, *pair;
    JOBLIB_TRY(make_inner(job, dtype->base, &base, error));
    JOBLIB_TRY(joblib_dump__make_shape(job, dtype->shape, dtype->ndim, &shape, error));
    const joblib_value *items[] = {base, shape};
    JOBLIB_TRY(joblib_dump__make_tuple(job, items, 2, &pair, error));
    *out = pair;
    return JOBLIB_OK;
}

/* (None, (unit, count, 1, 1)) of "<M8[25s]". */
static joblib_status make_date_metadata(joblib_dump__job *job, const char *text,
                                        joblib_value **out, joblib_error *error)
{
    static const joblib_value one = JOBLIB_NODE_INT(1);
    const char *unit = strchr(text, '[');
    int64_t number = 0;
    joblib_value *name, *count, *tuple;
    unit = unit ? unit + 1 : "generic]";
    for (; *unit >= '0' && *unit <= '9'; unit++) number = number * 10 + (*unit - '0');
    JOBLIB_TRY(joblib_dump__make_text(job, JOBLIB_KIND_BYTES, unit, strcspn(unit, "]"),
                                      &name, error));
    JOBLIB_TRY(joblib_dump__make_int(job, number ? number : 1, &count, error));
    const joblib_value *items[] = {name, count, &one, &one};
    JOBLIB_TRY(joblib_dump__make_tuple(job, items, 4, &tuple, error));
    const joblib_value *pair[] = {joblib_value__none(), tuple};
    return joblib_dump__make_tuple(job, pair, 2, out, error);
}

enum { STATE_SIZE = 8, DATE_STATE_SIZE = 9 };

static joblib_status make_sizes(joblib_dump__job *job, const joblib_dtype *dtype,
                                const joblib_value *out[3], joblib_error *error)
{
    bool is_free = has_free_size(dtype);
    int64_t numbers[] = {is_free ? (int64_t)dtype->itemsize : -1,
                         is_free ? (int64_t)dtype->alignment : -1, find_flags(dtype)};
    for (size_t i = 0; i < 3; i++) {
        joblib_value *number;
        JOBLIB_TRY(joblib_dump__make_int(job, numbers[i], &number, error));
        out[i] = number;
    }
    return JOBLIB_OK;
}

/* Python has one text for each character. */
static const joblib_value *order_text_of(const joblib_dtype *dtype)
{
    static const joblib_value little = JOBLIB_IMPLIED_TEXT("<"),
                              big = JOBLIB_IMPLIED_TEXT(">"),
                              none = JOBLIB_IMPLIED_TEXT("|");
    return dtype->byteorder == '<' ? &little : dtype->byteorder == '>' ? &big : &none;
}

/* (version, byte order, sub-array, names, fields, size, alignment, flags[, metadata]) */
static joblib_status make_state(joblib_dump__job *job, const joblib_dtype *dtype,
                                joblib_value **out, joblib_error *error)
{
    static const joblib_value three = JOBLIB_NODE_INT(3), four = JOBLIB_NODE_INT(4);
    bool is_date = dtype->kind == 'M' || dtype->kind == 'm';
    joblib_value *metadata = NULL;
    const joblib_value *none = joblib_value__none();
    const joblib_value *items[DATE_STATE_SIZE] = {is_date ? &four : &three, none, none,
                                                  none, none};
    items[1] = order_text_of(dtype);
    if (dtype->base) JOBLIB_TRY(make_subarray_pair(job, dtype, &items[2], error));
    if (dtype->field_count > 0)
        JOBLIB_TRY(make_record_parts(job, dtype, &items[3], &items[4], error));
    JOBLIB_TRY(make_sizes(job, dtype, &items[5], error));
    if (is_date) JOBLIB_TRY(make_date_metadata(job, dtype->text, &metadata, error));
    items[STATE_SIZE] = metadata;
    return joblib_dump__make_tuple(job, items, is_date ? DATE_STATE_SIZE : STATE_SIZE,
                                   out, error);
}

joblib_status joblib_dump__make_dtype(joblib_dump__job *job, const joblib_value *value,
                                      joblib_value **out, joblib_error *error)
{
    const joblib_dtype *dtype = value->dtype->dtype;
    joblib_value *text, *arguments, *state;
    JOBLIB_TRY(make_type_text(job, dtype, &text, error));
    const joblib_value *call[] = {text, joblib_value__bool(false),
                                  joblib_value__bool(true)};
    JOBLIB_TRY(joblib_dump__make_tuple(job, call, 3, &arguments, error));
    JOBLIB_TRY(make_state(job, dtype, &state, error));
    return joblib_dump__make_object(job, JOBLIB_FORM_REDUCE, &dtype_class, arguments,
                                    state, out, error);
}
