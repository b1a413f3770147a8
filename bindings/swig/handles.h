#ifndef JOBLIB_HANDLES_H
#define JOBLIB_HANDLES_H

/**
 * The objects that scripts hold: small structs that retain what they point into.
 *
 * A garbage collector frees in any order, so each handle owns a share of the document, model
 * or result behind it. Handles come from `new_X` or from functions that return one, and are
 * freed by `delete_X`, which accepts NULL.
 *
 * Functions are named `Type_method`, as SWIG calls the methods of an %extend block. Each
 * calls one function of the library, or does what every language would have to do. A look-up
 * that finds nothing returns NULL and sets no error; a failure sets `error->status`, and what
 * is returned then is NULL or 0. `error` must be JOBLIB_ERROR_INIT at the start.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "joblib.h"

/* What crosses into a language by value. If `owned` is not NULL the wrapper copies the
   content and then calls free(owned); if `data` is NULL there is nothing (nil). */

/** UTF-8, NULs inside possible, not terminated. */
typedef struct joblib_text {
    const char *data;
    size_t size; /**< bytes */
    void *owned;
} joblib_text;

typedef struct joblib_bytes {
    const void *data;
    size_t size; /**< bytes */
    void *owned;
} joblib_bytes;

typedef struct joblib_float64s {
    const double *data;
    size_t count;
    void *owned;
} joblib_float64s;

typedef struct joblib_int64s {
    const int64_t *data;
    size_t count;
    void *owned;
} joblib_int64s;

/** A list of numbers of one type, for languages whose lists hold any. */
typedef struct joblib_numbers {
    int number; /**< JOBLIB_NUMBER_BOOL or _INT64 (int64_t), _UINT64, _FLOAT64 (double) */
    const void *data;
    size_t count;
    void *owned;
} joblib_numbers;

/** What a value, or an element of an array, is for a language without numpy. */
typedef enum joblib_native {
    JOBLIB_NATIVE_NONE = 0,
    JOBLIB_NATIVE_BOOL = 1,
    JOBLIB_NATIVE_INT64 = 2,
    JOBLIB_NATIVE_UINT64 = 3, /**< beyond int64 */
    JOBLIB_NATIVE_BIG = 4,    /**< an integer beyond uint64 or below int64: decimal() */
    JOBLIB_NATIVE_FLOAT64 = 5,
    JOBLIB_NATIVE_COMPLEX = 6,
    JOBLIB_NATIVE_TEXT = 7,
    JOBLIB_NATIVE_BYTES = 8,
    JOBLIB_NATIVE_ARRAY = 9,
    JOBLIB_NATIVE_VALUE = 10 /**< a container, an object, a class, a dtype */
} joblib_native;

/** A result with a count of owners, since its arrays are handed out one by one. */
typedef struct joblib_shared_result joblib_shared_result;

/** What a handle keeps alive; each may be NULL. */
typedef struct joblib_owner {
    joblib_document *document;
    joblib_model *model;
    joblib_shared_result *result;
} joblib_owner;

typedef struct JoblibLoadOptions {
    joblib_load_options options;
    char *companions; /**< what the option of that name points to, or NULL */
} JoblibLoadOptions;

typedef struct JoblibDumpOptions {
    joblib_dump_options options;
    char *compress; /**< as joblib_codec_choose() takes it, or NULL */
    uint32_t
        like_protocol; /**< that `like` or `sklearn` brings, as in the options, or 0 */
    char **allow;
    size_t allow_count;
} JoblibDumpOptions;

/** Names of classes and functions that an audit trusts. */
typedef struct JoblibAllowList JoblibAllowList;

typedef struct JoblibAudit {
    joblib_audit *audit; /**< never NULL */
} JoblibAudit;

typedef struct JoblibDocument {
    joblib_document *document; /**< NULL once closed */
} JoblibDocument;

