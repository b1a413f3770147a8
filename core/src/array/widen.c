#include "array/widen.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "array/half.h"

/* Numbers of foreign byte order are turned around in pieces of this many. */
#define PIECE 64

typedef struct number_functions {
    size_t size; /* bytes of a number */
    void (*widen)(const char *from, int64_t stride, size_t count, double *out);
    void (*narrow)(const char *from, int64_t stride, size_t count, float *out);
    void (*store)(const double *values, size_t count, char *out);
} number_functions;

/* memcpy, because numbers may stand at any address. The loop over contiguous ones stands apart
   so that a compiler can make vector code of it. */
#define DEFINE_CONVERSION(name, type, wanted, convert) \
    static void name(const char *from, int64_t stride, size_t count, wanted out[]) \
    { \
        type number; \
        if (stride == (int64_t)sizeof number) { \
            for (size_t i = 0; i < count; i++) { \
                memcpy(&number, from + i * sizeof number, sizeof number); \
                out[i] = (wanted)convert(number); \
            } \
            return; \
        } \
        for (size_t i = 0; i < count; i++, from += stride) { \
            memcpy(&number, from, sizeof number); \
            out[i] = (wanted)convert(number); \
        } \
    }

#define DEFINE_NUMBER(name, type, convert) \
    DEFINE_CONVERSION(widen_##name, type, double, convert) \
    DEFINE_CONVERSION(narrow_##name, type, float, convert)

/* What is not 0 is true, as for numpy. */
#define TRUTH(number) ((number) != 0 ? 1 : 0)
#define KEEP(number) (number)

#define DEFINE_STORE(name, type) \
    static void store_##name(const double *values, size_t count, char *out) \
    { \
        for (size_t i = 0; i < count; i++) { \
            type number = (type)values[i]; \
            memcpy(out + i * sizeof number, &number, sizeof number); \
        } \
    }

DEFINE_NUMBER(bool, uint8_t, TRUTH)
DEFINE_NUMBER(int8, int8_t, KEEP)
DEFINE_NUMBER(int16, int16_t, KEEP)
DEFINE_NUMBER(int32, int32_t, KEEP)
DEFINE_NUMBER(int64, int64_t, KEEP)
DEFINE_NUMBER(uint8, uint8_t, KEEP)
DEFINE_NUMBER(uint16, uint16_t, KEEP)
DEFINE_NUMBER(uint32, uint32_t, KEEP)
DEFINE_NUMBER(uint64, uint64_t, KEEP)
DEFINE_NUMBER(float16, uint16_t, joblib_array__half_to_double)
DEFINE_NUMBER(float32, float, KEEP)
DEFINE_NUMBER(float64, double, KEEP)
#undef DEFINE_NUMBER
#undef DEFINE_CONVERSION
#undef TRUTH
#undef KEEP

DEFINE_STORE(int8, int8_t)
DEFINE_STORE(int16, int16_t)
DEFINE_STORE(int32, int32_t)
DEFINE_STORE(uint8, uint8_t)
DEFINE_STORE(uint16, uint16_t)
DEFINE_STORE(uint32, uint32_t)
DEFINE_STORE(float32, float)
DEFINE_STORE(float64, double)
#undef DEFINE_STORE

/* Wide integers come rounded to 53 bits, perhaps up to beyond their type. */
static void store_wide_int64(const double *values, size_t count, char *out)
{
    for (size_t i = 0; i < count; i++) {
        int64_t number = values[i] < 0 ? INT64_MIN : INT64_MAX;
        if (values[i] >= -0x1p63 && values[i] < 0x1p63) number = (int64_t)values[i];
        memcpy(out + i * sizeof number, &number, sizeof number);
    }
}

static void store_wide_uint64(const double *values, size_t count, char *out)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t number = values[i] < 0x1p64 ? (uint64_t)values[i] : UINT64_MAX;
        memcpy(out + i * sizeof number, &number, sizeof number);
    }
}

static void store_float16(const double *values, size_t count, char *out)
{
    for (size_t i = 0; i < count; i++) {
        uint16_t bits = joblib_array__half_bits(joblib_array__round_to_half(values[i]));
        memcpy(out + i * sizeof bits, &bits, sizeof bits);
    }
}

