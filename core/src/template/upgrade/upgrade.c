/* A document rewritten for another release of scikit-learn. */
#include "template/upgrade/upgrade.h"

#include <stdarg.h>
#include <string.h>

#include "base/try.h"
#include "base/vector.h"
#include "builder/builder.h"

static joblib_status rewrite_root(struct joblib_upgrade__run *run, joblib_value *root,
                                  joblib_document **out, joblib_error *error)
{
    joblib_status status = joblib_upgrade__walk(run, root, error);
    if (status == JOBLIB_OK)
        status = joblib_builder_finish(run->builder, root, out, error);
    joblib_builder__map_free(&run->visited, &run->builder->allocator);
    joblib_base__free(&run->builder->allocator, run->frames,
                      run->frame_room * sizeof *run->frames);
    return status;
}

joblib_status joblib_upgrade(const joblib_document *document, const char *version,
                             const joblib_builder_options *options, joblib_document **out,
                             joblib_error *error)
{
    struct joblib_upgrade__run run = {0};
    joblib_value *root;
    JOBLIB_REQUIRE(out, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    JOBLIB_REQUIRE(document, JOBLIB_ERROR_ARGUMENT, "document is NULL");
    JOBLIB_TRY(joblib_template__parse_version(version, &run.target, run.version, error));
    JOBLIB_TRY(joblib_builder_new_from(document, options, &run.builder, &root, error));
    joblib_status status = rewrite_root(&run, root, out, error);
    joblib_builder_free(run.builder);
    return status;
}

joblib_status joblib_upgrade__refuse(joblib_error *error, const char *attribute,
                                     const char *format, ...)
{
    va_list words;
    va_start(words, format);
    (void)joblib_base__set_error_list(error, JOBLIB_ERROR_ESTIMATOR, format, words);
    va_end(words);
    if (attribute) joblib_base__set_path(error, attribute);
    return JOBLIB_ERROR_ESTIMATOR;
}

const char *joblib_upgrade__release(unsigned release)
{
    const char *text = joblib_template_version(release);
    return text ? text : "an unknown release";
}