/** Values that are being made, and become a document. */
typedef struct JoblibBuilder JoblibBuilder;

typedef struct JoblibValue {
    joblib_document *document;
    const joblib_value *node; /**< never NULL */
} JoblibValue;

typedef struct JoblibArray {
    joblib_owner owner;
    joblib_array view;
    int64_t shape
        [1]; /**< where the view of an index array of a sparse matrix has its shape */
    int64_t strides[1];
} JoblibArray;

typedef struct JoblibDType {
    joblib_owner owner;
    const joblib_dtype *dtype; /**< never NULL */
} JoblibDType;

typedef struct JoblibInput {
    joblib_owner owner;
    joblib_input input;
    void *memory;    /**< values that the handle itself holds, or NULL */
    size_t capacity; /**< bytes of `memory` */
} JoblibInput;

typedef struct JoblibModel {
    joblib_model *model; /**< NULL once closed */
} JoblibModel;

typedef struct JoblibWorkspace {
    joblib_workspace *workspace;
} JoblibWorkspace;

typedef struct JoblibResult {
    joblib_owner owner;
} JoblibResult;

/** The parts of a model as its build reports them, copied. */
typedef struct JoblibReport JoblibReport;

/**
 * Calls `function(argument)`; each language defines it. Where an interpreter has a lock it is
 * released during the call, which touches nothing of the interpreter.
 */
void joblib_blocking(void (*function)(void *argument), void *argument);

/* The library */

/** Fails with JOBLIB_ERROR_ARGUMENT if the running library has another binary interface. */
void joblib_shim_check_abi(joblib_error *error);
joblib_text joblib_shim_version(void);
joblib_text joblib_shim_kind_name(int kind);
joblib_text joblib_shim_codec_name(int codec);
bool joblib_shim_codec_available(
    const char *text); /**< by name; false for unknown names */
int joblib_shim_method_count(void);
joblib_text joblib_shim_method_name(int method);
int joblib_shim_method_find(const char *text); /**< -1 if there is none */

/* Statuses: those of this library in order, to make exception classes from */

size_t joblib_shim_status_count(void);
int joblib_shim_status_at(size_t index);
joblib_text joblib_shim_status_class(
    int status); /**< "TruncatedError"; "Error" if unknown */
joblib_text joblib_shim_status_name(int status); /**< "JOBLIB_ERROR_TRUNCATED" */
joblib_text joblib_shim_status_text(int status);

/* Options */

JoblibLoadOptions *new_JoblibLoadOptions(joblib_error *error);
void delete_JoblibLoadOptions(JoblibLoadOptions *self);
/** Sets an option by its name in joblib_load_options; "mapping" takes 0 or 1. */
void JoblibLoadOptions_set_option(JoblibLoadOptions *self, const char *text,
                                  uint64_t number, joblib_error *error);
/** Sets a limit to JOBLIB_UNLIMITED. */
void JoblibLoadOptions_unlimited(JoblibLoadOptions *self, const char *text,
                                 joblib_error *error);

/** Sets an option whose value is text; "companions" takes a folder. */
void JoblibLoadOptions_set_text(JoblibLoadOptions *self, const char *text,
                                const char *content, joblib_error *error);

/* Audits; `options` and `allow` may be NULL. Outside of the count every name is empty. */

JoblibAllowList *new_JoblibAllowList(joblib_error *error);
void delete_JoblibAllowList(JoblibAllowList *self);
/** Trusts an exact name with its module: "package.module.Class". */
void JoblibAllowList_append(JoblibAllowList *self, const char *text, joblib_error *error);

JoblibAudit *JoblibAudit_load(const char *text, const JoblibLoadOptions *options,
                              const JoblibAllowList *allow, joblib_error *error);
JoblibAudit *JoblibAudit_loads(const void *data, size_t size,
                               const JoblibLoadOptions *options,
                               const JoblibAllowList *allow, joblib_error *error);
