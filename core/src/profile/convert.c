/* A document whose arrays and scalars are pickled anew, whatever their file had. */
#include "base/try.h"
#include "builder/builder.h"
#include "profile/checking.h"

static void forget_origin(struct joblib_value__origin *origin)
{
    origin->callable = NULL;
    origin->nested = NULL;
}

/* The values are those of the builder, and nobody else's yet. */
static joblib_status forget_form_of(joblib_profile__check *check,
                                    const joblib_value *value, joblib_error *error)
{
    (void)check;
    (void)error;
    if (value->kind == JOBLIB_KIND_DTYPE) forget_origin(&value->dtype->origin);
    if (value->kind != JOBLIB_KIND_ARRAY && value->kind != JOBLIB_KIND_SCALAR)
        return JOBLIB_OK;
    forget_origin(&value->array->origin);
    forget_origin(&value->array->dtype->dtype->origin);
    return JOBLIB_OK;
}

static joblib_status convert_root(joblib_builder *builder, joblib_value *root,
                                  joblib_document **out, joblib_error *error)
{
    joblib_profile__check walk = {.look = forget_form_of,
                                  .allocator = builder->allocator};
    joblib_status status = joblib_profile__walk(&walk, root, error);
    joblib_builder__map_free(&walk.met, &walk.allocator);
    return status == JOBLIB_OK ? joblib_builder_finish(builder, root, out, error)
                               : status;
}

joblib_status joblib_profile_convert(const joblib_document *document, int profile,
                                     const joblib_builder_options *options,
                                     joblib_document **out, joblib_error *error)
{
    joblib_builder *builder;
    joblib_value *root;
    JOBLIB_REQUIRE(out, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    *out = NULL;
    JOBLIB_REQUIRE(document, JOBLIB_ERROR_ARGUMENT, "document is NULL");
    JOBLIB_REQUIRE(profile == JOBLIB_PROFILE_PORTABLE, JOBLIB_ERROR_ARGUMENT,
                   "profile %d is unknown", profile);
    JOBLIB_TRY(joblib_builder_new_from(document, options, &builder, &root, error));
    joblib_status status = convert_root(builder, root, out, error);
    joblib_builder_free(builder);
    return status;
}
