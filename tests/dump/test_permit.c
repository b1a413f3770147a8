/* Names that a builder gave: which are written, and which only when they are allowed. */
#include "joblib.h"
#include "support/built.h"
#include "support/test.h"

static joblib_document *name_one(const char *module, const char *name)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_builder *builder = built_begin();
    joblib_value *global = NULL;
    CHECK_OK(joblib_builder_global(builder, module, name, &global, &error), &error);
    return built_finish(builder, global);
}

static joblib_status dump_allowing(const joblib_document *document, const char *allowed,
                                   joblib_document **again, joblib_error *error)
{
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    void *data = NULL;
    size_t size = 0;
    options.allow = &allowed;
    options.allow_count = allowed != NULL;
    joblib_status status = joblib_dump_memory(document, &options, &data, &size, error);
    if (status == JOBLIB_OK)
        CHECK_OK(joblib_load_memory(data, size, NULL, again, error), error);
    joblib_dump_free(data, size, NULL);
    return status;
}

static void writes_known_names(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = name_one("collections", "OrderedDict"), *again = NULL;
    CHECK_OK(dump_allowing(document, NULL, &again, &error), &error);
    joblib_document_release(again);
    joblib_document_release(document);
}

static void asks_for_unknown_names_until_a_file_has_them(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = name_one("own.module", "Thing"), *again = NULL;
    joblib_document *third = NULL;
    CHECK_STATUS(dump_allowing(document, NULL, &again, &error), &error,
                 JOBLIB_ERROR_FORBIDDEN, JOBLIB_NO_OFFSET);
    CHECK_OK(dump_allowing(document, "own.module.Thing", &again, &error), &error);
    CHECK_OK(dump_allowing(again, NULL, &third, &error), &error);
    joblib_document_release(third);
    joblib_document_release(again);
    joblib_document_release(document);
}

static void refuses_dangerous_names(void)
{
    joblib_error error = JOBLIB_ERROR_INIT;
    joblib_document *document = name_one("os", "system"), *again = NULL;
    CHECK_STATUS(dump_allowing(document, NULL, &again, &error), &error,
                 JOBLIB_ERROR_FORBIDDEN, JOBLIB_NO_OFFSET);
    joblib_document_release(document);
}

/* Loads a tuple of names, given as text of protocol 0: "cMODULE\nNAME\n" each. */
static joblib_status dump_names(const char *names, joblib_error *error)
{
    char pickle[8192];
    joblib_document *document = NULL, *again = NULL;
    int size = snprintf(pickle, sizeof pickle, "(%st.", names);
    CHECK(size > 0 && (size_t)size < sizeof pickle);
    CHECK_OK(joblib_load_memory(pickle, (size_t)size, NULL, &document, error), error);
    joblib_status status = dump_allowing(document, NULL, &again, error);
    joblib_document_release(again);
    joblib_document_release(document);
    return status;
}

/* What was found out of one name is not taken for another: the same letters, cut elsewhere;
   the same beginning, or end; a name behind many others; long names. */
static void judges_each_name_by_itself(void)
{
    static const char dangerous[] = "cbuiltins\neval\n";
    static const char *const harmless[] = {
        "cbuiltin\nseval\n", "cbuiltinse\nval\n",  "cbuiltinseval\nx\n",
        "cbuiltins\nset\n",  "c_builtins\neval\n", "ccollections\nOrderedDict\n",
    };
    char names[4096] = "", long_name[200];
    joblib_error error = JOBLIB_ERROR_INIT;
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    for (size_t i = 0; i < 120; i++) {
        size_t used = strlen(names), row = i % (sizeof harmless / sizeof *harmless);
        const char *rest = long_name + (i % 2 == 0 ? 190 : 100);
        if (i % 3 == 0)
            (void)snprintf(names + used, sizeof names - used, "%s", harmless[row]);
        else
            (void)snprintf(names + used, sizeof names - used, "cm%zu\n%.30s\n", i, rest);
        CHECK_OK(dump_names(names, &error), &error);
        (void)snprintf(names + strlen(names), sizeof names - strlen(names), "%s",
                       dangerous);
        CHECK_STATUS(dump_names(names, &error), &error, JOBLIB_ERROR_FORBIDDEN,
                     JOBLIB_NO_OFFSET);
        names[strlen(names) - strlen(dangerous)] = '\0';
    }
}

static void judges_long_names(void)
{
    char names[1024], module[200];
    joblib_error error = JOBLIB_ERROR_INIT;
    for (size_t size = 100; size < sizeof module - 2; size++) {
        memset(module, 'm', size);
        memcpy(module + size, "", 1);
        (void)snprintf(names, sizeof names, "c%s\nC\nc%s\nD\nc%s\nC\n", module, module,
                       module);
        CHECK_OK(dump_names(names, &error), &error);
        (void)snprintf(names, sizeof names, "c%s\nC\ncbuiltins\neval\n", module);
        CHECK_STATUS(dump_names(names, &error), &error, JOBLIB_ERROR_FORBIDDEN,
                     JOBLIB_NO_OFFSET);
    }
}

int main(void)
{
    RUN(writes_known_names);
    RUN(asks_for_unknown_names_until_a_file_has_them);
    RUN(refuses_dangerous_names);
    RUN(judges_each_name_by_itself);
    RUN(judges_long_names);
    return test_finish();
}
