#include "print/value_tree.h"

#include <inttypes.h>

#include "base/allocator.h"
#include "base/try.h"
#include "base/vector.h"
#include "print/children.h"
#include "print/escape.h"
#include "print/summary.h"
#include "print/visits.h"

enum { SHOWN_LINES = 10, SHOWN_PAIRS = 50, SHOWN_ATTRIBUTES = 200 };

/* A value whose children are being printed. */
struct branch {
    joblib_print__cursor cursor;
    uint64_t depth;     /* of the children */
    bool is_attributes; /* a dict whose keys are names and need no quotes */
};

struct tree_printer {
    joblib_print__output *out;
    uint64_t depth; /* the deepest level to print */
    joblib_print__visits visits;
    struct branch *branches;
    size_t count;
    size_t capacity;
};

static joblib_status enter_branch(struct tree_printer *printer, const joblib_value *value,
                                  uint64_t depth, bool is_attributes)
{
    joblib_print__output *out = printer->out;
    void *branches = printer->branches;
    JOBLIB_TRY(joblib_base__grow(&out->allocator, &branches, &printer->capacity,
                                 printer->count + 1, sizeof *printer->branches,
                                 out->error));
    printer->branches = branches;
    struct branch *branch = &printer->branches[printer->count++];
    joblib_print__cursor_init(&branch->cursor, value, JOBLIB_PRINT_MEANT);
    branch->depth = depth;
    branch->is_attributes = is_attributes;
    return JOBLIB_OK;
}

/* The mark of a value that is met more than once. True if it was printed before. */
static bool put_mark(struct tree_printer *printer, const joblib_value *value, bool leaf)
{
    joblib_print__visit *visit = joblib_print__visits_find(&printer->visits, value);
    if (visit == NULL || visit->count < 2) return false;
    if (leaf && !joblib_print__has_identity(value, JOBLIB_PRINT_MEANT)) return false;
    if (visit->number == 0) visit->number = ++printer->visits.next_number;
    joblib_print__put_format(printer->out, "%c%" PRIu64 " ", visit->expanded ? '*' : '&',
                             visit->number);
    return visit->expanded;
}

/* The rest of a line whose label is printed; the value's children follow on the next. */
static joblib_status put_node(struct tree_printer *printer, const joblib_value *value,
                              uint64_t depth)
{
    bool leaf = !joblib_print__has_children(value, JOBLIB_PRINT_MEANT) ||
                joblib_print__is_summed_up(value);
    bool known = put_mark(printer, value, leaf);
    joblib_print__put_summary(printer->out, value);
    joblib_print__put_text(printer->out, "\n");
    if (known || (!leaf && depth >= printer->depth)) return JOBLIB_OK;
    joblib_print__visit *visit = joblib_print__visits_find(&printer->visits, value);
    if (visit != NULL) visit->expanded = true;
    return leaf ? JOBLIB_OK : enter_branch(printer, value, depth + 1, false);
}

static void put_indentation(struct tree_printer *printer, uint64_t depth)
{
    joblib_print__put_spaces(printer->out, (size_t)depth * 2);
}

/* True for a dict whose keys are all text, which is met here only. */
static bool holds_attributes(const struct tree_printer *printer,
                             const joblib_value *value)
{
    if (joblib_value_kind(value) != JOBLIB_KIND_DICT) return false;
    if (joblib_print__visits_shared(&printer->visits, value, JOBLIB_PRINT_MEANT) != NULL)
        return false;
    size_t count = joblib_value_count(value);
    for (size_t i = 0; i < count; i++) {
        if (joblib_value_text(joblib_value_key(value, i), NULL) == NULL) return false;
    }
    return true;
}

static void put_key_label(struct tree_printer *printer, const struct branch *branch)
{
    size_t size = 0;
    const joblib_print__cursor *cursor = &branch->cursor;
    const joblib_value *key = joblib_value_key(cursor->holder, cursor->index / 2);
    if (branch->is_attributes) {
        const char *name = joblib_value_text(key, &size);
        joblib_print__put_plain(printer->out, name, size);
    } else {
        joblib_print__put_summary(printer->out, key);
    }
}