JoblibAudit *JoblibAudit_read(joblib_source *source, const JoblibLoadOptions *options,
                              const JoblibAllowList *allow, joblib_error *error);
void delete_JoblibAudit(JoblibAudit *self);
joblib_text JoblibAudit_outcome(const JoblibAudit *self); /**< "clean", "dangerous" … */
/** Fails as the reading of the file failed; of one that was read to its end it does not. */
void JoblibAudit_check(const JoblibAudit *self, joblib_error *error);
size_t JoblibAudit_count(const JoblibAudit *self);
joblib_text JoblibAudit_module_name(const JoblibAudit *self, size_t index);
joblib_text JoblibAudit_global_name(const JoblibAudit *self, size_t index);
joblib_text JoblibAudit_verdict(const JoblibAudit *self, size_t index); /**< "known" … */
joblib_text JoblibAudit_reason(const JoblibAudit *self, size_t index);
bool JoblibAudit_is_called(const JoblibAudit *self, size_t index);
bool JoblibAudit_is_built(const JoblibAudit *self, size_t index);
uint32_t JoblibAudit_nesting(const JoblibAudit *self, size_t index);
uint64_t JoblibAudit_offset(const JoblibAudit *self, size_t index);
uint64_t JoblibAudit_occurrences(const JoblibAudit *self, size_t index);

/* Documents; `options` may be NULL */

JoblibDocument *JoblibDocument_load(const char *text, const JoblibLoadOptions *options,
                                    joblib_error *error);
JoblibDocument *JoblibDocument_loads(const void *data, size_t size,
                                     const JoblibLoadOptions *options,
                                     joblib_error *error);
JoblibDocument *JoblibDocument_read(joblib_source *source,
                                    const JoblibLoadOptions *options,
                                    joblib_error *error);
void delete_JoblibDocument(JoblibDocument *self);
/** Gives up the document; values made before stay valid. Twice is fine. */
void JoblibDocument_close(JoblibDocument *self);
JoblibValue *JoblibDocument_root(const JoblibDocument *self, joblib_error *error);
joblib_text JoblibDocument_codec(const JoblibDocument *self, joblib_error *error);
int JoblibDocument_protocol(const JoblibDocument *self, joblib_error *error);
size_t JoblibDocument_memory(const JoblibDocument *self, joblib_error *error);
/** The models in it for scikit-learn `text`, by joblib_upgrade(); "" for the newest. */
JoblibDocument *JoblibDocument_upgrade(const JoblibDocument *self, const char *text,
                                       joblib_error *error);

/* Dumping; `options` may be NULL */

JoblibDumpOptions *new_JoblibDumpOptions(joblib_error *error);
void delete_JoblibDumpOptions(JoblibDumpOptions *self);
/** Sets "protocol"; "compress", a level; or "fast", "in_place", "unchecked", "unsynced". */
void JoblibDumpOptions_set_option(JoblibDumpOptions *self, const char *text,
                                  uint64_t number, joblib_error *error);
/** Sets "compress", as joblib_codec_choose() takes it; "like"; "sklearn", the version of
    joblib_template_dump_options(); "pickler", which is "joblib" or "pickle"; or adds a name to
    "allow". */
void JoblibDumpOptions_set_text(JoblibDumpOptions *self, const char *text,
                                const char *content, joblib_error *error);
/** Dumps to a file. Where no codec is chosen its name chooses, else the document. */
void JoblibDocument_dump(const JoblibDocument *self, const char *text,
                         const JoblibDumpOptions *options, joblib_error *error);
joblib_bytes JoblibDocument_dumps(const JoblibDocument *self,
                                  const JoblibDumpOptions *options, joblib_error *error);
void JoblibDocument_write(const JoblibDocument *self, joblib_sink *sink,
                          const JoblibDumpOptions *options, joblib_error *error);
