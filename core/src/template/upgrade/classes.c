/* The classes that have rows: the templates, and others. */
#include "template/upgrade/upgrade.h"

const struct joblib_template__class *joblib_upgrade__find_class(const char *name)
{
    return joblib_template__find_class(name);
}
