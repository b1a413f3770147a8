/* Sources of random numbers of numpy. Their states are read, and nothing is drawn. */
#include <string.h>

#include "base/try.h"
#include "view/view.h"

#define MT19937_SIZE 624

/* The object that has the state. Newer numpy gives a Generator its bit generator and no
   state of its own. */
static const joblib_value *find_state(const joblib_value *value)
{
    const joblib_value *given = joblib_value_at(joblib_value_arguments(value), 0);
    const struct joblib_view__row *row = joblib_view__find_row(given);
    bool is_bit_generator = row && row->class == JOBLIB_CLASS_BIT_GENERATOR &&
                            joblib_value_kind(given) == JOBLIB_KIND_OBJECT;
    const joblib_value *state = joblib_value_state(value);
    return state || !is_bit_generator ? state : joblib_value_state(given);
}

/* A bit generator of newer numpy has its seeds beside its state. */
static const joblib_value *without_seeds(const joblib_value *state)
{
    const joblib_value *first = joblib_value_at(state, 0);
    bool is_pair = joblib_value_kind(state) == JOBLIB_KIND_TUPLE &&
                   joblib_value_count(state) == 2 &&
                   joblib_value_kind(first) == JOBLIB_KIND_DICT;
    return is_pair ? first : state;
}

static joblib_status open_key(const joblib_value *key, const joblib_value *position,
                              joblib_random *out, joblib_error *error)
{
    int64_t number = -1;
    JOBLIB_REQUIRE(joblib_value_kind(key) == JOBLIB_KIND_ARRAY, JOBLIB_ERROR_KIND,
                   "the key of MT19937 is %s, ndarray expected",
                   joblib_kind_name((int)joblib_value_kind(key)));
    const joblib_array *array = &key->array->view;
    JOBLIB_REQUIRE(array->ndim == 1 && array->count == MT19937_SIZE &&
                       joblib_dtype_as_number(array->dtype) == JOBLIB_NUMBER_UINT32,
                   JOBLIB_ERROR_KIND,
                   "the key of MT19937 is %zu numbers of type '%s', 624 uint32 expected",
                   array->count, joblib_dtype_text(array->dtype));
    joblib_status status = joblib_value_as_int64(position, &number, NULL);
    JOBLIB_REQUIRE(status == JOBLIB_OK && number >= 0 && number <= MT19937_SIZE,
                   JOBLIB_ERROR_KIND, "the position of MT19937 is not from 0 to 624");
    out->key = array;
    out->position = (int32_t)number;
    return JOBLIB_OK;
}

/* numpy before 1.17: ('MT19937', key, position, …). */
static joblib_status read_tuple(joblib_random *out, joblib_error *error)
{
    out->bit_generator = joblib_value_text(joblib_value_at(out->state, 0), NULL);
    JOBLIB_REQUIRE(out->bit_generator && strcmp(out->bit_generator, "MT19937") == 0,
                   JOBLIB_ERROR_KIND,
                   "the state of a RandomState does not begin with 'MT19937'");
    return open_key(joblib_value_at(out->state, 1), joblib_value_at(out->state, 2), out,
                    error);
}

static joblib_status read_dict(joblib_random *out, joblib_error *error)
{
    const joblib_value *inner = joblib_value_find(out->state, "state");
    out->bit_generator =
        joblib_value_text(joblib_value_find(out->state, "bit_generator"), NULL);
    JOBLIB_REQUIRE(out->bit_generator && joblib_value_kind(inner) == JOBLIB_KIND_DICT,
                   JOBLIB_ERROR_KIND,
                   "the state of a generator names no bit_generator, or has no state");
    if (strcmp(out->bit_generator, "MT19937") != 0) return JOBLIB_OK;
    return open_key(joblib_value_find(inner, "key"), joblib_value_find(inner, "pos"), out,
                    error);
}

joblib_status joblib_view_random(const joblib_value *value, joblib_random *out,
                                 joblib_error *error)
{
    const struct joblib_view__row *row;
    joblib_random made = JOBLIB_RANDOM_INIT;
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_RANDOM, &row, error));
    made.state = without_seeds(find_state(value));
    joblib_kind kind = joblib_value_kind(made.state);
    JOBLIB_REQUIRE(kind == JOBLIB_KIND_TUPLE || kind == JOBLIB_KIND_DICT,
                   JOBLIB_ERROR_KIND, "the state of a %s is %s, dict expected",
                   row->name.name, joblib_kind_name((int)kind));
    JOBLIB_TRY(kind == JOBLIB_KIND_DICT ? read_dict(&made, error)
                                        : read_tuple(&made, error));
    return joblib_view__return(&made, out, "joblib_random", error);
}

#undef MT19937_SIZE