/** Sets the options with which the document gives the bytes of its file again, by
    joblib_dump_find_same(). Where none do that is JOBLIB_ERROR_DIFFERENT, and the options are
    those of the closest try. */
void JoblibDocument_find_same(const JoblibDocument *self, const void *data, size_t size,
                              JoblibDumpOptions *options, joblib_error *error);

/* Builders. Values are named by numbers, 0 is none. What makes a value returns its number;
   numbers of a document that is finished name nothing any more. joblib/builder.h and
   joblib/edit.h say what each function does. */

JoblibBuilder *new_JoblibBuilder(joblib_error *error);
/** A copy of a document, to be edited; its root has the number 1. */
JoblibBuilder *JoblibBuilder_from_document(const JoblibDocument *document,
                                           joblib_error *error);
void delete_JoblibBuilder(JoblibBuilder *self);
/** Makes a document; the builder may then build another. */
JoblibDocument *JoblibBuilder_finish(JoblibBuilder *self, int64_t root,
                                     joblib_error *error);
int64_t JoblibBuilder_none(JoblibBuilder *self, joblib_error *error);
int64_t JoblibBuilder_boolean(JoblibBuilder *self, bool truth, joblib_error *error);
int64_t JoblibBuilder_int64(JoblibBuilder *self, int64_t number, joblib_error *error);
int64_t JoblibBuilder_decimal(JoblibBuilder *self, const char *text, joblib_error *error);
int64_t JoblibBuilder_float64(JoblibBuilder *self, double number, joblib_error *error);
int64_t JoblibBuilder_complex(JoblibBuilder *self, double real, double imaginary,
                              joblib_error *error);
int64_t JoblibBuilder_text(JoblibBuilder *self, const void *data, size_t size,
                           joblib_error *error);
/** A name: one value for each text. */
int64_t JoblibBuilder_key(JoblibBuilder *self, const char *text, joblib_error *error);
int64_t JoblibBuilder_bytes(JoblibBuilder *self, const void *data, size_t size,
                            joblib_error *error);
int64_t JoblibBuilder_bytearray(JoblibBuilder *self, const void *data, size_t size,
                                joblib_error *error);
int64_t JoblibBuilder_list(JoblibBuilder *self, joblib_error *error);
int64_t JoblibBuilder_dict(JoblibBuilder *self, joblib_error *error);
int64_t JoblibBuilder_set(JoblibBuilder *self, joblib_error *error);
int64_t JoblibBuilder_tuple(JoblibBuilder *self, joblib_int64s numbers,
                            joblib_error *error);
int64_t JoblibBuilder_frozenset(JoblibBuilder *self, joblib_int64s numbers,
                                joblib_error *error);
/** A class or function: "package.module.Class", or "package.module:Outer.Class" for one that
    stands inside a class. */
int64_t JoblibBuilder_global(JoblibBuilder *self, const char *text, joblib_error *error);
/** `arguments` is a tuple, `keywords` a dict; either may be 0. */
int64_t JoblibBuilder_object(JoblibBuilder *self, int form, int64_t callable,
                             int64_t arguments, int64_t keywords, joblib_error *error);
/** Copies a value of a document; what two copies of one document share stays shared. */
int64_t JoblibBuilder_copy(JoblibBuilder *self, const JoblibValue *source,
                           joblib_error *error);
/** Copies an array of any owner, but not one of objects. */
int64_t JoblibBuilder_copy_array(JoblibBuilder *self, const JoblibArray *array,
                                 joblib_error *error);
void JoblibBuilder_append(JoblibBuilder *self, int64_t list, int64_t item,
                          joblib_error *error);
void JoblibBuilder_insert(JoblibBuilder *self, int64_t list, size_t index, int64_t item,
                          joblib_error *error);
void JoblibBuilder_set_at(JoblibBuilder *self, int64_t list, size_t index, int64_t item,
                          joblib_error *error);
void JoblibBuilder_remove_at(JoblibBuilder *self, int64_t list, size_t index,
                             joblib_error *error);
