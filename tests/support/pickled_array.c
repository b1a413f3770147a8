#include "support/pickled_array.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIMENSIONS 4

/* One field of a node, and where it stands. */
struct node_field {
    const char *name, *dtype;
    size_t offset;
};

static const struct node_field node_fields[] = {
    {"left_child", "i8", 0},
    {"right_child", "i8", 8},
    {"feature", "i8", 16},
    {"threshold", "f8", 24},
    {"missing_go_to_left", "u1", 56},
    {"impurity", "f8", 32},
    {"n_node_samples", "i8", 40},
    {"weighted_n_node_samples", "f8", 48},
};

#define NODE_FIELDS (sizeof node_fields / sizeof *node_fields)
#define NAN_FIELD 4

/* The type of an array: `text` as numpy's, or nodes of `size` bytes. */
struct array_type {
    char order;
    char kind; /* 'n' for nodes */
    size_t size;
    char text[16];
};

static bool read_type(const char *at, struct array_type *type, size_t *length)
{
    const char *begin = at;
    *type = (struct array_type){.order = '<'};
    if (*at == '>' || *at == '<') type->order = *at++;
    size_t word = strcspn(at, "[(, =");
    *length = (size_t)(at - begin) + word;
    if (at[word] != '[' || word == 0 || word >= sizeof type->text) return false;
    memcpy(type->text, at, word);
    if (strncmp(at, "node", 4) == 0) {
        type->kind = 'n';
        type->size = word > 4 ? 64 : 56;
        return true;
    }
    type->kind = *at;
    type->size = strtoul(at + 1, NULL, 10);
    if (type->kind == 'U') type->size *= 4;
    return strchr("biufUO", *at) != NULL;
}

static void write_plain_dtype(struct pickling *to, const char *text, char order)
{
    bool is_object = text[0] == 'O';
    if (is_object || (text[0] != 'U' && strcmp(text + 1, "1") == 0)) order = '|';
    pickling_global(to, "numpy", "dtype");
    pickling_byte(to, '(');
    pickling_text(to, text, strlen(text));
    pickling_put(to, "K\0K\1tR(K\3", 9);
    pickling_text(to, &order, 1);
    pickling_put(to, "NNN", 3);
    pickling_int(to, -1);
    pickling_int(to, -1);
    pickling_int(to, is_object ? 63 : 0);
    pickling_put(to, "tb", 2);
}

static bool has_field(const struct array_type *type, size_t field)
{
    return field != NAN_FIELD || type->size == 64;
}

static void write_node_dtype(struct pickling *to, const struct array_type *type)
{
    char text[8];
    snprintf(text, sizeof text, "V%zu", type->size);
    pickling_global(to, "numpy", "dtype");
    pickling_byte(to, '(');
    pickling_text(to, text, strlen(text));
    pickling_put(to, "K\0K\1tR(K\3", 9);
    pickling_text(to, "|", 1);
    pickling_put(to, "N(", 2);
    for (size_t i = 0; i < NODE_FIELDS; i++) {
        if (has_field(type, i))
            pickling_text(to, node_fields[i].name, strlen(node_fields[i].name));
    }
    pickling_put(to, "t}(", 3);
    for (size_t i = 0; i < NODE_FIELDS; i++) {
        if (!has_field(type, i)) continue;
        pickling_text(to, node_fields[i].name, strlen(node_fields[i].name));
        pickling_byte(to, '(');
        write_plain_dtype(to, node_fields[i].dtype, type->order);
        pickling_int(to, (int64_t)node_fields[i].offset);
        pickling_byte(to, 't');
    }
    pickling_byte(to, 'u');
    pickling_int(to, (int64_t)type->size);
    pickling_int(to, 1);
    pickling_int(to, 16);
    pickling_put(to, "tb", 2);
}

/* A number in `size` bytes of the wanted order. */
static void store_number(char kind, size_t size, char order, double number, char *out)
{
    unsigned char bytes[8] = {0};
    const float narrow = (float)number;
    const int64_t integer = kind == 'f' ? 0 : (int64_t)number;
    if (kind == 'f' && size == 4)
        memcpy(bytes, &narrow, sizeof narrow);
    else if (kind == 'f')
        memcpy(bytes, &number, sizeof number);
    else
        memcpy(bytes, &integer, sizeof integer);
    for (size_t i = 0; i < size; i++)
        out[i] = (char)bytes[order == '>' ? size - 1 - i : i];
}

static void store_node(struct pickling *from, const struct array_type *type, char *out)
{
    pickling_expect(from, '(');
    for (size_t i = 0; !pickling_take(from, ')'); i++) {
        const struct node_field *field = &node_fields[i];
        if (i >= NODE_FIELDS) pickling_fail(from);
        store_number(field->dtype[0], (size_t)(field->dtype[1] - '0'), type->order,
                     pickling_number(from), out + field->offset);
        pickling_take(from, ',');
    }
}

static void store_text(struct pickling *from, const struct array_type *type, char *out)
{
    for (size_t i = 0; !strchr(",}", *from->at); i += 4) {
        if (i < type->size) out[i] = *from->at;
        from->at++;
    }
}

static void store_item(struct pickling *from, const struct array_type *type, char *out)
{
    memset(out, 0, type->size);
    if (type->kind == 'n')
        store_node(from, type, out);
    else if (type->kind == 'U')
        store_text(from, type, out);
    else
        store_number(type->kind, type->size, type->order, pickling_number(from), out);
}

/* The items in braces, from the first again where they do not suffice. */
static void write_elements(struct pickling *to, const struct array_type *type,
                           size_t count)
{
    const char *first = to->at, *last = to->at;
    char *items = calloc(count + 1, type->size + 1);
    for (size_t i = 0; i < count; i++) {
        if (*to->at == '}') to->at = first;
        store_item(to, type, items + i * type->size);
        if (!pickling_take(to, ',') && *to->at != '}') pickling_fail(to);
        last = to->at > last ? to->at : last;
    }
    to->at = last;
    pickling_bytes(to, items, count * type->size);
    pickling_expect(to, '}');
    free(items);
}

static void write_objects(struct pickling *to)
{
    pickling_put(to, "](", 2);
    while (!pickling_take(to, '}')) {
        pickling_value(to);
        pickling_take(to, ',');
    }
    pickling_byte(to, 'e');
}

static size_t write_shape(struct pickling *to)
{
    size_t count = 1;
    pickling_expect(to, '[');
    pickling_byte(to, '(');
    while (!pickling_take(to, ']')) {
        int64_t size = (int64_t)pickling_number(to);
        pickling_int(to, size);
        count *= (size_t)size;
        pickling_take(to, ',');
    }
    pickling_byte(to, 't');
    return count;
}

bool pickling_array(struct pickling *to)
{
    struct array_type type;
    size_t length;
    uint32_t number = to->number;
    if (!read_type(to->at, &type, &length)) return false;
    to->at += length;
    to->number = 0;
    pickling_global(to, "numpy.core.multiarray", "_reconstruct");
    pickling_byte(to, '(');
    pickling_global(to, "numpy", "ndarray");
    pickling_put(to, "(K\0tC\1btR(K\1", 12);
    size_t count = write_shape(to);
    if (type.kind == 'n')
        write_node_dtype(to, &type);
    else
        write_plain_dtype(to, type.kind == 'O' ? "O8" : type.text, type.order);
    pickling_byte(to, '\x89');
    pickling_expect(to, '{');
    if (type.kind == 'O')
        write_objects(to);
    else
        write_elements(to, &type, count);
    pickling_put(to, "tb", 2);
    to->number = number;
    return true;
}
