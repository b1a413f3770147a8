#ifndef JOBLIB_RUBY_NATIVE_H
#define JOBLIB_RUBY_NATIVE_H

/* The code of Ruby's typemaps: the lock, arguments, results, errors, streams. */

#include <stdlib.h>
#include <string.h>

#include <ruby.h>
#include <ruby/encoding.h>
#include <ruby/thread.h>

#include "handles.h"

/* The lock */

typedef struct blocking_call {
    void (*function)(void *argument);
    void *argument;
    bool done;
} blocking_call;

static void *call_unlocked(void *data)
{
    blocking_call *call = data;
    call->function(call->argument);
    call->done = true;
    return NULL;
}

/* The variant 2 raises nothing: an exception would jump over the shim and leak. Where an
   interrupt waits already it calls nothing; then the lock is kept. */
void joblib_blocking(void (*function)(void *argument), void *argument)
{
    blocking_call call = {function, argument, false};
    (void)rb_thread_call_without_gvl2(call_unlocked, &call, NULL, NULL);
    if (!call.done) {
        function(argument);
    }
}

/* Tells the garbage collector of memory outside of Ruby, so that it runs in time. */
static VALUE note_memory(VALUE module, VALUE bytes)
{
    (void)module;
    rb_gc_adjust_memory_usage(NUM2SSIZET(bytes));
    return Qnil;
}

/* Arguments */

static void require_integer(VALUE given)
{
    if (!RB_INTEGER_TYPE_P(given)) {
        rb_raise(rb_eTypeError, "a number is of class %" PRIsVALUE " (need an Integer)",
                 rb_obj_class(given));
    }
}

static int64_t take_signed(VALUE given)
{
    require_integer(given);
    return NUM2LL(given);
}

static uint64_t take_unsigned(VALUE given, uint64_t largest)
{
    uint64_t number = 0;
    int sign;
    require_integer(given);
    sign = rb_integer_pack(given, &number, 1, sizeof number, 0,
                           INTEGER_PACK_LSWORD_FIRST | INTEGER_PACK_NATIVE_BYTE_ORDER);
    if (sign < 0 || sign > 1 || number > largest) {
        rb_raise(rb_eRangeError, "%" PRIsVALUE " is not in 0..%" PRIu64, given, largest);
    }
    return number;
}

/* A frozen string shares its bytes: another thread may change the argument meanwhile. */
static VALUE hold_string(VALUE given)
{
    return rb_str_new_frozen(rb_string_value(&given));
}

static const char *take_text(VALUE given, VALUE *held)
{
    *held =
        hold_string(rb_str_export_to_enc(rb_string_value(&given), rb_utf8_encoding()));
    return rb_string_value_cstr(held);
}

static double take_number(VALUE given, long column)
{
    if (RB_FLOAT_TYPE_P(given)) {
        return RFLOAT_VALUE(given);
    }
    if (!RTEST(rb_obj_is_kind_of(given, rb_cNumeric))) {
        rb_raise(rb_eTypeError,
                 "column %ld of a row is of class %" PRIsVALUE " (need a number)", column,
                 rb_obj_class(given));
    }
    return NUM2DBL(given);
}

/* The memory is that of a string without a class, which nobody else sees. */
static double *take_numbers(VALUE given, size_t *count, VALUE *held)
{
    const VALUE row = rb_check_array_type(given);
    long length;
    double *numbers;
    if (NIL_P(row)) {
        rb_raise(rb_eTypeError,
                 "a row is of class %" PRIsVALUE " (need an Array of numbers)",
                 rb_obj_class(given));
    }
    length = RARRAY_LEN(row);
    if (length > LONG_MAX / (long)sizeof *numbers) {
        rb_raise(rb_eRangeError, "a row of %ld columns", length);
    }
    *held = rb_str_tmp_new(length * (long)sizeof *numbers);
    numbers = (double *)(void *)RSTRING_PTR(*held);
    for (long i = 0; i < length; i++) {
        numbers[i] = take_number(rb_ary_entry(row, i), i);
    }
    *count = (size_t)length;
    return numbers;
}

static joblib_int64s take_integers(VALUE given, VALUE *held)
{
    int64_t *numbers;
    size_t count;
    Check_Type(given, T_ARRAY);
    count = (size_t)RARRAY_LEN(given);
    *held = rb_str_tmp_new(RARRAY_LEN(given) * (long)sizeof *numbers);
    numbers = (int64_t *)(void *)RSTRING_PTR(*held);
    for (size_t i = 0; i < count; i++) {
        numbers[i] = take_signed(rb_ary_entry(given, (long)i));
    }
    return (joblib_int64s){numbers, count, NULL};
}

static void free_numbers(VALUE held)
{
    if (!NIL_P(held)) {
        rb_str_resize(held, 0);
    }
}

/* Results. Making an object may raise for want of memory; what is owned is freed even then. */

static VALUE free_owned(VALUE owned)
{
    free((void *)owned);
    return Qnil;
}

static VALUE make_text(VALUE argument)
{
    const joblib_text *text = (const joblib_text *)argument;
    return rb_utf8_str_new(text->data, (long)text->size);
}

static VALUE give_text(const joblib_text *text)
{
    if (text->data == NULL) {
        return Qnil;
    }
    return rb_ensure(make_text, (VALUE)text, free_owned, (VALUE)text->owned);
}

static VALUE make_bytes(VALUE argument)
{
    const joblib_bytes *bytes = (const joblib_bytes *)argument;
    return rb_str_new(bytes->data, (long)bytes->size);
}

