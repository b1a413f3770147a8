/* Each rule of the portable profile: what keeps it, what breaks it, and where that is told. */
#include "profile/found.h"

#define ONE_MODEL(version) \
    "sklearn.linear_model._base.LinearRegression(fit_intercept=True, n_features_in_=2, " \
    "coef_=f8[2]{1,2}, intercept_=0.5, _sklearn_version=" version ")"

/* What breaks a rule: the rule, a notation or, with a slash first, the name of a vector; the
   place and the reason of the first finding of that rule. */
static const struct {
    int rule;
    const char *source, *path, *reason;
} breaking_rows[] = {
    {JOBLIB_PROFILE_CONTAINER, "/valid/zlib/window-512", "",
     "zlib that does not begin with 78: joblib does not know it"},
    {JOBLIB_PROFILE_CONTAINER, "/valid/zf/arrays-joblib0.9", "",
     "ZF, where raw, zlib and gzip are read everywhere"},
    {JOBLIB_PROFILE_PROTOCOL, "/valid/text/float-edges", "", "protocol 0, not 2 to 5"},
    {JOBLIB_PROFILE_ONE_FILE, "/valid/npy/0-d", "", "a npy file, no pickle"},
    {JOBLIB_PROFILE_ONE_FILE, "/valid/legacy/0-d-joblib0.8-py2.7", "[0]",
     "an array that stands in a file of its own"},
    {JOBLIB_PROFILE_NAMES, "{'a': os.system}", "a", "os.system: no name of the profile"},
    {JOBLIB_PROFILE_NAMES, "[1, collections.Counter(a=1)]", "[1]",
     "collections.Counter: no name of the profile"},
    {JOBLIB_PROFILE_NAMES, "numpy.float64(1.5)", "",
     "numpy.float64: a type that is called"},
    {JOBLIB_PROFILE_NAMES, "joblib.numpy_pickle.NumpyArrayWrapper", "",
     "joblib.numpy_pickle.NumpyArrayWrapper: a class or function that stands as a value"},
    {JOBLIB_PROFILE_NAMES, "_codecs.encode(1, 2, 3)", "",
     "_codecs.encode: called in a way that gives no value"},
    {JOBLIB_PROFILE_NAMES, "collections.OrderedDict(1)", "",
     "collections.OrderedDict: not made as Python 3 does it"},
    {JOBLIB_PROFILE_NAMES, "__builtin__.complex", "",
     "__builtin__.complex: Python 3 does not know it in this protocol"},
    {JOBLIB_PROFILE_TEXT, "/valid/python2/str-joblib0.11-py2.7", "[0]",
     "a str of Python 2"},
    {JOBLIB_PROFILE_TEXT, "/valid/plain-array/f8-protocol2-joblib0.11-py2.7", "",
     "a str of Python 2 in how an array is pickled"},
    {JOBLIB_PROFILE_UNICODE, "/valid/python2/str-not-ascii-joblib0.11-py2.7", "[0]",
     "a str of Python 2 whose encoding nothing tells"},
    {JOBLIB_PROFILE_INTEGERS, "{'n': 2**63}", "n",
     "an integer of more than 64 bits, or beyond 2**63 - 1"},
    {JOBLIB_PROFILE_INTEGERS, "{2**64: 1}", "(key 0)",
     "an integer of more than 64 bits, or beyond 2**63 - 1"},
    {JOBLIB_PROFILE_NESTING, "&1 [5, [*1]]", "[1][0]", "a value holds itself"},
    {JOBLIB_PROFILE_ARRAYS, "/valid/ndarray/matrix-joblib1.6", "",
     "an array of a subclass"},
    {JOBLIB_PROFILE_ARRAYS, "/valid/kinds/64-d-joblib1.6", "",
     "64 dimensions, more than 32"},
    {JOBLIB_PROFILE_DTYPES, "(1, >f8[1]{2})", "[1]", "dtype >f8"},
    {JOBLIB_PROFILE_DTYPES, "/valid/dtype/f16-joblib1.6", "", "dtype <f16"},
    {JOBLIB_PROFILE_DTYPES, "/valid/kinds/dates-25s-joblib1.6", "[0]", "dtype <M8[25s]"},
    {JOBLIB_PROFILE_DTYPES, "[numpy.dtype('S0', 0, 1)]", "[0]", "dtype |S0"},
    {JOBLIB_PROFILE_OBJECTS, "{'o': O[2]{'a',[1]}}", "o[1]",
     "an array of objects holds a value of kind list"},
    {JOBLIB_PROFILE_RECORDS, "node[1]{(-1,-1,-2,-2)}", "",
     "records that are no nodes of a tree"},
    {JOBLIB_PROFILE_ESTIMATORS,
     "[sklearn.linear_model._base.LinearRegression(_sklearn_version='1.2.2')]", "[0]",
     "coef_ is missing: the estimator is not fitted"},
    {JOBLIB_PROFILE_ESTIMATORS, "{'p': sklearn.tree._tree.Tree(1, 2, n=1)}", "p",
     "a part of a model that stands in none"},
    {JOBLIB_PROFILE_RELEASE, ONE_MODEL("None"), "",
     "no version of scikit-learn is stored"},
    {JOBLIB_PROFILE_RELEASE, ONE_MODEL("'0.24.2'"), "",
     "0.24.2: not of scikit-learn 1.0 to 1.9"},
    {JOBLIB_PROFILE_RELEASE, ONE_MODEL("'1.10.0'"), "",
     "1.10.0: not of scikit-learn 1.0 to 1.9"},
    {JOBLIB_PROFILE_RELEASE, ONE_MODEL("'1.6.dev0'"), "",
     "1.6.dev0: not of scikit-learn 1.0 to 1.9"},
    {JOBLIB_PROFILE_RELEASE, "[" ONE_MODEL("'1.2.2'") ", " ONE_MODEL("'1.2.1'") "]",
     "[1]", "1.2.1: of another version than the first"},
};

