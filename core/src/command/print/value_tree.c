#include "command/print/value_tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/print/children.h"
#include "command/print/escape.h"
#include "command/print/summary.h"
#include "command/print/visits.h"

enum { SHOWN_LINES = 10, SHOWN_PAIRS = 50, SHOWN_ATTRIBUTES = 200 };

/* A value whose children are being printed. */
struct branch {
    joblib_command__cursor cursor;
    uint64_t depth;     /* of the children */
    bool is_attributes; /* a dict whose keys are names and need no quotes */
};

struct tree_printer {
    joblib_command__output *out;
    uint64_t depth; /* the deepest level to print */
    joblib_command__visits visits;
    struct branch *branches;
    size_t count;
    size_t capacity;
};

static bool enter_branch(struct tree_printer *printer, const joblib_value *value,
                         uint64_t depth, bool is_attributes)
{
    struct branch *grown = joblib_command__grow(printer->branches, &printer->capacity,
                                                printer->count + 1, sizeof *grown);
    if (grown == NULL) return false;
    printer->branches = grown;
    struct branch *branch = &grown[printer->count++];
    joblib_command__cursor_init(&branch->cursor, value);
    branch->depth = depth;
    branch->is_attributes = is_attributes;
    return true;
}

/* The mark of a value that is met more than once. True if it was printed before. */
static bool put_mark(struct tree_printer *printer, const joblib_value *value, bool leaf)
{
    joblib_command__visit *visit = joblib_command__visits_find(&printer->visits, value);
    if (visit == NULL || visit->count < 2) return false;
    if (leaf && !joblib_command__has_identity(value)) return false;
    if (visit->number == 0) visit->number = ++printer->visits.next_number;
    joblib_command__put_format(printer->out, "%c%" PRIu64 " ",
                               visit->expanded ? '*' : '&', visit->number);
    return visit->expanded;
}

/* The rest of a line whose label is printed; the value's children follow on the next. */
static bool put_node(struct tree_printer *printer, const joblib_value *value,
                     uint64_t depth)
{
    bool leaf =
        !joblib_command__has_children(value) || joblib_command__is_summed_up(value);
    bool known = put_mark(printer, value, leaf);
    joblib_command__put_summary(printer->out, value);
    joblib_command__put_text(printer->out, "\n");
    if (known || (!leaf && depth >= printer->depth)) return true;
    joblib_command__visit *visit = joblib_command__visits_find(&printer->visits, value);
    if (visit != NULL) visit->expanded = true;
    return leaf || enter_branch(printer, value, depth + 1, false);
}

static void put_indentation(struct tree_printer *printer, uint64_t depth)
{
    joblib_command__put_spaces(printer->out, (size_t)depth * 2);
}

/* True for a dict whose keys are all text, which is met here only. */
static bool holds_attributes(const struct tree_printer *printer,
                             const joblib_value *value)
{
    if (joblib_value_kind(value) != JOBLIB_KIND_DICT) return false;
    if (joblib_command__visits_shared(&printer->visits, value) != NULL) return false;
    size_t count = joblib_value_count(value);
    for (size_t i = 0; i < count; i++) {
        if (joblib_value_text(joblib_value_key(value, i), NULL) == NULL) return false;
    }
    return true;
}

static void put_key(struct tree_printer *printer, const struct branch *branch)
{
    size_t size = 0;
    const joblib_command__cursor *cursor = &branch->cursor;
    const joblib_value *key = joblib_value_key(cursor->holder, cursor->index / 2);
    if (branch->is_attributes) {
        const char *name = joblib_value_text(key, &size);
        joblib_command__put_plain(printer->out, name, size);
    } else {
        joblib_command__put_summary(printer->out, key);
    }
}

static void put_child_label(struct tree_printer *printer, const struct branch *branch)
{
    switch (branch->cursor.role) {
    case JOBLIB_COMMAND_PAIRS:
    case JOBLIB_COMMAND_ENTRIES:
        put_key(printer, branch);
        break;
    case JOBLIB_COMMAND_ARGUMENTS:
        joblib_command__put_format(printer->out, "argument %zu", branch->cursor.index);
        break;
    case JOBLIB_COMMAND_KEYWORDS:
        joblib_command__put_text(printer->out, "keyword arguments");
        break;
    case JOBLIB_COMMAND_STATE:
        joblib_command__put_text(printer->out, "state");
        break;
    default:
        joblib_command__put_format(printer->out, "[%zu]", branch->cursor.index);
        break;
    }
    joblib_command__put_text(printer->out, ": ");
}

/* Keys stand in labels, the class and short arguments in the summary. */
static bool has_no_line(const joblib_command__cursor *cursor)
{
    if (cursor->role == JOBLIB_COMMAND_ARGUMENTS) {
        return joblib_command__shows_arguments(cursor->value);
    }
    bool in_pairs =
        cursor->role == JOBLIB_COMMAND_PAIRS || cursor->role == JOBLIB_COMMAND_ENTRIES;
    return cursor->role == JOBLIB_COMMAND_CLASS || (in_pairs && cursor->index % 2 == 0);
}

/* Leaves a group after its first children. True if that was done. */
static bool cut_group(struct tree_printer *printer, struct branch *branch)
{
    joblib_command__cursor *cursor = &branch->cursor;
    bool in_pairs =
        cursor->role == JOBLIB_COMMAND_PAIRS || cursor->role == JOBLIB_COMMAND_ENTRIES;
    size_t shown = branch->is_attributes ? SHOWN_ATTRIBUTES
                   : in_pairs            ? SHOWN_PAIRS
                                         : SHOWN_LINES;
    size_t parts = in_pairs ? 2 : 1;
    if (cursor->index / parts < shown) return false;
    put_indentation(printer, branch->depth);
    joblib_command__put_format(printer->out, "\xe2\x80\xa6 %zu more\n",
                               cursor->count / parts - shown);
    cursor->index = cursor->count - 1;
    return true;
}

static bool put_child(struct tree_printer *printer, struct branch *branch)
{
    joblib_command__cursor *cursor = &branch->cursor;
    uint64_t depth = branch->depth;
    const joblib_value *child = cursor->child;
    if (has_no_line(cursor) || cut_group(printer, branch)) return true;
    if (cursor->role == JOBLIB_COMMAND_STATE && holds_attributes(printer, child)) {
        return enter_branch(printer, child, depth, true);
    }
    put_indentation(printer, depth);
    put_child_label(printer, branch);
    return put_node(printer, child, depth);
}

joblib_status joblib_command__put_tree(joblib_command__output *out,
                                       const joblib_value *root, uint64_t depth,
                                       joblib_error *error)
{
    struct tree_printer printer = {out, depth, {NULL, 0, 0, 0}, NULL, 0, 0};
    joblib_status status = joblib_command__visits_count(&printer.visits, root, error);
    bool enough_memory = status == JOBLIB_OK && put_node(&printer, root, 0);
    while (enough_memory && printer.count > 0 && !out->failed) {
        struct branch *branch = &printer.branches[printer.count - 1];
        joblib_command__step step = joblib_command__cursor_next(&branch->cursor);
        if (step == JOBLIB_COMMAND_END) printer.count--;
        if (step == JOBLIB_COMMAND_CHILD) enough_memory = put_child(&printer, branch);
    }
    if (status == JOBLIB_OK && !enough_memory) status = joblib_command__no_memory(error);
    joblib_command__visits_free(&printer.visits);
    free(printer.branches);
    return status;
}
