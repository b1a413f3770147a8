/**
 * The build of a whole model: its parts, and what became of each.
 */
#ifndef JOBLIB_MODEL_BUILD_BUILD_H
#define JOBLIB_MODEL_BUILD_BUILD_H

#include "model/context.h"

/** Parts nest at most so deep. */
#define JOBLIB_MODEL_MAX_DEPTH 32
/** A model has at most so many parts; one that is shared counts where it is used. */
#define JOBLIB_MODEL_MAX_PARTS ((size_t)1 << 18)

/** What became of one part. Texts stand in the scratch memory of the build. */
typedef struct joblib_model__part {
    struct joblib_model__part *next; /* in the order of the report */
    const joblib_value *value;
    const char *path;       /* of the estimator; NULL where nobody asks for it */
    const char *error_path; /* of the attribute that is wrong */
    const char *reason;     /* NULL: it can run */
    const char *version;
    joblib_status status;
    bool inherited; /* it cannot run because a part of it cannot */
    uint32_t depth;
    uint32_t methods;
    uint64_t features;
} joblib_model__part;

typedef struct joblib_model__build {
    joblib_base__arena *arena;  /* the model's memory */
    joblib_base__arena scratch; /* freed with the build */
    joblib_model__part *first;
    joblib_model__part **last;
    size_t part_count;
    size_t visit_count; /* values looked at inside unknown objects */
    bool reports;       /* paths of all parts are wanted */
} joblib_model__build;

void joblib_model__build_init(joblib_model__build *build, joblib_base__arena *arena,
                              const joblib_allocator *allocator, bool reports);

void joblib_model__build_free(joblib_model__build *build);

/**
 * Builds the whole. OK with `*out` NULL: some part cannot run, the records tell which. Any
 * other status ends the build: no memory.
 */
joblib_status joblib_model__build_whole(joblib_model__build *build,
                                        const joblib_value *value,
                                        joblib_model__estimator **out,
                                        joblib_error *error);

/** Calls the caller's report for every part. */
void joblib_model__report_parts(const joblib_model__build *build,
                                const joblib_model_options *options);

/** Sets the error of a build: the first part that cannot run, and the others by name. */
joblib_status joblib_model__fail_build(const joblib_model__build *build,
                                       joblib_error *error);

/** Looks for estimators in the state of an object of an unknown class, and builds them. */
joblib_status joblib_model__search_parts(joblib_model__context *context,
                                         const joblib_value *object);

#endif
