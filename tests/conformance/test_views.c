/* Every case with views: each item of its list is what real Python said of the object. */
#include <stdlib.h>

#include "joblib/load.h"
#include "joblib/sparse.h"
#include "joblib/view.h"
#include "support/json.h"
#include "support/test.h"
#include "support/vectors.h"

/* The case and item that a failure is about. */
static const char *where;
static size_t item;

#define CHECK_SAYS(condition, ...) \
    ((condition) ? (void)0 \
                 : (test_fail(__FILE__, __LINE__, "%s, item %zu", where, item), \
                    (void)printf("    " __VA_ARGS__), (void)puts("")))

/* A flag is expected where the view has `true`; not where it has `false` or nothing. */
static void check_flag(uint32_t flags, int flag, const struct json *expected)
{
    bool is_set = (flags & (uint32_t)flag) != 0,
         is_true = expected && expected->kind == 't';
    CHECK_SAYS(is_set == is_true, "flag %d", flag);
}

static void check_text(const char *found, const struct json *expected)
{
    const char *text = expected ? expected->text : "";
    CHECK_SAYS(found && strcmp(found, text) == 0, "found %s, expected %s",
               found ? found : "nothing", text);
}

static void check_int(int64_t found, const struct json *expected)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, found);
    check_text(text, expected);
}

static void check_ints(const int64_t *found, size_t count, const struct json *expected)
{
    CHECK_SAYS(json_count(expected) == count, "%zu numbers", json_count(expected));
    const struct json *number = expected ? expected->first : NULL;
    for (size_t i = 0; i < count && number; i++, number = number->next)
        check_int(found[i], number);
}

/* A tagged value of the kinds that the views have: none, int, str, global. */
static void check_value(const joblib_value *value, const struct json *tagged)
{
    const struct json *expected = tagged ? tagged->first : NULL;
    if (!expected) {
        CHECK_SAYS(value == NULL, "a value that is not expected");
    } else if (strcmp(expected->key, "none") == 0) {
        CHECK_SAYS(value && joblib_value_kind(value) == JOBLIB_KIND_NONE, "no None");
    } else if (strcmp(expected->key, "int") == 0) {
        char text[64] = "";
        CHECK_EQ_INT(joblib_value_int_text(value, text, sizeof text, NULL, NULL),
                     JOBLIB_OK);
        check_text(text, expected);
    } else if (strcmp(expected->key, "str") == 0) {
        check_text(joblib_value_text(value, NULL), expected);
    } else {
        check_text(joblib_value_module(value), expected->first);
        check_text(joblib_value_name(value), expected->first->next);
    }
}

static void check_mapping(const joblib_value *value, const struct json *view)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_entries entries = JOBLIB_ENTRIES_INIT;
    CHECK_OK(joblib_view_mapping(value, &entries, &error), &error);
    const struct json *expected = json_find(view, "entries");
    CHECK_SAYS(entries.count == json_count(expected), "%zu entries", entries.count);
    const struct json *pair = expected->first;
    for (size_t i = 0; i < entries.count && pair; i++, pair = pair->next) {
        check_value(joblib_entries_key(&entries, i), pair->first);
        check_value(joblib_entries_at(&entries, i), pair->first->next);
    }
    check_value(entries.factory, json_find(view, "factory"));
}

static void check_items(const joblib_value *items, size_t count,
                        const struct json *expected)
{
    CHECK_SAYS(count == json_count(expected), "%zu items", count);
    const struct json *wanted = expected->first;
    for (size_t i = 0; i < count && wanted; i++, wanted = wanted->next)
        check_value(joblib_value_at(items, i), wanted);
}

static void check_sequence(const joblib_value *value, const struct json *view)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_sequence sequence = JOBLIB_SEQUENCE_INIT;
    CHECK_OK(joblib_view_sequence(value, &sequence, &error), &error);
    check_items(sequence.items, sequence.count, json_find(view, "items"));
    const struct json *maximum = json_find(view, "maximum");
    int64_t number = 0;
    CHECK((sequence.maximum == NULL) == (maximum == NULL));
    if (!maximum || !sequence.maximum) return;
    CHECK_OK(joblib_value_as_int64(sequence.maximum, &number, &error), &error);
    check_int(number, maximum);
}