#define ONE_TREE(version, nodes) \
    "sklearn.tree._classes.DecisionTreeRegressor(n_features_in_=2, " \
    "_sklearn_version=" version ", tree_=sklearn.tree._tree.Tree(2, i8[1]{1}, 1, " \
    "max_depth=0, node_count=1, nodes=" nodes ", values=f8[1,1,1]{1}))"
#define OLD_NODES "node[1]{(-1,-1,-2,-2)}"
#define NEW_NODES "node64[1]{(-1,-1,-2,-2,0)}"

/* Nodes got a field in scikit-learn 1.3. */
static void nodes_are_those_of_the_release(void)
{
    static const struct {
        const char *notation, *reason;
    } rows[] = {
        {ONE_TREE("'1.2.2'", OLD_NODES), ""},
        {ONE_TREE("'1.2.2'", NEW_NODES),
         "nodes of a tree that scikit-learn 1.2.2 does not read"},
        {ONE_TREE("'1.9.1'", OLD_NODES),
         "nodes of a tree that scikit-learn 1.9.1 does not read"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct found found =
            found_in(document_from(rows[i].notation), JOBLIB_PROFILE_RECORDS);
        CHECK_EQ_TEXT(found.reason, rows[i].reason);
        if (rows[i].reason[0] != '\0') CHECK_EQ_TEXT(found.path, "tree_.nodes");
    }
}

static joblib_document *open_source(const char *source)
{
    return source[0] == '/' ? load_vector(source + 1, ".joblib") : document_from(source);
}

static void tells_what_breaks_a_rule(void)
{
    for (size_t i = 0; i < sizeof breaking_rows / sizeof *breaking_rows; i++) {
        struct found found =
            found_in(open_source(breaking_rows[i].source), breaking_rows[i].rule);
        if (!found.is_wanted)
            test_fail(__FILE__, __LINE__, "%s breaks no rule %s", breaking_rows[i].source,
                      joblib_profile_rule_name(breaking_rows[i].rule));
        CHECK_EQ_TEXT(found.path, breaking_rows[i].path);
        CHECK_EQ_TEXT(found.reason, breaking_rows[i].reason);
        CHECK(found.result.findings > 0);
    }
}

static void has_a_case_for_every_rule(void)
{
    const char *name;
    int rule = 0;
    for (; (name = joblib_profile_rule_name(rule)) != NULL; rule++) {
        bool is_there = false;
        for (size_t i = 0; i < sizeof breaking_rows / sizeof *breaking_rows; i++)
            is_there = is_there || breaking_rows[i].rule == rule;
        if (!is_there) test_fail(__FILE__, __LINE__, "no case breaks the rule %s", name);
    }
    CHECK_EQ_INT(rule, JOBLIB_PROFILE_RELEASE + 1);
    CHECK(joblib_profile_rule_name(-1) == NULL);
}

/* And the level that a reader needs. */
static void accepts_what_keeps_the_rules(void)
{
    static const struct {
        const char *source;
        uint32_t level;
    } rows[] = {
        {"None", 1},
        {"[True, -1, 1.5, 'a', x'00ff', (1, 2), {'a': 1, 2: 3}]", 1},
        {"-9223372036854775808", 1},
        {"{'a': &1 [1], 'b': *1}", 1},
        {"numpy.float32", 2},
        {"i4[2,3]{0}", 2},
        {"[b1[2]{0,1}, U5[2]{ab,c}]", 2},
        {"O[3]{'a',None,2.5}", 2},
        {ONE_MODEL("'1.2.2'"), 3},
        {"{'m': " ONE_MODEL("'1.6.1.post1'") ", 'n': 1}", 3},
        {"/valid/pickle2/dict-1001", 1},
        {"/valid/objects/ordered-dict-protocol2-joblib1.6", 1},
        {"/valid/dtype/f2-joblib1.6", 2},
        {"/valid/ndarray/bytes-joblib1.6", 2},
        {"/valid/ndarray/f-order-3d-joblib1.6", 2},
        {"/valid/ndarray/objects-f-order-joblib0.10", 2},
        {"/valid/pickle5/bytearray", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct found found = found_in(open_source(rows[i].source), -1);
        if (found.result.findings > 0)
            test_fail(__FILE__, __LINE__, "%s: %s: %s", rows[i].source, found.path,
                      found.reason);
        CHECK_EQ_INT(found.result.level, rows[i].level);
    }
}

static void names_have_the_offset_of_their_opcode(void)
{
    static const char text[] = "\x80\x02]cos\nsystem\na.";
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_memory(text, sizeof text - 1, NULL, &document, &error), &error);
    struct found found = found_in(document, JOBLIB_PROFILE_NAMES);
    CHECK(found.offset == 3);
    CHECK_EQ_TEXT(found.path, "[0]");
    found = found_in(document_from("[2**64]"), JOBLIB_PROFILE_INTEGERS);
    CHECK(found.offset == JOBLIB_NO_OFFSET);
}

/* The pickle names and drops it: no value has it. */
static void tells_of_names_that_no_value_has(void)
{
    static const char text[] = "\x80\x02"
                               "cos\nsystem\n0cpty\nspawn\n0N.";
    joblib_document *document = NULL;
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_load_memory(text, sizeof text - 1, NULL, &document, &error), &error);
    struct found found = found_in(document, JOBLIB_PROFILE_NAMES);
    CHECK(found.result.findings == 2);
    CHECK_EQ_TEXT(found.path, "");
    CHECK_EQ_TEXT(found.reason, "os.system: no name of the profile");
    CHECK(found.offset == 2);
}

