#include <string.h>

#include "array/array.h"
#include "array/form.h"
#include "base/checked.h"
#include "base/try.h"

typedef int (*field_order)(const struct joblib_dtype_field *,
                           const struct joblib_dtype_field *);

static int compare_offsets(const struct joblib_dtype_field *a,
                           const struct joblib_dtype_field *b)
{
    return (a->offset > b->offset) - (a->offset < b->offset);
}

static int compare_names(const struct joblib_dtype_field *a,
                         const struct joblib_dtype_field *b)
{
    size_t common = a->name_size < b->name_size ? a->name_size : b->name_size;
    int order = memcmp(a->name, b->name, common);
    return order ? order : (a->name_size > b->name_size) - (a->name_size < b->name_size);
}

/* Lets the item at `root` sink until neither child is greater. */
static void sift_down(const struct joblib_dtype_field **items, size_t root, size_t count,
                      field_order compare)
{
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && compare(items[child], items[child + 1]) < 0) child++;
        if (compare(items[root], items[child]) >= 0) return;
        const struct joblib_dtype_field *item = items[root];
        items[root] = items[child];
        items[child] = item;
    }
}

/* Heap sort: no memory, and no order of the fields makes it slow. */
static void sort_fields(const struct joblib_dtype_field **items, size_t count,
                        field_order compare)
{
    for (size_t i = count / 2; i-- > 0;) sift_down(items, i, count, compare);
    for (size_t end = count; end-- > 1;) {
        const struct joblib_dtype_field *greatest = items[0];
        items[0] = items[end];
        items[end] = greatest;
        sift_down(items, 0, end, compare);
    }
}

static joblib_status check_offsets(const struct joblib_dtype_field **sorted, size_t count,
                                   size_t itemsize, joblib_error *error)
{
    char name[JOBLIB_ESCAPED_SIZE];
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        const struct joblib_dtype_field *field = sorted[i];
        size_t size = field->dtype->itemsize;
        bool inside = field->offset <= itemsize && size <= itemsize - field->offset;
        JOBLIB_REQUIRE(inside, JOBLIB_ERROR_ARRAY,
                       "field \"%s\" of %zu bytes at %zu leaves its record of %zu",
                       joblib_base__escape(name, field->name, field->name_size), size,
                       field->offset, itemsize);
        if (size == 0) continue;
        JOBLIB_REQUIRE(field->offset >= end, JOBLIB_ERROR_ARRAY,
                       "field \"%s\" at %zu overlaps another that ends at %zu",
                       joblib_base__escape(name, field->name, field->name_size),
                       field->offset, end);
        end = field->offset + size;
    }
    return JOBLIB_OK;
}

static joblib_status check_names(const struct joblib_dtype_field **sorted, size_t count,
                                 joblib_error *error)
{
    char name[JOBLIB_ESCAPED_SIZE];
    for (size_t i = 1; i < count; i++) {
        JOBLIB_REQUIRE(compare_names(sorted[i - 1], sorted[i]) != 0, JOBLIB_ERROR_ARRAY,
                       "two fields have the name \"%s\"",
                       joblib_base__escape(name, sorted[i]->name, sorted[i]->name_size));
    }
    return JOBLIB_OK;
}

static joblib_status check_fields(const joblib_allocator *allocator,
                                  const struct joblib_dtype_field *fields, size_t count,
                                  size_t itemsize, joblib_error *error)
{
    size_t memory = count * sizeof(const struct joblib_dtype_field *);
    const struct joblib_dtype_field **sorted = joblib_base__allocate(allocator, memory);
    if (!sorted) return joblib_base__set_no_memory(error, memory);
    for (size_t i = 0; i < count; i++) sorted[i] = &fields[i];
    sort_fields(sorted, count, compare_offsets);
    joblib_status status = check_offsets(sorted, count, itemsize, error);
    if (status == JOBLIB_OK) {
        sort_fields(sorted, count, compare_names);
        status = check_names(sorted, count, error);
    }
    joblib_base__free(allocator, sorted, memory);
    return status;
}

