/* Documents as JSON and back: every vector gives the same bytes again; what JSON cannot be, is told
   with its place; no damage of a text does harm. */
#include "command/temporary.h"

#include "command/json/json.h"
#include "command/run.h"
#include "support/encoded.h"
#include "support/names.h"

#ifdef JOBLIB_HAVE_JANSSON

/* Vectors */

static struct named allowed;
static size_t compared;

static joblib_dump_options plain_options(const joblib_document *document,
                                         const char *name)
{
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    options.codec = JOBLIB_CODEC_RAW + 1;
    options.python_version = strstr(name, "py2.7") ? 207 : 313;
    options.protocol = (uint32_t)joblib_document_protocol(document) + 1;
    options.allow = (const char *const *)allowed.names;
    options.allow_count = allowed.count;
    return options;
}

/* Writes the document to a file of JSON. False for what stood in no pickle. */
static bool write_json(const joblib_document *document, const char *path,
                       const joblib_dump_options *options, const char *name)
{
    static joblib_command__output out;
    joblib_command__new_file file = {.path = path};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_command__output_init(&out, joblib_command__write_new_file, &file);
    joblib_status status = joblib_command__write_json(&out, document, options, &error);
    CHECK(joblib_command__flush(&out) && joblib_command__close_new_file(&file, true));
    if (status != JOBLIB_OK && status != JOBLIB_ERROR_UNSUPPORTED)
        test_fail(__FILE__, __LINE__, "%s: %s", name, error.message);
    return status == JOBLIB_OK;
}

/* JSON tells a frozenset once more where it is met again. So one that holds itself, which pickles
   before protocol 4 take back from the stack, is two. */
static bool is_met_again(const char *name)
{
    return strstr(name, "cycle-frozenset") != NULL;
}

static void compare_dumps(const joblib_document *document, const joblib_document *again,
                          const joblib_dump_options *options, const char *name)
{
    void *wanted = NULL, *found = NULL;
    size_t size = 0, found_size = 0;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_dump_memory(document, options, &wanted, &size, &error), &error);
    CHECK_OK(joblib_dump_memory(again, options, &found, &found_size, &error), &error);
    bool same = size == found_size && memcmp(wanted, found, size) == 0;
    if (!same && !is_met_again(name))
        test_fail(__FILE__, __LINE__, "%s: other bytes after JSON", name);
    joblib_dump_free(wanted, size, NULL);
    joblib_dump_free(found, found_size, NULL);
    compared++;
}

static void go_through_json(const joblib_document *document, const char *name)
{
    joblib_document *again = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = plain_options(document, name), read = options;
    const char *path = WRITE("all.json", "");
    if (!write_json(document, path, &options, name)) return;
    joblib_status status = joblib_command__read_json(path, &again, &read, &error);
    if (status != JOBLIB_OK) test_fail(__FILE__, __LINE__, "%s: %s", name, error.message);
    CHECK_EQ_INT(read.codec, options.codec);
    CHECK_EQ_INT(read.protocol, options.protocol);
    CHECK_EQ_INT(read.python_version, options.python_version);
    if (again) compare_dumps(document, again, &read, name);
    joblib_document_release(again);
    unlink(path);
}

static void convert_file(const char *name)
{
    struct vector_bytes file = vector_read(name, ".joblib");
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.companions = vector_folder(name);
    if (!file.data) return;
    allowed = names_in(&file);
    CHECK_OK(joblib_load_memory(file.data, file.size, &options, &document, &error),
             &error);
    free(file.data);
    if (document) go_through_json(document, name);
    joblib_document_release(document);
    names_free(&allowed);
}

static void convert_model(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/model", name);
    convert_file(path);
}

static void keeps_all_of_every_vector(void)
{
    compared = 0;
    CHECK(vector_each("valid/", convert_file) > 1400);
    CHECK(vector_each("inference/", convert_model) > 1000);
    CHECK(compared > 2400);
}

