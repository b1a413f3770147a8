/* inspect FILE
 *
 * Prints whether loading the file in Python could run code, the names that it should be asked
 * about, and all that it holds as tagged JSON. Nothing in the file is executed.
 */
#include "tagged.h"

#include <string.h>

static joblib_status print_audit(const char *path, joblib_error *error)
{
    joblib_audit *audit;
    joblib_status status = joblib_audit_file(path, NULL, &audit, error);
    if (status != JOBLIB_OK) return status;
    printf("%s\n", joblib_outcome_name(joblib_audit_outcome(audit)));
    for (size_t i = 0; i < joblib_audit_count(audit); i++) {
        const joblib_audit_global *global = joblib_audit_at(audit, i);
        if (global->verdict == JOBLIB_VERDICT_KNOWN) continue;
        printf("%s ", joblib_verdict_name((int)global->verdict));
        tagged_put_text(stdout, global->module, strlen(global->module));
        printf(" ");
        tagged_put_text(stdout, global->name, strlen(global->name));
        printf("\n");
    }
    joblib_audit_free(audit);
    return JOBLIB_OK;
}

static joblib_status print_value(const char *path, joblib_error *error)
{
    joblib_document *document;
    joblib_status status = joblib_load_file(path, NULL, &document, error);
    if (status != JOBLIB_OK) return status;
    tagged_put_value(stdout, joblib_document_root(document));
    printf("\n");
    joblib_document_release(document);
    return JOBLIB_OK;
}

int main(int argc, char **argv)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    if (argc != 2) {
        fprintf(stderr, "usage: inspect FILE\n");
        return 2;
    }
    if (print_audit(argv[1], &error) == JOBLIB_OK &&
        print_value(argv[1], &error) == JOBLIB_OK)
        return 0;
    fprintf(stderr, "%s: %s\n", argv[1], error.message);
    return 1;
}
