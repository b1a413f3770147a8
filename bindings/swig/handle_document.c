/* The library itself, options, and documents. */

#include <stdlib.h>
#include <string.h>

#include "handle_common.h"

void joblib_shim_check_abi(joblib_error *error)
{
    if (joblib_abi_version() != JOBLIB_ABI_VERSION) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                          "libjoblib %s has binary interface %d (need %d)",
                          joblib_version(), joblib_abi_version(), JOBLIB_ABI_VERSION);
    }
}

joblib_text joblib_shim_version(void)
{
    return joblib_shim__text(joblib_version());
}

joblib_text joblib_shim_kind_name(int kind)
{
    return joblib_shim__text(joblib_kind_name(kind));
}

joblib_text joblib_shim_codec_name(int codec)
{
    return joblib_shim__text(joblib_codec_name(codec));
}

bool joblib_shim_codec_available(const char *text)
{
    for (int codec = JOBLIB_CODEC_RAW; codec <= JOBLIB_CODEC_ZF; codec++) {
        if (strcmp(joblib_codec_name(codec), text) == 0) {
            return joblib_codec_available(codec);
        }
    }
    return false;
}

int joblib_shim_method_count(void)
{
    return joblib_method_count();
}

joblib_text joblib_shim_method_name(int method)
{
    return joblib_shim__text(joblib_method_name(method));
}

int joblib_shim_method_find(const char *text)
{
    return joblib_method_find(text);
}

/* Options */

static const struct {
    const char *name;
    size_t offset;
} limits[] = {
    {"max_memory", offsetof(joblib_load_options, max_memory)},
    {"max_decoded", offsetof(joblib_load_options, max_decoded)},
    {"max_opcodes", offsetof(joblib_load_options, max_opcodes)},
    {"max_depth", offsetof(joblib_load_options, max_depth)},
    {"max_stack", offsetof(joblib_load_options, max_stack)},
    {"max_memo", offsetof(joblib_load_options, max_memo)},
    {"max_text", offsetof(joblib_load_options, max_text)},
    {"max_array", offsetof(joblib_load_options, max_array)},
    {"max_input", offsetof(joblib_load_options, max_input)},
    {"max_codec_memory", offsetof(joblib_load_options, max_codec_memory)},
};

static uint64_t *find_limit(joblib_load_options *options, const char *name,
                            joblib_error *error)
{
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (strcmp(limits[i].name, name) == 0) {
            return (uint64_t *)(void *)((char *)options + limits[i].offset);
        }
    }
    return joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT, "no option is named %.40s",
                             name);
}

JoblibLoadOptions *new_JoblibLoadOptions(joblib_error *error)
{
    JoblibLoadOptions *self = joblib_shim__allocate(sizeof *self, error);
    if (self != NULL) {
        joblib_load_options_init(&self->options);
    }
    return self;
}

void delete_JoblibLoadOptions(JoblibLoadOptions *self)
{
    if (self != NULL) {
        free(self->companions);
        free(self);
    }
}

static void set_mapping(joblib_load_options *options, uint64_t number,
                        joblib_error *error)
{
    if (number > JOBLIB_MAPPING_COPY_ON_WRITE) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT, "mapping is none of 0, 1 and 2");
        return;
    }
    options->mapping = (uint32_t)number;
}

void JoblibLoadOptions_set_option(JoblibLoadOptions *self, const char *text,
                                  uint64_t number, joblib_error *error)
{
    uint64_t *limit;
    if (strcmp(text, "mapping") == 0) {
        set_mapping(&self->options, number, error);
        return;
    }
    limit = find_limit(&self->options, text, error);
    if (limit != NULL && number == 0) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT, "%s is 0 (need 1 or more)", text);
    } else if (limit != NULL) {
        *limit = number;
    }
}

void JoblibLoadOptions_unlimited(JoblibLoadOptions *self, const char *text,
                                 joblib_error *error)
{
    uint64_t *limit = find_limit(&self->options, text, error);
    if (limit != NULL) {
        *limit = JOBLIB_UNLIMITED;
    }
}

