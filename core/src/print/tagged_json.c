#include "print/tagged_json.h"

#include <inttypes.h>

#include "base/try.h"
#include "print/children.h"
#include "print/pickled.h"
#include "print/tagged_leaf.h"
#include "print/visits.h"

static const uint64_t most_tagged_values = 500000000;

struct tagger {
    joblib_print__output *out;
    joblib_print__visits visits;
    joblib_print__walk walk;
    uint64_t count; /* values printed */
};

/* A reference, for a value that was printed before. Otherwise "{" and the id, if any. */
static bool put_reference(struct tagger *tagger, const joblib_value *value,
                          joblib_print__reading reading)
{
    joblib_print__visit *visit =
        joblib_print__visits_shared(&tagger->visits, value, reading);
    if (visit != NULL && visit->number > 0) {
        joblib_print__put_format(tagger->out, "{\"ref\":\"%" PRIu64 "\"}", visit->number);
        return true;
    }
    joblib_print__put_text(tagger->out, "{");
    if (visit != NULL) {
        visit->number = ++tagger->visits.next_number;
        joblib_print__put_format(tagger->out, "\"id\":\"%" PRIu64 "\",", visit->number);
    }
    return false;
}

static bool is_array_meant(const joblib_value *value, joblib_print__reading reading)
{
    return reading == JOBLIB_PRINT_MEANT && joblib_value_kind(value) == JOBLIB_KIND_ARRAY;
}

static joblib_status put_tagged_value(struct tagger *tagger, const joblib_value *value,
                                      joblib_print__reading reading, joblib_error *error)
{
    bool is_array = is_array_meant(value, reading);
    JOBLIB_REQUIRE(++tagger->count <= most_tagged_values, JOBLIB_ERROR_LIMIT,
                   "more than %" PRIu64 " values", most_tagged_values);
    if (reading != JOBLIB_PRINT_MEANT)
        JOBLIB_TRY(joblib_print__check_pickled(value, reading, error));
    if (put_reference(tagger, value, reading)) return JOBLIB_OK;
    if (is_array) JOBLIB_TRY(joblib_print__put_array_head(tagger->out, value, error));
    if (joblib_print__has_children(value, reading)) {
        return joblib_print__walk_enter(&tagger->walk, value, reading, error);
    }
    if (is_array) {
        joblib_print__put_array_end(tagger->out, value);
    } else {
        JOBLIB_TRY(joblib_print__put_leaf(tagger->out, value, reading, error));
        joblib_print__put_text(tagger->out, "}");
    }
    return JOBLIB_OK;
}

/* What stands around the children of a group. */
static const struct {
    const char *open, *between, *close;
} group_texts[] = {
    [JOBLIB_PRINT_ELEMENTS] = {":[", ",", "]"},
    [JOBLIB_PRINT_PAIRS] = {"\"dict\":[", "],[", "]]"},
    [JOBLIB_PRINT_OBJECTS] = {"\"items\":[", ",", "]"},
    [JOBLIB_PRINT_CLASS] = {":{\"class\":", "", ""},
    [JOBLIB_PRINT_ARGUMENTS] = {",\"args\":[", ",", "]"},
    [JOBLIB_PRINT_KEYWORDS] = {",\"kwargs\":", "", ""},
    [JOBLIB_PRINT_STATE] = {",\"state\":", "", ""},
    [JOBLIB_PRINT_ITEMS] = {",\"items\":[", ",", "]"},
    [JOBLIB_PRINT_ENTRIES] = {",\"entries\":[", "],[", "]]"},
    [JOBLIB_PRINT_CONTENT] = {"\"value\":", "", "}"},
};

static bool is_pairs(joblib_print__role role)
{
    return role == JOBLIB_PRINT_PAIRS || role == JOBLIB_PRINT_ENTRIES;
}

/* The tuple of arguments is a value itself in a pickle; else only its elements are told. */
static bool are_bracketed(const joblib_print__cursor *cursor)
{
    bool is_tuple = cursor->role == JOBLIB_PRINT_ARGUMENTS;
    return !is_tuple || cursor->reading == JOBLIB_PRINT_MEANT;
}

static const char *name_form(const joblib_print__cursor *cursor)
{
    static const char *const forms[] = {
        [JOBLIB_FORM_REDUCE] = "reduce",
        [JOBLIB_FORM_NEWOBJ] = "newobj",
        [JOBLIB_FORM_NEWOBJ_EX] = "newobj_ex",
        [JOBLIB_FORM_RECONSTRUCTOR] = "reconstructor",
        [JOBLIB_FORM_INSTANCE] = "instance",
    };
    const joblib_value *value = cursor->value;
    return forms[cursor->reading == JOBLIB_PRINT_MEANT
                     ? joblib_value_form(value)
                     : joblib_print__pickled_form(value, cursor->reading)];
}

