#include "tagged.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/** A value that may be met again. */
struct node {
    const joblib_value *value;
    unsigned visits, id;
};

/** A walk. The first one counts the visits of each node and writes nothing. */
struct walk {
    FILE *out; /* NULL in the first */
    struct node *nodes;
    size_t capacity, count; /* of nodes: a power of two, and how many are in use */
    unsigned last_id;
};

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
put(const struct walk *walk, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (walk->out) vfprintf(walk->out, format, arguments);
    va_end(arguments);
}

/* Nodes */

static struct node *find_place(const struct walk *walk, const joblib_value *value)
{
    uint64_t bits = (uintptr_t)value * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(bits >> 32) % walk->capacity;
    while (walk->nodes[at].value && walk->nodes[at].value != value)
        at = (at + 1) % walk->capacity;
    return &walk->nodes[at];
}

static void grow(struct walk *grown)
{
    struct walk old = *grown;
    grown->capacity = old.capacity > 0 ? 2 * old.capacity : 64;
    grown->nodes = calloc(grown->capacity, sizeof *grown->nodes);
    if (!grown->nodes) abort();
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.nodes[i].value) *find_place(grown, old.nodes[i].value) = old.nodes[i];
    }
    free(old.nodes);
}

/* NULL for what cannot change in Python: nobody can tell whether it is shared. */
static struct node *find_node(struct walk *walk, const joblib_value *value)
{
    static const bool can_change[] = {
        [JOBLIB_KIND_BYTEARRAY] = true, [JOBLIB_KIND_LIST] = true,
        [JOBLIB_KIND_DICT] = true,      [JOBLIB_KIND_SET] = true,
        [JOBLIB_KIND_ARRAY] = true,     [JOBLIB_KIND_OBJECT] = true,
    };
    if (!can_change[joblib_value_kind(value)]) return NULL;
    if (walk->count >= walk->capacity / 2) grow(walk);
    struct node *found = find_place(walk, value);
    if (!found->value) walk->count++;
    found->value = value;
    return found;
}

/* Text and bytes */

/* Reads one character and goes behind it; three bytes may be a surrogate without its other. */
static unsigned read_character(const char **text)
{
    unsigned code = (unsigned char)*(*text)++;
    int more = code < 0xc0 ? 0 : code < 0xe0 ? 1 : code < 0xf0 ? 2 : 3;
    if (more > 0) code &= 0x3fU >> more;
    for (; more > 0; more--) code = code << 6 | (*(*text)++ & 0x3f);
    return code;
}

