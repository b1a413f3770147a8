#include "support/pickled.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/pickled_array.h"

static void write_value(struct pickling *to);

void pickling_fail(const struct pickling *from)
{
    fprintf(stderr, "no such notation: %.60s\n", from->at);
    exit(2);
}

void pickling_put(struct pickling *to, const void *bytes, size_t size)
{
    to->data = realloc(to->data, to->size + size + 1);
    memcpy(to->data + to->size, bytes, size);
    to->size += size;
}

void pickling_byte(struct pickling *to, int byte)
{
    char one = (char)byte;
    pickling_put(to, &one, 1);
}

/* An opcode and a number of four bytes, least significant first. */
static void put_sized(struct pickling *to, int opcode, uint32_t number)
{
    pickling_byte(to, opcode);
    for (int i = 0; i < 4; i++) pickling_byte(to, (int)(number >> 8 * i & 0xff));
}

void pickling_int(struct pickling *to, int64_t number)
{
    pickling_put(to, "\x8a\x08", 2); /* LONG1 of 8 bytes */
    for (int i = 0; i < 8; i++)
        pickling_byte(to, (int)((uint64_t)number >> 8 * i & 0xff));
}

void pickling_text(struct pickling *to, const char *text, size_t size)
{
    put_sized(to, 'X', (uint32_t)size);
    pickling_put(to, text, size);
}

void pickling_bytes(struct pickling *to, const void *bytes, size_t size)
{
    put_sized(to, 'B', (uint32_t)size);
    pickling_put(to, bytes, size);
}

void pickling_global(struct pickling *to, const char *module, const char *name)
{
    pickling_byte(to, 'c');
    pickling_put(to, module, strlen(module));
    pickling_byte(to, '\n');
    pickling_put(to, name, strlen(name));
    pickling_byte(to, '\n');
}

bool pickling_take(struct pickling *from, char wanted)
{
    from->at += strspn(from->at, " \n");
    if (*from->at != wanted) return false;
    from->at++;
    return true;
}

void pickling_expect(struct pickling *from, char wanted)
{
    if (!pickling_take(from, wanted)) pickling_fail(from);
}

void pickling_value(struct pickling *to)
{
    write_value(to);
}

double pickling_number(struct pickling *from)
{
    char *end;
    from->at += strspn(from->at, " \n");
    double number = strtod(from->at, &end);
    if (end == from->at) pickling_fail(from);
    from->at = end;
    return number;
}

static void write_float(struct pickling *to, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    pickling_byte(to, 'G');
    for (int i = 7; i >= 0; i--) pickling_byte(to, (int)(bits >> 8 * i & 0xff));
}

/* `2**N` or `-2**N`: two's complement, least significant byte first. */
static void write_power(struct pickling *to)
{
    bool negative = *to->at == '-';
    to->at += negative ? strlen("-2**") : strlen("2**");
    size_t exponent = strtoul(to->at, (char **)&to->at, 10), size = exponent / 8 + 2;
    if (size > 255) pickling_fail(to);
    pickling_byte(to, 0x8a); /* LONG1 */
    pickling_byte(to, (int)size);
    for (size_t i = 0; i < size; i++) {
        size_t first = 8 * i;
        int byte = 0;
        for (size_t bit = first; bit < first + 8; bit++)
            byte |= (bit == exponent || (negative && bit > exponent)) << (bit - first);
        pickling_byte(to, byte);
    }
}

static void write_number(struct pickling *to)
{
    if (strncmp(to->at, "2**", 3) == 0 || strncmp(to->at, "-2**", 4) == 0) {
        write_power(to);
        return;
    }
    size_t size = strspn(to->at, "+-0123456789");
    if (to->at[size] == '.' || to->at[size] == 'e' || isalpha((unsigned char)*to->at) ||
        isalpha((unsigned char)to->at[size])) {
        write_float(to, pickling_number(to));
        return;
    }
    pickling_int(to, strtoll(to->at, NULL, 10));
    to->at += size;
}

static void write_quoted(struct pickling *to)
{
    size_t size = strcspn(to->at, "'");
    if (to->at[size] == '\0') pickling_fail(to);
    pickling_text(to, to->at, size);
    to->at += size + 1;
}

static void write_bytes(struct pickling *to)
{
    unsigned char bytes[256];
    size_t size = 0;
    to->at += 2;
    for (; *to->at != '\''; to->at += 2) {
        char digits[3] = {to->at[0], to->at[0] ? to->at[1] : '\0', '\0'};
        if (!digits[1] || size == sizeof bytes) pickling_fail(to);
        bytes[size++] = (unsigned char)strtoul(digits, NULL, 16);
    }
    to->at++;
    pickling_bytes(to, bytes, size);
}