static const number_functions functions_by_number[] = {
    [JOBLIB_NUMBER_BOOL] = {1, widen_bool, narrow_bool, store_uint8},
    [JOBLIB_NUMBER_INT8] = {1, widen_int8, narrow_int8, store_int8},
    [JOBLIB_NUMBER_INT16] = {2, widen_int16, narrow_int16, store_int16},
    [JOBLIB_NUMBER_INT32] = {4, widen_int32, narrow_int32, store_int32},
    [JOBLIB_NUMBER_INT64] = {8, widen_int64, narrow_int64, store_wide_int64},
    [JOBLIB_NUMBER_UINT8] = {1, widen_uint8, narrow_uint8, store_uint8},
    [JOBLIB_NUMBER_UINT16] = {2, widen_uint16, narrow_uint16, store_uint16},
    [JOBLIB_NUMBER_UINT32] = {4, widen_uint32, narrow_uint32, store_uint32},
    [JOBLIB_NUMBER_UINT64] = {8, widen_uint64, narrow_uint64, store_wide_uint64},
    [JOBLIB_NUMBER_FLOAT16] = {2, widen_float16, narrow_float16, store_float16},
    [JOBLIB_NUMBER_FLOAT32] = {4, widen_float32, narrow_float32, store_float32},
    [JOBLIB_NUMBER_FLOAT64] = {8, widen_float64, narrow_float64, store_float64},
};

static const number_functions *find_number(uint8_t number)
{
    assert(number >= JOBLIB_NUMBER_BOOL && number <= JOBLIB_NUMBER_FLOAT64);
    return &functions_by_number[number];
}

/* Copies a piece of a line from number `first` on, the bytes of each turned around; how many. */
static size_t turn_piece(const joblib_array__line *line, size_t first, size_t size,
                         char piece[PIECE * 8])
{
    const char *from = (const char *)line->first + (int64_t)first * line->stride;
    size_t count = line->count - first < PIECE ? line->count - first : PIECE;
    for (size_t i = 0; i < count; i++, from += line->stride, piece += size) {
        for (size_t k = 0; k < size; k++) piece[k] = from[size - 1 - k];
    }
    return count;
}

void joblib_array__widen(const joblib_array__line *line, double *out)
{
    const number_functions *number = find_number(line->number);
    char piece[PIECE * 8];
    if (!line->swapped) {
        number->widen(line->first, line->stride, line->count, out);
        return;
    }
    for (size_t i = 0, count; i < line->count; i += count) {
        count = turn_piece(line, i, number->size, piece);
        number->widen(piece, (int64_t)number->size, count, out + i);
    }
}

void joblib_array__narrow(const joblib_array__line *line, float *out)
{
    const number_functions *number = find_number(line->number);
    char piece[PIECE * 8];
    if (!line->swapped) {
        number->narrow(line->first, line->stride, line->count, out);
        return;
    }
    for (size_t i = 0, count; i < line->count; i += count) {
        count = turn_piece(line, i, number->size, piece);
        number->narrow(piece, (int64_t)number->size, count, out + i);
    }
}

void joblib_array__widen_floats(const float *values, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++) out[i] = (double)values[i];
}

void joblib_array__narrow_doubles(const double *values, size_t count, float *out)
{
    for (size_t i = 0; i < count; i++) out[i] = (float)values[i];
}

void joblib_array__store(const double *values, size_t count, uint8_t number, void *out)
{
    find_number(number)->store(values, count, out);
}

/* A half has 11 digits, and none below 2^-24; 65520 is half way to the next power of two. */
double joblib_array__round_to_half(double value)
{
    double size = fabs(value);
    if (!(size < 65520)) return isnan(value) ? value : copysign((double)INFINITY, value);
    int exponent;
    frexp(size, &exponent);
    int last = exponent - 11 > -24 ? exponent - 11 : -24;
    double digits = ldexp(size, -last);
    double whole = floor(digits);
    double rest = digits - whole;
    if (rest > 0.5 || (rest == 0.5 && fmod(whole, 2) != 0)) whole += 1;
    return copysign(ldexp(whole, last), value);
}

#undef PIECE
