/* Errors: the layers above add what they know, and no text is too long. */
#include "base/error.h"

#include "support/test.h"

static void sets_status_and_message(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_EQ_INT(joblib_base__set_error(&error, JOBLIB_ERROR_STACK, "first %d", 1),
                 JOBLIB_ERROR_STACK);
    CHECK_EQ_INT(error.status, JOBLIB_ERROR_STACK);
    CHECK_EQ_INT(error.layer, JOBLIB_LAYER_PICKLE);
    CHECK_EQ_TEXT(error.message, "first 1");
    CHECK_EQ_INT(joblib_base__set_error(NULL, JOBLIB_ERROR_MEMO, "no one"),
                 JOBLIB_ERROR_MEMO);
}

static void adds_what_is_not_known_yet(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_base__set_error(&error, JOBLIB_ERROR_LIMIT, "x");
    joblib_base__set_offset(&error, 5, 6);
    joblib_base__set_offset(&error, 7, 8);
    CHECK_EQ_INT(error.offset, 5);
    CHECK_EQ_INT(error.file_offset, 6);
    joblib_base__set_layer(&error, JOBLIB_LAYER_CODEC);
    joblib_base__set_layer(&error, JOBLIB_LAYER_MODEL);
    CHECK_EQ_INT(error.layer, JOBLIB_LAYER_CODEC);
    joblib_base__set_path(&error, "inner");
    joblib_base__set_path(&error, "outer");
    CHECK_EQ_TEXT(error.path, "inner");
    joblib_base__set_offset(NULL, 1, 1);
    joblib_base__set_layer(NULL, JOBLIB_LAYER_IO);
    joblib_base__set_path(NULL, "x");
}

static void overwrites_an_earlier_error(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_base__set_error(&error, JOBLIB_ERROR_STACK, "x");
    joblib_base__set_offset(&error, 5, 6);
    joblib_base__set_error(&error, JOBLIB_ERROR_ARGUMENT, "y");
    CHECK_EQ_INT(error.status, JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(error.layer, JOBLIB_LAYER_NONE);
    CHECK_EQ_INT(error.offset, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message, "y");
}

static void cuts_messages_and_paths_that_are_too_long(void)
{
    char text[1000];
    joblib_error error = JOBLIB_ERROR_INIT;
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    joblib_base__set_error(&error, JOBLIB_ERROR_STACK, "%s", text);
    joblib_base__set_path(&error, text);
    CHECK_EQ_SIZE(strlen(error.message), sizeof error.message - 1);
    CHECK_EQ_SIZE(strlen(error.path), sizeof error.path - 1);
    CHECK_EQ_TEXT(error.path + sizeof error.path - 6, "aa\xe2\x80\xa6");
    text[sizeof error.path - 1] = '\0';
    joblib_error_init(&error);
    joblib_base__set_path(&error, text);
    CHECK_EQ_TEXT(error.path, text);
}

/* Nothing from a file can write to a terminal, or be longer than its place. */
static void escapes_what_is_not_printable(void)
{
    char out[JOBLIB_ESCAPED_SIZE], bytes[300];
    CHECK_EQ_TEXT(joblib_base__escape(out, "a\\b", 3), "a\\x5cb");
    CHECK_EQ_TEXT(joblib_base__escape(out, "\x1b[31m\n", 6), "\\x1b[31m\\x0a");
    CHECK_EQ_TEXT(joblib_base__escape(out, "\xc3\xa9\x7f", 3), "\\xc3\\xa9\\x7f");
    CHECK_EQ_TEXT(joblib_base__escape(out, "a\0b", 3), "a\\x00b");
    CHECK_EQ_TEXT(joblib_base__escape(out, "", 0), "");
    for (int byte = 0; byte < 256; byte++) {
        memset(bytes, byte, sizeof bytes);
        for (size_t size = 0; size < sizeof bytes; size++) {
            joblib_base__escape(out, bytes, size);
            if (strlen(out) < sizeof out) continue;
            test_fail(__FILE__, __LINE__, "%zu bytes 0x%02x", size, (unsigned)byte);
            return;
        }
    }
}

int main(void)
{
    RUN(sets_status_and_message);
    RUN(adds_what_is_not_known_yet);
    RUN(overwrites_an_earlier_error);
    RUN(cuts_messages_and_paths_that_are_too_long);
    RUN(escapes_what_is_not_printable);
    return test_finish();
}
