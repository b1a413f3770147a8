/**
 * Classes and functions of scikit-learn that are no estimators, by release.
 */
#ifndef JOBLIB_TEMPLATE_UPGRADE_MOVED_H
#define JOBLIB_TEMPLATE_UPGRADE_MOVED_H

#include <stdbool.h>

struct joblib_upgrade__moved {
    const char *module; /**< NULL where the release has no such thing */
    const char *name;
};

/** Changes a name of any release into that of `target`. False for a name without row. */
bool joblib_upgrade__find_moved(unsigned target, struct joblib_upgrade__moved *name);

#endif
