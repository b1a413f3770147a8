/* Sparse matrices whose arrays contradict one another, the shape, or the class. */
#include "joblib/sparse.h"
#include "joblib/view.h"
#include "support/models.h"
#include "support/test.h"

#define CSR(attributes) "scipy.sparse._csr.csr_matrix(" attributes ")"
#define COO(attributes) "scipy.sparse._coo.coo_array(" attributes ")"
#define PARTS(indices, indptr) \
    CSR("_shape=(2, 3), data=f8[2]{1,2}, indices=" indices ", indptr=" indptr)

static const struct {
    const char *what, *notation;
    joblib_status status;
    const char *message;
} refused_matrices[] = {
    {"pointers that fall", PARTS("i4[2]{0,1}", "i4[3]{0,2,1}"), JOBLIB_ERROR_ARRAY,
     "indptr falls from 2 to 1"},
    {"pointers from 1 on", PARTS("i4[2]{0,1}", "i4[3]{1,1,2}"), JOBLIB_ERROR_ARRAY,
     "indptr begins at 1, 0 expected"},
    {"negative pointers", PARTS("i4[2]{0,1}", "i4[3]{0,-1,2}"), JOBLIB_ERROR_ARRAY,
     "indptr falls from 0 to -1"},
    {"pointers beyond the data", PARTS("i4[9]{0}", "i4[3]{0,1,9}"), JOBLIB_ERROR_ARRAY,
     "indptr ends at 9, data has 2, indices 9 numbers"},
    {"pointers beyond the indices", PARTS("i4[1]{0}", "i4[3]{0,1,2}"), JOBLIB_ERROR_ARRAY,
     "indptr ends at 2, data has 2, indices 1 numbers"},
    {"too few pointers", PARTS("i4[2]{0,1}", "i4[2]{0,2}"), JOBLIB_ERROR_ARRAY,
     "indptr has 2 numbers for 2 lines"},
    {"no pointers", PARTS("i4[2]{0,1}", "i4[0]{}"), JOBLIB_ERROR_ARRAY,
     "indptr has 0 numbers for 2 lines"},
    {"an index outside", PARTS("i4[2]{0,3}", "i4[3]{0,1,2}"), JOBLIB_ERROR_ARRAY,
     "element 1 has index 3 of 3"},
    {"a negative index", PARTS("i4[2]{-1,0}", "i4[3]{0,1,2}"), JOBLIB_ERROR_ARRAY,
     "element 0 has index -1 of 3"},
    {"an index of foreign order", PARTS(">i4[2]{0,3}", "i4[3]{0,1,2}"),
     JOBLIB_ERROR_ARRAY, "element 1 has index 3 of 3"},
    {"indices of float", PARTS("f8[2]{0,1}", "i4[3]{0,1,2}"), JOBLIB_ERROR_KIND,
     "indices of a sparse matrix is of type '<f8', int32 or int64 expected"},
    {"indices of two dimensions", PARTS("i4[2,1]{0,1}", "i4[3]{0,1,2}"),
     JOBLIB_ERROR_KIND, "indices of a sparse matrix has 2 dimensions, 1 expected"},
    {"indices as a list", PARTS("[0, 1]", "i4[3]{0,1,2}"), JOBLIB_ERROR_KIND,
     "indices of a sparse matrix is list, ndarray expected"},
    {"no indices", CSR("_shape=(2, 3), data=f8[2]{1,2}, indptr=i4[3]{0,1,2}"),
     JOBLIB_ERROR_KIND, "indices of a sparse matrix is missing, ndarray expected"},
    {"no data", CSR("_shape=(2, 3)"), JOBLIB_ERROR_KIND,
     "data of a sparse matrix is missing, ndarray expected"},
    {"no shape", CSR("data=f8[2]{1,2}"), JOBLIB_ERROR_KIND,
     "_shape of a sparse matrix has 0 numbers, 2 expected"},
    {"a shape of one", CSR("_shape=(2,), data=f8[2]{1,2}"), JOBLIB_ERROR_KIND,
     "_shape of a sparse matrix has 1 numbers, 2 expected"},
    {"a negative shape", CSR("_shape=(2, -3), data=f8[2]{1,2}"), JOBLIB_ERROR_KIND,
     "_shape[1] of a sparse matrix is not from 0 to 2^63 - 1"},
    {"a shape of float", CSR("_shape=(2, 3.0), data=f8[2]{1,2}"), JOBLIB_ERROR_KIND,
     "_shape[1] of a sparse matrix is not from 0 to 2^63 - 1"},
    {"a shape beyond int64", CSR("_shape=(2, 2**63), data=f8[2]{1,2}"), JOBLIB_ERROR_KIND,
     "_shape[1] of a sparse matrix is not from 0 to 2^63 - 1"},
    {"a csc array of one dimension",
     "scipy.sparse._csc.csc_array(_shape=(2,), data=f8[2]{1,2})", JOBLIB_ERROR_KIND,
     "a csr or csc matrix has 1 dimensions, 2 expected"},
    {"coordinates too few", COO("_shape=(2, 3), data=f8[2]{1,2}, coords=(i4[2]{0},)"),
     JOBLIB_ERROR_KIND, "1 coordinates of a coo matrix of 2 dimensions"},
    {"coordinates of another count",
     COO("_shape=(2, 3), data=f8[2]{1,2}, coords=(i4[2]{0}, i4[3]{0})"),
     JOBLIB_ERROR_ARRAY, "axis 1 has 3 coordinates of 2 elements"},
    {"a coordinate outside",
     COO("_shape=(2, 3), data=f8[2]{1,2}, coords=(i4[2]{0,2}, i4[2]{0})"),
     JOBLIB_ERROR_ARRAY, "element 1 has index 2 of 2"},
    {"rows and columns missing", COO("_shape=(2, 3), data=f8[2]{1,2}"), JOBLIB_ERROR_KIND,
     "row of a sparse matrix is missing, ndarray expected"},
    {"three dimensions without coordinates",
     COO("_shape=(2, 3, 4), data=f8[2]{1,2}, row=i4[2]{0}, col=i4[2]{0}"),
     JOBLIB_ERROR_KIND, "2 coordinates of a coo matrix of 3 dimensions"},
    {"blocks", "scipy.sparse.bsr.bsr_matrix(_shape=(2, 2))", JOBLIB_ERROR_KIND,
     "bsr_matrix has no view (csr, csc and coo have)"},
    {"a class of another module", "scipy.sparse.other.csr_matrix(_shape=(2, 2))",
     JOBLIB_ERROR_KIND, "csr_matrix found, sparse expected"},
};

