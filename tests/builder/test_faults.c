/* Each allocation fails once, and the call that needed it is made again: the document is the one
   that comes of no failure, and all memory is given back. */
#include <stdio.h>
#include <stdlib.h>

#include "builder/scene.h"
#include "joblib/print.h"
#include "support/collected.h"
#include "support/fault.h"
#include "support/models.h"

/* The builder of one run, and how often a call had to be made again. */
struct run {
    joblib_builder *builder;
    joblib_error error;
    size_t again;
    bool broken; /* a call failed twice, or left something behind */
};

/* Makes a call until memory is there. */
#define DO(call) \
    do { \
        joblib_status status_of_do = (call); \
        if (status_of_do == JOBLIB_ERROR_MEMORY) { \
            run->again++; \
            status_of_do = (call); \
        } \
        run->broken |= status_of_do != JOBLIB_OK; \
        if (run->broken) return NULL; \
    } while (0)

static joblib_value *make_numbers(struct run *run)
{
    static const int64_t shape[] = {2, 2}, strides[] = {8, 16}, two[] = {2};
    static const double data[] = {1, 2, 3, 4};
    joblib_builder *b = run->builder;
    joblib_error *e = &run->error;
    joblib_value *list, *value, *dtype;
    joblib_array view = JOBLIB_ARRAY_INIT;
    view.data = data;
    view.dtype = joblib_dtype_number(JOBLIB_NUMBER_FLOAT64);
    view.shape = shape;
    view.strides = strides;
    view.ndim = 2;
    view.count = 4;
    DO(joblib_builder_list(b, &list, e));
    DO(joblib_builder_array(b, &view, JOBLIB_BUILDER_MATRIX, &value, e));
    DO(joblib_builder_append(b, list, value, e));
    DO(joblib_builder_dtype(b, "[('x', '<i4'), ('y', '>U1', (1,))]", &dtype, e));
    DO(joblib_builder_scalar(b, dtype, "12345678", &value, e));
    DO(joblib_builder_insert(b, list, 0, value, e));
    DO(joblib_builder_dtype(b, "M8[25s]", &dtype, e));
    DO(joblib_builder_append(b, list, dtype, e));
    const joblib_value *items[] = {dtype, list};
    DO(joblib_builder_object_array(b, items, two, 1, &value, e));
    DO(joblib_builder_append(b, list, value, e));
    DO(joblib_builder_int_text(b, "-123456789012345678901234567890", 31, &value, e));
    DO(joblib_builder_append(b, list, value, e));
    DO(joblib_builder_uint64(b, UINT64_MAX, &value, e));
    DO(joblib_builder_append(b, list, value, e));
    DO(joblib_builder_complex(b, 1, -0.0, &value, e));
    DO(joblib_builder_append(b, list, value, e));
    DO(joblib_builder_py2_text(b, "\xff", 1, &value, e));
    DO(joblib_builder_append(b, list, value, e));
    return list;
}

static joblib_value *make_keys(struct run *run)
{
    joblib_builder *b = run->builder;
    joblib_error *e = &run->error;
    joblib_value *dict, *set, *key, *value;
    DO(joblib_builder_dict(b, &dict, e));
    DO(joblib_builder_set(b, &set, e));
    for (int64_t i = 0; i < 40; i++) {
        DO(joblib_builder_int64(b, i, &value, e));
        const joblib_value *items[] = {value, value};
        DO(joblib_builder_tuple(b, items, 2, &key, e));
        items[0] = key;
        DO(joblib_builder_tuple(b, items, 2, &key, e));
        DO(joblib_builder_put(b, dict, key, value, e));
        DO(joblib_builder_add(b, set, key, e));
    }
    DO(joblib_builder_remove_key(b, dict, key, e));
    DO(joblib_builder_key(b, "set", &key, e));
    DO(joblib_builder_put(b, dict, key, set, e));
    const joblib_value *items[] = {key, value};
    DO(joblib_builder_frozenset(b, items, 2, &value, e));
    DO(joblib_builder_put(b, dict, value, key, e));
    return dict;
}

