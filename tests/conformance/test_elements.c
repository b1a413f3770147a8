/* What an array holds, element by element: numbers as double and as int64, bytes in the order of
   this machine, text. Compared with the bytes of the case, which are decoded here. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/json.h"
#include "support/test.h"
#include "support/vectors.h"

#define MOST_DIMENSIONS 64 /* numpy 2 */

static size_t array_count, text_count, number_count, integer_count;

/* An array of the case, or a scalar. */
struct wanted {
    const struct json *dtype;
    unsigned char *bytes; /* as stored */
    size_t size, itemsize, count, ndim;
    int64_t shape[MOST_DIMENSIONS];
    bool fortran;
};

/* Dtypes */

static bool is_little(void)
{
    const uint16_t one = 1;
    return *(const unsigned char *)&one == 1;
}

static bool is_foreign(const char *text)
{
    return text[0] == (is_little() ? '>' : '<');
}

static size_t simple_size(const char *text)
{
    size_t count = strtoul(text + 2, NULL, 10);
    if (text[1] == 'm' || text[1] == 'M') return 8;
    return text[1] == 'U' ? 4 * count : count;
}

static size_t size_of(const struct json *dtype)
{
    if (dtype->kind == '"') return simple_size(dtype->text);
    const struct json *base = json_find(dtype, "base");
    if (!base) return strtoul(json_find(dtype, "itemsize")->text, NULL, 10);
    size_t size = size_of(base);
    for (const struct json *n = json_find(dtype, "shape")->first; n; n = n->next)
        size *= strtoul(n->text, NULL, 10);
    return size;
}

static void turn(unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size / 2; i++) {
        unsigned char byte = bytes[i];
        bytes[i] = bytes[size - 1 - i];
        bytes[size - 1 - i] = byte;
    }
}

/* The size of what has a byte order in an element of a simple type. */
static size_t unit_of(const char *text)
{
    if (text[1] == 'U') return 4;
    return text[1] == 'c' ? simple_size(text) / 2 : simple_size(text);
}

/* To the byte order of this machine, records and sub-arrays field by field. */
static void make_native(const struct json *dtype, unsigned char *bytes)
{
    size_t size = size_of(dtype);
    if (dtype->kind == '"') {
        size_t unit = unit_of(dtype->text);
        for (size_t i = 0; is_foreign(dtype->text) && i < size; i += unit)
            turn(bytes + i, unit);
        return;
    }
    const struct json *base = json_find(dtype, "base");
    for (size_t i = 0; base && i < size && size_of(base) > 0; i += size_of(base))
        make_native(base, bytes + i);
    const struct json *fields = json_find(dtype, "fields");
    for (const struct json *field = fields ? fields->first : NULL; field;
         field = field->next) {
        const struct json *type = field->first->next;
        make_native(type, bytes + strtoul(type->next->text, NULL, 10));
    }
}

/* Numbers */

static double half_of(const unsigned char *bytes)
{
    uint16_t bits;
    memcpy(&bits, bytes, 2);
    int exponent = bits >> 10 & 31, fraction = bits & 1023;
    double size =
        exponent == 0 ? ldexp(fraction, -24) : ldexp(fraction + 1024, exponent - 25);
    if (exponent == 31) size = fraction ? (double)NAN : (double)INFINITY;
    return bits >> 15 ? -size : size;
}

/* A long double of x86, where the compiler has it too: conversions are the processor's. */
#define HAS_EXTENDED (LDBL_MANT_DIG == 64)

static double extended_of(const unsigned char *bytes)
{
    long double number = 0;
    memcpy(&number, bytes, HAS_EXTENDED ? 10 : 0);
    return (double)number;
}

static double float_of(const unsigned char *bytes, size_t size)
{
    float narrow;
    double number;
    if (size == 2) return half_of(bytes);
    if (size > 8) return extended_of(bytes);
    memcpy(size == 4 ? (void *)&narrow : &number, bytes, size == 4 ? 4 : 8);
    return size == 4 ? (double)narrow : number;
}

/* Bits of a native integer, with the sign's in front where it has one. */
static uint64_t integer_of(const unsigned char *bytes, size_t size, bool is_signed)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < size; i++)
        bits |= (uint64_t)bytes[is_little() ? i : size - 1 - i] << 8 * i;
    bool negative = is_signed && bits >> (8 * size - 1);
    return negative && size < 8 ? bits | UINT64_MAX << 8 * size : bits;
}

/* A bool is true whatever its byte; an int64 stands in the bits. */
static uint64_t whole_of(char kind, const unsigned char *bytes, size_t size)
{
    uint64_t bits = integer_of(bytes, size, kind == 'i');
    return kind == 'b' ? bits != 0 : bits;
}

static double number_of(char kind, const unsigned char *bytes, size_t size)
{
    if (kind == 'f') return float_of(bytes, size);
    uint64_t bits = whole_of(kind, bytes, size);
    return kind == 'i' ? (double)(int64_t)bits : (double)bits;
}

/* Items in C order. */

