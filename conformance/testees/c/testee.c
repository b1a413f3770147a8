/* A testee of the conformance kit on the public C interface; ../../README.md has the protocol. */
#include <inttypes.h>
#include <string.h>

#include "tagged.h"

/* The answers: each gets the operands of a request, and writes nothing where it fails. */

static joblib_status answer_load(char **words, joblib_error *error)
{
    joblib_document *document = NULL;
    joblib_status status = joblib_load_file(words[0], NULL, &document, error);
    if (status == JOBLIB_OK) {
        printf("\"value\":");
        tagged_put_value(stdout, joblib_document_root(document));
    }
    joblib_document_release(document);
    return status;
}

static joblib_status answer_audit(char **words, joblib_error *error)
{
    joblib_audit *audit = NULL;
    const char *between = "";
    joblib_status status = joblib_audit_file(words[0], NULL, &audit, error);
    if (status != JOBLIB_OK) return status;
    printf("\"audit\":{\"outcome\":\"%s\",\"dangerous\":[",
           joblib_outcome_name(joblib_audit_outcome(audit)));
    for (size_t i = 0; i < joblib_audit_count(audit); i++) {
        const joblib_audit_global *global = joblib_audit_at(audit, i);
        if (global->verdict != JOBLIB_VERDICT_DANGEROUS) continue;
        char name[1024];
        snprintf(name, sizeof name, "%s.%s", global->module, global->name);
        printf("%s", between);
        tagged_put_text(stdout, name, strlen(name));
        between = ",";
    }
    printf("]}");
    joblib_audit_free(audit);
    return JOBLIB_OK;
}

static joblib_status answer_predict(char **words, joblib_error *error)
{
    joblib_model *model = NULL;
    joblib_document *rows = NULL;
    joblib_input input;
    joblib_result *result = NULL;
    int method = joblib_method_find(words[2]);
    joblib_status status = joblib_model_load_file(words[0], NULL, NULL, &model, error);
    if (!status) status = joblib_load_file(words[1], NULL, &rows, error);
    if (!status)
        status = joblib_input_from_value(joblib_document_root(rows), &input, error);
    if (!status)
        status = joblib_model_run(model, method, &input, NULL, NULL, &result, error);
    if (!status) {
        printf("\"outputs\":");
        tagged_put_result(stdout, result);
    }
    joblib_result_free(result);
    joblib_document_release(rows);
    joblib_model_release(model);
    return status;
}

static joblib_status answer_redump(char **words, joblib_error *error)
{
    static char data[1 << 24]; /* no vector is larger */
    joblib_dump_options options = JOBLIB_DUMP_OPTIONS_INIT;
    joblib_document *document = NULL;
    joblib_status status = joblib_load_file(words[0], NULL, &document, error);
    FILE *file = fopen(words[0], "rb");
    size_t size = file ? fread(data, 1, sizeof data, file) : 0;
    if (file) fclose(file);
    if (!status) status = joblib_dump_find_same(document, data, size, &options, error);
    if (status == JOBLIB_ERROR_DIFFERENT) joblib_dump_options_init(&options);
    options.unsynced = 1;
    if (!status || status == JOBLIB_ERROR_DIFFERENT)
        status = joblib_dump_file(document, words[1], &options, error);
    if (!status) printf("\"redump\":\"written\"");
    joblib_document_release(document);
    return status;
}

static void put_error(const joblib_error *error)
{
    const char *status = joblib_status_name(error->status) + strlen("JOBLIB_ERROR_");
    bool is_known = error->status == JOBLIB_ERROR_UNSUPPORTED_BUILD;
    for (int codec = JOBLIB_CODEC_ZLIB; is_known && codec <= JOBLIB_CODEC_ZF; codec++) {
        const char *name = joblib_codec_name(codec);
        if (joblib_codec_available(codec) || !strstr(error->message, name)) continue;
        printf("\"skipped\":\"%s\"", name);
        return;
    }
    printf("\"error\":{\"status\":\"%s\"", status);
    if (error->offset != JOBLIB_NO_OFFSET) printf(",\"offset\":%" PRIu64, error->offset);
    if (error->file_offset != JOBLIB_NO_OFFSET)
        printf(",\"file_offset\":%" PRIu64, error->file_offset);
    printf("}");
}

static void greet(void)
{
    printf(
        "{\"name\":\"c\",\"version\":\"%s\",\"level\":3,\"operations\":[\"load\",\"audit\","
        "\"predict\",\"redump\"],\"capabilities\":[\"bytes\",\"companions\"",
        joblib_version());
    for (int codec = JOBLIB_CODEC_ZLIB; codec <= JOBLIB_CODEC_ZF; codec++) {
        if (joblib_codec_available(codec)) printf(",\"%s\"", joblib_codec_name(codec));
    }
    printf("]");
}

/* id, operation, operands */
static void answer(char **words)
{
    static const struct {
        const char *name;
        joblib_status (*answer)(char **words, joblib_error *error);
    } operations[] = {{"load", answer_load},
                      {"audit", answer_audit},
                      {"predict", answer_predict},
                      {"redump", answer_redump}};
    joblib_error error = JOBLIB_ERROR_INIT;
    printf("{\"id\":\"%s\",", words[0]);
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        if (strcmp(words[1], operations[i].name) == 0 &&
            operations[i].answer(words + 2, &error) != JOBLIB_OK)
            put_error(&error);
    }
}

int main(void)
{
    static char line[1 << 16], none[1];
    while (fgets(line, sizeof line, stdin)) {
        char *words[5] = {none, none, none, none, none}, *word = strtok(line, "\t\r\n");
        for (size_t i = 0; word && i < 5; word = strtok(NULL, "\t\r\n"))
            words[i++] = word;
        if (strncmp(words[0], "hello", 5) == 0)
            greet();
        else
            answer(words);
        printf("}\n");
        fflush(stdout);
    }
    return 0;
}
