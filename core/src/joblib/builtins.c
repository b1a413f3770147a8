/* Python's own types where a pickle makes them by a call: older protocols have no opcode. */
#include <string.h>

#include "base/try.h"
#include "base/utf8.h"
#include "joblib/names.h"

joblib_status joblib_load__reduce_none(joblib_pickle__machine *machine,
                                       joblib_value *callable, joblib_value *arguments,
                                       joblib_value **out, joblib_error *error)
{
    (void)machine, (void)callable, (void)arguments, (void)out, (void)error;
    return JOBLIB_OK;
}

joblib_status joblib_load__build_none(joblib_pickle__machine *machine,
                                      joblib_value *object, joblib_value *state,
                                      joblib_value **out, joblib_error *error)
{
    (void)machine, (void)object, (void)state, (void)out, (void)error;
    return JOBLIB_OK;
}

static joblib_status check_made(joblib_pickle__machine *machine, const joblib_value *made,
                                size_t size, joblib_error *error)
{
    return made ? JOBLIB_OK : joblib_pickle__exhausted(machine, size, error);
}

/* Text to bytes, one byte a character; false if a character has no byte. */
static bool encode_latin1(const joblib_value *text, char *out, size_t *size_out)
{
    size_t used = 0, size = joblib_value__text_size(text);
    for (size_t i = 0; i < size;) {
        uint32_t code;
        i += joblib_base__utf8_decode(joblib_value__text(text) + i, &code);
        if (code > 0xff) return false;
        out[used++] = (char)code;
    }
    *size_out = used;
    return true;
}

static bool is_latin1_name(const joblib_value *value)
{
    static const char *const names[] = {"latin1", "latin-1", "iso-8859-1"};
    const char *text = joblib_value_text(value, NULL);
    for (size_t i = 0; text && i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i]) == 0) return true;
    }
    return false;
}

static joblib_status make_latin1(joblib_pickle__machine *machine, joblib_kind kind,
                                 const joblib_value *text, joblib_value **out,
                                 joblib_error *error)
{
    size_t size = joblib_value__text_size(text);
    joblib_value *made = joblib_value__new_text(machine->document, kind, size);
    JOBLIB_TRY(check_made(machine, made, size, error));
    JOBLIB_REQUIRE(encode_latin1(text, joblib_value__text_room(made), &size),
                   JOBLIB_ERROR_TYPE, "a character of the text is not in latin1");
    joblib_value__cut_text(made, size);
    *out = made;
    return JOBLIB_OK;
}

/* _codecs.encode(text, 'latin1'): bytes in protocols 0 to 2. */
joblib_status joblib_load__reduce_encode(joblib_pickle__machine *machine,
                                         joblib_value *callable, joblib_value *arguments,
                                         joblib_value **out, joblib_error *error)
{
    (void)callable;
    bool decodes = arguments->count == 2 &&
                   arguments->items[0]->kind == JOBLIB_KIND_STR &&
                   is_latin1_name(arguments->items[1]);
    if (!decodes) return JOBLIB_OK;
    return make_latin1(machine, JOBLIB_KIND_BYTES, arguments->items[0], out, error);
}

static joblib_status copy_bytes(joblib_pickle__machine *machine, joblib_kind kind,
                                const joblib_value *bytes, joblib_value **out,
                                joblib_error *error)
{
    size_t size = bytes ? joblib_value__text_size(bytes) : 0;
    joblib_value *made = joblib_value__new_text(machine->document, kind, size);
    JOBLIB_TRY(check_made(machine, made, size, error));
    if (size > 0) memcpy(joblib_value__text_room(made), joblib_value__text(bytes), size);
    *out = made;
    return JOBLIB_OK;
}

/* bytes(): the empty bytes of protocols 0 to 2. */
joblib_status joblib_load__reduce_bytes(joblib_pickle__machine *machine,
                                        joblib_value *callable, joblib_value *arguments,
                                        joblib_value **out, joblib_error *error)
{
    (void)callable;
    if (arguments->count == 0)
        return copy_bytes(machine, JOBLIB_KIND_BYTES, NULL, out, error);
    bool is_bytes =
        arguments->count == 1 && arguments->items[0]->kind == JOBLIB_KIND_BYTES;
    if (!is_bytes) return JOBLIB_OK;
    return copy_bytes(machine, JOBLIB_KIND_BYTES, arguments->items[0], out, error);
}

