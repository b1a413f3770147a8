#ifndef JOBLIB_H
#define JOBLIB_H

/**
 * libjoblib: reads joblib files and runs the scikit-learn models in them.
 *
 * Start with joblib/load.h, joblib/value.h, joblib/model.h and joblib/predict.h.
 */

#include "joblib/allocator.h"
#include "joblib/array.h"
#include "joblib/audit.h"
#include "joblib/builder.h"
#include "joblib/codec.h"
#include "joblib/document.h"
#include "joblib/dtype.h"
#include "joblib/dump.h"
#include "joblib/edit.h"
#include "joblib/error.h"
#include "joblib/export.h"
#include "joblib/frame.h"
#include "joblib/load.h"
#include "joblib/model.h"
#include "joblib/predict.h"
#include "joblib/print.h"
#include "joblib/profile.h"
#include "joblib/sink.h"
#include "joblib/source.h"
#include "joblib/sparse.h"
#include "joblib/status.h"
#include "joblib/template.h"
#include "joblib/value.h"
#include "joblib/version.h"
#include "joblib/view.h"

#endif
