/* The options of a load. */
#include "joblib/request.h"

#include <string.h>

#include "base/options.h"
#include "base/try.h"

#define GIBIBYTE (UINT64_C(1) << 30)

/* What every level of xz and zstd stays below. */
#define CODEC_MEMORY (UINT64_C(128) << 20)

/* Most bytes of an input of unknown size. */
#define ENDLESS_INPUT (4 * GIBIBYTE)

static const joblib_load_options default_options = {
    .max_memory = SIZE_MAX > UINT32_MAX ? 4 * GIBIBYTE : GIBIBYTE / 2,
    .max_decoded = 8 * GIBIBYTE,
    .max_opcodes = 100000000,
    .max_depth = 1000,
    .max_stack = 1000000,
    .max_memo = 50000000,
    .max_text = GIBIBYTE,
    .max_array = UINT64_MAX,
    .max_codec_memory = CODEC_MEMORY,
};

void joblib_load_options_init(joblib_load_options *options)
{
    static const joblib_load_options fresh = JOBLIB_LOAD_OPTIONS_INIT;
    if (options) *options = fresh;
}

static void choose_limit(uint64_t *limit, uint64_t fallback)
{
    if (*limit == 0) *limit = fallback;
}

static joblib_status read_options(const joblib_load_options *given,
                                  joblib_load_options *out, joblib_error *error)
{
    const joblib_load_options *defaults = &default_options;
    JOBLIB_TRY(
        joblib_base__read_struct(given, out, sizeof *out, "joblib_load_options", error));
    JOBLIB_REQUIRE(out->mapping <= JOBLIB_MAPPING_COPY_ON_WRITE, JOBLIB_ERROR_ARGUMENT,
                   "mapping %u is unknown", out->mapping);
    JOBLIB_REQUIRE(out->reserved == 0, JOBLIB_ERROR_ARGUMENT,
                   "reserved is %u in joblib_load_options, 0 expected", out->reserved);
    choose_limit(&out->max_memory, defaults->max_memory);
    choose_limit(&out->max_decoded, defaults->max_decoded);
    choose_limit(&out->max_opcodes, defaults->max_opcodes);
    choose_limit(&out->max_depth, defaults->max_depth);
    choose_limit(&out->max_stack, defaults->max_stack);
    choose_limit(&out->max_memo, defaults->max_memo);
    choose_limit(&out->max_text, defaults->max_text);
    choose_limit(&out->max_array, defaults->max_array);
    choose_limit(&out->max_codec_memory, defaults->max_codec_memory);
    return JOBLIB_OK;
}

joblib_status joblib_load__read_request(const joblib_load_options *given,
                                        const joblib_pickle__observer *observer,
                                        struct joblib_load__request *out,
                                        joblib_error *error)
{
    *out = (struct joblib_load__request){.observer = observer};
    JOBLIB_TRY(read_options(given, &out->options, error));
    out->progress.call = out->options.progress;
    out->progress.ctx = out->options.progress_ctx;
    return JOBLIB_OK;
}

joblib_codec__settings joblib_load__settings(struct joblib_load__request *request,
                                             uint64_t known_size)
{
    const joblib_load_options *options = &request->options;
    joblib_codec__settings settings = {
        .allocator = joblib_base__choose_allocator(options->allocator),
        .max_decoded = options->max_decoded,
        .max_memory = options->max_memory,
        .max_input = options->max_input,
        .max_codec_memory = options->max_codec_memory,
        .progress = request->progress.call ? &request->progress : NULL,
    };
    choose_limit(&settings.max_input,
                 known_size == JOBLIB_UNKNOWN_SIZE ? ENDLESS_INPUT : UINT64_MAX);
    return settings;
}

joblib_load__companions joblib_load__find_companions(struct joblib_load__request *request)
{
    joblib_load__companions companions = {.settings = joblib_load__settings(request, 0)};
    const char *given = request->options.companions, *path = request->path;
    if (given && given[0] != '\0') {
        companions.folder = given;
        companions.folder_size = strlen(given);
    } else if (!given && path) {
        const char *slash = strrchr(path, '/');
        companions.folder = path;
        if (slash) companions.folder_size = slash > path ? (size_t)(slash - path) : 1;
    }
    return companions;
}

joblib_pickle__limits joblib_load__limits(const struct joblib_load__request *request,
                                          int sharing)
{
    const joblib_load_options *options = &request->options;
    bool writable = request->path && options->mapping == JOBLIB_MAPPING_COPY_ON_WRITE;
    return (joblib_pickle__limits){
        .max_opcodes = options->max_opcodes,
        .max_depth = options->max_depth,
        .max_stack = options->max_stack,
        .max_memo = options->max_memo,
        .max_text = options->max_text,
        .max_array = options->max_array,
        .sharing = sharing,
        .writable = writable,
        .observer = request->observer,
    };
}

#undef GIBIBYTE
#undef CODEC_MEMORY
#undef ENDLESS_INPUT
