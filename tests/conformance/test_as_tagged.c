/* Vectors written as tags say: with the options that joblib, Python, protocol and codec of the
   case name, and with those of the vectors that have the same value by another protocol. Most
   give the bytes that joblib wrote; all give the value that the other case tells. Arrays get new
   forms, which do not know where a release of numpy shared a text. */
#include <stdio.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/collected.h"
#include "support/decoded.h"
#include "support/folder.h"
#include "support/json.h"
#include "support/names.h"
#include "support/test.h"
#include "support/vectors.h"

/* A vector with what its case says. */
struct tagged_vector {
    const char *name;
    struct vector_bytes file, text;
    const char *expect; /* in the text */
    struct json *json;
    const struct json *tags;
};

static struct tagged_vector open_tagged(const char *name)
{
    static const char key[] = "\"expect\": {\"value\": ";
    struct tagged_vector vector = {.name = name};
    vector.file = vector_read(name, ".joblib");
    vector.text = vector_read(name, ".json");
    if (vector.text.data) {
        const char *expect = strstr(vector.text.data, key);
        vector.expect = expect ? expect + strlen(key) : NULL;
        vector.json = json_parse(vector.text.data);
    }
    vector.tags = json_find(vector.json, "tags");
    return vector;
}

static void close_tagged(struct tagged_vector *vector)
{
    free(vector->file.data);
    free(vector->text.data);
    json_free(vector->json);
}

/* By joblib itself, of 0.10 or newer. */
static bool is_by_joblib(const struct tagged_vector *vector)
{
    unsigned major = 0, minor = 0;
    (void)sscanf(json_text(vector->tags, "joblib"), "%u.%u", &major, &minor);
    return vector->file.data && (major > 0 || minor >= 10) &&
           !json_find(vector->tags, "companions") &&
           strcmp(json_text(vector->tags, "codec"), "ZF") != 0;
}

/* By pickle alone: arrays stand inside the pickle. */
static bool is_by_pickle(const struct tagged_vector *vector)
{
    return vector->file.data && json_text(vector->tags, "joblib")[0] == '\0' &&
           json_text(vector->tags, "numpy")[0] != '\0' &&
           strstr(vector->name, "/npy/") == NULL;
}

/* How the codec of a case is named, as joblib.dump() lets it be named. */
struct way {
    bool named;        /* otherwise the end of the path names the codec */
    const char *level; /* behind the name */
    bool fast;
    bool inside; /* arrays in new forms inside the pickle, as pickle.dump() has them */
    uint32_t protocol; /* 0: that of the case */
};

static const struct way ways[] = {{true, "", false, false, 0},
                                  {false, "3", false, false, 0},
                                  {true, ":3", true, false, 0},
                                  {true, "", false, true, 0},
                                  {true, "", false, true, 5}};

/* The end of a file's name that stands for a codec; "" where there is none. */
static const char *extension_of(const char *codec)
{
    static const char *const extensions[] = {".z", ".gz", ".bz2", ".xz", ".lzma", ".lz4"};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        int named = joblib_codec_from_extension(extensions[i]);
        if (strcmp(joblib_codec_name(named), codec) == 0) return extensions[i];
    }
    return "";
}

static const char *path_of(const struct tagged_vector *vector)
{
    char name[64];
    snprintf(name, sizeof name, "written%s",
             extension_of(json_text(vector->tags, "codec")));
    return folder_path(name);
}

/* The options that tags name. */
static joblib_dump_options options_of(const struct tagged_vector *vector,
                                      const struct way *way)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options;
    const char *name = json_text(vector->tags, "codec");
    char text[64];
    int codec = 0, level = 0;
    joblib_dump_options_init(&options);
    snprintf(text, sizeof text, "%s/py%s",
             is_by_pickle(vector) ? "1.6.0" : json_text(vector->tags, "joblib"),
             json_text(vector->tags, "python"));
    CHECK_OK(joblib_dump_options_like(&options, text, &error), &error);
    snprintf(text, sizeof text, "%s%s", way->named ? name : "", way->level);
    CHECK_OK(joblib_codec_choose(text, path_of(vector), &codec, &level, &error), &error);
    CHECK_EQ_INT(codec, joblib_codec_from_name(name));
    options.codec = (uint32_t)codec + 1;
    if (level != JOBLIB_LEVEL_DEFAULT) options.level = (uint32_t)level;
    options.fast = way->fast;
    if (way->inside || strstr(vector->name, "cpickle"))
        options.pickler = JOBLIB_PICKLER_C;
    options.numpy_version = json_text(vector->tags, "numpy")[0] >= '2' ? 2 : 1;
    uint32_t protocol = (uint32_t)strtoul(json_text(vector->tags, "protocol"), NULL, 10);
    options.protocol = (way->protocol ? way->protocol : protocol) + 1;
    return options;
}

static struct vector_bytes read_written(const char *path)
{
    struct vector_bytes bytes = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (!file) return bytes;
    fseek(file, 0, SEEK_END);
    bytes.size = (size_t)ftell(file);
    rewind(file);
    bytes.data = malloc(bytes.size + 1);
    if (bytes.data && fread(bytes.data, 1, bytes.size, file) != bytes.size)
        bytes.size = 0;
    fclose(file);
    return bytes;
}

static size_t same_count, all_count;

/* A line of text, as protocol 0 writes floats, has no NaN with a sign. */
static bool is_changed(const char *name)
{
    return strcmp(name, "valid/protocol0/value-float-special-joblib1.6") == 0 ||
           strcmp(name, "valid/protocol0/value-dict-nan-keys-joblib1.6") == 0;
}

