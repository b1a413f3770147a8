#include "command/print/tagged_json.h"

#include <inttypes.h>
#include <stdlib.h>

#include "command/failure.h"
#include "command/print/children.h"
#include "command/print/tagged_leaf.h"
#include "command/print/visits.h"

static const uint64_t most_tagged_values = 500000000;

struct tagger {
    joblib_command__output *out;
    joblib_command__visits visits;
    joblib_command__walk walk;
    uint64_t count; /* values printed */
};

/* A reference, for a value that was printed before. Otherwise "{" and the id, if any. */
static bool put_reference(struct tagger *tagger, const joblib_value *value)
{
    joblib_command__visit *visit = joblib_command__visits_shared(&tagger->visits, value);
    if (visit != NULL && visit->number > 0) {
        joblib_command__put_format(tagger->out, "{\"ref\":\"%" PRIu64 "\"}",
                                   visit->number);
        return true;
    }
    joblib_command__put_text(tagger->out, "{");
    if (visit != NULL) {
        visit->number = ++tagger->visits.next_number;
        joblib_command__put_format(tagger->out, "\"id\":\"%" PRIu64 "\",", visit->number);
    }
    return false;
}

static joblib_status put_tagged(struct tagger *tagger, const joblib_value *value,
                                joblib_error *error)
{
    bool is_array = joblib_value_kind(value) == JOBLIB_KIND_ARRAY;
    if (++tagger->count > most_tagged_values) {
        return joblib_command__fail(error, JOBLIB_ERROR_LIMIT,
                                    "more than %" PRIu64 " values", most_tagged_values);
    }
    if (put_reference(tagger, value)) return JOBLIB_OK;
    if (is_array)
        JOBLIB_COMMAND_TRY(joblib_command__put_array_head(tagger->out, value, error));
    if (joblib_command__has_children(value)) {
        bool entered = joblib_command__walk_enter(&tagger->walk, value);
        return entered ? JOBLIB_OK : joblib_command__no_memory(error);
    }
    if (is_array) {
        joblib_command__put_array_end(tagger->out, value);
    } else {
        JOBLIB_COMMAND_TRY(joblib_command__put_leaf(tagger->out, value, error));
        joblib_command__put_text(tagger->out, "}");
    }
    return JOBLIB_OK;
}

/* What stands around the children of a group. */
static const struct {
    const char *open, *between, *close;
} group_texts[] = {
    [JOBLIB_COMMAND_ELEMENTS] = {":[", ",", "]"},
    [JOBLIB_COMMAND_PAIRS] = {"\"dict\":[", "],[", "]]"},
    [JOBLIB_COMMAND_OBJECTS] = {"\"items\":[", ",", "]"},
    [JOBLIB_COMMAND_CLASS] = {"\"object\":{\"class\":", "", ""},
    [JOBLIB_COMMAND_ARGUMENTS] = {",\"args\":[", ",", "]"},
    [JOBLIB_COMMAND_KEYWORDS] = {",\"kwargs\":", "", ""},
    [JOBLIB_COMMAND_STATE] = {",\"state\":", "", ""},
    [JOBLIB_COMMAND_ITEMS] = {",\"items\":[", ",", "]"},
    [JOBLIB_COMMAND_ENTRIES] = {",\"entries\":[", "],[", "]]"},
};

static bool is_pairs(joblib_command__role role)
{
    return role == JOBLIB_COMMAND_PAIRS || role == JOBLIB_COMMAND_ENTRIES;
}

static void open_group(joblib_command__output *out, const joblib_command__cursor *cursor)
{
    static const char *const forms[] = {
        [JOBLIB_FORM_REDUCE] = "reduce",
        [JOBLIB_FORM_NEWOBJ] = "newobj",
        [JOBLIB_FORM_NEWOBJ_EX] = "newobj_ex",
        [JOBLIB_FORM_RECONSTRUCTOR] = "reconstructor",
        [JOBLIB_FORM_INSTANCE] = "instance",
    };
    static const char *const containers[] = {
        [JOBLIB_KIND_LIST] = "list",
        [JOBLIB_KIND_TUPLE] = "tuple",
        [JOBLIB_KIND_SET] = "set",
        [JOBLIB_KIND_FROZENSET] = "frozenset",
    };
    if (cursor->role == JOBLIB_COMMAND_ELEMENTS) {
        joblib_command__put_format(out, "\"%s\"",
                                   containers[joblib_value_kind(cursor->value)]);
    } else if (cursor->role == JOBLIB_COMMAND_ARGUMENTS) {
        joblib_command__put_format(out, ",\"form\":\"%s\"",
                                   forms[joblib_value_form(cursor->value)]);
    }
    joblib_command__put_text(out, group_texts[cursor->role].open);
}

static void put_separator(joblib_command__output *out,
                          const joblib_command__cursor *cursor)
{
    bool in_pair = is_pairs(cursor->role) && cursor->index % 2 == 1;
    if (in_pair) {
        joblib_command__put_text(out, ",");
    } else if (cursor->index > 0) {
        joblib_command__put_text(out, group_texts[cursor->role].between);
    } else if (is_pairs(cursor->role)) {
        joblib_command__put_text(out, "[");
    }
}

static void close_group(joblib_command__output *out, const joblib_command__cursor *cursor)
{
    bool no_pair = is_pairs(cursor->role) && cursor->count == 0;
    joblib_command__put_text(out, no_pair ? "]" : group_texts[cursor->role].close);
}

static void end_value(joblib_command__output *out, const joblib_value *value)
{
    switch (joblib_value_kind(value)) {
    case JOBLIB_KIND_ARRAY:
        joblib_command__put_array_end(out, value);
        break;
    case JOBLIB_KIND_OBJECT:
        joblib_command__put_text(out, "}}");
        break;
    default:
        joblib_command__put_text(out, "}");
        break;
    }
}

static joblib_status step_tagged(struct tagger *tagger, joblib_error *error)
{
    joblib_command__cursor *cursor = joblib_command__walk_top(&tagger->walk);
    switch (joblib_command__cursor_next(cursor)) {
    case JOBLIB_COMMAND_OPEN:
        open_group(tagger->out, cursor);
        break;
    case JOBLIB_COMMAND_CLOSE:
        close_group(tagger->out, cursor);
        break;
    case JOBLIB_COMMAND_CHILD:
        put_separator(tagger->out, cursor);
        return put_tagged(tagger, cursor->child, error);
    case JOBLIB_COMMAND_END:
        end_value(tagger->out, cursor->value);
        tagger->walk.count--;
        break;
    }
    return JOBLIB_OK;
}

joblib_status joblib_command__put_tagged(joblib_command__output *out,
                                         const joblib_value *root, joblib_error *error)
{
    struct tagger tagger = {out, {NULL, 0, 0, 0}, {NULL, 0, 0}, 0};
    joblib_status status = joblib_command__visits_count(&tagger.visits, root, error);
    if (status == JOBLIB_OK) status = put_tagged(&tagger, root, error);
    while (status == JOBLIB_OK && tagger.walk.count > 0 && !out->failed) {
        status = step_tagged(&tagger, error);
    }
    joblib_command__visits_free(&tagger.visits);
    free(tagger.walk.cursors);
    return status;
}