static void refuses_what_contradicts(void)
{
    for (size_t i = 0; i < sizeof refused_matrices / sizeof *refused_matrices; i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        joblib_sparse sparse = JOBLIB_SPARSE_INIT;
        joblib_document *document = document_from(refused_matrices[i].notation);
        joblib_status status =
            joblib_view_sparse(joblib_document_root(document), &sparse, &error);
        if (status != refused_matrices[i].status)
            printf("%s\n", refused_matrices[i].what);
        CHECK_STATUS(status, &error, (int)refused_matrices[i].status, JOBLIB_NO_OFFSET);
        CHECK_EQ_TEXT(error.message, refused_matrices[i].message);
        CHECK(sparse.data == NULL);
        joblib_document_release(document);
    }
}

static void names_the_formats_that_are_not_decoded(void)
{
    static const char *const notations[] = {"scipy.sparse.bsr.bsr_matrix()",
                                            "scipy.sparse._dia.dia_array()",
                                            "scipy.sparse.lil.lil_matrix()",
                                            "scipy.sparse._arrays.dok_array()"};
    for (size_t i = 0; i < sizeof notations / sizeof *notations; i++) {
        joblib_document *document = document_from(notations[i]);
        CHECK_EQ_INT(joblib_view_kind(joblib_document_root(document)),
                     JOBLIB_VIEW_SPARSE);
        joblib_document_release(document);
    }
}

int main(void)
{
    RUN(refuses_what_contradicts);
    RUN(names_the_formats_that_are_not_decoded);
    return test_finish();
}