static void put_character(const struct walk *walk, unsigned code)
{
    static const char marks[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *mark = code > 0 && code < 128 ? strchr(marks, (int)code) : NULL;
    if (mark)
        put(walk, "\\%c", letters[mark - marks]);
    else if (code >= ' ' && code <= '~')
        put(walk, "%c", code);
    else if (code < 0x10000)
        put(walk, "\\u%04x", code);
    else
        put(walk, "\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
}

static void put_text(const struct walk *walk, const char *text, size_t size)
{
    const char *end = text + size;
    put(walk, "\"");
    while (text < end) put_character(walk, read_character(&text));
    put(walk, "\"");
}

/* Letter i stands for the six bits from bit 6 i on. */
static void put_base64(const struct walk *walk, const unsigned char *data, size_t size)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    put(walk, "\"");
    for (size_t i = 0; i < (size + 2) / 3 * 4; i++) {
        size_t at = 6 * i / 8;
        unsigned pair = at < size ? data[at] * 256U : 0;
        if (at + 1 < size) pair += data[at + 1];
        put(walk, "%c", at < size ? letters[pair >> (10 - 6 * i % 8) & 63] : '=');
    }
    put(walk, "\"");
}

/* Arrays */

static void put_value(struct walk *walk, const joblib_value *value);

static void put_shape(const struct walk *walk, const int64_t *shape, size_t ndim)
{
    put(walk, ",\"shape\":[");
    for (size_t i = 0; i < ndim; i++)
        put(walk, "%s\"%" PRId64 "\"", i > 0 ? "," : "", shape[i]);
    put(walk, "]");
}

/* The library reads dtypes in dtypes only so deep that recursion is safe.
   NOLINTBEGIN(misc-no-recursion) */

static void put_dtype(const struct walk *walk, const joblib_dtype *dtype);

static void put_record(const struct walk *walk, const joblib_dtype *dtype)
{
    const joblib_dtype *type;
    size_t offset, size;
    for (size_t i = 0; joblib_dtype_field(dtype, i, NULL, &type, &offset); i++) {
        const char *name = joblib_dtype_field_name(dtype, i, &size); /* may hold a NUL */
        put(walk, i > 0 ? ",[" : "{\"fields\":[[");
        put_text(walk, name, size);
        put(walk, ",");
        put_dtype(walk, type);
        put(walk, ",\"%zu\"]", offset);
    }
    put(walk, "],\"itemsize\":\"%zu\"}", joblib_dtype_itemsize(dtype));
}

static void put_dtype(const struct walk *walk, const joblib_dtype *dtype)
{
    if (joblib_dtype_base(dtype)) {
        put(walk, "{\"base\":");
        put_dtype(walk, joblib_dtype_base(dtype));
        put_shape(walk, joblib_dtype_shape(dtype), joblib_dtype_ndim(dtype));
        put(walk, "}");
    } else if (joblib_dtype_field_count(dtype) > 0) {
        put_record(walk, dtype);
    } else {
        put(walk, "\"%s\"", joblib_dtype_text(dtype));
    }
}

/* NOLINTEND(misc-no-recursion) */

static void put_objects(struct walk *walk, const joblib_array *array)
{
    put(walk, ",\"items\":[");
    for (size_t i = 0; i < array->count; i++) {
        if (i > 0) put(walk, ",");
        put_value(walk, joblib_array_object(array, i));
    }
    put(walk, "]");
}

/* Elements as they are stored; in C order where they do not stand one after the other. */
static void put_data(const struct walk *walk, const joblib_array *array)
{
    size_t itemsize = joblib_dtype_itemsize(array->dtype);
    bool is_whole = (array->flags & (JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER)) != 0;
    unsigned char *copy = is_whole ? NULL : malloc(array->count * itemsize + 1);
    for (size_t i = 0; copy && i < array->count; i++)
        memcpy(copy + i * itemsize, joblib_array_item(array, i), itemsize);
    if (!is_whole && !copy) abort();
    put(walk, ",\"data\":");
    put_base64(walk, copy ? copy : array->data, array->count * itemsize);
    free(copy);
}

static void put_elements(struct walk *walk, const joblib_array *array)
{
    if (joblib_dtype_kind(array->dtype) == 'O')
        put_objects(walk, array);
    else
        put_data(walk, array);
}

/* Without the brace that closes it. */
static void put_array(struct walk *walk, const joblib_array *array)
{
    uint32_t orders = array->flags & (JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_F_ORDER);
    put(walk, "{\"dtype\":");
    put_dtype(walk, array->dtype);
    put_shape(walk, array->shape, array->ndim);
    put(walk, ",\"order\":\"%c\"", orders == JOBLIB_ARRAY_F_ORDER ? 'F' : 'C');
    put_elements(walk, array);
}

/* The content of each kind, behind its tag */

static void put_none(struct walk *walk, const joblib_value *value)
{
    (void)value;
    put(walk, "true");
}

static void put_bool(struct walk *walk, const joblib_value *value)
{
    bool truth;
    if (joblib_value_as_bool(value, &truth, NULL) == JOBLIB_OK)
        put(walk, truth ? "true" : "false");
}

static void put_int(struct walk *walk, const joblib_value *value)
{
    size_t size = 0;
    (void)!joblib_value_int_text(value, NULL, 0, &size, NULL);
    char *digits = malloc(size + 1);
    if (digits && joblib_value_int_text(value, digits, size + 1, NULL, NULL) == JOBLIB_OK)
        put(walk, "\"%s\"", digits);
    free(digits);
}

static void put_bits(const struct walk *walk, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    put(walk, "\"%016" PRIx64 "\"", bits);
}

static void put_float(struct walk *walk, const joblib_value *value)
{
    double number;
    if (joblib_value_as_float64(value, &number, NULL) == JOBLIB_OK)
        put_bits(walk, number);
}

static void put_complex(struct walk *walk, const joblib_value *value)
{
    double real, imaginary;
    if (joblib_value_as_complex(value, &real, &imaginary, NULL) != JOBLIB_OK) return;
    put(walk, "[");
    put_bits(walk, real);
    put(walk, ",");
    put_bits(walk, imaginary);
    put(walk, "]");
}

static void put_str(struct walk *walk, const joblib_value *value)
{
    size_t size;
    const char *text = joblib_value_text(value, &size);
    put_text(walk, text, size);
}

static void put_bytes(struct walk *walk, const joblib_value *value)
{
    size_t size;
    const void *data = joblib_value_bytes(value, &size);
    put_base64(walk, data, size);
}

static void put_list(struct walk *walk, const joblib_value *value)
{
    put(walk, "[");
    for (size_t i = 0; i < joblib_value_count(value); i++) {
        if (i > 0) put(walk, ",");
        put_value(walk, joblib_value_at(value, i));
    }
    put(walk, "]");
}

static void put_dict(struct walk *walk, const joblib_value *value)
{
    put(walk, "[");
    for (size_t i = 0; i < joblib_value_count(value); i++) {
        put(walk, i > 0 ? ",[" : "[");
        put_value(walk, joblib_value_key(value, i));
        put(walk, ",");
        put_value(walk, joblib_value_at(value, i));
        put(walk, "]");
    }
    put(walk, "]");
}

static void put_ndarray(struct walk *walk, const joblib_value *value)
{
    joblib_array array;
    const joblib_value *subclass = joblib_value_subclass(value);
    if (joblib_value_array(value, &array, NULL) != JOBLIB_OK) return;
    put_array(walk, &array);
    if (subclass) put(walk, ",\"subclass\":\"%s\"", joblib_value_name(subclass));
    put(walk, "}");
}

static void put_scalar(struct walk *walk, const joblib_value *value)
{
    joblib_array array;
    if (joblib_value_array(value, &array, NULL) != JOBLIB_OK) return;
    put(walk, "{\"dtype\":");
    put_dtype(walk, array.dtype);
    put_elements(walk, &array);
    put(walk, "}");
}

static void put_type(struct walk *walk, const joblib_value *value)
{
    put_dtype(walk, joblib_value_dtype(value));
}

static void put_global(struct walk *walk, const joblib_value *value)
{
    const char *module = joblib_value_module(value), *name = joblib_value_name(value);
    put(walk, "[");
    put_text(walk, module, strlen(module));
    put(walk, ",");
    put_text(walk, name, strlen(name));
    put(walk, "]");
}

static void put_part(struct walk *walk, const char *key, const joblib_value *part,
                     void (*put_content)(struct walk *, const joblib_value *))
{
    if (!part) return;
    put(walk, ",\"%s\":", key);
    put_content(walk, part);
}

static void put_object(struct walk *walk, const joblib_value *value)
{
    static const char *const forms[] = {
        [JOBLIB_FORM_REDUCE] = "reduce",
        [JOBLIB_FORM_NEWOBJ] = "newobj",
        [JOBLIB_FORM_NEWOBJ_EX] = "newobj_ex",
        [JOBLIB_FORM_RECONSTRUCTOR] = "reconstructor",
        [JOBLIB_FORM_INSTANCE] = "instance",
    };
    put(walk, "{\"class\":");
    put_value(walk, joblib_value_class(value));
    put(walk, ",\"form\":\"%s\"", forms[joblib_value_form(value)]);
    put_part(walk, "args", joblib_value_arguments(value), put_list);
    put_part(walk, "kwargs", joblib_value_keywords(value), put_value);
    put_part(walk, "state", joblib_value_state(value), put_value);
    put_part(walk, "items", joblib_value_items(value), put_list);
    put_part(walk, "entries", joblib_value_entries(value), put_dict);
    put(walk, "}");
}

static void put_content(struct walk *walk, const joblib_value *value)
{
    static const struct {
        const char *tag;
        void (*put)(struct walk *, const joblib_value *);
    } kinds[] = {
        [JOBLIB_KIND_NONE] = {"none", put_none},
        [JOBLIB_KIND_BOOL] = {"bool", put_bool},
        [JOBLIB_KIND_INT] = {"int", put_int},
        [JOBLIB_KIND_FLOAT] = {"float", put_float},
        [JOBLIB_KIND_COMPLEX] = {"complex", put_complex},
        [JOBLIB_KIND_STR] = {"str", put_str},
        [JOBLIB_KIND_BYTES] = {"bytes", put_bytes},
        [JOBLIB_KIND_BYTEARRAY] = {"bytearray", put_bytes},
        [JOBLIB_KIND_LIST] = {"list", put_list},
        [JOBLIB_KIND_TUPLE] = {"tuple", put_list},
        [JOBLIB_KIND_DICT] = {"dict", put_dict},
        [JOBLIB_KIND_SET] = {"set", put_list},
        [JOBLIB_KIND_FROZENSET] = {"frozenset", put_list},
        [JOBLIB_KIND_ARRAY] = {"ndarray", put_ndarray},
        [JOBLIB_KIND_SCALAR] = {"scalar", put_scalar},
        [JOBLIB_KIND_DTYPE] = {"dtype", put_type},
        [JOBLIB_KIND_GLOBAL] = {"global", put_global},
        [JOBLIB_KIND_OBJECT] = {"object", put_object},
    };
    joblib_kind kind = joblib_value_kind(value);
    put(walk, "\"%s\":", joblib_value_is_py2(value) ? "py2str" : kinds[kind].tag);
    kinds[kind].put(walk, value);
}

static void put_value(struct walk *walk, const joblib_value *value)
{
    struct node *node = find_node(walk, value);
    if (node && !walk->out && node->visits++ > 0) return;
    if (node && node->id > 0) {
        put(walk, "{\"ref\":\"%u\"}", node->id);
        return;
    }
    put(walk, "{");
    if (node && node->visits > 1) {
        node->id = ++walk->last_id;
        put(walk, "\"id\":\"%u\",", node->id);
    }
    put_content(walk, value);
    put(walk, "}");
}

void tagged_put_value(FILE *out, const joblib_value *root)
{
    struct walk walk = {0};
    put_value(&walk, root);
    walk.out = out;
    put_value(&walk, root);
    free(walk.nodes);
}

/* Results */

/* Numbers that stand one after the other. */
static void put_numbers(struct walk *walk, const char *key, const void *data,
                        const joblib_dtype *dtype, int64_t count)
{
    int64_t stride = (int64_t)joblib_dtype_itemsize(dtype);
    joblib_array array = JOBLIB_ARRAY_INIT;
    array.flags = JOBLIB_ARRAY_C_ORDER;
    array.data = data;
    array.dtype = dtype;
    array.shape = &count;
    array.strides = &stride;
    array.ndim = 1;
    array.count = (size_t)count;
    put(walk, ",\"%s\":{\"ndarray\":", key);
    put_array(walk, &array);
    put(walk, "}}");
}

static void put_csr(struct walk *walk, const joblib_input *csr)
{
    const joblib_dtype *type = joblib_dtype_number((int)csr->index_number);
    const int32_t *narrow = csr->row_offsets;
    const int64_t *wide = csr->row_offsets;
    bool is_wide = csr->index_number == JOBLIB_NUMBER_INT64;
    int64_t rows = (int64_t)csr->rows, count = is_wide ? wide[rows] : narrow[rows];
    put(walk, "{\"csr\":{\"shape\":[\"%" PRIu64 "\",\"%" PRIu64 "\"]", csr->rows,
        csr->columns);
    put_numbers(walk, "data", csr->values, csr->dtype, count);
    put_numbers(walk, "indices", csr->column_indices, type, count);
    put_numbers(walk, "indptr", csr->row_offsets, type, rows + 1);
    put(walk, "}}");
}

void tagged_put_result(FILE *out, const joblib_result *result)
{
    struct walk walk = {.out = out};
    joblib_array array;
    joblib_input csr;
    put(&walk, "[");
    for (size_t i = 0; i < joblib_result_count(result); i++) {
        if (i > 0) put(&walk, ",");
        if (joblib_result_array(result, i, &array, NULL) == JOBLIB_OK) {
            put(&walk, "{\"ndarray\":");
            put_array(&walk, &array);
            put(&walk, "}}");
        } else if (joblib_result_csr(result, i, &csr, NULL) == JOBLIB_OK) {
            put_csr(&walk, &csr);
        }
    }
    put(&walk, "]");
    free(walk.nodes);
}

void tagged_put_text(FILE *out, const char *text, size_t size)
{
    const struct walk walk = {.out = out};
    put_text(&walk, text, size);
}
