#include "value/name_table.h"

#include <string.h>

/* Compares bytes with a terminated text as strcmp would. */
static int compare_text(const char *bytes, size_t size, const char *text)
{
    size_t length = strlen(text);
    int order = memcmp(bytes, text, size < length ? size : length);
    return order ? order : (size > length) - (size < length);
}

static int compare_name(const struct joblib_value__global *name,
                        const struct joblib_value__name *row)
{
    int order = compare_text(name->module, name->module_size, row->module);
    return order ? order : compare_text(name->name, name->name_size, row->name);
}

size_t joblib_value__find_name(const void *rows, size_t row_size, size_t count,
                               const struct joblib_value__global *name)
{
    size_t first = 0, last = count;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        const void *row = (const char *)rows + middle * row_size;
        int order = compare_name(name, row);
        if (order == 0) return middle;
        if (order < 0)
            last = middle;
        else
            first = middle + 1;
    }
    return count;
}