/* The key of the entry is the text that the state, which stands behind it, refers to. */
static void keeps_the_order_of_the_pickle(void)
{
    static const char pickle[] = "\x80\x02"
                                 "cm\nC\n)\x81X\1\0\0\0aq\0K\1s}h\0K\2sb.";
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_memory(pickle, sizeof pickle - 1, NULL, &document, &error),
             &error);
    compared = 0;
    if (document) go_through_json(document, "entries and state");
    CHECK_EQ_SIZE(compared, 1);
    joblib_document_release(document);
}

/* The verb */

static void check_verb(const char *name)
{
    char *json = strdup(WRITE("verb.json", "")), *back = strdup(WRITE("back", "old"));
    struct vector_bytes wanted = vector_read(name, ".joblib");
    CHECK_RUN(RUN_COMMAND("convert", vector_path(name, ".joblib"), json),
              JOBLIB_COMMAND_DONE, "", "");
    CHECK_RUN(RUN_COMMAND("convert", json, back), JOBLIB_COMMAND_DONE, "", "");
    struct vector_bytes found = read_whole(back);
    CHECK_EQ_SIZE(found.size, wanted.size);
    if (found.size == wanted.size) CHECK_EQ_BYTES(found.data, wanted.data, wanted.size);
    free(found.data);
    free(wanted.data);
    unlink(json);
    unlink(back);
    free(json);
    free(back);
}

/* Level, checksum and pickler are in the JSON. */
static void gives_the_bytes_of_the_file_again(void)
{
    static const char *const names[] = {
        "valid/releases/raw-joblib1.5.0",  "valid/releases/zlib-joblib1.5.0",
        "valid/releases/gzip-joblib1.5.0", "valid/releases/protocol0-joblib1.5.0",
        "valid/releases/raw-joblib0.10.0", "valid/zlib/level-1",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (access(vector_path(names[i], ".joblib"), R_OK) != 0)
            test_fail(__FILE__, __LINE__, "no vector %s", names[i]);
        else
            check_verb(names[i]);
    }
}

/* JSON of what no settings give: of what joblib would make of it. */
static void tells_files_of_other_forms(void)
{
    char *json = strdup(WRITE("other.json", "")), *back = strdup(WRITE("other", ""));
    const char *name = vector_path("valid/legacy/array-joblib0.9", ".joblib");
    CHECK_RUN(RUN_COMMAND("convert", name, json), JOBLIB_COMMAND_DONE, "", "joblib: ");
    CHECK_RUN(RUN_COMMAND("convert", json, back), JOBLIB_COMMAND_DONE, "", "");
    struct run again = RUN_COMMAND("show", "--json", back);
    CHECK_RUN(RUN_COMMAND("show", "--json", name), JOBLIB_COMMAND_DONE, again.out.data,
              "");
    run_free(&again);
    unlink(json);
    unlink(back);
    free(json);
    free(back);
}

static void writes_no_dangerous_names_from_json(void)
{
    char *json = strdup(WRITE("evil.json", "")), *back = strdup(WRITE("evil", "old"));
    const char *list = WRITE("allow", "os.system\n");
    CHECK_RUN(RUN_COMMAND("convert", vector_path("valid/hostile/os-system", ".joblib"),
                          json),
              JOBLIB_COMMAND_DONE, "", "joblib: ");
    CHECK_RUN(RUN_COMMAND("convert", json, back), JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    struct vector_bytes old = read_whole(back);
    CHECK_EQ_SIZE(old.size, 3);
    free(old.data);
    CHECK_RUN(RUN_COMMAND("convert", "--allow", list, json, back), JOBLIB_COMMAND_DONE,
              "", "");
    unlink(json);
    unlink(back);
    unlink(list);
    free(json);
    free(back);
}

static void takes_no_settings_that_json_has(void)
{
    CHECK_RUN(RUN_COMMAND("convert", "a.joblib", "b.json", "--compress", "3"),
              JOBLIB_COMMAND_USAGE, "", "joblib: ");
    CHECK_RUN(RUN_COMMAND("convert", "a.json", "b.joblib", "--same"),
              JOBLIB_COMMAND_USAGE, "", "joblib: ");
}

/* Texts that are refused */

#define HEAD "{\"joblib\":\"1\",\"value\":"
#define NESTED_HEAD \
    HEAD "{\"wrapper\":{\"class\":{\"global\":[\"joblib.numpy_pickle\"," \
         "\"NumpyArrayWrapper\"]},\"form\":\"newobj\",\"args\":{\"tuple\":[]},"

static void check_refused(const char *text, const char *says)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    const char *path = write_file("bad.json", text, strlen(text));
    joblib_status status = joblib_command__read_json(path, &document, &options, &error);
    CHECK(document == NULL);
    if (status == JOBLIB_OK || strstr(error.message, says) == NULL)
        test_fail(__FILE__, __LINE__, "%s: \"%s\", expected \"%s\"", text, error.message,
                  says);
    joblib_document_release(document);
    unlink(path);
}

