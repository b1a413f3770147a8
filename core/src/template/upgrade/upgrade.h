/**
 * What the files of this folder share: one call of joblib_upgrade(), and the estimator that is
 * being rewritten.
 */
#ifndef JOBLIB_TEMPLATE_UPGRADE_UPGRADE_H
#define JOBLIB_TEMPLATE_UPGRADE_UPGRADE_H

#include "builder/pointer_map.h"
#include "template/made.h"

/** A release that nothing tells. */
#define JOBLIB_UPGRADE_NO_RELEASE UINT8_MAX

/** A value whose parts are being visited. */
struct joblib_upgrade__frame {
    joblib_value *value;
    size_t next;     /**< part that is visited next */
    unsigned source; /**< release of the nearest estimator around the parts */
};

struct joblib_upgrade__run {
    joblib_builder *builder;
    unsigned target; /**< release */
    char version[JOBLIB_TEMPLATE_VERSION_SIZE];
    joblib_builder__map visited; /**< containers and objects that were met */
    struct joblib_upgrade__frame *frames;
    size_t frame_count;
    size_t frame_room;
};

/** An estimator that is being rewritten, in place. */
struct joblib_upgrade__estimator {
    struct joblib_upgrade__run *run;
    joblib_builder *builder;
    joblib_value *object;
    const struct joblib_template__class *class;
    unsigned source; /**< its release */
    unsigned target;
};

/** Rewrites what the root holds. The path of an error is the place in the document. */
joblib_status joblib_upgrade__walk(struct joblib_upgrade__run *run, joblib_value *root,
                                   joblib_error *error);

/**
 * Rewrites one object, not its parts. `*source` is the release of what is around it, and
 * becomes its own where it tells one.
 */
joblib_status joblib_upgrade__object(struct joblib_upgrade__run *run,
                                     joblib_value *object, unsigned *source,
                                     joblib_error *error);

/**
 * Gives a class or function of scikit-learn, or a sparse matrix of scipy, the name that the target
 * has for it.
 */
joblib_status joblib_upgrade__global(struct joblib_upgrade__run *run,
                                     joblib_value *global, unsigned source,
                                     joblib_error *error);

/** The class that has rows, of a template or of other.def; NULL for none. */
const struct joblib_template__class *joblib_upgrade__find_class(const char *name);

/** Brings the attributes of an estimator into the form of the target. */
joblib_status joblib_upgrade__attributes(
    const struct joblib_upgrade__estimator *estimator, joblib_error *error);

/** Renames attributes, and replaces values that are spelled differently. */
joblib_status joblib_upgrade__spellings(const struct joblib_upgrade__estimator *estimator,
                                        joblib_error *error);

/** Whether a parameter may be left out whatever its value: only the speed depends on it. */
bool joblib_upgrade__is_forgotten(const char *class_name, const char *name);

/** What a class needs beyond the tables; does nothing for most. */
joblib_status joblib_upgrade__rule(const struct joblib_upgrade__estimator *estimator,
                                   joblib_error *error);

/** Rewrites the arrays of a Tree, whose class is not that of an estimator. */
joblib_status joblib_upgrade__tree(struct joblib_upgrade__run *run, joblib_value *tree,
                                   joblib_error *error);

/** Rewrites the state of a distance, an object that a newObj() of scikit-learn makes. */
joblib_status joblib_upgrade__metric(struct joblib_upgrade__run *run,
                                     joblib_value *object, unsigned source,
                                     joblib_error *error);

/** Whether a value is what a literal of Python describes: 1 is 1.0, of numpy too. */
bool joblib_upgrade__is_literal(const joblib_value *value, const char *literal);

/** An attribute of the estimator, to be changed; NULL if it has none. */
joblib_value *joblib_upgrade__get(const struct joblib_upgrade__estimator *estimator,
                                  const char *name);

/** Sets an attribute; removes one if it is there. */
joblib_status joblib_upgrade__set(const struct joblib_upgrade__estimator *estimator,
                                  const char *name, const joblib_value *value,
                                  joblib_error *error);
joblib_status joblib_upgrade__remove(const struct joblib_upgrade__estimator *estimator,
                                     const char *name, joblib_error *error);

/** Gives an attribute another name, where it is there. What had that name is replaced. */
joblib_status joblib_upgrade__rename(const struct joblib_upgrade__estimator *estimator,
                                     const char *from, const char *to,
                                     joblib_error *error);

/** Sets an attribute to what a literal of Python describes. */
joblib_status joblib_upgrade__set_literal(
    const struct joblib_upgrade__estimator *estimator, const char *name,
    const char *literal, joblib_error *error);

/** Whether the estimator was fitted, as scikit-learn tells it. */
bool joblib_upgrade__is_fitted(const struct joblib_upgrade__estimator *estimator);

/** Whether the target has a release's change, and the source not; or the reverse. */
static inline bool joblib_upgrade__gains(
    const struct joblib_upgrade__estimator *estimator, unsigned release)
{
    return estimator->source < release && estimator->target >= release;
}

static inline bool joblib_upgrade__loses(
    const struct joblib_upgrade__estimator *estimator, unsigned release)
{
    return estimator->source >= release && estimator->target < release;
}

/** JOBLIB_ERROR_ESTIMATOR for a value that the target has no place for. */
joblib_status joblib_upgrade__refuse(joblib_error *error, const char *attribute,
                                     const char *format, ...) JOBLIB_PRINTF(3, 4);

/** The text of a release: "1.6". */
const char *joblib_upgrade__release(unsigned release);

#endif
