/* More than 2^32 bytes behind gzip: the size in its trailer is that modulo 2^32, and zlib counts
   what it is given in 32 bits. */
#include <stdlib.h>
#include <zlib.h>

#include "joblib.h"
#include "support/test.h"

#define MIB ((size_t)1 << 20)
#define WHOLE (4097 * MIB) /* the decoded size */

/* A source that compresses while it is read: PROTO, then None pushed and dropped, None, STOP. */
struct deflater {
    z_stream stream;
    uint64_t left; /* of WHOLE */
    char plain[1 << 16];
};

/* Of a pickle that is pairs of NONE and POP, what stands `at` bytes before the end. */
static size_t refill(struct deflater *deflater)
{
    size_t size = sizeof deflater->plain;
    if (size > deflater->left) size = (size_t)deflater->left;
    for (size_t i = 0; i < size; i++) deflater->plain[i] = i % 2 == 0 ? 'N' : '0';
    if (deflater->left == WHOLE) memcpy(deflater->plain, "\x80\2", 2);
    deflater->left -= size;
    if (deflater->left == 0) deflater->plain[size - 1] = '.';
    return size;
}

static joblib_status read_deflated(void *ctx, void *buffer, size_t size, size_t *got,
                                   joblib_error *error)
{
    struct deflater *deflater = ctx;
    z_stream *stream = &deflater->stream;
    (void)error;
    stream->next_out = buffer;
    stream->avail_out = (unsigned)size;
    int code = Z_OK;
    while (stream->avail_out == size && code == Z_OK) {
        if (stream->avail_in == 0 && deflater->left > 0) {
            stream->avail_in = (unsigned)refill(deflater);
            stream->next_in = (unsigned char *)deflater->plain;
        }
        code = deflate(stream, deflater->left > 0 ? Z_NO_FLUSH : Z_FINISH);
    }
    *got = size - stream->avail_out;
    return JOBLIB_OK;
}

static void reads_four_gib_of_gzip(void)
{
    struct deflater *deflater = calloc(1, sizeof *deflater);
    joblib_source source = {sizeof source, read_deflated, deflater};
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    deflater->left = WHOLE;
    CHECK_EQ_INT(deflateInit2(&deflater->stream, 1, Z_DEFLATED, 15 + 16, 8,
                              Z_DEFAULT_STRATEGY),
                 Z_OK);
    options.max_opcodes = JOBLIB_UNLIMITED;
    CHECK_OK(joblib_load_source(&source, &options, &document, &error), &error);
    CHECK_EQ_INT(joblib_value_kind(joblib_document_root(document)), JOBLIB_KIND_NONE);
    CHECK(joblib_document_memory(document) < MIB);
    joblib_document_release(document);
    deflateEnd(&deflater->stream);
    free(deflater);
}

int main(void)
{
    RUN(reads_four_gib_of_gzip);
    return test_finish();
}
