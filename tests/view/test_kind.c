/* Which view a value has: every row of the table, and names that are none of them. */
#include "joblib/view.h"
#include "support/models.h"
#include "support/test.h"

#define JOBLIB_X(module, name, view, class) {module "." name, JOBLIB_VIEW_##view},
static const struct {
    const char *class;
    joblib_view view;
} named_views[] = {
#include "view/views.def"
};
#undef JOBLIB_X

static joblib_view kind_from(const char *notation)
{
    joblib_document *document = document_from(notation);
    joblib_view kind = joblib_view_kind(joblib_document_root(document));
    joblib_document_release(document);
    return kind;
}

/* A row that is out of order would not be found. The argument is that of the function of
   pandas which makes several classes. */
static void finds_every_row(void)
{
    for (size_t i = 0; i < sizeof named_views / sizeof *named_views; i++) {
        char notation[128];
        snprintf(notation, sizeof notation, "%s(pandas.Categorical)",
                 named_views[i].class);
        CHECK_EQ_INT(kind_from(notation), named_views[i].view);
        CHECK_EQ_INT(kind_from(named_views[i].class), JOBLIB_VIEW_FUNCTION);
    }
}

static void finds_exact_names_only(void)
{
    static const char *const others[] = {
        "collections.OrderedDic()",
        "collections.OrderedDictX()",
        "collection.OrderedDict()",
        "pandas._libs.arrays.__pyx_unpickle_NDArrayBacked(pandas.DatetimeArray)",
        "a.b()",
        "zzz.zzz()",
        "scipy.sparse.other.csr_matrix()",
        "5",
        "None",
        "[1]",
        "f8[2]{1}"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK_EQ_INT(kind_from(others[i]), JOBLIB_VIEW_NONE);
    CHECK_EQ_INT(joblib_view_kind(NULL), JOBLIB_VIEW_NONE);
}

static void every_view_has_a_name(void)
{
    for (int view = 0; view <= JOBLIB_VIEW_CATEGORICAL; view++)
        CHECK(strcmp(joblib_view_name(view), "unknown") != 0);
    CHECK_EQ_TEXT(joblib_view_name(JOBLIB_VIEW_CATEGORICAL + 1), "unknown");
    CHECK_EQ_TEXT(joblib_view_name(-1), "unknown");
}

int main(void)
{
    RUN(finds_every_row);
    RUN(finds_exact_names_only);
    RUN(every_view_has_a_name);
    return test_finish();
}