/* bytearray(), bytearray(bytes), bytearray(text, 'latin-1'). A size is never followed. */
joblib_status joblib_load__reduce_bytearray(joblib_pickle__machine *machine,
                                            joblib_value *callable,
                                            joblib_value *arguments, joblib_value **out,
                                            joblib_error *error)
{
    (void)callable;
    joblib_value **items = arguments->items;
    if (arguments->count == 0)
        return copy_bytes(machine, JOBLIB_KIND_BYTEARRAY, NULL, out, error);
    if (arguments->count == 1 && items[0]->kind == JOBLIB_KIND_BYTES)
        return copy_bytes(machine, JOBLIB_KIND_BYTEARRAY, items[0], out, error);
    bool is_text = arguments->count == 2 && items[0]->kind == JOBLIB_KIND_STR &&
                   is_latin1_name(items[1]);
    if (!is_text) return JOBLIB_OK;
    return make_latin1(machine, JOBLIB_KIND_BYTEARRAY, items[0], out, error);
}

joblib_status joblib_load__reduce_complex(joblib_pickle__machine *machine,
                                          joblib_value *callable, joblib_value *arguments,
                                          joblib_value **out, joblib_error *error)
{
    (void)callable;
    bool is_pair = arguments->count == 2 &&
                   arguments->items[0]->kind == JOBLIB_KIND_FLOAT &&
                   arguments->items[1]->kind == JOBLIB_KIND_FLOAT;
    if (!is_pair) return JOBLIB_OK;
    *out = joblib_value__new_complex(machine->document, arguments->items[0]->real,
                                     arguments->items[1]->real);
    return check_made(machine, *out, sizeof **out, error);
}

/* set(list) and frozenset(list), the list still complete at this point. */
static joblib_status make_set(joblib_pickle__machine *machine, joblib_kind kind,
                              const joblib_value *arguments, joblib_value **out,
                              joblib_error *error)
{
    const joblib_value *list = arguments->count == 1 ? arguments->items[0] : NULL;
    bool is_list =
        list && (list->kind == JOBLIB_KIND_LIST || list->kind == JOBLIB_KIND_TUPLE);
    if (!is_list && arguments->count != 0) return JOBLIB_OK;
    joblib_value *set = joblib_value__new_mapping(machine->document, kind);
    JOBLIB_TRY(check_made(machine, set, sizeof *set, error));
    for (size_t i = 0; list && i < list->count; i++) {
        JOBLIB_REQUIRE(joblib_value__is_hashable(list->items[i]), JOBLIB_ERROR_TYPE,
                       "a %s cannot be an item of a set",
                       joblib_kind_name(list->items[i]->kind));
        if (!joblib_value__set(machine->document, set, list->items[i], NULL))
            return joblib_pickle__exhausted(machine, list->count, error);
    }
    *out = set;
    return JOBLIB_OK;
}

joblib_status joblib_load__reduce_set(joblib_pickle__machine *machine,
                                      joblib_value *callable, joblib_value *arguments,
                                      joblib_value **out, joblib_error *error)
{
    (void)callable;
    return make_set(machine, JOBLIB_KIND_SET, arguments, out, error);
}

joblib_status joblib_load__reduce_frozenset(joblib_pickle__machine *machine,
                                            joblib_value *callable,
                                            joblib_value *arguments, joblib_value **out,
                                            joblib_error *error)
{
    (void)callable;
    return make_set(machine, JOBLIB_KIND_FROZENSET, arguments, out, error);
}

/* copyreg._reconstructor(class, object, None): an instance, as protocols 0 and 1 make it. */
joblib_status joblib_load__reduce_reconstructor(joblib_pickle__machine *machine,
                                                joblib_value *callable,
                                                joblib_value *arguments,
                                                joblib_value **out, joblib_error *error)
{
    (void)callable;
    joblib_value **items = arguments->items;
    bool is_plain = arguments->count == 3 && items[0]->kind == JOBLIB_KIND_GLOBAL &&
                    joblib_load__name_of(items[1]) == JOBLIB_NAME_OBJECT &&
                    items[2]->kind == JOBLIB_KIND_NONE;
    if (!is_plain) return JOBLIB_OK;
    JOBLIB_TRY(
        machine->hooks->create(machine, JOBLIB_FORM_RECONSTRUCTOR, items[0], error));
    joblib_value *none = joblib_value__new_tuple(machine->document, 0);
    JOBLIB_TRY(check_made(machine, none, sizeof *none, error));
    *out = joblib_value__new_object(machine->document, JOBLIB_FORM_RECONSTRUCTOR,
                                    items[0], none);
    return check_made(machine, *out, sizeof **out, error);
}
