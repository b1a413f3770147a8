/* Documents dumped to files, memory and streams. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handle_common.h"

/* Options */

JoblibDumpOptions *new_JoblibDumpOptions(joblib_error *error)
{
    JoblibDumpOptions *self = joblib_shim__allocate(sizeof *self, error);
    if (self != NULL) {
        joblib_dump_options_init(&self->options);
    }
    return self;
}

void delete_JoblibDumpOptions(JoblibDumpOptions *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t i = 0; i < self->allow_count; i++) {
        free(self->allow[i]);
    }
    free((void *)self->allow);
    free(self->compress);
    free(self);
}

static char *copy_terminated(const char *text, joblib_error *error)
{
    char *copy = joblib_shim__allocate(strlen(text) + 1, error);
    if (copy != NULL) {
        memcpy(copy, text, strlen(text) + 1);
    }
    return copy;
}

static void add_allowed(JoblibDumpOptions *self, const char *content, joblib_error *error)
{
    char **grown =
        (char **)realloc((void *)self->allow, (self->allow_count + 1) * sizeof *grown);
    if (grown == NULL) {
        joblib_shim__fail(error, JOBLIB_ERROR_MEMORY, "no memory for a name");
        return;
    }
    self->allow = grown;
    grown[self->allow_count] = copy_terminated(content, error);
    self->allow_count += grown[self->allow_count] != NULL;
}

static void set_compress(JoblibDumpOptions *self, const char *content,
                         joblib_error *error)
{
    int codec, level;
    char *copy;
    if (joblib_codec_choose(content, NULL, &codec, &level, error) != JOBLIB_OK) {
        return;
    }
    copy = copy_terminated(content, error);
    if (copy != NULL) {
        free(self->compress);
        self->compress = copy;
    }
}

static void set_pickler(JoblibDumpOptions *self, const char *content, joblib_error *error)
{
    if (strcmp(content, "joblib") == 0) {
        self->options.pickler = JOBLIB_PICKLER_JOBLIB;
    } else if (strcmp(content, "pickle") == 0) {
        self->options.pickler = JOBLIB_PICKLER_C;
    } else {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                          "pickler is none of \"joblib\" and \"pickle\"");
    }
}

/* The protocol that they bring gives way to one that is set, before or later. */
static void take_versions(JoblibDumpOptions *self, const joblib_dump_options *from)
{
    self->options.joblib_version = from->joblib_version;
    self->options.python_version = from->python_version;
    self->options.numpy_version = from->numpy_version;
    self->like_protocol = from->protocol;
}

static void set_like(JoblibDumpOptions *self, const char *content, joblib_error *error)
{
    joblib_dump_options like = JOBLIB_DUMP_OPTIONS_INIT;
    if (joblib_dump_options_like(&like, content, error) == JOBLIB_OK) {
        take_versions(self, &like);
    }
}

static void set_sklearn(JoblibDumpOptions *self, const char *content, joblib_error *error)
{
    joblib_dump_options like = JOBLIB_DUMP_OPTIONS_INIT;
    if (joblib_template_dump_options(content, &like, error) == JOBLIB_OK) {
        take_versions(self, &like);
    }
}

static const struct {
    const char *name;
    void (*set)(JoblibDumpOptions *self, const char *content, joblib_error *error);
} texts[] = {
    {"allow", add_allowed},   {"compress", set_compress}, {"like", set_like},
    {"pickler", set_pickler}, {"sklearn", set_sklearn},
};

void JoblibDumpOptions_set_text(JoblibDumpOptions *self, const char *text,
                                const char *content, joblib_error *error)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(texts[i].name, text) == 0) {
            texts[i].set(self, content, error);
            return;
        }
    }
    joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                      "no option of a dump with a text is named %.40s", text);
}

static void set_protocol(JoblibDumpOptions *self, uint64_t number, joblib_error *error)
{
    if (number > 5) {
        joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                          "protocol is none of 0, 1, 2, 3, 4 and 5");
        return;
    }
    self->options.protocol = (uint32_t)number + 1;
}

static void set_level(JoblibDumpOptions *self, uint64_t number, joblib_error *error)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRIu64, number);
    set_compress(self, digits, error);
}

static const struct {
    const char *name;
    size_t offset;
} switches[] = {
    {"fast", offsetof(joblib_dump_options, fast)},
    {"in_place", offsetof(joblib_dump_options, in_place)},
    {"unchecked", offsetof(joblib_dump_options, unchecked)},
    {"unsynced", offsetof(joblib_dump_options, unsynced)},
};

static uint32_t *find_switch(joblib_dump_options *options, const char *name,
                             joblib_error *error)
{
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
        if (strcmp(switches[i].name, name) == 0) {
            return (uint32_t *)(void *)((char *)options + switches[i].offset);
        }
    }
    return joblib_shim__fail(error, JOBLIB_ERROR_ARGUMENT,
                             "no option of a dump with a number is named %.40s", name);
}

void JoblibDumpOptions_set_option(JoblibDumpOptions *self, const char *text,
                                  uint64_t number, joblib_error *error)
{
    uint32_t *found;
    if (strcmp(text, "protocol") == 0) {
        set_protocol(self, number, error);
        return;
    }
    if (strcmp(text, "compress") == 0) {
        set_level(self, number, error);
        return;
    }
    found = find_switch(&self->options, text, error);
    if (found != NULL) {
        *found = number != 0;
    }
}