static const char *name_tag(const joblib_print__cursor *cursor)
{
    static const char *const containers[] = {
        [JOBLIB_KIND_LIST] = "list",     [JOBLIB_KIND_TUPLE] = "tuple",
        [JOBLIB_KIND_SET] = "set",       [JOBLIB_KIND_FROZENSET] = "frozenset",
        [JOBLIB_KIND_GLOBAL] = "global",
    };
    if (cursor->role == JOBLIB_PRINT_ELEMENTS)
        return containers[joblib_value_kind(cursor->value)];
    bool is_wrapped = cursor->reading != JOBLIB_PRINT_MEANT &&
                      joblib_print__is_wrapped(cursor->value, cursor->reading);
    return is_wrapped ? "wrapper" : "object";
}

static void open_group(joblib_print__output *out, const joblib_print__cursor *cursor)
{
    switch (cursor->role) {
    case JOBLIB_PRINT_ELEMENTS:
    case JOBLIB_PRINT_CLASS:
        joblib_print__put_format(out, "\"%s\"", name_tag(cursor));
        break;
    case JOBLIB_PRINT_ARGUMENTS:
        joblib_print__put_format(out, ",\"form\":\"%s\"", name_form(cursor));
        break;
    case JOBLIB_PRINT_CONTENT:
        joblib_print__put_format(out, ",\"pickle\":{\"protocol\":\"%u\",",
                                 joblib_print__content_protocol(cursor->value));
        break;
    default:
        break;
    }
    joblib_print__put_text(out, are_bracketed(cursor) ? group_texts[cursor->role].open
                                                      : ",\"args\":");
}

static void put_tagged_separator(joblib_print__output *out,
                                 const joblib_print__cursor *cursor)
{
    bool in_pair = is_pairs(cursor->role) && cursor->index % 2 == 1;
    if (in_pair) {
        joblib_print__put_text(out, ",");
    } else if (cursor->index > 0) {
        joblib_print__put_text(out, group_texts[cursor->role].between);
    } else if (is_pairs(cursor->role)) {
        joblib_print__put_text(out, "[");
    }
}

static void close_group(joblib_print__output *out, const joblib_print__cursor *cursor)
{
    bool no_pair = is_pairs(cursor->role) && cursor->count == 0;
    if (!are_bracketed(cursor)) return;
    joblib_print__put_text(out, no_pair ? "]" : group_texts[cursor->role].close);
}

/* The elements that follow a wrapper; or what only the memo of a pickle tells. */
static void end_pickled(joblib_print__output *out, const joblib_value *value,
                        joblib_print__reading reading)
{
    if (joblib_print__is_wrapped(value, reading))
        joblib_print__put_wrapped_data(out, value);
    else if (joblib_print__is_bare(value, reading))
        joblib_print__put_text(out, ",\"bare\":true");
}

static void end_value(joblib_print__output *out, const joblib_print__cursor *cursor)
{
    joblib_print__reading reading = cursor->reading;
    switch (joblib_value_kind(cursor->value)) {
    case JOBLIB_KIND_ARRAY:
    case JOBLIB_KIND_SCALAR:
    case JOBLIB_KIND_DTYPE:
    case JOBLIB_KIND_OBJECT:
        if (is_array_meant(cursor->value, reading)) {
            joblib_print__put_array_end(out, cursor->value);
            break;
        }
        if (reading != JOBLIB_PRINT_MEANT) end_pickled(out, cursor->value, reading);
        joblib_print__put_text(out, "}}");
        break;
    default:
        joblib_print__put_text(out, "}");
        break;
    }
}

static joblib_status step_tagged(struct tagger *tagger, joblib_error *error)
{
    joblib_print__cursor *cursor = joblib_print__walk_top(&tagger->walk);
    switch (joblib_print__visits_next(&tagger->visits, cursor)) {
    case JOBLIB_PRINT_OPEN:
        open_group(tagger->out, cursor);
        break;
    case JOBLIB_PRINT_CLOSE:
        close_group(tagger->out, cursor);
        break;
    case JOBLIB_PRINT_CHILD:
        put_tagged_separator(tagger->out, cursor);
        return put_tagged_value(tagger, cursor->child, cursor->reading, error);
    case JOBLIB_PRINT_END:
        end_value(tagger->out, cursor);
        tagger->walk.count--;
        break;
    }
    return JOBLIB_OK;
}

joblib_status joblib_print__put_tagged(joblib_print__output *out,
                                       const joblib_value *root,
                                       joblib_print__reading reading, joblib_error *error)
{
    struct tagger tagger = {.out = out,
                            .visits.allocator = &out->allocator,
                            .walk.allocator = &out->allocator};
    joblib_status status =
        joblib_print__visits_count(&tagger.visits, root, reading, error);
    if (status == JOBLIB_OK) status = put_tagged_value(&tagger, root, reading, error);
    while (status == JOBLIB_OK && tagger.walk.count > 0 && out->status == JOBLIB_OK) {
        status = step_tagged(&tagger, error);
    }
    joblib_print__visits_free(&tagger.visits);
    joblib_print__walk_free(&tagger.walk);
    return status;
}
