/*
 * bench_load: answers "owned FILE" and "mapped FILE" with the seconds of one load of FILE, and
 * "model FILE" and "prepare FILE" with those of building a model from a mapped file, and of
 * preparing that model for batches; "peak-owned FILE" and "peak-mapped FILE" with bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "joblib.h"
#include "session.h"

/* A measurement takes the mean of so many calls, or fewer if they take long. */
#define MOST_CALLS 1000
static const double enough_seconds = 0.2;

static joblib_status load_document(const char *path, bool mapped, joblib_document **out)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_load_options options = JOBLIB_LOAD_OPTIONS_INIT;
    options.mapping = mapped ? JOBLIB_MAPPING_READ : JOBLIB_MAPPING_NONE;
    joblib_status status = joblib_load_file(path, &options, out, &error);
    if (status != JOBLIB_OK) fprintf(stderr, "%s: %s\n", path, error.message);
    return status;
}

/* The seconds of one load, the release not counted. */
static double time_load(const char *path, bool mapped)
{
    joblib_document *document;
    double start = session_clock();
    if (load_document(path, mapped, &document) != JOBLIB_OK) return -1;
    double seconds = session_clock() - start;
    joblib_document_release(document);
    return seconds;
}

static double time_prepare(const joblib_model *model)
{
    joblib_model *prepared;
    double start = session_clock();
    if (joblib_model_prepare(model, &prepared, NULL) != JOBLIB_OK) return -1;
    double seconds = session_clock() - start;
    joblib_model_release(prepared);
    return seconds;
}

static double time_build(const char *path, bool prepare)
{
    joblib_document *document;
    joblib_model *model;
    if (load_document(path, true, &document) != JOBLIB_OK) return -1;
    double start = session_clock();
    joblib_status status = joblib_model_new(document, NULL, NULL, &model, NULL);
    double seconds = status == JOBLIB_OK ? session_clock() - start : -1;
    if (status == JOBLIB_OK && prepare) seconds = time_prepare(model);
    joblib_model_release(model);
    joblib_document_release(document);
    return seconds;
}

/* The most bytes of memory during a load, beside what was taken before. */
static double measure_peak(const char *path, bool mapped)
{
    joblib_document *document;
    double before = session_memory_begin();
    if (before < 0 || load_document(path, mapped, &document) != JOBLIB_OK) return -1;
    double after = session_memory_peak();
    joblib_document_release(document);
    return after > before ? after - before : 0;
}

static double time_once(const char *what, const char *path)
{
    if (strcmp(what, "owned") == 0) return time_load(path, false);
    if (strcmp(what, "mapped") == 0) return time_load(path, true);
    if (strcmp(what, "model") == 0) return time_build(path, false);
    return time_build(path, true);
}

static double measure_load(void *ctx, const char *what, const char *path)
{
    double total = 0;
    int calls = 0;
    (void)ctx;
    if (strncmp(what, "peak-", 5) == 0)
        return measure_peak(path, !strcmp(what + 5, "mapped"));
    while (calls < MOST_CALLS && total < enough_seconds) {
        double seconds = time_once(what, path);
        if (seconds < 0) return -1;
        total += seconds;
        calls++;
    }
    return total / calls;
}

int main(void)
{
    return session_run(measure_load, NULL);
}
