/* Names of classes and functions, objects, and joblib's wrappers with what follows them. */
#include <string.h>

#include "command/json/transcription.h"
#include "command/parse_number.h"

/* Names */

/* A name as a line of GLOBAL. */
static joblib_status put_line(joblib_command__transcription *work, const json_t *name,
                              const joblib_command__place *place)
{
    const char *text = json_string_value(name);
    bool is_line = text != NULL && strchr(text, '\n') == NULL &&
                   strlen(text) == json_string_length(name);
    if (!is_line) return joblib_command__misplaced(work, place, "no name on one line");
    joblib_command__pickle_put(&work->pickle, text, strlen(text));
    joblib_command__pickle_op(&work->pickle, '\n');
    return JOBLIB_OK;
}

/* Two texts as GLOBAL; two values, which may be known already, as STACK_GLOBAL. */
joblib_status joblib_command__transcribe_global(joblib_command__transcription *work,
                                                const json_t *content,
                                                const joblib_command__place *place)
{
    bool is_lines = json_is_string(json_array_get(content, 0));
    if (json_array_size(content) != 2)
        return joblib_command__misplaced(work, place, "no module and name");
    if (is_lines) joblib_command__pickle_op(&work->pickle, 'c');
    for (size_t i = 0; i < 2; i++) {
        const json_t *name = json_array_get(content, i);
        joblib_command__place within = {place, NULL, i};
        JOBLIB_COMMAND_TRY(is_lines ? put_line(work, name, &within)
                                    : joblib_command__transcribe(work, name, &within));
    }
    if (!is_lines) joblib_command__pickle_op(&work->pickle, '\x93');
    return JOBLIB_OK;
}

/* Objects */

/* A part that must be there. */
static joblib_status put_part(joblib_command__transcription *work, const json_t *object,
                              const char *key, const joblib_command__place *place)
{
    joblib_command__place within = {place, key, 0};
    const json_t *part = joblib_command__part(work, object, key, place);
    if (part == NULL) return (joblib_status)work->error->status;
    return joblib_command__transcribe(work, part, &within);
}

/* Arguments; they went into the memo but where the object says otherwise. */
static joblib_status put_arguments(joblib_command__transcription *work,
                                   const json_t *object,
                                   const joblib_command__place *place)
{
    const json_t *arguments = json_object_get(object, "args");
    bool is_remembered = json_object_get(arguments, "id") != NULL ||
                         json_object_get(arguments, "ref") != NULL;
    JOBLIB_COMMAND_TRY(put_part(work, object, "args", place));
    if (!is_remembered && !json_is_true(json_object_get(object, "bare")))
        (void)joblib_command__memoize(work);
    return JOBLIB_OK;
}

static joblib_status put_call(joblib_command__transcription *work, const json_t *object,
                              const joblib_command__place *place)
{
    JOBLIB_COMMAND_TRY(put_part(work, object, "class", place));
    return put_arguments(work, object, place);
}

static joblib_status put_call_with_keywords(joblib_command__transcription *work,
                                            const json_t *object,
                                            const joblib_command__place *place)
{
    JOBLIB_COMMAND_TRY(put_call(work, object, place));
    return put_part(work, object, "kwargs", place);
}

static joblib_status put_reconstructor(joblib_command__transcription *work,
                                       const json_t *object,
                                       const joblib_command__place *place)
{
    static const char function[] = "ccopyreg\n_reconstructor\n(",
                      rest[] = "cbuiltins\nobject\nNt";
    joblib_command__pickle_put(&work->pickle, function, sizeof function - 1);
    JOBLIB_COMMAND_TRY(put_part(work, object, "class", place));
    joblib_command__pickle_put(&work->pickle, rest, sizeof rest - 1);
    return JOBLIB_OK;
}

static joblib_status put_instance(joblib_command__transcription *work,
                                  const json_t *object,
                                  const joblib_command__place *place)
{
    const json_t *arguments = json_object_get(json_object_get(object, "args"), "tuple");
    joblib_command__pickle_op(&work->pickle, '(');
    JOBLIB_COMMAND_TRY(put_part(work, object, "class", place));
    for (size_t i = 0; i < json_array_size(arguments); i++) {
        joblib_command__place of_arguments = {place, "args", 0};
        joblib_command__place within = {&of_arguments, NULL, i};
        JOBLIB_COMMAND_TRY(
            joblib_command__transcribe(work, json_array_get(arguments, i), &within));
    }
    return JOBLIB_OK;
}

/* How objects are made: what goes before the opcode, and what drops that again. */
static const struct form {
    const char *name;
    joblib_status (*put)(joblib_command__transcription *work, const json_t *object,
                         const joblib_command__place *place);
    char opcode;
    const char *drop;
} forms[] = {
    {"reduce", put_call, 'R', "00"},
    {"newobj", put_call, '\x81', "00"},
    {"newobj_ex", put_call_with_keywords, '\x92', "000"},
    {"reconstructor", put_reconstructor, 'R', "00"},
    {"instance", put_instance, 'o', "1"},
};