static struct wanted open_wanted(const struct json *tagged)
{
    const struct json *scalar = json_find(tagged, "scalar");
    const struct json *array = scalar ? scalar : json_find(tagged, "ndarray");
    struct wanted wanted = {.dtype = json_find(array, "dtype"), .count = 1};
    const struct json *shape = json_find(array, "shape");
    for (const struct json *n = shape ? shape->first : NULL; n; n = n->next) {
        wanted.shape[wanted.ndim] = strtoll(n->text, NULL, 10);
        wanted.count *= (size_t)wanted.shape[wanted.ndim++];
    }
    wanted.fortran = strcmp(json_text(array, "order"), "F") == 0;
    wanted.bytes = json_base64(json_text(array, "data"), &wanted.size);
    wanted.itemsize = size_of(wanted.dtype);
    return wanted;
}

/* The place of element `index` of C order in memory. */
static size_t place_of(const struct wanted *wanted, size_t index)
{
    size_t place = 0, step = 1;
    size_t indices[MOST_DIMENSIONS];
    if (!wanted->fortran) return index;
    for (size_t i = wanted->ndim; i-- > 0; index /= (size_t)wanted->shape[i])
        indices[i] = index % (size_t)wanted->shape[i];
    for (size_t i = 0; i < wanted->ndim; step *= (size_t)wanted->shape[i++])
        place += indices[i] * step;
    return place;
}

/* All elements in C order and native byte order; free() them. */
static unsigned char *native_of(const struct wanted *wanted)
{
    size_t itemsize = wanted->itemsize;
    unsigned char *out = malloc(wanted->count * itemsize + 1);
    for (size_t i = 0; out && i < wanted->count; i++) {
        memcpy(out + i * itemsize, wanted->bytes + place_of(wanted, i) * itemsize,
               itemsize);
        make_native(wanted->dtype, out + i * itemsize);
    }
    return out;
}

/* Comparisons; each is false where the library and the case differ. */

static bool same_bytes(const joblib_array *array, const struct wanted *wanted,
                       const unsigned char *native)
{
    size_t size = wanted->count * wanted->itemsize;
    unsigned char *found = malloc(size + 1);
    bool same = joblib_array_read_bytes(array, found, size, NULL) == JOBLIB_OK &&
                memcmp(found, native, size) == 0;
    free(found);
    return same;
}

static bool same_doubles(const joblib_array *array, const struct wanted *wanted,
                         const unsigned char *native, char kind)
{
    double *found = malloc((wanted->count + 1) * sizeof *found);
    bool same = joblib_array_read_float64(array, found, wanted->count, NULL) == JOBLIB_OK;
    for (size_t i = 0; same && i < wanted->count; i++) {
        double number = number_of(kind, native + i * wanted->itemsize, wanted->itemsize);
        same = memcmp(&number, &found[i], sizeof number) == 0 ||
               (isnan(number) && isnan(found[i]));
    }
    free(found);
    number_count += wanted->count;
    return same;
}

/* Unsigned numbers beyond int64 are RANGE. */
static bool same_integers(const joblib_array *array, const struct wanted *wanted,
                          const unsigned char *native, char kind)
{
    int64_t *found = malloc((wanted->count + 1) * sizeof *found);
    joblib_status status = joblib_array_read_int64(array, found, wanted->count, NULL);
    bool fits = true, same = true;
    for (size_t i = 0; i < wanted->count; i++) {
        uint64_t bits = whole_of(kind, native + i * wanted->itemsize, wanted->itemsize);
        fits = fits && (kind == 'i' || bits <= INT64_MAX);
        same = same && (int64_t)bits == found[i];
    }
    free(found);
    integer_count += wanted->count;
    return fits ? status == JOBLIB_OK && same : status == JOBLIB_ERROR_RANGE;
}

/* UTF-8 of one code point, lone surrogates too; returns its bytes. */
static size_t put_utf8(uint32_t code, char out[4])
{
    static const uint32_t ends[] = {0x80, 0x800, 0x10000};
    static const unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
    size_t more = 0;
    while (more < 3 && code >= ends[more]) more++;
    for (size_t i = more; i > 0; i--, code >>= 6) out[i] = (char)(0x80 | (code & 63));
    out[0] = (char)(leads[more] | code);
    return more + 1;
}

/* An element of text without the NULs at its end; returns its bytes. */
static size_t text_of(char kind, const unsigned char *native, size_t size, char *out)
{
    size_t unit = kind == 'U' ? 4 : 1, used = 0;
    while (size > 0 && integer_of(native + size - unit, unit, false) == 0) size -= unit;
    if (kind == 'S') memcpy(out, native, size);
    for (size_t i = 0; kind == 'U' && i < size; i += 4)
        used += put_utf8((uint32_t)integer_of(native + i, 4, false), out + used);
    return kind == 'S' ? size : used;
}

