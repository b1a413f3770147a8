#include "support/vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "joblib/codec.h"

const char *vector_path(const char *name, const char *extension)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s%s", TEST_VECTORS, name, extension);
    return path;
}

const char *vector_folder(const char *name)
{
    static char folder[1024];
    const char *slash = strrchr(name, '/');
    int size = slash ? (int)(slash - name) : 0;
    snprintf(folder, sizeof folder, "%s/%.*s", TEST_VECTORS, size, name);
    return folder;
}

struct vector_bytes vector_read(const char *name, const char *extension)
{
    struct vector_bytes bytes = {NULL, 0};
    FILE *file = fopen(vector_path(name, extension), "rb");
    if (!file) return bytes;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    bytes.data = size >= 0 ? malloc((size_t)size + 1) : NULL;
    if (bytes.data) {
        bytes.size = fread(bytes.data, 1, (size_t)size, file);
        bytes.data[bytes.size] = '\0';
    }
    fclose(file);
    return bytes;
}

/* The codec in the tags of a line of INDEX; false if this build lacks it. */
static bool is_read(const char *tags)
{
    char codec[16] = "raw";
    const char *found = strstr(tags, "codec=");
    if (found)
        snprintf(codec, sizeof codec, "%.*s", (int)strcspn(found + 6, ",\t"), found + 6);
    for (int i = 0; i <= JOBLIB_CODEC_ZF; i++) {
        if (strcmp(joblib_codec_name(i), codec) == 0) return joblib_codec_available(i);
    }
    return true;
}

size_t vector_each(const char *prefix, void (*visit)(const char *name))
{
    char line[1024];
    size_t count = 0;
    FILE *file = fopen(vector_path("INDEX", ""), "r");
    if (!file) return 0;
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, prefix, strlen(prefix)) != 0 || !is_read(line)) continue;
        line[strcspn(line, "\t\n")] = '\0';
        visit(line);
        count++;
    }
    fclose(file);
    return count;
}