void JoblibBuilder_put(JoblibBuilder *self, int64_t dict, int64_t key, int64_t item,
                       joblib_error *error);
void JoblibBuilder_add(JoblibBuilder *self, int64_t set, int64_t item,
                       joblib_error *error);
void JoblibBuilder_remove_key(JoblibBuilder *self, int64_t dict, int64_t key,
                              joblib_error *error);
void JoblibBuilder_set_class(JoblibBuilder *self, int64_t object, int64_t callable,
                             joblib_error *error);
void JoblibBuilder_set_state(JoblibBuilder *self, int64_t object, int64_t state,
                             joblib_error *error);
void JoblibBuilder_set_attribute(JoblibBuilder *self, int64_t object, const char *text,
                                 int64_t item, joblib_error *error);
void JoblibBuilder_remove_attribute(JoblibBuilder *self, int64_t object, const char *text,
                                    joblib_error *error);
void JoblibBuilder_replace(JoblibBuilder *self, int64_t root, const char *text,
                           int64_t item, joblib_error *error);
int64_t JoblibBuilder_find(JoblibBuilder *self, int64_t root, const char *text,
                           joblib_error *error);
/** A scikit-learn model by joblib/template.h: the class `text` as version `content` has it, ""
    for the newest; each entry of the dict is set. */
int64_t JoblibBuilder_estimator(JoblibBuilder *self, const char *text,
                                const char *content, int64_t attributes,
                                joblib_error *error);
int64_t JoblibBuilder_dtype(JoblibBuilder *self, const char *text, joblib_error *error);
/** Copies elements of the dtype `text`; `fortran`: the first index goes fastest. */
int64_t JoblibBuilder_array(JoblibBuilder *self, const void *data, size_t size,
                            const char *text, joblib_int64s shape, bool fortran,
                            joblib_error *error);
int64_t JoblibBuilder_object_array(JoblibBuilder *self, joblib_int64s numbers,
                                   joblib_int64s shape, joblib_error *error);
int64_t JoblibBuilder_scalar(JoblibBuilder *self, const void *data, size_t size,
                             const char *text, joblib_error *error);

/* Values */

void delete_JoblibValue(JoblibValue *self);
/** Equal for two handles of one Python object, while either lives. */
uint64_t JoblibValue_identity(const JoblibValue *self);
int JoblibValue_kind(const JoblibValue *self);
joblib_text JoblibValue_kind_name(const JoblibValue *self);
int JoblibValue_native_kind(const JoblibValue *self); /**< a joblib_native */

bool JoblibValue_as_bool(const JoblibValue *self, joblib_error *error);
int64_t JoblibValue_as_int64(const JoblibValue *self, joblib_error *error);
uint64_t JoblibValue_as_uint64(const JoblibValue *self, joblib_error *error);
double JoblibValue_as_float64(const JoblibValue *self, joblib_error *error);
double JoblibValue_real(const JoblibValue *self, joblib_error *error);
double JoblibValue_imaginary(const JoblibValue *self, joblib_error *error);
joblib_text JoblibValue_decimal(const JoblibValue *self, joblib_error *error);
joblib_text JoblibValue_text(const JoblibValue *self, joblib_error *error);
joblib_bytes JoblibValue_bytes(const JoblibValue *self, joblib_error *error);
bool JoblibValue_is_py2(const JoblibValue *self);

size_t JoblibValue_count(const JoblibValue *self);
JoblibValue *JoblibValue_at(const JoblibValue *self, size_t index, joblib_error *error);
JoblibValue *JoblibValue_key(const JoblibValue *self, size_t index, joblib_error *error);
JoblibValue *JoblibValue_find(const JoblibValue *self, const char *text,
                              joblib_error *error);
JoblibValue *JoblibValue_find_int(const JoblibValue *self, int64_t key,
                                  joblib_error *error);