static joblib_value *make_object(struct run *run, joblib_value *parts)
{
    joblib_builder *b = run->builder;
    joblib_error *e = &run->error;
    joblib_value *class, *object, *copy, *found;
    DO(joblib_builder_global(b, "m", "C", &class, e));
    DO(joblib_builder_object(b, JOBLIB_FORM_NEWOBJ_EX, class, NULL, NULL, &object, e));
    DO(joblib_builder_set_attribute(b, object, "parts", parts, e));
    DO(joblib_builder_append(b, object, object, e));
    DO(joblib_builder_put(b, object, class, parts, e));
    DO(joblib_builder_copy(b, NULL, object, &copy, e));
    DO(joblib_builder_set_attribute(b, object, "copy", copy, e));
    DO(joblib_builder_find(b, object, "copy.parts[0]", &found, e));
    DO(joblib_builder_replace(b, object, "copy.parts[2]", found, e));
    const joblib_value *items[] = {object};
    DO(joblib_builder_tuple(b, items, 1, &found, e));
    DO(joblib_builder_append(b, parts, found, e));
    DO(joblib_builder_replace(b, parts, "[8][0]", copy, e));
    return object;
}

/* Copies of a document, before and after other values. */
static joblib_value *make_all(struct run *run, const joblib_document *source)
{
    joblib_error *e = &run->error;
    const joblib_value *root = joblib_document_root(source);
    joblib_value *first, *second;
    DO(joblib_builder_copy(run->builder, source, joblib_value_at(root, 0), &first, e));
    joblib_value *numbers = make_numbers(run);
    joblib_value *keys = numbers ? make_keys(run) : NULL;
    joblib_value *object = keys ? make_object(run, numbers) : NULL;
    if (!object) return NULL;
    DO(joblib_builder_copy(run->builder, source, root, &second, e));
    const joblib_value *items[] = {first, object, keys, second};
    DO(joblib_builder_tuple(run->builder, items, 4, &first, e));
    return first;
}

static joblib_document *finish_run(struct run *run, const joblib_document *source)
{
    joblib_document *document = NULL;
    joblib_value *root = make_all(run, source);
    if (!root) return NULL;
    DO(joblib_builder_finish(run->builder, root, &document, &run->error));
    return document;
}

/* What a run makes, as JSON; NULL where it broke. */
static char *make_json(const joblib_document *source, struct fault *fault, size_t *again)
{
    joblib_allocator allocator = fault_allocator(fault);
    joblib_builder_options options = JOBLIB_BUILDER_OPTIONS_INIT;
    joblib_print_options print = JOBLIB_PRINT_OPTIONS_INIT;
    struct run run = {.error = JOBLIB_ERROR_INIT};
    struct collected bytes = {0};
    joblib_sink sink = collect_into(&bytes);
    options.allocator = &allocator;
    joblib_status status = joblib_builder_new(&options, &run.builder, NULL);
    if (status == JOBLIB_ERROR_MEMORY) {
        run.again++;
        status = joblib_builder_new(&options, &run.builder, NULL);
    }
    CHECK_OK(status, NULL);
    joblib_document *document = finish_run(&run, source);
    print.format = JOBLIB_PRINT_JSON;
    if (document)
        CHECK_OK(joblib_value_print(joblib_document_root(document), &print, &sink, NULL),
                 NULL);
    else
        printf("    fault %zu: %s\n", fault->fail_at, run.error.message);
    joblib_document_release(document);
    joblib_builder_free(run.builder);
    *again = run.again;
    return bytes.text;
}

static void goes_on_after_any_allocation_that_fails(void)
{
    joblib_document *source =
        document_from("[[m.C(a=O[2]{'a',m.C(b=1)}), &1 n.D(c=f8[2]{1})], {'k': *1}]");
    struct fault none = {0};
    size_t again = 0, faults = 0;
    char *expected = make_json(source, &none, &again);
    CHECK_EQ_SIZE(none.live_bytes, 0);
    CHECK(expected != NULL);
    for (bool failed = true; failed && expected; faults += failed) {
        struct fault fault = {.fail_at = faults + 1};
        char *found = make_json(source, &fault, &again);
        failed = fault.allocations >= fault.fail_at;
        CHECK_EQ_SIZE(fault.live_bytes, 0);
        if (!found || strcmp(found, expected) != 0)
            test_fail(__FILE__, __LINE__, "fault %zu:\n%s\n%s", fault.fail_at,
                      found ? found : "nothing", expected);
        free(found);
    }
    printf("    %zu faults\n", faults);
    CHECK(faults > 30);
    free(expected);
    joblib_document_release(source);
}

int main(void)
{
    RUN(goes_on_after_any_allocation_that_fails);
    return test_finish();
}