static void tells_what_is_wrong(void)
{
    static const char *const rows[][2] = {
        {"", "no JSON: line 1, column 0"},
        {"{", "no JSON: line 1"},
        {"[]", "no \"joblib\": \"1\""},
        {"{\"joblib\":\"2\"}", "no \"joblib\": \"1\""},
        {"{\"joblib\":\"1\",\"joblib\":\"1\"}", "duplicate"},
        {"{\"joblib\":\"1\"}", "$: no \"value\" in it"},
        {"{\"joblib\":\"1\",\"compress\":\"zip\",\"value\":{\"none\":true}}",
         "$.compress is not known"},
        {"{\"joblib\":\"1\",\"compress\":3,\"value\":{\"none\":true}}",
         "$.compress is not known"},
        {"{\"joblib\":\"1\",\"protocol\":\"6\",\"value\":{\"none\":true}}",
         "$.protocol is not known"},
        {"{\"joblib\":\"1\",\"python\":\"1.5\",\"value\":{\"none\":true}}",
         "$.python is not known"},
        {"{\"joblib\":\"1\",\"python\":\"123456789\",\"value\":{\"none\":true}}",
         "$.python is not known"},
        {"{\"joblib\":\"1\",\"pickler\":\"D\",\"value\":{\"none\":true}}",
         "$.pickler is not known"},
        {HEAD "5}", "$.value: no value with one tag"},
        {HEAD "{}}", "$.value: no value with one tag"},
        {HEAD "{\"int\":\"1\",\"str\":\"1\"}}", "$.value: no value with one tag"},
        {HEAD "{\"none\":false}}", "$.value.none: not true"},
        {HEAD "{\"bool\":1}}", "$.value.bool: neither true nor false"},
        {HEAD "{\"int\":5}}", "$.value.int: no integer as text"},
        {HEAD "{\"int\":\"01\"}}", "$.value.int: no integer as text"},
        {HEAD "{\"int\":\"-\"}}", "$.value.int: no integer as text"},
        {HEAD "{\"int\":\"1x\"}}", "$.value.int: no integer as text"},
        {HEAD "{\"float\":\"1.5\"}}", "$.value.float: no 16 hexadecimal digits"},
        {HEAD "{\"float\":\"ABCDEFABCDEFABCD\"}}", "no 16 hexadecimal digits"},
        {HEAD "{\"complex\":[\"0000000000000000\"]}}", "$.value.complex: no real"},
        {HEAD "{\"complex\":[\"0000000000000000\",\"0\"]}}", "$.value.complex[1]: no 16"},
        {HEAD "{\"str\":5}}", "$.value.str: no text"},
        {HEAD "{\"bytes\":\"AB=\"}}", "$.value.bytes: no base64"},
        {HEAD "{\"bytes\":\"AB==\"}}", "$.value.bytes: no base64"},
        {HEAD "{\"bytes\":\"A===\"}}", "$.value.bytes: no base64"},
        {HEAD "{\"bytes\":\"AA=A\"}}", "$.value.bytes: no base64"},
        {HEAD "{\"bytes\":\"AA==AAAA\"}}", "$.value.bytes: no base64"},
        {HEAD "{\"bytes\":\"A A=\"}}", "$.value.bytes: no base64"},
        {HEAD "{\"bytearray\":{}}}", "$.value.bytearray: no base64"},
        {HEAD "{\"list\":5}}", "$.value.list: no array"},
        {HEAD "{\"list\":[{\"none\":true},{}]}}", "$.value.list[1]: no value with"},
        {HEAD "{\"dict\":5}}", "$.value.dict: no array"},
        {HEAD "{\"dict\":[[{\"none\":true}]]}}", "$.value.dict[0]: no key and value"},
        {HEAD "{\"dict\":[[{\"none\":true},5]]}}", "$.value.dict[0][1]: no value with"},
        {HEAD "{\"dict\":[[{\"list\":[]},{\"none\":true}]]}}", "list"},
        {HEAD "{\"ref\":\"1\"}}", "$.value: no value of this pickle has that id"},
        {HEAD "{\"id\":5,\"list\":[]}}", "$.value: an id that is no text"},
        {HEAD "{\"list\":[{\"id\":\"1\",\"list\":[]},{\"id\":\"1\",\"list\":[]}]}}",
         "$.value.list[1]: the id of another value"},
        {HEAD "{\"id\":\"1\",\"tuple\":[{\"ref\":\"1\"}]}}",
         "a value that is a part of itself"},
        {HEAD "{\"global\":[\"numpy\"]}}", "$.value.global: no module and name"},
        {HEAD "{\"global\":[\"a\\nb\",\"c\"]}}",
         "$.value.global[0]: no name on one line"},
        {HEAD "{\"global\":[\"a\",\"b\\u0000c\"]}}",
         "$.value.global[1]: no name on one line"},
        {HEAD "{\"object\":{\"form\":\"call\"}}}", "$.value.object: no known form"},
        {HEAD "{\"object\":{\"form\":\"reduce\"}}}",
         "$.value.object: no \"class\" in it"},
        {HEAD "{\"object\":{\"form\":\"reduce\",\"class\":{\"global\":[\"a\",\"b\"]}}}}",
         "$.value.object: no \"args\" in it"},
        {HEAD "{\"object\":{\"form\":\"newobj_ex\",\"class\":{\"global\":[\"a\",\"b\"]},"
              "\"args\":{\"tuple\":[]}}}}",
         "$.value.object: no \"kwargs\" in it"},
        {HEAD "{\"object\":{\"form\":\"reduce\",\"class\":{\"global\":[\"a\",\"b\"]},"
              "\"args\":{\"list\":[]}}}}",
         "arguments are a list"},
        {HEAD "{\"object\":{\"form\":\"reduce\",\"class\":{\"int\":\"1\"},"
              "\"args\":{\"tuple\":[]}}}}",
         "a int is called"},
        {NESTED_HEAD "\"alignment\":\"0\"}}}",
         "$.value.wrapper: an alignment that is none"},
        {NESTED_HEAD "\"alignment\":\"129\"}}}", "an alignment that is none"},
        {NESTED_HEAD "\"data\":5}}}", "$.value.wrapper.data: no base64"},
        {NESTED_HEAD "\"pickle\":{\"protocol\":\"7\"}}}}",
         "$.value.wrapper.pickle: no protocol"},
        {NESTED_HEAD "\"pickle\":{\"protocol\":\"2\"}}}}",
         "$.value.wrapper.pickle: no \"value\" in it"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_refused(rows[i][0], rows[i][1]);
    CHECK_RUN(RUN_COMMAND("convert", "no.json", "out"), JOBLIB_COMMAND_REFUSED, "",
              "joblib: no.json: JOBLIB_ERROR_NOT_FOUND: ");
}

/* Deep and cyclic values */

static void reads_only_what_the_stack_holds(void)
{
    enum { LEVELS = 3000 };
    static const char level[] = "{\"list\":[";
    static char text[sizeof HEAD + LEVELS * sizeof level] = HEAD;
    char *end = text + strlen(text);
    for (int i = 0; i < LEVELS; i++, end += sizeof level - 1)
        memcpy(end, level, sizeof level);
    check_refused(text, "maximum parsing depth");
}

static void reads_what_holds_itself(void)
{
    static const char text[] = HEAD "{\"id\":\"1\",\"tuple\":[{\"id\":\"2\",\"list\":"
                                    "[{\"ref\":\"1\"},{\"ref\":\"2\"}]}]}}";
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    const char *path = WRITE("ring.json", text);
    CHECK_OK(joblib_command__read_json(path, &document, &options, &error), &error);
    const joblib_value *tuple = joblib_document_root(document);
    const joblib_value *list = joblib_value_at(tuple, 0);
    CHECK(joblib_value_kind(tuple) == JOBLIB_KIND_TUPLE);
    CHECK(joblib_value_at(list, 0) == tuple && joblib_value_at(list, 1) == list);
    joblib_document_release(document);
    unlink(path);
}

/* Damage */

static char *read_text(const char *path, size_t *size)
{
    struct vector_bytes bytes = read_whole(path);
    *size = bytes.size;
    return (char *)bytes.data;
}

/* Whatever it reads, or refuses with a message, it does no harm. */
static void read_damaged(const char *text, size_t size)
{
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    const char *path = write_file("damaged.json", text, size);
    joblib_status status = joblib_command__read_json(path, &document, &options, &error);
    CHECK((status == JOBLIB_OK) == (document != NULL));
    CHECK(status == JOBLIB_OK || error.message[0] != '\0');
    joblib_document_release(document);
}

static void survives_damage(void)
{
    static const char *const names[] = {"valid/releases/raw-joblib1.5.0",
                                        "valid/pickle2/cycle-tuple"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size;
        char *json = strdup(WRITE("whole.json", ""));
        CHECK_RUN(RUN_COMMAND("convert", vector_path(names[i], ".joblib"), json),
                  JOBLIB_COMMAND_DONE, "", "");
        char *text = read_text(json, &size);
        for (size_t end = 0; end < size; end++) read_damaged(text, end);
        for (size_t at = 0; at < size; at++) {
            char kept = text[at];
            text[at] = (char)(kept ^ 1);
            read_damaged(text, size);
            text[at] = kept == '"' ? ' ' : '"';
            read_damaged(text, size);
            text[at] = kept;
        }
        free(text);
        unlink(json);
        free(json);
    }
    unlink(WRITE("damaged.json", ""));
}

int main(void)
{
    RUN(keeps_all_of_every_vector);
    RUN(keeps_the_order_of_the_pickle);
    RUN(gives_the_bytes_of_the_file_again);
    RUN(tells_files_of_other_forms);
    RUN(writes_no_dangerous_names_from_json);
    RUN(takes_no_settings_that_json_has);
    RUN(tells_what_is_wrong);
    RUN(reads_only_what_the_stack_holds);
    RUN(reads_what_holds_itself);
    RUN(survives_damage);
    return test_finish();
}

#else

static void tells_that_this_build_reads_no_json(void)
{
    const char *path = WRITE("no.json", "{}");
    CHECK_RUN(RUN_COMMAND("convert", path, "out"), JOBLIB_COMMAND_REFUSED, "",
              "joblib: ");
    struct run run = RUN_COMMAND("convert", path, "out");
    CHECK(strstr(run.err.data, "JOBLIB_ERROR_UNSUPPORTED_BUILD") != NULL);
    run_free(&run);
    unlink(path);
}

int main(void)
{
    RUN(tells_that_this_build_reads_no_json);
    return test_finish();
}

#endif
