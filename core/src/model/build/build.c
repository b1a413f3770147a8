#include "model/build/build.h"

#include <string.h>

#include "base/try.h"
#include "model/registry.h"

void joblib_model__build_init(joblib_model__build *build, joblib_base__arena *arena,
                              const joblib_allocator *allocator, bool reports)
{
    memset(build, 0, sizeof *build);
    build->arena = arena;
    build->last = &build->first;
    build->reports = reports;
    joblib_base__arena_init(&build->scratch, allocator, UINT64_MAX);
}

void joblib_model__build_free(joblib_model__build *build)
{
    joblib_base__arena_free(&build->scratch);
}

static joblib_status add_part(joblib_model__build *build,
                              const joblib_model__context *context,
                              joblib_model__part **out, joblib_error *error)
{
    joblib_model__part *part = joblib_base__arena_allocate(&build->scratch, sizeof *part);
    if (!part) return joblib_base__arena_fail(&build->scratch, sizeof *part, error);
    memset(part, 0, sizeof *part);
    part->value = context->value;
    part->depth = context->depth;
    part->version = "";
    *build->last = part;
    build->last = &part->next;
    build->part_count++;
    *out = part;
    return JOBLIB_OK;
}

static joblib_status copy_text(joblib_model__build *build, const char *text,
                               const char **out, joblib_error *error)
{
    size_t size = strlen(text) + 1;
    char *copy = joblib_base__arena_allocate(&build->scratch, size);
    if (!copy) return joblib_base__arena_fail(&build->scratch, size, error);
    memcpy(copy, text, size);
    *out = copy;
    return JOBLIB_OK;
}

static bool contains_itself(const joblib_model__context *context)
{
    const joblib_model__context *above = context->parent;
    while (above && above->value != context->value) above = above->parent;
    return above != NULL;
}

static joblib_status check_place(const joblib_model__context *context)
{
    if (context->depth > JOBLIB_MODEL_MAX_DEPTH)
        return joblib_model__fail(context, NULL, JOBLIB_ERROR_MODEL,
                                  "estimators are nested deeper than %d",
                                  JOBLIB_MODEL_MAX_DEPTH);
    if (contains_itself(context))
        return joblib_model__fail(context, NULL, JOBLIB_ERROR_MODEL,
                                  "the estimator contains itself");
    if (context->build->part_count > JOBLIB_MODEL_MAX_PARTS)
        return joblib_model__fail(context, NULL, JOBLIB_ERROR_MODEL,
                                  "the model has more than %zu parts",
                                  JOBLIB_MODEL_MAX_PARTS);
    if (joblib_value_kind(context->value) != JOBLIB_KIND_OBJECT)
        return joblib_model__fail(
            context, NULL, JOBLIB_ERROR_MODEL, "%s where an estimator is expected",
            joblib_kind_name((int)joblib_value_kind(context->value)));
    return JOBLIB_OK;
}

/* Parts of scikit-learn store their version; other classes have that of what holds them. */
static void read_version(joblib_model__context *context)
{
    const joblib_value *stored = joblib_model__attribute(context, "_sklearn_version");
    const char *text = joblib_value_text(stored, NULL);
    context->version = joblib_model__parse_version(text);
    context->version_text = text ? text : "";
    if (context->version == 0 && context->parent)
        context->version = context->parent->version;
}

static joblib_status read_feature_names(const joblib_model__context *context,
                                        joblib_model__estimator *self)
{
    joblib_array names;
    const joblib_value *stored = joblib_model__attribute(context, "feature_names_in_");
    if (!stored || joblib_value_array(stored, &names, NULL) != JOBLIB_OK)
        return JOBLIB_OK;
    if (joblib_dtype_kind(names.dtype) != 'O' || names.count != self->features)
        return JOBLIB_OK;
    void *memory;
    JOBLIB_TRY(joblib_model__allocate(context, names.count, sizeof(char *), &memory));
    const char **texts = memory;
    for (size_t i = 0; i < names.count; i++) {
        texts[i] = joblib_value_text(joblib_array_object(&names, i), NULL);
        if (!texts[i]) return JOBLIB_OK;
    }
    self->feature_names = texts;
    return JOBLIB_OK;
}

