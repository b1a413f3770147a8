/**
 * One check of a document: the walk through its values, and what is found.
 */
#ifndef JOBLIB_PROFILE_CHECKING_H
#define JOBLIB_PROFILE_CHECKING_H

#include "base/allocator.h"
#include "base/error.h"
#include "builder/pointer_map.h"
#include "joblib/profile.h"
#include "print/children.h"

/** Room for every path that a finding can have. */
#define JOBLIB_PROFILE_PATH_SIZE 192

/** Number of rules. */
enum {
#define JOBLIB_X(rule, anchor) joblib_profile__count_##rule,
#include "profile/rules.def"
#undef JOBLIB_X
    JOBLIB_PROFILE_RULE_COUNT
};

/** A value whose children are being checked. */
typedef struct joblib_profile__frame {
    joblib_print__cursor cursor;
    unsigned height;   /**< most values in one another below it, as far as known */
    bool in_unknown;   /**< below an object whose class is no name of the profile */
    bool in_estimator; /**< it is a part of one that was checked as a whole */
    bool in_tree;      /**< below a Tree */
} joblib_profile__frame;

typedef struct joblib_profile__check joblib_profile__check;

struct joblib_profile__check {
    const joblib_document *document;
    /** called for each value, before those that it holds */
    joblib_status (*look)(joblib_profile__check *check, const joblib_value *value,
                          joblib_error *error);
    joblib_profile_options options;
    joblib_allocator allocator;
    joblib_profile__frame *frames; /**< outermost first */
    size_t count;
    size_t room;
    /** of values met: whether their check is under way, or their height; of names told: true */
    joblib_builder__map met;
    uint64_t found[JOBLIB_PROFILE_RULE_COUNT];
    uint32_t level;
    char version[32]; /**< of scikit-learn, of the first estimator; "" for none yet */
    unsigned minor;   /**< of that version, 3 for 1.3 */
};

/** What a name of the table is to a reader. */
typedef enum joblib_profile__role {
    JOBLIB_PROFILE_MADE,
    JOBLIB_PROFILE_TYPE,
    JOBLIB_PROFILE_ORDERED,
    JOBLIB_PROFILE_ESTIMATOR,
    JOBLIB_PROFILE_PART,
    JOBLIB_PROFILE_TREE
} joblib_profile__role;

/** A row of names.def. */
typedef struct joblib_profile__row {
    const char *module;
    const char *names; /**< words between blanks */
    joblib_profile__role role;
    int newest; /**< protocol in which it may stand */
} joblib_profile__row;

/** The row of a name; NULL where the profile has none. */
const joblib_profile__row *joblib_profile__find_name(const char *module,
                                                     const char *name);

/** Whether `word` is one of the words of `list`, which stand between single blanks. */
bool joblib_profile__lists(const char *list, const char *word);

/** Reports a finding at the place of the walk. */
void joblib_profile__find(joblib_profile__check *check, joblib_profile_rule rule,
                          const char *format, ...) JOBLIB_PRINTF(3, 4);

/** The same below that place, `inner` (may be ""), or at `offset` of the decoded stream. */
void joblib_profile__find_below(joblib_profile__check *check, joblib_profile_rule rule,
                                const char *inner, const char *reason);
void joblib_profile__find_at(joblib_profile__check *check, joblib_profile_rule rule,
                             uint64_t offset, const char *reason);

/** Writes the place of the walk, terminated, and cut with "…" if it is too long. */
void joblib_profile__write_path(const joblib_profile__check *check,
                                char out[JOBLIB_PROFILE_PATH_SIZE]);

/** Looks at a value and all below it, each once, and frees what only the walk needs. */
joblib_status joblib_profile__walk(joblib_profile__check *check, const joblib_value *root,
                                   joblib_error *error);

/** Checks a value without what stands below it. */
joblib_status joblib_profile__check_value(joblib_profile__check *check,
                                          const joblib_value *value, joblib_error *error);

/** The array, scalar or dtype `value`: its form and its dtype. */
joblib_status joblib_profile__check_array(joblib_profile__check *check,
                                          const joblib_value *value, joblib_error *error);
joblib_status joblib_profile__check_dtype(joblib_profile__check *check,
                                          const joblib_value *value, joblib_error *error);

/** The class of an object, or a class as a value: `is_class` tells which. */
joblib_status joblib_profile__check_name(joblib_profile__check *check,
                                         const joblib_value *global, bool is_class,
                                         joblib_error *error);

/** The functions and wrappers that an array or scalar was pickled with. */
struct joblib_value__origin;
joblib_status joblib_profile__check_origin(joblib_profile__check *check,
                                           const struct joblib_value__origin *origin,
                                           joblib_error *error);

/** The names of the document that no value of it led to. */
joblib_status joblib_profile__check_other_names(joblib_profile__check *check,
                                                joblib_error *error);

/** An estimator that stands in no other, as a whole. */
joblib_status joblib_profile__check_estimator(joblib_profile__check *check,
                                              const joblib_value *value,
                                              joblib_error *error);

#endif
