/* Opens the object in the bytes of a file as a frame, and reads every cell. */
#include <stdlib.h>

#include "fuzz/fuzz.h"
#include "joblib.h"
#include "support/frames.h"

/* A range of a few bytes has any number of cells. */
#define MOST_CELLS 10000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    joblib_document *document = NULL;
    joblib_frame *frame = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_frame_options options = JOBLIB_FRAME_OPTIONS_INIT;
    options.max_memory = 16 << 20;
    options.max_cells = 1 << 20;
    if (joblib_load_memory(data, size, NULL, &document, NULL) != JOBLIB_OK) return 0;
    const joblib_value *root = joblib_document_root(document);
    joblib_status status = joblib_frame_new(root, &options, &frame, &error);
    if ((status == JOBLIB_OK) != (frame != NULL)) abort();
    if (status != JOBLIB_OK && error.message[0] == '\0') abort();
    if (!frame_read_all(frame, MOST_CELLS)) abort();
    joblib_frame_free(frame);
    joblib_document_release(document);
    return 0;
}
