#include <string.h>

#include "array/array.h"
#include "base/checked.h"
#include "base/try.h"
#include "model/trees/trees.h"

/* The numbers in a record that predictions need. */
enum node_field { LEFT, RIGHT, FEATURE, THRESHOLD, NAN_LEFT, NODE_FIELDS };

typedef struct field_layout {
    const char *name;
    size_t offset; /* in the records of the kernel */
    bool is_real;
} field_layout;

static const field_layout field_layouts[NODE_FIELDS] = {
    [LEFT] = {"left_child", JOBLIB_TREE_LEFT, false},
    [RIGHT] = {"right_child", JOBLIB_TREE_RIGHT, false},
    [FEATURE] = {"feature", JOBLIB_TREE_FEATURE, false},
    [THRESHOLD] = {"threshold", JOBLIB_TREE_THRESHOLD, true},
    [NAN_LEFT] = {"missing_go_to_left", JOBLIB_TREE_NAN_LEFT, false},
};

/* A field as the document has it; no dtype where it is absent. */
typedef struct stored_field {
    const joblib_dtype *dtype;
    size_t offset;
} stored_field;

/* The arguments of a Tree object. */
typedef struct tree_shape {
    size_t features, targets;
    const int64_t *class_counts; /* `targets` of them */
    size_t most_classes;
} tree_shape;

static stored_field find_stored_field(const joblib_dtype *record, const char *name)
{
    stored_field found = {NULL, 0};
    const char *stored = NULL;
    size_t count = joblib_dtype_field_count(record);
    for (size_t i = 0; i < count; i++) {
        joblib_dtype_field(record, i, &stored, &found.dtype, &found.offset);
        if (strcmp(stored, name) == 0) return found;
    }
    return (stored_field){NULL, 0};
}

static bool is_number_field(const stored_field *field, bool is_real)
{
    joblib_number number = joblib_dtype_as_number(field->dtype);
    if (is_real) return number == JOBLIB_NUMBER_FLOAT64;
    return number >= JOBLIB_NUMBER_BOOL && number <= JOBLIB_NUMBER_UINT64;
}

static joblib_status find_stored_fields(joblib_model__context *context,
                                        const joblib_dtype *record,
                                        stored_field fields[NODE_FIELDS])
{
    for (int i = 0; i < NODE_FIELDS; i++) {
        const field_layout *layout = &field_layouts[i];
        fields[i] = find_stored_field(record, layout->name);
        if (i == NAN_LEFT && !fields[i].dtype) continue;
        if (!is_number_field(&fields[i], layout->is_real))
            return joblib_model__fail(context, "tree_.nodes", JOBLIB_ERROR_MODEL,
                                      "nodes have no field %s of %s", layout->name,
                                      layout->is_real ? "type float64"
                                                      : "an integer type");
    }
    return JOBLIB_OK;
}

static bool is_native_number(const joblib_dtype *dtype, int number)
{
    return strcmp(joblib_dtype_text(dtype),
                  joblib_dtype_text(joblib_dtype_number(number))) == 0;
}

/* Whether the kernel can read the records where they stand. */
static bool are_records_ready(const joblib_array *nodes,
                              const stored_field fields[NODE_FIELDS], size_t record_size)
{
    if (joblib_dtype_itemsize(nodes->dtype) != record_size ||
        !(nodes->flags & JOBLIB_ARRAY_C_ORDER))
        return false;
    for (int i = 0; i < NODE_FIELDS; i++) {
        const field_layout *layout = &field_layouts[i];
        int number = layout->is_real ? JOBLIB_NUMBER_FLOAT64 : JOBLIB_NUMBER_INT64;
        if (i == NAN_LEFT) number = JOBLIB_NUMBER_UINT8;
        if (!fields[i].dtype) continue;
        if (fields[i].offset != layout->offset ||
            !is_native_number(fields[i].dtype, number))
            return false;
    }
    return true;
}

static joblib_status convert_field(joblib_model__context *context, const char *item,
                                   const stored_field *field, const field_layout *layout,
                                   unsigned char *record)
{
    int64_t integer;
    if (layout->is_real) {
        double real = joblib_array__number_float64(item + field->offset, field->dtype);
        memcpy(record + layout->offset, &real, sizeof real);
        return JOBLIB_OK;
    }
    if (!joblib_array__number_int64(item + field->offset, field->dtype, &integer))
        return joblib_model__fail(context, "tree_.nodes", JOBLIB_ERROR_MODEL,
                                  "a number of field %s is beyond 64 bits", layout->name);
    if (layout->offset == JOBLIB_TREE_NAN_LEFT)
        record[layout->offset] = integer != 0;
    else
        memcpy(record + layout->offset, &integer, sizeof integer);
    return JOBLIB_OK;
}

