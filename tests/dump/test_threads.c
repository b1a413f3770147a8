/* One document dumped by several threads at once: each gets the bytes of the file. */
#include <pthread.h>
#include <stdlib.h>

#include "joblib.h"
#include "support/test.h"
#include "support/vectors.h"

enum { THREADS = 4, DUMPS = 20 };

struct dumping {
    const joblib_document *document;
    const struct vector_bytes *file;
    int same;
};

static void *dump_again(void *argument)
{
    struct dumping *dumping = argument;
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    for (int i = 0; i < DUMPS; i++) {
        void *data = NULL;
        size_t size = 0;
        if (joblib_dump_memory(dumping->document, &options, &data, &size, NULL) ==
                JOBLIB_OK &&
            size == dumping->file->size && memcmp(data, dumping->file->data, size) == 0)
            dumping->same++;
        joblib_dump_free(data, size, NULL);
    }
    return NULL;
}

static void dumps_a_document_in_several_threads(void)
{
    pthread_t threads[THREADS];
    struct dumping dumpings[THREADS];
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    struct vector_bytes file = vector_read("valid/releases/zlib-joblib1.5.0", ".joblib");
    CHECK_OK(joblib_load_memory(file.data, file.size, NULL, &document, &error), &error);
    for (size_t i = 0; i < THREADS; i++) {
        dumpings[i] = (struct dumping){document, &file, 0};
        CHECK_EQ_INT(pthread_create(&threads[i], NULL, dump_again, &dumpings[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        CHECK_EQ_INT(pthread_join(threads[i], NULL), 0);
        CHECK_EQ_INT(dumpings[i].same, DUMPS);
    }
    joblib_document_release(document);
    free(file.data);
}

int main(void)
{
    RUN(dumps_a_document_in_several_threads);
    return test_finish();
}
