/* Statuses: OK, ERROR_ARGUMENT … as constants, and the exception class of each. */

#define JOBLIB_X(name, number, meaning, exception) %constant int name = number;
%include "status.def"
#undef JOBLIB_X

size_t joblib_shim_status_count(void);
int joblib_shim_status_at(size_t index);
joblib_text joblib_shim_status_class(int status);
joblib_text joblib_shim_status_name(int status);
joblib_text joblib_shim_status_text(int status);
