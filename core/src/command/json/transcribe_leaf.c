/* Values without parts. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "command/json/base64.h"
#include "command/json/transcription.h"

joblib_status joblib_command__transcribe_none(joblib_command__transcription *work,
                                              const json_t *content,
                                              const joblib_command__place *place)
{
    if (!json_is_true(content)) return joblib_command__misplaced(work, place, "not true");
    joblib_command__pickle_op(&work->pickle, 'N');
    return JOBLIB_OK;
}

joblib_status joblib_command__transcribe_bool(joblib_command__transcription *work,
                                              const json_t *content,
                                              const joblib_command__place *place)
{
    if (!json_is_boolean(content))
        return joblib_command__misplaced(work, place, "neither true nor false");
    joblib_command__pickle_put(&work->pickle, json_is_true(content) ? "I01\n" : "I00\n",
                               4);
    return JOBLIB_OK;
}

/* Digits without a zero before them, which INT would take for a bool. */
static bool is_integer(const char *text)
{
    text += *text == '-';
    bool is_plain = *text != '0' || text[1] == '\0';
    return *text != '\0' && is_plain && text[strspn(text, "0123456789")] == '\0';
}

joblib_status joblib_command__transcribe_int(joblib_command__transcription *work,
                                             const json_t *value, const json_t *content,
                                             const joblib_command__place *place)
{
    bool is_long = json_is_true(json_object_get(value, "long"));
    const char *text = json_string_value(content);
    if (text == NULL || !is_integer(text))
        return joblib_command__misplaced(work, place, "no integer as text");
    joblib_command__pickle_op(&work->pickle, is_long ? 'L' : 'I');
    joblib_command__pickle_put(&work->pickle, text, strlen(text));
    if (is_long) joblib_command__pickle_op(&work->pickle, 'L');
    joblib_command__pickle_op(&work->pickle, '\n');
    return JOBLIB_OK;
}

/* Floats, of the 16 hexadecimal digits of their bits */

joblib_status joblib_command__transcribe_float(joblib_command__transcription *work,
                                               const json_t *content,
                                               const joblib_command__place *place)
{
    static const char digits[] = "0123456789abcdef";
    const char *text = json_string_value(content);
    char bytes[9] = {'G'};
    if (text == NULL || strlen(text) != 16 || strspn(text, digits) != 16)
        return joblib_command__misplaced(work, place, "no 16 hexadecimal digits");
    for (size_t i = 0; i < 16; i++) {
        size_t digit = (size_t)(strchr(digits, text[i]) - digits);
        bytes[1 + i / 2] = (char)((size_t)(unsigned char)bytes[1 + i / 2] << 4 | digit);
    }
    joblib_command__pickle_put(&work->pickle, bytes, sizeof bytes);
    return JOBLIB_OK;
}

/* A call of the class, as Python pickles it. */
joblib_status joblib_command__transcribe_complex(joblib_command__transcription *work,
                                                 const json_t *content,
                                                 const joblib_command__place *place)
{
    static const char class[] = "cbuiltins\ncomplex\n(";
    if (json_array_size(content) != 2)
        return joblib_command__misplaced(work, place, "no real and imaginary part");
    joblib_command__pickle_put(&work->pickle, class, sizeof class - 1);
    for (size_t i = 0; i < 2; i++) {
        joblib_command__place within = {place, NULL, i};
        JOBLIB_COMMAND_TRY(
            joblib_command__transcribe_float(work, json_array_get(content, i), &within));
    }
    joblib_command__pickle_put(&work->pickle, "tR", 2);
    return JOBLIB_OK;
}

/* Text and bytes */

/* How a kind stands in the pickle: behind an opcode and the size. */
struct sized {
    char opcode;
    size_t width; /* of the size */
};

static const struct sized short_str = {'X', 4}, long_str = {'\x8d', 8},
                          short_bytes = {'B', 4}, long_bytes = {'\x8e', 8},
                          any_bytearray = {'\x96', 8}, any_py2str = {'T', 4},
                          bare = {0, 0};

static void put_sized(joblib_command__transcription *work, const struct sized *sized,
                      const void *data, size_t size)
{
    if (sized->width > 0)
        joblib_command__pickle_number(&work->pickle, sized->opcode, size, sized->width);
    joblib_command__pickle_put(&work->pickle, data, size);
}

static void put_str(joblib_command__transcription *work, const char *text, size_t size)
{
    put_sized(work, size <= UINT32_MAX ? &short_str : &long_str, text, size);
}

