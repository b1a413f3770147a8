/* The handle shim without a language: lifetimes in any order, and no memory at each of its
   allocations. The linker sends the shim's allocations here. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handles.h"
#include "support/test.h"

#include "faults.h"

#define MODEL "inference/linear/logistic-labels-text-sklearn1.9/model.joblib"
#define INPUT "inference/linear/logistic-labels-text-sklearn1.9/input.joblib"
#define SPARSE_MODEL "inference/preprocessing/standard-csr-sklearn1.9/model.joblib"
#define SPARSE_INPUT "inference/preprocessing/standard-csr-sklearn1.9/input.joblib"

static int read_document(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibDocument *document = NULL;
    JoblibValue *root = NULL, *item = NULL;
    joblib_text digits = {NULL, 0, NULL};
    STEP(document = JoblibDocument_load("valid/pickle4/int-big.joblib", NULL, &error));
    STEP(root = JoblibDocument_root(document, &error));
    STEP(JoblibDocument_close(document));
    delete_JoblibDocument(document);
    STEP(item = JoblibValue_at(root, 6, &error));
    delete_JoblibValue(root);
    STEP(digits = JoblibValue_decimal(item, &error));
    STEP(CHECK(digits.size == 31 && memcmp(digits.data, "1000", 4) == 0));
    free(digits.owned);
    delete_JoblibValue(item);
    return error.status;
}

static int read_array(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibDocument *document = NULL;
    JoblibValue *root = NULL;
    JoblibArray *array = NULL, *row = NULL;
    joblib_numbers numbers = {0};
    joblib_bytes bytes = {NULL, 0, NULL};
    STEP(document =
             JoblibDocument_load("valid/ndarray/f-order-joblib1.6.joblib", NULL, &error));
    STEP(root = JoblibDocument_root(document, &error));
    STEP(array = JoblibValue_array(root, &error));
    delete_JoblibDocument(document);
    delete_JoblibValue(root);
    STEP(row = JoblibArray_at(array, 1, &error));
    STEP(bytes = JoblibArray_bytes(array, &error));
    delete_JoblibArray(array);
    STEP(numbers = JoblibArray_numbers(row, &error));
    STEP(CHECK_EQ_DOUBLE(((const double *)numbers.data)[2], 5.0));
    STEP(CHECK_EQ_DOUBLE(JoblibArray_as_float64(row, 0, &error), 3.0));
    STEP(CHECK_EQ_SIZE(bytes.size, 48));
    free(bytes.owned);
    free(numbers.owned);
    delete_JoblibArray(row);
    return error.status;
}

static void check_record(const JoblibDType *record, const JoblibDType *inner)
{
    CHECK_EQ_SIZE(JoblibDType_field_count(record), 2);
    CHECK_EQ_TEXT(JoblibDType_field_name(record, 1).data, "b");
    CHECK_EQ_SIZE(JoblibDType_field_offset(record, 1), 8);
    CHECK_EQ_SIZE(JoblibDType_itemsize(record), 10);
    CHECK(JoblibDType_field_name(record, 2).data == NULL);
    CHECK(JoblibDType_field(record, 2, NULL) == NULL);
    CHECK_EQ_SIZE(JoblibDType_ndim(record), 0);
    CHECK_EQ_TEXT(JoblibDType_field_name(inner, 1).data, "y");
}

static void check_subarray(const JoblibDType *pair, const JoblibDType *base)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_EQ_TEXT(JoblibDType_text(base).data, "<i2");
    CHECK(JoblibDType_base(base, NULL) == NULL);
    CHECK_EQ_SIZE(JoblibDType_ndim(pair), 1);
    CHECK_EQ_INT(JoblibDType_shape(pair, 0, &error), 2);
    CHECK_EQ_INT(error.status, JOBLIB_OK);
    CHECK_EQ_INT(JoblibDType_shape(pair, 1, &error), 0);
    CHECK_EQ_INT(error.status, JOBLIB_ERROR_RANGE);
}

static int read_dtype(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibDocument *document = NULL;
    JoblibValue *root = NULL;
    JoblibArray *array = NULL;
    JoblibDType *record = NULL, *inner = NULL, *pair = NULL, *base = NULL;
    STEP(document = JoblibDocument_load("valid/ndarray/struct-nested-joblib1.6.joblib",
                                        NULL, &error));
    STEP(root = JoblibDocument_root(document, &error));
    STEP(array = JoblibValue_array(root, &error));
    STEP(record = JoblibValue_element_type(root, &error));
    STEP(delete_JoblibDType(JoblibArray_element_type(array, &error)));
    delete_JoblibDocument(document);
    delete_JoblibValue(root);
    delete_JoblibArray(array);
    STEP(inner = JoblibDType_field(record, 0, &error));
    STEP(check_record(record, inner));
    delete_JoblibDType(record);
    STEP(pair = JoblibDType_field(inner, 1, &error));
    delete_JoblibDType(inner);
    STEP(base = JoblibDType_base(pair, &error));
    STEP(check_subarray(pair, base));
    delete_JoblibDType(pair);
    delete_JoblibDType(base);
    return error.status;
}

static int store_column(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibDocument *document = NULL;
    JoblibValue *root = NULL;
    JoblibArray *array = NULL, *row = NULL;
    joblib_bytes all = {NULL, 0, NULL}, one = {NULL, 0, NULL};
    STEP(document =
             JoblibDocument_load("valid/ndarray/f-order-joblib1.6.joblib", NULL, &error));
    STEP(root = JoblibDocument_root(document, &error));
    delete_JoblibDocument(document);
    STEP(array = JoblibValue_array(root, &error));
    delete_JoblibValue(root);
    STEP(row = JoblibArray_at(array, 1, &error));
    STEP(all = JoblibArray_stored_bytes(array, &error));
    STEP(one = JoblibArray_stored_bytes(row, &error));
    STEP(CHECK_EQ_DOUBLE(((const double *)all.data)[1], 3.0));
    STEP(CHECK_EQ_DOUBLE(((const double *)one.data)[2], 5.0));
    STEP(CHECK_EQ_SIZE(one.size, 24));
    delete_JoblibArray(array);
    delete_JoblibArray(row);
    free(one.owned);
    return error.status;
}

static int predict_labels(void)
{
    static const double row[] = {0.5, -1.25, 2.0, 0.0};
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibModel *model = NULL;
    JoblibReport *report = NULL;
    JoblibInput *input = NULL, *packed = NULL;
    JoblibResult *result = NULL;
    JoblibArray *labels = NULL;
    joblib_text label = {NULL, 0, NULL};
    STEP(report = new_JoblibReport(&error));
    STEP(model = JoblibModel_load(MODEL, NULL, report, &error));
    STEP(input = new_JoblibInput(&error));
    for (int i = 0; i < 9; i++) STEP(JoblibInput_append(input, row, 4, &error));
    STEP(packed = JoblibInput_packed(row, sizeof row, "f8", 1, 4, &error));
    STEP(result = JoblibModel_run(model, JOBLIB_METHOD_PREDICT, input, NULL, 2, &error));
    delete_JoblibModel(model);
    delete_JoblibInput(input);
    STEP(labels = JoblibResult_array(result, 0, &error));
    delete_JoblibResult(result);
    STEP(label = JoblibArray_text(labels, 8, &error));
    STEP(CHECK(label.size > 0));
    free(label.owned);
    delete_JoblibArray(labels);
    delete_JoblibInput(packed);
    delete_JoblibReport(report);
    return error.status;
}

static int transform_sparse(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibDocument *document = NULL;
    JoblibValue *root = NULL;
    JoblibModel *model = NULL;
    JoblibInput *input = NULL, *output = NULL;
    JoblibResult *result = NULL;
    JoblibArray *indices = NULL;
    STEP(document = JoblibDocument_load(SPARSE_INPUT, NULL, &error));
    STEP(root = JoblibDocument_root(document, &error));
    delete_JoblibDocument(document);
    STEP(input = JoblibInput_from_value(root, &error));
    delete_JoblibValue(root);
    STEP(model = JoblibModel_load(SPARSE_MODEL, NULL, NULL, &error));
    STEP(result =
             JoblibModel_run(model, JOBLIB_METHOD_TRANSFORM, input, NULL, 0, &error));
    STEP(output = JoblibResult_csr(result, 0, &error));
    delete_JoblibResult(result);
    delete_JoblibModel(model);
    delete_JoblibInput(input);
    STEP(indices = JoblibInput_column_indices(output, &error));
    delete_JoblibInput(output);
    STEP(CHECK_EQ_SIZE(JoblibArray_count(indices), 28));
    STEP(CHECK_EQ_INT(JoblibArray_as_int64(indices, 27, &error), 3));
    delete_JoblibArray(indices);
    return error.status;
}

static void check_audit(const JoblibAudit *audit, joblib_error *error)
{
    CHECK_EQ_TEXT(JoblibAudit_outcome(audit).data, "clean");
    CHECK_EQ_SIZE(JoblibAudit_count(audit), 1);
    CHECK_EQ_TEXT(JoblibAudit_module_name(audit, 0).data, "numpy");
    CHECK_EQ_TEXT(JoblibAudit_global_name(audit, 0).data, "ndarrayy");
    CHECK(JoblibAudit_global_name(audit, 1).data == NULL);
    JoblibAudit_check(audit, error);
}

static int audit_file(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibLoadOptions *options = NULL;
    JoblibAllowList *allow = NULL;
    JoblibAudit *audit = NULL;
    STEP(options = new_JoblibLoadOptions(&error));
    STEP(JoblibLoadOptions_set_text(options, "companions", "folder", &error));
    STEP(JoblibLoadOptions_set_text(options, "companions", "", &error));
    STEP(allow = new_JoblibAllowList(&error));
    STEP(JoblibAllowList_append(allow, "numpy.ndarray", &error));
    STEP(JoblibAllowList_append(allow, "numpy.ndarrayy", &error));
    STEP(audit = JoblibAudit_load("audit/near-known.joblib", options, allow, &error));
    delete_JoblibAllowList(allow);
    delete_JoblibLoadOptions(options);
    STEP(check_audit(audit, &error));
    delete_JoblibAudit(audit);
    return error.status;
}

static int print_value(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibDocument *document = NULL;
    JoblibValue *root = NULL;
    joblib_text text = {NULL, 0, NULL};
    STEP(document = JoblibDocument_load("valid/zlib/list-1001.joblib", NULL, &error));
    STEP(root = JoblibDocument_root(document, &error));
    delete_JoblibDocument(document);
    STEP(text = JoblibValue_print(root, JOBLIB_PRINT_JSON, 0, &error));
    STEP(CHECK(text.size > 10000 && memcmp(text.data, "{\"list\":[", 9) == 0));
    CHECK((text.data == NULL) == (error.status != JOBLIB_OK));
    free(text.owned);
    delete_JoblibValue(root);
    return error.status;
}

/* bytes() gives the elements in native order; these stay as the file has them. */
static void keeps_the_order_of_bytes(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibDocument *document =
        JoblibDocument_load("valid/ndarray/big-endian-text-joblib1.6.joblib", NULL,
                            &error);
    JoblibValue *root = JoblibDocument_root(document, &error);
    JoblibArray *array = JoblibValue_array(root, &error);
    const joblib_bytes native = JoblibArray_bytes(array, &error);
    const joblib_bytes stored = JoblibArray_stored_bytes(array, &error);
    REQUIRE(error.status == JOBLIB_OK && native.size == stored.size);
    CHECK(memcmp(native.data, stored.data, stored.size) != 0);
    free(native.owned);
    delete_JoblibArray(array);
    delete_JoblibValue(root);
    delete_JoblibDocument(document);
}

