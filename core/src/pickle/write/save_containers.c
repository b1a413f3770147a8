/* Tuples, lists, dicts and sets, and the batches in which they are filled. */
#include "base/try.h"
#include "pickle/write/savers.h"

/* Items of one batch: a mark, a thousand of them, one opcode. */
#define BATCH_SIZE 1000

/* Tuples */

static joblib_status write_tuple_end(joblib_pickle__writer *writer, size_t count,
                                     joblib_error *error)
{
    static const uint8_t small[] = {0, JOBLIB_OPCODE_TUPLE1, JOBLIB_OPCODE_TUPLE2,
                                    JOBLIB_OPCODE_TUPLE3};
    bool is_small = writer->protocol >= 2 && count <= 3;
    return joblib_pickle__write_opcode(writer,
                                       is_small ? small[count] : JOBLIB_OPCODE_TUPLE,
                                       error);
}

joblib_status joblib_pickle__open_tuple(joblib_pickle__writer *writer, size_t count,
                                        joblib_error *error)
{
    if (writer->protocol >= 2 && count <= 3) return JOBLIB_OK;
    return joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_MARK, error);
}

/* A tuple that holds itself was completed by its own items: what they left is dropped. */
static joblib_status fetch_tuple(joblib_pickle__writer *writer, size_t count,
                                 uint32_t number, joblib_error *error)
{
    if (writer->protocol >= 2 && count <= 3)
        return joblib_pickle__write_get(writer, JOBLIB_OPCODE_POP, count, number, error);
    if (writer->protocol >= 1)
        return joblib_pickle__write_get(writer, JOBLIB_OPCODE_POP_MARK, 1, number, error);
    return joblib_pickle__write_get(writer, JOBLIB_OPCODE_POP, count + 1, number, error);
}

joblib_status joblib_pickle__close_tuple(joblib_pickle__writer *writer, size_t count,
                                         const joblib_value *identity,
                                         joblib_error *error)
{
    uint32_t number;
    if (joblib_pickle__is_written(writer, identity, &number))
        return fetch_tuple(writer, count, number, error);
    JOBLIB_TRY(write_tuple_end(writer, count, error));
    return joblib_pickle__memoize(writer, identity, error);
}

static joblib_status step_tuple(joblib_pickle__writer *writer,
                                struct joblib_pickle__task *task, joblib_error *error)
{
    const joblib_value *tuple = task->value;
    if (task->index < tuple->count)
        return joblib_pickle__save(writer, tuple->items[task->index++], error);
    joblib_pickle__end_task(writer);
    return joblib_pickle__close_tuple(writer, tuple->count, tuple, error);
}

joblib_status joblib_pickle__save_tuple(joblib_pickle__writer *writer,
                                        const joblib_value *value, joblib_error *error)
{
    struct joblib_pickle__task task = {.step = step_tuple, .value = value};
    if (value->count == 0 && writer->protocol > 0)
        return joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_EMPTY_TUPLE, error);
    if (value->count == 0) return joblib_pickle__write(writer->output, "(t", 2, error);
    JOBLIB_TRY(joblib_pickle__open_tuple(writer, value->count, error));
    return joblib_pickle__begin_task(writer, task, error);
}

/* Batches */

struct filling {
    uint8_t one;     /* behind a single part; 0: a batch of one has a mark too */
    uint8_t many;    /* behind a mark and a batch */
    bool ends_empty; /* in C a full batch is followed by another, be it empty */
};

static const struct filling fillings[] = {
    [JOBLIB_FILL_LIST] = {JOBLIB_OPCODE_APPEND, JOBLIB_OPCODE_APPENDS, false},
    [JOBLIB_FILL_DICT] = {JOBLIB_OPCODE_SETITEM, JOBLIB_OPCODE_SETITEMS, true},
    [JOBLIB_FILL_SET] = {0, JOBLIB_OPCODE_ADDITEMS, true},
};

/* `style` of a task: the filling, and these. */
enum fill_style {
    STYLE_FILLING = 3,
    STYLE_EXACT = 4,  /* the C pickler meets an exact list, dict or set */
    STYLE_SINGLE = 8, /* the batch at work has no mark */
    STYLE_MARKED = 16 /* the batch at work has one */
};

static size_t parts_of_item(const joblib_value *value)
{
    return value->kind == JOBLIB_KIND_DICT ? 2 : 1;
}

/* An item of a list or set; of a dict a key or, as an odd part, its value. */
static const joblib_value *find_part(const joblib_value *value, size_t index)
{
    if (value->kind == JOBLIB_KIND_LIST) return value->items[index];
    if (value->kind != JOBLIB_KIND_DICT) return value->mapping->entries[index].key;
    const struct joblib_value__entry *entry = &value->mapping->entries[index / 2];
    return index % 2 ? entry->value : entry->key;
}

static bool is_single(const joblib_pickle__writer *writer,
                      const struct joblib_pickle__task *task, size_t left)
{
    if (writer->protocol == 0) return true;
    if (!fillings[task->style & STYLE_FILLING].one || left != 1) return false;
    return !(task->style & STYLE_EXACT) || joblib_value_count(task->value) == 1;
}

static joblib_status close_batch(joblib_pickle__writer *writer,
                                 const struct joblib_pickle__task *task,
                                 joblib_error *error)
{
    const struct filling *filling = &fillings[task->style & STYLE_FILLING];
    if (task->style & STYLE_MARKED)
        return joblib_pickle__write_opcode(writer, filling->many, error);
    if (task->style & STYLE_SINGLE)
        return joblib_pickle__write_opcode(writer, filling->one, error);
    return JOBLIB_OK;
}