static const struct form *find_form(const json_t *object)
{
    const char *name = json_string_value(json_object_get(object, "form"));
    for (size_t i = 0; name != NULL && i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(forms[i].name, name) == 0) return &forms[i];
    }
    return NULL;
}

/* What fills an object: elements, entries, and at last its state. */
static joblib_status put_filling(joblib_command__transcription *work,
                                 const json_t *object, const joblib_command__place *place)
{
    const json_t *items = json_object_get(object, "items");
    const json_t *entries = json_object_get(object, "entries");
    if (items != NULL) {
        joblib_command__place within = {place, "items", 0};
        JOBLIB_COMMAND_TRY(joblib_command__transcribe_all(work, items, &within));
        joblib_command__pickle_op(&work->pickle, 'e');
    }
    if (entries != NULL) {
        joblib_command__place within = {place, "entries", 0};
        JOBLIB_COMMAND_TRY(joblib_command__transcribe_pairs(work, entries, &within));
        joblib_command__pickle_op(&work->pickle, 'u');
    }
    if (json_object_get(object, "state") == NULL) return JOBLIB_OK;
    JOBLIB_COMMAND_TRY(put_part(work, object, "state", place));
    joblib_command__pickle_op(&work->pickle, 'b');
    return JOBLIB_OK;
}

joblib_status joblib_command__transcribe_object(joblib_command__transcription *work,
                                                const json_t *value,
                                                const json_t *content,
                                                const joblib_command__place *place)
{
    const struct form *form = find_form(content);
    if (form == NULL) return joblib_command__misplaced(work, place, "no known form");
    JOBLIB_COMMAND_TRY(form->put(work, content, place));
    if (joblib_command__is_written(work, value, form->drop)) return JOBLIB_OK;
    joblib_command__pickle_op(&work->pickle, form->opcode);
    joblib_command__note(work, value);
    return put_filling(work, content, place);
}

/* Wrappers */

enum { MOST_ALIGNMENT = 128 };

/* Padding so that the elements begin at a multiple of the alignment, behind its own length. */
static joblib_status put_padding(joblib_command__transcription *work, const json_t *text,
                                 const joblib_command__place *place)
{
    uint64_t alignment = 0;
    const char *digits = json_string_value(text);
    if (text == NULL) return JOBLIB_OK;
    if (digits == NULL || !joblib_command__parse_count(digits, &alignment) ||
        alignment == 0 || alignment > MOST_ALIGNMENT)
        return joblib_command__misplaced(work, place, "an alignment that is none");
    size_t size = alignment - (work->pickle.frame.size + 1) % alignment;
    joblib_command__pickle_op(&work->pickle, (char)size);
    for (size_t i = 0; i < size; i++) joblib_command__pickle_op(&work->pickle, '\xff');
    return JOBLIB_OK;
}

/* A pickle of its own: its memo is empty at its begin. */
static joblib_status put_pickle(joblib_command__transcription *work, const json_t *pickle,
                                const joblib_command__place *place)
{
    uint32_t outer_count = work->pickle.memo_count;
    unsigned outer_protocol = work->protocol;
    joblib_command__place within = {place, "value", 0};
    uint64_t outer_number = work->pickle_number, protocol = 0;
    const char *text = json_string_value(json_object_get(pickle, "protocol"));
    if (text == NULL || !joblib_command__parse_count(text, &protocol) || protocol > 5)
        return joblib_command__misplaced(work, place, "no protocol");
    const json_t *value = joblib_command__part(work, pickle, "value", place);
    if (value == NULL) return JOBLIB_ERROR_SYNTAX;
    work->pickle_number = ++work->pickle_count;
    JOBLIB_COMMAND_TRY(
        joblib_command__transcribe_pickle(work, value, (unsigned)protocol, &within));
    work->pickle_number = outer_number;
    work->pickle.memo_count = outer_count;
    work->protocol = outer_protocol;
    return JOBLIB_OK;
}

joblib_status joblib_command__transcribe_wrapper(joblib_command__transcription *work,
                                                 const json_t *content,
                                                 const joblib_command__place *place)
{
    const json_t *pickle = json_object_get(content, "pickle");
    joblib_command__place in_data = {place, "data", 0}, in_pickle = {place, "pickle", 0};
    bool is_new = work->protocol >= 2;
    JOBLIB_COMMAND_TRY(is_new ? put_call(work, content, place)
                              : put_reconstructor(work, content, place));
    joblib_command__pickle_op(&work->pickle, is_new ? '\x81' : 'R');
    JOBLIB_COMMAND_TRY(put_filling(work, content, place));
    if (pickle != NULL) return put_pickle(work, pickle, &in_pickle);
    JOBLIB_COMMAND_TRY(put_padding(work, json_object_get(content, "alignment"), place));
    return joblib_command__put_base64(work, json_object_get(content, "data"), &in_data);
}
