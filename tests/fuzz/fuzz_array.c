/* Makes a dtype, a shape and an array from bytes, and reads it in every way.

   The bytes are a recipe: how many parts a record has, their dtypes and offsets, dimensions,
   order, and at last the data of the elements. */
#include <stdlib.h>
#include <string.h>

#include "array/array.h"
#include "base/arena.h"
#include "fuzz/fuzz.h"
#include "fuzz/walk.h"
#include "support/fault.h"

#define MOST_PARTS 6
#define MOST_DIMENSIONS 5
#define MOST_BYTES ((size_t)64 << 10)

struct recipe {
    const uint8_t *next;
    size_t left;
};

static uint8_t take_byte(struct recipe *recipe)
{
    if (recipe->left == 0) return 0;
    recipe->left--;
    return *recipe->next++;
}

/* A small number mostly; any of 64 bits now and then. */
static uint64_t take_number(struct recipe *recipe)
{
    uint64_t number = take_byte(recipe);
    if (number < 250) return number;
    number = 0;
    for (int i = 0; i < 8; i++) number = number << 8 | take_byte(recipe);
    return number;
}

/* A text of up to 15 bytes: one of numpy's, or bytes of the recipe. */
static size_t take_text(struct recipe *recipe, char text[16])
{
    static const char *const known[] = {"f8", "f4", "f2", "f16", "i1", "i2",  "i4",
                                        "i8", "u1", "u8", "b1",  "c8", "c16", "U3",
                                        "S5", "V7", "M8", "m8",  "O8", "c32"};
    size_t choice = take_byte(recipe), size;
    if (choice < 240) {
        const char *chosen = known[choice % (sizeof known / sizeof *known)];
        size = strlen(chosen);
        memcpy(text, chosen, size);
        return size;
    }
    size = choice - 240;
    for (size_t i = 0; i < size; i++) text[i] = (char)take_byte(recipe);
    return size;
}

static const joblib_dtype *make_simple(struct recipe *recipe, joblib_base__arena *arena)
{
    static const char *const units[] = {NULL, "ns", "25s", "D", "generic", "7", "xx", ""};
    char text[16];
    size_t size = take_text(recipe, text);
    char byteorder = "<>|="[take_byte(recipe) % 4];
    const char *unit = units[take_byte(recipe) % 8];
    const joblib_dtype *dtype = NULL;
    joblib_status status =
        joblib_array__dtype_simple(arena, text, size, byteorder, unit, &dtype, NULL);
    fuzz_require((status == JOBLIB_OK) == (dtype != NULL));
    return dtype;
}

static size_t take_shape(struct recipe *recipe, int64_t shape[MOST_DIMENSIONS])
{
    size_t ndim = take_byte(recipe) % (MOST_DIMENSIONS + 1);
    for (size_t i = 0; i < ndim; i++) shape[i] = (int64_t)take_number(recipe);
    return ndim;
}

static const joblib_dtype *make_subarray(struct recipe *recipe, joblib_base__arena *arena,
                                         const joblib_dtype *base)
{
    int64_t shape[MOST_DIMENSIONS];
    size_t ndim = take_shape(recipe, shape);
    const joblib_dtype *dtype = NULL;
    if (joblib_array__dtype_subarray(arena, base, shape, ndim, &dtype, NULL) != JOBLIB_OK)
        return base;
    fuzz_require(ndim > 0 || dtype == base);
    return dtype;
}

static const joblib_dtype *make_record(struct recipe *recipe, joblib_base__arena *arena,
                                       const joblib_dtype *nested)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "\xc3\xa9"};
    struct joblib_dtype_field fields[MOST_PARTS];
    size_t count = take_byte(recipe) % (MOST_PARTS + 1);
    for (size_t i = 0; i < count; i++) {
        const joblib_dtype *dtype = make_simple(recipe, arena);
        const char *name = names[take_byte(recipe) % 16 ? i : 0];
        fields[i] = (struct joblib_dtype_field){.name = name,
                                                .name_size = strlen(name),
                                                .dtype = dtype ? dtype : nested,
                                                .offset = (size_t)take_number(recipe)};
    }
    size_t itemsize = (size_t)take_number(recipe);
    bool aligned = take_byte(recipe) % 2;
    const joblib_dtype *dtype = NULL;
    joblib_status status =
        joblib_array__dtype_record(arena, fields, count, itemsize, aligned, &dtype, NULL);
    fuzz_require((status == JOBLIB_OK) == (dtype != NULL));
    return status == JOBLIB_OK ? dtype : nested;
}

static const joblib_dtype *make_dtype(struct recipe *recipe, joblib_base__arena *arena)
{
    const joblib_dtype *dtype = make_simple(recipe, arena);
    for (size_t steps = take_byte(recipe) % 8; dtype && steps > 0; steps--)
        dtype = take_byte(recipe) % 2 ? make_record(recipe, arena, dtype)
                                      : make_subarray(recipe, arena, dtype);
    return dtype;
}

/* Everything that the public functions tell of a dtype must be readable. */
static void read_dtype(const joblib_dtype *dtype)
{
    fuzz_require(strlen(joblib_dtype_text(dtype)) > 0);
    for (size_t i = 0; i < joblib_dtype_field_count(dtype); i++) {
        const joblib_dtype *field;
        const char *name;
        size_t offset;
        fuzz_require(joblib_dtype_field(dtype, i, &name, &field, &offset));
        fuzz_require(strlen(name) > 0 && offset <= joblib_dtype_itemsize(dtype));
        fuzz_require(joblib_dtype_itemsize(field) <=
                     joblib_dtype_itemsize(dtype) - offset);
    }
}

static void read_array(struct recipe *recipe, const joblib_dtype *dtype)
{
    int64_t shape[MOST_DIMENSIONS], strides[MOST_DIMENSIONS];
    size_t ndim = take_shape(recipe, shape), count, size;
    bool fortran = take_byte(recipe) % 2;
    size_t itemsize = joblib_dtype_itemsize(dtype), shift = take_byte(recipe) % 2;
    joblib_array array;
    if (joblib_array__measure(shape, ndim, itemsize, &count, &size, NULL) != JOBLIB_OK)
        return;
    fuzz_require(itemsize == 0 || size / itemsize == count);
    if (size > MOST_BYTES) return;
    /* Exactly as long as the array, so that a byte beyond is found. */
    char *memory = malloc(size + shift + 1);
    memset(memory, 0, size + shift + 1);
    memcpy(memory + shift, recipe->next, recipe->left < size ? recipe->left : size);
    joblib_array__view(&array, memory + shift, dtype, shape, strides, ndim, fortran);
    fuzz_require(array.count == count);
    if (joblib_dtype_kind(dtype) != 'O') fuzz_read_array(&array);
    free(memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct recipe recipe = {data, size};
    struct fault fault = {0};
    joblib_allocator allocator = fault_allocator(&fault);
    joblib_base__arena arena;
    joblib_base__arena_init(&arena, &allocator, (uint64_t)8 << 20);
    const joblib_dtype *dtype = make_dtype(&recipe, &arena);
    if (dtype) {
        read_dtype(dtype);
        read_array(&recipe, dtype);
    }
    joblib_base__arena_free(&arena);
    fuzz_require(fault.live_bytes == 0);
    return 0;
}