static bool has_next_batch(const struct joblib_pickle__task *task, size_t left)
{
    bool again = task->size == BATCH_SIZE && task->style & STYLE_EXACT;
    return left > 0 || (again && fillings[task->style & STYLE_FILLING].ends_empty);
}

static joblib_status turn_batch(joblib_pickle__writer *writer,
                                struct joblib_pickle__task *task, joblib_error *error)
{
    size_t parts = parts_of_item(task->value);
    size_t left = joblib_value_count(task->value) - task->index / parts;
    JOBLIB_TRY(close_batch(writer, task, error));
    if (!has_next_batch(task, left)) {
        joblib_pickle__end_task(writer);
        return JOBLIB_OK;
    }
    bool single = is_single(writer, task, left);
    task->size = single ? 1 : left < BATCH_SIZE ? (uint32_t)left : BATCH_SIZE;
    task->end = task->index + task->size * parts;
    task->style &= ~(uint32_t)(STYLE_SINGLE | STYLE_MARKED);
    task->style |= single ? STYLE_SINGLE : STYLE_MARKED;
    return single ? JOBLIB_OK
                  : joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_MARK, error);
}

static joblib_status step_batch(joblib_pickle__writer *writer,
                                struct joblib_pickle__task *task, joblib_error *error)
{
    size_t tasks = writer->task_count;
    if (task->index == task->end) return turn_batch(writer, task, error);
    while (task->index < task->end) {
        JOBLIB_TRY(
            joblib_pickle__save(writer, find_part(task->value, task->index++), error));
        if (writer->task_count != tasks) return JOBLIB_OK;
    }
    return JOBLIB_OK;
}

joblib_status joblib_pickle__fill(joblib_pickle__writer *writer,
                                  enum joblib_pickle__filling filling,
                                  const joblib_value *value, bool exact,
                                  joblib_error *error)
{
    bool is_exact =
        exact && writer->protocol > 0 && writer->habits & JOBLIB_HABIT_EXACT_BATCHES;
    struct joblib_pickle__task task = {.step = step_batch,
                                       .value = value,
                                       .style = (uint32_t)filling |
                                                (is_exact ? STYLE_EXACT : 0)};
    if (joblib_value_count(value) == 0) return JOBLIB_OK;
    return joblib_pickle__begin_task(writer, task, error);
}

/* Lists and dicts */

static joblib_status write_empty(joblib_pickle__writer *writer, const char *old,
                                 uint8_t opcode, joblib_error *error)
{
    if (writer->protocol == 0) return joblib_pickle__write(writer->output, old, 2, error);
    return joblib_pickle__write_opcode(writer, opcode, error);
}

joblib_status joblib_pickle__save_list(joblib_pickle__writer *writer,
                                       const joblib_value *value, joblib_error *error)
{
    JOBLIB_TRY(write_empty(writer, "(l", JOBLIB_OPCODE_EMPTY_LIST, error));
    /* The list that makes a set stands in no document. */
    bool is_list = value->kind == JOBLIB_KIND_LIST;
    JOBLIB_TRY(joblib_pickle__memoize(writer, is_list ? value : NULL, error));
    return joblib_pickle__fill(writer, JOBLIB_FILL_LIST, value, true, error);
}

joblib_status joblib_pickle__save_dict(joblib_pickle__writer *writer,
                                       const joblib_value *value, joblib_error *error)
{
    JOBLIB_TRY(write_empty(writer, "(d", JOBLIB_OPCODE_EMPTY_DICT, error));
    JOBLIB_TRY(joblib_pickle__memoize(writer, value, error));
    return joblib_pickle__fill(writer, JOBLIB_FILL_DICT, value, true, error);
}

/* Sets */

static joblib_status step_frozenset(joblib_pickle__writer *writer,
                                    struct joblib_pickle__task *task, joblib_error *error)
{
    uint32_t number;
    const joblib_value *set = task->value;
    if (task->index < set->mapping->count)
        return joblib_pickle__save(writer, set->mapping->entries[task->index++].key,
                                   error);
    joblib_pickle__end_task(writer);
    if (joblib_pickle__is_written(writer, set, &number))
        return joblib_pickle__write_get(writer, JOBLIB_OPCODE_POP_MARK, 1, number, error);
    JOBLIB_TRY(joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_FROZENSET, error));
    return joblib_pickle__memoize(writer, set, error);
}

joblib_status joblib_pickle__save_set(joblib_pickle__writer *writer,
                                      const joblib_value *value, joblib_error *error)
{
    struct joblib_pickle__task frozen = {.step = step_frozenset, .value = value};
    if (writer->protocol < 4) return joblib_pickle__call_set(writer, value, error);
    if (value->kind == JOBLIB_KIND_FROZENSET) {
        JOBLIB_TRY(joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_MARK, error));
        return joblib_pickle__begin_task(writer, frozen, error);
    }
    JOBLIB_TRY(joblib_pickle__write_opcode(writer, JOBLIB_OPCODE_EMPTY_SET, error));
    JOBLIB_TRY(joblib_pickle__memoize(writer, value, error));
    return joblib_pickle__fill(writer, JOBLIB_FILL_SET, value, true, error);
}