/* Values up to `end`, with what stands between a key and its value; after a MARK. */
static void write_items(struct pickling *to, char end, bool pairs)
{
    pickling_byte(to, '(');
    while (!pickling_take(to, end)) {
        write_value(to);
        if (pairs) {
            pickling_expect(to, ':');
            write_value(to);
        }
        if (!pickling_take(to, ',') && *to->at != end) pickling_fail(to);
    }
}

/* Stores the top of the stack under the number in front of the value, if there was one. */
static void remember(struct pickling *to)
{
    if (to->number == 0) return;
    put_sized(to, 'r', to->number);
    to->number = 0;
}

static bool is_name(const char *at)
{
    size_t size = strspn(at, "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ."
                             "0123456789");
    return size > 0 && at[size] == '=';
}

/* `name=value, …)` as the dict of a BUILD. */
static void write_attributes(struct pickling *to)
{
    pickling_put(to, "}(", 2);
    do {
        to->at += strspn(to->at, " \n");
        size_t size = strcspn(to->at, "=");
        if (!is_name(to->at)) pickling_fail(to);
        pickling_text(to, to->at, size);
        to->at += size + 1;
        write_value(to);
    } while (pickling_take(to, ','));
    pickling_expect(to, ')');
    pickling_put(to, "ub", 2);
}

static bool at_attribute(struct pickling *from)
{
    from->at += strspn(from->at, " \n");
    return is_name(from->at);
}

/* Behind the parenthesis: arguments make a call, attributes alone a new object. */
static void write_call(struct pickling *to)
{
    uint32_t number = to->number;
    to->number = 0;
    bool has_state = at_attribute(to), closed = false;
    if (has_state || *to->at == ')') {
        pickling_put(to, ")\x81", 2);
        closed = !has_state && pickling_take(to, ')');
    } else {
        pickling_byte(to, '(');
        while (!has_state && !closed) {
            write_value(to);
            closed = !pickling_take(to, ',');
            has_state = !closed && at_attribute(to);
        }
        if (closed) pickling_expect(to, ')');
        pickling_put(to, "tR", 2);
    }
    to->number = number;
    remember(to);
    if (!closed) write_attributes(to);
}

/* `module.Class`, and what is in parentheses behind it. */
static void write_global(struct pickling *to)
{
    char module[256];
    size_t size = strcspn(to->at, "(),[]{}: ");
    if (size == 0 || size >= sizeof module) pickling_fail(to);
    memcpy(module, to->at, size);
    module[size] = '\0';
    char *dot = strrchr(module, '.');
    if (!dot) pickling_fail(to);
    *dot = '\0';
    pickling_global(to, module, dot + 1);
    to->at += size;
    if (*to->at != '(') {
        remember(to);
        return;
    }
    to->at++;
    write_call(to);
}

static bool write_word(struct pickling *to)
{
    static const struct {
        const char *word, *opcodes;
    } words[] = {{"None", "N"}, {"True", "\x88"}, {"False", "\x89"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].word);
        if (strncmp(to->at, words[i].word, size) != 0) continue;
        to->at += size;
        pickling_put(to, words[i].opcodes, 1);
        return true;
    }
    return false;
}

static bool is_number(const char *at)
{
    return strchr("+-0123456789", *at) || strncmp(at, "nan", 3) == 0 ||
           (strncmp(at, "inf", 3) == 0 && !isalpha((unsigned char)at[3]));
}

static void write_container(struct pickling *to)
{
    if (pickling_take(to, '[')) {
        pickling_byte(to, ']');
        remember(to);
        write_items(to, ']', false);
        pickling_byte(to, 'e');
    } else if (pickling_take(to, '{')) {
        pickling_byte(to, '}');
        remember(to);
        write_items(to, '}', true);
        pickling_byte(to, 'u');
    } else {
        uint32_t number = to->number;
        to->number = 0;
        pickling_expect(to, '(');
        write_items(to, ')', false);
        pickling_byte(to, 't');
        to->number = number;
    }
}

static void write_value(struct pickling *to)
{
    to->at += strspn(to->at, " \n");
    if (pickling_take(to, '*')) {
        put_sized(to, 'j', (uint32_t)strtoul(to->at, (char **)&to->at, 10));
        return;
    }
    if (pickling_take(to, '&')) {
        to->number = (uint32_t)strtoul(to->at, (char **)&to->at, 10);
        to->at += strspn(to->at, " \n");
    }
    if (pickling_take(to, '\''))
        write_quoted(to);
    else if (strncmp(to->at, "x'", 2) == 0)
        write_bytes(to);
    else if (write_word(to))
        return;
    else if (strchr("[({", *to->at))
        write_container(to);
    else if (is_number(to->at))
        write_number(to);
    else if (!pickling_array(to))
        write_global(to);
    remember(to);
}

struct pickled pickled_from(const char *text)
{
    struct pickling to = {.at = text};
    pickling_put(&to, "\x80\x03", 2);
    write_value(&to);
    if (*to.at != '\0') pickling_fail(&to);
    pickling_byte(&to, '.');
    return (struct pickled){to.data, to.size};
}