void JoblibLoadOptions_set_text(JoblibLoadOptions *self, const char *text,
                                const char *content, joblib_error *error)
{
    char *copy;
    if (strcmp(text, "companions") != 0) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                          "no option with a text is named %.40s", text);
        return;
    }
    copy = joblib_shim__allocate(strlen(content) + 1, error);
    if (copy != NULL) {
        free(self->companions);
        memcpy(copy, content, strlen(content) + 1);
        self->companions = copy;
        self->options.companions = copy;
    }
}

/* Documents */

/** One load, as an argument of joblib_blocking(). */
typedef struct load_call {
    const char *path; /**< or NULL: then `data` */
    const void *data;
    size_t size;
    const joblib_load_options *options;
    joblib_document *document;
    joblib_error *error;
    joblib_status status;
} load_call;

static void load_blocking(void *argument)
{
    load_call *call = argument;
    if (call->path != NULL) {
        call->status =
            joblib_load_file(call->path, call->options, &call->document, call->error);
    } else {
        call->status = joblib_load_memory(call->data, call->size, call->options,
                                          &call->document, call->error);
    }
}

static JoblibDocument *adopt_document(joblib_document *document, joblib_error *error)
{
    JoblibDocument *self = joblib_shim__document(document, error);
    joblib_document_release(document);
    return self;
}

JoblibDocument *JoblibDocument_load(const char *text, const JoblibLoadOptions *options,
                                    joblib_error *error)
{
    load_call call = {text, NULL,  0,        options ? &options->options : NULL,
                      NULL, error, JOBLIB_OK};
    joblib_blocking(load_blocking, &call);
    return call.status == JOBLIB_OK ? adopt_document(call.document, error) : NULL;
}

JoblibDocument *JoblibDocument_loads(const void *data, size_t size,
                                     const JoblibLoadOptions *options,
                                     joblib_error *error)
{
    load_call call = {NULL, data,  size,     options ? &options->options : NULL,
                      NULL, error, JOBLIB_OK};
    joblib_blocking(load_blocking, &call);
    return call.status == JOBLIB_OK ? adopt_document(call.document, error) : NULL;
}

JoblibDocument *JoblibDocument_read(joblib_source *source,
                                    const JoblibLoadOptions *options, joblib_error *error)
{
    joblib_document *document = NULL;
    if (joblib_load_source(source, options ? &options->options : NULL, &document,
                           error) != JOBLIB_OK) {
        return NULL;
    }
    return adopt_document(document, error);
}

void delete_JoblibDocument(JoblibDocument *self)
{
    if (self != NULL) {
        JoblibDocument_close(self);
        free(self);
    }
}

void JoblibDocument_close(JoblibDocument *self)
{
    joblib_document_release(self->document);
    self->document = NULL;
}

joblib_document *joblib_shim__require_document(const JoblibDocument *self,
                                               joblib_error *error)
{
    if (self->document == NULL) {
        return joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT, "the document is closed");
    }
    return self->document;
}

JoblibValue *JoblibDocument_root(const JoblibDocument *self, joblib_error *error)
{
    joblib_document *document = joblib_shim__require_document(self, error);
    return joblib_shim__value(document, joblib_document_root(document), error);
}

joblib_text JoblibDocument_codec(const JoblibDocument *self, joblib_error *error)
{
    const joblib_document *document = joblib_shim__require_document(self, error);
    return joblib_shim__text(document ? joblib_codec_name(joblib_document_codec(document))
                                      : NULL);
}

int JoblibDocument_protocol(const JoblibDocument *self, joblib_error *error)
{
    const joblib_document *document = joblib_shim__require_document(self, error);
    return document ? joblib_document_protocol(document) : 0;
}

size_t JoblibDocument_memory(const JoblibDocument *self, joblib_error *error)
{
    const joblib_document *document = joblib_shim__require_document(self, error);
    return document ? joblib_document_memory(document) : 0;
}