/* The fields and, behind them, their names. */
static joblib_status copy_fields(joblib_base__arena *arena, joblib_dtype *record,
                                 const struct joblib_dtype_field *fields, size_t count,
                                 joblib_error *error)
{
    size_t memory = count * sizeof *fields;
    for (size_t i = 0; i < count; i++) {
        bool fits = fields[i].name_size < SIZE_MAX &&
                    joblib_base__size_add(memory, fields[i].name_size + 1, &memory);
        JOBLIB_REQUIRE(fits, JOBLIB_ERROR_LIMIT, "names of %zu fields do not fit", count);
    }
    struct joblib_dtype_field *copies = joblib_base__arena_allocate(arena, memory);
    if (!copies) return joblib_base__arena_fail(arena, memory, error);
    char *name = (char *)(copies + count);
    for (size_t i = 0; i < count; i++) {
        copies[i] = fields[i];
        copies[i].name = name;
        memcpy(name, fields[i].name, fields[i].name_size);
        name[fields[i].name_size] = '\0';
        name += fields[i].name_size + 1;
    }
    record->fields = copies;
    record->field_count = count;
    return JOBLIB_OK;
}

/* What a record or sub-array takes over from a type inside it. */
static joblib_status include_dtype(joblib_dtype *outer, const joblib_dtype *inner,
                                   joblib_error *error)
{
    JOBLIB_REQUIRE(inner->depth < JOBLIB_MAX_DTYPE_DEPTH, JOBLIB_ERROR_LIMIT,
                   "dtypes are nested more than %d deep", JOBLIB_MAX_DTYPE_DEPTH);
    if (outer->depth <= inner->depth) outer->depth = (uint8_t)(inner->depth + 1);
    if (outer->alignment < inner->alignment) outer->alignment = inner->alignment;
    outer->has_object = outer->has_object || inner->has_object;
    outer->foreign = outer->foreign || inner->foreign;
    return JOBLIB_OK;
}

static joblib_status begin_void(joblib_base__arena *arena, size_t itemsize,
                                joblib_dtype **out, joblib_error *error)
{
    JOBLIB_REQUIRE(itemsize <= JOBLIB_MAX_ITEMSIZE, JOBLIB_ERROR_ARRAY,
                   "dtype has items of %zu bytes, at most %zu are possible", itemsize,
                   JOBLIB_MAX_ITEMSIZE);
    joblib_dtype *dtype = joblib_base__arena_allocate(arena, sizeof *dtype);
    if (!dtype) return joblib_base__arena_fail(arena, sizeof *dtype, error);
    memset(dtype, 0, sizeof *dtype);
    dtype->kind = 'V';
    dtype->byteorder = '|';
    dtype->alignment = 1;
    dtype->itemsize = itemsize;
    dtype->text = joblib_array__dtype_form(arena, '|', 'V', itemsize, "");
    if (!dtype->text) return joblib_base__arena_fail(arena, 16, error);
    *out = dtype;
    return JOBLIB_OK;
}

joblib_status joblib_array__dtype_record(joblib_base__arena *arena,
                                         const struct joblib_dtype_field *fields,
                                         size_t field_count, size_t itemsize,
                                         bool aligned, const joblib_dtype **out,
                                         joblib_error *error)
{
    joblib_dtype *record;
    *out = NULL;
    JOBLIB_REQUIRE(field_count <= JOBLIB_MAX_FIELDS, JOBLIB_ERROR_LIMIT,
                   "record has %zu fields, at most %d are read", field_count,
                   JOBLIB_MAX_FIELDS);
    JOBLIB_TRY(check_fields(&arena->allocator, fields, field_count, itemsize, error));
    JOBLIB_TRY(begin_void(arena, itemsize, &record, error));
    for (size_t i = 0; i < field_count; i++)
        JOBLIB_TRY(include_dtype(record, fields[i].dtype, error));
    if (!aligned) record->alignment = 1;
    JOBLIB_TRY(copy_fields(arena, record, fields, field_count, error));
    *out = record;
    return JOBLIB_OK;
}

joblib_status joblib_array__dtype_subarray(joblib_base__arena *arena,
                                           const joblib_dtype *base, const int64_t *shape,
                                           size_t ndim, const joblib_dtype **out,
                                           joblib_error *error)
{
    size_t count, size;
    joblib_dtype *dtype;
    *out = NULL;
    JOBLIB_TRY(joblib_array__measure(shape, ndim, base->itemsize, &count, &size, error));
    if (ndim == 0) {
        *out = base;
        return JOBLIB_OK;
    }
    JOBLIB_TRY(begin_void(arena, size, &dtype, error));
    JOBLIB_TRY(include_dtype(dtype, base, error));
    int64_t *dimensions = joblib_base__arena_allocate(arena, ndim * sizeof *dimensions);
    if (!dimensions)
        return joblib_base__arena_fail(arena, ndim * sizeof *dimensions, error);
    memcpy(dimensions, shape, ndim * sizeof *dimensions);
    dtype->base = base;
    dtype->ndim = ndim;
    dtype->shape = dimensions;
    *out = dtype;
    return JOBLIB_OK;
}
