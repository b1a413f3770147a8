#include "joblib/version.h"

const char *joblib_version(void)
{
    return JOBLIB_VERSION;
}

int joblib_abi_version(void)
{
    return JOBLIB_ABI_VERSION;
}
