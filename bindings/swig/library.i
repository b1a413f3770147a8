/* The library itself, and the names of what it numbers. */

%constant int NATIVE_NONE = 0;
%constant int NATIVE_BOOL = 1;
%constant int NATIVE_INT64 = 2;
%constant int NATIVE_UINT64 = 3;
%constant int NATIVE_BIG = 4;
%constant int NATIVE_FLOAT64 = 5;
%constant int NATIVE_COMPLEX = 6;
%constant int NATIVE_TEXT = 7;
%constant int NATIVE_BYTES = 8;
%constant int NATIVE_ARRAY = 9;
%constant int NATIVE_VALUE = 10;

%constant int KIND_NONE = 0;
%constant int KIND_BOOL = 1;
%constant int KIND_INT = 2;
%constant int KIND_FLOAT = 3;
%constant int KIND_COMPLEX = 4;
%constant int KIND_STR = 5;
%constant int KIND_BYTES = 6;
%constant int KIND_BYTEARRAY = 7;
%constant int KIND_LIST = 8;
%constant int KIND_TUPLE = 9;
%constant int KIND_DICT = 10;
%constant int KIND_SET = 11;
%constant int KIND_FROZENSET = 12;
%constant int KIND_ARRAY = 13;
%constant int KIND_SCALAR = 14;
%constant int KIND_DTYPE = 15;
%constant int KIND_GLOBAL = 16;
%constant int KIND_OBJECT = 17;

%constant int NUMBER_NONE = 0;
%constant int NUMBER_BOOL = 1;
%constant int NUMBER_INT8 = 2;
%constant int NUMBER_INT16 = 3;
%constant int NUMBER_INT32 = 4;
%constant int NUMBER_INT64 = 5;
%constant int NUMBER_UINT8 = 6;
%constant int NUMBER_UINT16 = 7;
%constant int NUMBER_UINT32 = 8;
%constant int NUMBER_UINT64 = 9;
%constant int NUMBER_FLOAT16 = 10;
%constant int NUMBER_FLOAT32 = 11;
%constant int NUMBER_FLOAT64 = 12;

%constant int PRINT_TREE = 0;
%constant int PRINT_LINE = 1;
%constant int PRINT_JSON = 2;

%constant int METHOD_PREDICT = 0;
%constant int METHOD_PREDICT_PROBA = 1;
%constant int METHOD_PREDICT_LOG_PROBA = 2;
%constant int METHOD_DECISION_FUNCTION = 3;
%constant int METHOD_TRANSFORM = 4;

void joblib_shim_check_abi(joblib_error *error);
joblib_text joblib_shim_version(void);
joblib_text joblib_shim_kind_name(int kind);
joblib_text joblib_shim_codec_name(int codec);
bool joblib_shim_codec_available(const char *text);
int joblib_shim_method_count(void);
joblib_text joblib_shim_method_name(int method);
int joblib_shim_method_find(const char *text);