joblib_text JoblibValue_module_name(const JoblibValue *self); /**< nil for other kinds */
joblib_text JoblibValue_class_name(const JoblibValue *self);  /**< also of a function */
int JoblibValue_form(const JoblibValue *self);                /**< a joblib_form */
JoblibValue *JoblibValue_class_value(const JoblibValue *self, joblib_error *error);
JoblibValue *JoblibValue_arguments(const JoblibValue *self, joblib_error *error);
JoblibValue *JoblibValue_keywords(const JoblibValue *self, joblib_error *error);
JoblibValue *JoblibValue_state(const JoblibValue *self, joblib_error *error);
JoblibValue *JoblibValue_items(const JoblibValue *self, joblib_error *error);
JoblibValue *JoblibValue_entries(const JoblibValue *self, joblib_error *error);
JoblibValue *JoblibValue_attribute(const JoblibValue *self, const char *text,
                                   joblib_error *error);
/** Dict 0 or 1 of those that hold an object's attributes; each may be NULL. */
JoblibValue *JoblibValue_attribute_dict(const JoblibValue *self, size_t index,
                                        joblib_error *error);

JoblibArray *JoblibValue_array(const JoblibValue *self, joblib_error *error);
joblib_text JoblibValue_dtype(const JoblibValue *self); /**< nil for other kinds */
JoblibValue *JoblibValue_subclass(const JoblibValue *self, joblib_error *error);
/** joblib_value_print() in a joblib_print_format; `levels` of a tree, 0 for the default. */
joblib_text JoblibValue_print(const JoblibValue *self, int format, uint64_t levels,
                              joblib_error *error);

/* Element types: of an array, a numpy scalar or a dtype; NULL for other kinds. `axis` counts the
   dimensions of a sub-array, `index` the fields of a record; both from 0. */

JoblibDType *JoblibValue_element_type(const JoblibValue *self, joblib_error *error);
JoblibDType *JoblibArray_element_type(const JoblibArray *self, joblib_error *error);
void delete_JoblibDType(JoblibDType *self);
joblib_text JoblibDType_text(const JoblibDType *self); /**< as numpy writes it */
size_t JoblibDType_itemsize(const JoblibDType *self);  /**< in bytes */
size_t JoblibDType_field_count(const JoblibDType *self);
joblib_text JoblibDType_field_name(const JoblibDType *self, size_t index);
size_t JoblibDType_field_offset(const JoblibDType *self, size_t index); /**< in bytes */
JoblibDType *JoblibDType_field(const JoblibDType *self, size_t index,
                               joblib_error *error);
/** The type of a sub-array's elements; NULL for other types. */
JoblibDType *JoblibDType_base(const JoblibDType *self, joblib_error *error);
size_t JoblibDType_ndim(const JoblibDType *self); /**< 0 for other types */
int64_t JoblibDType_shape(const JoblibDType *self, size_t axis, joblib_error *error);

/* Arrays. `axis` counts dimensions, `index` elements in C order; both from 0. */

void delete_JoblibArray(JoblibArray *self);
joblib_text JoblibArray_dtype(const JoblibArray *self);
int JoblibArray_number(const JoblibArray *self); /**< a joblib_number */
size_t JoblibArray_itemsize(const JoblibArray *self);
size_t JoblibArray_ndim(const JoblibArray *self);
int64_t JoblibArray_shape(const JoblibArray *self, size_t axis, joblib_error *error);
int64_t JoblibArray_stride(const JoblibArray *self, size_t axis, joblib_error *error);
size_t JoblibArray_count(const JoblibArray *self);
joblib_text JoblibArray_order(
    const JoblibArray *self); /**< "C", "F", or "" for neither */
/** The sub-array at `index` of the first dimension. */
JoblibArray *JoblibArray_at(const JoblibArray *self, size_t index, joblib_error *error);