static void check_same(const JoblibDocument *document, const char *data, size_t size)
{
    static const unsigned char none[] = {0x80, 4, 'N', '.'};
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibDumpOptions *options = new_JoblibDumpOptions(&error);
    joblib_bytes again;
    JoblibDocument_find_same(document, data, size, options, &error);
    CHECK_EQ_INT(error.status, JOBLIB_OK);
    again = JoblibDocument_dumps(document, options, &error);
    CHECK(again.size == size && memcmp(again.data, data, size) == 0);
    free(again.owned);
    JoblibDocument_find_same(document, none, sizeof none, options, &error);
    CHECK_EQ_INT(error.status, JOBLIB_ERROR_DIFFERENT);
    delete_JoblibDumpOptions(options);
}

static void finds_the_settings_of_a_file(void)
{
    char data[4096];
    joblib_error error = JOBLIB_ERROR_INIT;
    FILE *file = fopen("valid/zlib/list-1001.joblib", "rb");
    JoblibDocument *document = NULL;
    size_t size;
    REQUIRE(file != NULL);
    size = fread(data, 1, sizeof data, file);
    fclose(file);
    document = JoblibDocument_loads(data, size, NULL, &error);
    REQUIRE(document != NULL);
    check_same(document, data, size);
    delete_JoblibDocument(document);
}