static void check_fraction(const joblib_value *value, const struct json *view)
{
    const struct json *expected = json_find(view, "numbers");
    int64_t numbers[2] = {0, 0};
    joblib_status status = joblib_view_fraction(value, &numbers[0], &numbers[1], NULL);
    CHECK_EQ_INT(status, expected ? JOBLIB_OK : JOBLIB_ERROR_RANGE);
    if (expected) check_ints(numbers, 2, expected);
}

static void check_timezone(const joblib_value *value, const struct json *view)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_timezone zone = JOBLIB_TIMEZONE_INIT;
    CHECK_OK(joblib_view_timezone(value, &zone, &error), &error);
    check_ints(&zone.offset, 1, json_find(view, "numbers"));
}

static void check_datetime(const joblib_value *value, const struct json *view)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_datetime found = JOBLIB_DATETIME_INIT;
    CHECK_OK(joblib_view_datetime(value, &found, &error), &error);
    const int64_t numbers[] = {found.year,   found.month,  found.day,         found.hour,
                               found.minute, found.second, found.microsecond, found.fold};
    check_ints(numbers, 8, json_find(view, "numbers"));
    const struct json *zone = json_find(view, "zone");
    CHECK((zone == NULL) == (found.zone == NULL));
    if (zone) check_timezone(found.zone, zone);
}

static void check_duration(const joblib_value *value, const struct json *view)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_duration found = JOBLIB_DURATION_INIT;
    CHECK_OK(joblib_view_duration(value, &found, &error), &error);
    const int64_t numbers[] = {found.days, found.seconds, found.microseconds};
    check_ints(numbers, 3, json_find(view, "numbers"));
}

static void check_slice(const joblib_value *value, const struct json *view)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_slice slice = JOBLIB_SLICE_INIT;
    CHECK_OK(joblib_view_slice(value, &slice, &error), &error);
    const struct json *expected = json_find(view, "items");
    CHECK_EQ_SIZE(json_count(expected), 3);
    check_value(slice.start, expected->first);
    check_value(slice.stop, expected->first->next);
    check_value(slice.step, expected->first->next->next);
}

static void check_partial(const joblib_value *value, const struct json *view)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_partial partial = JOBLIB_PARTIAL_INIT;
    CHECK_OK(joblib_view_partial(value, &partial, &error), &error);
    check_value(partial.function, json_find(view, "function"));
    check_items(partial.arguments, joblib_value_count(partial.arguments),
                json_find(view, "items"));
    const struct json *entries = json_find(view, "entries");
    CHECK_EQ_SIZE(joblib_value_count(partial.keywords), json_count(entries));
    CHECK((partial.keywords == NULL) == (json_count(entries) == 0));
    for (const struct json *pair = entries->first; pair; pair = pair->next)
        check_value(joblib_value_find(partial.keywords, pair->first->first->text),
                    pair->first->next);
}

static void check_random(const joblib_value *value, const struct json *view)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_random random = JOBLIB_RANDOM_INIT;
    const struct json *expected = json_find(view, "numbers");
    static int64_t key[624];
    CHECK_OK(joblib_view_random(value, &random, &error), &error);
    check_text(random.bit_generator, json_find(view, "name"));
    CHECK((random.key == NULL) == (expected == NULL));
    if (!random.key) return;
    CHECK_OK(joblib_array_read_int64(random.key, key, 624, &error), &error);
    int64_t numbers[] = {random.position, 0};
    for (size_t i = 0; i < 624; i++) numbers[1] += key[i];
    check_ints(numbers, 2, expected);
}

/* The parts of a sparse matrix in this machine's numbers. */
struct sparse_parts {
    int64_t pointers[16], axes[3][32];
    double data[32];
};

static void read_numbers(const joblib_array *array, int64_t *out, size_t capacity)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_array_read_int64(array, out, capacity, &error), &error);
}

