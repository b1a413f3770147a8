#ifndef JOBLIB_HANDLE_REPORT_H
#define JOBLIB_HANDLE_REPORT_H

#include "handles.h"

/** The report function of a build; `ctx` is a JoblibReport. Parts without memory are left out. */
void joblib_shim__report_part(void *ctx, const joblib_model_part *part);

#endif
