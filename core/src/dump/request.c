/* The options of a dump, and what follows from them. */
#include <limits.h>

#include "base/options.h"
#include "base/try.h"
#include "dump/dump.h"

/* What a new document is written like. */
#define NEWEST_PYTHON 313
#define PYTHON2 207

/* Memory of lowered values is given back all the time. */
#define MOST_SCRATCH ((uint64_t)1 << 40)

void joblib_dump_options_init(joblib_dump_options *options)
{
    static const joblib_dump_options fresh = JOBLIB_DUMP_OPTIONS_INIT;
    if (options) *options = fresh;
}

static bool is_python(uint32_t version)
{
    return version == 0 || version == 207 || (version >= 304 && version <= 314);
}

static bool is_joblib(uint32_t version)
{
    return version == 0 || (version >= 1000 && version < 20000 && version % 100 < 100);
}

joblib_status joblib_dump__check_versions(uint32_t joblib, uint32_t python,
                                          joblib_error *error)
{
    JOBLIB_REQUIRE(is_python(python), JOBLIB_ERROR_ARGUMENT,
                   "python_version %u, 207 and 304 to 314 are valid", python);
    JOBLIB_REQUIRE(is_joblib(joblib), JOBLIB_ERROR_ARGUMENT,
                   "joblib_version %u, 1000 (0.10) to 10600 (1.6.0) are valid", joblib);
    return JOBLIB_OK;
}

static joblib_status read_dump_options(const joblib_dump_options *given,
                                       joblib_dump_options *out, joblib_error *error)
{
    JOBLIB_TRY(
        joblib_base__read_struct(given, out, sizeof *out, "joblib_dump_options", error));
    JOBLIB_REQUIRE(out->protocol <= 6, JOBLIB_ERROR_ARGUMENT,
                   "protocol %u, 0 to 5 are valid", out->protocol - 1);
    JOBLIB_TRY(
        joblib_dump__check_versions(out->joblib_version, out->python_version, error));
    JOBLIB_REQUIRE(out->pickler <= JOBLIB_PICKLER_C, JOBLIB_ERROR_ARGUMENT,
                   "pickler %u is unknown", out->pickler);
    JOBLIB_REQUIRE(out->codec <= JOBLIB_CODEC_ZF + 1, JOBLIB_ERROR_ARGUMENT,
                   "codec %u is unknown", out->codec - 1);
    JOBLIB_REQUIRE(out->numpy_version <= 2, JOBLIB_ERROR_ARGUMENT,
                   "numpy_version %u, 1 and 2 are valid", out->numpy_version);
    JOBLIB_REQUIRE(out->level <= INT_MAX, JOBLIB_ERROR_ARGUMENT,
                   "level %u is out of range", out->level);
    JOBLIB_REQUIRE(out->allow || out->allow_count == 0, JOBLIB_ERROR_ARGUMENT,
                   "allow is NULL, and has %zu names", out->allow_count);
    return JOBLIB_OK;
}

/* Arrays get new forms where a version of joblib is named, or where they stand inside. */
static int choose_array_form(const joblib_dump_options *options)
{
    if (options->joblib_version == 0) return JOBLIB_DUMP_AS_LOADED;
    return options->pickler == JOBLIB_PICKLER_C ? JOBLIB_DUMP_INSIDE
                                                : JOBLIB_DUMP_WRAPPED;
}

/* Names of Python 2 and 3 in pickles: protocols 0 to 2 have the former. */
static int choose_renaming(int from, int to)
{
    if ((from < 3) == (to < 3)) return JOBLIB_RENAME_NOTHING;
    return to < 3 ? JOBLIB_RENAME_TO_PYTHON2 : JOBLIB_RENAME_TO_PYTHON3;
}

