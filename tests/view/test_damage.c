/* Every case with views with some of its bytes changed, one at a time: what is still read
   keeps the promises of the headers. */
#include <stdlib.h>

#include "joblib/load.h"
#include "support/test.h"
#include "support/vectors.h"
#include "support/viewed.h"

#define SAMPLES 150 /* bytes of a vector that are changed */

static size_t loaded, viewed;

static void view_items(const char *name, const joblib_document *document)
{
    const joblib_value *root = joblib_document_root(document);
    bool sound = true;
    for (size_t i = 0; i < joblib_value_count(root); i++)
        viewed += viewed_count(joblib_value_at(root, i), &sound);
    loaded++;
    if (!sound) test_fail(__FILE__, __LINE__, "%s: a view breaks its promise", name);
}

static void change_bytes(const char *name)
{
    static const unsigned char masks[] = {0x01, 0x80, 0xff};
    struct vector_bytes bytes = vector_read(name, ".joblib");
    const size_t step = 1 + bytes.size / SAMPLES;
    for (size_t i = 0; i < bytes.size; i += step)
        for (size_t j = 0; j < sizeof masks; j++) {
            joblib_document *document = NULL;
            char kept = bytes.data[i];
            bytes.data[i] = (char)((unsigned char)kept ^ masks[j]);
            if (joblib_load_memory(bytes.data, bytes.size, NULL, &document, NULL) ==
                JOBLIB_OK)
                view_items(name, document);
            joblib_document_release(document);
            bytes.data[i] = kept;
        }
    free(bytes.data);
}

static void views_keep_their_promises_on_changed_bytes(void)
{
    CHECK(vector_each("valid/views/", change_bytes) > 40);
    CHECK(loaded > 5000);
    CHECK(viewed > 50000);
    printf("    loaded %zu, viewed %zu\n", loaded, viewed);
}

int main(void)
{
    RUN(views_keep_their_promises_on_changed_bytes);
    return test_finish();
}
