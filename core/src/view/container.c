/* Dicts and lists of the module collections. */
#include "base/try.h"
#include "view/view.h"

/* Where the entries stand: set one by one, or a dict or list of pairs as last argument. */
static joblib_status find_entries(const joblib_value *value, size_t position,
                                  const joblib_value **out, joblib_error *error)
{
    const joblib_value *entries = joblib_value_entries(value);
    if (joblib_view__is_reconstructed(value)) position = 2;
    const joblib_value *given = joblib_value_at(joblib_value_arguments(value), position);
    JOBLIB_REQUIRE(!entries || !given, JOBLIB_ERROR_KIND,
                   "%.60s has entries both as argument and set later",
                   joblib_value_name(value));
    *out = entries ? entries : given;
    return JOBLIB_OK;
}

static bool is_sequence(const joblib_value *value)
{
    joblib_kind kind = joblib_value_kind(value);
    return value && (kind == JOBLIB_KIND_LIST || kind == JOBLIB_KIND_TUPLE);
}

static joblib_status check_entries(const joblib_value *entries, joblib_error *error)
{
    joblib_kind kind = joblib_value_kind(entries);
    if (!entries || kind == JOBLIB_KIND_DICT) return JOBLIB_OK;
    JOBLIB_REQUIRE(is_sequence(entries), JOBLIB_ERROR_KIND,
                   "entries are %s, dict or list of pairs expected",
                   joblib_kind_name((int)kind));
    for (size_t i = 0; i < joblib_value_count(entries); i++) {
        const joblib_value *pair = joblib_value_at(entries, i);
        JOBLIB_REQUIRE(is_sequence(pair) && joblib_value_count(pair) == 2,
                       JOBLIB_ERROR_KIND, "entry %zu is no pair of key and value", i);
    }
    return JOBLIB_OK;
}

/* None stands for no factory, as in Python. */
static const joblib_value *find_factory(const joblib_value *value)
{
    const joblib_value *factory = joblib_value_at(joblib_value_arguments(value), 0);
    return joblib_value_kind(factory) == JOBLIB_KIND_NONE ? NULL : factory;
}

joblib_status joblib_view_mapping(const joblib_value *value, joblib_entries *out,
                                  joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_entries made = JOBLIB_ENTRIES_INIT;
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_MAPPING, &row, error));
    if (row->class == JOBLIB_CLASS_USERDICT) {
        made.source = joblib_value_attribute(value, "data");
    } else if (row->class == JOBLIB_CLASS_DEFAULTDICT) {
        JOBLIB_TRY(find_entries(value, 1, &made.source, error));
        made.factory = find_factory(value);
    } else {
        JOBLIB_TRY(find_entries(value, 0, &made.source, error));
    }
    JOBLIB_TRY(check_entries(made.source, error));
    made.count = joblib_value_count(made.source);
    return joblib_view__return(&made, out, "joblib_entries", error);
}

const joblib_value *joblib_entries_key(const joblib_entries *entries, size_t index)
{
    if (!entries) return NULL;
    if (!is_sequence(entries->source)) return joblib_value_key(entries->source, index);
    return joblib_value_at(joblib_value_at(entries->source, index), 0);
}

const joblib_value *joblib_entries_at(const joblib_entries *entries, size_t index)
{
    if (!entries) return NULL;
    const joblib_value *entry = joblib_value_at(entries->source, index);
    return is_sequence(entries->source) ? joblib_value_at(entry, 1) : entry;
}

/* Python 2 gives the items as argument; Python 3 gives an empty tuple where a limit
   follows, and appends the items. */
joblib_status joblib_view_sequence(const joblib_value *value, joblib_sequence *out,
                                   joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_sequence made = JOBLIB_SEQUENCE_INIT;
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_SEQUENCE, &row, error));
    const joblib_value *given = joblib_value_at(joblib_value_arguments(value), 0);
    const joblib_value *maximum = joblib_value_at(joblib_value_arguments(value), 1);
    const joblib_value *appended = joblib_value_items(value);
    JOBLIB_REQUIRE(!given || is_sequence(given), JOBLIB_ERROR_KIND,
                   "items are %s, list expected",
                   joblib_kind_name((int)joblib_value_kind(given)));
    JOBLIB_REQUIRE(!appended || joblib_value_count(given) == 0, JOBLIB_ERROR_KIND,
                   "a deque has items both as argument and appended");
    joblib_kind kind = joblib_value_kind(maximum);
    JOBLIB_REQUIRE(kind == JOBLIB_KIND_NONE || kind == JOBLIB_KIND_INT, JOBLIB_ERROR_KIND,
                   "maxlen is %s, int expected", joblib_kind_name((int)kind));
    const joblib_value *items = appended ? appended : given;
    made.count = joblib_value_count(items);
    made.items = made.count > 0 ? items : NULL;
    made.maximum = kind == JOBLIB_KIND_INT ? maximum : NULL;
    return joblib_view__return(&made, out, "joblib_sequence", error);
}
