/* The place of the walk, as text: what `joblib model` prints of estimators, and more. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "profile/checking.h"

struct finding_place {
    char *text;
    size_t used;
    bool full;
};

static void append_place(struct finding_place *place, const char *text)
{
    static const char dots[] = "\xe2\x80\xa6";
    size_t size = strlen(text);
    if (place->full) return;
    if (place->used + size + sizeof dots > JOBLIB_PROFILE_PATH_SIZE) {
        place->full = true;
        text = dots;
        size = sizeof dots - 1;
    }
    memcpy(place->text + place->used, text, size);
    place->used += size;
    place->text[place->used] = '\0';
}

static void append_word(struct finding_place *place, const char *word)
{
    if (place->used > 0) append_place(place, ".");
    append_place(place, word);
}

/* "[3]", "(argument 0)" */
static void append_number(struct finding_place *place, const char *before, int64_t number,
                          const char *behind)
{
    char text[48];
    (void)snprintf(text, sizeof text, "%s%" PRId64 "%s", before, number, behind);
    append_place(place, text);
}

/* An entry of a dict: by its key, where that is a text or an integer. */
static void append_entry(struct finding_place *place, const joblib_print__cursor *cursor)
{
    char escaped[JOBLIB_ESCAPED_SIZE];
    size_t size = 0;
    int64_t number = 0;
    const joblib_value *key = joblib_value_key(cursor->holder, cursor->index / 2);
    const char *text = joblib_value_text(key, &size);
    bool is_key = cursor->index % 2 == 0;
    if (text && !is_key)
        append_word(place, joblib_base__escape(escaped, text, size));
    else if (!is_key && joblib_value_as_int64(key, &number, NULL) == JOBLIB_OK)
        append_number(place, "[", number, "]");
    else
        append_number(place, is_key ? "(key " : "(entry ", (int64_t)(cursor->index / 2),
                      ")");
}

static void append_step(struct finding_place *place, const joblib_profile__frame *frame)
{
    const joblib_print__cursor *cursor = &frame->cursor;
    switch (cursor->role) {
    case JOBLIB_PRINT_PAIRS:
    case JOBLIB_PRINT_ENTRIES:
        append_entry(place, cursor);
        return;
    case JOBLIB_PRINT_ARGUMENTS:
        append_number(place, "(argument ", (int64_t)cursor->index, ")");
        return;
    case JOBLIB_PRINT_STATE:
        if (joblib_value_kind(cursor->child) != JOBLIB_KIND_DICT)
            append_word(place, "state");
        return;
    case JOBLIB_PRINT_CLASS:
    case JOBLIB_PRINT_KEYWORDS:
        return;
    default:
        append_number(place, "[", (int64_t)cursor->index, "]");
    }
}

void joblib_profile__write_path(const joblib_profile__check *check,
                                char out[JOBLIB_PROFILE_PATH_SIZE])
{
    struct finding_place place = {out, 0, false};
    out[0] = '\0';
    for (size_t i = 0; i < check->count && !place.full; i++)
        append_step(&place, &check->frames[i]);
}