/* Records of other sizes, orders and bytes: what 32-bit and big-endian machines wrote. */
static joblib_status convert_records(joblib_model__context *context,
                                     const joblib_array *nodes,
                                     const stored_field fields[NODE_FIELDS],
                                     size_t record_size, joblib_kernel__tree *tree)
{
    void *memory;
    JOBLIB_TRY(joblib_model__allocate(context, nodes->count, record_size, &memory));
    unsigned char *records = memory;
    for (size_t i = 0; i < nodes->count; i++) {
        const char *item = joblib_array_item(nodes, i);
        for (int k = 0; k < NODE_FIELDS; k++) {
            if (!fields[k].dtype) continue;
            JOBLIB_TRY(convert_field(context, item, &fields[k], &field_layouts[k],
                                     records + i * record_size));
        }
    }
    tree->nodes = records;
    return JOBLIB_OK;
}

static joblib_status read_tree_array(joblib_model__context *context,
                                     const joblib_value *object, const char *name,
                                     const char *attribute, size_t ndim,
                                     joblib_array *out)
{
    const joblib_value *value = joblib_value_attribute(object, name);
    if (joblib_value_array(value, out, NULL) == JOBLIB_OK && out->ndim == ndim)
        return JOBLIB_OK;
    return joblib_model__fail(context, attribute, JOBLIB_ERROR_MODEL,
                              "%s of the tree is no array of %zu dimensions", name, ndim);
}

static joblib_status read_nodes(joblib_model__context *context,
                                const joblib_value *object, joblib_model__trees *self,
                                joblib_kernel__tree *tree)
{
    joblib_array nodes;
    stored_field fields[NODE_FIELDS];
    int64_t count;
    const joblib_value *stored = joblib_value_attribute(object, "node_count");
    JOBLIB_TRY(read_tree_array(context, object, "nodes", "tree_.nodes", 1, &nodes));
    if (joblib_value_as_int64(stored, &count, NULL) != JOBLIB_OK ||
        (uint64_t)count != nodes.count)
        return joblib_model__fail(context, "tree_.node_count", JOBLIB_ERROR_MODEL,
                                  "node_count is not the number of nodes, %zu",
                                  nodes.count);
    JOBLIB_TRY(find_stored_fields(context, nodes.dtype, fields));
    self->forest.record_size =
        fields[NAN_LEFT].dtype ? JOBLIB_TREE_LONG_RECORD : JOBLIB_TREE_SHORT_RECORD;
    tree->node_count = nodes.count;
    tree->nodes = nodes.data;
    if (are_records_ready(&nodes, fields, self->forest.record_size)) return JOBLIB_OK;
    return convert_records(context, &nodes, fields, self->forest.record_size, tree);
}

static joblib_status read_values(joblib_model__context *context,
                                 const joblib_value *object, const tree_shape *shape,
                                 joblib_kernel__tree *tree)
{
    const uint32_t ready = JOBLIB_ARRAY_C_ORDER | JOBLIB_ARRAY_NATIVE;
    joblib_array values;
    void *memory;
    JOBLIB_TRY(read_tree_array(context, object, "values", "tree_.values", 3, &values));
    if ((uint64_t)values.shape[0] != tree->node_count ||
        (uint64_t)values.shape[1] != shape->targets ||
        (uint64_t)values.shape[2] != shape->most_classes)
        return joblib_model__fail(
            context, "tree_.values", JOBLIB_ERROR_MODEL,
            "values has shape (%lld, %lld, %lld), (%zu, %zu, %zu) is expected",
            (long long)values.shape[0], (long long)values.shape[1],
            (long long)values.shape[2], tree->node_count, shape->targets,
            shape->most_classes);
    if (joblib_dtype_as_number(values.dtype) != JOBLIB_NUMBER_FLOAT64)
        return joblib_model__fail(context, "tree_.values", JOBLIB_ERROR_MODEL,
                                  "values has type %s, not float64",
                                  joblib_dtype_text(values.dtype));
    tree->value_count = shape->targets * shape->most_classes;
    tree->values = values.data;
    if ((values.flags & ready) == ready) return JOBLIB_OK;
    JOBLIB_TRY(joblib_model__allocate(context, values.count, sizeof(double), &memory));
    tree->values = memory;
    return joblib_array_read_float64(&values, memory, values.count, context->error);
}

static joblib_status check_nodes(joblib_model__context *context,
                                 joblib_model__trees *self,
                                 const joblib_kernel__tree *tree, size_t features)
{
    const joblib_allocator *allocator = &context->arena->allocator;
    unsigned char *seen = joblib_base__allocate(allocator, tree->node_count);
    if (!seen) return joblib_base__set_no_memory(context->error, tree->node_count);
    joblib_status status = joblib_kernel__check_tree(tree, self->forest.record_size,
                                                     features, seen, context->error);
    joblib_base__free(allocator, seen, tree->node_count);
    if (status != JOBLIB_OK && context->error)
        joblib_model__write_path(context->path, "tree_.nodes", context->error->path);
    return status;
}

