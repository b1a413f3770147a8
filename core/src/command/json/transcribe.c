#include <stdio.h>
#include <string.h>

#include "command/json/transcription.h"

/* Places */

/* Writes the text of a place backwards from `end`, as far as there is room. */
static char *put_place(char *begin, char *end, const joblib_command__place *place)
{
    for (; place != NULL; place = place->around) {
        char part[64];
        int size = place->key != NULL
                       ? snprintf(part, sizeof part, ".%.40s", place->key)
                       : snprintf(part, sizeof part, "[%zu]", place->index);
        if (size > end - begin) break;
        end -= size;
        memcpy(end, part, (size_t)size);
    }
    return end;
}

joblib_status joblib_command__misplaced(joblib_command__transcription *work,
                                        const joblib_command__place *place,
                                        const char *text)
{
    char room[201];
    room[200] = '\0';
    const char *path = put_place(room, room + 200, place);
    return joblib_command__fail(work->error, JOBLIB_ERROR_SYNTAX, "$%s: %s", path, text);
}

const json_t *joblib_command__part(joblib_command__transcription *work,
                                   const json_t *object, const char *key,
                                   const joblib_command__place *place)
{
    char text[64];
    const json_t *part = json_object_get(object, key);
    if (part != NULL) return part;
    snprintf(text, sizeof text, "no \"%s\" in it", key);
    (void)joblib_command__misplaced(work, place, text);
    return NULL;
}

/* Identities */

static struct joblib_command__identity *find_identity(
    const joblib_command__transcription *work, const json_t *id)
{
    const char *text = json_string_value(id);
    const json_t *number = text != NULL ? json_object_get(work->numbers, text) : NULL;
    return number != NULL ? &work->identities[json_integer_value(number)] : NULL;
}

static struct joblib_command__identity *identity_of(
    const joblib_command__transcription *work, const json_t *value)
{
    return find_identity(work, json_object_get(value, "id"));
}

static joblib_status add_identity(joblib_command__transcription *work, const char *id,
                                  const json_t *value)
{
    void *wider =
        joblib_command__grow(work->identities, &work->identity_capacity,
                             work->identity_count + 1, sizeof *work->identities);
    json_t *number = json_integer((json_int_t)work->identity_count);
    if (wider != NULL) work->identities = wider;
    if (json_object_set_new(work->numbers, id, number) != 0 || wider == NULL)
        return joblib_command__no_memory(work->error);
    work->identities[work->identity_count++] =
        (struct joblib_command__identity){.value = value, .pickle = work->pickle_number};
    return JOBLIB_OK;
}

/* What holds itself with nothing between that the memo knows before it is complete. */
enum { MOST_WRITERS = 2 };

/* Begins a value, with an id perhaps: its first or, for one that holds itself, its second time. */
static joblib_status begin_identity(joblib_command__transcription *work,
                                    const json_t *value,
                                    const joblib_command__place *place)
{
    const json_t *id = json_object_get(value, "id");
    if (id == NULL) return JOBLIB_OK;
    if (!json_is_string(id))
        return joblib_command__misplaced(work, place, "an id that is no text");
    if (find_identity(work, id) == NULL)
        JOBLIB_COMMAND_TRY(add_identity(work, json_string_value(id), value));
    struct joblib_command__identity *identity = find_identity(work, id);
    if (identity->value != value)
        return joblib_command__misplaced(work, place, "the id of another value");
    if (++identity->writers > MOST_WRITERS)
        return joblib_command__misplaced(work, place, "a value that is a part of itself");
    return JOBLIB_OK;
}

static void end_identity(joblib_command__transcription *work, const json_t *value)
{
    struct joblib_command__identity *identity = identity_of(work, value);
    if (identity != NULL) identity->writers--;
}

uint32_t joblib_command__memoize(joblib_command__transcription *work)
{
    if (work->protocol >= 4) return joblib_command__pickle_memoize(&work->pickle);
    joblib_command__pickle_number(&work->pickle, 'r', work->pickle.memo_count, 4);
    return work->pickle.memo_count++;
}

void joblib_command__note(joblib_command__transcription *work, const json_t *value)
{
    struct joblib_command__identity *identity = identity_of(work, value);
    if (identity == NULL || identity->is_written) return;
    identity->entry = joblib_command__memoize(work);
    identity->is_written = true;
    /* The library takes DUP for a reference. Some go to what it decodes, and are told by none. */
    joblib_command__pickle_put(&work->pickle, "20", 2);
}