static void read_coordinates(const joblib_sparse *sparse, struct sparse_parts *out)
{
    for (size_t axis = 0; sparse->coordinates && axis < sparse->ndim; axis++) {
        joblib_array array = JOBLIB_ARRAY_INIT;
        const joblib_value *value = joblib_value_at(sparse->coordinates, axis);
        CHECK_EQ_INT(joblib_value_array(value, &array, NULL), JOBLIB_OK);
        read_numbers(&array, out->axes[axis], 32);
    }
    if (sparse->ndim > 2) return;
    read_numbers(sparse->indices, out->axes[sparse->ndim - 1], 32);
    if (sparse->ndim == 2) read_numbers(sparse->row_indices, out->axes[0], 32);
}

static void read_lines(const joblib_sparse *sparse, struct sparse_parts *out)
{
    bool by_columns = sparse->format == JOBLIB_SPARSE_CSC;
    int64_t *lines = sparse->ndim == 1 ? out->axes[2] : out->axes[by_columns];
    int64_t *indices = out->axes[sparse->ndim == 1 ? 0 : !by_columns];
    read_numbers(sparse->pointers, out->pointers, 16);
    read_numbers(sparse->indices, indices, 32);
    for (size_t line = 0; line + 1 < sparse->pointers->count; line++)
        for (int64_t i = out->pointers[line]; i < out->pointers[line + 1]; i++)
            lines[i] = (int64_t)line;
}

static void check_elements(const joblib_sparse *sparse, const struct sparse_parts *parts,
                           const struct json *expected)
{
    CHECK_EQ_SIZE(sparse->count, json_count(expected));
    const struct json *element = expected->first;
    for (size_t i = 0; i < sparse->count && element; i++, element = element->next) {
        const struct json *number = element->first;
        for (size_t axis = 0; axis < sparse->ndim; axis++, number = number->next)
            check_int(parts->axes[axis][i], number);
        char bits[17];
        uint64_t word;
        memcpy(&word, &parts->data[i], sizeof word);
        snprintf(bits, sizeof bits, "%016" PRIx64, word);
        check_text(bits, number);
    }
}

static void check_shape(const joblib_sparse *sparse, const struct json *expected)
{
    int64_t extents[8] = {0};
    CHECK_EQ_SIZE(sparse->ndim, json_count(expected));
    for (size_t i = 0; i < sparse->ndim; i++)
        CHECK_EQ_INT(joblib_value_as_int64(joblib_value_at(sparse->shape, i), &extents[i],
                                           NULL),
                     JOBLIB_OK);
    check_ints(extents, sparse->ndim, expected);
    if (sparse->ndim > 2) return;
    CHECK_EQ_INT(sparse->columns, extents[sparse->ndim - 1]);
    CHECK_EQ_INT(sparse->rows, sparse->ndim == 2 ? extents[0] : 1);
}

static void check_sparse(const joblib_value *value, const struct json *view)
{
    static const char *const formats[] = {"csr", "csc", "coo"};
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_sparse sparse = JOBLIB_SPARSE_INIT;
    struct sparse_parts parts = {{0}, {{0}}, {0}};
    joblib_status status = joblib_view_sparse(value, &sparse, &error);
    CHECK_OK(status, &error);
    if (status != JOBLIB_OK) return;
    check_text(formats[sparse.format], json_find(view, "name"));
    check_text(joblib_dtype_text(sparse.data->dtype), json_find(view, "dtype"));
    check_shape(&sparse, json_find(view, "shape"));
    check_flag(sparse.flags, JOBLIB_SPARSE_ARRAY, json_find(view, "is_array"));
    check_flag(sparse.flags, JOBLIB_SPARSE_SORTED, json_find(view, "is_sorted"));
    check_flag(sparse.flags, JOBLIB_SPARSE_CANONICAL, json_find(view, "is_canonical"));
    CHECK_OK(joblib_array_read_float64(sparse.data, parts.data, 32, &error), &error);
    if (sparse.format == JOBLIB_SPARSE_COO)
        read_coordinates(&sparse, &parts);
    else
        read_lines(&sparse, &parts);
    check_elements(&sparse, &parts, json_find(view, "elements"));
}

