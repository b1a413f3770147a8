/* Reading and changing the attributes of an estimator. */
#include <string.h>

#include "base/try.h"
#include "template/upgrade/upgrade.h"

joblib_value *joblib_upgrade__get(const struct joblib_upgrade__estimator *estimator,
                                  const char *name)
{
    return joblib_template__own(joblib_value_attribute(estimator->object, name));
}

joblib_status joblib_upgrade__set(const struct joblib_upgrade__estimator *estimator,
                                  const char *name, const joblib_value *value,
                                  joblib_error *error)
{
    return joblib_builder_set_attribute(estimator->builder, estimator->object, name,
                                        value, error);
}

joblib_status joblib_upgrade__remove(const struct joblib_upgrade__estimator *estimator,
                                     const char *name, joblib_error *error)
{
    if (!joblib_upgrade__get(estimator, name)) return JOBLIB_OK;
    return joblib_builder_remove_attribute(estimator->builder, estimator->object, name,
                                           error);
}

joblib_status joblib_upgrade__rename(const struct joblib_upgrade__estimator *estimator,
                                     const char *from, const char *to,
                                     joblib_error *error)
{
    const joblib_value *value = joblib_upgrade__get(estimator, from);
    if (!value) return JOBLIB_OK;
    JOBLIB_TRY(joblib_upgrade__set(estimator, to, value, error));
    return joblib_upgrade__remove(estimator, from, error);
}

joblib_status joblib_upgrade__set_literal(
    const struct joblib_upgrade__estimator *estimator, const char *name,
    const char *literal, joblib_error *error)
{
    joblib_value *value;
    JOBLIB_TRY(joblib_template__literal(estimator->builder, literal, &value, error));
    return joblib_upgrade__set(estimator, name, value, error);
}

bool joblib_upgrade__is_fitted(const struct joblib_upgrade__estimator *estimator)
{
    const joblib_value *state = joblib_value_state(estimator->object);
    for (size_t i = 0; i < joblib_value_count(state); i++) {
        size_t size;
        const char *name = joblib_value_text(joblib_value_key(state, i), &size);
        if (name && size > 1 && name[size - 1] == '_' && strncmp(name, "__", 2) != 0)
            return true;
    }
    return false;
}