/** All elements, packed in C order and native byte order. */
joblib_bytes JoblibArray_bytes(const JoblibArray *self, joblib_error *error);
/** All elements in the byte order of the dtype, as they stand in memory; in C order where they
    are not contiguous. */
joblib_bytes JoblibArray_stored_bytes(const JoblibArray *self, joblib_error *error);
joblib_numbers JoblibArray_numbers(const JoblibArray *self, joblib_error *error);
joblib_float64s JoblibArray_float64s(const JoblibArray *self, joblib_error *error);
joblib_int64s JoblibArray_int64s(const JoblibArray *self, joblib_error *error);

int JoblibArray_native_kind(const JoblibArray *self, size_t index, joblib_error *error);
bool JoblibArray_as_bool(const JoblibArray *self, size_t index, joblib_error *error);
int64_t JoblibArray_as_int64(const JoblibArray *self, size_t index, joblib_error *error);
uint64_t JoblibArray_as_uint64(const JoblibArray *self, size_t index,
                               joblib_error *error);
double JoblibArray_as_float64(const JoblibArray *self, size_t index, joblib_error *error);
double JoblibArray_real(const JoblibArray *self, size_t index, joblib_error *error);
double JoblibArray_imaginary(const JoblibArray *self, size_t index, joblib_error *error);
joblib_text JoblibArray_decimal(const JoblibArray *self, size_t index,
                                joblib_error *error);
/** Text of kind 'U' or 'S', or of a str in an array of objects. */
joblib_text JoblibArray_text(const JoblibArray *self, size_t index, joblib_error *error);
/** Bytes of one element in native byte order; of kind 'S' without trailing NULs. */
joblib_bytes JoblibArray_item(const JoblibArray *self, size_t index, joblib_error *error);
JoblibValue *JoblibArray_object_at(const JoblibArray *self, size_t index,
                                   joblib_error *error);

size_t JoblibArray_field_count(const JoblibArray *self);
joblib_text JoblibArray_field_name(const JoblibArray *self, size_t index);
/** One field of all records; NULL if there is none of that name. */
JoblibArray *JoblibArray_field(const JoblibArray *self, const char *text,
                               joblib_error *error);

/* Input */

/** An input without rows, to which rows are appended. */
JoblibInput *new_JoblibInput(joblib_error *error);
void delete_JoblibInput(JoblibInput *self);
/** Appends a row of `count` numbers; JOBLIB_ERROR_INPUT if the first row had another count. */
void JoblibInput_append(JoblibInput *self, const double *values, size_t count,
                        joblib_error *error);
/**
 * Copies rows * columns numbers in C order. `text` is their dtype as numpy writes it, with or
 * without byte order: "<f8", ">i4", "f4", "|b1".
 */
JoblibInput *JoblibInput_packed(const void *data, size_t size, const char *text,
                                size_t rows, size_t columns, joblib_error *error);
/** A loaded array or scipy CSR matrix. */
JoblibInput *JoblibInput_from_value(const JoblibValue *value, joblib_error *error);
/** An array of numbers: 2-D, or 1-D as one row. Nothing is copied. */
JoblibInput *JoblibInput_from_array(const JoblibArray *array, joblib_error *error);
size_t JoblibInput_rows(const JoblibInput *self);
size_t JoblibInput_columns(const JoblibInput *self);
bool JoblibInput_is_sparse(const JoblibInput *self);
/* The arrays of a sparse input; JOBLIB_ERROR_KIND for a dense one. */
JoblibArray *JoblibInput_values(const JoblibInput *self, joblib_error *error);
JoblibArray *JoblibInput_row_offsets(const JoblibInput *self, joblib_error *error);
JoblibArray *JoblibInput_column_indices(const JoblibInput *self, joblib_error *error);

/* Models; `options` and `report` may be NULL */

JoblibModel *JoblibModel_load(const char *text, const JoblibLoadOptions *options,
                              JoblibReport *report, joblib_error *error);
