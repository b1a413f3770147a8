/* The classes that have rows: those of templates, and others. */
#include <string.h>

#include "template/derive.h"
#include "template/upgrade/upgrade.h"

#include "template/row_macros.def"

/* clang-format off */
#include "template/upgrade/other_linear.def"
#include "template/upgrade/other_meta.def"
#include "template/upgrade/other_points.def"
#include "template/upgrade/other_preprocessing.def"
#include "template/upgrade/other_svm.def"
#include "template/upgrade/other_trees.def"
/* clang-format on */

#include "template/row_macros_end.def"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const struct joblib_template__class other_classes[] = {
#define JOBLIB_X(rows, name) \
    {name, rows##_rows, COUNT(rows##_rows), joblib_template__derive_nothing},
#include "template/upgrade/other_classes.def"
#undef JOBLIB_X
};

/* A row here goes before a template's, which may be of some releases only. */
const struct joblib_template__class *joblib_upgrade__find_class(const char *name)
{
    for (size_t i = 0; i < COUNT(other_classes); i++)
        if (strcmp(other_classes[i].name, name) == 0) return &other_classes[i];
    return joblib_template__find_class(name);
}

#undef COUNT
