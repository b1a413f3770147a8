#include <string.h>

#include "array/array.h"
#include "array/form.h"
#include "base/endian.h"
#include "base/try.h"

/* Ten digits, two letters and the NUL. */
#define DATE_UNIT_SIZE 16

/* A dtype text in its parts: "<M8[ns]" has order '<', kind 'M', number 8 and a unit. */
struct dtype_parts {
    char order; /* '<', '>', '|' or '='; '=' if the text has none */
    char kind;
    bool has_number;
    size_t number;
    const char *unit; /* not terminated */
    size_t unit_size;
};

/* Types of one size. `number` is what stands in the text. */
struct fixed_row {
    char kind;
    uint8_t number;
    uint8_t id; /* joblib_number */
    uint8_t alignment;
};

static const struct fixed_row fixed_rows[] = {
    {'b', 1, JOBLIB_NUMBER_BOOL, 1},
    {'i', 1, JOBLIB_NUMBER_INT8, 1},
    {'i', 2, JOBLIB_NUMBER_INT16, 2},
    {'i', 4, JOBLIB_NUMBER_INT32, 4},
    {'i', 8, JOBLIB_NUMBER_INT64, 8},
    {'u', 1, JOBLIB_NUMBER_UINT8, 1},
    {'u', 2, JOBLIB_NUMBER_UINT16, 2},
    {'u', 4, JOBLIB_NUMBER_UINT32, 4},
    {'u', 8, JOBLIB_NUMBER_UINT64, 8},
    {'f', 2, JOBLIB_NUMBER_FLOAT16, 2},
    {'f', 4, JOBLIB_NUMBER_FLOAT32, 4},
    {'f', 8, JOBLIB_NUMBER_FLOAT64, 8},
    {'f', 12, JOBLIB_NUMBER_NONE, 4}, /* long double of 32-bit x86 */
    {'f', 16, JOBLIB_NUMBER_NONE, 16},
    {'c', 8, JOBLIB_NUMBER_NONE, 4},
    {'c', 16, JOBLIB_NUMBER_NONE, 8},
    {'c', 24, JOBLIB_NUMBER_NONE, 4},
    {'c', 32, JOBLIB_NUMBER_NONE, 16},
    {'M', 8, JOBLIB_NUMBER_NONE, 8},
    {'m', 8, JOBLIB_NUMBER_NONE, 8},
    {'O', 4, JOBLIB_NUMBER_NONE, sizeof(void *)},
    {'O', 8, JOBLIB_NUMBER_NONE, sizeof(void *)},
};

/* Types of any size, in items of `unit` bytes. */
struct flexible_row {
    char kind;
    uint8_t unit;
};

static const struct flexible_row flexible_rows[] = {{'U', 4}, {'S', 1}, {'V', 1}};

static const char *const date_units[] = {
    "Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as",
};

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/* Reads digits from `*next`; false if the number is beyond what numpy allows. */
static bool parse_number(const char **next, const char *end, size_t *out)
{
    *out = 0;
    for (; *next < end && is_digit(**next); (*next)++) {
        *out = *out * 10 + (size_t)(**next - '0');
        if (*out > JOBLIB_MAX_ITEMSIZE) return false;
    }
    return true;
}

static bool parse_parts(const char *text, size_t size, struct dtype_parts *out)
{
    const char *next = text;
    const char *end = text + size;
    memset(out, 0, sizeof *out);
    out->order = '=';
    if (next < end && strchr("<>|=", *next) && *next) out->order = *next++;
    if (next == end) return false;
    out->kind = *next++;
    out->has_number = next < end && is_digit(*next);
    if (!parse_number(&next, end, &out->number)) return false;
    if (next < end && *next == '[' && end[-1] == ']') {
        out->unit = next + 1;
        out->unit_size = (size_t)(end - next) - 2;
        next = end;
    }
    return next == end;
}

/* numpy takes these without a number. */
static void complete_parts(struct dtype_parts *parts)
{
    if (parts->has_number) return;
    if (parts->kind == 'O' || parts->kind == 'M' || parts->kind == 'm') parts->number = 8;
    if (parts->kind == '?') {
        parts->kind = 'b';
        parts->number = 1;
    }
}

/* A unit is a name of date_units, perhaps after a number that is not zero. */
static bool is_date_unit(const char *unit, size_t size)
{
    const char *name = unit;
    const char *end = unit + size;
    size_t factor;
    if (!parse_number(&name, end, &factor) || (name > unit && factor == 0)) return false;
    for (size_t i = 0; i < sizeof date_units / sizeof date_units[0]; i++) {
        size_t known_size = strlen(date_units[i]);
        if ((size_t)(end - name) == known_size &&
            !memcmp(name, date_units[i], known_size))
            return true;
    }
    return false;
}

/* Copies the unit as numpy prints it: none for "generic", no factor of 1. */
static bool normalise_unit(const char *unit, size_t size, char out[DATE_UNIT_SIZE])
{
    if (size == 7 && memcmp(unit, "generic", 7) == 0) return true;
    while (size > 0 && *unit == '0') unit++, size--;
    if (!is_date_unit(unit, size) || size >= DATE_UNIT_SIZE) return false;
    if (unit[0] == '1' && !is_digit(unit[1])) unit++, size--;
    memcpy(out, unit, size);
    out[size] = '\0';
    return true;
}

