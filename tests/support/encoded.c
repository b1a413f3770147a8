#include "support/encoded.h"

static joblib_status write_pieces(joblib_codec__encoder *encoder, const char *data,
                                  size_t size, size_t piece, joblib_error *error)
{
    for (size_t at = 0; at < size; at += piece) {
        size_t now = size - at < piece ? size - at : piece;
        joblib_status status =
            joblib_codec__encoder_write(encoder, data + at, now, error);
        if (status != JOBLIB_OK) return status;
    }
    return joblib_codec__encoder_finish(encoder, error);
}

joblib_status encode_into(struct collected *out, const joblib_codec__encoding *what,
                          const joblib_allocator *allocator, const void *data,
                          size_t size, size_t piece, joblib_error *error)
{
    joblib_codec__encoder *encoder;
    joblib_sink sink = collect_into(out);
    joblib_status status =
        joblib_codec__encoder_open(what, &sink, allocator, &encoder, error);
    if (status != JOBLIB_OK) return status;
    status = write_pieces(encoder, data, size, piece, error);
    joblib_codec__encoder_close(encoder);
    return status;
}