bool joblib_command__is_written(joblib_command__transcription *work, const json_t *value,
                                const char *drop)
{
    const struct joblib_command__identity *identity = identity_of(work, value);
    if (identity == NULL || !identity->is_written) return false;
    joblib_command__pickle_put(&work->pickle, drop, strlen(drop));
    joblib_command__pickle_get(&work->pickle, identity->entry);
    return true;
}

/* Values within values recurse, as in jansson, which reads no more than 2,048 levels. */
/* NOLINTBEGIN(misc-no-recursion) */

/* GET; or the value again, where it is referred to from within before it is complete. */
static joblib_status transcribe_reference(joblib_command__transcription *work,
                                          const json_t *reference,
                                          const joblib_command__place *place)
{
    const struct joblib_command__identity *identity = find_identity(work, reference);
    if (identity == NULL || identity->pickle != work->pickle_number)
        return joblib_command__misplaced(work, place,
                                         "no value of this pickle has that id");
    if (!identity->is_written)
        return joblib_command__transcribe(work, identity->value, place);
    joblib_command__pickle_get(&work->pickle, identity->entry);
    return JOBLIB_OK;
}

/* Containers */

joblib_status joblib_command__transcribe_all(joblib_command__transcription *work,
                                             const json_t *values,
                                             const joblib_command__place *place)
{
    if (!json_is_array(values)) return joblib_command__misplaced(work, place, "no array");
    joblib_command__pickle_op(&work->pickle, '(');
    for (size_t i = 0; i < json_array_size(values); i++) {
        joblib_command__place within = {place, NULL, i};
        JOBLIB_COMMAND_TRY(
            joblib_command__transcribe(work, json_array_get(values, i), &within));
    }
    return JOBLIB_OK;
}

joblib_status joblib_command__transcribe_pairs(joblib_command__transcription *work,
                                               const json_t *pairs,
                                               const joblib_command__place *place)
{
    if (!json_is_array(pairs)) return joblib_command__misplaced(work, place, "no array");
    joblib_command__pickle_op(&work->pickle, '(');
    for (size_t i = 0; i < 2 * json_array_size(pairs); i++) {
        joblib_command__place of_pair = {place, NULL, i / 2};
        joblib_command__place within = {&of_pair, NULL, i % 2};
        const json_t *pair = json_array_get(pairs, i / 2);
        if (json_array_size(pair) != 2)
            return joblib_command__misplaced(work, &of_pair, "no key and value");
        JOBLIB_COMMAND_TRY(
            joblib_command__transcribe(work, json_array_get(pair, i % 2), &within));
    }
    return JOBLIB_OK;
}

/* A container that is there, and can be referred to, before it is filled. */
static joblib_status transcribe_filled(joblib_command__transcription *work,
                                       const json_t *value, const json_t *content,
                                       const joblib_command__place *place, char empty,
                                       joblib_command__transcriber *fill, char opcode)
{
    joblib_command__pickle_op(&work->pickle, empty);
    joblib_command__note(work, value);
    JOBLIB_COMMAND_TRY(fill(work, content, place));
    joblib_command__pickle_op(&work->pickle, opcode);
    return JOBLIB_OK;
}

static joblib_status transcribe_list(joblib_command__transcription *work,
                                     const json_t *value, const json_t *content,
                                     const joblib_command__place *place)
{
    return transcribe_filled(work, value, content, place, ']',
                             joblib_command__transcribe_all, 'e');
}

static joblib_status transcribe_dict(joblib_command__transcription *work,
                                     const json_t *value, const json_t *content,
                                     const joblib_command__place *place)
{
    return transcribe_filled(work, value, content, place, '}',
                             joblib_command__transcribe_pairs, 'u');
}

/* Sets of older protocols are calls of their class, of a list. */
static joblib_status transcribe_called(joblib_command__transcription *work,
                                       const json_t *content,
                                       const joblib_command__place *place,
                                       const char *class)
{
    joblib_command__pickle_put(&work->pickle, class, strlen(class));
    joblib_command__pickle_put(&work->pickle, "(]", 2);
    JOBLIB_COMMAND_TRY(joblib_command__transcribe_all(work, content, place));
    joblib_command__pickle_put(&work->pickle, "etR", 3);
    return JOBLIB_OK;
}

static joblib_status transcribe_set(joblib_command__transcription *work,
                                    const json_t *value, const json_t *content,
                                    const joblib_command__place *place)
{
    if (work->protocol < 4)
        return transcribe_called(work, content, place, "cbuiltins\nset\n");
    return transcribe_filled(work, value, content, place, '\x8f',
                             joblib_command__transcribe_all, '\x90');
}