joblib_status joblib_command__transcribe_str(joblib_command__transcription *work,
                                             const json_t *content,
                                             const joblib_command__place *place)
{
    if (!json_is_string(content))
        return joblib_command__misplaced(work, place, "no text");
    put_str(work, json_string_value(content), json_string_length(content));
    return JOBLIB_OK;
}

/* Base64 */

/* Decodes, into memory that the caller frees; NULL with an error. */
static unsigned char *decode(joblib_command__transcription *work, const json_t *content,
                             const joblib_command__place *place, size_t *size)
{
    size_t length = json_string_length(content);
    unsigned char *bytes = malloc(length / 4 * 3 + 1);
    if (bytes == NULL) {
        (void)joblib_command__no_memory(work->error);
        return NULL;
    }
    *size = json_is_string(content)
                ? joblib_command__base64_read(json_string_value(content), length, bytes)
                : SIZE_MAX;
    if (*size != SIZE_MAX) return bytes;
    (void)joblib_command__misplaced(work, place, "no base64");
    free(bytes);
    return NULL;
}

static joblib_status put_decoded(joblib_command__transcription *work,
                                 const json_t *content,
                                 const joblib_command__place *place,
                                 const struct sized *sized)
{
    size_t size;
    unsigned char *bytes = decode(work, content, place, &size);
    if (bytes == NULL) return (joblib_status)work->error->status;
    bool fits = sized->width != 4 || size <= INT32_MAX;
    if (fits) put_sized(work, sized, bytes, size);
    free(bytes);
    return fits ? JOBLIB_OK : joblib_command__misplaced(work, place, "2 GiB or more");
}

joblib_status joblib_command__put_base64(joblib_command__transcription *work,
                                         const json_t *text,
                                         const joblib_command__place *place)
{
    return put_decoded(work, text, place, &bare);
}

joblib_status joblib_command__transcribe_surrogates(joblib_command__transcription *work,
                                                    const json_t *content,
                                                    const joblib_command__place *place)
{
    return put_decoded(work, content, place, &short_str);
}

/* Bytes before protocol 3: _codecs.encode() of the text whose characters they are. */
static joblib_status put_encoded(joblib_command__transcription *work,
                                 const json_t *content,
                                 const joblib_command__place *place)
{
    static const char function[] = "c_codecs\nencode\n(", codec[] = "latin1";
    size_t size, count = 0;
    unsigned char *bytes = decode(work, content, place, &size);
    if (bytes == NULL) return (joblib_status)work->error->status;
    char *text = malloc(2 * size + 1);
    for (size_t i = 0; text != NULL && i < size; i++) {
        if (bytes[i] >= 0x80) text[count++] = (char)(0xc0 | bytes[i] >> 6);
        text[count++] = (char)(bytes[i] < 0x80 ? bytes[i] : 0x80 | (bytes[i] & 0x3f));
    }
    joblib_command__pickle_put(&work->pickle, function, sizeof function - 1);
    if (text != NULL) put_str(work, text, count);
    put_str(work, codec, sizeof codec - 1);
    joblib_command__pickle_put(&work->pickle, "tR", 2);
    free(bytes);
    free(text);
    return text != NULL ? JOBLIB_OK : joblib_command__no_memory(work->error);
}

joblib_status joblib_command__transcribe_bytes(joblib_command__transcription *work,
                                               const json_t *content,
                                               const joblib_command__place *place)
{
    if (work->protocol < 3) return put_encoded(work, content, place);
    return put_decoded(work, content, place,
                       work->protocol < 4 ? &short_bytes : &long_bytes);
}

joblib_status joblib_command__transcribe_bytearray(joblib_command__transcription *work,
                                                   const json_t *content,
                                                   const joblib_command__place *place)
{
    static const char class[] = "cbuiltins\nbytearray\n(";
    bool is_called = work->protocol < 5;
    if (is_called) joblib_command__pickle_put(&work->pickle, class, sizeof class - 1);
    JOBLIB_COMMAND_TRY(is_called ? joblib_command__transcribe_bytes(work, content, place)
                                 : put_decoded(work, content, place, &any_bytearray));
    if (is_called) joblib_command__pickle_put(&work->pickle, "tR", 2);
    return JOBLIB_OK;
}

joblib_status joblib_command__transcribe_py2str(joblib_command__transcription *work,
                                                const json_t *content,
                                                const joblib_command__place *place)
{
    return put_decoded(work, content, place, &any_py2str);
}