static joblib_status build_known(joblib_model__context *context,
                                 joblib_model__estimator **out)
{
    JOBLIB_TRY(context->row->build(context, out));
    if (context->part_failed) return JOBLIB_ERROR_ESTIMATOR;
    if (!(*out)->feature_names) JOBLIB_TRY(read_feature_names(context, *out));
    return JOBLIB_OK;
}

static joblib_status build_value(joblib_model__context *context,
                                 joblib_model__estimator **out)
{
    JOBLIB_TRY(check_place(context));
    const char *module = joblib_value_module(context->value);
    const char *name = joblib_value_name(context->value);
    context->row = joblib_model__find_row(module, name);
    read_version(context);
    if (context->row) return build_known(context, out);
    JOBLIB_TRY(joblib_model__search_parts(context, context->value));
    return joblib_model__fail(context, NULL, JOBLIB_ERROR_ESTIMATOR,
                              "no estimator of this class");
}

/* Keeps what the error says, and makes room for that of the next part. */
static joblib_status note_failure(joblib_model__context *context,
                                  joblib_model__part *part, joblib_status status)
{
    joblib_model__build *build = context->build;
    joblib_error *error = context->error;
    joblib_error noted = *error;
    joblib_error_init(error);
    part->status = status;
    part->inherited = context->part_failed && context->row != NULL;
    part->error_path = part->path;
    if (part->inherited) {
        part->reason = "a part of it cannot run";
        return JOBLIB_OK;
    }
    JOBLIB_TRY(copy_text(build, noted.message, &part->reason, error));
    return copy_text(build, noted.path, &part->error_path, error);
}

static void note_success(joblib_model__part *part, const joblib_model__context *context,
                         joblib_model__estimator *self)
{
    self->version = context->version_text;
    part->methods = self->methods;
    part->features = self->features;
}

static joblib_status build_noted(joblib_model__context *context,
                                 joblib_model__estimator **out)
{
    joblib_model__part *part = NULL;
    JOBLIB_TRY(add_part(context->build, context, &part, context->error));
    joblib_status status = build_value(context, out);
    if (status == JOBLIB_ERROR_MEMORY) return status;
    part->version = context->version_text;
    if (status != JOBLIB_OK || context->build->reports) {
        char path[JOBLIB_MODEL_PATH_SIZE];
        joblib_error fresh = JOBLIB_ERROR_INIT;
        joblib_model__write_path(context->path, NULL, path);
        if (copy_text(context->build, path, &part->path, &fresh) != JOBLIB_OK) {
            *context->error = fresh;
            return JOBLIB_ERROR_MEMORY;
        }
    }
    if (status == JOBLIB_OK) {
        note_success(part, context, *out);
        return JOBLIB_OK;
    }
    *out = NULL;
    return note_failure(context, part, status);
}

joblib_status joblib_model__build_part(joblib_model__context *context,
                                       const joblib_value *value,
                                       const joblib_model__segment *path,
                                       joblib_model__estimator **out)
{
    joblib_model__context part = {.build = context->build,
                                  .arena = context->arena,
                                  .parent = context,
                                  .value = value,
                                  .path = path,
                                  .version_text = "",
                                  .depth = context->depth + 1,
                                  .error = context->error};
    *out = NULL;
    JOBLIB_TRY(build_noted(&part, out));
    if (!*out) context->part_failed = true;
    return JOBLIB_OK;
}

joblib_status joblib_model__build_whole(joblib_model__build *build,
                                        const joblib_value *value,
                                        joblib_model__estimator **out,
                                        joblib_error *error)
{
    joblib_error kept = JOBLIB_ERROR_INIT;
    joblib_model__context whole = {.build = build,
                                   .arena = build->arena,
                                   .value = value,
                                   .version_text = "",
                                   .error = error ? error : &kept};
    *out = NULL;
    joblib_error_init(whole.error);
    return build_noted(&whole, out);
}