static VALUE give_bytes(const joblib_bytes *bytes)
{
    if (bytes->data == NULL) {
        return Qnil;
    }
    return rb_ensure(make_bytes, (VALUE)bytes, free_owned, (VALUE)bytes->owned);
}

static VALUE make_number(const joblib_numbers *numbers, size_t index)
{
    switch (numbers->number) {
    case JOBLIB_NUMBER_BOOL:
        return ((const int64_t *)numbers->data)[index] != 0 ? Qtrue : Qfalse;
    case JOBLIB_NUMBER_INT64:
        return LL2NUM(((const int64_t *)numbers->data)[index]);
    case JOBLIB_NUMBER_UINT64:
        return ULL2NUM(((const uint64_t *)numbers->data)[index]);
    default:
        return DBL2NUM(((const double *)numbers->data)[index]);
    }
}

static VALUE make_numbers(VALUE argument)
{
    const joblib_numbers *numbers = (const joblib_numbers *)argument;
    const VALUE list = rb_ary_new_capa((long)numbers->count);
    for (size_t i = 0; i < numbers->count; i++) {
        rb_ary_push(list, make_number(numbers, i));
    }
    return list;
}

static VALUE give_numbers(const joblib_numbers *numbers)
{
    if (numbers->data == NULL) {
        return Qnil;
    }
    return rb_ensure(make_numbers, (VALUE)numbers, free_owned, (VALUE)numbers->owned);
}

/* Errors: Joblib::Error makes the exception of its class. */

static VALUE number_or_nil(uint64_t number, uint64_t none)
{
    return number == none ? Qnil : ULL2NUM(number);
}

static VALUE text_or_nil(const char *text)
{
    return text[0] != '\0' ? rb_utf8_str_new_cstr(text) : Qnil;
}

NORETURN(static void raise_error(const joblib_error *error));

static void raise_error(const joblib_error *error)
{
    const VALUE module = rb_const_get(rb_cObject, rb_intern("Joblib"));
    const VALUE arguments[] = {
        INT2NUM(error->status),
        text_or_nil(error->message),
        text_or_nil(error->path),
        number_or_nil(error->offset, JOBLIB_NO_OFFSET),
        number_or_nil(error->file_offset, JOBLIB_NO_OFFSET),
        number_or_nil((uint64_t)error->row, UINT64_MAX),
        number_or_nil((uint64_t)error->column, UINT64_MAX),
    };
    rb_exc_raise(rb_funcallv(rb_const_get(module, rb_intern("Error")),
                             rb_intern("from_core"),
                             (int)(sizeof arguments / sizeof arguments[0]), arguments));
}

/* Streams: an object with `call`, which returns the next bytes, as many as it likes. The
   collector finds the two objects here, since the struct is on the stack. */

typedef struct ruby_stream {
    VALUE reader;
    VALUE chunk; /* what it returned last, a String or nil */
    size_t used;
    size_t wanted;
    int state; /* not 0 once the reader raised, threw or was killed */
} ruby_stream;

static VALUE call_reader(VALUE argument)
{
    ruby_stream *stream = (ruby_stream *)argument;
    VALUE chunk =
        rb_funcall(stream->reader, rb_intern("call"), 1, SIZET2NUM(stream->wanted));
    if (!NIL_P(chunk) && NIL_P(rb_check_string_type(chunk))) {
        rb_raise(rb_eTypeError,
                 "the stream gave an object of class %" PRIsVALUE
                 " (need a String or nil)",
                 rb_obj_class(chunk));
    }
    return NIL_P(chunk) ? Qnil : hold_string(chunk);
}

static size_t count_unread(const ruby_stream *stream)
{
    return NIL_P(stream->chunk) ? 0 : (size_t)RSTRING_LEN(stream->chunk) - stream->used;
}

static joblib_status read_ruby(void *ctx, void *buffer, size_t size, size_t *got,
                               joblib_error *error)
{
    ruby_stream *stream = ctx;
    (void)error;
    if (count_unread(stream) == 0) {
        stream->wanted = size;
        stream->used = 0;
        stream->chunk = Qnil;
        stream->chunk = rb_protect(call_reader, (VALUE)stream, &stream->state);
        if (stream->state != 0) {
            stream->chunk = Qnil;
            return JOBLIB_ERROR_CALLBACK;
        }
    }
    *got = count_unread(stream) < size ? count_unread(stream) : size;
    if (*got > 0) {
        memcpy(buffer, RSTRING_PTR(stream->chunk) + stream->used, *got);
    }
    stream->used += *got;
    return JOBLIB_OK;
}

/* Writers: an object with `call`, which takes the next bytes. */

typedef struct ruby_writer {
    VALUE writer;
    const void *data;
    size_t size;
    int state; /* not 0 once the writer raised, threw or was killed */
} ruby_writer;

static VALUE call_writer(VALUE argument)
{
    const ruby_writer *stream = (const ruby_writer *)argument;
    const VALUE bytes = rb_str_new(stream->data, (long)stream->size);
    return rb_funcall(stream->writer, rb_intern("call"), 1, bytes);
}

static joblib_status write_ruby(void *ctx, const void *data, size_t size,
                                joblib_error *error)
{
    ruby_writer *stream = ctx;
    (void)error;
    stream->data = data;
    stream->size = size;
    (void)rb_protect(call_writer, (VALUE)stream, &stream->state);
    return stream->state != 0 ? JOBLIB_ERROR_CALLBACK : JOBLIB_OK;
}

#endif
