/* A build without a reader of JSON. */
#include "command/failure.h"
#include "command/json/json.h"

joblib_status joblib_command__read_json(const char *path, joblib_document **document,
                                        joblib_dump_options *options, joblib_error *error)
{
    (void)path;
    (void)document;
    (void)options;
    return joblib_command__fail(
        error, JOBLIB_ERROR_UNSUPPORTED_BUILD,
        "this joblib was built without jansson, which reads JSON");
}