/* Dumping */

/** One dump, as an argument of joblib_blocking(). */
typedef struct dump_call {
    joblib_document *document;
    const char *path; /**< or NULL: to memory */
    joblib_dump_options options;
    joblib_shim__buffer buffer;
    joblib_error *error;
    joblib_status status;
} dump_call;

static void dump_blocking(void *argument)
{
    dump_call *call = argument;
    const joblib_sink sink = joblib_shim__buffer_sink(&call->buffer);
    if (call->path != NULL) {
        call->status =
            joblib_dump_file(call->document, call->path, &call->options, call->error);
    } else {
        call->status =
            joblib_dump_sink(call->document, &call->options, &sink, call->error);
    }
}

/* The end of the name chooses as joblib.dump() lets it; else a document keeps its codec. */
static joblib_status choose_codec_of(joblib_dump_options *options, const char *compress,
                                     const char *path, joblib_error *error)
{
    int codec, level;
    joblib_status status;
    const bool is_chosen = options->codec != 0;
    if (compress == NULL &&
        (is_chosen || joblib_codec_from_extension(path) == JOBLIB_CODEC_RAW)) {
        return JOBLIB_OK;
    }
    status = joblib_codec_choose(compress, path, &codec, &level, error);
    options->codec = (uint32_t)codec + 1;
    options->level = (uint32_t)level;
    return status;
}

static joblib_status make_options(const JoblibDumpOptions *given, const char *path,
                                  joblib_dump_options *out, joblib_error *error)
{
    joblib_dump_options_init(out);
    if (given != NULL) {
        *out = given->options;
        out->allow = (const char *const *)given->allow;
        out->allow_count = given->allow_count;
        out->protocol = out->protocol ? out->protocol : given->like_protocol;
    }
    return choose_codec_of(out, given ? given->compress : NULL, path, error);
}

/* Another thread may close the handle meanwhile. */
static joblib_status run_dump(const JoblibDocument *self, dump_call *call,
                              const JoblibDumpOptions *options)
{
    call->status = make_options(options, call->path, &call->options, call->error);
    if (call->status != JOBLIB_OK) {
        return call->status;
    }
    call->document = joblib_shim__require_document(self, call->error);
    if (call->document == NULL) {
        return JOBLIB_ERROR_ARGUMENT;
    }
    (void)joblib_document_retain(call->document);
    joblib_blocking(dump_blocking, call);
    joblib_document_release(call->document);
    return call->status;
}

void JoblibDocument_dump(const JoblibDocument *self, const char *text,
                         const JoblibDumpOptions *options, joblib_error *error)
{
    dump_call call = {.path = text, .error = error};
    (void)run_dump(self, &call, options);
}

joblib_bytes JoblibDocument_dumps(const JoblibDocument *self,
                                  const JoblibDumpOptions *options, joblib_error *error)
{
    dump_call call = {.error = error};
    if (run_dump(self, &call, options) != JOBLIB_OK) {
        free(call.buffer.data);
        return (joblib_bytes){NULL, 0, NULL};
    }
    return (joblib_bytes){call.buffer.data, call.buffer.size, call.buffer.data};
}

void JoblibDocument_write(const JoblibDocument *self, joblib_sink *sink,
                          const JoblibDumpOptions *options, joblib_error *error)
{
    joblib_dump_options chosen;
    joblib_document *document = joblib_shim__require_document(self, error);
    if (document == NULL || make_options(options, NULL, &chosen, error) != JOBLIB_OK) {
        return;
    }
    (void)joblib_document_retain(document);
    error->status = (int32_t)joblib_dump_sink(document, &chosen, sink, error);
    joblib_document_release(document);
}

/** One search for settings, as an argument of joblib_blocking(). */
typedef struct same_call {
    joblib_document *document;
    const void *data;
    size_t size;
    joblib_dump_options options;
    joblib_error *error;
} same_call;

static void same_blocking(void *argument)
{
    same_call *call = argument;
    call->error->status =
        (int32_t)joblib_dump_find_same(call->document, call->data, call->size,
                                       &call->options, call->error);
}

/* The closest try is of use too: what differs is in `error`. */
void JoblibDocument_find_same(const JoblibDocument *self, const void *data, size_t size,
                              JoblibDumpOptions *options, joblib_error *error)
{
    same_call call = {.document = joblib_shim__require_document(self, error),
                      .data = data,
                      .size = size,
                      .options = JOBLIB_DUMP_OPTIONS_INIT,
                      .error = error};
    if (call.document == NULL) {
        return;
    }
    call.options.allow = (const char *const *)options->allow;
    call.options.allow_count = options->allow_count;
    (void)joblib_document_retain(call.document);
    joblib_blocking(same_blocking, &call);
    joblib_document_release(call.document);
    call.options.in_place = options->options.in_place;
    call.options.unsynced = options->options.unsynced;
    options->options = call.options;
    options->like_protocol = 0;
    free(options->compress);
    options->compress = NULL;
}