static void reads_a_document_without_memory(void)
{
    sweep(read_document);
}

static void reads_an_array_without_memory(void)
{
    sweep(read_array);
}

static void reads_dtypes_without_memory(void)
{
    sweep(read_dtype);
}

static void stores_bytes_without_memory(void)
{
    sweep(store_column);
}

static void predicts_without_memory(void)
{
    sweep(predict_labels);
}

static void transforms_without_memory(void)
{
    sweep(transform_sparse);
}

static void audits_without_memory(void)
{
    sweep(audit_file);
}

static void prints_without_memory(void)
{
    sweep(print_value);
}

static void refuses_rows_of_other_lengths(void)
{
    static const double row[4] = {0.0};
    joblib_error error = JOBLIB_ERROR_INIT;
    JoblibInput *input = new_JoblibInput(&error);
    REQUIRE(input != NULL);
    JoblibInput_append(input, row, 4, &error);
    CHECK_EQ_INT(error.status, JOBLIB_OK);
    JoblibInput_append(input, row, 3, &error);
    CHECK_EQ_INT(error.status, JOBLIB_ERROR_INPUT);
    CHECK_EQ_INT(error.row, 1);
    delete_JoblibInput(input);
}

int main(void)
{
    RUN(reads_a_document_without_memory);
    RUN(reads_an_array_without_memory);
    RUN(reads_dtypes_without_memory);
    RUN(stores_bytes_without_memory);
    RUN(keeps_the_order_of_bytes);
    RUN(finds_the_settings_of_a_file);
    RUN(predicts_without_memory);
    RUN(transforms_without_memory);
    RUN(audits_without_memory);
    RUN(prints_without_memory);
    RUN(refuses_rows_of_other_lengths);
    return test_finish();
}
