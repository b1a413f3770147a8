/* LogisticRegression: how scores become probabilities, and how the penalty is told. */
#include <string.h>

#include "base/try.h"
#include "template/composition.h"
#include "template/upgrade/rules.h"

typedef struct joblib_upgrade__estimator logistic_view;

/* What decides between one-vs-rest and softmax. */
struct logistic_state {
    const char *multi_class; /* or NULL */
    const char *solver;      /* or NULL */
    size_t classes;
};

static bool is_word_of(const char *text, const char *const *words)
{
    for (; text && *words; words++)
        if (strcmp(text, *words) == 0) return true;
    return false;
}

/* The solvers that fit no softmax; one of them learned it in 1.6. */
static bool is_binary_solver(const char *solver, unsigned release)
{
    static const char *const all[] = {"liblinear", "newton-cholesky", NULL};
    static const char *const since_1_6[] = {"liblinear", NULL};
    return is_word_of(solver, release < JOBLIB_TEMPLATE_V1_6 ? all : since_1_6);
}

/* Whether a release makes probabilities class by class, and not by softmax. */
static bool is_class_by_class(const struct logistic_state *state, unsigned release)
{
    static const char *const always[] = {"ovr", "warn", NULL};
    static const char *const open[] = {"auto", "deprecated", NULL};
    if (release >= JOBLIB_TEMPLATE_V1_8) return state->classes <= 2;
    if (is_word_of(state->multi_class, always)) return true;
    return is_word_of(state->multi_class, open) &&
           (state->classes <= 2 || is_binary_solver(state->solver, release));
}

/* The default of the parameter. */
static const char *default_of(unsigned release)
{
    if (release < JOBLIB_TEMPLATE_V0_22) return "warn";
    return release < JOBLIB_TEMPLATE_V1_5 ? "auto" : "deprecated";
}

static joblib_status set_multi_class(const logistic_view *estimator,
                                     const struct logistic_state *state, bool one_vs_rest,
                                     joblib_error *error)
{
    struct logistic_state there = *state;
    joblib_value *value;
    bool is_stale = is_word_of(state->multi_class,
                               (const char *const[]){"warn", "auto", "deprecated", NULL});
    if (!state->multi_class || is_stale)
        there.multi_class = default_of(estimator->target);
    if (is_class_by_class(&there, estimator->target) != one_vs_rest)
        there.multi_class = one_vs_rest ? "ovr" : "multinomial";
    JOBLIB_TRY(joblib_builder_text(estimator->builder, there.multi_class,
                                   strlen(there.multi_class), &value, error));
    return joblib_upgrade__set(estimator, "multi_class", value, error);
}

static joblib_status map_multi_class(const logistic_view *estimator, joblib_error *error)
{
    const joblib_value *multi_class = joblib_upgrade__get(estimator, "multi_class");
    const joblib_value *solver = joblib_upgrade__get(estimator, "solver");
    const struct logistic_state state = {
        joblib_value_text(multi_class, NULL), joblib_value_text(solver, NULL),
        joblib_value_count(joblib_upgrade__get(estimator, "classes_"))};
    bool one_vs_rest = is_class_by_class(&state, estimator->source);
    if (estimator->target < JOBLIB_TEMPLATE_V1_8)
        return set_multi_class(estimator, &state, one_vs_rest, error);
    if (joblib_upgrade__is_fitted(estimator) && one_vs_rest != (state.classes <= 2))
        return joblib_upgrade__refuse(error, "multi_class",
                                      "probabilities of %zu classes by %s, which "
                                      "scikit-learn %s has only for %s",
                                      state.classes,
                                      one_vs_rest ? "one-vs-rest" : "softmax",
                                      joblib_upgrade__release(estimator->target),
                                      one_vs_rest ? "two" : "more than two");
    return joblib_upgrade__remove(estimator, "multi_class", error);
}

/* Since 1.8 l1_ratio and C tell the penalty alone. */
static joblib_status join_penalty(const logistic_view *estimator, joblib_error *error)
{
    const joblib_value *penalty = joblib_upgrade__get(estimator, "penalty");
    bool is_none = joblib_value_kind(penalty) == JOBLIB_KIND_NONE ||
                   joblib_template__is_text(penalty, "none");
    bool is_mixed = joblib_template__is_text(penalty, "elasticnet");
    const char *ratio = joblib_template__is_text(penalty, "l1") ? "1.0" : "0.0";
    if (is_none) JOBLIB_TRY(joblib_upgrade__set_literal(estimator, "C", "inf", error));
    if (!is_mixed)
        JOBLIB_TRY(joblib_upgrade__set_literal(estimator, "l1_ratio", ratio, error));
    return joblib_upgrade__set_literal(estimator, "penalty", "'deprecated'", error);
}

static const char *penalty_of(const logistic_view *estimator)
{
    const joblib_value *ratio = joblib_upgrade__get(estimator, "l1_ratio");
    if (joblib_upgrade__is_literal(joblib_upgrade__get(estimator, "C"), "inf"))
        return estimator->target < JOBLIB_TEMPLATE_V1_2 ? "'none'" : "None";
    if (!ratio || joblib_upgrade__is_literal(ratio, "0.0")) return "'l2'";
    return joblib_upgrade__is_literal(ratio, "1.0") ? "'l1'" : "'elasticnet'";
}

static joblib_status split_penalty(const logistic_view *estimator, joblib_error *error)
{
    const joblib_value *penalty = joblib_upgrade__get(estimator, "penalty");
    if (joblib_template__is_text(penalty, "deprecated"))
        JOBLIB_TRY(joblib_upgrade__set_literal(estimator, "penalty",
                                               penalty_of(estimator), error));
    penalty = joblib_upgrade__get(estimator, "penalty");
    if (joblib_value_kind(penalty) == JOBLIB_KIND_NONE ||
        joblib_template__is_text(penalty, "none"))
        JOBLIB_TRY(joblib_upgrade__set_literal(estimator, "C", "1.0", error));
    if (joblib_template__is_text(penalty, "elasticnet")) return JOBLIB_OK;
    return joblib_upgrade__set_literal(estimator, "l1_ratio", "None", error);
}

joblib_status joblib_upgrade__rule_logistic(const logistic_view *estimator,
                                            joblib_error *error)
{
    JOBLIB_TRY(map_multi_class(estimator, error));
    if (joblib_upgrade__gains(estimator, JOBLIB_TEMPLATE_V1_8))
        return join_penalty(estimator, error);
    if (joblib_upgrade__loses(estimator, JOBLIB_TEMPLATE_V1_8))
        return split_penalty(estimator, error);
    return JOBLIB_OK;
}
