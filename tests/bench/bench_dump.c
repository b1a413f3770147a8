/*
 * bench_dump FILE SCRATCH CODEC LEVEL FAST: loads FILE and dumps it again and again.
 *
 * "time sink", "time memory", "time file" and "time synced" are answered with the seconds of one
 * dump to a sink that counts, to memory, to the new file SCRATCH, and to that one with all on the
 * disk; "peak sink" and "peak file" with bytes of memory; "keep FILE" writes a file that stays,
 * and is answered with its size.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "joblib.h"
#include "session.h"

/* A measurement takes the mean of so many calls, or fewer if they take long. */
#define MOST_CALLS 1000
static const double enough_seconds = 0.2;

struct dump_bench {
    joblib_document *document;
    const char *scratch;
    joblib_dump_options options;
};

static joblib_status count_bytes(void *ctx, const void *data, size_t size,
                                 joblib_error *error)
{
    double *count = ctx;
    (void)data, (void)error;
    *count += (double)size;
    return JOBLIB_OK;
}

static joblib_status dump_to_sink(struct dump_bench *bench, const char *where,
                                  joblib_error *error)
{
    double count = 0;
    joblib_sink sink = JOBLIB_SINK_INIT;
    (void)where;
    sink.write = count_bytes;
    sink.ctx = &count;
    return joblib_dump_sink(bench->document, &bench->options, &sink, error);
}

static joblib_status dump_to_memory(struct dump_bench *bench, const char *where,
                                    joblib_error *error)
{
    void *data;
    size_t size;
    (void)where;
    joblib_status status =
        joblib_dump_memory(bench->document, &bench->options, &data, &size, error);
    joblib_dump_free(data, size, NULL);
    return status;
}

static joblib_status dump_unsynced(struct dump_bench *bench, const char *path,
                                   joblib_error *error)
{
    joblib_dump_options options = bench->options;
    options.unsynced = 1;
    return joblib_dump_file(bench->document, path, &options, error);
}

static joblib_status dump_synced(struct dump_bench *bench, const char *path,
                                 joblib_error *error)
{
    return joblib_dump_file(bench->document, path, &bench->options, error);
}

typedef joblib_status dump_somewhere(struct dump_bench *bench, const char *path,
                                     joblib_error *error);

static dump_somewhere *find_target(const char *name)
{
    static const struct {
        const char *name;
        dump_somewhere *dump;
    } rows[] = {{"sink", dump_to_sink},
                {"memory", dump_to_memory},
                {"file", dump_unsynced},
                {"synced", dump_synced}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].name, name)) return rows[i].dump;
    return NULL;
}

/* The seconds of one dump; negative after a failure. */
static double time_dump(struct dump_bench *bench, dump_somewhere *dump, const char *path)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    double start = session_clock();
    joblib_status status = dump(bench, path, &error);
    double seconds = session_clock() - start;
    if (status == JOBLIB_OK) return seconds;
    fprintf(stderr, "%s\n", error.message);
    return -1;
}

/* A dump finds no file: the removal of the old one is not measured. */
static double time_dumps(struct dump_bench *bench, dump_somewhere *dump)
{
    double total = 0;
    int calls = 0;
    while (calls < MOST_CALLS && total < enough_seconds) {
        double seconds = time_dump(bench, dump, bench->scratch);
        remove(bench->scratch);
        if (seconds < 0) return -1;
        total += seconds;
        calls++;
    }
    return total / calls;
}

static double peak_of_dump(struct dump_bench *bench, dump_somewhere *dump)
{
    double before = session_memory_begin();
    if (before < 0 || time_dump(bench, dump, bench->scratch) < 0) return -1;
    double after = session_memory_peak();
    remove(bench->scratch);
    return after > before ? after - before : 0;
}

static double keep_dump(struct dump_bench *bench, const char *path)
{
    double size = -1;
    if (time_dump(bench, dump_unsynced, path) < 0) return -1;
    FILE *file = fopen(path, "rb");
    if (!file) return -1;
    if (fseek(file, 0, SEEK_END) == 0) size = (double)ftell(file);
    fclose(file);
    return size;
}

static double measure_dump(void *ctx, const char *what, const char *argument)
{
    if (!strcmp(what, "keep")) return keep_dump(ctx, argument);
    dump_somewhere *dump = find_target(argument);
    if (!dump) return -1;
    return strcmp(what, "peak") ? time_dumps(ctx, dump) : peak_of_dump(ctx, dump);
}

int main(int argc, char **argv)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    struct dump_bench bench = {.options = JOBLIB_DUMP_OPTIONS_INIT};
    if (argc != 6) return 2;
    bench.scratch = argv[2];
    bench.options.codec = (uint32_t)joblib_codec_from_name(argv[3]) + 1;
    bench.options.level = (uint32_t)strtoul(argv[4], NULL, 10);
    bench.options.fast = (uint32_t)strtoul(argv[5], NULL, 10);
    if (joblib_load_file(argv[1], NULL, &bench.document, &error) != JOBLIB_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], error.message);
        return 1;
    }
    int status = session_run(measure_dump, &bench);
    joblib_document_release(bench.document);
    return status;
}