/* A container that is made of its elements; POP_MARK drops them where it is there already. */
static joblib_status transcribe_made(joblib_command__transcription *work,
                                     const json_t *value, const json_t *content,
                                     const joblib_command__place *place, char opcode)
{
    JOBLIB_COMMAND_TRY(joblib_command__transcribe_all(work, content, place));
    if (!joblib_command__is_written(work, value, "1"))
        joblib_command__pickle_op(&work->pickle, opcode);
    return JOBLIB_OK;
}

static joblib_status transcribe_tuple(joblib_command__transcription *work,
                                      const json_t *value, const json_t *content,
                                      const joblib_command__place *place)
{
    return transcribe_made(work, value, content, place, 't');
}

static joblib_status transcribe_frozenset(joblib_command__transcription *work,
                                          const json_t *value, const json_t *content,
                                          const joblib_command__place *place)
{
    if (work->protocol < 4)
        return transcribe_called(work, content, place, "cbuiltins\nfrozenset\n");
    return transcribe_made(work, value, content, place, '\x91');
}

/* Values */

static const struct tag {
    const char *name;
    joblib_command__transcriber *transcribe;
    joblib_command__owner_transcriber *transcribe_owner; /* where that is NULL */
} tags[] = {
    {"none", joblib_command__transcribe_none, NULL},
    {"bool", joblib_command__transcribe_bool, NULL},
    {"int", NULL, joblib_command__transcribe_int},
    {"float", joblib_command__transcribe_float, NULL},
    {"complex", joblib_command__transcribe_complex, NULL},
    {"str", joblib_command__transcribe_str, NULL},
    {"surrogates", joblib_command__transcribe_surrogates, NULL},
    {"bytes", joblib_command__transcribe_bytes, NULL},
    {"bytearray", joblib_command__transcribe_bytearray, NULL},
    {"py2str", joblib_command__transcribe_py2str, NULL},
    {"list", NULL, transcribe_list},
    {"tuple", NULL, transcribe_tuple},
    {"dict", NULL, transcribe_dict},
    {"set", NULL, transcribe_set},
    {"frozenset", NULL, transcribe_frozenset},
    {"global", joblib_command__transcribe_global, NULL},
    {"object", NULL, joblib_command__transcribe_object},
    {"wrapper", joblib_command__transcribe_wrapper, NULL},
};

/* The tag of a value: the one of its keys that is in the table. */
static const struct tag *find_tag(const json_t *value)
{
    const struct tag *found = NULL;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (json_object_get(value, tags[i].name) == NULL) continue;
        if (found != NULL) return NULL;
        found = &tags[i];
    }
    return found;
}

static joblib_status transcribe_tagged(joblib_command__transcription *work,
                                       const json_t *value, const struct tag *tag,
                                       const joblib_command__place *place)
{
    const json_t *content = json_object_get(value, tag->name);
    joblib_command__place within = {place, tag->name, 0};
    if (tag->transcribe != NULL) return tag->transcribe(work, content, &within);
    return tag->transcribe_owner(work, value, content, &within);
}

joblib_status joblib_command__transcribe(joblib_command__transcription *work,
                                         const json_t *value,
                                         const joblib_command__place *place)
{
    const json_t *reference = json_object_get(value, "ref");
    if (reference != NULL) return transcribe_reference(work, reference, place);
    const struct tag *tag = find_tag(value);
    if (tag == NULL)
        return joblib_command__misplaced(work, place,
                                         "no value with one tag of a pickle");
    JOBLIB_COMMAND_TRY(begin_identity(work, value, place));
    if (!joblib_command__is_written(work, value, "")) {
        JOBLIB_COMMAND_TRY(transcribe_tagged(work, value, tag, place));
        joblib_command__note(work, value);
    }
    end_identity(work, value);
    return work->pickle.no_memory ? joblib_command__no_memory(work->error) : JOBLIB_OK;
}
/* NOLINTEND(misc-no-recursion) */

joblib_status joblib_command__transcribe_pickle(joblib_command__transcription *work,
                                                const json_t *value, unsigned protocol,
                                                const joblib_command__place *place)
{
    const char head[] = {'\x80', (char)protocol};
    work->protocol = protocol;
    work->pickle.memo_count = 0;
    if (protocol >= 2) joblib_command__pickle_put(&work->pickle, head, sizeof head);
    JOBLIB_COMMAND_TRY(joblib_command__transcribe(work, value, place));
    joblib_command__pickle_op(&work->pickle, '.');
    return work->pickle.no_memory ? joblib_command__no_memory(work->error) : JOBLIB_OK;
}