static const struct {
    joblib_view view;
    void (*check)(const joblib_value *value, const struct json *view);
} view_checks[] = {
    {JOBLIB_VIEW_MAPPING, check_mapping},   {JOBLIB_VIEW_SEQUENCE, check_sequence},
    {JOBLIB_VIEW_FRACTION, check_fraction}, {JOBLIB_VIEW_DATE, check_datetime},
    {JOBLIB_VIEW_TIME, check_datetime},     {JOBLIB_VIEW_DATETIME, check_datetime},
    {JOBLIB_VIEW_DURATION, check_duration}, {JOBLIB_VIEW_TIMEZONE, check_timezone},
    {JOBLIB_VIEW_SLICE, check_slice},       {JOBLIB_VIEW_RANGE, check_slice},
    {JOBLIB_VIEW_PARTIAL, check_partial},   {JOBLIB_VIEW_RANDOM, check_random},
    {JOBLIB_VIEW_SPARSE, check_sparse},
};

/* Text is what str() gives; views without text say so. */
static void check_text_of_view(const joblib_value *value, const struct json *expected)
{
    char text[128];
    size_t size = 0;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_status status = joblib_view_text(value, text, sizeof text, &size, &error);
    if (!expected) {
        CHECK(status == JOBLIB_OK || status == JOBLIB_ERROR_KIND);
        return;
    }
    CHECK_OK(status, &error);
    if (status != JOBLIB_OK) return;
    CHECK_EQ_SIZE(size, strlen(text));
    check_text(text, expected);
    CHECK_EQ_INT(joblib_view_text(value, text, size, NULL, NULL), JOBLIB_ERROR_RANGE);
    CHECK_EQ_TEXT(text, "");
    CHECK_EQ_INT(joblib_view_text(value, text, size + 1, NULL, NULL), JOBLIB_OK);
    check_text(text, expected);
}

static size_t view_count;
static bool is_met[JOBLIB_VIEW_SPARSE + 1];

static void check_view(const joblib_value *value, const struct json *view)
{
    joblib_view kind = joblib_view_kind(value);
    check_text(joblib_view_name((int)kind), json_find(view, "view"));
    if (kind <= JOBLIB_VIEW_SPARSE) is_met[kind] = true;
    for (size_t i = 0; i < sizeof view_checks / sizeof *view_checks; i++)
        if (view_checks[i].view == kind) view_checks[i].check(value, view);
    check_text_of_view(value, json_find(view, "text"));
}

static void check_case(const char *name)
{
    struct vector_bytes text = vector_read(name, ".json");
    struct json *json = text.data ? json_parse(text.data) : NULL;
    const struct json *views = json_find(json, "view");
    joblib_document *document = NULL;
    joblib_status status =
        joblib_load_file(vector_path(name, ".joblib"), NULL, &document, NULL);
    const joblib_value *root = joblib_document_root(document);
    where = name;
    CHECK(!views || status == JOBLIB_OK);
    if (views) CHECK_EQ_SIZE(joblib_value_count(root), json_count(views));
    const struct json *view = views ? views->first : NULL;
    for (item = 0; view; item++, view = view->next, view_count++)
        check_view(joblib_value_at(root, item), view);
    joblib_document_release(document);
    json_free(json);
    free(text.data);
}

static void every_view_says_what_python_says(void)
{
    CHECK(vector_each("valid/views/", check_case) > 70);
    CHECK(view_count > 800);
}

/* Runs behind the walk, which notes what it meets. */
static void every_view_has_a_case(void)
{
    for (int view = JOBLIB_VIEW_NONE + 1; view <= JOBLIB_VIEW_SPARSE; view++)
        if (!is_met[view])
            test_fail(__FILE__, __LINE__, "no case of %s", joblib_view_name(view));
}

int main(void)
{
    RUN(every_view_says_what_python_says);
    RUN(every_view_has_a_case);
    return test_finish();
}