static void put_child_label(struct tree_printer *printer, const struct branch *branch)
{
    switch (branch->cursor.role) {
    case JOBLIB_PRINT_PAIRS:
    case JOBLIB_PRINT_ENTRIES:
        put_key_label(printer, branch);
        break;
    case JOBLIB_PRINT_ARGUMENTS:
        joblib_print__put_format(printer->out, "argument %zu", branch->cursor.index);
        break;
    case JOBLIB_PRINT_KEYWORDS:
        joblib_print__put_text(printer->out, "keyword arguments");
        break;
    case JOBLIB_PRINT_STATE:
        joblib_print__put_text(printer->out, "state");
        break;
    default:
        joblib_print__put_format(printer->out, "[%zu]", branch->cursor.index);
        break;
    }
    joblib_print__put_text(printer->out, ": ");
}

/* Keys stand in labels, the class and short arguments in the summary. */
static bool has_no_line(const joblib_print__cursor *cursor)
{
    if (cursor->role == JOBLIB_PRINT_ARGUMENTS) {
        return joblib_print__shows_arguments(cursor->value);
    }
    bool in_pairs =
        cursor->role == JOBLIB_PRINT_PAIRS || cursor->role == JOBLIB_PRINT_ENTRIES;
    return cursor->role == JOBLIB_PRINT_CLASS || (in_pairs && cursor->index % 2 == 0);
}

/* Leaves a group after its first children. True if that was done. */
static bool cut_group(struct tree_printer *printer, struct branch *branch)
{
    joblib_print__cursor *cursor = &branch->cursor;
    bool in_pairs =
        cursor->role == JOBLIB_PRINT_PAIRS || cursor->role == JOBLIB_PRINT_ENTRIES;
    size_t shown = branch->is_attributes ? SHOWN_ATTRIBUTES
                   : in_pairs            ? SHOWN_PAIRS
                                         : SHOWN_LINES;
    size_t parts = in_pairs ? 2 : 1;
    if (cursor->index / parts < shown) return false;
    put_indentation(printer, branch->depth);
    joblib_print__put_format(printer->out, "\xe2\x80\xa6 %zu more\n",
                             cursor->count / parts - shown);
    cursor->index = cursor->count - 1;
    return true;
}

static joblib_status put_child(struct tree_printer *printer, struct branch *branch)
{
    joblib_print__cursor *cursor = &branch->cursor;
    uint64_t depth = branch->depth;
    const joblib_value *child = cursor->child;
    if (has_no_line(cursor) || cut_group(printer, branch)) return JOBLIB_OK;
    if (cursor->role == JOBLIB_PRINT_STATE && holds_attributes(printer, child)) {
        return enter_branch(printer, child, depth, true);
    }
    put_indentation(printer, depth);
    put_child_label(printer, branch);
    return put_node(printer, child, depth);
}

joblib_status joblib_print__put_tree(joblib_print__output *out, const joblib_value *root,
                                     uint64_t depth, joblib_error *error)
{
    struct tree_printer printer = {.out = out,
                                   .depth = depth,
                                   .visits.allocator = &out->allocator};
    joblib_status status =
        joblib_print__visits_count(&printer.visits, root, JOBLIB_PRINT_MEANT, error);
    if (status == JOBLIB_OK) status = put_node(&printer, root, 0);
    while (status == JOBLIB_OK && printer.count > 0 && out->status == JOBLIB_OK) {
        struct branch *branch = &printer.branches[printer.count - 1];
        joblib_print__step step = joblib_print__cursor_next(&branch->cursor);
        if (step == JOBLIB_PRINT_END) printer.count--;
        if (step == JOBLIB_PRINT_CHILD) status = put_child(&printer, branch);
    }
    joblib_print__visits_free(&printer.visits);
    joblib_base__free(&out->allocator, printer.branches,
                      printer.capacity * sizeof *printer.branches);
    return status;
}