/* 100 levels and 101: the number in the middle is no level. */
static void bounds_how_deep_values_stand(void)
{
    for (size_t levels = 101; levels <= 102; levels++) {
        char text[256] = "";
        memset(text, '[', levels);
        memset(text + levels, ']', levels);
        text[2 * levels] = '\0';
        struct found found = found_in(document_from(text), JOBLIB_PROFILE_NESTING);
        CHECK(found.result.findings == levels - 101);
        if (levels == 102)
            CHECK_EQ_TEXT(found.reason,
                          "101 levels of values in one another, more than 100");
    }
}

static void tells_some_of_many_and_counts_all(void)
{
    static char text[30 * 8 + 8];
    char *end = text + sprintf(text, "[");
    for (size_t i = 0; i < 30; i++) end += sprintf(end, "2**70, ");
    sprintf(end, "1]");
    struct found found = found_in(document_from(text), JOBLIB_PROFILE_INTEGERS);
    CHECK_EQ_SIZE(found.told, 20);
    CHECK(found.result.findings == 30);
}

static void does_without_a_report(void)
{
    joblib_profile_result result;
    joblib_document *document = document_from("[2**70]");
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_OK(joblib_profile_check(document, NULL, &result, &error), &error);
    CHECK(result.findings == 1);
    joblib_document_release(document);
}

static void refuses_wrong_arguments(void)
{
    joblib_profile_result result;
    joblib_profile_options options = JOBLIB_PROFILE_OPTIONS_INIT;
    joblib_document *document = document_from("None");
    joblib_error error = JOBLIB_ERROR_INIT;
    CHECK_STATUS(joblib_profile_check(NULL, NULL, &result, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message, "no document given");
    CHECK_STATUS(joblib_profile_check(document, NULL, NULL, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message, "no place for the result given");
    options.profile = 2;
    CHECK_STATUS(joblib_profile_check(document, &options, &result, &error), &error,
                 JOBLIB_ERROR_ARGUMENT, JOBLIB_NO_OFFSET);
    CHECK_EQ_TEXT(error.message, "profile 2 is unknown");
    joblib_document_release(document);
    CHECK_EQ_INT(joblib_profile_find("portable"), JOBLIB_PROFILE_PORTABLE);
    CHECK_EQ_INT(joblib_profile_find("other"), -1);
    CHECK_EQ_INT(joblib_profile_find(NULL), -1);
}

int main(void)
{
    RUN(tells_what_breaks_a_rule);
    RUN(has_a_case_for_every_rule);
    RUN(nodes_are_those_of_the_release);
    RUN(accepts_what_keeps_the_rules);
    RUN(names_have_the_offset_of_their_opcode);
    RUN(tells_of_names_that_no_value_has);
    RUN(bounds_how_deep_values_stand);
    RUN(tells_some_of_many_and_counts_all);
    RUN(does_without_a_report);
    RUN(refuses_wrong_arguments);
    return test_finish();
}
