#include "base/try.h"
#include "model/model.h"

const joblib_value *joblib_model_value(const joblib_model *model)
{
    return model ? model->value : NULL;
}

joblib_document *joblib_model_document(const joblib_model *model)
{
    return model ? model->document : NULL;
}

const char *joblib_model_version(const joblib_model *model)
{
    return model ? model->root->version : "";
}

uint32_t joblib_model_methods(const joblib_model *model)
{
    return model ? model->root->methods : 0;
}

size_t joblib_model_feature_count(const joblib_model *model)
{
    return model ? model->root->features : 0;
}

const char *joblib_model_feature_name(const joblib_model *model, size_t index)
{
    if (index >= joblib_model_feature_count(model) || !model->root->feature_names)
        return NULL;
    return model->root->feature_names[index];
}

size_t joblib_model_target_count(const joblib_model *model)
{
    return model && model->root->labels ? model->root->labels->target_count : 0;
}

joblib_status joblib_model_classes(const joblib_model *model, size_t index,
                                   joblib_array *out, joblib_error *error)
{
    size_t count = joblib_model_target_count(model);
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    JOBLIB_REQUIRE(index < count, JOBLIB_ERROR_RANGE, "target %zu of %zu", index, count);
    *out = model->root->labels->targets[index].classes;
    return JOBLIB_OK;
}

size_t joblib_model_output_count(const joblib_model *model, int method)
{
    return model ? joblib_model__output_count(model->root, method) : 0;
}

size_t joblib_model_output_columns(const joblib_model *model, int method, size_t index)
{
    if (index >= joblib_model_output_count(model, method)) return 0;
    const joblib_model__form input = {.kind = JOBLIB_INPUT_DENSE,
                                      .number = JOBLIB_NUMBER_FLOAT64,
                                      .columns = model->root->features};
    joblib_model__form output;
    joblib_model__describe(model->root, method, &input, index, &output);
    return output.columns;
}

size_t joblib_model_memory(const joblib_model *model)
{
    size_t total = 0;
    for (; model; model = model->base) total += sizeof *model + (size_t)model->arena.used;
    return total;
}