JoblibModel *JoblibModel_from_document(const JoblibDocument *document,
                                       JoblibReport *report, joblib_error *error);
JoblibModel *JoblibModel_from_value(const JoblibValue *value, JoblibReport *report,
                                    joblib_error *error);
void delete_JoblibModel(JoblibModel *self);
/** Gives up the model; results made before stay valid. Twice is fine. */
void JoblibModel_close(JoblibModel *self);
JoblibModel *JoblibModel_prepare(const JoblibModel *self, joblib_error *error);
JoblibValue *JoblibModel_value(const JoblibModel *self, joblib_error *error);
JoblibDocument *JoblibModel_document(const JoblibModel *self, joblib_error *error);
joblib_text JoblibModel_version(const JoblibModel *self, joblib_error *error);
uint32_t JoblibModel_methods(const JoblibModel *self, joblib_error *error);
size_t JoblibModel_feature_count(const JoblibModel *self, joblib_error *error);
joblib_text JoblibModel_feature_name(const JoblibModel *self, size_t index,
                                     joblib_error *error); /**< nil if there is none */
size_t JoblibModel_target_count(const JoblibModel *self, joblib_error *error);
JoblibArray *JoblibModel_classes(const JoblibModel *self, size_t index,
                                 joblib_error *error);
size_t JoblibModel_output_count(const JoblibModel *self, int method, joblib_error *error);
size_t JoblibModel_output_columns(const JoblibModel *self, int method, size_t index,
                                  joblib_error *error);
size_t JoblibModel_memory(const JoblibModel *self, joblib_error *error);

/** Runs a method; `workspace` may be NULL; `threads` 0 is the default, 1. */
JoblibResult *JoblibModel_run(const JoblibModel *self, int method,
                              const JoblibInput *input, JoblibWorkspace *workspace,
                              uint32_t threads, joblib_error *error);
JoblibResult *JoblibModel_bound(const JoblibModel *self, int method,
                                const JoblibInput *input, JoblibWorkspace *workspace,
                                joblib_error *error);
/** joblib_model_fill(): the one dense numeric output into memory of the caller. */
void JoblibModel_fill(const JoblibModel *self, int method, const JoblibInput *input,
                      JoblibWorkspace *workspace, double *out, size_t capacity,
                      joblib_error *error);

JoblibWorkspace *new_JoblibWorkspace(joblib_error *error);
void delete_JoblibWorkspace(JoblibWorkspace *self);
size_t JoblibWorkspace_memory(const JoblibWorkspace *self);

/* Results */

void delete_JoblibResult(JoblibResult *self);
size_t JoblibResult_count(const JoblibResult *self);
bool JoblibResult_is_sparse(const JoblibResult *self, size_t index);
JoblibArray *JoblibResult_array(const JoblibResult *self, size_t index,
                                joblib_error *error);
JoblibInput *JoblibResult_csr(const JoblibResult *self, size_t index,
                              joblib_error *error);

/* Reports; outside of its count every part is empty */

JoblibReport *new_JoblibReport(joblib_error *error);
void delete_JoblibReport(JoblibReport *self);
size_t JoblibReport_count(const JoblibReport *self);
int JoblibReport_status(const JoblibReport *self, size_t index);
joblib_text JoblibReport_path(const JoblibReport *self, size_t index);
joblib_text JoblibReport_reason(const JoblibReport *self, size_t index);
joblib_text JoblibReport_module_name(const JoblibReport *self, size_t index);
joblib_text JoblibReport_class_name(const JoblibReport *self, size_t index);
joblib_text JoblibReport_version(const JoblibReport *self, size_t index);
uint32_t JoblibReport_depth(const JoblibReport *self, size_t index);
uint32_t JoblibReport_methods(const JoblibReport *self, size_t index);
uint64_t JoblibReport_features(const JoblibReport *self, size_t index);

#endif