/* What numpy's text has in brackets; only dates have anything there. */
static bool find_unit(const struct dtype_parts *parts, const char *unit, size_t size,
                      char out[DATE_UNIT_SIZE])
{
    bool is_date = parts->kind == 'M' || parts->kind == 'm';
    out[0] = '\0';
    if (!is_date) return !parts->unit && size == 0;
    if (!parts->unit && size == 0) return true;
    return normalise_unit(unit, size, out);
}

static bool set_fixed_layout(const struct dtype_parts *parts, joblib_dtype *out)
{
    for (size_t i = 0; i < sizeof fixed_rows / sizeof fixed_rows[0]; i++) {
        const struct fixed_row *row = &fixed_rows[i];
        if (row->kind != parts->kind || row->number != parts->number) continue;
        out->number = row->id;
        out->has_object = row->kind == 'O';
        out->itemsize = out->has_object ? sizeof(void *) : row->number;
        out->alignment = row->alignment;
        return true;
    }
    return false;
}

static bool set_flexible_layout(const struct dtype_parts *parts, joblib_dtype *out)
{
    for (size_t i = 0; i < sizeof flexible_rows / sizeof flexible_rows[0]; i++) {
        const struct flexible_row *row = &flexible_rows[i];
        if (row->kind != parts->kind) continue;
        if (parts->number > JOBLIB_MAX_ITEMSIZE / row->unit) return false;
        out->itemsize = parts->number * row->unit;
        out->alignment = row->unit;
        return true;
    }
    return false;
}

/* '\0' if the state's order contradicts a type whose bytes have one. */
static char choose_order(const joblib_dtype *dtype, char of_state, char of_text)
{
    bool has_order =
        dtype->kind == 'U' || (dtype->itemsize > 1 && strchr("iufcMm", dtype->kind));
    if (!has_order) return '|';
    if (of_state == '=') of_state = of_text;
    if (of_state == '=') return '<';
    return of_state == '|' ? '\0' : of_state;
}

static joblib_status keep_dtype(joblib_base__arena *arena, const joblib_dtype *made,
                                size_t number, const char *unit, const joblib_dtype **out,
                                joblib_error *error)
{
    joblib_dtype *dtype = joblib_base__arena_allocate(arena, sizeof *dtype);
    if (!dtype) return joblib_base__arena_fail(arena, sizeof *dtype, error);
    *dtype = *made;
    dtype->text =
        joblib_array__dtype_form(arena, made->byteorder, made->kind, number, unit);
    if (!dtype->text) return joblib_base__arena_fail(arena, strlen(unit) + 16, error);
    *out = dtype;
    return JOBLIB_OK;
}

static joblib_status read_layout(const char *text, size_t size, struct dtype_parts *parts,
                                 joblib_dtype *out, joblib_error *error)
{
    char shown[JOBLIB_ESCAPED_SIZE];
    bool known = parse_parts(text, size, parts);
    if (known) complete_parts(parts);
    known = known && (set_fixed_layout(parts, out) || set_flexible_layout(parts, out));
    JOBLIB_REQUIRE(known, JOBLIB_ERROR_ARRAY, "\"%s\" is no dtype",
                   joblib_base__escape(shown, text, size));
    out->kind = parts->kind;
    return JOBLIB_OK;
}

static joblib_status read_order(char of_state, char of_text, joblib_dtype *out,
                                joblib_error *error)
{
    JOBLIB_REQUIRE(of_state && strchr("<>|=", of_state), JOBLIB_ERROR_ARRAY,
                   "byte order of a dtype is 0x%02x, not '<', '>', '|' or '='",
                   (unsigned char)of_state);
    out->byteorder = choose_order(out, of_state, of_text);
    JOBLIB_REQUIRE(out->byteorder, JOBLIB_ERROR_ARRAY,
                   "dtype of kind '%c' and %zu bytes has byte order '|'", out->kind,
                   out->itemsize);
    out->foreign = out->byteorder != '|' &&
                   (out->byteorder == '<') != joblib_base__is_little_endian();
    return JOBLIB_OK;
}

static joblib_status read_unit(const struct dtype_parts *parts, const char *given,
                               char out[DATE_UNIT_SIZE], joblib_error *error)
{
    char shown[JOBLIB_ESCAPED_SIZE];
    const char *unit = given ? given : parts->unit;
    size_t size = given ? strlen(given) : parts->unit_size;
    JOBLIB_REQUIRE(find_unit(parts, unit, size, out), JOBLIB_ERROR_ARRAY,
                   "\"%s\" is no unit of a dtype of kind '%c'",
                   joblib_base__escape(shown, unit, size), parts->kind);
    return JOBLIB_OK;
}

joblib_status joblib_array__dtype_simple(joblib_base__arena *arena, const char *text,
                                         size_t text_size, char byteorder,
                                         const char *unit, const joblib_dtype **out,
                                         joblib_error *error)
{
    struct dtype_parts parts;
    joblib_dtype made = {0};
    char date_unit[DATE_UNIT_SIZE];
    *out = NULL;
    JOBLIB_TRY(read_layout(text, text_size, &parts, &made, error));
    JOBLIB_TRY(read_order(byteorder, parts.order, &made, error));
    JOBLIB_TRY(read_unit(&parts, unit, date_unit, error));
    if (made.number == JOBLIB_NUMBER_NONE || made.foreign)
        return keep_dtype(arena, &made, parts.number, date_unit, out, error);
    *out = joblib_dtype_number(made.number);
    return JOBLIB_OK;
}

#undef DATE_UNIT_SIZE