/* The value on the line of the case, whose last brace closes "expect". */
static bool is_expected(const struct tagged_vector *to, const struct collected *printed)
{
    const char *wanted = to->expect ? to->expect : "";
    size_t size = strcspn(wanted, "\n");
    return size > 0 && printed->size == size - 1 &&
           memcmp(printed->text, wanted, size - 1) == 0;
}

static bool holds_the_value(const char *path, const struct tagged_vector *to)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    struct collected printed = {0};
    joblib_sink sink = collect_into(&printed);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = JOBLIB_PRINT_JSON;
    CHECK_OK(joblib_load_file(path, NULL, &document, &error), &error);
    CHECK_OK(joblib_value_print(joblib_document_root(document), &options, &sink, &error),
             &error);
    bool same = is_expected(to, &printed);
    free(printed.text);
    joblib_document_release(document);
    return same;
}

static bool holds_the_bytes(const char *path, const struct tagged_vector *to)
{
    struct vector_bytes written = read_written(path);
    struct vector_bytes found = decoded_from(&written);
    struct vector_bytes wanted = decoded_from(&to->file);
    bool same = found.data && wanted.data && found.size == wanted.size &&
                memcmp(found.data, wanted.data, found.size) == 0;
    free(written.data);
    free(found.data);
    free(wanted.data);
    return same;
}

static void compare_written(const char *name, const struct tagged_vector *to,
                            const char *path)
{
    bool same = holds_the_bytes(path, to);
    same_count += same;
    all_count++;
    if (!same && !is_changed(name) && !holds_the_value(path, to))
        test_fail(__FILE__, __LINE__, "%s written as %s: another value", name, to->name);
}

static void write_as(const struct tagged_vector *from, const struct tagged_vector *to,
                     const struct way *way)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = NULL;
    struct named allowed = names_in(&from->file);
    joblib_dump_options options = options_of(to, way);
    const char *path = path_of(to);
    options.allow = (const char *const *)allowed.names;
    options.allow_count = allowed.count;
    options.unsynced = 1;
    CHECK_OK(joblib_load_memory(from->file.data, from->file.size, NULL, &document,
                                &error),
             &error);
    joblib_status status = joblib_dump_file(document, path, &options, &error);
    if (status == JOBLIB_OK)
        compare_written(from->name, to, path);
    else
        test_fail(__FILE__, __LINE__, "%s written as %s: %s", from->name, to->name,
                  error.message);
    joblib_document_release(document);
    names_free(&allowed);
}

/* The folders that hold the same names, by protocol. */
static const char *const folders[][4] = {
    {"pickle2", "pickle3", "pickle4", "pickle5"},
    {"protocol0", "protocol1"},
};

static void write_as_sibling(const struct tagged_vector *from, const char *folder)
{
    char name[256];
    snprintf(name, sizeof name, "valid/%s/%s", folder, strrchr(from->name, '/') + 1);
    if (strcmp(name, from->name) == 0) return;
    struct tagged_vector to = open_tagged(name);
    if (is_by_joblib(&to)) write_as(from, &to, &ways[0]);
    close_tagged(&to);
}

static void write_as_siblings(const struct tagged_vector *from)
{
    for (size_t i = 0; i < 2; i++) {
        bool is_in = false;
        for (size_t k = 0; k < 4 && folders[i][k]; k++) {
            size_t size = strlen(folders[i][k]);
            is_in =
                is_in || strncmp(from->name + strlen("valid/"), folders[i][k], size) == 0;
        }
        for (size_t k = 0; is_in && k < 4 && folders[i][k]; k++)
            write_as_sibling(from, folders[i][k]);
    }
}

/* As pickle would write it, and as joblib would, which writes a shared array twice. */
static void write_plain(const struct tagged_vector *vector)
{
    write_as(vector, vector, &ways[3]);
    if (!strstr(vector->name, "/shared-")) write_as(vector, vector, &ways[0]);
}

/* Arrays of joblib as pickle.dump() of the newest Python would write them, in protocol 5. */
static void write_inside(const struct tagged_vector *vector)
{
    bool is_newest = strcmp(json_text(vector->tags, "python"), "3.13") == 0;
    if (is_newest && strncmp(vector->name, "valid/ndarray/", 14) == 0)
        write_as(vector, vector, &ways[4]);
}

static void write_compressed(const struct tagged_vector *vector)
{
    const char *codec = json_text(vector->tags, "codec");
    if (extension_of(codec)[0] != '\0') write_as(vector, vector, &ways[1]);
    write_as(vector, vector, &ways[2]);
}

static void write_vector(const char *name)
{
    struct tagged_vector vector = open_tagged(name);
    if (is_by_joblib(&vector)) {
        write_as(&vector, &vector, &ways[0]);
        if (strcmp(json_text(vector.tags, "codec"), "raw") != 0)
            write_compressed(&vector);
        write_as_siblings(&vector);
        write_inside(&vector);
    }
    if (is_by_pickle(&vector)) write_plain(&vector);
    close_tagged(&vector);
}

static void writes_vectors_as_they_are_tagged(void)
{
    CHECK(vector_each("valid/", write_vector) > 1400);
    printf("    %zu of %zu have the same bytes\n", same_count, all_count);
    CHECK(same_count > 1700);
}

int main(void)
{
    if (!folder_make()) return 1;
    RUN(writes_vectors_as_they_are_tagged);
    return test_finish();
}
