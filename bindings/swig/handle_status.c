/* Statuses, and the exception classes that the bindings make of them. */

#include "handle_common.h"

#define JOBLIB_X(name, number, meaning, exception) {number, #exception},
static const struct {
    int status;
    const char *exception;
} status_classes[] = {
#include "status.def"
};
#undef JOBLIB_X

size_t joblib_shim_status_count(void)
{
    return sizeof status_classes / sizeof status_classes[0];
}

int joblib_shim_status_at(size_t index)
{
    return index < joblib_shim_status_count() ? status_classes[index].status : JOBLIB_OK;
}

joblib_text joblib_shim_status_class(int status)
{
    for (size_t i = 0; i < joblib_shim_status_count(); i++) {
        if (status_classes[i].status == status) {
            return joblib_shim__text(status_classes[i].exception);
        }
    }
    return joblib_shim__text("Error");
}

joblib_text joblib_shim_status_name(int status)
{
    return joblib_shim__text(joblib_status_name(status));
}

joblib_text joblib_shim_status_text(int status)
{
    return joblib_shim__text(joblib_status_text(status));
}
