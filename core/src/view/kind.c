/* Which view a value has: the table of names, and what all views begin and end with. */
#include <string.h>

#include "base/try.h"
#include "view/view.h"

#define JOBLIB_X(module, name, view, class) \
    {{module, name}, JOBLIB_VIEW_##view, JOBLIB_CLASS_##class},
static const struct joblib_view__row view_rows[] = {
#include "view/views.def"
};
#undef JOBLIB_X

#define VIEW_ROW_COUNT (sizeof view_rows / sizeof view_rows[0])

static bool is_global(const joblib_value *value, const char *module, const char *name)
{
    return joblib_value_kind(value) == JOBLIB_KIND_GLOBAL &&
           strcmp(value->global->module, module) == 0 &&
           strcmp(value->global->name, name) == 0;
}

bool joblib_view__is_reconstructed(const joblib_value *value)
{
    const joblib_value *callable = joblib_value_class(value);
    return is_global(callable, "copyreg", "_reconstructor") ||
           is_global(callable, "copy_reg", "_reconstructor");
}

const struct joblib_view__row *joblib_view__find_row(const joblib_value *value)
{
    if (joblib_view__is_reconstructed(value))
        value = joblib_value_at(joblib_value_arguments(value), 0);
    else if (joblib_value_kind(value) == JOBLIB_KIND_OBJECT)
        value = value->object->callable;
    if (joblib_value_kind(value) != JOBLIB_KIND_GLOBAL) return NULL;
    size_t row = joblib_value__find_name(view_rows, sizeof view_rows[0], VIEW_ROW_COUNT,
                                         value->global);
    return row < VIEW_ROW_COUNT ? &view_rows[row] : NULL;
}

#undef VIEW_ROW_COUNT

joblib_view joblib_view_kind(const joblib_value *value)
{
    if (joblib_value_kind(value) == JOBLIB_KIND_GLOBAL) return JOBLIB_VIEW_FUNCTION;
    const struct joblib_view__row *row = joblib_view__find_row(value);
    return row ? (joblib_view)row->view : JOBLIB_VIEW_NONE;
}

const char *joblib_view_name(int view)
{
    static const char *const names[] = {
        [JOBLIB_VIEW_NONE] = "none",
        [JOBLIB_VIEW_MAPPING] = "mapping",
        [JOBLIB_VIEW_SEQUENCE] = "sequence",
        [JOBLIB_VIEW_FRACTION] = "fraction",
        [JOBLIB_VIEW_DECIMAL] = "decimal",
        [JOBLIB_VIEW_DATE] = "date",
        [JOBLIB_VIEW_TIME] = "time",
        [JOBLIB_VIEW_DATETIME] = "datetime",
        [JOBLIB_VIEW_DURATION] = "duration",
        [JOBLIB_VIEW_TIMEZONE] = "timezone",
        [JOBLIB_VIEW_PATH] = "path",
        [JOBLIB_VIEW_UUID] = "uuid",
        [JOBLIB_VIEW_SLICE] = "slice",
        [JOBLIB_VIEW_RANGE] = "range",
        [JOBLIB_VIEW_FUNCTION] = "function",
        [JOBLIB_VIEW_UFUNC] = "ufunc",
        [JOBLIB_VIEW_PARTIAL] = "partial",
        [JOBLIB_VIEW_RANDOM] = "random",
        [JOBLIB_VIEW_SPARSE] = "sparse",
        [JOBLIB_VIEW_FRAME] = "frame",
        [JOBLIB_VIEW_SERIES] = "series",
        [JOBLIB_VIEW_INDEX] = "index",
        [JOBLIB_VIEW_CATEGORICAL] = "categorical",
    };
    bool known = view >= 0 && (size_t)view < sizeof names / sizeof names[0];
    return known ? names[view] : "unknown";
}

joblib_status joblib_view__open(const joblib_value *value, joblib_view view,
                                const struct joblib_view__row **out, joblib_error *error)
{
    const struct joblib_view__row *row = joblib_view__find_row(value);
    bool is_object = joblib_value_kind(value) == JOBLIB_KIND_OBJECT;
    if (row && is_object && row->view == view) {
        *out = row;
        return JOBLIB_OK;
    }
    const char *name = is_object ? joblib_value_name(value) : NULL;
    if (!name) name = joblib_kind_name((int)joblib_value_kind(value));
    return joblib_base__set_error(error, JOBLIB_ERROR_KIND, "%.60s found, %s expected",
                                  name, joblib_view_name((int)view));
}

joblib_status joblib_view__return(const void *made, void *out, const char *what,
                                  joblib_error *error)
{
    uint32_t known, size;
    JOBLIB_REQUIRE(out != NULL, JOBLIB_ERROR_ARGUMENT, "out is NULL");
    memcpy(&known, made, sizeof known);
    memcpy(&size, out, sizeof size);
    JOBLIB_REQUIRE(size >= sizeof size, JOBLIB_ERROR_ARGUMENT,
                   "struct_size of %s is %u, below its own size", what, size);
    size_t copied = (size < known ? size : known) - sizeof size;
    memcpy((char *)out + sizeof size, (const char *)made + sizeof size, copied);
    return JOBLIB_OK;
}
