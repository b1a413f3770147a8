/* Python's own types that older protocols make by a call of a class or function. */
#include "base/try.h"
#include "base/utf8.h"
#include "pickle/write/own_names.h"
#include "pickle/write/savers.h"

static joblib_status save_own_name(joblib_pickle__writer *writer,
                                   enum joblib_pickle__own_name name, joblib_error *error)
{
    return joblib_pickle__save(writer, joblib_pickle__own_name(name, writer->protocol),
                               error);
}

joblib_status joblib_pickle__close_call(joblib_pickle__writer *writer, uint8_t opcode,
                                        const joblib_value *identity, joblib_error *error)
{
    uint32_t number;
    JOBLIB_TRY(joblib_pickle__write_opcode(writer, opcode, error));
    if (joblib_pickle__is_written(writer, identity, &number))
        return joblib_pickle__write_get(writer, JOBLIB_OPCODE_POP, 1, number, error);
    return joblib_pickle__memoize(writer, identity, error);
}

/* Ends the arguments and the call. */
static joblib_status close_arguments(joblib_pickle__writer *writer, size_t count,
                                     const joblib_value *identity, joblib_error *error)
{
    JOBLIB_TRY(joblib_pickle__close_tuple(writer, count, NULL, error));
    return joblib_pickle__close_call(writer, JOBLIB_OPCODE_REDUCE, identity, error);
}

/* A call without arguments. */
static joblib_status call_plain(joblib_pickle__writer *writer,
                                enum joblib_pickle__own_name name,
                                const joblib_value *identity, joblib_error *error)
{
    const joblib_value none = {.kind = JOBLIB_KIND_TUPLE};
    JOBLIB_TRY(save_own_name(writer, name, error));
    JOBLIB_TRY(joblib_pickle__save(writer, &none, error));
    return joblib_pickle__close_call(writer, JOBLIB_OPCODE_REDUCE, identity, error);
}

/* complex(real, imaginary) */
joblib_status joblib_pickle__save_complex(joblib_pickle__writer *writer,
                                          const joblib_value *value, joblib_error *error)
{
    const joblib_value real = {.kind = JOBLIB_KIND_FLOAT, .real = value->real};
    const joblib_value imaginary = {.kind = JOBLIB_KIND_FLOAT, .real = value->imaginary};
    JOBLIB_TRY(save_own_name(writer, JOBLIB_OWN_COMPLEX, error));
    JOBLIB_TRY(joblib_pickle__open_tuple(writer, 2, error));
    JOBLIB_TRY(joblib_pickle__save(writer, &real, error));
    JOBLIB_TRY(joblib_pickle__save(writer, &imaginary, error));
    return close_arguments(writer, 2, value, error);
}

/* Bytes as text of one character each. Python has one text for each single character. */

static joblib_status save_latin1(joblib_pickle__writer *writer, const joblib_value *bytes,
                                 joblib_error *error)
{
    const joblib_allocator *allocator = writer->writing->allocator;
    size_t room = joblib_value__text_size(bytes) * 2, size = 0;
    JOBLIB_REQUIRE(room / 2 == joblib_value__text_size(bytes), JOBLIB_ERROR_LIMIT,
                   "%zu bytes as text", joblib_value__text_size(bytes));
    char *text = joblib_base__allocate(allocator, room);
    if (!text) return joblib_base__set_no_memory(error, room);
    for (size_t i = 0; i < joblib_value__text_size(bytes); i++)
        size +=
            joblib_base__utf8_encode((uint8_t)joblib_value__text(bytes)[i], text + size);
    const joblib_value value = {.kind = JOBLIB_KIND_STR,
                                .room = JOBLIB_FAR_TEXT,
                                .far_text = text,
                                .far_size = size};
    joblib_status status = joblib_pickle__save(writer, &value, error);
    joblib_base__free(allocator, text, room);
    return status;
}

/* The text of one character: a node for each, since the memo keeps it. */
static const joblib_value *find_character(joblib_pickle__writer *writer, uint8_t code)
{
    joblib_base__arena *kept = &writer->kept;
    size_t size = 256 * sizeof *writer->characters;
    if (!writer->characters) {
        writer->characters = joblib_base__arena_allocate(kept, size);
        if (!writer->characters) return NULL;
        memset(writer->characters, 0, size);
    }
    if (writer->characters[code]) return writer->characters[code];
    joblib_value *value = joblib_base__arena_allocate(kept, sizeof *value + 2);
    if (!value) return NULL;
    char *text = (char *)(value + 1);
    *value = (joblib_value){.kind = JOBLIB_KIND_STR,
                            .flags = JOBLIB_VALUE_SHARED | JOBLIB_VALUE_IMPLIED,
                            .room = JOBLIB_FAR_TEXT,
                            .far_text = text,
                            .far_size = joblib_base__utf8_encode(code, text)};
    return writer->characters[code] = value;
}