static joblib_pickle__policy choose_policy(const joblib_dump_options *options,
                                           const joblib_document *document)
{
    int protocol = options->protocol ? (int)options->protocol - 1 : document->protocol;
    int python = (int)options->python_version;
    bool stays_python2 = document->python2 && (protocol < 3 || options->protocol == 0);
    if (python == 0) python = stays_python2 ? PYTHON2 : NEWEST_PYTHON;
    return (joblib_pickle__policy){.protocol = protocol,
                                   .python = python,
                                   .c_pickler = options->pickler == JOBLIB_PICKLER_C};
}

/* What joblib before 0.10 wrote is read, but not written: zlib stands closest. */
static int choose_codec(const joblib_dump__job *job)
{
    int codec = job->options.codec ? (int)job->options.codec - 1 : job->document->codec;
    return codec == JOBLIB_CODEC_ZF && job->options.codec == 0 ? JOBLIB_CODEC_ZLIB
                                                               : codec;
}

joblib_codec__encoding joblib_dump__encoding(const joblib_dump__job *job)
{
    return (joblib_codec__encoding){.codec = choose_codec(job),
                                    .level = (int)job->options.level,
                                    .fast = job->options.fast != 0,
                                    .unchecked = job->options.unchecked != 0};
}

/* Before anything is opened or emptied. */
static joblib_status check_encoding(const joblib_codec__encoding *encoding,
                                    joblib_error *error)
{
    int lowest = 0, highest = 0;
    const char *name = joblib_codec_name(encoding->codec);
    JOBLIB_REQUIRE(encoding->codec != JOBLIB_CODEC_ZF, JOBLIB_ERROR_UNSUPPORTED,
                   "the format of joblib before 0.10 is not written");
    JOBLIB_REQUIRE(joblib_codec_available(encoding->codec),
                   JOBLIB_ERROR_UNSUPPORTED_BUILD, "this build was made without %s",
                   name);
    (void)joblib_codec_level_range(encoding->codec, NULL, &lowest, &highest);
    bool fits = encoding->level >= lowest && encoding->level <= highest;
    JOBLIB_REQUIRE(encoding->level == JOBLIB_LEVEL_DEFAULT || fits, JOBLIB_ERROR_ARGUMENT,
                   "level %d of %s, %d to %d are valid", encoding->level, name, lowest,
                   highest);
    return JOBLIB_OK;
}

joblib_status joblib_dump__begin(joblib_dump__job *job, const joblib_document *document,
                                 const joblib_dump_options *options, joblib_error *error)
{
    JOBLIB_REQUIRE(document, JOBLIB_ERROR_ARGUMENT, "no document given");
    *job = (joblib_dump__job){.document = document};
    JOBLIB_TRY(read_dump_options(options, &job->options, error));
    job->allocator = joblib_base__choose_allocator(job->options.allocator);
    joblib_codec__encoding encoding = joblib_dump__encoding(job);
    JOBLIB_TRY(check_encoding(&encoding, error));
    job->form = choose_array_form(&job->options);
    job->lowering = (joblib_pickle__lowering){.lower = joblib_dump__lower,
                                              .follow = joblib_dump__follow,
                                              .done = joblib_dump__done,
                                              .permit = joblib_dump__permit,
                                              .ctx = job};
    joblib_pickle__policy policy = choose_policy(&job->options, document);
    job->writing = (joblib_pickle__writing){
        .policy = policy,
        .allocator = &job->allocator,
        .lowering = &job->lowering,
        .renaming = choose_renaming(document->protocol, policy.protocol)};
    joblib_base__arena_init(&job->scratch, &job->allocator, MOST_SCRATCH);
    return JOBLIB_OK;
}

void joblib_dump__clear_scratch(joblib_dump__job *job)
{
    joblib_base__arena_free(&job->scratch);
    joblib_base__arena_init(&job->scratch, &job->allocator, MOST_SCRATCH);
}

void joblib_dump__end(joblib_dump__job *job)
{
    joblib_base__arena_free(&job->scratch);
}
