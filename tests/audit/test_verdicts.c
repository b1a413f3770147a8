/* The table of verdicts, and what it says of names. */
#include "audit/verdicts.h"
#include "support/test.h"

#define CHECK_RULE(module, name, expected) \
    check_rule(__FILE__, __LINE__, (module), (name), JOBLIB_RULE_##expected)

static void check_rule(const char *file, int line, const char *module, const char *name,
                       enum joblib_audit__rule expected)
{
    const joblib_audit__row *row = joblib_audit__judge(module, name);
    if (row->rule != expected)
        test_fail(file, line, "%s.%s has rule %d: %s", module, name, (int)row->rule,
                  row->reason);
}

static void only_rows_that_warn_have_stars(void)
{
    const joblib_audit__row *row;
    size_t count = 0;
    for (; (row = joblib_audit__row_at(count)) != NULL; count++) {
        bool stars = strchr(row->modules, '*') != NULL || strchr(row->names, '*') != NULL;
        if (stars && row->rule != JOBLIB_RULE_DANGEROUS)
            test_fail(__FILE__, __LINE__, "stars in a row of %s", row->modules);
        CHECK(*row->modules != '\0' && *row->names != '\0' && *row->reason != '\0');
        CHECK(strchr(row->reason, '\n') == NULL && strlen(row->reason) < 80);
    }
    CHECK(count > 300);
}

/* A blank too many in the table would be a word that fits nothing. */
static void words_stand_between_single_blanks(void)
{
    const joblib_audit__row *row;
    for (size_t i = 0; (row = joblib_audit__row_at(i)) != NULL; i++) {
        const char *const texts[] = {row->modules, row->names};
        for (size_t k = 0; k < 2; k++) {
            if (strstr(texts[k], "  ") != NULL || texts[k][0] == ' ' ||
                texts[k][strlen(texts[k]) - 1] == ' ')
                test_fail(__FILE__, __LINE__, "blanks in \"%s\"", texts[k]);
        }
    }
}

static void knows_what_models_are_made_of(void)
{
    CHECK_RULE("sklearn.linear_model.logistic", "LogisticRegression", KNOWN);
    CHECK_RULE("sklearn.linear_model._logistic", "LogisticRegression", KNOWN);
    CHECK_RULE("sklearn.tree._tree", "Tree", KNOWN);
    CHECK_RULE("sklearn.utils._bunch", "Bunch", KNOWN);
    CHECK_RULE("sklearn.datasets.base", "Bunch", KNOWN);
    CHECK_RULE("sklearn.neighbors._kd_tree", "newObj", KNOWN);
    CHECK_RULE("sklearn.neighbors.kd_tree", "KDTree", KNOWN);
    CHECK_RULE("sklearn.metrics._dist_metrics", "EuclideanDistance", KNOWN);
    CHECK_RULE("sklearn.linear_model.sgd_fast", "Hinge", KNOWN);
    CHECK_RULE("numpy", "float64", KNOWN);
    CHECK_RULE("numpy._core.multiarray", "_reconstruct", KNOWN);
    CHECK_RULE("numpy.random._pickle", "__randomstate_ctor", KNOWN);
    CHECK_RULE("numpy", "log1p", KNOWN);
    CHECK_RULE("scipy.sparse._csr", "csr_matrix", KNOWN);
    CHECK_RULE("scipy.sparse.csr", "csr_matrix", KNOWN);
    CHECK_RULE("collections", "OrderedDict", KNOWN);
    CHECK_RULE("copy_reg", "_reconstructor", KNOWN);
    CHECK_RULE("__builtin__", "set", KNOWN);
    CHECK_RULE("functools", "partial", KNOWN);
    CHECK_RULE("joblib.numpy_pickle", "NumpyArrayWrapper", KNOWN);
    CHECK_RULE("numpy", "memmap", NAMED);
    CHECK_RULE("builtins", "type", NAMED);
}

static void warns_of_what_runs_code(void)
{
    CHECK_RULE("os", "system", DANGEROUS);
    CHECK_RULE("posix", "system", DANGEROUS);
    CHECK_RULE("nt", "system", DANGEROUS);
    CHECK_RULE("subprocess", "Popen", DANGEROUS);
    CHECK_RULE("builtins", "eval", DANGEROUS);
    CHECK_RULE("__builtin__", "execfile", DANGEROUS);
    CHECK_RULE("builtins", "getattr", GETS);
    CHECK_RULE("builtins", "breakpoint", DANGEROUS);
    CHECK_RULE("importlib._bootstrap", "_load", DANGEROUS);
    CHECK_RULE("pickle", "loads", DANGEROUS);
    CHECK_RULE("functools", "reduce", DANGEROUS);
    CHECK_RULE("operator", "attrgetter", DANGEROUS);
    CHECK_RULE("types", "CodeType", DANGEROUS);
    CHECK_RULE("numpy.core", "_ufunc_reconstruct", IMPORTS);
    CHECK_RULE("numpy.testing._private.utils", "runstring", DANGEROUS);
    CHECK_RULE("scipy.stats._continuous_distns", "norm_gen", DANGEROUS);
    CHECK_RULE("joblib", "load", DANGEROUS);
    CHECK_RULE("sklearn.externals.joblib", "load", DANGEROUS);
    CHECK_RULE("sklearn.datasets._base", "load_files", DANGEROUS);
    CHECK_RULE("dill._dill", "_create_function", DANGEROUS);
    CHECK_RULE("torch", "load", DANGEROUS);
    CHECK_RULE("sklearn.externals.six.moves.builtins", "eval", DANGEROUS);
    CHECK_RULE("xmlrpc", "client", DANGEROUS);
}

/* A module shows what it imported. */
static void warns_of_other_ways_to_a_dangerous_name(void)
{
    CHECK_RULE("some.module", "system", DANGEROUS);
    CHECK_RULE("some.module", "os", DANGEROUS);
    CHECK_RULE("some.module", "__builtins__", DANGEROUS);
    CHECK_RULE("some.module", "__dict__", DANGEROUS);
    CHECK_RULE("some.module", "f.func_globals", DANGEROUS);
    CHECK_RULE("sklearn.tree", "Tree.__init__", DANGEROUS);
    CHECK_RULE("builtins", "eval.__call__", DANGEROUS);
    CHECK_RULE("numpy.lib.npyio", "os.system", DANGEROUS);
    CHECK_RULE("some.module", "a.b.os.path.join", DANGEROUS);
    CHECK_RULE("a", "b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s", DANGEROUS);
    CHECK_RULE("a", ".....", UNKNOWN);
}

static void promises_nothing_of_the_rest(void)
{
    CHECK_RULE("xgboost.sklearn", "XGBClassifier", UNKNOWN);
    CHECK_RULE("sklearn.svm", "SVC ", UNKNOWN);
    CHECK_RULE("sklearn.tree._tree", "tree", UNKNOWN);
    CHECK_RULE("sklearn.tree._tree.x", "Tree", UNKNOWN);
    CHECK_RULE("sklearn.tree._tre", "Tree", UNKNOWN);
    CHECK_RULE("\xd1\x95klearn.svm", "SVC", UNKNOWN);
    CHECK_RULE("numpy", "ndarray.tobytes", UNKNOWN);
    CHECK_RULE("osx", "thing", UNKNOWN);
    CHECK_RULE("*", "*", UNKNOWN);
    CHECK_RULE("joblib.numpy_pickle", "NDArrayWrapper", UNKNOWN);
    CHECK_RULE("sklearn.utils", "Memory", UNKNOWN);
    CHECK_RULE("sklearn.utils", "Parallel", UNKNOWN);
}

int main(void)
{
    RUN(only_rows_that_warn_have_stars);
    RUN(words_stand_between_single_blanks);
    RUN(knows_what_models_are_made_of);
    RUN(warns_of_what_runs_code);
    RUN(warns_of_other_ways_to_a_dangerous_name);
    RUN(promises_nothing_of_the_rest);
    return test_finish();
}