static joblib_status save_as_text(joblib_pickle__writer *writer,
                                  const joblib_value *bytes, joblib_error *error)
{
    static const joblib_value empty = JOBLIB_IMPLIED_TEXT("");
    if (joblib_value__text_size(bytes) == 0)
        return joblib_pickle__save(writer, &empty, error);
    if (joblib_value__text_size(bytes) > 1) return save_latin1(writer, bytes, error);
    const joblib_value *text =
        find_character(writer, (uint8_t)joblib_value__text(bytes)[0]);
    if (!text) return joblib_base__arena_fail(&writer->kept, sizeof *text, error);
    return joblib_pickle__save(writer, text, error);
}

/* _codecs.encode(text, 'latin1'), or bytes() */
joblib_status joblib_pickle__call_bytes(joblib_pickle__writer *writer,
                                        const joblib_value *value, joblib_error *error)
{
    static const joblib_value latin1 = JOBLIB_IMPLIED_TEXT("latin1");
    if (joblib_value__text_size(value) == 0)
        return call_plain(writer, JOBLIB_OWN_BYTES, value, error);
    JOBLIB_TRY(save_own_name(writer, JOBLIB_OWN_ENCODE, error));
    JOBLIB_TRY(joblib_pickle__open_tuple(writer, 2, error));
    JOBLIB_TRY(save_as_text(writer, value, error));
    JOBLIB_TRY(joblib_pickle__save(writer, &latin1, error));
    return close_arguments(writer, 2, value, error);
}

/* bytearray(bytes), or bytearray(text, 'latin-1') as Python wrote until 3.7 in old protocols. */
joblib_status joblib_pickle__call_bytearray(joblib_pickle__writer *writer,
                                            const joblib_value *value,
                                            joblib_error *error)
{
    /* Another text each time, unlike that of bytes; in Python 2 it is no unicode text. */
    const joblib_value latin1 = {.kind = JOBLIB_KIND_BYTES,
                                 .flags = JOBLIB_VALUE_PY2,
                                 .room = JOBLIB_FAR_TEXT,
                                 .far_text = "latin-1",
                                 .far_size = 7};
    const joblib_value bytes = {.kind = JOBLIB_KIND_BYTES,
                                .room = JOBLIB_FAR_TEXT,
                                .far_text = joblib_value__text(value),
                                .far_size = joblib_value__text_size(value)};
    bool from_text = writer->habits & JOBLIB_HABIT_TEXT_ARRAY;
    bool as_text = from_text && writer->protocol < 3;
    if (joblib_value__text_size(value) == 0 && !from_text)
        return call_plain(writer, JOBLIB_OWN_BYTEARRAY, value, error);
    JOBLIB_TRY(save_own_name(writer, JOBLIB_OWN_BYTEARRAY, error));
    JOBLIB_TRY(joblib_pickle__open_tuple(writer, as_text ? 2 : 1, error));
    JOBLIB_TRY(as_text ? save_as_text(writer, &bytes, error)
                       : joblib_pickle__save(writer, &bytes, error));
    if (as_text) JOBLIB_TRY(joblib_pickle__save(writer, &latin1, error));
    return close_arguments(writer, as_text ? 2 : 1, value, error);
}

static joblib_status step_set_call(joblib_pickle__writer *writer,
                                   struct joblib_pickle__task *task, joblib_error *error)
{
    const joblib_value *set = task->value;
    joblib_pickle__end_task(writer);
    return close_arguments(writer, 1, set, error);
}

/* set(list), frozenset(list) */
joblib_status joblib_pickle__call_set(joblib_pickle__writer *writer,
                                      const joblib_value *value, joblib_error *error)
{
    bool is_frozen = value->kind == JOBLIB_KIND_FROZENSET;
    struct joblib_pickle__task end = {.step = step_set_call, .value = value};
    JOBLIB_TRY(
        save_own_name(writer, is_frozen ? JOBLIB_OWN_FROZENSET : JOBLIB_OWN_SET, error));
    JOBLIB_TRY(joblib_pickle__open_tuple(writer, 1, error));
    JOBLIB_TRY(joblib_pickle__begin_task(writer, end, error));
    JOBLIB_TRY(joblib_pickle__value_begins(writer->output, error));
    return joblib_pickle__save_list(writer, value, error);
}

/* copyreg._reconstructor(class, object, None): only the class is in the document. */
joblib_status joblib_pickle__call_reconstructor(joblib_pickle__writer *writer,
                                                const joblib_value *value,
                                                joblib_error *error)
{
    static const joblib_value none = {.kind = JOBLIB_KIND_NONE};
    JOBLIB_TRY(save_own_name(writer, JOBLIB_OWN_RECONSTRUCTOR, error));
    JOBLIB_TRY(joblib_pickle__open_tuple(writer, 3, error));
    JOBLIB_TRY(joblib_pickle__save(writer, value->object->callable, error));
    JOBLIB_TRY(save_own_name(writer, JOBLIB_OWN_OBJECT, error));
    JOBLIB_TRY(joblib_pickle__save(writer, &none, error));
    return joblib_pickle__close_tuple(writer, 3, NULL, error);
}
