#ifndef JSON_H
#define JSON_H

/**
 * Reading the JSON of the vectors. Not a general reader: a text that is no JSON gives NULL.
 */

#include <stddef.h>

/** One value. Members of objects have keys; strings and numbers have text. */
struct json {
    char kind; /* '{' '[' '"', '0' for numbers, 't' 'f' 'n' */
    char *key;
    char *text; /* UTF-8, terminated */
    struct json *first;
    struct json *next;
};

/** Reads a whole text. json_free() the result. */
struct json *json_parse(const char *text);

void json_free(struct json *json);

/** The member `key` of an object; NULL if there is none, and for NULL. */
const struct json *json_find(const struct json *object, const char *key);

/** Number of members or items; 0 for NULL. */
size_t json_count(const struct json *json);

/** The text of a member that is a string; "" if there is none. */
const char *json_text(const struct json *object, const char *key);

/** Decodes base64; free() the result. */
unsigned char *json_base64(const char *text, size_t *size_out);

#endif