static bool same_texts(const joblib_array *array, const struct wanted *wanted,
                       const unsigned char *native, char kind)
{
    char *text = malloc(wanted->itemsize + 4), *found = malloc(wanted->itemsize + 4);
    bool same = true;
    for (size_t i = 0; same && i < wanted->count; i++) {
        size_t needed = 0, size = 0;
        size_t wanted_size =
            text_of(kind, native + i * wanted->itemsize, wanted->itemsize, text);
        same = joblib_array_text(array, i, NULL, 0, &needed, NULL) == JOBLIB_OK &&
               needed == wanted_size &&
               joblib_array_text(array, i, found, needed, &size, NULL) == JOBLIB_OK &&
               size == wanted_size && memcmp(found, text, size) == 0;
    }
    free(text);
    free(found);
    text_count += wanted->count;
    return same;
}

/* Long doubles of another byte order are no numbers, and this test must have them itself. */
static bool has_numbers(const struct wanted *wanted)
{
    return wanted->itemsize <= 8 || (HAS_EXTENDED && !is_foreign(wanted->dtype->text));
}

/* A scalar of numpy is asked as numbers of Python are. */
static bool same_scalar(const joblib_value *value, const struct wanted *wanted)
{
    double real = 0, expected = 0;
    int64_t integer = 0;
    unsigned char *native = native_of(wanted);
    char kind = wanted->dtype->kind == '"' ? wanted->dtype->text[1] : 'V';
    bool is_number = strchr("iuf", kind) && has_numbers(wanted), same = native != NULL;
    if (same && is_number) {
        expected = number_of(kind, native, wanted->itemsize);
        same = joblib_value_as_float64(value, &real, NULL) == JOBLIB_OK &&
               (real == expected || (isnan(real) && isnan(expected)));
    }
    if (same && is_number && kind != 'f' && expected < 0x1p63)
        same = joblib_value_as_int64(value, &integer, NULL) == JOBLIB_OK &&
               integer == (int64_t)whole_of(kind, native, wanted->itemsize);
    free(native);
    return same;
}

static bool same_elements(const joblib_array *array, const struct wanted *wanted)
{
    unsigned char *native = native_of(wanted);
    char kind = wanted->dtype->kind == '"' ? wanted->dtype->text[1] : 'V';
    bool same =
        array->count == wanted->count && native && same_bytes(array, wanted, native);
    if (same && strchr("biu", kind)) same = same_integers(array, wanted, native, kind);
    if (same && strchr("biuf", kind) && has_numbers(wanted))
        same = same_doubles(array, wanted, native, kind);
    if (same && strchr("SU", kind)) same = same_texts(array, wanted, native, kind);
    free(native);
    return same;
}

/* The walk: arrays and scalars at the root, and in lists, tuples and values of dicts. */

static void compare_array(const char *name, const joblib_value *value,
                          const struct json *tagged)
{
    joblib_array array;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_value_array(value, &array, &error), &error);
    struct wanted wanted = open_wanted(tagged);
    bool same = error.status == JOBLIB_OK && same_elements(&array, &wanted);
    if (same && json_find(tagged, "scalar")) same = same_scalar(value, &wanted);
    if (!same)
        test_fail(__FILE__, __LINE__, "%s: other elements of %s", name,
                  wanted.dtype->kind == '"' ? wanted.dtype->text : "records");
    free(wanted.bytes);
    array_count++;
}

static bool has_elements(const struct json *tagged)
{
    const struct json *scalar = json_find(tagged, "scalar");
    return scalar || json_find(json_find(tagged, "ndarray"), "data");
}

// NOLINTNEXTLINE(misc-no-recursion): vectors are not deep
static void walk_value(const char *name, const joblib_value *value,
                       const struct json *tagged)
{
    if (!value || !tagged) return;
    if (has_elements(tagged)) {
        compare_array(name, value, tagged);
        return;
    }
    const struct json *list = json_find(tagged, "list"),
                      *dict = json_find(tagged, "dict");
    if (!list) list = json_find(tagged, "tuple");
    const struct json *item = list ? list->first : dict ? dict->first : NULL;
    for (size_t i = 0; item; i++, item = item->next)
        walk_value(name, joblib_value_at(value, i), list ? item : item->first->next);
}

static void check_vector(const char *name)
{
    struct vector_bytes text = vector_read(name, ".json");
    struct json *json = text.data ? json_parse(text.data) : NULL;
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_load_options options;
    joblib_load_options_init(&options);
    CHECK_OK(joblib_load_file(vector_path(name, ".joblib"), &options, &document, &error),
             &error);
    CHECK(json != NULL);
    if (document && json)
        walk_value(name, joblib_document_root(document),
                   json_find(json_find(json, "expect"), "value"));
    joblib_document_release(document);
    json_free(json);
    free(text.data);
}

static void reads_every_element(void)
{
    CHECK(vector_each("valid/", check_vector) > 1400);
    printf("    %zu arrays, %zu numbers, %zu integers, %zu texts\n", array_count,
           number_count, integer_count, text_count);
    CHECK(array_count > 1000 && number_count > 1000 && integer_count > 1000);
    CHECK(text_count > 100);
}

int main(void)
{
    RUN(reads_every_element);
    return test_finish();
}
