#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/failure.h"
#include "command/table/input_table.h"

/* As much as joblib_load_options reads of a decoded stream. */
static const uint64_t most_file_bytes = UINT64_C(8) << 30;

static joblib_status fail_to_read(joblib_error *error, int reason)
{
    joblib_status status = reason == ENOENT ? JOBLIB_ERROR_NOT_FOUND : JOBLIB_ERROR_IO;
    return joblib_command__fail(error, status, "%s",
                                reason != 0 ? strerror(reason) : "cannot be read");
}

static joblib_status read_stream(FILE *stream, joblib_command__bytes *bytes,
                                 joblib_error *error)
{
    for (;;) {
        char *grown =
            joblib_command__grow(bytes->data, &bytes->capacity, bytes->size + 65536, 1);
        if (grown == NULL) return joblib_command__no_memory(error);
        bytes->data = grown;
        errno = 0;
        size_t got = fread(grown + bytes->size, 1, bytes->capacity - bytes->size, stream);
        bytes->size += got;
        if (ferror(stream)) return fail_to_read(error, errno);
        if (got == 0) return JOBLIB_OK;
        if (bytes->size > most_file_bytes) {
            return joblib_command__fail(error, JOBLIB_ERROR_LIMIT,
                                        "more than 8 GiB of input");
        }
    }
}

/* A whole file in memory of malloc's, which the caller frees. */
static joblib_status read_text_file(const char *path, char **data_out, size_t *size_out,
                                    joblib_error *error)
{
    joblib_command__bytes bytes = {NULL, 0, 0};
    errno = 0;
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) return fail_to_read(error, errno);
    joblib_status status = read_stream(stream, &bytes, error);
    (void)fclose(stream);
    if (status != JOBLIB_OK) {
        free(bytes.data);
        return status;
    }
    *data_out = bytes.data;
    *size_out = bytes.size;
    return JOBLIB_OK;
}

bool joblib_command__ends_in(const char *path, const char *ending)
{
    size_t size = strlen(path), tail = strlen(ending);
    if (size < tail) return false;
    for (size_t i = 0; i < tail; i++) {
        char letter = path[size - tail + i];
        if (letter >= 'A' && letter <= 'Z') letter = (char)(letter - 'A' + 'a');
        if (letter != ending[i]) return false;
    }
    return true;
}

static joblib_status load_table(const char *path, joblib_command__table *out,
                                joblib_error *error)
{
    JOBLIB_COMMAND_TRY(joblib_load_file(path, NULL, &out->document, error));
    joblib_status status =
        joblib_input_from_value(joblib_document_root(out->document), &out->input, error);
    if (status != JOBLIB_OK) joblib_command__table_free(out);
    return status;
}

joblib_status joblib_command__read_table(const char *path, const joblib_model *model,
                                         joblib_command__table *out, joblib_error *error)
{
    char *data = NULL;
    size_t size = 0;
    *out = (joblib_command__table){JOBLIB_INPUT_INIT, NULL, NULL};
    if (!joblib_command__ends_in(path, ".csv")) return load_table(path, out, error);
    JOBLIB_COMMAND_TRY(read_text_file(path, &data, &size, error));
    joblib_status status = joblib_command__read_csv(data, size, model, out, error);
    free(data);
    return status;
}

void joblib_command__table_free(joblib_command__table *table)
{
    free(table->memory);
    joblib_document_release(table->document);
    *table = (joblib_command__table){JOBLIB_INPUT_INIT, NULL, NULL};
}