static joblib_status fail_arguments(const joblib_model__context *context)
{
    return joblib_model__fail(
        context, "tree_", JOBLIB_ERROR_MODEL,
        "the tree is not made from features, class counts and targets");
}

static joblib_status read_class_counts(joblib_model__context *context,
                                       const joblib_value *value, tree_shape *shape)
{
    joblib_array counts;
    void *memory;
    if (joblib_value_array(value, &counts, NULL) != JOBLIB_OK || counts.ndim != 1 ||
        counts.count != shape->targets)
        return fail_arguments(context);
    JOBLIB_TRY(joblib_model__allocate(context, counts.count, sizeof(int64_t), &memory));
    if (joblib_array_read_int64(&counts, memory, counts.count, NULL) != JOBLIB_OK)
        return fail_arguments(context);
    shape->class_counts = memory;
    shape->most_classes = 0;
    for (size_t i = 0; i < shape->targets; i++) {
        int64_t count = shape->class_counts[i];
        if (count < 1 || count > UINT32_MAX)
            return joblib_model__fail(context, "tree_", JOBLIB_ERROR_MODEL,
                                      "target %zu of the tree has %lld classes", i,
                                      (long long)count);
        if ((size_t)count > shape->most_classes) shape->most_classes = (size_t)count;
    }
    return JOBLIB_OK;
}

static joblib_status read_tree_shape(joblib_model__context *context,
                                     const joblib_value *object, tree_shape *shape)
{
    const joblib_value *arguments = joblib_value_arguments(object);
    int64_t features, targets;
    if (joblib_value_count(arguments) != 3 ||
        joblib_value_as_int64(joblib_value_at(arguments, 0), &features, NULL) !=
            JOBLIB_OK ||
        joblib_value_as_int64(joblib_value_at(arguments, 2), &targets, NULL) != JOBLIB_OK)
        return fail_arguments(context);
    if (features < 1 || features > UINT32_MAX || targets < 1)
        return joblib_model__fail(context, "tree_", JOBLIB_ERROR_MODEL,
                                  "the tree has %lld features and %lld targets",
                                  (long long)features, (long long)targets);
    shape->features = (size_t)features;
    shape->targets = (size_t)targets;
    return read_class_counts(context, joblib_value_at(arguments, 1), shape);
}

/* A regressor's targets stand side by side, a classifier's each have most_classes numbers. */
static joblib_status make_slices(joblib_model__context *context,
                                 joblib_model__trees *self, const tree_shape *shape)
{
    bool classifies = self->base.labels != NULL;
    size_t count = classifies ? shape->targets : 1;
    void *memory;
    if (!classifies && shape->most_classes != 1)
        return joblib_model__fail(context, "tree_", JOBLIB_ERROR_MODEL,
                                  "the tree of a regressor has %zu classes",
                                  shape->most_classes);
    JOBLIB_TRY(joblib_model__allocate(context, count, sizeof(joblib_kernel__tree_slice),
                                      &memory));
    joblib_kernel__tree_slice *slices = memory;
    for (size_t i = 0; classifies && i < count; i++) {
        slices[i].first = i * shape->most_classes;
        slices[i].count = (size_t)shape->class_counts[i];
    }
    if (!classifies) slices[0].count = shape->targets;
    self->slices = slices;
    self->slice_count = count;
    return JOBLIB_OK;
}

static bool is_tree_object(const joblib_value *value)
{
    const char *module = joblib_value_module(value), *name = joblib_value_name(value);
    return joblib_value_kind(value) == JOBLIB_KIND_OBJECT && module && name &&
           strcmp(module, "sklearn.tree._tree") == 0 && strcmp(name, "Tree") == 0;
}

joblib_status joblib_model__read_tree(joblib_model__context *context,
                                      joblib_model__trees *self)
{
    const joblib_value *object;
    tree_shape shape = {0};
    void *memory;
    JOBLIB_TRY(joblib_model__require(context, "tree_", &object));
    if (!is_tree_object(object))
        return joblib_model__fail(context, "tree_", JOBLIB_ERROR_MODEL,
                                  "tree_ is %s, not a Tree object",
                                  joblib_kind_name((int)joblib_value_kind(object)));
    JOBLIB_TRY(read_tree_shape(context, object, &shape));
    JOBLIB_TRY(joblib_model__allocate(context, 1, sizeof(joblib_kernel__tree), &memory));
    joblib_kernel__tree *tree = memory;
    JOBLIB_TRY(read_nodes(context, object, self, tree));
    JOBLIB_TRY(read_values(context, object, &shape, tree));
    JOBLIB_TRY(check_nodes(context, self, tree, shape.features));
    self->forest.trees = tree;
    self->forest.tree_count = 1;
    JOBLIB_TRY(make_slices(context, self, &shape));
    return joblib_model__set_tree_features(context, self, shape.features);
}
